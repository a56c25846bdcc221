"""CMS families B to G: pages in each layout with what is odd about it, lists, declarations."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from newscrawl.archive.newspaper_archive import open_archive
from newscrawl.article.article_page import ArticlePage, Site
from newscrawl.article.page_class_choice import choose_page
from newscrawl.catalogue.entries import CatalogueEntry as CatalogueRow
from newscrawl.catalogue.entries import catalogue
from newscrawl.cms.contentfck import (
    AnGiangPage,
    AnGiangSection,
    CanThoPage,
    ContentFckSection,
    DongKhoiPage,
    DongKhoiSection,
    HueNgayNayPage,
    HueNgayNaySection,
    page_number,
)
from newscrawl.cms.contentfck2 import (
    CaMauPage,
    CaMauSection,
    ContentFck2Page,
    ContentFck2Section,
    DongThapPage,
    DongThapSection,
    FormerTayNinhPage,
)
from newscrawl.cms.dataimages import (
    ApBacPage,
    DataImagesPage,
    DataImagesSection,
    channel_key,
)
from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.mediatech import LangSonPage, MediatechPage, MediatechSection
from newscrawl.cms.onecms import (
    DaNangPage,
    DaNangSection,
    HaNoiMoiPage,
    OneCmsHeadings,
    OneCmsMagazine,
    OneCmsPage,
    OneCmsSection,
)
from newscrawl.cms.section import FamilySection
from newscrawl.cms.thanhhoa import ThanhHoaPage, ThanhHoaSection
from newscrawl.cms.vnpt_a2 import ThaiNguyenPage, VinhLongPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.list_walk import Walk
from newscrawl.discovery.source import ListPage
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Article
from newscrawl.page.document import Document
from newscrawl.spiders.baocaobang import BaoCaoBangSpider
from newscrawl.urls.canonical import spellings

NOW = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
DOMAIN = "bao.vn"
PAPER = Site(name="bao", domain=DOMAIN, hosts=spellings(DOMAIN, "cu.bao.vn"))
FIRST = "Con đường lên bản dài chín cây số, mùa mưa nào cũng sạt."
SECOND = "Năm nay dân bản tự xếp kè đá, mỗi nhà góp ba ngày công."
LEAD = "Sau bốn năm chờ đợi, bản Huổi Lếch có con đường không còn lầy lội quanh năm."
CIPHER = "Qz7" * 40 + "=="

ADDRESSES: dict[type[ArticlePage], str] = {
    DataImagesPage: f"https://{DOMAIN}/channel/12/201105/con-duong-len-ban-204511/",
    ApBacPage: f"https://{DOMAIN}/channel/12/201105/con-duong-len-ban-204511/",
    EpiPage: f"https://{DOMAIN}/con-duong-len-ban-post204511.html",
    OneCmsPage: f"https://{DOMAIN}/con-duong-len-ban-204511.html",
    HaNoiMoiPage: f"https://{DOMAIN}/con-duong-len-ban-204511.html",
    DaNangPage: f"https://{DOMAIN}/con-duong-len-ban-204511.html",
    CanThoPage: f"https://{DOMAIN}/con-duong-len-ban-a204511.html",
    AnGiangPage: f"https://{DOMAIN}/con-duong-len-ban-a204511.html",
    DongKhoiPage: f"https://{DOMAIN}/con-duong-len-ban-a204511.html",
    HueNgayNayPage: f"https://{DOMAIN}/xa-hoi/con-duong-len-ban-204511.html",
    ContentFck2Page: f"https://{DOMAIN}/con-duong-len-ban-a204511.html",
    FormerTayNinhPage: f"https://{DOMAIN}/con-duong-len-ban-a204511.html",
    CaMauPage: f"https://{DOMAIN}/con-duong-len-ban-a204511.html",
    DongThapPage: f"https://{DOMAIN}/con-duong-len-ban-a204511.html",
    MediatechPage: f"https://{DOMAIN}/con-duong-len-ban-204511.html",
    LangSonPage: f"https://{DOMAIN}/con-duong-len-ban-204511.html",
    ThanhHoaPage: f"https://{DOMAIN}/con-duong-len-ban-204511.htm",
}
HEADLINE = "Con đường lên bản Huổi Lếch"


def front(page: type[ArticlePage], date: str, lead: str) -> str:
    """What stands above the body in the page's layout."""
    header = '<div class="sc-longform-header">'
    header += f'<h1 class="block-sc-title">{HEADLINE}</h1>'
    header += f'<span class="block-sc-publish-time">{date}</span>'
    header += f'<p class="block-sc-sapo">{lead}</p></div>'
    detail = f'<div class="detail-title"><h1>{HEADLINE}</h1></div>'
    detail += f'<div class="pubdate">{date}</div><div class="detail-desc"><p>{lead}</p></div>'
    second = f'<h1 class="title">{HEADLINE}</h1><span class="pubdate">{date}</span>'
    second += f'<h4 class="sapo">{lead}</h4>'
    fronts: dict[type[ArticlePage], str] = {
        DataImagesPage: f'<h1>{HEADLINE}</h1><div id="date">{date}</div>',
        ApBacPage: f'<h1>{HEADLINE}</h1><span id="current-date">{date}</span>',
        EpiPage: f'<h1 class="article__title cms-title">{HEADLINE}</h1>'
        f'<div class="article__meta"><time datetime="">{date}</time></div>'
        f'<div class="article__sapo cms-desc"><i></i>{lead}</div>',
        CanThoPage: f'<h1>XÃ HỘI</h1><span class="pubdate">{date}</span>'
        f'<h1 class="margintopbot10 fw700">{HEADLINE}&nbsp;<span class="sprite"></span></h1>',
        DongThapPage: f'<h1 id="title">{HEADLINE}</h1><span id="current-date">{date}</span>',
        MediatechPage: f'<h1 class="name">{HEADLINE}</h1><div class="date">{date}</div>',
        ThanhHoaPage: f'<h1 class="pTitle">{HEADLINE}</h1><h2 class="sapo">{lead}</h2>',
    }
    fronts |= dict.fromkeys((OneCmsPage, HaNoiMoiPage, DaNangPage), header)
    fronts |= dict.fromkeys((AnGiangPage, DongKhoiPage, HueNgayNayPage), detail)
    fronts |= dict.fromkeys((ContentFck2Page, FormerTayNinhPage, CaMauPage), second)
    fronts[LangSonPage] = fronts[MediatechPage]
    return fronts[page]


