"""A newspaper that nobody declared is crawled by its address: sites as strangers build them."""

import json
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.moody_site import moody_site
from tests.support.strangers import aspnet
from tests.support.strangers.all_sites import SITES
from tests.support.strangers.scoring import score
from tests.support.strangers.serving import Answer, Stranger, serving

FIELDS_MIN_SHARE = 0.98


def crawl(given: str, folder: Path, mirror: str, *more: str) -> tuple[int, str]:
    """Exit code, and what was printed."""
    places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={mirror}")
    done = run_scrapy("crawl", given, *places, *LOOPBACK, *more)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.thorough
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_article_is_archived_once_and_read_right(site: Stranger, tmp_path: Path) -> None:
    with serving(site) as paper:
        code, said = crawl(site.address, tmp_path, paper.mirror)
        assert code == 0, said
        lines = list(read_articles(tmp_path / site.name))
        assert sorted(line["url"] for line in lines) == sorted(site.truths())
        found = score(site, lines)
        assert found.share >= FIELDS_MIN_SHARE, found.wrong
        paper.asked.clear()
        code, said = crawl(site.name, tmp_path, paper.mirror)
        assert code == 0, said
        assert paper.asked_articles() == set()
    assert [run["counts"].get("article/new", 0) for run in read_runs(tmp_path / site.name)] == [
        60,
        0,
    ]


@pytest.fixture
def site() -> Stranger:
    return aspnet.SITE


@pytest.mark.thorough
def test_the_look_is_kept_told_and_made_once(site: Stranger, tmp_path: Path) -> None:
    with serving(site) as paper:
        code, said = crawl(site.address, tmp_path, paper.mirror, "-a", "limit=3")
        assert code == 0, said
        path = tmp_path / site.name / "sources.json"
        assert f"written to {path}" in said
        assert "section /list.aspx?cat=2: the menu names it 'Kinh tế'" in said
        before = path.read_bytes()
        paper.asked.clear()
        code, said = crawl(site.address, tmp_path, paper.mirror, "-a", "limit=3")
        assert code == 0, said
        assert "/" not in paper.asked, "the front page is looked at once a month"
    assert path.read_bytes() == before
    assert [one["address"] for one in json.loads(before)["sources"]] == [
        f"/list.aspx?cat={desk.number}" for desk in aspnet.DESKS
    ]


@pytest.mark.thorough
def test_a_month_later_it_is_told_what_was_added_and_what_vanished(
    site: Stranger, tmp_path: Path
) -> None:
    def without_readers(target: str, found: Answer) -> Answer:
        return Answer("", 404) if target.endswith("cat=8") else found

    with serving(site) as paper:
        crawl(site.address, tmp_path, paper.mirror, "-a", "limit=1")
        path = tmp_path / site.name / "sources.json"
        value = json.loads(path.read_text("utf-8"))
        value["looked_at"] = "2025-01-01T00:00:00Z"
        value["sources"] = [one for one in value["sources"] if not one["address"].endswith("=1")]
        path.write_text(json.dumps(value), encoding="utf-8")
        paper.changed = without_readers
        code, said = crawl(site.name, tmp_path, paper.mirror, "-a", "limit=1")
    assert code == 0, said
    assert "was added: section /list.aspx?cat=1: the menu names it" in said
    assert "has vanished: section /list.aspx?cat=8: HTTP 404" in said


def test_the_address_of_a_declared_newspaper_runs_its_spider(tmp_path: Path) -> None:
    with serving(aspnet.SITE) as paper:
        code, said = crawl(
            "https://www.baotuyenquang.com.vn/kinh-te/", tmp_path, paper.mirror, "-a", "section=/x/"
        )
    assert code == 2
    assert "section=/x/: the newspaper has no such section; near: /" in said
    assert paper.asked == {}


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("changed", "code", "said"),
    [
        (Answer("", 503), 4, "https://baoculao.com.vn/: HTTP 503"),
        (Answer("<html><body>Sắp ra mắt</body></html>"), 3, "no list, feed or sitemap"),
        (
            Answer("", 302, headers={"Location": "https://baokhac.vn/"}),
            3,
            "redirects to another host: https://baokhac.vn/",
        ),
    ],
    ids=["down", "empty", "moved"],
)
def test_a_site_that_offers_nothing_is_told_and_leaves_no_file(
    site: Stranger, tmp_path: Path, changed: Answer, code: int, said: str
) -> None:
    with serving(site) as paper:
        paper.changed = lambda target, found: changed if target in ("/", "/default.aspx") else found
        more = ("-s", "BACKOFF_S=0.001", "-s", "BACKOFF_MAX_S=0.001")
        found, told = crawl(site.address, tmp_path, paper.mirror, *more)
    assert (found, list(tmp_path.iterdir())) == (code, []), told
    assert said in told


@pytest.mark.thorough
def test_robots_txt_holds_for_the_look(site: Stranger, tmp_path: Path) -> None:
    def forbids(target: str, found: Answer) -> Answer:
        is_robots = target == "/robots.txt"
        return (
            Answer("User-agent: *\nDisallow: /\n", content_type="text/plain")
            if is_robots
            else found
        )

    with serving(site) as paper:
        paper.changed = forbids
        code, said = crawl(site.address, tmp_path, paper.mirror)
    assert code == 6, said
    assert set(paper.asked) <= {"/robots.txt", "/.well-known/tdmrep.json"}


@pytest.mark.parametrize(
    "given", ["https://", "https://localhost/", "https://127.0.0.1/", "http://a b/"]
)
def test_an_address_that_is_no_newspapers_is_refused(given: str, tmp_path: Path) -> None:
    code, said = crawl(given, tmp_path, "http://127.0.0.1:9")
    assert code == 2, said
    assert said.startswith("crawl: ")
    assert len(said.splitlines()) == 1


def test_a_list_without_a_new_article_for_a_month_is_told(tmp_path: Path) -> None:
    with moody_site("K") as paper:
        first = paper.crawl(tmp_path)
        assert first.of_sources.quiet == ()
        paper.numbers.insert(0, 24)
        assert paper.crawl(tmp_path, day=29).of_sources.quiet == ()
        assert paper.crawl(tmp_path, day=50).of_sources.quiet == ()
        late = paper.crawl(tmp_path, day=61)
    assert late.of_sources.quiet == ("/xa-hoi/",)
    assert "lists without a new article for a month: 1: /xa-hoi/" in late.summary()


@pytest.mark.thorough
def test_crawlall_looks_again_and_newpaper_keeps_the_name(site: Stranger, tmp_path: Path) -> None:
    with serving(site) as paper:
        crawl(site.address, tmp_path / "output", paper.mirror, "-a", "limit=1")
        path = tmp_path / "output" / site.name / "sources.json"
        value = json.loads(path.read_text("utf-8"))
        value["looked_at"] = "2025-01-01T00:00:00Z"
        value["sources"].pop()
        path.write_text(json.dumps(value), encoding="utf-8")
        places = ("-s", f"ARCHIVE={tmp_path / 'output'}", "-s", f"MIRROR={paper.mirror}", *LOOPBACK)
        done = run_scrapy("crawlall", site.name, *places)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "was added: section /list.aspx?cat=8" in done.stderr
        assert len(list(read_articles(tmp_path / "output" / site.name))) == 60
        new = ("--province", "91", "--to", str(tmp_path / "new"))
        done = run_scrapy("newpaper", site.address, *new, *places)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "new" / "newscrawl" / "spiders" / f"{site.name}.py").exists()
