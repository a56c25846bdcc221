"""Sitemaps, indexes, packed files and news sitemaps: what they name, and their bounds."""

import gzip
import tracemalloc

import pytest

from newscrawl.discovery import sitemap
from newscrawl.discovery.sitemap import SITEMAP_MAX_DEPTH, SITEMAP_MAX_ENTRIES, Sitemap
from newscrawl.exceptions import ExtractionError, IncompletePageError, PageTooLargeError
from tests.support.saved_lists import FOLDER, KNOWN, UNKNOWN, answer, saved

URL = "https://baothu.vn/sitemap.xml"
MAP = Sitemap("/sitemap.xml")


def urlset(urls: str, head: str = "") -> str:
    return f'<?xml version="1.0"?>{head}<urlset>{urls}</urlset>'


@pytest.mark.parametrize("paper", [KNOWN, UNKNOWN])
def test_a_sitemap_names_the_pages_that_look_like_articles(paper: object) -> None:
    page = MAP.read(saved("sitemap.xml", URL), paper)  # type: ignore[arg-type]
    assert [(link.key, str(link.not_after)) for link in page.links] == [
        ("48213", "2026-11-30 23:59:59+07:00"),
        ("48210", "2026-11-30 08:02:30+07:00"),
    ]
    assert page.links[0].title is None
    assert page.off_hosts == 1
    assert not page.is_window


def test_an_index_names_its_parts_the_newest_first() -> None:
    page = MAP.read(saved("sitemap-index.xml", URL), KNOWN)
    assert [(part.url, str(part.changed_at)) for part in page.parts] == [
        ("https://baothu.vn/sitemap-chuyen-muc.xml", "None"),
        ("https://baothu.vn/sitemap-2026-11.xml.gz", "2026-11-30 09:20:00+07:00"),
        ("https://baothu.vn/sitemap-2026-10.xml.gz", "2026-10-31 23:59:59+07:00"),
    ]
    assert page.links == ()
    assert page.off_hosts == 1


def test_a_part_is_a_sitemap_down_to_the_bound_of_depth() -> None:
    part = MAP.read(saved("sitemap-index.xml", URL), KNOWN).parts[1]
    found = MAP.part(part)
    assert isinstance(found, Sitemap)
    assert found.start(KNOWN) == part.url
    assert found.name != MAP.name
    deepest = Sitemap("/sitemap.xml", depth=SITEMAP_MAX_DEPTH)
    assert deepest.part(part) is None


def test_a_packed_file_reads_like_the_plain_one() -> None:
    packed = gzip.compress((FOLDER / "sitemap.xml").read_bytes())
    page = MAP.read(answer(f"{URL}.gz", packed, "application/x-gzip"), KNOWN)
    assert page == MAP.read(saved("sitemap.xml", URL), KNOWN)


def test_a_news_sitemap_is_a_window_of_dated_articles() -> None:
    news = Sitemap("/sitemap-news.xml", news=True)
    page = news.read(saved("sitemap-news.xml", "https://baothu.vn/sitemap-news.xml"), KNOWN)
    assert [(link.key, link.title, str(link.published_at)) for link in page.links] == [
        ("48213", "Chợ phiên Khau Tinh họp sớm hơn mọi năm", "2026-11-30 09:15:00+07:00"),
        ("48210", "Đường lên Bản Cuôn thông xe", "2026-11-29 00:00:00+07:00"),
    ]
    assert page.is_window
    assert news.is_first
    assert not MAP.is_first


def test_a_sitemap_with_too_many_entries_is_read_up_to_the_bound() -> None:
    url = "<url><loc>https://baothu.vn/x/chuyen-o-xa-ta-{}.html</loc></url>"
    many = "".join(url.format(100_000 + n) for n in range(SITEMAP_MAX_ENTRIES + 3))
    page = MAP.read(answer(URL, urlset(many)), KNOWN)
    assert len(page.links) == SITEMAP_MAX_ENTRIES
    assert page.left_out == 3


def test_broken_xml_gives_what_stands_before_the_fault() -> None:
    good = "<url><loc>https://baothu.vn/x/chuyen-o-xa-ta-1234.html</loc></url>"
    page = MAP.read(answer(URL, urlset(f"{good}<url><loc>a & b</loc>")), KNOWN)
    assert [link.key for link in page.links] == ["1234"]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<html><body>Không tìm thấy</body></html>", "HTML instead"),
        ("<rss><channel></channel></rss>", "<rss> is no sitemap"),
        ("https://baothu.vn/a\n", "no XML"),
    ],
)
def test_what_is_no_sitemap_is_refused_with_the_reason(body: str, why: str) -> None:
    with pytest.raises(ExtractionError, match=why):
        MAP.read(answer(URL, body), KNOWN)


def test_a_bomb_of_entities_is_refused_before_a_parser_sees_it() -> None:
    bomb = '<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = urlset("<url><loc>&b;</loc></url>", bomb)
    with pytest.raises(ExtractionError, match="declares entities"):
        MAP.read(answer(URL, body), KNOWN)


def test_a_bomb_of_gzip_costs_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "SITEMAP_MAX_BYTES", 1_000_000)
    bomb = gzip.compress(b" " * 60_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(PageTooLargeError, match="unpacks to more"):
            MAP.read(answer(URL, bomb), KNOWN)
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("cut", [10, -5])
def test_gzip_that_ends_early_is_asked_for_again(cut: int) -> None:
    packed = gzip.compress(urlset("").encode())
    with pytest.raises(IncompletePageError, match="gzip"):
        MAP.read(answer(URL, packed[:cut]), KNOWN)


def test_a_sitemap_that_is_cut_off_is_asked_for_again() -> None:
    with pytest.raises(IncompletePageError, match="no </urlset>"):
        MAP.read(answer(URL, urlset("<url></url>")[:-9]), KNOWN)


def test_a_news_date_in_the_future_is_none() -> None:
    news = Sitemap("/sitemap-news.xml", news=True)
    url = (
        "<url><loc>/x/chuyen-o-xa-ta-1234.html</loc><publication_date>2027-01-01T00:00:00Z"
        "</publication_date></url>"
    )
    [link] = news.read(answer(URL, urlset(url)), KNOWN).links
    assert link.published_at is None
