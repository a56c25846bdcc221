"""`scrapy probe` tells whether what we believe of a site is true, and exactly what is not."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.project.fixture import Fixture, fixtures
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.replica_site import served
from tests.support.strangers import aspnet, webforms
from tests.support.strangers.serving import Answer, Serving, serving

pytestmark = pytest.mark.thorough

NAME, HOST = "baotuyenquang", "baotuyenquang.com.vn"


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica(articles=300) as running:
        yield running


@pytest.fixture
def paper(replica: Replica) -> Iterator[Serving]:
    with served(replica, NAME, HOST) as found:
        yield found


def probe(given: str, paper: Serving, folder: Path) -> tuple[int, dict[str, Any], str]:
    """Exit code, the report, and what was printed."""
    places = ("-s", f"ARCHIVE={folder / 'output'}", "-s", f"MIRROR={paper.mirror}")
    done = run_scrapy("probe", given, "--to", str(folder / "probe"), *places, *LOOPBACK)
    report = json.loads((folder / "probe" / "report.json").read_text("utf-8"))
    return done.returncode, report, done.stdout + done.stderr


def differing(report: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f["subject"], f["found"]) for f in report["findings"] if f["verdict"] == "differs"]


def test_a_site_that_is_as_believed(paper: Serving, tmp_path: Path) -> None:
    code, report, said = probe(NAME, paper, tmp_path)
    assert (code, differing(report)) == (0, []), said
    assert report["verdict"] == "as believed"
    assert report["requests"] == sum(paper.asked.values()) <= 40
    assert max(paper.asked.values()) == 1
    assert f"{NAME}: all is as believed; {report['requests']} requests" in said
    read = [one for one in report["articles"] if "fields" in one]
    assert len(read) >= 10
    assert {one["page_class"] for one in read} == {"VnptA1Page"}
    assert all(one["fields"]["headline"] and one["fields"]["published_at"] for one in read)


def test_the_folder_holds_report_and_pages(paper: Serving, tmp_path: Path) -> None:
    _, report, said = probe(NAME, paper, tmp_path)
    folder = tmp_path / "probe"
    assert sorted(path.name for path in folder.iterdir()) == ["pages", "report.json", "report.txt"]
    assert (folder / "report.txt").read_text("utf-8").strip() in said
    saved = list(fixtures(folder / "pages"))
    kinds = [one.page for one in saved]
    assert kinds.count("article") == len(report["articles"])
    assert kinds.count("section") >= 20
    assert {one.gold["checked"] for one in saved} == {False}
    assert _answer_of(paper, saved[0]) == saved[0].path.read_bytes()


def _answer_of(paper: Serving, fixture: Fixture) -> bytes:
    return paper.site.answer(fixture.gold["url"].removeprefix(f"https://{HOST}"), {}).raw


def in_html(target: str, found: Answer) -> bool:
    return "html" in found.content_type and found.status == 200 and "/api/" not in target


def is_article(target: str) -> bool:
    return re.search(r"/\d{6}/", target) is not None


def five_changes(target: str, found: Answer) -> Answer:
    """A list's class, the list API, the headline's mark, robots.txt, a list on another host."""
    if target == "/robots.txt":
        return Answer("User-agent: *\nDisallow: /van-hoa/\n", content_type="text/plain")
    if "/api/article/list" in target:
        return Answer("", 404)
    if target == "/quoc-te/":
        return Answer("", 301, headers={"Location": "https://quocte.baokhac.vn/"})
    if target == "/xa-hoi/":
        return Answer(re.sub(rb'class="title\d', b'class="tua', found.raw), 200, found.content_type)
    if is_article(target) and in_html(target, found):
        return Answer(found.raw.replace(b"media-heading", b"tua-bai"), 200, found.content_type)
    return found


def test_five_changes_are_told_and_nothing_else(paper: Serving, tmp_path: Path) -> None:
    paper.changed = five_changes
    code, report, said = probe(NAME, paper, tmp_path)
    assert code == 3, said
    found = differing(report)
    assert len(found) == 5, found
    count = len(report["articles"])
    told = dict(found)
    former = "/van-hoa/trang-1.html, /van-hoa/du-lich/trang-1.html"
    assert told["robots.txt"] == f"it forbids /van-hoa/, {former}"
    lists = [words for subject, words in found if subject == "1 list"]
    assert "/xa-hoi/: it names no article" in lists
    assert "/quoc-te/: redirects to another host: https://quocte.baokhac.vn/" in lists
    assert told["older page of /thoi-su-chinh-tri/"] == "HTTP 404"
    assert re.fullmatch(
        r"VnptA1Page: nothing matches its headline .*media-heading.*; the generic reader reads \d+",
        told[f"{count} of {count} articles"],
    )


@pytest.mark.parametrize(
    ("change", "subject", "words"),
    [
        (lambda t, f: Answer("", 503) if t == "/robots.txt" else f, "robots.txt", "cannot be read"),
        (lambda t, f: Answer("", 404) if t == "/kinh-te/" else f, "1 list", "/kinh-te/: HTTP 404"),
        (
            lambda t, f: (
                Answer(f.raw.decode().encode("utf-16"), 200, "text/html; charset=utf-16")
                if t == "/kinh-te/"
                else f
            ),
            "encoding",
            "1 of ",
        ),
    ],
    ids=["robots", "gone", "encoding"],
)
def test_one_change_is_told(
    change: Any, subject: str, words: str, paper: Serving, tmp_path: Path
) -> None:
    paper.changed = change
    code, report, said = probe(NAME, paper, tmp_path)
    assert code in (3, 6), said
    assert any(one == subject and words in found for one, found in differing(report)), said


def test_an_address_that_nobody_declared_is_looked_at(tmp_path: Path) -> None:
    with serving(aspnet.SITE) as paper:
        code, report, said = probe(aspnet.SITE.address, paper, tmp_path)
        assert sum(paper.asked.values()) <= 40
    assert code == 0, said
    assert [f["found"] for f in report["findings"] if f["subject"] == "4 lists"]
    read = {one["url"]: one["fields"]["headline"] for one in report["articles"]}
    truths = aspnet.SITE.truths()
    assert len(read) >= 10
    assert read == {url: truths[url]["headline"] for url in read}
    assert not (tmp_path / "output").exists(), "a probe archives nothing"


def test_a_site_that_is_down_is_told(paper: Serving, tmp_path: Path) -> None:
    paper.changed = lambda *_: Answer("", 503)
    code, report, said = probe(NAME, paper, tmp_path)
    assert code in (4, 6), said
    assert sum(paper.asked.values()) <= 40
    assert differing(report)


def test_packed_sitemaps_are_neither_a_further_source_nor_damaged_letters(tmp_path: Path) -> None:
    with serving(webforms.SITE) as paper:
        code, report, said = probe(webforms.SITE.address, paper, tmp_path)
    assert (code, differing(report)) == (0, []), said
    subjects = [finding["subject"] for finding in report["findings"]]
    assert "sitemap /SiteMap.xml" in subjects
    assert "further source" not in subjects
