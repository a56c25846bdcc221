"""Find the stray `</div>` that cuts the text of a page in two.

The end tag ends the box of the text in every browser, so that the paragraphs behind it stand beside
the box, where a selector of the box does not find them. The page has one `</div>` more than `<div>`
then, which libxml2 logs at the end of the page.
"""

import re
from itertools import islice
from typing import Final

from newscrawl.page.selectors import Element, text_in

STRAY_ENDS_MAX: Final = 3
"""Stray end tags that are searched for on one page"""
_TEXT_MIN_CHARS: Final = 40  # of a paragraph beside the box; a shorter line may be a label
_BOXES_MAX: Final = 3000  # that are looked at
_TAG: Final = re.compile(
    rb"<!--.{0,100000}?-->|<(script|style|textarea)\b.{0,500000}?</\1"
    rb"|(?P<start><div\b)|(?P<end></div\s*>)",
    re.IGNORECASE | re.DOTALL,
)
_FLOW: Final = frozenset(
    ["p", "figure", "table", "ul", "ol", "blockquote", "h2", "h3", "h4", "pre", "center", "br"]
)
_BOXES_WITHOUT_END: Final = ("article", "section", "main")  # that the end of their box ends
_BOXES: Final = ("div", *_BOXES_WITHOUT_END)
_PICTURES: Final = ("img", "amp-img", "iframe", "video", "ins")
_PICTURE_BOX_MAX_CHARS: Final = 300  # of its caption
# Boxes that hold a paragraph of their own and stand before or behind the text.
_OTHER_BOX: Final = re.compile(
    r"sapo|summary|relat|comment|share|social|breadcrumb|lien-?quan|footer|header|sidebar"
    r"|(?<![a-z])(?:lead|intro|author|byline|source|date|time|tags?|title|head"
    r"|menu|nav|foot|ads?|banner|quote)(?![a-z])",
    re.IGNORECASE,
)
# Boxes that hold a caption or a lead; two paragraphs in one are a text, whatever its name.
_CAPTION_BOX: Final = re.compile(
    r"caption|(?<![a-z])(?:desc|description|note)(?![a-z])", re.IGNORECASE
)


def without_stray_end(html: bytes, tree: Element) -> bytes | None:
    """Return the page without the `</div>` that cuts its text in two; None where none does.

    That end tag ends a box with a paragraph of its own, behind which paragraphs follow. Of several
    such boxes the one with the most text behind it is taken. Where several stray end tags stand
    together, the outermost box that they end goes first, and the page is asked again.

    Args:
        html: A page in UTF-8 with more end tags than start tags of boxes.
        tree: libxml2's tree of the page.
    """
    found: tuple[int, int, int] | None = None  # characters behind, end tags, number of the box
    for number, box in enumerate(islice(tree.iter("div"), _BOXES_MAX)):
        size = sum(map(_text_size, _flow_behind(box)))
        if size > (0 if found is None else found[0]) and (ends := _ends_of_text(box, size)):
            found = size, ends, number
    if found is None or _surplus(html) < found[1]:
        return None
    end = _end_of_box(html, found[2])
    return None if end is None else html[: end[0]] + html[end[1] :]


def _surplus(html: bytes) -> int:
    """Return how many more boxes end than begin, outside of comments and scripts."""
    tags = [tag.lastgroup for tag in _TAG.finditer(html)]
    return tags.count("end") - tags.count("start")


def _end_of_box(html: bytes, number: int) -> tuple[int, int] | None:
    """Return where the end tag of the box with the number stands; None where it has none."""
    starts = depth = 0
    for tag in _TAG.finditer(html):
        if tag["start"] is not None:
            starts += 1
            depth += depth > 0 or starts == number + 1
        elif tag["end"] is not None and depth:
            depth -= 1
            if not depth:
                return tag.span()
    return None


def _text_size(element: Element) -> int:
    """Return the characters of a paragraph; 0 for any other element."""
    return len(text_in(element).strip()) if element.tag == "p" else 0


def _flow_behind(box: Element) -> list[Element]:
    """Return the elements of a running text that follow the box directly, up to a paragraph."""
    behind: list[Element] = []
    length = 0
    if (box.tail or "").strip():
        return behind
    for element in box.itersiblings():
        if element.tag not in _FLOW and not _is_between(element):
            break
        behind.append(element)
        if _text_size(element):
            length = len(behind)
    return behind[:length]


def _is_between(element: Element) -> bool:
    """Return whether the element is a picture, an advertisement or an empty box in the text."""
    if element.tag != "div":
        return element.tag in _PICTURES
    size = len(text_in(element).strip())
    is_picture = size <= _PICTURE_BOX_MAX_CHARS and next(element.iter(*_PICTURES), None) is not None
    return is_picture or not size


def _ends_of_text(box: Element, size_behind: int) -> int:
    """Return how many end tags cut a running text at the end of the box; 0 where none does.

    The text stands in the box itself or in its last box, which ends together with it.
    """
    inner, ends = box, 1
    while ends <= STRAY_ENDS_MAX and not _is_text_box(inner, size_behind):
        if not len(inner) or inner[-1].tag not in _BOXES or (inner[-1].tail or "").strip():
            return 0
        inner = inner[-1]
        ends += inner.tag == "div"
    return ends if ends <= STRAY_ENDS_MAX else 0


def _is_text_box(box: Element, size_behind: int) -> bool:
    """Return whether the box begins a running text: paragraphs in it, no other box's name.

    Behind a box of one paragraph a whole paragraph must follow, behind several a signature may.
    """
    inner = box[-1] if len(box) and box[-1].tag in _BOXES_WITHOUT_END else box
    if len(inner) == 1 and inner[0].tag == "div":  # two stray ends end both boxes
        inner = inner[0]
    own = sum(1 for element in inner.iterchildren("p") if _text_size(element))
    if own < 2 and (not own or size_behind < _TEXT_MIN_CHARS):
        return False
    names = f"{box.get('class') or ''} {box.get('id') or ''}"
    if _CAPTION_BOX.search(names):
        sizes = map(_text_size, inner.iterchildren("p"))
        if sum(size >= _TEXT_MIN_CHARS for size in sizes) < 2:
            return False
    return _OTHER_BOX.search(names) is None