def around(page: type[ArticlePage], body: str, lead: str) -> str:
    """The body in the page's layout; the lead too where it stands there."""
    bold = f"<p><strong>{lead}</strong></p>" if lead else ""
    plain = f"<p>{lead}</p>" if lead else ""
    entry = f'<div class="b-maincontent"><div class="entry">{body}</div></div>'
    news = f'<div id="newscontents"><div class="content-fck">{body}</div></div>'
    arounds: dict[type[ArticlePage], str] = {
        DataImagesPage: f'<div id="content">{bold}{body}</div>',
        ApBacPage: f'<div id="content">{bold}{body}</div>',
        EpiPage: f'<div class="article__body zce-content-body cms-body">{body}</div>',
        CanThoPage: news.replace(body, plain + body) if body else news,
        CaMauPage: f'<div class="post-content">{body}</div>',
        DongThapPage: f'<div id="content">{plain}{body}</div>',
        MediatechPage: f'<div id="content-detail"><div class="sapo">{lead}</div>'
        f'<p class="sapo">{lead}</p>{body}</div>',
        LangSonPage: f'<div id="content-detail"><h2>{lead}</h2>{body}</div>',
        ThanhHoaPage: f'<div id="dcontent">{body}</div>',
    }
    arounds |= dict.fromkeys((OneCmsPage, HaNoiMoiPage, DaNangPage), entry)
    arounds |= dict.fromkeys((AnGiangPage, DongKhoiPage, HueNgayNayPage), news)
    singular = f'<div id="contentNews"><div class="singular-content">{body}</div></div>'
    arounds |= dict.fromkeys((ContentFck2Page, FormerTayNinhPage), singular)
    return arounds[page]


def html(
    page: type[ArticlePage],
    body: str = f"<p>{FIRST}</p><p>{SECOND}</p>",
    *,
    date: str = "09/05/2026 - 07:30",
    lead: str = LEAD,
    head: str = "",
) -> str:
    """An article in the page's layout, with the date in the head where the layout prints none."""
    meta = f'<meta name="description" content="{lead}">'
    if page is ThanhHoaPage and not head:
        meta += '<meta property="article:published_time" content="2026-05-09T07:30:00+07:00">'
    inner = front(page, date, lead) + around(page, body, lead)
    return f"<html><head>{meta}{head}</head><body>{inner}</body></html>"


def document(text: str, url: str) -> Document:
    return Document(url, text.encode(), fetched_at=NOW, content_type="text/html; charset=utf-8")


def opened(page: type[ArticlePage], text: str, url: str | None = None) -> ArticlePage:
    return choose_page((page,), document(text, url or ADDRESSES[page]), PAPER)


def read(page: type[ArticlePage], text: str, url: str | None = None) -> Article:
    return opened(page, text, url).to_item()


EVERY = pytest.mark.parametrize("page", ADDRESSES, ids=lambda page: page.__name__)


# Every layout --------------------------------------------------------------------------------


@EVERY
def test_an_article_of_every_layout(page: type[ArticlePage]) -> None:
    article = read(page, html(page))
    assert article.headline == HEADLINE
    assert article.lead == LEAD
    assert article.body == f"{FIRST}\n\n{SECOND}"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-09T07:30:00+07:00"
    assert article.kind == "text"


@EVERY
def test_the_same_bytes_are_the_same_article(page: type[ArticlePage]) -> None:
    assert read(page, html(page)) == read(page, html(page))


@EVERY
def test_an_encrypted_body_is_no_article(page: type[ArticlePage]) -> None:
    for body in (CIPHER, f"<p>{CIPHER}</p><script>giaiMa();</script>", f"<p>{FIRST}</p>{CIPHER}"):
        with pytest.raises(NotAnArticleError, match="encrypted body"):
            read(page, html(page, body))


@EVERY
def test_a_long_address_in_the_text_is_no_cipher(page: type[ArticlePage]) -> None:
    address = "https://luu-tru.vn/" + "Ab3/" * 20 + "?khoa=" + "Zx9" * 30
    article = read(page, html(page, f"<p>{FIRST}</p><p>Tải tại {address} trong tuần.</p>"))
    assert article.body is not None
    assert article.body.endswith(f"Tải tại {address} trong tuần.")


@EVERY
@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<video src="/a.mp4"></video>', "video"),
        ('<img src="/anh-bia.jpg"><div class="jwplayer"></div>', "video"),
        ('<video src="/a.mp4"></video><figcaption>Suối.</figcaption>', "video"),
        ("<figure><audio></audio><figcaption>Suối.</figcaption></figure>", "audio"),
        ('<audio src="/a.mp3"></audio>', "audio"),
        ('<iframe src="https://nhung.vn/1"></iframe>', "embedded page"),
        ("<script>document.write(outputData);</script>", "script-rendered body"),
    ],
)
def test_a_body_without_text_is_no_article(page: type[ArticlePage], body: str, why: str) -> None:
    with pytest.raises(NotAnArticleError, match=why):
        read(page, html(page, body, lead=""))


@pytest.mark.parametrize("page", [DataImagesPage, DongThapPage, MediatechPage, ThanhHoaPage])
def test_an_empty_body_that_a_script_names_is_no_article(page: type[ArticlePage]) -> None:
    name = page.body_selector.removeprefix("#")
    for script in (f'$("#{name}").html(`…`)', f"giaiMa('{name}')"):
        text = html(page, "", lead="").replace("</body>", f"<script>{script}</script></body>")
        with pytest.raises(NotAnArticleError, match="script-rendered body"):
            read(page, text)


@EVERY
def test_an_empty_body_is_a_fault(page: type[ArticlePage]) -> None:
    with pytest.raises(ExtractionError, match="body") as caught:
        read(page, html(page, "", lead=""))
    assert caught.value.field == "body"


