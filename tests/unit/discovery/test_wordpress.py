"""WordPress's list of posts: its pages, its end, its faults."""

import pytest

from newscrawl.discovery.wordpress import WordPress
from newscrawl.exceptions import ExtractionError
from tests.support.saved_lists import FOLDER, UNKNOWN, answer

BLOG = WordPress("/")
FIRST = "https://baothu.vn/wp-json/wp/v2/posts?per_page=100&page=1&_fields=id,link,date_gmt,title"
POSTS = (FOLDER / "posts.json").read_bytes()


def test_the_first_page_is_asked_for_with_the_fields_that_are_read() -> None:
    assert BLOG.start(UNKNOWN) == FIRST
    assert (
        WordPress("https://baothu.vn/tin/")
        .start(UNKNOWN)
        .startswith("https://baothu.vn/tin/wp-json/wp/v2/posts?")
    )


def test_posts_are_articles_whatever_their_address_with_title_and_moment() -> None:
    page = BLOG.read(answer(FIRST, POSTS), UNKNOWN)
    assert [(link.url, link.title, str(link.published_at)) for link in page.links] == [
        (
            "https://baothu.vn/2026/11/30/cho-phien/",
            "Chợ phiên họp sớm – Khau Tinh",
            "2026-11-30 09:15:00+07:00",
        ),
        (
            "https://baothu.vn/2026/11/30/duong-len-ban-cuon/",
            "Đường lên Bản Cuôn thông xe",
            "2026-11-30 08:02:30+07:00",
        ),
    ]
    assert page.off_hosts == 1


def test_the_header_says_how_many_pages_there_are() -> None:
    def older(number: int) -> str | None:
        url = FIRST.replace("page=1&", f"page={number}&")
        return BLOG.read(answer(url, POSTS, headers={"x-wp-totalpages": "3"}), UNKNOWN).older

    assert older(1) == FIRST.replace("page=1&", "page=2&")
    assert older(2) == FIRST.replace("page=1&", "page=3&")
    assert older(3) is None


def test_without_the_header_a_short_page_is_the_last_one() -> None:
    assert BLOG.read(answer(FIRST, POSTS), UNKNOWN).older is None
    full = "[" + ",".join(['{"link":"https://baothu.vn/p/7/"}'] * 100) + "]"
    assert BLOG.read(answer(FIRST, full), UNKNOWN).older is not None
    assert 400 in BLOG.end_statuses


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<html></html>", "not JSON"),
        ('{"code":"rest_no_route"}', "no list of posts"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_an_answer_that_is_no_list_of_posts_is_refused(body: str, why: str) -> None:
    with pytest.raises(ExtractionError, match=why):
        BLOG.read(answer(FIRST, body), UNKNOWN)
