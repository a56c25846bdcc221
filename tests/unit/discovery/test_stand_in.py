"""What stands in for a list, and what a front page and a robots.txt name."""

from datetime import date

import pytest

from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.stand_in import (
    FOUND_MAX,
    feeds_named_by,
    sitemaps_named,
    stand_in_of,
)
from newscrawl.exceptions import ExtractionError
from tests.support.saved_lists import KNOWN, UNKNOWN, answer

HOME = "https://baothu.vn/"


def test_a_stand_in_reads_the_list_s_own_page_and_keeps_its_own_progress() -> None:
    source = GenericSection("/xa-hoi/", closed=date(2025, 7, 1))
    found = stand_in_of(source)
    assert found.start(KNOWN) == source.start(KNOWN)
    assert (found.path, found.closed, found.front_only) == ("/xa-hoi/", date(2025, 7, 1), True)
    assert found.name == "StandIn:GenericSection:/xa-hoi/"


def test_a_page_without_titles_is_refused() -> None:
    with pytest.raises(ExtractionError, match="no linked titles"):
        stand_in_of(GenericSection("/x/")).read(answer(HOME, "<html><body></body></html>"), KNOWN)


def test_links_in_the_form_of_the_cms_count_wherever_they_stand() -> None:
    html = "<aside><a href='/tin-48213.html'>Tin</a></aside><a href='/gioi-thieu'>Giới thiệu</a>"
    page = stand_in_of(GenericSection("/x/")).read(answer(HOME, f"<body>{html}</body>"), KNOWN)
    assert [(one.key, one.title) for one in page.links] == [("48213", "Tin")]
    with pytest.raises(ExtractionError):  # a paper of no known CMS has no such form
        stand_in_of(GenericSection("/x/")).read(answer(HOME, f"<body>{html}</body>"), UNKNOWN)


def head(links: str) -> str:
    return f"<html><head>{links}</head><body></body></html>"


def link(href: str, kind: str = "application/rss+xml", rel: str = "alternate") -> str:
    return f'<link rel="{rel}" type="{kind}" href="{href}">'


def test_feeds_are_those_that_the_head_names_on_the_paper_s_hosts() -> None:
    links = [
        link("/rss/home.rss"),
        link("https://www.baothu.vn/atom.xml", "application/atom+xml; charset=utf-8"),
        link("/rss/home.rss"),
        link("https://baoban.example/rss"),
        link("/en/", "text/html"),
        link("/wp-json/oembed", "application/json+oembed"),
        link("/rss/khac.rss", rel="stylesheet"),
        link("javascript:void(0)"),
    ]
    assert feeds_named_by(answer(HOME, head("".join(links))), KNOWN) == (
        Feed("https://baothu.vn/rss/home.rss"),
        Feed("https://baothu.vn/atom.xml"),
    )


def test_no_more_feeds_are_taken_than_the_bound() -> None:
    links = "".join(link(f"/rss/{n}.rss") for n in range(FOUND_MAX + 5))
    assert len(feeds_named_by(answer(HOME, head(links)), KNOWN)) == FOUND_MAX


def test_sitemaps_are_those_that_robots_txt_names_on_the_paper_s_hosts() -> None:
    named = ["https://baothu.vn/sitemap.xml", "/google-news.xml", "https://cdn.example/s.xml"]
    assert sitemaps_named(named, KNOWN) == (
        Sitemap("https://baothu.vn/sitemap.xml"),
        Sitemap("https://baothu.vn/google-news.xml", news=True),
    )
    many = [f"/sitemap-{n}.xml" for n in range(FOUND_MAX + 5)]
    assert len(sitemaps_named(many, KNOWN)) == FOUND_MAX
