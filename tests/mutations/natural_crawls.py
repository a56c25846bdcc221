"""Whole crawls of the replica as it changes by itself: none of their reports may raise an alarm.

    python -m tests.mutations.natural_crawls 30

Every fourth run meets the next edition: new articles, edits, removals, moves. A run is a refresh,
or asks for one section, for everything back to a day, or for pages it has, up to a limit.
"""

import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.request import urlopen

from newscrawl.archive.export.row_reader import read_runs
from newscrawl.replica import Replica, running_replica
from newscrawl.replica.site import SITES
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.families import newspapers

MOST: Final = ("-a", "limit=80")
RUNS_A_DAY: Final = 4


def arguments(dice: random.Random, name: str) -> tuple[str, ...]:
    paths = sorted(source.path for source in newspapers()[name].sources)
    return dice.choice(
        (
            (),
            (),
            ("-a", "refetch=0d", *MOST),
            ("-a", f"section={dice.choice(paths)}"),
            ("-a", f"since=2026-{dice.randint(1, 10):02}-01", *MOST),
        )
    )


def run(name: str, folder: Path, replica: Replica, *more: str) -> dict[str, Any]:
    """The run's line in `runs/`."""
    places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={replica.address}")
    run_scrapy("crawl", name, *places, *LOOPBACK, *more)
    return max(read_runs(folder / name), key=lambda line: str(line["started_at"]))


def main(runs: int) -> None:
    names = [site.host.partition(".")[0] for site in SITES]
    dice, told = random.Random(runs), 0  # noqa: S311  (it must be the same each time)
    with running_replica(articles=720) as replica, TemporaryDirectory() as folder:
        for number in range(runs + 1):
            edition = 1 + number // RUNS_A_DAY
            with urlopen(f"{replica.address}/__ctl/edition?n={edition}") as answer:  # noqa: S310
                assert answer.status == 200
            for name in names:
                more = arguments(dice, name) if number else ()
                line = run(name, Path(folder), replica, *more)
                told += bool(line["weaknesses"])
                weak = [f"{w['field']} ({w['template']}): {w['said']}" for w in line["weaknesses"]]
                asked = sum(tally["seen"] for tally in line["fields"].values() if "read" in tally)
                print(
                    number,
                    edition,
                    name,
                    *more,
                    "exit",
                    line["exit_code"],
                    "articles",
                    asked,
                    *weak,
                )
    print(f"{told} of {(runs + 1) * len(names)} runs raise an alarm")


if __name__ == "__main__":
    main(int(sys.argv[1]))
