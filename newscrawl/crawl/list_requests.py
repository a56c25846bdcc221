"""The requests for lists: their walks, the parts of sitemaps, and what stands in for a list."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar, Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.list_notes import PART, ListNotesSpider
from newscrawl.crawl.responses import day_of, exchange_of, failure_reason
from newscrawl.crawl.second_passes import SECOND
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.list_end import list_page_of
from newscrawl.discovery.list_walk import (
    Step,
    Walk,
    again,
    is_before,
    name_of,
    walks,
)
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.sitemap_part import PartReading
from newscrawl.discovery.source import ListPage, Source
from newscrawl.discovery.stand_in import StandIn, feeds_named_by, sitemaps_named
from newscrawl.exceptions import IncompletePageError
from newscrawl.http.middlewares.robotstxt import RobotsTxtMiddleware
from newscrawl.page.completeness import check_whole

_FRONT_ONLY: Final = "nothing but the newest page can be read"
_BEHIND_FRONT: Final = "no article behind the front page"


class ListRequestsSpider(ListNotesSpider):
    """Ask for the pages of lists; `ListAnswersSpider` reads what is answered."""

    domain: ClassVar[str]

    def parse_list(self, response: Response, walk: Walk) -> Iterator[Request]:
        """Yield the requests that follow from a list page."""
        raise NotImplementedError

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        """Yield the requests that follow from a list page that did not come."""
        raise NotImplementedError

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

    def part_requests(self, walk: Walk, page: ListPage) -> Iterator[Request]:
        """Yield the requests for the parts of an index that are due, the newest first."""
        left, now = self.settings.getint("LIST_PAGES"), self.now()
        for part in page.parts:
            source = walk.source.part(part)
            if source is None:
                self.count("bound/sitemap_depth")
                continue
            known = PartReading.parse(self.archive.ledger.lists.get(PART + source.name).cursor)
            is_old = is_before(part.changed_at, walk.since)
            if is_old or (known is not None and known.is_enough(walk.since, part.changed_at, now)):
                continue
            if not left:
                self.count("bound/list_pages")
                return
            left -= 1
            self.stand_ins.belongs_to(source, walk.source, part.changed_at)
            yield self.list_request(
                Walk(source=source, address=part.url, since=walk.since, is_kept=False)
            )

    def begin_again(self, walk: Walk, why: str) -> Request:
        """Return the request for the newest page, where the page of an earlier run is no more."""
        self.count("list/begun_again")
        self.logger.info("list %s: %s; begun again", walk.address, why)
        return self.list_request(again(walk, self.paper))

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
