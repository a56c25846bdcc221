"""Who signed the article, where the signature does not end its text."""

from collections.abc import Iterator
from typing import Final

from newscrawl.bylines import Byline, read_byline
from newscrawl.generic.names import roles
from newscrawl.generic.survey import Survey, lineage
from newscrawl.text import clean, same_text

_AROUND: Final = 15  # blocks after the text
_UP: Final = 3  # boxes a signature's own box may stand in
_LONGEST: Final = 80


def find_byline(survey: Survey, headline: int, last: int) -> Byline | None:
    """The printed signature between headline and the end, or just after it.

    A box named for the author, or a short line that is the name the page's JSON-LD states: names
    only stated are accounts as often as authors.
    """
    stop = min(len(survey.blocks), last + _AROUND)
    named: list[Byline] = []
    stated: list[Byline] = []
    authors = _stated(survey)
    for index in range(max(0, headline), stop):
        block = survey.blocks[index]
        if survey.is_furniture(block.box) or not block.text:
            continue
        for text in _author_texts(survey, index):
            if (byline := read_byline(text)) is not None:
                named.append(byline)
        if len(block.text) <= _LONGEST and any(same_text(block.text, name) for name in authors):
            if (byline := read_byline(block.text)) is not None:
                stated.append(byline)
    return next(iter((*named, *stated)), None)


def _stated(survey: Survey) -> tuple[str, ...]:
    """The names the page's head calls authors."""
    metadata = survey.document.metadata
    news = metadata.news
    values = (v for key, found in metadata.meta.items() if key.endswith("author") for v in found)
    return (*(news.authors if news else ()), *values)


def _author_texts(survey: Survey, index: int) -> Iterator[str]:
    block = survey.blocks[index]
    for element in block.box.iter():
        if isinstance(element.tag, str) and element is not block.box and "author" in roles(element):
            yield clean("".join(map(str, element.itertext())))
    around = list(lineage(block.box, None))[:_UP]
    if len(block.text) <= _LONGEST and any("author" in roles(element) for element in around):
        yield block.text
