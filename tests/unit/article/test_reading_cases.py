"""Every kind of fault that readers of news are known for, as small pages with right values.

A case in `cases/known_failures.txt` must still fail; those that no longer do are struck out by
`python -m tests.support.reading_cases`.
"""

import pytest

from tests.support.reading_cases import Case, cases, known_failures

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_the_page_is_read_right(case: Case) -> None:
    fault = case.fault()
    if case.name in known_failures():
        assert fault, f"{case.name} is read right now: strike it out"
    else:
        assert fault == ""


def test_only_cases_are_known_to_fail() -> None:
    assert known_failures() <= {case.name for case in CASES}


def test_every_case_states_its_symptom_and_where_it_was_seen() -> None:
    for case in CASES:
        assert case.gold["symptom"], case.name
        assert case.gold["seen"], case.name
        assert case.gold.get("refused") or case.gold["expected"], case.name
