"""A redesign met by whole crawls: told once, and `savefixture` proposes the class that reads it.

Two families: the replica's baodongnai (A2), declared, and a stranger's paper of family C.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.archive.warc.page_reader import read_page
from newscrawl.article.article_page import ArticlePage
from newscrawl.article.generic.generic_page import paper_of
from newscrawl.article.normalize import normalize
from newscrawl.cms.epi import EpiPage
from newscrawl.items import to_line
from newscrawl.page.document import Document
from newscrawl.replica import Replica, running_replica
from tests.support.commands import LOOPBACK, run_scrapy
from tests.support.mutating_proxy import mutating_proxy
from tests.support.strangers import familial
from tests.support.strangers.scoring import score
from tests.support.strangers.serving import Answer, serving

pytestmark = pytest.mark.thorough

NAME: Final = "baodongnai"
HOST: Final = "baodongnai.com.vn"
FIELDS: Final = ("headline", "lead", "captions", "authors", "tags", "section_path", "published_at")
RENAMED: Final = (
    ('class="head_title', 'class="tin-tieu-de'),
    ('class="td-post-content', 'class="tin-noi-dung'),
    ('class="date_time', 'class="tin-ngay'),
    ('<div class="date ', '<div class="tin-gio '),
)
RENAMED_EPI: Final = (
    ("article__title cms-title", "tin-tieu-de"),
    ("article__sapo cms-desc", "tin-sapo"),
    ('article__body zce-content-body cms-body" itemprop="articleBody', "tin-noi-dung"),
    ("article__meta", "tin-ngay"),
    ('class="cms-link"', 'class="lien-ket"'),
)
_CLASS: Final = re.compile(r"^class (\w+)\((\w+)\):\n(?:    .*\n|\n)+", re.MULTILINE)
PATCH: Final = """
from newscrawl.cms.vnpt import VnptA2Page

{text}

from newscrawl.spiders.baodongnai import BaoDongNaiSpider

