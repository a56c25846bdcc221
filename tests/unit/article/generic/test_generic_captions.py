"""Which lines of an unknown page are captions, and which picture each belongs to."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.article.generic.caption_places import part_captions
from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.exceptions import ExtractionError
from newscrawl.items import VIETNAM, Article
from newscrawl.page.blocks import blocks
from newscrawl.page.document import Document
from newscrawl.page.pictures import picture_address

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
URL = "https://baobenloi.vn/van-hoa/ghe-ngo-ve-ben-3107.html"
HEADLINE = "Ghe ngo về bến sau mười năm nằm trên giá"
FIRST = (
    "Chiếc ghe dài 27 mét được hạ thủy lúc năm giờ sáng, khi con nước ròng "
    "còn đứng và sương chưa tan"
    " trên mặt kinh."
)
SECOND = (
    "Đội chèo có 52 người, trẻ nhất 16 tuổi, tập trên giá gỗ suốt ba tháng trước khi được chạm vào"
    " mặt nước thật."
)
CAPTION = "Đội chèo hạ thủy ghe lúc rạng sáng"
OTHER = "Ông Danh Sol vẽ mắt ghe"


def page(middle: str, *, above: str = "") -> str:
    return (
        f"<html><head><title>{HEADLINE}</title></head><body>{above}<main><h1>{HEADLINE}</h1><div"
        ' class="date">11/11/2026 '
        f"08:20</div><article><p>{FIRST}</p>{middle}<p>{SECOND}</p></article>"
        "</main></body></html>"
    )


def read(html: str) -> Article:
    document = Document(URL, html.encode(), fetched_at=NOW, content_type="text/html; charset=utf-8")
    return GenericPage(document, paper_of(URL)).to_item()


def told(middle: str) -> tuple[tuple[str, ...], list[str]]:
    """Captions, and the paragraphs that are left."""
    article = read(page(middle))
    return article.captions, (article.body or "").split("\n\n")


IMG = '<img src="/anh/1.jpg" width="660">'
PLACES = [
    f"<figure>{IMG}<figcaption>{{0}}</figcaption></figure>",
    f"<figure>{IMG}<figcaption><p>{{0}}</p></figcaption></figure>",
    f"<figure><a href='/anh/to.jpg'>{IMG}</a><figcaption><em>{{0}}</em></figcaption></figure>",
    f"<figure>{IMG}<p>{{0}}</p></figure>",
    f"<figure><div>{IMG}</div><div><span>{{0}}</span></div></figure>",
    f"<table><tr><td>{IMG}</td></tr><tr><td>{{0}}</td></tr></table>",
    f"<table class='picture'><tr><td>{IMG}</td></tr><tr><td><p>{{0}}</p></td></tr></table>",
    f"<div class='photo'>{IMG}<p class='PhotoCaption'>{{0}}</p></div>",
    f"<p>{IMG}</p><p class='chu-thich'>{{0}}</p>",
    f"<p>{IMG}</p><p class='note'>{{0}}</p>",
    f"<div>{IMG}<div>{{0}}</div></div>",
    f"<div><span>{IMG}</span><br><span>{{0}}</span></div>",
    f"<p style='text-align:center'>{IMG}</p><p style='text-align:center'><em>{{0}}</em></p>",
    f"<p style='text-align:center'>{IMG}<br><em>{{0}}</em></p>",
    f"<center>{IMG}</center><center>{{0}}</center>",
    f"<p>{IMG}</p><p><i>{{0}}</i></p>",
    f"<p>{IMG}</p><p>{{0}}</p>",
    f"<p>{IMG}<br>{{0}}</p>",
]


TWO = '<img src="/anh/2.jpg" width="660">'


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


@pytest.mark.parametrize(
    ("rows", "captions"),
    [
        (row(CAPTION) + row(IMG), (CAPTION, None)),
        (row(IMG, TWO) + row(CAPTION, OTHER), (CAPTION, OTHER)),
        (row(CAPTION, OTHER) + row(IMG, TWO), (CAPTION, OTHER)),
        (row(IMG, TWO) + row(CAPTION, ""), (CAPTION, None)),
        (row(IMG, TWO) + row("", CAPTION), (None, CAPTION)),
    ],
)
def test_a_caption_in_a_table_is_of_the_picture_in_its_column(
    rows: str, captions: tuple[str | None, str | None]
) -> None:
    article = read(page(f"<table>{rows}</table>"))
    shown = [image.caption for image in article.images]
    assert shown == list(captions[: len(shown)])
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_a_lead_beside_its_picture_in_a_table_is_the_lead() -> None:
    lead = f"{CAPTION}, trong khi {OTHER.lower()} và cả bến đứng chờ tiếng trống đầu tiên."
    beside = f"<table>{row(f'<p class=sapo><b>{lead}</b></p>', IMG)}</table>"
    article = read(page("").replace("<article>", f"{beside}<article>"))
    assert (article.lead, article.captions) == (lead, ())
    assert article.body == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "place",
    [
        "<figure><iframe src='/v'></iframe><figcaption>{0}</figcaption></figure>",
        "<figure><img src='/a.jpg' style='display:none'><figcaption>{0}</figcaption></figure>",
        "<figure><img src='data:image/gif;base64,R0'><figcaption>{0}</figcaption></figure>",
    ],
)
@pytest.mark.parametrize("before", ["", f"<figure>{IMG}<figcaption>{OTHER}</figcaption></figure>"])
def test_the_caption_of_a_video_is_no_pictures(place: str, before: str) -> None:
    article = read(page(before + place.format(CAPTION)))
    assert article.captions == ((OTHER, CAPTION) if before else (CAPTION,))
    assert [image.caption for image in article.images] == ([OTHER] if before else [])
    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_a_caption_of_any_length_in_its_own_place_is_one() -> None:
    long = f"{CAPTION}, " * 20 + OTHER
    captions, paragraphs = told(f"<figure>{IMG}<figcaption>{long}</figcaption></figure>")
    assert (captions, paragraphs) == ((long,), [FIRST, SECOND])


@pytest.mark.parametrize("place", PLACES)
def test_caption_in_its_place(place: str) -> None:
    assert told(place.format(CAPTION)) == ((CAPTION,), [FIRST, SECOND])


@pytest.mark.parametrize("place", PLACES)
def test_credit_stays_in_the_caption_and_is_told_apart(place: str) -> None:
    article = read(page(place.format(f"{CAPTION}. Ảnh: Thạch Thị Sa")))
    assert article.captions == (f"{CAPTION}. Ảnh: Thạch Thị Sa",)
    assert (article.images[0].caption, article.images[0].credit) == (f"{CAPTION}.", "Thạch Thị Sa")


@pytest.mark.parametrize("place", PLACES[:8])
def test_long_caption_in_a_sure_place(place: str) -> None:
    long = (
        f"{CAPTION}, bà con hai bên kinh ra xem đông như ngày hội và đánh trống suốt đoạn đường về."
    )
    assert told(place.format(long)) == ((long,), [FIRST, SECOND])


@pytest.mark.parametrize("place", PLACES)
def test_picture_without_a_caption_leaves_the_text_alone(place: str) -> None:
    assert told(place.format("&nbsp;")) == ((), [FIRST, SECOND])


@pytest.mark.parametrize(
    "after",
    [
        f"<p>{IMG}</p><p>{{0}}</p>",
        f"<div>{IMG}</div><p>{{0}}</p>",
        f"<figure>{IMG}<figcaption></figcaption></figure><p>{{0}}</p>",
        f"<div><figure>{IMG}<figcaption></figcaption></figure><div><p>{{0}}</p></div></div>",
        f"<div class='no-cap'><figure>{IMG}<figcaption></figcaption></figure><p>{{0}}</p></div>",
    ],
)
def test_paragraph_after_a_picture_is_text(after: str) -> None:
    paragraph = (
        "Trống vừa dứt, năm mươi hai mái dầm cùng cắm xuống, chiếc ghe bật lên như một mũi tên."
    )
    assert told(after.format(paragraph)) == ((), [FIRST, paragraph, SECOND])


@pytest.mark.parametrize(
    "subhead", ["<p><strong>{0}</strong></p>", "<h2>{0}</h2>", "<h3>{0}</h3>", "<p><b>{0}</b></p>"]
)
def test_subhead_after_a_picture_is_text(subhead: str) -> None:
    text = "Ba tháng chèo trên cạn"
    assert told(f"<p>{IMG}</p>{subhead.format(text)}") == ((), [FIRST, text, SECOND])


def test_centred_verses_are_text_where_everything_is_centred() -> None:
    long = (
        "Một câu thơ rất dài, dài hơn một trăm năm mươi ký tự, được chép lại "
        "nguyên văn từ cuốn sổ tay của người giữ ghe, kể về con nước, ngọn gió "
        "và đêm hội."
    )
    html = page("").replace("<article>", "<article style='text-align:center'>")
    html = html.replace(f"<p>{SECOND}</p>", f"<p>{IMG}</p><p>{long}</p><p>{SECOND}</p>")
    assert (read(html).body or "").split("\n\n")[1:] == [long, SECOND]


def test_two_pictures_and_two_captions() -> None:
    pair = (
        "<table><tr><td><img src='/anh/1.jpg'></td><td><img src='/anh/2.jpg'></td></tr>"
        f"<tr><td>{CAPTION}</td><td>{OTHER}</td></tr></table>"
    )
    article = read(page(pair))
    assert [(image.url[-5:], image.caption) for image in article.images] == [
        ("1.jpg", CAPTION),
        ("2.jpg", OTHER),
    ]


def test_one_caption_for_several_pictures_belongs_to_the_last() -> None:
    gallery = (
        "<figure><img src='/anh/1.jpg'><img "
        f"src='/anh/2.jpg'><figcaption>{CAPTION}</figcaption></figure>"
    )
    article = read(page(gallery))
    assert [image.caption for image in article.images] == [None, CAPTION]


def test_credit_in_a_line_of_its_own_continues_the_caption() -> None:
    two_lines = f"<figure>{IMG}<figcaption><p>{CAPTION}.</p><p>Ảnh: Sa</p></figcaption></figure>"
    assert told(two_lines)[0] == (f"{CAPTION}. Ảnh: Sa",)


@pytest.mark.parametrize(
    "markup",
    [
        "<p>{img}</p><p><em>“{text}”</em></p>",
        "<p>{img}</p><center><strong>Tiếng trống gọi bến</strong></center><p>{text}</p>",
        "<p>{img}</p><p style='text-align:center'>***</p><p>{text}</p>",
        "<p>{img}</p><p><em>{text}</em></p><p><em>{text} Rồi ghe về bến.</em></p>",
        "<table><tr><td><p>{text}</p><p>{text} Rồi ghe về bến.</p></td><td>{img}</td></tr></table>",
    ],
)
def test_subheads_quotations_and_passages_are_text(markup: str) -> None:
    captions, left = told(markup.format(img=IMG, text=SECOND[:90]))
    assert captions == ()
    assert " ".join(left).count(SECOND[:90]) == 1 + markup.count("{text}")


@pytest.mark.parametrize(
    "line",
    [
        "<p style='text-align:right'><i>{}</i></p>",
        "<p><em>{}</em></p><p style='text-align:right'><em>(Ảnh: Sa)</em></p>",
    ],
)
def test_a_caption_and_a_credit_at_the_right_in_the_text(line: str) -> None:
    captions, left = told(f"<p>{IMG}</p>{line.format(CAPTION)}")
    assert captions[0].startswith(CAPTION)
    assert left == [FIRST, SECOND]


def test_the_caption_of_a_gallery_stands_alone() -> None:
    figures = "".join(
        f"<figure><img src='/anh/{n}.jpg'><figcaption>{text}</figcaption></figure>"
        for n, text in enumerate((CAPTION, OTHER))
    )
    gallery = f"<figure>{figures}<figcaption>Ngày ghe về bến</figcaption></figure>"
    assert told(gallery) == ((CAPTION, OTHER, "Ngày ghe về bến"), [FIRST, SECOND])


def test_next_picture_begins_anew() -> None:
    pictures = (
        f"<p>{IMG}</p><p><em>{CAPTION}</em></p><p><img src='/anh/2.jpg'></p><p><em>{OTHER}</em></p>"
    )
    assert told(pictures) == ((CAPTION, OTHER), [FIRST, SECOND])


def test_signature_below_the_last_caption_is_no_caption() -> None:
    html = page("").replace(
        f"<p>{SECOND}</p>",
        f"<p>{SECOND}</p><p>{IMG}</p><p><em>{CAPTION}</em></p><p "
        "style='text-align:right'><em>Thực hiện: Thạch"
        " Thị Sa</em></p>",
    )
    article = read(html)
    assert (article.captions, article.authors) == ((CAPTION,), ("Thạch Thị Sa",))


def test_photo_story_has_its_text_under_the_pictures() -> None:
    story = "".join(
        f"<div><img src='/anh/{n}.jpg'><div><p>Cảnh thứ {n}: các tay chèo sửa "
        "lại hàng dầm, lau nước"
        " trên mạn ghe và ngồi vào chỗ của mình.</p></div></div>"
        for n in range(1, 5)
    )
    html = page("").replace(f"<p>{FIRST}</p>", "").replace(f"<p>{SECOND}</p>", story)
    article = read(html)
    assert len((article.body or "").split("\n\n")) == 4
    assert (article.captions, len(article.images)) == ((), 4)


def test_pictures_with_captions_alone_are_a_photo_article() -> None:
    story = "".join(
        f"<figure><img src='/anh/{n}.jpg'><figcaption>{CAPTION} {n}</figcaption></figure>"
        for n in range(1, 5)
    )
    html = page("").replace(f"<p>{FIRST}</p>", "").replace(f"<p>{SECOND}</p>", story)
    article = read(html)
    assert (article.kind, article.body) == ("photo", None)
    assert article.captions == tuple(f"{CAPTION} {n}" for n in range(1, 5))


def test_pictures_without_a_word_are_no_article() -> None:
    html = (
        page("")
        .replace(f"<p>{FIRST}</p>", IMG)
        .replace(f"<p>{SECOND}</p>", "<img src='/anh/2.jpg'>")
    )
    with pytest.raises(ExtractionError):
        read(html)


def test_more_caption_than_text_is_a_photo_story() -> None:
    story = "".join(
        f"<figure><img src='/anh/{n}.jpg'><figcaption>{CAPTION}, {OTHER} và bà "
        "con hai bên kinh ra xem lễ"
        f" hạ thủy lần thứ {n}</figcaption></figure>"
        for n in range(1, 7)
    )
    assert read(page(story)).kind == "photo"


# Addresses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("picture", "address"),
    [
        ("<img src='/anh/1.jpg'>", "/anh/1.jpg"),
        ("<img src='data:image/gif;base64,R0' data-src='/anh/2.jpg'>", "/anh/2.jpg"),
        ("<img src='/blank.gif' data-original='/anh/3.jpg'>", "/anh/3.jpg"),
        ("<img data-srcset='/anh/4.jpg 1x, /anh/4-2x.jpg 2x'>", "/anh/4.jpg"),
        ("<img srcset='/anh/5.jpg 320w'>", "/anh/5.jpg"),
        ("<img src='data:image/gif;base64,R0'>", ""),
        ("<img src=' '>", ""),
    ],
)
def test_picture_source(picture: str, address: str) -> None:
    document = Document(URL, f"<body>{picture}</body>".encode(), fetched_at=NOW)
    found = document.root.find(".//img")
    assert found is not None
    assert picture_address(found) == address


def test_icons_and_pixels_are_no_pictures() -> None:
    assert read(page("<img src='/icon.png' width='24'><img src='/px.gif' height='1'>")).images == ()


def test_caption_of_a_picture_a_script_would_fill() -> None:
    lazy = (
        f"<figure><img src='data:image/gif;base64,R0'><figcaption>{CAPTION}</figcaption></figure>"
    )
    article = read(page(f"<figure>{IMG}<figcaption>{OTHER}</figcaption></figure>{lazy}"))
    assert article.captions == (OTHER, CAPTION)
    assert [image.caption for image in article.images] == [OTHER]


def test_addresses_start_from_the_base_of_the_page() -> None:
    html = page("<img src='anh/1.jpg'>").replace(
        "<head>", "<head><base href='https://cdn.baobenloi.vn/f/'>"
    )
    assert [image.url for image in read(html).images] == ["https://cdn.baobenloi.vn/f/anh/1.jpg"]


def test_picture_above_the_headline_in_its_box() -> None:
    html = page("").replace(
        f"<h1>{HEADLINE}</h1>",
        (
            f"<div><div><img src='/anh/to.jpg'></div><h1>{HEADLINE}</h1><p "
            f"class='caption'>{CAPTION}</p></div>"
        ),
    )
    article = read(html)
    assert (article.captions, article.images[0].url) == (
        (CAPTION,),
        "https://baobenloi.vn/anh/to.jpg",
    )


def test_logo_above_the_headline_is_no_picture() -> None:
    assert read(page("", above="<div><a href='/'><img src='/logo.png'></a></div>")).images == ()


@pytest.mark.parametrize(
    "href", ["/anh/to.jpg", URL, "/anh.aspx?id=3107", "/anh/3107/", "#", "javascript:zoom(1)"]
)
def test_picture_that_leads_to_itself_is_the_articles(href: str) -> None:
    place = (
        f"<table><tr><td><a href='{href}'>{IMG}</a></td></tr><tr><td>{CAPTION}</td></tr></table>"
    )
    article = read(page(place))
    assert (article.captions, len(article.images)) == ((CAPTION,), 1)


@pytest.mark.parametrize("href", ["/chuyen-khac-3000.html", "https://ban-hang.vn/"])
def test_picture_that_leads_elsewhere_is_none(href: str) -> None:
    assert read(page(f"<p><a href='{href}'>{IMG}</a></p>")).images == ()


def test_picture_between_headline_and_text() -> None:
    html = page("").replace(
        "<article>", f"<figure>{IMG}<figcaption>{CAPTION}</figcaption></figure><article>"
    )
    assert read(html).captions == (CAPTION,)


def test_face_of_the_author_is_no_picture() -> None:
    html = page("").replace(
        "<article>", "<div class='author'><img src='/mat/12.jpg'></div><article>"
    )
    assert read(html).images == ()


# Any blocks ------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        IMG, "<p>", "</p>", "<figure>", "</figure>", "<figcaption>", "</figcaption>",
        "<table><tr><td>", "</td></tr></table>", "<em>", "</em>", "<center>", "</center>",
        "<div class='caption'>", "</div>", CAPTION, OTHER, FIRST, "Ảnh: Sa", "<br>",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_text_is_kept_once(html: str) -> None:
    document = Document(URL, f"<body><div>{html}</div></body>".encode(), fetched_at=NOW)
    box = document.root.find(".//div")
    assert box is not None
    found = blocks(box)
    texts, pictures = part_captions(found, box, box)
    told = sorted(
        " ".join(block.text for block in texts).split() + " ".join(c for _, c in pictures).split()
    )
    assert told == sorted(" ".join(block.text for block in found).split())


@given(st.lists(PIECES, max_size=30).map("".join))
def test_texts_keep_their_order(html: str) -> None:
    document = Document(URL, f"<body><div>{html}</div></body>".encode(), fetched_at=NOW)
    box = document.root.find(".//div")
    assert box is not None
    found = blocks(box)
    texts, _ = part_captions(found, box, box)
    words = [block.text for block in found]
    places = [words.index(block.text) for block in texts if words.count(block.text) == 1]
    assert places == sorted(places)
