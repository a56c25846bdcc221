"""Lists that cannot be read: what stands in, what is told, and that no article is lost."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from newscrawl.archive.export.row_reader import read_runs
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.section import FamilySection
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.source import ListPage
from newscrawl.exit_codes import ExitCode
from newscrawl.page.document import Document
from tests.support.moody_site import MoodySite, Reply, Rule, moody_site, page
from tests.support.source_site import NEWEST, NOON, days_until, source_site

pytestmark = pytest.mark.thorough

ALL: Final = set(range(1, NEWEST + 1))
HOUR: Final = timedelta(hours=1)
ALTERNATE: Final = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSection(FamilySection):
    """A section whose links have a class; the pager is that of the generic reader's."""

    page = GenericPage
    items = "a.x-tin"


SECTION: Final = MarkedSection(path="/xa-hoi/")


def by_script(target: str) -> Reply | None:
    """The list is filled in by a script."""
    is_list = target.partition("?")[0] == "/xa-hoi/"
    return page('<div id="ds"></div><script src="/ds.js"></script>') if is_list else None


def test_a_list_in_unknown_markup_is_read_by_its_form_to_its_end(tmp_path: Path) -> None:
    with source_site(SECTION) as site:
        first = site.crawl(tmp_path, day=days_until(NOON))
        assert first.exit_code == ExitCode.DEGRADED, first.summary()
        assert site.archived(tmp_path) == ALL
        [told] = first.of_sources.stood_in
        assert (told.by, told.named, told.new) == (("the generic list reader",), NEWEST, NEWEST)
        assert f"{told.address}: no link to an article in its place" in first.summary()
        [record] = read_runs(tmp_path / "baos")
        assert record["stand_ins"][0]["address"] == "https://baos.vn/xa-hoi/"
        site.numbers.insert(0, 24)
        second = site.crawl(tmp_path, day=days_until(NOON + HOUR))
        assert second.exit_code == ExitCode.DEGRADED, second.summary()
        assert site.archived(tmp_path) == ALL | {24}
        lists = [target for target in site.order if target.startswith("/xa-hoi/?")]
        assert lists == ["/xa-hoi/?page=2"]  # known from there on


def test_feeds_that_the_front_page_names_stand_in_where_a_script_fills_the_list(
    tmp_path: Path,
) -> None:
    with source_site(SECTION) as site:
        site.alternate = ALTERNATE
        done = site.crawl(tmp_path, by_script, day=days_until(NOON))
        assert done.exit_code == ExitCode.DEGRADED, done.summary()
        assert site.archived(tmp_path) == set(range(14, NEWEST + 1))
        [told] = done.of_sources.stood_in
        assert told.by == ("Feed:https://baos.vn/rss.xml",)
        assert (told.named, told.new) == (10, 10)


def test_sitemaps_that_robots_txt_names_stand_in_too(tmp_path: Path) -> None:
    with source_site(SECTION) as site:
        site.robots = "User-agent: *\nDisallow:\nSitemap: https://baos.vn/sitemap.xml\n"
        done = site.crawl(tmp_path, by_script, day=days_until(NOON))
        assert done.exit_code == ExitCode.DEGRADED, done.summary()
        assert site.archived(tmp_path) == ALL
        [told] = done.of_sources.stood_in
        assert told.by == ("Sitemap:https://baos.vn/sitemap.xml",)
        assert told.new == NEWEST


def test_a_declared_feed_stands_in_without_a_further_request(tmp_path: Path) -> None:
    with source_site(Feed("/rss.xml"), SECTION) as site:
        done = site.crawl(tmp_path, by_script, day=days_until(NOON))
        assert done.exit_code == ExitCode.DEGRADED, done.summary()
        assert "/" not in site.order
        [told] = done.of_sources.stood_in
        assert told.by == ("Feed:/rss.xml",)


def test_where_nothing_can_stand_in_the_run_says_so(tmp_path: Path) -> None:
    with source_site(SECTION) as site:
        done = site.crawl(tmp_path, by_script, day=days_until(NOON))
        assert done.exit_code == ExitCode.DEGRADED, done.summary()
        assert "nothing stood in: no articles" in done.summary()


