"""The newspaper spider walks a newspaper's lists: from sources to articles.

A newspaper is a declaration: a subclass with class attributes and no method. A missing or
contradictory attribute raises when the class is made.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.archive.acknowledged import read_acknowledged
from newscrawl.archive.host_locks import HostLocks
from newscrawl.archive.ledger.due import Sifted
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.article.article_page import ArticlePage, Site
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.crawl.article_spider import ArticleSpider
from newscrawl.crawl.declaration import check_declaration
from newscrawl.crawl.first_looks import FirstLooks
from newscrawl.crawl.host_turn import take_turn
from newscrawl.crawl.moved_lists import MovedLists
from newscrawl.crawl.responses import day_of, exchange_of, failure_reason, is_absent
from newscrawl.crawl.second_passes import SECOND, SecondPasses
from newscrawl.crawl.stand_ins import StandIns
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.list_end import Absence, list_page_of
from newscrawl.discovery.list_walk import (
    ListProgress,
    Step,
    Walk,
    again,
    days_of,
    has_gap,
    is_before,
    links_wanted,
    name_of,
    next_step,
    walks,
)
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.sitemap_part import PartReading
from newscrawl.discovery.source import ListPage, Source
from newscrawl.discovery.stand_in import StandIn, feeds_named_by, sitemaps_named
from newscrawl.exceptions import ExtractionError, IncompletePageError
from newscrawl.http.failure_class import failure_of_response
from newscrawl.http.ignored_requests import RequestSkippedError
from newscrawl.http.middlewares.robotstxt import RobotsTxtMiddleware
from newscrawl.items import VIETNAM
from newscrawl.monitoring.run_report import HOST_BUSY
from newscrawl.monitoring.sources_told import SourcesTold, is_quiet
from newscrawl.page.class_attributes import refuse_unknown
from newscrawl.page.completeness import check_whole
from newscrawl.urls.canonical import spellings

_ABSENT: Final = "absent "
_NO_ARTICLES: Final = "no articles"
_REDIRECTED: Final = "redirects to "
_PART: Final = "part "
_FRONT_ONLY: Final = "nothing but the newest page can be read"
_BEHIND_FRONT: Final = "no article behind the front page"
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
        self.second_passes = SecondPasses(self.archive.ledger.lists)
        self.list_pages: dict[tuple[str, int], set[object]] = {}
        """The list pages that a walk of this run has read"""
        self.has_former_list = False
        """Whether a former list answered"""
        self.absent: list[Walk] = []
        """The former lists that answered 404"""
        self.front_only: list[str] = []
        """Addresses of the lists of which nothing but the newest page could be read"""
        self.first_looks = FirstLooks(self.archive.ledger, self.now)
        self.stand_ins = StandIns()
        self.quiet_lists: list[str] = []
        """Paths of the lists that have named no new article for a month"""
        self.moved = MovedLists(self.archive.ledger)
        self.bare_fronts: set[str] = set()
        """Names of the lists whose front page showed no link to an article"""
        self.fronts: dict[str, Response] = {}
        """Front pages of lists, by name, until the page behind them was read"""
        today = self.now().astimezone(VIETNAM).date()
        self.lists = tuple(source.as_of(today) for source in self.sources)

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

    def second_requests(self, sources: Iterable[Source]) -> Iterator[Request]:
        """Yield the newest pages of the lists whose second pass is due."""
        for source in sources if self.arguments.limit is None else ():
            name = name_of(source, self.arguments)
            second = self.second_passes.due(source, name, self.paper, self.now())
            if second is not None:
                self.count("list/second_pass")
                yield self.list_request(second)

    def is_covered(self, source: Source) -> bool:
        """Return whether a feed has named what is new in a list, so that a refresh passes it by."""
        given = self.arguments
        is_plain = given.since is None and given.until is None and given.section is None
        return is_plain and self.first_looks.covers(source, self.progress_of(source))

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

    def progress_of(self, source: Source) -> ListProgress:
        """Return how far the walks of a source have come, as this run knows it."""
        name = name_of(source, self.arguments)
        if name not in self.progress:
            listing = self.archive.ledger.lists.get(name)
            progress = ListProgress.from_cursor(listing.cursor, listing.known_at, listing.reached)
            self.progress[name] = progress.believed(self.now())
        return self.progress[name]

    def walks(self, source: Source) -> Iterator[Walk]:
        now, progress = self.now(), self.progress_of(source)
        absence = self.absence_of(source)
        is_closed = absence is not None and absence.is_believed and not absence.is_due(now)
        if is_closed and self.arguments.since is None and self.arguments.section is None:
            self.count("list/closed")
            return
        yield from walks(source, self.paper, progress, self.arguments, now)

    def list_request(self, walk: Walk) -> Request:
        walk = replace(walk, address=self.moved.routed(walk.address))
        self.open_walks[walk.source.name, walk.number] = walk
        meta: dict[str, Any] = {"keep_page": True}
        if walk.source.answer_max_bytes is not None:
            meta["download_maxsize"] = walk.source.answer_max_bytes
        return Request(
            walk.address,
            self.parse_list,
            errback=self.list_failed,
            headers=dict(walk.source.headers(walk.address)),
            cb_kwargs={"walk": walk},
            meta=meta,
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
        else:
            self.moved.answered(walk.address)
            yield from self.take_page(page, walk, response)
        finally:
            if not walk.number:
                self.first_looks.answered(walk)

    def take_page(
        self, page: ListPage, walk: Walk, response: Response | None = None
    ) -> Iterator[Request]:
        """Yield the requests for a list page's articles, its parts, and its next older page."""
        page = self.bounded(page, walk.source.links_max)
        self.count("list/read")
        if page.parts:
            self.count("list/index")
        self.note_presence(walk)
        self.note_figures(walk, page)
        self.first_looks.look(walk, page)
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
        self.note_named(walk, page, sifted, as_of)
        self.note_quiet(walk, sifted.seen_at, as_of)
        walk = replace(walk, had_news=walk.had_news or (walk.page > 1 and sifted.new > 0))
        url = response.url if response is not None else walk.address
        repeats = self.repeats(walk, url, page, sifted.new)
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
        yield from self.part_requests(walk, page)
        yield from self.stand_in_for_unproven(walk, page, step, response)
        if step.next is not None and not self.is_at_limit():
            yield self.list_request(step.next)

    def note_named(self, walk: Walk, page: ListPage, sifted: Sifted, as_of: datetime) -> None:
        """Count what a list page named, and how much of it no page had named before."""
        self.count("link/new", sifted.new)
        self.stand_ins.count(walk.source, page.links, sifted.new)
        self.first_looks.named(walk, page, sifted.ask)
        if isinstance(walk.source, Sitemap):
            self.note_part(walk, as_of, sifted.new)

    def note_quiet(self, walk: Walk, seen_at: datetime | None, as_of: datetime) -> None:
        """Note a list whose newest page names nothing that a month did not know already."""
        is_newest = walk.page == 1 and not walk.number and walk.is_kept
        if is_newest and walk.source.closed is None and is_quiet(seen_at, as_of):
            self.quiet_lists.append(walk.source.path)

    def note_figures(self, walk: Walk, page: ListPage) -> None:
        """Count what a list page names, and note a front page that shows none of its articles."""
        self.count("list/links", len(page.links))
        is_newest = walk.page == 1 and not walk.number
        if walk.is_kept and not isinstance(walk.source, StandIn):
            self.health.listed(walk.address, page, is_newest=is_newest)
        is_whole = walk.source.is_first or not walk.source.is_list
        if is_whole and is_newest and walk.is_kept and not (page.links or page.parts):
            self.note_bad_list(walk, "list/unread", walk.address, _NO_ARTICLES)
        if not page.is_whole_list and not page.links:
            self.bare_fronts.add(walk.source.name)
        elif page.links and walk.begins_behind_front and walk.source.name in self.bare_fronts:
            front = walk.stands_at or walk.address
            self.note_bad_list(walk, "list/unread", front, "no link to an article on the page")

    def note_step(self, walk: Walk, page: ListPage, step: Step, *, stopped: bool) -> None:
        """Note how far the walk has come, or that it has come to an end that proves nothing."""
        if step.bound_reached:
            self.count("bound/list_pages")
        name = name_of(walk.source, self.arguments)
        if step.next is None and not stopped:
            self.second_passes.end(walk, name, self.now())
        if page.parts or not walk.is_kept:
            return
        if step.is_proven:
            if step.next is None and not (step.bound_reached or stopped):
                self.first_looks.walked(walk)
                self.second_passes.note(walk, name, self.now())
            self.keep_progress(name, self.progress[name].after(walk, step, stopped=stopped))
        elif page.is_whole_list:
            self.end_list(walk)
        elif not walk.source.front_only and not page.is_whole_list:
            self.count("list/front_only")
            self.front_only.append(walk.address)

    def note_page_behind_end(self, walk: Walk, page: ListPage, *, repeats: bool) -> None:
        """Note that the list goes on where an earlier run found it to end.

        A page that repeats what this walk has seen proves nothing, unless it follows a front page,
        whose links are the list's first.
        """
        if page.is_whole_list and page.links and not (repeats and walk.before):
            name = name_of(walk.source, self.arguments)
            self.progress[name] = self.progress_of(walk.source).opened(walk)

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

    def bounded(self, page: ListPage, links_max: int | None) -> ListPage:
        """Return the page with at most LINKS_PER_PAGE links, and count those left out."""
        if page.off_hosts:
            self.count("list/off_hosts", page.off_hosts)
        most = links_max or self.settings.getint("LINKS_PER_PAGE")
        left_out = page.left_out + max(0, len(page.links) - most)
        if left_out:
            self.count("bound/links", left_out)
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
        if walk.source.is_html and document.body.lstrip().startswith(b"<"):
            check_whole(document)
        page = walk.source.read(document, self.paper)
        is_end = not page.links and page.older is None and not page.parts
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
        places = self.progress_of(walk.source).places.values()
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
        days = (day_of(self.published_at_of(key)) for key in walk.before)
        return tuple(day for day in days if day is not None)

    def published_at_of(self, key: str) -> datetime | None:
        """Return when an article was published, archived or held back; None if unknown."""
        link = self.archive.ledger.links.get(key)
        known = link.published_at if link is not None else None
        return known or self.outcomes.held_published_at(key)

    def again_list(
        self, response: Response, walk: Walk, error: ExtractionError | IncompletePageError
    ) -> Iterator[Request]:
        """Yield the list page once more: a soft 404 or a bot wall may pass, a redesign does not."""
        is_end = isinstance(error, ExtractionError) or error.why == _NO_ARTICLES
        is_redirected = isinstance(error, IncompletePageError) and error.why.startswith(_REDIRECTED)
        assert response.request is not None
        is_borrowed = response.request.cb_kwargs.get("walk") is not walk  # another list's answer
        may_retry = not (is_redirected or is_borrowed)
        request = self.retry(response, "list_unread") if may_retry else None
        if request is not None:
            yield request
        elif (is_end or is_redirected) and self.may_be_behind(walk, error):
            self.end_list(walk)
        elif walk.resumes:
            yield self.begin_again(walk, str(error))
        else:
            is_wall = failure_of_response(response) == "bot_wall"  # no answer, whatever its status
            self.archive.keep(exchange_of(response))
            if not isinstance(walk.source, StandIn):
                what = "list/failed" if is_wall else "list/unread"
                self.note_bad_list(walk, what, response.url, str(error))
            if not is_wall:
                is_front = walk.begins_behind_front
                yield from self.stand_in(walk, error.why, None if is_front else response)

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

    def may_be_behind(self, walk: Walk, error: ExtractionError | IncompletePageError) -> bool:
        """Return whether a page without a list may lie behind the list's end.

        The first page behind a front page is no such page, unless it says that it is empty.
        """
        return self.is_behind(walk) and (not walk.begins_behind_front or error.why == _NO_ARTICLES)

    def is_behind(self, walk: Walk) -> bool:
        """Return whether the walk stands behind a page that was read, where the list may end."""
        return walk.stands_at is not None or walk.is_check

    def end_list(self, walk: Walk) -> None:
        """Note that the list ends behind the walk's place, which later runs look at again.

        A refresh that has not come to what is known has met a fault instead, in the first run.
        """
        name = name_of(walk.source, self.arguments)
        if walk.number == SECOND:
            self.second_passes.end(walk, name, self.now())
            return
        progress = self.progress[name].ended(walk, self.now())
        place = progress.places.get(walk.number)
        if place is None:
            self.count("list/empty")
            return
        is_stand_in = isinstance(walk.source, StandIn)
        if walk.since is None and place.checks == 1 and not is_stand_in:
            self.count("list/failed")
            self.logger.warning("list %s: ends before what is known", walk.address)
        elif place.checks == 1:
            self.count("list/ended")
            self.second_passes.note(walk, name, self.now())
        self.keep_progress(name, progress)

    def keep_progress(self, name: str, progress: ListProgress) -> None:
        self.progress[name] = progress
        listing = Listing(progress.cursor, progress.known_at, progress.reached)
        self.archive.ledger.lists.note(name, listing, self.now())

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        walk: Walk = failure.request.cb_kwargs["walk"]  # type: ignore[attr-defined]
        self.open_walks.pop((walk.source.name, walk.number), None)
        if not walk.number:
            self.first_looks.answered(walk)
        if not isinstance(failure.value, RequestSkippedError) or self.has_no_host(failure, walk):
            yield from self.absent_list(failure, walk)

    def has_no_host(self, failure: Failure, walk: Walk) -> bool:
        """Return whether the list's host, beside the paper's own, gives not even a robots.txt."""
        reason = getattr(failure.value, "reason", "")
        is_further = urlsplit(walk.address).hostname not in self.paper.hosts
        return is_further and reason == "robots_unreachable"

    def absent_list(self, failure: Failure, walk: Walk) -> Iterator[Request]:
        """Yield what follows where a list page did not come, and note what it means."""
        reason = failure_reason(failure)
        is_gone = is_absent(failure, walk.source.end_statuses)
        other = self.moved.next_address(walk.source, walk.address) if is_gone else None
        empty = walk.source.absent_page(walk.address) if is_gone else None
        if other is not None:
            yield self.list_request(replace(walk, address=other))
        elif empty is not None:
            yield from self.take_page(empty, walk)
        elif is_gone and self.is_behind(walk) and not walk.begins_behind_front:
            self.end_list(walk)
        elif is_gone and walk.source.closed and not walk.resumes and walk.page <= 1:
            self.absent.append(walk)
        elif is_gone and walk.resumes:
            yield self.begin_again(walk, reason)
        else:
            self.note_bug(failure)
            if not isinstance(walk.source, StandIn):
                self.note_bad_list(walk, "list/failed", walk.address, reason)
            if is_gone or self.has_no_host(failure, walk):
                yield from self.stand_in(walk, reason)

    # Parts of sitemaps -------------------------------------------------------------------------

    def note_part(self, walk: Walk, read_at: datetime, new: int) -> None:
        """Note that a sitemap was read, and whether it brought new links."""
        name = _PART + walk.source.name
        before = PartReading.parse(self.archive.ledger.lists.get(name).cursor)
        stated_at = self.stand_ins.stated_at(walk.source)
        found = (before or PartReading(read_at=read_at)).after(read_at, new, stated_at)
        self.archive.ledger.lists.note(name, Listing(cursor=found.text()), self.now())

    def part_requests(self, walk: Walk, page: ListPage) -> Iterator[Request]:
        """Yield the requests for the parts of an index that are due, the newest first."""
        left, now = self.settings.getint("LIST_PAGES"), self.now()
        for part in page.parts:
            source = walk.source.part(part)
            if source is None:
                self.count("bound/sitemap_depth")
                continue
            known = PartReading.parse(self.archive.ledger.lists.get(_PART + source.name).cursor)
            is_old = is_before(part.changed_at, walk.since)
            if is_old or (known is not None and not known.is_due(part.changed_at, now)):
                continue
            if not left:
                self.count("bound/list_pages")
                return
            left -= 1
            self.stand_ins.belongs_to(source, walk.source, part.changed_at)
            yield self.list_request(
                Walk(source=source, address=part.url, since=walk.since, is_kept=False)
            )

    # Stand-ins ---------------------------------------------------------------------------------

    def stand_in_for_unproven(
        self, walk: Walk, page: ListPage, step: Step, response: Response | None
    ) -> Iterator[Request]:
        """Yield what stands in for a list of which nothing but the front page can be read.

        An empty list behind a front page may be a short one: it is a fault where the front page,
        read by its form, leads to articles never seen before.
        """
        if response is not None and not page.is_whole_list:
            self.fronts[walk.source.name] = response
        elif page.links:
            self.fronts.pop(walk.source.name, None)
        if step.is_proven or page.parts or walk.source.front_only or walk.number == SECOND:
            return
        if not page.is_whole_list:
            yield from self.stand_in(walk, _FRONT_ONLY, response)
        elif walk.begins_behind_front:
            yield from self.stand_in(walk, _BEHIND_FRONT, is_doubtful=True)

    def stand_in(
        self,
        walk: Walk,
        why: str,
        response: Response | None = None,
        *,
        is_doubtful: bool = False,
    ) -> Iterator[Request]:
        """Yield the requests of what stands in for a list that cannot be read.

        Args:
            walk: The list's walk; that of a stand-in that cannot be read either.
            why: Why the list cannot be read.
            response: The list's newest page, which the generic list reader reads; None where the
                page is to be asked for, or cannot be had.
            is_doubtful: Whether the list may be well, unless the stand-in finds more.
        """
        if isinstance(walk.source, StandIn):
            yield from self.seek_feeds(walk.source)
            return
        address, known_at = walk.source.start(self.paper), self.progress_of(walk.source).known_at
        told = f"{urlsplit(walk.address).path}: {why}" if walk.begins_behind_front else why
        source = self.stand_ins.begin(walk.source, address, told, known_at, is_doubtful=is_doubtful)
        if source is None:
            return
        response = response or self.fronts.get(walk.source.name)
        if response is not None:
            self.archive.keep(exchange_of(response))
        if why.startswith("HTTP") and walk.page <= 1:
            yield from self.seek_feeds(walk.source)
            return
        for other in self.walks(source):
            here = None if response is None or other.number else list_page_of(response.url)
            if response is not None and here == list_page_of(other.address):
                yield from self.parse_list(response, other)
            else:
                yield self.list_request(other)

    def settle_stand_ins(self) -> None:
        """Count the lists that could not be read, but for those of which a person knows."""
        known = read_acknowledged(self.archive.folder, self.now().date())
        for path in self.stand_ins.paths():
            if path not in known:
                self.count("list/stand_in")

    def seek_feeds(self, source: Source) -> Iterator[Request]:
        """Yield the requests for feeds and sitemaps, where a list's page cannot be read by form.

        Declared ones are walked by this run already; else those that the front page and robots.txt
        name stand in.
        """
        if not self.stand_ins.has_failed(source) or self.stand_ins.is_doubtful(source):
            return
        declared = tuple(one for one in self.lists if one.is_first or isinstance(one, Sitemap))
        if declared:
            self.stand_ins.found = declared
            return
        yield Request(
            f"https://{self.domain}/",
            self.parse_front_page,
            errback=self.front_page_failed,
            dont_filter=True,
        )

    def parse_front_page(self, response: Response) -> Iterator[Request]:
        """Yield the requests for the feeds and sitemaps that the newspaper names."""
        document = self.document(response)
        try:
            check_whole(document)
        except IncompletePageError as error:
            self.logger.warning("front page: %s", error)
            yield from self.found_requests(())
        else:
            yield from self.found_requests(feeds_named_by(document, self.paper))

    def front_page_failed(self, failure: Failure) -> Iterator[Request]:
        self.logger.warning("front page: %s", failure_reason(failure))
        yield from self.found_requests(())

    def found_requests(self, feeds: tuple[Feed, ...]) -> Iterator[Request]:
        """Yield the newest pages of the feeds, and of the sitemaps that robots.txt names."""
        middleware = self.crawler.get_downloader_middleware(RobotsTxtMiddleware)
        named = middleware.sitemaps_of(self.domain) if middleware is not None else ()
        self.stand_ins.found = (*feeds, *sitemaps_named(named, self.paper))
        since = day_of(self.stand_ins.known_since)
        for source in self.stand_ins.found:
            for walk in self.walks(source):
                yield self.list_request(replace(walk, since=since, is_kept=since is None))

    def told_of_sources(self) -> SourcesTold:
        """Return what the run tells of its sources, once it has ended."""
        return SourcesTold(
            stood_in=self.stand_ins.told(),
            moved=self.moved.told,
            named=self.stand_ins.named(),
            omitted=self.first_looks.omitted,
            only_in_feeds=self.first_looks.only_in_feeds(self.lists),
            quiet=tuple(self.quiet_lists),
        )

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
        acknowledged = self.crawler.stats.get_value("newscrawl/list/acknowledged", 0)
        if acknowledged and not has_read:  # the site is down, which nobody has acknowledged
            self.count("list/failed", acknowledged)
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
