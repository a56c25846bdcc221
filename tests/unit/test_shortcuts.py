"""Short ways taken for speed give what the long ways give, on any input."""

import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import etree
from parsel.csstranslator import HTMLTranslator
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.archive.warc.warc_records import parse_record
from newscrawl.article.normalize import clean_body
from newscrawl.page.selectors import compiled, elements, text_in
from newscrawl.text import clean, clean_lines, visible
from newscrawl.urls.canonical import BadAddressError, canonical, resolve

# Selectors ---------------------------------------------------------------------------------------

SELECTORS = (
    ".tin",
    ".tin a",
    ".tin > a",
    ".tin + p",
    ".tin ~ p",
    ".tin.dam",
    ".tin:not(.dam)",
    ".tin:first-child",
    ".tin, .dam p",
    "[itemprop=articleBody]",
    "[itemprop='articleBody'] p",
    "[itemprop*=article]",
    "[itemprop^=art]",
    "[itemprop]",
    "[data-x='a b']",
    "p[itemprop=articleBody]",
    "#tin p",
    ":is(.tin, .dam) a",
    "a:not([href='/'])",
)
attributes = st.dictionaries(
    st.sampled_from(["class", "itemprop", "id", "data-x", "href"]),
    st.sampled_from(["tin", "dam", "tin dam", " tin\n", "tintuc", "articleBody", "a b", "", "/"]),
    max_size=3,
)
nodes: SearchStrategy[Any] = st.recursive(
    st.tuples(st.sampled_from(["p", "a", "div"]), attributes, st.just([])),
    lambda inner: st.tuples(
        st.sampled_from(["p", "a", "div"]), attributes, st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)

Node = tuple[str, dict[str, str], list[Any]]


def built(node: Node) -> etree._Element:
    tag, given_, children = node
    element = etree.Element(tag, given_)
    element.text = f"{tag} "
    for child in children:
        element.append(built(child))
    return element


@given(nodes)
def test_a_selector_finds_what_parsel_finds(
    node: Node,
) -> None:
    root = built(node)
    for selector in SELECTORS:
        expected = root.xpath(HTMLTranslator().css_to_xpath(selector))
        assert elements(root, selector) == expected, selector


def test_the_leading_attribute_is_asked_first() -> None:
    assert "/@class[" in compiled(".tin").path
    assert "/@itemprop[" in compiled("[itemprop=articleBody]").path
    assert "/@" not in compiled("p.tin").path.removeprefix("descendant-or-self::p")


PATHS = (
    "//p[@class]",
    "//p",
    "//*[@class='tin']",
    "//div//a[@href]",
    "//div[.//a]/p | //a[@href='/']",
    ".//a[@href] | ./p",
    "//div[not(.//p[@id])]",
    "(//a)[1]",
    "//div/a[1]",
    "//div//a[last()]",
    "//a[position() > 1]",
    "//a[starts-with(@href, '//')] | //p[@class]",
    "//p/ancestor::div//a[@class]",
)


@given(nodes)
def test_a_path_finds_what_it_finds_as_it_is_written(node: Node) -> None:
    root = built(node)
    for place in (root, *root):
        for path in PATHS:
            assert elements(place, path) == place.xpath(path), path


def test_no_list_is_made_of_every_node() -> None:
    assert compiled("//p[@class]").path == "/descendant::p[@class]"
    assert "//" not in compiled("//div[.//a]//p").path
    assert compiled("//div//a[1]").path == "//div//a[1]"


def test_what_a_page_says_is_a_variable_never_part_of_a_selector() -> None:
    root = etree.HTML('<ul><li class="a">1</li><li class="x&quot;] | //*[&quot;">2</li></ul>')
    said = 'x"] | //*["'
    assert [text_in(e) for e in elements(root, "//li[@class=$id]", id=said)] == ["2"]


@given(nodes)
def test_the_text_of_an_element_is_all_its_texts(
    node: Node,
) -> None:
    root = built(node)
    assert text_in(root) == "".join(map(str, root.itertext()))


# Texts -------------------------------------------------------------------------------------------

texts = st.text(
    st.sampled_from("aáé \u0301 \n\t\r\x0b\xa0\u200b\u2028\u3000&;.") | st.characters(codec="utf-8")
)


@given(texts)
def test_a_tidy_text_is_the_split_and_joined_one(text: str) -> None:
    shown = visible(text)
    if "&" not in shown:
        assert clean(text) == " ".join(shown.split())
    assert clean(clean(text)) == clean(text)


@given(texts)
def test_lines_are_cleaned_one_by_one(text: str) -> None:
    lines = re.split(r"[\n\r\x0b\x0c\x85\u2028\u2029]", text)
    assert clean_lines(text) == "\n".join(filter(None, map(clean, lines)))


@given(st.lists(texts, max_size=4).map("\n\n".join))
def test_a_body_is_cleaned_paragraph_by_paragraph(body: str) -> None:
    found = clean_body(body)
    assert clean_body(found) == found
    if "\t" not in body:
        parts = visible(body).split("\n\n")
        assert found == "\n\n".join(filter(None, map(clean_lines, parts)))


# Addresses ---------------------------------------------------------------------------------------

HOSTS = {"bao.vn": "www.bao.vn", "www.bao.vn": "www.bao.vn"}
paths = st.lists(
    st.sampled_from(["a", "Z9", "-", "_", ".", "..", "~", "/", "//", "?", "=", "&", "#", "%20", "é",
                     " ", ":", "b.html", "\\", "@"])
).map("".join)  # fmt: skip


@given(paths)
def test_a_plain_address_is_what_the_long_way_makes_of_it(path: str) -> None:
    """A fragment keeps an address from the short way and changes nothing else."""
    base = "https://bao.vn/x/y.html"
    if "#" in path or path != path.strip():
        return
    if path:
        assert resolve(base, path) == resolve(base, path + "#a")
    try:
        expected: str | None = canonical(f"https://bao.vn/{path}#a", HOSTS)
    except BadAddressError:
        expected = None
    if expected is not None:
        assert canonical(f"https://bao.vn/{path}", HOSTS) == expected


# WARC records ------------------------------------------------------------------------------------

values = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=12)
headers = st.lists(st.tuples(st.sampled_from(["ETag", "X-A", "Content-Type"]), values), max_size=4)


