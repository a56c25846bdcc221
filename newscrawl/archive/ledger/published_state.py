"""What a run publishes of the ledger: its arguments, how far lists were read, what led nowhere.

Only the ledger knows these, and the ledger is private. They stand in the run's record, so that a
reader of the published files can tell what an archive lacks.
"""

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.items import Line
from newscrawl.timestamps import utc_text


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
