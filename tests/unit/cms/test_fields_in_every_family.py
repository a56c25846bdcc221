"""Captions, signatures and dates as papers set them, in every CMS family's layout.

Each test reads one variation in all layouts and lists the layouts that read it wrong.
"""

from collections.abc import Callable

import pytest

from newscrawl.article.article_page import ArticlePage
from newscrawl.exceptions import ExtractionError, NotAnArticleError
from newscrawl.items import Article
from tests.support.family_examples import FIRST, HEADLINE, SECOND, html, page_examples, read

EXAMPLES = page_examples()
PRINTED = [page for page, example in EXAMPLES.items() if example.date_line]
IMG = '<img src="/anh/ke-da.jpg">'
CREDITED = "Dân bản xếp kè đá. Ảnh: Lò Văn Ín"
LONG = "Đá lấy ở suối, cõng lên từng gùi, xếp đến đâu chèn đất đến đó cho chắc chân kè. "


def wrong(
    is_right: Callable[[Article], bool], build: Callable[[type[ArticlePage]], str], only: object
) -> list[str]:
    """The page classes whose reading is not right, with what was read."""
    found = []
    for page in only if isinstance(only, list) else EXAMPLES:
        try:
            article = read(page, build(page))
        except (ExtractionError, NotAnArticleError) as error:
            found.append(f"{page.__name__}: {error}")
            continue
        if not is_right(article):
            found.append(f"{page.__name__}: {article.body} {article.captions} {article.authors}")
    return found


# Captions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{IMG}</p><p>{CREDITED}</p>",
        f"<p>{IMG}</p><p><em>{CREDITED}</em></p>",
        f"<p>{IMG}</p><p style='text-align:right'><em>{CREDITED}</em></p>",
        f"<p>{IMG}</p><p style='text-align:center'>{CREDITED}</p>",
        f"<p>{IMG}</p><p><span><em>{CREDITED}</em></span></p>",
        f"<p>{IMG}</p><p><em><span>{CREDITED}</span></em></p>",
        f"<p><a href='/anh/ke-da.jpg'>{IMG}</a></p><div><i>{CREDITED}</i></div>",
        f"<p>{IMG}<br><em>{CREDITED}</em></p>",
        f"<p>{IMG}<br>{CREDITED}</p>",
        f"<p style='text-align:center'>{IMG}<br>{CREDITED}</p>",
        f"<div>{IMG}<em style='float:left;text-align:center;width:100%'>{CREDITED}</em></div>",
        f"<figure>{IMG}<figcaption>{CREDITED}</figcaption></figure>",
        f"<figure><figcaption>{CREDITED}</figcaption>{IMG}</figure>",
        f"<figure>{IMG}<p>{CREDITED}</p></figure>",
        f"<figure><div>{IMG}</div><div>{CREDITED}</div></figure>",
        f"<table><tr><td>{IMG}</td></tr><tr><td>{CREDITED}</td></tr></table>",
        f"<table><tr><td>{IMG}</td><td>{CREDITED}</td></tr></table>",
        f"<table><tr><td>{CREDITED}</td></tr><tr><td>{IMG}</td></tr></table>",
        f"<p>{IMG}</p><p class='image-caption'>{CREDITED}</p>",
        f"<p>{IMG}</p><p><em>Dân bản xếp kè đá.</em></p><p><em>Ảnh: Lò Văn Ín</em></p>",
        f"<p>{IMG}</p><center><em>Dân bản xếp kè đá.</em></center><p>Ảnh: Lò Văn Ín</p>",
    ],
)
def test_a_caption_leaves_the_text_however_it_is_set(markup: str) -> None:
    body = f"<p>{FIRST}</p>{markup}<p>{SECOND}</p>"
    assert not wrong(
        lambda a: (
            (a.body or "").endswith(f"{FIRST}\n\n{SECOND}")
            and a.captions == (CREDITED,)
            and a.images[0].credit == "Lò Văn Ín"
        ),
        lambda page: html(page, body),
        None,
    )