@EVERY
def test_pictures_alone_are_a_photo_story(page: type[ArticlePage]) -> None:
    article = read(page, html(page, '<p><img src="/anh/1.jpg"></p><p><img src="/anh/2.jpg"></p>'))
    if page in (CanThoPage, DongThapPage):  # their lead is the text's first paragraph
        assert article.body == LEAD
    else:
        assert article.body is None
        assert article.kind == "photo"
    assert [image.url for image in article.images] == [
        f"https://{DOMAIN}/anh/1.jpg",
        f"https://{DOMAIN}/anh/2.jpg",
    ]


@EVERY
def test_templates_nobody_filled_are_left_out(page: type[ArticlePage]) -> None:
    for template in ("{title} {publish}", "{{ads.inpage}}", "{{title}} | {{time}}"):
        article = read(page, html(page, f"<p>{FIRST}</p><p>{template}</p><p>{SECOND}</p>"))
        assert article.body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize("page", [EpiPage, CanThoPage, ThanhHoaPage])
def test_braces_in_a_sentence_stay(page: type[ArticlePage]) -> None:
    sentence = "Biểu mẫu ghi {họ tên} ở dòng đầu."
    article = read(page, html(page, f"<p>{FIRST}</p><p>{sentence}</p>"))
    assert article.body == f"{FIRST}\n\n{sentence}"


@EVERY
def test_decomposed_letters_and_blanks_are_cleaned(page: type[ArticlePage]) -> None:
    body = "<p>Đươ\u0300ng\xa0 mơ\u0301i\u200b thông xe.</p><p>Cả ba\u0309n ra xem.</p>"
    assert read(page, html(page, body)).body == "Đường mới thông xe.\n\nCả bản ra xem."


@EVERY
def test_a_signature_below_the_text_leaves_it(page: type[ArticlePage]) -> None:
    signed = '<p style="text-align: right"><strong>Bài, ảnh: Sùng A Páo</strong></p>'
    article = read(page, html(page, f"<p>{FIRST}</p><p>{SECOND}</p>{signed}"))
    assert article.body == f"{FIRST}\n\n{SECOND}"
    assert article.authors == ("Sùng A Páo",)
    assert article.byline == "Bài, ảnh: Sùng A Páo"


@EVERY
def test_a_source_line_leaves_the_text(page: type[ArticlePage]) -> None:
    article = read(page, html(page, f"<p>{FIRST}</p><p>{SECOND}</p><p><em>Theo TTXVN</em></p>"))
    assert article.body == f"{FIRST}\n\n{SECOND}"
    assert (article.source, article.source_line) == ("TTXVN", "Theo TTXVN")


@EVERY
def test_theo_do_is_prose(page: type[ArticlePage]) -> None:
    last = "Theo đó, mỗi hộ góp ba ngày công."
    article = read(page, html(page, f"<p>{FIRST}</p><p>{last}</p>"))
    assert article.body == f"{FIRST}\n\n{last}"
    assert article.source is None


@EVERY
def test_a_caption_in_italics_below_its_picture_leaves_the_text(page: type[ArticlePage]) -> None:
    body = f"<p>{FIRST}</p><p><img src='/anh/ke-da.jpg'></p>"
    body += "<p style='text-align: center'><em>Dân bản xếp kè đá. Ảnh: Lò Văn Ín</em></p>"
    article = read(page, html(page, f"{body}<p>{SECOND}</p>"))
    assert article.body == f"{FIRST}\n\n{SECOND}"
    assert article.captions == ("Dân bản xếp kè đá. Ảnh: Lò Văn Ín",)
    assert article.images[0].credit == "Lò Văn Ín"


# Dates ---------------------------------------------------------------------------------------

PRINTED = pytest.mark.parametrize("page", [page for page in ADDRESSES if page is not ThanhHoaPage])
META = '<meta property="article:published_time" content="2026-05-10T09:00:00+0700">'
JSON_LD = (
    '<script type="application/ld+json">{"@type": "NewsArticle",'
    ' "datePublished": "2026-05-11 08:17:26", "dateModified": "2026-05-12 10:40:03"}</script>'
)


@PRINTED
def test_the_printed_date_counts_before_the_metadata(page: type[ArticlePage]) -> None:
    opened_page = opened(page, html(page, head=META))
    article = opened_page.to_item()
    assert article.published_source == "page"
    assert article.published_raw == "09/05/2026 - 07:30"
    assert "published" not in opened_page.evidence


@PRINTED
def test_without_a_printed_date_the_head_is_asked(page: type[ArticlePage]) -> None:
    opened_page = opened(page, html(page, date="đang cập nhật", head=META))
    article = opened_page.to_item()
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-10T09:00:00+07:00"
    assert article.published_source == opened_page.evidence["published"] == "meta"


@EVERY
def test_json_ld_counts_before_meta_tags(page: type[ArticlePage]) -> None:
    article = read(page, html(page, date="", head=META + JSON_LD))
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-11T08:17:26+07:00"
    assert article.published_source == "jsonld"


@EVERY
def test_a_date_nobody_published_at_is_passed_over(page: type[ArticlePage]) -> None:
    never = JSON_LD.replace("2026-05-11 08:17:26", "0001-01-01T00:00:00")
    article = read(page, html(page, date="", head=never + META))
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-10T09:00:00+07:00"


@PRINTED
def test_the_update_beside_the_date_is_one(page: type[ArticlePage]) -> None:
    line = "09/05/2026 - 07:30 (Cập nhật: 10:05, 10/05/2026)"
    article = read(page, html(page, date=line, head=JSON_LD))
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-09T07:30:00+07:00"
    assert article.modified_at is not None
    assert article.modified_at.isoformat() == "2026-05-10T10:05:00+07:00"


@PRINTED
def test_an_update_that_no_calendar_has_is_none(page: type[ArticlePage]) -> None:
    line = "09/05/2026 - 07:30 (Cập nhật: 10:05, 31/02/2026)"
    assert read(page, html(page, date=line)).modified_at is None


@EVERY
def test_json_ld_without_a_zone_is_vietnamese_time(page: type[ArticlePage]) -> None:
    article = read(page, html(page, date="", head=JSON_LD))
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-11T08:17:26+07:00"
    assert article.published_source == "jsonld"
    assert article.modified_at is not None
    assert article.modified_at.isoformat() == "2026-05-12T10:40:03+07:00"


