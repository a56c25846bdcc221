"""What a run publishes of the ledger: its arguments, how far lists were read, what led nowhere.

Only the ledger knows these, and the ledger is private. They stand in the run's record, and in
`coverage.json` together with the links themselves, so that a reader of the published files can tell
what an archive lacks.
"""

import json
from typing import Final

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.items import Line
from newscrawl.timestamps import utc_text

COVERAGE: Final = "coverage.json"
"""The published file, inside the newspaper's folder"""
LINKS_MAX: Final = 1000  # of 150 bytes each
_STATES: Final = ("given_up", "failed", "refused")
_FACT: Final = "coverage"


def published_state(ledger: Ledger, run_id: str) -> Line:
    """Return the keys `arguments`, `listings` and `reasons` of a run's record.

    `listings` holds one object a list, by name: `source`; `reached`, the first day from which on it
    is read whole ("" = not known, "0001-01-01" = to its end); `known_at`, when the whole list was
    last known, UTC ("" = it never was); `is_open`, whether a walk of it was cut short. `reasons`
    maps failed, given_up and refused to reasons and how many links have each.
    """
    return {
        "arguments": ledger.runs.arguments(run_id),
        "listings": [
            {
                "source": source,
                "reached": listing.reached.isoformat() if listing.reached else "",
                "known_at": utc_text(listing.known_at) if listing.known_at else "",
                "is_open": listing.cursor is not None,
            }
            for source, listing in ledger.lists.all()
            if " " not in source  # the others are windows of days and notes about a list
        ],
        "reasons": ledger.links.reasons(),
    }


def note_coverage(ledger: Ledger, record: Line) -> None:
    """Note what `coverage.json` says from now on; the next export writes the file.

    Args:
        ledger: the newspaper's ledger.
        record: the record of the run that ends, with the keys of `published_state`.
    """
    without = ledger.links.without_article(*_STATES)
    links = [
        {"url": found.url, "state": state, "reason": found.reason or ""}
        for state in _STATES
        for found in ledger.links.troubles(state)
        if found.key in without and not ledger.links.is_forgotten(found.key)
    ]
    lists = [
        one | {"complete": bool(one["known_at"]) and not one["is_open"]}
        for one in record["listings"]
    ]
    told = {
        "newspaper": record.get("newspaper", ""),
        "run_id": record.get("run_id", ""),
        "ended_at": record.get("ended_at", ""),
        "exit_code": record.get("exit_code"),
        "arguments": record["arguments"],
        "listings": lists,
        "reasons": record["reasons"],
        "links": links[:LINKS_MAX],
        "links_left_out": len(links[LINKS_MAX:]),
    }
    ledger.note_fact(_FACT, json.dumps(told, ensure_ascii=False, indent=1))


def coverage_lines(ledger: Ledger) -> list[str] | None:
    """Return the lines of `coverage.json`; None where no run has told of it yet."""
    text = ledger.fact(_FACT)
    return None if text is None else text.split("\n")
