"""Tell which blocks between the headline and the end of the text are not the article's."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.asides import (
    is_contents_entry,
    is_part_or_length,
    stands_above_paragraph,
)
from newscrawl.article.boilerplate import (
    heads_comments,
    heads_other_texts,
    is_boilerplate,
    is_imprint,
    may_be_subhead,
    may_head_paragraph,
)
from newscrawl.article.box_roles import named
from newscrawl.article.byline import read_attribution, read_byline
from newscrawl.article.english_byline import english_names
from newscrawl.article.generic.form_boxes import form_boxes
from newscrawl.article.generic.survey import Survey
from newscrawl.article.meta_lines import is_date_line, is_labelled_date, is_meta_line
from newscrawl.page.ancestry import lineage
from newscrawl.page.blocks import Block
from newscrawl.page.element_text import text_of
from newscrawl.page.encoded_text import is_encoded
from newscrawl.page.selectors import Element
from newscrawl.text import letters
from newscrawl.urls.canonical import resolve

_NO_WORDS: Final = re.compile(
    r"(?:\{\{?[^{}]*\}\}?\s*)+|\S+@\S+\.\w+"
    r"|[\dx. ]*\d?\d:\d\d(?::\d\d)? ?[/|] ?\d?\d:\d\d[\d:/|x. ]*|0?0:00|[\d.]+x"
)
"""Unfilled templates, mail addresses of the newsroom, a player's clock"""
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
_CHECKSUM: Final = re.compile(r"[0-9a-f]+|[0-9A-F]+|\W+")
_LABELLED_BOX_MAX_SHARE: Final = 0.5
_RUN_MIN_BLOCKS: Final = 4
_TEASER_MAX_TEXTS: Final = 3
_ALL_LINK_MIN_SHARE: Final = 0.9
_DATE_BESIDE_LINK: Final = re.compile(r"\(?\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?[^\w]*$")
_FILE: Final = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar)$", re.IGNORECASE)
_SUBHEAD_TAGS: Final = frozenset(["h2", "h3", "h4", "h5", "h6"])
_SERIES_LABEL: Final = re.compile(r"\W*(?:kỳ|bài|phần|part) \d{1,2}\W*", re.IGNORECASE)
_KIND_LABEL: Final = re.compile(  # of what another page shows: "Map: Harrow Bend"
    r"\W*(?:map|photos?|gallery|audio|graphics?|infographics?|interactive|timeline|quiz|slideshow"
    r"|podcast|documents?|transcript|fact check|in pictures|video|watch|listen) ?[:|]\W*",
    re.IGNORECASE,
)
_VIDEO_NAME: Final = re.compile(r"(?:^|[- ])(?:videos?|player|jwplayer|brightcove)(?=$|[- ])")
_LIST_HEAD_MAX_CHARS: Final = 80
_LIST_MIN_LINKS: Final = 2
_VIDEO_TITLE_MAX_CHARS: Final = 120
_QUOTE_TAGS: Final = frozenset(["aside", "blockquote"])
_QUOTE_MIN_LETTERS: Final = 20
_QUOTES_MAX: Final = 50  # each is looked for in the whole text
_LABELLED_MAX_LINKS: Final = 12
_LABEL_EDGES: Final = " \n-–—•*|"
_BUTTONS_MIN_SHARE: Final = 0.6  # of a line of buttons; signs part them
_BUTTONS_MAX_CHARS: Final = 60
_SLUG_MIN_DASHES: Final = 3
_SENTENCE_END: Final = re.compile(r"[.;:][”\"’')\]]*$")


