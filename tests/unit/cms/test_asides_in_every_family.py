"""In every family: what stands among the paragraphs and is not the article stays out of the text.

In doubt a text stays: what only looks like a label, a control or a list of links is the article's.
"""

from typing import Final

import pytest

from newscrawl.article.article_page import ArticlePage
from newscrawl.cms.family_page import FamilyPage
from newscrawl.exceptions import NotAnArticleError
from tests.support.family_examples import (
    DOMAIN,
    FIRST,
    HEADLINE,
    LEAD,
    NUMBER,
    SECOND,
    html,
    page_examples,
    read,
)

EXAMPLES: Final = page_examples()
PAGES: Final = tuple(EXAMPLES)
TITLE: Final = "Phiên chợ cuối năm ở bến Cây Gạo đông khách"
OTHER_TITLE: Final = "Bà con xóm Vải Thượng gỡ lưới sớm sau đợt rét"
SUMMARY: Final = "Từ tờ mờ sáng, thuyền bè đã ken kín bến, hàng hóa chất cao quá đầu người."

NO_TEXT: Final = {
    # lines that lead elsewhere
    "read more with a link": '<p>Xem thêm: <a href="{other}">{title}</a></p>',
    "arrows and a link": '<p>&gt;&gt;&gt; <a href="{other}">{title}</a></p>',
    "an invitation in italics": '<p><em>Mời bạn đọc thêm: <a href="{other}">{title}</a></em></p>',
    "a bold label": '<p><strong>Đọc thêm</strong></p><p><a href="{other}">{title}</a></p>',
    "a linked title": '<p><a href="{other}">{title}</a></p>',
    "a linked title in bold": '<p><strong><a href="{other}"><em>{title}</em></a></strong></p>',
    "two linked titles in a list": '<ul><li><a href="{other}">{title}</a></li>'
    '<li><a href="{third}">{second}</a></li></ul>',
    "a list under its heading": '<p>Tin liên quan</p><ul><li><a href="{other}">{title}</a></li>'
    '<li><a href="{third}">{second}</a></li></ul>',
    "a list in paragraphs": "<h3>Tin cùng chuyên mục:</h3>"
    '<p><a href="{other}">{title}</a></p><p><a href="{third}">{second}</a></p>',
    "a linked question": '<p><a href="{other}">Vì sao bến Cây Gạo đông khách?</a></p>',
    # boxes
    "a related box": '<div class="box-related"><h4>Bài liên quan</h4>'
    '<p><a href="{other}">{title}</a></p></div>',
    "a related box with a summary": '<div class="tin-lien-quan"><a href="{other}">{title}</a>'
    "<p>{summary}</p></div>",
    "a box that its heading names": '<div class="c3"><p>Có thể bạn quan tâm</p>'
    '<p><a href="{other}">{title}</a></p><p><a href="{third}">{second}</a></p></div>',
    "a box of pictures": '<div class="related"><a href="{other}"><img src="/anh/k.jpg"></a>'
    '<a href="{other}">{title}</a></div>',
    "a newsletter": '<div class="dang-ky"><h4>Đăng ký nhận bản tin</h4>'
    "<p>Mỗi sáng một bức thư gửi tới bạn.</p><form><input type=email></form></div>",
    "a dialog": '<div role="dialog"><p>Trang này dùng cookie để nhớ bạn.</p>'
    "<button>Đồng ý</button></div>",
    "an element for dialogs": "<dialog open><p>Hãy bật thông báo để không lỡ tin.</p></dialog>",
    "comments of readers": '<div class="binh-luan"><p>Minh Tú</p><p>Bài viết hay quá.</p>'
    '<a href="#">Trả lời</a></div>',
    "a pager": '<div class="phan-trang"><b>1</b> <a href="?p=2">2</a> <a href="?p=3">3</a>'
    ' <a href="?p=2">Trang sau »</a></div>',
    "a pager in a paragraph": '<p>Trang: <a href="?p=1">1</a> | <a href="?p=2">2</a></p>',
    "a menu": '<nav><a href="/kinh-te/">Kinh tế</a> <a href="/xa-hoi/">Xã hội</a></nav>',
    "a related quotation": '<blockquote class="related"><p><a href="{other}">{title}</a></p>'
    "</blockquote>",
    "a related table": '<table class="tinlienquan"><tr><td>TIN LIÊN QUAN</td></tr><tr><td>'
    '<a href="{other}">{title}</a></td></tr><tr><td><a href="{third}">{second}</a></td></tr>'
    "</table>",
    "comments under their heading": '<div id="comments"><h3>Bình luận</h3><div class="cm">'
    "<b>Lan Chi</b><p>Quê tôi cũng có bến như thế.</p></div></div>",
    "hashtags": '<p class="hashtag"><a href="/tag/a">#kè đá</a> <a href="/tag/b">#đường lên bản</a>'
    "</p>",
    "a label before a link": '<p>Kỳ trước: <a href="{other}">{title}</a></p>',
    "a label in brackets": '<p>[Xem thêm] <a href="{other}">{title}</a></p>',
    "a link with its date": '<p><a href="{other}">{title}</a> (<em>12/9</em>)</p>',
    "a label above links in one paragraph": "<p>BÀI VIẾT CÙNG TÁC GIẢ<br>"
    '- <a href="{other}">{title}</a><br>- <a href="{third}">{second}</a></p>',
    "a table of links": '<table><tr><td><b>Xem thêm</b></td></tr><tr><td>» <a href="{other}">'
    '{title}</a></td></tr><tr><td>» <a href="{third}">{second}</a></td></tr></table>',
    # controls and notices
    "buttons in a line": '<div><a href="javascript:print()">In bài viết</a> | '
    '<a href="mailto:x">Gửi cho bạn bè</a> | <a href="#top">Về đầu trang</a></div>',
    "the first to comment": "<p>Hãy là người đầu tiên bình luận</p>",
    "a code to scan": "<p>Quét mã QR để theo dõi báo trên Zalo</p>",
    "a player's bar": '<div class="audio"><span>Nghe đọc bài</span><span>0:00</span>/'
    "<span>3:12</span></div>",
    "an outlet's sign": '<div class="google-news"><span>Theo dõi Báo trên</span> '
    '<a href="https://news.google.com/p"><img src="/anh/gn.png" alt="Google News"></a></div>',
    "a gallery's buttons": '<div class="swiper-button-next">Tiếp</div>'
    '<div class="swiper-button-prev">Trước</div>',
    "an advertisement's label": "<p>Quảng cáo</p>",
    "a count of comments": "<p>Bình luận (0)</p>",
    "a reader aloud": "<p>Nghe đọc bài</p>",
    "a font size": "<p>Cỡ chữ</p>",
    "an outlet to follow": "<p>Theo dõi Báo Bến Gạo trên <a href='https://news.google.com/p'>"
    "Google News</a></p>",
    "keywords": "<p>Từ khóa: đường lên bản, kè đá</p>",
    "a share line": "<p>Chia sẻ bài viết</p>",
    "a cookie notice": "<p>Trang web này sử dụng cookie để phục vụ bạn tốt hơn.</p>",
    "a script notice": "<p>Vui lòng bật JavaScript để xem trang này.</p>",
}
TEXT: Final = {
    "a sentence that is a link": (
        '<p><a href="{other}">Bến Cây Gạo họp chợ từ năm 1920.</a></p>',
        "Bến Cây Gạo họp chợ từ năm 1920.",
    ),
    "a link to another site": (
        '<p><a href="https://tulieu.example.vn/k">Bản đồ bến Cây Gạo năm 1920</a></p>',
        "Bản đồ bến Cây Gạo năm 1920",
    ),
    "a list of documents": (
        '<ul><li><a href="/vb/12.pdf">Quyết định số 12/QĐ-UBND về làng nghề</a></li></ul>',
        "Quyết định số 12/QĐ-UBND về làng nghề",
    ),
    "a subheading of one word": ("<h3>Zalo</h3>", "Zalo"),
    "a sentence that begins like a label": (
        "<p>Xem thêm một vòng chợ, bà mới gánh hàng về.</p>",
        "Xem thêm một vòng chợ, bà mới gánh hàng về.",
    ),
    "a sentence that begins like a control": (
        "<p>Bình luận về giá lúa, ông Tư nói năm nay dân được mùa.</p>",
        "Bình luận về giá lúa, ông Tư nói năm nay dân được mùa.",
    ),
    "a sentence with a link": (
        '<p>Ông nhắc tới <a href="{other}">phiên chợ cuối năm</a> rồi cười.</p>',
        "Ông nhắc tới phiên chợ cuối năm rồi cười.",
    ),
    "paragraphs in a box whose class holds a word": (
        '<div class="no-related share-story"><p>Chợ vẫn họp như cũ, chỉ khác là đông.</p></div>',
        "Chợ vẫn họp như cũ, chỉ khác là đông.",
    ),
    "an aside of facts": (
        "<aside><p>Bến Cây Gạo có 68 hộ buôn bán.</p></aside>",
        "Bến Cây Gạo có 68 hộ buôn bán.",
    ),
    "a quotation in a box": (
        '<div class="box-quote"><p>“Chợ còn thì bến còn”, bà nói.</p></div>',
        "“Chợ còn thì bến còn”, bà nói.",
    ),
    "a year": ("<p>2024</p>", "2024"),
    "a sentence that begins like a line to follow": (
        "<p>Theo dõi đàn cò qua trang Facebook của trường là thú vui của lũ trẻ.</p>",
        "Theo dõi đàn cò qua trang Facebook của trường là thú vui của lũ trẻ.",
    ),
    "a subheading that begins like a button": (
        "<p><strong>Trở lại trang trại sau cơn lũ</strong></p>",
        "Trở lại trang trại sau cơn lũ",
    ),
    "a sentence that begins like a theme": (
        "<p>Chủ đề: sông nước quê em, dành cho học sinh tiểu học.</p>",
        "Chủ đề: sông nước quê em, dành cho học sinh tiểu học.",
    ),
    "a checksum": (f"<p>{'9f86d081' * 8}</p>", "9f86d081" * 8),
    "a line in a box named like a control": (
        '<div class="topic"><p>Chợ quê họp sớm hơn mọi năm.</p></div>',
        "Chợ quê họp sớm hơn mọi năm.",
    ),
}


