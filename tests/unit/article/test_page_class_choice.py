"""Which layout a page has, and what a page says that is not there."""

import pytest

from newscrawl.article.newspaper_site import Site
from newscrawl.article.page_class_choice import choose_page
from newscrawl.cms.vnpt import VNPT_PAGES, VnptA1Page
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.page.document import Document
from tests.support.articles import FETCHED

URL = "https://baothu.vn/kinh-te/202506/mua-che-tren-doi-75f1237/"
PAPER = Site(name="baothu", domain="baothu.vn", hosts={"baothu.vn": "baothu.vn"})
TEXT = (
    "<p>Sương vừa tan, nương chè trên đồi đã đông người hái, tiếng cười vang cả sườn dốc.</p>" * 5
)
A1 = (
    '<div id="content"><h1 class="media-heading">{headline}</h1>'
    '<div class="date">18/06/2025 11:59</div>{text}</div>'
)
NEW = '<div class="x"><h3 class="x-tit">{headline}</h3><time>18/06/2025 11:59</time>{text}</div>'
ABSENT = [
    "404 - Không tìm thấy trang",
    "Bài viết không tồn tại",
    "Page not found",
    "Nội dung này không còn nữa",
    "Tin đã bị gỡ",
]


def document(body: str, title: str = "Báo Thử") -> Document:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return Document(URL, html.encode(), fetched_at=FETCHED, content_type="text/html; charset=utf-8")


def chosen(body: str, title: str = "Báo Thử") -> type:
    return type(choose_page(VNPT_PAGES, document(body, title), PAPER))


# Not there --------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ABSENT)
@pytest.mark.parametrize("place", ["title", "h1", "h2"])
def test_a_page_without_text_that_says_so_is_not_there(said: str, place: str) -> None:
    heading = "" if place == "title" else f"<{place}>{said}</{place}>"
    body = f"{heading}<p>Mời bạn về <a href='/'>trang chủ</a> hoặc tìm theo từ khóa.</p>"
    with pytest.raises(NotAnArticleError, match="soft 404"):
        chosen(body, said if place == "title" else "Báo Thử")


@pytest.mark.parametrize("said", ABSENT)
@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_an_article_of_an_unknown_layout_is_no_missing_page(said: str, tag: str) -> None:
    """What a heading beside the text says is no word about the page."""
    body = NEW.format(headline="Mùa chè trên đồi", text=TEXT) + f"<{tag}>{said}</{tag}>"
    with pytest.raises(ExtractionError, match="layout"):
        chosen(body)


@pytest.mark.parametrize("said", ["Cầu cũ bị xóa tên trên bản đồ", "Chuyện cũ không còn"])
def test_another_articles_headline_says_nothing_of_the_page(said: str) -> None:
    """Not even where a script fills in the text."""
    with pytest.raises(ExtractionError, match="layout"):
        chosen(f"<div id='app'></div><h2><a href='/x/202506/cau-cu-75f1238/'>{said}</a></h2>")


@pytest.mark.parametrize("said", ABSENT)
def test_a_page_of_a_known_layout_is_that(said: str) -> None:
    body = A1.format(headline="Mùa chè", text="<p>Ngắn.</p>") + f"<h2>{said}</h2>"
    assert chosen(body) is VnptA1Page


def test_teasers_are_no_text_of_the_page() -> None:
    teaser = (
        "<div><h3><a href='/x/202506/mua-che-som-{0}/'>Mùa chè sớm ở xã thứ {0} vùng cao</a></h3>"
        "<p>Nương chè của xã thứ {0} đã vào vụ hái, sớm hơn năm ngoái đến mười ngày.</p></div>"
    )
    body = "<h1>Trang không tồn tại</h1>" + "".join(teaser.format(n) for n in range(10, 20))
    with pytest.raises(NotAnArticleError, match="soft 404"):
        chosen(body)


# The layout --------------------------------------------------------------------------------------


def test_an_empty_headline_is_a_field_that_cannot_be_read() -> None:
    page = choose_page(VNPT_PAGES, document(A1.format(headline=" &nbsp; ", text=TEXT)), PAPER)
    with pytest.raises(ExtractionError) as caught:
        page.to_item()
    assert (caught.value.field, caught.value.why) == ("headline", "its place is empty")


def test_a_lost_heading_leaves_the_layout_that_lacks_nothing_else() -> None:
    body = A1.format(headline="Mùa chè", text=TEXT).replace("media-heading", "x-heading")
    page = choose_page(VNPT_PAGES, document(body), PAPER)
    with pytest.raises(ExtractionError) as caught:
        page.to_item()
    assert (type(page), caught.value.field) == (VnptA1Page, "headline")
