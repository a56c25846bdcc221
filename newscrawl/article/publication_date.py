"""The publication time, and the times that a page's metadata state."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final

from newscrawl.article.dates import ImpossibleDateError, Moment, read_moment
from newscrawl.items import Evidence
from newscrawl.page.metadata import Metadata

Read = Callable[[str, datetime], Moment | None]


@dataclass(frozen=True, slots=True)
class Published:
    """The publication time and the place in the page that states it."""

    moment: Moment
    evidence: Evidence


DATE_METAS: Final = (
    "article:published_time", "pubdate", "publishdate", "date", "dc.date.issued", "dc.date",
    "article:published", "publish-date", "publication_date", "sailthru.date", "created",
    "parsely-pub-date", "dcterms.issued", "dcterms.created", "dcterms.date", "dc.date.created",
    "publish_date", "article.published", "cxenseparse:recs:publishtime", "og:pubdate",
)  # fmt: skip
"""Names of meta tags that state the publication time, the most reliable first"""
HALF_DAY: Final = re.compile(r"[0-9] ?[ap]\.?m\b", re.IGNORECASE)
"""Matches a moment in twelve hours, whose numeric date may be month first or day first"""
_EPOCH: Final = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")  # from 2001 to 2033
_EPOCH_DIGITS: Final = 10
_BARRED: Final = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}")
CLOCK_PRECISIONS: Final = ("second", "minute")


def stated_dates(metadata: Metadata) -> Iterator[tuple[Evidence, str]]:
    """Yield the publication times in the metadata, as printed; a time without a zone is Vietnam's.

    JSON-LD comes first, because JSON-LD names its subject; meta tags are copied from page to page.
    """
    if metadata.news is not None and metadata.news.date_published:
        yield "jsonld", metadata.news.date_published
    for name in DATE_METAS:
        if stated := metadata.first(name):
            yield "meta", stated
    for stated in metadata.itemprop.get("datepublished", ()):
        yield "meta", stated


def stated_update(metadata: Metadata) -> str:
    """Return the update time in the metadata as printed, JSON-LD first; "" for none."""
    news = metadata.news.date_modified if metadata.news is not None else None
    return news or metadata.first("article:modified_time") or ""


def best_stated(
    stated: Iterable[tuple[Evidence, str]], fetched_at: datetime, day: date | None = None
) -> Published | None:
    """Return the first stated moment, with a time of day where another text states one.

    Args:
        stated: the texts that state the publication, with their evidence, the best first.
        fetched_at: when the page was fetched, aware.
        day: the printed day; texts of another day do not count. None: the first text's day.
    """
    found = (
        Published(moment, evidence)
        for evidence, text in stated
        if (moment := read_stated(text, fetched_at)) is not None
    )
    best: Published | None = None
    for published in found:
        if day is None:
            day = published.moment.date
        if published.moment.date == day:
            if published.moment.precision in CLOCK_PRECISIONS:
                return published
            best = best or published
    return best


def read_stated(text: str, fetched_at: datetime, read: Read = read_moment) -> Moment | None:
    """Return the moment in a text of the metadata; None for no date and for an impossible one.

    Args:
        text: the value as printed.
        fetched_at: when the page was fetched, aware.
        read: the reader of the moment, `read_moment` or `read_modified`.

    >>> read_stated("0001-01-01T00:00:00", datetime.fromisoformat("2026-11-23T12:00+07:00"))
    """
    try:
        return read(_with_day(text), fetched_at)
    except ImpossibleDateError:  # 01/01/0001 is how .NET writes "never"
        return None


def _with_day(text: str) -> str:
    """Return a moment in seconds or milliseconds since 1970 in ISO 8601, any other text as it is.

    >>> _with_day("1726130400"), _with_day("1726130400000"), _with_day("2024-09-12")
    ('2024-09-12T08:40:00+00:00', '2024-09-12T08:40:00+00:00', '2024-09-12')
    """
    if _EPOCH.fullmatch(text) is None:
        return text
    return datetime.fromtimestamp(int(text[:_EPOCH_DIGITS]), UTC).isoformat()


def in_stated_order(printed: Moment, stated: Moment | None) -> Moment:
    """Return the printed moment; day and month change places where the head says so.

    "07:40 AM, 12/09/2024" is 12 September where the head states that day, and 9 December else.

    >>> from newscrawl.items import VIETNAM
    >>> printed = Moment(datetime(2024, 12, 9, 7, tzinfo=VIETNAM), "minute", "7:00 AM, 12/09/2024")
    >>> stated = Moment(datetime(2024, 9, 12, tzinfo=VIETNAM), "day", "2024-09-12")
    >>> in_stated_order(printed, stated).date.isoformat()
    '2024-09-12'
    """
    if stated is None or stated.date == printed.date or _BARRED.search(printed.raw) is None:
        return printed
    day, month = printed.at.month, printed.at.day
    is_other = (stated.date.year, stated.date.month, stated.date.day) == (
        printed.at.year,
        month,
        day,
    )
    return replace(printed, at=printed.at.replace(month=month, day=day)) if is_other else printed


def is_update(modified: Moment, published: Moment) -> bool:
    """Return whether `modified` is a later minute: date lines print no seconds, metadata do."""
    return modified.at.replace(second=0) > published.at
