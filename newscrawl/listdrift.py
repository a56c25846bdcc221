"""What a newspaper's lists gave in one run beside what they gave before: an unseen redesign.

A list in other markup need not fail: it gives a few links of a box beside it, or none at all, or no
next page, and the run ends well with nothing new. Compared is each page by its own address, so that
no list is measured by another. Pure: records in, weaknesses out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from newscrawl.signs import LISTS
from newscrawl.sources import ListPage
from newscrawl.weaknesses import Record, Weakness

_RUNS: Final = 2  # fewer do not tell what a list usually gives
_MANY: Final = 5  # links of a list in which half is more than one or two
_NEARLY_ALL: Final = 0.8
_SHOWN: Final = 3

# By sign: the field it tells of. Links without a date leave a backfill without a bound.
_FIELDS: Final[Mapping[str, str]] = {
    "links": "links",
    "titled": "titles",
    "dated": "dates",
    "goes on": "next page",
}


def listed(page: ListPage) -> dict[str, Any]:
    """What a record keeps of a list's page."""
    return {
        "links": len(page.links),
        "titled": sum(link.title is not None for link in page.links),
        "dated": sum(link.published_at is not None for link in page.links),
        "goes on": page.older is not None,
    }


def list_weaknesses(now: Record, before: Sequence[Record]) -> tuple[Weakness, ...]:
    """What lists gave far less of than ever before, one weakness a sign, with their addresses."""
    found: dict[str, list[tuple[str, str]]] = {}
    lists: Mapping[str, Record] = now.get(LISTS, {})
    for address, here in lists.items():
        earlier = [run[LISTS][address] for run in before if address in run.get(LISTS, {})]
        for sign, said in _weak(here, earlier) if len(earlier) >= _RUNS else ():
            found.setdefault(sign, []).append((address, said))
    return tuple(
        Weakness(
            template=LISTS,
            field=_FIELDS[sign],
            said=f"on {len(cases)} of {len(lists)} pages, as here: {cases[0][1]}",
            examples=tuple(address for address, _ in cases[:_SHOWN]),
            sign=sign,
        )
        for sign, cases in found.items()
    )


def _weak(here: Record, earlier: Sequence[Record]) -> Iterator[tuple[str, str]]:
    """The page's signs that are weak, each with what is said of it."""
    count, least = here["links"], min(run["links"] for run in earlier)
    if count < least / 2 and (least >= _MANY or count == 0):
        yield "links", f"{count} links, never fewer than {least}"
        return
    for sign in ("titled", "dated") if count else ():
        usual = min(_share(run, sign) for run in earlier)
        if usual >= _NEARLY_ALL and _share(here, sign) < usual / 2:
            yield sign, f"{here[sign]} of {count} links, never on less than {usual:.0%}"
    if not here["goes on"] and all(run["goes on"] for run in earlier):
        yield "goes on", "none, always one before"


def _share(page: Record, sign: str) -> float:
    return float(page[sign] / page["links"]) if page["links"] else 0.0