@pytest.mark.parametrize("media", ["<iframe src='/v'></iframe>", "<video src='/v.mp4'></video>"])
@pytest.mark.parametrize("line", ["<p>{}</p>", "<p style='text-align:center'><em>{}</em></p>"])
def test_a_line_below_a_video_is_its_caption(media: str, line: str) -> None:
    caption = "Dân bản xếp kè đá. Clip: Lò Văn Ín"
    body = f"<p>{FIRST}</p><p>{media}</p>{line.format(caption)}<p>{SECOND}</p>"
    assert not wrong(
        lambda a: (a.body or "").endswith(f"{FIRST}\n\n{SECOND}") and a.captions == (caption,),
        lambda page: html(page, body),
        None,
    )


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{IMG}</p><p>{LONG}</p>",
        f"<p>{IMG}</p><p><strong>{LONG}</strong></p>",
        f"<p>{IMG}</p><p><em>“{LONG.strip()}”</em></p>",
        f"<p>{IMG}</p><p><em>{LONG}</em></p><p><em>Kè đá cao hai mét.</em></p>",
        f"<p>{IMG} {LONG}</p>",
        f"<table><tr><td><p>{LONG}</p><p>{LONG}</p></td><td>{IMG}</td></tr></table>",
        f"<div class='caption-box'><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></div>",
        f"<figure>{IMG}<blockquote>{LONG}</blockquote></figure>",
    ],
)
def test_a_paragraph_is_never_taken_for_a_caption(markup: str) -> None:
    body = f"<p>{FIRST}</p>{markup}<p>{SECOND}</p>"
    count = markup.count(LONG.strip())
    assert not wrong(
        lambda a: a.captions == () and (a.body or "").count(LONG.strip()) == count,
        lambda page: html(page, body),
        None,
    )


def test_a_headline_again_above_the_text_is_no_paragraph() -> None:
    assert not wrong(
        lambda a: HEADLINE not in (a.body or "") and (a.body or "").endswith(SECOND),
        lambda page: html(page, f"<p><b>{HEADLINE}</b></p><p>{FIRST}</p><p>{SECOND}</p>"),
        [page for page, example in EXAMPLES.items() if not example.has_lead_in_text],
    )


# Signatures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<p><strong>Sùng A Páo</strong></p>", ("Sùng A Páo",)),
        ("<p class='text-right'>Sùng A Páo</p>", ("Sùng A Páo",)),
        ("<p style='text-align:right'>Ghi chép của Sùng A Páo</p>", ("Sùng A Páo",)),
        ("<p style='text-align:right'><em>Bút ký: Sùng A Páo</em></p>", ("Sùng A Páo",)),
        ("<p align='right'>Sùng A Páo<br>Lò Văn Ín</p>", ("Sùng A Páo", "Lò Văn Ín")),
        ("<p align='right'><b>Sùng A Páo - pao@toasoan.example</b></p>", ("Sùng A Páo",)),
        ("<p align='right'>Bác sĩ Sùng A Páo</p>", ("Bác sĩ Sùng A Páo",)),
        ("<p align='right'>Thạc sĩ, Luật sư Lò Văn Ín</p>", ("Thạc sĩ, Luật sư Lò Văn Ín",)),
        ("<p align='right'>Bài: Đại tá Lò Văn Ín</p>", ("Đại tá Lò Văn Ín",)),
        ("<p align='right'>Bởi: Sùng A Páo</p>", ("Sùng A Páo",)),
        ("<p><strong>Sùng A Páo/baosonglo.example.vn</strong></p>", ("Sùng A Páo",)),
    ],
)
def test_a_signature_leaves_the_text(line: str, authors: tuple[str, ...]) -> None:
    body = f"<p>{FIRST}</p><p>{SECOND}</p>{line}"
    assert not wrong(
        lambda a: (a.body or "").endswith(f"{FIRST}\n\n{SECOND}") and a.authors == authors,
        lambda page: html(page, body),
        None,
    )


def test_a_byline_in_a_header_is_no_paragraph() -> None:
    header = "<header><p class='author'><strong>Sùng A Páo</strong></p></header>"
    assert not wrong(
        lambda a: "Sùng A Páo" not in (a.body or "") and a.authors == ("Sùng A Páo",),
        lambda page: html(page, f"{header}<p>{FIRST}</p><p>{SECOND}</p>"),
        None,
    )


