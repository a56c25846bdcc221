"""What a typed query means, and that no text breaks it."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.exceptions import ArgumentError
from newscrawl.research.folding import words
from newscrawl.research.query import QUERY_MAX_CHARS, Match, Query, parse_query
from newscrawl.research.search_database import FULL_TEXT


def expressions(query: Query) -> list[list[Match]]:
    return [[term.match() for term in group] for group in query.groups]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dong bao", [[("words_folded", '"dong"')], [("words_folded", '"bao"')]]),
        ('"dong bao"', [[("words_folded", '"dong bao"')]]),
        ("lu*", [[("word_starts", '"lu"')]]),
        ("đ*", [[("word_starts", '"\ue010đ"')]]),
        ("lung*", [[("words_folded", '"lung"*')]]),
        ("lũ*", [[("word_starts", '"\ue010lu\ue002"')]]),
        ("tru*", [[("words_folded", '"tru"*')]]),
        ("trươ*", [[("words_exact", '"trươ"*')]]),
        ("tp.h*", [[("words_folded", '"tp h"*')]]),
        ("mưa OR lu", [[("words_exact", '"mưa"'), ("words_folded", '"lu"')]]),
        ("TP.HCM", [[("words_folded", '"tp hcm"')]]),
        ('"chưa đóng', [[("words_exact", '"chưa đong\ue001"')]]),
        ("a AND b", [[("words_folded", '"a"')], [("words_folded", '"b"')]]),
    ],
)
def test_a_query_is_words_phrases_prefixes_and_alternatives(
    typed: str, expected: list[list[tuple[str, str]]]
) -> None:
    assert expressions(parse_query(typed)) == expected


@pytest.mark.parametrize("typed", ["mưa NOT lũ", "mưa -lũ", 'mưa -"lũ"', 'mưa NOT "lũ"'])
def test_a_term_is_excluded_by_not_or_a_minus(typed: str) -> None:
    query = parse_query(typed)
    assert [term.words for term in query.wanted_terms] == [("mưa",)]
    assert [term.words for term in query.excluded] == [("lũ",)]


def test_an_index_is_asked_once_for_all_that_it_can_answer_alone() -> None:
    query = parse_query("dong bao OR tau lũ OR mua NOT a NOT b NOT ă")
    assert query.required() == (
        (("words_folded", '("dong") AND ("bao" OR "tau") NOT ("a" OR "b")'),),
        (("words_exact", '"lu\ue002"'), ("words_folded", '"mua"')),
    )
    assert query.refused() == (("words_exact", '"ă"'),)


def test_exact_makes_marks_count_in_words_without_marks() -> None:
    (term,) = parse_query("dong", is_exact=True).wanted_terms
    assert [list(term.hits(tuple(words(text)))) for text in ("đồng", "dong")] == [[], [(0, 4)]]


@pytest.mark.parametrize("typed", ["", "   ", "!?", "NOT", "-", "OR", '""', "NOT lũ"])
def test_a_query_without_a_word_to_look_for_is_refused(typed: str) -> None:
    with pytest.raises(ArgumentError, match="nothing to look for"):
        parse_query(typed)


def test_a_query_has_a_bound() -> None:
    with pytest.raises(ArgumentError, match="1000 are the most"):
        parse_query("x" * (QUERY_MAX_CHARS + 1))
    with pytest.raises(ArgumentError, match="more than 50 terms"):
        parse_query("x " * 51)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(['"', "*", "NOT", "a", "đ", "(", "^", ":"])).map(" ".join)
)
def test_no_text_breaks_the_search(typed: str) -> None:
    database = sqlite3.connect(":memory:")
    for name in FULL_TEXT:
        database.execute(f"CREATE VIRTUAL TABLE {name} USING fts5(headline, content='')")
    try:
        found, parameters = parse_query(typed).sql()
    except ArgumentError:
        return
    assert database.execute(found, parameters).fetchall() == []
