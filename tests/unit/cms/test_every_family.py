"""Claims that hold of every CMS family, made of the examples that each family brings.

A new family is a new module in `tests/unit/cms/examples/`; nothing here is edited for it.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article.article_page import ArticlePage
from newscrawl.cms.family_page import FamilyPage
from newscrawl.cms.section import FamilySection
from newscrawl.discovery.source import ListPage
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from tests.support.families import newspapers
from tests.support.family_examples import (
    DOMAIN,
    FIRST,
    HEADLINE,
    LEAD,
    PAPER,
    SECOND,
    SectionExample,
    document,
    html,
    opened,
    page_examples,
    read,
    section_examples,
)

CIPHER = "Qz7" * 40 + "=="
EXAMPLES = page_examples()
LISTS = tuple(section_examples())


def of(*pages: type[ArticlePage]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=lambda page: page.__name__)


def having(name: str) -> pytest.MarkDecorator:
    """The page classes whose example fills in the attribute."""
    return of(*(page for page, example in EXAMPLES.items() if getattr(example, name)))


EVERY = of(*EXAMPLES)
PRINTED = having("date_line")
WITH_LEAD_IN_TEXT = having("has_lead_in_text")
WITH_LEAD_BOX = of(*(p for p in EXAMPLES if issubclass(p, FamilyPage) and p.lead_selector))
WITH_ID = of(*(page for page in EXAMPLES if re.fullmatch(r"#[\w-]+", page.body_selector)))
LIST = pytest.mark.parametrize("example", LISTS, ids=lambda example: type(example.section).__name__)


def test_every_layout_that_a_newspaper_reads_first_has_an_example() -> None:
    first = {paper.pages[0] for paper in newspapers().values()}
    missing = {page for page in first if issubclass(page, FamilyPage)} - set(EXAMPLES)
    assert not missing, "tests/unit/cms/examples/ has no example"


def test_every_kind_of_list_that_a_newspaper_walks_has_an_example() -> None:
    walked = {type(source) for paper in newspapers().values() for source in paper.sources}
    missing = {kind for kind in walked if issubclass(kind, FamilySection)}
    missing -= {type(example.section) for example in LISTS}
    assert not missing, "tests/unit/cms/examples/ has no example"


def test_only_a_layout_without_a_date_line_is_dated_in_its_head() -> None:
    for page, example in EXAMPLES.items():
        assert bool(example.date_line) is not example.is_dated_in_head, page


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


@WITH_ID
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
    if EXAMPLES[page].has_lead_in_text:
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


@EVERY
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


@having("has_single_date_line")
def test_two_date_lines_are_a_fault_of_that_field(page: type[ArticlePage]) -> None:
    line = EXAMPLES[page].date_line.format(date="09/05/2026 - 07:30")
    text = html(page)
    assert line in text
    with pytest.raises(ExtractionError) as caught:
        read(page, text.replace(line, line + line))
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


# Leads, bylines, sections ---------------------------------------------------------------------


@WITH_LEAD_BOX
def test_an_empty_box_is_no_lead(page: type[ArticlePage]) -> None:
    assert read(page, html(page, lead="")).lead is None


@WITH_LEAD_BOX
def test_a_lead_repeated_in_the_text_is_printed_once(page: type[ArticlePage]) -> None:
    article = read(page, html(page, f"<p>{LEAD}</p><p>{FIRST}</p>"))
    assert (article.lead, article.body) == (LEAD, FIRST)


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
@WITH_LEAD_IN_TEXT
def test_the_lead_is_the_paragraph_that_the_description_repeats(
    page: type[ArticlePage], description: str, paragraph: str
) -> None:
    text = html(page, f"<p>{paragraph}</p><p>{FIRST}</p>", lead="")
    text = text.replace('content=""', f'content="{description}"')
    article = read(page, text)
    assert (article.lead, article.body) == (paragraph, FIRST)


@WITH_LEAD_IN_TEXT
@pytest.mark.parametrize("description", ["", "Con đường", "Một chuyện khác hẳn được tả ở đây."])
def test_a_paragraph_nothing_marks_is_text(page: type[ArticlePage], description: str) -> None:
    text = html(page, f"<p>{FIRST}</p><p>{SECOND}</p>", lead="")
    article = read(page, text.replace('content=""', f'content="{description}"'))
    assert (article.lead, article.body) == (None, f"{FIRST}\n\n{SECOND}")


@having("byline")
def test_the_byline_in_the_head_stands_in_for_one_below(page: type[ArticlePage]) -> None:
    box = EXAMPLES[page].byline.format(author="Lò Thị Mỷ")
    text = html(page).replace("<body>", f"<body>{box}")
    assert read(page, text).authors == ("Lò Thị Mỷ",)
    below = f'<p>{FIRST}</p><p style="text-align: right"><b>Giàng Seo Sẩu</b></p>'
    text = html(page, below).replace("<body>", f"<body>{box}")
    assert read(page, text).authors == ("Giàng Seo Sẩu",)


@having("breadcrumb")
@pytest.mark.parametrize("home", ["/", f"https://{DOMAIN}/", f"https://{DOMAIN}"])
def test_the_breadcrumb_is_the_section_path(page: type[ArticlePage], home: str) -> None:
    links = f'<a href="{home}">Trang chủ</a> <a href="/xa-hoi/">Xã hội</a> '
    links += '<a href="/xa-hoi/giao-thong/">&gt; Giao thông</a>'
    article = read(
        page, html(page).replace("<body>", "<body>" + EXAMPLES[page].breadcrumb.format(links=links))
    )
    assert article.section_path == ("Xã hội", "Giao thông")
    assert article.section == "Giao thông"


@having("own_number")
def test_a_page_that_says_it_is_another_article_is_broken(page: type[ArticlePage]) -> None:
    text = html(page)
    own = text.replace("<body>", "<body>" + EXAMPLES[page].own_number.format(number="204511"))
    assert read(page, own).headline == HEADLINE
    unfilled = text.replace("<body>", "<body>" + EXAMPLES[page].own_number.format(number=""))
    assert read(page, unfilled).headline == HEADLINE
    other = text.replace("<body>", "<body>" + EXAMPLES[page].own_number.format(number="204512"))
    with pytest.raises(IncompletePageError, match="204512"):
        read(page, other)


@having("captioned")
def test_a_caption_that_a_class_marks_leaves_the_text(page: type[ArticlePage]) -> None:
    captioned = EXAMPLES[page].captioned.format(picture="<img src=/anh/1.jpg>", caption="Bến đò")
    article = read(page, html(page, f"<p>{FIRST}</p>{captioned}<p>{SECOND}</p>"))
    assert article.captions == ("Bến đò",)
    assert article.body == f"{FIRST}\n\n{SECOND}"


@EVERY
def test_a_lazy_pictures_address_is_its_data_src(page: type[ArticlePage]) -> None:
    picture = '<p><img src="data:image/gif;base64,R0lG" data-src="/anh/that.jpg"></p>'
    article = read(page, html(page, f"<p>{FIRST}</p>{picture}<p>{SECOND}</p>"))
    assert [image.url for image in article.images] == [f"https://{DOMAIN}/anh/that.jpg"]


@having("furniture")
def test_the_layouts_advertisements_and_boxes_are_no_text(page: type[ArticlePage]) -> None:
    between = EXAMPLES[page].furniture
    article = read(page, html(page, f"<p>{FIRST}</p>{between}<p>{SECOND}</p>"))
    assert article.body == f"{FIRST}\n\n{SECOND}"


@EVERY
def test_a_page_reads_its_own_form_of_address_only(page: type[ArticlePage]) -> None:
    key = page.read_key(EXAMPLES[page].address)
    assert key is not None
    assert key.endswith("204511")
    for other in (f"https://{DOMAIN}/", f"https://{DOMAIN}/xa-hoi/", f"https://{DOMAIN}/a.html"):
        assert page.read_key(other) is None
    assert page.read_key(f"https://{DOMAIN}/mua-lu-event204511.html") is None


@given(st.text(max_size=80))
def test_reading_a_key_never_raises(text: str) -> None:
    for url in (text, f"https://{DOMAIN}/{text}", f"https://{DOMAIN}/channel/1/201105/{text}"):
        for page in EXAMPLES:
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
    for page in EXAMPLES:
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
    for example in LISTS:
        section = example.section
        try:
            found = section.read(document(text or " ", section.start(PAPER)), PAPER)
        except (ExtractionError, IncompletePageError):
            continue
        assert isinstance(found, ListPage)


# Lists ----------------------------------------------------------------------------------------


@LIST
def test_a_list_is_read_in_order_each_article_once(example: SectionExample) -> None:
    section, item = example.section, example.item
    numbers = (204513, 204512, 204511, 204513)
    text = "".join(item.format(example.link(n), f"Tin {n}") for n in numbers)
    text += item.format("https://nguoi-la.vn" + example.link(204514), "Báo khác")
    text += item.format("/xa-hoi/", "Chuyên mục")
    text = f'<table><tr><td id="left">{text}</td><td id="right">'
    text += example.beside.format(example.link(204599), "Đọc nhiều")
    page = section.read(document(f"{text}</td></tr></table>", section.start(PAPER)), PAPER)
    assert [found.title for found in page.links] == ["Tin 204513", "Tin 204512", "Tin 204511"]
    assert [found.key for found in page.links] == [
        section.page.read_key(f"https://{DOMAIN}{example.link(n)}") for n in numbers[:3]
    ]
    assert page.older is None


@LIST
def test_a_page_without_a_list_is_a_fault(example: SectionExample) -> None:
    section = example.section
    with pytest.raises(ExtractionError) as caught:
        section.read(document("<p>Đang nâng cấp</p>", section.start(PAPER)), PAPER)
    assert caught.value.field == "list"


@LIST
def test_on_the_front_page_any_link_to_an_article_counts(example: SectionExample) -> None:
    home = replace(example.section, path="/")
    text = (
        f'<main><a href="{example.link(204511)}">Tin</a><a href="/gioi-thieu">Tòa soạn</a></main>'
    )
    page = home.read(document(text, f"https://{DOMAIN}/"), PAPER)
    assert [found.title for found in page.links] == ["Tin"]


@LIST
def test_a_section_is_found_again_by_its_path(example: SectionExample) -> None:
    section = example.section
    for path in ("/kinh-te", "/kinh-te/"):
        other = section.at(path)
        assert other is not None
        assert (type(other), other.path) == (type(section), "/kinh-te/")
    assert section.at("/video/xem-video/cho-noi-3992.html") is None
