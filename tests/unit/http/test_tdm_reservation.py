"""What a paper reserves from text and data mining, read from headers, pages and its file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.http.tdm_reservation import from_headers, from_page, from_well_known


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        ({}, ()),
        ({"TDM-Reservation": "1"}, ("header:tdm-reservation",)),
        ({"tdm-reservation": "0"}, ()),
        ({"tdm-reservation": "x"}, ()),
        ({"X-Robots-Tag": "noai"}, ("header:noai",)),
        (
            {"X-Robots-Tag": "newscrawl: noai, noimageai, follow"},
            ("header:noai", "header:noimageai"),
        ),
        ({"X-Robots-Tag": "googlebot: noarchive"}, ("header:noarchive",)),
        ({"X-Robots-Tag": "index, follow, max-snippet:-1"}, ()),
    ],
)
def test_headers(headers: dict[str, str], found: tuple[str, ...]) -> None:
    assert from_headers(headers) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("", ()),
        ('<meta name="robots" content="index,follow">', ()),
        ('<META NAME="ROBOTS" CONTENT="NoAI">', ("meta:noai",)),
        ("<meta content='noarchive, noai' name='robots'>", ("meta:noarchive", "meta:noai")),
        ('<meta name=robots content=none><meta name="robots" content="none">', ("meta:none",)),
        ('<meta name="tdm-reservation" content="1" />', ("meta:tdm-reservation",)),
        ('<meta name="tdm-reservation" content="0">', ()),
        ('<meta name="description" content="noai">', ()),
        ("x" * 30_000 + '<meta name="robots" content="noai">', ()),
        ("<meta " + "name=robots " * 9999 + 'content="noai">', ()),
    ],
)
def test_pages(page: str, found: tuple[str, ...]) -> None:
    assert from_page(page.encode()) == found


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([], ()),
        ([{"location": "/", "tdm-reservation": 1}], ("tdmrep",)),
        ([{"location": "/*", "tdm-reservation": "1", "tdm-policy": "https://a.vn/p"}], ("tdmrep",)),
        ([{"location": "/anh/*", "tdm-reservation": 1}], ("tdmrep:partly",)),
        ([{"location": "/", "tdm-reservation": 0}], ()),
        ({"location": "/", "tdm-reservation": 1}, ()),
        ([1, None, "x", []], ()),
    ],
)
def test_the_well_known_file(rules: object, found: tuple[str, ...]) -> None:
    assert from_well_known(json.dumps(rules).encode()) == found


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b"\xff\xfe", b'{"a":'])
def test_a_file_that_is_none_reserves_nothing(body: bytes) -> None:
    assert from_well_known(body) == ()


@given(st.binary(max_size=300), st.text(max_size=100))
def test_nothing_raises_and_only_known_words_come_out(body: bytes, text: str) -> None:
    found = (
        *from_page(body),
        *from_page(b'<meta name="robots" content="' + text.encode() + b'">'),
        *from_well_known(body),
        *from_headers({"x-robots-tag": text, "tdm-reservation": text}),
    )
    assert all(word.replace(":", "").replace("-", "").isalpha() for word in found)
