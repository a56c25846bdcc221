"""How often a host is asked: the policy, the slot, and what a server sees of it."""

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.http.ignored_requests import RequestSkippedError
from newscrawl.http.slot import Slot
from newscrawl.http.throttle import (
    RETRY_AFTER_MAX_S,
    Host,
    Limits,
    Outcome,
    answered,
    backoff_s,
    gap_s,
    retry_after,
    sent,
    slowed,
    wait_s,
)
from newscrawl.page.bot_wall import looks_like_bot_wall
from tests.hostile.harness import HERE, ROOT, Running, crawl, running

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
STILL = Limits(jitter=0)


def after(host: Host, limits: Limits, *outcomes: Outcome, at: float = 0.0) -> Host:
    """The host after these answers, each asked for as soon as it may be."""
    for outcome in outcomes:
        at += wait_s(host, limits, at)
        host = answered(sent(host, at), limits, outcome, now=at, first_byte_at=at)
    return host


def paces(limits: Limits, *outcomes: Outcome) -> list[float]:
    """Seconds that the policy puts before each next request."""
    host, at, found = Host(), 0.0, []
    for outcome in outcomes:
        host = answered(sent(host, at), limits, outcome, now=at, first_byte_at=at)
        wait = wait_s(host, limits, at)
        found.append(wait)
        at += wait
    return found


# The policy --------------------------------------------------------------------------------------


def test_a_host_is_asked_once_a_second_and_never_twice_at_once() -> None:
    host = sent(Host(), 100.0)
    assert wait_s(host, STILL, 100.0) == inf
    host = answered(host, STILL, "page", now=100.4, first_byte_at=100.2, latency_s=0.2)
    assert wait_s(host, STILL, 100.4) == pytest.approx(0.8)
    assert wait_s(host, STILL, 101.2) == 0


def test_chance_only_adds() -> None:
    for chance in (0.0, 0.5, 0.999):
        assert 1.0 <= gap_s(Host(chance=chance), Limits(jitter=0.25)) < 1.25
    assert gap_s(Host(chance=0.999), Limits(delay_s=0)) == 0


def test_what_robots_asks_for_holds_at_once_and_one_at_a_time() -> None:
    quick = Limits(delay_s=0, jitter=0, concurrency=4)
    host = answered(sent(Host(), 5.0), quick, "answer", now=5.1, first_byte_at=5.0)
    assert wait_s(host, quick, 5.1) == 0
    host = slowed(slowed(host, 30), 10)
    assert wait_s(host, quick, 5.0) == 30
    assert wait_s(sent(host, 35.0), quick, 99.0) == inf


def test_several_at_once_still_leave_apart() -> None:
    several = Limits(jitter=0, concurrency=3)
    host = sent(Host(), 10.0)
    assert wait_s(host, several, 10.0) == 1.0
    host = sent(sent(host, 11.0), 12.0)
    assert wait_s(host, several, 50.0) == inf


def test_a_slow_host_is_asked_more_slowly_up_to_a_ceiling() -> None:
    host = Host()
    for latency in (0.1, 9.0, 9.0, 9.0, 9.0, 9.0):
        host = answered(sent(host, 0), STILL, "page", now=0, first_byte_at=0, latency_s=latency)
    assert 8 < gap_s(host, STILL) < 9
    host = replace(host, latency_s=500.0)
    assert gap_s(host, STILL) == STILL.backoff_max_s


def test_twenty_failures_slow_it_eightfold_and_ten_answers_end_that() -> None:
    limits = replace(STILL, dead_after=99)
    failures: list[Outcome] = ["failure"] * 20
    pages: list[Outcome] = ["page"] * 10
    slow = paces(limits, "page", *failures, *pages)
    assert slow[0] == 1.0
    minute = [sum(slow[1:n]) for n in range(2, 21)]
    requests_in_a_minute = next(n for n, seconds in enumerate(minute, 1) if seconds >= 60)
    assert requests_in_a_minute <= 60 / 8
    assert all(wait >= 8.0 for wait in slow[3:21])
    assert slow[-1] == 1.0
    assert slow[10] == limits.backoff_max_s


