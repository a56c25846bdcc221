"""The same fault in many forms: what a text may hold, what its box may be called, what goes."""

from datetime import datetime

import pytest

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.items import VIETNAM, Article
from newscrawl.page.document import Document

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
URL = "https://baobenxua.vn/doi-song/nguoi-giu-lua-lo-gom-ben-xua-7702.html"
HEADLINE = "Người giữ lửa lò gốm Bến Xưa"
TEXT = (
    "Lò gốm cuối cùng của Bến Xưa đỏ lửa trở lại sau ba năm, khói bay thấp trên mặt rạch đầy bèo.",
    "Ông Bảy Tường, chủ lò, nói mỗi mẻ cần bốn tấn củi và mười hai người thay nhau canh suốt đêm.",
    "Khách đặt nhiều nhất là lu đựng nước mưa, thứ mà ai cũng tưởng không còn người dùng nữa.",
    "Xã đang tính mở lớp dạy nghề cho thanh niên, mỗi khóa ba tháng, học ngay bên miệng lò.",
    "Đất sét lấy ở cánh đồng sau làng, phải ủ một mùa mưa rồi mới đem ra nhào và xắn.",
    "Mẻ gốm đầu tiên ra lò vào rằm tháng Chạp, vừa kịp phiên chợ lớn nhất trong năm.",
)
ELSEWHERE = "/doi-song/phien-cho-ba-nam-moi-hop-mot-lan-7690.html"


def paragraphs(*numbers: int) -> str:
    return "".join(f"<p>{TEXT[number]}</p>" for number in numbers)


def page(inner: str, after: str = "", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{HEADLINE} - Báo Bến'
        f" Xưa</title>{head}</head><body><main><article>"
        f'<h1>{HEADLINE}</h1><div class="date">07:15, 03/11/2026</div>{inner}</article>{after}'
        "</main><footer><p>Giấy phép số 00/GP-BTTTT</p></footer></body></html>"
    )


def read(html: str) -> Article:
    document = Document(URL, html.encode(), fetched_at=NOW, content_type="text/html; charset=utf-8")
    return GenericPage(document, paper_of(URL)).to_item()


def texts(html: str) -> list[str]:
    return (read(html).body or "").split("\n\n")


@pytest.mark.parametrize(
    "line",
    [
        "* * *",
        "-----",
        "=" * 70,
        "_" * 66,
        "~~~~",
        "d41d8cd98f00b204e9800998ecf8427e",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "A" * 70,
        "https://tulieu.example/" + "x" * 80,
        "今年以来，窑火重新点燃，老人说每一炉都要守整整一夜，谁也不敢睡。" * 2,
        "ចង្ក្រានចុងក្រោយរបស់ភូមិបានឆេះឡើងវិញបន្ទាប់ពីបីឆ្នាំ",
        "Lửa",
        "14:05",
        "6h30",
        "Ôi lò xưa!",
    ],
)
def test_no_line_is_thrown_away_for_its_shape(line: str) -> None:
    html = page(f"<div>{paragraphs(0, 1)}<p>{line}</p>{paragraphs(2, 3)}</div>")
    assert texts(html) == [*TEXT[:2], line, *TEXT[2:4]]


@pytest.mark.parametrize(
    "name",
    [
        "note",
        "caption-content",
        "desc",
        "description",
        "image-desc-wrap",
        "summary",
        "intro-text",
        "teaser",
        "excerpt",
        "related-wrap",
        "social-content",
        "tag-content",
        "share-body",
        "print-area",
        "popular",
        "box-news",
        "list-news",
        "ad-content",
        "main-sidebar",
        "widget-content",
        "footer-content",
        "modal-body",
        "rating-content",
        "event-detail",
        "css-1ad9x",
        "e1fb2-tag",
    ],
)
@pytest.mark.parametrize("before", ["", '<div class="pic"><img src="/a.jpg"></div>'])
def test_a_box_that_holds_the_text_is_the_texts_whatever_its_name(name: str, before: str) -> None:
    html = page(f'{before}<div class="{name}">{paragraphs(0, 1, 2, 3, 4, 5)}</div>')
    assert texts(html) == list(TEXT)


@pytest.mark.parametrize("first", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("one", "other"), [("part", "part"), ("", ""), ("text1", "text2")])
def test_a_text_in_two_boxes_is_kept_whole(first: int, one: str, other: str) -> None:
    html = page(
        f'<div class="content"><div class="{one}">{paragraphs(*range(first))}</div><div'
        f' class="ads"></div><div class="{other}">{paragraphs(*range(first, 6))}</div></div>'
    )
    assert texts(html) == list(TEXT)


