"""Day archives: a page a day, back in time."""

from datetime import date

import pytest

from newscrawl.discovery.day_archive import DayArchive
from newscrawl.exceptions import ExtractionError
from tests.support.saved_lists import UNKNOWN, answer

ARCHIVE = DayArchive("/tin-ngay/{day:%Y-%m-%d}.html")
URL = "https://baothu.vn/tin-ngay/2026-11-30.html"
ITEM = '<div class="tin"><h3><a href="/x/chuyen-o-xa-{0}.html">Chuyện thứ {0} ở xã</a></h3></div>'


def day_page(items: str, more: str = "") -> str:
    return f"<html><body><div id='ds'>{items}</div>{more}</body></html>"


def test_the_newest_page_is_that_of_the_day_of_the_run() -> None:
    assert ARCHIVE.as_of(date(2026, 11, 30)).start(UNKNOWN) == URL
    with pytest.raises(ValueError, match="no day"):
        ARCHIVE.start(UNKNOWN)


def test_the_day_of_the_run_is_no_part_of_the_archive_s_name() -> None:
    assert ARCHIVE.as_of(date(2026, 11, 30)).name == ARCHIVE.name


def test_a_day_names_its_articles_and_the_day_before() -> None:
    page = ARCHIVE.read(answer(URL, day_page("".join(map(ITEM.format, (4821, 4822))))), UNKNOWN)
    assert [link.key for link in page.links] == ["4821", "4822"]
    assert page.older == "https://baothu.vn/tin-ngay/2026-11-29.html"


def test_a_day_of_several_pages_is_read_to_its_end() -> None:
    more = "<a rel='next' href='/tin-ngay/2026-11-30.html?trang=2'>2</a>"
    page = ARCHIVE.read(answer(URL, day_page(ITEM.format(4821), more)), UNKNOWN)
    assert page.older == f"{URL}?trang=2"
    last = ARCHIVE.read(answer(page.older, day_page(ITEM.format(4822))), UNKNOWN)
    assert last.older == "https://baothu.vn/tin-ngay/2026-11-29.html"


def test_an_empty_or_absent_day_is_passed_over() -> None:
    before = "https://baothu.vn/tin-ngay/2026-11-29.html"
    assert ARCHIVE.read(answer(URL, day_page("")), UNKNOWN).older == before
    absent = ARCHIVE.absent_page(URL)
    assert absent is not None
    assert (absent.links, absent.older) == ((), before)
    assert ARCHIVE.absent_page("https://baothu.vn/") is None


def test_the_first_day_ends_the_archive() -> None:
    archive = DayArchive("/tin-ngay/{day:%Y-%m-%d}.html", first=date(2026, 11, 30))
    assert archive.read(answer(URL, day_page(ITEM.format(4821))), UNKNOWN).older is None


@pytest.mark.parametrize(
    ("template", "address"),
    [
        ("/{day:%Y/%m/%d}/", "https://baothu.vn/2026/11/30/"),
        ("https://baothu.vn/list?d={day:%d.%m.%Y}", "https://baothu.vn/list?d=30.11.2026"),
        ("/luu-tru/{day:%d%m%y}", "https://baothu.vn/luu-tru/301126"),
    ],
)
def test_the_day_stands_anywhere_in_the_address(template: str, address: str) -> None:
    archive = DayArchive(template)
    assert archive.as_of(date(2026, 11, 30)).start(UNKNOWN) == address
    page = archive.read(answer(address, day_page(ITEM.format(4821))), UNKNOWN)
    assert page.older is not None
    assert "29" in page.older


def test_a_page_of_no_day_is_refused() -> None:
    for address in ("https://baothu.vn/", "https://baothu.vn/tin-ngay/2026-02-30.html"):
        with pytest.raises(ExtractionError, match="no day"):
            ARCHIVE.read(answer(address, day_page("")), UNKNOWN)


@pytest.mark.parametrize("template", ["/tin/", "/{day:%Y-%m}/", "/{day}/", "/{x:%Y-%m-%d}/"])
def test_a_template_without_a_whole_day_is_a_fault_of_the_declaration(template: str) -> None:
    with pytest.raises(ValueError, match="a day stands as in"):
        DayArchive(template)
