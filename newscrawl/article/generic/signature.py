"""Find a signature and a credited outlet that do not end the text, but stand above or below it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from newscrawl.article.boilerplate import is_boilerplate
from newscrawl.article.box_roles import FURNITURE, Role, roles
from newscrawl.article.byline import (
    Attribution,
    Byline,
    read_attribution,
    read_byline,
)
from newscrawl.article.date_patterns import WEEKDAY_NUMBERS
from newscrawl.article.english_byline import english_names, named_with_role
from newscrawl.article.generic.survey import Survey
from newscrawl.article.meta_lines import is_date_line
from newscrawl.article.outlet_names import named_outlet
from newscrawl.page.ancestry import lineage
from newscrawl.page.element_text import lines_of
from newscrawl.page.selectors import Element
from newscrawl.text import clean

_NAMED_SIGNATURE_MAX_BLOCKS: Final = 12  # below the text, for a box named for authors
_SIGNATURE_MAX_BLOCKS: Final = 4  # below the text, for a line that only looks like a signature
_AUTHOR_BOX_MAX_ANCESTORS: Final = 3
_SIGNATURE_MAX_CHARS: Final = 80
_SET_BY_NAME: Final = frozenset(
    ["text-right", "text-end", "align-right", "font-weight-bold", "fw-bold", "bold", "right"]
)
_SOURCE_BOX: Final[frozenset[Role]] = frozenset(["source"])
_DATE_BEHIND: Final = re.compile(r"\s*[-–—|•·]\s*(?=[^-–—|•·]*\d).*", re.DOTALL)
_THEO: Final = re.compile(r"theo:?\s+(?=[^\W\d_])", re.IGNORECASE)
_BY: Final = re.compile(r"\W*(?:written |posted )?by\W*", re.IGNORECASE)  # the name follows
_AUTHOR_LABEL: Final = re.compile(
    r"(?:tác giả(?: bài viết)?|người (?:viết|đăng)|authors?|reporters?)\s*:\s*(?=\S)"
    r"|(?:(?:được )?(?:viết|đăng) )?bởi\s*:?\s+(?=\S)"
    r"|(?:written |reported |story |words |posted )?by\s*:?\s+(?=[A-Z])",
    re.IGNORECASE,
)


def find_byline(survey: Survey, last: int) -> Byline | None:
    """Return the signature between the headline and the text's end or right below; None for none.

    A line labelled or boxed as the author's comes first. A line that repeats a name in the page's
    head comes second; a name in the head alone is an account as often as an author. A bold or
    right-set name right below the text comes last.

    Args:
        survey: the page.
        last: the index of the block that ends the text.
    """
    lines = [index for index in _lines(survey, last) if _may_sign(survey, survey.blocks[index].box)]
    named = _author_texts(survey, lines)
    stated = {clean(name).casefold() for name in _stated_names(survey)}
    repeated = (
        survey.blocks[index].text
        for index in lines
        if clean(survey.blocks[index].text).casefold() in stated
    )
    below = (survey.blocks[index].text for index in lines if _is_set_below(survey, index, last))
    dated = (name for index in lines if (name := _name_beside_date(survey, index)) is not None)
    texts = (*named, *repeated, *below, *dated)
    own = survey.document.metadata.og.get("site_name")
    signed = (
        text
        for text in texts
        if not is_boilerplate(text) and not _BY.fullmatch(text) and clean(text) != own
    )
    return next((byline for text in signed if (byline := read_byline(text)) is not None), None)


def stated_byline(survey: Survey) -> Byline | None:
    """Return the persons whom the JSON-LD of the article states; None for accounts and outlets."""
    news = survey.document.metadata.news
    stated = news.authors if news is not None else ()
    own = survey.document.metadata.og.get("site_name") or ""
    outlets = {name.casefold() for name in (own, (news and news.publisher) or "") if name}
    found = (
        read_byline(name)
        for name in stated
        if " " in name and name.casefold() not in outlets and not is_boilerplate(name)
    )
    signed = [byline for byline in found if byline is not None and byline.authors]
    if not signed:
        return None
    names = dict.fromkeys(name for byline in signed for name in byline.authors)
    return Byline(
        line=", ".join(byline.line for byline in signed), authors=tuple(names), source=None
    )


def _may_sign(survey: Survey, box: Element) -> bool:
    """Return whether the box is no furniture; a post's own footer holds its author."""
    around = survey.around(box)
    if around.isdisjoint(FURNITURE):
        return True
    is_own = around & FURNITURE <= {"chrome", "share"}
    if not is_own:
        return False
    is_named = "author" in roles(box) or next(box.iter("a"), box).get("rel") == "author"
    return is_named or survey.stands_in_own_footer(box)


