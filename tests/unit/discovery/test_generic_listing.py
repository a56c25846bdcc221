"""Which links of an unknown section page are its list, and where the next page is."""

from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article.generic.generic_page import paper_of
from newscrawl.discovery.generic_listing import read_list
from newscrawl.discovery.source import ListPage
from newscrawl.items import VIETNAM
from newscrawl.page.document import Document

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
URL = "https://baodoicat.vn/kinh-te/"
HOST = "https://baodoicat.vn"


def title(number: int) -> str:
    return f"Chuyện thứ {number} của người đi biển ở Đồi Cát trong mùa gió"


def path(number: int) -> str:
    return f"/chuyen-thu-{number}-cua-nguoi-di-bien-{5000 + number}.html"


def summary(number: int) -> str:
    return (
        f"Đoạn giới thiệu của chuyện thứ {number}, kể ngắn gọn ai làm gì, ở "
        "đâu, vì sao người đọc nên"
        " mở ra xem tiếp."
    )


def described(number: int) -> str:
    return (
        f'<li class="news-item"><a href="{path(number)}"><img src="/t/{number}.jpg"></a><h3><a'
        f' href="{path(number)}">{title(number)}</a></h3><p class="desc">{summary(number)}</p></li>'
    )


def pictured(number: int) -> str:
    return (
        f'<div class="story"><a href="{path(number)}" class="thumb"><img '
        f'src="/t/{number}.jpg"></a><a'
        f' href="{path(number)}" class="name">{title(number)}</a></div>'
    )


def bare(number: int) -> str:
    return f'<div class="row"><a class="title4" href="{path(number)}">{title(number)}</a></div>'


def wrapped(number: int) -> str:
    return (
        f'<article><a href="{HOST}{path(number)}"><figure><img src="/t/{number}.jpg"></figure><h2>'
        f"{title(number)}</h2><p>{summary(number)}</p></a></article>"
    )


def dated(number: int) -> str:
    return (
        f'<div class="post"><h4><a href="{path(number)}" '
        f'title="{title(number)}">{title(number)}</a>'
        f"</h4><time>1{number % 10}:05, 0{1 + number % 9}/11/2026</time>"
        f"<div>{summary(number)}</div></div>"
    )


def counted(number: int) -> str:
    return (
        f'<div class="story"><h3><a href="{path(number)}">{title(number)} '
        f'<span class="num-comment">({number})</span></a></h3><p>{summary(number)}</p></div>'
    )


def counted_behind_an_icon(number: int) -> str:
    return (
        f'<div class="story"><a href="{path(number)}" title="{title(number)}">{title(number)}'
        f'<i class="ic"></i> {number}</a><p>{summary(number)}</p></div>'
    )


def timed_in_the_link(number: int) -> str:
    return (
        f'<div class="story"><h2><a href="{path(number)}"><span class="time">03/11</span>'
        f"{title(number)}</a></h2><p>{summary(number)}</p></div>"
    )


def bookmarked(number: int) -> str:
    return (
        f'<article class="post hentry"><h2 class="entry-title"><a href="{path(number)}" '
        f'rel="bookmark">{title(number)}</a></h2><p>{summary(number)}</p></article>'
    )


ITEMS: tuple[Callable[[int], str], ...] = (
    described,
    pictured,
    bare,
    wrapped,
    dated,
    counted,
    counted_behind_an_icon,
    timed_in_the_link,
    bookmarked,
)
MENU = "".join(
    f'<li><a href="/muc-{n}/">Mục {n}</a><ul><li><a href="{path(n)}">{title(n)}</a></li></ul></li>'
    for n in range(500, 540)
)


def aside(label: str, first: int, count: int, name: str = "box") -> str:
    items = "".join(
        f'<li><a href="{path(n)}">{title(n)}</a></li>' for n in range(first, first + count)
    )
    return f'<div class="{name}"><div class="head">{label}</div><ul>{items}</ul></div>'


def page(listing: str, *, right: str = "", pager: str = "", head: str = "") -> str:
    return (
        "<html><head><title>Kinh "
        f"tế</title>{head}</head><body><header><nav><ul>{MENU}</ul></nav></header>"
        f'<div class="wrap"><div class="col-8"><h1>Kinh tế</h1>{listing}{pager}</div><div'
        f' class="col-4">{right}</div></div><footer><a '
        f'href="{path(900)}">{title(900)}</a></footer></body></html>'
    )


def read(html: str, url: str = URL) -> ListPage:
    document = Document(url, html.encode(), fetched_at=NOW, content_type="text/html; charset=utf-8")
    return read_list(document, paper_of(url))


def numbers(html: str) -> list[int]:
    return [int(link.key) - 5000 for link in read(html).links]


