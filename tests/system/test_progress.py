"""Progress on real terminals: wide, narrow and dumb."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.replica import Replica, running_replica
from newscrawl.spiders.baotuyenquang import BaoTuyenQuangSpider
from tests.support.commands import LOOPBACK
from tests.support.terminal import CLEAR, on_terminal, screen

pytestmark = pytest.mark.thorough

PAPERS = ("baotuyenquang", "thanhpho", "baodongnai")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=60, latency_ms=30) as running:
        yield running


def command(what: str, folder: Path, replica: Replica, *more: str) -> list[str]:
    place = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={replica.address}", "-s", "SNAPSHOT=False")
    pace = ("-s", "DOWNLOAD_DELAY=0.001")  # a pace that an estimate can be made of
    return [sys.executable, "-m", "scrapy", what, *more, *place, *LOOPBACK, *pace]


def test_a_crawl_tells_an_estimate_before_and_while(tmp_path: Path, replica: Replica) -> None:
    shown = on_terminal(command("crawl", tmp_path, replica, "baotuyenquang"), 120)
    assert shown.code == 0
    before = next(row for row in shown.rows if row)
    assert before.startswith("baotuyenquang: at most 2 min, for ")
    assert f" articles of {len(BaoTuyenQuangSpider.sources)} lists at " in before
    assert before.endswith(" requests/s; each list from its newest on")
    assert any(" articles · at most " in row and " min left · " in row for row in shown.rows)
    assert screen(shown.text, 120)[-1] == ""
    again = on_terminal(command("crawl", tmp_path, replica, "baotuyenquang"), 120)
    assert "each list from its newest on" not in again.text


@pytest.mark.parametrize("columns", [50, 20])
def test_crawlall_does_not_flood_a_narrow_terminal(
    tmp_path: Path, replica: Replica, columns: int
) -> None:
    more = (*PAPERS, "--processes", "10")
    shown = on_terminal(command("crawlall", tmp_path, replica, *more), columns)
    assert shown.code == 0
    lines = [row for row in shown.rows if "newspapers" in row and "first time" not in row]
    assert len(lines) > len(PAPERS)
    assert max(map(len, lines)) < columns
    # Only the estimate stays, over as many rows as it needs.
    left = [row for row in screen(shown.text, columns) if row]
    assert "".join(left).startswith("3 newspapers for the first time; ")
    assert "at work" not in "".join(left)


@pytest.mark.parametrize("what", [("crawl", "thanhpho"), ("crawlall", *PAPERS)])
def test_a_dumb_terminal_gets_no_escapes(
    tmp_path: Path, replica: Replica, what: tuple[str, ...]
) -> None:
    asked = command(what[0], tmp_path, replica, *what[1:])
    shown = on_terminal(asked, 80, {"TERM": "dumb"})
    assert shown.code == 0
    assert "\x1b" not in shown.text
    assert shown.text.replace("\r\n", "").count("\r") == 0
    assert "from its newest on" in shown.text
    assert len(shown.text.split("\n")) < 8


def test_quiet_shows_nothing(tmp_path: Path, replica: Replica) -> None:
    shown = on_terminal(command("crawlall", tmp_path, replica, *PAPERS, "--quiet"), 80)
    assert (shown.code, shown.text.replace(CLEAR, "").strip()) == (0, "")
