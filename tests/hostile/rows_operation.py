"""O1 and O2: how a run ends and what it says of itself."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from tests.hostile.row import Figure, Row, all_hold
from tests.hostile.runs import QUICK, Paper, Ran, paper
from tests.reliability.crawls import start, wait_until

_SITE: Final = ("--articles", "30", "--no-specials")
_MOST_S: Final = 600.0  # what a paper that is down, blocks us or forbids us may cost a run
Run = Callable[[], tuple[int, float]]


def _with(
    *options: str, more: tuple[str, ...] = (), settings: Mapping[str, Any] | None = None
) -> Run:
    """A run on a newspaper with these options; its exit code and seconds."""

    def run() -> tuple[int, float]:
        with paper(*_SITE, "--max-seconds", "1200", *options) as made:
            ran = made.run(*more, timeout_s=2 * _MOST_S, **(settings or {}))
            assert not ran.crashed, ran.err
            return ran.code, ran.seconds

    return run


def _fault(*rules: str) -> tuple[str, ...]:
    return tuple(part for rule in rules for part in ("--fault", rule))


def _live() -> tuple[int, float]:
    """A paper itself, not a mirror, and nobody who says who asks."""
    with paper(*_SITE) as made:
        ran = made.run("-s", "MIRROR=")
        return ran.code, ran.seconds


def _damaged() -> tuple[int, float]:
    with paper(*_SITE) as made:
        made.run()
        ledger = made.place.folder / "state" / "ledger.sqlite"
        ledger.write_bytes(b"x" * 100 + ledger.read_bytes()[100:])
        ran = made.run()
        return ran.code, ran.seconds


def _signalled(number: int) -> Run:
    def run() -> tuple[int, float]:
        with paper(*_SITE, "--latency", "0.2") as made:
            at_work = _at_work(made)
            began = time.monotonic()
            at_work.send(number)
            done = at_work.done(60)
            return done.code, time.monotonic() - began

    return run


def _second() -> tuple[int, float]:
    with paper(*_SITE, "--latency", "0.2") as made:
        first = _at_work(made)
        ran = made.run()
        first.kill()
        return ran.code, ran.seconds


def _at_work(made: Paper):  # type: ignore[no-untyped-def]
    settings = [part for n, v in QUICK.items() for part in ("-s", f"{n}={v}")]
    running = start(made.place.command(*settings, "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"))
    assert wait_until(lambda: made.server.stats()["requests"] > 5)
    return running


_SHORT_OF_TIME: Final = {"CLOSESPIDER_TIMEOUT": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1}
_ROBOTS: Final = "/robots.txt=right"
ENDS: Final[dict[str, tuple[int, Run]]] = {
    "nothing wrong": (0, _with()),
    "a bad argument": (2, _with(more=("-a", "since=1/11/2022"))),
    "no contact": (2, _live),
    "most articles fail": (3, _with(*_fault("*.html=empty"))),
    "the list is no list": (3, _with(*_fault("/tin-hoat-dong/=soft404"))),
    "down": (4, _with(*_fault(_ROBOTS, "*=status:503"))),
    "refused": (4, _with(*_fault(_ROBOTS, "*=refuse"))),
    "403 throughout": (4, _with(*_fault(_ROBOTS, "*=status:403"))),
    "a bot wall": (4, _with(*_fault(_ROBOTS, "*=captcha"))),
    "articles 403": (4, _with(*_fault("*.html=status:403"))),
    "the ledger is damaged": (5, _damaged),
    "robots.txt forbids": (6, _with("--robots-text", "User-agent: *\nDisallow: /\n")),
    "robots.txt unreachable": (6, _with(*_fault("/robots.txt=status:503"))),
    "out of time": (
        7,
        _with("--latency", "0.3", settings=_SHORT_OF_TIME),
    ),
    "already at work": (75, _second),
    "SIGINT": (130, _signalled(signal.SIGINT)),
    "SIGTERM": (143, _signalled(signal.SIGTERM)),
}
_ELSEWHERE: Final = ("already at work", "SIGINT", "SIGTERM", "the ledger is damaged")
"""Of which the suite has tests of their own: test_stop.py, test_ledger_opening.py"""
_AS_SET: Final = {
    "BACKOFF_S": 2.0,
    "BACKOFF_MAX_S": 32.0,
    "DOWNLOAD_DELAY": 1,
    "DOWNLOAD_TIMEOUT": 25,
}
BOUNDED: Final[dict[str, tuple[int, Run]]] = {
    "down": (4, _with(*_fault(_ROBOTS, "*=status:503"), settings=_AS_SET)),
    "403 throughout": (4, _with(*_fault(_ROBOTS, "*=status:403"), settings=_AS_SET)),
    "a bot wall": (4, _with(*_fault(_ROBOTS, "*=captcha"), settings=_AS_SET)),
    "robots.txt unreachable": (6, _with(*_fault("/robots.txt=status:503"), settings=_AS_SET)),
    "robots.txt forbids": (
        6,
        _with("--robots-text", "User-agent: *\nDisallow: /\n", settings=_AS_SET),
    ),
    "articles 403": (4, _with(*_fault("*.html=status:403"), settings=_AS_SET)),
    "articles 503": (4, _with(*_fault("*.html=status:503"), settings=_AS_SET)),
}


def exit_codes(short: bool) -> Figure:
    """O1: each way to end; in the long form also with the pauses as a live crawl has them."""
    wrong, told = [], []
    for name, (code, run) in ENDS.items():
        if short and name in _ELSEWHERE:
            continue
        found, _ = run()
        told.append(f"{name} {found}")
        if found != code:
            wrong.append(f"{name}: {found} instead of {code}")
    if not short:
        with ThreadPoolExecutor(len(BOUNDED)) as pool:
            waiting = {name: pool.submit(run) for name, (_, run) in BOUNDED.items()}
            for name, one in waiting.items():
                found, seconds = one.result()
                told.append(f"with a live crawl's pauses, {name}: {found} after {seconds:.0f} s")
                if found != BOUNDED[name][0] or seconds > _MOST_S:
                    wrong.append(f"{name}: {found} after {seconds:.0f} s")
    return Figure(not wrong, ", ".join(told) + f"; NOT: {wrong}" * bool(wrong))


def summary(short: bool) -> Figure:  # noqa: ARG001
    """O2: the run's own record against what the server saw and the archive holds."""
    faults = (
        "*-180001.html=status:404",
        "*-180002.html=empty",
        "*-180003.html=redirect:http://127.0.0.2/",
    )
    rules = "User-agent: *\nDisallow: /*4.html$\n"
    with paper(*_SITE, *_fault(*faults), "--robots-text", rules) as made:
        ran: Ran = made.run()
        record, seen = made.record(), made.server.stats()
        counts, states, stored = record["counts"], record["states"], made.stored()
    found = sum(states.values())
    ends = ("new", "changed", "unchanged", "gone", "in_doubt", "failed", "broken", "unread")
    asked = sum(counts.get(f"article/{name}", 0) for name in ends)
    refused = sum(n for name, n in counts.items() if name.startswith("refused/"))
    checks = {
        "found = sum of the states": found == 30,
        "each asked for ends in one way": asked + refused == 30,
        "requests as the server counts them": record["requests"] == seen["requests"],
        "archived as stored": record["articles"] == states["archived"] == len(stored.right),
        "the summary says the same": f"requests {record['requests']}" in ran.out,
        "the exit code is in both": record["exit_code"] == ran.code,
        "bytes": record["bytes"] > 0,
    }
    holds, failed = all_hold(checks)
    told = ", ".join(f"{name} {n}" for name, n in states.items() if n)
    return Figure(
        holds, f"found {found} = {told}; {record['requests']} requests as the server counts{failed}"
    )


ROWS: Final = (
    Row("O1", "an exit code for each way to end, in bounded time", exit_codes),
    Row("O2", "a summary that adds up", summary),
)
