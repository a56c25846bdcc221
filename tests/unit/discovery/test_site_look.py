"""What a look asks and finds, without a network: the stranger's site answers by a function."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.site_look import (
    ARTICLES_LOOKED_AT,
    LOOK_REQUESTS_MAX,
    SiteAnswer,
    SiteLook,
    look_at,
    shows_article,
    title_of,
)
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Source
from newscrawl.discovery.wordpress import WordPress
from newscrawl.page.document import Document
from tests.support.strangers import (
    aspnet,
    drupal,
    homemade,
    k2,
    load_more,
    next_shell,
    scripted,
    webforms,
    wordpress,
)
from tests.support.strangers.serving import Answer, Stranger

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def look(
    site: Stranger, known: tuple[Source, ...] = (), gone: tuple[str, ...] = ()
) -> tuple[SiteLook, list[str]]:
    """The look at a stranger's site, and the paths that it asked."""
    asked: list[str] = []

    async def ask(url: str) -> SiteAnswer:
        parts = urlsplit(url)
        asked.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        answer = site.answer(parts.path, dict(parse_qsl(parts.query)))
        if parts.path in gone or answer.status != 200:
            return SiteAnswer(url=url, document=None, why=f"HTTP {answer.status}")
        return SiteAnswer(url=url, document=_document(url, answer))

    def sitemaps() -> list[str]:
        robots = site.answer("/robots.txt", {})
        text = robots.raw.decode() if robots.status == 200 else ""
        return [ln.partition(": ")[2] for ln in text.splitlines() if ln.startswith("Sitemap: ")]

    return asyncio.run(look_at(site.address, site.name, ask, sitemaps, known)), asked


def _document(url: str, answer: Answer) -> Document:
    return Document(
        url,
        answer.raw,
        fetched_at=NOW,
        content_type=answer.content_type,
        headers={name.lower(): value for name, value in answer.headers.items()},
    )


def sources(found: SiteLook) -> list[Source]:
    return [one.source for one in found.sources]


def test_wordpress_is_known_by_its_marks_and_offers_four_kinds() -> None:
    found, _ = look(wordpress.SITE)
    assert sources(found) == [
        WordPress("/"),
        Feed("/feed/", paged=True),
        Sitemap("/wp-sitemap.xml"),
        *(GenericSection(f"/category/{desk.path}/") for desk in wordpress.DESKS),
    ]
    assert found.title == "Báo Bãi Ngang"
    assert found.skip_paths == ("/category/video/",)


def test_sections_with_subsections_are_taken_from_the_menu() -> None:
    found, asked = look(drupal.SITE)
    assert sources(found) == [
        GenericSection(place)
        for place in (
            "/thoi-su",
            "/kinh-te",
            "/kinh-te/nong-nghiep",
            "/kinh-te/thuong-mai",
            "/ban-lang",
        )
    ]
    assert found.title == "Báo Đèo Sấu"
    assert not {"/lien-he", "/user/login", "/thu-vien-anh"} & set(asked)


def test_sections_by_query_are_taken() -> None:
    found, _ = look(aspnet.SITE)
    assert sources(found) == [
        GenericSection(f"/list.aspx?cat={desk.number}") for desk in aspnet.DESKS
    ]


def test_a_site_without_lists_offers_its_feed_and_its_news_sitemap() -> None:
    found, _ = look(scripted.SITE)
    assert sources(found) == [
        Feed("/rss/tin-moi-nhat.rss"),
        Sitemap("/sitemap-news.xml", news=True),
    ]


def test_each_source_names_what_speaks_for_it() -> None:
    found, _ = look(scripted.SITE)
    assert [one.evidence for one in found.sources] == [
        "the front page's head names it; 20 links, 20 dated",
        "robots.txt names it; 0 links, 2 further files",
    ]


@pytest.mark.parametrize("site", [aspnet.SITE, drupal.SITE, scripted.SITE, wordpress.SITE])
def test_a_look_asks_few_addresses_and_none_twice(site: Stranger) -> None:
    found, asked = look(site)
    assert len(asked) == len(set(asked)) <= LOOK_REQUESTS_MAX / 2
    assert [urlsplit(url).path for url in found.asked] == [url.partition("?")[0] for url in asked]


def test_articles_of_several_sources_are_read() -> None:
    found, _ = look(drupal.SITE)
    assert len(found.articles) == ARTICLES_LOOKED_AT
    assert len({url.split("/")[3] for url in found.articles}) > 1


def test_a_menu_without_an_end_stops_at_the_bound() -> None:
    items = "".join(f'<a href="/muc-{n}/">Mục {n}</a>' for n in range(200))
    stranger = Stranger(
        "baodai",
        "baodai.vn",
        lambda path, _: Answer(f"<html><body><nav>{items}</nav></body></html>") if path == "/"
        else Answer("", 404),
        (),
        lambda _: {},
    )  # fmt: skip
    found, asked = look(stranger)
    assert len(asked) <= LOOK_REQUESTS_MAX
    assert len(found.sources) == 200 - (len(asked) - 1 - 7)  # 4 feeds and 3 sitemaps were tried
    assert all(one.evidence.endswith("not read in the look") for one in found.sources)


