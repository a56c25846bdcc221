"""Family F: boxes of its own in the text, and the list API behind its section pages."""

from pathlib import Path

import pytest

from newscrawl.archive.newspaper_archive import ArchiveOptions, open_archive
from newscrawl.article.article_page import ArticlePage
from newscrawl.cms.mediatech import LangSonPage, MediatechPage, MediatechSection
from newscrawl.discovery.list_walk import Walk
from newscrawl.discovery.source import ListPage
from newscrawl.exceptions import ExtractionError
from newscrawl.page.document import Document
from newscrawl.spiders.baocaobang import BaoCaoBangSpider
from tests.support.family_examples import (
    DOMAIN,
    FIRST,
    LEAD,
    NOW,
    PAPER,
    SECOND,
    document,
    html,
    read,
)


@pytest.mark.parametrize("page", [MediatechPage, LangSonPage])
def test_a_date_in_a_list_beside_is_not_the_articles(page: type[ArticlePage]) -> None:
    beside = '<div class="date">Thứ 2, 02/03/2026 | 10:00:00 [GMT +7]</div></body>'
    text = html(page, date="").replace("</body>", beside)
    with pytest.raises(ExtractionError) as caught:
        read(page, text.replace('<div class="date"></div>', ""))
    assert caught.value.field == "published"


def test_the_first_box_that_holds_text_is_the_lead() -> None:
    text = html(MediatechPage).replace(
        f'<div class="sapo">{LEAD}</div>', '<div class="sapo"></div>'
    )
    assert read(MediatechPage, text).lead == LEAD


@pytest.mark.parametrize("name", ["author", "pseudonym"])
def test_mediatech_signs_in_a_box_within_the_body(name: str) -> None:
    body = f'<p>{FIRST}</p><div class="{name}"><strong>Vàng Thị Say</strong></div><p>{SECOND}</p>'
    article = read(MediatechPage, html(MediatechPage, body))
    assert article.authors == ("Vàng Thị Say",)
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_author_and_outlet_are_a_byline_and_no_source_line() -> None:
    body = f'<p>{FIRST}</p><div class="author">Vàng Thị Say/Báo Tin tức</div>'
    article = read(MediatechPage, html(MediatechPage, body))
    assert article.authors == ("Vàng Thị Say",)
    assert article.byline == "Vàng Thị Say/Báo Tin tức"
    assert (article.source, article.source_line) == ("Báo Tin tức", None)


def test_an_outlet_in_the_authors_place_is_a_source_line() -> None:
    body = f'<p>{FIRST}</p><div class="author">Theo Nhân Dân</div>'
    article = read(MediatechPage, html(MediatechPage, body))
    assert article.byline is None
    assert (article.source, article.source_line) == ("Nhân Dân", "Theo Nhân Dân")


def test_mediatech_names_its_section_in_a_hidden_block_too() -> None:
    hidden = '<section class="page-info"><div id="cate-title">Giao thông /</div></section>'
    article = read(MediatechPage, html(MediatechPage).replace("<body>", f"<body>{hidden}"))
    assert article.section_path == ("Giao thông",)


@pytest.mark.parametrize("inner", ["<p>Gió {{x}}</p>", "<div>{{x.y}}</div>"])
def test_mediatech_drops_what_holds_a_template(inner: str) -> None:
    article = read(LangSonPage, html(LangSonPage, f"<p>{FIRST}</p>{inner}<p>{SECOND}</p>"))
    assert article.body == f"{FIRST}\n\n{SECOND}"
    spanned = f"<p>{FIRST} <span>{{{{x}}}}</span></p><p>{SECOND}</p>"
    assert read(LangSonPage, html(LangSonPage, spanned)).body == f"{FIRST}\n\n{SECOND}"


def test_a_second_document_and_a_stray_end_are_read_through() -> None:
    body = f"<!DOCTYPE html><html><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    text = html(MediatechPage, body).replace("<html>", "<!DOCTYPE html><html>\n</html>\n", 1)
    assert read(MediatechPage, text).body == f"{FIRST}\n\n{SECOND}"


# The list API ---------------------------------------------------------------------------------

API = f"https://{DOMAIN}/list-post-by-category?page={{}}&limit=12&category_id=59&show_thumb=1"
API_SECTION = MediatechSection(path="/kinh-te/", category=59)
ITEM = '<article class="card"><h3 class="card-title"><a href="{0}">{1}</a></h3></article>'
PATH = "/con-duong-len-ban-204511.html"


def api_page(text: str, number: int | str = 1) -> ListPage:
    page = Document(
        API.format(number), text.encode(), fetched_at=NOW, content_type="application/json"
    )
    return API_SECTION.read(page, PAPER)


def test_behind_the_section_page_is_the_list_api() -> None:
    text = ITEM.format(PATH, "Tin")
    page = API_SECTION.read(document(text, API_SECTION.start(PAPER)), PAPER)
    assert page.older is not None
    assert page.older.startswith(API.format(1))
    assert not page.is_whole_list


def test_the_api_is_read_to_its_empty_page() -> None:
    items = '{"link": "/cho-phien-204512.html", "title": "Chợ phiên "}, {"link": "/video/7.html"},'
    items += '{"link": "/ben-do-204511.html"}, {"link": 5}, "la"'
    page = api_page(f'{{"data": [{items}]}}', 3)
    assert [(found.key, found.title) for found in page.links] == [
        ("204512", "Chợ phiên"),
        ("204511", None),
    ]
    assert page.older is not None
    assert page.older.startswith(API.format(4))
    assert page.is_whole_list
    assert api_page('{"data": []}', 4) == ListPage(links=(), older=None)
    assert api_page('{"data": [{"link": "/ben-do-204511.html"}]}', "x").older is None


@pytest.mark.parametrize("answer", ["", "<html>", "[]", '{"data": {}}', "null", "[" * 5000])
def test_an_answer_that_is_no_list_is_a_fault(answer: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        api_page(answer)
    assert caught.value.field == "list"


def test_the_api_alone_is_asked_as_a_script_asks() -> None:
    assert API_SECTION.headers(API.format(1)) == {"X-Requested-With": "XMLHttpRequest"}
    assert API_SECTION.headers(API_SECTION.start(PAPER)) == {}


def test_a_sections_address_ends_without_a_slash() -> None:
    assert MediatechSection(path="/The-gioi/").start(PAPER) == f"https://{DOMAIN}/The-gioi"


def test_a_spider_sends_its_sources_headers(tmp_path: Path) -> None:
    options = ArchiveOptions(home=tmp_path, keeps_pages=True, free_min_bytes=0)
    spider = BaoCaoBangSpider(archive=open_archive(options, "baocaobang", BaoCaoBangSpider.key_of))
    try:
        walk = Walk(source=API_SECTION, address=API.format(1))
        assert spider.list_request(walk).headers[b"X-Requested-With"] == b"XMLHttpRequest"
        walk = Walk(source=API_SECTION, address=API_SECTION.start(PAPER))
        assert b"X-Requested-With" not in spider.list_request(walk).headers
    finally:
        spider.archive.close()
    assert (tmp_path / "baocaobang").is_dir()
