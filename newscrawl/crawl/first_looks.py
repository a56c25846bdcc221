"""The feeds of a run: asked before the lists, and set beside what the lists name."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from newscrawl.archive.ledger.due import Ask
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.discovery.first_look import (
    has_no_gap,
    is_covered,
    is_trusted,
    lists_beside,
    oldest_entries,
)
from newscrawl.discovery.list_walk import ListProgress, Walk
from newscrawl.discovery.source import ListPage, Source
from newscrawl.timestamps import moment_of

_TRUST: Final = "trust "


class FirstLooks:
    """Which feeds a run has read without a gap, and whether they name all that the lists name."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._now = now
        self._waiting: set[str] = set()
        self._answered = asyncio.Event()
        self._proven: dict[str, Source] = {}
        """The feeds that were read without a gap, by name"""
        self._walked: set[str] = set()
        """Names of the lists that a refresh of this run has walked down to what is known"""
        self._new_in_lists: dict[str, list[str]] = {}
        """Addresses that a refresh of a list named first, by the list's name"""
        self._new_in_feeds: dict[str, str] = {}
        """Addresses that a feed named first, and no list of this run so far, by key"""
        self.omitted: dict[str, tuple[str, ...]] = {}
        """Addresses that the lists named and a feed did not, by the feed's name"""

    # Asking ------------------------------------------------------------------------------------

    def expect(self, walk: Walk) -> None:
        """Note that a feed's newest page is asked for."""
        self._waiting.add(walk.source.name)

    def answered(self, walk: Walk) -> None:
        """Note that a feed's newest page has come, or will not come."""
        self._waiting.discard(walk.source.name)
        if not self._waiting:
            self._answered.set()

    async def all_answered(self) -> None:
        """Return once every feed that was asked for has answered or failed."""
        if self._waiting:
            await self._answered.wait()

    # Proof -------------------------------------------------------------------------------------

    def look(self, walk: Walk, page: ListPage) -> None:
        """Note whether a feed's newest page leaves no gap; before its links enter the ledger."""
        if not walk.source.is_first or walk.number or walk.page != 1:
            return
        found = [self._ledger.links.find(link.key) for link in oldest_entries(page)]
        seen_at = [None if known is None else moment_of(known.seen_at) for known in found]
        if has_no_gap(seen_at, walk.known_at):
            self._proven[walk.source.name] = walk.source
        else:
            self._note_trust(walk.source, is_trusted=False)

    def covers(self, source: Source, progress: ListProgress) -> bool:
        """Return whether a list need not be walked now: a trusted feed has named what is new.

        A list that was never known as a whole, or has a walk left open, is walked in any case.
        """
        is_known = progress.known_at is not None or not source.is_list
        if source.is_first or source.closed or not is_known or progress.places:
            return False
        return any(
            is_covered(source.path, feed.path) and self._is_trusted(feed)
            for feed in self._proven.values()
        )

    def _is_trusted(self, feed: Source) -> bool:
        return is_trusted(self._ledger.lists.get(_TRUST + feed.name).known_at, self._now())

    def _note_trust(self, feed: Source, *, is_trusted: bool) -> None:
        now = self._now()
        listing = Listing(known_at=now if is_trusted else None)
        self._ledger.lists.note(_TRUST + feed.name, listing, now)

    # Comparison --------------------------------------------------------------------------------

    def named(self, walk: Walk, page: ListPage, asked: Iterable[Ask]) -> None:
        """Note which of a page's links were never seen before, and by whom they were named."""
        new = {ask.link.key: ask.link.url for ask in asked if ask.reason == "new"}
        if walk.source.is_first:
            if walk.since is None:
                self._new_in_feeds.update(new)
            return
        for link in page.links:
            self._new_in_feeds.pop(link.key, None)
        if walk.since is None:
            self._new_in_lists.setdefault(walk.source.name, []).extend(new.values())

    def walked(self, walk: Walk) -> None:
        """Note that a list's walk has come to what is known."""
        if not walk.number and walk.since is None:
            self._walked.add(walk.source.name)

    def compare(self, sources: Sequence[Source]) -> None:
        """Note, once the run has ended, which feeds named all that the lists beside them named."""
        for name, feed in self._proven.items():
            names = {source.name for source in lists_beside(feed, sources)}
            if not names or not names <= self._walked:
                continue
            found = [url for one in names for url in self._new_in_lists.get(one, ())]
            if found:
                self.omitted[name] = tuple(found)
            self._note_trust(feed, is_trusted=not found)

    def only_in_feeds(self, sources: Sequence[Source]) -> tuple[str, ...]:
        """Return the new addresses that feeds named and no list; () where a list was not walked."""
        lists = (one for one in sources if one.is_list and not one.is_first and not one.closed)
        names = {source.name for source in lists}
        return tuple(self._new_in_feeds.values()) if names and names <= self._walked else ()
