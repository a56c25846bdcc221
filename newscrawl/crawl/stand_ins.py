"""The lists of a run that cannot be read, and what stands in for them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Link, Source
from newscrawl.discovery.stand_in import StandIn, stand_in_of
from newscrawl.monitoring.sources_told import StoodIn

_BEFORE_KNOWN: Final = timedelta(days=1)  # a list may name an article a day after its date


@dataclass(slots=True)
class _Unread:
    """A list that could not be read."""

    address: str
    why: str
    known_at: datetime | None
    """When it was last known as a whole"""
    path: str
    is_doubtful: bool
    """Whether the list may be well, unless the stand-in finds more"""
    is_read_by_form: bool = True
    """Whether the generic list reader could read its page, for all we know"""


class StandIns:
    """Which lists need a stand-in, each once a run, and how much every source named."""

    def __init__(self) -> None:
        self._unread: dict[str, _Unread] = {}
        self._named: dict[str, set[int]] = {}
        """Hashes of the keys of all links that a source named"""
        self._new: Counter[str] = Counter()
        self._root: dict[str, str] = {}
        """Name of the declared sitemap, by the name of each part"""
        self._stated_at: dict[str, datetime | None] = {}
        self._seekers: set[str] = set()
        self.found: tuple[Source, ...] = ()
        """Feeds and sitemaps that stand in where the generic list reader cannot"""

    def begin(
        self,
        source: Source,
        address: str,
        why: str,
        known_at: datetime | None,
        *,
        is_doubtful: bool = False,
    ) -> StandIn | None:
        """Note a list that cannot be read, and return what stands in; None where it does already.

        Nothing stands in for a feed, a sitemap, or a stand-in.
        """
        is_list = not (source.is_first or isinstance(source, Sitemap | StandIn))
        if not is_list or source.name in self._unread:
            return None
        self._unread[source.name] = _Unread(address, why, known_at, source.path, is_doubtful)
        return stand_in_of(source)

    def has_failed(self, source: Source) -> bool:
        """Note that a list's page cannot be read by its form either; return whether it is news."""
        name = source.of.name if isinstance(source, StandIn) else source.name
        self._unread[name].is_read_by_form = False
        is_first, self._seekers = not self._seekers, {*self._seekers, name}
        return is_first

    def is_doubtful(self, source: Source) -> bool:
        """Return whether the list may be well for which the source stands in."""
        name = source.of.name if isinstance(source, StandIn) else source.name
        return self._unread[name].is_doubtful

    def belongs_to(self, part: Source, source: Source, stated_at: datetime | None) -> None:
        """Note that a part's links count for the sitemap that named it, with the stated change."""
        self._root[part.name] = self._root.get(source.name, source.name)
        self._stated_at[part.name] = stated_at

    def stated_at(self, part: Source) -> datetime | None:
        """Return when a part had changed last, as its index states; None = not stated."""
        return self._stated_at.get(part.name)

    def count(self, source: Source, links: Iterable[Link], new: int) -> None:
        """Count what a page of a source named, each article once."""
        name = self._root.get(source.name, source.name)
        self._named.setdefault(name, set()).update(hash(link.key) for link in links)
        self._new[name] += new

    @property
    def known_since(self) -> datetime | None:
        """Return the moment down to which feeds and sitemaps stand in; None = as far as they go."""
        known = [self._unread[name].known_at for name in self._seekers]
        moments = [at for at in known if at is not None]
        return min(moments) - _BEFORE_KNOWN if moments and len(moments) == len(known) else None

    def named(self) -> dict[str, dict[str, int]]:
        """Return for every source how many links its pages named, and how many of them were new."""
        return {
            name: {"links": len(keys), "new": self._new[name]}
            for name, keys in sorted(self._named.items())
        }

    def told(self) -> tuple[StoodIn, ...]:
        """Return what is told of every list that could not be read."""
        return tuple(told for _, told in self._faults())

    def paths(self) -> tuple[str, ...]:
        """Return the path of every list that could not be read."""
        return tuple(path for path, _ in self._faults())

    def _faults(self) -> Iterator[tuple[str, StoodIn]]:
        """Yield path and account of the lists that could not be read; none in doubt."""
        for name, unread in self._unread.items():
            told = self._told(name, unread)
            if told.new or not unread.is_doubtful:
                yield unread.path, told

    def _told(self, name: str, unread: _Unread) -> StoodIn:
        names = (
            (f"StandIn:{name}",)
            if unread.is_read_by_form
            else tuple(source.name for source in self.found if self._named.get(source.name))
        )
        return StoodIn(
            address=unread.address,
            why=unread.why,
            by=("the generic list reader",) if unread.is_read_by_form else names,
            named=len(set[int]().union(*(self._named.get(one, ()) for one in names))),
            new=sum(self._new[one] for one in names),
        )
