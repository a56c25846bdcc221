"""Failures by their class: what an answer or an error is called, and what follows from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import exceptions
from scrapy.http import HtmlResponse, Request, Response
from scrapy.http.response.text import TextResponse

from newscrawl.http.address_guard import ForbiddenAddressError, UntrustedCertificateError
from newscrawl.http.failure_class import (
    NO_ANSWER,
    failure_of_error,
    failure_of_response,
    is_same_address,
    location_of,
    may_pass,
    outcome_of,
)
from newscrawl.http.ignored_requests import RequestForbiddenError, RequestSkippedError
from newscrawl.page.completeness import is_cut_off

HTML = {"Content-Type": "text/html; charset=utf-8"}
WHOLE = "<html><h1>Chợ phiên</h1><p>Sớm mai.</p></html>".encode()


def answer(
    status: int = 200, body: bytes = WHOLE, headers: dict[str, str] | None = None
) -> Response:
    return HtmlResponse(
        "https://baothu.vn/a", status=status, body=body, headers=HTML | (headers or {})
    )


@pytest.mark.parametrize(
    ("response", "failure"),
    [
        (answer(), None),
        (answer(304, b""), None),
        (answer(404, b""), None),
        (answer(410), None),
        (answer(500), "server_error"),
        (answer(503), "server_error"),
        (answer(522), "server_error"),
        (answer(408), "server_error"),
        (answer(429), "rate_limited"),
        (answer(401), "forbidden"),
        (answer(403), "forbidden"),
        (answer(451), "forbidden"),
        (answer(403, b"<title>Just a moment...</title>"), "bot_wall"),
        (answer(503, b"<title>Just a moment...</title>"), "bot_wall"),
        (answer(200, b"<title>Just a moment...</title>"), "bot_wall"),
        (answer(200, b""), "empty"),
        (answer(200, b" \r\n"), "empty"),
        (answer(200, WHOLE[:-7]), "cut_off"),
        (answer(200, b"<li>Tin</li>"), None),
        (answer(200, WHOLE[:-7], {"Content-Type": "text/plain"}), None),
        (answer(302, b"", {"Location": "/a"}), "self_redirect"),
        (answer(302, b"", {"Location": "https://baothu.vn/a#x"}), "self_redirect"),
        (answer(302, b"", {"Location": "/b"}), None),
        (answer(302, b""), None),
    ],
)
def test_an_answer_has_the_class_of_what_is_wrong_with_it(
    response: Response, failure: str | None
) -> None:
    assert failure_of_response(response) == failure


def test_an_error_has_the_class_of_its_kind() -> None:
    named = {
        "timeout": exceptions.DownloadTimeoutError("x"),
        "name": exceptions.CannotResolveHostError("x"),
        "refused": exceptions.DownloadConnectionRefusedError("x"),
        "data_loss": exceptions.ResponseDataLossError("x"),
        "connection": exceptions.DownloadFailedError("x"),
        "too_large": exceptions.DownloadCancelledError("x"),
        "certificate": UntrustedCertificateError("x"),
        "address": ForbiddenAddressError("a.vn", "10.0.0.1", "private"),
    }
    assert {name: failure_of_error(error) for name, error in named.items()} == {
        name: name for name in named
    }
    passing = {name for name in named if may_pass(name)}
    assert passing == {"timeout", "name", "refused", "data_loss", "connection"}
    assert {name for name, error in named.items() if isinstance(error, NO_ANSWER)} == {
        *passing,
        "too_large",
    }


@pytest.mark.parametrize(
    "verdict", [RequestForbiddenError("robots", "/a"), RequestSkippedError("closing", "baothu.vn")]
)
def test_a_verdict_of_ours_is_no_failure(verdict: exceptions.IgnoreRequest) -> None:
    assert failure_of_error(verdict) is None
    assert str(verdict).startswith(verdict.reason)  # type: ignore[attr-defined]


def test_what_a_fetch_says_of_its_host() -> None:
    assert outcome_of(None, is_page=True) == "page"
    assert outcome_of(None, is_page=False) == "answer"
    for failure in ("rate_limited", "forbidden", "bot_wall"):
        assert outcome_of(failure, is_page=True) == "blocked"
    for failure in ("timeout", "name", "refused", "data_loss", "connection", "server_error"):
        assert outcome_of(failure, is_page=False) == "failure"
    for failure in ("cut_off", "empty", "self_redirect", "too_large", "address"):
        assert outcome_of(failure, is_page=True) == "answer"


@pytest.mark.parametrize(
    ("location", "meant"),
    [
        (b"/b?x=1", "https://baothu.vn/b?x=1"),
        (b"b", "https://baothu.vn/b"),
        (b"//khac.vn/b", "https://khac.vn/b"),
        (b"?trang=2", "https://baothu.vn/a?trang=2"),
        ("/ốc".encode(), "https://baothu.vn/%E1%BB%91c"),
        (b"file:///etc/hostname", "file:///etc/hostname"),
        (b"http://[::1", None),
        (b"", None),
    ],
)
def test_a_redirect_points_to_a_whole_address(location: bytes, meant: str | None) -> None:
    response = Response("https://baothu.vn/a", status=301, headers={"Location": [location]})
    assert location_of(response) == meant


def test_a_redirect_without_an_address_points_nowhere() -> None:
    assert location_of(Response("https://baothu.vn/a", status=301)) is None


@given(st.binary(max_size=60), st.integers(100, 599), st.binary(max_size=80))
def test_no_answer_makes_the_judge_raise(location: bytes, status: int, body: bytes) -> None:
    response = TextResponse(
        "https://baothu.vn/a",
        status=status,
        body=body,
        headers={"Location": [location.replace(b"\n", b"")]},
        request=Request("https://baothu.vn/a"),
    )
    failure = failure_of_response(response)
    assert failure is None or outcome_of(failure, is_page=True) != "page"


@pytest.mark.parametrize(
    ("body", "cut"),
    [
        (b"<html><p>", True),
        (b"<!DOCTYPE html>\n<HTML lang=vi><p>", True),
        (b"<html></html>", False),
        (b"<HTML></HTML >", False),
        (b"x" * 5000 + b"<html>", False),
        (b"", False),
        ("<html>".encode("utf-16"), False),
    ],
)
def test_html_that_begins_must_end(body: bytes, cut: bool) -> None:
    assert is_cut_off(body) == cut


def test_addresses_are_the_same_but_for_their_fragment() -> None:
    assert is_same_address("https://baothu.vn/a?b#c", "https://baothu.vn/a?b")
    assert not is_same_address("https://baothu.vn/a", "https://baothu.vn/a/")
