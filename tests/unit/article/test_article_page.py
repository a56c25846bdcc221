"""Pages of families A and K: every field read, declared absent, or told; saved pages by name."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article.article_page import FIELD_METHODS, ArticlePage
from newscrawl.article.item_schema import check_line
from newscrawl.article.newspaper_site import Site
from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.cli.read_page import (
    UnknownNewspaperError,
    is_article_address,
    newspaper_of,
    own_address,
    read_article,
    read_piece,
    read_section,
)
from newscrawl.cms.tuyenquang_legacy import LegacyPage
from newscrawl.cms.vnpt import (
    VNPT_PAGES,
    VnptA1Page,
    VnptA2Page,
    VnptA3Page,
)
from newscrawl.exceptions import (
    ExtractionError,
    IncompletePageError,
    NewscrawlError,
    NotAnArticleError,
)
from newscrawl.items import Article, Image, to_line
from newscrawl.page.document import Document
from newscrawl.spiders.baodaklak import BaoDakLakSpider
from newscrawl.spiders.baotuyenquang import BaoTuyenQuangSpider
from newscrawl.spiders.phuyen import PhuYenSpider
from newscrawl.urls.canonical import spellings

PAPER: Final = Site(name="baothu", domain="baothu.vn", hosts=spellings("baothu.vn", "baocu.vn"))
PAGES: Final = (*VNPT_PAGES, LegacyPage)
URL: Final = "https://baothu.vn/kinh-te/nong-nghiep/202506/mua-che-75f1237/"
LEGACY_URL: Final = "https://baothu.vn/kinh-te/mua-che-179493.html"
ARTICLE_ID: Final = "4028eaa4679b32c401679c0c775f1237"
CATEGORY: Final = "ff8080815e5b41fb015e5b817a51aaaa"
TOP: Final = "ff8080815e5b41fb015e5b817a51bbbb"
FETCHED: Final = datetime(2026, 11, 23, 16, 7, tzinfo=UTC)

Parts = dict[str, str]

# The parts of an article page, as each template prints them -------------------------------------

LEAD: Final = "Sương vừa tan trên đồi Khau Tinh."
TEXT: Final = "<p>Nương chè đã đông người hái.</p><p>Đến trưa, gùi nào cũng đầy.</p>"
BODY: Final = "Nương chè đã đông người hái.\n\nĐến trưa, gùi nào cũng đầy."
PICTURE: Final = (
    '<div><table class="image center"><tr><td><img src="/file/4028/062025/che.jpg"></td></tr>'
    '<tr><td class="image_desc">Hái chè sớm. Ảnh: Lê Minh</td></tr></table></div>'
)
BYLINE: Final = '<p style="text-align: right;"><strong>Lý Thu Hà</strong></p>'
COMMON: Final[Parts] = {
    "headline": "Mùa chè trên đồi Khau Tinh",
    "date": "11:59, 18/06/2025",
    "lead": f"<p><strong>{LEAD}</strong></p>",
    "text": TEXT,
    "picture": PICTURE,
    "byline": BYLINE,
    "id": ARTICLE_ID,
    "category": CATEGORY,
    "section": "Nông nghiệp",
    "head": "",
}
PAGE_INFO: Final = """<div id="page_info" style="display:none">
<div id="site_id">4028eaa4679b32c401679c0c74382a7e</div><div id="article_id">{id}</div>
<div id="cate_id">{category}</div><div id="cate_title">{section}</div></div>"""
MENU: Final = f"""<ul class="menu"><li class="{TOP}"><a href="/kinh-te/">Kinh tế</a>
<ul><li class="{CATEGORY}"><a href="/kinh-te/nong-nghiep/">Nông nghiệp</a></li></ul></li></ul>"""
FRAME: Final = f"<html><head>{{head}}</head><body>{PAGE_INFO}{MENU}{{page}}</body></html>"

A1: Final = """<div class="col-md-8"><div class="article_content">
<div id="content" class="content cate_x">
<h4 class="media-heading"></h4><h1 class="media-heading title5">{headline}</h1>
<div class="date">{date}</div><ul class="social"><li>Chia sẻ</li></ul><div class="bd02">In</div>
{lead}<div class="related"><table class="rl"><tr><td>Xem thêm</td></tr></table></div>
{text}{picture}{byline}</div></div>
<div class="tag_list"><a href="/tag/che">chè</a><a href="/tag/a b">Khau Tinh</a></div>
<div class="news_other"><a class="title1" href="/x">Tin khác</a>
<div class="date">1/1/2020</div></div></div>"""
A2: Final = """<span class="now date">Thứ Hai, 23/11/2026</span>
<h1 class="head_title">{headline}</h1><div class="box_support"><div class="date_time">
<div class="date">{date}</div><span class="author">Lý Thu Hà</span></div></div>
<div id="content" class="content-detail"><div class="td-post-content tagdiv-type">
{lead}{text}{picture}{byline}</div></div><h4><a class="tag" href="/t">chè</a>
<a class="tag" href="/t2">Khau Tinh</a></h4>"""
A3: Final = """<ol class="breadcrumb"><a class="link" href="/">Trang chủ</a>
<a class="link" href="/kinh-te/">Kinh tế</a>
<a class="link" href="/kinh-te/nong-nghiep/">Nông nghiệp</a></ol>
<div class="detail-main-title"><h1 class="title">{headline}</h1>
<div class="group-time"><time class="time">{date}</time></div></div>
<div class="content-reply"><p class="reply">Sương vừa tan trên đồi Khau Tinh.</p></div>
<div id="content" class="content-detail"><div class="td-post-content">{lead}{text}{picture}
<div class="related-post">Tin liên quan</div></div></div>
<div class="after-author"><p class="author">Lý Thu Hà</p></div>
<div class="tags-box"><div class="tags"><a href="/t">chè</a><a href="/t2">Khau Tinh</a></div></div>
<h1 class="text">Tin mới</h1>"""
K: Final = """<div class="breadcrumb"><a href="/">Trang chủ</a><a href="/kinh-te/">Kinh tế</a>
<a href="/kinh-te/nong-nghiep/">Nông nghiệp</a></div>
<article><h1 itemprop="headline">{headline}</h1><time>{date}</time>
<div class="summary">- Sương vừa tan trên đồi Khau Tinh.</div>
<div itemprop="articleBody">{text}<p><img src="/file/4028/062025/che.jpg"></p>
<p style="text-align:center">Hái chè sớm. Ảnh: Lê Minh</p>{byline}</div>
<div class="tags"><a href="/t">chè</a><a href="/t2">Khau Tinh</a></div></article>"""

TEMPLATES: Final = {"a1": A1, "a2": A2, "a3": A3, "k": K}
CLASSES: Final[dict[str, type[ArticlePage]]] = {
    "a1": VnptA1Page, "a2": VnptA2Page, "a3": VnptA3Page, "k": LegacyPage
}  # fmt: skip
ALL: Final = pytest.mark.parametrize("template", sorted(TEMPLATES))
VNPT: Final = pytest.mark.parametrize("template", ["a1", "a2", "a3"])


def document(template: str, url: str = "", **changes: str) -> Document:
    parts = COMMON | changes
    page = FRAME.format(page=TEMPLATES[template].format(**parts), **parts)
    url = url or (LEGACY_URL if template == "k" else URL)
    return Document(url, page.encode(), fetched_at=FETCHED, content_type="text/html; charset=utf-8")


def changed(template: str, old: str, new: str) -> ArticlePage:
    """The whole page with every `old` in it replaced."""
    before = document(template)
    raw = before.text.replace(old, new).encode()
    assert raw != before.body
    return choose_page(PAGES, Document(before.url, raw, fetched_at=FETCHED), PAPER)


def page(template: str, url: str = "", **changes: str) -> ArticlePage:
    return choose_page(PAGES, document(template, url, **changes), PAPER)


def item(template: str, url: str = "", **changes: str) -> Article:
    return page(template, url, **changes).to_item()


# A whole page -----------------------------------------------------------------------------------


@ALL
def test_the_pages_own_marks_choose_its_layout(template: str) -> None:
    assert type(page(template)) is CLASSES[template]


@ALL
@pytest.mark.parametrize("others", [0, 1, 2, 3])
def test_in_whatever_order_the_layouts_are_tried(template: str, others: int) -> None:
    turned = (*PAGES[others:], *PAGES[:others])
    assert type(choose_page(turned, document(template), PAPER)) is CLASSES[template]


@ALL
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("newspaper", "baothu"),
        ("headline", "Mùa chè trên đồi Khau Tinh"),
        ("lead", LEAD),
        ("body", BODY),
        ("captions", ("Hái chè sớm. Ảnh: Lê Minh",)),
        ("images", (Image(url="https://baothu.vn/file/4028/062025/che.jpg",
                          caption="Hái chè sớm.", credit="Lê Minh"),)),
        ("authors", ("Lý Thu Hà",)),
        ("byline", "Lý Thu Hà"),
        ("source", None),
        ("section", "Nông nghiệp"),
        ("section_path", ("Kinh tế", "Nông nghiệp")),
        ("tags", ("chè", "Khau Tinh")),
        ("kind", "text"),
        ("lang", "vi"),
        ("published_at", datetime.fromisoformat("2025-06-18T11:59:00+07:00")),
        ("published_date", date(2025, 6, 18)),
        ("published_precision", "minute"),
        ("published_raw", "11:59, 18/06/2025"),
        ("published_source", "page"),
        ("modified_at", None),
        ("fetched_at", FETCHED),
        ("http_status", 200),
        ("warnings", ()),
    ],
)  # fmt: skip
def test_a_field_is_read(template: str, field: str, value: object) -> None:
    assert getattr(item(template), field) == value


@ALL
def test_its_line_is_valid(template: str) -> None:
    assert check_line(to_line(normalize(item(template)))) == ()


@pytest.mark.parametrize(
    ("template", "identity", "url"),
    [
        ("a1", "baothu:202506-75f1237", URL),
        ("a3", "baothu:202506-75f1237", URL),
        ("k", "baothu:179493", LEGACY_URL),
    ],
)
def test_an_articles_identity_is_in_its_address(template: str, identity: str, url: str) -> None:
    made = item(template)
    assert (made.id, made.url) == (identity, url)


def test_an_address_without_a_key_is_its_own_identity() -> None:
    made = item("k", "https://baothu.vn/gioi-thieu")
    prefix, _, key = made.id.partition(":")
    assert prefix == "baothu"
    assert len(key) == 16
    assert int(key, 16)


@ALL
def test_the_extractor_names_paper_and_parser(template: str) -> None:
    _, _, reader = item(template).extractor.partition(" ")
    assert reader == f"baothu/{CLASSES[template].version}"


# What stands in the container without being body ------------------------------------------------


@pytest.mark.parametrize(
    "left_out", ["Chia sẻ", "In", "Xem thêm", "11:59", "Mùa chè trên", "Tin liên"]
)
@ALL
def test_the_pages_furniture_is_not_in_the_body(template: str, left_out: str) -> None:
    body = item(template).body or ""
    assert left_out not in body.split("\n\n")
    assert not body.startswith(left_out)


@ALL
def test_neither_lead_caption_nor_byline_is_in_the_body(template: str) -> None:
    body = item(template).body or ""
    assert not any(text in body for text in (LEAD, "Hái chè sớm", "Lê Minh", "Lý Thu Hà"))


# What a page does not have ----------------------------------------------------------------------


@VNPT
@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("picture", {"images": (), "captions": ()}),
        ("section", {"section_path": (), "section": None}),
    ],
)
def test_what_is_not_printed_is_absent(template: str, part: str, fields: dict[str, Any]) -> None:
    made = item(template, **{part: ""})
    if (template, part) != ("a3", "section"):  # A3 prints its section in the breadcrumb
        assert {name: getattr(made, name) for name in fields} == fields


@pytest.mark.parametrize("template", ["a1", "k"])
def test_an_article_nobody_signed_has_no_author(template: str) -> None:
    made = item(template, byline="")
    assert (made.byline, made.authors, made.body) == (None, (), BODY)


def test_the_head_of_template_a2_signs_where_the_text_does_not() -> None:
    assert item("a2", byline="").authors == ("Lý Thu Hà",)


@pytest.mark.parametrize("template", ["a1", "a2"])
def test_an_article_without_a_bold_lead_has_none(template: str) -> None:
    made = item(template, lead="")
    assert (made.lead, made.body) == (None, BODY)


def test_a_lead_that_only_the_text_prints_is_read() -> None:
    made = changed("a3", f'<p class="reply">{LEAD}', '<p class="reply">').to_item()
    assert (made.lead, made.body) == (LEAD, BODY)


def test_a_bold_paragraph_that_is_not_the_lead_again_stays() -> None:
    made = item("a3", lead="<p><strong>Dậy từ tinh mơ</strong></p>")
    assert (made.lead, made.body) == (LEAD, f"Dậy từ tinh mơ\n\n{BODY}")


def test_a_placeholder_signs_nothing() -> None:
    made = changed("a3", "Lý Thu Hà", "Bút danh").to_item()
    assert (made.byline, made.authors) == (None, ())


# The credited outlet ----------------------------------------------------------------------------

CREDIT: Final = "<p>Theo TTXVN</p>"


@pytest.mark.parametrize("template", ["a1", "a2", "k"])
@pytest.mark.parametrize("end", [BYLINE + CREDIT, CREDIT + BYLINE, CREDIT])
def test_a_source_line_is_the_source(template: str, end: str) -> None:
    made = item(template, byline=end)
    assert (made.source, made.source_line, made.body) == ("TTXVN", "Theo TTXVN", BODY)


def test_a_byline_may_name_the_source() -> None:
    made = item("a1", byline='<p align="right">Vân Khánh/Báo Tin tức</p>')
    assert (made.source, made.authors) == ("Báo Tin tức", ("Vân Khánh",))
    assert made.byline == "Vân Khánh/Báo Tin tức"


def test_an_outlet_alone_is_no_author() -> None:
    made = item("a1", byline='<p align="right">TTXVN</p>')
    assert (made.source, made.authors, made.byline) == ("TTXVN", (), None)


def test_a_source_line_counts_before_a_byline() -> None:
    made = item("a1", byline=f'<p align="right">Vân Khánh/Báo Tin tức</p>{CREDIT}')
    assert made.source == "TTXVN"


# A miss is told with the field's name -----------------------------------------------------------


def missed(made: Callable[[], object]) -> str:
    with pytest.raises(ExtractionError) as caught:
        made()
    return caught.value.field


@ALL
@pytest.mark.parametrize("printed", ["", "Đang cập nhật", "31/02/2025", "08:00, 18/06/2999"])
def test_a_date_that_cannot_be_read_is_told(template: str, printed: str) -> None:
    assert missed(lambda: item(template, date=printed)) == "published"


STATED: Final = '<meta property="article:published_time" content="2025-06-18T11:59:00+07:00">'
IN_JSON: Final = (
    '<script type="application/ld+json">'
    '{"@type": "NewsArticle", "datePublished": "2025-06-19 08:00:00"}</script>'
)


@ALL
@pytest.mark.parametrize(
    ("head", "at", "evidence"),
    [
        (STATED, "2025-06-18T11:59:00+07:00", "meta"),
        (IN_JSON, "2025-06-19T08:00:00+07:00", "jsonld"),
        (STATED + IN_JSON, "2025-06-19T08:00:00+07:00", "jsonld"),
    ],
)
@pytest.mark.parametrize("printed", ["", "Đang cập nhật"])
def test_where_no_date_is_printed_the_head_is_asked(
    template: str, printed: str, head: str, at: str, evidence: str
) -> None:
    opened = page(template, date=printed, head=head)
    made = opened.to_item()
    assert made.published_at == datetime.fromisoformat(at)
    assert made.published_source == opened.evidence["published"] == evidence


@ALL
def test_the_printed_date_counts_before_the_heads(template: str) -> None:
    opened = page(template, head=IN_JSON + STATED)
    assert opened.to_item().published_source == "page"
    assert "published" not in opened.evidence


@ALL
def test_an_impossible_printed_date_is_told_whatever_the_head_says(template: str) -> None:
    assert missed(lambda: item(template, date="31/02/2025", head=STATED)) == "published"


@ALL
def test_an_update_printed_beside_the_date_is_read(template: str) -> None:
    made = item(template, date="11:59, 18/06/2025 (cập nhật 08:05, 19/06/2025)")
    assert made.published_at == datetime.fromisoformat("2025-06-18T11:59:00+07:00")
    assert made.modified_at == datetime.fromisoformat("2025-06-19T08:05:00+07:00")


MORE_CLASSES: Final = {
    "a1": ['class="date"', 'class="bd02"', 'class="tag_list"', f'class="{TOP}"',
           f'class="{CATEGORY}"'],
    "a2": ['class="head_title"', 'class="date"', 'class="author"', 'class="tag"',
           f'class="{CATEGORY}"'],
    "a3": ['class="title"', 'class="group-time"', 'class="related-post"', 'class="link"'],
}  # fmt: skip


@pytest.mark.parametrize(
    ("template", "old"), [(name, old) for name, found in MORE_CLASSES.items() for old in found]
)
@pytest.mark.parametrize("more", ['class="t:mb-2 {0}"', 'class="{0}\n  active"'])
def test_an_element_with_more_classes_is_the_same(template: str, old: str, more: str) -> None:
    """A template's next version adds classes for its grid, a menu one for the open item."""
    name = old.removeprefix('class="').removesuffix('"')
    assert changed(template, old, more.format(name)).to_item() == item(template)


