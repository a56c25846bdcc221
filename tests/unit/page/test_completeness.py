"""The whole-page gate: what is not a whole page is told, and what is passes."""

import gzip
from datetime import UTC, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.exceptions import IncompletePageError, PageTooLargeError
from newscrawl.page.completeness import check_whole, has_end
from newscrawl.page.document import Document

URL: Final = "https://baothu.vn/kinh-te/202506/mua-che-75f1237/"
PAGE: Final = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Mùa chè</title></head><body>"
    "<h1>Mùa chè trên đồi Khau Tinh</h1><article><p>Sương vừa tan, nương chè đã đông người hái."
    "</p></article></body></html>"
)


def document(
    body: str | bytes = PAGE,
    content_type: str | None = "text/html; charset=utf-8",
    status: int = 200,
) -> Document:
    raw = body.encode() if isinstance(body, str) else body
    now = datetime(2026, 11, 23, 16, 7, tzinfo=UTC)
    return Document(URL, raw, fetched_at=now, content_type=content_type, status=status)


def problem(page: Document) -> str:
    with pytest.raises(IncompletePageError) as caught:
        check_whole(page)
    assert caught.value.url == URL
    return caught.value.why


# Whole ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "text/html",
        "text/html; charset=utf-8",
        "TEXT/HTML;charset=UTF-8",
        " text/html ",
        "application/xhtml+xml",
    ],
)
def test_a_whole_page_passes(content_type: str | None) -> None:
    check_whole(document(content_type=content_type))


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("</html>", "</HTML>"),
        PAGE.replace("</html>", "</html >"),
        PAGE + "\n<!-- 0.12 s -->\n",
        PAGE.replace("</body>", ""),
        PAGE.replace("<article>", "<html><head></head><body><article>"),
    ],
)
def test_the_end_is_known_in_every_spelling(page: str) -> None:
    check_whole(document(page))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_whole_page_passes_in_every_encoding_of_unicode(codec: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(codec, b"")
    page = document(mark + PAGE.replace(" charset='utf-8'", "").encode(codec), "text/html")
    check_whole(page)
    assert "Mùa chè trên đồi Khau Tinh" in page.text


# Not whole --------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_page_cut_off_is_told(share: float) -> None:
    raw = PAGE.encode()
    assert problem(document(raw[: int(len(raw) * share)])) == "no </html>: cut off"


@given(st.integers(0, len(PAGE.encode()) - len("</html>") + len("</html") - 1))
def test_wherever_it_is_cut(length: int) -> None:
    assert problem(document(PAGE.encode()[:length])) in ("empty", "no </html>: cut off")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le"])
def test_a_page_in_utf16_cut_off_is_told(codec: str) -> None:
    raw = b"\xff\xfe" * (codec == "utf-16-le") + PAGE.encode(codec)
    assert problem(document(raw[: len(raw) // 4 * 2], "text/html; charset=utf-16")).endswith(
        "cut off"
    )


def test_a_page_that_is_still_packed_is_told() -> None:
    assert problem(document(gzip.compress(PAGE.encode()))) != ""


@pytest.mark.parametrize("body", [b"", b" ", b"\n\r\n\t", b"   \n"])
def test_an_empty_page_is_told(body: bytes) -> None:
    assert problem(document(body)) == "empty"


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/pdf",
        "image/jpeg",
        "text/plain; charset=utf-8",
        "application/octet-stream",
        "text/htmlx",
        "video/mp4",
    ],
)
def test_another_type_is_told(content_type: str) -> None:
    told = problem(document(content_type=content_type))
    assert content_type.partition(";")[0] in told


def test_a_type_of_any_length_is_told_shortly() -> None:
    assert len(problem(document(content_type="x/" + "y" * 9000))) < 100


@pytest.mark.parametrize(
    "wall",
    [
        "<html><head><title>Just a moment...</title></head><body></body></html>",
        "<html><script>window._cf_chl_opt={}</script></html>",
        "<html><body><script>document.cookie='D1N=1';location.reload()</script></body></html>",
    ],
)
@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_bot_wall_is_told(wall: str, status: int) -> None:
    assert problem(document(wall, status=status)) == "a bot wall"


def test_an_article_about_walls_is_none() -> None:
    check_whole(document(PAGE.replace("Mùa chè", "Captcha: Just a moment...")))


# Too much ---------------------------------------------------------------------------------------


def with_tag(attributes: int, attribute: str = 'a{}="1"') -> bytes:
    tag = " ".join(attribute.format(number) for number in range(attributes))
    return PAGE.replace("<p>", f"<p {tag}>").encode()


def too_much(page: bytes) -> str:
    with pytest.raises(PageTooLargeError) as caught:
        check_whole(document(page))
    return caught.value.why


@pytest.mark.parametrize("attribute", ['a{}="1"', "a{}", "a{}='<p>'", 'b{}="</html>"', "a{}=1\n"])
def test_a_crowded_tag_is_told_before_a_tree_is_built(attribute: str) -> None:
    """However its attributes are written: without values, with what looks like tags in them."""
    assert too_much(with_tag(30_000, attribute)) == "a tag with more than 1000 attributes"


@pytest.mark.parametrize(
    "before", [b"<p>x</p>", b"<p a=1>" * 3_000, b"<!-- <b> -->", b"<i title='>'>"]
)
def test_a_crowded_tag_is_told_wherever_it_stands(before: bytes) -> None:
    page = with_tag(30_000, "a{}").replace(b"<article>", b"<article>" + before)
    assert "attributes" in too_much(page)


@pytest.mark.parametrize("attributes", [0, 1, 50, 900, 5_000])
def test_a_tag_with_many_attributes_passes(attributes: int) -> None:
    check_whole(document(with_tag(attributes)))


@pytest.mark.parametrize(
    "harmless",
    [
        "<b class='a'>x = y</b>" * 8_000,
        "<script>" + "if (a<b) {a=1;b=2;c=3}" * 9_000 + "</script>",
        "<script>" + "a=1;" * 50_000 + "</script>",
        "<style>" + "a[b=c]{}" * 20_000 + "</style>",
        "<!-- <p " + "a=1 " * 50_000 + "-->",
        "=" * 200_000,
        '<img src="data:image/png;base64,' + "QUJD" * 50_000 + '==">',
    ],
)
def test_scripts_and_texts_are_no_attributes(harmless: str) -> None:
    check_whole(document(PAGE.replace("</article>", harmless + "</article>")))


def test_more_tags_than_any_article_has_are_told() -> None:
    assert too_much(PAGE.replace("<p>", "<b></b>" * 40_000 + "<p>").encode()) == (
        "more than 60000 tags"
    )


def test_the_smallest_tags_are_counted() -> None:
    assert too_much(PAGE.replace("<p>", "<b>" * 60_001).encode()) == "more than 60000 tags"


def test_a_page_too_small_for_so_many_tags_passes() -> None:
    """What is no tag may stand in it as often as it likes."""
    check_whole(document(PAGE.replace("<p>", "<p>" + "< " * 70_000).encode()))


# The end ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hiding",
    [
        "<script>w('<html></html>')</script>",
        "<SCRIPT>w('</HTML>')</SCRIPT>",
        "<!-- </html> -->",
        "<script><!-- w('</html>') //--></script>",
        "<!-- <script> </html> -->",
    ],
)
def test_an_end_that_a_script_holds_is_none(hiding: str) -> None:
    cut = PAGE.partition("đông người")[0].replace("<article>", f"<article>{hiding}")
    assert problem(document(cut)) == "no </html>: cut off"
    check_whole(document(PAGE.replace("<article>", f"<article>{hiding}")))


