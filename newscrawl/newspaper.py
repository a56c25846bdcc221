"""A newspaper, and the walk over its lists: from sources to articles.

A newspaper is a declaration: a subclass with class attributes and no method. What is missing or
contradictory is told when the class is made.
"""

import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, ClassVar, Final

from scrapy import Request, signals
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.articles import ArticleSpider
from newscrawl.declaration import check_declaration
from newscrawl.exceptions import BrokenPage, ExtractionError, NewscrawlError
from newscrawl.pages import ArticlePage, Paper
from newscrawl.refusals import NotAsked
from newscrawl.responses import day_of, failure_reason
from newscrawl.sources import Source
from newscrawl.urls import spellings
from newscrawl.walk import Progress, Step, Walk, next_step, walks

_LOT: Final = 500


class NewspaperSpider(ArticleSpider):
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

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.progress: dict[str, Progress] = {}
        self.found: set[str] = set()

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
            headers=dict(walk.source.headers(walk.address)),
            cb_kwargs={"walk": walk},
            priority=-walk.page,  # the newest pages of all lists before the older ones of any
            dont_filter=True,
        )

    def parse_list(self, response: Response, walk: Walk) -> Iterator[Request]:
        """The requests for the page's articles and for its next older page."""
        try:
            page = walk.source.read(self.document(response), self.paper)
        except (ExtractionError, BrokenPage) as error:
            yield from self.again_list(response, error)
            return
        self.count("list/read")
        self.count("list/links", len(page.links))
        wanted = [link for link in page.links if self.arguments.covers(day_of(link.published_at))]
        sifted = self.archive.ledger.sift(
            wanted, self.archive.run_id, self.now(), self.arguments.refetch
        )
        self.count("link/new", sifted.new)
        self.found.update(ask.link.key for ask in sifted.ask if ask.reason == "new")
        # Found in this run by another list, or by the front page of this one, is new as well.
        new = sum(link.key in self.found for link in page.links)
        bound = self.settings.getint("LIST_PAGES")
        step = next_step(walk, page, new, self.arguments.since, bound)
        if step.bound_reached:
            self.count("bound/list_pages")
        is_cut = step.bound_reached and self.arguments.since is not None
        # In the same transaction as the links: nothing is yielded, so nothing commits, in between.
        self.note_progress(walk, step, stopped=is_cut or self.would_exceed_limit(len(sifted.ask)))
        yield from self.article_requests(sifted.ask)
        if step.next is not None and not self.is_at_limit():
            yield self.list_request(step.next)

    def again_list(self, response: Response, error: NewscrawlError) -> Iterator[Request]:
        """The list page once more: a soft 404 or a bot wall passes, a redesign does not."""
        assert response.request is not None
        request = get_retry_request(response.request, spider=self, reason="list not read")
        if request is not None:
            yield request
            return
        self.count("list/unread")
        self.logger.warning("%s", error)

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
