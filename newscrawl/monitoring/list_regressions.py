"""What a newspaper's lists gave in one run beside what they gave before: an unseen redesign.

A list in other markup need not fail: it gives a few links of a box beside it, those of all boxes,
none at all, or no next page, and the run ends well with nothing new. Compared is each page by its
own address, so that no list is measured by another. Pure: records in, weaknesses out.
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median_low
from typing import Any, Final

from newscrawl.discovery.source import ListPage
from newscrawl.monitoring.indicators import LISTS
from newscrawl.monitoring.regressions import Record, Regression
from newscrawl.text import syllables

_RUNS: Final = 2  # fewer do not tell what a list usually gives
_MANY: Final = 5  # links of a list in which half is more than one or two
_NEARLY_ALL: Final = 0.8
_MORE: Final = 1.5  # times the most links ever: boxes beside the list are counted in
_FULL: Final = 8  # links of a list that is no young section's, which grows and changes by itself
_LONGER: Final = 1.4  # times the longest titles: date and description are counted in
_SHOWN: Final = 3

# By sign: the field it tells of. Links without a date leave a backfill without a bound.
_FIELDS: Final[Mapping[str, str]] = {
    "links": "links",
    "titled": "titles",
    "syllables": "titles",
    "dated": "dates",
    "goes on": "pager",
}


def listed(page: ListPage) -> dict[str, Any]:
    """What a record keeps of a list's page; of its titles' length the median."""
    lengths = [syllables(link.title) for link in page.links if link.title is not None]
    return {
        "links": len(page.links),
        "titled": len(lengths),
        "syllables": median_low(lengths) if lengths else 0,
        "dated": sum(link.published_at is not None for link in page.links),
        "goes on": page.older is not None,
    }


def list_weaknesses(now: Record, before: Sequence[Record]) -> tuple[Regression, ...]:
    """What lists gave far less of than ever before, one weakness a sign, with their addresses."""
    found: dict[str, list[tuple[str, str]]] = {}
    lists: Mapping[str, Record] = now.get(LISTS, {})
    always: list[str] = []
    for address, here in lists.items():
        earlier = [run[LISTS][address] for run in before if address in run.get(LISTS, {})]
        if len(earlier) < _RUNS:
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
            said=f"{cases[0][1]}, so or alike on {len(cases)} of {len(lists)} pages",
            examples=tuple(address for address, _ in cases[:_SHOWN]),
            sign=sign,
        )
        for sign, cases in found.items()
    )


def _weak(here: Record, earlier: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """The page's signs that are weak, each with what is said of it."""
    count, before = here["links"], [run["links"] for run in earlier]
    least, most = min(before), max(before)
    if count < least / 2 and (least >= _MANY or count == 0):
        yield "links", f"{count} links, never fewer than {least}"
    elif count > _MORE * most and most >= _FULL:
        yield "links", f"{count} links, never more than {most}"
    elif count:
        yield from _weak_links(here, earlier)


def _weak_links(here: Record, earlier: Sequence[Record]) -> Iterator[tuple[str, str]]:
    for sign in ("titled", "dated"):
        usual = min(_share(run, sign) for run in earlier)
        if usual >= _NEARLY_ALL and _share(here, sign) < usual / 2:
            said = f"{here[sign]} of {here['links']} links are {sign}, never less than {usual:.0%}"
            yield sign, said
    longest = max(run["syllables"] for run in earlier)
    # The middle of a few titles is chance: three news titles made 10 syllables of 7.
    is_told = min(page["titled"] for page in (here, *earlier)) >= _FULL
    if is_told and here["syllables"] > _LONGER * longest > 0:
        said = f"titles of {here['syllables']} syllables, never more than {longest}"
        yield "syllables", said


def _share(page: Record, sign: str) -> float:
    return float(page[sign] / page["links"]) if page["links"] else 0.0
