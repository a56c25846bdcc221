"""The end of a run: what is printed, and the message to the webhook.

A newspaper's trouble is told once for the newspaper, the disk's once for the archive: forty-six
newspapers on one disk are no forty-six messages.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from scrapy.settings import BaseSettings

from newscrawl.cli.alerts import note_told, read_told, send
from newscrawl.cli.command_base import code_of
from newscrawl.exceptions import ArchiveBusyError, ArchiveError, NewscrawlError, NoSpaceError
from newscrawl.exit_codes import ExitCode
from newscrawl.monitoring.run_report import RunReport
from newscrawl.monitoring.told_troubles import Occasion, Told, occasion

_STOPPED: Final = (ExitCode.INTERRUPTED, ExitCode.TERMINATED)
_DISK: Final = "disk"
_NO_SPACE: Final = "no space"
_FIGURE: Final = re.compile(r"\d[\d.]*")
_Alert = Callable[[Occasion], str | None]


@dataclass(slots=True)
class _Telling:
    """What is told of one thing: a newspaper, or the disk of the archive."""

    folder: Path
    """Keeps what was told last"""
    trouble: str
    unnoted: str | None = None
    """Why what was told cannot be noted, so that the next run tells it again"""

    def note(self, now: datetime) -> Occasion | None:
        """Return why a person must be told now, and note that they are; None where not."""
        why = occasion(read_told(self.folder), self.trouble, now)
        if why is not None:
            self.unnoted = note_told(self.folder, Told(self.trouble, now))
        return why

    def told_again(self) -> list[str]:
        """Return what is added where nothing can be noted."""
        said = "  told with every run, because what was told cannot be noted"
        return [] if self.unnoted is None else [f"{said}: {self.unnoted}"]


def end_run(
    report: RunReport, settings: BaseSettings, *, quiet: bool, repeats: bool
) -> tuple[list[str], str | None]:
    """Tell the webhook of what is new, and return what is to be printed of the run.

    Args:
        report: The run.
        settings: Those of the process.
        quiet: Whether a run is told only when its trouble begins, changes or ends, or was stopped.
        repeats: Whether a quiet run with trouble is told each time.

    Returns:
        The lines for a person, none where nothing is to be said; and what went wrong with the
        webhook, None where nothing did.
    """
    home, now = Path(settings["ARCHIVE"]), report.ended_at
    told: Occasion | None = None
    disk: Occasion | None = None
    of_paper = _Telling(home / report.newspaper, report.own_trouble)
    of_disk = _Telling(home, _DISK if report.disk else "")
    if report.exit_code not in _STOPPED:  # the person who stopped the run knows
        told = of_paper.note(now)
        if report.archive_error is None:
            disk = of_disk.note(now)
    ended = [f"  {report.newspaper}: all is well again"] if told == "ends" else []
    if disk == "ends":
        ended.append("  the disk: there is space again")
    fault = None
    if (why := told or disk) is not None:
        fault = send(settings["ALERT_WEBHOOK"], report, why, ended)
    is_due = why is not None or report.exit_code in _STOPPED or (repeats and bool(report.trouble))
    lines = [report.summary(), *ended] if is_due or not quiet else []
    if lines and quiet:
        lines += [*of_paper.told_again(), *of_disk.told_again()]
    return lines, fault


def refuse_run(
    name: str,
    error: NewscrawlError,
    settings: BaseSettings,
    now: datetime,
    *,
    quiet: bool,
    repeats: bool,
) -> str | None:
    """Return what is printed of a run that could not begin; None where nothing is.

    A busy archive is nothing to tell under --quiet. What is wrong with an archive is told as other
    troubles are, by its words without the figures, which change with every run. Where the archive
    cannot be written, nothing remembers what was told: it is told with every run, and says so.
    """
    if not quiet:
        return str(error)
    if isinstance(error, ArchiveBusyError):
        return None
    home = Path(settings["ARCHIVE"])
    folder = home if isinstance(error, NoSpaceError) else home / name
    if not isinstance(error, ArchiveError) or not folder.is_dir():
        return str(error)
    words = _FIGURE.sub("", str(error))
    trouble = _NO_SPACE if isinstance(error, NoSpaceError) else f"{code_of(error)} · {words}"
    telling = _Telling(folder, trouble)
    is_due = telling.note(now) is not None
    return "\n".join([str(error), *telling.told_again()]) if is_due or repeats else None
