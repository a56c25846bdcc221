"""The newspaper spider walks a newspaper's lists: from sources to articles.

A newspaper is a declaration: a subclass with class attributes and no method. A missing or
contradictory attribute raises when the class is made.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, Final

from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.archive.acknowledged import read_acknowledged
from newscrawl.archive.host_locks import HostLocks
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.article.article_page import ArticlePage, Site
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.crawl.article_spider import ArticleSpider
from newscrawl.crawl.declaration import check_declaration
from newscrawl.crawl.host_turn import take_turn
from newscrawl.crawl.responses import day_of, failure_reason
from newscrawl.discovery.list_end import Absence, list_page_of
from newscrawl.discovery.list_walk import (
    ListProgress,
    Step,
    Walk,
    again,
    days_of,
    has_gap,
    links_wanted,
    name_of,
    next_step,
    walks,
)
from newscrawl.discovery.source import ListPage, Source
from newscrawl.exceptions import ExtractionError, IncompletePageError
from newscrawl.http.failure_class import failure_of_response
from newscrawl.http.ignored_requests import RequestSkippedError
from newscrawl.monitoring.run_report import HOST_BUSY
from newscrawl.page.class_attributes import refuse_unknown
from newscrawl.page.completeness import check_whole
from newscrawl.urls.canonical import spellings

_ABSENT: Final = "absent "
_NO_ARTICLES: Final = "no articles"
_REDIRECTED: Final = "redirects to "
_LOT_MAX_LINKS: Final = 500


class NewspaperSpider(ArticleSpider):
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
        self.open_walks: dict[tuple[str, int], Walk] = {}
        """The walks whose next page was asked for, by source and number"""
        self.oldest_days: dict[tuple[str, int], date] = {}
        """The oldest day on the last page of each walk"""
        self.progress: dict[str, ListProgress] = {}
        self.read_at: dict[str, datetime] = {}
        self.walked: dict[tuple[str, int], set[int]] = {}
        """Hashes of the keys of all links that a walk of this run has seen"""
        self.list_pages: dict[tuple[str, int], set[object]] = {}
        """The list pages that a walk of this run has read"""
        self.has_former_list = False
        """Whether a former list answered"""
        self.absent: list[Walk] = []
        """The former lists that answered 404"""
        self.front_only: list[str] = []
        """Addresses of the lists of which nothing but the newest page could be read"""

    # Lists -------------------------------------------------------------------------------------

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
        for source in self.sources:
            if self.arguments.section in (None, source.path):
                for walk in self.walks(source):
                    yield self.list_request(walk)

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

    def walks(self, source: Source) -> Iterator[Walk]:
        name = name_of(source, self.arguments)
        listing = self.archive.ledger.lists.get(name)
        progress = ListProgress.from_cursor(listing.cursor, listing.known_at, listing.reached)
        now = self.now()
        progress = self.progress[name] = progress.believed(now)
        absence = self.absence_of(source)
        is_closed = absence is not None and absence.is_believed and not absence.is_due(now)
        if is_closed and self.arguments.since is None and self.arguments.section is None:
            self.count("list/closed")
            return
        yield from walks(source, self.paper, progress, self.arguments, now)

    def list_request(self, walk: Walk) -> Request:
        self.open_walks[walk.source.name, walk.number] = walk
        return Request(
            walk.address,
            self.parse_list,
            errback=self.list_failed,
            headers=dict(walk.source.headers(walk.address)),
            cb_kwargs={"walk": walk},
            priority=-max(walk.page, 1),  # the newest pages of all lists before any older one
            dont_filter=True,
        )

    def parse_list(self, response: Response, walk: Walk) -> Iterator[Request]:
        """Yield the requests for the page's articles and for its next older page."""
        self.open_walks.pop((walk.source.name, walk.number), None)
        try:
            page = self.read_list(response, walk)
        except (ExtractionError, IncompletePageError) as error:
            yield from self.again_list(response, walk, error)
            return
        page = self.bounded(page)
        self.count("list/read")
        self.note_presence(walk)
        is_newest = walk.page == 1 and not walk.number
        self.health.listed(walk.address, page, is_newest=is_newest)
        self.count("list/links", len(page.links))
        # A link on any page of a source stood there when the run read the first page.
        as_of = self.read_at.setdefault(walk.source.name, self.now())
        walk = walk if walk.began_at else replace(walk, began_at=as_of)
        days = days_of(page, self.days_before(walk) if walk.since else ())
        if days:
            self.oldest_days[walk.source.name, walk.number] = min(days)
        wanted = links_wanted(page, walk, days, self.arguments)
        sifted = self.archive.ledger.links.sift(
            wanted, self.archive.run_id, self.now(), self.arguments.refetch, as_of=as_of
        )
        self.count("link/new", sifted.new)
        walk = replace(walk, had_news=walk.had_news or (walk.page > 1 and sifted.new > 0))
        repeats = self.repeats(walk, response.url, page, sifted.new)
        self.note_page_behind_end(walk, page, repeats=repeats)
        if has_gap(walk, page, sifted.first_seen_at, min(self.read_at.values())):
            yield from self.article_requests(sifted.ask)
            yield self.begin_again(walk, "its articles have moved up")
            return
        bound = self.settings.getint("LIST_PAGES")
        step = next_step(walk, page, days, sifted.seen_at, bound, repeats=repeats)
        # In the same transaction as the links: nothing is yielded, so nothing commits, in between.
        self.note_step(walk, page, step, stopped=self.would_exceed_limit(len(sifted.ask)))
        yield from self.article_requests(sifted.ask)
        if step.next is not None and not self.is_at_limit():
            yield self.list_request(step.next)

    def note_step(self, walk: Walk, page: ListPage, step: Step, *, stopped: bool) -> None:
        """Note how far the walk has come, or that it has come to an end that proves nothing."""
        if step.bound_reached:
            self.count("bound/list_pages")
        if step.is_proven:
            name = name_of(walk.source, self.arguments)
            self.keep_progress(name, self.progress[name].after(walk, step, stopped=stopped))
        elif page.is_whole_list:
            self.end_list(walk)
        elif not walk.source.front_only:
            self.count("list/front_only")
            self.front_only.append(walk.address)

    def note_page_behind_end(self, walk: Walk, page: ListPage, *, repeats: bool) -> None:
        """Note that the list goes on where an earlier run found it to end.

        A page that repeats what this walk has seen proves nothing, unless it follows a front page,
        whose links are the list's first.
        """
        if page.is_whole_list and page.links and not (repeats and walk.before):
            name = name_of(walk.source, self.arguments)
            self.progress[name] = self.progress[name].opened(walk)

    def repeats(self, walk: Walk, url: str, page: ListPage, new: int) -> bool:
        """Note a list page that was read, and return whether it brings the walk nothing.

        In a check of a list's end a page behind the end brings nothing without a new link.
        """
        place = (walk.source.name, walk.number)
        self.list_pages.setdefault(place, set()).add(list_page_of(url))
        seen, keys = self.walked.setdefault(place, set()), {hash(link.key) for link in page.links}
        is_known = keys <= seen
        seen |= keys
        return (not new and not walk.resumes) if walk.is_check else is_known

    def bounded(self, page: ListPage) -> ListPage:
        """Return the page with at most LINKS_PER_PAGE links, and count those left out."""
        most = self.settings.getint("LINKS_PER_PAGE")
        if len(page.links) <= most:
            return page
        self.count("bound/links", len(page.links) - most)
        return replace(page, links=page.links[:most])

    def read_list(self, response: Response, walk: Walk) -> ListPage:
        """Return the list page; raises `IncompletePageError` where it is cut off or empty.

        Neither is the end of a list: half a page lacks its pager, and an answer without articles
        may be a fault of the server. An empty page is believed when it comes a second time, or
        where the list may well end (`may_end`): the next run looks behind that end again.
        """
        document = self.document(response)
        if (why := self.leads_elsewhere(response, walk)) is not None:
            raise IncompletePageError(document.url, why)
        if document.body.lstrip().startswith(b"<"):
            check_whole(document)
        page = walk.source.read(document, self.paper)
        is_end = not page.links and page.older is None
        if is_end and "retry_times" not in response.meta and not self.may_end(walk):
            raise IncompletePageError(document.url, _NO_ARTICLES)
        return page

    def may_end(self, walk: Walk) -> bool:
        """Return whether an empty page needs no second answer in this run.

        A walk that goes back through the list comes to its end behind a page that was read; so
        does one that stands where an earlier run found the end. A refresh ends among known pages.
        """
        if walk.since is not None and walk.stands_at is not None:
            return True
        places = self.progress[name_of(walk.source, self.arguments)].places.values()
        return any(place.ended_at and place.address == walk.stands_at for place in places)

    def leads_elsewhere(self, response: Response, walk: Walk) -> str | None:
        """Return why the answer is no page of this list, by the address it was redirected to."""
        asked, answered = list_page_of(walk.address), list_page_of(response.url)
        if asked == answered:
            return None
        if answered == ("", ()):
            return _REDIRECTED + "the home page"
        if answered in self.list_pages.get((walk.source.name, walk.number), ()):
            return _REDIRECTED + "a page of the list that was read already"
        is_start = answered == list_page_of(walk.source.start(self.paper))
        if is_start and (walk.resumes or walk.stands_at is not None):
            return _REDIRECTED + "the list's newest page"
        return _REDIRECTED + "an article" if self.key_of(response.url) is not None else None

    def days_before(self, walk: Walk) -> tuple[date, ...]:
        """Return the days that the articles of the list page before state on their own pages.

        The result is empty until all of them have answered, which is rare: articles are asked for
        before older list pages.
        """
        if any(key in self.in_flight for key in walk.before):
            return ()
        links = map(self.archive.ledger.links.get, walk.before)
        days = (day_of(link.published_at) for link in links if link is not None)
        return tuple(day for day in days if day is not None)

    def again_list(
        self, response: Response, walk: Walk, error: ExtractionError | IncompletePageError
    ) -> Iterator[Request]:
        """Yield the list page once more: a soft 404 or a bot wall may pass, a redesign does not."""
        is_end = isinstance(error, ExtractionError) or error.why == _NO_ARTICLES
        is_redirected = isinstance(error, IncompletePageError) and error.why.startswith(_REDIRECTED)
        request = None if is_redirected else self.retry(response, "list_unread")
        if request is not None:
            yield request
        elif (is_end or is_redirected) and self.is_behind(walk):
            self.end_list(walk)
        elif walk.resumes:
            yield self.begin_again(walk, str(error))
        else:
            is_wall = failure_of_response(response) == "bot_wall"  # no answer, whatever its status
            what = "list/failed" if is_wall else "list/unread"
            self.note_bad_list(walk, what, response.url, str(error))

    def note_bad_list(self, walk: Walk, what: str, address: str, why: str) -> None:
        """Count a list that failed, unless a person has acknowledged that it does."""
        known = read_acknowledged(self.archive.folder, self.now().date())
        if walk.source.path in known:
            self.count("list/acknowledged")
            return
        self.count(what)
        self.health.unlisted(address)
        self.logger.warning("list %s: %s", address, why)

    def begin_again(self, walk: Walk, why: str) -> Request:
        """Return the request for the newest page, where the page of an earlier run is no more."""
        self.count("list/begun_again")
        self.logger.info("list %s: %s; begun again", walk.address, why)
        return self.list_request(again(walk, self.paper))

    def is_behind(self, walk: Walk) -> bool:
        """Return whether the walk stands behind a page that was read, where the list may end."""
        return walk.stands_at is not None or walk.is_check

    def end_list(self, walk: Walk) -> None:
        """Note that the list ends behind the walk's place, which later runs look at again.

        A refresh that has not come to what is known has met a fault instead, in the first run.
        """
        name = name_of(walk.source, self.arguments)
        progress = self.progress[name].ended(walk, self.now())
        place = progress.places.get(walk.number)
        if place is None:
            self.count("list/empty")
            return
        if walk.since is None and place.checks == 1:
            self.count("list/failed")
            self.logger.warning("list %s: ends before what is known", walk.address)
        elif place.checks == 1:
            self.count("list/ended")
        self.keep_progress(name, progress)

    def keep_progress(self, name: str, progress: ListProgress) -> None:
        self.progress[name] = progress
        listing = Listing(progress.cursor, progress.known_at, progress.reached)
        self.archive.ledger.lists.note(name, listing, self.now())

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        walk: Walk = failure.request.cb_kwargs["walk"]  # type: ignore[attr-defined]
        self.open_walks.pop((walk.source.name, walk.number), None)
        if isinstance(failure.value, RequestSkippedError):
            return
        reason = failure_reason(failure)
        is_gone = reason in ("HTTP 404", "HTTP 410")
        if is_gone and self.is_behind(walk):
            self.end_list(walk)
        elif is_gone and walk.source.closed and not walk.resumes and walk.page <= 1:
            self.absent.append(walk)
        elif is_gone and walk.resumes:
            yield self.begin_again(walk, reason)
        else:
            self.note_bug(failure)
            self.note_bad_list(walk, "list/failed", walk.address, reason)

    # Former lists ------------------------------------------------------------------------------

    def absence_of(self, source: Source) -> Absence | None:
        """Return since when a former list answers 404; None where it answers, for all we know."""
        if source.closed is None:
            return None
        return Absence.read(self.archive.ledger.lists.get(_ABSENT + source.name).cursor)

    def note_presence(self, walk: Walk) -> None:
        """Note that a list answers, and forget the absence of a former list that answers again."""
        self.has_former_list = self.has_former_list or walk.source.closed is not None
        if self.absence_of(walk.source) is not None:
            self.archive.ledger.lists.note(_ABSENT + walk.source.name, Listing(), self.now())

    def settle_absent_lists(self) -> None:
        """Note which former lists answered 404; a run that read no list at all proves nothing."""
        assert self.crawler.stats is not None
        has_read = bool(self.crawler.stats.get_value("newscrawl/list/read"))
        for walk in self.absent:
            now, known = self.now(), self.absence_of(walk.source)
            found = known.found_again(now) if known else Absence(now, now)
            is_believed = has_read and found.is_believed
            self.count("list/closed" if is_believed else "list/absent")
            if not (is_believed or self.has_former_list):
                self.count("list/all_absent")
            if has_read:
                listing = Listing(cursor=found.text())
                self.archive.ledger.lists.note(_ABSENT + walk.source.name, listing, now)