@EVERY
def test_no_date_anywhere_is_a_fault_of_that_field(page: type[ArticlePage]) -> None:
    with pytest.raises(ExtractionError) as caught:
        read(page, html(page, date="", head="<meta name='x' content='y'>"))
    assert caught.value.field == "published"


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (EpiPage, '<time datetime="">09/05/2026 - 07:30</time>'),
        (CanThoPage, '<span class="pubdate">09/05/2026 - 07:30</span>'),
        (AnGiangPage, '<div class="pubdate">09/05/2026 - 07:30</div>'),
        (ContentFck2Page, '<span class="pubdate">09/05/2026 - 07:30</span>'),
    ],
)
def test_two_date_lines_are_a_fault_of_that_field(page: type[ArticlePage], line: str) -> None:
    text = html(page)
    assert line in text
    with pytest.raises(ExtractionError) as caught:
        read(page, text.replace(line, line + line))
    assert caught.value.field == "published"


@pytest.mark.parametrize(
    ("page", "line"),
    [
        (MediatechPage, '<div class="date"></div>'),
        (LangSonPage, '<div class="date"></div>'),
        (DataImagesPage, '<div id="date"></div>'),
    ],
)
def test_a_date_in_a_list_beside_is_not_the_articles(page: type[ArticlePage], line: str) -> None:
    beside = '<div class="date">Thứ 2, 02/03/2026 | 10:00:00 [GMT +7]</div></body>'
    text = html(page, date="").replace("</body>", beside)
    with pytest.raises(ExtractionError) as caught:
        read(page, text.replace(line, ""))
    assert caught.value.field == "published"


@EVERY
@pytest.mark.parametrize(
    "stated",
    ["2026-05-09T07:30:00+07:00", "2026-05-09T07:30:41+07:00", "0001-01-01T00:00:00", "chưa"],
)
def test_what_is_no_update_is_none(page: type[ArticlePage], stated: str) -> None:
    published = '<meta property="article:published_time" content="2026-05-09T07:30:00+07:00">'
    head = f'{published}<meta property="article:modified_time" content="{stated}">'
    assert read(page, html(page, head=head)).modified_at is None


def test_the_attribute_dates_an_article_whose_date_line_is_empty() -> None:
    text = html(EpiPage, date="").replace('datetime=""', 'datetime="2026-05-09T07:30:00+0700"')
    article = read(EpiPage, text)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-09T07:30:00+07:00"
    assert article.published_source == "page"


# Leads, bylines, sections ---------------------------------------------------------------------


def test_the_first_box_that_holds_text_is_the_lead() -> None:
    text = html(MediatechPage).replace(
        f'<div class="sapo">{LEAD}</div>', '<div class="sapo"></div>'
    )
    assert read(MediatechPage, text).lead == LEAD


@pytest.mark.parametrize("page", [EpiPage, OneCmsPage, AnGiangPage, ContentFck2Page, ThanhHoaPage])
def test_an_empty_box_is_no_lead(page: type[ArticlePage]) -> None:
    assert read(page, html(page, lead="")).lead is None


@pytest.mark.parametrize("page", [EpiPage, OneCmsPage, AnGiangPage, ContentFck2Page, ThanhHoaPage])
def test_a_lead_repeated_in_the_text_is_printed_once(page: type[ArticlePage]) -> None:
    article = read(page, html(page, f"<p>{LEAD}</p><p>{FIRST}</p>"))
    assert (article.lead, article.body) == (LEAD, FIRST)


@pytest.mark.parametrize("page", [ContentFck2Page, ThanhHoaPage])
def test_a_lead_in_a_list_beside_is_not_the_articles(page: type[ArticlePage]) -> None:
    beside = '<div><p class="sapo">Tin khác trong ngày.</p></div>'
    text = html(page, lead="").replace("</body>", f"{beside}</body>")
    assert read(page, text).lead is None


@pytest.mark.parametrize(
    ("description", "paragraph"),
    [
        ("Nước rút, bà con trở lại ruộng.", "Nước rút, bà con trở lại ruộng."),
        ("Nước rút, bà con &amp;quot;trở lại&amp;quot;", "(CTO) - Ngày 4-5, nước rút."),
        ("Khai mạc hội đua bè tre", "(CT) – Sáng 4-5, hội đua bè tre khai mạc."),
        ("Bà con gọi đó là phiên chợ nổi", "Bà con gọi đó là “phiên chợ nổi”"),
        (
            "Sau bốn năm chờ đợi, bản Huổi Lếch có con đường không còn…",
            LEAD,
        ),
    ],
)
@pytest.mark.parametrize("page", [CanThoPage, DongThapPage])
def test_the_lead_is_the_paragraph_that_the_description_repeats(
    page: type[ArticlePage], description: str, paragraph: str
) -> None:
    text = html(page, f"<p>{paragraph}</p><p>{FIRST}</p>", lead="")
    text = text.replace('content=""', f'content="{description}"')
    article = read(page, text)
    assert (article.lead, article.body) == (paragraph, FIRST)


@pytest.mark.parametrize("page", [CanThoPage, DongThapPage])
@pytest.mark.parametrize("description", ["", "Con đường", "Một chuyện khác hẳn được tả ở đây."])
def test_a_paragraph_nothing_marks_is_text(page: type[ArticlePage], description: str) -> None:
    text = html(page, f"<p>{FIRST}</p><p>{SECOND}</p>", lead="")
    article = read(page, text.replace('content=""', f'content="{description}"'))
    assert (article.lead, article.body) == (None, f"{FIRST}\n\n{SECOND}")


def test_a_brief_of_one_paragraph_is_text_and_no_lead() -> None:
    text = html(CanThoPage, f"<p>{FIRST}</p>", lead="")
    article = read(CanThoPage, text.replace('content=""', f'content="{FIRST}"'))
    assert (article.lead, article.body) == (None, FIRST)


@pytest.mark.parametrize(
    ("page", "box"),
    [
        (EpiPage, '<div class="article__author"><a href="/tac-gia/1.html">Lò Thị Mỷ</a></div>'),
        (OneCmsPage, '<span class="block-sc-author">Lò Thị Mỷ</span>'),
    ],
)
def test_the_byline_in_the_head_stands_in_for_one_below(page: type[ArticlePage], box: str) -> None:
    text = html(page).replace("<body>", f"<body>{box}")
    assert read(page, text).authors == ("Lò Thị Mỷ",)
    below = f'<p>{FIRST}</p><p style="text-align: right"><b>Giàng Seo Sẩu</b></p>'
    text = html(page, below).replace("<body>", f"<body>{box}")
    assert read(page, text).authors == ("Giàng Seo Sẩu",)


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


