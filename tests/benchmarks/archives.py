"""Archives of any size, as crawls would have left them: for refresh and ledger."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.archive.export.hardlink_snapshot import take_snapshot
from newscrawl.archive.export.jsonl import export
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.lock import hold_lock
from newscrawl.article.normalize import normalize
from newscrawl.discovery.source import Link
from newscrawl.items import VIETNAM, Article
from newscrawl.replica import Replica
from newscrawl.timestamps import utc_text

NEWSPAPER = "baotuyenquang"
HOST = "baotuyenquang.com.vn"
_LOT = 500


def articles_of(replica: Replica, now: datetime) -> Iterator[Article]:
    """Every article of the replica's paper as a crawl reads it, as far as an archive needs."""
    for row in replica.truth(HOST):
        published = datetime.fromisoformat(row["published_at"])
        path = tuple(row["section_path"])
        yield normalize(
            Article(
                id=f"{NEWSPAPER}:{row['key']}",
                newspaper=NEWSPAPER,
                url=row["url"],
                headline=row["headline"],
                lead=row["lead"],
                body="\n\n".join(row["body"]) or None,
                section=path[-1] if path else None,
                section_path=path,
                published_at=published,
                published_date=published.astimezone(VIETNAM).date(),
                published_precision="minute",
                published_source="page",
                first_seen_at=now,
                fetched_at=now,
                run_id="benchmark",
            )
        )


def archive_of(replica: Replica, folder: Path) -> int:
    """The folder holds the whole paper; how many articles that is."""
    now = datetime.now(UTC)
    home = folder / NEWSPAPER
    count = 0
    with hold_lock(home), Ledger.open(home, NEWSPAPER) as ledger:
        ledger.begin_run("benchmark", now, {})
        for count, article in enumerate(articles_of(replica, now), 1):
            ledger.articles.archive(article, now, '"etag"')
            if count % _LOT == 0:
                ledger.flush()
        at = utc_text(now)
        record = {"run_id": "benchmark", "started_at": at, "ended_at": at, "reason": "finished"}
        ledger.runs.end("benchmark", record | {"newspaper": NEWSPAPER, "counts": {}})
        export(ledger, home)
        take_snapshot(home, now=now)
    return count


def fill(ledger: Ledger, links: int) -> None:
    """So many links discovered, a fiftieth of them a list page at a time."""
    now = datetime(2026, 11, 25, tzinfo=UTC)
    for first in range(0, links, 50):
        made = [
            Link(url=f"https://{HOST}/tin/202611/bai-{n:07x}/", key=f"202611-{n:07x}")
            for n in range(first, min(first + 50, links))
        ]
        ledger.links.sift(made, ledger.runs.run_id, now + timedelta(seconds=first))
        if first % (50 * _LOT) == 0:
            ledger.flush()
    ledger.flush()


def main() -> None:
    """`python -m tests.benchmarks.archives FOLDER LINKS`: figures of a ledger of that size."""
    folder, links = Path(sys.argv[1]), int(sys.argv[2])
    with Ledger.open(folder, NEWSPAPER) as ledger:
        ledger.begin_run("benchmark", datetime.now(UTC), {})
        began = time.process_time()
        fill(ledger, links)
        filled = time.process_time() - began
        began = time.process_time()
        hits = sum(ledger.links.is_known(f"202611-{n * 7919 % links:07x}") for n in range(20_000))
        looked = time.process_time() - began
    if hits != 20_000:
        raise ValueError(f"{hits} of 20,000 links are known")
    print(links / filled, 20_000 / looked)


if __name__ == "__main__":
    main()
