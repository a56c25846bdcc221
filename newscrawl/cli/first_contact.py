"""The first contact with a newspaper's site tells whether what we believe of it is true.

Each belief is asked of the site with few requests, and becomes a `Finding`: what was believed, what
was found, and whether the two differ.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from newscrawl.cli.article_findings import (
    Finding,
    ReadArticle,
    Verdict,
    article_findings,
    article_json,
    read_by_all,
)
from newscrawl.cli.read_page import Newspaper
from newscrawl.cli.site_questions import Questions
from newscrawl.discovery.generic_listing import read_list
from newscrawl.discovery.list_end import list_page_of
from newscrawl.discovery.site_look import (
    FoundSource,
    SiteAnswer,
    described,
    feeds_named,
    sample_of,
)
from newscrawl.discovery.site_menu import menu_links
from newscrawl.discovery.source import ListPage, Source
from newscrawl.exceptions import ExtractionError, IncompletePageError
from newscrawl.http.robots_rules import Robots
from newscrawl.http.user_agent import AGENT
from newscrawl.page.document import Document
from newscrawl.text import counted

PROBE_REQUESTS_MAX: Final = 40
ARTICLES_MAX: Final = 20
_REQUESTS_LEFT_OVER: Final = 1  # for a redirect of the last question
_LISTS_MAX: Final = 24
_FORMER_LISTS_MAX: Final = 1
_OLDER_PAGES_MAX: Final = 2
_GZIP: Final = b"\x1f\x8b"


@dataclass(slots=True, kw_only=True)
class Contact:
    """What a first contact has found."""

    newspaper: str
    requests: int = 0
    findings: list[Finding] = field(default_factory=list)
    articles: list[ReadArticle] = field(default_factory=list)
    asked: dict[str, str] = field(default_factory=dict)
    pages: dict[str, Document] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)
    """Addresses of the lists that were read; keys of `pages`"""

    @property
    def differences(self) -> list[Finding]:
        return [one for one in self.findings if one.verdict == "differs"]


class FirstContact:
    """Asks a site about a newspaper's declaration."""

    def __init__(self, newspaper: Newspaper, questions: Questions, contact: Contact) -> None:
        self.newspaper = newspaper
        self.questions = questions
        self.contact = contact

    async def run(self) -> Contact:
        """Ask everything, the most important first, and return what was found."""
        front = await self.ask(f"https://{self.newspaper.domain}/")
        self.note_host(front)
        self.note_robots()
        self.note_menu(front)
        found = await self.lists()
        await self.older_pages(found)
        await self.other_sources(front)
        await self.read_articles(found)
        self.note_encodings()
        self.note_redirects()
        self.contact.requests = self.questions.requests
        return self.contact

    async def ask(self, url: str) -> SiteAnswer:
        """Ask for an address once, and note what it answers."""
        if url in self.contact.asked:
            why = self.contact.asked[url]
            return SiteAnswer(url=url, document=self.contact.pages.get(url), why=why)
        if self.questions.requests >= PROBE_REQUESTS_MAX - _REQUESTS_LEFT_OVER:
            return SiteAnswer(url=url, document=None, why=NOT_ASKED)
        answer = await self.questions.ask(url)
        self.contact.asked[url] = answer.told
        if answer.document is not None:
            self.contact.pages[url] = answer.document
        return answer

    def note(self, subject: str, believed: str, found: str, verdict: Verdict) -> None:
        self.contact.findings.append(self.finding(subject, believed, found, verdict))

    @staticmethod
    def finding(subject: str, believed: str, found: str, verdict: Verdict) -> Finding:
        return Finding(subject=subject, believed=believed, found=found, verdict=verdict)

    # The host ----------------------------------------------------------------------------------

    def note_host(self, front: SiteAnswer) -> None:
        believed = f"{self.newspaper.domain} answers"
        if front.document is None:
            self.note("host", believed, front.why, "differs")
        else:
            self.note("host", believed, f"it answers: {front.told}", "as believed")

    def note_robots(self) -> None:
        """Note which of the newspaper's lists robots.txt forbids; nothing is asked for that."""
        believed = "robots.txt allows its lists"
        robots = self.questions.robots
        if robots is None:
            self.note("robots.txt", believed, "it cannot be read", "differs")
            return
        places = [source.start(self.newspaper.paper) for source in self.newspaper.sources]
        shut = [urlsplit(url).path for url in places if not robots.allows(url, AGENT)]
        if shut:
            self.note("robots.txt", believed, f"it forbids {_few(shut)}", "differs")
        else:
            self.note("robots.txt", believed, f"it allows them{_wishes(robots)}", "as believed")

    def note_menu(self, front: SiteAnswer) -> None:
        """Note the sections of the front page's menu that no source covers."""
        if front.document is None:
            return
        paper = self.newspaper.paper
        known = {_place_of(source.start(paper)) for source in self.newspaper.sources}
        known |= {_place_of(source.path) for source in self.newspaper.sources}
        links, _ = menu_links(front.document, paper)
        skipped = self.newspaper.skip_paths
        bare = [link.place for link in links if link.in_menu and _place_of(link.place) not in known]
        left = [place for place in bare if not f"{place.rstrip('/')}/".startswith(skipped)]
        if left:
            self.note("menu", "its sections are sources", f"without a source: {_few(left)}", "note")

    # Lists -------------------------------------------------------------------------------------

    async def lists(self) -> list[FoundSource]:
        """Ask for the newest page of every list, the former ones last."""
        sources = self.newspaper.sources
        open_ones = [one for one in sources if one.closed is None][:_LISTS_MAX]
        former = [one for one in sources if one.closed is not None][:_FORMER_LISTS_MAX]
        found: list[FoundSource] = []
        faults: dict[str, list[str]] = {}
        for source in (*open_ones, *former):
            page, why = await self.read(source)
            if page is not None and not why:
                told = described(page)
                found.append(FoundSource(source=source, evidence=told, links=page.links))
            elif source.closed is not None:
                self.note(f"former list {source.path}", "it may be gone", why, "note")
            elif not why.startswith(FORBIDDEN):  # told of robots.txt already
                faults.setdefault(why, []).append(source.path)
        for why, paths in faults.items():
            subject = counted(len(paths), "list")
            self.note(subject, "names articles", f"{_few(paths)}: {why}", "differs")
        self._note_good_lists(found)
        left = len(sources) - len(open_ones) - len(former)
        if left:
            self.note("further lists", "name articles", f"{left} were not asked", "note")
        return found

    def _note_good_lists(self, found: Sequence[FoundSource]) -> None:
        if found:
            counts = [len(one.links) for one in found]
            dated = sum(link.published_at is not None for one in found for link in one.links)
            told = f"{sum(counts)} links, {min(counts)} to {max(counts)} a page, {dated} dated"
            self.note(counted(len(found), "list"), "names articles", told, "as believed")

    async def read(self, source: Source) -> tuple[ListPage | None, str]:
        """Return a list's newest page and what is wrong with it; "" for nothing."""
        url = source.start(self.newspaper.paper)
        answer = await self.ask(url)
        if answer.document is None:
            return None, answer.why
        self.contact.lists.append(url)
        page, why = self._read(source, answer.document)
        if page is not None and not page.links and not page.parts:
            return page, "it names no article"
        is_short = page is not None and not page.is_whole_list and page.older is None
        if is_short and not source.front_only:
            return page, "nothing leads to its older pages"
        return page, why

    def _read(self, source: Source, document: Document) -> tuple[ListPage | None, str]:
        try:
            return source.read(document, self.newspaper.paper), ""
        except (ExtractionError, IncompletePageError) as error:
            why = error.why
        try:
            beside = len(read_list(document, self.newspaper.paper).links)
        except IncompletePageError:
            return None, why
        return None, f"{why}; the generic reader finds {beside} links"

    async def older_pages(self, found: Sequence[FoundSource]) -> None:
        """Ask for the second page of some lists, which may be one of a list API."""
        kinds: dict[str, FoundSource] = {}
        for one in found:
            kinds.setdefault(f"{type(one.source).__name__} {one.source.closed is None}", one)
        for one in list(kinds.values())[:_OLDER_PAGES_MAX]:
            document = self.contact.pages[one.source.start(self.newspaper.paper)]
            page, _ = self._read(one.source, document)
            if page is not None and page.older is not None:
                known = one.links if page.is_whole_list else ()  # behind a front page all is new
                await self._older_page(one.source, page.older, {link.key for link in known})

    async def _older_page(self, source: Source, older: str, known: Collection[str]) -> None:
        subject = f"older page of {source.path}"
        believed = f"{urlsplit(older).path} names older articles"
        answer = await self.ask(older)
        if answer.document is None:
            verdict: Verdict = "note" if answer.why == NOT_ASKED else "differs"
            self.note(subject, believed, answer.why, verdict)
            return
        page, why = self._read(source, answer.document)
        new = [link for link in page.links if link.key not in known] if page is not None else []
        found = why or counted(len(new), "further link")
        self.note(subject, believed, found, "as believed" if new else "differs")

    async def other_sources(self, front: SiteAnswer) -> None:
        """Note the feeds and sitemaps that the site names and the declaration does not use."""
        paper = self.newspaper.paper
        used = {list_page_of(source.start(paper)) for source in self.newspaper.sources}
        feeds = list(feeds_named(front.document, paper)) if front.document is not None else []
        named = [*(f"https://{paper.domain}{place}" for place in feeds[:1])]
        named += list(self.questions.sitemaps())[:1]
        for url in named:
            if list_page_of(url) not in used:
                answer = await self.ask(url)
                self.note("further source", "not declared", f"{url}: {answer.told}", "note")

    # Articles ----------------------------------------------------------------------------------

    async def read_articles(self, found: Sequence[FoundSource]) -> None:
        """Ask for articles of all lists in turn, and note how their fields are read."""
        skipped = self.newspaper.skip_paths
        wanted = [
            replace(
                one,
                links=tuple(
                    link for link in one.links if not urlsplit(link.url).path.startswith(skipped)
                ),
            )
            for one in found
        ]
        for link in sample_of(wanted, ARTICLES_MAX):
            answer = await self.ask(link.url)
            if answer.why == NOT_ASKED:
                told = f"{len(self.contact.articles)} were asked, no more in the bound"
                self.note("articles", f"{ARTICLES_MAX} are to be read", told, "note")
                break
            if answer.document is None:
                article = ReadArticle(url=link.url, problem=answer.why)
            else:
                article = read_by_all(answer.document, self.newspaper)
            self.contact.articles.append(article)
        self.contact.findings.extend(article_findings(self.contact.articles))

    def note_encodings(self) -> None:
        """Note the pages that are not in UTF-8, or whose letters are damaged.

        A part of a sitemap that is sent packed has no letters.
        """
        odd: Counter[str] = Counter()
        pages = [page for page in self.contact.pages.values() if page.body[:2] != _GZIP]
        for document in pages:
            decoded = document.decoded
            if decoded.encoding != "utf-8" or decoded.warnings:
                odd[", ".join([decoded.encoding, *decoded.warnings])] += 1
        for what, count in odd.items():
            told = f"{count} of {len(pages)} are in {what}"
            self.note("encoding", "pages are in UTF-8", told, "differs")
        if not odd and pages:
            told = f"all {len(pages)} are"
            self.note("encoding", "pages are in UTF-8", told, "as believed")

    def note_redirects(self) -> None:
        """Note the hosts to which addresses of the declared host were redirected."""
        moved: dict[str, list[str]] = {}
        for url, document in self.contact.pages.items():
            asked, answered = urlsplit(url).hostname, urlsplit(document.url).hostname
            if asked != answered:
                moved.setdefault(f"{asked} redirects to {answered}", []).append(url)
        for what, urls in moved.items():
            told = f"{what} ({len(urls)} addresses)"
            self.note("redirects", "its host answers itself", told, "differs")


FORBIDDEN: Final = "forbidden by robots.txt"
NOT_ASKED: Final = f"not asked: the bound of {PROBE_REQUESTS_MAX} requests"


def _place_of(address: str) -> str:
    """Return path and query of an address in one spelling."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/").casefold()
    return f"{path}?{parts.query}" if parts.query else path


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:4])
    return shown if len(names) <= 4 else f"{shown} and {len(names) - 4} more"


def _wishes(robots: Robots) -> str:
    gap = robots.group(AGENT).gap_s
    return f", one request in {gap:g} s" if gap else ""


def as_json(contact: Contact, seconds: timedelta) -> dict[str, Any]:
    """Return the report as data."""
    return {
        "newspaper": contact.newspaper,
        "verdict": "differs" if contact.differences else "as believed",
        "requests": contact.requests,
        "seconds": round(seconds.total_seconds(), 1),
        "findings": [
            {"subject": f.subject, "believed": f.believed, "found": f.found, "verdict": f.verdict}
            for f in contact.findings
        ],
        "articles": [article_json(one) for one in contact.articles],
        "asked": [{"address": url, "answer": said} for url, said in contact.asked.items()],
    }
