"""Lists of the legacy Tuyên Quang CMS: `/{section}/trang-{N}.html`."""

from datetime import UTC, date, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article.newspaper_site import Site
from newscrawl.cms.tuyenquang_legacy import LegacySection
from newscrawl.discovery.source import Link, ListPage, each_once
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document
from newscrawl.urls.canonical import spellings

HOST: Final = "https://baothu.vn"
PAPER: Final = Site(name="baothu", domain="baothu.vn", hosts=spellings("baothu.vn", "baocu.vn"))
SECTION: Final = LegacySection(path="/kinh-te/")


def page_address(number: int) -> str:
    return f"{HOST}/kinh-te/trang-{number}.html"


def anchor(href: str, text: str = "Chè") -> str:
    return f'<a href="{href}">{text}</a>'


def article(number: int, text: str | None = None) -> str:
    return anchor(f"/kinh-te/che-{number}.html", text or f"Chè số {number}")


def pager(*numbers: int) -> str:
    links = "".join(anchor(f"/kinh-te/trang-{n}.html", str(n)) for n in numbers)
    return f'<div class="pager">{links}</div>'


def read(markup: str, url: str = f"{HOST}/kinh-te/", section: LegacySection = SECTION) -> ListPage:
    now = datetime(2026, 11, 23, 16, 7, tzinfo=UTC)
    body = f"<html><body>{markup}</body></html>".encode()
    return section.read(Document(url, body, fetched_at=now, content_type="text/html"), PAPER)


def keys(page: ListPage) -> list[str]:
    return [link.key for link in page.links]


# Links ------------------------------------------------------------------------------------------


def test_an_article_is_known_by_the_number_at_its_end() -> None:
    assert read(article(179493)).links == (
        Link(url=f"{HOST}/kinh-te/che-179493.html", key="179493", title="Chè số 179493"),
    )


def test_links_keep_their_order_and_count_once() -> None:
    page = read(article(3000) + article(1000) + article(3000, "Khác") + article(2000))
    assert keys(page) == ["3000", "1000", "2000"]


def test_the_first_link_with_a_title_counts() -> None:
    picture = anchor("/kinh-te/che-1000.html", '<img src="a.jpg">')
    assert [link.title for link in read(picture + article(1000)).links] == ["Chè số 1000"]


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/kinh-te/che-1000.html", f"{HOST}/kinh-te/che-1000.html"),
        ("che-1000.html", f"{HOST}/kinh-te/che-1000.html"),
        ("http://www.baothu.vn/kinh-te/che-1000.html#top", f"{HOST}/kinh-te/che-1000.html"),
        ("//m.baothu.vn/kinh-te/che-1000.html", f"{HOST}/kinh-te/che-1000.html"),
        ("/kinh-te/nong-nghiep/che-1000.html", f"{HOST}/kinh-te/nong-nghiep/che-1000.html"),
    ],
)
def test_every_spelling_is_one_address(href: str, url: str) -> None:
    assert [link.url for link in read(anchor(href)).links] == [url]


@pytest.mark.parametrize(
    "href",
    [
        "/xa-hoi/lop-hoc-2000.html",
        "/kinh-te-moi/che-2000.html",
        "/kinh-te/",
        "/kinh-te/gioi-thieu.html",
        "/kinh-te/che-99.html",
        "https://quangcao.example/kinh-te/che-2000.html",
        "https://baothu.vn@quangcao.example/kinh-te/che-2000.html",
        "javascript:void(0)",
        "mailto:toasoan@baothu.vn",
        "#",
        "",
    ],
)
def test_other_links_are_none(href: str) -> None:
    assert keys(read(article(1000) + anchor(href))) == ["1000"]


def test_only_the_breadcrumbs_column_counts() -> None:
    column = f'<div><div class="breadcrumb"><a href="/">Trang chủ</a></div>{article(1000)}</div>'
    assert keys(read(column + f"<aside>{article(2000)}</aside>")) == ["1000"]


@pytest.mark.parametrize(
    "markup", ["", pager(1, 2, 3), "<p>404</p>", anchor("/xa-hoi/a-1000.html")]
)
def test_a_page_without_an_article_of_the_section_is_told(markup: str) -> None:
    with pytest.raises(ExtractionError, match="list: no link to an article of the section"):
        read(markup)


# Paging -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "numbers", "older"),
    [
        (f"{HOST}/kinh-te/", (1, 2, 3, 59), 2),
        (page_address(1), (1, 2, 3), 2),
        (page_address(2), (1, 2, 3), 3),
        (page_address(29), (27, 28, 29, 30, 31, 59), 30),
        (page_address(59), (57, 58, 59), None),
        (f"{HOST}/kinh-te/", (), None),
        (page_address(2), (1, 2), None),
        (page_address(2), (1, 5), None),
    ],
)
def test_the_pager_leads_to_the_next_number(
    url: str, numbers: tuple[int, ...], older: int | None
) -> None:
    expected = None if older is None else page_address(older)
    assert read(article(1000) + pager(*numbers), url).older == expected