@pytest.mark.parametrize("item", ITEMS)
def test_list_alone(item: Callable[[int], str]) -> None:
    html = page("<ul>" + "".join(map(item, range(10, 22))) + "</ul>")
    links = read(html).links
    assert [link.title for link in links] == [title(n) for n in range(10, 22)]
    assert [link.url for link in links] == [HOST + path(n) for n in range(10, 22)]


@pytest.mark.parametrize("name", ["has-sidebar", "page with-sidebar", "no-sidebar"])
def test_a_list_whose_box_has_a_sidebar_is_the_pages_own(name: str) -> None:
    own = f'<div class="{name}">' + "".join(map(described, range(10, 22))) + "</div>"
    assert numbers(page(own, right=aside("Góc nhìn", 100, 30, "sidebar"))) == list(range(10, 22))


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize(
    "right",
    [
        aside("Đọc nhiều", 100, 20),
        aside("Tiêu điểm", 100, 12) + aside("Video", 200, 12),
        aside("Tin nóng", 100, 24, "box-most-read"),
        f"<aside>{aside('Bạn đọc', 100, 30)}</aside>",
        f'<div class="sidebar">{aside("Góc nhìn", 100, 30)}</div>',
    ],
)
def test_asides_are_not_the_list(item: Callable[[int], str], right: str) -> None:
    html = page('<div class="list">' + "".join(map(item, range(10, 22))) + "</div>", right=right)
    assert numbers(html) == list(range(10, 22))


@pytest.mark.parametrize("item", ITEMS)
def test_top_stories_above_the_list_belong_to_it(item: Callable[[int], str]) -> None:
    top = (
        f'<div class="top"><h2><a href="{path(1)}">{title(1)}</a></h2><p>{summary(1)}</p></div><div'
        f' class="three"><a href="{path(2)}">{title(2)}</a><a href="{path(3)}">{title(3)}</a></div>'
    )
    listing = '<div class="latest">' + "".join(map(item, range(10, 22))) + "</div>"
    assert numbers(page(top + listing, right=aside("Đọc nhiều", 100, 10))) == [
        1,
        2,
        3,
        *range(10, 22),
    ]


def test_each_article_once_with_its_title() -> None:
    html = page(
        f'<a href="{path(10)}"><img src="/t.jpg"></a>' + "".join(map(described, [10, 11, 12, 10]))
    )
    assert [(link.key, link.title) for link in read(html).links] == [
        (str(5000 + n), title(n)) for n in (10, 11, 12)
    ]


def test_links_elsewhere_are_no_articles() -> None:
    strange = (
        '<li class="news-item"><h3><a '
        'href="https://bao-khac.vn/mot-chuyen-khac-o-xa-1234.html">Một chuyện'
        ' khác ở xa kể lại</a></h3></li><li class="news-item"><h3><a '
        'href="/video/">Chuyên trang video của'
        ' báo Đồi Cát</a></h3></li><li class="news-item"><h3><a '
        'href="javascript:void(0)">Tải thêm những'
        " chuyện cũ hơn nữa</a></h3></li>"
    )
    assert numbers(page("".join(map(described, range(10, 16))) + strange)) == list(range(10, 16))


def test_addresses_without_a_number() -> None:
    slugs = [
        "doi-cat-vao-mua-gio-chuong-som",
        "ghe-nho-ra-khoi-xa-hon-truoc",
        "cho-ca-dem-hop-lai-sau-bao",
    ]
    listing = "".join(
        f'<p><a href="/kinh-te/{s}">{s.replace("-", " ").title()}</a></p>' for s in slugs
    )
    links = read(page(listing)).links
    assert [link.url for link in links] == [f"{HOST}/kinh-te/{slug}" for slug in slugs]
    assert all(len(link.key) == 16 for link in links)


def test_links_start_from_the_base_of_the_page() -> None:
    html = page(
        "".join(map(described, range(10, 14))).replace('href="/', 'href="../'),
        head=f"<base href='{HOST}/static/'>",
    )
    assert [link.url for link in read(html).links] == [HOST + path(n) for n in range(10, 14)]


def test_hosts_of_the_paper_have_one_spelling() -> None:
    html = page("".join(map(wrapped, range(10, 14))).replace(HOST, "http://www.baodoicat.vn"))
    assert [link.url for link in read(html).links] == [HOST + path(n) for n in range(10, 14)]


def test_page_without_titles_lists_nothing() -> None:
    assert read("<html><body><p>Đang cập nhật</p></body></html>") == ListPage(links=(), older=None)


def test_own_host_counts_without_a_paper() -> None:
    document = Document(URL, page("".join(map(described, range(10, 14)))).encode(), fetched_at=NOW)
    assert len(read_list(document).links) == 4


# The next page ---------------------------------------------------------------------------------

LISTING = "".join(map(described, range(10, 22)))
NUMBERED = "".join(f'<li><a href="/kinh-te/trang-{n}.html">{n}</a></li>' for n in range(1, 6))


