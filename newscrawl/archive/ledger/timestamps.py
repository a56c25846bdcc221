"""Moments as the ledger and the lines write them."""

from datetime import UTC, datetime
from functools import lru_cache


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970; raises ValueError for a moment without a zone.

    >>> seconds(datetime(2022, 11, 14, tzinfo=UTC))
    1668384000
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")
    return int(moment.timestamp())


def moment_of(stamp: int) -> datetime:
    """The moment `seconds` was given, in UTC.

    >>> moment_of(1668384000)
    datetime.datetime(2022, 11, 14, 0, 0, tzinfo=datetime.timezone.utc)
    """
    return datetime.fromtimestamp(stamp, UTC)


def utc_text(moment: datetime) -> str:
    """The moment as lines write machine times.

    >>> utc_text(moment_of(1668384000))
    '2022-11-14T00:00:00Z'
    """
    return _text(seconds(moment))


@lru_cache(maxsize=16)  # a page's records and line name one second, again and again
def _text(stamp: int) -> str:
    return moment_of(stamp).strftime("%Y-%m-%dT%H:%M:%SZ")
