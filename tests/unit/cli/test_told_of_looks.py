"""What `newpaper` and `probe` say: what is left to do, what differs, with which exit code."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.cli.first_contact import Contact, FirstContact
from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.commands import newpaper, probe
from newscrawl.commands.newpaper import (
    article_pages,
    doubts,
    family_letter,
    known_entry,
    left_to_do,
    province_of,
    sections_of,
)
from newscrawl.commands.probe import code_of_contact, lines_of
from newscrawl.crawl.found_newspaper import spider_of
from newscrawl.crawl.found_sources import FoundSources, SourceEntry
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.site_look import SiteLook, site_of
from newscrawl.exceptions import ArgumentError
from newscrawl.exit_codes import ExitCode
from newscrawl.page.document import Document
from newscrawl.project.fixture import KEYS
from tests.support.strangers import homemade

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAPER = site_of("https://baothu.vn/", "baothu")


def found(*entries: SourceEntry, **left_out: str) -> FoundSources:
    return FoundSources(
        name="baothu",
        title="Báo Thử",
        domain="baothu.vn",
        looked_at=NOON,
        pages=(GenericPage,),
        entries=entries,
        left_out={f"https://baothu.vn/{name}": why for name, why in left_out.items()},
        asked={},
        layout="none of 3 articles carries the marks of a family",
    )


def look(*places: str) -> SiteLook:
    pages = {
        f"https://baothu.vn{place}": Document("https://baothu.vn/", b"", fetched_at=NOON)
        for place in places
    }
    return SiteLook(address="https://baothu.vn/", paper=PAPER, pages=pages)


READ = SourceEntry(
    source=GenericSection("/kinh-te"), evidence="the menu; 9 links, next page https://baothu.vn/x"
)
PAGELESS = SourceEntry(source=GenericSection("/xa-hoi"), evidence="the menu; 9 links")
UNREAD = SourceEntry(source=GenericSection("/the-thao"), evidence="not read in the look")


def test_a_list_that_was_read_with_its_pager_leaves_no_doubt() -> None:
    assert list(doubts(found(READ), look("/kinh-te"))) == []


def test_what_the_look_could_not_settle_is_asked() -> None:
    told = list(
        doubts(
            found(PAGELESS, UNREAD, lich="names 0 articles", rss="HTTP 404"),
            look("/xa-hoi"),
        )
    )
    assert told == [
        "/xa-hoi shows no next page: is that its whole list?",
        "GenericSection:/the-thao was not read in the look: does it list articles?",
        "https://baothu.vn/lich was left out (names 0 articles): is it a list?",
    ]


def test_the_steps_are_numbered_in_order() -> None:
    written = [Path("spiders/baothu.py"), Path("catalogue.csv"), Path("f/article-1.html")]
    lines = list(left_to_do(found(PAGELESS), look("/xa-hoi"), written, ""))
    assert lines[1] == "Left to do:"
    assert [line.split(".")[0].strip() for line in lines[2:]] == [*map(str, range(1, 9))]
    assert "spiders/baothu.py: is the title right" in lines[2]
    assert "f/article-1.json with the page" in lines[4]
    assert lines[5].endswith(
        'write into spiders/baothu.py what you saw instead of "no person has checked it yet"'
    )
    assert lines[6].endswith('write it into catalogue.csv too, and "own" for "own?"')
    assert "crawl baothu -a limit=20, then" in lines[-1]


def test_what_was_given_to_reach_the_site_is_repeated() -> None:
    given = " -s MIRROR=http://127.0.0.1:8099"
    lines = list(left_to_do(found(READ), look("/kinh-te"), [Path("spiders/baothu.py")], given))
    assert "crawl baothu -a limit=20 -s MIRROR=http://127.0.0.1:8099, then readpage" in lines[-1]
    assert not any("catalogue" in line for line in lines)


def article_look(*urls: str) -> SiteLook:
    """A look that asked for these articles of a stranger's; one it has not got is a soft 404."""
    pages = {}
    for url in urls:
        raw = homemade.SITE.answer(url.removeprefix(homemade.HOME), {}).raw
        pages[url] = Document(url, raw, fetched_at=NOON, content_type="text/html; charset=utf-8")
    paper = site_of(homemade.SITE.address, homemade.SITE.name)
    return SiteLook(address=homemade.HOME, paper=paper, pages=pages, articles=list(urls))


