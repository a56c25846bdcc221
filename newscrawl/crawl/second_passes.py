"""Second passes: a list that was read back to its end is passed through once more, a day later.

While a list is read back page by page, an article taken from it moves all following ones up, so
that one of them stands on a page that was read already. No later page shows that. The second pass
names every article of the list again, and the one that was missed is new then.
"""

from datetime import datetime, timedelta
from typing import Final

from newscrawl.archive.ledger.list_table import Listing, ListTable
from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.list_walk import Walk
from newscrawl.discovery.source import Source
from newscrawl.discovery.stand_in import StandIn

SECOND: Final = -1
"""Number of a second pass among the walks of its list"""
_AFTER: Final = timedelta(days=1)
_NOTED: Final = "again "


class SecondPasses:
    """The lists that are to be passed through once more, kept in the ledger's table of lists."""

    def __init__(self, lists: ListTable) -> None:
        self._lists = lists

    def note(self, walk: Walk, name: str, now: datetime) -> None:
        """Note that a walk back through the list called `name` has come to its end.

        A list of one page has no border of two pages at which an article could be missed.
        """
        is_one_page = walk.number == 0 and (walk.page == 1 or walk.begins_behind_front)
        if walk.since is None or walk.is_check or is_one_page or not is_paged(walk.source):
            return
        before = self._lists.get(_NOTED + name).reached
        since = walk.since if before is None else min(before, walk.since)
        self._lists.note(_NOTED + name, Listing(known_at=now + _AFTER, reached=since), now)

    def due(self, source: Source, name: str, paper: Site, now: datetime) -> Walk | None:
        """Return the second pass of a list where it is due; None where it is not."""
        noted = self._lists.get(_NOTED + name)
        if noted.known_at is None or noted.known_at > now:
            return None
        address = source.start(paper)
        return Walk(
            source=source, address=address, number=SECOND, since=noted.reached, is_kept=False
        )

    def end(self, walk: Walk, name: str, now: datetime) -> None:
        """Note that the second pass has come to its end, or as far as one run reads a list."""
        if walk.number == SECOND:
            self._lists.note(_NOTED + name, Listing(), now)


def is_paged(source: Source) -> bool:
    """Return whether a source is a list in pages, the newest first."""
    return source.is_list and not source.is_first and not isinstance(source, StandIn)
