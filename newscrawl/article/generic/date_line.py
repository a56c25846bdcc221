"""Find the moment at which a page says that its article appeared.

The printed date near the headline comes first. The head of the page decides between several
printed dates, adds the time that a printed day lacks, and is believed alone where no date is
printed. The newspaper's clock and the dates of teasers do not count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from newscrawl.article.boilerplate import DATE_HINT, DATE_LINE_MAX_CHARS
from newscrawl.article.dates import Moment
from newscrawl.article.generic.box_roles import Role, roles
from newscrawl.article.generic.survey import Survey
from newscrawl.article.publication_date import Published, is_update, read_stated
from newscrawl.items import Evidence
from newscrawl.page.ancestry import lineage
from newscrawl.page.selectors import Element

_CLOCK_PRECISIONS: Final = ("second", "minute")
_DATE_METAS: Final = (
    "article:published_time", "pubdate", "publishdate", "date", "dc.date.issued", "dc.date",
    "article:published", "publish-date", "publication_date", "sailthru.date", "created",
)  # fmt: skip
_CLOCK: Final = re.compile(r"^\W*\d{1,2} ?(?:[:hg]|giờ) ?\d\d(?!\d).{0,20}$", re.IGNORECASE)
_OTHER_DATE_ROLES: Final[frozenset[Role]] = frozenset(["related", "comment", "chrome", "clock"])
_DATE_BOX_MAX_ANCESTORS: Final = 3
_HEADLINE_MAX_BLOCKS: Final = 12


@dataclass(frozen=True, slots=True)
class _Printed:
    moment: Moment
    score: float


def find_published(survey: Survey, last: int) -> Published | None:
    """Return the moment of publication and its evidence; None where the page states no date.

    Args:
        survey: the page.
        last: the index of the block that ends the article.
    """
    stated = _stated(survey)
    printed = max(_printed(survey, last, stated), key=lambda p: p.score, default=None)
    if printed is None or printed.score <= 0:
        return stated
    moment = printed.moment
    is_finer = (
        stated is not None
        and stated.moment.date == moment.date
        and moment.precision not in _CLOCK_PRECISIONS
        and stated.moment.precision in _CLOCK_PRECISIONS
    )
    return stated if is_finer else Published(moment, "page")


def find_modified(survey: Survey, published: Moment) -> Moment | None:
    """Return the update that the page's head states, if later than `published`."""
    metadata = survey.document.metadata
    news = metadata.news
    found = (metadata.first("article:modified_time"), news.date_modified if news else None)
    moments = (read_stated(text, survey.document.fetched_at) for text in found if text)
    return next((moment for moment in moments if moment and is_update(moment, published)), None)


def _stated(survey: Survey) -> Published | None:
    """Return the first moment with a time of day that the head states, else its first day."""
    metadata = survey.document.metadata
    found: list[tuple[str | None, Evidence]] = []
    if metadata.news is not None:
        found.append((metadata.news.date_published, "jsonld"))
    found.extend((metadata.first(name), "meta") for name in _DATE_METAS)
    found.extend((value, "meta") for value in metadata.itemprop.get("datepublished", ()))
    read = [
        Published(moment, evidence)
        for text, evidence in found
        if text and (moment := read_stated(text, survey.document.fetched_at)) is not None
    ]
    fine = (published for published in read if published.moment.precision in _CLOCK_PRECISIONS)
    return next(fine, read[0] if read else None)


def _printed(survey: Survey, last: int, stated: Published | None) -> Iterator[_Printed]:
    seen: set[Element] = set()
    for index, block in enumerate(survey.blocks):
        if block.text and len(block.text) <= DATE_LINE_MAX_CHARS:
            for text in _date_texts(survey, index, seen):
                moment = read_stated(text, survey.document.fetched_at)
                if moment is not None:
                    score = _score(survey, index, last, moment, stated)
                    yield _Printed(moment, score)


def _date_texts(survey: Survey, index: int, seen: set[Element]) -> Iterator[str]:
    """Yield the block's text, and the `time` values of a box that is not yet in `seen`.

    A day and a clock in two boxes of one parent are one text.
    """
    block = survey.blocks[index]
    if DATE_HINT.search(block.text):
        yield block.text
        parent = block.box.getparent()
        for other in survey.blocks[max(0, index - 1) : index + 2]:
            if other is not block and other.box.getparent() is parent and _CLOCK.search(other.text):
                yield f"{block.text} {other.text}"
    if block.box not in seen:
        seen.add(block.box)
        for element in block.box.iter("time", "abbr"):
            if value := element.get("datetime" if element.tag == "time" else "title"):
                yield value


def _score(
    survey: Survey,
    index: int,
    last: int,
    moment: Moment,
    stated: Published | None,
) -> float:
    box = survey.blocks[index].box
    around = list(lineage(box))[:_DATE_BOX_MAX_ANCESTORS]
    score = 0.0
    if stated is not None:
        score += 3 if stated.moment.date == moment.date else -2
    if any("date" in roles(element) or element.tag == "time" for element in around):
        score += 2
    if moment.precision in _CLOCK_PRECISIONS:
        score += 1
    headline = survey.start
    if headline >= 0:
        distance = abs(index - headline)
        score += 2 - 2 * min(distance, _HEADLINE_MAX_BLOCKS) / _HEADLINE_MAX_BLOCKS
        if not headline - _HEADLINE_MAX_BLOCKS <= index <= last + _HEADLINE_MAX_BLOCKS:
            score -= 4
    if not survey.around(box).isdisjoint(_OTHER_DATE_ROLES):
        score -= 4
    return score