def test_a_page_in_an_articles_place_that_holds_none_is_saved_as_such() -> None:
    known = sorted(homemade.SITE.truths())[:3]
    gone = [f"{homemade.HOME}/bai-viet/{n}/khong-co-bai-nay-o-day" for n in (99998, 99999)]
    newspaper = spider_of(replace(found(READ), name=homemade.SITE.name, domain=homemade.HOST))
    saved = article_pages(article_look(known[0], gone[0], *known[1:], gone[1]), newspaper)
    assert [(url, name) for url, name, _ in saved] == [
        (known[0], "article-1"),
        (known[1], "article-2"),
        (gone[0], "other"),
    ]
    gold = saved[2][2]
    assert (gold["page"], gold["checked"], gold["absent"]) == ("other", False, [])
    assert gold["expected"] == {"why": "soft 404"}
    assert [*gold] == [*KEYS]


def test_a_look_at_articles_alone_saves_no_other_page() -> None:
    known = sorted(homemade.SITE.truths())[:1]
    newspaper = spider_of(replace(found(READ), name=homemade.SITE.name, domain=homemade.HOST))
    assert [name for _, name, _ in article_pages(article_look(*known), newspaper)] == ["article-1"]


def test_the_province_is_given_or_known() -> None:
    assert province_of("08", None) == ("08", "Tuyên Quang")
    known = known_entry("https://www.baotuyenquang.com.vn/")
    assert known is not None
    assert province_of(None, known) == ("08", "Tuyên Quang")
    assert province_of("01", known)[0] == "01"
    with pytest.raises(ArgumentError, match="of which province is it"):
        province_of(None, known_entry("https://baothu.vn/"))


def test_the_catalogue_names_family_and_sections() -> None:
    generic = found(READ, SourceEntry(source=Feed("/a.rss"), evidence=""))
    assert (family_letter(generic), list(sections_of(generic))) == ("own?", ["/kinh-te"])


def test_a_family_is_a_guess_of_its_letter() -> None:
    family = FoundSources(
        name="baothu",
        title="Báo Thử",
        domain="baothu.vn",
        looked_at=NOON,
        pages=(EpiPage, GenericPage),
        entries=(SourceEntry(source=EpiSection(path="/kinh-te/"), evidence=""),),
        left_out={},
        asked={},
    )
    assert (family_letter(family), list(sections_of(family))) == ("C?", ["/kinh-te/"])


def contact(*verdicts: str, answered: bool = True, said: str = "HTTP 503") -> Contact:
    made = Contact(newspaper="baothu", requests=7)
    for number, verdict in enumerate(verdicts):
        made.findings.append(
            FirstContact.finding(f"thing {number}", "it is", "it is not", verdict)  # type: ignore[arg-type]
        )
    made.asked["https://baothu.vn/"] = "200 text/html, 10 bytes" if answered else said
    if answered:
        made.pages["https://baothu.vn/"] = Document("https://baothu.vn/", b"", fetched_at=NOON)
    return made


@pytest.mark.parametrize(
    ("found_contact", "code"),
    [
        (contact("as believed", "note"), 0),
        (contact("as believed", "differs"), 3),
        (contact("differs", answered=False), 4),
        (contact("differs", answered=False, said="forbidden by robots.txt: /"), 6),
    ],
)
def test_the_exit_code_says_what_was_found(found_contact: Contact, code: int) -> None:
    assert code_of_contact(found_contact) == code


def test_the_table_marks_what_differs() -> None:
    lines = list(lines_of(contact("as believed", "differs"), timedelta(seconds=3), Path("probe")))
    table = lines[0].splitlines()
    assert [line.startswith("DIFFERS") for line in table] == [False, False, True]
    assert lines[-2:] == [
        "baothu: 1 of 2 differ; 7 requests in 3 s",
        "report and pages: probe",
    ]
    assert "baothu: all is as believed; 7 requests in 3 s" in list(
        lines_of(contact("note"), timedelta(seconds=3), Path("probe"))
    )


@pytest.mark.parametrize("command", [newpaper, probe])
def test_the_help_names_the_code_of_a_robots_txt_that_forbids(command: ModuleType) -> None:
    said = command.Command().long_desc()
    assert f"; {ExitCode.SITE_DOWN.value}: the site cannot be reached" in said
    assert f"; {ExitCode.ROBOTS.value}: robots.txt forbids it or cannot be read." in said
