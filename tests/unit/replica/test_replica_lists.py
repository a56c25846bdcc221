"""The replica's lists lead to every article, and to nothing that its truth does not name."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest

from newscrawl.replica import truth
from newscrawl.replica.lists import PAGE, TOP_BLOCK
from newscrawl.replica.press import Kept, Page, Press
from newscrawl.replica.site import (
    DONGNAI,
    PORTAL,
    SITES,
    TUYENQUANG,
    Options,
    ReplicaSite,
    Section,
)

Element = Any  # lxml's stubs do not know cssselect


@cache
def press(articles: int = 720) -> Press:
    return Press(Options(articles=articles))


def ask(host: str, path: str, query: dict[str, str] | None = None, articles: int = 720) -> Page:
    answer = press(articles).answer(host, path, query or {})
    return answer.page if isinstance(answer, Kept) else answer


def page(host: str, path: str, query: dict[str, str] | None = None) -> Element:
    answer = ask(host, path, query)
    assert answer.status == 200, path
    return lxml.html.document_fromstring(answer.body.decode())


def section(site: ReplicaSite, path: str) -> Section:
    return next(s for s in site.sections if s.path == path)


def call(
    site: ReplicaSite, path: str, first: int, size: int, articles: int = 720
) -> dict[str, Any]:
    query = {
        "scUnitMapId": site.site_id,
        "saArticleCateId": section(site, path).ident,
        "first": str(first),
        "pageSize": str(size),
    }
    answer: dict[str, Any] = json.loads(ask(site.host, site.api, query, articles).body)
    return answer


def walked_api(site: ReplicaSite, path: str, size: int) -> list[dict[str, str]]:
    """The section by its list API, as the papers' own scripts page through it."""
    out: list[dict[str, str]] = []
    while True:
        answer = call(site, path, len(out), size)
        out += answer["response"]
        if not answer["response"] or len(out) >= answer["total"]:
            assert len(out) == answer["total"]
            return out


def walked_legacy(site: ReplicaSite, path: str) -> Iterator[list[Element]]:
    """The items of trang-1, trang-2 … up to the first page that is not there."""
    number = 1
    while (answer := ask(site.host, f"{path}trang-{number}.html")).status == 200:
        yield lxml.html.document_fromstring(answer.body.decode()).cssselect("div.list-news .item")
        number += 1
    assert answer.status == 404


@cache
def known(host: str) -> frozenset[str]:
    paper = press().current(next(site for site in SITES if site.host == host))
    urls = set(truth.not_articles(paper))
    for row in truth.rows(paper):
        urls |= {row["url"], *row["other_urls"]}
    return frozenset(urls)


def all_listed(site: ReplicaSite) -> set[str]:
    home = f"https://{site.host}/"
    found = set()
    for s in site.sections:
        found |= {urljoin(home, entry["pageUrl"]) for entry in walked_api(site, s.path, 14)}
    for s in site.old_sections:
        for items in walked_legacy(site, s.path):
            found |= {
                urljoin(home, str(a.get("href"))) for item in items for a in item.cssselect("a")
            }
    return found


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_lists_hold_every_address_and_no_other(site: ReplicaSite) -> None:
    assert all_listed(site) == known(site.host)


def test_there_are_enough_articles_and_sections() -> None:
    rows = list(truth.rows(press().current(TUYENQUANG)))
    assert len(rows) >= 640
    assert len({row["section"] for row in rows if row["template"] == "A1"}) >= 12
    assert {row["published_at"][:4] for row in rows} == {"2023", "2024", "2025", "2026"}
    moved = {row["template"]: row["published_at"] for row in rows}
    assert moved["K"] < "2025-07-01" <= moved["A1"]
    assert 75 <= len(list(truth.rows(press().current(DONGNAI)))) <= 90
    assert len(list(truth.rows(press().current(PORTAL)))) == 60


@pytest.mark.parametrize("size", [1, 8, 14, 200])
def test_the_api_gives_each_item_once_newest_first(size: int) -> None:
    entries = walked_api(TUYENQUANG, "/kinh-te/", size)
    dates = [entry["publishDate"] for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert len({entry["pageUrl"] for entry in entries}) == len(entries) > 30
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}", date) for date in dates)


