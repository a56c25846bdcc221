"""List regressions: the figures of a list page beside those of the runs before. Pure.

A list in new markup need not fail: it gives a few links of a box beside it, the links of all boxes,
none at all, or no next page, and the run ends well with nothing new. Each page is compared with
itself in earlier runs, by its address.
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median_low
from typing import Any, Final

from newscrawl.discovery.source import ListPage
from newscrawl.monitoring.indicators import LISTS
from newscrawl.monitoring.regressions import Record, Regression
from newscrawl.text import counted, syllables

_BASELINE_MIN_RUNS: Final = 2  # fewer runs do not show what is usual
_HALVED_LIST_MIN_LINKS: Final = 5  # of a shorter list, half is one or two links
_NEARLY_ALL: Final = 0.8
_LINKS_GROWTH_MAX: Final = 1.5  # times the most links ever; more come from boxes beside the list
_FULL_LIST_MIN_LINKS: Final = 8  # shorter lists are of young sections, which grow by themselves
_TITLE_GROWTH_MAX: Final = 1.4  # times the longest titles; longer ones hold date and description
_EXAMPLES_MAX: Final = 3

# By indicator: the field that it tells of. A backfill without dates has no bound.
_FIELDS: Final[Mapping[str, str]] = {
    "links": "links",
    "titled": "titles",
    "syllables": "titles",
    "dated": "dates",
    "goes on": "pager",
}


def listed(page: ListPage) -> dict[str, Any]:
    """Return the figures of a list page that a record keeps, with the median title length."""
    lengths = [syllables(link.title) for link in page.links if link.title is not None]
    return {
        "links": len(page.links),
        "titled": len(lengths),
        "syllables": median_low(lengths) if lengths else 0,
        "dated": sum(link.published_at is not None for link in page.links),
        "goes on": page.older is not None,
    }


def list_weaknesses(now: Record, before: Sequence[Record]) -> tuple[Regression, ...]:
    """Return one regression for each indicator in which lists fell, with example addresses."""
    found: dict[str, list[tuple[str, str]]] = {}
    lists: Mapping[str, Record] = now.get(LISTS, {})
    always: list[str] = []
    for address, here in lists.items():
        earlier = [run[LISTS][address] for run in before if address in run.get(LISTS, {})]
        if len(earlier) < _BASELINE_MIN_RUNS:
            continue
        for sign, said in _weak(here, earlier):
            found.setdefault(sign, []).append((address, said))
        if all(run["goes on"] for run in earlier):
            always.append(address)
    ended = [address for address in always if not lists[address]["goes on"]]
    if ended and len(ended) >= len(always) / 2:  # a single list may shrink to its last page
        found["goes on"] = [(address, "no next page, always one before") for address in ended]
    return tuple(
        Regression(
            template=LISTS,
            field=_FIELDS[sign],
            said=f"{cases[0][1]}, so or alike on {len(cases)} of {counted(len(lists), 'page')}",
            examples=tuple(address for address, _ in cases[:_EXAMPLES_MAX]),
            sign=sign,
        )
        for sign, cases in found.items()
    )


def _weak(here: Record, earlier: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """Yield the page's indicators that fell, each with a text that says how far."""
    count, before = here["links"], [run["links"] for run in earlier]
    least, most = min(before), max(before)
    if count < least / 2 and (least >= _HALVED_LIST_MIN_LINKS or count == 0):
        yield "links", f"{counted(count, 'link')}, never fewer than {least}"
    elif count > _LINKS_GROWTH_MAX * most and most >= _FULL_LIST_MIN_LINKS:
        yield "links", f"{counted(count, 'link')}, never more than {most}"
    elif count:
        yield from _weak_links(here, earlier)


def _weak_links(here: Record, earlier: Sequence[Record]) -> Iterator[tuple[str, str]]:
    for sign in ("titled", "dated"):
        usual = min(_share(run, sign) for run in earlier)
        if usual >= _NEARLY_ALL and _share(here, sign) < usual / 2:
            said = f"{here[sign]} of {here['links']} links are {sign}, never less than {usual:.0%}"
            yield sign, said
    longest = max(run["syllables"] for run in earlier)
    # The median of a few titles is chance: three news titles made 10 syllables of 7.
    is_told = min(page["titled"] for page in (here, *earlier)) >= _FULL_LIST_MIN_LINKS
    if is_told and here["syllables"] > _TITLE_GROWTH_MAX * longest > 0:
        said = f"titles of {here['syllables']} syllables, never more than {longest}"
        yield "syllables", said


def _share(page: Record, sign: str) -> float:
    return float(page[sign] / page["links"]) if page["links"] else 0.0
