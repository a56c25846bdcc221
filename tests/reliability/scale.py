"""A hundred thousand articles: memory, the refresh of the unchanged archive, what an article costs.

    python tests/reliability/scale.py --articles 100000

Crawls the replica whole by `since=`, reads the crawl's resident memory each second, then refreshes
the unchanged archive twice and verifies it. Exit code 0 only if every article is archived, memory
grows by less than 50 MB after the first tenth, and the refresh changes no byte.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import sums
from tests.reliability.crawls import Done, Place, Running, cpu_s_of_children, requests

EVERYTHING: Final = ("-a", "since=2023-01-01", "-s", "LIST_PAGES=1000000")
MOST_GROWTH_MB: Final = 50
_COUNT_EVERY: Final = 15


@dataclass
class Memory:
    """Resident megabytes by how many requests had been answered."""

    points: list[tuple[int, float]] = field(default_factory=list)

    def until(self, count: int) -> float:
        """The most there was while no more requests than that had been answered."""
        return max((mb for n, mb in self.points if n <= count), default=0.0)

    @property
    def most(self) -> float:
        """The most there ever was, export and close included."""
        return max(mb for _, mb in self.points)


def resident_mb(pid: int) -> float:
    """What the process holds in memory now; 0 once it has ended."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = [line.split()[1] for line in text.splitlines() if line.startswith("VmRSS")]
    return int(found[0]) / 1024 if found else 0.0


def watch(running: Running, replica: Replica) -> Memory:
    """The crawl's memory until it ends, each second; tells it on stderr at times.

    The count is asked for less often than the memory is read: its answer names every page.
    """
    memory, count, looks = Memory(), 0, 0
    while running.is_alive:
        if looks % _COUNT_EVERY == 0:
            count = requests(replica)
            print(f"{count} requests, {resident_mb(running.process.pid):.0f} MB", file=sys.stderr)
        looks += 1
        time.sleep(1)
        if mb := resident_mb(running.process.pid):
            memory.points.append((count, mb))
    return memory


def sizes(folder: Path) -> dict[str, int]:
    """Bytes by sub-folder."""
    return {
        kind: sum(p.stat().st_size for p in (folder / kind).rglob("*") if p.is_file())
        for kind in ("articles", "pages", "state")
    }


def told(done: Done) -> str:
    return " | ".join(line.strip() for line in done.out.splitlines())


def measure(place: Place, replica: Replica) -> dict[str, object]:
    """The figures; what must hold and does not is under "wrong"."""
    cpu = cpu_s_of_children()
    running = place.start(*EVERYTHING)
    memory = watch(running, replica)
    first = running.done(86_400)
    cpu = cpu_s_of_children() - cpu
    pages, before, count = requests(replica), sums(place.folder), _rows(place.folder)
    early = memory.until(pages // 10)
    refreshes = []
    for _ in range(2):
        replica.reset()
        again = place.crawl(timeout_s=86_400)
        refreshes.append((round(again.seconds, 1), round(again.cpu_s, 1), requests(replica)))
    whole = place.say("verify", timeout_s=86_400)
    wrong = {
        told(first) + first.err[-500:]: first.code != 0,
        "a refresh changed a byte": sums(place.folder) != before,
        whole.out[-300:] + whole.err[-300:]: whole.code != 0,
        "memory grows": memory.most - early >= MOST_GROWTH_MB,
    }
    return {
        "articles": count,
        "requests": pages,
        "seconds": round(first.seconds),
        "cpu seconds": round(cpu),
        "MB at a tenth": round(early, 1),
        "MB at most": round(memory.most, 1),
        "refresh of the unchanged archive, (s, cpu s, requests)": refreshes,
        "verify seconds": round(whole.seconds),
        "bytes an article": {k: round(n / count) for k, n in sizes(place.folder).items()},
        "wrong": [said for said, holds in wrong.items() if holds],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="leave the archive in this folder")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        running_replica(articles=asked.articles, max_seconds=86_400) as replica,
    ):
        figures = measure(Place(asked.keep or Path(name), replica.address), replica)
    print(json.dumps(figures, ensure_ascii=False))
    return int(bool(figures["wrong"]))


def _rows(folder: Path) -> int:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    rows: int = manifest["articles"]
    return rows


if __name__ == "__main__":
    sys.exit(main())
