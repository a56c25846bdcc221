"""Moments as whole seconds and as text, the same in the ledger, the lines and the records."""

from datetime import UTC, datetime
from functools import lru_cache


def seconds(moment: datetime) -> int:
    """Return whole seconds since 1970; raise ValueError for a moment without a time zone.

    >>> seconds(datetime(2022, 11, 14, tzinfo=UTC))
    1668384000
    """
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")
    return int(moment.timestamp())


def moment_of(stamp: int) -> datetime:
    """Return the moment of a number of seconds since 1970, in UTC.

    >>> moment_of(1668384000)
    datetime.datetime(2022, 11, 14, 0, 0, tzinfo=datetime.timezone.utc)
    """
    return datetime.fromtimestamp(stamp, UTC)


def utc_text(moment: datetime) -> str:
    """Return the moment in UTC to the second; raise ValueError for one without a time zone.

    >>> utc_text(moment_of(1668384000))
    '2022-11-14T00:00:00Z'
    """
    return _text(seconds(moment))


@lru_cache(maxsize=16)  # the records and the line of one page repeat the same second
def _text(stamp: int) -> str:
    return moment_of(stamp).isoformat().replace("+00:00", "Z")
