"""What an article's blocks are: paragraphs, pictures with their captions, signatures, the lead."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newscrawl.article.body import (
    Body,
    BodyRules,
    has_class,
    read_body,
)
from newscrawl.items import Image
from newscrawl.page.blocks import blocks
from newscrawl.page.pictures import picture_address
from newscrawl.page.selectors import Element

PLAIN: Final = BodyRules()
CLASSED: Final = BodyRules(
    caption_classes=frozenset(["desc", "image_desc"]), byline_classes=frozenset(["author"])
)


def container(markup: str) -> Element:
    box: Element = html.fragment_fromstring(markup, create_parent="div")
    return box


def taken(markup: str, layout: BodyRules = PLAIN, *, bold_lead: bool = False) -> Body:
    return read_body(blocks(container(markup)), layout, has_bold_lead=bold_lead)


# Captions: every rule ---------------------------------------------------------------------------

IMG: Final = '<img src="a.jpg">'


@pytest.mark.parametrize(
    ("markup", "layout"),
    [
        (f"<table><tr><td>{IMG}</td></tr><tr><td>Nương chè.</td></tr></table>", PLAIN),
        (f"<table><tr><td>{IMG}</td></tr><tr><td><p>Nương</p><p>chè.</p></td></tr></table>", PLAIN),
        (f"<table><tr><td>{IMG}<br>Nương chè.</td></tr></table>", PLAIN),
        (f"<figure>{IMG}<figcaption>Nương chè.</figcaption></figure>", PLAIN),
        (f"<figure>{IMG}<figcaption><div><p>Nương chè.</p></div></figcaption></figure>", PLAIN),
        (f"<p>{IMG}</p><p class='desc'>Nương chè.</p>", CLASSED),
        (f"<p>{IMG}</p><div class='x image_desc'><p>Nương chè.</p></div>", CLASSED),
        (f"<p>{IMG}<br><em>Nương chè.</em></p>", PLAIN),
        (f"<p><em>Nương chè.</em>{IMG}</p>", PLAIN),
        (f"<p style='text-align:center'>{IMG}<br>Nương chè.</p>", PLAIN),
        (f"<center>{IMG} Nương chè.</center>", PLAIN),
        (f"<p>{IMG}</p><p align='center'><i>Nương chè.</i></p>", PLAIN),
        (f"<p>{IMG}</p><p style='text-align: center'>Nương chè.</p>", PLAIN),
        (f"<p>{IMG}</p>\n<div></div><p>&nbsp;</p><center><em>Nương chè.</em></center>", PLAIN),
        (f"<p>{IMG}</p><p><em>Nương chè.</em></p>", PLAIN),  # at the left: family D, 2026
        (f"<p>{IMG}</p><p><span><em>Nương chè.</em></span></p>", PLAIN),
        (f"<p>{IMG}</p><p><em><span>Nương chè.</span></em></p>", PLAIN),
        (f"<p>{IMG}</p><p align='right'><em>Nương chè.</em></p>", PLAIN),
        (f"<p>{IMG}</p><p align='center'>Nương chè.</p>", PLAIN),
        (f"<p>{IMG}</p><p align='center'><em>Nương</em> chè.</p>", PLAIN),
        (f"<div>{IMG}</div><em style='float:left;text-align:center'>Nương chè.</em>", PLAIN),
        (f"<figure>{IMG}<p>Nương chè.</p></figure>", PLAIN),
        (f"<figure><p>Nương chè.</p>{IMG}</figure>", PLAIN),
        (f"<figure><div>{IMG}</div><div>Nương chè.</div></figure>", PLAIN),
        (f"<p>{IMG}</p><p class='photo-caption'>Nương chè.</p>", PLAIN),
        (f"<div class='wp-caption'>{IMG}<div class='chu-thich'>Nương chè.</div></div>", PLAIN),
    ],
)
def test_a_caption_belongs_to_its_picture_not_to_the_text(markup: str, layout: BodyRules) -> None:
    body = taken(f"<p>Trước.</p>{markup}<p>Sau.</p>", layout)
    assert body.paragraphs == ("Trước.", "Sau.")
    assert body.pictures == (("a.jpg", "Nương chè."),)
    assert body.captions == ("Nương chè.",)


@pytest.mark.parametrize(
    ("markup", "layout"),
    [
        (f"<p>{IMG}</p><p>Nương chè.</p>", PLAIN),
        (f"<p>{IMG}</p><p><strong><em>Nương chè.</em></strong></p>", PLAIN),
        (f"<p>{IMG}</p><p align='center'><strong>Nương chè.</strong></p>", PLAIN),
        (f"<p>{IMG}</p><h3 align='center'>Nương chè.</h3>", PLAIN),
        (f"<figure>{IMG}<blockquote><p>Nương chè.</p></blockquote></figure>", PLAIN),
        (f"<p>Nương chè.{IMG}</p>", PLAIN),
        (f"<p>{IMG}Nương <i>chè</i>.</p>", PLAIN),
        (f"<p align='center'><em>Nương chè.</em></p><p>{IMG}</p>", PLAIN),
        (f"<p>{IMG}</p><p class='description'>Nương chè.</p>", CLASSED),
        (f"<p>{IMG}</p><p class='desc'>Nương chè.</p>", PLAIN),
        (f"{IMG}<table><tr><td>Nương chè.</td></tr></table>", PLAIN),
    ],
)
def test_text_beside_a_picture_is_text(markup: str, layout: BodyRules) -> None:
    body = taken(f"<p>Trước.</p>{markup}<p>Sau.</p>", layout)
    assert body.paragraphs == ("Trước.", "Nương chè.", "Sau.")
    assert body.pictures == (("a.jpg", ""),)
    assert body.captions == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<p>{}</p>",
        "<p><em>{}</em></p>",
        "<p align='right'>{}</p>",
        "<p align='center'>{}</p>",
        "<div>{}</div>",
        "<p><strong>{}</strong></p>",
    ],
)
@pytest.mark.parametrize("gap", [f"<p>{IMG}</p>", f"<div><a href='/a.jpg'>{IMG}</a></div>"])
@pytest.mark.parametrize("line", ["Nương chè. Ảnh: Lê Minh", "Nương chè (Ảnh: TTXVN)"])
def test_a_line_with_a_photo_credit_is_a_caption(line: str, gap: str, markup: str) -> None:
    body = taken(f"<p>Trước.</p>{gap}{markup.format(line)}<p>Sau.</p>")
    assert (body.paragraphs, body.captions) == (("Trước.", "Sau."), (line,))


@pytest.mark.parametrize("above", ["<p>{}</p>", "<p><em>{}</em></p>", "<p align='center'>{}</p>"])
def test_a_line_with_a_credit_above_a_picture_is_its_caption(above: str) -> None:
    line = "Nương chè. Ảnh: Lê Minh"
    body = taken(f"<p>Trước.</p>{above.format(line)}<p>{IMG}</p><p>Sau.</p>")
    assert (body.paragraphs, body.pictures) == (("Trước.", "Sau."), (("a.jpg", line),))


FIGURES: Final = "".join(
    f"<figure><img src={n}.jpg><figcaption>Ảnh số {n}.</figcaption></figure>" for n in (1, 2)
)


@pytest.mark.parametrize(
    "gallery",
    [
        "<figure class='gallery'>{}<figcaption>Chợ phiên cuối năm.</figcaption></figure>",
        "<div class='gallery'>{}<p class='gallery-caption'>Chợ phiên cuối năm.</p></div>",
        "<div class='gallery'>{}<div class='caption'>Chợ phiên cuối năm.</div></div>",
    ],
)
def test_the_caption_of_a_gallery_stands_beside_those_of_its_pictures(gallery: str) -> None:
    body = taken(f"<p>Trước.</p>{gallery.format(FIGURES)}<p>Sau.</p>")
    assert body.paragraphs == ("Trước.", "Sau.")
    assert body.captions == ("Ảnh số 1.", "Ảnh số 2.", "Chợ phiên cuối năm.")
    assert body.pictures[:2] == (("1.jpg", "Ảnh số 1."), ("2.jpg", "Ảnh số 2."))


def test_the_caption_of_a_figure_in_a_figure_is_its_pictures() -> None:
    body = taken(f"<figure><figure>{IMG}</figure><figcaption>Chợ.</figcaption></figure>")
    assert body.pictures == (("a.jpg", "Chợ."),)


@pytest.mark.parametrize(
    ("markup", "paragraphs", "caption"),
    [
        (f"<p>Đoạn văn.<br>{IMG}<br>Chợ. Ảnh: An</p>", ("Đoạn văn.",), "Chợ. Ảnh: An"),
        (f"<p>Đoạn văn.<br>{IMG}<br>Chợ.<br>Ảnh: An</p>", ("Đoạn văn.",), "Chợ. Ảnh: An"),
        (f"<p>{IMG}<br>Chợ. Ảnh: An<br>Đoạn văn.</p>", ("Đoạn văn.",), "Chợ. Ảnh: An"),
        (f"<p>{IMG}<br>Chợ.<br>Ảnh: An</p>", (), "Chợ. Ảnh: An"),
        (f"<p>{IMG}</p><p>Ảnh minh họa</p>", (), "Ảnh minh họa"),
        (f"<p>{IMG}</p><p>(Ảnh do gia đình cung cấp)</p>", (), "(Ảnh do gia đình cung cấp)"),
        (f"<p>{IMG}</p><p>Chợ phiên, ảnh: An</p>", (), "Chợ phiên, ảnh: An"),
        (f"<p>{IMG}</p><p><em>(*) Tên đã đổi.</em></p>", ("(*) Tên đã đổi.",), ""),
        (f"<p>{IMG}</p><p>Ảnh đẹp là ảnh thật.</p>", ("Ảnh đẹp là ảnh thật.",), ""),
    ],
)
def test_lines_of_text_and_caption_around_a_picture(
    markup: str, paragraphs: tuple[str, ...], caption: str
) -> None:
    body = taken(f"<p>Trước.</p>{markup}<p>Sau này.</p>")
    assert body.paragraphs == ("Trước.", *paragraphs, "Sau này.")
    assert body.pictures == (("a.jpg", caption),)


LONG: Final = "Bà con xuống đồng từ sớm, gặt xong thửa nào đem phơi ngay thửa ấy cho kịp nắng. "


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{IMG}</p><p><em>{LONG * 3}</em></p>",
        f"<p>{IMG}</p><p><em>{LONG}</em></p><p><em>Lúa năm nay được mùa.</em></p>",
        f"<p>{IMG}</p><p><em>“{LONG}”</em></p>",
        f"<p>{IMG}</p><p align='center'>{LONG * 5}</p>",
        f"<figure>{IMG}<p>{LONG}</p><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></figure>",
        f"<figure>{IMG}<p>{LONG * 8}</p></figure>",
        f"<div class='caption'><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></div>",
        f"<table><tr><td><p>{LONG}</p><p>{LONG}</p></td><td>{IMG}</td></tr></table>",
        f"<table><tr><td>{IMG}</td></tr><tr><td><p>{LONG}</p><p>{LONG}</p></td></tr></table>",
        f"<p>{IMG}</p><p align='center'>* * *</p><p>{LONG}</p>",
        f"<p>{IMG}</p><p>{LONG}</p>",
        f"<p>{IMG}</p><p>Theo báo cáo của tỉnh. Nguồn: Sở Nông nghiệp</p><p>{LONG}</p>",
    ],
)
def test_a_paragraph_near_a_picture_is_no_caption(markup: str) -> None:
    body = taken(f"<p>Trước.</p>{markup}<p>Sau.</p>")
    words = " ".join(body.paragraphs)
    assert body.captions == ()
    assert words.count(LONG.strip()) == markup.count(LONG.strip())


def test_short_paragraphs_in_italics_are_no_captions_either() -> None:
    words = [f"Đoạn thứ {n} kể chuyện bà con xuống đồng từ sớm." for n in range(4)]
    cells = [f"<p><em>{text}</em></p>" for text in words]
    body = taken(f"{cells[0]}<p>{IMG}</p>{''.join(cells[1:])}")
    assert (body.paragraphs, body.captions) == (tuple(words), ())


def test_captions_in_italics_do_not_make_a_body_in_italics() -> None:
    line = (
        "<p><img src={0}.jpg></p><p><em>Bà con xuống đồng gặt lúa từ sáng sớm, thửa {0}.</em></p>"
    )
    body = taken(f"<p>{LONG}</p>{''.join(line.format(n) for n in range(5))}<p>{LONG}</p>")
    assert (len(body.paragraphs), len(body.captions)) == (2, 5)


def test_pictures_in_a_row_have_each_their_italic_line() -> None:
    line = "<p><img src={0}.jpg></p><p><em>Ảnh chợ số {0}.</em></p>"
    body = taken(f"<p>Trước.</p>{line.format(1)}{line.format(2)}<p>Sau.</p>")
    assert body.pictures == (("1.jpg", "Ảnh chợ số 1."), ("2.jpg", "Ảnh chợ số 2."))
    assert body.paragraphs == ("Trước.", "Sau.")


def test_an_italic_signature_below_an_italic_caption_is_none_of_it() -> None:
    signature = "<p align='right'><em>Thực hiện: Lê Minh</em></p>"
    body = taken(f"<p>Trước.</p><p>{IMG}</p><p><em>Chợ phiên.</em></p>{signature}")
    assert (body.paragraphs, body.captions) == (("Trước.",), ("Chợ phiên.",))
    assert body.byline is not None
    assert body.byline.authors == ("Lê Minh",)


def test_a_body_in_italics_has_no_captions_by_italics() -> None:
    passage = f"<p><em>{LONG * 2}</em></p>"
    body = taken(f"{passage}<p>{IMG}</p><p><em>{LONG}</em></p>{passage}")
    assert (len(body.paragraphs), body.captions) == (3, ())


@pytest.mark.parametrize("media", ["<iframe src=x></iframe>", "<video src=x></video>"])
@pytest.mark.parametrize(
    "line",
    [
        "<p align='center'><em>Chợ. Clip: Hà An</em></p>",
        "<p><em>Chợ. Clip: Hà An</em></p>",
        "<p>Chợ. Clip: Hà An</p>",
    ],
)
def test_a_line_below_a_video_is_a_caption_without_a_picture(media: str, line: str) -> None:
    body = taken(f"<p>Trước.</p><p>{media}</p>{line}<p>Sau.</p>")
    assert body.paragraphs == ("Trước.", "Sau.")
    assert body.pictures == (("", "Chợ. Clip: Hà An"),)


def test_blank_paragraphs_below_a_video_part_nothing() -> None:
    caption = "Chợ. Clip: Hà An"
    body = taken(f"<p>Trước.</p><iframe></iframe><p>&nbsp;</p><p></p><p>{caption}</p><p>Sau.</p>")
    assert (body.paragraphs, body.captions) == (("Trước.", "Sau."), (caption,))


def test_videos_in_a_row_have_each_their_line() -> None:
    line = "<p><iframe src={0}></iframe></p><p><em>Phim số {0}.</em></p>"
    body = taken(f"<p>Trước.</p>{line.format(1)}{line.format(2)}<p>Sau.</p>")
    assert body.captions == ("Phim số 1.", "Phim số 2.")
    assert body.paragraphs == ("Trước.", "Sau.")


def test_a_paragraph_below_a_video_is_text() -> None:
    body = taken(f"<p>Trước.</p><p><iframe></iframe></p><p>{LONG}</p><p><em>Sau.</em></p>")
    assert body.paragraphs == ("Trước.", LONG.strip(), "Sau.")


def test_who_said_a_quotation_is_no_caption() -> None:
    quotation = (
        "<figure><blockquote>“Chợ đông.”</blockquote><figcaption>Bà Tư</figcaption></figure>"
    )
    body = taken(f"<p>Trước.</p>{quotation}<p>Sau.</p>")
    assert (body.paragraphs, body.captions) == (("Trước.", "“Chợ đông.”", "Bà Tư", "Sau."), ())


def test_only_the_line_behind_the_picture_is_its_caption() -> None:
    line = "<p align='center'><em>{}</em></p>"
    body = taken(f"<p>{IMG}</p>{line.format('Một.')}{line.format('Hai.')}")
    assert (body.captions, body.paragraphs) == (("Một.",), ("Hai.",))


@pytest.mark.parametrize("credit", ["Ảnh: Lê Minh", "(Ảnh: Lê Minh)", "Nguồn: TTXVN"])
@pytest.mark.parametrize("credit_line", ["<p>{}</p>", "<p align='right'><em>{}</em></p>"])
def test_a_credit_below_a_caption_belongs_to_it_however_set(credit: str, credit_line: str) -> None:
    caption = f"<p>{IMG}</p><p align='center'><em>Một.</em></p>"
    body = taken(f"{caption}{credit_line.format(credit)}<p>Hai.</p>")
    assert (body.captions, body.paragraphs) == ((f"Một. {credit}",), ("Hai.",))


@pytest.mark.parametrize("credit", ["Ảnh: Lê Minh", "(Ảnh: Lê Minh)", "Nguồn: TTXVN"])
def test_a_credit_in_a_line_of_its_own_belongs_to_the_caption(credit: str) -> None:
    line = "<p align='center'><em>{}</em></p>"
    body = taken(f"<p>{IMG}</p>{line.format('Một.')}{line.format(credit)}<p>Hai.</p>")
    assert (body.captions, body.paragraphs) == ((f"Một. {credit}",), ("Hai.",))


@pytest.mark.parametrize(
    "markup",
    [
        "<p align='center'><em>Ảnh: Lê Minh</em></p>",
        f"<p>{IMG}</p><p>Một.</p><p>Ảnh: Lê Minh</p>",
        f"<p>{IMG}</p><p align='center'><em>Một.</em></p><p>Hai.</p><p align='center'>Ảnh: An</p>",
    ],
)
def test_a_credit_elsewhere_is_text(markup: str) -> None:
    assert taken(f"{markup}<p>Hai.</p>").paragraphs[-2].startswith("Ảnh: ")


def test_a_paragraph_between_ends_the_pictures_claim() -> None:
    body = taken(f"<p>{IMG}</p><p>Một.</p><p align='center'><em>Hai.</em></p>")
    assert (body.captions, body.paragraphs) == ((), ("Một.", "Hai."))


@pytest.mark.parametrize("layout", [PLAIN, CLASSED])
def test_a_centred_line_without_a_picture_is_text(layout: BodyRules) -> None:
    body = taken("<p>Một.</p><p align='center'><em>***</em></p><p>Hai.</p>", layout)
    assert body.paragraphs == ("Một.", "***", "Hai.")


def test_each_picture_has_its_own_caption() -> None:
    figure = "<figure><img src='{0}.jpg'><figcaption>Ảnh số {0}</figcaption></figure>"
    body = taken("".join(figure.format(n) for n in (1, 2, 3)))
    assert body.pictures == tuple((f"{n}.jpg", f"Ảnh số {n}") for n in (1, 2, 3))


def test_a_caption_below_two_pictures_is_the_lasts() -> None:
    body = taken("<p><img src=1.jpg></p><p><img src=2.jpg></p><center><i>Chợ.</i></center>")
    assert body.pictures == (("1.jpg", ""), ("2.jpg", "Chợ."))


def test_a_blank_caption_is_none() -> None:
    body = taken(f"<table><tr><td>{IMG}</td></tr><tr><td class='desc'>&nbsp;</td></tr></table>")
    assert (body.pictures, body.captions) == ((("a.jpg", ""),), ())


def test_a_caption_over_several_blocks_is_one_line() -> None:
    rows = f"<tr><td>{IMG}</td></tr><tr><td>Nương<br>chè.</td></tr><tr><td>Ảnh: Lê Minh</td></tr>"
    assert taken(f"<table>{rows}</table>").captions == ("Nương chè. Ảnh: Lê Minh",)


def test_a_table_of_figures_is_text() -> None:
    body = taken("<p>Giá:</p><table><tr><td>Chè</td><td>12</td></tr></table>")
    assert body.paragraphs == ("Giá:", "Chè\t12")


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


ONE: Final = "<img src=1.jpg>"
TWO: Final = "<img src=2.jpg>"


@pytest.mark.parametrize(
    ("rows", "first", "second"),
    [
        (row("Chợ.") + row(ONE), "Chợ.", None),
        (row("Chợ.") + row("Ảnh: Lê Minh") + row(ONE), "Chợ. Ảnh: Lê Minh", None),
        (row("Chợ.") + row(ONE) + row("Suối.") + row(TWO), "Chợ.", "Suối."),
        (row(ONE, TWO) + row("Chợ.", "Suối."), "Chợ.", "Suối."),
        (row("Chợ.", "Suối.") + row(ONE, TWO), "Chợ.", "Suối."),
        (row(ONE, TWO) + row("Chợ.", "&nbsp;"), "Chợ.", ""),
        (row(ONE, TWO) + row("&nbsp;", "Suối."), "", "Suối."),
        (row(ONE, TWO) + row("<p>Chợ.</p><p>Ảnh: An</p>", "<p>Suối.</p><p>Ảnh: Hà</p>"),
         "Chợ. Ảnh: An", "Suối. Ảnh: Hà"),
        (row(ONE, TWO) + "<tr><td colspan=2>Chợ và suối.</td></tr>", "", "Chợ và suối."),
        (row(f"{ONE}<br>Chợ.", f"{TWO}<br>Suối."), "Chợ.", "Suối."),
        (row(ONE, "Chợ."), "Chợ.", None),
        (row("Chợ.", ONE), "Chợ.", None),
        (row(ONE) + row("Chợ.") + row(TWO) + row("Suối."), "Chợ.", "Suối."),
        (row("Ngày hội") + row(ONE) + row("Chợ.") + row(TWO) + row("Suối."),
         "Ngày hội Chợ.", "Suối."),
    ],
)  # fmt: skip
def test_a_caption_in_a_table_is_of_the_picture_in_its_column(
    rows: str, first: str, second: str | None
) -> None:
    body = taken(f"<p>Trước.</p><table>{rows}</table><p>Sau.</p>")
    expected = [("1.jpg", first)] + [("2.jpg", second)] * (second is not None)
    assert body.pictures == tuple(expected)
    assert body.paragraphs == ("Trước.", "Sau.")


def test_an_article_laid_out_in_a_table_is_its_text() -> None:
    words = [f"Đoạn {n} kể chuyện chợ phiên." for n in range(4)]
    cell = "".join(f"<p>{text}</p>" for text in words[:2]) + f"<p align=center>{ONE}</p>"
    cell += "<p align=center><em>Chợ phiên.</em></p>"
    cell += "".join(f"<p>{text}</p>" for text in words[2:])
    body = taken(f"<table><tr><td>{cell}</td></tr></table>")
    assert body.paragraphs == tuple(words)
    assert body.pictures == (("1.jpg", "Chợ phiên."),)


PLACEHOLDER: Final = "<img src='data:image/gif;base64,R0'>"
FIRST: Final = f"<figure>{ONE}<figcaption>Chợ.</figcaption></figure>"


@pytest.mark.parametrize(
    ("markup", "layout"),
    [
        (f"<figure>{PLACEHOLDER}<figcaption>Suối.</figcaption></figure>", PLAIN),
        ("<figure><iframe></iframe><figcaption>Suối.</figcaption></figure>", PLAIN),
        ("<figure><img src=2.jpg hidden><figcaption>Suối.</figcaption></figure>", PLAIN),
        ("<figure><figcaption>Suối.</figcaption><video></video></figure>", PLAIN),
        (f"<p>{PLACEHOLDER}</p><p align=center><em>Suối.</em></p>", PLAIN),
        (f"<p align=center>{PLACEHOLDER}<br>Suối.</p>", PLAIN),
        (f"<table>{row(PLACEHOLDER)}{row('Suối.')}</table>", PLAIN),
        (f"<table>{row('<img src=2.jpg hidden>')}{row('Suối.')}</table>", PLAIN),
        (f"<table>{row('<iframe></iframe>')}{row('Suối.')}</table>", PLAIN),
        ("<p>Hai.</p><p class=desc>Suối.</p>", CLASSED),
    ],
)
@pytest.mark.parametrize("before", ["", f"<p>Một.</p>{FIRST}"])
def test_the_caption_of_what_is_not_shown_is_no_other_pictures_and_no_text(
    markup: str, layout: BodyRules, before: str
) -> None:
    body = taken(before + markup, layout)
    shown = (("1.jpg", "Chợ."),) if before else ()
    assert body.pictures == (*shown, ("", "Suối."))
    assert body.captions[-1] == "Suối."
    assert "Suối." not in body.paragraphs
    assert [image.url for image in body.images(BASE)] == [f"{BASE}1.jpg"] * len(shown)


def test_a_caption_behind_one_without_a_picture_is_not_the_earlier_pictures() -> None:
    video = "<figure><video></video><figcaption>Suối.</figcaption></figure>"
    body = taken(f"{FIRST}{video}<p class=desc>Ảnh: Lê Minh</p>", CLASSED)
    assert body.pictures == (("1.jpg", "Chợ."), ("", "Suối."), ("", "Ảnh: Lê Minh"))


# Pictures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "source"),
    [
        ("src=a.jpg", "a.jpg"),
        ("src=' a.jpg '", "a.jpg"),
        ("src=a.jpg data-src=b.jpg", "b.jpg"),
        ("src=a.jpg data-src=''", "a.jpg"),
        ("src=data:image/gif;base64,R0 data-src=b.jpg", "b.jpg"),
        ("src=data:image/gif;base64,R0", ""),
        ("src=''", ""),
        ("alt=x", ""),
    ],
)
def test_a_picture_has_one_address(attributes: str, source: str) -> None:
    assert picture_address(container(f"<img {attributes}>")[0]) == source


def test_a_picture_without_an_address_is_none() -> None:
    assert taken("<p><img src='data:image/gif;base64,R0'></p><p>Một.</p>").pictures == ()


BASE: Final = "https://baothu.vn/kinh-te/202506/mua-che-75f1237/"


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("/file/4028/062025/che.jpg", "https://baothu.vn/file/4028/062025/che.jpg"),
        ("//anh.baothu.vn/che.jpg", "https://anh.baothu.vn/che.jpg"),
        ("che%20xanh.jpg", f"{BASE}che%20xanh.jpg"),
        ("/filehttp://cu.baothu.vn/che.jpg", "http://cu.baothu.vn/che.jpg"),
    ],
)
def test_images_have_absolute_addresses(source: str, url: str) -> None:
    assert taken(f"<img src='{source}'>").images(BASE) == (Image(url=url),)


@pytest.mark.parametrize("source", ["javascript:x()", "file:///etc/passwd", "http://[/"])
def test_what_is_no_address_gives_no_image(source: str) -> None:
    assert taken(f"<p><img src='{source}'></p>").images(BASE) == ()


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("Nương chè Khau Tinh.", "Nương chè Khau Tinh.", None),
        ("Nương chè Khau Tinh. Ảnh: Lê Minh", "Nương chè Khau Tinh.", "Lê Minh"),
        ("Nương chè Khau Tinh. (Ảnh: Lê Minh)", "Nương chè Khau Tinh.", "Lê Minh"),
        ("Ảnh minh họa: Lê Minh", None, "Lê Minh"),
        ("Họp chợ. Ảnh: TTXVN phát", "Họp chợ.", "TTXVN"),
    ],
)
def test_a_credit_is_split_from_the_caption(
    printed: str, caption: str | None, credit: str | None
) -> None:
    body = taken(f"<figure>{IMG}<figcaption>{printed}</figcaption></figure>")
    assert body.images(BASE) == (Image(url=f"{BASE}a.jpg", caption=caption, credit=credit),)
    assert body.captions == (printed,)


# Signatures at the end --------------------------------------------------------------------------

TEXT: Final = "<p>Một.</p><p>Hai.</p>"


@pytest.mark.parametrize(
    ("line", "layout", "byline", "authors"),
    [
        ("<p align='right'>Lý Thu Hà</p>", PLAIN, "Lý Thu Hà", ("Lý Thu Hà",)),
        ("<p style='text-align:right'><strong>Lý Thu Hà</strong></p>", PLAIN, "Lý Thu Hà",
         ("Lý Thu Hà",)),
        ("<div align=right><p>Bài, ảnh: Lý Thu Hà</p></div>", PLAIN, "Bài, ảnh: Lý Thu Hà",
         ("Lý Thu Hà",)),
        ("<p class='author'>Lý Thu Hà</p>", CLASSED, "Lý Thu Hà", ("Lý Thu Hà",)),
        ("<p>Tin, ảnh: Đoàn Khải</p>", PLAIN, "Tin, ảnh: Đoàn Khải", ("Đoàn Khải",)),
        ("<p>Bài: Thanh Trà; Ảnh: Lê Minh</p>", PLAIN, "Bài: Thanh Trà; Ảnh: Lê Minh",
         ("Thanh Trà", "Lê Minh")),
        ("<p>Thực hiện: Lê Minh - Thanh Trà</p>", PLAIN, "Thực hiện: Lê Minh - Thanh Trà",
         ("Lê Minh", "Thanh Trà")),
        ("<p>Biên soạn: Lê Minh</p>", PLAIN, "Biên soạn: Lê Minh", ("Lê Minh",)),
        ("<p>Tin, đồ họa: Lê Minh</p>", PLAIN, "Tin, đồ họa: Lê Minh", ("Lê Minh",)),
        ("<p>Tổng hợp: Lê Minh</p>", PLAIN, "Tổng hợp: Lê Minh", ("Lê Minh",)),
        ("<p align=right>PV</p>", PLAIN, "PV", ("PV",)),
    ],
)  # fmt: skip
def test_a_byline_ends_the_text(
    line: str, layout: BodyRules, byline: str, authors: tuple[str, ...]
) -> None:
    body = taken(TEXT + line, layout)
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.byline is not None
    assert (body.byline.line, body.byline.authors) == (byline, authors)


@pytest.mark.parametrize(
    ("lines", "line", "authors"),
    [
        ("<p>Bài: Thanh Trà</p><p>Ảnh: Lê Minh</p>", "Bài: Thanh Trà Ảnh: Lê Minh",
         ("Thanh Trà", "Lê Minh")),
        ("<p>Bài: Thanh Trà<br>Ảnh: Lê Minh</p>", "Bài: Thanh Trà Ảnh: Lê Minh",
         ("Thanh Trà", "Lê Minh")),
        ("<p align=right>Thanh Trà</p><p align=right>Lê Minh</p>", "Thanh Trà Lê Minh",
         ("Thanh Trà", "Lê Minh")),
        ("<p align=right>Thanh Trà</p><p>Ảnh: Thanh Trà</p>", "Thanh Trà Ảnh: Thanh Trà",
         ("Thanh Trà",)),
    ],
)  # fmt: skip
def test_a_signature_in_two_lines_is_one(lines: str, line: str, authors: tuple[str, ...]) -> None:
    body = taken(TEXT + lines)
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.byline is not None
    assert (body.byline.line, body.byline.authors) == (line, authors)


def test_the_author_above_and_the_outlet_below_are_two_things() -> None:
    body = taken(TEXT + "<p align=right>Thanh Trà</p><p align=right>Báo Nhân Dân</p>")
    assert body.byline is not None
    assert body.attribution is not None
    assert (body.byline.authors, body.attribution.source) == (("Thanh Trà",), "Nhân Dân")


@pytest.mark.parametrize(
    ("line", "layout"),
    [
        ("<p>Lý Thu Hà</p>", PLAIN),
        ("<p class='author'>Lý Thu Hà</p>", PLAIN),
        ("<p align='center'>Lý Thu Hà</p>", PLAIN),
        ("<p align='right'>Chợ phiên sẽ họp lại vào đầu tháng tới, khi mưa đã ngớt.</p>", PLAIN),
        ("<p>Kết quả: Lý Thu Hà nhất</p>", PLAIN),
        ("<p>Tin, ảnh:</p>", PLAIN),
        ("<p>Hiện thực: Lý Thu Hà</p>", PLAIN),
        ("<p>Tổng hợp: chín xã đã về đích, hai xã còn nợ tiêu chí.</p>", PLAIN),
        ("<p>: Lý Thu Hà</p>", PLAIN),
        ("<p>Tin ảnh Lý Thu Hà</p>", PLAIN),
        (f"<p>{'bài, tin, ' * 30}: Lý Thu Hà</p>", PLAIN),
    ],
)
def test_a_line_nobody_signed_is_text(line: str, layout: BodyRules) -> None:
    body = taken(TEXT + line, layout)
    assert len(body.paragraphs) == 3
    assert body.byline is None


@pytest.mark.parametrize(
    ("line", "source", "url"),
    [
        ("<p>Theo TTXVN</p>", "TTXVN", None),
        ("<p align='right'><em>(Theo TTXVN/Vietnam+)</em></p>", "TTXVN", None),
        ("<p>Nguồn: Báo Nhân Dân</p>", "Nhân Dân", None),
        ("<p>Theo: https://baotuyenquang.com.vn/</p>", "Báo Tuyên Quang",
         "https://baotuyenquang.com.vn/"),
        ("<p>Theo: <a href='https://baotuyenquang.com.vn/a-1234.html'>baotuyenquang.com.vn</a></p>",
         "Báo Tuyên Quang", "https://baotuyenquang.com.vn/a-1234.html"),
    ],
)  # fmt: skip
def test_an_attribution_ends_the_text(line: str, source: str, url: str | None) -> None:
    body = taken(TEXT + line)
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.attribution is not None
    assert (body.attribution.source, body.attribution.url) == (source, url)


@pytest.mark.parametrize(
    "line",
    [
        "Theo đó, các xã cần rà soát lại hồ sơ.",
        "Theo ông Bàn Văn Tý, năm nay chè được giá.",
        "Nguồn nước ở đây đã cạn từ tháng trước.",
    ],
)
def test_prose_is_no_attribution(line: str) -> None:
    body = taken(f"{TEXT}<p>{line}</p>")
    assert (body.paragraphs[-1], body.attribution) == (line, None)


@pytest.mark.parametrize(
    ("line", "source", "url"),
    [
        ("<p>Báo Nhân Dân</p>", "Nhân Dân", None),
        ("<p><em>(TTXVN)</em></p>", "TTXVN", None),
        ("<p><a href='https://songlo.example.vn/1.html'>Tạp chí Sông Lô</a></p>",
         "Tạp chí Sông Lô", "https://songlo.example.vn/1.html"),
    ],
)  # fmt: skip
def test_an_outlet_below_a_signature_is_the_source(line: str, source: str, url: str | None) -> None:
    body = taken(f"{TEXT}<p align='right'>Lý Thu Hà</p>{line}")
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.byline is not None
    assert body.attribution is not None
    assert body.byline.authors == ("Lý Thu Hà",)
    assert (body.attribution.source, body.attribution.url) == (source, url)
    assert taken(TEXT + line).paragraphs[2:] != ()


BYLINE: Final = "<p align='right'><strong>Lý Thu Hà</strong></p>"
SOURCE: Final = "<p>Theo TTXVN</p>"


@pytest.mark.parametrize("end", [BYLINE + SOURCE, SOURCE + BYLINE])
@pytest.mark.parametrize("gap", ["", "<p>&nbsp;</p>", "<p><br></p>", f"<p>{IMG}</p>"])
def test_both_are_read_in_either_order(end: str, gap: str) -> None:
    body = taken(TEXT + end + gap)
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.byline is not None
    assert body.attribution is not None
    assert (body.byline.authors, body.attribution.source) == (("Lý Thu Hà",), "TTXVN")


@pytest.mark.parametrize("line", [BYLINE, SOURCE])
def test_a_signature_inside_the_text_stays_in_it(line: str) -> None:
    body = taken(f"<p>Một.</p>{line}<p>Hai.</p>")
    assert len(body.paragraphs) == 3
    assert (body.byline, body.attribution) == (None, None)


def test_a_signature_split_by_line_breaks_is_found() -> None:
    body = taken("<p>Một.<br><br>Hai.<br><br>Tin, ảnh: Đoàn Khải</p>")
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.byline is not None


def test_no_text_has_no_signature() -> None:
    body = taken("")
    assert body == Body(paragraphs=(), pictures=(), byline=None, attribution=None, bold_lead=None)


@pytest.mark.parametrize(
    "top",
    [
        "<header><p><strong>Lý Thu Hà</strong></p></header>",
        "<p class='author'>Lý Thu Hà</p>",
        "<div class='detail-author'>Lý Thu Hà</div>",
        "<p class='pAuthor'>Bài, ảnh: Lý Thu Hà</p>",
    ],
)
@pytest.mark.parametrize("end", ["", "<p align='right'><strong>Lý Thu Hà</strong></p>"])
def test_a_byline_above_the_text_is_no_paragraph(top: str, end: str) -> None:
    body = taken(top + TEXT + end)
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.byline is not None
    assert body.byline.authors == ("Lý Thu Hà",)


def test_the_author_above_and_the_photographer_below_sign_together() -> None:
    body = taken("<p class='author'>Lý Thu Hà</p>" + TEXT + "<p>Ảnh: Lê Minh</p>")
    assert body.byline is not None
    assert body.byline.authors == ("Lý Thu Hà", "Lê Minh")


@pytest.mark.parametrize(
    "first", ["<p><strong>Lý Thu Hà</strong></p>", "<header><p>Sáng nay chợ họp sớm.</p></header>"]
)
def test_a_first_line_that_may_be_text_stays(first: str) -> None:
    assert len(taken(first + TEXT).paragraphs) == 3


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<p><strong>Hà An</strong></p>", ("Hà An",)),
        ("<p><b>Hà An - Lê Minh</b></p>", ("Hà An", "Lê Minh")),
        ("<p class='text-right'>Hà An</p>", ("Hà An",)),
        ("<div class='text-end'><p>Hà An</p></div>", ("Hà An",)),
        ("<p class='has-text-align-right'>Hà An</p>", ("Hà An",)),
        ("<p class='alignright'>Hà An</p>", ("Hà An",)),
        ("<p align='right'><strong>Ghi chép của Hà An</strong></p>", ("Hà An",)),
        ("<p><strong>Bút ký của Hà An</strong></p>", ("Hà An",)),
        ("<p>Phóng sự: Hà An</p>", ("Hà An",)),
        ("<p align='right'>Hà An<br>Lê Minh</p>", ("Hà An", "Lê Minh")),
        ("<p align='right'>Hà An - haan@toasoan.example</p>", ("Hà An",)),
        ("<p><strong>Bác sĩ Trần Hà</strong></p>", ("Bác sĩ Trần Hà",)),
    ],
)
def test_a_signature_stands_in_bold_or_at_the_right(line: str, authors: tuple[str, ...]) -> None:
    body = taken(TEXT + line)
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.byline is not None
    assert body.byline.authors == authors


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("<p align='right'>— Hà An thực hiện —</p>", ("Hà An",)),
        ("<p align='right'>Nhóm PV: Hà An, Lê Minh & Vũ Lân</p>", ("Hà An", "Lê Minh", "Vũ Lân")),
        ("<p align='right'>Bút ký của Hà An<br>(xóm 3, xã Lâm, ĐT: 0912 000 111)</p>", ("Hà An",)),
        ("<p><b>Hà An</b></p><p><i>Mời bạn đọc đón xem kỳ sau vào thứ bảy.</i></p>", ("Hà An",)),
        ("<p align='right'>Theo Hà An (TTXVN)</p>", ("Hà An",)),
    ],
)
def test_a_signature_with_what_stands_around_it(lines: str, authors: tuple[str, ...]) -> None:
    body = taken(TEXT + lines)
    assert body.paragraphs == ("Một.", "Hai.")
    assert body.byline is not None
    assert body.byline.authors == authors


def test_an_invitation_without_a_signature_stays() -> None:
    line = "Mời bạn đọc đón xem kỳ sau vào thứ bảy."
    assert taken(f"{TEXT}<p>{line}</p>").paragraphs[-1] == line


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>Bản</strong></p>",
        "<p><strong>Mùa gặt đã về trên khắp các bản.</strong></p>",
        "<p><strong>Hà An</strong> kể lại.</p>",
        "<p class='right-column'>Hà An</p>",
        "<p>Ghi chép của Hà An</p>",
    ],
)
def test_a_bold_or_short_last_line_may_be_text(line: str) -> None:
    body = taken(TEXT + line)
    assert (len(body.paragraphs), body.byline) == (3, None)


@pytest.mark.parametrize(
    ("lead", "first", "left"),
    [
        ("Sáng nay chợ họp.", "(ĐV) - Sáng nay chợ họp.", ("Hai.",)),
        ("(Baonghean.vn) - Sáng nay chợ họp.", "Sáng nay chợ họp.", ("Hai.",)),
        ("Sáng nay chợ họp.", "BHG - Sáng nay chợ họp.", ("Hai.",)),
        ("Sáng nay chợ họp.", "Sáng nay chợ họp. Mưa.", ("Sáng nay chợ họp. Mưa.", "Hai.")),
        ("Chợ họp.", "Sáng nay - chợ tan.", ("Sáng nay - chợ tan.", "Hai.")),
    ],
)
def test_a_lead_again_with_a_dateline_goes(lead: str, first: str, left: tuple[str, ...]) -> None:
    assert taken(f"<p>{first}</p><p>Hai.</p>").without(lead).paragraphs == left


# The lead and the dash --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "lead"),
    [
        ("<p><strong>Sáng nay chợ họp sớm.</strong></p>", "Sáng nay chợ họp sớm."),
        ("<p><b>S</b><strong>áng nay</strong></p>", "Sáng nay"),
        ("<p style='font-weight:bold'>- Sáng nay chợ họp sớm.</p>", "Sáng nay chợ họp sớm."),
        ("<p><strong>Sáng nay<br>chợ họp sớm.</strong></p>", "Sáng nay chợ họp sớm."),
        (f"<p>{IMG}</p><p><strong>Sáng nay</strong></p>", "Sáng nay"),
    ],
)
def test_a_bold_first_paragraph_is_the_lead(markup: str, lead: str) -> None:
    body = taken(markup + TEXT, bold_lead=True)
    assert (body.bold_lead, body.paragraphs) == (lead, ("Một.", "Hai."))


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Sáng nay</p>",
        "<p><strong>Sáng</strong> nay</p>",
        "<p><em>Sáng nay</em></p>",
    ],
)
def test_another_first_paragraph_is_text(markup: str) -> None:
    body = taken(markup + TEXT, bold_lead=True)
    assert (body.bold_lead, body.paragraphs) == (None, ("Sáng nay", "Một.", "Hai."))


def test_the_bold_first_line_of_a_paragraph_is_the_lead() -> None:
    lead = "Sáng nay chợ phiên họp sớm hơn mọi năm, người đông."
    body = taken(f"<p><em><strong>{lead}</strong></em><br>Một.</p><p>Hai.</p>", bold_lead=True)
    assert (body.bold_lead, body.paragraphs) == (lead, ("Một.", "Hai."))
    short = taken("<p><strong>Phần một</strong><br>Một.</p><p>Hai.</p>", bold_lead=True)
    assert (short.bold_lead, short.paragraphs) == (None, ("Phần một\nMột.", "Hai."))


def test_only_layouts_that_print_it_so_have_a_bold_lead() -> None:
    body = taken("<p><strong>Sáng nay</strong></p>" + TEXT)
    assert (body.bold_lead, body.paragraphs[0]) == (None, "Sáng nay")


def test_a_later_bold_paragraph_is_a_subheading() -> None:
    body = taken("<p>Một.</p><p><strong>Mùa mới</strong></p><p>Hai.</p>", bold_lead=True)
    assert (body.bold_lead, body.paragraphs) == (None, ("Một.", "Mùa mới", "Hai."))


@pytest.mark.parametrize(
    ("first", "kept"),
    [
        ("- UBND xã vừa có văn bản.", "UBND xã vừa có văn bản."),
        ("– UBND xã vừa có văn bản.", "UBND xã vừa có văn bản."),
        ("UBND xã - huyện", "UBND xã - huyện"),
        ("-5 độ C ở Mẫu Sơn", "-5 độ C ở Mẫu Sơn"),
    ],
)
def test_a_dash_before_the_first_paragraph_is_an_ornament(first: str, kept: str) -> None:
    assert taken(f"<p>{first}</p><p>- Hai.</p>").paragraphs == (kept, "- Hai.")


@pytest.mark.parametrize(
    ("lead", "left"),
    [
        ("Một.", ("Hai.",)),
        ("MỘT.", ("Hai.",)),
        ("Một. ", ("Hai.",)),
        ("Hai.", ("Một.", "Hai.")),
        ("Một", ("Một.", "Hai.")),
        (None, ("Một.", "Hai.")),
        ("", ("Một.", "Hai.")),
    ],
)
def test_a_paragraph_that_only_repeats_the_lead_goes(lead: str | None, left: tuple[str]) -> None:
    assert taken(TEXT).without(lead).paragraphs == left


# Anything ---------------------------------------------------------------------------------------

pieces = st.sampled_from(
    [
        *("<p>Một.</p>", "<p><b>Hai</b></p>", "<p>- Ba.</p>", "<center><i>Bốn</i></center>"),
        *(
            f"<p>{IMG}</p>",
            f"<p>{IMG}Năm</p>",
            f"<figure>{IMG}<figcaption>Sáu</figcaption></figure>",
        ),
        *(BYLINE, SOURCE, "<p>Tin, ảnh: Đoàn Khải</p>", "<p>&nbsp;</p>", "<p><img></p>"),
        f"<table><tr><td>{IMG}</td></tr><tr><td>Bảy</td></tr></table>",
    ]
)


@given(st.lists(pieces, max_size=8), st.sampled_from([PLAIN, CLASSED]), st.booleans())
def test_paragraphs_keep_their_order_and_no_picture_is_lost(
    parts: list[str], layout: BodyRules, bold_lead: bool
) -> None:
    found = blocks(container("".join(parts)))
    body = read_body(found, layout, has_bold_lead=bold_lead)
    left = iter([block.text.removeprefix("- ") for block in found])
    assert all(paragraph.removeprefix("- ") in left for paragraph in body.paragraphs)
    assert sum(bool(source) for source, _ in body.pictures) == sum(
        picture.get("src") is not None for block in found for picture in block.pictures
    )


@given(st.lists(pieces, max_size=8), st.booleans())
def test_every_word_is_kept_in_exactly_one_place(parts: list[str], bold_lead: bool) -> None:
    found = blocks(container("".join(parts)))
    body = read_body(found, PLAIN, has_bold_lead=bold_lead)
    signed = [said.line for said in (body.byline, body.attribution) if said is not None]
    kept = [*body.paragraphs, *body.captions, *signed, body.bold_lead or ""]
    assert words(kept) == words([block.text for block in found])


def words(texts: list[str]) -> list[str]:
    return sorted(word for text in texts for word in text.split() if word != "-")


# Helpers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "has"),
    [
        ("<p class='desc'></p>", True),
        ("<p class='x  desc y'></p>", True),
        ("<p class='description'></p>", False),
        ("<p></p>", False),
    ],
)
def test_a_class_counts_as_a_whole_word(markup: str, has: bool) -> None:
    assert has_class(container(markup)[0], frozenset(["desc"])) is has


def test_the_parents_class_counts_the_grandparents_does_not() -> None:
    inner = container("<div class='desc'><section><p></p></section></div>")[0][0]
    assert has_class(inner, frozenset(["desc"]))
    assert not has_class(inner[0], frozenset(["desc"]))
