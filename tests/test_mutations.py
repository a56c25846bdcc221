"""Redesigned pages are read exactly or noticed in the run's report, with the right field named.

`python -m tests.test_mutations` prints the table: redesign by family.
"""

import pytest

from newscrawl.exceptions import BrokenPage, ExtractionError, NotAnArticle
from newscrawl.health import EXAMPLES, Health
from newscrawl.items import Article
from newscrawl.layouts import choose_page
from newscrawl.pipelines.normalise import normalise
from tests.families import NAMES, newspapers, pages_of
from tests.mutations import MUTATIONS
from tests.redesigns import Outcome, base, differences, outcome

_LEAST = 25


def outcomes(family: str) -> dict[str, Outcome]:
    run = base(family)
    return {mutation.name: outcome(mutation, run) for mutation in MUTATIONS}


@pytest.mark.parametrize("family", NAMES)
def test_every_redesign_is_read_exactly_or_noticed_by_its_field(family: str) -> None:
    found = outcomes(family)
    bad = {
        name: (str(told), told.wrong, [str(weak) for weak in told.named])
        for name, told in found.items()
        if told.verdict in ("silent", "misnamed")
    }
    assert bad == {}
    applied = [told for told in found.values() if told.verdict != "not there"]
    assert len(applied) >= _LEAST
    assert sum(told.verdict == "noticed" for told in applied) > len(applied) / 3
    examples = [weak.examples for told in applied for weak in told.named if weak.sign != "length"]
    assert all(len(urls) <= EXAMPLES for urls in examples)


@pytest.mark.parametrize("family", NAMES)
def test_unchanged_pages_raise_no_alarm(family: str) -> None:
    run = base(family)
    assert run.health.weaknesses(run.before, {}) == ()
    again = [read_article(family, number, html) for number, html in enumerate(run.unchanged)]
    wrong = [differences(a, b) for a, b in zip(run.articles, again, strict=True)]
    assert wrong == [()] * len(wrong)


def read_article(family: str, number: int, html: str) -> Article:
    saved = base(family).pages[number]
    paper = saved.newspaper
    return normalise(choose_page(paper.pages, saved.document(html), paper.paper).to_item())


@pytest.mark.parametrize("family", NAMES)
def test_another_familys_page_is_refused_or_read_exactly(family: str) -> None:
    """A newspaper that changes its CMS for another known one."""
    own = next(pages_of(family))
    for other in NAMES:
        saved = next(pages_of(other))
        right = read_article(other, 0, saved.html)
        document = own.document(saved.html)
        try:
            page = choose_page(own.newspaper.pages, document, own.newspaper.paper)
            found = normalise(page.to_item())
        except (ExtractionError, BrokenPage, NotAnArticle):
            continue
        assert differences(found, right) == (), other


def test_there_are_enough_redesigns_and_no_two_of_a_name() -> None:
    assert len(MUTATIONS) >= _LEAST
    assert len({mutation.name for mutation in MUTATIONS}) == len(MUTATIONS)
    assert newspapers()


def test_each_redesign_changes_a_page_of_some_family() -> None:
    run = base("C"), base("A1")
    idle = [
        mutation.name
        for mutation in MUTATIONS
        if all(tuple(map(mutation, b.marked)) == b.unchanged for b in run)
    ]
    assert idle == []


def test_a_redesign_is_a_pure_function() -> None:
    page = base("A3").marked[0]
    assert [m(page) for m in MUTATIONS] == [m(page) for m in MUTATIONS]
    assert "data-part" not in "".join(m(page) for m in MUTATIONS)


def test_first_run_has_nothing_to_compare_with() -> None:
    health = Health()
    for article in base("A1").articles:
        health.saw(article)
    assert health.weaknesses((), {}) == ()


def table() -> str:
    """Redesign by family, as Markdown."""
    columns = {family: outcomes(family) for family in NAMES}
    rows = [f"| redesign | {' | '.join(NAMES)} |", "|" + "---|" * (len(NAMES) + 1)]
    for mutation in MUTATIONS:
        cells = (str(columns[family][mutation.name]) for family in NAMES)
        rows.append(f"| {mutation.name} | {' | '.join(cells)} |")
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())
