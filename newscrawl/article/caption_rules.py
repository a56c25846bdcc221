"""Tell which blocks of an article's body are captions; the other blocks are text.

In doubt a block is text. Where captions were seen:

- in a `figcaption` (C, D; 2026), a class of the layout, or a class that says "caption";
- in another row or cell of a table of pictures (A, B, D; 2014-2026), which holds one text, and a
  credit, for each picture: a table with more texts is the page's frame;
- beside the picture in its `figure` (`figure > p`);
- in the picture's own paragraph, italic, centred or with a photo credit (baolongan.vn, 2025);
- in the first line below a picture, a video or an `iframe`: italic or centred (E1, K, and D, whose
  italic captions stand at the left), or with a photo credit, however the line is set;
- a line below a caption that is nothing but a credit.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Final

from newscrawl.article.byline import read_byline, split_credit
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element, text_in
from newscrawl.text import clean

CAPTION_MAX_CHARS: Final = 500  # a longer text is a paragraph, wherever it stands
LINE_CAPTION_MAX_CHARS: Final = 300  # of a line that only its setting marks as a caption
ITALIC_CAPTION_MAX_CHARS: Final = 220  # of a line at the left without a credit
TABLE_TEXT_MIN_CHARS: Final = 40  # a shorter line in a table of pictures is a title or a name
BOX_CAPTION_MAX_TEXTS: Final = 3  # a box named "caption" with more texts is the article's own
BOX_CAPTION_MAX_SENTENCES: Final = 1  # paragraphs; a box named "caption" with more is a text's
SENTENCE_MIN_CHARS: Final = 40
USUAL_SETTING_MIN_CHARS: Final = 40  # of the paragraphs that show how the body is set
USUAL_SETTING_MIN_SHARE: Final = 0.5
SIGNATURE_LINES_MAX: Final = 4
BLANK_BOXES_MAX: Final = 3
MEDIA_BOX_MAX_ANCESTORS: Final = 8
MEDIA_TAGS: Final = ("iframe", "video", "audio", "object", "embed")
_CAPTION_NAME: Final = re.compile(
    r"caption|chu-?thich|(?:image|img|photo|pic)[-_]?(?:desc|note|title)|(?:desc|note)[-_]?(?:image"
    r"|img|photo|pic)",
    re.IGNORECASE,
)
_PHOTO_CREDIT: Final = re.compile(
    r"ảnh|hình|photo|clip|video|đồ h(?:ọa|oạ)|minh h(?:ọa|oạ)|infographic", re.IGNORECASE
)
_PICTURE_LABEL: Final = re.compile(  # "(Ảnh minh họa)": a caption however it is set
    r"[(\[]?(?:ảnh|hình(?: ảnh)?|video|clip) (?:(?:có tính )?(?:chất )?minh h(?:ọa|oạ)|tư liệu"
    r"|internet|sưu tầm|chụp màn hình|cắt từ (?:clip|video)|(?:do )?\S.{0,40} cung cấp)[)\].]*",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(r"[(*]|(?:ghi chú|chú thích|lưu ý)\b", re.IGNORECASE)
_QUOTE: Final = re.compile("[“\"«‘'].*[”\"»’'][.,!?…]?", re.DOTALL)
_SUBHEAD_TAGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def without_text_tables(found: Sequence[Block]) -> list[Block]:
    """Return the blocks; those in a table with more texts than captions are in no picture table.

    A table of pictures has one caption a picture, and a credit: two paragraphs beside a picture are
    text that a table lays out.
    """
    texts: dict[Element, int] = {}
    pictures: dict[Element, int] = {}
    for block in found:
        table = block.picture_table
        if table is not None:
            pictures[table] = pictures.get(table, 0) + len(block.pictures)
            is_own = len(block.text) >= TABLE_TEXT_MIN_CHARS and not _is_credit(block.text)
            texts[table] = texts.get(table, 0) + is_own
    frames = {table for table, count in texts.items() if count > max(pictures[table], 1)}
    if not frames:
        return list(found)
    return [
        block._replace(picture_table=None) if block.picture_table in frames else block
        for block in found
    ]


def part_picture_block(block: Block) -> tuple[str, str]:
    """Return the caption and the text of a block with pictures, in which lines of both stand.

    Of "Đoạn văn.<br><img><br>Chú thích. Ảnh: Hà An" the line with the photo credit is the caption;
    ("", "") where the block is of one kind.
    """
    if not block.pictures or "\n" not in block.text or _is_set_as_caption(block):
        return "", ""
    lines = block.text.split("\n")
    if _has_photo_credit(lines[-1]):
        start = len(lines) - (2 if _is_credit(lines[-1]) else 1)
        return "\n".join(lines[start:]), "\n".join(lines[:start])
    if _has_photo_credit(lines[0]):
        return lines[0], "\n".join(lines[1:])
    return "", ""


def _is_set_as_caption(block: Block) -> bool:
    return block.is_italic or block.align == "center"


class CaptionRules:
    """Judge the blocks of a body in document order.

    Args:
        found: the blocks, with the texts of layout tables taken out of their picture tables.
        classes: the layout's classes of captions.
        is_signature: tells whether a block is a byline or an attribution in a signature's place.
    """

    def __init__(
        self,
        found: Sequence[Block],
        classes: frozenset[str],
        is_signature: Callable[[Block], bool],
    ) -> None:
        self.found = found
        self.is_signature = is_signature
        self.classes = classes
        self.has_credited = False
        """A line set as the paragraphs is a caption by its photo credit alone"""
        self.boxes: dict[Element, bool] = {}
        self.figures: dict[Element, bool] = {}
        self.frames: dict[Element, tuple[Element | None, Element | None]] = {}
        self.below_media: dict[tuple[Element, Element | None], bool] = {}

    @cached_property
    def is_centred(self) -> bool:
        """Whether most paragraphs are centred."""
        return is_usual(self.found, lambda block: block.align == "center")

    @cached_property
    def is_italic(self) -> bool:
        """Whether most paragraphs are italic."""
        return is_usual(self.found, lambda block: block.is_italic)

    def is_caption(self, index: int, *, is_below_caption: bool) -> bool:
        """Return whether the block names the picture beside it.

        Args:
            index: the block's place among the blocks.
            is_below_caption: the block before this one is a caption.
        """
        block = self.found[index]
        if not block.text:
            return False
        if block.picture_table is not None or self._is_placed(index):
            return True
        if len(block.text) > CAPTION_MAX_CHARS:
            return False
        if self._is_in_figure(index):
            return True
        if block.pictures:
            return block.is_italic or block.align == "center" or _has_photo_credit(block.text)
        if self._is_below_picture(index):
            return self._looks_like_caption(index)
        if is_below_caption:
            return _is_credit(block.text) and not self._is_signature(index)
        return self.is_above_picture(index)

    def is_above_picture(self, index: int) -> bool:
        """Return whether the line names the photographer of the picture below the line.

        The line does not stand below a picture, and what follows the picture is no caption.
        """
        block, after = self.found[index], self.found[index + 1 : index + 3]
        if not after or not after[0].pictures or after[0].text or self._is_below_picture(index):
            return False
        is_captioned = len(after) > 1 and (
            after[1].is_italic or after[1].align == "center" or _has_photo_credit(after[1].text)
        )
        return not is_captioned and _has_photo_credit(block.text) and not _is_credit(block.text)

    def _is_placed(self, index: int) -> bool:
        """Return whether the block stands in a `figcaption` or in a box of captions."""
        block = self.found[index]
        parent = block.box.getparent()
        if self._is_caption_box(block.box, index):
            return True
        if parent is not None and self._is_caption_box(parent, index):
            return True
        caption = block.box if block.box.tag == "figcaption" else self._around(block.box)[0]
        return caption is not None and not names_quotation(caption)

    def _is_caption_box(self, box: Element, index: int) -> bool:
        """Return whether a class names the box a caption and the box holds hardly more than one."""
        names = box.get("class")
        if not names:
            return False
        known = self.boxes.get(box)
        if known is None:
            is_named = not self.classes.isdisjoint(names.split())
            is_named = is_named or _names_caption(names)
            known = self.boxes[box] = is_named and self._is_small(box, index)
        return known

    def _around(self, box: Element) -> tuple[Element | None, Element | None]:
        """Return the `figcaption` and the `figure` around the box; paragraphs share a parent."""
        parent = box.getparent()
        if parent is None:
            return None, None
        known = self.frames.get(parent)
        if known is None:
            known = self.frames[parent] = (
                _ancestor(box, "figcaption"),
                _ancestor(box, "figure"),
            )
        return known

    def _is_small(self, box: Element, index: int) -> bool:
        """Return whether the box holds few and short texts; the block of the index is in it."""
        texts = sentences = 0
        for step in (-1, 1):
            place = index if step > 0 else index - 1
            while 0 <= place < len(self.found) and texts <= BOX_CAPTION_MAX_TEXTS:
                block = self.found[place]
                if not _holds(box, block.box):
                    break
                if len(block.text) > CAPTION_MAX_CHARS:
                    return False
                texts += bool(block.text)
                sentences += block.box.tag == "p" and is_sentence(block.text)
                place += step
        return texts <= BOX_CAPTION_MAX_TEXTS and sentences <= BOX_CAPTION_MAX_SENTENCES

    def _is_in_figure(self, index: int) -> bool:
        """Return whether the block stands in a picture's `figure` and is no quotation in it."""
        block = self.found[index]
        figure = self._around(block.box)[1]
        if figure is None or block.box.tag == "table":
            return False
        known = self.figures.get(figure)
        if known is None:
            has_media = next(figure.iter("img", *MEDIA_TAGS), None) is not None
            known = self.figures[figure] = has_media and self._is_small(figure, index)
        quotation = (
            block.box if block.box.tag == "blockquote" else _ancestor(block.box, "blockquote")
        )
        return known and (quotation is None or not _holds(figure, quotation))

    def _is_below_picture(self, index: int) -> bool:
        """Return whether the block follows a picture without text, a video or an `iframe`."""
        before = self.found[index - 1] if index else None
        if before is not None and before.pictures and not before.text:
            return True
        block = self.found[index]
        place = block.box, before.box if before is not None else None
        is_below = self.below_media.get(place)
        if is_below is None:  # lines of one box share the answer
            is_below = self.below_media[place] = follows_media(*place)
        if not is_below:  # told first: the search takes 20 µs a paragraph
            return False
        is_set = block.is_italic or block.align == "center"
        return is_set or _PHOTO_CREDIT.search(block.text) is not None

    def _looks_like_caption(self, index: int) -> bool:
        """Return whether the line below a picture is set or credited as a caption."""
        block = self.found[index]
        is_centred, is_italic = block.align == "center", block.is_italic
        if is_centred and is_italic:
            return True
        if self._is_signature(index):
            return False
        if _has_photo_credit(block.text):
            self.has_credited |= not (is_centred or is_italic)
            return True
        if is_subhead(block):
            return False
        if is_centred:
            return not self.is_centred and len(block.text) <= LINE_CAPTION_MAX_CHARS
        is_short = len(block.text) <= ITALIC_CAPTION_MAX_CHARS
        is_set = is_italic and not self.is_italic and is_short
        return is_set and not self._is_passage(index)

    def _is_passage(self, index: int) -> bool:
        """Return whether the line is a note or a quotation, or another italic line follows."""
        return is_passage(self.found[index], next_text(self.found, index))

    @cached_property
    def _last_texts(self) -> frozenset[int]:
        """The places of the last texts, as many as signatures may follow each other."""
        places = (i for i in range(len(self.found) - 1, -1, -1) if self.found[i].text)
        return frozenset(islice(places, SIGNATURE_LINES_MAX))

    def _is_signature(self, index: int) -> bool:
        """Return whether the block and all texts after it are signatures."""
        if index not in self._last_texts:
            return False
        tail = (self.found[place] for place in self._last_texts if place >= index)
        return all(map(self.is_signature, tail))


