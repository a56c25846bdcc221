"""A ledger of ten million links: how long a look-up, a list and an opening take, and its size.

python tests/reliability/tenmillion.py --links 10000000
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.discovery.source import Link

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGE = 20


def link(number: int) -> Link:
    """A link as lists name it."""
    section = ("kinh-te", "xa-hoi", "van-hoa")[number % 3]
    slug = f"lua-vu-mua-o-xa-{number % 997}-duoc-mua-lon-{number % 89}"
    url = f"https://baothu.vn/{section}/{slug}-{number:08}.html"
    return Link(url=url, key=f"{number:08}", title=f"Lúa vụ mùa ở xã {number % 997} được mùa lớn")


def fill(ledger: Ledger, links: int) -> Iterator[int]:
    """Every link archived but one in a hundred thousand, which waits; counts as it goes."""
    rows = ((one.key, one.url, 1 if n % 100_000 else 0, one.title)
            for n in range(links) for one in [link(n)])  # fmt: skip
    done = 0
    with ledger.database.writing() as db:
        while True:
            lot = [row for row, _ in zip(rows, range(100_000), strict=False)]
            if not lot:
                break
            db.executemany(
                "INSERT INTO links (key, url, state, next_due, seen_at, checked_at, revision, "
                "title) SELECT ?1, ?2, iif(?3, 'archived', 'discovered'), 1790000000, 1760000000, "
                "1760000000, ?3, ?4",
                lot,
            )
            done += len(lot)
            yield done


def each(seconds: float, count: int) -> str:
    return f"{seconds / count * 1e6:.0f} µs"


def measure(folder: Path, links: int) -> dict[str, object]:
    """What a run needs of the ledger, cold caches of the process, warm ones of the system."""
    figures: dict[str, object] = {}
    began = time.monotonic()
    ledger = Ledger.open(folder, "baothu")
    figures["opening, its seal compared, s"] = round(time.monotonic() - began, 2)
    ledger.begin_run("r2", NOW, {})
    chance = random.Random(1)  # noqa: S311
    keys = [f"{chance.randrange(links):08}" for _ in range(10_000)]
    began = time.monotonic()
    assert all(ledger.links.is_known(key) for key in keys)
    figures["a link looked up"] = each(time.monotonic() - began, len(keys))
    began = time.monotonic()
    for _ in range(500):
        page = [link(chance.randrange(links)) for _ in range(PAGE)]
        ledger.links.sift(page, "r2", NOW)
    figures[f"a list page of {PAGE} known links sifted"] = each(time.monotonic() - began, 500)
    began = time.monotonic()
    for number in range(500):
        ledger.links.sift([link(links + number * PAGE + n) for n in range(PAGE)], "r2", NOW)
    figures[f"a list page of {PAGE} new links sifted"] = each(time.monotonic() - began, 500)
    began = time.monotonic()
    waiting = list(ledger.links.waiting(NOW, 500))
    figures["the first 500 links that wait, s"] = round(time.monotonic() - began, 3)
    assert waiting
    began = time.monotonic()
    states = ledger.links.states()
    figures["all states counted, s"] = round(time.monotonic() - began, 2)
    assert sum(states.values()) == links + 500 * PAGE
    began = time.monotonic()
    ledger.flush()
    figures["the commit, s"] = round(time.monotonic() - began, 2)
    began = time.monotonic()
    ledger.close()
    figures["closing, its seal written, s"] = round(time.monotonic() - began, 2)
    return figures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--links", type=int, default=10_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = time.monotonic()
        with Ledger.open(folder, "baothu") as ledger:
            for done in fill(ledger, asked.links):
                if done % 1_000_000 == 0:
                    print(f"{done:,} links", flush=True)
        figures = {"links": asked.links, "filled in s": round(time.monotonic() - began)}
        size = (folder / DATABASE).stat().st_size
        figures |= {"GB": round(size / 1e9, 2), "bytes a link": round(size / asked.links)}
        print(json.dumps(figures | measure(folder, asked.links), ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
