"""Reading asks each thing once, however many lines, boxes and links share it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from lxml import html

from newscrawl.article import head_evidence
from newscrawl.article.article_page import ArticlePage
from newscrawl.article.body import Classed
from newscrawl.article.generic import (
    headline,
    lead,
    section_and_tags,
    signature,
)
from newscrawl.article.generic.headline import find_headline
from newscrawl.article.generic.lead import is_stated
from newscrawl.article.generic.section_and_tags import find_tags, find_trail
from newscrawl.article.generic.signature import find_byline
from newscrawl.article.generic.survey import Survey
from newscrawl.article.newspaper_site import Site
from newscrawl.article.page_class_choice import choose_page
from newscrawl.cms.contentfck import AnGiangPage
from newscrawl.cms.mediatech import MediatechPage
from newscrawl.cms.tuyenquang_legacy import LegacyPage
from newscrawl.items import VIETNAM
from newscrawl.page import document as documents
from newscrawl.page.document import Document
from newscrawl.page.limits import NAMES_MAX_CHARS, excess
from newscrawl.page.metadata import _TRAILING_COMMA
from newscrawl.page.selectors import CountError, Element, elements

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
URL = "https://baodoicat.vn/kinh-te/luoi-ray-doi-mat-luoi-5512.html"
PAPER = Site(name="baodoicat", domain="baodoicat.vn", hosts={"baodoicat.vn": "baodoicat.vn"})
HEADING = "<h1>Làng lưới rê đổi mắt lưới</h1>"
TEXT = "<p>Từ đầu mùa, 60 ghe lưới rê ở Đồi Cát đổi sang lưới mắt 40 mm, để cá con lọt ra.</p>"
MANY = 300

Count = Callable[[Any, str], list[object]]


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    """Counts the calls of a module's function: the list of what it was first given."""

    def counted(module: Any, name: str) -> list[object]:
        given: list[object] = []
        real = getattr(module, name)

        def call(*arguments: object) -> object:
            given.append(arguments[0])
            return real(*arguments)

        monkeypatch.setattr(module, name, call)
        return given

    return counted


def document(body: str, head: str = "") -> Document:
    page = f"<html><head>{head}</head><body>{body}</body></html>"
    return Document(URL, page.encode(), fetched_at=NOW, content_type="text/html; charset=utf-8")


def surveyed(body: str, head: str = "") -> Survey:
    return Survey(document(f"{HEADING}{body}", head))


def read(page: type[ArticlePage], body: str) -> ArticlePage:
    return page(document(body), PAPER)


def test_each_box_around_many_headings_is_asked_once(count: Count) -> None:
    headings = "".join(f"<h1>Ghe thứ {n} của làng lưới rê về bến</h1>" for n in range(MANY))
    blocks = surveyed(f"{'<div>' * 99}{headings}{'</div>' * 99}").blocks
    asked = count(headline, "roles")
    assert find_headline(document(""), blocks) is not None
    boxes = 99 + 2 + MANY + 1
    assert len(asked) <= boxes + MANY + 1  # each heading's own title, and what all stand in


def test_each_link_of_a_box_of_tags_is_asked_once(count: Count) -> None:
    links = "".join(f"<a href=/t{n}>cá {n}</a><br><br>" for n in range(MANY))
    page = surveyed(f"<div>{TEXT}</div><div class=tags>{links}</div>")
    asked = count(section_and_tags, "text_of")
    assert find_tags(page) == tuple(f"cá {n}" for n in range(MANY))
    assert len(asked) == MANY


def test_a_breadcrumb_in_another_one_is_not_asked_again(count: Count) -> None:
    home = "<a href=/>Trang chủ</a>" * MANY
    page = surveyed("<div class=crumb>" * 50 + home + "</div>" * 50 + TEXT)
    asked = count(section_and_tags, "_is_section")
    assert find_trail(page) == ()
    assert len(asked) <= 2 * MANY  # once as a breadcrumb, once as links above the headline


def test_a_breadcrumb_after_an_empty_one_is_read() -> None:
    page = surveyed(
        "<div class=crumb><a href=/>Trang chủ</a></div><p class=crumb><a href=/b/>Biển</a>"
    )
    assert find_trail(page) == ("Biển",)


def test_the_pages_description_is_read_once_for_all_lines(count: Count) -> None:
    page = surveyed(TEXT, "<meta name=description content='Từ đầu mùa, 60 ghe lưới rê'>")
    spelt = count(head_evidence, "letters")
    asked = count(lead, "letters")
    assert not any(is_stated(page, f"Dòng {n}") for n in range(MANY))
    assert spelt == ["Từ đầu mùa, 60 ghe lưới rê"]
    assert len(asked) == MANY


