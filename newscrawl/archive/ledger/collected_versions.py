"""Articles whose pages others fetched, at any time: each becomes the version of its moment."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, Literal

from newscrawl.archive.ledger.article_table import ArticleTable, keep_revision, key_of
from newscrawl.archive.ledger.database import Database
from newscrawl.archive.ledger.link_table import LinkTable
from newscrawl.archive.ledger.month_table import MonthTable, line_text
from newscrawl.archive.ledger.revision import changed_fields, superseded
from newscrawl.items import Article, Line, from_line, to_line
from newscrawl.timestamps import moment_of, seconds, utc_text

Collected = Literal["new", "changed", "earlier", "unchanged"]
"""A page that others fetched is the first of its article, its newest version, a version between
archived ones, or says what a version beside it says"""

SAME_LOOK_MAX: Final = timedelta(minutes=1)
"""Time between the last byte of an answer, which its record states, and the reading of its page"""


def _is_earlier_look(article: Article, archived: Article) -> bool:
    """Return whether an article was seen before the archive first saw it, not in the same look."""
    return article.first_seen_at < archived.first_seen_at - SAME_LOOK_MAX


def _says_what_stands_beside(article: Article, versions: list[Article], place: int) -> bool:
    """Return whether the version before or after a place has the article's text."""
    beside = versions[max(0, place - 1) : place + 1]
    return any(each.content_hash == article.content_hash for each in beside)


def _superseding(old: Article, new: Article) -> Line:
    """Return the line of a version that the next one, fetched later, superseded."""
    at = utc_text(new.fetched_at)
    return superseded(to_line(old), at, "newspaper", changed_fields(old, new))


class CollectedVersions:
    """The versions of articles, into which a page of any moment is put."""

    def __init__(
        self, database: Database, links: LinkTable, months: MonthTable, articles: ArticleTable
    ) -> None:
        self._db = database
        self._links = links
        self._months = months
        self._articles = articles

    def archive(self, article: Article) -> Collected:
        """Store an article whose page was fetched at any time, and return what became of it.

        The page becomes the version of its moment: the newest one, or one between versions that
        are archived. A page that says what the version before or after it says is none of its own;
        it only moves `first_seen_at` to its moment where that is earlier.
        """
        key = key_of(article.id)
        current = self._articles.get(key)
        if current is None:
            self._articles.archive(article, article.fetched_at)
            return "new"
        is_earlier = _is_earlier_look(article, current)
        first_seen_at = article.first_seen_at if is_earlier else current.first_seen_at
        versions, place = self._versions(key, current, article.fetched_at)
        if _says_what_stands_beside(article, versions, place):
            if is_earlier:
                self._articles.keep(replace(current, first_seen_at=first_seen_at), current)
            return "unchanged"
        is_newest = place == len(versions)
        seen_again_at = self._seen_after(key, article.fetched_at) if is_newest else None
        if not is_newest or seen_again_at is not None or current.status == "gone":
            moment = seen_again_at or current.fetched_at
            again = [replace(current, fetched_at=moment)] if is_newest else []
            self._rewrite(key, versions, [*versions[:place], article, *versions[place:], *again])
            return "earlier"
        self._articles.archive(replace(article, first_seen_at=first_seen_at), article.fetched_at)
        return "changed"

    def says_nothing_new(self, article: Article) -> bool:
        """Return whether `archive` would write nothing."""
        current = self._articles.get(key_of(article.id))
        if current is None or _is_earlier_look(article, current):
            return False
        versions, place = self._versions(key_of(article.id), current, article.fetched_at)
        return _says_what_stands_beside(article, versions, place)

    def _versions(self, key: str, current: Article, at: datetime) -> tuple[list[Article], int]:
        """Return all versions, oldest first, and the place of one whose page was fetched then."""
        versions = [*map(from_line, self._articles.revisions(key)), current]
        later = (n for n, each in enumerate(versions) if each.fetched_at > at)
        return versions, next(later, len(versions))

    def _seen_after(self, key: str, at: datetime) -> datetime | None:
        """Return when the newest version of an article was seen after that moment; None if not."""
        checked_at = self._links.need(key).checked_at
        return moment_of(checked_at) if checked_at and checked_at > seconds(at) else None

    def _rewrite(self, key: str, versions: list[Article], after: list[Article]) -> None:
        """Write the versions of an article as `after` has them, numbered anew, the newest last."""
        before = self._articles.revisions(key)
        known = dict(zip(pairwise(versions), before, strict=True))
        lines = [
            {**(known.get(pair) or _superseding(*pair)), "revision": number}
            for number, pair in enumerate(pairwise(after), 1)
        ]
        first_seen_at = min(each.first_seen_at for each in after)
        newest = replace(after[-1], revision=len(after), first_seen_at=first_seen_at)
        with self._db.writing() as db:
            db.execute("DELETE FROM revisions WHERE key = ?", (key,))
            for line in lines:
                at = str(line["superseded_at"])
                keep_revision(db, (key, int(line["revision"]), at), line_text(line))
            for month in {str(line["superseded_at"])[:7] for line in (*before, *lines)}:
                self._months.touch(db, "revisions", month, shrinks=True)
            self._articles.keep(newest, versions[-1])
            db.execute("UPDATE links SET revision = ? WHERE key = ?", (newest.revision, key))
