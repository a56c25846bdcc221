"""The ledger's tables, one step a version; `user_version` counts the steps a database has taken.

Never edit a step that was released: a new need is a new step at the end.
"""

import sqlite3
from collections.abc import Sequence
from typing import Final

Step = tuple[str, ...]

# Times are whole seconds since 1970 in UTC where only the ledger reads them, and the text of the
# line elsewhere. `revision` of a link is 0 until its article is archived. `settled` is the number
# of the run that last had an outcome for the link. `seen_at` is a moment at which the link is known
# to have been in the lists. The table keeps its rowid: at 400,000 links in random order of keys
# SQLite inserts 147,000 a second with it, 33,000 without, and look-ups are as fast.
_LINKS: Final = """
CREATE TABLE links (
    key TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('discovered', 'archived', 'gone', 'refused', 'failed', 'given_up')),
    reason TEXT,
    tries INTEGER NOT NULL DEFAULT 0,
    next_due INTEGER,
    seen_at INTEGER NOT NULL,
    settled INTEGER NOT NULL DEFAULT 0,
    checked_at INTEGER,
    etag TEXT,
    last_modified TEXT,
    revision INTEGER NOT NULL DEFAULT 0,
    changes INTEGER NOT NULL DEFAULT 0,
    streak INTEGER NOT NULL DEFAULT 0,
    title TEXT,
    published_at INTEGER,
    kind TEXT
) STRICT
"""
_ARTICLES: Final = """
CREATE TABLE articles (
    key TEXT PRIMARY KEY,
    month TEXT NOT NULL,
    published_at TEXT NOT NULL,
    revision INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    is_copy INTEGER NOT NULL,
    line TEXT NOT NULL
) STRICT
"""
_REVISIONS: Final = """
CREATE TABLE revisions (
    key TEXT NOT NULL,
    revision INTEGER NOT NULL,
    month TEXT NOT NULL,
    superseded_at TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (key, revision)
) STRICT
"""
_RUNS: Final = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    month TEXT NOT NULL,
    started_at TEXT NOT NULL,
    arguments TEXT NOT NULL,
    record TEXT
) STRICT
"""
_LISTINGS: Final = """
CREATE TABLE listings (
    source TEXT PRIMARY KEY,
    cursor TEXT,
    complete INTEGER NOT NULL,
    reached TEXT,
    noted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""
_LISTINGS_BY_TIME: Final = """
CREATE TABLE listings (
    source TEXT PRIMARY KEY,
    cursor TEXT,
    known_at INTEGER,
    reached TEXT,
    noted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""
_DIRTY: Final = """
CREATE TABLE dirty (
    folder TEXT,
    month TEXT,
    shrinks INTEGER NOT NULL,
    PRIMARY KEY (folder, month)
) STRICT, WITHOUT ROWID
"""
_PAYLOADS: Final = """
CREATE TABLE payloads (
    url TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    raw_ref TEXT NOT NULL,
    fetched_at INTEGER NOT NULL
) STRICT
"""
_PAGE_FILES: Final = """
CREATE TABLE page_files (
    path TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    run_id TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""

STEPS: Final[tuple[Step, ...]] = (
    (
        _LINKS,
        "CREATE INDEX links_due ON links (state, next_due)",
        "CREATE INDEX links_without_article ON links (revision) WHERE revision = 0",
        "CREATE TABLE addresses (key TEXT, url TEXT, PRIMARY KEY (key, url)) STRICT, WITHOUT ROWID",
        _ARTICLES,
        "CREATE INDEX articles_in_order ON articles (month, published_at, key)",
        "CREATE INDEX articles_by_text ON articles (content_hash)",
        _REVISIONS,
        "CREATE INDEX revisions_by_month ON revisions (month)",
        _RUNS,
        _LISTINGS,
        "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        _DIRTY,
    ),
    (_PAYLOADS, _PAGE_FILES),
    (  # version 2 noted neither when a list was complete nor when a cursor was set
        "DROP TABLE listings",
        _LISTINGS_BY_TIME,
    ),
    (
        # When an archived page first answered 404 or 410 since it was last there, and in how many
        # runs it answered 410 since.
        "ALTER TABLE links ADD COLUMN absent_at INTEGER",
        "ALTER TABLE links ADD COLUMN runs_410 INTEGER NOT NULL DEFAULT 0",
    ),
    (),  # a program of version 4 heeds no tombstones: what was forgotten would come back by it
    (  # CRC-32 of the line beside it; NULL where a program of an earlier version wrote the line
        "ALTER TABLE articles ADD COLUMN sum INTEGER",
        "ALTER TABLE revisions ADD COLUMN sum INTEGER",
    ),
)
VERSION: Final = len(STEPS)


def version_of(db: sqlite3.Connection) -> int:
    """Return how many steps the database has taken; 0 = it is empty."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(db: sqlite3.Connection, steps: Sequence[Step] = STEPS) -> int:
    """Take every missing step, all of them or none; return the version the database had.

    The connection must be in autocommit mode (`isolation_level=None`).
    """
    before = version_of(db)
    if before < len(steps):
        db.execute("BEGIN IMMEDIATE")
        for step in steps[before:]:
            for statement in step:
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {len(steps)}")
        db.execute("COMMIT")
    return before
