"""The rows of the table: what is demanded, which script measures it, which of its figures count."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

HERE: Final = "tests/reliability"
STOP_TESTS: Final = "tests/system/test_stop.py"
Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Measure:
    """A script, and its options for the long and the short form."""

    command: tuple[str, ...]
    long: tuple[str, ...] = ()
    short: tuple[str, ...] = ()


def script(name: str, long: str = "", short: str = "") -> Measure:
    return Measure((f"{HERE}/{name}.py",), tuple(long.split()), tuple(short.split()))


MEASURES: Final[Mapping[str, Measure]] = {
    "kill": script("kill", "--trials 200", "--trials 10"),
    "hostilekill": script("hostilekill", "--trials 200", "--trials 5"),
    "killseries": script("kill", "--trials 20 --per-archive 20", "--trials 5 --per-archive 5"),
    "power": script("power", "--trials 100", "--trials 10"),
    "nofsync": script("power", "--trials 20 --without-fsync", "--trials 10 --without-fsync"),
    "disk": script("disk", "--trials 50", "--trials 8"),
    "stop": Measure(
        ("-m", "pytest", "-o", "addopts=", "-q", STOP_TESTS, "-k", "signal or stall")
    ),
    "starts": script("starts", "--rounds 5", "--rounds 1"),
    "state": script("state", "--trials 200", "--trials 10"),
    "truths": script("truths", "--articles 640", "--articles 120"),
    "clock": script("clock"),
    "backfill": script("backfill", "--articles 3000", "--articles 600 --delay 0.02"),
    "scale": script("scale", "--articles 100000", "--articles 3000"),
    "tenmillion": script("tenmillion", "--links 10000000", "--links 200000"),
}  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What a script measured."""

    code: int
    figures: Figures = field(default_factory=dict)
    """The object in its last line but the exit code; empty where it could not measure"""
    said: str = ""
    """That line"""

    @property
    def holds(self) -> bool:
        return self.code == 0


def read_log(text: str) -> Taken:
    """What a log says: the script's last line, then its exit code.

    >>> read_log('5 cuts\\n{"cuts": 5}\\nexit code 0\\n')
    Taken(code=0, figures={'cuts': 5}, said='{"cuts": 5}')
    >>> read_log('/dev/fuse or mfusepy is missing\\nexit code 1\\n').figures
    {}
    """
    *_, said, code = ["", *text.strip().splitlines()]
    try:
        figures = json.loads(said)
    except ValueError:
        figures = {"tests": said} if " passed" in said else {}
    return Taken(int(code.rpartition(" ")[2]), figures, said)


@dataclass(frozen=True)
class Row:
    """A demand and how its measured cell is written."""

    number: str
    demand: str
    measure: str
    cell: Callable[[Figures], str]
    part: str = ""
    """The part of the figures that is its own; "" = all of them"""


def wrong(figures: Figures) -> str:
    """What a kill or a cut did wrong.

    >>> wrong({"wrong": {}}), wrong({"wrong": {"lost": 2}})
    ('0 lost, doubled, torn', '2 lost')
    """
    found = figures["wrong"]
    return ", ".join(f"{n} {name}" for name, n in found.items()) or "0 lost, doubled, torn"


def _kill(f: Figures) -> str:
    in_time = sum(f["killed in time"].values())
    return (
        f"{f['trials']} kills, {in_time} in time: {wrong(f)}; no article asked for more than"
        f" {f['most often asked for one article']} times"
    )


def _hostile_kill(f: Figures) -> str:
    faults = ("lost", "doubled", "torn", "torn_before_rerun", "gone_before_rerun",
              "rerun_failed", "third_run_changed")  # fmt: skip
    found = ", ".join(f"{f[name]} {name.replace('_', ' ')}" for name in faults)
    return f"{f['trials']} kills, {f['killed_in_time']} in time: {found}"


def _disk(f: Figures) -> str:
    by = {kind: sum(n for name, n in f.items() if name.endswith(f": {kind}"))
          for kind in ("refused", "fitted")}  # fmt: skip
    bad = {name: n for name, n in f.items() if name.startswith("WRONG")}
    return (
        f"{f['trials']} trials: {by['refused']} refused, {by['fitted']} fitted; wrong: {bad or 0}"
    )


def _state(f: Figures) -> str:
    harms = {name: n for name, n in f.items() if name.islower() and name not in ("seed", "seconds")}
    told = ", ".join(f"{n} {name}" for name, n in harms.items())
    bad = sum(n for name, n in f.items() if name.startswith("WRONG"))
    return f"{told}: {bad} not told or not made whole"


