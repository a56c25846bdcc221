"""What a page says of itself: meta tags as they are, JSON-LD as it should not be."""

import json
from dataclasses import astuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newscrawl.page.metadata import Metadata, NewsArticle, read_metadata
from newscrawl.text import clean

unhurried = settings(deadline=None)
PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)


def page(head: str, body: str = "<p>Một đoạn.</p>") -> Metadata:
    html = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_metadata(etree.fromstring(html.encode("utf-8", "replace"), PARSER))


def scripts(*texts: str) -> Metadata:
    return page("".join(f'<script type="application/ld+json">{text}</script>' for text in texts))


def news(*texts: str) -> NewsArticle:
    found = scripts(*texts).news
    assert found is not None
    return found


def all_text(metadata: Metadata) -> str:
    """Every text the metadata gives out, NFC and free of what cannot be stored."""
    values: list[object] = [metadata.canonical, metadata.news and astuple(metadata.news)]
    values += [dict(metadata.meta), dict(metadata.itemprop), dict(metadata.og)]
    return json.dumps(values, ensure_ascii=False)


# Meta tags ----------------------------------------------------------------------------------------

HEAD = """
<meta charset="utf-8">
<meta name="description" content=" Nước  lên nhanh,\n bà con bản Khuổi Lạ đã dời nhà. ">
<meta name="Keywords" content="lũ, Khuổi Lạ">
<meta name="robots" content="index,follow">
<meta name="keywords" content="mưa">
<meta name="keywords" content="mưa">
<meta property="og:title" content="Lũ về Khuổi Lạ">
<meta property="og:image" content="https://bao.example/1.jpg">
<meta property="og:image" content="https://bao.example/2.jpg">
<meta name="og:site_name" content="Báo Tỉnh">
<meta property="article:tag" content="lũ">
<meta property="article:tag" content="bản làng">
<meta itemprop="datePublished" property="article:published_time" content="2024-07-02T06:00:00+0700">
<meta name="author" property="article:author" content="Hà Thu">
<meta property="og:description" content="\xa0">
<meta name="viewport">
<meta content="không tên">
<link rel="stylesheet" href="/a.css">
<link rel="Canonical alternate" href=" https://bao.example/lu-ve-17.html ">
<link rel="canonical" href="https://bao.example/khac.html">
"""


def test_meta_tags_are_read_by_name_and_property() -> None:
    metadata = page(HEAD)
    assert metadata.meta["description"] == ("Nước lên nhanh, bà con bản Khuổi Lạ đã dời nhà.",)
    assert metadata.meta["keywords"] == ("lũ, Khuổi Lạ", "mưa")
    assert metadata.meta["article:tag"] == ("lũ", "bản làng")
    assert metadata.meta["author"] == metadata.meta["article:author"] == ("Hà Thu",)
    assert metadata.first("article:published_time") == "2024-07-02T06:00:00+0700"
    assert metadata.first("og:title") == "Lũ về Khuổi Lạ"


def test_what_a_page_does_not_say_is_absent() -> None:
    metadata = page(HEAD)
    assert metadata.first("viewport") is None
    assert metadata.first("og:description") is None  # only a blank
    assert "og:description" not in metadata.meta
    assert "generator" not in metadata.meta
    assert metadata.news is None
    assert page("").canonical is None
    assert page("") == Metadata()


def test_opengraph_keeps_the_first_of_each() -> None:
    assert page(HEAD).og == {
        "title": "Lũ về Khuổi Lạ",
        "image": "https://bao.example/1.jpg",
        "site_name": "Báo Tỉnh",
    }


def test_itemprops_stand_apart() -> None:
    metadata = page(HEAD + '<meta itemprop="name" content="Báo Tỉnh">')
    assert metadata.itemprop == {
        "datepublished": ("2024-07-02T06:00:00+0700",),
        "name": ("Báo Tỉnh",),
    }
    assert "name" not in metadata.meta


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ('<link rel="canonical" href="/lu-ve-17.html">', "/lu-ve-17.html"),
        ('<link rel=canonical href="">', None),
        ('<link rel=canonical href="\xa0"><link rel=canonical href="/b">', "/b"),
        ("<link rel=canonical>", None),
        ('<link rel="shortlink canonicals" href="/a">', None),
        ('<link href="/a">', None),
    ],
)
def test_canonical_is_the_first_that_says_something(link: str, canonical: str | None) -> None:
    assert page(link).canonical == canonical


