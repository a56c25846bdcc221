"""Expectations that a person then checks: today's reading, in a fixture's form."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.cli.expected_reading import expected_article, expected_piece, expected_section
from newscrawl.cli.read_page import is_article_address
from newscrawl.cms.epi import EpiPage
from newscrawl.crawl.found_newspaper import spider_of
from newscrawl.crawl.found_sources import FoundSources, SourceEntry
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.page.document import Document
from newscrawl.project.fixture import KEYS
from tests.support.strangers import aspnet, drupal
from tests.support.strangers.serving import Stranger

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def newspaper(site: Stranger, *places: str) -> type[NewspaperSpider]:
    entries = tuple(SourceEntry(source=GenericSection(one), evidence="") for one in places)
    return spider_of(
        FoundSources(
            name=site.name,
            title="Báo",
            domain=site.host,
            looked_at=NOON,
            pages=(EpiPage, GenericPage),
            entries=entries,
            left_out={},
            asked={},
        )
    )


def page(site: Stranger, place: str) -> Document:
    parts = urlsplit(place)
    answer = site.answer(parts.path, dict(parse_qsl(parts.query)))
    url = f"https://{site.host}{place}"
    return Document(url, answer.raw, fetched_at=NOON, content_type=answer.content_type)


@pytest.mark.parametrize("site", [aspnet.SITE, drupal.SITE], ids=lambda site: site.name)
def test_an_article_is_expected_as_it_is_read(site: Stranger) -> None:
    url, truth = next(iter(site.truths().items()))
    gold = expected_article(
        page(site, url.removeprefix(f"https://{site.host}")), newspaper(site, "/")
    )
    assert set(gold) == set(KEYS)
    assert (gold["url"], gold["page"], gold["checked"]) == (url, "article", False)
    assert (gold["fetched_at"], gold["content_type"]) == (
        "2026-11-20T12:00:00Z",
        "text/html; charset=utf-8",
    )
    expected = gold["expected"]
    same = ("headline", "lead", "captions", "authors", "byline", "section_path", "published_at")
    assert {name: expected[name] for name in same} == {name: truth[name] for name in same}
    assert "\n\n".join(expected["body"]) == truth["body"]
    empty = [name for name, value in expected.items() if value in ("", [], None)]
    assert gold["absent"] == empty


def test_a_section_is_expected_as_it_is_read() -> None:
    gold = expected_section(page(drupal.SITE, "/ban-lang"), newspaper(drupal.SITE, "/ban-lang"))
    assert (gold["page"], gold["absent"]) == ("section", [])
    assert len(gold["expected"]["articles"]) == 8
    assert gold["expected"]["next_page"] == f"https://{drupal.HOST}/ban-lang?page=1"


def test_a_list_is_expected_in_pieces_where_a_person_asks_for_an_article_of_it() -> None:
    document = page(drupal.SITE, "/ban-lang")
    paper = newspaper(drupal.SITE, "/ban-lang")
    with pytest.raises((ExtractionError, NotAnArticleError)):
        expected_article(document, paper)
    gold = expected_piece(page(drupal.SITE, "/ban-lang"), paper)
    assert (gold["page"], gold["checked"]) == ("article", False)
    assert gold["expected"]["headline"] == "Bản làng"
    assert "layout_unknown" in gold["expected"]["warnings"]
    assert "published_at" in gold["absent"] or gold["expected"]["published_at"] is not None


def test_a_whole_article_is_expected_alike_in_one_piece() -> None:
    url = next(iter(drupal.SITE.truths()))
    place, paper = url.removeprefix(f"https://{drupal.HOST}"), newspaper(drupal.SITE, "/ban-lang")
    assert expected_piece(page(drupal.SITE, place), paper) == expected_article(
        page(drupal.SITE, place), paper
    )


@pytest.mark.parametrize(
    ("place", "is_article"),
    [("/detail.aspx?id=4060", True), ("/list.aspx?cat=1", False), ("/cho-som-post1234.html", True)],
)
def test_an_address_is_judged_by_the_newspapers_classes(place: str, *, is_article: bool) -> None:
    paper = newspaper(aspnet.SITE, "/list.aspx?cat=1")
    assert is_article_address(f"https://{aspnet.HOST}{place}", paper) is is_article


def test_a_newspaper_of_families_alone_knows_articles_by_their_form() -> None:
    paper = spider_of(
        FoundSources(
            name="baothu",
            title="Báo Thử",
            domain="baothu.vn",
            looked_at=NOON,
            pages=(EpiPage,),
            entries=(SourceEntry(source=GenericSection("/kinh-te/"), evidence=""),),
            left_out={},
            asked={},
        )
    )
    assert is_article_address("https://baothu.vn/cho-som-post1234.html", paper)
    assert not is_article_address("https://baothu.vn/detail.aspx?id=4060", paper)
