"""Where one field stands now: the selector that finds it on most of the pages, if there is one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from lxml import etree

from newscrawl.article.redesign.element_names import (
    classes_of,
    path_of,
    selectors_of,
    simplicity,
)
from newscrawl.article.redesign.known_page import KnownPage
from newscrawl.page.ancestry import lineage
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element, elements

Verdict = Literal["stands", "vanished", "ambiguous", "scattered", "unknown"]
PAGES_MIN: Final = 3  # fewer prove nothing
RIGHT_MIN_SHARE: Final = 0.8  # of the pages on which the field is known
HELD_MIN_SHARE: Final = 0.2  # below it the field has vanished
_UNITED_MAX: Final = 3
_NAMED_PAGES_MAX: Final = 5  # whose elements give the selectors to try


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlace:
    """What was found of one field."""

    field: str
    verdict: Verdict
    selector: str = ""
    """The selector that finds it; "" unless it stands in one place"""
    path: str = ""
    """Where it stands on one of the pages"""
    right: int = 0
    """On how many pages the selector finds it and nothing else"""
    known: int = 0
    """On how many pages the field is known"""
    places: tuple[str, ...] = ()
    """A selector for each of several places that hold it"""


Places = Callable[[KnownPage], Sequence[Element]]
Picks = dict[int, Element]
"""The element that a selector finds, by the number of the page on which it is the right one"""


@dataclass(slots=True)
class _Tried:
    selector: str
    picks: Picks
    wrong: int
    """Pages on which it finds something else"""


def search(
    field: str,
    pages: Sequence[KnownPage],
    places: Places,
    *,
    old: str = "",
    may_lack: Sequence[KnownPage] = (),
) -> FieldPlace:
    """Return where a field stands that is the whole text of one element.

    Args:
        field: Its name, as in the article.
        pages: The pages on which the field is known.
        places: Returns the elements of a page that hold the field, innermost first.
        old: The selector of the former layout, whose names are preferred among equals.
        may_lack: Pages that are known to lack the field: what a selector finds there is wrong.
    """
    if len(pages) < PAGES_MIN:
        return FieldPlace(field=field, verdict="unknown", known=len(pages))
    held = {number: list(places(page)) for number, page in enumerate(pages)}
    holding = {number: found for number, found in held.items() if found}
    if len(holding) < max(1, HELD_MIN_SHARE * len(pages)):
        return FieldPlace(field=field, verdict="vanished", known=len(pages))
    names = _candidates(found for _, found in islice(holding.items(), _NAMED_PAGES_MAX))
    tried = [_tried(name, pages, held, may_lack) for name in names]
    good = [one for one in tried if _is_good(one, len(pages))]
    if not good:
        union = ", ".join(_united(tried, len(pages)))
        good = [one for one in [_tried(union, pages, held, may_lack)] if union]
        good = [one for one in good if _is_good(one, len(pages))]
    if not good:
        path = path_of(next(iter(holding.values()))[0])
        return FieldPlace(
            field=field, verdict="scattered", path=path, known=len(pages), right=len(holding)
        )
    return _best(field, good, len(pages), old)


def _united(tried: Sequence[_Tried], known: int) -> list[str]:
    """Return few selectors that find the field on most pages together, each on some of them."""
    chosen: list[_Tried] = []
    covered: set[int] = set()
    pure = [one for one in tried if not one.wrong]
    while pure and len(chosen) < _UNITED_MAX and len(covered) < known:
        most = max(pure, key=lambda one: len(one.picks.keys() - covered))
        if not most.picks.keys() - covered:
            break
        chosen.append(most)
        covered |= most.picks.keys()
    return [one.selector for one in chosen]


def _candidates(found: Iterator[list[Element]]) -> list[str]:
    """Return the selectors of the elements, each once: the simplest first, then the innermost."""
    ranks: dict[str, int] = {}
    for places in found:
        for rank, element in enumerate(places):
            for name in selectors_of(element):
                ranks[name] = min(rank, ranks.get(name, rank))
    return sorted(ranks, key=lambda name: (*simplicity(name), ranks[name], -len(name), name))


def _tried(
    selector: str,
    pages: Sequence[KnownPage],
    held: dict[int, list[Element]],
    may_lack: Sequence[KnownPage],
) -> _Tried:
    picks: Picks = {}
    wrong = sum(bool(_shown(page, selector)) for page in may_lack)
    for number, page in enumerate(pages):
        if wrong > _wrong_max(len(pages)):  # no page to come can make it good
            break
        found = _shown(page, selector)
        if len(found) == 1 and found[0] in held[number]:
            picks[number] = found[0]
        elif found:
            wrong += 1
    return _Tried(selector, picks, wrong)


def _wrong_max(known: int) -> float:
    return (1 - RIGHT_MIN_SHARE) * known


def _shown(page: KnownPage, selector: str) -> list[Element]:
    """Return the first two elements that the selector finds and that hold text."""
    found = elements(page.document.root, selector)
    return list(islice((element for element in found if text_of(element)), 2))


def _is_good(tried: _Tried, known: int) -> bool:
    is_often_right = len(tried.picks) >= max(PAGES_MIN, RIGHT_MIN_SHARE * known)
    return is_often_right and tried.wrong <= _wrong_max(known)


def _best(field: str, good: Sequence[_Tried], known: int, old: str) -> FieldPlace:
    """Return the verdict on the selectors that find the field on most pages."""
    most = max(len(one.picks) - one.wrong for one in good)
    groups = _by_place([one for one in good if len(one.picks) - one.wrong == most])
    chosen = groups[0] if len(groups) == 1 else _heading(field, groups)
    if chosen is None:
        names = tuple(_simplest(field, group, old).selector for group in groups)
        return FieldPlace(field=field, verdict="ambiguous", known=known, places=names, right=most)
    one = _simplest(field, chosen, old)
    return FieldPlace(
        field=field,
        verdict="stands",
        selector=one.selector,
        path=path_of(next(iter(one.picks.values()))),
        right=len(one.picks),
        known=known,
    )


def _simplest(field: str, group: Sequence[_Tried], old: str) -> _Tried:
    """Return the selector of a place that a person would write.

    Of elements around each other it names the heading, the box of a lead, the line of a date; of an
    element's names one that the former layout had too, or else the one that is least common.
    """

    def order(tried: _Tried) -> tuple[tuple[int, int, int], int, bool, int]:
        pick, name = next(iter(tried.picks.values())), tried.selector.rpartition(".")[2]
        depth = len(list(lineage(pick)))
        place = {"headline": pick.tag != "h1", "lead": depth}.get(field, -depth)
        return simplicity(tried.selector), place, name not in old, _commonness(name, pick)

    return min(group, key=order)


def _commonness(name: str, pick: Element) -> int:
    """Return how many elements of the page have the class."""
    root = list(lineage(pick))[-1]
    return sum(name in classes_of(element) for element in root.iter(etree.Element))


def _by_place(best: list[_Tried]) -> list[list[_Tried]]:
    """Return the selectors by the place that they find: an element and what wraps it are one."""
    groups: list[list[_Tried]] = []
    for one in best:
        for group in groups:
            if _is_same_place(one.picks, group[0].picks):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _is_same_place(one: Picks, other: Picks) -> bool:
    shared = one.keys() & other.keys()
    return all(_wraps(one[n], other[n]) or _wraps(other[n], one[n]) for n in shared)


def _wraps(box: Element, element: Element) -> bool:
    return any(above is box for above in lineage(element))


def _heading(field: str, groups: list[list[_Tried]]) -> list[_Tried] | None:
    """Return the place of the headline that is the page's only first heading among the places."""
    if field != "headline":
        return None
    headings = [group for group in groups if any(_is_h1(one) for one in group)]
    return headings[0] if len(headings) == 1 else None


def _is_h1(tried: _Tried) -> bool:
    return all(
        any(box.tag == "h1" for box in (*lineage(pick), *pick.iterdescendants()))
        for pick in tried.picks.values()
    )
