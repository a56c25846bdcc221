"""What of an unknown page is its text, its lead, its signature, and what is none of them."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.article.head_evidence import describes
from newscrawl.exceptions import ExtractionError, NewscrawlError
from newscrawl.items import VIETNAM, Article
from newscrawl.page.blocks import blocks
from newscrawl.page.document import Document
from newscrawl.text import letters

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
URL = "https://baosuoicat.vn/doi-song/xom-ghep-giong-cam-9041.html"
HEADLINE = "Xóm Ghép giữ giống cam sành bằng vườn chung"
LEAD = "Mười bốn hộ ở Xóm Ghép góp đất lập vườn chung để giữ giống cam sành đang mất dần vì bệnh."
FIRST = (
    "Bà Nông Thị Hợi mở sổ, chỉ từng hàng cây được đánh số từ 1 đến 260, "
    "mỗi cây có tên người chăm và"
    " ngày ghép."
)
SECOND = (
    "Theo bà Hợi, cây nào vàng lá thì cả xóm cùng đến nhổ, rắc vôi rồi để "
    "đất nghỉ một năm mới trồng"
    " lại."
)
THIRD = "Vụ này vườn cho 9 tấn quả, tiền bán chia theo ngày công."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(article: str, *, before: str = "", after: str = "", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{HEADLINE} | Báo Suối'
        f' Cát</title><meta property="og:title" content="{HEADLINE}">{head}</head><body>{before}'
        f"<main><h1>{HEADLINE}</h1><div>07:15 | "
        f"03/11/2026</div>{article}</main>{after}</body></html>"
    )


def read(html: str) -> Article:
    document = Document(URL, html.encode(), fetched_at=NOW, content_type="text/html")
    return GenericPage(document, paper_of(URL)).to_item()


def paragraphs(html: str) -> list[str]:
    return (read(html).body or "").split("\n\n")


# What is text ----------------------------------------------------------------------------------


def test_text_alone() -> None:
    assert paragraphs(page(f"<div>{BODY}</div>")) == [FIRST, SECOND, THIRD]


def test_text_without_a_box_of_its_own() -> None:
    assert paragraphs(page(BODY)) == [FIRST, SECOND, THIRD]


def test_text_parted_by_line_breaks() -> None:
    html = page(f"<div>{FIRST}<br><br>{SECOND}<br/>&nbsp;<br/>{THIRD}</div>")
    assert paragraphs(html) == [FIRST, SECOND, THIRD]


def test_text_in_a_second_document() -> None:
    html = page(f"<div><!DOCTYPE html><html><head></head><body>{BODY}</body></html></div>")
    assert paragraphs(html) == [FIRST, SECOND, THIRD]


def test_text_in_nested_boxes() -> None:
    html = page(
        f"<div><div><p>{FIRST}</p></div><div><div><p>{SECOND}</p></div></div><p>{THIRD}</p></div>"
    )
    assert paragraphs(html) == [FIRST, SECOND, THIRD]


def test_text_begun_beside_its_box() -> None:
    html = page(
        f"<section><p>{FIRST}</p><p>{SECOND}</p><div><p>{SECOND} "
        f"Hết.</p><p>{THIRD}</p></div></section>"
    )
    assert paragraphs(html) == [FIRST, SECOND, f"{SECOND} Hết.", THIRD]


def test_lists_quotes_and_tables_are_text() -> None:
    extra = (
        "<ul><li>Mỗi hộ góp hai sào;</li><li>Không bán cây giống ra "
        "ngoài.</li></ul><blockquote>Giữ cây"
        " là giữ "
        "nghề.</blockquote><table><tr><td>Năm</td><td>Tấn</td></tr><tr><td>2025</td><td>6</td>"
        "</tr></table>"
    )
    assert paragraphs(page(f"<div><p>{FIRST}</p>{extra}<p>{SECOND}</p></div>")) == [
        FIRST,
        "Mỗi hộ góp hai sào;",
        "Không bán cây giống ra ngoài.",
        "Giữ cây là giữ nghề.",
        "Năm\tTấn\n2025\t6",
        SECOND,
    ]


@pytest.mark.parametrize(
    "subhead",
    [
        "Chia sẻ để giữ giống",
        "Bình luận của người già",
        "In dấu chân trên đất cũ",
        "Video và chuyện cũ",
    ],
)
def test_subhead_that_sounds_like_a_label_is_text(subhead: str) -> None:
    html = page(f"<div><p>{FIRST}</p><p><strong>{subhead}</strong></p><p>{SECOND}</p></div>")
    expected = [FIRST, SECOND] if subhead == "Bình luận của người già" else [FIRST, subhead, SECOND]
    assert paragraphs(html)[0] == FIRST
    assert [p for p in paragraphs(html) if p in expected] == expected


def test_short_paragraph_with_a_full_stop_is_text() -> None:
    html = page(f"<div><p>{FIRST}</p><p>Ai cũng gật.</p><p>{SECOND}</p></div>")
    assert paragraphs(html) == [FIRST, "Ai cũng gật.", SECOND]


def test_contact_lines_of_a_notice_are_text() -> None:
    html = page(
        f"<div>{BODY}<p>Địa chỉ: nhà văn hóa Xóm Ghép</p><p>Điện thoại: 0207 000 111</p></div>"
    )
    assert paragraphs(html)[3:] == ["Địa chỉ: nhà văn hóa Xóm Ghép", "Điện thoại: 0207 000 111"]


def test_links_inside_a_paragraph_stay() -> None:
    linked = FIRST.replace("mở sổ", '<a href="/so-tay-vuon-chung-8000.html">mở sổ</a>')
    assert paragraphs(page(f"<div><p>{linked}</p><p>{SECOND}</p></div>")) == [FIRST, SECOND]


# What is not -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "noise",
    [
        '<p><a href="/vuon-chung-o-khe-lang-8100.html">Vườn chung ở Khe Lặng vào mùa</a></p>',
        '<p>Xem thêm: <a href="/vuon-8100.html">Vườn chung ở Khe Lặng</a></p>',
        "<p>&gt;&gt; Đọc thêm: Vườn chung ở Khe Lặng</p>",
        "<div><h4>Tin liên quan</h4><p>Vườn chung ở Khe Lặng vào mùa thu quả đầu tiên</p></div>",
        ('<table><tr><td><a href="/a-1001.html">Chuyện cây lê ở Khe Lặng</a></td></tr><tr><td>'
        '<a href="/b-1002.html">Chuyện cây quýt ở Khe Vạc</a></td></tr></table>'),
        (
            '<div class="relate-box"><p>Ở Khe Lặng, 20 hộ cũng vừa lập vườn chung '
            'để giữ giống lê bản địa.</p></div>'
        ),
        (
            '<div class="ads-middle"><span>Mua phân bón, tặng ngay một chiếc mũ '
            'bảo hiểm cho khách quen.</span></div>'
        ),
        "<p>Quảng cáo</p>",
        "<p>{title} {publish}</p>",
        "<p>toasoan@baosuoicat.vn</p>",
        "<div>0:00 / 4:12</div>",
        f"<p>{'QmFuIG1hIGhvYQ' * 8}</p>",
        f"<h2>{HEADLINE}</h2>",
        (
            "<form><p>Nhập thư điện tử của bạn để nhận bản tin hằng tuần của Báo "
            "Suối Cát nhé.</p></form>"
        ),
        (
            '<p style="display:none">Một đoạn văn mà không người đọc nào thấy, dù '
            'dài hơn tám mươi ký tự đi nữa.</p>'
        ),
        '<a href="/vuon-8100.html"><img src="/t/8100.jpg"></a>',
    ],
)  # fmt: skip
def test_noise_in_the_text_goes(noise: str) -> None:
    article = read(page(f"<div><p>{FIRST}</p>{noise}<p>{SECOND}</p></div>"))
    assert (article.body or "").split("\n\n") == [FIRST, SECOND]
    assert article.images == ()


@pytest.mark.parametrize("label", ["Đọc thêm", "Tin liên quan"])
def test_the_last_paragraph_below_a_box_of_one_link_is_text(label: str) -> None:
    link = '<a href="/vuon-chung-o-khe-lang-8100.html">Vườn chung ở Khe Lặng vào mùa</a>'
    box = f"<div><h4>{label}</h4>{link}</div>"
    assert paragraphs(page(f"<div><p>{FIRST}</p><p>{SECOND}</p>{box}<p>{THIRD}</p></div>")) == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_comments_longer_than_the_article_are_none_of_it() -> None:
    comment = (
        "<p>Quê tôi cũng từng có vườn chung như vậy, tiếc là sau trận lũ thì không ai giữ nữa.</p>"
    )
    after = f'<div class="comment-list">{comment * 9}</div>'
    assert paragraphs(page(f"<div>{BODY}</div>", after=after)) == [FIRST, SECOND, THIRD]


def test_teasers_longer_than_the_article_are_none_of_it() -> None:
    teaser = (
        '<div><h3><a href="/tin-{0}-77{0}.html">Một tin khác trong ngày ở vùng '
        "hồ số {0}</a></h3><p>Đoạn"
        " giới thiệu đủ dài để trông như một đoạn văn của bài báo, kể về "
        "chuyện xảy ra ở vùng hồ.</p></div>"
    )
    after = "<div>" + "".join(teaser.format(n) for n in range(10, 22)) + "</div>"
    assert paragraphs(page(f"<div>{BODY}</div>", after=after)) == [FIRST, SECOND, THIRD]


def test_imprint_is_none_of_it() -> None:
    after = (
        "<div><p>Cơ quan chủ quản: Hội nhà vườn Suối Cát, hoạt động trên toàn "
        "vùng hồ và các xã lân cận.</p>"
        "<p>Ghi rõ nguồn Báo Suối Cát khi phát hành lại thông tin từ trang này "
        "dưới mọi hình thức.</p></div>"
    )
    assert paragraphs(page(f"<div>{BODY}</div>", after=after)) == [FIRST, SECOND, THIRD]


def test_nameless_columns_below_a_list_of_links_are_none_of_it() -> None:
    links = "".join(
        (
            f'<div><a href="/tin-so-{n}-o-vung-ho-88{n}.html">Tin số {n} ở vùng hồ, '
            "đọc trong ngày</a></div>"
        )
        for n in range(10, 15)
    )
    note = (
        "<div><div>Trạm khí tượng báo mực nước hồ tuần này giữ ở mức 112 mét, "
        "thuyền đi lại được.</div></div>"
    )
    html = page(f"<section><div>{BODY}</div><div>{links}</div><div>{note * 2}</div></section>")
    assert paragraphs(html) == [FIRST, SECOND, THIRD]


def test_text_goes_on_below_a_list_of_links_in_it() -> None:
    links = "".join(
        (
            f'<p><a href="/tin-so-{n}-o-vung-ho-88{n}.html">Tin số {n} ở vùng hồ, '
            "đọc trong ngày</a></p>"
        )
        for n in range(10, 15)
    )
    html = page(f"<div><p>{FIRST}</p><p>{SECOND}</p>{links}<p>{THIRD}</p></div>")
    assert paragraphs(html) == [FIRST, SECOND, THIRD]


def test_text_printed_for_two_screens_is_read_once() -> None:
    html = page(
        f'<div class="desktop"><p>{FIRST}</p><p>{SECOND}</p></div><div '
        f'class="mobile"><p>{FIRST}</p><p>{SECOND}</p></div>'
    )
    assert paragraphs(html) == [FIRST, SECOND]


def test_box_with_a_misleading_name_is_read_where_it_holds_the_text() -> None:
    assert paragraphs(page(f'<div class="tag-content social">{BODY}</div>')) == [
        FIRST,
        SECOND,
        THIRD,
    ]


def test_article_named_like_a_tag_is_read() -> None:
    html = page(f"<div>{BODY}</div>").replace("<main>", '<main class="post tag-cam-sanh">')
    assert paragraphs(html) == [FIRST, SECOND, THIRD]


def test_page_without_paragraphs_raises() -> None:
    with pytest.raises(ExtractionError) as error:
        read(page("<div><p>Đang tải…</p></div>"))
    assert error.value.field == "body"


def test_encrypted_text_raises_and_no_neighbour_is_taken() -> None:
    secret = "VmFuIGJhbiBkYSBtYSBob2E" * 40
    with pytest.raises(ExtractionError) as error:
        read(page(f'<div id="content">{secret}</div>'))
    assert error.value.field == "body"


# The lead --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "printed",
    [
        f'<div class="sapo">{LEAD}</div><div>{BODY}</div>',
        f'<p class="detail__lead">{LEAD}</p><div>{BODY}</div>',
        f'<div itemprop="description">{LEAD}</div><div>{BODY}</div>',
        f"<h2>{LEAD}</h2><div>{BODY}</div>",
        f"<div>{LEAD}</div><div>{BODY}</div>",
        f"<div><p><strong>{LEAD}</strong></p>{BODY}</div>",
        f'<div><p style="font-weight:bold">{LEAD}</p>{BODY}</div>',
        f'<div class="sapo">{LEAD}</div><div><p>{LEAD}</p>{BODY}</div>',
        f"<div><p>{LEAD}</p><p>{LEAD}</p>{BODY}</div>",
        f'<div><div class="summary"><p>{LEAD}</p></div>{BODY}</div>',
        f'<p class="sapo">- {LEAD}</p><div>{BODY}</div>',
    ],
)
def test_lead_set_apart(printed: str) -> None:
    article = read(page(printed))
    assert article.lead == LEAD
    assert (article.body or "").split("\n\n") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "described", [LEAD, LEAD[:70] + "…", LEAD[:66] + "...", LEAD.replace("“", '"'), f"{LEAD} "]
)
def test_first_paragraph_is_the_lead_where_the_page_describes_itself_so(described: str) -> None:
    head = f'<meta name="description" content="{described}">'
    article = read(page(f"<div><p>{LEAD}</p>{BODY}</div>", head=head))
    assert article.lead == LEAD
    assert (article.body or "").startswith(FIRST)


def test_plain_first_paragraph_is_text() -> None:
    head = '<meta name="description" content="Báo Suối Cát, tin tức vùng hồ mỗi ngày">'
    article = read(page(f"<div><p>{LEAD}</p>{BODY}</div>", head=head))
    assert article.lead is None
    assert (article.body or "").split("\n\n") == [LEAD, FIRST, SECOND, THIRD]


def test_bold_subhead_at_the_top_is_no_lead() -> None:
    article = read(page(f"<div><p><b>Cây có số, người có tên</b></p>{BODY}</div>"))
    assert article.lead is None
    assert (article.body or "").startswith("Cây có số, người có tên\n\n")


def test_dateline_in_a_box_of_its_own_belongs_to_the_lead() -> None:
    html = page(f"<div><span>(BSC) -</span><h2>{LEAD}</h2><div>{BODY}</div></div>")
    assert read(html).lead == f"(BSC) - {LEAD}"


def test_links_in_the_box_of_the_lead_are_none_of_it() -> None:
    related = (
        '<ul><li><a href="/le-khe-lang-8200.html">Khe Lặng giữ giống lê bằng '
        "vườn chung</a></li></ul>"
    )
    assert read(page(f'<div class="sapo">{LEAD}{related}</div><div>{BODY}</div>')).lead == LEAD


def test_lead_above_the_headline_picture_is_no_caption() -> None:
    html = page(
        f'<img src="/anh/9041.jpg"><p class="desc">{LEAD}</p><div>{BODY}</div>',
        head=f'<meta name="description" content="{LEAD}">',
    )
    article = read(html)
    assert (article.lead, article.captions) == (LEAD, ())


@pytest.mark.parametrize("box", ["div", "p", "h2"])
def test_only_paragraph_of_a_brief_is_its_text(box: str) -> None:
    head = f'<meta name="description" content="{LEAD}">'
    article = read(page(f'<section><{box} class="sapo">{LEAD}</{box}></section>', head=head))
    assert (article.lead, article.body) == (None, LEAD)


@pytest.mark.parametrize(
    ("text", "description", "expected"),
    [
        (LEAD, LEAD, True),
        (f"(BSC) - {LEAD}", LEAD, True),
        (LEAD, f"{LEAD[:75]}...", True),
        (LEAD, "Mười bốn hộ", False),
        (f"Một câu dài đứng trước, dài hơn mọi địa danh. {LEAD}", LEAD, False),
        (LEAD, None, False),
        ("", LEAD, False),
    ],
)
def test_described(text: str, description: str | None, *, expected: bool) -> None:
    assert describes(letters(description or ""), letters(text)) is expected


# Signatures ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "authors"),
    [
        ('<p style="text-align:right"><strong>Đào Mai Chi</strong></p>', ("Đào Mai Chi",)),
        ('<p align="right">Bài, ảnh: Đào Mai Chi</p>', ("Đào Mai Chi",)),
        ("<p><strong>Đào Mai Chi - Vũ Hà</strong></p>", ("Đào Mai Chi", "Vũ Hà")),
        ("<p>Đào Mai Chi</p>", ("Đào Mai Chi",)),
        ('<p class="author">Đào Mai Chi</p>', ("Đào Mai Chi",)),
        ('<p class="author">bởi <a href="/author/4/">Đào Mai Chi</a></p>', ("Đào Mai Chi",)),
        ("<p>Tin, ảnh: Đ.C</p>", ("Đ.C",)),
        (
            '<p style="text-align:right">Đào Mai Chi</p><p>Xem thêm</p><p>Từ khóa</p>',
            ("Đào Mai Chi",),
        ),
    ],
)
def test_signature_that_ends_the_text(printed: str, authors: tuple[str, ...]) -> None:
    article = read(page(f"<div>{BODY}{printed}</div>"))
    assert article.authors == authors
    assert (article.body or "").split("\n\n") == [FIRST, SECOND, THIRD]


def test_short_lines_that_end_a_text_are_no_signature() -> None:
    prizes = (
        "<p><b>Giải Nhất</b></p><p>Đội Xóm Ghép được 9 điểm.</p><p>Đội Khe Lặng được 8 điểm.</p>"
    )
    article = read(page(f"<div>{BODY}{prizes}</div>"))
    assert (article.body or "").split("\n\n")[3:] == [
        "Giải Nhất",
        "Đội Xóm Ghép được 9 điểm.",
        "Đội Khe Lặng được 8 điểm.",
    ]
    assert article.authors == ()


@pytest.mark.parametrize(
    "html",
    [
        page(f'<span class="author-name">Đào Mai Chi</span><div>{BODY}</div>'),
        page(f'<div>{BODY}</div><div class="tac-gia"><b>Đào Mai Chi</b></div>'),
        page(f"<div>{BODY}</div><div><p>Tác giả bài viết: Đào Mai Chi</p></div>"),
        page(f'<div>{BODY}</div><div><p style="text-align:right"><b>Đào Mai Chi</b></p></div>'),
        page(f'<a rel="author" href="/tac-gia/12">Đào Mai Chi</a><div>{BODY}</div>'),
        page(
            f"<div>Đào Mai Chi</div><div>{BODY}</div>",
            head='<meta name="author" content="Đào Mai Chi">',
        ),
    ],
)
def test_signature_outside_the_text(html: str) -> None:
    article = read(html)
    assert article.authors == ("Đào Mai Chi",)
    assert (article.body or "").split("\n\n") == [FIRST, SECOND, THIRD]


def test_account_name_nobody_prints_is_no_author() -> None:
    head = (
        "<script "
        'type="application/ld+json">{"@type":"NewsArticle","author":{"name":"bientap02"}}</script>'
        '<meta name="author" content="Báo Suối Cát">'
    )
    assert read(page(f"<div>{BODY}</div>", head=head)).authors == ()


def test_printed_author_wins_over_the_account() -> None:
    head = (
        "<script "
        'type="application/ld+json">{"@type":"NewsArticle","author":{"name":"Quản Trị"}}</script>'
    )
    html = page(f'<div>{BODY}<p style="text-align:right"><b>Đào Mai Chi</b></p></div>', head=head)
    assert read(html).authors == ("Đào Mai Chi",)


def test_placeholder_and_portrait_of_the_author_are_no_text() -> None:
    box = (
        '<div class="author"><p>Bút danh</p><p>Chị lớn lên ở vùng hồ và viết '
        "về người làm vườn đã mười lăm năm nay.</p></div>"
    )
    article = read(page(f"<div>{BODY}{box}</div>"))
    assert article.authors == ()
    assert (article.body or "").split("\n\n") == [FIRST, SECOND, THIRD]


def test_author_of_a_related_article_is_not_ours() -> None:
    related = (
        '<div class="related"><p class="author">Lưu Thế Phong</p><a '
        'href="/a-1000.html">Bài khác ở vùng'
        " hồ</a></div>"
    )
    assert read(page(f"<div>{BODY}</div>{related}")).authors == ()


@pytest.mark.parametrize(
    "printed",
    [
        "<div>{0}<p>Theo TTXVN</p></div>",
        '<div>{0}<p style="text-align:right"><em>(Theo TTXVN)</em></p></div>',
        "<div>{0}</div><p>Nguồn: TTXVN</p>",
        '<div>{0}</div><div class="source"><span>Nguồn tin: TTXVN</span></div>',
    ],
)
def test_credited_outlet(printed: str) -> None:
    article = read(page(printed.format(BODY)))
    assert article.source == "TTXVN"
    assert (article.body or "").split("\n\n") == [FIRST, SECOND, THIRD]


def test_prose_that_begins_like_a_credit_is_text() -> None:
    assert paragraphs(page(f"<div><p>{FIRST}</p><p>{SECOND}</p></div>"))[-1] == SECOND


# Any page --------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div class='sapo'>", "</div>", "<table><tr><td>", "</td></tr></table>",
        "<img src='/a.jpg'>", "<figure>", "<figcaption>", "</figure>", "<b>", "</b>", "<br>",
        "<a href='/tin-a-b-c-1234.html'>", "</a>", "<h1>", "</h1>", "<ul><li>", "</html>",
        "<body>", FIRST, SECOND, HEADLINE, "Xem thêm", "14/11/2022 15:30", "31/02/2022",
        "Theo TTXVN", "Ảnh: Hà", "<!--", "-->", "<script>", "</script>", "\u200b", "&nbsp;",
        "<base href='//['>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_page_is_read_or_refused(html: str) -> None:
    try:
        article = read(page(html))
    except NewscrawlError:
        return
    assert article.headline
    assert article.warnings[0] == "layout_unknown"


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert read(text).body
    except NewscrawlError:
        return


@given(st.lists(st.sampled_from([FIRST, SECOND, THIRD, "Ai cũng gật."]), min_size=2, unique=True))
def test_order_is_kept(texts: list[str]) -> None:
    html = page("<div>" + "".join(f"<p>{text}</p>" for text in (*texts, f"{LEAD} Hết.")) + "</div>")
    assert paragraphs(html) == [*texts, f"{LEAD} Hết."]


def test_reading_leaves_the_page_as_it_was() -> None:
    document = Document(URL, page(f"<div>{BODY}</div>").encode(), fetched_at=NOW)
    before = [block.text for block in blocks(document.root)]
    first, second = (GenericPage(document, paper_of(URL)).to_item() for _ in range(2))
    assert first == second
    assert [block.text for block in blocks(document.root)] == before


def test_deep_pages_are_read() -> None:
    deep = "<i>" * 3000 + "<a href='/x-y-z-1234.html'>sâu</a>" + "</i>" * 3000
    assert paragraphs(page(f"<div>{BODY}</div>", after=f"<div>{deep}</div>")) == [
        FIRST,
        SECOND,
        THIRD,
    ]
