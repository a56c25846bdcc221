"""What a person knows of a newspaper's trouble and need not be told until a day."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from newscrawl.archive.atomic_files import replace_file

SILENCE: Final = "silence"
"""The newspaper gives nothing new"""
_FILE: Final = Path("state") / "acknowledged.json"


def read_acknowledged(folder: Path, today: date) -> Mapping[str, date]:
    """Return what is acknowledged today, and until when: paths of sections, or `SILENCE`.

    A file that cannot be read acknowledges nothing: in doubt a person is told.
    """
    try:
        stated = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        found = {str(what): date.fromisoformat(until) for what, until in stated.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {what: until for what, until in found.items() if until >= today}


def acknowledge(folder: Path, what: str, until: date, today: date) -> None:
    """Note that a person knows of it until that day; raise `ArchiveError` where the disk refuses.

    What was acknowledged until an earlier day is dropped from the file.
    """
    _write(folder, {**read_acknowledged(folder, today), what: until})


def withdraw(folder: Path, what: str, today: date) -> bool:
    """Have a trouble told again from now on, and return whether it was acknowledged.

    Raises `ArchiveError` where the disk refuses.
    """
    known = dict(read_acknowledged(folder, today))
    if known.pop(what, None) is None:
        return False
    _write(folder, known)
    return True


def _write(folder: Path, known: Mapping[str, date]) -> None:
    text = json.dumps({name: day.isoformat() for name, day in sorted(known.items())})
    replace_file(folder / _FILE, [text])
