"""Pages on their way from a collection to an archive: whose they are, and what is told of them."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from newscrawl.cli.ingest_pages import Ingested, Wanted, summary
from newscrawl.cli.stored_response import NO_ARTICLE, UNREAD, read_stored
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
