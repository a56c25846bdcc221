"""Whether a site was well, by the answers of a run and what earlier runs had of them."""

import pytest

from newscrawl.monitoring.outage import WINDOW_MAX_ANSWERS, AnswerWindow


def window(good: int = 0, fresh: int = 0, known: int = 0) -> AnswerWindow:
    found = AnswerWindow()
    for _ in range(good):
        found.note("")
    for _ in range(fresh):
        found.note("http_404")
    for _ in range(known):
        found.note("http_410", is_first=False)
    return found


@pytest.mark.parametrize(
    ("good", "fresh", "known", "is_outage"),
    [
        (0, 0, 0, False),
        (0, 2, 0, False),
        (0, 3, 0, True),
        (3, 3, 0, False),
        (3, 4, 0, True),
        (40, 20, 0, False),
        # A section that was removed for good, in a run that reads a few new articles.
        (1, 0, 99, False),
        (16, 0, 60, False),
        (16, 2, 60, False),
        (16, 30, 40, True),
        # Nothing else is answered: what earlier runs had is no evidence that the site is well.
        (0, 0, 3, True),
        (0, 2, 50, True),
        (0, 0, 2, False),
    ],
)
def test_known_bad_answers_are_no_evidence_for_or_against(
    good: int, fresh: int, known: int, *, is_outage: bool
) -> None:
    assert window(good, fresh, known).is_outage() is is_outage


@pytest.mark.parametrize(
    ("good", "fresh", "known", "is_undecided"),
    [(0, 0, 50, True), (1, 0, 50, False), (0, 2, 50, True), (0, 3, 50, False), (0, 0, 2, False)],
)
def test_what_earlier_runs_had_waits_for_another_answer(
    good: int, fresh: int, known: int, *, is_undecided: bool
) -> None:
    assert window(good, fresh, known).is_undecided() is is_undecided


def test_all_bad_answers_are_counted_by_their_kind() -> None:
    assert window(2, 3, 4).bad() == {"http_404": 3, "http_410": 4}


def test_the_window_forgets_what_is_long_ago() -> None:
    found = window(fresh=80)
    for _ in range(WINDOW_MAX_ANSWERS):
        found.note("")
    assert not found.is_outage()
    assert found.bad().total() == 0
