"""Half a year under a moved clock: the mails are those that the documentation shows, no more."""

import re
from pathlib import Path

import pytest

from newscrawl.monitoring.silence import SILENCE_MIN
from tests.reliability.clock import LIBRARY
from tests.reliability.halfyear import DAILY, DAYS, EVENTS, EVERY_DAYS, half_year, table
from tests.support.paths import ROOT

pytestmark = pytest.mark.thorough
_FIGURE = re.compile(r"\d[\d.,-]*")


def rows(text: str) -> list[tuple[str, str, str, str]]:
    """The rows of a table of mails: day, newspaper, exit code, what is told without its figures."""
    found = re.findall(r"^\| (\d+) \| (\w+) \| (\d+) \| (.*) \|$", text, re.MULTILINE)
    return [(day, name, code, _FIGURE.sub("N", told)) for day, name, code, told in found]


@pytest.mark.skipif(not LIBRARY.is_file(), reason="needs libfaketime: apt-get install faketime")
def test_a_person_gets_the_mails_that_the_documentation_shows(tmp_path: Path) -> None:
    mails = half_year(tmp_path)
    shown = rows((ROOT / "docs" / "operations.md").read_text("utf-8"))
    assert rows(table(mails)) == shown
    assert len(mails) == len(range(0, DAYS, EVERY_DAYS)) + len(EVENTS.daily_runs)
    first, last, *more = [mail for mail in mails if mail.name == DAILY and mail.text]
    stopped = EVENTS.daily_stops
    # The last articles come on the evening of the first day, the run of a week later an hour later.
    assert first.day == stopped.start + SILENCE_MIN.days
    assert (first.code, first.about.split(":")[0]) == (3, "STALLED")
    assert (last.day, last.code) == (stopped.stop + 1, 0)
    assert more == []
