"""Half a year under a moved clock: every mail that a person gets of two newspapers.

    python tests/reliability/halfyear.py

The replica and every crawl believe it is a day of the half year that follows the replica's first
edition. An edition appears, and a crawl runs, every sixth day as cron runs it, and what it
prints is a mail. The newspaper stops and comes back, it is redesigned and the program is mended,
and the disk fills and is emptied. In the first five weeks a newspaper that publishes daily is
crawled daily; it stops for two weeks. The mails must be those that `docs/operations.md` shows.
Needs `apt-get install faketime`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from newscrawl.items import VIETNAM
from newscrawl.replica import Replica, running_replica
from tests.reliability.clock import LIBRARY
from tests.reliability.crawls import Place
from tests.support.mutating_proxy import MutatingProxy, mutating_proxy

NAME: Final = "thanhpho"
DAILY: Final = "baotuyenquang"
_DAILY_ARTICLES: Final = 1000  # in three years: about one a day
_DAILY_SINCE: Final = "2026-06-01"
BEGINS: Final = datetime(2026, 9, 20, 20, tzinfo=VIETNAM)
"""The evening of the replica's first edition"""
DAYS: Final = 182
EVERY_DAYS: Final = 6
_GIB: Final = 1024**3
_TOLD: Final = re.compile(
    r"^  (STALLED: .*|DISK: .*|field .*|OUTAGE of the site|.* again)$"
    r"|^crawl: .*?: (.* GiB free, .* GiB needed)",
    re.MULTILINE,
)

FREE_SPACE: Final = """
import os, shutil
from collections import namedtuple

_usage = namedtuple("usage", "total used free")
_free = os.environ.get("HALF_YEAR_FREE")
if _free is not None:
    shutil.disk_usage = lambda path: _usage(10**12, 10**12 - int(_free), int(_free))
"""
"""Has a process see so much free space as a variable says"""


class Mail(NamedTuple):
    """What cron sends of one run: nothing of most."""

    day: int
    name: str
    code: int
    text: str

    @property
    def about(self) -> str:
        """What the mail tells, in the words it has for it."""
        told = ["".join(pair) for pair in _TOLD.findall(self.text)]
        return "; ".join(told) or self.text.split("\n")[0]


@dataclass(frozen=True)
class Events:
    """What happens to the newspapers and the disk, by day."""

    stops: range = range(42, 84)
    redesigned: range = range(96, 114)
    fills_from: int = 114
    emptied_at: int = 162
    free_gib: int = 40
    daily_runs: range = range(36)
    daily_stops: range = range(14, 26)

    def daily_edition(self, day: int) -> int:
        """The daily newspaper's edition: one more each day, while it publishes."""
        return 1 + sum(one not in self.daily_stops for one in range(day))

    def daily_moment(self, day: int) -> timedelta:
        """When the daily newspaper's run begins, after the first moment of all.

        An hour later once it has stopped: a week after its last articles is more than seven days,
        however long the runs took.
        """
        return timedelta(days=day, hours=day > self.daily_stops.start)

    def edition(self, day: int) -> int:
        """The newspaper's edition: one a run while it publishes; more would remove half of it."""
        return 1 + sum(one not in self.stops for one in range(0, day, EVERY_DAYS))

    def free_bytes(self, day: int) -> int:
        """The disk's free space: a GiB and a half less each day, until a person empties it."""
        filled = max(0, day - self.fills_from) if day < self.emptied_at else 0
        return max(_GIB // 4, round((self.free_gib - 1.5 * filled) * _GIB))


EVENTS: Final = Events()


def redesign(path: str, html: str) -> str:
    """The page in a layout that no page class knows and whose body nobody finds."""
    if not path.endswith(".html"):
        return html
    return re.sub(r"<(/?)(div|p|h1|span)\b[^>]*>", r"<\1b>", html)


@contextmanager
def moved_clock(place: Path) -> Iterator[Callable[[datetime], None]]:
    """Have every process that begins here believe the moment that the yielded function sets."""
    clock, code = place / "clock", place / "code"
    code.mkdir()
    (code / "sitecustomize.py").write_text(FREE_SPACE)
    given = {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "TZ": "UTC",
        "PYTHONPATH": f"{code}{os.pathsep}{Path(__file__).parents[2]}",
    }
    before = {name: os.environ.get(name) for name in given}

    def set_to(moment: datetime) -> None:
        clock.write_text(f"@{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}\n")

    set_to(BEGINS)
    os.environ.update(given)
    try:
        yield set_to
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def mail_of(place: Place, day: int, *more: str) -> Mail:
    """Run the crawl of a day as cron does."""
    free = {"HALF_YEAR_FREE": str(EVENTS.free_bytes(day))}
    done = place.start("--quiet", "-s", "BACKOFF_S=0", *more, env=free).done(240)
    return Mail(day, place.name, done.code, (done.out + done.err).strip())


def half_year(home: Path, days: int = DAYS) -> list[Mail]:
    """Every mail of the half year, and the code of each run that sent none as an empty one."""
    with (
        moved_clock(home) as set_to,
        running_replica(articles=300, max_seconds=10**8) as replica,
        mutating_proxy(replica.address) as proxy,
        running_replica(articles=_DAILY_ARTICLES, max_seconds=10**8) as daily,
    ):
        place = Place(home / "archive", proxy.address, NAME)
        often = Place(home / "archive", daily.address, DAILY)
        mails = []
        for day in range(days):
            if day in EVENTS.daily_runs:
                set_to(BEGINS + EVENTS.daily_moment(day))
                daily.set_edition(EVENTS.daily_edition(day))
                mails.append(mail_of(often, day, "-a", f"since={_DAILY_SINCE}"))
            if day % EVERY_DAYS == 0:
                set_to(BEGINS + timedelta(days=day))
                mails.append(run(place, replica, proxy, day))
        return mails


def run(place: Place, replica: Replica, proxy: MutatingProxy, day: int) -> Mail:
    replica.set_edition(EVENTS.edition(day))
    proxy.redesign = redesign if day in EVENTS.redesigned else None
    return mail_of(place, day)


def table(mails: list[Mail]) -> str:
    """The mails as `docs/operations.md` has them: the day, of whom, the code, what is told."""
    rows = ["| day | newspaper | exit code | mail |", "|---|---|---|---|"]
    rows += [
        f"| {mail.day} | {mail.name} | {mail.code} | {mail.about} |" for mail in mails if mail.text
    ]
    return "\n".join(rows)


def main() -> int:
    if not LIBRARY.is_file():
        sys.exit("libfaketime is missing: apt-get install faketime")
    home = Path(tempfile.mkdtemp(prefix="halfyear-"))
    mails = half_year(home)
    shutil.rmtree(home)
    for mail in mails:
        print(json.dumps(mail._asdict(), ensure_ascii=False), file=sys.stderr)
    print(table(mails))
    return 0


if __name__ == "__main__":
    sys.exit(main())
