"""The reader of unknown pages as a whole: verdicts, flags, pieces."""

from datetime import datetime

import pytest

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.article.item_schema import check_line
from newscrawl.article.normalize import normalize
from newscrawl.cli.read_page import NOWHERE, read_generic
from newscrawl.discovery.generic_listing import read_list
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import VIETNAM, Article, to_line
from newscrawl.page.document import Document
from newscrawl.urls.canonical import BadAddressError

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
URL = "https://baothungxa.vn/xa-hoi/lop-hoc-tren-bai-boi-2201.html"
HEADLINE = "Lớp học trên bãi bồi mở cửa lúc bốn giờ chiều"
TEXT = (
    "<p>Lớp có 23 em, em nhỏ nhất sáu tuổi, đi học bằng xuồng của cha mẹ khi các ghe đã gác lưới về"
    " bến.</p><p>Cô giáo Lê Thị Bông dạy hai buổi liền nhau, buổi đầu cho "
    "lớp một, buổi sau cho các lớp"
    " lớn hơn.</p>"
)
DATE = "<div class='date'>20/11/2026 17:00</div>"


def page(middle: str, *, heading: str = HEADLINE, head: str = "") -> str:
    return (
        f"<html lang='vi'><head><title>{heading}</title>{head}</head><body><main><h1>{heading}</h1>"
        f"{middle}</main></body></html>"
    )


def document(html: str, url: str = URL) -> Document:
    return Document(url, html.encode(), fetched_at=NOW, content_type="text/html; charset=utf-8")


def read(html: str) -> Article:
    return GenericPage(document(html), paper_of(URL)).to_item()


@pytest.mark.parametrize("is_piece", [False, True])
def test_a_page_that_states_no_address_is_read(is_piece: bool) -> None:
    line = read_generic(document(page(DATE + TEXT), ""), is_piece=is_piece)
    assert (line["headline"], line["published_date"]) == (HEADLINE, "2026-11-20")
    assert line["url"] == NOWHERE


# Verdicts --------------------------------------------------------------------------------------


def test_article_carries_its_flag_and_its_reader() -> None:
    article = read(page(DATE + TEXT))
    assert article.warnings == ("layout_unknown",)
    assert article.extractor.endswith("baothungxa/generic.2")


def test_article_is_valid() -> None:
    assert check_line(to_line(normalize(read(page(DATE + TEXT))))) == ()


def test_undated_article_is_flagged() -> None:
    html = page(TEXT, head="<meta property='og:type' content='article'>")
    article = read(html)
    assert (article.published_at, article.warnings) == (None, ("layout_unknown", "date_missing"))
    assert check_line(to_line(normalize(article))) == ()


@pytest.mark.parametrize(
    "heading",
    [
        "404",
        "Lỗi 404",
        "404 - Not found",
        "Trang không tồn tại",
        "Bài viết này không tồn tại hoặc đã bị gỡ",
    ],
)
def test_soft_404(heading: str) -> None:
    with pytest.raises(NotAnArticleError, match="soft 404"):
        read(page(DATE + TEXT, heading=heading))


@pytest.mark.parametrize(
    "heading",
    [
        "Trang trại không còn lo nước mặn",
        "404 hộ nghèo được vay vốn đóng ghe",
        "Không tìm thấy dấu vết chiếc ghe mất tích",
        "Trang trại nuôi tôm đã bị đóng cửa",
        "Nội dung quảng cáo đã bị gỡ khỏi bến phà",
        "Not found guilty, the skipper sails again",
    ],
)
def test_a_headline_of_an_article_is_no_soft_404(heading: str) -> None:
    assert read(page(DATE + TEXT, heading=heading)).headline == heading


def test_page_nothing_marks_as_an_article() -> None:
    with pytest.raises(NotAnArticleError):
        read(page(TEXT, heading="Giới thiệu"))


def test_list_of_teasers_is_no_article() -> None:
    teaser = (
        "<div><h3><a href='/tin-{0}-o-bai-boi-33{0}.html'>Tin thứ {0} ở vùng "
        "bãi bồi cuối sông</a></h3><p>"
        "Đoạn giới thiệu của tin thứ {0}, viết đủ dài để trông như một đoạn "
        "văn thật sự trong bài.</p></div>"
    )
    intro = "<p>Chuyên mục kể chuyện người vùng bãi bồi, cập nhật mỗi ngày từ các xã cuối sông.</p>"
    html = page(intro + "".join(teaser.format(n) for n in range(10, 20)))
    with pytest.raises((NotAnArticleError, ExtractionError)):
        read(html)
    assert len(read_list(document(html)).links) == 10