@pytest.mark.parametrize(
    ("url", "pager", "older"),
    [
        (URL, f"<ul>{NUMBERED}</ul>", "/kinh-te/trang-2.html"),
        (f"{HOST}/kinh-te/trang-3.html", f"<ul>{NUMBERED}</ul>", "/kinh-te/trang-4.html"),
        (f"{HOST}/kinh-te/trang-5.html", f"<ul>{NUMBERED}</ul>", None),
        (URL, '<b>1</b> <a href="/kinh-te?p=2">2</a> <a href="/kinh-te?p=5">»</a>', "/kinh-te?p=2"),
        (URL, '<a href="?page=2">Trang sau</a>', "/kinh-te/?page=2"),
        (f"{URL}?page=2", '<a href="?page=1">«</a><a href="?page=3">»</a>', "/kinh-te/?page=3"),
        (URL, '<a class="more" href="/kinh-te/trang-2.html">Xem thêm</a>', "/kinh-te/trang-2.html"),
        (URL, '<a href="/kinh-te/page/2/">Older posts</a>', "/kinh-te/page/2/"),
        (URL, '<a href="javascript:void(0)">2</a><a href="#">Xem thêm</a>', None),
        (URL, '<a href="/kinh-te/trang-9.html">»</a>', None),
        (URL, "", None),
    ],
)
def test_next_page(url: str, pager: str, older: str | None) -> None:
    assert read(page(LISTING, pager=pager), url).older == (HOST + older if older else None)


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="https://quangcao.example/kinh-te/trang-2.html">2</a>',
        '<a href="https://quangcao.example/kinh-te/trang-2.html">Xem thêm</a>',
        '<link rel="next" href="https://quangcao.example/kinh-te/trang-2.html">',
    ],
)
def test_a_page_of_another_site_is_not_the_next(pager: str) -> None:
    assert read(page(LISTING, pager=pager)).older is None


@pytest.mark.parametrize("place", ["head", "pager"])
def test_next_page_the_page_states(place: str) -> None:
    link = '<link rel="next" href="/kinh-te?start=20">'
    html = (
        page(LISTING, head=link)
        if place == "head"
        else page(LISTING, pager=link.replace("link", "a"))
    )
    assert read(html).older == f"{HOST}/kinh-te?start=20"


# Any page --------------------------------------------------------------------------------------


@given(
    st.lists(
        st.sampled_from(
            [described(10), pictured(11), bare(12), wrapped(13), dated(14), "<div>", "</div>",
             "<ul>", "</ul>", "<a href='//['>", "</a>", "<h3>", aside("Đọc nhiều", 100, 3),
             "<a href='?p=2'>2</a>"]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_any_page_is_read(pieces: list[str]) -> None:
    html = page("".join(pieces))
    listed = read(html)
    assert len({link.key for link in listed.links}) == len(listed.links)
    assert all(link.title and link.url.startswith(HOST) for link in listed.links)
    assert read(html) == listed


@pytest.mark.parametrize(
    ("before", "item", "after"),
    [
        ("<ul>", described, "</ul>"),
        ("<div>Tin mới", lambda n: f"<div>Tiêu điểm</div>{bare(n)}", "</div>"),
        ("<div>" * 300, pictured, "</div>" * 300),
        ("<div>" * 395, bare, "</div>" * 395),
    ],
)
def test_a_list_of_thousands_is_read_whole(
    before: str, item: Callable[[int], str], after: str
) -> None:
    """Ten minutes and more, were each of its boxes looked at for each of its links."""
    html = page(before + "".join(map(item, range(10, 4010))) + after)
    assert numbers(html) == list(range(10, 4010))


def test_links_deeper_than_any_list_are_no_fault() -> None:
    nested = "".join(f"<div>{bare(number)}" for number in range(10, 800))
    assert read(page(nested)).links


@given(st.lists(st.integers(10, 60), min_size=3, unique=True))
def test_order_is_the_pages(found: list[int]) -> None:
    assert numbers(page("".join(map(described, found)))) == found


def test_a_list_inside_the_form_of_the_whole_page_is_read() -> None:
    rows = "".join(f'<tr><td><a href="{path(n)}">{title(n)}</a></td></tr>' for n in range(1, 9))
    page = f'<body><form id="aspnetForm" method="post"><table>{rows}</table></form></body>'
    found = read_list(Document(URL, page.encode(), fetched_at=NOW), paper_of(URL))
    assert [link.title for link in found.links] == [title(n) for n in range(1, 9)]


def test_links_inside_a_small_form_are_no_list() -> None:
    rows = "".join(wrapped(n) for n in range(1, 9))
    form = f'<form><a href="{path(90)}">{title(90)}</a><input type="search"></form>'
    page = f"<body>{form}<main>{rows}</main></body>"
    found = read_list(Document(URL, page.encode(), fetched_at=NOW), paper_of(URL))
    assert [link.title for link in found.links] == [title(n) for n in range(1, 9)]