_ABOVE: Final = ("keywords",)  # below the text they stand above the tags


def _filled(page: type[ArticlePage], markup: str) -> str:
    """The markup with addresses of other articles of the newspaper."""
    path = EXAMPLES[page].path
    return (
        markup.replace("{other}", f"https://{DOMAIN}{path.replace(NUMBER, '204488')}")
        .replace("{third}", path.replace(NUMBER, "204477"))
        .replace("{title}", TITLE)
        .replace("{second}", OTHER_TITLE)
        .replace("{summary}", SUMMARY)
    )


@pytest.mark.parametrize("kind", NO_TEXT)
def test_what_is_not_the_article_stays_out(kind: str) -> None:
    for page in PAGES:
        between = _filled(page, NO_TEXT[kind])
        article = read(page, html(page, f"<p>{FIRST}</p>{between}<p>{SECOND}</p>"))
        assert (article.body, article.images) == (f"{FIRST}\n\n{SECOND}", ()), page


@pytest.mark.parametrize("kind", [kind for kind in NO_TEXT if kind not in _ABOVE])
def test_nor_does_it_end_the_text_or_hide_the_signature(kind: str) -> None:
    for page in PAGES:
        below = _filled(page, NO_TEXT[kind])
        signed = '<p style="text-align: right"><strong>Vừ Mí Chơ</strong></p>'
        article = read(page, html(page, f"<p>{FIRST}</p><p>{SECOND}</p>{signed}{below}"))
        assert (article.body, article.authors) == (f"{FIRST}\n\n{SECOND}", ("Vừ Mí Chơ",)), page