def spelled(figures: Figures) -> str:
    """Figures in words.

    >>> spelled({"found": 120, "in each state": {"archived": 119, "gone": 1}, "holds": True})
    'found 120, in each state: archived 119, gone 1'
    """
    parts = []
    for name, value in figures.items():
        if isinstance(value, dict):
            parts.append(f"{name}: {spelled(value)}")
        elif name not in ("holds", "wrong", "seed"):
            parts.append(f"{name} {value}")
    return ", ".join(parts)


def _scale(f: Figures) -> str:
    growth = f["MB at most"] - f["MB at a tenth"]
    again = " and ".join(
        f"{s} s" for s, *_ in f["refresh of the unchanged archive, (s, cpu s, requests)"]
    )
    size = ", ".join(f"{kind} {n:,} B" for kind, n in f["bytes an article"].items())
    return (
        f"{f['articles']:,} articles in {f['seconds']} s: memory grows by {growth:.0f} MB to"
        f" {f['MB at most']} MB; refreshed unchanged in {again}; an article takes {size}"
    )


ROWS: Final = (
    Row("C1", "kill -9 at random moments: nothing lost, doubled or torn", "kill", _kill),
    Row("C1", "the same against the hostile server", "hostilekill", _hostile_kill),
    Row("C2", "20 kills on one archive in 20 editions", "killseries", _kill),
    Row("C3", "power cuts: the same, the database whole", "power",
        lambda f: f"{f['cuts']} cuts, {sum(f['in a run at work'].values())} in a run: {wrong(f)}"),
    Row("C4", "negative control: without fsync C3 must fail", "nofsync",
        lambda f: f"{f['cuts']} cuts: {wrong(f)}"),
    Row("C5", "full disk, quota, read-only: as it was, a clear end, then completed", "disk", _disk),
    Row("C6", "below the least free space nothing begins", "disk",
        lambda f: f"{f.get('too little at start: refused', 0)} of 1 refused, no file, no request"),
    Row("C7", "SIGTERM, SIGINT: ended in 30 s, twice in 2 s, nothing lost", "stop",
        lambda f: str(f["tests"])),
    Row("C8", "2, 5, 20 starts at once: one works, the others leave", "starts",
        lambda f: f"{f['rounds']} rounds of each: wrong: {f['wrong'] or 0}"),
    Row("C9", "read at any moment the files are whole and never shrink", "kill",
        lambda f: f"{f['looks of the reader']:,} looks: {wrong(f)}"),
    Row("C10", "a harmed state: told, nothing overwritten, rebuilt whole", "state", _state),
    Row("F5", "every link ever seen in exactly one state", "truths", spelled, "states"),
    Row("F6", "edits, removals, moved slugs", "truths", spelled, "editions"),
    Row("F6", "a new date alone", "truths", spelled, "dates"),
    Row("F7", "one article under ten addresses is one row", "truths", spelled, "addresses"),
    Row("F8", "second run on an unchanged site", "truths", spelled, "second run"),
    Row("F11", "zones and wrong clocks: the same files, true dates, an end", "clock",
        lambda f: f"wrong: {f['wrong'] or 0}"),
    Row("–", "a broken selector's losses come back by reparse", "truths", spelled,
        "broken selector"),
    Row("–", "the demo's archive reparsed", "truths", spelled, "demo"),
    Row("–", "a backfill killed half-way: requests within 3 %", "backfill", spelled),
    Row("–", "100,000 articles: memory flat", "scale", _scale),
    Row("–", "a ledger of 10 million links", "tenmillion", spelled),
)  # fmt: skip


def table(rows: Iterable[Row], taken: Mapping[str, Taken]) -> str:
    """The rows in Markdown; one that could not be measured says why."""
    lines = ["| row | demanded | measured | holds |", "|---|---|---|---|"]
    for row in rows:
        found = taken.get(row.measure)
        if found is None or not found.figures:
            said, holds = f"not measured: {found.said if found else 'no log'}", "–"
        else:
            own = found.figures[row.part] if row.part else found.figures
            said, holds = row.cell(own), "yes" if own.get("holds", found.holds) else "**no**"
        lines.append(f"| {row.number} | {row.demand} | {said.replace('|', '/')} | {holds} |")
    return "\n".join(lines)
