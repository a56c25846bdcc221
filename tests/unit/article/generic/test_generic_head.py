"""Headline, date, section, tags and language of an unknown page."""

import json
from datetime import datetime

import pytest

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.exceptions import ExtractionError
from newscrawl.items import VIETNAM, Article, to_line
from newscrawl.page.document import Document

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
URL = "https://baodoicat.vn/kinh-te/bien/luoi-ray-doi-mat-luoi-5512.html"
HEADLINE = "Làng lưới rê đổi mắt lưới để cá con lọt qua"
BODY = (
    "<article><p>Từ đầu mùa, 60 ghe lưới rê ở Đồi Cát đổi sang lưới mắt 40 "
    "mm, để cá con lọt ra và lớn"
    " thêm một mùa nữa.</p><p>Ông Trần Văn Nghêu, người đổi lưới đầu tiên, "
    "nói mỗi chuyến ông bớt được"
    " hai giờ gỡ cá vụn.</p></article>"
)
PRINTED = '<div class="time">Thứ Tư, 04/11/2026, 16:30 (GMT+7)</div>'


def page(
    middle: str = PRINTED + BODY,
    *,
    head: str = "",
    heading: str = f"<h1>{HEADLINE}</h1>",
    top: str = "",
) -> str:
    title = f"<title>{HEADLINE} - Báo Đồi Cát</title>" if "<title>" not in head else ""
    return (
        "<html "
        f"lang=vi><head>{title}{head}</head><body>{top}<main>{heading}{middle}</main></body></html>"
    )


def read(html: str, url: str = URL) -> Article:
    document = Document(url, html.encode(), fetched_at=NOW, content_type="text/html; charset=utf-8")
    return GenericPage(document, paper_of(url)).to_item()


def published(html: str) -> str:
    return str(to_line(read(html))["published_at"])


# Headline --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page(heading=f"<h2 class='title'>{HEADLINE}</h2>"),
        page(heading=f"<div class='tieu-de'>{HEADLINE}</div>"),
        page(heading=f"<span>{HEADLINE}</span>"),
        page(heading=f"<h1> {HEADLINE}&nbsp;<span class='icon'></span></h1>"),
        page(heading=f"<h1><a href='{URL}'>{HEADLINE}</a></h1>"),
        page(heading=f"<h1>Kinh tế biển</h1><h1>{HEADLINE}</h1>"),
        page(heading=f"<h1>Báo Đồi Cát</h1><h2>{HEADLINE}</h2>"),
        page(heading=f"<div>{HEADLINE}<br>(04/11/2026 16:30)</div>"),
        page(head=f"<meta property='og:title' content='{HEADLINE}'>"),
        page(head="<meta property='og:title' content='Làng lưới rê đổi mắt lưới để cá con…'>"),
        page(head=f"<meta property='og:title' content='{HEADLINE.upper()}'>"),
        page(head=f"<title>Báo Đồi Cát - {HEADLINE}</title>"),
        page(head="<title>Tiêu đề dành cho máy tìm kiếm, chẳng giống gì</title>"),
        page(head=f"<meta property='og:title' content='{HEADLINE}'><title>Tin mới</title>"),
        page(top=f"<div class='breadcrumb'><a href='/'>Nhà</a><span>{HEADLINE}</span></div>"),
        page(top=f"<div class='sticky'><nav><h2>{HEADLINE}</h2></nav></div>"),
    ],
)
def test_headline_is_the_printed_one(html: str) -> None:
    assert read(html).headline == HEADLINE


def test_headline_of_the_head_where_none_is_printed() -> None:
    document = Document(URL, page(heading="").encode(), fetched_at=NOW)
    reader = GenericPage(document, paper_of(URL))
    assert reader.to_item().headline == HEADLINE
    assert reader.evidence["headline"] == "meta"


def test_printed_headline_wins_over_the_one_for_search_engines() -> None:
    head = "<meta property='og:title' content='Đổi mắt lưới: chuyện lạ ở làng biển'>"
    assert read(page(head=head)).headline == HEADLINE