def test_the_headline_printed_again_is_no_text() -> None:
    for page in PAGES:
        again = f"<p><strong>{HEADLINE}</strong></p><p>{FIRST}</p><p>{SECOND}</p>"
        assert read(page, html(page, again)).body == f"{FIRST}\n\n{SECOND}", page


def test_a_page_that_says_it_does_not_exist_is_no_article() -> None:
    for page in PAGES:
        text = html(
            page, "<p>Bài viết không tồn tại hoặc đã bị gỡ bỏ.</p><p>Mời bạn về trang chủ.</p>"
        )
        with pytest.raises(NotAnArticleError, match="soft 404"):
            read(page, text.replace(HEADLINE, "Không tìm thấy trang"))


def test_a_lead_holds_no_link_to_another_article() -> None:
    for page in (page for page in PAGES if issubclass(page, FamilyPage) and page.lead_selector):
        linked = _filled(page, f'{LEAD} <a href="{{other}}">&gt;&gt; {{title}}</a>')
        assert read(page, html(page).replace(f">{LEAD}<", f">{linked}<")).lead == LEAD, page


@pytest.mark.parametrize("kind", TEXT)
def test_in_doubt_a_text_stays(kind: str) -> None:
    markup, text = TEXT[kind]
    for page in PAGES:
        between = _filled(page, markup)
        article = read(page, html(page, f"<p>{FIRST}</p>{between}<p>{SECOND}</p>"))
        assert article.body == f"{FIRST}\n\n{text}\n\n{SECOND}", page
