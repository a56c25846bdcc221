"""Whole crawls of sources of every kind: all articles, once each, and nothing known again."""

import gzip
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from newscrawl.archive.export.row_reader import read_articles, read_runs
from newscrawl.discovery.day_archive import DayArchive
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Source
from newscrawl.discovery.wordpress import WordPress
from newscrawl.exit_codes import ExitCode
from tests.support.moody_site import PER_PAGE, Reply, page
from tests.support.source_site import NEWEST, NOON, SourceSite, days_until, rss, source_site, xml

SECTION: Final = GenericSection("/xa-hoi/")
FEED: Final = Feed("/rss.xml")
ALL: Final = set(range(1, NEWEST + 1))
HOUR: Final = timedelta(hours=1)

WHOLE: Final[dict[str, Source]] = {
    "section": SECTION,
    "paged feed": Feed("/feed/", paged=True),
    "sitemap": Sitemap("/sitemap.xml"),
    "wordpress": WordPress("/"),
    "days": DayArchive("/ngay/{day:%Y-%m-%d}.html", first=date(2026, 3, 1)),
}
WINDOWS: Final[dict[str, Source]] = {
    "feed": FEED,
    "news sitemap": Sitemap("/sitemap-news.xml", news=True),
}


def asked_articles(site: SourceSite) -> int:
    return sum(map(site.is_article, site.order))


def lists_of(site: SourceSite) -> list[str]:
    side = ("/robots.txt", "/.well-known")
    return [one for one in site.order if not site.is_article(one) and not one.startswith(side)]


@pytest.mark.parametrize("kind", WHOLE)
def test_a_source_gives_all_articles_once_and_a_second_run_asks_for_none(
    kind: str, tmp_path: Path
) -> None:
    with source_site(WHOLE[kind]) as site:
        first = site.crawl(tmp_path, day=days_until(NOON))
        assert first.exit_code == ExitCode.OK, first.summary()
        assert site.archived(tmp_path) == ALL
        assert asked_articles(site) == NEWEST
        second = site.crawl(tmp_path, day=days_until(NOON + HOUR))
        assert second.exit_code == ExitCode.OK, second.summary()
        assert asked_articles(site) == 0
        assert len(lists_of(site)) <= 4, site.order
        site.numbers.insert(0, NEWEST + 1)
        site.crawl(tmp_path, day=days_until(NOON + 2 * HOUR))
        assert site.archived(tmp_path) == ALL | {NEWEST + 1}
        assert asked_articles(site) == 1


# A list without dates tells an article's day by the article alone: the walk goes one page too far.
BEHIND: Final = {"section": 2 * PER_PAGE, "days": 1}


@pytest.mark.thorough
@pytest.mark.parametrize("kind", WHOLE)
def test_since_goes_back_to_its_day_and_no_further(kind: str, tmp_path: Path) -> None:
    """Article 15 appeared on 16 March, 12 on 13 March; without `since` all 23 are archived."""
    with source_site(WHOLE[kind]) as site:
        site.crawl(tmp_path, day=days_until(NOON), since="2026-03-16")
        found = site.archived(tmp_path)
        assert found >= set(range(15, NEWEST + 1))
        assert min(found) >= 15 - BEHIND.get(kind, 0)
        site.crawl(tmp_path, day=days_until(NOON + HOUR), since="2026-03-13")
        assert site.archived(tmp_path) >= set(range(12, NEWEST + 1))
        assert min(site.archived(tmp_path)) >= 12 - BEHIND.get(kind, 0)
        assert asked_articles(site) <= min(found) - 1


@pytest.mark.thorough
def test_since_with_until_leaves_out_what_is_newer(tmp_path: Path) -> None:
    """A dated list names what lies between the two days alone."""
    with source_site(Feed("/feed/", paged=True)) as site:
        site.crawl(tmp_path, day=days_until(NOON), since="2026-03-09", until="2026-03-16")
        assert site.archived(tmp_path) == set(range(8, 16))


