"""Gone is an article that two days find absent, under every address; nothing stays gone."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.hostile.harness import Running, running
from tests.reliability.crawls import EVERYTHING_AGAIN, Done, Place
from tests.reliability.truths import by_id
from tests.support.days import pass_days

pytestmark = pytest.mark.thorough

PORTAL = "hdndtuyenquang"
LIKE = ("--like", PORTAL, "--articles", "24", "--no-specials", "--seed", "21")
# With that seed edition 2 holds an edit, a removal, a new slug and a new date alone.


@pytest.fixture(scope="module")
def running_server() -> Iterator[Running]:
    with running(*LIKE) as server:
        yield server


@pytest.fixture
def server(running_server: Running) -> Running:
    running_server.control("fault?clear=1")
    running_server.control("edition?n=1")
    return running_server


@pytest.fixture
def place(tmp_path: Path, server: Running) -> Place:
    place = Place(tmp_path, server.mirror, PORTAL)
    assert place.crawl().code == 0
    return place


def absent(server: Running, ids: list[str], status: int = 404) -> None:
    for article_id in ids:
        server.control(f"fault?add=*-{article_id.partition(':')[2]}.html=status:{status}")


def look_again(place: Place) -> Done:
    return place.crawl(*EVERYTHING_AGAIN)


def statuses(place: Place) -> set[tuple[str, int]]:
    return {(line["status"], line["http_status"]) for line in by_id(place.folder).values()}


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_is_absent_a_day_later_too_is_gone(
    place: Place, server: Running, status: int
) -> None:
    ids = sorted(by_id(place.folder))[:3]
    absent(server, ids, status)
    look_again(place)
    assert statuses(place) == {("live", 200)}
    pass_days(place.folder, 1)
    look_again(place)
    lines = by_id(place.folder)
    assert {i for i, line in lines.items() if line["status"] == "gone"} == set(ids)
    assert {lines[i]["http_status"] for i in ids} == {status}
    assert all(lines[i]["gone_at"] for i in ids)
    server.control("fault?clear=1")
    look_again(place)
    assert statuses(place) == {("live", 200)}


def test_a_list_that_names_a_gone_article_brings_it_back(place: Place, server: Running) -> None:
    ids = sorted(by_id(place.folder))[-3:]
    absent(server, ids)
    for _ in range(2):
        look_again(place)
        pass_days(place.folder, 1)
    assert {i for i, line in by_id(place.folder).items() if line["status"] == "gone"} == set(ids)
    server.control("fault?clear=1")
    done = place.crawl("-a", "since=2000-01-01")
    assert done.code == 0, done.out + done.err
    assert statuses(place) == {("live", 200)}


def test_a_run_in_which_most_are_absent_marks_none(place: Place, server: Running) -> None:
    ids = sorted(by_id(place.folder))
    for share in (len(ids), len(ids) * 3 // 4):
        absent(server, ids[:share])
        for _ in range(2):
            assert look_again(place).code in (3, 4)
            pass_days(place.folder, 1)
        server.control("fault?clear=1")
        assert statuses(place) == {("live", 200)}
    assert look_again(place).code == 0


def moved(place: Place, server: Running) -> tuple[str, str, str]:
    """The article whose slug edition 2 changes: its id, the old path and the new one."""
    server.control("edition?n=2")
    rows = [json.loads(row) for row in server.control("truth").split("\n") if row]
    new = {f"{PORTAL}:{row['id']}": row["path"] for row in rows if not row["gone"]}
    old = {i: urlsplit(line["url"]).path for i, line in by_id(place.folder).items()}
    (found,) = (i for i in old.keys() & new.keys() if old[i] != new[i])
    return found, old[found], new[found]


@pytest.mark.parametrize("first", ["the list", "the redirect", "the loss"])
def test_the_row_names_the_address_that_answers(place: Place, server: Running, first: str) -> None:
    article_id, old, new = moved(place, server)
    is_lost = f"fault?add={old}=status:404"
    if first == "the list":  # a refresh names the new address; the old one still redirects
        place.crawl()
    elif first == "the redirect":
        look_again(place)
    server.control(is_lost)
    for _ in range(2):
        look_again(place)
        pass_days(place.folder, 1)
    line = by_id(place.folder)[article_id]
    assert (line["status"], urlsplit(line["url"]).path) == ("live", new)
