"""Two, five and twenty starts in one second: one works, the others leave at once.

    python tests/reliability/starts.py --rounds 5

Exit code 0 only if in each round one run ends with 0, all others with 75, each in less than a
second of CPU, and every article is archived once and was asked for once; with every other round the
archive holds the lock file of a run that was killed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import differences, look, published
from tests.reliability.crawls import Place, Running, requests, wait_until

COUNTS = (2, 5, 20)


def ended(running: Running) -> tuple[int, float, float]:
    """Exit code, CPU seconds, seconds."""
    _, status, usage = os.wait4(running.process.pid, 0)
    running.process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - running.began
    return running.process.returncode, usage.ru_utime + usage.ru_stime, seconds


def race(place: Place, replica: Replica, count: int, killed_before: bool) -> list[str]:
    """What is wrong after so many starts at once; prints what they took."""
    replica.reset()
    if killed_before:
        running = place.start()
        wait_until(lambda: requests(replica) > 20)
        running.kill()
        replica.reset()
    began = time.monotonic()
    crawls = [place.start() for _ in range(count)]
    started_in = time.monotonic() - began
    done = [ended(running) for running in crawls]
    codes = Counter(code for code, _, _ in done)
    cpu = max(cpu for code, cpu, _ in done if code == 75)
    wrong = differences(look(place.folder), published(replica))
    figures = {
        "starts": count,
        "after a kill": killed_before,
        "within s": round(started_in, 2),
        "codes": dict(codes),
        "most CPU s of one that left": round(cpu, 2),
        "s until the last had left": round(max(s for code, _, s in done if code == 75), 1),
    }
    print(json.dumps(figures), flush=True)
    most = max(replica.stats()["paths"].values())
    checks = {
        f"codes {codes}": codes != {0: 1, 75: count - 1},
        f"{cpu:.2f} s of CPU": cpu >= 1,
        f"{dict(wrong)}": bool(wrong),
        f"a page asked for {most} times": most > 1,
    }
    return [said for said, holds in checks.items() if holds]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    bad: list[str] = []
    with running_replica(articles=60, latency_ms=20, max_seconds=86_400) as replica:
        for number in range(asked.rounds):
            for count in COUNTS:
                with tempfile.TemporaryDirectory() as name:
                    place = Place(Path(name), replica.address)
                    bad += race(place, replica, count, bool(number % 2))
    print(json.dumps({"rounds": asked.rounds, "wrong": bad}))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