@pytest.mark.parametrize("kind", WINDOWS)
def test_a_window_gives_the_newest_articles_in_one_request(kind: str, tmp_path: Path) -> None:
    with source_site(WINDOWS[kind]) as site:
        for hour, asked in ((0, site.feed_size), (1, 0)):
            run = site.crawl(tmp_path, day=days_until(NOON + hour * HOUR))
            assert run.exit_code == ExitCode.OK, run.summary()
            assert asked_articles(site) == asked
            assert len(lists_of(site)) == 1
        assert site.archived(tmp_path) == set(range(NEWEST - 9, NEWEST + 1))


@pytest.mark.thorough
def test_several_sources_name_one_article_and_it_is_one_row(tmp_path: Path) -> None:
    sources = (SECTION, FEED, Sitemap("/sitemap.xml"), Sitemap("/sitemap-news.xml", news=True),
               WordPress("/"))  # fmt: skip
    with source_site(*sources) as site:
        run = site.crawl(tmp_path, day=days_until(NOON))
        assert run.exit_code == ExitCode.OK, run.summary()
        assert asked_articles(site) == NEWEST
        ids = [line["id"] for line in read_articles(tmp_path / "baos")]
        assert len(ids) == len(set(ids)) == NEWEST
        [record] = read_runs(tmp_path / "baos")
        assert record["sources"]["Feed:/rss.xml"]["links"] == site.feed_size
        assert sum(counts["new"] for counts in record["sources"].values()) == NEWEST


# The feed first -----------------------------------------------------------------------------------


def refreshed(site: SourceSite, folder: Path, hours: float, *new: int) -> list[str]:
    """The lists that a run so many hours later asks for, once these articles are out."""
    site.numbers[:0] = new
    run = site.crawl(folder, day=days_until(NOON + hours * HOUR))
    assert run.exit_code == ExitCode.OK, run.summary()
    return lists_of(site)


def test_lists_are_passed_by_once_a_feed_has_named_all_that_they_name(tmp_path: Path) -> None:
    with source_site(FEED, SECTION) as site:
        refreshed(site, tmp_path, 0)
        assert refreshed(site, tmp_path, 1, 24) == ["/rss.xml", "/xa-hoi/", "/xa-hoi/?page=2"]
        assert refreshed(site, tmp_path, 2, 25) == ["/rss.xml"]
        assert refreshed(site, tmp_path, 3, 27, 26) == ["/rss.xml"]
        assert site.archived(tmp_path) == ALL | {24, 25, 26, 27}
        # Once a day; a day after the first run's end, however long that took, a second pass is due.
        assert refreshed(site, tmp_path, 24.5)[:2] == ["/rss.xml", "/xa-hoi/"]
        assert refreshed(site, tmp_path, 25) == ["/rss.xml"]


@pytest.mark.thorough
def test_a_feed_with_a_gap_has_the_lists_walked_down_to_what_is_known(tmp_path: Path) -> None:
    with source_site(FEED, SECTION) as site:
        for hours in (0, 1):
            refreshed(site, tmp_path, hours)
        assert refreshed(site, tmp_path, 2) == ["/rss.xml"]
        news = range(40, 23, -1)  # seventeen since, ten of them in the feed
        assert "/xa-hoi/?page=4" in refreshed(site, tmp_path, 3, *news)
        assert site.archived(tmp_path) == ALL | set(news)


