"""What a first contact concludes of answers: the site is a function, nothing is sent."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.cli.article_findings import COMPARED, article_findings, read_by_all
from newscrawl.cli.first_contact import PROBE_REQUESTS_MAX, Contact, FirstContact, as_json
from newscrawl.cms.epi import EpiPage
from newscrawl.crawl.found_newspaper import spider_of
from newscrawl.crawl.found_sources import FoundSources, SourceEntry
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.site_look import SiteAnswer
from newscrawl.http.robots_rules import Robots
from newscrawl.page.document import Document
from tests.support.strangers import drupal

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOST = drupal.HOST
PLACES = ("/thoi-su", "/kinh-te", "/ban-lang")
Change = Callable[[str, bytes], bytes | None]
"""Path and body → another body; None = 404"""


def newspaper(*pages: Any, places: tuple[str, ...] = PLACES) -> type[NewspaperSpider]:
    return spider_of(
        FoundSources(
            name="baodeosau",
            title="Báo Đèo Sấu",
            domain=HOST,
            looked_at=NOON,
            pages=pages or (GenericPage,),
            entries=tuple(SourceEntry(source=GenericSection(p), evidence="") for p in places),
            left_out={},
            asked={},
        )
    )


class Answers:
    """What `Questions` is to a first contact: a site without a network."""

    def __init__(self, change: Change | None = None, robots: str | None = "") -> None:
        self.change = change
        self.asked: list[str] = []
        self.robots = None if robots is None else Robots.parse(robots.encode())

    @property
    def requests(self) -> int:
        return len(self.asked)

    def sitemaps(self) -> tuple[str, ...]:
        return self.robots.sitemaps if self.robots is not None else ()

    async def ask(self, url: str) -> SiteAnswer:
        self.asked.append(url)
        parts = urlsplit(url)
        answer = drupal.SITE.answer(parts.path, dict(parse_qsl(parts.query)))
        body = answer.raw if answer.status == 200 else None
        if body is not None and self.change is not None:
            body = self.change(parts.path, body)
        if body is None:
            return SiteAnswer(url=url, document=None, why="HTTP 404")
        return SiteAnswer(url=url, document=Document(url, body, fetched_at=NOON))


def contact_of(answers: Answers, paper: type[NewspaperSpider] | None = None) -> Contact:
    first = FirstContact(
        paper or newspaper(), answers, Contact(newspaper="baodeosau")  # type: ignore[arg-type]
    )  # fmt: skip
    return asyncio.run(first.run())


def found(contact: Contact) -> dict[str, str]:
    return {one.subject: one.found for one in contact.findings}


def differing(contact: Contact) -> dict[str, str]:
    return {one.subject: one.found for one in contact.differences}


def test_a_site_as_believed_differs_in_nothing() -> None:
    answers = Answers()
    contact = contact_of(answers)
    assert contact.differences == []
    assert found(contact)["3 lists"] == "24 links, 8 to 8 a page, 0 dated"
    assert found(contact)["older page of /thoi-su/"] == "8 further links"
    assert len(contact.articles) == 20
    assert len(answers.asked) == len(set(answers.asked)) < PROBE_REQUESTS_MAX


class Costly(Answers):
    """Questions that cost some requests beside: robots.txt, redirects."""

    @property
    def requests(self) -> int:
        return len(self.asked) + 20


def test_no_more_is_asked_than_the_bound() -> None:
    answers = Costly()
    contact = contact_of(answers)
    assert answers.requests == PROBE_REQUESTS_MAX - 1
    assert found(contact)["articles"] == "14 were asked, no more in the bound"
    assert contact.differences == []


def test_lists_beyond_the_bound_are_counted() -> None:
    many = tuple(f"/thoi-su?loc={n}" for n in range(60))
    assert found(contact_of(Answers(), newspaper(places=many)))["further lists"] == (
        "36 were not asked"
    )


def test_a_list_that_is_gone_is_told_by_its_path() -> None:
    contact = contact_of(Answers(lambda path, body: None if path == "/kinh-te" else body))
    assert differing(contact) == {"1 list": "/kinh-te/: HTTP 404"}


def test_lists_with_one_cause_are_one_finding() -> None:
    def empty(path: str, body: bytes) -> bytes:
        return b"<html><body><p>x</p></body></html>" if path in PLACES[:2] else body

    contact = contact_of(Answers(empty))
    assert list(differing(contact)) == ["2 lists"]
    assert differing(contact)["2 lists"].startswith("/thoi-su/, /kinh-te/: no linked titles")


def test_robots_txt_is_judged_without_a_request() -> None:
    contact = contact_of(Answers(robots="User-agent: *\nDisallow: /kinh-te\n"))
    assert differing(contact)["robots.txt"] == "it forbids /kinh-te"
    assert differing(contact_of(Answers(robots=None)))["robots.txt"] == "it cannot be read"
    slow = contact_of(Answers(robots="User-agent: *\nCrawl-delay: 5\n"))
    assert found(slow)["robots.txt"] == "it allows them, one request in 5 s"


def test_pages_in_another_encoding_are_counted() -> None:
    def utf_16(path: str, body: bytes) -> bytes:
        return body.decode().encode("utf-16") if path in PLACES else body

    contact = contact_of(Answers(utf_16))
    assert differing(contact)["encoding"].startswith("4 of ")
    assert "utf-16" in differing(contact)["encoding"]


def test_a_pager_that_leads_to_nothing_is_told() -> None:
    async def ask(url: str) -> SiteAnswer:
        return await Answers().ask(url.partition("?")[0] if "page=1" in url else url)

    answers = Answers()
    answers.ask = ask  # type: ignore[method-assign]
    contact = contact_of(answers)
    assert differing(contact) == {"older page of /thoi-su/": "0 further links"}


def page_of(change: Callable[[bytes], bytes] = lambda body: body) -> Document:
    url = next(iter(drupal.SITE.truths()))
    body = drupal.SITE.answer(urlsplit(url).path, {}).raw
    return Document(url, change(body), fetched_at=NOON)


def test_an_article_is_read_by_its_class_and_beside_it() -> None:
    one = read_by_all(page_of(), newspaper())
    truth: Mapping[str, Any] = drupal.SITE.truths()[one.url]
    assert one.line is not None
    assert (one.page_class, one.problem, one.differing) == ("GenericPage", "", [])
    assert {n: one.line[n] for n in COMPARED} == {n: truth[n] for n in COMPARED}


def test_the_marks_that_match_nothing_are_named() -> None:
    one = read_by_all(page_of(), newspaper(EpiPage))
    assert one.line is None
    assert one.generic is not None
    assert "EpiPage: nothing matches its headline h1.article__title.cms-title" in one.problem
    assert "EpiPage: nothing matches its body div.article__body.cms-body" in one.problem


def test_a_field_that_only_the_generic_reader_finds_differs() -> None:
    read = [read_by_all(page_of(), newspaper()) for _ in range(3)]
    lost = [
        type(one)(
            url=one.url,
            page_class="X",
            line=None if one.line is None else one.line | {"lead": ""},
            generic=one.line,
        )
        for one in read
    ]
    findings = {one.subject: one for one in article_findings(lost)}
    assert findings["field lead"].verdict == "differs"
    assert findings["field lead"].found.endswith("generic differs on 3; generic finds 3")
    assert findings["field headline"].verdict == "as believed"


def test_no_article_at_all_differs() -> None:
    (finding,) = article_findings([])
    assert (finding.subject, finding.verdict) == ("articles", "differs")


@pytest.mark.parametrize("change", [None, lambda path, body: None if path == "/kinh-te" else body])
def test_the_report_is_json_with_everything_that_was_asked(change: Change | None) -> None:
    answers = Answers(change)
    contact = contact_of(answers)
    report = json.loads(json.dumps(as_json(contact, timedelta(seconds=2.34)), ensure_ascii=False))
    assert report["verdict"] == ("differs" if change else "as believed")
    assert (report["requests"], report["seconds"]) == (len(answers.asked), 2.3)
    assert [one["address"] for one in report["asked"]] == answers.asked
    assert len(report["articles"]) == len(contact.articles)


def test_sections_of_the_menu_without_a_source_are_noted() -> None:
    told = found(contact_of(Answers()))["menu"]
    assert told == "without a source: /kinh-te/nong-nghiep, /kinh-te/thuong-mai"
    whole = (*PLACES, "/kinh-te/nong-nghiep", "/kinh-te/thuong-mai")
    assert "menu" not in found(contact_of(Answers(), newspaper(places=whole)))