@pytest.mark.parametrize("template", ["a1", "a2"])
def test_an_empty_body_is_told(template: str) -> None:
    empty = {"lead": "", "text": "", "picture": "", "byline": ""}
    assert missed(lambda: item(template, **empty)) == "body"


@VNPT
def test_a_page_without_a_body_is_told(template: str) -> None:
    without = (template, 'id="content"', 'id="noi-dung"')
    assert missed(lambda: changed(*without).to_item()) in ("body", "layout")


@ALL
def test_a_page_without_its_headline_is_told(template: str) -> None:
    assert missed(lambda: changed(template, "h1", "h6").to_item()) in ("headline", "layout")


def test_two_headlines_are_told() -> None:
    twice = changed("k", "</h1>", "</h1><h1>Khác</h1>")
    assert missed(twice.to_item) == "headline"


def test_a_redesign_is_told_with_the_layouts_that_are_known() -> None:
    page_of = Document(URL, b"<html><body><h1>Tin</h1></body></html>", fetched_at=FETCHED)
    with pytest.raises(ExtractionError, match="none of VnptA1Page, VnptA2Page"):
        choose_page(VNPT_PAGES, page_of, PAPER)


# What is no article -----------------------------------------------------------------------------


@VNPT
def test_a_film_is_no_article(template: str) -> None:
    film = {"lead": "", "text": '<iframe src="/phim"></iframe>', "picture": "", "byline": ""}
    with pytest.raises(NotAnArticleError, match="video"):
        item(template, **film)


