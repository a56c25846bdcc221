"""Lists of the VNPT CMS: the section's page with its ids, then the list API by offset."""

import json
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article.newspaper_site import Site
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.discovery.source import Link, ListPage
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document
from newscrawl.urls.canonical import spellings

PAPER: Final = Site(name="baothu", domain="baothu.vn", hosts=spellings("baothu.vn", "baocu.vn"))
SECTION: Final = VnptSection(path="/kinh-te/")
SITE: Final = "4028eaa4679b32c401679c0c74382a7e"
CATEGORY: Final = "ff8080815e5b41fb015e5b817a51aaaa"
OTHER: Final = "ff8080815e5b41fb015e5b817a51bbbb"
HTML_URL: Final = "https://baothu.vn/kinh-te/"
API_URL: Final = (
    f"https://baothu.vn/sc_service/api/article/list?scUnitMapId={SITE}"
    f"&saArticleCateId={CATEGORY}&first=0&pageSize=14"
)


def document(url: str, body: str, content_type: str = "application/json") -> Document:
    now = datetime(2026, 11, 23, 16, 7, tzinfo=UTC)
    return Document(url, body.encode(), fetched_at=now, content_type=content_type)


def address(number: int, section: str = "kinh-te") -> str:
    return f"/{section}/202506/che-so-{number}-{number:07x}/"


def item(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "title": f"Chè số {number}",
        "pageUrl": address(number),
        "lead": "<p>Sương vừa tan.</p>",
        "avatar": "/4028/062025/che.jpg?width=300",
        "publishDate": "2025-06-18 11:59:00.000",
        "objectType": "article",
    } | changes


def answer(*items: Any, **more: Any) -> str:
    return json.dumps({"response": list(items)} | more, ensure_ascii=False)


def api(body: str, url: str = API_URL) -> ListPage:
    return SECTION.read(document(url, body), PAPER)


def keys(page: ListPage) -> list[str]:
    return [link.key for link in page.links]


def key(number: int) -> str:
    return f"202506-{number:07x}"


def offset(page: ListPage) -> int | None:
    if page.older is None:
        return None
    return int(parse_qs(urlsplit(page.older).query)["first"][0])


# The API's answer -------------------------------------------------------------------------------


def test_an_item_is_a_link() -> None:
    assert api(answer(item(1), total=1)).links == (
        Link(
            url="https://baothu.vn/kinh-te/202506/che-so-1-0000001/",
            key="202506-0000001",
            title="Chè số 1",
            published_at=datetime.fromisoformat("2025-06-18T11:59:00+07:00"),
        ),
    )


def test_items_keep_their_order_and_count_once() -> None:
    page = api(answer(item(3), item(1), item(3, title="Khác"), item(2)))
    assert keys(page) == [key(3), key(1), key(2)]
    assert page.links[0].title == "Chè số 3"


def test_an_api_page_is_the_list_itself() -> None:
    assert api(answer(item(1))).is_whole_list


@pytest.mark.parametrize(
    "wrapped",
    [
        "{}",
        "jsonCallback({})",
        "jsonCallback({});",
        " jsonCallback ( {} ) ; \n",
        "jQuery1102.cb_3({})",
        "({})",
        "\ufeff{}",
        "\n\n{}\n",
    ],
)
def test_json_and_jsonp_read_alike(wrapped: str) -> None:
    body = wrapped.replace("{}", answer(item(1), item(2, title="Giá (mới); chè)"), total=2))
    assert [link.title for link in api(body).links] == ["Chè số 1", "Giá (mới); chè)"]


@pytest.mark.parametrize("text", [" " * 400_000, "a " * 200_000, "((" * 200_000, "a" * 400_000])
def test_an_answer_made_to_be_slow_is_no_json(text: str) -> None:
    """Blanks without end cost a pattern that may begin at any of them minutes."""
    with pytest.raises(ExtractionError, match="not JSON"):
        api(f"x{text}y")


@pytest.mark.parametrize("content_type", ["application/json", "text/javascript", "text/html", ""])
def test_whatever_type_the_server_names(content_type: str) -> None:
    page = SECTION.read(document(API_URL, answer(item(1)), content_type), PAPER)
    assert keys(page) == [key(1)]


