"""The arguments of a crawl are read and checked before any request."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from urllib.parse import urlsplit

from newscrawl.exceptions import ArgumentError

NAMES = ("since", "until", "section", "limit", "refetch")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlArguments:
    """The arguments of one run; all None is a plain refresh."""

    since: date | None = None
    """Walk the lists back to this day"""
    until: date | None = None
    """Ask for no article the lists date later than this day"""
    section: str | None = None
    """Walk this section alone, by its path"""
    limit: int | None = None
    """Ask for at most so many articles"""
    refetch: timedelta | None = None
    """Look again at every archived article that was last looked at so long ago"""

    def covers(self, day: date | None) -> bool:
        """Return whether an article of that day is wanted; an undated one always is."""
        if day is None:
            return True
        return (self.since is None or day >= self.since) and (
            self.until is None or day <= self.until
        )


def read_arguments(given: Mapping[str, str], sections: Collection[str]) -> CrawlArguments:
    """Return the arguments as typed values; raises `ArgumentError` in one line for a bad one.

    >>> read_arguments({"since": "2022-11-01", "limit": "10"}, ()).since
    datetime.date(2022, 11, 1)
    >>> read_arguments({"since": "1/11/2022"}, ())
    Traceback (most recent call last):
    newscrawl.exceptions.ArgumentError: since=1/11/2022: a date is written YYYY-MM-DD
    """
    for name in given:
        if name not in NAMES:
            raise ArgumentError(f"{name}=: no such argument; there are {', '.join(NAMES)}")
    arguments = CrawlArguments(
        since=_day("since", given),
        until=_day("until", given),
        section=_section(given, sections),
        limit=_limit(given),
        refetch=_refetch(given),
    )
    if arguments.since and arguments.until and arguments.since > arguments.until:
        raise ArgumentError(f"since={arguments.since} is later than until={arguments.until}")
    return arguments


def _day(name: str, given: Mapping[str, str]) -> date | None:
    value = given.get(name)
    if value is None:
        return None
    try:
        if _DATE.fullmatch(value):  # Python reads 20221101 and 2022-W44-2 too
            return date.fromisoformat(value)
    except ValueError:  # 2022-02-31
        pass
    raise ArgumentError(f"{name}={value}: a date is written YYYY-MM-DD")


def _section(given: Mapping[str, str], sections: Collection[str]) -> str | None:
    value = given.get("section")
    if value is None:
        return None
    given_path = urlsplit(value).path if "://" in value else value
    path = f"/{given_path.strip('/')}/"
    if path in sections:
        return path
    near = get_close_matches(path, sections, n=3, cutoff=0.5) or sorted(sections)[:5]
    raise ArgumentError(
        f"section={value}: the newspaper has no such section; near: {', '.join(near)}"
    )


def _limit(given: Mapping[str, str]) -> int | None:
    value = given.get("limit")
    if value is None:
        return None
    if not _LIMIT.fullmatch(value):
        raise ArgumentError(f"limit={value}: a number of articles, 1 or more")
    return int(value)


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LIMIT = re.compile(r"0*[1-9][0-9]{0,17}")
_SPAN = re.compile(r"([0-9]{1,4})([hd])")


def _refetch(given: Mapping[str, str]) -> timedelta | None:
    value = given.get("refetch")
    if value is None:
        return None
    match = _SPAN.fullmatch(value)
    if match is None:
        raise ArgumentError(f"refetch={value}: a span of hours or days, as in 12h or 7d")
    return timedelta(hours=int(match[1])) if match[2] == "h" else timedelta(days=int(match[1]))
