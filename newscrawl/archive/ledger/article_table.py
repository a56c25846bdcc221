"""The tables of articles: the newest revision of each, every older one, how a page changes them."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final, Literal

from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.due import Known, is_gone
from newscrawl.archive.ledger.line_sum import checked, line_sum
from newscrawl.archive.ledger.link_table import LinkTable, without_page
from newscrawl.archive.ledger.month_table import Folder, MonthTable, line_text
from newscrawl.archive.ledger.revision import (
    Author,
    Stored,
    changed_fields,
    revise,
    superseded,
)
from newscrawl.archive.ledger.revisit_schedule import (
    ABSENCE_MIN,
    next_gone_look,
    next_look,
    next_search,
)
from newscrawl.discovery.source import Link
from newscrawl.items import (
    Article,
    Line,
    from_line,
    to_line,
)
from newscrawl.timestamps import moment_of, seconds, utc_text

UNDATED: Final = "undated"
Absence = Literal["missed", "missed_again", "gone", "never_there", "known"]
"""An archived page is missed for the first time; is gone now; a link leads to no page for the first
time; or nothing new"""

_KEEP_ARTICLE: Final = (
    "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
    "month = excluded.month, published_at = excluded.published_at, revision = excluded.revision, "
    "content_hash = excluded.content_hash, is_copy = excluded.is_copy, line = excluded.line, "
    "sum = excluded.sum"
)
# The earliest among the articles that are no copies themselves, so that copies do not chain.
_FIRST_OF_TEXT: Final = (
    "SELECT key FROM articles WHERE content_hash = ? AND key <> ? "
    "ORDER BY is_copy, published_at = '', published_at, key LIMIT 1"
)

# 'undated' sorts behind every month.
_FIRST_DATED: Final = (
    "SELECT published_at FROM articles WHERE month < 'u' ORDER BY month, published_at LIMIT 1"
)
_LAST_DATED: Final = (
    "SELECT published_at FROM articles WHERE month < 'u' "
    "ORDER BY month DESC, published_at DESC LIMIT 1"
)


def key_of(article_id: str) -> str:
    """Return the key in the CMS that an article's id carries.

    >>> key_of("baotuyenquang:202506-75f1237")
    '202506-75f1237'
    """
    return article_id.partition(":")[2]


def month_of(line: Line) -> str:
    """Return the month whose file holds a line: of publication, in the Vietnamese calendar.

    >>> month_of({"published_at": "2022-11-14T00:30:00+07:00"}), month_of({"published_at": None})
    ('2022-11', 'undated')
    """
    published = line["published_at"]
    return UNDATED if published is None else str(published)[:7]


def keep_revision(db: sqlite3.Connection, place: tuple[str, int, str], text: str) -> None:
    """Write a superseded version that the table does not have.

    Args:
        db: The connection of an open write.
        place: The article's key, the version's number, and when it was superseded.
        text: The line as the file holds it.
    """
    key, revision, at = place
    values = (key, revision, at[:7], at, text, line_sum(text))
    db.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)", values)


class ArticleTable:
    """Articles and their revisions; an article and its link change in one transaction."""

    def __init__(self, database: Database, links: LinkTable, months: MonthTable) -> None:
        self._db = database
        self._links = links
        self._months = months

    def archive(
        self,
        article: Article,
        now: datetime,
        etag: str | None = None,
        last_modified: str | None = None,
        *,
        changed_by: Author = "newspaper",
    ) -> Stored:
        """Store an article read from its page, and return what became of it.

        A new or changed article writes its line, a changed one its older version too. An unchanged
        one only moves its schedule, unless it was gone or answers at another address: then its line
        is written, with no new revision. Of a forgotten article nothing is written.

        Args:
            article: as its page reads now.
            now: the moment from which the schedule counts.
            etag: the answer's ETag, for the next conditional request.
            last_modified: the answer's Last-Modified, for the same.
            changed_by: "extractor" when the same page is read again by other code.
        """
        key = key_of(article.id)
        if self._links.is_forgotten(key):
            return Stored("forgotten", 0, article)
        found = self._links.find(key)
        old = self.get(key) if found is None or found.revision else None
        stored = revise(old, article, changed_by)
        with self._db.writing() as db:
            found = found or self._discover(db, key, article, now)
            if stored.article != old:
                stored = self._store(stored, old, now, changed_by)
            if old is None or changed_by == "newspaper":
                self._settle(found, stored, article, now, (etag, last_modified))
            else:
                number = "UPDATE links SET revision = ? WHERE key = ?"
                db.execute(number, (stored.revision, key))
        self._links.discard_asked(key)
        return stored

    def mark_absent(self, key: str, http_status: int, now: datetime) -> Absence:
        """Note that every address of the link answers 404 or 410 in this run.

        An article is gone after such answers in two runs at least `ABSENCE_MIN` apart, or after 410
        in two runs; its text is kept. A link that was never archived is looked for again, because
        a list may be written before its page. Call it once the run is known to be no outage, and
        after `LinkTable.next_address` has found no address left. Raises KeyError where there is no
        such link.
        """
        found = self._links.need(key)
        if self._links.is_settled(found):
            return "known"
        reason = f"HTTP {http_status}"
        if not found.revision:
            absences = (found.tries if found.state == "gone" else 0) + 1
            due = next_search(now, absences)
            after = without_page(found, "gone", reason, absences, due)
            self._links.settle(found, after, now)
            return "known" if found.state == "gone" else "never_there"
        if found.state == "gone":
            due = next_gone_look(now, found.streak)
            after = found._replace(reason=reason, next_due=seconds(due), streak=found.streak + 1)
            self._links.settle(found, after, now)
            return "known"
        missed = found._replace(
            reason=reason, next_due=seconds(now + ABSENCE_MIN), tries=0,
            absent_at=seconds(now) if found.absent_at is None else found.absent_at,
            runs_410=found.runs_410 + (http_status == 410),
        )  # fmt: skip
        if is_gone(missed, seconds(now)):
            self._mark_gone(found, missed, http_status, now)
            return "gone"
        self._links.settle(found, missed, now)
        return "missed" if found.absent_at is None else "missed_again"

    def _mark_gone(self, found: Known, missed: Known, http_status: int, now: datetime) -> None:
        old = self.get(found.key)
        after = missed._replace(
            state="gone", next_due=seconds(next_gone_look(now, 0)), streak=1, etag=None,
            last_modified=None,
        )  # fmt: skip
        with self._db.writing():
            if old is not None and old.status == "live":
                at = moment_of(missed.absent_at or seconds(now))
                self.keep(replace(old, status="gone", gone_at=at, http_status=http_status), old)
            self._links.settle(found, after, now)

    def _store(
        self, stored: Stored, old: Article | None, now: datetime, changed_by: Author
    ) -> Stored:
        """Write the article's line and the version it supersedes; return it with its original."""
        if stored.outcome in ("new", "changed"):
            copy_of = self._copy_of(stored.article, old)
            if copy_of != stored.article.duplicate_of:
                stored = replace(stored, article=replace(stored.article, duplicate_of=copy_of))
        if old is not None and stored.outcome == "changed":
            self._supersede(old, stored.article, now, changed_by)
        self.keep(stored.article, old)
        return stored

    def get(self, key: str) -> Article | None:
        """Return the article of a key as it is archived; None where it is not."""
        line = self.line(key)
        return None if line is None else from_line(line)

    def line(self, key: str) -> Line | None:
        """Return the line of an article's newest revision; None where it is not archived."""
        return next(self._lines("SELECT line, {sum} FROM articles WHERE key = ?", key), None)

    def lines(self) -> Iterator[Line]:
        """Yield every article's line, in the order of the files."""
        yield from self._lines("SELECT line, {sum} FROM articles ORDER BY month, published_at, key")

    def page_refs(self, since: datetime | None = None) -> Iterator[str]:
        """Yield where the page of each article lies that was fetched at `since` or later."""
        query = "SELECT line ->> 'raw_ref', line ->> 'fetched_at' FROM articles"
        for ref, fetched_at in self._db.rows(query):
            if ref and (since is None or datetime.fromisoformat(fetched_at) >= since):
                yield ref

    def revisions(self, key: str) -> tuple[Line, ...]:
        """Return the superseded versions of an article, oldest first."""
        query = "SELECT line, {sum} FROM revisions WHERE key = ? ORDER BY revision"
        return tuple(self._lines(query, key))

    def _lines(self, query: str, *values: str) -> Iterator[Line]:
        """Yield the lines of a query of line and sum, each checked as `_parsed` does."""
        for row in self._db.rows(query.format(sum=self._db.sum_column), values):
            yield self._parsed(*row)

    def _parsed(self, text: str, stated: int | None) -> Line:
        """Return the line of a row; raise `ArchiveError` where it is not what was written."""
        line: Line = json.loads(checked(text, stated, self._db.path))
        return line

    def all_page_refs(self) -> Iterator[str]:
        """Yield where the page of each article and of each superseded version lies."""
        yield from self.page_refs()
        for (ref,) in self._db.rows("SELECT line ->> 'raw_ref' FROM revisions"):
            if ref:
                yield ref

    def forget_pages(self, lost: Collection[str], *, asks_again: bool = True) -> int:
        """Clear `raw_ref` in every line whose page is lost, and return the number of lines.

        With `asks_again` the next request for each of these articles is unconditional, so that its
        page is kept again.
        """
        query = "SELECT key, line ->> 'raw_ref' FROM articles"
        keys = [key for key, ref in self._db.rows(query) if ref in lost]
        query = "SELECT key, revision, line ->> 'raw_ref' FROM revisions"
        older = [(key, revision) for key, revision, ref in self._db.rows(query) if ref in lost]
        with self._db.writing() as db:
            for key in keys:
                self._forget_page(key)
                if asks_again:
                    forget = "UPDATE links SET etag = NULL, last_modified = NULL WHERE key = ?"
                    db.execute(forget, (key,))
            for key, revision in older:
                self._forget_older_page(key, revision)
        return len(keys) + len(older)

    def _forget_page(self, key: str) -> None:
        if (article := self.get(key)) is not None:
            self.keep(replace(article, raw_ref=None), article)

    def _forget_older_page(self, key: str, revision: int) -> None:
        query = "SELECT month, line, sum FROM revisions WHERE key = ? AND revision = ?"
        update = "UPDATE revisions SET line = ?, sum = ? WHERE key = ? AND revision = ?"
        with self._db.writing() as db:
            for month, text, stated in tuple(self._db.rows(query, (key, revision))):
                line = line_text({**self._parsed(text, stated), "raw_ref": ""})
                db.execute(update, (line, line_sum(line), key, revision))
                self._months.touch(db, "revisions", month)

    def erase(self, article_id: str) -> None:
        """Remove an article, its older versions and its link; its copies get a new original."""
        key = key_of(article_id)
        kinds: tuple[Folder, ...] = ("articles", "revisions")
        with self._db.writing() as db:
            for kind in kinds:
                query = f"SELECT DISTINCT month FROM {kind} WHERE key = ?"  # noqa: S608
                for (month,) in tuple(self._db.rows(query, (key,))):
                    self._months.touch(db, kind, month, shrinks=True)
                db.execute(f"DELETE FROM {kind} WHERE key = ?", (key,))  # noqa: S608
            self._links.erase(key)
            self._name_new_original(article_id)

    def _name_new_original(self, article_id: str) -> None:
        """Make the earliest copy of an erased article the original of the others."""
        copies = (
            "SELECT line, {sum} FROM articles WHERE line ->> 'duplicate_of' = ? "
            "ORDER BY published_at = '', published_at, key"
        )
        first: str | None = None
        for line in tuple(self._lines(copies, article_id)):
            copy = from_line(line)
            self.keep(replace(copy, duplicate_of=first), copy)
            first = first or copy.id

    def without_page(self) -> tuple[str, ...]:
        """Return the ids of the articles whose raw page is not kept, by month and date."""
        query = (
            "SELECT line ->> 'id' FROM articles WHERE line ->> 'raw_ref' = '' "
            "ORDER BY month, published_at, key"
        )
        return tuple(row[0] for row in self._db.rows(query))

    def copies_of(self, key: str) -> tuple[str, ...]:
        """Return the ids of the other articles with the same text, in the order of their keys."""
        query = (
            "SELECT line ->> 'id' FROM articles WHERE key <> ? AND content_hash = "
            "(SELECT content_hash FROM articles WHERE key = ?) ORDER BY key"
        )
        return tuple(row[0] for row in self._db.rows(query, (key, key)))

    def count(self) -> int:
        """Return how many articles are archived."""
        row = self._db.row("SELECT count(*) FROM articles")
        return int(row[0]) if row else 0

    def kept_by(self, run_id: str) -> tuple[int, str]:
        """Return how many articles a run kept, and when it fetched the last one; "" for none."""
        query = (
            "SELECT count(*), ifnull(max(line ->> 'fetched_at'), '') FROM articles"
            " WHERE line ->> 'run_id' = ?"
        )
        row = self._db.row(query, (run_id,))
        return (0, "") if row is None else (int(row[0]), str(row[1]))

    def last_published(self, count: int) -> tuple[datetime, ...]:
        """Return when the newest dated articles were published, the newest first."""
        query = (
            "SELECT published_at FROM articles WHERE month <> ? AND published_at <> ''"
            " ORDER BY month DESC, published_at DESC LIMIT ?"
        )
        rows = self._db.rows(query, (UNDATED, count))
        return tuple(datetime.fromisoformat(row[0]) for row in rows)

    def span(self) -> tuple[datetime | None, datetime | None]:
        """Return when the oldest and the newest dated article were published, at +07:00.

        None stands for each where no article is dated.
        """
        first, last = self._db.row(_FIRST_DATED), self._db.row(_LAST_DATED)
        return (
            None if first is None else datetime.fromisoformat(first[0]),
            None if last is None else datetime.fromisoformat(last[0]),
        )

    def keep_line(self, db: sqlite3.Connection, line: Line, text: str) -> None:
        """Write the newest line of an article; `text` is the line as the file holds it."""
        values = (
            key_of(line["id"]), month_of(line), line["published_at"] or "", line["revision"],
            line["content_hash"], line["duplicate_of"] != "", text, line_sum(text),
        )  # fmt: skip
        db.execute(_KEEP_ARTICLE, values)

    def _discover(self, db: sqlite3.Connection, key: str, article: Article, now: datetime) -> Known:
        link = Link(url=article.url, key=key, published_at=article.published_at, kind=article.kind)
        self._links.insert(db, link, now, seconds(now))
        return self._links.need(key)

    def _copy_of(self, article: Article, old: Article | None) -> str | None:
        """Return the id of the article this one repeats: decided once for each text, then kept."""
        if old is not None and old.content_hash == article.content_hash:
            return old.duplicate_of
        if article.body is None:  # a headline over a film is no text to compare
            return None
        row = self._db.row(_FIRST_OF_TEXT, (article.content_hash, key_of(article.id)))
        return None if row is None else f"{article.newspaper}:{row[0]}"

    def _settle(
        self,
        found: Known,
        stored: Stored,
        article: Article,
        now: datetime,
        validators: tuple[str | None, str | None],
    ) -> None:
        """Write that the link's page is archived, and when to look at it again."""
        is_same = stored.outcome == "unchanged"
        if (
            is_same
            and self._links.is_settled(found)
            and found.state == "archived"
            and found.reason is None
        ):
            return
        changes = found.changes + (stored.outcome == "changed")
        streak = found.streak + 1 if is_same else 0
        published_at = article.published_at
        due = next_look(published_at, now, changes, streak, found.key)
        etag, last_modified = validators
        after = found._replace(
            url=article.url, state="archived", reason=None, tries=0, next_due=seconds(due),
            etag=etag, last_modified=last_modified, revision=stored.revision, changes=changes,
            streak=streak, absent_at=None, runs_410=0,
            published_at=found.published_at if published_at is None else seconds(published_at),
        )  # fmt: skip
        self._links.settle(found, after, now)

    def _supersede(self, old: Article, new: Article, now: datetime, by: Author) -> None:
        at = utc_text(now)
        line = line_text(superseded(to_line(old), at, by, changed_fields(old, new)))
        with self._db.writing() as db:
            keep_revision(db, (key_of(old.id), old.revision, at), line)
            self._months.touch(db, "revisions", at[:7])

    def keep(self, article: Article, old: Article | None) -> None:
        """Write an article's newest line, in place of the old one where there is one."""
        line = to_line(article)
        month = month_of(line)
        with self._db.writing() as db:
            self.keep_line(db, line, line_text(line))
            self._months.touch(db, "articles", month)
            if old is not None and (left := month_of(to_line(old))) != month:
                self._months.touch(db, "articles", left, shrinks=True)