@given(headers, st.binary(max_size=300), st.integers(100, 599))
def test_a_record_reads_as_warcio_reads_it(
    http: list[tuple[str, str]], body: bytes, status: int
) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    record = writer.create_warc_record(
        "https://baothu.vn/a",
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(f"{status} OK", http, protocol="HTTP/1.1"),
    )
    writer.write_record(record)
    ours = parse_record(out.getvalue())
    theirs = next(iter(ArchiveIterator(io.BytesIO(out.getvalue()))))
    assert ours is not None
    assert (ours.kind, ours.status) == ("response", status)
    assert ours.payload == theirs.raw_stream.read() == body
    assert list(ours.http_headers) == theirs.http_headers.headers
    for name in ("WARC-Target-URI", "WARC-Date", "WARC-Record-ID", "WARC-Payload-Digest"):
        assert ours.header(name) == theirs.rec_headers.get_header(name)


@given(st.binary(max_size=200) | st.builds(bytes.__add__, st.just(b"WARC/1.1\r\n"), st.binary()))
def test_no_bytes_are_too_strange_for_a_record(data: bytes) -> None:
    found = parse_record(data)
    assert found is None or data.startswith(b"WARC/")


@pytest.mark.parametrize("cut", [1, 10, 24, 30])
def test_a_record_that_is_cut_off_is_none(cut: int) -> None:
    whole = b"WARC/1.1\r\nContent-Length: 31\r\n\r\nHTTP/1.1 200 OK\r\n\r\nmuoi chu cai"
    assert parse_record(whole[: len(whole) - cut]) is None
