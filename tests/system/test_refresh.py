"""What a refresh does to an archive: nothing new costs nothing, an edit is one revision."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_revisions, read_runs
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.archive.ledger.revisit_schedule import TRIES_MAX
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from tests.hostile.harness import Running, running
from tests.reliability.checks import article_of, differences, look, published, sums
from tests.reliability.crawls import EVERYTHING_AGAIN, HOST, ROOT, Place, requests, wait_until
from tests.support.days import pass_days
from tests.support.mutating_proxy import mutating_proxy

pytestmark = pytest.mark.thorough

PORTAL = "hdndtuyenquang"
LIKE = ("--like", PORTAL, "--articles", "24", "--no-specials", "--seed", "21")
# With that seed edition 2 holds an edit, a removal, a new slug and a new date alone.


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60) as replica:
        yield replica


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> Place:
    """A whole archive of the first edition; whoever changes it takes a copy."""
    place = Place(tmp_path_factory.mktemp("first"), replica.address)
    done = place.crawl()
    assert done.code == 0, done.err
    return place


@pytest.fixture
def place(tmp_path: Path, first: Place, replica: Replica) -> Place:
    replica.reset()
    shutil.copytree(first.archive, tmp_path / "archive", symlinks=True)
    return Place(tmp_path / "archive", first.mirror)


def by_id(folder: Path) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in read_articles(folder)}


def articles_asked(replica: Replica) -> Counter[str]:
    paths = replica.stats()["paths"]
    return Counter({path: n for path, n in paths.items() if article_of(path)})


# Nothing new -------------------------------------------------------------------------------------


def test_nothing_new_is_no_download_and_no_byte(place: Place, replica: Replica) -> None:
    before = sums(place.folder, "articles", "revisions", "pages")
    done = place.crawl()
    assert done.code == 0, done.err
    assert articles_asked(replica) == Counter()
    assert sums(place.folder, "articles", "revisions", "pages") == before


def test_nothing_new_asks_for_the_first_page_of_each_list_and_little_else(
    place: Place, replica: Replica
) -> None:
    place.crawl()
    paths = replica.stats()["paths"]
    lists = [p for p in paths if p.endswith("/") or "?" in p]
    assert max(paths.values()) == 1
    assert requests(replica) <= 1.2 * len(lists)


def test_looking_at_everything_again_changes_no_byte(place: Place, replica: Replica) -> None:
    before = sums(place.folder, "articles", "revisions", "pages")
    done = place.crawl(*EVERYTHING_AGAIN)
    assert done.code == 0, done.err
    assert f"unchanged {len(by_id(place.folder))}" in done.out
    assert replica.stats()["statuses"]["304"] == len(by_id(place.folder))
    assert sums(place.folder, "articles", "revisions", "pages") == before


# Editions ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def third(
    tmp_path_factory: pytest.TempPathFactory, first: Place, replica: Replica
) -> tuple[Place, list[dict[str, Any]], list[dict[str, Any]]]:
    """The archive after the third edition, with what was published and what was taken down."""
    replica.reset()
    folder = tmp_path_factory.mktemp("third")
    shutil.copytree(first.archive, folder / "archive", symlinks=True)
    place = Place(folder / "archive", first.mirror)
    replica.set_edition(3)
    for _ in range(2):  # what is absent is gone when it is absent a day later too
        done = place.crawl(*EVERYTHING_AGAIN)
        assert done.code == 0, done.err
        pass_days(place.folder, 1)
    truth = replica.truth(HOST), replica.gone(HOST)
    replica.reset()
    return place, *truth


def test_every_edit_is_exactly_one_revision(
    third: tuple[Place, list[dict[str, Any]], list[dict[str, Any]]], first: Place
) -> None:
    place, truth, _ = third
    before, after = by_id(first.folder), by_id(place.folder)
    edited = {f"{place.name}:{row['key']}" for row in truth if row["modified"] > 1} & before.keys()
    assert edited
    assert {i for i in before if after[i]["revision"] == 2} == edited
    old = {line["id"]: line for line in read_revisions(place.folder)}
    assert old.keys() == edited
    for article_id in edited:
        assert old[article_id]["body"] == before[article_id]["body"]
        assert old[article_id]["changed_by"] == "newspaper"
        assert set(old[article_id]["changed_fields"]) & {"headline", "lead", "body"}


def test_what_is_removed_is_gone_with_its_text(
    third: tuple[Place, list[dict[str, Any]], list[dict[str, Any]]], first: Place
) -> None:
    place, _, gone = third
    before, after = by_id(first.folder), by_id(place.folder)
    removed = {f"{place.name}:{row['key']}" for row in gone} & before.keys()
    assert removed
    assert {i for i, line in after.items() if line["status"] == "gone"} == removed
    for article_id in removed:
        assert after[article_id]["gone_at"]
        assert after[article_id]["body"] == before[article_id]["body"]
        assert after[article_id]["revision"] == 1


def test_a_moved_slug_is_the_same_article(
    third: tuple[Place, list[dict[str, Any]], list[dict[str, Any]]], first: Place
) -> None:
    place, truth, gone = third
    before, after = by_id(first.folder), by_id(place.folder)
    urls = {f"{place.name}:{row['key']}": row["url"] for row in truth}
    moved = {i for i in before.keys() & urls.keys() if before[i]["url"] != urls[i]}
    assert moved
    removed = {f"{place.name}:{row['key']}" for row in gone}
    assert after.keys() == urls.keys() | (before.keys() & removed)
    assert {after[i]["revision"] for i in moved} <= {1, 2}
    assert {after[i]["url"] for i in moved} == {urls[i] for i in moved}


def test_after_the_refresh_the_archive_is_whole(
    third: tuple[Place, list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    place, _, _ = third
    assert verify(place.folder, check_line) == ()


# A portal that misbehaves ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(*LIKE) as server:
        yield server


@pytest.fixture
def portal(tmp_path: Path, server: Running) -> Place:
    """A whole archive of the portal's first edition, the server calm."""
    server.control("fault?clear=1")
    server.control("edition?n=1")
    server.control("set?traps=")
    place = Place(tmp_path, server.mirror, PORTAL)
    done = place.crawl()
    assert done.code == 0, done.err
    return place