def test_one_failure_among_answers_costs_one_pause() -> None:
    assert paces(STILL, "page", "failure", "page", "page") == [1.0, 2.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        (["failure"] * 11, None),
        (["failure"] * 12, "site_unreachable"),
        (["blocked"] * 12, "site_blocked"),
        (["answer", *["blocked"] * 11], None),
        (["answer", *["blocked"] * 12], "site_blocked"),
        (["failure"] * 7 + ["blocked"] * 5, "site_unreachable"),
        (["failure"] * 5 + ["blocked"] * 7, "site_blocked"),
        (["page", *["failure"] * 21], None),
        (["page", *["failure"] * 22], "site_unreachable"),
        (["failure", "page"] * 50, None),
    ],
)
def test_a_host_is_given_up_in_time_and_with_its_reason(
    outcomes: list[Outcome], verdict: str | None
) -> None:
    host = after(Host(), STILL, *outcomes)
    assert host.given_up == verdict
    assert after(host, STILL, "page").given_up == verdict


def test_a_dead_host_costs_at_most_twenty_requests() -> None:
    assert Limits().dead_after + 4 <= 20


def test_retry_after_closes_the_host_whatever_came() -> None:
    outcomes: list[Outcome] = ["blocked", "failure", "page"]
    for outcome in outcomes:
        host = answered(
            sent(Host(), 0), STILL, outcome, now=1.0, first_byte_at=0.5, retry_after_s=120
        )
        assert wait_s(host, STILL, 1.0) == 120
        assert host.given_up is None
        later = answered(sent(host, 1.0), STILL, "page", now=2.0, first_byte_at=2.0)
        assert wait_s(later, STILL, 2.0) == 119


def test_a_host_that_asks_for_longer_than_our_patience_is_given_up() -> None:
    asked: list[tuple[Outcome, str]] = [
        ("blocked", "site_blocked"),
        ("failure", "site_unreachable"),
    ]
    for outcome, verdict in asked:
        host = answered(
            sent(Host(), 0), STILL, outcome, now=0, first_byte_at=0, retry_after_s=10**9
        )
        assert host.given_up == verdict
        assert host.held_until == RETRY_AFTER_MAX_S


@given(
    st.lists(st.sampled_from(["page", "answer", "failure", "blocked"]), max_size=60),
    st.floats(0, 400),
    st.floats(0, 1, exclude_max=True),
)
def test_the_gap_holds_after_every_answer(
    outcomes: list[Outcome], wanted: float, chance: float
) -> None:
    limits = Limits()
    host, at = slowed(Host(), wanted), 0.0
    for outcome in outcomes:
        at += wait_s(host, limits, at)
        host = sent(host, at)
        host = answered(host, limits, outcome, now=at + 1, first_byte_at=at + 0.5, chance=chance)
        assert wait_s(host, limits, at + 0.5) >= max(1.0, wanted) - 1e-9
        assert host.in_flight == 0
        assert 0 <= backoff_s(host, limits) <= limits.backoff_max_s


