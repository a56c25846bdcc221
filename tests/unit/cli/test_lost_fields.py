"""What a page class loses is told beside what the generic reader finds."""

import re
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from newscrawl.article.body import BodyRules
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.cli.lost_fields import lost_fields
from newscrawl.cli.read_page import read_article
from newscrawl.cms.family_page import FamilyPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.feed import Feed
from newscrawl.page.document import Document
from newscrawl.project.fixture import Fixture, fixtures
from newscrawl.urls.article_keys import exact_number_key
from tests.support.families import newspapers
from tests.support.paths import FIXTURES
from tests.support.strangers import homemade

URL: Final = "https://baolang.vn/kinh-te/ben-do-ngang-vao-mua-nuoc-lon-4102.html"
PAGE: Final = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Bến đò ngang vào mùa nước lớn</title></head>
<body><div class="duong_dan"><a href="/">Trang chủ</a> » <a href="/kinh-te/">Kinh tế</a></div>
<h1 class="tieu_de">Bến đò ngang vào mùa nước lớn</h1><div class="ngay">20/11/2026 - 07:15</div>
<div class="noi_dung">
<p>Nước lên từ đầu tháng, bến đò ngang phải dời lên bờ đê cách chỗ cũ hơn hai trăm bước.</p>
<div class="anh"><img src="/anh/do.jpg" alt="">
<div class="chu_anh">Đò chở học sinh. Ảnh: Hà Lụa</div></div>
<p>Mỗi ngày người lái đò chở hơn một trăm lượt khách, phần đông là học trò của ba làng bên.</p>
<p>Xã đã phát áo phao cho từng chuyến và nhắc không được chở quá mười hai người một lượt đò.</p>
</div>
<div class="tac_gia">Lò Thị Mẩy</div>
<div class="the_tag"><b>Từ khóa:</b>
<a href="/tag/do/">bến đò</a>, <a href="/tag/lu/">mùa nước</a></div>
</body></html>"""


class LangPage(FamilyPage):
    """An article of a family that nobody has, with the fields that every class has."""

    version = "lang.1"
    identifying_selectors = ("h1.tieu_de", "div.noi_dung")
    headline_selector = "h1.tieu_de"
    published_selector = "div.ngay"
    body_selector = "div.noi_dung"

    @staticmethod
    def read_key(url: str) -> str | None:
        return exact_number_key(url)


class WholeLangPage(LangPage):
    """The same with the boxes of all fields."""

    version = "lang.2"
    byline_selector = "div.tac_gia"
    trail_selector = "div.duong_dan a"
    tags_selector = "div.the_tag a"
    body_rules = BodyRules(caption_classes=frozenset(["chu_anh"]))


class RachPage(FamilyPage):
    """A first attempt at a stranger's CMS: captions and the outlet's box are not known."""

    version = "rach.1"
    identifying_selectors = ("div.tin_tieude", "div.tin_noidung")
    headline_selector = "div.tin_tieude"
    published_selector = "div.tin_ngay"
    lead_selector = "div.tin_tomtat"
    body_selector = "div.tin_noidung"
    byline_selector = "div.tac_gia"
    trail_selector = "div.duong_dan a"
    tags_selector = "div.tu_khoa a"

    @staticmethod
    def read_key(url: str) -> str | None:
        found = re.search(r"/bai-viet/([0-9]+)/", url)
        return found[1] if found else None


class SecondRachPage(RachPage):
    """The second attempt."""

    version = "rach.2"
    byline_selector = "div.tac_gia, div.nguon_tin"
    body_rules = BodyRules(caption_classes=frozenset(["chu_thich"]))


def paper_of(*pages: Any) -> type[NewspaperSpider]:
    """A newspaper with these page classes."""
    facts = {
        "name": "baolang",
        "title": "Báo Làng",
        "domain": "baolang.vn",
        "provinces": ("08",),
        "pages": pages,
        "sources": (Feed("/rss"),),
        "__module__": "tests.papers",
    }
    return type("BaoLangSpider", (NewspaperSpider,), facts)


def lost(*pages: Any, html: str = PAGE, fields: tuple[str, ...] = ()) -> list[str]:
    """What readpage tells of the page."""
    newspaper = paper_of(*pages)
    document = Document(URL, html.encode(), fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
    line = read_article(document, newspaper)
    return list(lost_fields(document, newspaper, line, fields))


def test_every_field_that_the_class_loses_is_a_line() -> None:
    assert lost(LangPage) == [
        'authors: LangPage reads 0, the generic reader 1: "Lò Thị Mẩy"',
        'byline: LangPage reads 0, the generic reader 1: "Lò Thị Mẩy"',
        'section_path: LangPage reads 0, the generic reader 1: "Kinh tế"',
        'tags: LangPage reads 0, the generic reader 2: "bến đò"',
    ]


def test_only_the_fields_asked_for_are_compared() -> None:
    assert [told.partition(":")[0] for told in lost(LangPage, fields=("tags", "lead"))] == ["tags"]


def test_a_class_that_knows_the_boxes_loses_nothing() -> None:
    assert lost(WholeLangPage) == []


def test_a_page_that_the_generic_reader_reads_alone_loses_nothing() -> None:
    assert lost(GenericPage) == []


def test_a_part_of_a_list_that_is_lost_is_named() -> None:
    class OneTagPage(WholeLangPage):
        version = "lang.3"
        tags_selector = "div.the_tag a:first-of-type"

    assert lost(OneTagPage) == ['tags: OneTagPage reads 1, the generic reader 2: "mùa nước"']


@pytest.mark.parametrize("url", sorted(homemade.SITE.truths()))
def test_an_outlet_and_captions_that_are_lost_are_told(url: str) -> None:
    truth = homemade.SITE.truths()[url]
    page = homemade.SITE.answer(url.removeprefix(homemade.HOME), {}).raw
    told = {}
    for cls in (RachPage, SecondRachPage):
        newspaper = paper_of(cls)
        document = Document(url, page, fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
        line = read_article(document, newspaper)
        told[cls] = {one.partition(":")[0] for one in lost_fields(document, newspaper, line)}
        assert cls is RachPage or line["captions"] == truth["captions"]
    assert ("source" in told[RachPage]) is bool(truth["source"])
    assert ("captions" in told[RachPage]) is bool(truth["captions"])
    assert told[SecondRachPage] == set()


@pytest.mark.parametrize(
    "fixture", [f for f in fixtures(FIXTURES) if f.page == "article"], ids=lambda one: one.name
)
def test_no_class_of_a_known_family_loses_a_field(fixture: Fixture) -> None:
    newspaper = newspapers()[fixture.newspaper]
    document = fixture.document()
    assert list(lost_fields(document, newspaper, read_article(document, newspaper))) == []