def test_the_heads_names_are_read_once_for_all_lines(count: Count) -> None:
    metas = "".join(f"<meta name=author content='cây bút {n}'>" for n in range(MANY))
    page = surveyed("<p>Dòng chữ này.</p>" * MANY, metas)
    asked = count(signature, "clean")
    assert find_byline(page, len(page.blocks) - 1) is None
    assert len(asked) <= 2 * MANY


def test_lines_of_one_link_share_its_address() -> None:
    page = surveyed("<a href=/xa><div>" + "<p>Dòng chữ này.</p>" * MANY + "</div></a>")
    first, *rest = page.hrefs[1:]
    assert first == "/xa"
    assert len(rest) == MANY - 1
    assert all(href is first for href in rest)


def test_a_class_is_read_once_for_all_lines_in_it() -> None:
    box: Element = html.fromstring(f"<div class='x desc'>{'<p>a</p>' * MANY}</div>")
    asked: list[str] = []

    class Names(frozenset[str]):
        def isdisjoint(self, other: Any) -> bool:
            asked.extend(other)
            return super().isdisjoint(other)

    classed = Classed(Names(["desc"]))
    assert all(classed.holds(paragraph) for paragraph in box)
    assert asked == ["x", "desc"]
    assert not Classed(frozenset(["other"])).holds(box[0])


def test_tags_of_boxes_in_boxes_are_read_once() -> None:
    links = "".join(f"<a href=/t{n}>cá {n}</a>" for n in range(MANY))
    asked: list[Element] = []

    class Page(LegacyPage):
        def text_of(self, element: Element) -> str:
            asked.append(element)
            return super().text_of(element)

    page = read(
        Page, f"{'<div class=tags>' * 50}{links}{'</div>' * 50}<p class=tag><a>biển</a></p>"
    )
    assert page.tags() == (*(f"cá {n}" for n in range(MANY)), "biển")
    assert len(asked) == MANY + 1


@pytest.mark.parametrize(("empty", "found"), [(0, "Gió nhẹ."), (19, "Gió nhẹ."), (20, None)])
def test_so_many_empty_leads_are_passed_over(empty: int, found: str | None) -> None:
    boxes = "<div class=detail-desc></div>" * empty + "<div class=detail-desc>Gió nhẹ.</div>"
    page = read(
        AnGiangPage, f"{boxes}<div id=newscontents><div class=content-fck>{TEXT}</div></div>"
    )
    assert page.lead() == found


def test_of_boxes_in_boxes_the_innermost_is_a_template() -> None:
    deep = "<span>" * 50 + "{{ads.inpage}}" + "</span>" * 50
    page = read(MediatechPage, f"<div id=content-detail>{TEXT}<p>Biển {deep} lặng.</p></div>")
    assert len([e for e in elements(page.container, page.drop_selector) if e.tag == "span"]) == 1
    assert page.read_blocks.paragraphs[1:] == ("Biển lặng.",)


def test_a_text_without_end_is_passed_over_whole() -> None:
    matches = [match[0] for match in _TRAILING_COMMA.finditer('{"a": [1,], "b\\"\\"\\",]')]
    assert matches == ['"a"', ",", '"b\\"\\"\\",]']


@pytest.mark.parametrize("name", ["class", "id", "itemprop", "rel", "role"])
def test_names_of_so_many_characters_are_not_read(name: str) -> None:
    lines = "<p>a</p>" * 20_000
    longest = f"<div {name}='{'a' * NAMES_MAX_CHARS}'>{lines}</div>"
    assert excess(longest.encode()) is None
    assert excess(longest.replace("='", "='a").encode()) == "names of more than 8192 characters"
    assert excess(f"<img src='{'a' * 200_000}'>".encode()) is None


K_PAGE = (
    "<article><h1>Làng lưới rê đổi mắt lưới</h1><time>15/03/2023 07:30</time>"
    f"<div itemprop=articleBody>{TEXT}</div></article>"
)


def test_a_mark_that_is_the_place_of_a_field_is_looked_for_once(count: Count) -> None:
    page = document(K_PAGE)
    asked = count(documents, "elements")
    article = choose_page([LegacyPage], page, PAPER).to_item()
    assert article.headline == "Làng lưới rê đổi mắt lưới"
    places = {
        *LegacyPage.identifying_selectors,
        LegacyPage.headline_selector,
        LegacyPage.published_selector,
        LegacyPage.body_selector,
    }
    assert len(asked) == len(places) == 4


@pytest.mark.parametrize(("headings", "found"), [(2, 3), (1_500, 999)])
def test_of_a_page_made_of_headings_a_thousand_are_asked(headings: int, found: int) -> None:
    more = "<h1>Lưới rê</h1>" * headings
    page = read(LegacyPage, K_PAGE.replace("<article>", f"<article>{more}"))
    with pytest.raises(CountError, match=f"matches {found} elements"):
        page.headline()