# Retry-After -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("0", 0.0), ("120", 120.0), (" 7 ", 7.0), ("3600", 3600.0), ("3601", 3600.0)),
        *(("9" * 5000, 3600.0), ("-1", None), ("1.5", None), ("", None), ("ngày mai", None)),
        *(("٣", None), ("1e3", None)),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(days=9), usegmt=True), 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 3600.0),
        ("Mon, 32 Foo 2026 99:99:99 GMT", None),
        ("Mon, 23 Nov 2026 16:01:00 -0000", 60.0),
    ],
)
def test_retry_after_is_read_in_every_form(value: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": value}, NOW) == seconds


def test_a_date_is_measured_against_the_answers_own_clock() -> None:
    wrong = NOW + timedelta(days=700)
    headers = {"Retry-After": format_datetime(wrong + timedelta(seconds=5), usegmt=True)}
    assert retry_after({**headers, "Date": format_datetime(wrong, usegmt=True)}, NOW) == 5.0
    assert retry_after({**headers, "Date": "hỏng"}, NOW) == RETRY_AFTER_MAX_S
    assert retry_after({}, NOW) is None


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_header_makes_retry_after_raise(value: str, date: str) -> None:
    seconds = retry_after({"Retry-After": value, "Date": date}, NOW)
    assert seconds is None or 0 <= seconds <= RETRY_AFTER_MAX_S


# Bot walls ---------------------------------------------------------------------------------------

D1N = b"<html><script>document.cookie='D1N=9f3'; window.location.href='/';</script></html>"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<html><head><title>Just a moment...</title></head>", 403),
        (b"<title>\n Attention Required! | Cloudflare</title><h1>Sorry</h1><p>blocked</p>", 403),
        (b"<html><script>window._cf_chl_opt={}</script></html>", 200),
        (b"<iframe src='/_Incapsula_Resource?x'></iframe>", 200),
        (D1N, 200),
        (b"<script>document.cookie = 'a=1';location.reload()</script>", 200),
    ],
)
def test_a_challenge_to_a_browser_is_a_wall(body: bytes, status: int) -> None:
    assert looks_like_bot_wall(body, status)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        "<title>Captcha là gì?</title><h1>Captcha là gì?</h1><p>Một cách hỏi.</p>".encode(),
        b"<title>Just a moment...</title>" + b"<p>x</p>" * 9000,
        b"<article>_cf_chl_opt</article>",
        b"<p>x</p><script>document.cookie='a=1';location.href='/b'</script>",
        b"<script>location.reload();document.cookie='a=1'</script>",
        b'{"response": [], "total": 0}',
    ],
)
def test_a_page_is_no_wall(body: bytes) -> None:
    assert not looks_like_bot_wall(body, 200)


