"""What a command costs: CPU, wall clock, memory; medians of interleaved runs."""

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of one command."""

    cpu_s: float
    wall_s: float
    rss_mib: float
    said: str


class RunError(Exception):
    """A command that did not end with 0."""


def cost(command: Sequence[str], codes: tuple[int, ...] = (0,)) -> Cost:
    """What the command used, children it waited for included; raises `RunError`."""
    began = os.times().elapsed
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        said, wrong = process.stdout.read(), process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise RunError(f"{' '.join(command)}: {process.returncode}\n{said}{wrong}"[-3000:])
    wall = os.times().elapsed - began
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024, said)


def both(commands: Sequence[Sequence[str]]) -> list[Cost]:
    """The costs of commands that run at the same time."""
    with ThreadPoolExecutor(len(commands)) as pool:
        return list(pool.map(cost, commands))


def interleaved(
    rounds: int, runs: Mapping[str, Callable[[], Mapping[str, float]]]
) -> dict[str, dict[str, float]]:
    """The medians of every run's figures; in each round every run has its turn."""
    found: dict[str, list[Mapping[str, float]]] = {name: [] for name in runs}
    for number in range(rounds):
        for name, run in runs.items():
            print(f"  round {number + 1} of {rounds}: {name}", file=sys.stderr)
            found[name].append(run())
    return {
        name: {figure: median(one[figure] for one in all_) for figure in all_[0]}
        for name, all_ in found.items()
    }


def machine() -> dict[str, str]:
    """The machine and the versions that matter."""
    model = "unknown"
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return {
        "processor": f"{model}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": platform.platform(),
        "python": platform.python_version(),
        "scrapy": version("scrapy"),
        "lxml": version("lxml"),
        "aiohttp": version("aiohttp"),
    }
