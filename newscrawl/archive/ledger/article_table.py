"""Articles: the newest revision of each, every older one, and what becomes of a page read again."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from newscrawl.archive.ledger.due import Known
from newscrawl.archive.ledger.link_table import Links
from newscrawl.archive.ledger.revision import (
    Author,
    Stored,
    changed_fields,
    revise,
    superseded,
)
from newscrawl.archive.ledger.revisit_schedule import next_look, next_search
from newscrawl.archive.ledger.run_table import dump
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
_SETTLE_LINK: Final = (
    "UPDATE links SET url = ?, state = 'archived', reason = NULL, tries = 0, next_due = ?, "
    "settled = ?, checked_at = ?, etag = ?, last_modified = ?, revision = ?, changes = ?, "
    "streak = ?, published_at = ifnull(?, published_at) WHERE key = ?"
)
# The earliest among those that are no copies themselves, so that copies of copies do not chain.
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
    """The key in the CMS that an article's id carries.

    >>> key_of("baotuyenquang:202506-75f1237")
    '202506-75f1237'
    """
    return article_id.partition(":")[2]


def month_of(line: Line) -> str:
    """The month whose file holds a line: of publication, Vietnamese calendar.

    >>> month_of({"published_at": "2022-11-14T00:30:00+07:00"}), month_of({"published_at": None})
    ('2022-11', 'undated')
    """
    published = line["published_at"]
    return UNDATED if published is None else str(published)[:7]


def keep_line(db: sqlite3.Connection, line: Line, text: str) -> None:
    """The line is its article's newest; `text` is the line as the file holds it."""
    values = (
        key_of(line["id"]), month_of(line), line["published_at"] or "", line["revision"],
        line["content_hash"], line["duplicate_of"] != "", text,
    )  # fmt: skip
    db.execute(_KEEP_ARTICLE, values)