@pytest.mark.parametrize("piece", [b"<title", b"<title>", b"document.cookie=", b"location", b"<"])
def test_a_page_made_to_be_slow_is_judged(piece: bytes) -> None:
    assert not looks_like_bot_wall(piece * (39_999 // len(piece)), 200)


@given(st.binary(max_size=200), st.sampled_from([200, 403, 503]))
def test_no_bytes_make_the_judge_raise(body: bytes, status: int) -> None:
    assert looks_like_bot_wall(body, status) in (True, False)


# The slot ----------------------------------------------------------------------------------------


def test_requests_pass_one_by_one_the_urgent_first_then_the_oldest() -> None:
    async def run() -> list[str]:
        slot = Slot("baothu.vn", Limits(delay_s=0), lambda: False)
        passed: list[str] = []

        async def one(name: str, priority: int) -> None:
            await slot.enter(priority)
            assert slot.host.in_flight == 1
            passed.append(name)
            await asyncio.sleep(0)
            slot.leave("page")

        names = [("a", 0), ("b", 0), ("urgent", 10), ("c", 0), ("last", -1)]
        await asyncio.gather(*(one(*name) for name in names))
        return passed

    # The first comes when nobody waits; the others are then in their order.
    assert asyncio.run(run()) == ["a", "urgent", "b", "c", "last"]


def test_the_gap_between_two_that_pass_is_the_hosts() -> None:
    async def run() -> list[float]:
        slot = Slot("baothu.vn", Limits(delay_s=0.05, jitter=0.5), lambda: False)
        at: list[float] = []
        for _ in range(5):
            await slot.enter()
            at.append(time.monotonic())
            slot.leave("page")
        return [after - before for before, after in pairwise(at)]

    assert min(asyncio.run(run())) >= 0.05


def test_who_waits_is_let_go_when_the_run_ends() -> None:
    async def run() -> str:
        closing: list[bool] = []
        slot = Slot("baothu.vn", Limits(), lambda: bool(closing))
        slot.slow_down(300)
        await slot.enter()
        slot.leave("page")
        waiting = asyncio.create_task(slot.enter())
        await asyncio.sleep(0)
        closing.append(True)
        with pytest.raises(RequestSkippedError) as caught:
            await waiting
        return caught.value.reason

    assert asyncio.run(run()) == "closing"


def test_of_those_who_wait_only_the_next_looks_at_the_clock() -> None:
    """Eight wait for 0.6 s: each looks once as it comes, the first three times more at most."""

    async def run() -> tuple[int, list[str]]:
        looks: list[bool] = []
        closing: list[bool] = []

        def is_closing() -> bool:
            looks.append(True)
            return bool(closing)

        slot = Slot("baothu.vn", Limits(), is_closing)
        slot.slow_down(300)
        await slot.enter()
        slot.leave("page")
        waiting = [asyncio.create_task(slot.enter()) for _ in range(8)]
        await asyncio.sleep(0.6)
        count = len(looks)
        closing.append(True)
        ended = await asyncio.gather(*waiting, return_exceptions=True)
        return count, [str(getattr(each, "reason", each)) for each in ended]

    looks, reasons = asyncio.run(run())
    assert looks <= 1 + 8 + 3
    assert reasons == ["closing"] * 8


def test_who_waits_at_a_host_that_is_given_up_is_told_why() -> None:
    async def run() -> str:
        limits = Limits(delay_s=0, backoff_s=0, dead_after=1)
        slot = Slot("baothu.vn", limits, lambda: False)
        await slot.enter()
        waiting = asyncio.create_task(slot.enter())
        await asyncio.sleep(0)
        slot.leave("failure")
        with pytest.raises(RequestSkippedError) as caught:
            await waiting
        return caught.value.reason

    assert asyncio.run(run()) == "site_unreachable"


# What a server sees ------------------------------------------------------------------------------

PAGES = ("/", "/thoi-su/", "/kinh-te/", "/van-hoa/", "/xa-hoi/")


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    with running("--articles", "20") as one:
        yield one


@pytest.fixture
def server(shared: Running) -> Running:
    """The server without a fault, as if just started."""
    shared.control("fault?clear=1")
    shared.control("set?rate_limit=0&crawl_delay=0")
    shared.control("reset")
    return shared


def test_the_gap_holds_over_robots_retries_and_redirects(server: Running) -> None:
    odd = ("/x/short/a.html", "/x/close/b.html", "/x/status:500/c.html", "/x/redirect:%2F/d.html")
    crawl(server, *PAGES, *odd, DOWNLOAD_DELAY=0.2, BACKOFF_S=0)
    seen = server.stats()
    assert seen["requests"] == 2 + 5 + 3 * 3 + 2
    assert seen["max_inflight"] == 1
    assert seen["gap_min"] >= 0.2


def test_a_crawl_delay_is_obeyed_whatever_is_set(server: Running) -> None:
    server.control("set?crawl_delay=0.5")
    crawl(server, *PAGES, DOWNLOAD_DELAY=0, CONCURRENT_REQUESTS_PER_DOMAIN=8)
    seen = server.stats()
    assert seen["requests"] == 7
    assert seen["max_inflight"] == 1
    assert seen["gap_min"] >= 0.5


@pytest.mark.parametrize("fault", ["status:429:1", "status:503:1", "status:429:@1"])
def test_no_request_comes_within_a_retry_after(server: Running, fault: str) -> None:
    server.control(f"fault?add=/kinh-te/={fault}@1")
    crawled = crawl(server, *PAGES)
    assert crawled.reason == "finished"
    assert all(said.startswith("200 ") for _, said in crawled.got)
    assert crawled.count("retry_after/asked") == 1
    assert server.stats()["retry_after_violations"] == 0
    assert sum(server.stats()["status"].values()) == 8


def test_a_rate_limit_is_never_broken_into(server: Running) -> None:
    server.control("set?rate_limit=5&retry_after=1")
    paths = [f"/lich/2024/01/{day:02}" for day in range(1, 13)]
    crawled = crawl(server, *paths, RETRY_TIMES=9)
    assert all(said.startswith("200 ") for _, said in crawled.got)
    assert len(crawled.got) == 12
    assert server.stats()["retry_after_violations"] == 0


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("status:503", "site_unreachable"),
        ("refuse", "site_unreachable"),
        ("status:403", "site_blocked"),
        ("captcha", "site_blocked"),
        ("status:429:3600", "site_blocked"),
    ],
)
def test_a_site_that_gives_no_page_costs_little_and_ends_with_its_reason(
    server: Running, fault: str, reason: str
) -> None:
    server.control(f"fault?add=/lich/*={fault}")
    crawled = crawl(server, *(f"/lich/2024/01/{day:02}" for day in range(1, 31)))
    assert crawled.reason == reason
    assert server.stats()["requests"] <= 20
    assert len(crawled.got) == 30
    assert crawled.got[-1][1].startswith(f"RequestSkippedError {reason}")
    assert crawled.count(f"given_up/{reason}") == 1


