"""Other zones, wrong clocks: the same files, and no endless wait.

    python tests/reliability/clock.py

The zones: crawls at one frozen moment, with the same process id, must export the same files byte
for byte, but for the offset of the raw page. The clocks: two years ahead, two behind, then right
again, on one archive; and one that jumps back in mid-run. The words and the dates of every article
stay those published, revisions do not arise, and each run ends. Needs `apt-get install faketime`,
and unshare(1) with root for the process ids.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from newscrawl.archive.export.row_reader import read_articles
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import differences, look, published
from tests.reliability.crawls import (
    EVERYTHING_AGAIN,
    HOST,
    Done,
    Place,
    requests,
    start,
    wait_until,
)

ZONES: Final = ("UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Pacific/Apia")
LIBRARY: Final = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), Path())
# Near the present: where a clock is a day behind, the server's is believed.
MOMENT: Final = datetime.now(UTC).replace(microsecond=0)
SHIFTS: Final = {"two years ahead": "+2y", "right": "+0", "two years behind": "-2y", "again": "+0"}


def faked(said: str, **more: str) -> dict[str, str]:
    """The environment of a process that believes it is that moment, or so much later."""
    return {
        "LD_PRELOAD": str(LIBRARY),
        "FAKETIME": said,
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_NO_CACHE": "1",
        **more,
    }


def in_zone(place: Place, zone: str) -> Done:
    """A crawl at the moment the script began, as the only process of its world."""
    alone = ["unshare", "--pid", "--fork", "--mount-proc"] if os.geteuid() == 0 else []
    return start([*alone, *place.command()], env=faked(shown_in(zone), TZ=zone)).done()


def shown_in(zone: str) -> str:
    """The moment as that zone's clocks show it: so libfaketime reads it, and holds it."""
    return f"{MOMENT.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}"


def without_place(folder: Path) -> dict[str, str]:
    """Each file's sum, but for where the raw page lies: pages are kept in the order they come."""
    return {
        path.name: sha256(
            re.sub(rb'("raw_ref": "[^#]*)#\d+', rb"\1", path.read_bytes())
        ).hexdigest()
        for path in sorted((folder / "articles").rglob("*.jsonl"))
    }


def say(**figures: object) -> None:
    print(json.dumps(figures), flush=True)


def zones(home: Path, replica: Replica) -> list[str]:
    """What differs between the zones."""
    files = []
    for zone in ZONES:
        place = Place(home / zone.replace("/", "-"), replica.address)
        done = in_zone(place, zone)
        if done.code != 0:
            return [f"{zone}: exit code {done.code}: {done.err[-300:]}"]
        files.append(without_place(place.folder))
    same = all(each == files[0] for each in files)
    say(zones=ZONES, articles=len(look(place.folder).ids), files=len(files[0]), identical=same)
    return [f"{zone} differs" for zone, f in zip(ZONES, files, strict=True) if f != files[0]]


def dates_of(place: Place) -> dict[str, tuple[Any, ...]]:
    names = ("published_at", "published_date", "modified_at", "revision", "status")
    return {line["id"]: tuple(line[n] for n in names) for line in read_articles(place.folder)}


def wrong_dates(place: Place, replica: Replica) -> list[str]:
    """Articles whose date is not the published one."""
    stated = {f"{place.name}:{r['key']}": r["published_at"] for r in replica.truth(HOST)}
    return [i for i, found in dates_of(place).items() if found[0] != stated[i]]


def clocks(home: Path, replica: Replica) -> list[str]:
    """What is wrong with an archive whose machine cannot tell the year."""
    bad: list[str] = []
    for order in (("two years behind", "right"), ("two years ahead", "right", "two years behind")):
        place = Place(home / "-".join(order).replace(" ", "_"), replica.address)
        replica.reset()
        for name in order:
            done = place.start(*EVERYTHING_AGAIN, env=faked(SHIFTS[name])).done(120)
            if done.code != 0:
                bad.append(f"{name}: exit code {done.code}: {done.out[-400:]} {done.err[-300:]}")
            wrong = differences(look(place.folder), published(replica))
            dates = wrong_dates(place, replica)
            again = [i for i, found in dates_of(place).items() if found[3:] != (1, "live")]
            say(clock=name, exit=done.code, seconds=round(done.seconds, 1), words=dict(wrong),
                wrong_dates=len(dates), revisions=len(again))  # fmt: skip
            bad += [f"{name}: {dict(wrong)} {dates[:3]} {again[:3]}"] * bool(
                wrong or dates or again
            )
        bad += [str(problem) for problem in verify(place.folder, check_line)[:2]]
    return bad


def jump(home: Path, replica: Replica) -> list[str]:
    """What is wrong after a clock went back by three days in mid-run, and forward in the next."""
    bad: list[str] = []
    place, clock = Place(home / "jump", replica.address), home / "clock"
    for first, then in (("+0", "-3d"), ("-3d", "+400d")):
        replica.reset()
        clock.write_text(first)
        env = faked("", FAKETIME_TIMESTAMP_FILE=str(clock))
        del env["FAKETIME"]
        running = place.start(*EVERYTHING_AGAIN, "-s", "DOWNLOAD_DELAY=0.02", env=env)
        wait_until(lambda: requests(replica) > 40)
        clock.write_text(then)
        done = running.done(120)
        wrong = differences(look(place.folder), published(replica))
        dates = wrong_dates(place, replica)
        say(jump=f"{first} to {then}", exit=done.code, seconds=round(done.seconds, 1),
            words=dict(wrong), wrong_dates=len(dates))  # fmt: skip
        if done.code or wrong or dates:
            bad.append(f"{first} to {then}: {done.code} {dict(wrong)} {done.err[-300:]}")
    return bad + [str(problem) for problem in verify(place.folder, check_line)[:2]]


def main() -> int:
    if not LIBRARY.is_file():
        sys.exit("libfaketime is missing: apt-get install faketime")
    home = Path(tempfile.mkdtemp(prefix="clock-"))
    with running_replica(articles=200, max_seconds=86_400) as replica:
        bad = [*zones(home, replica), *clocks(home, replica), *jump(home, replica)]
    shutil.rmtree(home)
    print(json.dumps({"wrong": bad}, ensure_ascii=False))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
