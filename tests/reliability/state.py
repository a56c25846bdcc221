"""A flipped byte, a cut, a newer version in the state: told, nothing overwritten, made whole again.

    python tests/reliability/state.py --trials 200

Each trial harms a copy of a whole archive's ledger (with links that wait and pages that could not
be read in it), starts a run, which must refuse in one line with exit code 5 and touch nothing,
and rebuilds. The rebuilt archive must hold every article, revision and unfinished link, byte for
byte the same files, verify clean, and refresh as if nothing had happened.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from newscrawl.archive.ledger import checksum
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import differences, look, published, sums
from tests.reliability.crawls import EVERYTHING_AGAIN, Place

KEPT: Final = ("articles", "revisions", "runs", "pages")


def flip(database: Path, chance: random.Random) -> None:
    """One byte is another one."""
    at, change = chance.randrange(database.stat().st_size), chance.randint(1, 255)
    with database.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ change]))


def cut(database: Path, chance: random.Random) -> None:
    """The end is missing, at a page's border or not."""
    size = database.stat().st_size
    length = chance.randrange(size)
    with database.open("r+b") as file:
        file.truncate(length - length % 4096 if chance.random() < 0.5 else length)


def zero(database: Path, chance: random.Random) -> None:
    """A page of the file came back empty."""
    at = chance.randrange(database.stat().st_size // 4096) * 4096
    with database.open("r+b") as file:
        file.seek(at)
        was = file.read(4096)
        file.seek(at)
        file.write(bytes(4096) if any(was) else b"\xff" * 4096)


def lose(database: Path, chance: random.Random) -> None:
    """It is gone, with its seal or without."""
    database.unlink()
    if chance.random() < 0.5:
        checksum.seal_of(database).unlink()


def renew(database: Path, chance: random.Random) -> None:
    """A later program has written it, and closed it well."""
    connection = sqlite3.connect(database)
    connection.execute(f"PRAGMA user_version = {chance.randint(50, 99)}")
    connection.close()
    checksum.seal(database)


HARMS: Final[tuple[Callable[[Path, random.Random], None], ...]] = (flip, flip, cut, zero, lose)


def refused(place: Place, advice: str) -> list[str]:
    """What is wrong with how a run meets a harmed ledger."""
    before = _everything(place)
    done = place.crawl()
    checks = {
        f"exit code {done.code}": done.code != 5,
        f"not one line: {done.err[:300]}": len(done.err.splitlines()) != 1,
        f"no advice: {done.err[:300]}": advice not in done.err,
        "something was touched": _everything(place) != before,
    }
    return [said for said, holds in checks.items() if holds]


def _everything(place: Place) -> dict[str, str]:
    """All but the lock, whose text is the process that looked last."""
    kept = sums(place.folder, *KEPT, "state", "manifest.json")
    return {name: digest for name, digest in kept.items() if name != "state/lock"}


def rebuilt(place: Place, whole: dict[str, str], states: dict[str, int]) -> list[str]:
    """What is wrong after `scrapy verify --rebuild`."""
    done = place.say("verify", "--rebuild")
    problems = verify(place.folder, check_line)
    with Ledger.open(place.folder, place.name) as ledger:
        found = dict(ledger.links.states())
    checks = {
        f"rebuild: {done.code} {done.out[:300]} {done.err[:300]}": done.code != 0,
        "files differ": sums(place.folder, *KEPT) != whole,
        f"verify: {problems[:2]}": bool(problems),
        f"links {found} instead of {states}": found != states,
    }
    return [said for said, holds in checks.items() if holds]


def trial(
    model: Place, home: Path, harm: Callable[[Path, random.Random], None], chance: random.Random
) -> list[str]:
    """One harmed ledger, from the refusal to the whole archive."""
    place = Place(home / "archive", model.mirror)
    shutil.copytree(model.archive, place.archive, symlinks=True)
    whole = sums(place.folder, *KEPT)
    with Ledger.open(place.folder, place.name) as ledger:
        states = dict(ledger.links.states())
    harm(place.folder / DATABASE, chance)
    if harm is renew:
        return refused(place, "update newscrawl")
    return refused(place, f"scrapy verify {place.name} --rebuild") + rebuilt(place, whole, states)


def model_of(home: Path, replica: Replica) -> Place:
    """An archive of three editions whose last run was stopped half-way, with links that wait."""
    place = Place(home / "model", replica.address)
    for edition in (1, 2, 3):
        replica.set_edition(edition)
        assert place.crawl(*EVERYTHING_AGAIN).code == 0
    replica.set_edition(4)
    assert place.crawl("-a", "limit=5").code in (0, 7)
    return place


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance, began, told = random.Random(asked.seed), time.monotonic(), Counter[str]()  # noqa: S311
    with (
        tempfile.TemporaryDirectory() as name,
        running_replica(articles=60, max_seconds=86_400) as replica,
    ):
        model = model_of(Path(name), replica)
        harms = [renew, *(HARMS * asked.trials)][: asked.trials]
        for number, harm in enumerate(harms):
            home = Path(name) / str(number)
            found = trial(model, home, harm, chance)
            told[harm.__name__] += 1
            told["WRONG"] += bool(found)
            for said in found:
                print(f"{number} {harm.__name__}: {said}", flush=True)
            if harm is not renew and number % 20 == 0:
                place = Place(home / "archive", model.mirror)
                assert place.crawl(*EVERYTHING_AGAIN).code == 0
                wrong = differences(look(place.folder), published(replica))
                told["WRONG after a refresh"] += bool(wrong)
            shutil.rmtree(home)
    print(json.dumps({"seed": asked.seed, **told, "seconds": round(time.monotonic() - began)}))
    return int(any(count for name, count in told.items() if name.startswith("WRONG")))


if __name__ == "__main__":
    sys.exit(main())