@pytest.mark.parametrize(
    ("stated", "read"),
    [
        ("2025-06-18 11:59:00.000", "2025-06-18T11:59:00+07:00"),
        ("2025-06-18T11:59:00+07:00", "2025-06-18T11:59:00+07:00"),
        ("2025-06-18T04:59:00Z", "2025-06-18T11:59:00+07:00"),
        ("11:59, 18/06/2025", "2025-06-18T11:59:00+07:00"),
        ("", None),
        (None, None),
        ("hôm qua", None),
        ("2025-02-31 00:00:00", None),
        ("2999-01-01 00:00:00", None),
        (1750222740000, None),
        ({"time": 1}, None),
    ],
)
def test_the_date_is_vietnams_or_none(stated: object, read: str | None) -> None:
    (link,) = api(answer(item(1, publishDate=stated))).links
    assert link.published_at == (datetime.fromisoformat(read) if read else None)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [("video", "video"), ("VIDEO", "video"), ("audio", "audio"), ("photo", "photo"),
     ("article", None), ("", None), (None, None), (3, None), ([], None)],
)  # fmt: skip
def test_the_kind_is_as_the_list_marks_it(marked: object, kind: str | None) -> None:
    (link,) = api(answer(item(1, objectType=marked))).links
    assert link.kind == kind


@pytest.mark.parametrize(
    ("title", "read"), [(" Chè  xanh\n", "Chè xanh"), ("", None), (None, None), (7, None)]
)
def test_a_title_is_a_clean_text_or_none(title: object, read: str | None) -> None:
    (link,) = api(answer(item(1, title=title))).links
    assert link.title == read


@pytest.mark.parametrize("odd", [None, 7, "chữ", [], {}, {"title": "x"}, item(1, pageUrl=None),
                                 item(1, pageUrl=7), item(1, pageUrl="")])  # fmt: skip
def test_odd_items_are_passed_over(odd: object) -> None:
    assert keys(api(answer(odd, item(2)))) == [key(2)]


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://quangcao.example/kinh-te/202506/x-0000009/",
        "//quangcao.example/kinh-te/202506/x-0000009/",
        "https://baothu.vn.example/kinh-te/202506/x-0000009/",
        "https://baothu.vn@quangcao.example/kinh-te/202506/x-0000009/",
        "javascript:void(0)",
        "file:///kinh-te/202506/x-0000009/",
        "/multimedia/",
        "/",
        "#",
    ],
)
def test_addresses_off_the_paper_or_of_no_article_are_passed_over(elsewhere: str) -> None:
    assert keys(api(answer(item(1, pageUrl=elsewhere), item(2)))) == [key(2)]


@pytest.mark.parametrize(
    ("printed", "url"),
    [
        (address(1), f"https://baothu.vn{address(1)}"),
        (f"http://www.baothu.vn{address(1)}?utm_source=zalo#top", f"https://baothu.vn{address(1)}"),
        (f"//m.baothu.vn{address(1)}", f"https://baothu.vn{address(1)}"),
        (f"https://baocu.vn{address(1)}", f"https://baocu.vn{address(1)}"),
    ],
)
def test_every_spelling_of_the_paper_is_one_address(printed: str, url: str) -> None:
    (link,) = api(answer(item(1, pageUrl=printed))).links
    assert (link.url, link.key) == (url, key(1))


# Paging -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "items", "more", "older"),
    [
        (0, 14, {"total": 100}, 14),
        (14, 14, {"total": 100}, 28),
        (0, 8, {"total": 100}, 8),
        (86, 14, {"total": 100}, None),
        (98, 2, {"total": 100}, None),
        (98, 14, {"total": 100}, None),
        (0, 14, {}, 14),
        (0, 3, {}, 3),
        (0, 14, {"total": None}, 14),
        (0, 14, {"total": "100"}, 14),
        (0, 14, {"total": True}, 14),
        (0, 14, {"total": 0}, 14),
        (0, 14, {"total": -1}, 14),
        (0, 14, {"total": 14}, None),
        (0, 0, {"total": 100}, None),
        (14, 0, {}, None),
    ],
)
def test_the_next_page_begins_behind_the_items_returned(
    first: int, items: int, more: dict[str, Any], older: int | None
) -> None:
    url = API_URL.replace("first=0", f"first={first}")
    assert offset(api(answer(*map(item, range(items)), **more), url)) == older


def test_items_that_are_no_links_count_for_the_offset() -> None:
    assert offset(api(answer(None, item(1, pageUrl=None), item(2), total=9))) == 3


def test_the_next_page_asks_for_the_same_list() -> None:
    older = api(answer(item(1), total=9)).older
    assert older is not None
    assert older.replace("first=1", "first=0") == API_URL


def test_a_list_is_walked_to_its_end() -> None:
    everything = [item(number) for number in range(40)]
    url: str | None = API_URL
    read: list[str] = []
    while url is not None:
        first = int(parse_qs(urlsplit(url).query)["first"][0])
        page = api(answer(*everything[first : first + 14]), url)
        read.extend(keys(page))
        url = page.older
    assert read == [key(number) for number in range(40)]