@VNPT
@pytest.mark.parametrize(
    "film",
    [
        '<table class="image"><tr><td><iframe></iframe></td></tr><tr><td>Phim.</td></tr></table>',
        '<figure><iframe src="/phim"></iframe><figcaption>Phim.</figcaption></figure>',
        '<iframe src="/phim"></iframe><p class="desc">Phim.</p>',
    ],
)
def test_a_film_with_its_caption_is_no_article(template: str, film: str) -> None:
    with pytest.raises(NotAnArticleError, match="video"):
        item(template, lead="", text=film, picture="", byline="")


@VNPT
def test_a_film_inside_an_article_is_a_part_of_it(template: str) -> None:
    made = item(template, text=TEXT + '<iframe src="/phim"></iframe>')
    assert made.body == BODY


@pytest.mark.parametrize(
    "said", ["404 - Không tìm thấy trang", "Bài viết không tồn tại", "Page not found"]
)
def test_a_page_that_says_it_is_not_there_is_no_article(said: str) -> None:
    raw = f"<html><head><title>{said}</title></head><body><p>Về trang chủ</p></body></html>"
    with pytest.raises(NotAnArticleError, match="soft 404"):
        choose_page(PAGES, Document(URL, raw.encode(), fetched_at=FETCHED), PAPER)


