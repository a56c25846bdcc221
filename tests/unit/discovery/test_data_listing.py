"""Lists that a page states as data for a script to show."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from newscrawl.article.generic.generic_page import paper_of
from newscrawl.discovery.generic_listing import read_list
from newscrawl.page.document import Document

URL = "https://baodoicat.vn/kinh-te?p=2"


def path(number: int) -> str:
    return f"/bai-viet/chuyen-thu-{number}-cua-nguoi-di-bien-ab{number:04d}"


def title(number: int) -> str:
    return f"Chuyện thứ {number} của người đi biển"


def cards(numbers: range) -> str:
    return "".join(
        f'<div class="card"><h2><a href="{path(n)}">{title(n)}</a></h2></div>' for n in numbers
    )


def most_read(numbers: range) -> str:
    return f'<aside class="most-read">{cards(numbers)}</aside>'


def read(body: str, *data: Any, kind: str = "application/json") -> list[str]:
    """The titles of the list that a page with these data holds."""
    scripts = "".join(
        f'<script type="{kind}">{one if isinstance(one, str) else json.dumps(one)}</script>'
        for one in data
    )
    page = f"<!DOCTYPE html><html><body>{body}{scripts}</body></html>"
    document = Document(URL, page.encode(), fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
    return [link.title or "" for link in read_list(document, paper_of(URL)).links]


def state(numbers: range, **more: Any) -> dict[str, Any]:
    items = [{"id": n, "title": title(n), "href": path(n), "thumb": "/t.jpg"} for n in numbers]
    return {"props": {"pageProps": {"list": items, **more}}}


def titles(numbers: range) -> list[str]:
    return [title(n) for n in numbers]


def test_data_are_the_list_where_only_side_boxes_show_titles() -> None:
    assert read(most_read(range(50, 55)), state(range(1, 9))) == titles(range(1, 9))


def test_data_are_the_list_where_no_title_is_shown() -> None:
    assert read("<p>Đang tải…</p>", state(range(1, 9))) == titles(range(1, 9))


def test_data_that_name_the_shown_list_and_more_are_the_list() -> None:
    assert read(cards(range(1, 5)), state(range(1, 9))) == titles(range(1, 9))


def test_data_of_other_articles_leave_the_shown_list() -> None:
    assert read(cards(range(1, 5)), state(range(20, 40))) == titles(range(1, 5))


def test_the_longest_array_is_the_list() -> None:
    found = state(range(1, 9), hot=[{"title": title(n), "href": path(n)} for n in range(60, 63)])
    assert read("", found) == titles(range(1, 9))


def test_a_short_last_page_is_a_list() -> None:
    assert read(most_read(range(50, 55)), state(range(7, 9))) == titles(range(7, 9))


def test_search_engines_list_is_read() -> None:
    listed = {
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "item": {"@id": path(n), "name": title(n)}}
            for n in range(1, 6)
        ],
    }
    assert read("", listed, kind="application/ld+json") == titles(range(1, 6))


def test_titles_that_wordpress_nests_are_read() -> None:
    posts = [{"title": {"rendered": title(n)}, "link": path(n)} for n in range(1, 5)]
    assert read("", posts) == titles(range(1, 5))


@pytest.mark.parametrize(
    "data",
    [
        "{broken",
        "[" * 200_000,
        {"list": [{"title": title(n), "href": f"https://khac.vn{path(n)}"} for n in range(1, 9)]},
        {
            "menu": [
                {"title": "Kinh tế", "href": "/kinh-te"},
                {"title": "Xã hội", "href": "/xa-hoi"},
            ]
        },
        {"list": [{"title": None, "href": path(1)}, {"title": 4, "href": path(2)}, None, 7]},
    ],
    ids=["broken", "deep", "another host", "a menu", "without titles"],
)
def test_data_without_a_list_of_articles_are_none(data: Any) -> None:
    assert read("", data) == []


def test_an_article_without_a_number_stands_in_the_list_by_its_folder() -> None:
    found = state(range(1, 5))
    found["props"]["pageProps"]["list"][1] |= {"href": "/bai-viet/dem-trang", "title": "Đêm trắng"}
    assert read("", found)[1] == "Đêm trắng"