class Articles(Links):
    """The tables of articles and revisions; an article and its link change together."""

    def archive(
        self,
        article: Article,
        now: datetime,
        etag: str | None = None,
        last_modified: str | None = None,
        *,
        changed_by: Author = "newspaper",
    ) -> Stored:
        """What became of an article read from its page; the link is archived and due again later.

        New or changed: its line, and a changed one's older version, are written. Unchanged: only
        the schedule moves, no line. Gone until now: its line says live again.
        """
        key = key_of(article.id)
        found = self._find(key)
        old = self.article(key) if found is None or found.revision else None
        stored = revise(old, article, changed_by)
        with self.writing() as db:
            found = found or self._discover(db, key, article, now)
            if stored.outcome in ("new", "changed"):
                copy_of = self._copy_of(stored.article, old)
                if copy_of != stored.article.duplicate_of:
                    kept = replace(stored.article, duplicate_of=copy_of)
                    stored = replace(stored, article=kept)
            if old is not None and stored.outcome == "changed":
                self._supersede(db, old, stored.article, now, changed_by)
            if stored.outcome != "unchanged":
                self._keep(db, stored.article, old)
            if old is None or changed_by == "newspaper":
                self._settle_archived(db, found, article, stored, now, etag, last_modified)
            else:
                number = "UPDATE links SET revision = ? WHERE key = ?"
                db.execute(number, (stored.revision, key))
        self._asked.discard(key)
        return stored

    def gone(self, key: str, http_status: int, now: datetime) -> bool:
        """Whether the page was there until now; it answers 404 or 410, and its text is kept.

        A link that was never archived is gone too, and looked for twice more, because a list may
        be written before its page. Raises KeyError for no such link.
        """
        found = self._need(key)
        reason = f"HTTP {http_status}"
        if found.revision == 0:
            return self._absent(found, reason, now)
        old = self.article(key)
        is_news = old is not None and old.status == "live"
        with self.writing() as db:
            if old is not None and is_news:
                self._keep(db, replace(old, status="gone", gone_at=now), old)
            self._look_later(found._replace(state="gone"), now, reason=reason)
        return is_news

    def article(self, key: str) -> Article | None:
        """The article of a key as it is archived; None = it is not."""
        row = self.row("SELECT line FROM articles WHERE key = ?", (key,))
        return None if row is None else from_line(json.loads(row[0]))

    def articles(self) -> Iterator[Line]:
        """Every article's line, in the order of the files."""
        for (line,) in self.rows("SELECT line FROM articles ORDER BY month, published_at, key"):
            yield json.loads(line)

    def revisions(self, key: str) -> tuple[Line, ...]:
        """The superseded versions of an article, oldest first."""
        query = "SELECT line FROM revisions WHERE key = ? ORDER BY revision"
        return tuple(json.loads(row[0]) for row in self.rows(query, (key,)))

    def count_articles(self) -> int:
        """How many articles are archived."""
        row = self.row("SELECT count(*) FROM articles")
        return int(row[0]) if row else 0

    def span(self) -> tuple[datetime | None, datetime | None]:
        """When the oldest and the newest dated article were published, +07:00; None = none is."""
        first, last = self.row(_FIRST_DATED), self.row(_LAST_DATED)
        return (
            None if first is None else datetime.fromisoformat(first[0]),
            None if last is None else datetime.fromisoformat(last[0]),
        )

    def _absent(self, found: Known, reason: str, now: datetime) -> bool:
        if self._is_told(found) and found.state == "gone":
            return False
        absences = found.tries + 1
        due = next_search(now, absences)
        self._settle(found, now, state="gone", reason=reason, next_due=due, tries=absences)
        return found.state != "gone"

    def _discover(self, db: sqlite3.Connection, key: str, article: Article, now: datetime) -> Known:
        link = Link(url=article.url, key=key, published_at=article.published_at, kind=article.kind)
        self._record(db, link, now, seconds(now))
        return self._need(key)

    def _copy_of(self, article: Article, old: Article | None) -> str | None:
        """The id of the article this one repeats: decided once for each text, then kept."""
        if old is not None and old.content_hash == article.content_hash:
            return old.duplicate_of
        if article.body is None:  # a headline over a film is no text to compare
            return None
        row = self.row(_FIRST_OF_TEXT, (article.content_hash, key_of(article.id)))
        return None if row is None else f"{article.newspaper}:{row[0]}"

    def _supersede(
        self, db: sqlite3.Connection, old: Article, new: Article, now: datetime, by: Author
    ) -> None:
        at = utc_text(now)
        line = dump(superseded(to_line(old), at, by, changed_fields(old, new)))
        values = (key_of(old.id), old.revision, at[:7], at, line)
        db.execute("INSERT INTO revisions VALUES (?, ?, ?, ?, ?)", values)
        self._touch(db, "revisions", at[:7])

    def _keep(self, db: sqlite3.Connection, article: Article, old: Article | None) -> None:
        line = to_line(article)
        month = month_of(line)
        keep_line(db, line, dump(line))
        self._touch(db, "articles", month)
        if old is not None and (left := month_of(to_line(old))) != month:
            self._touch(db, "articles", left, shrinks=True)

    def _settle_archived(
        self,
        db: sqlite3.Connection,
        found: Known,
        article: Article,
        stored: Stored,
        now: datetime,
        etag: str | None,
        last_modified: str | None,
    ) -> None:
        is_same = stored.outcome == "unchanged"
        if is_same and self._is_told(found):
            return
        changes = found.changes + (stored.outcome == "changed")
        streak = found.streak + 1 if is_same else 0
        due = next_look(article.published_at, now, changes, streak, found.key)
        published = None if article.published_at is None else seconds(article.published_at)
        values = (
            article.url, seconds(due), self.run, seconds(now), etag, last_modified,
            stored.revision, changes, streak, published, found.key,
        )  # fmt: skip
        db.execute(_SETTLE_LINK, values)