@VNPT
def test_a_page_of_another_article_is_not_whole(template: str) -> None:
    with pytest.raises(IncompletePageError, match="the page says it is article"):
        item(template, id="4028eaa4679b32c401679c0c77abcdef")


@pytest.mark.parametrize(
    ("url", "own"),
    [
        (URL, ARTICLE_ID),
        (URL, ARTICLE_ID.upper()),
        (URL, ""),
        ("https://baothu.vn/kinh-te/202203/mua-che-2203947/", ARTICLE_ID),
        ("https://baothu.vn/kinh-te/202203/mua-che-785426/", ARTICLE_ID),
    ],
)
def test_an_id_that_proves_nothing_refuses_nothing(url: str, own: str) -> None:
    assert item("a1", url, id=own).body == BODY


@ALL
def test_letters_that_are_lost_are_no_whole_page(template: str) -> None:
    with pytest.raises(IncompletePageError, match="cannot be decoded"):
        item(template, headline="Mùa ch\ufffd")


# The address ------------------------------------------------------------------------------------

SAME: Final = "https://baothu.vn/kinh-te/202506/ten-moi-75f1237/"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("", URL),
        (f'<link rel="canonical" href="{SAME}">', SAME),
        (f'<meta property="og:url" content="{SAME}">', SAME),
        (f'<link rel="canonical" href="{SAME}?utm_source=x#y">', SAME),
        ('<link rel="canonical" href="https://baothu.vn/kinh-te/202506/khac-1234567/">', URL),
        ('<link rel="canonical" href="https://baothu.vn/">', URL),
        ('<link rel="canonical" href="https://nguoila.example/x/202506/mua-che-75f1237/">', URL),
        ('<link rel="canonical" href="javascript:void(0)">', URL),
        ('<link rel="canonical" href="">', URL),
    ],
)
def test_the_printed_address_counts_where_it_is_this_articles(head: str, url: str) -> None:
    assert item("a1", head=head).url == url


