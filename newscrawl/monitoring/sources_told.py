"""What a run tells of its sources: what stood in for lists, what feeds and lists left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from newscrawl.config.program import given_place, program
from newscrawl.text import counted

_MANY_LISTS: Final = 4
QUIET_AFTER: Final = timedelta(days=30)
_PATHS_SHOWN_MAX: Final = 8


def is_quiet(seen_at: datetime | None, now: datetime) -> bool:
    """Return whether a list has named no new article for a month.

    >>> noon = datetime(2026, 11, 20, 12)
    >>> is_quiet(noon - timedelta(days=31), noon), is_quiet(noon, noon), is_quiet(None, noon)
    (True, False, False)

    Args:
        seen_at: When the newest article of its newest page was first seen; None = it names none.
        now: The moment of the run.
    """
    return seen_at is not None and now - seen_at > QUIET_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class StoodIn:
    """A list that could not be read, and what named its articles meanwhile."""

    address: str
    why: str
    by: tuple[str, ...]
    """Names of the sources that stood in; () = nothing could"""
    named: int
    """Articles that they named"""
    new: int
    """Articles among them never seen before"""

    def __str__(self) -> str:
        by = ", ".join(self.by) or "nothing"
        told = (
            f"{counted(self.named, 'article')}, {self.new} of them new"
            if self.by
            else "no articles"
        )
        return f"{self.address}: {self.why}; {by} stood in: {told}"


def _groups(stood_in: Sequence[StoodIn]) -> Iterator[Sequence[StoodIn]]:
    """Yield the lists that failed alike and had the same stand-in, together."""
    alike: dict[tuple[str, tuple[str, ...]], list[StoodIn]] = {}
    for one in stood_in:
        alike.setdefault((one.why, one.by), []).append(one)
    yield from alike.values()


def _lines(group: Sequence[StoodIn]) -> Iterator[str]:
    """Yield what is told of lists that failed alike: one line each, or one for many."""
    if len(group) < _MANY_LISTS:
        yield from (f"    {one}" for one in group)
        return
    by = ", ".join(group[0].by) or "nothing"
    new = sum(one.new for one in group)
    paths = " ".join(urlsplit(one.address).path for one in group)
    told = f"{counted(new, 'new article')}, in {counted(len(group), 'list')}"
    yield f"    {group[0].why}; {by} stood in: {told}: {paths}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesTold:
    """What a run tells of its sources."""

    stood_in: tuple[StoodIn, ...] = ()
    """The lists that could not be read, and what named their articles meanwhile"""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Paths of list APIs that answered, by the declared paths that answer 404"""
    named: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For each source by its name: the links of its pages, and how many of them it named first"""
    omitted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """For each feed that left articles out: their addresses, which the lists named"""
    only_in_feeds: tuple[str, ...] = ()
    """Addresses of new articles that a feed named and no list"""
    quiet: tuple[str, ...] = ()
    """Paths of the lists that have named no new article for a month"""

    def record(self) -> dict[str, Any]:
        """Return what the run's record keeps of it."""
        return {
            "stand_ins": [asdict(stood_in) for stood_in in self.stood_in],
            "moved_lists": dict(self.moved),
            "sources": {name: dict(counts) for name, counts in self.named.items()},
            "omitted_by_feeds": {name: list(urls) for name, urls in self.omitted.items()},
            "only_in_feeds": list(self.only_in_feeds),
            "quiet_lists": list(self.quiet),
        }

    def lines(self, newspaper: str) -> Iterator[str]:
        """Yield what a person is told of it."""
        if self.stood_in:
            yield f"  lists that could not be read, and what stood in: {len(self.stood_in)}"
            for group in _groups(self.stood_in):
                yield from _lines(group)
            address = self.stood_in[0].address
            yield f"  make a fixture: {program()} savefixture {newspaper} {address}{given_place()}"
        for path, other in self.moved.items():
            yield f"  list API: {path} answers 404, {other} works: declare that one"
        for name, urls in self.omitted.items():
            left = counted(len(urls), "article")
            yield f"  {name} left out {left} that the lists name: {urls[0]}"
        if self.only_in_feeds:
            count = len(self.only_in_feeds)
            yield f"  articles in feeds and in no list: {count}: {self.only_in_feeds[0]}"
        if self.quiet:
            paths = " ".join(self.quiet[:_PATHS_SHOWN_MAX])
            more = " …" if len(self.quiet) > _PATHS_SHOWN_MAX else ""
            yield f"  lists without a new article for a month: {len(self.quiet)}: {paths}{more}"
