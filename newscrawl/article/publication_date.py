"""The publication time, and the times that a page's metadata state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from newscrawl.article.dates import ImpossibleDateError, Moment, read_moment
from newscrawl.items import Evidence
from newscrawl.page.metadata import Metadata

Read = Callable[[str, datetime], Moment | None]


@dataclass(frozen=True, slots=True)
class Published:
    """The publication time and the place in the page that states it."""

    moment: Moment
    evidence: Evidence


def stated_dates(metadata: Metadata) -> Iterator[tuple[Evidence, str]]:
    """Yield the publication times in the metadata, as printed; a time without a zone is Vietnam's.

    JSON-LD comes first, because JSON-LD names its subject; meta tags are copied from page to page.
    """
    if metadata.news is not None and metadata.news.date_published:
        yield "jsonld", metadata.news.date_published
    if stated := metadata.first("article:published_time"):
        yield "meta", stated


def read_stated(text: str, fetched_at: datetime, read: Read = read_moment) -> Moment | None:
    """Return the moment in a text of the metadata; None for no date and for an impossible one.

    Args:
        text: the value as printed.
        fetched_at: when the page was fetched, aware.
        read: the reader of the moment, `read_moment` or `read_modified`.

    >>> read_stated("0001-01-01T00:00:00", datetime.fromisoformat("2026-11-23T12:00+07:00"))
    """
    try:
        return read(text, fetched_at)
    except ImpossibleDateError:  # 01/01/0001 is how .NET writes "never"
        return None


def is_update(modified: Moment, published: Moment) -> bool:
    """Return whether `modified` is a later minute: date lines print no seconds, metadata do."""
    return modified.at.replace(second=0) > published.at
