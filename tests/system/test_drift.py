"""A redesign met by whole crawls: noticed in its first run, mended by reading the pages again."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_revisions, read_runs
from newscrawl.archive.warc.page_reader import read_page
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.mutating_proxy import MutatingProxy, mutating_proxy

pytestmark = pytest.mark.thorough

NAME: Final = "baodongnai"
HOST: Final = "baodongnai.com.vn"
FIELDS: Final = ("headline", "lead", "captions", "authors", "tags", "section_path", "published_at")
_ARTICLE: Final = re.compile(r"/[0-9]{6}/[^/]+-[0-9a-f]{7}/")
# What a person adds to the template: the same class with the heading's new name.
MENDED: Final = """
from newscrawl.cms import vnpt

page = vnpt.VnptA2Page
page.version = "a2.2"
page.identifying_selectors = ('//h1[@class="x-tieu-de"]', page.identifying_selectors[1])
page.headline_selector = page.identifying_selectors[0]
page.published_selector = page.published_selector.replace("head_title", "x-tieu-de")
"""

# A newspaper's own floor.
FLOORED: Final = """
from newscrawl.crawl.newspaper_spider import NewspaperSpider

NewspaperSpider.field_floors = {"lead": 0.5, "source": 0.99}
"""

Done = subprocess.CompletedProcess[str]
Lines = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica() as running:
        yield running


@pytest.fixture(scope="module")
def proxy(replica: Replica) -> Iterator[MutatingProxy]:
    with mutating_proxy(replica.address) as running:
        yield running


def crawl(folder: Path, proxy: MutatingProxy, *more: str, changed: Path | None = None) -> Done:
    places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={proxy.address}")
    env = {} if changed is None else {"PYTHONPATH": str(changed)}
    return run_scrapy("crawl", NAME, *places, *LOOPBACK, *more, env=env)


def lines_of(folder: Path) -> Lines:
    return {line["id"].partition(":")[2]: line for line in read_articles(folder / NAME)}


def last_run(folder: Path) -> dict[str, Any]:
    return max(read_runs(folder / NAME), key=lambda run: str(run["started_at"]))


def heading_renamed(_: str, html: str) -> str:
    """The headline's class has another name."""
    return html.replace('<h1 class="head_title">', '<h1 class="x-tieu-de">')


def related_inserted(path: str, html: str) -> str:
    """Links to other articles stand between the first two paragraphs; other ones on each page."""
    if not _ARTICLE.search(path):
        return html
    links = "".join(f"<p><a href='/x/{n}'>Chuyện ở {path[-9:-1]} kỳ {n}</a></p>" for n in range(3))
    head, body, rest = html.partition('<div class="td-post-content tagdiv-type">')
    first, end, others = rest.partition("</p>")
    return f"{head}{body}{first}{end}{links}{others}"


def all_missing(path: str, html: str) -> str:
    """Articles have moved behind a page that says they are not there."""
    if not _ARTICLE.search(path):
        return html
    return (
        "<html><head><title>Không tìm thấy trang</title></head><body><h1>Không tìm thấy trang"
        "</h1><p>Mời bạn về <a href='/'>trang chủ</a>.</p></body></html>"
    )


def all_gone(path: str, html: str) -> str:
    """The new CMS has other addresses and sends nobody on."""
    return "" if _ARTICLE.search(path) else html


def lists_renamed(path: str, html: str) -> str:
    """The links of lists have other classes; the hidden ids of their sections stay."""
    return html if _ARTICLE.search(path) else re.sub(r'class="title\d', 'class="x-tit', html)


def emptied(path: str, html: str) -> str:
    """Articles come without their text."""
    if not _ARTICLE.search(path):
        return html
    return "<html><head><title>Tin</title></head><body><p>Mời xem.</p></body></html>"


def test_links_names_every_page_that_failed(
    tmp_path: Path, proxy: MutatingProxy, replica: Replica
) -> None:
    proxy.redesign = None
    assert crawl(tmp_path, proxy).returncode == 0
    proxy.redesign = emptied
    done = crawl(tmp_path, proxy, "-a", "refetch=0d")
    proxy.redesign = None
    told = re.search(rf"failed (\d+) \((scrapy links {NAME} .+)\)$", done.stdout, re.MULTILINE)
    assert told is not None, done.stdout
    assert int(told[1]) == len(replica.truth(HOST))
    listed = run_scrapy(*told[2].split()[1:])  # as it is printed
    assert len(listed.stdout.splitlines()) == int(told[1])


