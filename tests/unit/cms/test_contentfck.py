"""Family E1: what its pages and lists alone have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.cms.contentfck import CanThoPage, ContentFckSection, DongKhoiPage, page_number
from tests.support.family_examples import (
    DOMAIN,
    FIRST,
    PAPER,
    document,
    html,
    read,
)

ITEM = (
    '<ul class="list-news-img-style-1"><li class="news-img">'
    '<a class="b-title" href="{0}"><h3>{1}&nbsp;</h3></a></li></ul>'
)
PATH = "/con-duong-len-ban-a204511.html"


def test_a_brief_of_one_paragraph_is_text_and_no_lead() -> None:
    text = html(CanThoPage, f"<p>{FIRST}</p>", lead="")
    article = read(CanThoPage, text.replace('content=""', f'content="{FIRST}"'))
    assert (article.lead, article.body) == (None, FIRST)


def test_base_href_is_what_addresses_are_read_against() -> None:
    head = '<base href="https://anh.bao.vn/static/">'
    picture = '<p><img src="ben-do.jpg"></p>'
    article = read(CanThoPage, html(CanThoPage, f"<p>{FIRST}</p>{picture}", head=head))
    assert article.images[0].url == "https://anh.bao.vn/static/ben-do.jpg"
    page = document('<base href="javascript:void(0)">', f"https://{DOMAIN}/a/")
    assert page.base_url == f"https://{DOMAIN}/a/"


def test_addresses_below_https_are_passed_over() -> None:
    assert DongKhoiPage.read_key("https://bao.vn/https/cho-noi-a123456.html") is None
    assert DongKhoiPage.read_key("https://bao.vn/cho-noi-a123456.html") == "123456"


def pager(form: str) -> str:
    links = "".join(f'<a href="{form.format(n)}">{n}</a>' for n in range(1, 6))
    return f'<div id="page">{links}<a href="{form.format(5)}">»</a></div>'


@pytest.mark.parametrize(
    "form", [f"https://{DOMAIN}/xa-hoi?p={{}}", "/xa-hoi/?p={}&d=", "/xa-hoi?cate=3&page={}"]
)
@pytest.mark.parametrize("here", range(1, 6))
def test_the_pager_leads_from_page_to_page_and_ends(form: str, here: int) -> None:
    section = ContentFckSection(path="/xa-hoi/")
    url = section.start(PAPER)
    if here > 1:
        url = f"https://{DOMAIN}" + form.format(here).removeprefix(f"https://{DOMAIN}")
    text = ITEM.format(PATH, "Tin") + pager(form)
    older = section.read(document(text, url), PAPER).older
    if here == 5:
        assert older is None
    else:
        assert older == f"https://{DOMAIN}" + form.format(here + 1).removeprefix(
            f"https://{DOMAIN}"
        )


def test_a_pager_of_another_section_is_not_followed() -> None:
    section = ContentFckSection(path="/xa-hoi/")
    text = ITEM.format(PATH, "Tin") + pager("/kinh-te?p={}")
    assert section.read(document(text, section.start(PAPER)), PAPER).older is None


@pytest.mark.parametrize(
    ("form", "older"),
    [
        ("https://quangcao.example/xa-hoi?p={}", None),
        (f"https://{DOMAIN}@quangcao.example/xa-hoi?p={{}}", None),
        ("https://cu.bao.vn/xa-hoi?p={}", None),
        (f"http://www.{DOMAIN}/xa-hoi?p={{}}#top", f"https://{DOMAIN}/xa-hoi?p=2"),
        (f"//m.{DOMAIN}/xa-hoi/?p={{}}&d=", f"https://{DOMAIN}/xa-hoi/?p=2&d="),
    ],
)
def test_the_next_page_is_on_the_lists_own_host(form: str, older: str | None) -> None:
    section = ContentFckSection(path="/xa-hoi/")
    text = ITEM.format(PATH, "Tin") + pager(form)
    assert section.read(document(text, section.start(PAPER)), PAPER).older == older


@given(st.text(max_size=80))
def test_reading_a_page_number_never_raises(text: str) -> None:
    page_number(f"https://{DOMAIN}/?{text}")