def test_page_without_any_headline_raises() -> None:
    with pytest.raises(ExtractionError) as error:
        read(f"<html><body>{BODY}</body></html>")
    assert error.value.field == "headline"


# Date ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "printed",
    [
        "<div>16:30, 04/11/2026</div>",
        "<span class='pubdate'>04/11/2026 - 16:30</span>",
        "<time>Thứ Tư, 4/11/2026 16:30</time>",
        "<p>Cập nhật lúc 16:30 ngày 04/11/2026</p>",
        "<div class='meta'>Kinh tế<span>04/11/2026 16:30</span></div>",
        "<div class='share-bar'><span>04-11-2026 16:30</span><a href='#'>Chia sẻ</a></div>",
        "<div>Ngày 04 tháng 11 năm 2026, 16:30</div>",
        "<time datetime='2026-11-04T16:30:00+07:00'>19 ngày trước</time>",
        "<time datetime='2026-11-04T16:30'>Thứ Tư</time>",
    ],
)
def test_printed_date(printed: str) -> None:
    article = read(page(printed + BODY))
    assert to_line(article)["published_at"] == "2026-11-04T16:30:00+07:00"
    assert article.published_source == "page"


def test_day_stands_before_the_month() -> None:
    assert published(page("<div>02/10/2026 09:00</div>" + BODY)) == "2026-10-02T09:00:00+07:00"


def test_date_below_the_text() -> None:
    assert published(page(BODY + "<div>16:30 | 04/11/2026</div>")) == "2026-11-04T16:30:00+07:00"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<div class='now'>Thứ hai, 23/11/2026</div>",
        "<header><div class='today-date clock'>Thứ hai, 23/11/2026 12:00</div></header>",
        "<nav><span>Thứ hai, 23/11/2026</span></nav>",
        (
            "<div class='tin-lien-quan'><a "
            "href='/mot-tin-khac-o-bien-5500.html'>Một tin khác ở biển</a>"
            "<span>23/11/2026</span></div>"
        ),
    ],
)
def test_page_clock_and_dates_of_other_articles_are_not_ours(elsewhere: str) -> None:
    assert published(page(top=elsewhere)) == "2026-11-04T16:30:00+07:00"
    assert published(page(PRINTED + BODY + elsewhere)) == "2026-11-04T16:30:00+07:00"


def test_day_of_the_event_in_the_text_is_not_the_date() -> None:
    text = BODY.replace("Từ đầu mùa", "Từ ngày 01/09/2025")
    assert published(page(PRINTED + text)) == "2026-11-04T16:30:00+07:00"


@pytest.mark.parametrize(
    ("head", "moment", "source"),
    [
        (
            (
                '<script type=\'application/ld+json\'>{"@type":"NewsArticle","datePublished":'
                '"2026-11-04 16:30:09"}</script>'
            ),
            "2026-11-04T16:30:09+07:00",
            "jsonld",
        ),
        (
            "<meta property='article:published_time' content='2026-11-04T16:30:00+07:00'>",
            "2026-11-04T16:30:00+07:00",
            "meta",
        ),
        (
            "<meta itemprop='datePublished' content='2026-11-04T09:30:00Z'>",
            "2026-11-04T16:30:00+07:00",
            "meta",
        ),
        (
            "<meta name='pubdate' content='2026-11-04T16:30:00'>",
            "2026-11-04T16:30:00+07:00",
            "meta",
        ),
        (
            (
                '<script type=\'application/ld+json\'>{"@type":"NewsArticle","datePublished":'
                "\"2026-11-04\"}</script><meta name='date' content='2026-11-04T16:30:00'>"
            ),
            "2026-11-04T16:30:00+07:00",
            "meta",
        ),
    ],
)
def test_date_of_the_head_where_none_is_printed(head: str, moment: str, source: str) -> None:
    article = read(page(BODY, head=head))
    assert to_line(article)["published_at"] == moment
    assert article.published_source == source


