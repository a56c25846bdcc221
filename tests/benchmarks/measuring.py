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
from tempfile import NamedTemporaryFile

ROOT = Path(__file__).parents[2]
# What would compile every module anew at each start, a quarter of a second that no user pays.
_ENVIRONMENT = {n: v for n, v in os.environ.items() if n != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Cost:
    """One run of one command."""

    cpu_s: float
    wall_s: float
    rss_mib: float
    said: str


class RunError(Exception):
    """A command that did not end with 0."""


def cost(command: Sequence[str], may_end_with: Sequence[int] = (0,)) -> Cost:
    """What the command used, children it waited for included; raises `RunError`."""
    launch = [sys.executable, "-IS", str(Path(__file__).with_name("launch.py"))]
    began = os.times().elapsed
    with NamedTemporaryFile("r", encoding="ascii") as used:
        done = subprocess.run(
            [*launch, used.name, *command],
            cwd=ROOT, env=_ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        wall = os.times().elapsed - began
        if done.returncode not in may_end_with:
            said = f"{' '.join(command)}: {done.returncode}\n{done.stdout}{done.stderr}"
            raise RunError(said[-3000:])
        cpu_s, rss_kib = map(float, used.read().split())
    return Cost(cpu_s, wall, rss_kib / 1024, done.stdout)


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
