"""What becomes of a run's lists when they have been redesigned."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from newscrawl.discovery.source import ListPage
from newscrawl.exceptions import ExtractionError
from newscrawl.monitoring.health import Health
from tests.mutations.anatomy import printed, unmarked
from tests.mutations.listings import Listed, lists_of, marked_list
from tests.mutations.redesigns import Outcome, verdict
from tests.mutations.surgery import Mutation

EARLIER: Final = 6
"""Runs before the redesign, one a day"""


@dataclass(frozen=True, slots=True)
class Base:
    """A family's lists before the redesign, and the runs before that."""

    pages: tuple[Listed, ...]
    read: tuple[ListPage, ...]
    marked: tuple[str, ...]
    unchanged: tuple[str, ...]
    before: tuple[dict[str, Any], ...]


@cache
def base(family: str) -> Base:
    *earlier, pages = (lists_of(family, day) for day in range(1, EARLIER + 2))
    marks = [marked_list(page) if page.is_html else None for page in pages]
    marked = [p.text if m is None else printed(m) for p, m in zip(pages, marks, strict=True)]
    unchanged = [p.text if m is None else unmarked(m) for p, m in zip(pages, marks, strict=True)]
    return Base(
        pages,
        tuple(page.read() for page in pages),
        tuple(marked),
        tuple(unchanged),
        tuple(record(run) for run in earlier),
    )


def record(pages: tuple[Listed, ...]) -> dict[str, Any]:
    health = Health()
    for page in pages:
        health.listed(page.url, page.read())
    return health.record()


def outcome(mutation: Mutation, run: Base, *, is_html: bool) -> Outcome:
    """The run's lists of that kind redesigned and read again; the others as they were."""
    health, wrong = Health(), set[str]()
    is_there = False
    for number, page in enumerate(run.pages):
        if page.is_html is not is_html:
            health.listed(page.url, run.read[number])
            continue
        changed = mutation(run.marked[number])
        is_there = is_there or changed != run.unchanged[number]
        wrong.update(_read(page, changed, run.read[number], health))
    if not is_there:
        return Outcome("not there", (), ())
    named = health.weaknesses(run.before, {})
    return Outcome(verdict(wrong, named, mutation.fields), tuple(sorted(wrong)), named)


def _read(page: Listed, changed: str, right: ListPage, health: Health) -> set[str]:
    """What reads otherwise than it did."""
    try:
        found = page.read(changed)
    except ExtractionError:
        health.unlisted(page.url)
        return {"all"}
    health.listed(page.url, found)
    wrong = {
        name
        for name in ("key", "url", "title", "published_at")
        if [getattr(link, name) for link in found.links]
        != [getattr(link, name) for link in right.links]
    }
    # One page more to ask for, an empty one, ends the walk as well as none does.
    is_lost = right.older is not None and found.older != right.older
    return wrong | ({"older"} if is_lost else set())