@lru_cache(maxsize=512)  # the pages of a paper repeat a few dozen class attributes
def _names_caption(names: str) -> bool:
    return _CAPTION_NAME.search(names) is not None


def names_quotation(caption: Element) -> bool:
    """Return whether the `figcaption` names who said the quotation of its `figure`."""
    figure = _ancestor(caption, "figure")
    if figure is None or next(figure.iter("blockquote", "q"), None) is None:
        return False
    return next(figure.iter("img", *MEDIA_TAGS), None) is None


def next_text(found: Sequence[Block], index: int) -> Block | None:
    """Return the block behind the place; None for a picture or a video in between, or the end."""
    after = found[index + 1] if index + 1 < len(found) else None
    if after is None or not after.text or after.pictures:
        return None
    return None if follows_media(after.box, found[index].box) else after


def is_passage(block: Block, after: Block | None) -> bool:
    """Return whether an italic line is a note, a quotation, or the beginning of a passage.

    Args:
        block: the italic line.
        after: the text behind the line; a passage goes on in italics, a signature does not.
    """
    if _NOTE.match(block.text) or _QUOTE.fullmatch(block.text):
        return True
    if after is None or not after.is_italic or after.align != block.align:
        return False
    return not _is_credit(after.text) and read_byline(after.text) is None