@pytest.mark.parametrize(
    "asked",
    [
        URL.replace("https:", "http:"),
        URL.replace("baothu", "www.baothu"),
        URL.replace("baothu", "m.baothu"),
        URL + "?utm_source=zalo&fbclid=1#binh-luan",
    ],
)
def test_every_spelling_asked_for_is_one_address(asked: str) -> None:
    made = item("a1", asked)
    assert (made.url, made.id) == (URL, "baothu:202506-75f1237")


# Kinds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "pictures", "kind"),
    [(TEXT, 1, "text"), (TEXT, 3, "text"), (TEXT, 4, "photo"), ("", 1, "photo"),
     (TEXT * 2, 7, "text"), (TEXT * 2, 8, "photo")],
)  # fmt: skip
def test_a_photo_story_is_one_that_pictures_carry(text: str, pictures: int, kind: str) -> None:
    assert item("a1", text=text, picture=PICTURE * pictures).kind == kind


def test_pictures_alone_are_an_article_without_a_body() -> None:
    made = item("a1", lead="", text="", byline="")
    assert (made.body, made.kind, len(made.images)) == (None, "photo", 1)


# The section ------------------------------------------------------------------------------------


@pytest.mark.parametrize("template", ["a1", "a2"])
@pytest.mark.parametrize(
    ("category", "path"),
    [
        (CATEGORY, ("Kinh tế", "Nông nghiệp")),
        (TOP, ("Nông nghiệp",)),
        ("ff80808100000000000000000000ffff", ("Nông nghiệp",)),
        ("", ("Nông nghiệp",)),
        ('"] | //a[@x="', ("Nông nghiệp",)),
    ],
)
def test_the_menu_tells_what_stands_above_the_section(
    template: str, category: str, path: Sequence[str]
) -> None:
    assert item(template, category=category.replace('"', "&quot;")).section_path == tuple(path)


