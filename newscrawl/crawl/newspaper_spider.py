"""`NewspaperSpider`, the base of every newspaper: a declaration, and the run that it begins.

A newspaper is a declaration: a subclass with class attributes and no method. A missing or
contradictory attribute raises when the class is made. `ArticleSpider`, `ListNotesSpider`,
`ListRequestsSpider` and `ListAnswersSpider`, each derived from the one before, do its work.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from typing import Any, ClassVar, Final

from scrapy import Request, signals

from newscrawl.archive.host_locks import HostLocks
from newscrawl.article.article_page import ArticlePage
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.newspaper_site import Site
from newscrawl.crawl.declaration import check_declaration
from newscrawl.crawl.host_turn import take_turn
from newscrawl.crawl.list_answers import ListAnswersSpider
from newscrawl.discovery.source import Source
from newscrawl.monitoring.run_report import HOST_BUSY
from newscrawl.page.class_attributes import refuse_unknown
from newscrawl.urls.canonical import spellings

_LOT_MAX_LINKS: Final = 500


class NewspaperSpider(ListAnswersSpider):
    """A newspaper, or a portal that republishes a newspaper."""

    name: str
    """First label of the domain when the newspaper joined; a key in the archive, never changed"""
    title: ClassVar[str]
    """Name that the newspaper gives itself"""
    domain: ClassVar[str]
    """Host of its canonical addresses"""
    former_domains: ClassVar[tuple[str, ...]] = ()
    """Other hosts of the same articles; www. and m. of the domain need not be named"""
    provinces: ClassVar[tuple[str, ...]]
    """Codes of today's provinces, two digits as text"""
    pages: ClassVar[tuple[type[ArticlePage], ...]]
    """Page classes of its CMSs, the present one first"""
    sources: ClassVar[tuple[Source, ...]]
    skip_paths: ClassVar[tuple[str, ...]] = ()
    """Beginnings of paths that hold no articles in text: films, print edition, search"""
    field_floors: ClassVar[Mapping[str, float]] = {}
    """Least share of a run's articles that have the field, below which the run is degraded"""
    unverified_tls_reason: ClassVar[str | None] = None
    """Why the certificate is not checked; None = it is checked"""

    is_found: ClassVar[bool] = False
    """Whether it was found by its address: nobody declared it, its province may be unknown"""

    hosts: ClassVar[frozenset[str]]
    paper: ClassVar[Site]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        refuse_unknown(cls, may_add=False)
        check_declaration(cls)
        hosts = spellings(cls.domain, *cls.former_domains)
        cls.paper = Site(
            name=cls.name,
            domain=cls.domain,
            hosts=hosts,
            read_key=cls.key_of,
            has_own_form=not any(issubclass(page, GenericPage) for page in cls.pages),
        )
        further = (host for source in cls.sources for host in source.further_hosts(cls.domain))
        cls.hosts = frozenset([*hosts, *further])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.host_locks: HostLocks | None = None
        """Held until the spider has closed"""

    async def start(self) -> AsyncIterator[Request]:
        """Yield the requests that earlier runs left and those that are due, then the lists'."""
        wait_s, home = self.settings.getfloat("HOST_WAIT_S"), self.archive.folder.parent
        self.host_locks = await take_turn(home, self.hosts, wait_s)
        if self.host_locks is None:
            engine = self.crawler.engine
            assert engine is not None
            self.closing = asyncio.create_task(engine.close_spider_async(reason=HOST_BUSY))
            return
        async for request in self.waiting_requests():
            yield request
        wanted = [one for one in self.lists if self.arguments.section in (None, one.path)]
        for source in (one for one in wanted if one.is_first):
            for walk in self.walks(source):
                if not walk.number:
                    self.first_looks.expect(walk)
                yield self.list_request(walk)
        await self.first_looks.all_answered()
        for source in (one for one in wanted if not one.is_first):
            waiting = tuple(self.walks(source))
            if self.is_covered(source):
                self.count("list/covered")
                continue
            for walk in waiting:
                yield self.list_request(walk)
        for request in self.second_requests(wanted):
            yield request

    async def waiting_requests(self) -> AsyncIterator[Request]:
        """Yield waiting links' requests in small lots: a backlog would fill the memory."""
        revisits = self.settings.getint("REVISITS")
        if self.arguments.refetch is not None:
            self.archive.look_again(self.arguments.refetch, self.now())
            revisits = sys.maxsize
        while self.arguments.section is None and not self.is_at_limit():
            lot = tuple(self.archive.ledger.links.waiting(self.now(), _LOT_MAX_LINKS))
            due = [ask for ask in lot if ask.reason == "due"]
            taken = [ask for ask in lot if ask.reason != "due"] + due[:revisits]
            revisits -= min(len(due), revisits)
            for request in self.article_requests(taken):
                yield request
            if len(lot) < _LOT_MAX_LINKS or (due and not revisits):
                break
            await self.crawler.signals.wait_for(signals.scheduler_empty)