def test_tags_below_the_head_count_too() -> None:
    metadata = page("", '<div><meta itemprop="datePublished" content="2024-07-02"></div>')
    assert metadata.itemprop["datepublished"] == ("2024-07-02",)


def test_decomposed_letters_and_invisible_marks_are_cleaned() -> None:
    metadata = page('<meta property="OG:Title" content="Tuye\u0302n\u200b Quang\u0007">')
    assert metadata.og == {"title": "Tuyên Quang"}


def test_the_root_beside_a_stray_root_is_read() -> None:
    html = "<html></html><head><meta name=author content=A><title>x</title></head><body><p>y</p>"
    first = etree.fromstring(html, etree.HTMLParser())
    roots = [first, *first.itersiblings(etree.Element)]
    assert [read_metadata(root).first("author") for root in roots][-1] == "A"


# JSON-LD ------------------------------------------------------------------------------------------

WHOLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": " Chợ phiên\xa0Lũng Vài  họp lại ",
    "description": "Sau ba năm, chợ phiên Lũng Vài họp lại.",
    "datePublished": "2021-12-01 11:51:00",
    "dateModified": "2021-12-02T08:00:00+07:00",
    "author": [{"@type": "Person", "name": "Hà Thu"}, {"name": "Lý Seo"}, {"name": "Hà Thu"}],
    "articleSection": "Kinh tế ",
    "image": {"@type": "ImageObject", "url": "https://bao.example/cho.jpg", "width": 900},
    "publisher": {"@type": "Organization", "name": "Báo Tỉnh", "logo": {"url": "/l.png"}},
    "keywords": "chợ phiên, Lũng Vài,, ",
}
READ = NewsArticle(
    headline="Chợ phiên Lũng Vài họp lại",
    description="Sau ba năm, chợ phiên Lũng Vài họp lại.",
    date_published="2021-12-01 11:51:00",
    date_modified="2021-12-02T08:00:00+07:00",
    authors=("Hà Thu", "Lý Seo"),
    section="Kinh tế",
    images=("https://bao.example/cho.jpg",),
    publisher="Báo Tỉnh",
    keywords=("chợ phiên", "Lũng Vài"),
)
TEXT = json.dumps(WHOLE, ensure_ascii=False)


