"""Every list of a newspaper redesigned at once: no article is lost over two runs, and exit 3."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.mutating_proxy import MutatingProxy, Redesign, mutating_proxy

pytestmark = pytest.mark.thorough

NAME: Final = "baotuyenquang"
HOST: Final = "baotuyenquang.com.vn"
_ARTICLE: Final = re.compile(r"/[0-9]{6}/[^/]+-[0-9a-f]{7}/|-[0-9]{4,6}\.html")


def classes_renamed(path: str, html: str) -> str:
    return html if _ARTICLE.search(path) else re.sub(r"title(?=[1-5])", "x-tin", html)


def ids_gone(path: str, html: str) -> str:
    if _ARTICLE.search(path):
        return html
    return html.replace('id="site_id"', 'id="x-site"').replace('id="cate_id"', 'id="x-cate"')


def both(path: str, html: str) -> str:
    return ids_gone(path, classes_renamed(path, html))


def api_gone(_path: str, _body: str) -> str:
    return ""


BROKEN: Final[dict[str, tuple[Redesign | None, Redesign | None]]] = {
    "classes": (classes_renamed, None),
    "ids": (ids_gone, None),
    "api": (None, api_gone),
    "everything": (both, api_gone),
}


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=160) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(replica: Replica) -> Iterator[MutatingProxy]:
    with mutating_proxy(replica.address) as running:
        yield running


@pytest.mark.parametrize("kind", BROKEN)
def test_no_article_is_lost_over_two_runs_and_the_run_says_so(
    kind: str, replica: Replica, proxy: MutatingProxy, tmp_path: Path
) -> None:
    proxy.redesign, proxy.api = BROKEN[kind]
    for edition in (1, 2):
        replica.set_edition(edition)
        places = ("-s", f"ARCHIVE={tmp_path}", "-s", f"MIRROR={proxy.address}")
        done = run_scrapy("crawl", NAME, *places, *LOOPBACK)
        assert done.returncode == 3, done.stdout + done.stderr
        keys = {line["id"].partition(":")[2] for line in read_articles(tmp_path / NAME)}
        assert keys == {row["key"] for row in replica.truth(HOST)}
    checked = run_scrapy("verify", NAME, "-s", f"ARCHIVE={tmp_path}")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    if kind != "classes":  # there the list API names all articles, though the page shows none
        assert "the generic list reader stood in" in done.stdout
        command = re.search(r"make a fixture: scrapy (.+)$", done.stdout, re.MULTILINE)
        assert command is not None, done.stdout
        place = ("--to", str(tmp_path / "made"), "-s", f"ARCHIVE={tmp_path}")
        made = run_scrapy(*command[1].split(), *place)
        assert made.returncode == 0, made.stdout + made.stderr
        [path] = (tmp_path / "made" / NAME).glob("section-*.json")
        gold = json.loads(path.read_text("utf-8"))
        assert (gold["page"], gold["checked"]) == ("section", False)
        assert gold["expected"]["articles"]


def test_a_list_mended_after_a_fault_is_walked_down_to_what_was_known_before(
    replica: Replica, proxy: MutatingProxy, tmp_path: Path
) -> None:
    places = ("-s", f"ARCHIVE={tmp_path}", "-s", f"MIRROR={proxy.address}")
    for edition, (redesign, api), code in ((1, (None, None), 0), (2, BROKEN["everything"], 3),
                                           (3, (None, None), 0)):  # fmt: skip
        proxy.redesign, proxy.api = redesign, api
        replica.set_edition(edition)
        done = run_scrapy("crawl", NAME, *places, *LOOPBACK)
        assert done.returncode == code, done.stdout + done.stderr
    keys = {line["id"].partition(":")[2] for line in read_articles(tmp_path / NAME)}
    assert keys >= {row["key"] for row in replica.truth(HOST)}
