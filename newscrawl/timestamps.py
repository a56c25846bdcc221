"""Moments in time as the archive writes them: whole seconds, always UTC."""

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
    """Return the moment that lies `stamp` seconds after 1970, in UTC.

    >>> moment_of(1668384000)
    datetime.datetime(2022, 11, 14, 0, 0, tzinfo=datetime.timezone.utc)
    """
    return datetime.fromtimestamp(stamp, UTC)


def utc_text(moment: datetime) -> str:
    """Return the moment as every line, record and message spells it.

    >>> utc_text(moment_of(1668384000))
    '2022-11-14T00:00:00Z'
    """
    return _utc_text(seconds(moment))


def utc_file_name(moment: datetime) -> str:
    """Return the moment as part of a file name, without colons.

    >>> utc_file_name(moment_of(1668384000))
    '2022-11-14T000000Z'
    """
    return utc_text(moment).replace(":", "")


@lru_cache(maxsize=16)  # the records and the line of one page name the same second many times
def _utc_text(stamp: int) -> str:
    return moment_of(stamp).strftime("%Y-%m-%dT%H:%M:%SZ")