def test_a_site_that_does_not_answer_has_a_problem() -> None:
    silent = Stranger("baoim", "baoim.vn", lambda *_: Answer("", 503), (), lambda _: {})
    found, asked = look(silent)
    assert (found.problem, asked) == ("https://baoim.vn/: HTTP 503", ["/"])


def test_a_known_source_that_the_menu_dropped_is_asked_for() -> None:
    found, _ = look(drupal.SITE, known=(GenericSection("/ban-lang?sort=moi"),))
    assert GenericSection("/ban-lang?sort=moi") in sources(found)


def test_a_known_source_that_is_gone_is_left_out_with_the_reason() -> None:
    found, _ = look(drupal.SITE, known=(GenericSection("/cu/"),), gone=("/cu/",))
    assert found.left_out["https://www.baodeosau.vn/cu/"] == "HTTP 404"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Trang nhất | Báo Đèo Sấu", "Báo Đèo Sấu"),
        ("Báo Bãi Ngang - Tiếng nói người miền biển", "Báo Bãi Ngang"),
        ("Trang chủ", ""),
    ],
)
def test_the_title_is_the_newspapers_name(title: str, expected: str) -> None:
    page = f"<html><head><title>{title}</title></head><body></body></html>".encode()
    assert title_of(Document("https://baothu.vn/", page, fetched_at=NOW)) == expected


def test_a_page_about_feeds_whose_feeds_were_taken_leaves_no_question() -> None:
    found, asked = look(homemade.SITE)
    feeds = [one.source for one in found.sources if isinstance(one.source, Feed)]
    assert feeds == [Feed(f"/rss/{desk.path}.rss") for desk in homemade.DESKS]
    assert "/rss" in asked
    assert f"{homemade.HOME}/rss" not in found.left_out


def test_a_page_about_feeds_of_which_none_answers_stays_left_out() -> None:
    def silent(path: str, query: Mapping[str, str]) -> Answer:
        return Answer("", 404) if path.startswith("/rss/") else homemade.answer(path, query)

    found, _ = look(replace(homemade.SITE, answer=silent))
    assert found.left_out[f"{homemade.HOME}/rss"] == "HTML instead of XML"


def test_a_wordpress_that_forbids_its_api_turns_the_pages_of_its_feed() -> None:
    found, _ = look(load_more.CLOSED)
    assert sources(found) == [
        Feed("/feed/", paged=True),
        *(GenericSection(f"/category/{desk.path}/") for desk in load_more.DESKS),
    ]
    assert any("wp-json" in place for place in found.left_out)


def test_sections_below_a_front_file_are_taken() -> None:
    found, _ = look(k2.SITE)
    assert sources(found) == [
        Feed("/index.php?format=feed&type=rss"),
        *(GenericSection(f"/index.php/{desk.path}") for desk in (*k2.DESKS, k2.EMPTY)),
    ]


def test_sections_by_query_of_a_front_file_are_taken() -> None:
    found, _ = look(webforms.SITE)
    assert sources(found) == [
        Sitemap("/SiteMap.xml"),
        *(
            GenericSection(f"/Default.aspx?tabid={desk.number}")
            for desk in (*webforms.DESKS, webforms.EMPTY)
        ),
    ]


def test_a_section_with_and_without_its_slash_is_taken_once() -> None:
    found, _ = look(next_shell.SITE)
    assert sources(found) == [
        *(
            GenericSection(f"/chuyen-muc/{desk.path}")
            for desk in (*next_shell.DESKS, next_shell.EMPTY)
        ),
        GenericSection("/tin-moi"),
    ]


def test_an_old_address_that_leads_to_an_article_is_no_section() -> None:
    old = f"/index.php/component/k2/item/{k2.STORIES[8].number}-cu"
    new = k2.href(k2.STORIES[8])
    article = _document(f"{k2.HOME}{new}", k2.SITE.answer(new, {}))
    assert shows_article(article, k2.STORIES[8].headline)
    assert GenericSection(old) not in sources(look(k2.SITE)[0])


def test_a_page_with_the_links_words_as_headline_above_a_text_is_an_article() -> None:
    text = "<p>Cả bản dậy từ ba giờ sáng để kịp chuyến xe hàng đầu tiên trong ngày mưa.</p>" * 9
    page = f"<html><body><h1>Đêm trắng ở bản Ngoi</h1>{text}</body></html>"
    document = Document("https://baothu.vn/p/dem", page.encode(), fetched_at=NOW)
    assert shows_article(document, "Đêm trắng ở bản Ngoi")
    assert not shows_article(document, "Đời sống vùng cao")


def test_a_sections_page_is_no_article() -> None:
    desk = drupal.DESKS[0]
    page = drupal.SITE.answer(f"/{desk.path}", {})
    document = _document(f"{drupal.HOME}/{desk.path}", page)
    assert not shows_article(document, desk.label)
