"""Redesigned pages are read exactly or noticed in the run's report, with the right field named."""

from collections.abc import Mapping

import pytest

from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Article
from newscrawl.monitoring.health import EXAMPLES_MAX, Health
from tests.mutations.every import MUTATIONS, of_articles, of_lists, of_templates, table
from tests.mutations.lists import API_MUTATIONS, LIST_MUTATIONS
from tests.mutations.redesigned_lists import base as list_base
from tests.mutations.redesigns import Outcome, base, differences
from tests.support.families import NAMES, newspapers, pages_of

pytestmark = pytest.mark.thorough

_LEAST = 25


def bad(found: Mapping[str, Outcome]) -> dict[str, tuple[str, tuple[str, ...], list[str]]]:
    """The redesigns nothing is said of, or the wrong thing."""
    return {
        name: (str(told), told.wrong, [str(weak) for weak in told.named])
        for name, told in found.items()
        if told.verdict in ("silent", "misnamed")
    }


@pytest.mark.parametrize("family", NAMES)
def test_every_redesign_is_read_exactly_or_noticed_by_its_field(family: str) -> None:
    found = of_articles(family)
    assert bad(found) == {}
    applied = [told for told in found.values() if told.verdict != "not there"]
    assert len(applied) >= _LEAST
    assert sum(told.verdict == "noticed" for told in applied) > len(applied) / 3
    examples = [weak.examples for told in applied for weak in told.named if weak.sign != "length"]
    assert all(len(urls) <= EXAMPLES_MAX for urls in examples)


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
    return normalize(choose_page(paper.pages, saved.document(html), paper.paper).to_item())


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
            found = normalize(page.to_item())
        except (ExtractionError, IncompletePageError, NotAnArticleError):
            continue
        assert differences(found, right) == (), other


@pytest.mark.parametrize("family", NAMES)
def test_another_familys_template_is_noticed_in_the_runs_report(family: str) -> None:
    found = of_templates(family)
    assert bad(found) == {}
    assert sum(told.verdict == "not there" for told in found.values()) == 1
    assert sum(told.verdict == "noticed" for told in found.values()) >= len(found) - 3


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


# Lists --------------------------------------------------------------------------------------------

_LEAST_OF_LISTS = 15


@pytest.mark.parametrize("family", NAMES)
def test_every_redesign_of_a_list_is_read_exactly_or_noticed(family: str) -> None:
    found = of_lists(family)
    assert bad(found) == {}
    applied = [told for told in found.values() if told.verdict != "not there"]
    assert len(applied) >= _LEAST_OF_LISTS
    assert sum(told.verdict == "noticed" for told in applied) > len(applied) / 3
    lists = {page.url for page in list_base(family).pages}
    named = {url for told in applied for weak in told.named for url in weak.examples}
    assert named <= lists


@pytest.mark.parametrize("family", ["A1", "A2", "F"])
def test_every_redesign_of_a_list_api_is_noticed(family: str) -> None:
    found = of_lists(family)
    applied = {m.name for m in API_MUTATIONS if found[m.name].verdict != "not there"}
    assert len(applied) >= 10
    assert {name for name in applied if found[name].verdict == "exact"} <= {
        "api: indented",
        "api: total as text",
    }


@pytest.mark.parametrize("family", NAMES)
def test_unchanged_lists_raise_no_alarm(family: str) -> None:
    run = list_base(family)
    health = Health()
    for page, text, read in zip(run.pages, run.unchanged, run.read, strict=True):
        assert page.read(text) == read
        health.listed(page.url, read)
    assert health.weaknesses(run.before, {}) == ()


def test_each_redesign_of_a_list_is_of_some_family() -> None:
    names = [mutation.name for mutation in (*LIST_MUTATIONS, *API_MUTATIONS)]
    assert len(set(names)) == len(names)
    idle = [n for n in names if all(of_lists(f)[n].verdict == "not there" for f in NAMES)]
    assert idle == []


def test_the_table_has_a_line_a_redesign_and_its_sums() -> None:
    lines = table("redesign", {"A1": of_lists("A1")}).split("\n")
    assert lines[0] == "| redesign | A1 |"
    assert "| list: by script | noticed(links) |" in lines
    assert "| **silent** | 0 |" in lines
    applied = sum(told.verdict != "not there" for told in of_lists("A1").values())
    assert lines[-1] == f"| **applied** | {applied} |"
