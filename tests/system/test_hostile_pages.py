"""Every kind of bad answer, each on an article of its own: its neighbours are stored."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote

import pytest

from newscrawl.cli.read_page import read_article, read_generic
from newscrawl.discovery.generic_listing import read_list
from newscrawl.exceptions import (
    ExtractionError,
    IncompletePageError,
    NotAnArticleError,
    PageTooLargeError,
)
from newscrawl.items import Line
from newscrawl.page.completeness import check_whole
from newscrawl.page.document import Document
from tests.fuzz.seeds import newspapers
from tests.hostile.harness import HERE
from tests.hostile.rows_bounds import ALL
from tests.hostile.runs import Paper, Ran, Stored, paper

pytestmark = pytest.mark.thorough

FIRST: Final = 180_000
COUNT: Final = 100
BY_FAULT: Final = {fault: FIRST + 2 * n for n, fault in enumerate(ALL)}
# Read off what each fault sends: the page is there, whole, and says what was published.
RIGHT: Final = frozenset(
    {
        "charset:utf-16|utf-8",  # a byte order mark says more than a header
        "charset:windows-1258|utf-8",  # bytes that are no UTF-8 and are Vietnamese
        "liegzip",  # the page as it is under a header that says gzip, which browsers show
    }
)


@pytest.fixture(scope="module")
def run() -> Iterator[tuple[Ran, Stored, Paper]]:
    options = ("--articles", f"{COUNT}", "--no-specials", "--max-seconds", "300")
    with paper(*options, noted=True) as made:
        for fault, number in BY_FAULT.items():
            made.server.control(f"fault?add={quote(f'*-{number}.html={fault}')}")
        ran = made.run(DOWNLOAD_TIMEOUT=6, DEAD_AFTER=999, LOST_AFTER=999)
        yield ran, made.stored(), made


Run = tuple[Ran, Stored, Paper]


def test_the_run_ends_by_itself_and_says_how(run: Run) -> None:
    ran, _, made = run
    assert ran.code == 3  # too many failures
    assert not ran.crashed
    assert made.record()["reason"] == "finished"
    assert made.problems() == []


def test_no_neighbour_is_lost(run: Run) -> None:
    _, stored, _ = run
    neighbours = {*range(FIRST, FIRST + COUNT)} - {*BY_FAULT.values()}
    assert len(neighbours) == COUNT - len(ALL)
    assert neighbours <= stored.right


@pytest.mark.parametrize("fault", ALL)
def test_a_bad_answer_is_no_article_or_the_right_one(fault: str, run: Run) -> None:
    _, stored, _ = run
    number = BY_FAULT[fault]
    assert (number in stored.right) is (fault in RIGHT)
    assert (number in stored.missing) is (fault not in RIGHT)


def test_every_link_ends_in_a_state(run: Run) -> None:
    _, stored, made = run
    states = made.record()["states"]
    assert sum(states.values()) == COUNT
    assert states["archived"] == len(stored.right)
    assert states["discovered"] == 0


def test_what_is_too_much_is_asked_for_once_and_named(run: Run) -> None:
    ran, _, made = run
    crowded = [row for row in made.asked() if f"-{BY_FAULT['attrs']}.html" in row["target"]]
    assert len(crowded) == 1
    assert "pages with too many tags or attributes to be read: " in ran.out
    assert "answers larger than DOWNLOAD_MAXSIZE: 2" in ran.out
    assert "answers that unpack to more than DOWNLOAD_MAXSIZE: 2" in ran.out
    assert "addresses with more redirects than REDIRECT_MAX_TIMES: 1" in ran.out
    assert "addresses that took longer than DOWNLOAD_TIMEOUT: 3" in ran.out


# Bounds of a run --------------------------------------------------------------------------------


def test_the_links_of_a_page_are_bounded_and_the_rest_is_named() -> None:
    with paper("--articles", "60", "--no-specials") as made:
        ran = made.run(LINKS_PER_PAGE=5)
        assert len(made.stored().right) == 3 * 5
        assert made.record()["counts"]["bound/links"] == 3 * 15
    assert "links of lists beyond LINKS_PER_PAGE: 45" in ran.out
    assert ran.code == 0


def test_memory_is_bounded_with_a_clean_end() -> None:
    with paper("--articles", "60", "--no-specials", "--latency", "0.1") as made:
        ran = made.run(MEMUSAGE_LIMIT_MB=20, MEMUSAGE_CHECK_INTERVAL_SECONDS=0.5)
        assert ran.code == 7
        assert made.record()["reason"] == "memusage_exceeded"
        assert made.problems() == []
        assert made.run().code == 0
        assert len(made.stored().right) == 60


# Pages without a server -------------------------------------------------------------------------

COUNCIL: Final = newspapers()["hdndtuyenquang"]
URL: Final = "https://hdndtuyenquang.gov.vn/tin-hoat-dong/tin-moi-180001.html"
FIELDS: Final = {
    "id": "180001",
    "cat": "tin-hoat-dong",
    "charset": "utf-8",
    "headline": "Khai mạc kỳ họp thứ chín",
    "lead": "Sáng nay, kỳ họp khai mạc.",
    "published_vn": "14/11/2022 15:30",
    "author": "Lý Thu",
    "source": "",
    "jsonld": "{}",
    "paragraphs": "<p>Đại biểu dự đông đủ.</p><p>Kỳ họp bế mạc ngày mai.</p>",
}
BODY: Final = "Đại biểu dự đông đủ.\n\nKỳ họp bế mạc ngày mai."


def page(**changes: str) -> str:
    text = (HERE / "templates" / "tuyenquang" / "article.html").read_text(encoding="utf-8")
    for name, value in {**FIELDS, **changes}.items():
        text = text.replace("{{{" + name + "}}}", value).replace("{{" + name + "}}", value)
    for name in ("canonical", "nav", "related", "category", "figures"):
        text = text.replace("{{{" + name + "}}}", "").replace("{{" + name + "}}", "")
    return text


def document(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> Document:
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    now = datetime(2026, 11, 23, 16, 7, tzinfo=UTC)
    return Document(URL, raw, fetched_at=now, content_type=content_type)


def read(body: str | bytes, content_type: str = "text/html; charset=utf-8") -> Line:
    made = document(body, content_type)
    check_whole(made)
    return read_article(made, COUNCIL)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("label", ["", "; charset=utf-8", "; charset=iso-8859-1", "; charset=x"])
def test_a_page_in_another_unicode_is_read_whatever_its_label_says(codec: str, label: str) -> None:
    line = read(page().encode(codec), f"text/html{label}")
    assert (line["headline"], line["body"]) == (FIELDS["headline"], BODY)


@pytest.mark.parametrize("odd", ["\x00", "\x0b", "\x1b", "\x7f", "\x85", "\u200b", "\ufeff"])
def test_what_no_reader_can_see_is_gone(odd: str) -> None:
    line = read(page(headline=f"Khai mạc{odd} kỳ họp", paragraphs=f"<p>Đại{odd} biểu</p>"))
    assert line["headline"] == "Khai mạc kỳ họp"
    assert line["body"] == "Đại biểu"


JSON_LD: Final = (
    *("{", "[", "null", "7", '"', "[" * 100_000, '{"@type":"NewsArticle","headline":7}'),
    *('{"@type":"NewsArticle","datePublished":1e999}', '{"@graph":' * 3_000, "\x00", "<!--"),
    *('{"@type":["NewsArticle",{}],"author":[[[]]]}', '["\\ud800"]', '{"headline":"\\u0000"}'),
)


@pytest.mark.parametrize("text", JSON_LD, ids=range(len(JSON_LD)))
def test_metadata_that_cannot_be_read_costs_nothing_else(text: str) -> None:
    line = read(page(jsonld=text))
    assert (line["headline"], line["body"]) == (FIELDS["headline"], BODY)
    assert line["published_at"] == "2022-11-14T15:30:00+07:00"


FLOODS: Final[dict[str, Callable[[], str]]] = {
    "valueless": lambda: page(paragraphs=f"<p {' '.join(f'a{n}' for n in range(99_000))}>x</p>"),
    "quoted tags": lambda: page(
        paragraphs="<p " + " ".join(f"a{n}='<p>'" for n in range(50_000)) + ">x</p>"
    ),
    "quoted ends": lambda: page(
        paragraphs="<p " + " ".join(f'a{n}="></p>"' for n in range(50_000)) + ">x</p>"
    ),
    "one without an end": lambda: page(
        paragraphs="<p " + " ".join(f"a{n}=1" for n in range(99_000))
    ),
    "nested": lambda: page(paragraphs="<div>" * 100_000 + "<p>x</p>"),
    "nested marks": lambda: page(paragraphs="<b><i>" * 50_000 + "x"),
    "tables": lambda: page(paragraphs="<table><tr><td>" * 25_000 + "x"),
    "breaks": lambda: page(paragraphs="<br>" * 200_000),
    "siblings": lambda: page(paragraphs="<p>x</p>" * 200_000),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_told_before_it_is_read(name: str) -> None:
    with pytest.raises(PageTooLargeError):
        read(FLOODS[name]())


DEEP: Final[dict[str, Callable[[int], str]]] = {
    "div": lambda n: page(paragraphs="<div>" * n + "<p>x</p>" + "</div>" * n),
    "b": lambda n: page(paragraphs="<b>" * n + "x" + "</b>" * n),
    "blockquote": lambda n: page(paragraphs="<blockquote>" * n + "x" + "</blockquote>" * n),
    "table": lambda n: page(paragraphs="<table><tr><td>" * n + "x" + "</td></tr></table>" * n),
    "ul": lambda n: page(paragraphs="<ul><li>" * n + "x" + "</li></ul>" * n),
    "font and a": lambda n: page(paragraphs="<font><a href='/x'>" * n + "x"),
}


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize("depth", [200, 2_000, 9_000])
def test_a_deep_page_is_read_or_refused(name: str, depth: int) -> None:
    """libxml2 keeps 2,048 levels: below them there is nothing to read, and no crash either."""
    text = DEEP[name](depth)
    if depth == 200:
        assert read(text)["headline"] == FIELDS["headline"]
    for way in (read, lambda text: read_generic(document(text))):
        found: dict[str, Any] = {"headline": FIELDS["headline"]}
        with suppress(IncompletePageError, ExtractionError, NotAnArticleError):
            found = way(text)
        assert found.get("articles") or found["headline"] == FIELDS["headline"]


@pytest.mark.parametrize("depth", [10, 450, 2_500])
def test_a_list_nested_deeper_than_its_links_lineage_is_read(depth: int) -> None:
    title = "Chuyện thứ {} của người đi biển trong mùa gió"
    links = "".join(
        f"<p><a href='/chuyen-thu-{n}-cua-nguoi-{5000 + n}.html'>{title.format(n)}</a></p>"
        for n in range(3)
    )
    nested = "<b>" * depth + links + "<i>" * 500 + links.replace("<p>", "<h2>")
    found = read_list(document(f"<html><body>{nested}</body></html>"))
    assert len(found.links) in range(4)


def test_many_links_in_one_list_do_not_hang() -> None:
    link = "<div><a href='/chuyen-thu-hai-cua-nguoi-{0}.html'>Chuyện thứ {0} ở bến sông</a></div>"
    links = "".join(link.format(5000 + n) for n in range(3_000))
    found = read_list(document(f"<html><body>{'<div>' * 150}{links}</body></html>"))
    assert len(found.links) == 3_000