@pytest.mark.parametrize(
    ("line", "source", "url"),
    [
        ("<p>Theo PV (TTXVN/Vietnam+)</p>", "TTXVN", None),
        ("<p><em>Theo <a href='https://nhandan.vn/a-1.html'>Báo Nhân Dân</a></em></p>",
         "Nhân Dân", "https://nhandan.vn/a-1.html"),
        ("<p>Nguồn: https://songnuoc.example.vn/bai-1.html</p>", None, None),
    ],
)  # fmt: skip
def test_the_outlet_of_a_source_line_is_kept(
    line: str, source: str | None, url: str | None
) -> None:
    body = f"<p>{FIRST}</p><p>{SECOND}</p>{line}"
    assert not wrong(
        lambda a: source is None or (a.source, a.source_url, a.authors) == (source, url, ()),
        lambda page: html(page, body),
        None,
    )


# Dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "07h30' ngày 09/05/2026",
        "7 giờ 30 phút, 09/05/2026",
        "Thứ Bảy, ngày 9 tháng Năm năm 2026, 07:30",
        "Sat, 09 May 2026 07:30:00 +0700",
        "May 9, 2026 7:30 AM",
        "07:30, 09/05/26",
        "09.05.2026 07:30",
        "<span>09/05/2026</span><br><span>07:30</span>",
        "<div>09/05/2026</div><div>07:30</div>",
        "5/9/2026 7:30:00 AM",
        "<i title='giờ'></i> 09/05/2026 • 07:30",
    ],
)
def test_a_date_line_is_read_in_every_form(line: str) -> None:
    assert not wrong(
        lambda a: (
            a.published_at is not None and a.published_at.isoformat() == "2026-05-09T07:30:00+07:00"
        ),
        lambda page: html(page, date=line),
        PRINTED,
    )


OTHER = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Chợ phiên cuối năm",'
    ' "url": "https://bao.vn/cho-phien-204999.html", "datePublished": "2026-06-01T10:00:00+07:00",'
    ' "dateModified": "2026-06-02T10:00:00+07:00"}</script>'
)
OWN = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "' + HEADLINE + '",'
    ' "datePublished": "2026-05-09T07:30:18+07:00"}</script>'
)


@pytest.mark.parametrize("head", [OTHER + OWN, OWN + OTHER, OTHER + OWN.replace("News", "")])
def test_the_metadata_of_another_article_date_nothing(head: str) -> None:
    title = f"<title>{HEADLINE}</title>"
    assert not wrong(
        lambda a: (
            a.published_at is not None
            and a.published_at.isoformat() == "2026-05-09T07:30:18+07:00"
            and a.modified_at is None
        ),
        lambda page: html(page, date="", head=title + head),
        None,
    )


@pytest.mark.parametrize("stated", ["5/9/2026 7:30:00 AM", "2026-05-09T07:30:00+07:00"])
def test_a_printed_day_takes_its_clock_from_the_head(stated: str) -> None:
    meta = f'<meta name="article:published_time" content="{stated}">'
    assert not wrong(
        lambda a: (
            a.published_at is not None and a.published_at.isoformat() == "2026-05-09T07:30:00+07:00"
        ),
        lambda page: html(page, date="Thứ bảy, 09/05/2026", head=meta),
        PRINTED,
    )


def test_a_printed_day_beats_a_contradicting_head() -> None:
    meta = '<meta property="article:published_time" content="2026-05-10T09:00:00+07:00">'
    assert not wrong(
        lambda a: (a.published_date and a.published_date.isoformat()) == "2026-05-09",
        lambda page: html(page, date="Thứ bảy, 09/05/2026", head=meta),
        PRINTED,
    )


def test_a_date_line_that_states_no_date_is_quoted() -> None:
    for page in PRINTED:
        with pytest.raises(ExtractionError, match="mùa xuân năm ấy"):
            read(page, html(page, date="Một ngày mùa xuân năm ấy"))