def find_attribution(survey: Survey, last: int) -> Attribution | None:
    """Return the outlet credited right below block `last` or in a box named for sources."""
    for index in _lines(survey, last):
        block = survey.blocks[index]
        if survey.is_furniture(block.box) or len(block.text) > _SIGNATURE_MAX_CHARS:
            continue
        if last < index <= last + _SIGNATURE_MAX_BLOCKS or "source" in survey.around(block.box):
            found = read_attribution(block.text, block.href)
            if found is None and _SOURCE_BOX & roles(block.box):
                found = read_attribution(f"Nguồn: {block.text}", block.href)
                found = replace(found, line=block.text) if found is not None else None
            if found is not None:
                return found
    return None


def _lines(survey: Survey, last: int) -> range:
    return range(
        max(0, survey.start + 1), min(len(survey.blocks), last + _NAMED_SIGNATURE_MAX_BLOCKS)
    )


def _author_texts(survey: Survey, lines: Sequence[int]) -> Iterator[str]:
    """Yield the texts that a label or a box's name says to be the author's."""
    seen: set[Element] = set()  # asked once: one box may hold thousands of lines
    first = next((i for i in survey.prose if i > survey.start), 0)
    for index in lines:
        block = survey.blocks[index]
        if len(block.text) > _SIGNATURE_MAX_CHARS and not block.href:
            continue
        yield from _labelled_texts(block.text, is_above=index < first)
        if block.box not in seen:
            seen.add(block.box)
            yield from map(lines_of, filter(_is_of_author, block.box.iterdescendants()))
        if any(map(_is_of_author, islice(lineage(block.box), _AUTHOR_BOX_MAX_ANCESTORS))):
            yield _without_theo(block.text)


def _labelled_texts(text: str, *, is_above: bool) -> Iterator[str]:
    """Yield what a line says by a label, or above the text by a role, to be the author's."""
    if english_names(text):
        yield text
    elif labelled := _AUTHOR_LABEL.match(text):
        yield text[labelled.end() :]
    elif is_above and (name := named_with_role(text)):
        yield name


def _without_theo(text: str) -> str:
    """Return the text of an author's box without "Theo" before a person's name."""
    name = _THEO.sub("", text, count=1) if _THEO.match(text) else text
    return text if named_outlet(name) or "/" in name else name


def _is_of_author(element: Element) -> bool:
    return "author" in roles(element)


def _stated_names(survey: Survey) -> Sequence[str]:
    """Return the names that the page's head calls authors."""
    metadata = survey.document.metadata
    news = metadata.news
    values = [v for key, found in metadata.meta.items() if key.endswith("author") for v in found]
    return [*(news.authors if news else ()), *values]


def _name_beside_date(survey: Survey, index: int) -> str | None:
    """Return the name that a line above the text prints beside the date: "Lâm An - 03/11/2026".

    The label of a link, such as a section's, is no name.
    """
    block = survey.blocks[index]
    first = next((i for i in survey.prose if i > survey.start), len(survey.blocks))
    if index > first or block.href is not None or not is_date_line(block.text):
        return None
    name = _DATE_BEHIND.sub("", block.text)
    words = name.casefold()
    is_label = words in survey.link_labels or words in WEEKDAY_NUMBERS
    is_name = name != block.text and " " in name and not is_label
    return name if is_name else None


def _is_set_by_name(box: Element) -> bool:
    """Return whether a class of the box sets its text bold or to the right."""
    return not _SET_BY_NAME.isdisjoint((box.get("class") or "").split())


def _is_set_below(survey: Survey, index: int, last: int) -> bool:
    block = survey.blocks[index]
    is_placed = block.is_bold or block.align == "right" or _is_set_by_name(block.box)
    return last < index <= last + _SIGNATURE_MAX_BLOCKS and is_placed and not survey.links[index]