def test_every_field_of_a_news_article() -> None:
    assert news(TEXT) == READ


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(WHOLE),  # \u escapes
        json.dumps([WHOLE]),
        json.dumps([[{"@type": "WebSite", "name": "Báo Tỉnh"}], [[WHOLE]]]),
        json.dumps({"@graph": [{"@type": "Organization"}, WHOLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": WHOLE}),
        json.dumps({"@graph": [[{"@graph": WHOLE}]]}),
        json.dumps(WHOLE | {"@type": ["Thing", "ReportageNewsArticle"]}),
        json.dumps(WHOLE | {"@type": "http://schema.org/Article"}),
        json.dumps(WHOLE | {"@type": "schema:BlogPosting"}),
        f"\n <!-- {TEXT} -->",
        f"//<![CDATA[\n{TEXT}\n//]]>",
        f"/* <![CDATA[ */ {TEXT} /* ]]> */",
        f"<![CDATA[{TEXT}]]>",
        f"{TEXT};",
        TEXT[:-1] + ",}",
        f"[{TEXT}, ]",
        TEXT.replace(" họp lại.", " họp\n\tlại.", 1),
        TEXT.replace("900", "NaN"),
        TEXT.replace("900", "-Infinity"),
        TEXT.replace("900", "1e999999"),
        TEXT.replace("900", "9" * 5000),
        TEXT.replace("900", '{"@value": [' + "1," * 3000 + "]}"),
        TEXT[:-1] + ', "about": "' + "\\ud800" + '"}',
        TEXT.replace('"@context"', '"\\u0000@context"'),
        "\ufeff" + TEXT,
    ],
)
def test_the_same_article_however_it_is_wrapped(text: str) -> None:
    assert news(text) == READ


def test_a_comma_inside_a_text_is_no_trailing_comma() -> None:
    assert news('{"@type":"Article","headline":"Một, ] hai, } \\", ]",}').headline == (
        'Một, ] hai, } ", ]'
    )


def test_the_first_article_wins_and_other_objects_do_not() -> None:
    first, second = {"@type": "Article", "headline": "Một"}, {"@type": "Article", "headline": "Hai"}
    assert news(json.dumps([first, second])).headline == "Một"
    assert (
        news('{"@type":"BreadcrumbList"}', json.dumps(second), json.dumps(first)).headline == "Hai"
    )
    assert news("{hỏng", json.dumps(second)).headline == "Hai"


@pytest.mark.parametrize(
    "found",
    [
        {"@type": "ItemList", "itemListElement": [{"item": WHOLE}]},  # a list of other articles
        {"@type": "WebPage", "hasPart": WHOLE},
        {"@type": "NewsMediaOrganization", "name": "Báo Tỉnh"},
        {"@type": "newsarticle", "headline": "Một"},
        {"headline": "Một"},
        {"@type": None, "headline": "Một"},
    ],
)
def test_other_objects_are_no_article(found: object) -> None:
    assert scripts(json.dumps(found)).news is None


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("headline", ["a", "b"], "a"),
        ("headline", {"@value": "a"}, "a"),
        ("headline", [None, [], {}, [["a"]]], "a"),
        ("headline", 12, None),
        ("headline", True, None),
        ("headline", None, None),
        ("headline", "", None),
        ("headline", "\u200b ", None),
        ("datePublished", 12345, None),
        ("articleSection", ["Kinh tế", "Xã hội"], "Kinh tế"),
        ("articleSection", {"name": "Kinh tế"}, "Kinh tế"),
        ("publisher", "Báo Tỉnh", "Báo Tỉnh"),
        ("publisher", {"logo": "/l.png"}, None),
        ("author", "Hà Thu", ("Hà Thu",)),
        ("author", {"name": ["Hà Thu", "Lý Seo"]}, ("Hà Thu", "Lý Seo")),
        ("author", {"name": {"@value": "Hà Thu"}}, ("Hà Thu",)),
        ("author", {"url": "https://bao.example/ha-thu"}, ()),
        ("author", [7, None, {"name": ""}], ()),
        ("image", "/a.jpg", ("/a.jpg",)),
        (
            "image",
            ["/a.jpg", {"contentUrl": "/b.jpg"}, {"url": "", "contentUrl": "/c.jpg"}],
            ("/a.jpg", "/b.jpg", "/c.jpg"),
        ),
        ("image", {"width": 900}, ()),
        ("keywords", ["a, b", " c ", "c"], ("a, b", "c")),
        ("keywords", [{"@type": "DefinedTerm", "name": "a"}], ("a",)),
        ("keywords", 5, ()),
    ],
)
def test_odd_types(field: str, value: object, expected: object) -> None:
    names = {
        "headline": "headline",
        "datePublished": "date_published",
        "articleSection": "section",
        "publisher": "publisher",
        "author": "authors",
        "image": "images",
        "keywords": "keywords",
    }
    found = news(json.dumps({"@type": "Article", field: value}))
    assert getattr(found, names[field]) == expected