# A floor -----------------------------------------------------------------------------------------


def test_a_field_below_the_declared_floor_degrades_a_first_run(
    tmp_path: Path, proxy: MutatingProxy
) -> None:
    (tmp_path / "sitecustomize.py").write_text(FLOORED, encoding="utf-8")
    proxy.redesign = None
    done = crawl(tmp_path / "archive", proxy, changed=tmp_path)
    assert done.returncode == 3, done.stdout + done.stderr
    assert re.search(
        r"field source \(a2\): on \d\d?% of \d+ articles, the floor is 99%", done.stdout
    )
    record = last_run(tmp_path / "archive")
    assert record["health"] == "thin"
    assert [weak["field"] for weak in record["weaknesses"]] == ["source"]


# Healthy, then with something among the text -----------------------------------------------------


@pytest.fixture(scope="module")
def healthy(
    tmp_path_factory: pytest.TempPathFactory, proxy: MutatingProxy
) -> tuple[Path, list[Done]]:
    """An archive after two runs without a redesign, the second over every page again."""
    folder = tmp_path_factory.mktemp("healthy")
    proxy.redesign = None
    return folder, [crawl(folder, proxy), crawl(folder, proxy, "-a", "refetch=0d")]


def test_runs_without_a_redesign_are_well(healthy: tuple[Path, list[Done]]) -> None:
    folder, runs = healthy
    assert [run.returncode for run in runs] == [0, 0], "".join(r.stdout + r.stderr for r in runs)
    assert last_run(folder)["weaknesses"] == []
    assert last_run(folder)["fields"]["a2"]["seen"] == len(lines_of(folder))


def test_what_leaks_into_the_text_degrades_the_run(
    healthy: tuple[Path, list[Done]], proxy: MutatingProxy
) -> None:
    folder, _ = healthy
    proxy.redesign = related_inserted
    done = crawl(folder, proxy, "-a", "refetch=0d")
    assert done.returncode == 3, done.stdout + done.stderr
    assert {(weak["template"], weak["field"]) for weak in last_run(folder)["weaknesses"]} == {
        ("a2", "body")
    }
    assert re.search(r"field body \(a2\): .* on \d+% of \d+ articles, usually on \d+%", done.stdout)


def test_a_redesign_is_told_in_the_next_run_too(
    healthy: tuple[Path, list[Done]], proxy: MutatingProxy
) -> None:
    """The first of its runs is no measure of the second."""
    folder, _ = healthy
    proxy.redesign = related_inserted
    for _ in range(2):
        done = crawl(folder, proxy, "-a", "refetch=0d")
        assert done.returncode == 3, done.stdout + done.stderr
        assert "field body (a2): " in done.stdout


def test_pages_that_pass_for_missing_are_named_and_no_article_is_lost(
    healthy: tuple[Path, list[Done]], proxy: MutatingProxy
) -> None:
    folder, _ = healthy
    before = lines_of(folder)
    proxy.redesign = all_missing
    done = crawl(folder, proxy, "-a", "refetch=0d")
    assert done.returncode == 4, done.stdout + done.stderr
    said = f"of the articles asked for, {len(before)} said that the page does not exist"
    assert said in done.stdout
    assert lines_of(folder) == before


def test_addresses_that_vanish_all_at_once_are_named(tmp_path: Path, proxy: MutatingProxy) -> None:
    proxy.redesign = None
    assert crawl(tmp_path, proxy).returncode == 0
    before = lines_of(tmp_path)
    proxy.redesign = all_gone
    done = crawl(tmp_path, proxy, "-a", "refetch=0d")
    assert done.returncode == 4, done.stdout + done.stderr
    assert f"of the articles asked for, {len(before)} answered 404" in done.stdout
    assert "nothing of it counts, the next run asks again" in done.stdout
    assert lines_of(tmp_path) == before


def test_lists_that_give_nothing_are_named_by_their_addresses(
    healthy: tuple[Path, list[Done]], proxy: MutatingProxy
) -> None:
    folder, _ = healthy
    proxy.redesign = lists_renamed
    done = crawl(folder, proxy)
    assert done.returncode == 3, done.stdout + done.stderr
    assert re.search(r"field links \(lists\): 0 links, never fewer than \d+", done.stdout)
    found = last_run(folder)["weaknesses"]  # what could not be read, and what is fewer than ever
    assert {(weak["template"], weak["field"]) for weak in found} == {("lists", "links")}
    examples = [url for weak in found for url in weak["examples"]]
    assert all(re.fullmatch(rf"https://{HOST}/[a-z/-]+/", url) for url in examples)
    assert "savefixture" not in done.stdout