def truth_of(server: Running) -> dict[str, dict[str, Any]]:
    rows = (json.loads(row) for row in server.control("truth").split("\n") if row)
    return {f"{PORTAL}:{row['id']}": row for row in rows}


FAULTS = (
    "soft404", "redirect:/", "empty", "captcha", "loop", "chain", "status:500", "status:403",
    "reset", "truncgzip", "type:application/pdf", "redirect:/tin-hoat-dong/",
)  # fmt: skip


def test_what_is_no_page_is_no_edit(portal: Place, server: Running) -> None:
    before = sums(portal.folder, "articles", "revisions")
    ids = sorted(by_id(portal.folder))
    for fault, article_id in zip(FAULTS, ids, strict=False):
        server.control(f"fault?add=*-{article_id.partition(':')[2]}.html={fault}")
    done = portal.crawl(*EVERYTHING_AGAIN)
    assert sums(portal.folder, "articles", "revisions") == before, done.out + done.err
    server.control("fault?clear=1")
    assert portal.crawl(*EVERYTHING_AGAIN).code == 0
    assert sums(portal.folder, "articles", "revisions") == before


def test_every_link_ends_in_exactly_one_state(tmp_path: Path, server: Running) -> None:
    server.control("fault?clear=1")
    server.control("edition?n=1")
    truth = truth_of(server)
    faulty = dict(zip(sorted(truth), FAULTS, strict=False))
    for article_id, fault in faulty.items():
        server.control(f"fault?add=*-{article_id.partition(':')[2]}.html={fault}")
    place = Place(tmp_path, server.mirror, PORTAL)
    done = place.crawl()
    record = next(iter(read_runs(place.folder)))
    with Ledger.open(place.folder, PORTAL) as ledger:
        states = ledger.links.states()
        told = {t.key: t.reason for t in ledger.links.troubles("failed", "refused")}
    assert states == record["states"]
    assert sum(states.values()) == len(truth)
    assert states["discovered"] == 0, done.out + done.err
    assert states["archived"] == len(truth) - len(faulty)
    assert told.keys() == {i.partition(":")[2] for i in faulty}
    assert all(told.values())
    server.control("fault?clear=1")
    assert place.crawl().code == 0
    assert look(place.folder).doubled == 0
    missing = {fault for i, fault in faulty.items() if i not in by_id(place.folder)}
    assert missing == set()  # no single answer is final