NAMES = ("Hai Lúa", "Tư Ếch", "Sáu Bưởi", "Út Mén", "Ba Khía")
SAID = "Tôi ở xứ này năm mươi năm mới thấy lò đỏ lại, đọc bài mà mừng rơi nước mắt, thiệt tình."


@pytest.mark.parametrize(
    ("item", "around"),
    [
        ("<li><b>{0}</b><p>{1} ({0})</p></li>", "<ul>{}</ul>"),
        ('<div class="cm"><span>{0}</span><p>{1} ({0})</p></div>', "{}"),
        ("<dt>{0}</dt><dd>{1} ({0})</dd>", "<h3>Ý kiến bạn đọc (5)</h3><dl>{}</dl>"),
        ("<p>{0}</p><p>{1} ({0})</p>", "<div><h4>Bình luận</h4>{}</div>"),
    ],
)
def test_comments_longer_than_the_text_stay_out(item: str, around: str) -> None:
    comments = "".join(item.format(name, SAID) for name in NAMES)
    html = page(f"<div>{paragraphs(0, 1, 2)}</div>", after=around.format(comments))
    assert texts(html) == list(TEXT[:3])


@pytest.mark.parametrize(
    "notice",
    [
        "Vui lòng bật JavaScript để xem nội dung trang này.",
        "Trình duyệt của bạn không hỗ trợ JavaScript hoặc đã tắt JavaScript.",
        "Chúng tôi sử dụng cookie để trang chạy tốt hơn. Nhấn Đồng ý để tiếp tục.",
        "You need to enable JavaScript to run this app.",
        "This website uses cookies to ensure you get the best experience on our website.",
        "Please enable cookies and reload the page to continue reading our website.",
    ],
)
def test_a_page_that_holds_but_a_notice_is_refused(notice: str) -> None:
    head = (
        '<meta property="og:type" content="article">'
        '<meta property="article:published_time" content="2026-11-03T07:15:00+07:00">'
    )
    html = f"<html><head>{head}<title>{HEADLINE}</title></head><body><p>{notice}</p></body></html>"
    with pytest.raises((ExtractionError, NotAnArticleError)):
        read(html)


@pytest.mark.parametrize(
    "line",
    [
        "Quảng cáo",
        "- Quảng cáo -",
        "Bình luận (0)",
        "Nghe đọc bài",
        "Theo dõi Báo Bến Xưa trên Google News",
        "Từ khóa: gốm, Bến Xưa",
        "Chia sẻ bài viết",
        "In bài viết",
        "Tags: gốm",
        "Đọc thêm:",
        "Bấm để nghe",
        "Copy link",
        "Mời bạn đọc xem thêm",
        "0 bình luận",
        "Gửi bình luận",
        "Google News",
        "Tin mới nhất",
        "Advertisement",
        "Story continues below advertisement",
        "READ MORE: An old kiln burns again",
        "Also Read | Kilns",
        "Sign up for our newsletter",
        "CLICK HERE TO GET THE APP",
        "Last updated: 15 May 2024",
        "View this post on Instagram",
        "Copyright 2024 The Press. All rights reserved.",
        "12 Comments",
        "Follow us on Twitter",
        "Subscribe to our daily newsletter",
        "Loading...",
    ],
)
def test_lines_of_the_page_are_no_text(line: str) -> None:
    html = page(f"<div>{paragraphs(0, 1)}<p>{line}</p>{paragraphs(2)}</div>")
    assert texts(html) == list(TEXT[:3])


@pytest.mark.parametrize(
    "line",
    [
        "Facebook thừa nhận sai",
        "Analysis",
        "Live music returns",
        "Share prices fell sharply on Monday",
        "Print is dead, he said",
        "Related costs rose by a third",
        "Tin mới cho nông dân",
        "Phân tích",
        "Cơ quan của ông ở tầng hai.",
        "Bản quyền là chuyện khó.",
        "Follow the money, the judge said.",
        "Posted in 1912, the letter arrived last week",
        "Copyright holders sued in 2019.",
        "Chủ đề: Sông nước quê em",
        "Cập nhật ngày 12/9/2024: mực nước 3,2 m",
        "Đăng ký đò từ 12/9/2024 - miễn phí",
        "Trích nguồn nước từ khe đá về, xóm dùng ống tre.",
        "Sign up for the raffle at the front desk.",
    ],
)
def test_lines_that_only_begin_like_one_of_the_page_stay(line: str) -> None:
    html = page(f"<div>{paragraphs(0, 1)}<p>{line}</p>{paragraphs(2)}</div>")
    assert texts(html) == [*TEXT[:2], line, TEXT[2]]


