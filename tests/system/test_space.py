"""What a run tells of the disk under its archive."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.newspaper_archive import Archive, ArchiveOptions, open_archive
from newscrawl.replica import running_replica
from newscrawl.timestamps import utc_text
from newscrawl.urls.article_keys import vnpt_key
from tests.reliability.crawls import NAME, Place

PIB = 1024**5


def end_run(archive: Archive, at: datetime, free: int) -> None:
    run_id = f"{utc_text(at)}-1"
    archive.ledger.begin_run(run_id, at, {})
    record = {"run_id": run_id, "started_at": utc_text(at), "ended_at": utc_text(at)}
    archive.ledger.runs.end(run_id, record | {"free_bytes": free, "counts": {}})


@pytest.mark.thorough
def test_a_disk_that_fills_is_told_before_it_is_full(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    options = ArchiveOptions(home=tmp_path, keeps_pages=True, free_min_bytes=0)
    with open_archive(options, NAME, vnpt_key) as archive:
        for ago in range(10, 0, -1):
            end_run(archive, now - timedelta(days=ago), ago * PIB)
    with running_replica(articles=150) as replica:
        place = Place(tmp_path, replica.address)
        done = place.crawl()
        assert done.code == 3, done.out + done.err
        assert "  DISK: full in about 0 days: " in done.out
        assert "GiB are written a day" in done.out
        done = place.crawl("-s", "DISK_WARN_DAYS=0")
        assert (done.code, "DISK" in done.out) == (0, False), done.out
    db = sqlite3.connect(tmp_path / NAME / DATABASE)
    (record,) = db.execute("SELECT record FROM runs ORDER BY number DESC LIMIT 1").fetchone()
    db.close()
    assert 0 < json.loads(record)["free_bytes"] < PIB