# A piece of a page ------------------------------------------------------------------------------


@ALL
def test_a_whole_page_read_as_a_piece_lacks_nothing(template: str) -> None:
    read, errors = page(template).to_partial_item()
    assert errors == ()
    assert read == item(template)


@ALL
def test_a_piece_without_a_date_names_it_and_gives_the_rest(template: str) -> None:
    read, errors = page(template, date="").to_partial_item()
    assert [error.field for error in errors] == ["published"]
    assert (read.headline, read.body, read.published_at) == (COMMON["headline"], BODY, None)


def test_every_field_has_a_method_and_a_value_for_absence() -> None:
    for name in FIELD_METHODS:
        assert callable(getattr(ArticlePage, name))


# Any page ---------------------------------------------------------------------------------------

damage = st.sampled_from(
    ["h1", "div", "class=", "id=", "content", "<", ">", '"', "time", "td", "/"]
)


@given(st.sampled_from(sorted(TEMPLATES)), damage, st.integers(0, 40), st.text(max_size=3))
def test_a_damaged_page_is_read_or_told(template: str, old: str, place: int, new: str) -> None:
    before, *after = document(template).text.split(old)
    place = min(place, len(after))
    damaged = old.join([before, *after[:place]]) + new + old.join(after[place:])
    page_of = Document(URL, damaged.encode("utf-8", "replace"), fetched_at=FETCHED)
    try:
        line = to_line(normalize(choose_page(PAGES, page_of, PAPER).to_item()))
    except NewscrawlError:
        return
    assert set(check_line(line)) <= {"headline is empty", "body is empty and there are no images"}


