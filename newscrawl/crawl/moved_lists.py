"""List APIs that answer 404 at their declared address and answer at the family's other one."""

import json
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.discovery.source import Source

_FACT: Final = "moved lists"


class MovedLists:
    """Paths that stand for others, kept in the ledger so that the next run asks the right one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._paths: dict[str, str] = json.loads(ledger.fact(_FACT) or "{}")
        self._absent: set[str] = set()
        """Addresses that answered 404 in this run"""
        self._asked_for: dict[str, str] = {}
        """The address that answered 404, by the one that is asked in its place"""
        self._back: set[str] = set()
        """Declared paths that another path stood for until it answered 404 in this run"""
        self.told: dict[str, str] = {}
        """The path that this run asked in place of another one, by the path that it stands for"""

    def routed(self, address: str) -> str:
        """Return the address to ask, which is another one where the list has moved."""
        path = urlsplit(address).path
        other = self._paths.get(path)
        if other is None:
            return address
        self.told[path] = other
        return urlunsplit(urlsplit(address)._replace(path=other))

    def next_address(self, source: Source, absent: str) -> str | None:
        """Return what to ask after a 404 at `absent`; None where no address is left to try."""
        self._absent.add(absent)
        self._forget(urlsplit(absent).path)
        left = (other for other in source.other_addresses(absent) if other not in self._absent)
        other = next(left, None)
        if other is not None:
            self._asked_for[other] = absent
        return other

    def answered(self, address: str) -> None:
        """Note that an address answers that was asked in place of another one."""
        absent = self._asked_for.pop(address, None)
        if absent is None:
            return
        path, other = urlsplit(absent).path, urlsplit(address).path
        if other in self._back:
            return
        self._paths[path] = self.told[path] = other
        self._keep()

    def _forget(self, path: str) -> None:
        """Forget what led to a path that is gone; the declared path is asked again."""
        stale = [wanted for wanted, other in self._paths.items() if other == path]
        for wanted in stale:
            del self._paths[wanted]
            self._back.add(wanted)
            self.told.pop(wanted, None)
        if stale:
            self._keep()

    def _keep(self) -> None:
        self._ledger.note_fact(_FACT, json.dumps(self._paths, sort_keys=True))
