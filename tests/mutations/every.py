"""What redesigns do to a page: pure functions, HTML in, HTML out, that know no reader.

Each is given a page whose parts are marked (`anatomy.marked`) and changes one thing about it.
`fields` are those a report may name for it: what the redesign moved, no more.

`python -m tests.mutations` prints what becomes of each in every family, and of unmutated runs.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from lxml import etree

from newscrawl.page.selectors import Element
from tests.mutations import natural, redesigned_lists, redesigns
from tests.mutations.around import AROUND_MUTATIONS
from tests.mutations.body import BODY_MUTATIONS
from tests.mutations.head import HEAD_MUTATIONS
from tests.mutations.lists import API_MUTATIONS, LIST_MUTATIONS
from tests.mutations.redesigns import Outcome
from tests.mutations.surgery import Mutation, drop, on_text, on_tree
from tests.mutations.wider import WIDER_MUTATIONS
from tests.support.families import NAMES


def _classes_hashed(root: Element) -> None:
    for element in root.iter(etree.Element):
        for number, name in enumerate(("class", "id")):
            if value := element.get(name):
                element.set(name, f"c{sum(map(ord, value)) * 7 + number}")


def _metadata_dropped(root: Element) -> None:
    for element in list(root.iter("meta", "script", "link")):
        if element.tag != "script" or "ld+json" in (element.get("type") or ""):
            drop(element)


def _charset_dropped(html: str) -> str:
    return re.sub(r"<meta[^>]*charset[^>]*>", "", html, flags=re.IGNORECASE)


def _uppercase(html: str) -> str:
    return re.sub(r"</?[a-z][a-z0-9]*", lambda match: match[0].upper(), html)


def _nested(html: str) -> str:
    """A second document opens in the first and is closed long before its end."""
    head, body, rest = re.split(r"(<body[^>]*>)", html, maxsplit=1)
    opened = "<html><head><title>x</title></head><body>"
    return f"{head}{body}<main>{opened}{rest.replace('</body>', '</body></html></main></body>', 1)}"


def _open_paragraphs(html: str) -> str:
    """End tags HTML does not ask for are left out."""
    return re.sub(r"</(?:p|li|td|tr)>(?=\s*<(?:p|li|td|tr|/ul|/tbody|/tr)\b)", "", html)


MUTATIONS: Final[tuple[Mutation, ...]] = (
    *HEAD_MUTATIONS,
    *BODY_MUTATIONS,
    *AROUND_MUTATIONS,
    *WIDER_MUTATIONS,
    on_tree("page: classes hashed", "layout headline body published lead section", _classes_hashed),
    on_tree("page: metadata dropped", "published lead section", _metadata_dropped),
    on_text("page: charset dropped", "", _charset_dropped),
    on_text("page: uppercase", "", _uppercase),
    on_text("page: nested", "", _nested),
    on_text("page: open paragraphs", "", _open_paragraphs),
)

Outcomes = Mapping[str, Outcome]


@cache
def of_articles(family: str) -> Outcomes:
    """What becomes of a run of twenty articles, by redesign."""
    run = redesigns.base(family)
    return {mutation.name: redesigns.outcome(mutation, run) for mutation in MUTATIONS}


@cache
def of_templates(family: str) -> Outcomes:
    """What becomes of a run whose pages come in another family's template, by that family."""
    run = redesigns.base(family)
    return {
        f"template: {other}": redesigns.swapped(run, redesigns.base(other))
        if other != family
        else Outcome("not there", (), ())
        for other in NAMES
    }


@cache
def of_lists(family: str) -> Outcomes:
    """What becomes of a run's lists, by redesign."""
    run = redesigned_lists.base(family)
    pages = {m.name: redesigned_lists.outcome(m, run, is_html=True) for m in LIST_MUTATIONS}
    answers = {m.name: redesigned_lists.outcome(m, run, is_html=False) for m in API_MUTATIONS}
    return pages | answers


# The table --------------------------------------------------------------------------------------

_VERDICTS: Final = ("exact", "noticed", "misnamed", "silent", "not there")


def table(title: str, columns: Mapping[str, Outcomes]) -> str:
    """Redesign by family as Markdown, the verdicts counted below."""
    names = list(next(iter(columns.values())))
    rows = [_row(name, [str(outcomes[name]) for outcomes in columns.values()]) for name in names]
    counts = [Counter(told.verdict for told in outcomes.values()) for outcomes in columns.values()]
    sums = [_row(f"**{verdict}**", [str(c[verdict]) for c in counts]) for verdict in _VERDICTS]
    applied = _row("**applied**", [str(c.total() - c["not there"]) for c in counts])
    head = [_row(title, list(columns)), "|" + "---|" * (len(columns) + 1)]
    return "\n".join([*head, *rows, *sums, applied])


def _row(name: str, cells: Sequence[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    print("Twenty articles of each family, redesigned; beside six earlier runs of thirty.\n")
    print(table("redesign", {family: of_articles(family) for family in NAMES}))
    print("\nThe same addresses with another family's pages behind them.\n")
    print(table("redesign", {family: of_templates(family) for family in NAMES}))
    print("\nThe lists of each family, redesigned; beside six earlier runs.\n")
    print(table("redesign", {family: of_lists(family) for family in NAMES}))
    print(f"\nUnmutated: {natural.summary()}")