def test_head_gives_the_time_a_printed_day_lacks() -> None:
    head = "<meta property='article:published_time' content='2026-11-04T16:30:00+07:00'>"
    article = read(page("<div>04/11/2026</div>" + BODY, head=head))
    assert to_line(article)["published_at"] == "2026-11-04T16:30:00+07:00"
    assert article.published_source == "meta"


def test_head_decides_between_two_printed_dates() -> None:
    head = "<meta property='article:published_time' content='2026-11-04T16:30:00+07:00'>"
    two = "<div>Số báo ra ngày 07/11/2026</div><div>04/11/2026 16:30</div>"
    assert published(page(two + BODY, head=head)) == "2026-11-04T16:30:00+07:00"


def test_printed_local_time_wins_over_a_wrong_zone() -> None:
    head = "<meta property='article:published_time' content='2026-11-04T16:30:00Z'>"
    assert published(page(head=head)) == "2026-11-04T16:30:00+07:00"


def test_impossible_and_future_dates_are_none() -> None:
    dates = "<div class='time'>31/02/2026 10:00</div><div>04/11/2027</div>"
    article = read(page(dates + BODY, head="<meta property='og:type' content='article'>"))
    assert article.published_at is None
    assert article.warnings == ("layout_unknown", "date_missing")


def test_later_update_of_the_head() -> None:
    head = "<meta property='article:modified_time' content='2026-11-05T08:00:00+07:00'>"
    assert to_line(read(page(head=head)))["modified_at"] == "2026-11-05T08:00:00+07:00"


def test_update_before_the_publication_is_none() -> None:
    head = "<meta property='article:modified_time' content='2026-11-04T16:29:00+07:00'>"
    assert read(page(head=head)).modified_at is None


# Section and tags ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "top",
    [
        (
            "<ul class='breadcrumb'><li><a href='/'>Trang chủ</a></li><li><a "
            "href='/kinh-te'>Kinh tế</a></li><li>"
            "<a href='/kinh-te/bien'>Biển</a></li></ul>"
        ),
        (
            "<div class='c-Breadcrumbs'><a href='/kinh-te'>Kinh tế</a> &gt; <a "
            "href='/kinh-te/bien'>&gt; Biển</a></div>"
        ),
        (
            "<ol itemtype='https://schema.org/BreadcrumbList'><li><a "
            "href='/kinh-te'>Kinh tế</a></li><li><a"
            f" href='/kinh-te/bien'>Biển</a></li><li><a href='{URL}'>{HEADLINE}</a></li></ol>"
        ),
        (
            "<ul><li><a href='/kinh-te/'>Kinh tế</a><ul><li><a "
            "href='/kinh-te/bien/'>Biển</a></li></ul></li>"
            "<li><a href='/van-hoa/'>Văn hóa</a></li></ul>"
        ),
        "<div><a href='/muc-12'>Kinh tế</a> / <a href='/muc-40'>Biển</a></div>",
    ],
)
def test_section_path(top: str) -> None:
    assert read(page(top=top)).section_path == ("Kinh tế", "Biển")


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:section' content='Biển '>",
        "<meta itemprop='articleSection' content='Biển'>",
        (
            "<script "
            'type=\'application/ld+json\'>{"@type":"Article","articleSection":"Biển"}</script>'
        ),
    ],
)
def test_section_of_the_head(head: str) -> None:
    assert read(page(head=head)).section == "Biển"


def test_no_section() -> None:
    assert read(page()).section_path == ()