def test_the_api_answers_in_json_or_as_a_script() -> None:
    query = {
        "scUnitMapId": DONGNAI.site_id,
        "saArticleCateId": section(DONGNAI, "/kinh-te/").ident,
        "pageSize": "8",
    }
    bare = ask(DONGNAI.host, DONGNAI.api, query)
    called = ask(DONGNAI.host, DONGNAI.api, query | {"jsonCallback": "jQuery360_1"})
    assert bare.content_type.startswith("application/json")
    assert called.content_type.startswith("application/javascript")
    assert called.body == b"jQuery360_1(" + bare.body + b")"
    entry = json.loads(bare.body)["response"][0]
    assert set(entry) == {"title", "pageUrl", "lead", "avatar", "publishDate", "objectType"}
    assert entry["avatar"].startswith(f"/{DONGNAI.site_id}/")


@pytest.mark.parametrize("wrong", [{"saArticleCateId": "0" * 32}, {"scUnitMapId": "x"}])
def test_the_api_knows_no_other_section_or_paper(wrong: dict[str, str]) -> None:
    query = {
        "scUnitMapId": TUYENQUANG.site_id,
        "saArticleCateId": section(TUYENQUANG, "/kinh-te/").ident,
    }
    right = json.loads(ask(TUYENQUANG.host, TUYENQUANG.api, query).body)
    assert len(right["response"]) == 10
    answer = json.loads(ask(TUYENQUANG.host, TUYENQUANG.api, query | wrong).body)
    assert answer == {"response": [], "total": 0}


def test_the_api_gives_nothing_past_the_end() -> None:
    total = call(TUYENQUANG, "/xa-hoi/", 0, 1)["total"]
    assert call(TUYENQUANG, "/xa-hoi/", total, 14) == {"response": [], "total": total}


def hrefs(elements: list[Element]) -> list[str]:
    return [str(element.get("href")) for element in elements]


def test_nine_items_stand_on_every_page_of_a_section() -> None:
    tops, lists = [], []
    for number in ("1", "2", "3", "99"):
        tree = page(TUYENQUANG.host, "/xa-hoi/", {"paged": number})
        tops.append(hrefs(tree.cssselect(".list-top a.title1")))
        lists.append(
            hrefs(tree.cssselect(", ".join(f".list-item a.title{n}" for n in range(2, 6))))
        )
    assert [len(top) for top in tops] == [TOP_BLOCK] * 4
    assert len({tuple(top) for top in tops}) == 1
    assert len(lists[0]) == PAGE
    assert lists[-1] == []
    assert len(set(sum(lists, tops[0]))) == len(sum(lists, tops[0]))


def test_a_section_page_names_its_category_and_its_menu_all_others() -> None:
    tree = page(TUYENQUANG.host, "/van-hoa/")
    heading = tree.cssselect("div.cate_title_1 h2 a.title")[0]
    assert section(TUYENQUANG, "/van-hoa/").ident in heading.get("class").split()
    menu = {
        str(li.get("class")): li.find("a").get("href") for li in tree.cssselect("#main-menu li")
    }
    menu.pop("None")
    assert menu == {s.ident: s.path for s in TUYENQUANG.sections}
    assert len({ident.lower() for ident in menu}) == len(menu)
    assert all(re.fullmatch("[0-9a-f]{32}|[0-9A-F]{32}", ident) for ident in menu)


def test_list_items_show_lead_and_date() -> None:
    tree = page(TUYENQUANG.host, "/xa-hoi/")
    for item in tree.cssselect(".list-item .item"):
        assert len(item.cssselect("div.des")) == 1
        date = item.cssselect("div.date")[0].text
        assert re.fullmatch(r"\d\d:\d\d, \d\d/\d\d/\d{4}", date)


def test_a_section_that_gathers_gives_articles_a_second_address() -> None:
    entries = walked_api(TUYENQUANG, "/tin-noi-bat/", 50)
    assert len(entries) >= 8
    rows = {
        url: row for row in truth.rows(press().current(TUYENQUANG)) for url in row["other_urls"]
    }
    for entry in entries:
        second = f"https://{TUYENQUANG.host}{entry['pageUrl']}"
        assert rows[second]["url"] != second
        first = ask(TUYENQUANG.host, urlsplit(rows[second]["url"]).path)
        assert ask(TUYENQUANG.host, entry["pageUrl"]).body == first.body


