"""Lists that are no articles, items that are text, labels, footers and comments around a text."""

from datetime import UTC, datetime

import pytest

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.items import Article
from newscrawl.page.document import Document

URL = "https://baobanlung.example.vn/xa-hoi/ban-lung-lam-duong-12345.html"
HEADLINE = "Bản Lùng làm đường bê tông dài ba cây số"
FIRST = "Sáng 11/9, bà con bản Lùng tập trung ở nhà văn hóa để chia đá, cát cho từng tổ."
SECOND = "Con đường cũ dốc và lầy, mùa mưa xe máy phải để lại dưới chân đồi rồi gùi hàng."
THIRD = "Dự kiến đến giữa tháng 11, toàn tuyến sẽ thông xe, nối bản với đường liên xã."
DATE = "<div class='date'>12/09/2024 07:40</div>"
TITLES = [
    ("Chợ phiên Nà Tâm họp sớm vì mưa, hàng rau đắt gấp...", "Mưa kéo dài khiến chợ họp..."),
    ("Lớp học bên suối đón thêm hai cô giáo trẻ về dạy...", "Hai cô giáo trẻ vừa nhận lớp..."),
    ("Cầu treo mới nối hai bờ suối Cạn sắp thông xe cho...", "Cây cầu dài bảy mươi mét..."),
    ("Đội bóng nữ bản Lùng thắng trận đầu tiên trong...", "Sau mười năm tập trên ruộng..."),
]


def document(html: str) -> Document:
    page = f"<html lang='vi'><head><title>{HEADLINE}</title></head><body>{html}</body></html>"
    return Document(URL, page.encode(), fetched_at=datetime(2026, 12, 1, tzinfo=UTC))


def read(html: str) -> Article:
    return GenericPage(document(html), paper_of(URL)).to_item()


def article(between: str = "", above: str = "", below: str = "") -> Article:
    """The article of a page with markup above, between and below its paragraphs."""
    text = f"{above}<p>{FIRST}</p>{between}<p>{SECOND}</p><p>{THIRD}</p>"
    return read(f"<div><h1>{HEADLINE}</h1>{DATE}<div class='content'>{text}</div>{below}</div>")


def paragraphs(found: Article) -> list[str]:
    return (found.body or "").split("\n\n")


@pytest.mark.parametrize(
    "item",
    [
        "<div><h3><a href='/xa-hoi/x-{n}.html'>{title}</a></h3><p>{summary}</p></div>",
        "<li><a href='/xa-hoi/x-{n}.html'>{title}</a><br>{summary}</li>",
        "<div><a href='/xa-hoi/x-{n}.html'><b>{title}</b></a><br>0{n}/11/2026<br>{summary}</div>",
        "<article><h2><a href='/xa-hoi/x-{n}.html'>{title}</a></h2><p>{summary}</p></article>",
    ],
)
def test_a_list_of_cut_titles_is_no_article(item: str) -> None:
    items = [item.format(n=n, title=t, summary=s) for n, (t, s) in enumerate(TITLES, 1)]
    with pytest.raises((NotAnArticleError, ExtractionError)):
        read(f"<h1>{HEADLINE}</h1><div class='list'>{''.join(items)}</div>")


def test_an_article_whose_lines_end_in_dots_is_one() -> None:
    lines = ["Mưa rơi…", "Suối đầy…", "Đường lên bản mây giăng kín lối…", "Ai về, ai ở…"]
    verses = "".join(f"<p>{line}</p>" for line in lines)
    assert paragraphs(article(verses)) == [FIRST, *lines, SECOND, THIRD]


def test_cut_titles_beside_an_article_change_nothing() -> None:
    links = "".join(
        f"<li><a href='/xa-hoi/x-{n}.html'>{t}</a></li>" for n, (t, _) in enumerate(TITLES)
    )
    found = article(below=f"<div class='other'><h3>Tin khác</h3><ul>{links}</ul></div>")
    assert paragraphs(found) == [FIRST, SECOND, THIRD]


def test_items_of_heading_picture_and_text_are_text() -> None:
    names = ["Ngô nếp", "Lúa nương", "Chè cổ"]
    items = "".join(
        f"<li><h3>{name}</h3><img src='/{n}.jpg'><p>{name} được bà con trồng trên nương cao, "
        "mỗi năm một vụ.</p></li>"
        for n, name in enumerate(names)
    )
    found = article(f"<ol>{items}</ol>")
    assert [name for name in names if name in paragraphs(found)] == names
    assert len(paragraphs(found)) == 9
    assert found.captions == ()


