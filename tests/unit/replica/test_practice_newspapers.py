"""The newspapers to practise with: which they are, what they answer, what the docs say of them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from html import unescape
from typing import Final
from unicodedata import normalize

import pytest
from scrapy.settings import Settings

from newscrawl.commands.replica import imitated, replica_sites
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.spider_loader import NewspaperLoader
from newscrawl.page.document import Document
from newscrawl.replica import truth
from newscrawl.replica.press import Kept, Page, Press
from newscrawl.replica.site import SITES, Options, ReplicaSite, plain_site
from tests.support.paths import ROOT

NAMES: Final = (
    "baodaklak", "baodongnai", "baohagiang", "baoquangbinh", "baothainguyen", "baotuyenquang",
    "baovinhlong", "hdndtuyenquang", "nongthonmoituyenquang", "snntuyenquang", "thanhpho",
    "tuyenquangtv",
)  # fmt: skip


@cache
def newspapers() -> Mapping[str, type[NewspaperSpider]]:
    loader = NewspaperLoader.from_settings(Settings({"SPIDER_MODULES": ["newscrawl.spiders"]}))
    found = map(loader.load, loader.list())
    return {spider.name: spider for spider in found if issubclass(spider, NewspaperSpider)}


@cache
def served() -> Mapping[str, ReplicaSite]:
    return replica_sites(newspapers().values())


@cache
def press() -> Press:
    return Press(Options(articles=60), sites=tuple(served().values()))


def body_of(answer: Page | Kept) -> str:
    page = answer.page if isinstance(answer, Kept) else answer
    assert page.status == 200
    return page.body.decode()


def test_the_newspapers_of_its_families_are_served() -> None:
    assert tuple(served()) == NAMES


def test_the_docs_list_them() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    said = page.partition("ends its run\nwith exit code 4:")[2].partition("`newscrawl replica")[0]
    assert tuple(re.findall(r"`(\w+)`", said)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_list_of_a_newspaper_answers_and_an_article_stands(name: str) -> None:
    paper = newspapers()[name]
    for source in paper.sources:
        address = source.start(paper.paper)
        path = address.removeprefix(f"https://{paper.domain}")
        assert "href=" in body_of(press().answer(paper.domain, path, {}))
    row = next(iter(truth.rows(press().current(served()[name]))))
    path = str(row["url"]).removeprefix(f"https://{paper.domain}")
    shown = normalize("NFC", unescape(body_of(press().answer(paper.domain, path, {}))))
    assert str(row["headline"]) in shown


def test_a_newspaper_of_another_cms_is_misdirected() -> None:
    assert imitated(newspapers()["baonghean"]) is None
    answer = press().answer("baonghean.vn", "/", {})
    assert isinstance(answer, Page)
    assert answer.status == 421


@pytest.mark.parametrize("name", ["baonamdinh", "baoquangtri"])
def test_lists_that_the_replica_has_no_markup_for_are_left_out(name: str) -> None:
    """The one reads the front page, the other titles by a selector of its own."""
    assert imitated(newspapers()[name]) is None


def test_the_list_api_answers_under_the_declared_prefix() -> None:
    site = plain_site("baothu.vn", "Báo Thử", ["/kinh-te/"], api="/service/api/article/list")
    query = {"scUnitMapId": site.site_id, "saArticleCateId": site.sections[0].ident}
    answer = Press(Options(), sites=(site,)).answer("baothu.vn", site.api, query)
    assert '"total":60' in body_of(answer)


def test_a_plain_newspaper_has_neither_videos_nor_second_addresses() -> None:
    site = plain_site("baothu.vn", "Báo Thử", ["/kinh-te/"])
    paper = Press(Options(), sites=(site,)).current(site)
    assert truth.not_articles(paper) == []
    assert [paper.other_urls(item) for item in range(60)] == [[]] * 60
    own = Press(Options(articles=60)).current(SITES[0])
    assert truth.not_articles(own)


@pytest.mark.parametrize("name", ["baodaklak", "baodongnai", "baotuyenquang", "thanhpho"])
def test_no_page_class_reads_a_redesigned_article_and_its_lists_stay(name: str) -> None:
    site, paper = served()[name], newspapers()[name]
    options = Options(articles=60, redesigned=(site.host,))
    redesigned = Press(options, sites=tuple(served().values()))
    assert redesigned.answer(site.host, "/", {}) == press().answer(site.host, "/", {})
    other = next(one for one in served().values() if one is not site)
    for at, is_read in ((site, False), (other, True)):
        row = next(iter(truth.rows(press().current(at))))
        address = str(row["url"])
        path = address.removeprefix(f"https://{at.host}")
        was = body_of(press().answer(at.host, path, {}))
        now = body_of(redesigned.answer(at.host, path, {}))
        assert (now == was) is is_read
        if at is site:
            assert is_known(paper, address, was)
            assert not is_known(paper, address, now)


def is_known(paper: type[NewspaperSpider], address: str, html: str) -> bool:
    """Whether the page carries the marks of one of the newspaper's page classes."""
    document = Document(address, html.encode(), fetched_at=datetime.now(UTC))
    return any(page.matches(document) for page in paper.pages)
