"""Power cuts at random moments of a crawl: what was not fsynced is forgotten, and nothing is lost.

    python tests/reliability/power.py --trials 100
    python tests/reliability/power.py --trials 20 --without-fsync  # must find fault

Needs /dev/fuse, `apt-get install fuse3` and `pip install mfusepy`. As kill.py, but the archive lies
on a file system (fusefs.py) that forgets at the kill what was not synced, and the ledger's
`pragma integrity_check` must say ok before anything is run again. Exit code 0 only if every figure
that must be 0 is; with --without-fsync only if one is not.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import differences, look, published
from tests.reliability.crawls import EVERYTHING_AGAIN, Place, requests
from tests.reliability.fusefs import IS_THERE, mounted
from tests.reliability.kill import MOMENTS, Figures, kill_at

NO_FSYNC: Final = {"PYTHONPATH": str(Path(__file__).parent / "nofsync")}


def series(
    home: Path, replica: Replica, moments: tuple[str, ...], seed: str, env: Mapping[str, str]
) -> Figures:
    """One archive, its power cut once at each moment, each time in a new edition of the paper."""
    figures, chance, whole = Figures(), random.Random(seed), 60  # noqa: S311
    with mounted(home) as disk:
        place = Place(disk / "archive", replica.address)
        for edition, moment in enumerate(moments, 1):
            replica.reset()
            replica.set_edition(edition)
            had = set(look(place.folder).ids)
            often = ("-s", f"EXPORT_EVERY_S={600 if edition % 2 else 1}")
            running = place.start(*EVERYTHING_AGAIN, *often, env=env)
            in_time = kill_at(moment, running, place, replica, chance, whole)
            figures.kills[moment] += in_time
            figures.late += not in_time
            where = f"{seed} {edition} {moment}"
            (disk / ".powercut").write_text(where)
            _check_after_cut(place, had, figures, where)
            before = requests(replica)
            if not _completed(place, replica, figures, where, env):
                break
            whole = requests(replica) - before
    return figures


def _check_after_cut(place: Place, had: set[str], figures: Figures, where: str) -> None:
    now = look(place.folder)
    figures.note("torn after the cut", len(now.torn), (where, now.torn[:2]))
    figures.note("vanished at the cut", len(had - set(now.ids)), where)
    said = _integrity(place.folder / DATABASE)
    figures.note("integrity_check", int(said != "ok"), (where, said))


def _integrity(database: Path) -> str:
    if not database.exists() or database.stat().st_size == 0:
        return "ok"
    try:
        connection = sqlite3.connect(database)
        try:
            return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as fault:
        return str(fault)


def _completed(
    place: Place, replica: Replica, figures: Figures, where: str, env: Mapping[str, str]
) -> bool:
    """Whether the next run makes the archive whole."""
    done = place.start(*EVERYTHING_AGAIN, env=env).done()
    figures.note("second run failed", int(done.code != 0), (where, done.code, done.err[-300:]))
    wrong = differences(look(place.folder), published(replica))
    for what, count in wrong.items():
        figures.note(what, count, where)
    problems = verify(place.folder, check_line)
    figures.note("verify", len(problems), (where, *map(str, problems[:2])))
    return done.code == 0 and not wrong and not problems


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--per-archive", type=int, default=5)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--without-fsync", action="store_true")
    asked = parser.parse_args()
    if not IS_THERE:
        sys.exit("/dev/fuse or mfusepy is missing")
    total, began = Figures(), time.monotonic()
    env = NO_FSYNC if asked.without_fsync else {}
    with running_replica(articles=asked.articles, max_seconds=36_000) as replica:
        while total.total < asked.trials:
            home = Path(tempfile.mkdtemp(prefix="power-"))
            first = total.total
            count = min(asked.per_archive, asked.trials - first)
            moments = tuple(MOMENTS[n % len(MOMENTS)] for n in range(first, first + count))
            figures = series(home, replica, moments, f"{asked.seed}:{first}", env)
            total.add(figures)
            for line in figures.told:
                print(line, flush=True)
            print(f"{total.total} cuts, {dict(total.bad) or 'nothing wrong'}", flush=True)
            shutil.rmtree(home)
    figures_told = {
        "seed": asked.seed,
        "fsync": not asked.without_fsync,
        "cuts": total.total,
        "in a run at work": dict(total.kills),
        "after its end": total.late,
        "wrong": dict(total.bad),
        "seconds": round(time.monotonic() - began),
    }
    print(json.dumps(figures_told, ensure_ascii=False))
    return int(bool(total.bad) != asked.without_fsync)


if __name__ == "__main__":
    sys.exit(main())