TRAILS: dict[type[ArticlePage], str] = {
    EpiPage: '<div class="breadcrumbs"><h2 class="main">{}</h2></div>',
    OneCmsPage: '<nav><ol class="breadcrumb">{}</ol></nav>',
    CanThoPage: '<div id="colcate1"><div class="titlecate"><h1>{}</h1></div></div>',
    AnGiangPage: '<ul class="breadcrumb left">{}</ul>',
    DongKhoiPage: '<h2 class="catename-h1">{}</h2>',
    ContentFck2Page: '<div class="breadcrumb-news-detail">{}</div>',
    CaMauPage: '<div class="category-title-box"><div class="news-block-header"><span>{}</span>'
    "</div></div>",
    MediatechPage: '<div class="breadcrumbs"><ol class="breadcrumb">{}</ol></div>',
}


@pytest.mark.parametrize("page", TRAILS, ids=lambda page: page.__name__)
@pytest.mark.parametrize("home", ["/", f"https://{DOMAIN}/", f"https://{DOMAIN}"])
def test_the_breadcrumb_is_the_section_path(page: type[ArticlePage], home: str) -> None:
    links = f'<a href="{home}">Trang chủ</a> <a href="/xa-hoi/">Xã hội</a> '
    links += '<a href="/xa-hoi/giao-thong/">&gt; Giao thông</a>'
    article = read(page, html(page).replace("<body>", "<body>" + TRAILS[page].format(links)))
    assert article.section_path == ("Xã hội", "Giao thông")
    assert article.section == "Giao thông"


def test_mediatech_names_its_section_in_a_hidden_block_too() -> None:
    hidden = '<section class="page-info"><div id="cate-title">Giao thông /</div></section>'
    article = read(MediatechPage, html(MediatechPage).replace("<body>", f"<body>{hidden}"))
    assert article.section_path == ("Giao thông",)


OWN_NUMBERS: dict[type[ArticlePage], str] = {
    CanThoPage: '<input id="txtnewsid" type="hidden" value="{}">',
    AnGiangPage: '<input id="txtnewsid" type="hidden" value="{}">',
    FormerTayNinhPage: '<input id="txtnewsid" type="hidden" value="{}">',
    MediatechPage: '<section class="page-info"><div id="post-id">{}</div></section>',
}


@pytest.mark.parametrize("page", OWN_NUMBERS, ids=lambda page: page.__name__)
def test_a_page_that_says_it_is_another_article_is_broken(page: type[ArticlePage]) -> None:
    text = html(page)
    own = text.replace("<body>", "<body>" + OWN_NUMBERS[page].format("204511"))
    assert read(page, own).headline == HEADLINE
    unfilled = text.replace("<body>", "<body>" + OWN_NUMBERS[page].format(""))
    assert read(page, unfilled).headline == HEADLINE
    other = text.replace("<body>", "<body>" + OWN_NUMBERS[page].format("204512"))
    with pytest.raises(IncompletePageError, match="204512"):
        read(page, other)


# Single families ------------------------------------------------------------------------------


def test_captions_that_a_class_marks() -> None:
    marked: dict[type[ArticlePage], str] = {
        DataImagesPage: "<table><tr><td>{}</td></tr><tr><td class='image_desc'>Bến đò</td></tr>"
        "</table>",
        EpiPage: "<figure>{}<figcaption><p>Bến đò</p></figcaption></figure>",
        AnGiangPage: "<p>{}</p><p class='note ignore'>Bến đò</p>",
        MediatechPage: "<div>{}<p class='wp-caption-text'><span>Bến đò</span></p></div>",
        ThanhHoaPage: "<p class='pBody pCenter'>{}</p><p class='pCaption'>Bến đò</p>",
    }
    for page, form in marked.items():
        body = f"<p>{FIRST}</p>{form.format('<img src=/anh/1.jpg>')}<p>{SECOND}</p>"
        article = read(page, html(page, body))
        assert article.captions == ("Bến đò",), page
        assert article.body == f"{FIRST}\n\n{SECOND}", page


@pytest.mark.parametrize("page", [EpiPage, CanThoPage, ContentFck2Page, MediatechPage])
def test_a_lazy_pictures_address_is_its_data_src(page: type[ArticlePage]) -> None:
    picture = '<p><img src="data:image/gif;base64,R0lG" data-src="/anh/that.jpg"></p>'
    article = read(page, html(page, f"<p>{FIRST}</p>{picture}<p>{SECOND}</p>"))
    assert [image.url for image in article.images] == [f"https://{DOMAIN}/anh/that.jpg"]


def test_the_layouts_advertisements_and_boxes_are_no_text() -> None:
    foreign: dict[type[ArticlePage], str] = {
        EpiPage: '<style>p{color:red}</style><div class="sda_middle">Rao</div>'
        '<div id="adsWeb_1"><p>Rao</p></div><div class="related-news"><p>Tin khác</p></div>',
        OneCmsPage: f'<div class="sc-longform-header"><h1>{HEADLINE}</h1></div><p>Cỡ chữ</p>'
        '<p>Mặc định</p><div class="c-box"><p>Bài đọc tiếp</p></div>',
        CanThoPage: '<div class="AMN_res_bao.vn_mid"><p>Rao</p></div>',
        MediatechPage: '<div class="topics"><p>Chủ đề</p></div><ins><p>Rao</p></ins>'
        '<div class="print_page"><p>In trang</p></div>',
        ThanhHoaPage: '<div class="box-content"><p>Mời đọc thêm</p></div>',
    }
    for page, between in foreign.items():
        article = read(page, html(page, f"<p>{FIRST}</p>{between}<p>{SECOND}</p>"))
        assert article.body == f"{FIRST}\n\n{SECOND}", page


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