def test_an_article_that_the_feed_leaves_out_is_found_within_a_day_and_told(
    tmp_path: Path,
) -> None:
    with source_site(FEED, SECTION) as site:
        for hours in (0, 1):
            refreshed(site, tmp_path, hours)
        site.unfed.add(24)
        assert refreshed(site, tmp_path, 2, 25, 24) == ["/rss.xml"]
        assert 24 not in site.archived(tmp_path)
        refreshed(site, tmp_path, 23.5)
        assert 24 in site.archived(tmp_path)
        [[left_out]] = (
            urls
            for run in read_runs(tmp_path / "baos")
            for urls in run["omitted_by_feeds"].values()
        )
        assert left_out.endswith(site.path(24))
        # The feed is trusted no more until a walk of the lists finds nothing that it lacks.
        assert "/xa-hoi/" in refreshed(site, tmp_path, 24.5)
        assert refreshed(site, tmp_path, 25) == ["/rss.xml"]


@pytest.mark.thorough
def test_an_article_in_the_feed_alone_is_kept_and_told(tmp_path: Path) -> None:
    with source_site(FEED, SECTION) as site:
        refreshed(site, tmp_path, 0)
        site.unlisted.add(24)
        refreshed(site, tmp_path, 1, 24)
        assert 24 in site.archived(tmp_path)
        [told] = (url for run in read_runs(tmp_path / "baos") for url in run["only_in_feeds"])
        assert told.endswith(site.path(24))


@pytest.mark.thorough
def test_a_feed_of_a_section_covers_no_other_section(tmp_path: Path) -> None:
    with source_site(Feed("/rss.xml", path="/kinh-te/"), SECTION) as site:
        for hours in (0, 1, 2, 3):
            assert "/xa-hoi/" in refreshed(site, tmp_path, hours)


@pytest.mark.thorough
def test_a_backfill_walks_the_lists_whatever_the_feed_says(tmp_path: Path) -> None:
    with source_site(FEED, SECTION) as site:
        for hours in (0, 1):
            refreshed(site, tmp_path, hours)
        site.crawl(tmp_path, day=days_until(NOON + 2 * HOUR), section="/xa-hoi/")
        assert lists_of(site)[:1] == ["/xa-hoi/"]


# Hostile answers ----------------------------------------------------------------------------------

BOMB: Final = (
    '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    '<rss version="2.0"><channel><item><title>&b;&c;</title></item></channel></rss>'
)
ITEM: Final = "<item><title>Tin</title><link>https://{}/xa-hoi/chuyen-{}.html</link></item>"
HOSTILE: Final[dict[str, tuple[Callable[[], Reply], str]]] = {
    "bomb": (lambda: xml(BOMB), "declares entities"),
    "html": (lambda: page("<p>Bảo trì</p>"), "HTML instead of XML"),
    "empty": (lambda: Reply(200, b"", ()), "empty"),
    "no entries": (lambda: rss(""), "no articles"),
    "cut off": (lambda: xml('<rss version="2.0"><channel><item>'), "cut off"),
    "off hosts": (lambda: rss(ITEM.format("la.example", 1) * 30), "no articles"),
    "404": (lambda: page("", 404), "HTTP 404"),
    "304": (lambda: Reply(304), "HTTP 304"),
    "500": (lambda: page("", 500), "HTTP 500"),
}