# Broken, deep and hostile: the ideas of JSONTestSuite, in strings of our own
HOSTILE = [
    "",
    " ",
    "null",
    "true",
    '"NewsArticle"',
    "12",
    "{",
    "}",
    "{}",
    "[",
    "[]",
    "[,]",
    "[1 2]",
    '{"@type"',
    '{"@type":',
    '{"@type":}',
    '{"@type":"NewsArticle"',
    '{"@type":"NewsArticle",',
    '{"@type":"NewsArticle" "headline":"a"}',
    "{'@type':'NewsArticle','headline':'a'}",
    "{@type:NewsArticle}",
    '{"@type":"NewsArticle","headline":"a\\x41"}',
    '{"@type":"NewsArticle","headline":"\\u12"}',
    '{"@type":"NewsArticle","headline":"\\ud800"}',
    '{"@type":"NewsArticle","headline":"\\udc00\\ud800 \\ud83d\\ude00"}',
    '{"@type":"NewsArticle","headline":"\\u0000\\u001b[31m\\u2028\\ufffe\\uffff"}',
    '{"@type":"NewsArticle","headline":"a","headline":["b",{"\\ud800":"\\udfff"}]}',
    '{"@type":"NewsArticle","author":{"name":{"name":{"name":"a"}}}}',
    '{"@type":"NewsArticle","headline":' + "[" * 900 + '"a"' + "]" * 900 + "}",
    '{"@type":"NewsArticle","headline":NaN,"author":[Infinity,-Infinity]}',
    '{"@type":"NewsArticle","headline":-,"author":+1}',
    '{"@type":"NewsArticle","headline":' + "1" * 100_000 + "}",
    '{"@type":"NewsArticle","headline":1e400,"author":-1E+9999,"image":0123}',
    '{"@type":{"@type":["NewsArticle"]},"@graph":{"@graph":{"@graph":7}}}',
    '{"@type":"NewsArticle","@type":[[["Article"]]],"image":{"url":{"url":{"url":[]}}}}',
    "[" * 100_000,
    "[" * 100_000 + "]" * 100_000,
    '{"@graph":' * 100_000 + "1" + "}" * 100_000,
    '{"a":[' * 50_000,
    "[" + "," * 100_000 + "]",
    '[""' + ',""' * 50_000 + ",]",
    '"' * 99_999,
    '"\\\n' * 50_000,
    ", " * 50_000 + "]",
    "," + " " * 100_000 + "x",
    "/" * 100_000,
    "<!--" * 30_000,
    "\\" * 100_000,
    "\ufeff{}",
    "<!-- -->",
    "{{title}}",
    "undefined",
    "var a = {};",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_json_is_read_or_left_and_can_be_stored(text: str) -> None:
    all_text(Metadata(json_ld=(text,))).encode("utf-8")


def test_a_lone_surrogate_goes_and_the_text_stays() -> None:
    found = news('{"@type":"NewsArticle","headline":"lẻ\\ud800 đôi \\ud83d\\ude00"}')
    assert found.headline == "lẻ đôi 😀"


def test_a_script_of_another_type_is_no_json_ld() -> None:
    head = f'<script>{TEXT}</script><script type="application/json">{TEXT}</script>'
    assert page(head).news is None
    head = f'<script type="Application/LD+JSON; charset=utf-8">{TEXT}</script>'
    assert page(head).news == READ


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "@value", "headline", "author", "name", "image", "url"]
            ),
            inner | st.sampled_from(["NewsArticle", "Article"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@unhurried
@given(value=JSON, cut=st.integers(0, 400))
def test_any_json_whole_or_cut_off(value: object, cut: int) -> None:
    text = json.dumps(value)
    for read in (Metadata(json_ld=(text,)), Metadata(json_ld=(text[:cut],))):
        all_text(read).encode("utf-8")


@unhurried
@given(st.text())
def test_any_text_as_json_ld(text: str) -> None:
    all_text(Metadata(json_ld=(text,))).encode("utf-8")


@unhurried
@given(st.text(), st.text(), st.sampled_from(["name", "property", "itemprop", "rel", "href"]))
def test_any_text_in_any_attribute(key: str, content: str, attribute: str) -> None:
    root = etree.Element("html")
    for tag in ("meta", "link", "script"):
        element = etree.SubElement(root, tag)
        for name, value in ((attribute, key), ("content", content), ("type", key)):
            element.set(name, "".join(c for c in value if c.isprintable() or c in "\t\n"))
    metadata = read_metadata(root)
    all_text(metadata).encode("utf-8")
    for values in (*metadata.meta.values(), *metadata.itemprop.values()):
        assert values
        assert list(values) == [clean(value) for value in values]


@unhurried
@given(st.binary(max_size=400))
def test_any_bytes_as_a_page(body: bytes) -> None:
    root = etree.fromstring(b"<html><meta name=a content=b>" + body, PARSER)
    all_text(read_metadata(root)).encode("utf-8")


# Nodes that refer to each other -------------------------------------------------------------------

_WRITER: dict[str, object] = {"@type": "Person", "@id": "#an", "name": "Hà An"}


@pytest.mark.parametrize(
    ("author", "nodes", "expected"),
    [
        ({"@id": "#an"}, [_WRITER], ("Hà An",)),
        ([{"@id": "#an"}, {"name": "Lan Chi"}], [_WRITER], ("Hà An", "Lan Chi")),
        ({"@id": "#an", "name": "H. An"}, [_WRITER], ("H. An",)),
        ([["Lan Chi", {"name": "Hà An"}]], [], ("Lan Chi", "Hà An")),
        ({"@id": "#khac"}, [_WRITER], ()),
        ({"@id": ["#an"]}, [_WRITER], ()),
        ({"@id": "#an"}, [{"@type": "Person", "@id": "#an"}], ()),
        ({"@id": "#an"}, [{"@type": "Person", "@id": ["#an"], "name": "Hà An"}], ()),
        ({"@id": "#an"}, [{"@type": "NewsArticle", "@id": "#an", "name": "Tin khác"}], ()),
    ],
)
def test_an_author_is_the_node_to_which_the_article_refers(
    author: object, nodes: list[object], expected: tuple[str, ...]
) -> None:
    article = {"@type": "NewsArticle", "headline": "Mùa lúa", "author": author}
    news = Metadata(json_ld=(json.dumps({"@graph": [article, *nodes]}),)).news
    assert news is not None
    assert news.authors == expected
