"""One table of what a refresh must never lose, with the figures of this machine and day.

    python -m tests.reliability [--short] [--rows C1,F8] [--logs FOLDER]
    python -m tests.reliability --logs FOLDER --read    # the table of what was measured before

The long form takes some hours on two cores: 200 kills, 100 power cuts, 50 full disks, 100,000
articles. What each script printed is kept in FOLDER. Some rows need root, /dev/fuse with mfusepy,
or faketime, and say so where it is missing. Exit code 0 only if every row that was measured holds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.reliability.crawls import ROOT
from tests.reliability.rows import MEASURES, ROWS, Measure, Row, Taken, read_log, table


def take(measure: Measure, log: Path, *, short: bool) -> None:
    """Runs the script and keeps what it says, its exit code in the last line."""
    command = [sys.executable, *measure.command, *(measure.short if short else measure.long)]
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    log.write_text(f"{done.stdout.rstrip()}\nexit code {done.returncode}\n", "utf-8")


def chosen(names: str) -> list[Row]:
    wanted = {name for name in names.split(",") if name}
    if unknown := wanted - {row.number for row in ROWS}:
        sys.exit(f"no such row: {', '.join(sorted(unknown))}")
    return [row for row in ROWS if not wanted or row.number in wanted]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--short", action="store_true", help="few trials of each")
    parser.add_argument("--rows", default="", help="some rows only, as C1,C3,F8")
    parser.add_argument("--logs", type=Path, help="where what was printed is kept")
    parser.add_argument("--read", action="store_true", help="measure nothing, read the logs")
    asked = parser.parse_args()
    rows = chosen(asked.rows)
    logs = asked.logs or Path(tempfile.mkdtemp(prefix="reliability-"))
    logs.mkdir(parents=True, exist_ok=True)
    taken: dict[str, Taken] = {}
    for name in dict.fromkeys(row.measure for row in rows):
        log = logs / f"{name}.txt"
        if not asked.read:
            print(f"{name} …", file=sys.stderr, flush=True)
            take(MEASURES[name], log, short=asked.short)
        if log.exists():
            taken[name] = read_log(log.read_text("utf-8"))
    print(table(rows, taken))
    return int(any(not found.holds for found in taken.values() if found.figures))


if __name__ == "__main__":
    sys.exit(main())
