"""`sources.json`: written, read, edited by a person, and changed by a later look."""

import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.crawl.found_newspaper import found_in, spider_of
from newscrawl.crawl.found_sources import (
    FILE_NAME,
    FoundSources,
    SourceEntry,
    decided,
    read_sources,
    renewed,
    to_json,
)
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.site_look import FoundSource, SiteLook
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Source
from newscrawl.discovery.wordpress import WordPress
from newscrawl.exceptions import ArgumentError
from newscrawl.page.document import Document
from newscrawl.urls.canonical import spellings

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ALL_KINDS = (
    WordPress("/"),
    Feed("/feed/", paged=True),
    Sitemap("/sitemap-news.xml", news=True),
    GenericSection("/list.aspx?cat=3"),
    GenericSection("/", front_only=True),
    EpiSection(path="/kinh-te/"),
)


def file_of(*sources: Source, at: datetime = NOON, **other: Any) -> FoundSources:
    values: dict[str, Any] = {
        "name": "baothu",
        "title": "Báo Thử",
        "domain": "baothu.vn",
        "looked_at": at,
        "pages": (GenericPage,),
        "entries": tuple(SourceEntry(source=one, evidence="the menu") for one in sources),
        "left_out": {},
        "asked": {"https://baothu.vn/": "200 text/html, 10 bytes"},
    }
    return FoundSources(**values | other)


def written(folder: Path, found: FoundSources, edit: Callable[[Any], None] | None = None) -> Path:
    value = json.loads(to_json(found))
    if edit is not None:
        edit(value)
    path = folder / found.name / FILE_NAME
    path.parent.mkdir()
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def test_every_kind_of_source_comes_back_as_it_was(tmp_path: Path) -> None:
    found = file_of(*ALL_KINDS, pages=(EpiPage, GenericPage), skip_paths=("/video/",))
    assert read_sources(written(tmp_path, found)) == found


def test_a_source_that_a_person_leaves_out_is_not_walked(tmp_path: Path) -> None:
    def edit(value: Any) -> None:
        value["sources"][0]["walk"] = False

    found = read_sources(written(tmp_path, file_of(Feed("/a.rss"), Feed("/b.rss")), edit))
    assert found.sources == (Feed("/b.rss"),)


