"""The answers to requests for lists: a page, no page, or a page that is no list."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from newscrawl.crawl.list_notes import NO_ARTICLES
from newscrawl.crawl.list_requests import ListRequestsSpider
from newscrawl.crawl.responses import exchange_of, failure_reason, is_absent, status_alone
from newscrawl.discovery.list_end import list_page_of
from newscrawl.discovery.list_walk import (
    Walk,
    days_of,
    has_gap,
    has_news,
    links_wanted,
    next_step,
)
from newscrawl.discovery.source import ListPage
from newscrawl.discovery.stand_in import StandIn
from newscrawl.exceptions import ExtractionError, IncompletePageError
from newscrawl.http.failure_class import failure_of_response
from newscrawl.http.ignored_requests import RequestSkippedError
from newscrawl.page.completeness import check_whole

_REDIRECTED: Final = "redirects to "


class ListAnswersSpider(ListRequestsSpider):
    """Read the pages of lists; what cannot be read is asked for again, ends a list, or fails."""

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
        is_news = has_news(walk, sifted.seen_at, self.reads_since())
        walk = replace(walk, had_news=walk.had_news or is_news)
        url = response.url if response is not None else walk.address
        repeats = self.repeats(walk, url, page, sifted.new)
        self.note_page_behind_end(walk, page, repeats=repeats)
        if has_gap(walk, page, sifted.first_seen_at, self.reads_since()):
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

    def reads_since(self) -> datetime:
        """Return when the run read its first list page."""
        return min(self.read_at.values())

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
            raise IncompletePageError(document.url, NO_ARTICLES)
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

    def again_list(
        self, response: Response, walk: Walk, error: ExtractionError | IncompletePageError
    ) -> Iterator[Request]:
        """Yield the list page once more: a soft 404 or a bot wall may pass, a redesign does not."""
        is_end = isinstance(error, ExtractionError) or error.why == NO_ARTICLES
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
                self.note_bad_list(walk, what, response.url, error.why)
            if not is_wall:
                is_front = walk.begins_behind_front
                yield from self.stand_in(walk, error.why, None if is_front else response)

    def may_be_behind(self, walk: Walk, error: ExtractionError | IncompletePageError) -> bool:
        """Return whether a page without a list may lie behind the list's end.

        The first page behind a front page is no such page, unless it says that it is empty.
        """
        return self.is_behind(walk) and (not walk.begins_behind_front or error.why == NO_ARTICLES)

    def is_behind(self, walk: Walk) -> bool:
        """Return whether the walk stands behind a page that was read, where the list may end."""
        return walk.stands_at is not None or walk.is_check

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
                if (status := status_alone(failure)) is not None:
                    self.count(f"failure/http_{status}")
                self.note_bad_list(walk, "list/failed", walk.address, reason)
            if is_gone or self.has_no_host(failure, walk):
                yield from self.stand_in(walk, reason)