@pytest.mark.parametrize(
    "below",
    [
        (
            "<div class='tags'><span>Từ khóa:</span><a href='/t/1'>lưới rê</a><a "
            "href='/t/2'>Đồi Cát</a></div>"
        ),
        (
            "<ul class='tag-list'><li><a href='/t/1'>lưới rê</a></li><li><a "
            "href='/t/2'>Đồi Cát</a></li></ul>"
        ),
        (
            "<h4><a class='tag' href='/t/1'>lưới rê</a></h4><h4><a class='tag' "
            "href='/t/2'>Đồi Cát</a></h4>"
        ),
        "<p><a rel='tag' href='/t/1'>lưới rê</a>, <a rel='tag' href='/t/2'>Đồi Cát</a></p>",
        (
            "<div class='tu-khoa'><a href='/t/1'>lưới rê</a> <a href='/t/2'>Đồi "
            "Cát</a> <a href='/t/1'>lưới rê</a></div>"
        ),
    ],
)
def test_tags(below: str) -> None:
    article = read(page(PRINTED + BODY + below))
    assert article.tags == ("lưới rê", "Đồi Cát")
    assert "lưới rê\n" not in (article.body or "")


def test_no_tags() -> None:
    assert read(page()).tags == ()


# Language --------------------------------------------------------------------------------------

ENGLISH = (
    "<article><p>Sixty boats on the sand coast have changed to nets with a "
    "wider mesh, so that young"
    " fish slip through and live for another season.</p><p>The oldest of "
    "the skippers says that he now"
    " spends two hours less on sorting what nobody buys.</p></article>"
)


@pytest.mark.parametrize(
    ("stated", "text", "lang"),
    [
        ("vi", BODY, "vi"),
        ("vi-VN", BODY, "vi"),
        ("", BODY, "vi"),
        ("en", BODY, "vi"),
        ("en-US", ENGLISH, "en"),
        ("", ENGLISH, "vi"),
    ],
)
def test_language(stated: str, text: str, lang: str) -> None:
    assert read(page(PRINTED + text).replace("lang=vi", f'lang="{stated}"')).lang == lang


def test_identity_is_the_number_of_the_address() -> None:
    assert read(page()).id == "baodoicat:5512"


def test_identity_without_a_number_is_a_hash_of_the_address() -> None:
    article = read(page(), "https://www.baodoicat.vn/bien/luoi-moi")
    assert article.newspaper == "baodoicat"
    assert len(article.id.removeprefix("baodoicat:")) == 16


# Text ------------------------------------------------------------------------------------------


def test_a_text_that_only_the_json_ld_states_is_flagged() -> None:
    paragraphs = ["Làng họp ba lần mới chốt.", "Mắt lưới 40 mm thay mắt 25 mm. " * 9]
    stated = json.dumps({
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "datePublished": "2026-11-04T16:30:00+07:00",
        "articleBody": "\n\n".join(paragraphs),
    })  # fmt: skip
    head = f"<script type='application/ld+json'>{stated}</script>"
    found = read(page("<div id=app></div>", head=head))
    assert found.body == "\n\n".join(text.strip() for text in paragraphs)
    assert "body_from_meta" in found.warnings
    assert "body_from_meta" not in read(page(head=head)).warnings


LABELLED = (
    '<!DOCTYPE html><html><head><title>Báo Suối Cát > Tin trong ngày</title></head><body>'
    '<td><div><a href="/Default.aspx?tabid=4">Tin trong ngày</a></div>{printed}<div>'
    + "".join(f"<p>Đoạn văn thứ {n} kể rằng làng dựng lại mái đình vào mùa khô, ai cũng góp công."
              "</p>" for n in range(5))
    + "</div></td></body></html>"
)  # fmt: skip


@pytest.mark.parametrize(
    "printed",
    [
        '<span class="TieuDe">Làng dựng lại mái đình</span><br>08:15 03/11/2026',
        '<div><span id="ctl00_lblTitle">Làng dựng lại mái đình</span></div>08:15 03/11/2026',
    ],
)
def test_headline_in_a_label_wins_over_the_section_that_the_title_names(printed: str) -> None:
    article = read(LABELLED.format(printed=printed))
    assert article.headline == "Làng dựng lại mái đình"
    assert article.section_path == ("Tin trong ngày",)


def test_the_title_names_the_headline_where_no_label_does() -> None:
    assert read(LABELLED.format(printed="08:15 03/11/2026")).headline == "Tin trong ngày"