def test_video_page_is_no_article() -> None:
    with pytest.raises(ExtractionError):
        read(page("<div class='date'>20/11/2026</div><iframe src='/v/1'></iframe><p>Xem video</p>"))


def test_empty_page_is_broken() -> None:
    with pytest.raises(IncompletePageError):
        read("")


# Whose page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "name", "domain"),
    [
        ("https://baothungxa.vn/a", "baothungxa", "baothungxa.vn"),
        ("https://www.baothungxa.com.vn/a", "baothungxa", "www.baothungxa.com.vn"),
        ("http://m.bao-thung-xa.vn/", "bao_thung_xa", "m.bao-thung-xa.vn"),
        ("https://thungxa.vung.gov.vn/a", "thungxa", "thungxa.vung.gov.vn"),
    ],
)
def test_paper_of_an_address(url: str, name: str, domain: str) -> None:
    paper = paper_of(url)
    assert (paper.name, paper.domain) == (name, domain)
    assert domain in paper.hosts


def test_no_paper_without_a_host() -> None:
    with pytest.raises(BadAddressError):
        paper_of("/xa-hoi/bai.html")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://bao.vn/xa-hoi/lop-hoc-2201.html", "2201"),
        ("https://bao.vn/lop-hoc-post2201.html", "2201"),
        ("https://bao.vn/xa-hoi/202611/lop-hoc-tren-bai-75f1237/", "202611-75f1237"),
        ("https://bao.vn/gioi-thieu", None),
    ],
)
def test_key_of_an_address(url: str, key: str | None) -> None:
    assert GenericPage.read_key(url) == key


def test_own_address_of_the_article_is_kept() -> None:
    head = "<link rel='canonical' href='https://www.baothungxa.vn/xa-hoi/lop-hoc-moi-2201.html'>"
    assert (
        read(page(DATE + TEXT, head=head)).url
        == "https://baothungxa.vn/xa-hoi/lop-hoc-moi-2201.html"
    )


def test_address_of_another_article_is_not_taken() -> None:
    head = "<link rel='canonical' href='https://baothungxa.vn/xa-hoi/bai-khac-999999.html'>"
    assert read(page(DATE + TEXT, head=head)).url == URL


# Pieces ----------------------------------------------------------------------------------------


def piece(html: str) -> tuple[Article, list[str]]:
    article, errors = GenericPage(document(html), paper_of(URL)).to_partial_item()
    return article, [error.field for error in errors]


def test_piece_of_a_body() -> None:
    article, missing = piece(
        "<p>BTX - Chiều 20-11, [...]</p><table><tr><td><img "
        "src='/anh/1.jpg'></td></tr><tr><td>Cô Bông"
        " [...]</td></tr></table><p>[...]</p>"
    )
    assert (article.body, article.captions) == (
        "BTX - Chiều 20-11, [...]\n\n[...]",
        ("Cô Bông [...]",),
    )
    assert missing == ["headline", "published"]
    assert article.warnings == ("layout_unknown",)


def test_piece_of_a_page() -> None:
    article, missing = piece(
        f"<div><h1>{HEADLINE}</h1><div class='date'>20/11/2026 - "
        "17:00</div><div class='sapo'>Lớp có 23 em, đi"
        " học bằng xuồng [...]</div><div id='noi-dung'><p>[...]</p><p "
        "class='author'>Theo TTXVN</p></div></div>"
    )
    assert missing == []
    assert (article.lead, article.body, article.source) == (
        "Lớp có 23 em, đi học bằng xuồng [...]",
        "[...]",
        "TTXVN",
    )


def test_piece_without_text() -> None:
    article, missing = piece(f"<h1>{HEADLINE}</h1>")
    assert article.headline == HEADLINE
    assert "body" in missing


# Size ------------------------------------------------------------------------------------------

LINES = 3_000  # at once with the page's own size each: a minute and more, were they read so


@pytest.mark.parametrize(
    "line",
    [
        "<span class='date'>10:00, 01/01/2020</span><br><br>",
        "<span class='author'>Lê Thị Bông</span><br><br>",
        "Đọc<br><br><time datetime='2020-01-01'></time>",
        "<a href='/a-b-c-d-1234.html'>Đọc</a><br><br>",
    ],
)
def test_a_box_of_thousands_of_lines_is_looked_at_once(line: str) -> None:
    article = read(page(f"{DATE}{TEXT}<div>{line * LINES}</div>"))
    assert article.published_at == datetime(2026, 11, 20, 17, tzinfo=VIETNAM)
    assert article.body is not None
    assert article.body.startswith("Lớp có 23 em")
