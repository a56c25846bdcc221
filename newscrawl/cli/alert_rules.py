"""Which run alerts anybody, and how often a person is told of alerts that do not arrive."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from scrapy.settings import BaseSettings

from newscrawl.cli.alerts import note_told, read_told
from newscrawl.cli.setting_check import is_given
from newscrawl.config.operator_file import OperatorSettings
from newscrawl.monitoring.told_troubles import Told, occasion

ALERTS: Final = ("ALERT_PING", "ALERT_WEBHOOK")
_LOST: Final = "alerts"


def switch_off_foreign_alerts(settings: BaseSettings) -> str | None:
    """Switch off the file's alerts for a run on an archive that is not the file's.

    A rehearsed restore (`-s ARCHIVE=restored`) that goes well would hide the failure of the archive
    that the alerts are about. Returns the line that tells it, None where nothing was switched off.
    Alerts of `-s` or of the environment stand.
    """
    operator: OperatorSettings = settings["OPERATOR"]
    alerts = [
        name
        for name in ALERTS
        if settings[name] and name in operator.of_file and not is_given(settings, name)
    ]
    own, asked = Path(operator.settings["ARCHIVE"]), Path(settings["ARCHIVE"])
    if not alerts or not is_given(settings, "ARCHIVE") or own.resolve() == asked.resolve():
        return None
    for name in alerts:
        settings.set(name, "", priority="cmdline")
    return (
        f"-s ARCHIVE={asked} is not the archive of {operator.path}: none of its alerts are sent;"
        f" -s {alerts[0]}=… sends them"
    )


def told_of_lost_alerts(
    folder: Path, faults: Sequence[str], now: datetime, *, quiet: bool, repeats: bool
) -> str | None:
    """Return what is printed of the alerts of a run that did not arrive; None where nothing is.

    Under `quiet` it is told once, and again after a week, as troubles are.

    Args:
        folder: The newspaper's archive, or the one of all, which keeps what was told.
        faults: What went wrong, a line an alert.
        now: The moment.
        quiet: Whether only news is told.
        repeats: Whether a quiet run tells it each time.
    """
    why = occasion(read_told(folder, _LOST), _LOST if faults else "", now)
    unnoted = None
    if why is not None and folder.is_dir():
        unnoted = note_told(folder, Told(_LOST if faults else "", now), _LOST)
    is_due = why in ("begins", "goes on") or repeats or not quiet or unnoted is not None
    if not faults or not is_due:
        return None
    return faults[0] + (f"; so did {len(faults) - 1} more" if faults[1:] else "")