@pytest.mark.parametrize(
    "href",
    [
        "http://www.baothu.vn/kinh-te/trang-2.html",
        "//m.baothu.vn/kinh-te/trang-2.html#list",
        "HTTPS://BAOTHU.VN:443/kinh-te/trang-2.html",
        "trang-2.html",
    ],
)
def test_every_spelling_of_the_next_page_is_one_address(href: str) -> None:
    assert read(article(1000) + anchor(href)).older == page_address(2)


@pytest.mark.parametrize(
    "href",
    [
        "https://quangcao.example/kinh-te/trang-2.html",
        "https://baothu.vn@quangcao.example/kinh-te/trang-2.html",
        "https://baocu.vn/kinh-te/trang-2.html",
        "https://baothu.vn.example/kinh-te/trang-2.html",
    ],
)
def test_a_pager_that_leads_to_another_host_is_none(href: str) -> None:
    assert read(article(1000) + anchor(href)).older is None
    assert read(article(1000) + anchor(href) + pager(2)).older == page_address(2)


def test_a_base_element_moves_the_relative_links() -> None:
    page = read('<base href="/kinh-te/">' + anchor("che-1000.html") + anchor("trang-2.html"),
                page_address(1))  # fmt: skip
    assert (keys(page), page.older) == (["1000"], page_address(2))


def test_another_sections_pager_is_none() -> None:
    other = anchor("/xa-hoi/trang-2.html") + anchor("/kinh-te/nong-nghiep/trang-2.html")
    assert read(article(1000) + other).older is None


def test_a_pagers_link_is_no_article() -> None:
    assert keys(read(article(1000) + anchor("/kinh-te/trang-2000.html"))) == ["1000"]


def test_a_legacy_page_is_the_list_itself() -> None:
    assert read(article(1000)).is_whole_list


@pytest.mark.parametrize(
    ("front", "start"), [("", f"{HOST}/kinh-te/"), ("trang-1.html", page_address(1))]
)
def test_the_newest_page_may_have_a_name_of_its_own(front: str, start: str) -> None:
    assert LegacySection(path="/kinh-te/", front=front).start(PAPER) == start


def test_a_list_is_walked_to_its_end() -> None:
    url: str | None = SECTION.start(PAPER)
    found: list[str] = []
    for number in range(1, 6):
        assert url is not None
        page = read(article(1000 + number) + pager(*range(1, 6)), url)
        found.extend(keys(page))
        url = page.older
    assert (found, url) == ([str(1000 + number) for number in range(1, 6)], None)


# A section's places -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "of"),
    [
        ("/kinh-te/", "/kinh-te/"),
        ("/kinh-te/trang-29.html", "/kinh-te/"),
        ("/xa-hoi/trang-2.html", "/xa-hoi/"),
        ("/chinh-tri/trong-tinh/trang-43.html", "/chinh-tri/trong-tinh/"),
        ("/kinh-te/che-179493.html", None),
        ("/kinh-te/trang-x.html", None),
        ("/kinh-te/trang-2.htm", None),
    ],
)
def test_a_section_reads_the_pages_of_its_like(path: str, of: str | None) -> None:
    found = SECTION.at(path)
    assert (found.path if found else None) == of


def test_a_closed_list_says_since_when() -> None:
    closed = LegacySection(path="/kinh-te/", front="trang-1.html", closed=date(2025, 7, 1))
    assert closed.closed == date(2025, 7, 1)
    assert closed.name == "LegacySection:/kinh-te/"


# Any links --------------------------------------------------------------------------------------

links = st.builds(
    Link,
    url=st.just("https://baothu.vn/a-1000.html"),
    key=st.sampled_from(["1000", "1001", "1002"]),
    title=st.none() | st.sampled_from(["Chè", "Ngô"]),
)


@given(st.lists(links))
def test_each_article_counts_once_at_its_first_place(found: list[Link]) -> None:
    once = each_once(found)
    assert [link.key for link in once] == list(dict.fromkeys(link.key for link in found))


@given(st.lists(links))
def test_a_title_is_kept_where_any_link_has_one(found: list[Link]) -> None:
    titled = {link.key for link in found if link.title}
    assert {link.key for link in each_once(found) if link.title} == titled


@given(st.lists(links))
def test_nothing_is_left_to_take_out(found: list[Link]) -> None:
    once = each_once(found)
    assert each_once(once) == once


@given(st.text(max_size=60))
def test_no_address_makes_the_reader_fail(href: str) -> None:
    safe = href.replace("<", "").replace(">", "").replace('"', "")
    assert "1000" in keys(read(article(1000) + anchor(safe)))
