"""Reading lots of pages on workers, whatever becomes of the workers.

The workers are those of a `concurrent.futures.Executor`: processes of this machine, or those that
another executor stands for. A lot whose worker is killed is tried again alone, by a process of this
machine, then by halves, until one page is left.
"""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from newscrawl.cli.child_command import end_with_parent
from newscrawl.crawl.gc_tuning import collect_rarely

LOT_PAGES: Final = 64
"""Pages in a lot: few messages, and no worker idles for long at the end"""
_LOTS_AHEAD: Final = 2  # lots a worker has before it: none waits for the parent

Page = TypeVar("Page")
Answer = TypeVar("Answer")
Read = Callable[[list[Page]], list[Answer]]
"""Reads a lot, and returns an answer for each of its pages"""
Pool = Callable[[int], Executor]
"""Makes an executor of so many workers, which is shut down after use"""


@dataclass(frozen=True, slots=True)
class Workers:
    """Who reads the lots."""

    count: int
    """How many lots are read at the same time"""
    pool: Pool | None = None
    """Makes the executor; None = this process reads"""
    are_here: bool = True
    """Whether they run on this machine, and may open what only its processes may share"""


def workers_here(count: int) -> Workers:
    """Return so many workers of this machine: with one, this process."""
    return Workers(count, None if count == 1 else _processes)


def _processes(count: int) -> Executor:
    """Return an executor of processes that collect garbage rarely and end with this one."""
    return ProcessPoolExecutor(count, initializer=_begin_worker)


def _begin_worker() -> None:
    collect_rarely()
    end_with_parent(signal.SIGKILL)  # each holds the pipe of the others, so none sees it close


def lots_of(pages: Iterable[Page], size: int = LOT_PAGES) -> Iterator[list[Page]]:
    """Yield the pages in lots of `size`, the last one shorter.

    >>> [*lots_of("abcde", 2)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(pages)
    while lot := [*islice(rest, size)]:
        yield lot


def read_side_by_side(
    lots: Iterable[list[Page]],
    read: Read[Page, Answer],
    killed: Answer,
    workers: Workers,
) -> Iterator[tuple[list[Page], list[Answer]]]:
    """Yield every lot with its answers, in order.

    Args:
        lots: The lots; a few are taken ahead of the answers.
        read: Reads a lot; it runs in a worker, so it and the pages must be picklable.
        killed: The answer for a page at which every worker is killed (by the kernel for its
            memory, say).
        workers: Who reads.
    """
    pool = workers.pool
    if pool is None:
        collect_rarely()
        for lot in lots:
            yield lot, read(lot)
        return
    ahead = iter(lots)
    waiting: deque[tuple[list[Page], Future[list[Answer]]]] = deque()
    while True:
        yield from _until_a_worker_is_killed(ahead, waiting, read, workers.count, pool)
        if not waiting:
            return
        # A worker was killed, and nobody knows at which of the lots under way: each is tried alone.
        while waiting:
            lot, _ = waiting.popleft()
            yield lot, _read_alone(lot, read, killed)


def _until_a_worker_is_killed(
    ahead: Iterator[list[Page]],
    waiting: deque[tuple[list[Page], Future[list[Answer]]]],
    read: Read[Page, Answer],
    workers: int,
    pool: Pool,
) -> Iterator[tuple[list[Page], list[Answer]]]:
    """Yield lots with their answers; where a worker is killed, `waiting` holds those under way."""
    with pool(workers) as executor:
        try:
            for lot in islice(ahead, workers * _LOTS_AHEAD):
                waiting.append((lot, _begun(executor, read, lot)))
            while waiting:
                lot, answers = waiting[0]
                found = answers.result()
                waiting.popleft()
                yield lot, found
                for following in islice(ahead, 1):
                    waiting.append((following, _begun(executor, read, following)))
        except BrokenExecutor:
            return


def _begun(executor: Executor, read: Read[Page, Answer], lot: list[Page]) -> Future[list[Answer]]:
    """Return the future of a lot's answers; one that has failed where no worker is left."""
    try:
        return executor.submit(read, lot)
    except BrokenExecutor as error:
        failed: Future[list[Answer]] = Future()
        failed.set_exception(error)
        return failed


def _read_alone(lot: list[Page], read: Read[Page, Answer], killed: Answer) -> list[Answer]:
    """Return the answers of a lot read by a process of its own, halved where that one is killed."""
    with _processes(1) as executor:
        try:
            return executor.submit(read, lot).result()
        except BrokenExecutor:
            pass
    if len(lot) == 1:
        return [killed]
    half = len(lot) // 2
    return [*_read_alone(lot[:half], read, killed), *_read_alone(lot[half:], read, killed)]