def test_a_person_may_add_a_source_in_two_keys(tmp_path: Path) -> None:
    def edit(value: Any) -> None:
        value["sources"].append({"kind": "section", "address": "/rao-vat/"})

    found = read_sources(written(tmp_path, file_of(Feed("/a.rss")), edit))
    assert found.sources == (Feed("/a.rss"), GenericSection("/rao-vat/"))


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda v: v["sources"][0].update(kind="fed"), "source 1: kind 'fed' is none of section"),
        (lambda v: v["sources"][0].pop("address"), "source 1: 'address'"),
        (lambda v: v.update(pages=["nothing"]), "pages: 'nothing' is none of"),
        (lambda v: v.update(looked_at="gestern"), "Invalid isoformat string"),
        (lambda v: v["sources"][0].update(address="khong"), "source 1:"),
    ],
)
def test_a_wrong_edit_is_told_with_file_and_place(
    tmp_path: Path, edit: Callable[[Any], None], said: str
) -> None:
    path = written(tmp_path, file_of(Feed("/a.rss")), edit)
    with pytest.raises(ArgumentError, match=r"mend it, or remove the file") as caught:
        read_sources(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_later_look_adds_what_is_new() -> None:
    old, new = file_of(Feed("/a.rss")), file_of(Feed("/a.rss"), GenericSection("/moi/"))
    found, told = renewed(old, new)
    assert found.sources == (Feed("/a.rss"), GenericSection("/moi/"))
    assert told == ("was added: section /moi/: the menu",)


def test_a_source_that_answers_no_more_is_marked_and_not_walked() -> None:
    old = file_of(Feed("/a.rss"), GenericSection("/cu/"))
    new = file_of(Feed("/a.rss"), left_out={"https://baothu.vn/cu/": "HTTP 404"})
    found, told = renewed(old, new)
    assert found.sources == (Feed("/a.rss"),)
    assert told == ("has vanished: section /cu/: HTTP 404",)
    assert [entry.vanished_on for entry in found.entries] == ["", "2026-11-20"]


def test_a_source_that_was_not_asked_for_stays() -> None:
    found, told = renewed(file_of(Feed("/a.rss"), Feed("/b.rss")), file_of(Feed("/a.rss")))
    assert found.sources == (Feed("/a.rss"), Feed("/b.rss"))
    assert told == ()


def test_a_source_that_came_back_is_walked_again() -> None:
    gone = file_of(
        entries=(SourceEntry(source=Feed("/a.rss"), evidence="x", vanished_on="2026-10-01"),)
    )
    found, told = renewed(gone, file_of(Feed("/a.rss")))
    assert found.sources == (Feed("/a.rss"),)
    assert told == ("is there again: feed /a.rss",)


def test_what_a_person_left_out_stays_out() -> None:
    entry = SourceEntry(source=Feed("/a.rss"), evidence="x", walk=False)
    found, told = renewed(file_of(entries=(entry,)), file_of(Feed("/a.rss"), Feed("/b.rss")))
    assert found.sources == (Feed("/b.rss"),)
    assert told == ("was added: feed /b.rss: the menu",)


def test_the_pages_of_before_stay_readable() -> None:
    old = file_of(Feed("/a.rss"), pages=(EpiPage, GenericPage))
    found, _ = renewed(old, file_of(Feed("/a.rss")))
    assert found.pages == (EpiPage, GenericPage)


@pytest.mark.parametrize(
    ("days", "is_due"), [(0, False), (29, False), (30, True), (-1, True)], ids=str
)
def test_the_site_is_looked_at_again_after_a_month(days: int, is_due: bool) -> None:
    assert file_of().is_due(NOON + timedelta(days=days)) is is_due


def test_the_spider_is_declared_by_the_file(tmp_path: Path) -> None:
    written(tmp_path, file_of(Feed("/a.rss"), skip_paths=("/video/",)))
    name, spider = next(found_in(tmp_path))
    assert name == "baothu"
    assert not isinstance(spider, str)
    assert (spider.name, spider.title, spider.domain) == ("baothu", "Báo Thử", "baothu.vn")
    assert (spider.pages, spider.sources) == ((GenericPage,), (Feed("/a.rss"),))
    assert (spider.skip_paths, spider.provinces) == (("/video/",), ())


def test_the_catalogue_gives_a_known_domain_its_province() -> None:
    found = file_of(Feed("/a.rss"), domain="baotuyenquang.com.vn")
    assert spider_of(found).provinces == ("08",)


def test_a_file_that_cannot_be_read_is_a_fault_of_that_newspaper_alone(tmp_path: Path) -> None:
    written(tmp_path, file_of(Feed("/a.rss")))
    (tmp_path / "baohong").mkdir()
    (tmp_path / "baohong" / FILE_NAME).write_text("{", encoding="utf-8")
    found = dict(found_in(tmp_path))
    assert isinstance(found["baohong"], str)
    assert "mend it, or remove the file" in found["baohong"]
    assert not isinstance(found["baothu"], str)


def test_a_newspaper_without_a_source_is_a_fault(tmp_path: Path) -> None:
    written(tmp_path, file_of())
    fault = dict(found_in(tmp_path))["baothu"]
    assert isinstance(fault, str)
    assert "sources: missing" in fault


EPI_ARTICLE = """<!DOCTYPE html><html><head><title>Bản tin</title></head><body>
<h1 class="article__title cms-title">Cầu treo Nà Tông thông xe trước mùa mưa lũ</h1>
<div class="article__meta"><time datetime="2026-11-18T08:00:00+0700">18/11/2026 08:00</time></div>
<div class="article__body cms-body"><p>Sáng nay, cây cầu dài một trăm mét đã cho xe máy qua.</p>
<p>Bà con hai bên suối góp công ba tháng liền để kịp trước mùa nước lên.</p></div></body></html>"""
EPI_SECTION = "<!DOCTYPE html><html><body>" + "".join(
    '<article class="story"><h2>'
    f'<a class="cms-link" href="/cau-treo-na-tong-so-{n}-post12{n}.html">'
    f"Cầu treo Nà Tông số {n} thông xe</a></h2></article>"
    for n in range(10, 15)
)


def test_a_family_is_known_by_its_marks_and_brings_its_sections() -> None:
    paper = Site(name="baothu", domain="baothu.vn", hosts=spellings("baothu.vn"))
    article, section = (
        "https://baothu.vn/cau-treo-na-tong-post1210.html",
        GenericSection("/xa-hoi/"),
    )
    pages = {
        article: Document(article, EPI_ARTICLE.encode(), fetched_at=NOON),
        section.start(paper): Document(
            section.start(paper), f"{EPI_SECTION}</body></html>".encode(), fetched_at=NOON
        ),
    }
    found = FoundSource(source=section, evidence="the menu names it 'Xã hội'; 5 links")
    look = SiteLook(
        address="https://baothu.vn/", paper=paper, sources=[found], pages=pages, articles=[article]
    )
    decision = decided(look, NOON)
    assert decision.pages == (EpiPage, GenericPage)
    assert decision.sources == (EpiSection(path="/xa-hoi/"),)
    assert decision.layout.startswith("1 of 1 articles carry the marks of epi.EpiPage")


def test_without_marks_the_generic_reader_reads() -> None:
    plain = EPI_ARTICLE.replace("article__title", "tieude")
    paper = Site(name="baothu", domain="baothu.vn", hosts=spellings("baothu.vn"))
    url = "https://baothu.vn/cau-treo-na-tong-post1210.html"
    look = SiteLook(
        address="https://baothu.vn/",
        paper=paper,
        sources=[FoundSource(source=Feed("/a.rss"), evidence="x")],
        pages={url: Document(url, plain.encode(), fetched_at=NOON)},
        articles=[url],
    )
    assert decided(look, NOON).pages == (GenericPage,)


def test_the_title_that_a_person_mended_stays() -> None:
    old = replace(file_of(Feed("/a.rss")), title="Báo Thử Thách")
    found, _ = renewed(old, file_of(Feed("/a.rss")))
    assert found.title == "Báo Thử Thách"


def test_a_process_that_reads_pages_makes_the_spider_again() -> None:
    """A found spider stands in no module, so it is sent as what it was made of."""
    spider = spider_of(file_of(*ALL_KINDS, skip_paths=("/phim/",)))
    again = pickle.loads(pickle.dumps(spider))  # noqa: S301  (our own bytes)
    assert again is not spider
    assert (again.name, again.hosts, again.paper.name) == ("baothu", spider.hosts, "baothu")
    assert (again.pages, again.sources) == (spider.pages, spider.sources)
    assert again.skip_paths == ("/phim/",)
    assert again.key_of("https://baothu.vn/cau-treo-na-tong-post1210.html") is not None
