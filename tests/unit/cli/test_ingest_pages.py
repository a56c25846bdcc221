"""Pages on their way from a collection to an archive: whose they are, and what is told of them."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from newscrawl.archive.warc.collection import CollectedPage
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.cli import ingest_pages
from newscrawl.cli.collected_host import newspaper_of_host
from newscrawl.cli.ingest_pages import Ingested, Wanted, summary
from newscrawl.cli.stored_response import NO_ARTICLE, UNREAD, read_stored
from newscrawl.crawl.found_newspaper import spider_of
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.http.exchange import Exchange
from newscrawl.items import Article
from newscrawl.spiders.baotuyenquang import BaoTuyenQuangSpider
from newscrawl.spiders.hdndtuyenquang import HdndTuyenQuangSpider
from tests.support.paths import ROOT

NOON = datetime(2026, 11, 23, 5, 6, 7, tzinfo=UTC)
FIXTURES = ROOT / "tests" / "fixtures"


def test_a_host_leads_to_its_newspaper() -> None:
    wanted = Wanted([BaoTuyenQuangSpider, HdndTuyenQuangSpider])
    for newspaper in (BaoTuyenQuangSpider, HdndTuyenQuangSpider):
        for host in newspaper.hosts:
            assert wanted.has_host(host)
            assert wanted.of(f"https://{host.upper()}:443/a-1.html") is newspaper
    assert not wanted.has_host("khac.vn")
    assert not wanted.has_host("")


def test_the_summary_has_a_line_a_newspaper_and_one_of_the_rest() -> None:
    done = Ingested()
    for what, count in (("new", 3), ("unchanged", 2), ("unread", 1)):
        for _ in range(count):
            done.count("baob", what)
    done.count("baoa", "earlier")
    done.records = Counter({"other host": 7, "redirect": 9})
    assert summary(done, 2).splitlines() == [
        "baoa  1 page: earlier 1",
        "baob  6 pages: new 3 · unchanged 2 · unread 1",
        "2 files · passed over: redirect 9 · other host 7",
    ]


def test_files_without_anything_are_told_too() -> None:
    assert summary(Ingested(), 1) == "1 file · passed over: nothing"


# Reading what was stored --------------------------------------------------------------------------


def saved() -> tuple[str, bytes]:
    """Return the address and the bytes of a saved article of the newspaper."""
    pages = sorted((FIXTURES / "baotuyenquang").glob("*.html"))
    for path in pages:
        expected = path.with_suffix(".json")
        if expected.exists() and '"headline"' in (text := expected.read_text("utf-8")):
            url = text.split('"url": "', 1)[1].split('"', 1)[0]
            return url, path.read_bytes()
    raise AssertionError("no saved article")


def read(url: str, body: bytes, status: int = 200) -> object:
    return read_stored(
        url, body, fetched_at=NOON, content_type="text/html; charset=utf-8", status=status,
        newspaper=BaoTuyenQuangSpider,
    )  # fmt: skip


def test_a_stored_page_is_read_as_of_its_day() -> None:
    url, body = saved()
    found = read(url, body)
    assert isinstance(found, Article)
    assert found.newspaper == "baotuyenquang"
    assert found.fetched_at == found.first_seen_at == NOON


def test_half_a_page_is_unread() -> None:
    url, body = saved()
    found = read(url, body[: len(body) // 3])
    assert isinstance(found, tuple)
    assert found[0] == UNREAD
    assert url in found[1]


def test_a_page_that_states_no_id_has_the_key_of_its_address() -> None:
    _, body = saved()
    found = read("https://baotuyenquang.com.vn/kinh-te/202506/khac-1234567/", body)
    assert isinstance(found, Article)
    assert found.id == "baotuyenquang:202506-1234567"


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"\x00\x01\x02", b"Service Unavailable"])
def test_what_is_no_page_is_told(body: bytes) -> None:
    found = read("https://baotuyenquang.com.vn/kinh-te/202506/khac-1234567/", body)
    assert isinstance(found, tuple)
    assert found[0] in (NO_ARTICLE, UNREAD)
    assert found[1]


def test_pages_are_counted_by_newspaper() -> None:
    done = Ingested()
    done.count("baoa", "new")
    done.count("baoa", "new")
    done.count("baob", "changed")
    assert done.articles == {"baoa": Counter(new=2), "baob": Counter(changed=1)}
    assert done.records == Counter()
    assert done.problems == []


# A host that nobody declared ----------------------------------------------------------------------

DATED = '<meta property="article:published_time" content="2026-11-20T07:30:00+07:00">'
MARKED = '<meta property="og:type" content="article">'
STORY = """<html><head><title>Cầu treo Nà Tông thông xe</title>{head}</head><body>
<nav><a href="/">Trang chủ</a></nav><article><h1>Cầu treo Nà Tông thông xe</h1>
<p>Sáng nay, cầu treo qua suối Nà Tông được thông xe sau tám tháng thi công, nối hai bản với đường
huyện và chợ trung tâm xã.</p>
<p>Người dân hai bản góp hơn ba trăm ngày công để làm đường dẫn lên cầu, chính quyền xã cho biết
trong buổi lễ có đông đảo bà con tham dự.</p>
<p>Trước đây, mỗi mùa lũ, học sinh phải nghỉ học vì nước suối dâng cao, xe máy không thể qua lại
được trong nhiều ngày liền.</p></article></body></html>"""


def collected_page(url: str, body: str) -> CollectedPage:
    exchange = Exchange(
        url=url, request_headers=(), status=200, reason="OK", http_version="HTTP/1.1",
        response_headers=(("Content-Type", "text/html; charset=utf-8"),), body=body.encode(),
        ip=None, started_at=NOON, received_at=NOON,
    )  # fmt: skip
    return CollectedPage(exchange, "x.warc.gz#0")


def stranger() -> type[NewspaperSpider]:
    return spider_of(newspaper_of_host("baothu.vn", [], ()))


@pytest.mark.parametrize(
    ("path", "head", "is_article"),
    [
        ("/cau-treo-na-tong-thong-xe/", DATED, True),
        ("/cau-treo-na-tong-thong-xe/", MARKED, False),  # as a page about the paper is
        ("/cau-treo-na-tong-post1210.html", DATED, True),
        ("/cau-treo-na-tong-post1210.html", MARKED, True),  # its address says that it is one
    ],
)
def test_where_the_address_does_not_tell_a_date_must(
    path: str, head: str, is_article: bool
) -> None:
    page = collected_page(f"https://baothu.vn{path}", STORY.format(head=head))
    answer = ingest_pages._read(page, stranger())
    if is_article:
        assert isinstance(answer, Article)
        assert answer.headline == "Cầu treo Nà Tông thông xe"
    else:
        assert isinstance(answer, tuple)
        assert answer[0] == NO_ARTICLE


def test_a_list_of_a_host_that_nobody_declared_is_no_fault() -> None:
    page = collected_page("https://baothu.vn/kinh-te/", "<html><body><ul></ul></body></html>")
    answer = ingest_pages._read(page, stranger())
    assert isinstance(answer, tuple)
    assert answer[0] == NO_ARTICLE


@pytest.mark.parametrize("given", ["baothu.vn", "https://baothu.vn/kinh-te/"])
def test_a_newspaper_is_made_of_its_host(given: str) -> None:
    found = newspaper_of_host(given, [], ("baotuyenquang",))
    assert (found.name, found.domain) == ("baothu", "baothu.vn")
    assert found.pages == (GenericPage,)
    assert found.is_due(NOON)
    assert newspaper_of_host(given, [], ("baothu",)).name == "baothu_vn"