def test_a_site_that_comes_back_is_read_to_its_end(server: Running) -> None:
    """Twenty 503 in a row, of which each address has two."""
    server.control("fault?add=/lich/2024/02/*=status:503@2")
    paths = [f"/lich/2024/02/{day:02}" for day in range(1, 11)]
    crawled = crawl(server, "/", *paths, DEAD_AFTER=99)
    assert crawled.reason == "finished"
    assert [said.split()[0] for _, said in crawled.got] == ["200"] * 11
    assert crawled.count("retry/server_error") == 20


def test_failures_are_counted_by_their_class(server: Running) -> None:
    kinds = {
        "/x/short/a.html": "data_loss",
        "/x/truncgzip/b.html": "data_loss",
        "/x/close/c.html": "connection",
        "/x/status:502/e.html": "server_error",
        "/x/captcha/f.html": "bot_wall",
        "/x/empty/g.html": "empty",
        "/x/nolength/h.html": "cut_off",
        "/x/loop/i.html": "self_redirect",
    }
    crawled = crawl(server, *kinds, "/x/big:9/j.html", DEAD_AFTER=99)
    for kind in set(kinds.values()):
        paths = [path for path, name in kinds.items() if name == kind]
        assert crawled.count(f"failure/{kind}") == 3 * len(paths)
        assert crawled.count(f"gave_up/{kind}") == len(paths)
    assert crawled.count("failure/too_large") == crawled.count("bound/wire_bytes") == 1
    assert "retry/too_large" not in str(crawled.stats)
    assert crawled.said == ""


@pytest.mark.parametrize("fault", ["mute", "stall", "drip:9"])
def test_an_answer_that_does_not_end_is_a_timeout(server: Running, fault: str) -> None:
    crawled = crawl(server, f"/x/{fault}/a.html", DOWNLOAD_TIMEOUT=0.5, RETRY_TIMES=1)
    assert crawled.outcome(f"/x/{fault}/a.html").startswith("DownloadTimeoutError")
    assert crawled.count("failure/timeout") == 2
    assert crawled.count("gave_up/timeout") == 1


def test_a_signal_ends_a_run_that_waits_for_its_turn(server: Running) -> None:
    server.control("set?crawl_delay=200")
    asked = json.dumps({"mirror": server.mirror, "paths": PAGES})
    child = subprocess.Popen(
        [sys.executable, str(HERE / "probe.py"), asked], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    while not server.stats()["requests"] and child.poll() is None:
        time.sleep(0.05)
    child.send_signal(signal.SIGTERM)
    out, _ = child.communicate(timeout=60)  # with 200 s a request it would be there much longer
    found = json.loads(out)
    assert found["reason"] == "shutdown"
    assert server.stats()["requests"] <= 2