def test_a_section_that_is_gone_has_the_feeds_stand_in(tmp_path: Path) -> None:
    with source_site(SECTION) as site:
        site.alternate = ALTERNATE
        gone = site.crawl(
            tmp_path,
            lambda target: page("", 404) if target.partition("?")[0] == "/xa-hoi/" else None,
            day=days_until(NOON),
        )
        [told] = gone.of_sources.stood_in
        assert told.why == "HTTP 404"
        assert told.by == ("Feed:https://baos.vn/rss.xml",)
        assert gone.exit_code == ExitCode.DEGRADED, gone.summary()


# List APIs ----------------------------------------------------------------------------------------


def moved(site: MoodySite, gone: str) -> Rule:
    """The API answers 404 under that prefix."""
    return lambda target: page("", 404) if target.startswith(gone) else site.answer(target)


def test_a_list_api_that_moved_to_the_family_s_other_prefix_is_found_and_told(
    tmp_path: Path,
) -> None:
    with moody_site("A") as site:
        done = site.crawl(tmp_path, moved(site, "/sc_service/"))
        assert done.exit_code == ExitCode.OK, done.summary()
        assert site.archived(tmp_path) == set(site.numbers)
        assert "/sc_service/api/article/list answers 404, /service/api/article/list works" in (
            done.summary()
        )
        again = site.crawl(tmp_path, moved(site, "/sc_service/"), day=1)
        assert again.exit_code == ExitCode.OK, again.summary()
        assert not any(target.startswith("/sc_service/") for target in site.order)
        [first, second] = read_runs(tmp_path / "baoa")
        assert first["moved_lists"] == second["moved_lists"] != {}


def test_a_list_api_that_moves_back_is_found_again(tmp_path: Path) -> None:
    with moody_site("A") as site:
        site.crawl(tmp_path, moved(site, "/sc_service/"))
        site.numbers.insert(0, 24)
        done = site.crawl(tmp_path, moved(site, "/service/"), day=1)
        assert done.exit_code == ExitCode.OK, done.summary()
        assert site.archived(tmp_path) == set(site.numbers)
        assert done.of_sources.moved == {}


def test_where_the_api_is_gone_the_section_page_stands_in(tmp_path: Path) -> None:
    with moody_site("A") as site:
        done = site.crawl(
            tmp_path, lambda target: page("", 404) if "/api/article/list" in target else None
        )
        assert done.exit_code == ExitCode.DEGRADED, done.summary()
        assert site.archived(tmp_path) == set(site.numbers[:5])
        [told] = done.of_sources.stood_in
        assert told.address == "https://baoa.vn/xa-hoi/"
        assert told.why.endswith("/api/article/list: HTTP 404")
        assert told.by == ("the generic list reader",)


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherSection(MarkedSection):
    """A section whose list goes on at an API's host."""

    items = "div.tin a"

    def further_hosts(self, domain: str) -> frozenset[str]:
        return frozenset([f"api.{domain}"])

    def read(self, document: Document, site: Site) -> ListPage:
        links = self.links(document, site)
        return ListPage(links=links, older=f"https://api.{site.domain}/1", is_whole_list=False)


def test_an_api_s_host_that_does_not_answer_has_the_section_page_stand_in(tmp_path: Path) -> None:
    with source_site(FurtherSection(path="/xa-hoi/")) as site:
        mirror = dict.fromkeys(site.paper.hosts, site.address)
        mirror["api.baos.vn"] = "http://127.0.0.1:1"
        settings = {"MIRROR": json.dumps(mirror)}
        done = site.crawl(tmp_path, day=days_until(NOON), settings=settings)
        assert done.exit_code == ExitCode.DEGRADED, done.summary()
        assert site.archived(tmp_path) == ALL
        [told] = done.of_sources.stood_in
        assert (told.by, told.named) == (("the generic list reader",), NEWEST)