@pytest.mark.parametrize(
    ("box", "source", "line"),
    [
        ("<p>Theo Báo Nhân Dân</p>", "Nhân Dân", "Theo Báo Nhân Dân"),
        ("", "Nhân Dân", None),
        ("<p>Link bài gốc</p>", "Nhân Dân", None),
    ],
)
def test_onecms_names_the_original(box: str, source: str, line: str | None) -> None:
    address = "https://nhandan.vn/duong-moi-post77.html"
    copied = f'<div class="c-author-page">{box}<span id="url-copy">{address}</span></div>'
    article = read(OneCmsPage, html(OneCmsPage, f"<p>{FIRST}</p><p>{SECOND}</p>{copied}"))
    assert (article.source, article.source_url, article.source_line) == (source, address, line)
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_an_empty_original_is_none() -> None:
    copied = '<div class="c-author-page"><span id="url-copy"></span></div>'
    article = read(OneCmsPage, html(OneCmsPage, f"<p>{FIRST}</p>{copied}"))
    assert (article.source, article.source_url, article.source_line) == (None, None, None)


def test_an_e_magazine_has_no_article() -> None:
    text = '<div class="sc-emagazine"><h1>Rừng</h1><iframe src="/e/1/"></iframe></div>'
    with pytest.raises(NotAnArticleError, match="e-magazine"):
        choose_page(
            (OneCmsPage, OneCmsMagazine), document(text, ADDRESSES[OneCmsPage]), PAPER
        ).to_item()


def test_base_href_is_what_addresses_are_read_against() -> None:
    head = '<base href="https://anh.bao.vn/static/">'
    picture = '<p><img src="ben-do.jpg"></p>'
    article = read(CanThoPage, html(CanThoPage, f"<p>{FIRST}</p>{picture}", head=head))
    assert article.images[0].url == "https://anh.bao.vn/static/ben-do.jpg"
    page = document('<base href="javascript:void(0)">', f"https://{DOMAIN}/a/")
    assert page.base_url == f"https://{DOMAIN}/a/"


@pytest.mark.parametrize("page", [ThaiNguyenPage, VinhLongPage])
def test_a2_papers_with_a_box_for_the_lead(page: type[ArticlePage]) -> None:
    box = f'<div class="desc">{LEAD}</div>'
    if page is VinhLongPage:
        box = f'<div class="sub_first_content"><strong>{LEAD}</strong></div>'
    start = f'<h1 class="head_title">{HEADLINE}</h1><div class="box_support">'
    start += '<div class="date_time"><div class="date">07:30, 09/05/2026</div></div></div>'
    for bold in ("", f"<p><b>{LEAD}</b></p>", "<p><b>Một khúc quanh</b></p>"):
        inner = f'<div id="content" class="content-detail"><div class="td-post-content">{box}'
        text = f"{start}{inner}{bold}<p>{FIRST}</p><p>{SECOND}</p></div></div>"
        article = read(page, text, f"https://{DOMAIN}/xa-hoi/202605/con-duong-75f1237/")
        kept = "Một khúc quanh\n\n" if "khúc" in bold else ""
        assert (article.lead, article.body) == (LEAD, f"{kept}{FIRST}\n\n{SECOND}")


# Keys -----------------------------------------------------------------------------------------


@EVERY
def test_a_page_reads_its_own_form_of_address_only(page: type[ArticlePage]) -> None:
    key = page.read_key(ADDRESSES[page])
    assert key is not None
    assert key.endswith("204511")
    for other in (f"https://{DOMAIN}/", f"https://{DOMAIN}/xa-hoi/", f"https://{DOMAIN}/a.html"):
        assert page.read_key(other) is None
    assert page.read_key(f"https://{DOMAIN}/mua-lu-event204511.html") is None


def test_two_numberings_under_one_newspaper_do_not_meet() -> None:
    number = "204511"
    assert DataImagesPage.read_key(ADDRESSES[DataImagesPage]) == number
    assert DaNangPage.read_key(ADDRESSES[DaNangPage]) == f"onecms-{number}"
    assert MediatechPage.read_key(ADDRESSES[MediatechPage]) == number
    assert FormerTayNinhPage.read_key(ADDRESSES[FormerTayNinhPage]) == f"a{number}"


def test_addresses_below_https_are_passed_over() -> None:
    assert DongKhoiPage.read_key("https://bao.vn/https/cho-noi-a123456.html") is None
    assert DongKhoiPage.read_key("https://bao.vn/cho-noi-a123456.html") == "123456"


@given(st.text(max_size=80))
def test_reading_a_key_never_raises(text: str) -> None:
    for url in (text, f"https://{DOMAIN}/{text}", f"https://{DOMAIN}/channel/1/201105/{text}"):
        channel_key(url)
        page_number(f"https://{DOMAIN}/?{text}")
        for page in ADDRESSES:
            page.read_key(url)


# Any text -------------------------------------------------------------------------------------

MARKUP = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["<p>", "</p>", "<div class='author'>", "</div>", "<img src=/a.jpg>", "<em>", "{{a}}",
             "<figure>", "<table><tr><td>", "<h2>", "Theo TTXVN", "<br>", CIPHER, "<script>"]
        ),
    ),
    max_size=12,
).map("".join)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(MARKUP)
def test_any_body_is_an_article_or_a_known_fault(body: str) -> None:
    for page in ADDRESSES:
        text = html(page, "@").replace("@", body)
        try:
            article = read(page, text)
        except (NotAnArticleError, ExtractionError, IncompletePageError):
            continue
        assert article.headline
        assert article.body or article.images
        assert article.body is None or CIPHER not in article.body.split()


@settings(max_examples=40, deadline=None)
@given(MARKUP)
def test_any_list_is_read_or_a_known_fault(text: str) -> None:
    for section in sections():
        try:
            found = section.read(document(text or " ", section.start(PAPER)), PAPER)
        except (ExtractionError, IncompletePageError):
            continue
        assert isinstance(found, ListPage)


# Lists ----------------------------------------------------------------------------------------


def sections() -> Iterator[FamilySection]:
    """One of every kind."""
    kinds: tuple[type[FamilySection], ...] = (
        DataImagesSection, EpiSection, OneCmsSection, OneCmsHeadings, DaNangSection,
        ContentFckSection, AnGiangSection, DongKhoiSection, HueNgayNaySection, ContentFck2Section,
        CaMauSection, DongThapSection, MediatechSection, ThanhHoaSection,
    )  # fmt: skip
    for kind in kinds:
        yield kind(path="/channel/7/" if kind is DataImagesSection else "/xa-hoi/")


