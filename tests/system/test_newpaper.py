"""`scrapy newpaper ADDRESS` gives a declared newspaper, which a person then looks at."""

import json
from pathlib import Path

import pytest

from newscrawl.archive.export.row_reader import read_articles
from tests.support.checkouts import copy_of_the_checkout, run_in
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.strangers import (
    aspnet,
    drupal,
    k2,
    load_more,
    next_shell,
    scripted,
    webforms,
    wordpress,
)
from tests.support.strangers.scoring import score
from tests.support.strangers.serving import Serving, Stranger, serving

SITES = [
    wordpress.SITE,
    drupal.SITE,
    aspnet.SITE,
    scripted.SITE,
    k2.SITE,
    load_more.CLOSED,
    next_shell.SITE,
    webforms.SITE,
]
FIELDS_MIN_SHARE = 0.98


def newpaper(paper: Serving, *more: str, address: str = "") -> tuple[int, str]:
    """Exit code, and what was printed."""
    given = address or paper.site.address
    done = run_scrapy("newpaper", given, "-s", f"MIRROR={paper.mirror}", *LOOPBACK, *more)
    return done.returncode, done.stdout + done.stderr


def mark_checked(folder: Path) -> None:
    for path in folder.glob("*.json"):
        gold = json.loads(path.read_text("utf-8")) | {"checked": True}
        path.write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_newspaper_is_crawled_and_the_checks_pass(site: Stranger, tmp_path: Path) -> None:
    checkout = copy_of_the_checkout(tmp_path / "newscrawl")
    fixtures = checkout / "tests" / "fixtures" / site.name
    with serving(site) as paper:
        code, said = newpaper(paper, "--province", "08", "--to", str(checkout))
        assert code == 0, said
        done = run_in(checkout, "scrapy", "checkall")
        assert done.returncode == 1
        assert (
            done.stderr.count(f"{site.name}/")
            == done.stderr.count('"checked" is not true')
            in (2, 3)
        )
        mark_checked(fixtures)
        done = run_in(checkout, "scrapy", "checkall")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.count(f"{site.name}: its fixtures are checked, and ") == 1
        done = run_in(checkout, "pytest", "tests/unit/test_fixtures.py", "-q", "-k", site.name)
        assert done.returncode == 0, done.stdout
        places = ("-s", f"MIRROR={paper.mirror}", "-s", f"ARCHIVE={tmp_path / 'output'}")
        done = run_in(checkout, "scrapy", "crawl", site.name, *places, *LOOPBACK)
        assert done.returncode == 0, done.stdout + done.stderr
        lines = list(read_articles(tmp_path / "output" / site.name))
        assert sorted(line["url"] for line in lines) == sorted(site.truths())
        assert score(site, lines).share >= FIELDS_MIN_SHARE
        paper.asked.clear()
        done = run_in(checkout, "scrapy", "crawl", site.name, *places, *LOOPBACK)
        assert done.returncode == 0, done.stdout + done.stderr
        assert paper.asked_articles() == set()


@pytest.mark.thorough
def test_the_pages_are_saved_as_served_with_what_is_read(tmp_path: Path) -> None:
    site = aspnet.SITE
    with serving(site) as paper:
        code, said = newpaper(paper, "--province", "91", "--to", str(tmp_path))
        assert f"crawl {site.name} -a limit=20 -s MIRROR={paper.mirror}, then" in said
    assert code == 0, said
    folder = tmp_path / "tests" / "fixtures" / site.name
    assert sorted(path.name for path in folder.iterdir()) == [
        "article-1.html", "article-1.json", "article-2.html", "article-2.json", "section.html",
        "section.json",
    ]  # fmt: skip
    gold = json.loads((folder / "article-1.json").read_text("utf-8"))
    truth = site.truths()[gold["url"]]
    assert (gold["checked"], gold["page"]) == (False, "article")
    assert gold["expected"]["headline"] == truth["headline"]
    assert gold["expected"]["body"] == truth["body"].split("\n\n")
    number = {"id": gold["url"].rpartition("=")[2]}
    assert (folder / "article-1.html").read_bytes() == site.answer("/detail.aspx", number).raw
    section = json.loads((folder / "section.json").read_text("utf-8"))
    assert section["expected"]["next_page"].endswith("/list.aspx?cat=1&page=2")
    assert (
        (tmp_path / "catalogue-row.csv").read_text("utf-8").startswith("baoculao,baoculao.com.vn,")
    )
    order = ["Left to do:", "  1. read ", "article-1.json", "section.json", "checkall", "limit=20"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("address", "more", "said"),
    [
        ("https://baotuyenquang.com.vn/", (), "is declared: newscrawl/spiders/baotuyenquang.py"),
        ("https://baoculao.com.vn/", (), "of which province is it? --province CODE, one of 01 Hà"),
        ("https://baoculao.com.vn/", ("--province", "99"), "'99' is no province of today"),
        ("https://localhost/", ("--province", "08"), "is no newspaper's host"),
    ],
)
def test_what_can_be_wrong_is_told_before_any_request(
    address: str, more: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    with serving(aspnet.SITE) as paper:
        code, told = newpaper(paper, "--to", str(tmp_path), *more, address=address)
        assert paper.asked == {}
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert said in told


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "newscrawl" / "spiders" / "baoculao.py"
    path.parent.mkdir(parents=True)
    path.write_text("x = 1\n", encoding="utf-8")
    with serving(aspnet.SITE) as paper:
        code, told = newpaper(paper, "--province", "91", "--to", str(tmp_path))
    assert code == 2
    assert "is there already: --name gives another name" in told
    assert path.read_text("utf-8") == "x = 1\n"
