"""Lots of pages read on workers: in order, all of them, whatever becomes of a worker."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from newscrawl.cli.side_by_side import Workers, lots_of, read_side_by_side, workers_here

KILLED = "killed"


def read(lot: list[int]) -> list[str]:
    """Read a lot; the page 13 kills its worker each time, as one that takes all memory does."""
    if 13 in lot:
        os.kill(os.getpid(), signal.SIGKILL)
    return [f"read {page}" for page in lot]


def double(lot: list[int]) -> list[str]:
    return [str(page * 2) for page in lot]


def all_of(found: Iterator[tuple[list[int], list[str]]]) -> list[tuple[int, str]]:
    return [pair for lot, answers in found for pair in zip(lot, answers, strict=True)]


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 50])
def test_every_page_has_its_answer_in_order(count: int, workers: int) -> None:
    found = all_of(
        read_side_by_side(lots_of(range(count), 4), double, KILLED, workers_here(workers))
    )
    assert found == [(page, str(page * 2)) for page in range(count)]


@pytest.mark.parametrize("place", [0, 13, 39])
def test_a_page_that_kills_its_worker_is_the_only_one_unread(place: int) -> None:
    pages = [*range(100, 140)]
    pages[place] = 13
    found = all_of(read_side_by_side(lots_of(pages, 4), read, KILLED, workers_here(2)))
    assert found == [(page, KILLED if page == 13 else f"read {page}") for page in pages]


def test_two_pages_that_kill_cost_no_third(tmp_path: Path) -> None:
    pages = [1, 13, 2, 3, 4, 5, 6, 7, 8, 13, 9]
    found = all_of(read_side_by_side(lots_of(pages, 3), read, KILLED, workers_here(2)))
    assert [page for page, answer in found if answer == KILLED] == [13, 13]
    assert [page for page, _ in found] == pages
    assert list(tmp_path.iterdir()) == []


def test_lots_are_taken_only_as_they_are_needed() -> None:
    taken = []

    def lots() -> Iterator[list[int]]:
        for number in range(100):
            taken.append(number)
            yield [number]

    found = read_side_by_side(lots(), double, KILLED, workers_here(2))
    for _ in range(3):
        next(found)
    assert len(taken) < 10
    found.close()  # type: ignore[attr-defined]


def test_an_error_of_the_reader_is_raised() -> None:
    def fail(lot: list[int]) -> list[str]:
        raise ZeroDivisionError(lot)

    with pytest.raises(ZeroDivisionError):
        all_of(read_side_by_side(lots_of(range(3), 1), fail, KILLED, workers_here(1)))


# Another executor ---------------------------------------------------------------------------------


class Flaky(ThreadPoolExecutor):
    """Threads that stand for workers elsewhere; the first lots lose their worker."""

    lost = 0

    def submit(self, *given, **named):  # type: ignore[no-untyped-def]
        if Flaky.lost < 3:
            Flaky.lost += 1
            broken: Future[list[str]] = Future()
            broken.set_exception(BrokenExecutor("the worker is gone"))
            return broken
        return super().submit(*given, **named)


def test_any_executor_may_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Flaky, "lost", 0)
    made: list[int] = []

    def pool(count: int) -> Executor:
        made.append(count)
        return Flaky(count)

    found = all_of(read_side_by_side(lots_of(range(20), 3), double, KILLED, Workers(2, pool)))
    assert found == [(page, str(page * 2)) for page in range(20)]
    assert made == [2, 2]
