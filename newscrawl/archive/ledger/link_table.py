"""The table of links: every address ever seen, in exactly one state, and when it is next due."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.due import (
    DUE_MAX_S,
    REFUSED_FOR,
    STATES,
    Ask,
    Known,
    Sifted,
    State,
    Trouble,
    reason_to_ask,
)
from newscrawl.archive.ledger.revisit_schedule import next_look, next_try
from newscrawl.archive.ledger.run_table import RunTable
from newscrawl.discovery.source import Link
from newscrawl.timestamps import moment_of, seconds

_COLUMNS: Final = ", ".join(Known._fields)
_WAITING: Final[tuple[State, ...]] = ("discovered", "failed", "gone", "refused", "archived")
_SETTLE: Final = (
    "UPDATE links SET state = ?, reason = ?, tries = ?, next_due = ?, settled = ?, checked_at = ?, "
    "etag = ?, last_modified = ?, streak = ? WHERE key = ?"
)
_SETTLE_ARCHIVED: Final = (
    "UPDATE links SET url = ?, state = 'archived', reason = NULL, tries = 0, next_due = ?, "
    "settled = ?, checked_at = ?, etag = ?, last_modified = ?, revision = ?, changes = ?, "
    "streak = ?, published_at = ifnull(?, published_at) WHERE key = ?"
)
_TROUBLES: Final = (
    "SELECT key, url, state, ifnull(reason, ''), tries, next_due FROM links "
    "WHERE state IN (SELECT value FROM json_each(?)) ORDER BY key"
)


class LinkTable:
    """Every link. An outcome may be told twice: the second time changes nothing."""

    def __init__(self, database: Database, runs: RunTable) -> None:
        self._db = database
        self._runs = runs
        self._asked: set[str] = set()

    def forget_asked(self) -> None:
        """Forget which links were asked for: a new run has begun."""
        self._asked.clear()

    def discard_asked(self, key: str) -> None:
        """Note that the link asked for has its outcome."""
        self._asked.discard(key)

    # What to ask for ---------------------------------------------------------------------------

    def sift(
        self, links: Iterable[Link], run_id: str, now: datetime, refetch: timedelta | None = None,
        *, as_of: datetime | None = None,
    ) -> Sifted:  # fmt: skip
        """Record new links, and return those to ask for now, each once a run.

        Asked for are new links, unfinished ones and those that are due.

        Args:
            links: what a list names.
            run_id: the open run.
            now: the moment that decides what is due.
            refetch: archived pages last looked at so long ago are due in any case.
            as_of: a moment at which the links are known to have been in the list; `now` where
                none is given. New links are recorded as seen then.

        Raises:
            ValueError: `run_id` is not the open run.
        """
        if run_id != self._runs.run_id:
            raise ValueError(f"run {run_id} is not open, {self._runs.run_id or 'none'} is")
        ask: list[Ask] = []
        new: set[str] = set()
        seen: dict[str, int] = {}
        stamp = seconds(as_of or now)
        with self._db.writing() as db:
            for link in links:
                found = self.find(link.key)
                seen[link.key] = stamp if found is None else min(found.seen_at, stamp)
                if found is None:
                    self.insert(db, link, now, stamp)
                    new.add(link.key)
                    request: Ask | None = Ask(link, None, None, "new")
                else:
                    request = self._again(db, link, found, now, stamp, refetch)
                if request is not None:
                    self._asked.add(link.key)
                    ask.append(request)
        last, first = (moment_of(f(seen.values())) if seen else None for f in (max, min))
        return Sifted(tuple(ask), len(new), len(seen) - len(new), last, first)

    def waiting(self, now: datetime, limit: int) -> Iterator[Ask]:
        """Yield the links of earlier runs that are due, at most `limit`, none twice in a run.

        Links that were never archived come first, then second looks; the oldest due of each first.
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

    def reopen(self, now: datetime, states: Collection[State]) -> int:
        """Have all links in these states asked for again as if never tried; return their number.

        Raises ValueError for the states of an archived article, which has its own schedule.
        """
        if {"archived", "gone"} & set(states):
            raise ValueError(f"{states}: archived articles are looked at again by their schedule")
        sql = "UPDATE links SET state = 'failed', tries = 0, next_due = ? WHERE state = ?"
        with self._db.writing() as db:
            return sum(db.execute(sql, (seconds(now), state)).rowcount for state in states)

    def look_again(self, after: timedelta, now: datetime) -> None:
        """Make every archived article due now that was last looked at longer ago than `after`."""
        with self._db.writing() as db:
            db.execute(
                "UPDATE links SET next_due = ? WHERE state = 'archived' AND checked_at <= ?",
                (seconds(now), seconds(now - after)),
            )

    # What is known -----------------------------------------------------------------------------

    def is_known(self, key: str) -> bool:
        """Return whether a link of this key was ever seen."""
        return self.find(key) is not None

    def get(self, key: str) -> Link | None:
        """Return the link of a key, with its newest address; None where it was never seen."""
        found = self.find(key)
        return found and found.link

    def find(self, key: str) -> Known | None:
        """Return the whole row of a key; None where it was never seen."""
        row = self._db.row(f"SELECT {_COLUMNS} FROM links WHERE key = ?", (key,))  # noqa: S608
        return None if row is None else Known._make(row)

    def need(self, key: str) -> Known:
        """Return the whole row of a key; raise KeyError where it was never seen."""
        if (found := self.find(key)) is None:
            raise KeyError(key)
        return found

    def addresses(self, key: str) -> tuple[str, ...]:
        """Return every other address under which an article was ever listed."""
        query = "SELECT url FROM addresses WHERE key = ? ORDER BY url"
        return tuple(row[0] for row in self._db.rows(query, (key,)))

    def states(self) -> Mapping[str, int]:
        """Return how many links are in each state; their sum is every link ever seen."""
        counted = dict(self._db.rows("SELECT state, count(*) FROM links GROUP BY state"))
        return {state: counted.get(state, 0) for state in STATES}

    def troubles(self, *states: State) -> Iterator[Trouble]:
        """Yield the links in these states in the order of their keys, as a person is told."""
        for key, url, state, reason, tries, due in self._db.rows(_TROUBLES, (json.dumps(states),)):
            at = None if due is None else moment_of(due)
            yield Trouble(key, url, state, reason, tries, at)

    def without_article(self, *states: State) -> frozenset[str]:
        """Return the keys of the links in these states that never became an article."""
        query = (
            "SELECT key FROM links WHERE revision = 0 AND state IN (SELECT value FROM json_each(?))"
        )
        return frozenset(row[0] for row in self._db.rows(query, (json.dumps(states),)))

    # Outcomes ----------------------------------------------------------------------------------

    def discover(self, link: Link, now: datetime) -> None:
        """Have a link asked for that no list named; its key must not be known yet."""
        with self._db.writing() as db:
            self.insert(db, link, now, seconds(now))

    def mark_unchanged(self, key: str, now: datetime) -> None:
        """Note that the page is as it was (304): only its schedule moves.

        For a link that was never archived a 304 counts as a failure: no page is there that could
        be unchanged. Raises KeyError where there is no such link.
        """
        found = self.need(key)
        if not found.revision:
            self.fail(key, "HTTP 304 to a request without a condition", now)
        elif not self.is_settled(found):
            self.look_later(found, now, etag=found.etag, last_modified=found.last_modified)

    def refuse(self, key: str, reason: str, now: datetime) -> None:
        """Stop asking for the link for this reason (robots, off-site, a trap…).

        Links refused for a reason in `REFUSED_FOR` are asked for again after that time. An
        archived article stays archived: what its address answers now is no edit.
        """
        found = self.need(key)
        if not found.revision:
            due = now + REFUSED_FOR[reason] if reason in REFUSED_FOR else None
            self.settle(found, now, state="refused", reason=reason, next_due=due)
        elif not self.is_settled(found):
            self.look_later(found, now, reason=reason)

    def fail(self, key: str, reason: str, now: datetime) -> None:
        """Count one more failed try, once a run; after five the link is given up.

        An archived article stays archived and is looked at again later.
        """
        found = self.need(key)
        if self.is_settled(found):
            return
        tries = found.tries + 1
        due = next_try(now, tries)
        if found.revision and due is None:
            self.look_later(found, now, reason=reason)
        elif found.revision:
            self.settle(
                found, now, state=found.state, reason=reason, next_due=due, tries=tries,
                etag=found.etag, last_modified=found.last_modified,
            )  # fmt: skip
        else:
            state: State = "failed" if due else "given_up"
            self.settle(found, now, state=state, reason=reason, next_due=due, tries=tries)

    def forgive(self, now: datetime) -> None:
        """Undo the open run's failure counts: the whole site was down, no single link is to blame.

        Links that a robots.txt refused in this run are due for the next one too: a robots.txt
        that allows nothing may be a fault of the site.
        """
        refused = (
            "UPDATE links SET next_due = ? WHERE settled = ? AND state = 'refused' "
            "AND reason = 'robots'"
        )
        with self._db.writing() as db:
            db.execute(refused, (seconds(now), self._runs.number))
            db.execute(
                "UPDATE links SET tries = tries - 1, next_due = ?, "
                "state = iif(state = 'given_up', 'failed', state) "
                "WHERE settled = ? AND tries > 0 AND state IN ('failed', 'given_up', 'archived')",
                (seconds(now), self._runs.number),
            )

    def is_settled(self, found: Known) -> bool:
        """Return whether the open run has an outcome for the link already."""
        return self._runs.number > 0 and found.settled == self._runs.number

    def insert(self, db: sqlite3.Connection, link: Link, now: datetime, seen_at: int) -> None:
        """Insert a link that was never seen, due now; `seen_at` is in seconds since 1970."""
        published = None if link.published_at is None else seconds(link.published_at)
        db.execute(
            "INSERT INTO links (key, url, title, published_at, kind, state, next_due, seen_at) "
            "VALUES (?, ?, ?, ?, ?, 'discovered', ?, ?)",
            (link.key, link.url, link.title, published, link.kind, seconds(now), seen_at),
        )

    def look_later(
        self,
        found: Known,
        now: datetime,
        *,
        reason: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Move an archived page that brought nothing new one rung up its schedule."""
        published = None if found.published_at is None else moment_of(found.published_at)
        streak = found.streak + 1
        due = next_look(published, now, found.changes, streak, found.key)
        self.settle(
            found, now, state=found.state, reason=reason, next_due=due, streak=streak,
            etag=etag, last_modified=last_modified,
        )  # fmt: skip

    def settle(
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
        """Write an outcome of the open run; `next_due` None = never asked for by itself."""
        values = (
            state, reason, tries, None if next_due is None else seconds(next_due),
            self._runs.number, seconds(now), etag, last_modified,
            found.streak if streak is None else streak, found.key,
        )  # fmt: skip
        with self._db.writing() as db:
            db.execute(_SETTLE, values)
        self._asked.discard(found.key)

    def settle_archived(
        self,
        db: sqlite3.Connection,
        found: Known,
        *,
        url: str,
        published_at: datetime | None,
        revision: int,
        outcome: str,
        now: datetime,
        etag: str | None,
        last_modified: str | None,
    ) -> None:
        """Write that the link's page is archived, and when to look at it again."""
        is_same = outcome == "unchanged"
        if is_same and self.is_settled(found):
            return
        changes = found.changes + (outcome == "changed")
        streak = found.streak + 1 if is_same else 0
        due = next_look(published_at, now, changes, streak, found.key)
        published = None if published_at is None else seconds(published_at)
        values = (
            url, seconds(due), self._runs.number, seconds(now), etag, last_modified,
            revision, changes, streak, published, found.key,
        )  # fmt: skip
        db.execute(_SETTLE_ARCHIVED, values)

    def _due(self, state: State, now: datetime) -> Iterator[Known]:
        query = (
            f"SELECT {_COLUMNS} FROM links WHERE state = ? AND next_due {{}} ? AND settled <> ? "  # noqa: S608
            "ORDER BY next_due"
        )
        stamp = seconds(now)
        for sign, limit in (("<=", stamp), (">", stamp + DUE_MAX_S)):
            for row in self._db.rows(query.format(sign), (state, limit, self._runs.number)):
                yield Known._make(row)

    def _again(
        self,
        db: sqlite3.Connection,
        link: Link,
        found: Known,
        now: datetime,
        seen_at: int,
        refetch: timedelta | None,
    ) -> Ask | None:
        """Note a new address of a link seen before; return the request for it, if any is due."""
        if found.seen_at > seen_at:
            db.execute("UPDATE links SET seen_at = ? WHERE key = ?", (seen_at, link.key))
        moved = link.url != found.url and self._note_address(db, found, link.url, now)
        if link.key in self._asked or self.is_settled(found):
            return None
        reason = reason_to_ask(found, seconds(now), refetch, moved=moved)
        if reason is None:
            return None
        return found.ask(reason) if link.url == found.url else Ask(link, None, None, reason)

    def _note_address(self, db: sqlite3.Connection, found: Known, url: str, now: datetime) -> bool:
        """Note an address of a known link, and return whether the address is new.

        A new address replaces one that leads to no page, and is asked for soon.
        """
        insert = "INSERT OR IGNORE INTO addresses VALUES (?, ?)"
        is_new = db.execute(insert, (found.key, url)).rowcount == 1
        if is_new and (not found.revision or found.state == "gone"):
            due = seconds(now) if found.revision else found.next_due
            db.execute(
                "UPDATE links SET url = ?, next_due = ? WHERE key = ?", (url, due, found.key)
            )
            db.execute(insert, (found.key, found.url))
        return is_new
