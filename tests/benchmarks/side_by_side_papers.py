"""(h): 68 newspapers side by side at their polite pace: pace, CPU a request, memory.

The figures are of the time between two looks, when all are under way: the start-up is not in them.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from newscrawl.http.throttle import Limits
from newscrawl.replica import Replica
from tests.benchmarks.measuring import ROOT, interleaved
from tests.benchmarks.sections import Figures, Terms, many_site
from tests.support.many_newspapers.declared import BUGGY, NAMES

_LATENCY_S = 0.2
_START_S = 30.0
"""All have sent their first requests by then: about 4 CPU seconds of start-up on each core"""
_WATCHED_S = 90.0
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Look:
    """What was used and asked for up to a moment."""

    at: float
    cpu_s: float
    requests: dict[str, int]


def newspapers(terms: Terms) -> Figures:
    """Requests a second of the slowest and the median newspaper, as share of what is allowed."""
    return interleaved(terms.rounds, {f"{len(NAMES) - 1} newspapers": lambda: watched(terms)})


def watched(terms: Terms) -> dict[str, float]:
    """What a `crawlall` did between two looks."""
    names = [name for name in NAMES if name != BUGGY]
    with many_site(terms.articles // 10, _LATENCY_S) as site, crawling(terms, site, names) as pid:
        time.sleep(_START_S)
        before = look(site, pid)
        time.sleep(_WATCHED_S)
        after, held = look(site, pid), held_bytes(family(pid))
    seconds = after.at - before.at
    paces = [
        (after.requests[f"{name}.vn"] - before.requests[f"{name}.vn"]) / seconds for name in names
    ]
    asked = sum(after.requests.values()) - sum(before.requests.values())
    return {
        "cpu_ms_a_request": (after.cpu_s - before.cpu_s) / asked * 1000,
        "requests_a_s": median(paces),
        "median_of_allowed": median(paces) / allowed_a_s(),
        "least_of_allowed": min(paces) / allowed_a_s(),
        "pss_mib": held / 1024**2,
    }


def allowed_a_s() -> float:
    """Requests a second that the throttle allows on average.

    The next one leaves a gap after the answer has begun, and chance adds up to `jitter` of it.
    """
    return 1 / (_LIMITS.delay_s * (1 + _LIMITS.jitter / 2) + _LATENCY_S)


@contextmanager
def crawling(terms: Terms, site: Replica, names: Sequence[str]) -> Iterator[int]:
    """The id of a `crawlall` with the settings of a live site, which is stopped at the end."""
    place = terms.folder / f"newspapers-{time.monotonic_ns()}"
    settings = {"SPIDER_MODULES": "tests.support.many_newspapers", "ARCHIVE": place,
                "MIRROR": site.address}  # fmt: skip
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "crawlall", *names, "--quiet", *given]
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(
        command, cwd=ROOT, stdin=nowhere, stdout=nowhere, stderr=nowhere
    ) as process:
        yield process.pid
        process.send_signal(signal.SIGTERM)


def look(site: Replica, pid: int) -> Look:
    """What a process and its children have used, and what the site was asked for."""
    cpu_s = sum(map(cpu_of, family(pid)))
    return Look(time.monotonic(), cpu_s, site.stats()["hosts"])


def family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *map(int, children)]


def cpu_of(pid: int) -> float:
    """CPU seconds of a process, of its ended children too."""
    words = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, words[11:15])) * _TICK_S


def held_bytes(pids: Sequence[int]) -> int:
    """Memory of some processes, what they share counted once (PSS)."""
    lines = (
        line
        for pid in pids
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    )
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