# A template that cannot be read, and mended ------------------------------------------------------


@pytest.fixture(scope="module")
def drifted(tmp_path_factory: pytest.TempPathFactory, proxy: MutatingProxy) -> tuple[Path, Done]:
    """An archive of pages whose layout is not known."""
    folder = tmp_path_factory.mktemp("drifted")
    proxy.redesign = heading_renamed
    return folder, crawl(folder, proxy)


def test_report_names_newspaper_field_template_examples_and_command(
    drifted: tuple[Path, Done], replica: Replica
) -> None:
    _, done = drifted
    count = len(replica.truth(HOST))
    assert done.returncode == 3, done.stdout + done.stderr
    assert done.stdout.startswith(NAME)
    assert f"field headline (a2): not read on {count} of {count} pages" in done.stdout
    examples = re.findall(rf"^    (https://{HOST}/\S+)$", done.stdout, re.MULTILINE)
    assert len(set(examples)) == 3
    assert f"read by the generic reader meanwhile: {count} (layout_unknown)" in done.stdout
    assert f"scrapy savefixture {NAME} {examples[0]}" in done.stdout


def test_record_says_the_same(drifted: tuple[Path, Done]) -> None:
    folder, _ = drifted
    record = last_run(folder)
    assert record["exit_code"] == 3
    assert record["health"] == "degraded"
    weak = record["weaknesses"][0]
    assert (weak["field"], weak["template"], len(weak["examples"])) == ("headline", "a2", 3)


def test_stand_ins_are_archived_flagged_and_their_pages_kept(
    drifted: tuple[Path, Done], replica: Replica
) -> None:
    folder, _ = drifted
    lines = lines_of(folder)
    assert lines.keys() == {row["key"] for row in replica.truth(HOST)}
    assert all("layout_unknown" in line["warnings"] for line in lines.values())
    pages = [read_page(folder / NAME, line["raw_ref"]) for line in lines.values()]
    assert all(b'<h1 class="x-tieu-de">' in page.body for page in pages)


def test_printed_command_makes_a_fixture(drifted: tuple[Path, Done], tmp_path: Path) -> None:
    folder, done = drifted
    command = re.search(r"make a fixture: scrapy (.+)$", done.stdout, re.MULTILINE)
    assert command is not None
    made = run_scrapy(*command[1].split(), "--to", str(tmp_path), "-s", f"ARCHIVE={folder}")
    assert made.returncode == 0, made.stdout + made.stderr
    [page] = (tmp_path / NAME).glob("*.html")
    assert b'<h1 class="x-tieu-de">' in page.read_bytes()
    assert page.with_suffix(".json").exists()


@pytest.fixture(scope="module")
def mended(drifted: tuple[Path, Done], tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The pages read again by a template that knows the new heading."""
    folder, _ = drifted
    place = tmp_path_factory.mktemp("mended")
    (place / "sitecustomize.py").write_text(MENDED, encoding="utf-8")
    env = {"PYTHONPATH": str(place)}
    return run_scrapy("reparse", NAME, "-s", f"ARCHIVE={folder}", env=env)


def test_mended_template_replaces_the_stand_ins(
    drifted: tuple[Path, Done], mended: Done, replica: Replica
) -> None:
    folder, _ = drifted
    assert mended.returncode == 0, mended.stdout + mended.stderr
    truth = {row["key"]: row for row in replica.truth(HOST)}
    assert f"changed {len(truth)} · unchanged 0 · unread 0" in mended.stdout
    lines = lines_of(folder)
    assert [key for key, line in lines.items() if "layout_unknown" in line["warnings"]] == []
    assert {line["extractor"].rpartition("/")[2] for line in lines.values()} == {"a2.2"}
    wrong = {
        (key, field)
        for key, line in lines.items()
        for field in FIELDS
        if line[field] != (truth[key][field] or type(line[field])())
    }
    assert wrong == set()
    assert all(line["body"] == "\n\n".join(truth[key]["body"] or ()) for key, line in lines.items())


def test_stand_ins_are_kept_as_revisions_of_the_extractor(
    drifted: tuple[Path, Done], mended: Done
) -> None:
    folder, _ = drifted
    assert mended.returncode == 0
    superseded = list(read_revisions(folder / NAME))
    assert len(superseded) == len(lines_of(folder))
    assert {line["changed_by"] for line in superseded} == {"extractor"}
    assert all("layout_unknown" in line["warnings"] for line in superseded)