BaoDongNaiSpider.pages = ({name}, *BaoDongNaiSpider.pages)
"""


def renamed(_: str, html: str) -> str:
    for old, new in RENAMED:
        html = html.replace(old, new)
    return html


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with running_replica() as running:
        yield running


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory, replica: Replica) -> tuple[Path, str, str]:
    """Archive, output and log of a run over a newspaper that was redesigned since the last run."""
    folder = tmp_path_factory.mktemp("met")
    with mutating_proxy(replica.address) as proxy:
        places = ("-s", f"ARCHIVE={folder}", "-s", f"MIRROR={proxy.address}", *LOOPBACK)
        first = run_scrapy("crawl", NAME, *places, "-a", "limit=40")
        assert first.returncode == 0, first.stdout + first.stderr
        proxy.redesign = renamed
        done = run_scrapy("crawl", NAME, *places, "-a", "refetch=0d")
        assert done.returncode == 3, done.stdout + done.stderr
    return folder, done.stdout, done.stderr


def test_one_cause_is_one_warning_with_a_count(
    met: tuple[Path, str, str], replica: Replica
) -> None:
    _, _, log = met
    [line] = [one for one in log.splitlines() if "WARNING" in one]
    more = len(replica.truth(HOST)) - 1
    assert re.search(
        rf"headline: .* matches 0 elements, not 1: https://{HOST}/\S+ and {more} more$", line
    )


@pytest.fixture(scope="module")
def saved(
    met: tuple[Path, str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, Any]]:
    """What `savefixture` prints, and the expectations that it writes."""
    folder, told, _ = met
    fixtures = tmp_path_factory.mktemp("fixtures")
    command = re.search(r"make a fixture: scrapy (.+)$", told, re.MULTILINE)
    assert command is not None
    done = run_scrapy(*command[1].split(), "--to", str(fixtures), "-s", f"ARCHIVE={folder}")
    assert done.returncode == 0, done.stdout + done.stderr
    [path] = fixtures.glob("*/*.json")
    return done.stdout, json.loads(path.read_text("utf-8"))


def test_the_expectations_are_the_generic_readers_unchecked(
    saved: tuple[str, dict[str, Any]], replica: Replica
) -> None:
    _, gold = saved
    key = gold["expected"]["id"].partition(":")[2]
    [truth] = [row for row in replica.truth(HOST) if row["key"] == key]
    assert gold["checked"] is False
    assert gold["expected"]["headline"] == truth["headline"]
    assert gold["expected"]["published_at"] == truth["published_at"]
    assert len(gold["expected"]["body"]) >= len(truth["body"] or ())
    assert gold["expected"]["warnings"] == []


def test_the_report_names_the_class_the_archive_knows_and_every_place(
    saved: tuple[str, dict[str, Any]],
) -> None:
    said, _ = saved
    assert "VnptA2Page does not read 60 of the newest pages as before" in said
    assert re.search(r"headline: `h1.tin-tieu-de` gives the headline of (\d+) of \1: html >", said)
    assert re.search(r"date: `div.tin-gio` gives the date of (\d+) of \1: html >", said)
    assert re.search(r"body: `div.tin-noi-dung` holds the body of (\d+) of \1: html >", said)
    assert "with the class below 60 of 60 pages are read" in said
    assert "is read otherwise" not in said


def test_the_class_proposed_reads_the_kept_pages_exactly(
    met: tuple[Path, str, str],
    saved: tuple[str, dict[str, Any]],
    replica: Replica,
    tmp_path: Path,
) -> None:
    folder, said = met[0], saved[0]
    found = _CLASS.search(said)
    assert found is not None, said
    text = PATCH.format(text=found[0], name=found[1])
    (tmp_path / "sitecustomize.py").write_text(text, encoding="utf-8")
    env = {"PYTHONPATH": str(tmp_path)}
    done = run_scrapy("reparse", NAME, "-s", f"ARCHIVE={folder}", env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    truth = {row["key"]: row for row in replica.truth(HOST)}
    lines = {line["id"].partition(":")[2]: line for line in read_articles(folder / NAME)}
    assert lines.keys() == truth.keys()
    wrong = {
        (key, field)
        for key, line in lines.items()
        for field in FIELDS
        if line[field] != (truth[key][field] or type(line[field])())
    }
    assert wrong == set()
    assert all(line["body"] == "\n\n".join(truth[key]["body"] or ()) for key, line in lines.items())


# Family C ----------------------------------------------------------------------------------------


def as_redesigned(_: str, answer: Answer) -> Answer:
    if not isinstance(answer.body, str):
        return answer
    body = answer.body
    for old, new in RENAMED_EPI:
        body = body.replace(old, new)
    return replace(answer, body=body)


def proposed(said: str) -> type[ArticlePage]:
    """The class that `savefixture` prints."""
    found = _CLASS.search(said)
    assert found is not None, said
    names: dict[str, Any] = {"EpiPage": EpiPage, "__name__": "newscrawl.cms.epi"}
    exec(found[0], names)  # noqa: S102  (it is the proposal that is tested)
    made: type[ArticlePage] = names[found[1]]
    return made


def test_a_paper_of_family_c_that_nobody_declared(tmp_path: Path) -> None:
    site = familial.SITE
    with serving(site) as paper:
        places = ("-s", f"ARCHIVE={tmp_path}", "-s", f"MIRROR={paper.mirror}", *LOOPBACK)
        first = run_scrapy("crawl", site.address, *places, "-a", "limit=30")
        assert first.returncode == 0, first.stdout + first.stderr
        paper.changed = as_redesigned
        done = run_scrapy("crawl", site.name, *places, "-a", "refetch=0d")
    assert done.returncode == 3, done.stdout + done.stderr
    said = "field layout (c): none of 60 pages carries its marks; the generic reader read them"
    assert said in done.stdout
    example = re.search(
        r"make a fixture: scrapy savefixture \S+ (\S+) -s A", done.stdout, re.MULTILINE
    )
    assert example is not None, done.stdout
    more = ("--to", str(tmp_path / "fixtures"), "-s", f"ARCHIVE={tmp_path}")
    told = run_scrapy("savefixture", site.name, example[1], *more)
    assert told.returncode == 0, told.stdout + told.stderr
    assert "lead: `div.tin-sapo` gives the lead of 30 of 30" in told.stdout
    listed = run_scrapy("savefixture", site.name, f"{site.address}kinh-te/", *more)
    assert listed.returncode == 0, listed.stdout + listed.stderr
    assert "leads to no article: article.story a.cms-link (items)" in listed.stdout
    assert re.search(r"`a.lien-ket` leads to (\d+) of \1 articles: html > ", listed.stdout)
    page, folder = proposed(told.stdout), tmp_path / site.name
    lines = []
    for line in read_articles(folder):
        if line["raw_ref"] and "layout_unknown" in line["warnings"]:
            kept = read_page(folder, line["raw_ref"])
            document = Document(kept.url, kept.body, fetched_at=kept.fetched_at)
            assert page.matches(document)
            lines.append(to_line(normalize(page(document, paper_of(kept.url)).to_item())))
    assert len(lines) == 30
    read = {line["url"] for line in lines}
    stories = tuple(story for story in site.stories if site.truth(story)["url"] in read)
    found = score(replace(site, stories=stories), lines)
    assert len(stories) == 30
    assert found.share >= 0.98, found.wrong
