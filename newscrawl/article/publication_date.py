"""When an article appeared: what a page's reader says of it, and what the page's head states."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from newscrawl.article.dates import ImpossibleDateError, Moment, read_moment
from newscrawl.items import Evidence
from newscrawl.page.metadata import Metadata

Read = Callable[[str, datetime], Moment | None]


@dataclass(frozen=True, slots=True)
class Published:
    """When the article appeared, and where that was read."""

    moment: Moment
    evidence: Evidence


def stated_dates(metadata: Metadata) -> Iterator[tuple[Evidence, str]]:
    """Publication times in the metadata, as printed; one without a zone is Vietnam's.

    JSON-LD comes first: it says what it is about, a meta tag is copied from page to page.
    """
    if metadata.news is not None and metadata.news.date_published:
        yield "jsonld", metadata.news.date_published
    if stated := metadata.first("article:published_time"):
        yield "meta", stated


def read_stated(text: str, fetched_at: datetime, read: Read = read_moment) -> Moment | None:
    """The moment a page states in passing; None for none and for one nothing was published at.

    >>> read_stated("0001-01-01T00:00:00", datetime.fromisoformat("2026-11-23T12:00+07:00"))
    """
    try:
        return read(text, fetched_at)
    except ImpossibleDateError:  # 01/01/0001 is how .NET writes "never"
        return None


def is_update(modified: Moment, published: Moment) -> bool:
    """Whether a later minute: date lines print none of the seconds that heads state."""
    return modified.at.replace(second=0) > published.at