class Noise:
    """Answers for the blocks of one article; boxes that head other texts are found once."""

    def __init__(self, survey: Survey, container: Element, inside: Sequence[int]) -> None:
        self.survey = survey
        self.container = container
        prose = (i for i in survey.prose if i >= max(survey.start + 1, inside[0]))
        self.text_start = next(prose, inside[0])
        self.boxes = self._other_boxes(inside) | form_boxes(survey, container, inside)
        self.pictured = frozenset(
            survey.hrefs[i]
            for i in inside
            if survey.blocks[i].pictures and survey.is_picture_link(i)
        )
        self.repeated = frozenset(_in_long_runs(survey.blocks, inside))
        self.quotes: dict[Element, bool] = {}

    def __contains__(self, index: int) -> bool:
        """Return whether the block is a menu, a label, a link elsewhere or the headline."""
        survey = self.survey
        block = survey.blocks[index]
        text = block.text
        if survey.is_furniture(block.box) and not text.startswith("(*)"):
            return True
        if index in survey.comment_lines:
            return True
        if self.boxes and not self.boxes.isdisjoint(lineage(block.box, self.container)):
            return True
        if not text:
            return survey.is_picture_link(index) or "author" in survey.around(block.box)
        if self._is_line_of_page(index) or self._is_of_author(block) or survey.is_headline(text):
            return True
        return (
            self._is_pull_quote(index)
            or self._is_of_teaser(index)
            or self._is_of_player(index)
            or self._heads_links(index)
        )

    def leaves(self, index: int) -> bool:
        """Return whether the block is the article's, at least the picture in it."""
        return index not in self or self._is_label_at_picture(index)

    def without_words(self, index: int) -> Block:
        """Return the block, without its words where a label stands beside a picture: "1 of 3"."""
        block = self.survey.blocks[index]
        return block._replace(text="") if self._is_label_at_picture(index) else block

    def _is_label_at_picture(self, index: int) -> bool:
        block = self.survey.blocks[index]
        if not (block.pictures and block.text and is_boilerplate(block.text)):
            return False
        is_own = self.survey.hrefs[index] is None and not self.survey.is_furniture(block.box)
        return is_own and self.boxes.isdisjoint(lineage(block.box, self.container))

    def _is_line_of_page(self, index: int) -> bool:
        """Return whether the words of the line belong to the page: a label, a date, no word."""
        text = self.survey.blocks[index].text
        if self._is_subhead(index):
            return False
        if is_boilerplate(text) or is_imprint(text) or self._holds_no_word(text):
            return True
        if index in self.repeated or is_labelled_date(text):
            return True
        if index >= self.text_start:
            return False
        return is_date_line(text) or is_meta_line(text) or bool(english_names(text))

    def _is_subhead(self, index: int) -> bool:
        """Return whether a heading stands right above a paragraph and heads no other texts."""
        block = self.survey.blocks[index]
        if index + 1 not in self._prose:
            return False
        if may_head_paragraph(block.text):
            is_set = block.box.tag in _SUBHEAD_TAGS or block.is_bold
            is_within = is_set and index > self.text_start
            return is_within and stands_above_paragraph(block, self.survey.blocks[index + 1])
        if block.box.tag not in _SUBHEAD_TAGS:
            return block.is_bold and may_be_subhead(block.text)
        is_beside = self.survey.blocks[index + 1].box.getparent() is block.box.getparent()
        return is_beside and not heads_other_texts(block.text)

    def _is_of_teaser(self, index: int) -> bool:
        """Return whether the block is the title or the summary of another article."""
        survey = self.survey
        if survey.hrefs[index] is not None and survey.hrefs[index] in self.pictured:
            return True
        title = survey.teased.get(index)
        if title is not None and self._is_link_elsewhere(title):
            return True
        return self._is_link_elsewhere(index) and not is_signature(survey, survey.blocks[index])

    def _heads_links(self, index: int) -> bool:
        """Return whether a heading or a line with a colon stands right above two links elsewhere.

        Whatever words the heading uses, the links are no text, and then the heading heads nothing.
        """
        block = self.survey.blocks[index]
        if len(block.text) > _LIST_HEAD_MAX_CHARS or index < self.text_start:
            return False
        if not (block.box.tag in _SUBHEAD_TAGS or block.text.endswith(":")):
            return False
        following = self.survey.links[index + 1 : index + 1 + _LIST_MIN_LINKS]
        if len(following) < _LIST_MIN_LINKS or not all(following):
            return False
        return all(self._is_link_elsewhere(index + step + 1) for step in range(_LIST_MIN_LINKS))

    def _is_of_player(self, index: int) -> bool:
        """Return whether a short line stands in a video's box without prose: the video's title."""
        block = self.survey.blocks[index]
        if len(block.text) > _VIDEO_TITLE_MAX_CHARS or index in self._prose or block.pictures:
            return False
        for box in lineage(block.box, self.container):
            if box in self.survey.prose_below or box.tag in ("figure", "figcaption"):
                return False
            if _VIDEO_NAME.search(named(box)):
                return True
        return False

    def _is_pull_quote(self, index: int) -> bool:
        """Return whether the block stands in an aside that begins with words of the text.

        Blocks are asked in document order, so that the first one asked of an aside begins it.
        """
        block = self.survey.blocks[index]
        around = lineage(block.box, self.container)
        aside = next((element for element in around if element.tag in _QUOTE_TAGS), None)
        if aside is None:
            return False
        if aside not in self.quotes and len(self.quotes) >= _QUOTES_MAX:
            return False
        if aside not in self.quotes:
            own = letters(block.text)
            times = self._letters.count(own) if len(own) >= _QUOTE_MIN_LETTERS else 0
            self.quotes[aside] = times > (index in self._prose)
        return self.quotes[aside]

    @cached_property
    def _prose(self) -> frozenset[int]:
        return frozenset(self.survey.prose)

    @cached_property
    def _letters(self) -> str:
        """Return the letters of all paragraphs of the page."""
        return " ".join(letters(self.survey.blocks[index].text) for index in self.survey.prose)

    def _holds_no_word(self, text: str) -> bool:
        if _ADDRESS.fullmatch(text):
            own = urlsplit(self.survey.document.url).hostname or ""
            return own.removeprefix("www.") in text  # the newspaper names itself
        is_code = is_encoded(text) and _CHECKSUM.fullmatch(text) is None
        return is_code or _NO_WORDS.fullmatch(text) is not None

    def _is_of_author(self, block: Block) -> bool:
        """Return whether the line stands in the author's box and is no signature: a portrait."""
        return "author" in self.survey.around(block.box) and not is_signature(self.survey, block)

    def _is_link_elsewhere(self, index: int) -> bool:
        """Return whether the block is nothing but a link to another article.

        A sentence that is a link, a link within a sentence and a link to a document are text.
        """
        survey = self.survey
        block, href = survey.blocks[index], survey.hrefs[index]
        if href is not None and href.startswith(("#", "javascript:")):
            return self._is_control(block, href, survey.link_shares[index])
        is_dated = survey.links[index] and _DATE_BESIDE_LINK.search(block.text) is not None
        if survey.links[index] and self._is_labelled_link(block):
            return True
        if not is_dated and survey.link_shares[index] < _ALL_LINK_MIN_SHARE:
            return False
        if href is None or survey.stands_in_link(block.box):
            return True
        return not (_SENTENCE_END.search(block.text) or self._leads_to_document(href))

    def _is_control(self, block: Block, href: str, share: float) -> bool:
        """Return whether links that lead to no page are an entry of contents or buttons alone."""
        if href[0] == "#":
            return share >= _ALL_LINK_MIN_SHARE and is_contents_entry(block.box, href)
        return share >= _BUTTONS_MIN_SHARE and len(block.text) <= _BUTTONS_MAX_CHARS

    def _is_labelled_link(self, block: Block) -> bool:
        """Return whether all text beside the block's links is a label such as "ALSO READ"."""
        titles = [text_of(link) for link in islice(block.box.iter("a"), _LABELLED_MAX_LINKS)]
        rest = block.text
        for title in titles:
            rest = rest.replace(title, "", 1)
        label = rest.strip(_LABEL_EDGES)
        return any(titles) and (
            heads_other_texts(label)
            or is_part_or_length(label)
            or _SERIES_LABEL.fullmatch(rest) is not None
            or _KIND_LABEL.fullmatch(rest) is not None
        )

    def _leads_to_document(self, href: str) -> bool:
        address = resolve(self.survey.document.base_url, href)
        if address is None:
            return False
        parts, own = urlsplit(address), urlsplit(self.survey.document.url)
        if _FILE.search(parts.path):
            return True
        last = parts.path.rstrip("/").rpartition("/")[2]
        is_page = bool(last) and last.count("-") < _SLUG_MIN_DASHES
        return parts.hostname != own.hostname and is_page

    def _other_boxes(self, inside: Sequence[int]) -> set[Element]:
        """Return the boxes with texts of other articles or with the readers' comments.

        Such a box begins with a label and holds little of the text, or holds a picture that leads
        to another article, with a line or two and no paragraph.
        """
        survey = self.survey
        heads = [index for index in inside if self._heads_others(index)]
        pictures = [i for i in inside if survey.blocks[i].pictures and survey.is_picture_link(i)]
        if not heads and not pictures:
            return set()
        texts = [index for index in inside if survey.blocks[index].text]
        counts = survey.sums(texts, lambda _: 1)
        found = [self._labelled_box(index, counts) for index in heads]
        found += [self._pictured_box(index, counts) for index in pictures]
        return {box for box in found if box is not None}

    def _heads_others(self, index: int) -> bool:
        """Return whether a line heads a box; a count of comments above the text heads none."""
        text = self.survey.blocks[index].text
        return heads_other_texts(text) and not (index < self.text_start and heads_comments(text))

    def _labelled_box(self, index: int, counts: dict[Element, int]) -> Element | None:
        """Return the innermost box that holds more than the label and begins with the label."""
        blocks = self.survey.blocks
        around = lineage(blocks[index].box, self.container)
        box = next((element for element in around if counts.get(element, 0) > 1), None)
        before = next((i for i in range(index - 1, -1, -1) if blocks[i].text), None)
        if box is None or (before is not None and box in lineage(blocks[before].box)):
            return None
        most = _LABELLED_BOX_MAX_SHARE * self.survey.prose_below.get(self.container, 0)
        return box if self.survey.prose_below.get(box, 0) < most else None

    def _pictured_box(self, index: int, counts: dict[Element, int]) -> Element | None:
        """Return the outermost box around a picture with a few lines and no paragraph."""
        found = None
        for box in lineage(self.survey.blocks[index].box, self.container):
            if counts.get(box, 0) > _TEASER_MAX_TEXTS or self.survey.prose_below.get(box):
                break
            found = box
        return found


def _in_long_runs(blocks: Sequence[Block], inside: Sequence[int]) -> Iterator[int]:
    """Yield the blocks of lines printed many times without a break: the title on each slide.

    A refrain returns after other lines, and a poem repeats a line two or three times.
    """
    texts = (index for index in inside if blocks[index].text)
    for _, group in groupby(texts, key=lambda index: blocks[index].text):
        run = list(group)
        if len(run) >= _RUN_MIN_BLOCKS:
            yield from run


def is_signature(survey: Survey, block: Block) -> bool:
    """Return whether the block credits an outlet, or is a name set as a signature."""
    if read_attribution(block.text, block.href) is not None:
        return True
    is_placed = block.align == "right" or "author" in survey.around(block.box)
    return is_placed and read_byline(block.text) is not None