NO_PAUSES = ("-s", "BACKOFF_S=0.01", "-s", "BACKOFF_MAX_S=0.1")


def test_a_site_that_refuses_its_articles_blocks_us_and_no_link_is_given_up(
    tmp_path: Path, server: Running
) -> None:
    server.control("fault?clear=1")
    server.control("edition?n=1")
    server.control("fault?add=*.html=status:403")
    place = Place(tmp_path, server.mirror, PORTAL)
    for _ in range(TRIES_MAX + 1):
        assert place.crawl("-a", "limit=20", *NO_PAUSES).code == 4  # too few for the breaker
    server.control("fault?clear=1")
    assert place.crawl().code == 0
    assert sorted(look(place.folder).ids) == sorted(truth_of(server))


def test_ten_addresses_of_one_article_are_one_row(tmp_path: Path, server: Running) -> None:
    server.control("fault?clear=1")
    server.control("edition?n=1")
    server.control("set?traps=duplicates")
    place = Place(tmp_path, server.mirror, PORTAL)
    assert place.crawl().code == 0
    assert place.crawl(*EVERYTHING_AGAIN).code == 0
    server.control("set?traps=")
    assert sorted(look(place.folder).ids) == sorted(truth_of(server))


def test_a_new_date_alone_is_no_revision(portal: Place, server: Running) -> None:
    before = by_id(portal.folder)
    first = truth_of(server)
    server.control("edition?n=2")
    later = truth_of(server)
    dated = {
        i
        for i in first.keys() & later.keys()
        if later[i]["modified"] != first[i]["modified"]
        and (later[i]["headline"], later[i]["body"]) == (first[i]["headline"], first[i]["body"])
    }
    assert dated
    assert portal.crawl(*EVERYTHING_AGAIN).code == 0
    after = by_id(portal.folder)
    assert {i: after[i] for i in dated} == {i: before[i] for i in dated}


# Lists in a bad hour ------------------------------------------------------------------------------


@pytest.fixture
def paged(tmp_path: Path) -> Iterator[tuple[Place, Running]]:
    """The portal, twelve articles a list page, forty more in each edition; no archive yet."""
    with running(*LIKE, "--page-size", "12", "--new-per-edition", "40") as server:
        yield Place(tmp_path, server.mirror, PORTAL), server


@pytest.mark.parametrize("fault", ["long", "truncgzip", "captcha", "soft404"])
def test_half_a_list_is_not_the_end_of_it(paged: tuple[Place, Running], fault: str) -> None:
    place, server = paged
    server.control(f"fault?add=/tin-hoat-dong/={fault}@1")
    server.control(f"fault?add=/tin-hoat-dong/trang-2.html={fault}@1")
    done = place.crawl()
    assert done.code == 0, done.out + done.err
    assert server.stats()["faults"] == {fault: 2}
    assert sorted(look(place.folder).ids) == sorted(truth_of(server))


