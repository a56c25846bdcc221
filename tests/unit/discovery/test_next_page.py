"""The next page by pagers of many makes."""

from datetime import UTC, datetime

import pytest

from newscrawl.article.generic.survey import Survey
from newscrawl.discovery.next_page import next_page
from newscrawl.page.document import Document


def following(own: str, pager: str) -> str | None:
    page = f"<!DOCTYPE html><html><body><p>Danh sách</p>{pager}</body></html>"
    url = f"https://baothu.vn{own}"
    found = next_page(Survey(Document(url, page.encode(), fetched_at=datetime.now(UTC))))
    return found.removeprefix("https://baothu.vn") if found is not None else None


def numbers(form: str, *labels: int, shown: str = "") -> str:
    """A pager's links by a form of address, and the number of the page shown, unlinked."""
    return " ".join(f'<a href="{form.format(n)}">{n}</a>' for n in labels) + f"<b>{shown}</b>"


@pytest.mark.parametrize(
    ("own", "pager", "expected"),
    [
        ("/xa-hoi", numbers("/xa-hoi?page={}", 2, 3), "/xa-hoi?page=2"),
        ("/xa-hoi?page=2", numbers("/xa-hoi?page={}", 1, 3), "/xa-hoi?page=3"),
        ("/xa-hoi", '<a href="?page=0">1</a><a href="?page=1">2</a>', "/xa-hoi?page=1"),
        (
            "/xa-hoi?page=1",
            '<a href="?page=0">1</a><a href="?page=1">2</a><a href="?page=2">3</a>',
            "/xa-hoi?page=2",
        ),
        ("/xa-hoi?page=2", '<a href="?page=0">1</a><a href="?page=1">2</a>', None),
        ("/xa-hoi", '<a href="?page=1"><i>Trang</i> 2</a>', "/xa-hoi?page=1"),
        ("/xa-hoi", '<a href="?page=1">Trang sau <span>››</span></a>', "/xa-hoi?page=1"),
    ],
)
def test_addresses_that_name_a_page(own: str, pager: str, expected: str | None) -> None:
    assert following(own, pager) == expected


@pytest.mark.parametrize(
    ("own", "pager", "expected"),
    [
        ("/xa-hoi", '<a href="/xa-hoi?start=9">2</a><a href="/xa-hoi?start=18">3</a>', 9),
        ("/xa-hoi?start=9", '<a href="/xa-hoi">1</a><a href="/xa-hoi?start=18">3</a>', 18),
        ("/xa-hoi?start=18", '<a href="/xa-hoi">1</a><a href="/xa-hoi?start=9">2</a>', None),
        ("/xa-hoi", '<a href="/xa-hoi?start=9">Tiếp</a>', 9),
        (
            "/xa-hoi?start=9",
            '<a href="/xa-hoi">1</a><a href="?start=9">2</a><a href="/xa-hoi?start=18">3</a>',
            18,
        ),
    ],
)
def test_addresses_that_count_articles(own: str, pager: str, expected: int | None) -> None:
    found = following(own, pager)
    assert found == (f"/xa-hoi?start={expected}" if expected else None)


@pytest.mark.parametrize(
    ("own", "pager", "expected"),
    [
        ("/xa-hoi.html", numbers("/xa-hoi-{}.html", 2, 3, shown="1"), "/xa-hoi-2.html"),
        (
            "/xa-hoi-2.html",
            '<a href="/xa-hoi.html">1</a><a href="/xa-hoi-3.html">3</a>',
            "/xa-hoi-3.html",
        ),
        ("/xa-hoi/", numbers("/xa-hoi/{}/", 2, 3), "/xa-hoi/2/"),
        ("/list?cat=3", '<a href="/list?cat=3&amp;cur=2">Trang sau →</a>', "/list?cat=3&cur=2"),
    ],
)  # fmt: skip
def test_addresses_of_a_way_of_their_own(own: str, pager: str, expected: str) -> None:
    assert following(own, pager) == expected


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="/kinh-te?start=9">2</a>',
        '<a href="/the-thao/xem-them">Xem thêm</a>',
        '<a href="/list?cat=4">Tiếp</a>',
        '<a href="/xa-hoi/trang-9.html">»</a>',
        '<a href="https://baokhac.vn/xa-hoi?start=9">2</a>',
        '<a href="javascript:tai(2)">Xem thêm</a>',
        "<button>Xem thêm</button>",
        '<a href="/xa-hoi?sort=moi">Tiếp</a>',
        "",
    ],
)  # fmt: skip
def test_what_leads_to_another_list_is_no_next_page(pager: str) -> None:
    assert following("/xa-hoi", pager) is None


def test_a_pager_with_a_gap_goes_on_behind_the_page_shown() -> None:
    pager = (
        '<a href="/x/?off=0">1</a> <a href="/x/?off=40">5</a> <b>6</b> <a href="/x/?off=60">7</a>'
    )
    assert following("/x/?off=50", pager) == "/x/?off=60"


def test_what_the_head_states_comes_first() -> None:
    pager = '<link rel="next" href="/xa-hoi/trang-2"><a href="/xa-hoi?page=2">2</a>'
    assert following("/xa-hoi", pager) == "/xa-hoi/trang-2"
