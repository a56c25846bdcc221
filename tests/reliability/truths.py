"""What was published against what is archived: states, editions, addresses, reparse, a second run.

    python tests/reliability/truths.py [--articles 640]

The rows F5 to F8, and what the archive promises of pages read again. Exit code 0 only if all of it
holds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from newscrawl.archive.export.row_reader import read_articles, read_revisions, read_runs
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from newscrawl.spiders.hdndtuyenquang import HdndTuyenQuangSpider
from tests.hostile.harness import Running, running
from tests.reliability.checks import article_of, differences, look, published, sums
from tests.reliability.crawls import EVERYTHING_AGAIN, HOST, NAME, ROOT, Place, requests, start
from tests.support.days import pass_days

PORTAL: Final = HdndTuyenQuangSpider.name
ALL: Final = ("articles", "revisions", "runs", "pages", "manifest.json")
BROKEN: Final = os.pathsep.join((str(ROOT), str(ROOT / "tests" / "reliability" / "broken")))
STORM: Final = (
    "--storm", "0.3", "--storm-max", "2", "--storm-kinds",
    "truncgzip,nolength,long,empty,soft404,captcha,loop,cookiewall,reset,short,badchunk,status:500",
)  # fmt: skip
PATIENT: Final = ("-s", "BACKOFF_S=0", "-s", "LOST_AFTER=100000", "-s", "DEAD_AFTER=100000")
Figures = dict[str, Any]


def by_id(folder: Path) -> dict[str, dict[str, Any]]:
    return {line["id"]: line for line in read_articles(folder)}


def seen(part: set[str], whole: set[str]) -> str:
    """How many of those that had to be found were, and how many others."""
    others = len(part - whole)
    return f"{len(part & whole)} of {len(whole)}" + (f", and {others} others" if others else "")


def second_run(place: Place, replica: Replica) -> Figures:
    """F8: nothing new costs no download and no byte."""
    before = sums(place.folder, "articles", "revisions", "pages")
    replica.reset()
    done = place.crawl()
    paths = replica.stats()["paths"]
    changed = before.items() ^ sums(place.folder, "articles", "revisions", "pages").items()
    lists = [path for path in paths if not article_of(path) and not path.endswith("robots.txt")]
    figures = {
        "exit": done.code,
        "articles downloaded": len(paths) - len(lists) - 1,
        "requests": requests(replica),
        "list pages": len(lists),
        "files changed": len(changed),
        "seconds": round(done.seconds, 1),
    }
    is_well = done.code == 0 and not changed and figures["articles downloaded"] == 0
    return figures | {"holds": is_well and requests(replica) <= 1.2 * len(lists) + 1}


def editions(place: Place, replica: Replica) -> Figures:
    """F6: every edit one revision, what is removed gone with its text, a new slug the same row."""
    before = by_id(place.folder)
    replica.set_edition(3)
    done = place.crawl(*EVERYTHING_AGAIN)
    pass_days(place.folder, 1)  # absence is believed when a second day finds it
    done = place.crawl(*EVERYTHING_AGAIN) if done.code == 0 else done
    after, truth = by_id(place.folder), {f"{NAME}:{r['key']}": r for r in replica.truth(HOST)}
    edited = {i for i in before.keys() & truth.keys() if truth[i]["modified"] > 1}
    removed = {f"{NAME}:{row['key']}" for row in replica.gone(HOST)} & before.keys()
    moved = {i for i in before.keys() & truth.keys() if before[i]["url"] != truth[i]["url"]}
    revised = {i for i, line in after.items() if line["revision"] > 1}
    gone = {i for i, line in after.items() if line["status"] == "gone"}
    kept = {line["id"] for line in read_revisions(place.folder)}
    replica.reset()
    return {
        "exit": done.code,
        "archived": seen(set(after), truth.keys() | removed),
        "edits": seen(revised, edited),
        "older versions kept": seen(kept, edited),
        "removed, marked gone, text kept": seen(
            {i for i in gone if after[i]["body"] == before[i]["body"]}, removed
        ),
        "moved slugs in their row": seen(
            {i for i in moved if after[i]["url"] == truth[i]["url"]}, moved
        ),
        "holds": done.code == 0
        and revised == edited == kept
        and gone == removed
        and bool(edited and removed and moved)
        and after.keys() == truth.keys() | removed
        and look(place.folder).doubled == 0,
    }


def dates(home: Path, server: Running) -> Figures:
    """F6: a new date over the same text is no revision."""
    place = Place(home / "dates", server.mirror, PORTAL)
    first, code = truth_of(server), place.crawl().code
    server.control("edition?n=2")
    later, code = truth_of(server), code or place.crawl(*EVERYTHING_AGAIN).code
    words = ("headline", "lead", "body")
    dated = {
        i
        for i in first.keys() & later.keys()
        if later[i]["modified"] != first[i]["modified"]
        and all(later[i][w] == first[i][w] for w in words)
        and not later[i]["gone"]
    }
    alone = {i for i in dated if by_id(place.folder)[i]["revision"] == 1}
    server.control("edition?n=1")
    return {"dates alone, no revision": seen(alone, dated), "holds": bool(dated) and alone == dated}


def truth_of(server: Running) -> dict[str, dict[str, Any]]:
    rows = (json.loads(row) for row in server.control("truth").split("\n") if row)
    return {f"{PORTAL}:{row['id']}": row for row in rows}


def states(home: Path) -> Figures:
    """F5: in a storm of faults every link that was asked for is in exactly one state."""
    log = home / "log.jsonl"
    like = ("--like", PORTAL, "--articles", "120", "--log", str(log), "--max-seconds", "3600")
    with running(*like, *STORM, "--traps", "duplicates,offsite") as server:
        place = Place(home / "states", server.mirror, PORTAL)
        found, asked, unaccounted, waiting, runs = 0, set[str](), set[str](), 1, 0
        adds_up = True
        while waiting and runs < 6:
            runs += 1
            place.crawl(*PATIENT)
            record = list(read_runs(place.folder))[-1]
            with Ledger.open(place.folder, PORTAL) as ledger:
                counted = ledger.links.states()
                asked = {key for line in log.read_text().splitlines() if (key := _key(line))}
                unaccounted = {key for key in asked if not ledger.links.is_known(key)}
            found = sum(counted.values())
            adds_up = adds_up and counted == record["states"] and counted["discovered"] == 0
            waiting = counted["failed"]
        there = look(place.folder)
        lost = archived(place) - set(there.ids)
    return {
        "runs": runs,
        "found": found,
        "in each state": {state: n for state, n in counted.items() if n},
        "asked for and unaccounted": len(unaccounted),
        "doubled": there.doubled,
        "holds": adds_up and not unaccounted and not there.doubled and not lost,
    }


def archived(place: Place) -> set[str]:
    """The articles that the ledger says are archived."""
    with Ledger.open(place.folder, PORTAL) as ledger:
        return {f"{PORTAL}:{link.key}" for link in ledger.links.troubles("archived")}


def _key(line: str) -> str | None:
    path = str(json.loads(line)["target"]).partition("?")[0]
    return HdndTuyenQuangSpider.key_of(f"https://{HdndTuyenQuangSpider.domain}{path}")


def addresses(home: Path) -> Figures:
    """F7: one article under ten addresses is one row."""
    like = ("--like", PORTAL, "--articles", "60", "--no-specials", "--traps", "duplicates")
    with running(*like) as server:
        place = Place(home / "addresses", server.mirror, PORTAL)
        code = place.crawl().code or place.crawl(*EVERYTHING_AGAIN).code
        truth, there = truth_of(server), look(place.folder)
    return {
        "rows": len(there.ids),
        "articles": len(truth),
        "holds": code == 0 and sorted(there.ids) == sorted(truth),
    }


def mended(home: Path, whole: Place, replica: Replica) -> Figures:
    """A broken selector loses articles; mended, they come back from their pages."""
    replica.reset()
    place = Place(home / "broken", replica.address)
    done = place.start(env={"PYTHONPATH": BROKEN, "BREAK": "all"}).done()
    lost = look(whole.folder).texts.keys() - look(place.folder).texts.keys()
    replica.reset()
    again = place.say("reparse")
    back = lost & look(place.folder).texts.keys()
    same = look(place.folder).texts == look(whole.folder).texts
    return {
        "exit with it broken": done.code,
        "lost": len(lost),
        "brought back by reparse": len(back),
        "requests": requests(replica),
        "holds": done.code == 3
        and again.code == 0
        and bool(lost)
        and same
        and requests(replica) == 0
        and not verify(place.folder, check_line),
    }


def demo(home: Path) -> Figures:
    """The demo's archive, read again whole, is the same byte for byte."""
    where = ("-s", f"ARCHIVE={home}")
    made = start([sys.executable, "-m", "scrapy", "demo", *where]).done()
    folder = home / "demo" / NAME
    before = sums(folder, *ALL, "state")
    place = Place(home / "demo", "")
    done = place.say("reparse")
    changed = before.items() ^ sums(folder, *ALL, "state").items()
    there = {name for name, _ in changed if name != "state/lock"}
    return {
        "articles": len(look(folder).ids),
        "files": len(before),
        "files changed": len(there),
        "reparse seconds": round(done.seconds, 1),
        "holds": made.code == 0 and done.code == 0 and not there,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--articles", type=int, default=300)
    asked = parser.parse_args()
    told: dict[str, Figures] = {}

    def tell(name: str, measured: Callable[[], Figures]) -> None:
        told[name] = measured()
        print(name, json.dumps(told[name], ensure_ascii=False), flush=True)

    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        with running_replica(articles=asked.articles, max_seconds=36_000) as replica:
            place = Place(home / "replica", replica.address)
            assert place.crawl().code == 0
            assert not differences(look(place.folder), published(replica))
            tell("second run", lambda: second_run(place, replica))
            tell("broken selector", lambda: mended(home, place, replica))
            tell("editions", lambda: editions(place, replica))
        with running("--like", PORTAL, "--articles", "60", "--no-specials") as server:
            tell("dates", lambda: dates(home, server))
        tell("states", lambda: states(home))
        tell("addresses", lambda: addresses(home))
        tell("demo", lambda: demo(home))
    wrong = [name for name, figures in told.items() if not figures["holds"]]
    print(json.dumps({**told, "wrong": wrong}, ensure_ascii=False))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