@pytest.mark.parametrize(
    "after",
    [
        "<!-- 12 ms -->",
        "<script>w('</html>')</script>",
        "<!-- </html> -->" + " " * 300,
        "\n" * 500,
        "<!-- never closed",
        "<script>never closed",
    ],
)
def test_what_stands_behind_the_end_changes_nothing(after: str) -> None:
    check_whole(document(PAGE + after))


@pytest.mark.parametrize("before", ["<!-- never closed", "<script>never closed"])
def test_a_page_that_ends_with_its_end_is_whole(before: str) -> None:
    check_whole(document(PAGE.replace("</article>", f"</article>{before}")))


@pytest.mark.parametrize("piece", ["</html", "<script>", "<!--", "<script>-->", "</script </html"])
def test_a_page_made_to_be_slow_is_judged(piece: str) -> None:
    ends = piece == "</html"
    assert has_end(f"<script>{piece * 300_000}" if ends else piece * 300_000) is (
        piece == "</script </html"
    )


@given(st.lists(st.sampled_from(["<script", "</script", "<!--", "-->", "</html", ">", "x"])))
def test_any_order_of_beginnings_and_ends_is_judged(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert has_end(text + "</script></html>\n")
    assert not has_end(text.replace("</html", ""))


@given(st.binary(max_size=200))
def test_any_bytes_are_judged(body: bytes) -> None:
    assert len(problem(document(body.replace(b"</", b"")))) > 0
