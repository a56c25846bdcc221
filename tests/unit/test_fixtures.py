"""Every saved page is read, and every field compared with what a person read on the page."""

from functools import cache
from typing import Any

import pytest
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from newscrawl.cli.read_page import is_article_address, read_article, read_section
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import IncompletePageError, NotAnArticleError
from newscrawl.page.completeness import check_whole
from newscrawl.project.fixture import Fixture, fixtures
from tests.support.paths import FIXTURES

PAGES = {fixture.name: fixture for fixture in fixtures(FIXTURES)}


@cache
def newspapers() -> dict[str, type[NewspaperSpider]]:
    loader = SpiderLoader(get_project_settings())
    found = (loader.load(name) for name in loader.list())
    return {spider.name: spider for spider in found if issubclass(spider, NewspaperSpider)}


@cache
def line_of(name: str) -> dict[str, Any]:
    fixture = PAGES[name]
    document = fixture.document()
    check_whole(document)
    return read_article(document, newspapers()[fixture.newspaper])


def cases(page: str) -> list[Fixture]:
    return [fixture for fixture in PAGES.values() if fixture.page == page]


@pytest.mark.parametrize("name", [fixture.name for fixture in cases("article")])
def test_every_field_of_an_article(name: str) -> None:
    found = dict(line_of(name))
    found["body"] = found["body"].split("\n\n") if found["body"] else []
    expected = PAGES[name].gold["expected"]
    assert {field: found[field] for field in expected} == expected


@pytest.mark.parametrize("name", [fixture.name for fixture in cases("section")])
def test_section(name: str) -> None:
    fixture = PAGES[name]
    found = read_section(fixture.document(), newspapers()[fixture.newspaper])
    assert found == fixture.gold["expected"]


def read(fixture: Fixture) -> object:
    document = fixture.document()
    check_whole(document)
    newspaper = newspapers()[fixture.newspaper]
    if is_article_address(document.url, newspaper):
        return read_article(document, newspaper)
    return read_section(document, newspaper)


@pytest.mark.parametrize("name", [fixture.name for fixture in cases("other")])
def test_no_article(name: str) -> None:
    with pytest.raises((NotAnArticleError, IncompletePageError)):
        read(PAGES[name])


def test_there_are_pages_of_every_kind() -> None:
    assert {fixture.page for fixture in PAGES.values()} == {"article", "section", "other"}