def is_subhead(block: Block) -> bool:
    """Return whether a line is a subhead or a rule of signs: bold, a heading, or no letters."""
    return block.is_bold or block.box.tag in _SUBHEAD_TAGS or not _has_letter(block.text)


def is_sentence(text: str) -> bool:
    """Return whether the text is long, ends as sentences do, and credits no photographer.

    >>> is_sentence("Mỗi chuyến đò đêm chở chừng ba mươi người."), is_sentence("Bến đò. Ảnh: Hà An")
    (True, False)
    """
    is_long = len(text) >= SENTENCE_MIN_CHARS and text.endswith((".", "!", "?", "…", "”", '"'))
    return is_long and split_credit(text)[1] is None


def is_usual(found: Sequence[Block], test: Callable[[Block], bool]) -> bool:
    """Return whether most paragraphs are set like that; lines below pictures are not asked."""
    below = (bool(before.pictures) for before in found)
    paragraphs = [
        block
        for block, is_below in zip(found, chain([False], below), strict=False)
        if not is_below and not block.pictures and len(block.text) >= USUAL_SETTING_MIN_CHARS
    ]
    return sum(map(test, paragraphs)) > USUAL_SETTING_MIN_SHARE * len(paragraphs)


def _is_credit(text: str) -> bool:
    caption, credit = split_credit(text)
    return (caption is None and credit is not None) or _PICTURE_LABEL.fullmatch(text) is not None