def test_pictures_and_captions_beside_slide_numbers_stay() -> None:
    slides = "".join(
        f"<div class='slide'><span>{n} of 2</span><img src='https://a.example.vn/{n}.jpg'>"
        f"<div class='slide-caption'>Bà con tổ {n} đổ bê tông.</div></div>"
        for n in (1, 2)
    )
    found = article(slides)
    assert paragraphs(found) == [FIRST, SECOND, THIRD]
    assert found.captions == ("Bà con tổ 1 đổ bê tông.", "Bà con tổ 2 đổ bê tông.")


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='javascript:history.back()'>Quay lại</a> | <a href='javascript:x()'>In</a></p>",
        "<p><a href='javascript:;'>Lưu tin này</a></p>",
        "<div class='audio-player'><span>Nghe bài viết</span><span>Giọng nữ</span></div>",
        "<ul><li><a href='#m1'>Vùng đất cũ</a></li><li><a href='#m2'>Nghề mới</a></li></ul>",
        "<p>Trang 1/3</p>",
        "<p>Lượt xem: 1.204</p>",
        (
            "<table><tr><td>Bài liên quan:<br><a href='/a-b-c-d-1.html'>Chợ họp sớm vì mưa</a><br>"
            "<a href='/a-b-c-d-2.html'>Lớp học bên suối đón cô giáo</a></td></tr></table>"
        ),
    ],
)
def test_a_line_of_the_page_between_paragraphs_is_no_text(line: str) -> None:
    assert paragraphs(article(line)) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Trang 3 của cuốn sổ còn ghi tên mười hai người thợ đầu tiên.",
        "Liên quan việc này, xã đã họp với ba hộ ở xóm bên.",
        "Mục lục của cuốn sổ tay gồm mười hai phần.",
    ],
)
def test_a_sentence_like_a_line_of_the_page_is_text(line: str) -> None:
    assert paragraphs(article(f"<p>{line}</p>")) == [FIRST, line, SECOND, THIRD]


@pytest.mark.parametrize("above", ["12/09/2024<br>", "12/09/2024 07:40<br>By Ann Lowe<br>"])
def test_lines_of_date_and_byline_before_a_break_are_no_text(above: str) -> None:
    html = (
        f"<div><h1>{HEADLINE}</h1><div class='content'>{above}{FIRST}<br><br>{SECOND}</div></div>"
    )
    found = read(html)
    assert paragraphs(found) == [FIRST, SECOND]
    assert str(found.published_date) == "2024-09-12"


def test_author_and_date_in_the_footer_of_a_post_count() -> None:
    footer = (
        "<div class='post-footer'><span class='post-author'>Posted by <span>Ann Lowe</span></span>"
        " at <abbr title='2024-09-12T08:40:00+07:00'>8:40</abbr></div>"
    )
    text = f"<div class='post-body'><p>{FIRST}</p><p>{SECOND}</p></div>"
    found = read(f"<div class='post'><h1>{HEADLINE}</h1>{text}{footer}</div>")
    assert found.authors == ("Ann Lowe",)
    assert str(found.published_date) == "2024-09-12"


def test_comments_with_a_name_and_an_age_are_no_text() -> None:
    comments = "".join(
        f"<div class='u'><b>{name}</b> <span>2 ngày trước</span><p>{name} thấy đường mới rất đẹp, "
        "mong bản nào cũng có đường như vậy để bà con đỡ khổ.</p></div>"
        for name in ("Ngọc", "Tuấn", "Mai", "Dế")
    )
    text = f"<div><h1>{HEADLINE}</h1>{DATE}<p>{FIRST}</p><p>{SECOND}</p></div>"
    assert paragraphs(read(f"{text}<div>{comments}</div>")) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("end", "authors", "source"),
    [
        ("<p>Lâm Thu Hà</p>", ("Lâm Thu Hà",), None),
        ("<p>Lâm Thu Hà</p><p>Nguồn: TTXVN</p>", ("Lâm Thu Hà",), "TTXVN"),
        ("<p>Nguồn: TTXVN</p>", (), "TTXVN"),
        ("<p align='right'>Lâm Thu Hà</p><p>Theo Nhân Dân</p>", ("Lâm Thu Hà",), "Nhân Dân"),
    ],
)
def test_a_name_above_a_credited_outlet_signs(
    end: str, authors: tuple[str, ...], source: str | None
) -> None:
    found = read(
        f"<div><h1>{HEADLINE}</h1>{DATE}<div><p>{FIRST}</p><p>{SECOND}</p>{end}</div></div>"
    )
    assert paragraphs(found) == [FIRST, SECOND]
    assert found.authors == authors
    assert found.source == source
