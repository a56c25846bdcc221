"""A search query: words, phrases, prefixes, exclusions, alternatives; and what it matches.

A query is words that must all occur: `dong bao`. `"đồng bào"` is a phrase, `lũ*` a prefix, `NOT lũ`
and `-lũ` exclude, `OR` parts alternatives. A term with marks matches words with just these marks; a
term without marks matches any. Every other sign is a blank, so that any text is a query.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from newscrawl.exceptions import ArgumentError
from newscrawl.research.folding import (
    Word,
    beginning_with,
    exact,
    exact_start,
    folded,
    has_marks,
    is_start_indexed,
    words,
)

QUERY_MAX_CHARS: Final = 1000
TERMS_MAX: Final = 50
_PIECE: Final = re.compile(r'(-?)"([^"]*)"?|(\S+)')
_FOLDED: Final = "words_folded"
_EXACT: Final = "words_exact"
_STARTS: Final = "word_starts"


class Match(NamedTuple):
    """What a full-text index is asked."""

    table: str
    expression: str
    """In the language of FTS5"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or a phrase of a query."""

    words: tuple[str, ...]
    """As typed, at least one"""
    is_exact: bool = False
    """Marks count"""
    is_prefix: bool = False
    """The last word may go on"""
    is_excluded: bool = False

    def spelled(self) -> tuple[str, ...]:
        """Return the words as the index holds them."""
        return tuple(map(exact if self.is_exact else folded, self.words))

    def match(self) -> Match:
        """Return the index that answers the term, and what it is asked.

        A prefix of a letter or two is asked of the index of beginnings, because FTS5 would merge
        the articles of thousands of words: of 100,000 articles in 0.9 s. So is one with a tone,
        which stands behind the letters of the whole word.
        """
        start = self.spelled()[0]
        if self.is_prefix and len(self.words) == 1 and is_start_indexed(start):
            return Match(_STARTS, f'"{exact_start(start) if self.is_exact else start}"')
        return Match(_EXACT if self.is_exact else _FOLDED, self.match_expression())

    def match_expression(self) -> str:
        """Return the term in the language of FTS5, every word quoted, for an index of words."""
        phrase = " ".join(self.spelled())
        return f'"{phrase}"{"*" if self.is_prefix else ""}'

    def hits(self, text: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Return where the term stands in a text: offsets of its first character and behind it."""
        behind = len(self.words) - 1
        for first in self.places([word.text for word in text]):
            yield text[first].start, text[first + behind].end

    def places(self, printed: Sequence[str]) -> Iterator[int]:
        """Return the numbers of the words of a text at which the term begins, ascending from 0."""
        found = [*map(exact if self.is_exact else folded, printed)]
        wanted = [*self.spelled()]
        size, begins = len(wanted), beginning_with(wanted[-1])
        if self.is_prefix and size == 1:
            yield from (number for number, word in enumerate(found) if begins(word))
            return
        for first in _each(wanted[0], found):
            here = found[first : first + size]
            is_prefix = self.is_prefix and here[:-1] == wanted[:-1] and len(here) == size
            if here == wanted or (is_prefix and here[-1].startswith(wanted[-1])):
                yield first


def _each(word: str, found: Sequence[str]) -> Iterator[int]:
    """Return the places of a word among others; most texts have it nowhere, which costs least."""
    first = -1
    with suppress(ValueError):
        while True:
            first = found.index(word, first + 1)
            yield first


@dataclass(frozen=True, slots=True)
class Query:
    """Groups of which each must match; a group matches where one of its terms does."""

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...] = ()

    def required(self) -> tuple[tuple[Match, ...], ...]:
        """Return what must all match: of each tuple one at least.

        What one index can answer alone, exclusions too, is asked of it at once.
        """
        alone: defaultdict[str, list[str]] = defaultdict(list)
        several: list[tuple[Match, ...]] = []
        for matches in map(_alternatives, self.groups):
            if len(matches) == 1:
                alone[matches[0].table].append(f"({matches[0].expression})")
            else:
                several.append(matches)
        excluded = dict(_alternatives(self.excluded))
        for table in alone.keys() & excluded:
            alone[table][-1] += f" NOT ({excluded[table]})"
        return (*((Match(table, " AND ".join(said)),) for table, said in alone.items()), *several)

    def refused(self) -> tuple[Match, ...]:
        """Return what an article must not match and no index is asked in `required`."""
        asked = {matches[0].table for matches in self.required() if len(matches) == 1}
        return tuple(match for match in _alternatives(self.excluded) if match.table not in asked)

    def sql(self) -> tuple[str, list[str]]:
        """Return an SQL query for the numbers of the articles that match, and its parameters."""
        selects = [_select(matches) for matches in self.required()]
        found = " INTERSECT ".join(selects)
        refused = self.refused()
        if refused:
            found += f" EXCEPT {_select(refused)}"
        asked = [match for matches in (*self.required(), refused) for match in matches]
        return found, [match.expression for match in asked]

    def folded_expression(self) -> str:
        """Return what FTS5 is asked of the folded index: at least every article that matches.

        >>> parse_query("Đồng bào OR lũ* NOT mưa").folded_expression()
        '("dong") AND ("bao" OR "lu"*)'
        """
        found = [[replace(term, is_exact=False).match_expression() for term in group]
                 for group in self.groups]  # fmt: skip
        return " AND ".join(f"({' OR '.join(group)})" for group in found)

    @property
    def wanted_terms(self) -> tuple[Term, ...]:
        """The terms that are looked for, without the excluded ones."""
        return tuple(term for group in self.groups for term in group)


def _alternatives(terms: Iterable[Term]) -> tuple[Match, ...]:
    """Return terms of which one must match, those of one index in one expression."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for term in terms:
        table, expression = term.match()
        said[table].append(expression)
    return tuple(Match(table, " OR ".join(parts)) for table, parts in said.items())


def _select(matches: Sequence[Match]) -> str:
    selects = (f"SELECT rowid FROM {m.table} WHERE {m.table} MATCH ?" for m in matches)  # noqa: S608
    return f"SELECT rowid FROM ({' UNION '.join(selects)})"  # noqa: S608


def parse_query(text: str, *, is_exact: bool = False) -> Query:
    """Return the query that a person typed.

    Args:
        text: the query, at most `QUERY_MAX_CHARS` characters and `TERMS_MAX` terms.
        is_exact: marks count in terms without marks, too: "dong" does not find "đồng".

    Raises:
        ArgumentError: no term to look for, or too long a query.

    >>> [term.match_expression() for term in parse_query('"đồng bào" lu*').wanted_terms][1]
    '"lu"*'
    >>> parse_query("mưa NOT lũ").excluded[0].words
    ('lũ',)
    """
    if len(text) > QUERY_MAX_CHARS:
        raise ArgumentError(f"the query has {len(text)} characters; {QUERY_MAX_CHARS} are the most")
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joins = excludes = False
    for piece in _pieces(text):
        if piece in ("OR", "AND"):
            joins = piece == "OR" and bool(groups)
            continue
        if piece == "NOT":
            excludes = True
            continue
        for term in _terms(piece, is_exact=is_exact, is_excluded=excludes):
            if term.is_excluded:
                excluded.append(term)
            elif joins:
                groups[-1] += (term,)
            else:
                groups.append((term,))
            joins = False
        excludes = False
    return _checked(Query(tuple(groups), tuple(excluded)), text)


def _checked(query: Query, text: str) -> Query:
    if not query.groups:
        raise ArgumentError(f"nothing to look for in the query {text!r}: type a word")
    if len(query.wanted_terms) + len(query.excluded) > TERMS_MAX:
        raise ArgumentError(f"the query has more than {TERMS_MAX} terms")
    return query


def _pieces(text: str) -> Iterator[str]:
    for match in _PIECE.finditer(text):
        yield match[3] if match[3] is not None else f'{match[1]}"{match[2]}'


def _terms(piece: str, *, is_exact: bool, is_excluded: bool) -> Iterator[Term]:
    is_excluded = is_excluded or (piece.startswith("-") and len(piece) > 1)
    piece = piece.removeprefix("-")
    is_phrase = piece.startswith('"')
    found = tuple(word.text for word in words(piece))
    if not found:
        return
    # A word that a sign parts, "tp.hcm", is a phrase: so is it indexed.
    yield Term(
        words=found,
        is_exact=is_exact or any(map(has_marks, found)),
        is_prefix=not is_phrase and piece.endswith("*"),
        is_excluded=is_excluded,
    )
