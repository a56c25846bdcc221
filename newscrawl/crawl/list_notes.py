"""The lists of a run: what is known of each, and what is noted of its pages."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from scrapy.http import Response

from newscrawl.archive.acknowledged import read_acknowledged
from newscrawl.archive.ledger.due import Sifted
from newscrawl.archive.ledger.list_table import Listing
from newscrawl.crawl.article_spider import ArticleSpider
from newscrawl.crawl.first_looks import FirstLooks
from newscrawl.crawl.moved_lists import MovedLists
from newscrawl.crawl.responses import day_of
from newscrawl.crawl.second_passes import SECOND, SecondPasses
from newscrawl.crawl.stand_ins import StandIns
from newscrawl.discovery.list_end import Absence, list_page_of
from newscrawl.discovery.list_walk import (
    ListProgress,
    Step,
    Walk,
    name_of,
)
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.sitemap_part import PartReading
from newscrawl.discovery.source import ListPage, Source
from newscrawl.discovery.stand_in import StandIn
from newscrawl.items import VIETNAM
from newscrawl.monitoring.sources_told import SourcesTold, is_quiet

_ABSENT: Final = "absent "
PART: Final = "part "
NO_ARTICLES: Final = "no articles"


class ListNotesSpider(ArticleSpider):
    """Keep what a run knows of its lists, and note in the ledger and the counts what it learns."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
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

    def progress_of(self, source: Source) -> ListProgress:
        """Return how far the walks of a source have come, as this run knows it."""
        name = name_of(source, self.arguments)
        if name not in self.progress:
            listing = self.archive.ledger.lists.get(name)
            progress = ListProgress.from_cursor(listing.cursor, listing.known_at, listing.reached)
            self.progress[name] = progress.believed(self.now())
        return self.progress[name]

    def absence_of(self, source: Source) -> Absence | None:
        """Return since when a former list answers 404; None where it answers, for all we know."""
        if source.closed is None:
            return None
        return Absence.read(self.archive.ledger.lists.get(_ABSENT + source.name).cursor)

    def note_named(self, walk: Walk, page: ListPage, sifted: Sifted, as_of: datetime) -> None:
        """Count what a list page named, how much of it no page had named before, and when."""
        self.note_quiet(walk, sifted.seen_at, as_of)
        self.count("link/new", sifted.new)
        self.stand_ins.count(walk.source, page.links, sifted.new)
        self.first_looks.named(walk, page, sifted.ask)
        if isinstance(walk.source, Sitemap):
            self.note_part(walk, as_of, sifted.new)

    def note_part(self, walk: Walk, read_at: datetime, new: int) -> None:
        """Note that a sitemap was read, and whether it brought new links."""
        name = PART + walk.source.name
        before = PartReading.parse(self.archive.ledger.lists.get(name).cursor)
        stated_at = self.stand_ins.stated_at(walk.source)
        first = PartReading(read_at=read_at, since=walk.since)
        found = (before or first).after(read_at, new, stated_at, walk.since)
        self.archive.ledger.lists.note(name, Listing(cursor=found.text()), self.now())

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
            self.note_bad_list(walk, "list/unread", walk.address, NO_ARTICLES)
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

    def note_bad_list(self, walk: Walk, what: str, address: str, why: str) -> None:
        """Count a list that failed, unless a person has acknowledged that it does."""
        known = read_acknowledged(self.archive.folder, self.now().date())
        if walk.source.path in known:
            self.count("list/acknowledged")
            return
        self.count(what)
        self.health.unlisted(address)
        self.causes.note(f"list: {why}", address)

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
            self.causes.note("list: ends before what is known", walk.address)
        elif place.checks == 1:
            self.count("list/ended")
            self.second_passes.note(walk, name, self.now())
        self.keep_progress(name, progress)

    def keep_progress(self, name: str, progress: ListProgress) -> None:
        self.progress[name] = progress
        listing = Listing(progress.cursor, progress.known_at, progress.reached)
        self.archive.ledger.lists.note(name, listing, self.now())

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

    def settle_stand_ins(self) -> None:
        """Count the lists that could not be read, but for those of which a person knows."""
        known = read_acknowledged(self.archive.folder, self.now().date())
        for path in self.stand_ins.paths():
            if path not in known:
                self.count("list/stand_in")

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
