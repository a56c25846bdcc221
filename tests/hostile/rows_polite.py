"""R1–R9: politeness, measured at the server."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from newscrawl.http.robots_rules import Robots
from newscrawl.http.throttle import (
    Host,
    Limits,
    answered,
    wait_s,
)
from tests.hostile.faults_robots import ROBOTS
from tests.hostile.row import Figure, Row, all_hold
from tests.hostile.runs import Paper, Ran, paper

_CASES: Final = Path(__file__).parents[1] / "data" / "google-robotstxt-cases.jsonl"
_UNREACHABLE: Final = (
    *("status:503", "status:429:1", "mute", "status:500", "status:502", "status:504"),
    *("reset", "short"),
)
_SITE: Final = ("--no-specials", "--articles")


def _only_robots(made: Paper) -> bool:
    return all(row["target"] == "/robots.txt" for row in made.asked())


def unreachable(short: bool) -> Figure:
    """R1: robots.txt that cannot be had."""
    faults = _UNREACHABLE[1:3] if short else _UNREACHABLE
    codes, asked, seconds = [], 0, 0.0
    for fault in faults:
        with paper(*_SITE, "20", "--fault", f"/robots.txt={fault}", noted=True) as made:
            ran = made.run(DOWNLOAD_TIMEOUT=2)
            codes.append(ran.code)
            asked += not _only_robots(made)
            seconds = max(seconds, ran.seconds)
    with paper(*_SITE, "20", noted=True) as made:
        first = made.run()
        made.server.control("fault?add=/robots.txt=status:503")
        cached = made.run("-a", "refetch=0d")
    # A host that answers nothing at all is down; robots.txt is only the first to meet that.
    expected = [6 if fault.startswith("status:") else 4 for fault in faults]
    checks = {
        "exit 6 after a status, 4 where no answer came": codes == expected,
        "0 other requests": asked == 0,
        "the copy of the last day holds": (first.code, cached.code) == (0, 0),
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{len(faults)} faults: exits {sorted(set(codes))}, {asked} runs asked for more than "
        f"robots.txt, slowest {seconds:.0f} s; with a copy of the day: exit {cached.code}{failed}",
    )


def answered_otherwise(short: bool) -> Figure:
    """R2: no rules, rules behind redirects, rules in odd forms."""
    free = []
    for status in ("404",) if short else ("404", "403", "410"):
        with paper(*_SITE, "20", "--fault", f"/robots.txt=status:{status}") as made:
            ran = made.run()
            free.append(ran.code == 0 and len(made.stored().right) == 20)
    hops = [f"/robots.txt?{n}=redirect:http://n{n}.invalid/robots.txt?{n + 1}" for n in range(1, 5)]
    rules = ["/robots.txt=redirect:http://n0.invalid/robots.txt?1", *hops]
    given = [part for rule in rules for part in ("--fault", rule)]
    all_of_it = "User-agent: *\nDisallow: /\n"
    with paper(*_SITE, "20", *given, "--robots-text", all_of_it, noted=True) as made:
        ran = made.run()
        at_the_end = ran.code == 6 and len(made.asked()) == 6
    forbids = {kind for kind, raw in ROBOTS.items() if not _allows(raw)}
    told = ", ".join(sorted(forbids))
    checks = {
        "4xx is free": all(free),
        "five redirects over five hosts are followed": at_the_end,
        "forms": forbids == {"hugefirst", "bom", "all", "cr", "nul", "utf16"},
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"4xx free {sum(free)} of {len(free)}; rules after 5 redirects over 5 hosts obeyed: "
        f"{at_the_end}; of {len(ROBOTS)} odd files these forbid: {told}{failed}",
    )


def _allows(raw: bytes) -> bool:
    return Robots.parse(raw).allows("https://baothu.vn/a", "newscrawl")


def huge(short: bool) -> Figure:
    """R3: a robots.txt of megabytes."""
    fault = "big:30" if short else "big:100"
    with paper(*_SITE, "20") as made:
        usual = made.run().peak_mb
    with paper(*_SITE, "20", "--fault", f"/robots.txt={fault}") as made:
        ran = made.run()
    more = ran.peak_mb - usual
    late = _allows(ROBOTS["huge"])
    holds, failed = all_hold({"≤ +5 MB": more <= 5, "exit 0": ran.code == 0})
    said = "ignored" if late else "obeyed"
    return Figure(
        holds, f"{fault} MB: {more:+.1f} MB of memory; a rule past 500 KiB is {said}{failed}"
    )


def google(short: bool) -> Figure:  # noqa: ARG001
    """R4: the 145 cases of google/robotstxt."""
    cases = [json.loads(line) for line in _CASES.read_text(encoding="utf-8").splitlines()]
    agree = sum(_verdict(case) == case["allowed"] for case in cases)
    unknown = not _allows(b"User-agent: newscrawl\nNoindex: /\nUser-agent: b\nDisallow: /")
    holds, failed = all_hold({"≥ 138": agree >= 138, "unknown line": unknown})
    return Figure(holds, f"{agree} of {len(cases)}, the unknown-line case among them{failed}")


def _verdict(case: dict[str, Any]) -> bool:
    raw, agent, url = (bytes.fromhex(case[f"{name}_hex"]) for name in ("txt", "ua", "url"))
    return Robots.parse(raw).allows(url.decode(), agent.decode())


def disallowed(short: bool) -> Figure:
    """R5: articles that robots.txt forbids."""
    count = 30 if short else 400
    rules = "User-agent: *\nDisallow: /*-18*7.html$\nDisallow: /cam/\n"
    with paper(*_SITE, f"{count}", "--robots-text", rules, noted=True) as made:
        ran = made.run()
        targets = [row["target"] for row in made.asked()]
        hits = sum(t.endswith("7.html") and "-18" in t for t in targets)
        refused = made.record()["states"]["refused"]
        right = len(made.stored().right)
    checks = {
        "0 asked": hits == 0,
        "each is accounted for": refused == count // 10,
        "the rest is stored": right == count - refused,
        "exit 0": ran.code == 0,
    }
    holds, failed = all_hold(checks)
    said = f"{hits} of {refused} forbidden articles asked for, {right} stored{failed}"
    return Figure(holds, said)


def crawl_delay(short: bool) -> Figure:
    """R6: Crawl-delay as asked, and absurd ones."""
    gaps = {}
    for delay in (1,) if short else (1, 2, 10, 30):
        with paper(*_SITE, "20", "--crawl-delay", f"{delay}") as made:
            made.run("-a", "limit=1", DOWNLOAD_TIMEOUT=40)
            gaps[delay] = made.server.stats()["gap_min"]
    absurd: dict[str, Ran] = {}
    for text in ("-5", "abc", "999999", "1e999"):
        with paper(*_SITE, "20", "--crawl-delay", text) as made:
            absurd[text] = made.run("-a", "limit=1", timeout_s=60)
    checks = {
        "never less": all(gap >= delay for delay, gap in gaps.items()),
        "absurd ones neither hang nor crash": {ran.code for ran in absurd.values()} == {0},
    }
    holds, failed = all_hold(checks)
    told = ", ".join(f"{delay} s: {gap:.3f} s" for delay, gap in gaps.items())
    slowest = max(ran.seconds for ran in absurd.values())
    return Figure(
        holds, f"smallest gap at {told}; {', '.join(absurd)}: exit 0 in {slowest:.1f} s{failed}"
    )


def retry_after(short: bool) -> Figure:
    """R7: windows opened by 429 and 503, in seconds and as a date, and a rate limit."""
    rules = ("*-18000[369].html=status:429:1@1", "*-18001[147].html=status:503:@2@1")
    given = [part for rule in rules for part in ("--fault", rule)]
    count = "30" if short else "200"
    with paper(*_SITE, count, *given) as made:
        first = made.run(CONCURRENT_REQUESTS_PER_DOMAIN=1)
        seen = [made.server.stats()]
        right = [len(made.stored().right)]
    with paper(*_SITE, count, "--rate-limit", "25", "--retry-after", "1") as made:
        second = made.run(CONCURRENT_REQUESTS_PER_DOMAIN=1)
        seen.append(made.server.stats())
        right.append(len(made.stored().right))
    with paper(*_SITE, "20", "--fault", "*.html=status:503:99999999") as made:
        absurd = made.run()
    early = sum(one["retry_after_violations"] for one in seen)
    checks = {
        "0 inside": early == 0,
        "whole": right == [int(count)] * 2,
        "exits": (first.code, second.code, absurd.code) == (0, 0, 4),
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{early} of {sum(one['requests'] for one in seen)} requests inside a window, {right} "
        f"stored; 99999999 s: given up, exit {absurd.code} in {absurd.seconds:.1f} s{failed}",
    )


def gap(short: bool) -> Figure:
    """R8: one request in flight, the gap over pages, retries and robots.txt."""
    count, delay = (60, 0.02) if short else (9_000, 0.01)
    storm = ("--storm", "0.1", "--storm-kinds", "status:500,close,reset,short,empty")
    with paper(*_SITE, f"{count}", *storm, "--max-seconds", "1800") as made:
        ran = made.run(
            *("-a", "since=2020-01-01"),
            timeout_s=1500,
            DOWNLOAD_DELAY=delay,
            CONCURRENT_REQUESTS_PER_DOMAIN=1,
            LIST_PAGES=10_000,
        )
        seen = made.server.stats()
    checks = {
        "1 in flight": seen["max_inflight"] == 1,
        "the gap": seen["gap_min"] >= delay,
        "exit 0": ran.code == 0,
        "enough of them": seen["requests"] >= count,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"{seen['requests']:,} requests at a delay of {delay * 1000:.0f} ms: smallest gap "
        f"{seen['gap_min'] * 1000:.2f} ms, {seen['max_inflight']} in flight{failed}",
    )


def down(short: bool) -> Figure:  # noqa: ARG001
    """R9: twenty 503 in a row; a site that is dead for the whole run."""
    limits, now, host = Limits(jitter=0.0), 0.0, Host()
    pauses: list[float] = []
    for outcome in ("failure",) * 20 + ("page",) * 10:
        pause = wait_s(host, limits, now)
        now += pause
        pauses.append(pause)
        host = answered(host, limits, outcome, now=now, first_byte_at=now)
    minute = next(n for n in range(len(pauses)) if sum(pauses[:n]) >= timedelta(minutes=1).seconds)
    after = wait_s(host, limits, now)
    with paper(*_SITE, "60", "--fault", "/robots.txt=right", "--fault", "*=status:503") as made:
        ran = made.run()
        asked = made.server.stats()["requests"]
    checks = {
        "eight times slower within a minute": max(pauses[: minute + 1]) >= 8 * limits.delay_s,
        "recovered after ten good answers": after <= limits.delay_s,
        "≤ 20 requests": asked <= 20,
        "exit 4": ran.code == 4,
    }
    holds, failed = all_hold(checks)
    return Figure(
        holds,
        f"pauses grow from {pauses[1]:.0f} s to {max(pauses):.0f} s, {after:.0f} s after ten good "
        f"answers; a dead site costs {asked} requests, exit {ran.code}{failed}",
    )


ROWS: Final = (
    Row("R1", "robots.txt unreachable: 0 article requests, its own exit code", unreachable),
    Row("R2", "4xx free, 5 redirects across hosts, odd files as RFC 9309", answered_otherwise),
    Row("R3", "100 MB of robots.txt: ≤ +5 MB", huge),
    Row("R4", "Google's 145 cases: ≥ 138", google),
    Row("R5", "disallowed paths asked for: 0", disallowed),
    Row("R6", "Crawl-delay to −0 %; absurd ones harmless", crawl_delay),
    Row("R7", "requests inside a Retry-After window: 0", retry_after),
    Row("R8", "1 in flight, gap ≥ the delay over 10,000 requests", gap),
    Row("R9", "20 × 503: 8 × slower in a minute, back in 10 answers, dead ≤ 20 requests", down),
)