# Saved pages ------------------------------------------------------------------------------------

NEWSPAPERS: Final = (BaoTuyenQuangSpider, BaoDakLakSpider, PhuYenSpider)
OF_TUYEN_QUANG: Final = URL.replace("baothu.vn", "baotuyenquang.com.vn")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://baotuyenquang.com.vn/kinh-te/", "baotuyenquang"),
        ("http://www.baotuyenquang.com.vn/", "baotuyenquang"),
        ("https://M.BaoTuyenQuang.com.vn:443/x", "baotuyenquang"),
        ("https://baodaklak.vn/x", "baodaklak"),
        ("https://phuyen.baodaklak.vn/x", "phuyen"),
    ],
)
def test_a_newspaper_is_found_by_the_host(url: str, name: str) -> None:
    assert newspaper_of(url, NEWSPAPERS).name == name


@pytest.mark.parametrize(
    "url",
    ["https://nguoila.example/", "https://baodaklak.vn.example/", "trang.html", "", "file:///a"],
)
def test_an_unknown_host_is_told_in_one_line(url: str) -> None:
    with pytest.raises(UnknownNewspaperError, match="no newspaper is declared for") as caught:
        newspaper_of(url, NEWSPAPERS)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (
            '<link rel="canonical" href="http://baothu.vn/a-1234.html#x">',
            "https://baothu.vn/a-1234.html",
        ),
        ('<meta property="og:url" content="https://baothu.vn/b/">', "https://baothu.vn/b/"),
        ('<link rel="canonical" href="/a-1234.html">', None),
        ('<link rel="canonical" href="javascript:x">', None),
        ("", None),
    ],
)
def test_a_saved_page_may_say_its_address(head: str, address: str | None) -> None:
    assert own_address(document("a1", head=head)) == address


