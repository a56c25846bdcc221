"""Sections without a selector."""

import pytest

from newscrawl.discovery.generic_section import GenericSection
from newscrawl.exceptions import ExtractionError
from tests.support.saved_lists import KNOWN, UNKNOWN, answer

ITEM = (
    '<div class="tin"><h3><a href="{0}">Chuyện thứ {1} ở xã ta hôm nay</a></h3><p>Lời dẫn</p></div>'
)


def html(items: str) -> str:
    return f"<html><body><div id='ds'>{items}</div></body></html>"


def test_a_section_is_read_by_its_form_with_the_paper_s_own_keys() -> None:
    items = "".join(ITEM.format(f"/x/chuyen-o-xa-ta-{n}.html", n) for n in (4821, 4822, 4823))
    page = GenericSection("/xa-hoi/").read(answer("https://baothu.vn/xa-hoi/", html(items)), KNOWN)
    assert [link.key for link in page.links] == ["4821", "4822", "4823"]


def test_articles_numbered_in_the_query_are_found_on_a_page_of_the_same_kind() -> None:
    items = "".join(ITEM.format(f"detail.aspx?id={n}", n) for n in (118, 119, 120))
    section = GenericSection("/list.aspx?cat=3")
    page = section.read(answer("https://baothu.vn/list.aspx?cat=3", html(items)), UNKNOWN)
    assert [link.url for link in page.links] == [
        f"https://baothu.vn/detail.aspx?id={n}" for n in (118, 119, 120)
    ]
    assert len({link.key for link in page.links}) == 3


def test_a_page_without_titles_is_refused() -> None:
    with pytest.raises(ExtractionError, match="no linked titles"):
        GenericSection("/xa-hoi/").read(answer("https://baothu.vn/xa-hoi/", html("")), UNKNOWN)


def test_the_section_argument_is_the_path_unless_declared() -> None:
    assert GenericSection("/xa-hoi.html").path == "/xa-hoi.html/"
    assert GenericSection("/list.aspx?cat=3", path="/xa-hoi/").path == "/xa-hoi/"
    assert GenericSection("/list.aspx?cat=3").start(UNKNOWN) == "https://baothu.vn/list.aspx?cat=3"
