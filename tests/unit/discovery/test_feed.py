"""Feeds: what they name, how they end, and what is refused."""

from itertools import pairwise

import pytest

from newscrawl.discovery.feed import FEED_MAX_BYTES, FEED_MAX_ENTRIES, Feed
from newscrawl.exceptions import ExtractionError, IncompletePageError, PageTooLargeError
from tests.support.saved_lists import KNOWN, UNKNOWN, answer, saved

URL = "https://baothu.vn/rss/home.rss"
FEED = Feed("/rss/home.rss")
ITEM = "<item><title>Chuyện thứ {0} ở xã</title><link>/x/chuyen-o-xa-ta-{0}.html</link></item>"


def rss(items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{items}</channel></rss>'


def test_an_rss_feed_names_each_article_once_with_its_moment() -> None:
    page = FEED.read(saved("home.rss", URL, "application/rss+xml; charset=utf-8"), KNOWN)
    assert [(link.key, link.title, str(link.published_at)) for link in page.links] == [
        ("48213", "Chợ phiên Khau Tinh họp sớm hơn mọi năm", "2026-11-30 09:15:00+07:00"),
        ("48210", "Đường lên Bản Cuôn thông xe", "2026-11-30 08:02:30+07:00"),
        ("48197", "Lớp học bơi ở xã Trung Hà", "None"),
    ]
    assert page.links[0].url == "https://baothu.vn/kinh-te/cho-phien-khau-tinh-hop-som-48213.html"
    assert page.links[2].url.startswith("https://baothu.vn/giao-duc/")
    assert page.older is None


def test_an_entry_on_another_host_is_left_out_and_counted() -> None:
    page = FEED.read(saved("home.rss", URL), UNKNOWN)
    assert page.off_hosts == 1
    assert all(link.url.startswith("https://baothu.vn/") for link in page.links)


def test_an_atom_feed_is_read_by_its_alternate_links() -> None:
    page = FEED.read(saved("home.atom", "https://baothu.vn/atom.xml"), KNOWN)
    assert [(link.key, str(link.published_at)) for link in page.links] == [
        ("48213", "2026-11-30 09:15:00+07:00"),
        ("48210", "2026-11-30 08:02:30+07:00"),
    ]


def test_a_feed_is_a_window_and_proves_nothing_of_what_is_older() -> None:
    assert FEED.read(saved("home.rss", URL), KNOWN).is_window


def test_a_wordpress_feed_leads_to_its_older_pages_until_one_is_empty() -> None:
    feed = Feed("/feed/", paged=True)
    first = feed.read(answer("https://baothu.vn/feed/", rss(ITEM.format(1))), UNKNOWN)
    assert first.older == "https://baothu.vn/feed/?paged=2"
    assert not first.is_window
    second = feed.read(answer(first.older, rss(ITEM.format(2))), UNKNOWN)
    assert second.older == "https://baothu.vn/feed/?paged=3"
    assert feed.read(answer("https://baothu.vn/feed/?paged=3", rss("")), UNKNOWN).older is None


def test_an_empty_feed_is_a_page_without_links() -> None:
    page = FEED.read(answer(URL, rss("")), KNOWN)
    assert page.links == ()
    assert page.older is None


def test_any_address_but_the_front_page_is_an_article_of_a_paper_of_no_known_cms() -> None:
    items = "".join(
        f"<item><title>Tin</title><link>{path}</link></item>" for path in ("/", "/p/7", "/tin?id=9")
    )
    found = FEED.read(answer(URL, rss(items)), UNKNOWN).links
    assert [link.url for link in found] == ["https://baothu.vn/p/7", "https://baothu.vn/tin?id=9"]
    assert FEED.read(answer(URL, rss(items)), KNOWN).links == ()


def test_an_address_of_a_new_form_counts_where_it_looks_like_an_article() -> None:
    items = "<item><title>Tin</title><link>/2027/01/mua-vai-som-tren-nui-p9182</link></item>"
    assert len(FEED.read(answer(URL, rss(items)), KNOWN).links) == 1


def test_a_feed_with_too_many_entries_is_read_up_to_the_bound() -> None:
    items = "".join(ITEM.format(10_000 + n) for n in range(FEED_MAX_ENTRIES + 500))
    page = FEED.read(answer(URL, rss(items)), KNOWN)
    assert len(page.links) == FEED_MAX_ENTRIES
    assert page.links[0].key == "10000"
    assert page.left_out == 500


def test_a_moment_in_the_far_future_is_none() -> None:
    item = ITEM.format(1).replace("</item>", "<pubDate>Mon, 30 Nov 2076 09:15:00 +0700</pubDate>")
    [link] = FEED.read(answer(URL, rss(item + "</item>")), UNKNOWN).links
    assert link.published_at is None


# Refused ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<!DOCTYPE html><html><head></head><body><p>Bảo trì</p></body></html>", "HTML instead"),
        ("Bảo trì", "no XML"),
        ("<opml><body></body></opml>", "no RSS"),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(body: str, why: str) -> None:
    with pytest.raises(ExtractionError, match=why):
        FEED.read(answer(URL, body), KNOWN)


def test_a_feed_that_is_cut_off_is_asked_for_again() -> None:
    with pytest.raises(IncompletePageError, match="no </rss>"):
        FEED.read(answer(URL, rss(ITEM.format(1))[:-9]), KNOWN)


@pytest.mark.parametrize("body", ["", " \n "])
def test_an_answer_without_bytes_is_asked_for_again(body: str) -> None:
    with pytest.raises(IncompletePageError, match="empty"):
        FEED.read(answer(URL, body), KNOWN)


def test_broken_xml_gives_what_can_be_read() -> None:
    items = f"{ITEM.format(48213)}<item><title>A & B <br></title>{ITEM.format(48214)}"
    page = FEED.read(answer(URL, rss(items)), KNOWN)
    assert {"48213", "48214"} == {link.key for link in page.links}


def test_a_billion_laughs_is_refused_before_a_parser_sees_it() -> None:
    names = "abcdefghij"
    bomb = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {n} "{f"&{m};" * 10}">' for m, n in pairwise(names)
    )
    item = "<item><title>&j;</title><link>/x/chuyen-o-xa-ta-1234.html</link></item>"
    with pytest.raises(ExtractionError, match="declares entities"):
        FEED.read(answer(URL, rss(item, f"<!DOCTYPE rss [{bomb}]>")), KNOWN)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_an_external_entity_is_refused_in_every_encoding(encoding: str) -> None:
    head = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    item = "<item><title>&x;</title><link>/x/chuyen-o-xa-ta-1234.html</link></item>"
    with pytest.raises(ExtractionError, match="declares entities"):
        FEED.read(answer(URL, rss(item, head).encode(encoding)), KNOWN)


def test_a_feed_beyond_the_bound_of_bytes_is_refused() -> None:
    with pytest.raises(PageTooLargeError, match=str(FEED_MAX_BYTES)):
        FEED.read(answer(URL, rss(" " * FEED_MAX_BYTES)), KNOWN)


def test_a_declared_address_is_a_path_or_absolute() -> None:
    for url in ("rss/home.rss", "//baothu.vn/rss", "ftp://baothu.vn/rss"):
        with pytest.raises(ValueError, match="an address is a path"):
            Feed(url)