@pytest.mark.parametrize(
    ("url", "is_one"),
    [
        (OF_TUYEN_QUANG, True),
        ("https://baotuyenquang.com.vn/banh-gai-179493.html", True),
        ("https://baotuyenquang.com.vn/kinh-te/", False),
        ("https://baotuyenquang.com.vn/kinh-te/trang-29.html", False),
        ("https://baotuyenquang.com.vn/", False),
    ],
)
def test_an_articles_address_is_known_by_its_form(url: str, is_one: bool) -> None:
    assert is_article_address(url, BaoTuyenQuangSpider) is is_one


@pytest.mark.parametrize(("template", "identity"), [("a1", "202506-75f1237"), ("k", "179493")])
def test_both_of_a_papers_systems_are_read(template: str, identity: str) -> None:
    url = (LEGACY_URL if template == "k" else URL).replace("baothu.vn", "baotuyenquang.com.vn")
    line = read_article(document(template, url), BaoTuyenQuangSpider)
    assert (line["id"], line["body"]) == (f"baotuyenquang:{identity}", BODY)
    assert check_line(line) == ()


def test_a_piece_without_marks_is_read_as_a_body() -> None:
    piece = f'<div class="x"><p><strong>{LEAD}</strong></p>{TEXT}{BYLINE}</div>'
    page_of = Document(OF_TUYEN_QUANG, piece.encode(), fetched_at=FETCHED)
    line, missing = read_piece(page_of, BaoTuyenQuangSpider)
    assert (line["lead"], line["body"], line["authors"]) == (LEAD, BODY, ["Lý Thu Hà"])
    assert {said.partition(":")[0] for said in missing} == {"headline", "published"}


def titles(number: int) -> str:
    address = f"https://baotuyenquang.com.vn/kinh-te/202506/che-{number:07x}/"
    return f'<a class="title1" href="{address}">Chè số {number}</a>'


def test_a_section_page_gives_its_articles() -> None:
    page_of = Document(
        "https://baotuyenquang.com.vn/kinh-te/",
        f"<html><body>{titles(1)}{titles(2)}</body></html>".encode(),
        fetched_at=FETCHED,
    )
    found = read_section(page_of, BaoTuyenQuangSpider)
    assert [article["title"] for article in found["articles"]] == ["Chè số 1", "Chè số 2"]
    assert found["articles"][0]["url"].endswith("/kinh-te/202506/che-0000001/")
    assert found["next_page"] is None


def test_a_page_of_the_former_system_gives_its_articles_and_the_next() -> None:
    raw = '<a href="/kinh-te/che-1234.html">Chè</a><a href="/kinh-te/trang-30.html">30</a>'
    page_of = Document(
        "https://baotuyenquang.com.vn/kinh-te/trang-29.html", raw.encode(), fetched_at=FETCHED
    )
    assert read_section(page_of, BaoTuyenQuangSpider) == {
        "articles": [{"url": "https://baotuyenquang.com.vn/kinh-te/che-1234.html", "title": "Chè"}],
        "next_page": "https://baotuyenquang.com.vn/kinh-te/trang-30.html",
    }


def test_what_is_neither_article_nor_section_is_told() -> None:
    page_of = Document("https://baotuyenquang.com.vn/a.html", b"<p>x</p>", fetched_at=FETCHED)
    with pytest.raises(NotAnArticleError, match="neither an article's nor a section's"):
        read_section(page_of, BaoTuyenQuangSpider)
