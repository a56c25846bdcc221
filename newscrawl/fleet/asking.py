"""Asking the queue from a command: its address, its extra, one question."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

from scrapy.settings import BaseSettings

from newscrawl.cli.missing_extra import extra_wanted
from newscrawl.config.program import to_type
from newscrawl.exceptions import ArgumentError
from newscrawl.fleet.queue_tables import REPARSE

if TYPE_CHECKING:
    from newscrawl.fleet.queue_store import QueueStore

_OF_THE_EXTRA: Final = ("procrastinate", "psycopg", "psycopg_pool")
Found = TypeVar("Found")


def queue_address(settings: BaseSettings) -> str:
    """Return where the queue is; raise `ArgumentError` where no setting says so."""
    address: str = settings["QUEUE"]
    if not address:
        raise ArgumentError(
            "QUEUE names no PostgreSQL: set NEWSCRAWL_QUEUE=postgresql://user@host/database, or"
            " queue in newscrawl.toml"
        )
    return address


@contextmanager
def needing_the_extra() -> Iterator[None]:
    """Raise `ArgumentError` where the block imports a package that only the extra brings."""
    try:
        yield
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in _OF_THE_EXTRA:
            raise
        raise extra_wanted(error.name, "fleet") from error


def ask_queue(
    settings: BaseSettings, question: Callable[["QueueStore"], Awaitable[Found]]
) -> Found:
    """Return the answer to a question about the queue; raise `ArgumentError` where none comes."""
    address = queue_address(settings)
    with needing_the_extra():
        from newscrawl.fleet.queue_store import open_store  # noqa: PLC0415  (an extra)

    async def ask() -> Found:
        async with open_store(address) as store:
            return await question(store)

    return asyncio.run(ask())


def put_jobs(
    settings: BaseSettings, task: str, names: Sequence[str], arguments: Sequence[str] = ()
) -> str:
    """Put a job for each newspaper, for all placed ones where none is named, and say how many.

    Raises `ArgumentError` for a newspaper that has no node, before any job is put.
    """

    async def put(store: "QueueStore") -> str:
        placed = {row["newspaper"]: row["is_archived"] for row in await store.places()}
        if unknown := sorted(set(names) - placed.keys()):
            remedy = f"{to_type('fleet place')} gives one"
            raise ArgumentError(f"no node holds {', '.join(unknown)}: {remedy}")
        usual = [name for name, has_pages in placed.items() if has_pages or task != REPARSE]
        wanted = list(names) or usual
        done = await store.put(task, wanted, arguments)
        there = len(wanted) - len(done)
        return f"{len(done)} jobs put" + (f", {there} waiting or at work already" if there else "")

    return ask_queue(settings, put)
