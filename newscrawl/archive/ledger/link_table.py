"""The table of links: every address ever seen, in exactly one state, and when it is next due."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.due import (
    DECLARED,
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
from newscrawl.archive.ledger.revisit_schedule import next_appeal, next_look, next_try
from newscrawl.archive.ledger.run_table import RunTable
from newscrawl.discovery.source import Link
from newscrawl.timestamps import moment_of, seconds

_COLUMNS: Final = ", ".join(Known._fields)
_WAITING: Final[tuple[State, ...]] = ("discovered", "failed", "gone", "refused", "archived")
_SETTLE: Final = (
    "UPDATE links SET url = ?, state = ?, reason = ?, tries = ?, next_due = ?, settled = ?, "
    "checked_at = ?, etag = ?, last_modified = ?, revision = ?, changes = ?, streak = ?, "
    "published_at = ?, absent_at = ?, runs_410 = ? WHERE key = ?"
)
_TROUBLES: Final = (
    "SELECT key, url, state, ifnull(reason, ''), tries, next_due FROM links WHERE {} ORDER BY key"
)
_IN_STATES: Final = "state IN (SELECT value FROM json_each(?))"
# A page that could not be read leaves its reason, and so does an outage; an absence is in doubt.
_UNREAD: Final = f"{_IN_STATES} AND reason IS NOT NULL AND absent_at IS NULL"


class LinkTable:
    """Every link. An outcome may be told twice: the second time changes nothing."""

    def __init__(self, database: Database, runs: RunTable, forgotten: frozenset[str]) -> None:
        self._db = database
        self._runs = runs
        self._forgotten = forgotten
        self._asked: set[str] = set()
        self._absent: dict[str, set[str]] = {}
        """Addresses that answered 404 or 410 in the open run, by key"""

    def forget_asked(self) -> None:
        """Forget which links were asked for: a new run has begun."""
        self._asked.clear()
        self._absent.clear()

    def discard_asked(self, key: str) -> None:
        """Note that the link asked for has its outcome."""
        self._asked.discard(key)

    # What to ask for ---------------------------------------------------------------------------

    def sift(
        self, links: Iterable[Link], run_id: str, now: datetime, refetch: timedelta | None = None,
        *, as_of: datetime | None = None,
    ) -> Sifted:  # fmt: skip
        """Record new links, and return those to ask for now, each once a run.

        Asked for are new, unfinished and due links; those of forgotten articles are passed over.

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
            for link in (link for link in links if not self.is_forgotten(link.key)):
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

    def ask_unread_again(self, now: datetime, states: Collection[State]) -> int:
        """Make what `unread` yields of these states due now; return how many links that are."""
        sql = f"UPDATE links SET tries = 0, next_due = ? WHERE {_UNREAD}"  # noqa: S608
        with self._db.writing() as db:
            return db.execute(sql, (seconds(now), json.dumps([*states]))).rowcount

    def look_again(self, after: timedelta, now: datetime) -> None:
        """Make every article due now, gone ones too, that was looked at longer ago than `after`."""
        with self._db.writing() as db:
            db.execute(
                "UPDATE links SET next_due = ? WHERE revision > 0 AND checked_at <= ?",
                (seconds(now), seconds(now - after)),
            )

    # What is known -----------------------------------------------------------------------------

    def is_known(self, key: str) -> bool:
        """Return whether a link of this key was ever seen."""
        return self.find(key) is not None

    def is_forgotten(self, key: str) -> bool:
        """Return whether the article of a key was forgotten, and must not come back."""
        return key in self._forgotten

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

    def titled(self, titles: Iterable[str]) -> frozenset[str]:
        """Return which of the titles lists have given to a link; the table is read once."""
        wanted = json.dumps(sorted(set(titles)), ensure_ascii=False)
        if wanted == "[]":
            return frozenset()
        query = "SELECT DISTINCT title FROM links WHERE title IN (SELECT value FROM json_each(?))"
        return frozenset(str(title) for (title,) in self._db.rows(query, (wanted,)))

    def addresses(self, key: str) -> tuple[str, ...]:
        """Return every other address under which an article was ever listed."""
        query = "SELECT url FROM addresses WHERE key = ? ORDER BY url"
        return tuple(row[0] for row in self._db.rows(query, (key,)))

    def next_address(self, key: str, absent: str) -> Ask | None:
        """Return the request for another address of the link, where one answers 404 or 410.

        Every known address is tried once a run; None when none is left, and the link is absent.
        Raises KeyError where there is no such link.
        """
        found = self.need(key)
        tried = self._absent.setdefault(key, set())
        tried.add(absent)
        others = (url for url in (found.url, *self.addresses(key)) if url not in tried)
        if (other := next(others, None)) is None:
            return None
        link = replace(found.link, url=other)
        return Ask(link, None, None, "due" if found.revision else "again")

    def archived_addresses(self, limit: int) -> tuple[tuple[str, str], ...]:
        """Return key and newest address of at most `limit` archived links, ordered by key."""
        query = "SELECT key, url FROM links WHERE revision > 0 ORDER BY key LIMIT ?"
        return tuple((str(key), str(url)) for key, url in self._db.rows(query, (limit,)))

    def states(self) -> Mapping[str, int]:
        """Return how many links are in each state; their sum is every link ever seen."""
        counted = dict(self._db.rows("SELECT state, count(*) FROM links GROUP BY state"))
        return {state: counted.get(state, 0) for state in STATES}

    def troubles(self, *states: State) -> Iterator[Trouble]:
        """Yield the links in these states in the order of their keys, as a person is told."""
        yield from self._told(_IN_STATES, states)

    def unread(self, *states: State) -> Iterator[Trouble]:
        """Yield the links in these states that could not be read when they were last asked for.

        So an archived article is listed whose page could not be read again, and a new link that was
        asked for in an outage.
        """
        yield from self._told(_UNREAD, states)

    def _told(self, condition: str, states: Collection[State]) -> Iterator[Trouble]:
        query, values = _TROUBLES.format(condition), (json.dumps([*states]),)
        for key, url, state, reason, tries, due in self._db.rows(query, values):
            at = None if due is None else moment_of(due)
            yield Trouble(key, url, state, reason, tries, at)

    def reasons(self) -> Mapping[str, Mapping[str, int]]:
        """Return how many links are failed, given up or refused: state → reason → links."""
        query = (
            "SELECT state, reason, count(*) FROM links WHERE state IN ('failed', 'given_up',"
            " 'refused') GROUP BY state, reason ORDER BY state, reason"
        )
        found: dict[str, dict[str, int]] = {}
        for state, reason, count in self._db.rows(query):
            found.setdefault(str(state), {})[str(reason or "")] = int(count)
        return found

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
            later = self.later(found, now)
            self.settle(found, later._replace(reason=None, absent_at=None, runs_410=0), now)

    def refuse(self, key: str, reason: str, now: datetime) -> None:
        """Count one more run in which the link led to no article, for this reason.

        A link that was never archived is asked for again by the next two runs, after two days and
        after seven: refused on three days at least. After that only a list brings it back
        (`Known.is_back_by_list`). Links refused for a reason in `REFUSED_FOR` are asked for again
        after that time, those of `DECLARED` never. An archived article stays archived: what its
        address answers now is no edit.
        """
        found = self.need(key)
        if found.revision:
            if not self.is_settled(found):
                later = self.later(found, now)._replace(reason=reason, etag=None)
                self.settle(found, later._replace(last_modified=None), now)
            return
        refusals = found.tries if found.state == "refused" else 0
        refusals += not (self.is_settled(found) and found.state == "refused")
        if reason in DECLARED:
            due = None
        elif reason in REFUSED_FOR:
            due = now + REFUSED_FOR[reason]
        else:
            due = next_appeal(now, refusals)
        after = without_page(found, "refused", reason, refusals, due)
        self.settle(found, after, now)

    def fail(self, key: str, reason: str, now: datetime) -> None:
        """Count one more failed try, once a run; after five the link is given up.

        A list that names it later brings it back. An archived article stays archived and is looked
        at again later.
        """
        found = self.need(key)
        if self.is_settled(found):
            return
        tries = (found.tries if found.state != "refused" else 0) + 1
        due = next_try(now, tries)
        if found.revision and due is None:
            after = self.later(found, now)._replace(reason=reason, etag=None, last_modified=None)
        elif found.revision:
            after = found._replace(reason=reason, tries=tries, next_due=seconds(due or now))
        else:
            after = without_page(found, "failed" if due else "given_up", reason, tries, due)
        self.settle(found, after, now)

    def postpone(self, key: str, reason: str, now: datetime) -> None:
        """Have the next run ask for the link again, as if this run had not asked for it.

        Its state, tries and schedule stay: the site was down, which says nothing of the page.
        Raises KeyError where there is no such link.
        """
        found = self.need(key)
        if self.is_settled(found):
            return
        postpone = "UPDATE links SET reason = ?, next_due = ?, settled = ? WHERE key = ?"
        with self._db.writing() as db:
            db.execute(postpone, (reason, seconds(now), self._runs.number, key))
        self._asked.discard(key)

    def make_due(self, key: str, now: datetime) -> None:
        """Have the next run ask for the link again, whatever this run has noted of it."""
        with self._db.writing() as db:
            db.execute("UPDATE links SET next_due = ? WHERE key = ?", (seconds(now), key))

    def question(self, key: str, reason: str, now: datetime) -> None:
        """Have the next run ask again for an archived page of which this run has another text."""
        with self._db.writing() as db:
            question = "UPDATE links SET reason = ?, next_due = ? WHERE key = ?"
            db.execute(question, (reason, seconds(now), key))

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

    def erase(self, key: str) -> None:
        """Remove a link with its title and all its addresses."""
        with self._db.writing() as db:
            db.execute("DELETE FROM links WHERE key = ?", (key,))
            db.execute("DELETE FROM addresses WHERE key = ?", (key,))

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

    def later(self, found: Known, now: datetime) -> Known:
        """Return the row of an archived page one rung up its schedule: a look brought nothing."""
        published = None if found.published_at is None else moment_of(found.published_at)
        streak = found.streak + 1
        due = next_look(published, now, found.changes, streak, found.key)
        return found._replace(next_due=seconds(due), streak=streak, tries=0)

    def settle(self, before: Known, after: Known, now: datetime) -> None:
        """Write the outcome of the open run for a link.

        Args:
            before: the row as it was read.
            after: the row as it is to be; `settled` and `checked_at` are set here.
            now: the moment of the outcome.
        """
        values = (
            after.url, after.state, after.reason, after.tries, after.next_due, self._runs.number,
            seconds(now), after.etag, after.last_modified, after.revision, after.changes,
            after.streak, after.published_at, after.absent_at, after.runs_410, before.key,
        )  # fmt: skip
        with self._db.writing() as db:
            db.execute(_SETTLE, values)
            if after.url != before.url:
                insert = "INSERT OR IGNORE INTO addresses VALUES (?, ?)"
                db.executemany(insert, ((before.key, before.url), (before.key, after.url)))
        self._asked.discard(before.key)

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


def without_page(
    found: Known, state: State, reason: str, tries: int, due: datetime | None
) -> Known:
    """Return the row of a link that is no article, with no page to compare the next one with."""
    return found._replace(
        state=state, reason=reason, tries=tries, next_due=None if due is None else seconds(due),
        etag=None, last_modified=None,
    )  # fmt: skip