# What is no list --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "7",
        '"response"',
        "{}",
        '{"response": null}',
        '{"response": {}}',
        '{"response": "x"}',
        '{"error": "Not Found"}',
        "jsonCallback()",
        "jsonCallback({",
        "<html><body>404</body></html>",
        '{"response": [' + "9" * 5_000 + "]}",
        '{"response": ' + "[" * 100_000,
    ],
)
def test_an_answer_without_a_list_is_told(body: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        api(body)
    assert (caught.value.field, caught.value.url) == ("list", API_URL)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=9,
)
odd_items = st.dictionaries(
    st.sampled_from(["title", "pageUrl", "publishDate", "objectType", "lead"]), json_values
)


@given(st.lists(json_values | odd_items, max_size=4), json_values)
def test_no_answer_makes_the_reader_fail(items: list[Any], total: Any) -> None:
    page = api(answer(*items, item(1), total=total))
    assert key(1) in keys(page)


# The section's page -----------------------------------------------------------------------------

PAGE_INFO: Final = f'<div id="page_info" style="display:none"><div id="site_id">{SITE}</div></div>'
MENU: Final = (
    f'<ul class="menu"><li class="{OTHER}"><a href="/xa-hoi/">Xã hội</a></li>'
    f'<li class="{CATEGORY}"><a href="/kinh-te/">Kinh tế</a></li></ul>'
)


def titles(*numbers: int, css: str = "title1") -> str:
    return "".join(f'<a class="{css}" href="{address(n)}">Chè số {n}</a>' for n in numbers)


def html(markup: str, url: str = HTML_URL, section: VnptSection = SECTION) -> ListPage:
    page = f"<html><body>{markup}</body></html>"
    return section.read(document(url, page, "text/html; charset=utf-8"), PAPER)


def test_the_newest_page_is_the_sections_own() -> None:
    assert SECTION.start(PAPER) == HTML_URL


def test_the_page_leads_to_the_api() -> None:
    page = html(PAGE_INFO + MENU + titles(1, 2))
    assert keys(page) == [key(1), key(2)]
    assert page.older == API_URL
    assert not page.is_whole_list


@pytest.mark.parametrize(
    "heading",
    [
        f'<h2><a class="title {CATEGORY}" href="/kinh-te/">Kinh tế</a></h2>',
        f'<li class="{CATEGORY}"><a href="/kinh-te/">Kinh tế</a></li>',
        f'<li class="item {CATEGORY} active"><a href="/kinh-te/">Kinh tế</a></li>',
        f'<a href="/kinh-te/">1</a><li class="{CATEGORY}"><a href="/kinh-te/">Kinh tế</a></li>',
    ],
)
def test_the_category_is_read_from_the_heading_or_the_menu(heading: str) -> None:
    page = html(PAGE_INFO + heading + titles(1))
    assert page.older == API_URL


@pytest.mark.parametrize(
    "href",
    [
        "/kinh-te",
        "https://baothu.vn/kinh-te/",
        "http://www.baothu.vn/kinh-te",
        "//m.baothu.vn/kinh-te/",
        "../kinh-te/#top",
        "./",
    ],
)
@pytest.mark.parametrize(
    "item",
    [
        f'<li class="{CATEGORY}"><a href="{{}}">Kinh tế</a></li>',
        f'<h2><a class="title {CATEGORY}" href="{{}}">Kinh tế</a></h2>',
    ],
)
def test_the_menu_spells_its_addresses_as_it_likes(item: str, href: str) -> None:
    page = html(PAGE_INFO + item.format(href) + titles(1))
    assert page.older == API_URL


@pytest.mark.parametrize(
    "href", ["https://khac.example/kinh-te/", "/kinh-te/?loai=1", "/kinh-te/nong-nghiep/", "#"]
)
def test_a_link_to_elsewhere_names_no_category_of_this_section(href: str) -> None:
    other = f'<li class="{OTHER}"><a href="{href}">Kinh tế</a></li>'
    assert html(PAGE_INFO + other + MENU + titles(1)).older == API_URL


def hidden(category: str, url: str = "") -> str:
    """The page's hidden data with its category, as article pages have it."""
    more = f'<div id="cate_id">{category}</div><div id="cate_url">{url}</div></div>'
    return PAGE_INFO.removesuffix("</div>") + more


@pytest.mark.parametrize("url", ["", "/kinh-te/", "/kinh-te", "https://baothu.vn/kinh-te/"])
def test_the_hidden_category_is_the_pages_own(url: str) -> None:
    wrong = f'<li class="{OTHER}"><a href="/kinh-te/">Kinh tế</a></li>'
    assert html(hidden(CATEGORY, url) + wrong + titles(1)).older == API_URL
    assert html(hidden(CATEGORY, url) + titles(1)).older == API_URL


@pytest.mark.parametrize(
    ("category", "url"), [("", "/kinh-te/"), ("12", "/kinh-te/"), (OTHER, "/xa-hoi/")]
)
def test_a_hidden_category_of_nothing_or_of_another_section_is_none(
    category: str, url: str
) -> None:
    assert html(hidden(category, url) + MENU + titles(1)).older == API_URL


