"""Find the moment at which a page says that its article appeared.

The printed date near the headline comes first. The head of the page decides between several
printed dates, adds the time that a printed day lacks, and is believed alone where no date is
printed. The newspaper's clock and the dates of teasers do not count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from newscrawl.article.box_roles import Role, roles
from newscrawl.article.date_elements import is_update_element
from newscrawl.article.date_patterns import DATE_HINT
from newscrawl.article.dates import Moment
from newscrawl.article.generic.survey import Survey
from newscrawl.article.meta_lines import DATE_LINE_MAX_CHARS
from newscrawl.article.publication_date import (
    CLOCK_PRECISIONS,
    HALF_DAY,
    Published,
    best_stated,
    in_stated_order,
    is_update,
    read_stated,
    stated_dates,
)
from newscrawl.page.ancestry import common, lineage
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element

_OTHER_DATE_ROLES: Final[frozenset[Role]] = frozenset(["related", "comment", "chrome", "clock"])
_CHROME: Final[frozenset[Role]] = frozenset(["chrome"])
_DATE_BOX_MAX_ANCESTORS: Final = 3
_HEADLINE_MAX_BLOCKS: Final = 12
_UPDATE: Final = re.compile(r"(?:last )?(?:updated|modified)\b", re.IGNORECASE)
CLOCK_BOX_MAX_CHARS: Final = 40


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
    if stated is not None and _UPDATE.match(moment.raw) and stated.moment.at <= moment.at:
        return stated  # a line of one moment that a Vietnamese paper calls an update is none
    is_finer = (
        stated is not None
        and stated.moment.date == moment.date
        and moment.precision not in CLOCK_PRECISIONS
        and stated.moment.precision in CLOCK_PRECISIONS
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
    """Return the moment that the page's head states, with a time of day where it states one."""
    document = survey.document
    return best_stated(stated_dates(document.metadata), document.fetched_at)


def _printed(survey: Survey, last: int, stated: Published | None) -> Iterator[_Printed]:
    seen: set[Element] = set()
    for index, block in enumerate(survey.blocks):
        if block.text and len(block.text) <= DATE_LINE_MAX_CHARS:
            for text in _date_texts(block, seen):
                moment = read_stated(text, survey.document.fetched_at)
                if moment is not None:
                    if HALF_DAY.search(text) or not survey.is_vietnamese:
                        moment = in_stated_order(moment, stated.moment if stated else None)
                    moment = _with_clock(survey, index, moment)
                    score = _score(survey, index, last, moment, stated)
                    yield _Printed(moment, score)


def _with_clock(survey: Survey, index: int, moment: Moment) -> Moment:
    """Return the moment of a day and the clock beside that day, in a box of the same parent."""
    if moment.precision in CLOCK_PRECISIONS:
        return moment
    own = survey.blocks[index]
    beside = [
        f"{block.text} {own.text}" if step < 0 else f"{own.text} {block.text}"
        for step in (1, -1)
        if 0 <= index + step < len(survey.blocks)
        and (block := survey.blocks[index + step]).box.getparent() is own.box.getparent()
        and len(block.text) <= CLOCK_BOX_MAX_CHARS
    ]
    found = best_stated(
        (("page", text) for text in beside), survey.document.fetched_at, moment.date
    )
    return moment if found is None else found.moment


def _date_texts(block: Block, seen: set[Element]) -> Iterator[str]:
    """Yield the block's text, and the `time` values of a box that is not yet in `seen`."""
    if DATE_HINT.search(block.text):
        yield block.text
    if block.box not in seen:
        seen.add(block.box)
        times = [e for e in block.box.iter("time") if e.get("datetime")]
        for element in [e for e in times if not is_update_element(e)] or times:
            yield element.get("datetime", "")
        for element in block.box.iter("abbr"):
            if element.get("title"):
                yield element.get("title", "")


def _stands_above_column(survey: Survey, box: Element) -> bool:
    """Return whether nothing but the whole page holds both box and headline: a page's clock."""
    shared = common(box, survey.blocks[survey.start].box)
    return shared is None or shared.tag in ("html", "body", "form")


def _score(
    survey: Survey,
    index: int,
    last: int,
    moment: Moment,
    stated: Published | None,
) -> float:
    box = survey.blocks[index].box
    around = list(islice(lineage(box), _DATE_BOX_MAX_ANCESTORS))
    score = 0.0
    if stated is not None:
        score += 3 if stated.moment.date == moment.date else -2
    if any("date" in roles(element) or element.tag == "time" for element in around):
        score += 2
    if moment.precision in CLOCK_PRECISIONS:
        score += 1
    headline = survey.start
    if headline >= 0:
        distance = abs(index - headline)
        score += 2 - 2 * min(distance, _HEADLINE_MAX_BLOCKS) / _HEADLINE_MAX_BLOCKS
        if not headline - _HEADLINE_MAX_BLOCKS <= index <= last + _HEADLINE_MAX_BLOCKS:
            score -= 4
        if index < headline and _stands_above_column(survey, box):
            score -= 3
    other = survey.around(box) & _OTHER_DATE_ROLES
    if other and not (other == _CHROME and survey.stands_in_own_footer(box)):
        score -= 4
    return score