def _has_photo_credit(text: str) -> bool:
    """Return whether the text ends with who took the picture or the clip: "… Ảnh: Hà An"."""
    if _PICTURE_LABEL.fullmatch(text):
        return True
    caption, credit = split_credit(text)
    if credit is None:
        return False
    label = clean(text)[len(caption or "") :].strip(" ([-–,;|")
    return _PHOTO_CREDIT.match(label) is not None


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _ancestor(box: Element, tag: str) -> Element | None:
    return next(box.iterancestors(tag), None)


def _holds(box: Element, inner: Element) -> bool:
    return inner is box or any(element is box for element in inner.iterancestors())


def _shows_media(box: Element) -> bool:
    return next(box.iter("img", *MEDIA_TAGS), None) is not None


def follows_media(box: Element, before: Element | None) -> bool:
    """Return whether a video or `iframe` stands between the last block's box and this one.

    Media are no blocks, so the element before the box is asked, and that of a box around it whose
    first child the box is.
    """
    previous = box.getprevious()
    if previous is None:
        around = islice(box.iterancestors(), MEDIA_BOX_MAX_ANCESTORS - 1)
        found = (element.getprevious() for element in around)
        previous = next((element for element in found if element is not None), None)
    if previous is before:  # of most paragraphs; also where both are None
        return False
    for _ in range(BLANK_BOXES_MAX + 1):  # <p>&nbsp;</p> between the video and the line
        if previous is None or text_in(previous).strip():
            return False
        if _shows_media(previous):
            break
        previous = previous.getprevious()
    else:
        return False
    if previous is before or (before is not None and _holds(previous, before)):
        return False
    return previous.tag in MEDIA_TAGS or next(previous.iter(*MEDIA_TAGS), None) is not None
