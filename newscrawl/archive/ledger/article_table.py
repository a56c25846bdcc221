"""The tables of articles: the newest revision of each, every older one, how a page changes them."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.due import Known
from newscrawl.archive.ledger.link_table import LinkTable
from newscrawl.archive.ledger.month_table import MonthTable, line_text
from newscrawl.archive.ledger.revision import (
    Author,
    Stored,
    changed_fields,
    revise,
    superseded,
)
from newscrawl.archive.ledger.revisit_schedule import next_search
from newscrawl.discovery.source import Link
from newscrawl.items import (
    Article,
    Line,
    from_line,
    to_line,
)
from newscrawl.timestamps import seconds, utc_text

UNDATED: Final = "undated"

_KEEP_ARTICLE: Final = (
    "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
    "month = excluded.month, published_at = excluded.published_at, revision = excluded.revision, "
    "content_hash = excluded.content_hash, is_copy = excluded.is_copy, line = excluded.line"
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
        one only moves its schedule. One that was gone is live again in its line.

        Args:
            article: as its page reads now.
            now: the moment from which the schedule counts.
            etag: the answer's ETag, for the next conditional request.
            last_modified: the answer's Last-Modified, for the same.
            changed_by: "extractor" when the same page is read again by other code.
        """
        key = key_of(article.id)
        found = self._links.find(key)
        old = self.get(key) if found is None or found.revision else None
        stored = revise(old, article, changed_by)
        with self._db.writing() as db:
            found = found or self._discover(db, key, article, now)
            if stored.outcome != "unchanged":
                stored = self._store(db, stored, old, now, changed_by)
            if old is None or changed_by == "newspaper":
                self._links.settle_archived(
                    db, found, url=article.url, published_at=article.published_at,
                    revision=stored.revision, outcome=stored.outcome, now=now, etag=etag,
                    last_modified=last_modified,
                )  # fmt: skip
            else:
                number = "UPDATE links SET revision = ? WHERE key = ?"
                db.execute(number, (stored.revision, key))
        self._links.discard_asked(key)
        return stored

    def mark_gone(self, key: str, http_status: int, now: datetime) -> bool:
        """Note that the page answers 404 or 410, and return whether it was there until now.

        The text is kept. A link that was never archived is gone too, and looked for twice more,
        because a list may be written before its page. Raises KeyError where there is no such link.
        """
        found = self._links.need(key)
        reason = f"HTTP {http_status}"
        if found.revision == 0:
            return self._absent(found, reason, now)
        old = self.get(key)
        is_news = old is not None and old.status == "live"
        with self._db.writing() as db:
            if old is not None and is_news:
                self._keep(db, replace(old, status="gone", gone_at=now), old)
            self._links.look_later(found._replace(state="gone"), now, reason=reason)
        return is_news

    def _store(
        self,
        db: sqlite3.Connection,
        stored: Stored,
        old: Article | None,
        now: datetime,
        changed_by: Author,
    ) -> Stored:
        """Write the article's line and the version it supersedes; return it with its original."""
        if stored.outcome in ("new", "changed"):
            copy_of = self._copy_of(stored.article, old)
            if copy_of != stored.article.duplicate_of:
                stored = replace(stored, article=replace(stored.article, duplicate_of=copy_of))
        if old is not None and stored.outcome == "changed":
            self._supersede(db, old, stored.article, now, changed_by)
        self._keep(db, stored.article, old)
        return stored

    def get(self, key: str) -> Article | None:
        """Return the article of a key as it is archived; None where it is not."""
        line = self.line(key)
        return None if line is None else from_line(line)

    def line(self, key: str) -> Line | None:
        """Return the line of an article's newest revision; None where it is not archived."""
        row = self._db.row("SELECT line FROM articles WHERE key = ?", (key,))
        if row is None:
            return None
        line: Line = json.loads(row[0])
        return line

    def lines(self) -> Iterator[Line]:
        """Yield every article's line, in the order of the files."""
        for (line,) in self._db.rows("SELECT line FROM articles ORDER BY month, published_at, key"):
            yield json.loads(line)

    def page_refs(self, since: datetime | None = None) -> Iterator[str]:
        """Yield where the page of each article lies that was fetched at `since` or later."""
        query = "SELECT line ->> 'raw_ref', line ->> 'fetched_at' FROM articles"
        for ref, fetched_at in self._db.rows(query):
            if ref and (since is None or datetime.fromisoformat(fetched_at) >= since):
                yield ref

    def revisions(self, key: str) -> tuple[Line, ...]:
        """Return the superseded versions of an article, oldest first."""
        query = "SELECT line FROM revisions WHERE key = ? ORDER BY revision"
        return tuple(json.loads(row[0]) for row in self._db.rows(query, (key,)))

    def count(self) -> int:
        """Return how many articles are archived."""
        row = self._db.row("SELECT count(*) FROM articles")
        return int(row[0]) if row else 0

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
            line["content_hash"], line["duplicate_of"] != "", text,
        )  # fmt: skip
        db.execute(_KEEP_ARTICLE, values)

    def _absent(self, found: Known, reason: str, now: datetime) -> bool:
        if self._links.is_settled(found) and found.state == "gone":
            return False
        absences = found.tries + 1
        due = next_search(now, absences)
        self._links.settle(found, now, state="gone", reason=reason, next_due=due, tries=absences)
        return found.state != "gone"

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

    def _supersede(
        self, db: sqlite3.Connection, old: Article, new: Article, now: datetime, by: Author
    ) -> None:
        at = utc_text(now)
        line = line_text(superseded(to_line(old), at, by, changed_fields(old, new)))
        values = (key_of(old.id), old.revision, at[:7], at, line)
        db.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?)", values)
        self._months.touch(db, "revisions", at[:7])

    def _keep(self, db: sqlite3.Connection, article: Article, old: Article | None) -> None:
        line = to_line(article)
        month = month_of(line)
        self.keep_line(db, line, line_text(line))
        self._months.touch(db, "articles", month)
        if old is not None and (left := month_of(to_line(old))) != month:
            self._months.touch(db, "articles", left, shrinks=True)
