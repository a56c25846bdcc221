"""Every pure function that is given what a page holds raises what it documents, and no more."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from lxml import etree

from newscrawl.article.boilerplate import is_contact, is_imprint, is_label
from newscrawl.article.box_roles import named, roles
from newscrawl.article.byline import (
    read_attribution,
    read_byline,
    split_credit,
    strip_dash,
)
from newscrawl.article.dates import (
    ImpossibleDateError,
    read_modified,
    read_moment,
)
from newscrawl.article.item_schema import check_line
from newscrawl.article.meta_lines import is_date_line, is_dateline
from newscrawl.article.normalize import clean_body, content_hash, normalize
from newscrawl.article.outlet_names import (
    credited_outlet,
    known_outlet,
    named_outlet,
    outlet,
    outlet_of_domain,
)
from newscrawl.crawl.responses import time_of_fetch
from newscrawl.exceptions import NewscrawlError
from newscrawl.http.address_guard import check_addresses, literal, off_limits
from newscrawl.http.failure_class import is_same_address
from newscrawl.http.robots_rules import Robots
from newscrawl.http.tdm_reservation import from_headers, from_page, from_well_known
from newscrawl.http.throttle import retry_after
from newscrawl.items import Article, from_line, to_line
from newscrawl.monitoring.indicators import is_loose
from newscrawl.page.bot_wall import looks_like_bot_wall
from newscrawl.page.completeness import has_end, is_cut_off
from newscrawl.page.encoding import BROKEN, decode_page
from newscrawl.page.limits import excess
from newscrawl.page.metadata import read_metadata
from newscrawl.page.vietnamese_codepages import (
    evidence,
    is_syllable,
    proven,
    reads_well,
    sample_of,
)
from newscrawl.text import (
    clean,
    clean_lines,
    nfc,
    same_text,
    syllables,
    visible,
)
from newscrawl.urls.article_keys import (
    exact_number_key,
    fallback_key,
    folder_number_key,
    query_number_key,
    trailing_number_key,
    vnpt_key,
)
from newscrawl.urls.canonical import (
    BadAddressError,
    canonical,
    image_url,
    resolve,
    spellings,
)

NOW: Final = datetime(2026, 11, 23, 16, 7, 5, tzinfo=UTC)
# Any text, lone surrogates too, and texts of what the readers look for in any order.
WORDS: Final = (
    *("Theo ", "Nguồn: ", "Ảnh: ", "(", ")", "/", "-", "– ", ", ", ".", ":", ";", '"', "“", "”"),
    *("Báo Lao Động", "TTXVN", "PV", "Trần Thị Hà", "ThS. ", "Bài, ảnh: ", "thứ hai", "ngày "),
    *("14/11/2022", "31/02/2023", "15:30", "GMT+7", "2022-11-14T08:30:00Z", "tháng 11 năm 2022"),
    *("Sáng 14-12", "cập nhật ", "99", "²", "٣", "0" * 30, "&amp;", "&#65533;", "&#xfffd;", "&#0;"),
    *("&#55296;", "\u0301", "e\u0323\u0302", "\u200b", "\u202e", "\u2028", "\x85", "\x1b[2J", "\0"),
    *("\ufffd", "\ud800", "\xa0", "\t", "\n", " ", "İ", "ß", "đ", "Ð", "Ư", "http://[x", "//", "@"),
    *("https://bao.vn/a-1234.html", "?p=2&utm_source=x", "#top", "%", "%zz", "..", "\\", "<", ">"),
)
texts = st.text(st.characters(), max_size=60) | st.lists(st.sampled_from(WORDS), max_size=12).map(
    "".join
)
TEXT_READERS: Final[tuple[Callable[[str], Any], ...]] = (
    *(visible, clean, clean_lines, nfc, syllables, read_byline, read_attribution, split_credit),
    *(strip_dash, outlet, known_outlet, named_outlet, credited_outlet, outlet_of_domain, is_label),
    *(
        is_imprint,
        is_contact,
        is_date_line,
        is_dateline,
        is_syllable,
        reads_well,
        evidence,
        is_loose,
    ),
    *(vnpt_key, folder_number_key, trailing_number_key, exact_number_key, literal, has_end),
    lambda text: read_attribution("Theo Báo Lao Động", text),
    lambda text: credited_outlet(text, is_labelled=True),
    lambda text: query_number_key(text, "id"),
    lambda text: resolve("https://bao.vn/kinh-te/", text),
    lambda text: image_url("https://bao.vn/kinh-te/", text),
    lambda text: resolve(text, "/a"),
    lambda text: off_limits(text, {"bao.vn"}),
    spellings,
    lambda text: same_text(text, text[::-1]),
    lambda text: is_same_address("https://bao.vn/", resolve("https://bao.vn/", text) or ""),
    lambda text: retry_after({"Retry-After": text, "Date": text}, NOW),
    lambda text: time_of_fetch(NOW, text, NOW.replace(year=NOW.year + 1)),
    lambda text: from_headers({"tdm-reservation": text, "x-robots-tag": text}),
)
BYTE_READERS: Final[tuple[Callable[[bytes], Any], ...]] = (
    *(proven, sample_of, from_page, from_well_known, is_cut_off, looks_like_bot_wall, excess),
    lambda raw: decode_page(raw, None),
    lambda raw: decode_page(raw, "text/html; charset=windows-1258"),
    lambda raw: Robots.parse(raw).allows("https://bao.vn/a", "newscrawl"),
)
DOCUMENTED: Final[tuple[tuple[Callable[[str], Any], type[Exception]], ...]] = (
    (lambda text: read_moment(text, NOW), ImpossibleDateError),
    (lambda text: read_modified(text, NOW), ImpossibleDateError),
    (canonical, BadAddressError),
    (fallback_key, BadAddressError),
    (lambda text: check_addresses("bao.vn", [text]), NewscrawlError),
)


@pytest.mark.parametrize("read", TEXT_READERS)
@given(text=texts)
def test_no_text_makes_a_reader_raise(read: Callable[[str], Any], text: str) -> None:
    read(text)


@pytest.mark.parametrize("read", BYTE_READERS)
@given(raw=st.binary(max_size=80) | texts.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_bytes_make_a_reader_raise(read: Callable[[bytes], Any], raw: bytes) -> None:
    read(raw)


@pytest.mark.parametrize(("read", "error"), DOCUMENTED)
@given(text=texts)
def test_a_reader_raises_what_it_documents_alone(
    read: Callable[[str], Any], error: type[Exception], text: str
) -> None:
    try:
        read(text)
    except error as raised:
        str(raised).encode("utf-8", "backslashreplace")


@given(texts, texts)
def test_any_names_of_an_element_say_something(one: str, other: str) -> None:
    element = etree.Element("div")
    for name, value in (("class", one), ("id", other)):
        element.set(name, "".join(filter(str.isprintable, visible(value))))
    assert named(element) == named(element).lower()
    roles(element)


@given(texts, texts, texts)
def test_any_metadata_is_read(name: str, content: str, data: str) -> None:
    def quoted(text: str) -> str:
        return text.replace('"', "&quot;").replace("<", "&lt;")

    page = (
        f'<html><head><meta name="{quoted(name)}" content="{quoted(content)}">'
        f'<meta property="og:title" content="{quoted(content)}">'
        f'<script type="application/ld+json">{data}</script></head></html>'
    )
    root = etree.fromstring(page.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    read_metadata(root)


# What changes nothing the second time -----------------------------------------------------------


def canonical_or_same(text: str) -> str:
    try:
        return canonical(text)
    except BadAddressError:
        return text


def resolved_or_same(text: str) -> str:
    return resolve("https://bao.vn/kinh-te/", text) or text


@pytest.mark.parametrize(
    "once",
    [visible, clean, clean_lines, nfc, clean_body, strip_dash, canonical_or_same, resolved_or_same],
)
@given(text=texts)
def test_a_second_time_changes_nothing(once: Callable[[str], str], text: str) -> None:
    assert once(once(text)) == once(text)


@pytest.mark.parametrize("once", [visible, clean, clean_lines, clean_body])
@given(text=texts)
def test_a_cleaned_text_can_be_stored_and_shown(once: Callable[[str], str], text: str) -> None:
    made = once(text)
    made.encode()
    kinds = {unicodedata.category(c) for c in made if c not in "\n\t"}
    assert once is visible or not kinds & {"Cc", "Cs", "Zl", "Zp"}


@given(texts, texts)
def test_the_hash_is_of_the_texts_alone(one: str, other: str) -> None:
    a, b = clean(one), clean(other)
    assert (content_hash(a, b, "") == content_hash(b, a, "")) is (a == b)


broken_texts = st.lists(st.sampled_from(WORDS), max_size=8).map("".join)


@given(data=st.data(), headline=broken_texts, body=broken_texts, caption=broken_texts)
def test_a_broken_text_is_flagged_once_and_for_all(
    articles: SearchStrategy[Article],
    data: st.DataObject,
    headline: str,
    body: str,
    caption: str,
) -> None:
    article = data.draw(articles)
    changes: dict[str, Any] = {"headline": f"Tin {headline}", "body": body, "captions": (caption,)}
    once = normalize(replace(article, **changes))
    twice = normalize(once)
    assert twice == once
    stored = json.dumps(to_line(once), ensure_ascii=False)
    names = (once.headline, once.lead or "", once.body or "", *once.captions)
    if any("\ufffd" in text for text in names):
        assert BROKEN in once.warnings
    assert from_line(json.loads(stored)) == once
    stored.encode()


# A row is valid or its problems are told ---------------------------------------------------------

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda held: st.lists(held, max_size=3) | st.dictionaries(texts, held, max_size=3),
    max_leaves=6,
)


@given(data=st.data(), value=values)
def test_any_row_is_valid_or_its_problems_are_told(
    articles: SearchStrategy[Article], data: st.DataObject, value: Any
) -> None:
    line = to_line(normalize(data.draw(articles)))
    name = data.draw(st.sampled_from(sorted(line)))
    problems = check_line({**line, name: value})
    assert all(problems)


@given(st.dictionaries(texts, values, max_size=4))
def test_no_object_is_taken_for_a_row(row: dict[str, Any]) -> None:
    assert check_line(row)


@given(st.lists(texts, min_size=1, max_size=4))
def test_a_robots_file_says_the_same_in_any_company(paths: list[str]) -> None:
    """Rules of another crawler before and after change nothing of ours."""
    rules = "".join(f"Disallow: /{p.encode('utf-8', 'replace').decode()}\n" for p in paths)
    ours = f"User-agent: newscrawl\n{rules}"
    other = "User-agent: khac\nDisallow: /\n"
    found = [
        Robots.parse(text.encode()).allows("https://bao.vn/kinh-te/a", "newscrawl")
        for text in (ours, f"{other}\n{ours}", f"{ours}\n{other}")
    ]
    assert all(one == next_one for one, next_one in pairwise(found))
