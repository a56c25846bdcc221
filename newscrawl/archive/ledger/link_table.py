"""Links: every address ever seen, in exactly one state, and when it is next due."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from newscrawl.archive.ledger.due import (
    NONSENSE_S,
    REFUSED_FOR,
    STATES,
    TROUBLES,
    Ask,
    Known,
    Sifted,
    State,
    Trouble,
    reason_to_ask,
    trouble_of,
)
from newscrawl.archive.ledger.revisit_schedule import next_look, next_try
from newscrawl.archive.ledger.run_table import Runs
from newscrawl.discovery.source import Link
from newscrawl.timestamps import moment_of, seconds

_COLUMNS: Final = ", ".join(Known._fields)
_WAITING: Final[tuple[State, ...]] = ("discovered", "failed", "gone", "refused", "archived")
_SETTLE: Final = (
    "UPDATE links SET state = ?, reason = ?, tries = ?, next_due = ?, settled = ?, checked_at = ?, "
    "etag = ?, last_modified = ?, streak = ? WHERE key = ?"
)


class Links(Runs):
    """The table of links. Every outcome may be told twice: the second time changes nothing."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        sealed: bool,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(path, connection, sealed=sealed, clock=clock)
        self._asked: set[str] = set()

    def begin_run(
        self, run_id: str, started_at: datetime, arguments: Mapping[str, object]
    ) -> tuple[str, ...]:
        """The ids of earlier runs that never ended (killed), oldest first; this one is open now.

        Raises `ArchiveError` where the id is taken.
        """
        cut_off = super().begin_run(run_id, started_at, arguments)
        self._asked.clear()
        return cut_off

    def sift(
        self, links: Iterable[Link], run_id: str, now: datetime, refetch: timedelta | None = None,
        *, as_of: datetime | None = None,
    ) -> Sifted:  # fmt: skip
        """The links to ask for now, each once a run: new ones, unfinished ones, those that are due.

        New links are recorded before anything is asked, as seen at `as_of`, a moment at which they
        are known to have been there; now, where none is given. `refetch` makes archived pages due
        that were last looked at so long ago, whatever their schedule says. Raises ValueError for
        another run than the open one.
        """
        if run_id != self.run_id:
            raise ValueError(f"run {run_id} is not open, {self.run_id or 'none'} is")
        ask: list[Ask] = []
        new: set[str] = set()
        seen: dict[str, int] = {}
        stamp = seconds(as_of or now)
        with self.writing() as db:
            for link in links:
                found = self._find(link.key)
                seen[link.key] = stamp if found is None else min(found.seen_at, stamp)
                if found is None:
                    self._record(db, link, now, stamp)
                    new.add(link.key)
                    request: Ask | None = Ask(link, None, None, "new")
                else:
                    request = self._again(db, link, found, now, refetch)
                    if found.seen_at > stamp:
                        db.execute("UPDATE links SET seen_at = ? WHERE key = ?", (stamp, link.key))
                if request is not None:
                    self._asked.add(link.key)
                    ask.append(request)
        last, first = (moment_of(f(seen.values())) if seen else None for f in (max, min))
        return Sifted(tuple(ask), len(new), len(seen) - len(new), last, first)

    def waiting(self, now: datetime, limit: int) -> Iterator[Ask]:
        """Links of earlier runs that are due: those never archived first, then second looks.

        Each kind oldest due first; none twice in a run; at most `limit`.
        """
        taken: list[Ask] = []
        for state in _WAITING:
            for found in self._due(state, now):
                if len(taken) == limit:
                    break
                if found.key not in self._asked:
                    taken.append(found.ask("due" if found.revision else "again"))
        self._asked.update(request.link.key for request in taken)
        yield from taken

    def unsettled(self) -> tuple[Link, ...]:
        """The links asked for in this run that no outcome was told of, by their keys."""
        found = (self._find(key) for key in sorted(self._asked))
        return tuple(row.link for row in found if row is not None)

    def is_known(self, key: str) -> bool:
        """Whether a link of this key was ever seen."""
        return self._find(key) is not None

    def link(self, key: str) -> Link | None:
        """The link of a key, with its newest address; None = never seen."""
        found = self._find(key)
        return found and found.link

    def discover(self, link: Link, now: datetime) -> None:
        """The link is to be asked for, though no list named it; it must not be known yet."""
        with self.writing() as db:
            self._record(db, link, now, seconds(now))

    def addresses(self, key: str) -> tuple[str, ...]:
        """Every other address an article was ever listed under."""
        query = "SELECT url FROM addresses WHERE key = ? ORDER BY url"
        return tuple(row[0] for row in self.rows(query, (key,)))

    def unchanged(self, key: str, now: datetime) -> None:
        """The page is as it was (304): only its schedule moves; KeyError for no such link.

        Of a link that was never archived it is a failure: there is nothing to be unchanged.
        """
        found = self._need(key)
        if not found.revision:
            self.fail(key, "HTTP 304 to a request without a condition", now)
        elif not self._is_told(found):
            self._look_later(found, now, etag=found.etag, last_modified=found.last_modified)

    def refuse(self, key: str, reason: str, now: datetime) -> None:
        """The link will not be asked for again, for this reason (robots, off-site, a trap…).

        For some reasons it is, after `REFUSED_FOR`. An archived article stays archived: what its
        address answers now is no edit.
        """
        found = self._need(key)
        if not found.revision:
            due = now + REFUSED_FOR[reason] if reason in REFUSED_FOR else None
            self._settle(found, now, state="refused", reason=reason, next_due=due)
        elif not self._is_told(found):
            self._look_later(found, now, reason=reason)

    def fail(self, key: str, reason: str, now: datetime) -> None:
        """One more try failed; after five the link is given up. Counted once a run.

        An archived article stays archived and is looked at again later.
        """
        found = self._need(key)
        if self._is_told(found):
            return
        tries = found.tries + 1
        due = next_try(now, tries)
        if found.revision and due is None:
            self._look_later(found, now, reason=reason)
        elif found.revision:
            self._settle(
                found, now, state=found.state, reason=reason, next_due=due, tries=tries,
                etag=found.etag, last_modified=found.last_modified,
            )  # fmt: skip
        else:
            state: State = "failed" if due else "given_up"
            self._settle(found, now, state=state, reason=reason, next_due=due, tries=tries)

    def reopen(self, now: datetime, states: Collection[State]) -> int:
        """How many links in these states are asked for again from now on, as if never tried.

        Raises ValueError for the states of an archived article, which has its own schedule.
        """
        if {"archived", "gone"} & set(states):
            raise ValueError(f"{states}: archived articles are looked at again by their schedule")
        sql = "UPDATE links SET state = 'failed', tries = 0, next_due = ? WHERE state = ?"
        with self.writing() as db:
            return sum(db.execute(sql, (seconds(now), state)).rowcount for state in states)

    def states(self) -> Mapping[str, int]:
        """How many links are in each state; their sum is every link ever seen."""
        counted = dict(self.rows("SELECT state, count(*) FROM links GROUP BY state"))
        return {state: counted.get(state, 0) for state in STATES}

    def troubles(self, *states: State) -> tuple[Trouble, ...]:
        """The links in these states, in the order of their keys."""
        return tuple(map(trouble_of, self.rows(TROUBLES, (json.dumps(states),))))

    def _find(self, key: str) -> Known | None:
        row = self.row(f"SELECT {_COLUMNS} FROM links WHERE key = ?", (key,))  # noqa: S608
        return None if row is None else Known._make(row)

    def _need(self, key: str) -> Known:
        if (found := self._find(key)) is None:
            raise KeyError(key)
        return found

    def _due(self, state: State, now: datetime) -> Iterator[Known]:
        query = (
            f"SELECT {_COLUMNS} FROM links WHERE state = ? AND next_due {{}} ? AND settled <> ? "  # noqa: S608
            "ORDER BY next_due"
        )
        stamp = seconds(now)
        for limit in (("<=", stamp), (">", stamp + NONSENSE_S)):
            for row in self.rows(query.format(limit[0]), (state, limit[1], self.run)):
                yield Known._make(row)

    def _record(self, db: sqlite3.Connection, link: Link, now: datetime, seen_at: int) -> None:
        published = None if link.published_at is None else seconds(link.published_at)
        db.execute(
            "INSERT INTO links (key, url, title, published_at, kind, state, next_due, seen_at) "
            "VALUES (?, ?, ?, ?, ?, 'discovered', ?, ?)",
            (link.key, link.url, link.title, published, link.kind, seconds(now), seen_at),
        )

    def _again(
        self,
        db: sqlite3.Connection,
        link: Link,
        found: Known,
        now: datetime,
        refetch: timedelta | None,
    ) -> Ask | None:
        """The request for a link seen before, if any; a new address of it is noted."""
        moved = link.url != found.url and self._note_address(db, found, link.url, now)
        if link.key in self._asked or self._is_told(found):
            return None
        reason = reason_to_ask(found, seconds(now), refetch, moved=moved)
        if reason is None:
            return None
        return found.ask(reason) if link.url == found.url else Ask(link, None, None, reason)

    def _note_address(self, db: sqlite3.Connection, found: Known, url: str, now: datetime) -> bool:
        """Whether it is new; it replaces one that leads nowhere, and is soon asked for instead."""
        insert = "INSERT OR IGNORE INTO addresses VALUES (?, ?)"
        is_new = db.execute(insert, (found.key, url)).rowcount == 1
        if is_new and (not found.revision or found.state == "gone"):
            due = seconds(now) if found.revision else found.next_due
            db.execute(
                "UPDATE links SET url = ?, next_due = ? WHERE key = ?", (url, due, found.key)
            )
            db.execute(insert, (found.key, found.url))
        return is_new

    def _is_told(self, found: Known) -> bool:
        return self.run > 0 and found.settled == self.run

    def _look_later(
        self,
        found: Known,
        now: datetime,
        *,
        reason: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """An archived page was looked at and brought nothing new: one rung up."""
        published = None if found.published_at is None else moment_of(found.published_at)
        streak = found.streak + 1
        due = next_look(published, now, found.changes, streak, found.key)
        self._settle(
            found, now, state=found.state, reason=reason, next_due=due, streak=streak,
            etag=etag, last_modified=last_modified,
        )  # fmt: skip

    def _settle(
        self,
        found: Known,
        now: datetime,
        *,
        state: State,
        next_due: datetime | None,
        reason: str | None = None,
        tries: int = 0,
        streak: int | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        values = (
            state, reason, tries, None if next_due is None else seconds(next_due), self.run,
            seconds(now), etag, last_modified,
            found.streak if streak is None else streak, found.key,
        )  # fmt: skip
        with self.writing() as db:
            db.execute(_SETTLE, values)
        self._asked.discard(found.key)
