"""A connection to the queue that waits where PostgreSQL is away, as while it is restarted."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from time import monotonic
from typing import Any, Final, LiteralString, TypeVar

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.connector import Notify
from procrastinate.exceptions import ConnectorException

_WAIT_S: Final = 1.0
_STOP_PATIENCE_S: Final = 20.0

Found = TypeVar("Found")


class PatientConnector(PsycopgConnector):
    """Asks again until PostgreSQL answers, so that its restart ends no worker and no crawl.

    A question that was answered and whose answer was lost is asked twice. Of Procrastinate's only
    the one for the next job is not the same twice: `NodeWorker` puts a job back that nobody holds.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.away_at = -float("inf")
        """When PostgreSQL last did not answer, by the monotonic clock"""
        self._is_told = False
        self._give_up_at = float("inf")

    def lose_patience(self) -> None:
        """Wait no longer than it takes PostgreSQL to start: the worker ends."""
        self._give_up_at = monotonic() + _STOP_PATIENCE_S

    async def _patiently(self, ask: Callable[[], Awaitable[Found]]) -> Found:
        while True:
            try:
                found = await ask()
            except ConnectorException as error:
                if not isinstance(error.__cause__, psycopg.OperationalError):
                    raise
                if monotonic() > self._give_up_at:
                    raise
                self._note(error.__cause__)
                await asyncio.sleep(_WAIT_S)
            else:
                if self._is_told and monotonic() - self.away_at > 2 * _WAIT_S:
                    self._is_told = False
                    print("fleet: the queue answers again", file=sys.stderr)  # noqa: T201
                return found

    def _note(self, cause: psycopg.OperationalError) -> None:
        self.away_at = monotonic()
        if not self._is_told:
            self._is_told = True
            said = " ".join(str(cause).split())
            print(f"fleet: the queue does not answer, waiting: {said}", file=sys.stderr)  # noqa: T201

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        ask = super().execute_query_async
        await self._patiently(lambda: ask(query, **arguments))

    async def execute_query_one_async(
        self, query: LiteralString, **arguments: Any
    ) -> dict[str, Any]:
        ask = super().execute_query_one_async
        return await self._patiently(lambda: ask(query, **arguments))

    async def execute_query_all_async(
        self, query: LiteralString, **arguments: Any
    ) -> list[dict[str, Any]]:
        ask = super().execute_query_all_async
        return await self._patiently(lambda: ask(query, **arguments))

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        ask, names = super().listen_notify, list(channels)
        await self._patiently(lambda: ask(on_notification, names))
