"""SIGKILL at random moments of a crawl; nothing may be lost, doubled or torn.

    python tests/reliability/kill.py --trials 200 [--per-archive 8] [--seed 1]

Each archive is killed several times, once in each edition of the paper; a fifth of the moments lie
in the export and the close. After each kill the crawl is run again to its end and the archive
compared with what was published; after the last, once more, and no byte may change. A reader looks
at the files all the time. Exit code 0 only if every figure that must be 0 is.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import aside
from newscrawl.archive.ledger.opening import SIDECAR
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import (
    Reader,
    differences,
    look,
    most_asked,
    published,
    sums,
    unlisted_pages,
)
from tests.reliability.crawls import EVERYTHING_AGAIN, Place, Running, requests, wait_until

MOMENTS: Final = ("start", "crawl", "crawl", "crawl", "export", "start", "crawl", "crawl", "crawl",
                  "close")  # fmt: skip


@dataclass
class Figures:
    """What the kills came to."""

    kills: Counter[str] = field(default_factory=Counter)
    """Kills that came in time, by moment"""
    late: int = 0
    """Kills that found the crawl ended"""
    bad: Counter[str] = field(default_factory=Counter)
    """What must not be, by name"""
    most_asked: int = 0
    looks: int = 0
    told: list[str] = field(default_factory=list)

    def note(self, what: str, count: int, said: object = "") -> None:
        if count:
            self.bad[what] += count
            self.told.append(f"{what} {count} {said}".strip())

    def add(self, other: Figures) -> None:
        self.kills += other.kills
        self.late += other.late
        self.bad += other.bad
        self.most_asked = max(self.most_asked, other.most_asked)
        self.looks += other.looks
        self.told += other.told

    @property
    def total(self) -> int:
        return self.kills.total() + self.late


def kill_at(
    moment: str, running: Running, place: Place, replica: Replica, chance: random.Random, whole: int
) -> bool:
    """Whether the crawl was still at work when it was killed; `whole` = requests of a whole run."""
    if moment == "start":
        time.sleep(chance.uniform(0, 0.7))
    elif moment == "crawl":
        target = chance.randint(1, max(1, whole - 1))
        wait_until(lambda: not running.is_alive or requests(replica) >= target)
        time.sleep(chance.uniform(0, 0.06))
    else:
        mark = aside(SIDECAR) if moment == "export" else Path("manifest.json")
        path = place.folder / mark
        before = _version(path)
        wait_until(lambda: not running.is_alive or _version(path) != before, every_s=0.0005)
        time.sleep(chance.uniform(0, 0.05))
    return running.kill()


def _version(path: Path) -> int:
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


def series(place: Place, replica: Replica, moments: tuple[str, ...], seed: str) -> Figures:
    """One archive, killed once at each moment, each time in a new edition of the paper."""
    figures, chance = Figures(), random.Random(seed)  # noqa: S311
    whole = 60
    with Reader(place.folder) as reader:
        for edition, moment in enumerate(moments, 1):
            replica.reset()
            replica.set_edition(edition)
            # Every other run writes its files once a second, not at its end alone.
            often = ("-s", f"EXPORT_EVERY_S={600 if edition % 2 else 1}")
            running = place.start(*EVERYTHING_AGAIN, *often)
            in_time = kill_at(moment, running, place, replica, chance, whole)
            figures.kills[moment] += in_time
            figures.late += not in_time
            whole = _again(place, replica, figures, f"{seed} {moment}")
        before = sums(place.folder)
        last = place.crawl()
        figures.note("third run failed", last.code, last.out + last.err)
        figures.note("third run changed", len(sums(place.folder).items() ^ before.items()))
    figures.looks += reader.looks
    figures.note("torn while read", len(reader.torn), reader.torn[:3])
    figures.note("vanished while read", len(reader.vanished), sorted(reader.vanished)[:3])
    return figures


def _again(place: Place, replica: Replica, figures: Figures, where: str) -> int:
    """How many requests the run after a kill took, which must complete the archive."""
    before = requests(replica)
    torn = look(place.folder).torn
    figures.note("torn after the kill", len(torn), (where, torn[:3]))
    done = place.crawl(*EVERYTHING_AGAIN)
    figures.note("second run failed", int(done.code != 0), (where, done.code, done.out, done.err))
    for what, count in differences(look(place.folder), published(replica)).items():
        figures.note(what, count, where)
    problems = verify(place.folder, check_line)
    figures.note("verify", len(problems), (where, *map(str, problems[:3])))
    unlisted = unlisted_pages(place.folder)
    figures.note("pages in no manifest", len(unlisted), (where, unlisted))
    figures.most_asked = max(figures.most_asked, most_asked(replica))
    figures.note("asked more than twice", int(most_asked(replica) > 2), where)
    return requests(replica) - before


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--per-archive", type=int, default=5)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", default="1")
    asked = parser.parse_args()
    total, began = Figures(), time.monotonic()
    with running_replica(articles=asked.articles, max_seconds=36_000) as replica:
        number = 0
        while total.total < asked.trials:
            home = Path(tempfile.mkdtemp(prefix="kill-"))
            moments = tuple(
                MOMENTS[n % len(MOMENTS)]
                for n in range(number, number + min(asked.per_archive, asked.trials - total.total))
            )
            place = Place(home, replica.address)
            figures = series(place, replica, moments, f"{asked.seed}:{number}")
            total.add(figures)
            number += len(moments)
            for line in figures.told:
                print(line, flush=True)
            print(f"{total.total} kills, {dict(total.bad) or 'nothing wrong'}", flush=True)
            shutil.rmtree(home)
    print(
        json.dumps(
            {
                "seed": asked.seed,
                "trials": total.total,
                "killed in time": dict(total.kills),
                "ended before the kill": total.late,
                "wrong": dict(total.bad),
                "most often asked for one article": total.most_asked,
                "looks of the reader": total.looks,
                "seconds": round(time.monotonic() - began),
            },
            ensure_ascii=False,
        )
    )
    return int(bool(total.bad))


if __name__ == "__main__":
    sys.exit(main())
