"""Stopping, starting twice, starting after a kill: nothing is lost and nobody waits."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_runs
from newscrawl.archive.lock import LOCK
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from tests.hostile.harness import Running as Server
from tests.hostile.harness import running as running_server
from tests.reliability.checks import differences, look, published, sums
from tests.reliability.crawls import HOST, Place, Running, requests, wait_until
from tests.support.commands import run_scrapy

pytestmark = pytest.mark.thorough

CODES = {signal.SIGTERM: 143, signal.SIGINT: 130}
PORTAL = "hdndtuyenquang"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60, latency_ms=40) as replica:
        yield replica


@pytest.fixture
def place(tmp_path: Path, replica: Replica) -> Place:
    replica.reset()
    return Place(tmp_path, replica.address)


def at_work(place: Place, replica: Replica, asked: int = 60, *more: str) -> Running:
    """A crawl that has so many pages and waits for others, until the replica releases them."""
    replica.hold(asked)
    running = place.start(*more)
    assert wait_until(lambda: requests(replica) > asked)
    return running


# Signals -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", CODES)
def test_a_signal_finishes_what_is_in_flight_and_exports(
    number: signal.Signals, place: Place, replica: Replica
) -> None:
    running = at_work(place, replica)
    running.send(number)
    replica.release()
    done = running.done(30)
    assert (done.code, done.err) == (CODES[number], "")
    asked = set(replica.stats()["paths"])
    answered = {
        f"{place.name}:{row['key']}"
        for row in replica.truth(HOST)
        if any(url.removeprefix("https://") in asked for url in (row["url"], *row["other_urls"]))
    }
    assert set(look(place.folder).ids) == answered
    assert verify(place.folder, check_line) == ()
    record = next(iter(read_runs(place.folder)))
    assert (record["exit_code"], record["reason"]) == (CODES[number], "shutdown")


def test_after_a_signal_the_next_run_goes_on(place: Place, replica: Replica) -> None:
    running = at_work(place, replica)
    running.send(signal.SIGTERM)
    replica.release()
    running.done(30)
    assert place.crawl().code == 0
    assert differences(look(place.folder), published(replica)) == {}
    articles = {row["url"].removeprefix("https://") for row in replica.truth(HOST)}
    paths = replica.stats()["paths"]
    assert {paths[path] for path in articles & paths.keys()} == {1}


@pytest.mark.parametrize("number", CODES)
def test_a_second_signal_ends_the_run_at_once(number: signal.Signals, tmp_path: Path) -> None:
    with running_server("--like", PORTAL, "--articles", "24", "--no-specials") as server:
        stalled = Place(tmp_path, server.mirror, PORTAL)
        server.control("fault?add=*-18000?.html=mute:60")
        running = stalled.start()
        assert wait_until(lambda: server.stats()["faults"].get("mute", 0) > 0)
        running.send(number)
        assert not wait_until(lambda: not running.is_alive, 0.5)
        running.send(number)
        done = running.done(2)
        assert done.code == CODES[number]
        assert "stopped at once by a second signal" in done.err
        assert len(done.err.splitlines()) == 1
        server.control("fault?clear=1")
        assert stalled.crawl().code == 0
        assert len(set(look(stalled.folder).ids)) == len(look(stalled.folder).ids) == 24
        assert verify(stalled.folder, check_line) == ()


def test_a_stalled_page_does_not_hold_a_stop_up(tmp_path: Path) -> None:
    with running_server("--like", PORTAL, "--articles", "24", "--no-specials") as server:
        place = Place(tmp_path, server.mirror, PORTAL)
        server.control("fault?add=*-180003.html=stall:90")
        running = place.start()
        assert wait_until(lambda: server.stats()["faults"].get("stall", 0) > 0)
        running.send(signal.SIGTERM)
        assert running.done(30).code == 143
        server.control("fault?clear=1")
        assert place.crawl().code == 0
        assert look(place.folder).doubled == 0
        assert len(look(place.folder).ids) == 24


@pytest.mark.parametrize("after_ms", [0, 50, 100, 150, 200, 300])
def test_a_signal_while_it_starts_is_heard(after_ms: int, place: Place, replica: Replica) -> None:
    replica.hold(1)  # the run cannot end before the signal, however late that is sent
    running = place.start()
    assert wait_until((place.folder / LOCK).exists)
    assert not wait_until(lambda: not running.is_alive, after_ms / 1000)
    running.send(signal.SIGTERM)
    replica.release()
    assert running.done(30).code == 143
    assert place.crawl().code == 0


@pytest.fixture
def dead(tmp_path: Path) -> Iterator[tuple[Place, Server]]:
    with running_server("--like", PORTAL, "--articles", "24", "--no-specials") as server:
        yield Place(tmp_path, server.mirror, PORTAL), server


def test_a_site_that_goes_down_costs_no_article(dead: tuple[Place, Server]) -> None:
    place, server = dead
    quick = ("-s", "BACKOFF_S=0", "-s", "LOST_AFTER=6", "-s", "RETRY_TIMES=0")
    server.control("fault?add=*.html=status:503")
    for _ in range(6):  # more often than a page may fail
        assert place.crawl(*quick).code == 4
    server.control("fault?clear=1")
    assert place.crawl().code == 0
    assert len(look(place.folder).ids) == 24


# Starts ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("starts", [2, 5])
def test_of_several_starts_exactly_one_works(starts: int, place: Place, replica: Replica) -> None:
    crawls = [place.start() for _ in range(starts)]
    done = [running.done() for running in crawls]
    assert sorted(d.code for d in done) == [0] + [75] * (starts - 1)
    for other in done:
        if other.code:
            assert other.out == ""
            assert other.err.startswith("crawl: another run holds ")
            assert len(other.err.splitlines()) == 1
    assert differences(look(place.folder), published(replica)) == {}
    asked = replica.stats()["paths"]
    replica.reset()
    assert Place(place.archive / "alone", place.mirror).crawl().code == 0
    assert asked == replica.stats()["paths"]  # what one run asks for, and no more


def test_a_killed_run_leaves_no_lock(place: Place, replica: Replica) -> None:
    running = at_work(place, replica, 20)
    assert (place.folder / LOCK).read_text().startswith(f"process {running.process.pid}, a run ")
    assert running.kill()
    replica.release()
    assert place.crawl().code == 0


def test_status_tells_of_a_first_run_at_work_and_of_one_that_was_killed(
    place: Place, replica: Replica
) -> None:
    running = at_work(place, replica, 40)
    said = run_scrapy("status", "-s", f"ARCHIVE={place.archive}").stdout
    assert f"{place.name}: at work since " in said
    assert "never" not in said
    assert running.kill()
    said = run_scrapy("status", "-s", f"ARCHIVE={place.archive}").stdout
    assert f"{place.name}: killed at " in said
    assert "at work" not in said
    replica.release()
    assert place.crawl().code == 0
    said = run_scrapy("status", "-s", f"ARCHIVE={place.archive}").stdout
    assert "killed" not in said
    assert [record["exit_code"] for record in read_runs(place.folder)] == [137, 0]


@pytest.mark.parametrize("command", ["verify", "reparse", "snapshot"])
def test_no_other_command_disturbs_a_run(command: str, place: Place, replica: Replica) -> None:
    running = at_work(place, replica, 3, "-s", "DOWNLOAD_DELAY=1")
    said = place.say(command)
    assert said.code == 75
    assert len(said.err.splitlines()) == 1
    running.send(signal.SIGTERM)
    replica.release()
    assert running.done(30).code == 143


def test_two_newspapers_run_side_by_side(place: Place, replica: Replica) -> None:
    other = Place(place.archive, place.mirror, "baodongnai")
    crawls = [place.start(), other.start()]
    assert wait_until(lambda: len(replica.stats()["hosts"]) == 2)
    assert [running.done().code for running in crawls] == [0, 0]
    assert differences(look(place.folder), published(replica)) == {}
    there = published(replica, "baodongnai.com.vn", "baodongnai")
    assert differences(look(other.folder), there) == {}
    latest = place.archive / "snapshots" / "latest"
    for each in (place, other):
        assert sums(latest / each.name) == sums(each.folder)
    shutil.rmtree(place.archive)