def test_a_heading_without_its_closing_slash_names_the_column() -> None:
    column = f'<div class="col-md-8"><a href="/kinh-te">Kinh tế</a>{titles(1)}</div>'
    beside = f'<div class="col-md-4">{titles(2)}</div>'
    assert keys(html(PAGE_INFO + column + beside)) == [key(1)]


@pytest.mark.parametrize(
    ("section", "asked"),
    [
        (
            VnptSection(path="/kinh-te/", api="/service"),
            "https://baothu.vn/service/api/article/list?",
        ),
        (VnptSection(path="/kinh-te/", page_size=8), "pageSize=8"),
    ],
)
def test_a_papers_own_api_is_asked(section: VnptSection, asked: str) -> None:
    older = html(PAGE_INFO + MENU + titles(1), section=section).older
    assert older is not None
    assert asked in older


def test_the_answer_of_another_api_is_read_too() -> None:
    section = VnptSection(path="/kinh-te/", api="/service")
    url = API_URL.replace("/sc_service/", "/service/")
    page = section.read(document(url, answer(item(1), total=2)), PAPER)
    assert (page.older or "").startswith("https://baothu.vn/service/api/article/list?")


@pytest.mark.parametrize("css", ["title1", "title2", "title3", "title4", "title5", "title1 photo"])
def test_titles_of_every_size_are_links(css: str) -> None:
    assert keys(html(PAGE_INFO + MENU + titles(1, css=css))) == [key(1)]


@pytest.mark.parametrize("heading", ["h2", "h3"])
def test_names_of_template_a3_are_links(heading: str) -> None:
    name = f'<{heading} class="name t:bold">{titles(1, css="")}</{heading}>'
    assert keys(html(f'{PAGE_INFO}{MENU}<div class="post-box-block">{name}</div>')) == [key(1)]


@pytest.mark.parametrize(
    ("css", "kind"),
    [
        ("title1 video", "video"),
        ("title1 photo", "photo"),
        ("audio title2", "audio"),
        ("title1", None),
    ],
)
def test_the_links_class_tells_its_kind(css: str, kind: str | None) -> None:
    assert html(titles(1, css=css)).links[0].kind == kind


def test_the_picture_of_a_title_is_the_same_link() -> None:
    twice = f'<a class="title1" href="{address(1)}"><img src="a.jpg"></a>' + titles(1)
    (link,) = html(twice).links
    assert link.title == "Chè số 1"


def test_other_links_of_the_page_are_none() -> None:
    other = f'<a href="{address(9)}">Đọc nhiều</a><a class="title1" href="/xa-hoi/">Xã hội</a>'
    assert keys(html(PAGE_INFO + MENU + other + titles(1))) == [key(1)]


def test_other_sections_beside_the_column_are_left_out() -> None:
    column = f'<div class="col-md-8"><a href="/kinh-te/">Kinh tế</a>{titles(1)}</div>'
    beside = f'<div class="col-md-4">{titles(2)}</div>'
    assert keys(html(PAGE_INFO + MENU + column + beside)) == [key(1)]


@pytest.mark.parametrize("missing", [PAGE_INFO, MENU])
def test_a_page_without_ids_still_gives_its_titles(missing: str) -> None:
    page = html((PAGE_INFO + MENU).replace(missing, "") + titles(1))
    assert (keys(page), page.is_whole_list) == ([key(1)], False)


@pytest.mark.parametrize("nothing", ["", "<p>Không có bài viết</p>", PAGE_INFO, MENU])
def test_a_page_without_titles_and_ids_is_told(nothing: str) -> None:
    with pytest.raises(ExtractionError, match="list: no titles and no category id"):
        html(nothing)


def test_a_page_with_ids_alone_leads_to_the_api() -> None:
    page = html(PAGE_INFO + MENU)
    assert (page.links, page.older) == ((), API_URL)


def test_every_fixed_block_leads_on() -> None:
    fixed = html(PAGE_INFO + MENU + titles(*range(9)))
    assert not fixed.is_whole_list
    assert fixed.older is not None


# A section's places -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "of"),
    [
        ("/kinh-te/", "/kinh-te/"),
        ("/xa-hoi/", "/xa-hoi/"),
        ("/kinh-te/nong-nghiep/", "/kinh-te/nong-nghiep/"),
        ("/kinh-te/trang-2.html", None),
    ],
)
def test_a_section_reads_the_pages_of_its_like(path: str, of: str | None) -> None:
    found = SECTION.at(path)
    assert (found.path if found else None) == of


def test_a_walk_is_known_by_source_and_path() -> None:
    assert SECTION.name == "VnptSection:/kinh-te/"