@pytest.mark.parametrize(
    "related",
    [
        f'<div><p>Tin liên quan</p><p><a href="{ELSEWHERE}">Phiên chợ ba năm</a></p></div>',
        f'<p>Tin liên quan</p><ul><li><a href="{ELSEWHERE}">Phiên chợ ba năm họp lại</a></li></ul>',
        f'<p>&gt;&gt;&gt; <a href="{ELSEWHERE}">Phiên chợ ba năm mới họp một lần</a></p>',
        f'<p><i>Xem thêm: <a href="{ELSEWHERE}">Phiên chợ ba năm mới họp một lần</a></i></p>',
        f'<p><b><a href="{ELSEWHERE}">Phiên chợ ba năm mới họp một lần</a></b></p>',
        f'<div><span>ALSO READ</span><a href="{ELSEWHERE}">Phiên chợ ba năm họp một lần</a></div>',
        f'<div><a href="{ELSEWHERE}"><img src="/t.jpg"></a><p>Phiên chợ ba năm họp lại</p></div>',
        (
            f'<div><h4><a href="{ELSEWHERE}">Phiên chợ ba năm mới họp một lần</a></h4><p>Chợ họp từ'
            " nửa đêm, bán đủ thứ nông cụ cho cả một vùng núi rộng lớn.</p></div>"
        ),
    ],
)
def test_what_leads_elsewhere_goes_with_its_summary(related: str) -> None:
    article = read(page(f"<div>{paragraphs(0)}{related}{paragraphs(1, 2)}</div>"))
    assert (article.body or "").split("\n\n") == list(TEXT[:3])
    assert article.images == ()


@pytest.mark.parametrize(
    ("html", "line"),
    [
        (f'<p><a href="/so-tay-lam-gom-cho-nguoi-moi.html">{TEXT[1]}</a></p>', TEXT[1]),
        (
            (
                '<p><a href="/nghi-quyet-ve-lang-nghe-so-12.html">Nghị quyết số 12 về làng nghề</a>'
                " có hiệu lực từ ngày 1/4/2026.</p>"
            ),
            "Nghị quyết số 12 về làng nghề có hiệu lực từ ngày 1/4/2026.",
        ),
        (
            '<p>Xem <a href="/van-ban/quyet-dinh-12.pdf">Quyết định số 12/QĐ-UBND</a></p>',
            "Xem Quyết định số 12/QĐ-UBND",
        ),
    ],
)
def test_sentences_and_documents_that_are_links_stay(html: str, line: str) -> None:
    assert texts(page(f"<div>{paragraphs(0)}{html}{paragraphs(2)}</div>")) == [
        TEXT[0],
        line,
        TEXT[2],
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Thứ ba, 03/11/2026 07:15 | Tác giả: Lâm Thoại | Lượt xem: 312",
        "Posted on 03/11/2026 by admin | Leave a comment",
        "Đăng bởi: admin - 03/11/2026 07:15",
        "Ngày đăng: 03/11/2026 - Lượt xem: 1.250 - Chuyên mục: Đời sống",
        "(Cập nhật: 03/11/2026 07:15)",
        "By Jane Farrow",
    ],
)
def test_lines_of_date_and_author_are_no_first_paragraph(line: str) -> None:
    assert texts(page(f"<p>{line}</p>{paragraphs(0, 1, 2)}"))[0] == TEXT[0]


def test_the_title_on_each_slide_is_no_text() -> None:
    slides = "<div>Mẻ gốm đầu năm</div>" * 6
    assert texts(page(f"<div>{paragraphs(0)}{slides}{paragraphs(1, 2)}</div>")) == list(TEXT[:3])


def test_a_refrain_stays() -> None:
    refrain = "<p>Ơi lò xưa!</p>"
    html = page(f"<div>{paragraphs(0)}{refrain * 2}{paragraphs(1)}{refrain}{paragraphs(2)}</div>")
    said = "Ơi lò xưa!"
    assert texts(html) == [TEXT[0], said, said, TEXT[1], said, TEXT[2]]
