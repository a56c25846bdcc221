"""From sources to articles: the one spider that walks every newspaper's lists.

A newspaper is a declaration: a subclass with class attributes and no method. What is missing or
contradictory is told when the class is made.
"""

import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final, Self
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.archive.archive import Archive, open_archive
from newscrawl.archive.asking import Ask
from newscrawl.arguments import NAMES, Arguments, read_arguments
from newscrawl.declaration import check_declaration
from newscrawl.document import Document
from newscrawl.exceptions import BrokenPage, ExtractionError, NotAnArticle
from newscrawl.failures import failure_of_error
from newscrawl.gate import check_whole
from newscrawl.items import VIETNAM, Article
from newscrawl.pages import ArticlePage, Paper, choose_page
from newscrawl.refusals import NotAsked, Refused
from newscrawl.sources import Source
from newscrawl.urls import spellings
from newscrawl.walk import Progress, Step, Walk, next_step, walks

_ARTICLE_PRIORITY: Final = 10  # an article in hand is worth more than the next list page
_ANSWERS: Final = [304, 404, 410]
_LOT: Final = 500


class NewspaperSpider(Spider):
    """A newspaper, or a portal that republishes one."""

    name: str
    """Its domain's first label when it joined; never changed, it is a key in the archive"""
    title: ClassVar[str]
    """As it calls itself"""
    domain: ClassVar[str]
    """Host its addresses are written with"""
    former_domains: ClassVar[tuple[str, ...]] = ()
    """Other hosts of the same articles; www. and m. of the domain need not be named"""
    provinces: ClassVar[tuple[str, ...]]
    """Codes of today's provinces, two digits as text"""
    pages: ClassVar[tuple[type[ArticlePage], ...]]
    """Page classes of its CMSs, today's first"""
    sources: ClassVar[tuple[Source, ...]]
    skip: ClassVar[tuple[str, ...]] = ()
    """Beginnings of paths that hold no articles in text: films, print edition, search"""
    floor: ClassVar[Mapping[str, float]] = {}
    """Least share of a run's articles that have the field, below which the run is degraded"""
    unverified_tls_reason: ClassVar[str | None] = None
    """Why its certificate is not checked; None = it is"""

    hosts: ClassVar[frozenset[str]]
    paper: ClassVar[Paper]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        check_declaration(cls)
        hosts = spellings(cls.domain, *cls.former_domains)
        cls.paper = Paper(name=cls.name, domain=cls.domain, hosts=hosts)
        cls.hosts = frozenset(hosts)

    @classmethod
    def key_of(cls, url: str) -> str | None:
        """The article's key that an address carries in one of the paper's CMSs."""
        keys = (page.read_key(url) for page in cls.pages)
        return next((key for key in keys if key is not None), None)

    def __init__(self, *, archive: Archive, **given: Any) -> None:
        super().__init__(self.name, **{n: v for n, v in given.items() if n not in NAMES})
        self.archive = archive
        self.arguments: Arguments = read_arguments(
            {n: v for n, v in given.items() if n != "_job"}, {s.path for s in self.sources}
        )
        self.progress: dict[str, Progress] = {}
        self.found: set[str] = set()
        self.asked: set[str] = set()
        self.in_flight: dict[str, Ask] = {}
        self.validators: dict[str, tuple[str | None, str | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider with its archive open; raises `ArchiveError` where that cannot be."""
        if "archive" not in kwargs:
            kwargs["archive"] = open_archive(crawler.settings, cls.name)
        return super().from_crawler(crawler, *args, **kwargs)

    # Lists -------------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Request]:
        """First what earlier runs left and what is due for a second look, then the lists."""
        async for request in self.waiting_requests():
            yield request
        for source in self.sources:
            if self.arguments.section in (None, source.path):
                for walk in self.walks(source):
                    yield self.list_request(walk)

    async def waiting_requests(self) -> AsyncIterator[Request]:
        """In small lots, so that a long backlog does not lie in memory as requests."""
        revisits = self.settings.getint("REVISITS")
        if self.arguments.refetch is not None:
            self.archive.look_again(self.arguments.refetch, self.now())
            revisits = sys.maxsize
        while self.arguments.section is None and not self.is_at_limit():
            lot = tuple(self.archive.ledger.waiting(self.now(), _LOT))
            due = [ask for ask in lot if ask.reason == "due"]
            taken = [ask for ask in lot if ask.reason != "due"] + due[:revisits]
            revisits -= min(len(due), revisits)
            for request in self.article_requests(taken):
                yield request
            if len(lot) < _LOT or (due and not revisits):
                break
            await self.crawler.signals.wait_for(signals.scheduler_empty)

    def walks(self, source: Source) -> Iterator[Walk]:
        listing = self.archive.ledger.listing(source.name)
        if source.closed and listing.complete and self.arguments.since is None:
            return
        progress = Progress.from_cursor(listing.cursor, listing.reached)
        self.progress[source.name] = progress
        yield from walks(source, self.paper, progress, self.arguments)

    def list_request(self, walk: Walk) -> Request:
        return Request(
            walk.address,
            self.parse_list,
            errback=self.list_failed,
            cb_kwargs={"walk": walk},
            priority=-walk.page,  # the newest pages of all lists before the older ones of any
            dont_filter=True,
        )

    def parse_list(self, response: Response, walk: Walk) -> Iterator[Request]:
        """The requests for the page's articles and for its next older page."""
        try:
            page = walk.source.read(self.document(response), self.paper)
        except (ExtractionError, BrokenPage) as error:
            self.count("list/unread")
            self.logger.warning("%s", error)
            return
        self.count("list/read")
        self.count("list/links", len(page.links))
        wanted = [link for link in page.links if self.arguments.covers(_day(link.published_at))]
        sifted = self.archive.ledger.sift(
            wanted, self.archive.run_id, self.now(), self.arguments.refetch
        )
        self.count("link/new", sifted.new)
        self.found.update(ask.link.key for ask in sifted.ask if ask.reason == "new")
        # Found in this run by another list, or by the front page of this one, is new as well.
        new = sum(link.key in self.found for link in page.links)
        bound = self.settings.getint("LIST_PAGES")
        step = next_step(walk, page, new, self.arguments.since, bound)
        # In the same transaction as the links: nothing is yielded, so nothing commits, in between.
        self.note_progress(walk, step, stopped=self.would_exceed_limit(len(sifted.ask)))
        if step.bound_reached:
            self.count("bound/list_pages")
        yield from self.article_requests(sifted.ask)
        if step.next is not None and not self.is_at_limit():
            yield self.list_request(step.next)

    def note_progress(self, walk: Walk, step: Step, *, stopped: bool) -> None:
        name = walk.source.name
        progress = self.progress[name].after(walk, step, stopped=stopped)
        self.progress[name] = progress
        self.archive.ledger.note_listing(
            name, progress.cursor, not progress.open, progress.reached, self.now()
        )

    def list_failed(self, failure: Failure) -> None:
        walk: Walk = failure.request.cb_kwargs["walk"]  # type: ignore[attr-defined]
        if isinstance(failure.value, NotAsked):
            return
        reason = failure_reason(failure)
        if walk.source.closed and reason in ("HTTP 404", "HTTP 410"):
            # A former CMS's list that no longer answers is the end of it, not a fault.
            self.count("list/closed")
            self.archive.ledger.note_listing(walk.source.name, None, True, None, self.now())
            return
        self.note_bug(failure)
        self.count("list/failed")
        self.logger.warning("list %s: %s", walk.address, reason)

    # Articles ----------------------------------------------------------------------------------

    def article_requests(self, asks: Sequence[Ask]) -> Iterator[Request]:
        for ask in asks:
            if ask.link.key in self.asked or self.is_at_limit():
                continue
            self.asked.add(ask.link.key)
            if urlsplit(ask.link.url).path.startswith(self.skip):
                self.count("refused/skipped section")
                self.archive.ledger.refuse(ask.link.key, "skipped section", self.now())
                continue
            self.in_flight[ask.link.key] = ask
            yield Request(
                ask.link.url,
                self.parse_article,
                errback=self.article_failed,
                headers=_conditions(ask),
                cb_kwargs={"ask": ask},
                meta={"handle_httpstatus_list": _ANSWERS, "keep_page": True},
                priority=_ARTICLE_PRIORITY,
                dont_filter=True,
            )

    def would_exceed_limit(self, more: int) -> bool:
        limit = self.arguments.limit
        return limit is not None and len(self.asked) + more >= limit

    def is_at_limit(self) -> bool:
        return self.arguments.limit is not None and len(self.asked) >= self.arguments.limit

    def parse_article(self, response: Response, ask: Ask) -> Iterator[Article | Request]:
        """The page's article, or the request to ask for it again."""
        self.in_flight.pop(ask.link.key, None)
        ledger, key, now = self.archive.ledger, ask.link.key, self.now()
        if response.status == 304:
            self.count("article/unchanged")
            ledger.unchanged(key, now)
            return
        if response.status in (404, 410):
            self.count("article/gone")
            ledger.gone(key, response.status, now)
            return
        raw_ref = self.archive.keep(response)
        try:
            article = self.read_article(response, ask)
        except BrokenPage as error:
            yield from self.again(response, ask, error)
        except NotAnArticle as error:
            self.count(f"refused/{error.why}")
            ledger.refuse(key, error.why, now)
        except ExtractionError as error:
            self.count(f"field/{error.field}/failed")
            self.logger.warning("%s", error)
            ledger.fail(key, f"{error.field}: {error.why}"[:300], now)
        else:
            self.validators[article.id] = (
                _header(response, "ETag"),
                _header(response, "Last-Modified"),
            )
            yield replace(article, raw_ref=raw_ref, run_id=self.archive.run_id)

    def read_article(self, response: Response, ask: Ask) -> Article:
        document = self.document(response)
        if document.url.split("/", 3)[3:] in ([], [""]):
            raise NotAnArticle(document.url, "redirects to the home page")
        check_whole(document)
        page = choose_page(self.pages, document, self.paper)
        article = page.to_item()
        if article.id != f"{self.name}:{ask.link.key}":
            raise NotAnArticle(document.url, "redirects to another article")
        for field, evidence in page.evidence.items():
            self.count(f"field/{field}/{evidence}")
        return article

    def again(self, response: Response, ask: Ask, error: BrokenPage) -> Iterator[Request]:
        assert response.request is not None
        request = get_retry_request(response.request, spider=self, reason=f"broken: {error.why}")
        if request is not None:
            self.in_flight[ask.link.key] = ask
            yield request
        else:
            self.count("article/broken")
            self.archive.ledger.fail(ask.link.key, error.why[:300], self.now())

    def article_failed(self, failure: Failure) -> None:
        """The link is refused for good, tried again in later runs, or left as it was."""
        ask: Ask = failure.request.cb_kwargs["ask"]  # type: ignore[attr-defined]
        self.in_flight.pop(ask.link.key, None)
        error, ledger = failure.value, self.archive.ledger
        if isinstance(error, NotAsked):
            self.count(f"left/{error.reason}")
        elif isinstance(error, Refused):
            self.count(f"refused/{error.reason}")
            ledger.refuse(ask.link.key, error.reason, self.now())
        else:
            self.note_bug(failure)
            self.count("article/failed")
            ledger.fail(ask.link.key, failure_reason(failure), self.now())

    def note_bug(self, failure: Failure) -> None:
        """Tells an error that no code of ours expects from a page that merely failed."""
        error = failure.value
        if isinstance(error, HttpError | IgnoreRequest):
            return
        if not isinstance(error, Exception) or failure_of_error(error) is None:
            self.count("bug")
            self.logger.error("unexpected", exc_info=error)

    # Shared ------------------------------------------------------------------------------------

    def document(self, response: Response) -> Document:
        return Document(
            response.url,
            response.body,
            fetched_at=self.now(),
            content_type=_header(response, "Content-Type"),
            status=response.status,
        )

    def now(self) -> datetime:
        return datetime.now(UTC)

    def count(self, name: str, count: int = 1) -> None:
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value(f"newscrawl/{name}", count)


def failure_reason(failure: Failure) -> str:
    """One short line: the HTTP status, or the kind of error and what it says."""
    error = failure.value
    if isinstance(error, HttpError):
        return f"HTTP {error.response.status}"
    said = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {said}"[:300]


def _conditions(ask: Ask) -> dict[str, str]:
    """The headers of a conditional request (RFC 9110, section 13.1)."""
    headers = {"If-None-Match": ask.etag, "If-Modified-Since": ask.last_modified}
    return {name: value for name, value in headers.items() if value}


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1").strip() or None if value else None


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(VIETNAM).date() if moment else None