def test_an_api_that_answers_with_nothing_for_once_is_asked_again(
    tmp_path: Path, replica: Replica
) -> None:
    replica.reset()
    asked = Counter[str]()

    def empty_at_first(path: str, text: str) -> str:
        asked[path] += 1
        is_first = asked[path] == 1 and "first=0" not in path
        return '{"response": [], "total": 0}' if is_first else text

    with mutating_proxy(replica.address) as proxy:
        proxy.api = empty_at_first
        place = Place(tmp_path, proxy.address, "baodongnai")
        for most in (1, 2):  # the run believes the end, the next one looks behind it
            done = place.crawl()
            assert done.code == 0, done.out + done.err
            assert max(n for path, n in asked.items() if "first=0" not in path) == most
    there = published(replica, "baodongnai.com.vn", "baodongnai")
    assert differences(look(place.folder), there) == {}


def test_a_robots_txt_that_forbids_all_for_a_day_costs_no_article(
    paged: tuple[Place, Running],
) -> None:
    place, server = paged
    assert place.crawl("-a", "limit=3").code == 0
    server.control("fault?add=/robots.txt=robots:all")
    assert place.crawl().code == 6
    server.control("fault?clear=1")
    assert place.crawl().code == 0
    assert sorted(look(place.folder).ids) == sorted(truth_of(server))


def test_a_clock_that_was_two_years_ahead_hides_no_news(paged: tuple[Place, Running]) -> None:
    place, server = paged
    assert place.crawl().code == 0
    ahead = timedelta(days=730)
    with Ledger.open(place.folder, PORTAL) as ledger:
        for (source,) in list(ledger.database.rows("SELECT source FROM listings")):
            known = ledger.lists.get(source)
            assert known.known_at is not None
            then = known.known_at + ahead
            ledger.lists.note(source, Listing(known.cursor, then, known.reached), then)
        with ledger.database.writing() as db:
            db.execute("UPDATE links SET seen_at = seen_at + ?", (ahead.total_seconds(),))
    server.control("edition?n=2")
    for _ in range(2):
        assert place.crawl().code == 0
    assert truth_of(server).keys() <= set(look(place.folder).ids)


# A backfill that is killed -----------------------------------------------------------------------


# Fifty requests a second, one at a time: what half a second asked for may be asked for again.
SINCE = ("-a", "since=2024-01-01", "-s", "DOWNLOAD_DELAY=0.02", "-s",
         "CONCURRENT_REQUESTS_PER_DOMAIN=1")  # fmt: skip
HALF_A_SECOND = 25


def test_a_backfill_goes_on_where_it_was_killed(tmp_path: Path, replica: Replica) -> None:
    replica.reset()
    whole = Place(tmp_path / "whole", replica.address)
    assert whole.crawl(*SINCE).code == 0
    unbroken = requests(replica)
    replica.reset()
    broken = Place(tmp_path / "broken", replica.address)
    running = broken.start(*SINCE)
    assert wait_until(lambda: requests(replica) >= unbroken // 2)
    assert running.kill()
    assert broken.crawl(*SINCE).code == 0
    lists = sum(1 for path in replica.stats()["paths"] if article_of(path) is None)
    assert requests(replica) <= unbroken + lists + HALF_A_SECOND
    assert max(articles_asked(replica).values()) <= 2
    assert look(broken.folder).texts == look(whole.folder).texts


def test_a_backfill_longer_than_its_bound_goes_deeper_each_time(
    tmp_path: Path, first: Place, replica: Replica
) -> None:
    replica.reset()
    place = Place(tmp_path, replica.address)
    bounded = ("-a", "since=2023-11-01", "-s", "LIST_PAGES=2")
    counts = [0]
    codes = [7]
    while codes[-1] == 7 and len(counts) < 12:
        codes.append(place.crawl(*bounded).code)
        counts.append(len(look(place.folder).ids))
    assert codes[-1] == 0
    assert counts[:-1] == sorted(set(counts[:-1]))  # each run brings more; the last may see the end
    assert look(place.folder).texts == look(first.folder).texts


# Another clock, another zone ---------------------------------------------------------------------


ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/New_York")
OF_THE_RUN = ("fetched_at", "first_seen_at", "run_id", "raw_ref")


def test_the_machines_time_zone_is_in_no_line(tmp_path: Path, replica: Replica) -> None:
    replica.reset()
    lines = []
    for zone in ZONES:
        place = Place(tmp_path / zone.replace("/", "-"), replica.address)
        done = place.start(env={"TZ": zone}).done()
        assert done.code == 0, done.err
        lines.append(
            [{k: v for k, v in line.items() if k not in OF_THE_RUN}
             for line in read_articles(place.folder)]
        )  # fmt: skip
    assert lines[0] == lines[1] == lines[2]
    assert lines[0]


# Pages read again --------------------------------------------------------------------------------


BROKEN = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "reliability" / "broken")))
TODAY = "/a1."


