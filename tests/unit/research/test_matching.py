"""Every way to ask an exported database finds what the terms themselves find in the texts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.exceptions import ArgumentError
from newscrawl.research.archive_view import EVERY_ROW, open_view
from newscrawl.research.folding import Word, words
from newscrawl.research.query import Query, Term, parse_query
from newscrawl.research.reading_room.results import Library, Search
from newscrawl.research.search_database import connect, matching
from newscrawl.research.sqlite_export import export_sqlite
from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row

BODIES = (
    "Đồng bào Dao xuống chợ.", "Cánh đồng lũ về, bào ngư lên giá.", "Dòng sông và bao cát.",
    "Hòa trong nắng sớm.", "Hoà Bình có mưa.", "Mưa lũ ở Nà Hang, lúa đổ.", "Dong riềng, bao tải.",
    "Lu nước và lũy tre, lũng sâu.", "Một 2026 TP.HCM", "Ồ! Đó là o.",
)  # fmt: skip
TYPED = (
    "đồng", "dong", '"đồng bào"', '"dong bao"', "d*", "đ*", "l*", "lu*", "lũ*", "lũn*", "đồ*",
    "hoà*", "hoà", "hoa", "o*",
    "ô*", "2*", "tp.h*", "mưa", "mua", "bao", "NOT", "OR", "-bao", "-đ*", "-l*", "xyz",
)  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("matching")
    rows = [
        row(
            n,
            NEW_YEAR,
            headline="Tin",
            body=body,
            section=f"mục {n % 3}",
            source="TTXVN" if n % 2 else None,
        )
        for n, body in enumerate(BODIES)
    ]
    publish(home / "output", "baothu", rows)
    export_sqlite(open_view(home / "output"), home, EVERY_ROW, with_text=True)
    return home / "articles.sqlite"


@pytest.fixture(scope="module")
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(path)) as database:
        yield database


@pytest.fixture(scope="module")
def library(path: Path) -> Iterator[Library]:
    with closing(Library(path)) as library:
        yield library


def texts_by_number(database: sqlite3.Connection) -> dict[int, list[tuple[Word, ...]]]:
    rows = database.execute("SELECT number, headline, lead, body FROM articles")
    return {number: [tuple(words(text)) for text in texts] for number, *texts in rows}


def matches(query: Query, texts: list[tuple[Word, ...]]) -> bool:
    def stands(term: Term) -> bool:
        return any(list(term.hits(text)) for text in texts)

    return all(any(map(stands, group)) for group in query.groups) and not any(
        map(stands, query.excluded)
    )


@given(st.lists(st.sampled_from(TYPED), min_size=1, max_size=5).map(" ".join), st.booleans())
def test_both_ways_to_ask_find_what_the_terms_find(
    database: sqlite3.Connection, typed: str, is_exact: bool
) -> None:
    try:
        query = parse_query(typed, is_exact=is_exact)
    except ArgumentError:
        return
    texts = texts_by_number(database)
    expected = [number for number, found in texts.items() if matches(query, found)]
    assert matching(database, query) == expected
    assert sorted(number for (number,) in database.execute(*query.sql())) == expected


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("d*", 6),
        ("đ*", 4),
        ("l*", 4),
        ("lu*", 3),
        ("h*", 4),
        ("zz*", 0),
        ("lũ*", 3),
        ("lúa*", 1),
        ("lun*", 1),
        ("lũn*", 1),
        ("đồ*", 2),
        ("hoà*", 2),
        ("hòa*", 2),
    ],
)
def test_a_beginning_of_a_letter_or_two_is_found(
    database: sqlite3.Connection, typed: str, count: int
) -> None:
    assert len(matching(database, parse_query(typed))) == count


def test_facets_count_every_result_and_not_only_a_page(library: Library) -> None:
    found = library.results(Search(text="l* OR d*"), 1)
    assert found.count == sum(count for _, count in found.facets["section"])
    narrowed = library.results(Search(text="l* OR d*", facets=(("section", "mục 1"),)), 1)
    assert narrowed.count == dict(found.facets["section"])["mục 1"] == len(narrowed.hits)
    both = (("section", "mục 1"), ("source", "TTXVN"))
    assert library.results(Search(facets=both), 1).facets["source"] == (("TTXVN", 2),)
    assert library.results(Search(facets=(("section", "mục 9"),)), 1).count == 0


def test_pages_are_the_newest_first_and_end(library: Library) -> None:
    ids = [hit.id for hit in library.results(Search(), 1).hits]
    assert ids == [one["id"] for one in library.rows(Search())]
    assert ids == sorted(ids, reverse=True)
    assert library.results(Search(), 2).hits == ()
    assert library.results(Search(), 5_000).hits == ()


def test_the_library_reads_on_when_the_file_is_replaced(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "articles.sqlite"
    copy.write_bytes(path.read_bytes())
    with closing(Library(copy)) as library:
        publish(tmp_path / "output", "baothu", [row(1, NEW_YEAR)])
        export_sqlite(open_view(tmp_path / "output"), tmp_path, EVERY_ROW, with_text=True)
        assert library.results(Search(text="dong"), 1).count == 4