def link(section: FamilySection, number: int) -> str:
    """An article's address in the family's form."""
    address = ADDRESSES[section.page].removeprefix(f"https://{DOMAIN}")
    if isinstance(section, DataImagesSection):
        address = address.replace("/channel/12/", section.path)
    return address.replace("204511", f"{number}")


ITEMS: dict[type[FamilySection], str] = {
    DataImagesSection: '<p><a href="{0}"><img></a><a href="{0}">{1}</a></p>',
    EpiSection: '<article class="story"><a class="cms-link" href="{0}"><img></a>'
    '<h2><a class="cms-link" href="{0}">{1}</a></h2></article>',
    OneCmsSection: '<div class="b-grid__img"><a href="{0}"><img></a></div>'
    '<h3 class="b-grid__title"><a href="{0}">{1}</a></h3>',
    OneCmsHeadings: '<h3><a href="{0}">{1}</a></h3>',
    DaNangSection: '<h3 class="b-grid__title"><a href="{0}">{1}</a></h3>',
    ContentFckSection: '<ul class="list-news-img-style-1"><li class="news-img">'
    '<a class="b-title" href="{0}"><h3>{1}&nbsp;</h3></a></li></ul>',
    AnGiangSection: '<ul class="cate-content-list-item"><li class="item"><div class="b-content">'
    '<h3><a href="{0}">{1}</a></h3></div></li></ul>',
    DongKhoiSection: '<p><a href="{0}">{1}</a></p>',
    HueNgayNaySection: '<p><a href="{0}">{1}</a></p>',
    ContentFck2Section: '<div class="article-item"><a href="{0}"><img></a>'
    '<a class="news-title" href="{0}">{1}</a></div>',
    CaMauSection: '<p><a href="{0}">{1}</a></p>',
    DongThapSection: '<a class="news-title" href="{0}">{1}</a>',
    MediatechSection: '<article class="card"><div class="card-image"><a href="{0}"><img></a></div>'
    '<h3 class="card-title"><a href="{0}">{1}</a></h3></article>',
    ThanhHoaSection: '<div class="news-item"><h3><a href="{0}">{1}</a></h3></div>',
}
BESIDE: dict[type[FamilySection], str] = {
    DataImagesSection: '<a href="{0}">{1}</a>',
    EpiSection: '<div data-source="mostread-news"><article class="story">'
    '<a class="cms-link" href="{0}">{1}</a></article></div>',
    MediatechSection: '<div class="block-news-list"><article class="card"><a href="{0}">{1}</a>'
    "</article></div>",
    ThanhHoaSection: '<div class="box-content"><a href="{0}">{1}</a></div>',
}
KINDS = pytest.mark.parametrize(
    "section", tuple(sections()), ids=lambda section: type(section).__name__
)


@KINDS
def test_a_list_is_read_in_order_each_article_once(section: FamilySection) -> None:
    item = ITEMS[type(section)]
    numbers = (204513, 204512, 204511, 204513)
    text = "".join(item.format(link(section, n), f"Tin {n}") for n in numbers)
    text += item.format("https://nguoi-la.vn" + link(section, 204514), "Báo khác")
    text += item.format("/xa-hoi/", "Chuyên mục")
    text = f'<table><tr><td id="left">{text}</td><td id="right">'
    text += BESIDE.get(type(section), "<p>{1}</p>").format(link(section, 204599), "Đọc nhiều")
    page = section.read(document(f"{text}</td></tr></table>", section.start(PAPER)), PAPER)
    assert [found.title for found in page.links] == ["Tin 204513", "Tin 204512", "Tin 204511"]
    assert [found.key for found in page.links] == [
        section.page.read_key(f"https://{DOMAIN}{link(section, n)}") for n in numbers[:3]
    ]
    assert page.older is None


@KINDS
def test_a_page_without_a_list_is_a_fault(section: FamilySection) -> None:
    with pytest.raises(ExtractionError) as caught:
        section.read(document("<p>Đang nâng cấp</p>", section.start(PAPER)), PAPER)
    assert caught.value.field == "list"


@KINDS
def test_on_the_front_page_any_link_to_an_article_counts(section: FamilySection) -> None:
    home = type(section)(path="/")
    text = (
        f'<main><a href="{link(section, 204511)}">Tin</a><a href="/gioi-thieu">Tòa soạn</a></main>'
    )
    page = home.read(document(text, f"https://{DOMAIN}/"), PAPER)
    assert [found.title for found in page.links] == ["Tin"]


@KINDS
def test_a_section_is_found_again_by_its_path(section: FamilySection) -> None:
    for path in ("/kinh-te", "/kinh-te/"):
        other = section.at(path)
        assert other is not None
        assert (type(other), other.path) == (type(section), "/kinh-te/")
    assert section.at("/video/xem-video/cho-noi-3992.html") is None


def test_a_sections_address_ends_as_its_paper_writes_it() -> None:
    assert OneCmsSection(path="/kinh-te/").start(PAPER) == f"https://{DOMAIN}/kinh-te"
    assert OneCmsSection(path="/").start(PAPER) == f"https://{DOMAIN}/"
    assert EpiSection(path="/kinh-te/").start(PAPER) == f"https://{DOMAIN}/kinh-te/"
    assert MediatechSection(path="/The-gioi/").start(PAPER) == f"https://{DOMAIN}/The-gioi"


def test_a_channel_holds_its_own_articles_only() -> None:
    section = DataImagesSection(path="/channel/7/")
    text = f'<a href="{link(section, 204511)}">Của mục</a>'
    text += '<a href="/channel/8/201105/khac-204512/">Mục khác</a>'
    page = section.read(document(text, section.start(PAPER)), PAPER)
    assert [found.title for found in page.links] == ["Của mục"]


def pager(form: str) -> str:
    links = "".join(f'<a href="{form.format(n)}">{n}</a>' for n in range(1, 6))
    return f'<div id="page">{links}<a href="{form.format(5)}">»</a></div>'