def test_reparse_of_a_whole_archive_changes_no_byte(
    third: tuple[Place, list[dict[str, Any]], list[dict[str, Any]]], replica: Replica
) -> None:
    place, _, _ = third
    replica.reset()
    before = sums(place.folder, "articles", "revisions", "runs", "pages", "manifest.json")
    done = place.say("reparse")
    assert done.code == 0, done.err
    assert "new 0 · changed 0" in done.out
    assert sums(place.folder, "articles", "revisions", "runs", "pages", "manifest.json") == before
    assert requests(replica) == 0


def test_reparse_brings_back_what_a_broken_reader_lost(
    tmp_path: Path, first: Place, replica: Replica
) -> None:
    replica.reset()
    place = Place(tmp_path, replica.address)
    done = place.start(env={"PYTHONPATH": BROKEN, "BREAK": "all"}).done()
    assert done.code == 3, done.out + done.err
    whole, broken = by_id(first.folder), by_id(place.folder)
    lost = whole.keys() - broken.keys()
    assert lost == {i for i, line in whole.items() if TODAY in line["extractor"]}
    replica.reset()
    mended = place.say("reparse")
    assert mended.code == 0, mended.err
    assert f"new {len(lost)} · changed 0" in mended.out
    assert requests(replica) == 0
    assert look(place.folder).texts == look(first.folder).texts
    assert verify(place.folder, check_line) == ()


def test_reparse_puts_right_what_a_stand_in_read(
    tmp_path: Path, first: Place, replica: Replica
) -> None:
    replica.reset()
    place = Place(tmp_path, replica.address)
    done = place.start(env={"PYTHONPATH": BROKEN, "BREAK": "layout"}).done()
    assert done.code == 3, done.out + done.err
    stood_in = {i for i, line in by_id(place.folder).items() if TODAY not in line["extractor"]}
    replica.reset()
    assert place.say("reparse").code == 0
    assert requests(replica) == 0
    after = by_id(place.folder)
    assert look(place.folder).texts == look(first.folder).texts
    assert {i for i, line in after.items() if line["revision"] == 2} <= stood_in
    assert {line["changed_by"] for line in read_revisions(place.folder)} == {"extractor"}


def test_a_broken_reader_takes_nothing_from_what_is_archived(
    place: Place, replica: Replica
) -> None:
    replica.set_edition(3)
    before = by_id(place.folder)
    place.start(*EVERYTHING_AGAIN, env={"PYTHONPATH": BROKEN, "BREAK": "layout"}).done()
    after = by_id(place.folder)
    assert {i: after[i]["extractor"] for i in before} == {
        i: line["extractor"] for i, line in before.items()
    }
    assert place.crawl(*EVERYTHING_AGAIN).code == 0
    truth = {f"{place.name}:{row['key']}": row for row in replica.truth(HOST)}
    after = by_id(place.folder)
    assert {i: after[i]["headline"] for i in truth} == {
        i: row["headline"] for i, row in truth.items()
    }
