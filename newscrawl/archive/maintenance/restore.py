"""Taking lines of the files back into an empty ledger."""

from datetime import datetime
from typing import Final

from newscrawl.archive.export.row_reader import parse
from newscrawl.archive.ledger.article_table import keep_revision, key_of, month_of
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.revision import EXTRA, CheckLine
from newscrawl.archive.ledger.revisit_schedule import next_look
from newscrawl.items import from_line, to_line
from newscrawl.timestamps import seconds

_LINK: Final = (
    "INSERT OR REPLACE INTO links (key, url, state, next_due, seen_at, checked_at, revision, "
    "published_at, kind) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_DROP_REVISION: Final = "DELETE FROM revisions WHERE key = ? AND revision = ?"
_COUNT_CHANGES: Final = (
    "UPDATE links SET changes = (SELECT count(*) FROM revisions WHERE key = links.key "
    "AND json_extract(line, '$.changed_by') = 'newspaper') "
    "WHERE key IN (SELECT key FROM revisions)"
)


def restore_article(ledger: Ledger, text: str, check_line: CheckLine, now: datetime) -> bool:
    """Take an article's line and its link into the ledger; return whether the line is one.

    Nothing is taken of a forgotten article. Of two lines of one article the newer revision counts,
    and the other's month becomes dirty.
    """
    line = parse(text)
    if line is None or check_line(line):
        return False
    key, article = key_of(line["id"]), from_line(line)
    if key in ledger.tombstones:
        ledger.months.mark_dirty("articles", month_of(line))
        return True
    before = ledger.articles.get(key)
    if before is not None and before.revision >= article.revision:
        ledger.months.mark_dirty("articles", month_of(line))
        return True
    published = article.published_at and seconds(article.published_at)
    due = next_look(article.published_at, now, 0, 0, key)
    link = (
        key, article.url, "archived" if article.status == "live" else "gone", seconds(due),
        seconds(article.first_seen_at), seconds(article.fetched_at), article.revision,
        published, None if article.kind == "text" else article.kind,
    )  # fmt: skip
    with ledger.database.writing() as db:
        ledger.articles.keep_line(db, line, text)
        db.execute(_LINK, link)
    if before is not None:
        ledger.months.mark_dirty("articles", month_of(to_line(before)))
    return True


def restore_revision(ledger: Ledger, text: str, check_line: CheckLine) -> bool:
    """Take a superseded version into the ledger; return whether the line is one."""
    line = parse(text)
    if line is None or any(key not in line for key in EXTRA):
        return False
    if check_line({key: value for key, value in line.items() if key not in EXTRA}):
        return False
    at = line["superseded_at"]
    if key_of(line["id"]) in ledger.tombstones:
        ledger.months.mark_dirty("revisions", at[:7])
        return True
    with ledger.database.writing() as db:
        db.execute(_DROP_REVISION, (key_of(line["id"]), line["revision"]))
        keep_revision(db, (key_of(line["id"]), line["revision"], at), text)
    return True


def restore_run(ledger: Ledger, text: str) -> bool:
    """Take a run's record into the ledger; return whether the line is one."""
    line = parse(text)
    if line is None or not {"run_id", "started_at"} <= line.keys():
        return False
    ledger.runs.restore(line, text)
    return True


def count_changes(ledger: Ledger) -> None:
    """Count again how often the newspaper changed each article."""
    with ledger.database.writing() as db:
        db.execute(_COUNT_CHANGES)