@pytest.mark.parametrize(
    "form", [f"https://{DOMAIN}/xa-hoi?p={{}}", "/xa-hoi/?p={}&d=", "/xa-hoi?cate=3&page={}"]
)
@pytest.mark.parametrize("here", range(1, 6))
def test_the_pager_leads_from_page_to_page_and_ends(form: str, here: int) -> None:
    section = ContentFckSection(path="/xa-hoi/")
    url = section.start(PAPER)
    if here > 1:
        url = f"https://{DOMAIN}" + form.format(here).removeprefix(f"https://{DOMAIN}")
    text = ITEMS[ContentFckSection].format(link(section, 204511), "Tin") + pager(form)
    older = section.read(document(text, url), PAPER).older
    if here == 5:
        assert older is None
    else:
        assert older == f"https://{DOMAIN}" + form.format(here + 1).removeprefix(
            f"https://{DOMAIN}"
        )


def test_a_pager_of_another_section_is_not_followed() -> None:
    section = ContentFckSection(path="/xa-hoi/")
    text = ITEMS[ContentFckSection].format(link(section, 204511), "Tin") + pager("/kinh-te?p={}")
    assert section.read(document(text, section.start(PAPER)), PAPER).older is None


@pytest.mark.parametrize(
    ("form", "older"),
    [
        ("https://quangcao.example/xa-hoi?p={}", None),
        (f"https://{DOMAIN}@quangcao.example/xa-hoi?p={{}}", None),
        ("https://cu.bao.vn/xa-hoi?p={}", None),
        (f"http://www.{DOMAIN}/xa-hoi?p={{}}#top", f"https://{DOMAIN}/xa-hoi?p=2"),
        (f"//m.{DOMAIN}/xa-hoi/?p={{}}&d=", f"https://{DOMAIN}/xa-hoi/?p=2&d="),
    ],
)
def test_the_next_page_is_on_the_lists_own_host(form: str, older: str | None) -> None:
    section = ContentFckSection(path="/xa-hoi/")
    text = ITEMS[ContentFckSection].format(link(section, 204511), "Tin") + pager(form)
    assert section.read(document(text, section.start(PAPER)), PAPER).older == older


def test_dong_thap_lists_in_the_layout_the_page_shows() -> None:
    section = DongThapSection(path="/kinh-te/", category=343)
    start = f"https://{DOMAIN}/kinh-te?cate=343"
    assert section.start(PAPER) == start
    newer = ITEMS[DongThapSection].format(link(section, 204511), "Tin")
    assert section.read(document(newer, start), PAPER).older is None
    item = f'<div class="item"><a class="title" href="{link(section, 204512)}">Tin cũ</a></div>'
    other = f'<div id="cate-content">{item}</div>{newer}'
    first_page = section.read(document(other, start), PAPER)
    assert [found.title for found in first_page.links] == ["Tin cũ"]
    assert first_page.older == f"{start}&page=2"
    assert section.read(document(other, f"{start}&page=2"), PAPER).older == f"{start}&page=3"
    assert DongThapSection(path="/khoa-hoc/").start(PAPER) == f"https://{DOMAIN}/khoa-hoc/"


# The list API of family F ---------------------------------------------------------------------

API = f"https://{DOMAIN}/list-post-by-category?page={{}}&limit=12&category_id=59&show_thumb=1"
API_SECTION = MediatechSection(path="/kinh-te/", category=59)


def api_page(text: str, number: int | str = 1) -> ListPage:
    page = Document(
        API.format(number), text.encode(), fetched_at=NOW, content_type="application/json"
    )
    return API_SECTION.read(page, PAPER)


def test_behind_the_section_page_is_the_list_api() -> None:
    text = ITEMS[MediatechSection].format(link(API_SECTION, 204511), "Tin")
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
    assert EpiSection(path="/kinh-te/").headers(API.format(1)) == {}


def test_the_spider_sends_the_sources_headers(tmp_path: Path) -> None:
    settings_ = Settings({"OUTPUT": str(tmp_path), "LOGS": str(tmp_path)})
    settings_.setdict({**get_project_settings(), **settings_}, priority="cmdline")
    spider = BaoCaoBangSpider(archive=open_archive(settings_, "baocaobang"))
    try:
        walk = Walk(source=API_SECTION, address=API.format(1))
        assert spider.list_request(walk).headers[b"X-Requested-With"] == b"XMLHttpRequest"
        walk = Walk(source=API_SECTION, address=API_SECTION.start(PAPER))
        assert b"X-Requested-With" not in spider.list_request(walk).headers
    finally:
        spider.archive.close()


# Declarations ---------------------------------------------------------------------------------


def newspapers() -> list[type[NewspaperSpider]]:
    loader = SpiderLoader(get_project_settings())
    found = (loader.load(name) for name in loader.list())
    return [spider for spider in found if issubclass(spider, NewspaperSpider)]


ROWS = [row for row in catalogue() if row.cms[0] in "ABCDEFG"]
IN_PICTURES = frozenset(["multimedia", "truyen-hinh", "phat-thanh"])


def newspaper_for(row: CatalogueRow) -> type[NewspaperSpider]:
    found = [paper for paper in newspapers() if row.domain in paper.hosts]
    assert len(found) == 1, row.domain
    return found[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.domain)
def test_every_paper_of_a_known_family_is_declared(row: CatalogueRow) -> None:
    paper = newspaper_for(row)
    assert row.province_code in paper.provinces
    assert set(row.former_domains) <= paper.hosts
    family = row.cms[0]
    read_first = paper.pages[0]
    assert issubclass(read_first, FamilyPage) == (family != "A")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.domain)
def test_every_section_seen_is_a_source(row: CatalogueRow) -> None:
    paths = {source.path for source in newspaper_for(row).sources}
    seen = {f"{path.rstrip('/')}/" for path in row.sections}
    assert {path for path in seen if path.strip("/") not in IN_PICTURES} <= paths


def test_every_source_starts_on_its_newspapers_domain() -> None:
    for paper in newspapers():
        for source in paper.sources:
            address = source.start(paper.paper)
            assert address.startswith(f"https://{paper.domain}/"), address


def test_links_and_pages_of_a_newspaper_read_the_same_key() -> None:
    for paper in newspapers():
        for source in paper.sources:
            if isinstance(source, FamilySection):
                address = ADDRESSES[source.page]
                keys = {page.read_key(address) for page in paper.pages} - {None}
                assert keys == {source.page.read_key(address)}, paper.name
