"""When a page says its article appeared.

The printed date near the headline comes first; the head of the page decides between several, adds
the time a printed day lacks, and speaks alone where nothing is printed. The newspaper's own clock,
and dates of teasers, are none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from newscrawl.article.dates import Moment
from newscrawl.article.generic.ancestry import lineage
from newscrawl.article.generic.boilerplate import DATE_HINT, LONGEST_DATE_LINE
from newscrawl.article.generic.box_roles import Role, roles
from newscrawl.article.generic.survey import Survey
from newscrawl.article.publication_date import Published, is_update, read_stated
from newscrawl.items import Evidence
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element

_FINE: Final = ("second", "minute")
_METAS: Final = (
    "article:published_time", "pubdate", "publishdate", "date", "dc.date.issued", "dc.date",
    "article:published", "publish-date", "publication_date", "sailthru.date", "created",
)  # fmt: skip
_ELSEWHERE: Final[frozenset[Role]] = frozenset(["related", "comment", "chrome", "clock"])
_OWN: Final = 3  # boxes whose name tells what a line is
_NEAR: Final = 12  # blocks from the headline


@dataclass(frozen=True, slots=True)
class _Printed:
    moment: Moment
    score: float


def find_published(survey: Survey, last: int) -> Published | None:
    """The moment of publication and where it was read; None where the page states none.

    `last` is the block that ends the article.
    """
    stated = _stated(survey)
    printed = max(_printed(survey, last, stated), key=lambda p: p.score, default=None)
    if printed is None or printed.score <= 0:
        return stated
    moment = printed.moment
    is_finer = (
        stated is not None
        and stated.moment.date == moment.date
        and moment.precision not in _FINE
        and stated.moment.precision in _FINE
    )
    return stated if is_finer else Published(moment, "page")


def find_modified(survey: Survey, published: Moment) -> Moment | None:
    """The later update the page's head states."""
    metadata = survey.document.metadata
    news = metadata.news
    found = (metadata.first("article:modified_time"), news.date_modified if news else None)
    moments = (read_stated(text, survey.document.fetched_at) for text in found if text)
    return next((moment for moment in moments if moment and is_update(moment, published)), None)


def _stated(survey: Survey) -> Published | None:
    """What the page's head states, JSON-LD first."""
    metadata = survey.document.metadata
    found: list[tuple[str | None, Evidence]] = []
    if metadata.news is not None:
        found.append((metadata.news.date_published, "jsonld"))
    found.extend((metadata.first(name), "meta") for name in _METAS)
    found.extend((value, "meta") for value in metadata.itemprop.get("datepublished", ()))
    read = [
        Published(moment, evidence)
        for text, evidence in found
        if text and (moment := read_stated(text, survey.document.fetched_at)) is not None
    ]
    fine = (published for published in read if published.moment.precision in _FINE)
    return next(fine, read[0] if read else None)


def _printed(survey: Survey, last: int, stated: Published | None) -> Iterator[_Printed]:
    seen: set[Element] = set()
    for index, block in enumerate(survey.blocks):
        if block.text and len(block.text) <= LONGEST_DATE_LINE:
            for text in _date_texts(block, seen):
                moment = read_stated(text, survey.document.fetched_at)
                if moment is not None:
                    score = _score(survey, index, last, moment, stated)
                    yield _Printed(moment, score)


def _date_texts(block: Block, seen: set[Element]) -> Iterator[str]:
    """The block's own words, and the times its box states; `seen` are boxes that were asked."""
    if DATE_HINT.search(block.text):
        yield block.text
    if block.box not in seen:
        seen.add(block.box)
        for element in block.box.iter("time"):
            if value := element.get("datetime"):
                yield value


def _score(
    survey: Survey,
    index: int,
    last: int,
    moment: Moment,
    stated: Published | None,
) -> float:
    box = survey.blocks[index].box
    around = list(lineage(box))[:_OWN]
    score = 0.0
    if stated is not None:
        score += 3 if stated.moment.date == moment.date else -2
    if any("date" in roles(element) or element.tag == "time" for element in around):
        score += 2
    if moment.precision in _FINE:
        score += 1
    headline = survey.start
    if headline >= 0:
        distance = abs(index - headline)
        score += 2 - 2 * min(distance, _NEAR) / _NEAR
        if not headline - _NEAR <= index <= last + _NEAR:
            score -= 4
    if not survey.around(box).isdisjoint(_ELSEWHERE):
        score -= 4
    return score
