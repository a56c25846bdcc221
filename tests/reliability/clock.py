"""Other zones, wrong clocks: the same files, and no endless wait.

    python tests/reliability/clock.py

The zones: three crawls at one frozen moment, with the same process id, one request at a time, must
export the same files byte for byte. The clocks: two years ahead, two behind, then right again, on
one archive; and one that jumps back in mid-run. The words and the dates of every article stay those
published, revisions do not arise, and each run ends. Needs `apt-get install faketime`, and
unshare(1) with root for the process ids.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from newscrawl.archive.reading import read_articles
from newscrawl.archive.verify import verify
from newscrawl.replica import Replica, running_replica
from newscrawl.validate import check_line
from tests.reliability.checks import differences, look, published, sums
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
ONE_BY_ONE: Final = ("-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1", "-s", "CONCURRENT_REQUESTS=1")
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
    """A crawl at noon of 25 November 2026 in Việt Nam, as the only process of its world."""
    moment = f"@{time.strftime('%Y-%m-%d %H:%M:%S', time.localtime(1795582800))}"
    frozen = moment.removeprefix("@")
    alone = ["unshare", "--pid", "--fork", "--mount-proc"] if os.geteuid() == 0 else []
    command = [*alone, "env", f"TZ={zone}", *place.command(*ONE_BY_ONE)]
    return start(command, env=faked(frozen, TZ=zone) | {"FAKETIME": _local(zone)}).done()


def _local(zone: str) -> str:
    """The same moment as that zone's clocks show it: libfaketime reads it so."""
    was = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    shown = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(1795582800))
    os.environ.pop("TZ")
    if was is not None:
        os.environ["TZ"] = was
    time.tzset()
    return shown


def zones(home: Path, replica: Replica) -> list[str]:
    """What differs between the zones."""
    files = []
    for zone in ZONES:
        place = Place(home / zone.replace("/", "-"), replica.address)
        done = in_zone(place, zone)
        if done.code != 0:
            return [f"{zone}: exit code {done.code}: {done.err[-300:]}"]
        files.append(sums(place.folder))
    count = len(look(home / "UTC" / "baotuyenquang").ids)
    print(json.dumps({"zones": ZONES, "articles": count, "files": len(files[0]),
                      "byte-identical": all(f == files[0] for f in files)}), flush=True)  # fmt: skip
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
            print(json.dumps({"clock": name, "exit": done.code, "s": round(done.seconds, 1),
                              "wrong words": dict(wrong), "wrong dates": len(dates),
                              "revisions": len(again)}), flush=True)  # fmt: skip
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
        print(json.dumps({"jump": f"{first} to {then}", "exit": done.code,
                          "s": round(done.seconds, 1), "wrong words": dict(wrong),
                          "wrong dates": len(wrong_dates(place, replica))}), flush=True)  # fmt: skip
        if done.code or wrong or wrong_dates(place, replica):
            bad.append(f"{first} to {then}: {done.code} {dict(wrong)} {done.err[-300:]}")
    return bad + [str(problem) for problem in verify(place.folder, check_line)[:2]]


def main() -> int:
    if not LIBRARY.is_file():
        sys.exit("libfaketime is missing: apt-get install faketime")
    home = Path(tempfile.mkdtemp(prefix="clock-"))
    with running_replica(articles=200) as replica:
        bad = [*zones(home, replica), *clocks(home, replica), *jump(home, replica)]
    shutil.rmtree(home)
    print(json.dumps({"wrong": bad}, ensure_ascii=False))
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