def test_old_lists_have_twenty_items_a_page_and_a_pager() -> None:
    pages = list(walked_legacy(TUYENQUANG, "/kinh-te/"))
    assert [len(items) for items in pages[:-1]] == [PAGE] * (len(pages) - 1)
    assert 1 <= len(pages[-1]) <= PAGE
    pager = hrefs(page(TUYENQUANG.host, "/kinh-te/trang-1.html").cssselect("div.paging a"))
    assert f"/kinh-te/trang-{len(pages)}.html" in pager
    dates = [item.cssselect("span")[0].text for items in pages for item in items]
    keys = [re.sub(r"\((\d\d)/(\d\d)/(\d{4})\)", r"\3\2\1", date) for date in dates]
    assert keys == sorted(keys, reverse=True)


def test_old_lists_link_some_pictures_to_other_addresses() -> None:
    kinds = {"tracked": 0, "www": 0, "m": 0, "bare": 0}
    for s in TUYENQUANG.old_sections:
        for items in walked_legacy(TUYENQUANG, s.path):
            for item in items:
                image, title = hrefs(item.cssselect("a"))
                kinds["tracked"] += "utm_source" in image
                kinds["www"] += image.startswith("https://www.")
                kinds["m"] += image.startswith("https://m.")
                kinds["bare"] += title.endswith(urlsplit(image).path) and image != title
    assert min(kinds.values()) >= 8


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_other_addresses_hold_the_same_page(site: ReplicaSite) -> None:
    for row in truth.rows(press().current(site)):
        own = ask(site.host, urlsplit(row["url"]).path)
        for other in row["other_urls"]:
            parts = urlsplit(other)
            assert ask(parts.netloc, parts.path).body == own.body


def test_videos_stand_in_lists_and_have_no_text() -> None:
    paper = press().current(TUYENQUANG)
    urls = truth.not_articles(paper)
    assert len(urls) >= 16
    places = {urlsplit(url).path.split("/")[1] for url in urls}
    assert places == {"truyen-hinh", "multimedia"}
    for url in urls:
        tree = page(TUYENQUANG.host, urlsplit(url).path)
        assert tree.cssselect("video, iframe")
        inside = tree.cssselect("#content p, [itemprop=articleBody] p, #content img")
        assert inside == []


def test_most_videos_are_marked_in_lists_and_no_article_is() -> None:
    videos = {urlsplit(url).path for url in truth.not_articles(press().current(TUYENQUANG))}
    marked = set()
    for s in TUYENQUANG.sections:
        for entry in walked_api(TUYENQUANG, s.path, 50):
            if "video" in entry["objectType"].split():
                marked.add(entry["pageUrl"])
    assert marked
    assert marked < videos


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_robots_txt_forbids_search_and_television(site: ReplicaSite) -> None:
    answer = ask(site.host, "/robots.txt")
    assert answer.body == b"User-agent: *\nDisallow: /tim-kiem\nDisallow: /truyen-hinh/\n"
    slow = Press(Options(crawl_delay="2.5")).answer(site.host, "/robots.txt", {})
    assert isinstance(slow, Page)
    assert slow.body == answer.body + b"Crawl-delay: 2.5\n"


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_the_home_page_links_sections_and_archive(site: ReplicaSite) -> None:
    links = set(hrefs(page(site.host, "/").cssselect("a")))
    assert {s.path for s in site.sections} <= links
    assert {f"{s.path}trang-1.html" for s in site.old_sections} <= links


@pytest.mark.parametrize(
    "path",
    [
        "/khong-co/",
        "/tim-kiem/",
        "/kinh-te/trang-0.html",
        "/kinh-te/trang-999.html",
        "/xa-hoi/202601/khong-co-bai-nay-1234567/",
        "/kinh-te/khong-co-bai-nay-99001.html",
        "/wp-login.php",
    ],
)
def test_what_is_not_there_is_404(path: str) -> None:
    assert ask(TUYENQUANG.host, path).status == 404


def test_another_host_is_421() -> None:
    assert ask("vnexpress.net", "/").status == 421


def test_an_address_without_its_last_slash_moves() -> None:
    path = call(TUYENQUANG, "/xa-hoi/", 0, 1)["response"][0]["pageUrl"]
    answer = ask(TUYENQUANG.host, path.rstrip("/"))
    assert (answer.status, answer.location) == (301, f"https://{TUYENQUANG.host}{path}")


def test_a_large_paper_pages_by_arithmetic() -> None:
    total = call(TUYENQUANG, "/xa-hoi/", 0, 1, articles=100_000)["total"]
    assert total > 4_000
    last = call(TUYENQUANG, "/xa-hoi/", total - 1, 14, articles=100_000)["response"]
    assert len(last) == 1
    assert ask(TUYENQUANG.host, last[0]["pageUrl"], articles=100_000).status == 200
