"""The end of a run: its exit code, what is printed, and the message to the webhook."""

from pathlib import Path
from typing import Final

from scrapy.settings import BaseSettings

from newscrawl.cli.alerts import note_told, read_told, send
from newscrawl.exit_codes import ExitCode
from newscrawl.monitoring.run_report import RunReport
from newscrawl.monitoring.told_troubles import Occasion, Told, occasion

_STOPPED: Final = (ExitCode.INTERRUPTED, ExitCode.TERMINATED)


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
    told, fault = _tell_once(report, settings)
    is_due = told is not None or report.exit_code in _STOPPED or (repeats and bool(report.trouble))
    lines = [report.summary()] if is_due or not quiet else []
    if told == "ends":
        lines.append(f"  {report.newspaper}: all is well again")
    return lines, fault


def _tell_once(report: RunReport, settings: BaseSettings) -> tuple[Occasion | None, str | None]:
    """Return why a person must be told now, tell the webhook too, and note it as told."""
    if report.exit_code in _STOPPED:  # the person who stopped the run knows
        return None, None
    folder, now = Path(settings["ARCHIVE"]) / report.newspaper, report.ended_at
    told = occasion(read_told(folder), report.trouble, now)
    if told is None:
        return None, None
    fault = send(settings["ALERT_WEBHOOK"], report, told)
    note_told(folder, Told(report.trouble, now))
    return told, fault