@pytest.mark.parametrize(
    "kind", [k if k == "bomb" else pytest.param(k, marks=pytest.mark.thorough) for k in HOSTILE]
)
def test_a_hostile_feed_ends_well_and_costs_no_article(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reply, said = HOSTILE[kind]
    with source_site(FEED, SECTION) as site:
        run = site.crawl(
            tmp_path,
            lambda target: reply() if target == "/rss.xml" else None,
            day=days_until(NOON),
        )
        assert run.exit_code == ExitCode.DEGRADED, run.summary()
        assert run.errors == 0
        assert site.archived(tmp_path) == ALL
        assert any(said in line and "/rss.xml" in line for line in caplog.messages), caplog.messages
        assert all("la.example" not in target for target in site.order)


@pytest.mark.thorough
def test_a_feed_of_a_hundred_thousand_entries_is_read_up_to_the_bound(tmp_path: Path) -> None:
    entry = "<item><link>/xa-hoi/chuyen-lang-so-{:06}.html</link></item>"
    many = "".join(map(entry.format, range(1, 100_001)))
    with source_site(FEED) as site:

        def rule(target: str) -> Reply | None:
            if target == "/rss.xml":
                return rss(many)
            number = target.rpartition("-")[2].removesuffix(".html")
            return site.article(int(number)) if site.is_article(target) else None

        run = site.crawl(tmp_path, rule, day=days_until(NOON), limit="5")
        assert run.exit_code == ExitCode.OK, run.summary()
        assert run.count("list/links") == 1000
        assert run.count("bound/links") == 99_000
        assert "links of lists beyond LINKS_PER_PAGE: 99000" in run.summary()


@pytest.mark.thorough
def test_an_index_of_many_parts_is_read_over_several_runs(tmp_path: Path) -> None:
    parts = "".join(f"<sitemap><loc>/sitemap-{n}.xml</loc></sitemap>" for n in range(7))
    index = f"<sitemapindex>{parts}</sitemapindex>"
    with source_site(Sitemap("/sitemap.xml")) as site:

        def rule(target: str) -> Reply | None:
            if target == "/sitemap.xml":
                return xml(index)
            if not target.startswith("/sitemap-"):
                return None
            number = int(target.removeprefix("/sitemap-").removesuffix(".xml"))
            return site._sitemap(site.numbers[number * 4 : number * 4 + 4])

        first = site.crawl(tmp_path, rule, day=days_until(NOON), settings={"LIST_PAGES": 3})
        assert first.exit_code == ExitCode.BOUND_REACHED, first.summary()
        assert len(site.archived(tmp_path)) == 12
        for hours in (1, 2):
            site.crawl(tmp_path, rule, day=days_until(NOON + hours * HOUR))
        assert site.archived(tmp_path) == ALL


def test_a_robots_txt_that_forbids_the_feed_is_obeyed(tmp_path: Path) -> None:
    with source_site(FEED, SECTION) as site:
        site.robots = "User-agent: *\nDisallow: /rss.xml\n"
        run = site.crawl(tmp_path, day=days_until(NOON))
        assert "/rss.xml" not in site.order
        assert run.exit_code == ExitCode.DEGRADED, run.summary()
        assert site.archived(tmp_path) == ALL


SITEMAPS: Final[dict[str, tuple[Callable[[], Reply], str]]] = {
    "bomb": (lambda: xml(BOMB), "declares entities"),
    "gzip bomb": (lambda: Reply(200, gzip.compress(b" " * 60_000_000), ()), "unpacks to more than"),
    "half gzip": (lambda: Reply(200, gzip.compress(b"<urlset></urlset>")[:-9], ()), "gzip ends"),
    "html": (lambda: page("<p>Bảo trì</p>"), "HTML instead of XML"),
    "a feed": (lambda: rss(""), "is no sitemap"),
    "an index of itself": (
        lambda: xml("<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>"),
        "",
    ),
    "off hosts": (
        lambda: xml("<urlset><url><loc>https://la.example/x-12345.html</loc></url></urlset>"),
        "no articles",
    ),
    "404": (lambda: page("", 404), "HTTP 404"),
}


@pytest.mark.thorough
@pytest.mark.parametrize("kind", SITEMAPS)
def test_a_hostile_sitemap_ends_well_and_costs_no_article(
    kind: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    reply, said = SITEMAPS[kind]
    with source_site(Sitemap("/sitemap.xml"), SECTION) as site:
        run = site.crawl(
            tmp_path,
            lambda target: reply() if target == "/sitemap.xml" else None,
            day=days_until(NOON),
        )
        assert run.exit_code == (ExitCode.DEGRADED if said else ExitCode.OK), run.summary()
        assert run.errors == 0
        assert site.archived(tmp_path) == ALL
        assert any(said in line for line in caplog.messages) or not said, caplog.messages
        assert site.asked["/sitemap.xml"] <= 4
        assert all("la.example" not in target for target in site.order)
