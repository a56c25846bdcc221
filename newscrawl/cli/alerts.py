"""What is told beside the terminal: pings at start and end, a message when a trouble changes.

A ping address has the form of healthchecks: `/start` and `/fail` are appended to its path, and the
end of a run that went well is the address itself. Where it holds `{newspaper}`, each newspaper has
an address of its own. A webhook gets one JSON object. Nothing here fails a run.
"""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

from newscrawl.archive.atomic_files import replace_file
from newscrawl.exceptions import ArchiveError
from newscrawl.monitoring.run_report import RunReport
from newscrawl.monitoring.told_troubles import Occasion, Told
from newscrawl.timestamps import utc_text

_TIMEOUT_S: Final = 10
_BODY_MAX_BYTES: Final = 100_000  # as much as healthchecks keeps of a ping
_TROUBLE: Final = "told"


def ping(address: str, suffix: str, body: str = "") -> str | None:
    """Ping the address, and return what went wrong; None where nothing did or none is set."""
    if not address:
        return None
    called = address_with(address, suffix)
    return _post(called, body.encode()[:_BODY_MAX_BYTES], "text/plain")


def address_with(address: str, suffix: str) -> str:
    """Return the address with the suffix at the end of its path.

    >>> address_with("https://ping.vn/key/", "/fail"), address_with("https://ping.vn/a?b=1", "")
    ('https://ping.vn/key/fail', 'https://ping.vn/a?b=1')
    >>> address_with("https://ping.vn/key/baothu?create=1", "/start")
    'https://ping.vn/key/baothu/start?create=1'
    """
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + suffix))


def send(address: str, report: RunReport, told: Occasion, ended: Sequence[str] = ()) -> str | None:
    """Send the webhook's message, and return what went wrong; None where nothing did."""
    if not address:
        return None
    message = json.dumps(message_of(report, told, ended), ensure_ascii=False)
    return _post(address, message.encode(), "application/json")


def message_of(report: RunReport, told: Occasion, ended: Sequence[str] = ()) -> Mapping[str, Any]:
    """Return the webhook's message; `ended` are lines that say what is well again."""
    return {
        "newspaper": report.newspaper,
        "occasion": told,
        "trouble": report.said,
        "exit_code": int(report.exit_code),
        "health": report.health,
        "reason": report.reason,
        "ended_at": utc_text(report.ended_at),
        "summary": "\n".join((report.summary(), *ended)),
    }


def _post(address: str, body: bytes, kind: str) -> str | None:
    headers = {"Content-Type": f"{kind}; charset=utf-8"}
    request = urllib.request.Request(address, body, headers)  # noqa: S310  (http or https, checked)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S):  # noqa: S310  (the same)
            return None
    except (OSError, ValueError) as error:  # urllib's errors are OSErrors
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        return f"the alert to {address} failed: {reason}"


def read_told(folder: Path, of: str = _TROUBLE) -> Told | None:
    """Return what was told last of an archive; None for nothing that can be read.

    `of` tells apart what is told of it: its trouble, or its lost alerts.
    """
    try:
        stated = json.loads(_place(folder, of).read_text(encoding="utf-8"))
        return Told(str(stated["trouble"]), datetime.fromisoformat(stated["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_told(folder: Path, told: Told, of: str = _TROUBLE) -> str | None:
    """Note what was told, and return why it cannot be noted; None where it was."""
    text = json.dumps({"trouble": told.trouble, "at": utc_text(told.at)}, ensure_ascii=False)
    try:
        replace_file(_place(folder, of), [text])
    except ArchiveError as error:
        return str(error)
    return None


def _place(folder: Path, of: str) -> Path:
    return folder / "state" / f"{of}.json"
