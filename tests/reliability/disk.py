"""Disks that are too small: the archive stays as it was, and the next run completes it.

    python tests/reliability/disk.py --trials 50

Each trial takes a whole archive of the paper's first edition and refreshes it with the third on a
disk with a random rest of space: a tmpfs of that size (needs root), a limit on the size of one file
(RLIMIT_FSIZE), or a quota (EDQUOT, needs /dev/fuse). Then read-only folders, and too little space
at the start. Refused runs must say so in one line, exit with 5 within a minute and leave articles/,
revisions/ and manifest.json as they were, byte for byte. Exit code 0 only if all of that holds.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from newscrawl.archive.maintenance.verification import verify
from newscrawl.article.item_schema import check_line
from newscrawl.replica import Replica, running_replica
from tests.reliability.checks import differences, look, published, sums
from tests.reliability.crawls import EVERYTHING_AGAIN, Done, Place
from tests.reliability.fusefs import IS_THERE, mounted

_DROP, _DAC_OVERRIDE = 24, 1  # PR_CAPBSET_DROP of prctl(2), capabilities(7)
NO_MINIMUM: Final = ("-s", "MIN_FREE_BYTES=0")
KEPT: Final = ("articles", "revisions", "manifest.json")
REFUSED: Final = 5
MOST_S: Final = 60.0
Wrong = dict[str, str]
"""What is not as it must be: its name, and what was found"""


def files(folder: Path) -> dict[str, str]:
    """The sums of everything a reader of the archive is given."""
    return sums(folder, *KEPT)


def refused(place: Place, done: Done, before: dict[str, str]) -> Wrong:
    """What is wrong with a run that the disk refused something."""
    lines = done.err.splitlines()
    checks = {
        "exit code": (done.code != REFUSED, str(done.code)),
        "slow": (done.seconds > MOST_S, f"{done.seconds:.0f} s"),
        "not one line": (len(lines) != 1, done.err[:2000]),
        "traceback": ("Traceback" in done.err, done.err[:2000]),
        "changed": (files(place.folder) != before, str(place.folder)),
    }
    return {name: said for name, (holds, said) in checks.items() if holds}


def completed(place: Place, replica: Replica) -> Wrong:
    """What is wrong once there is space again and the crawl has run once more."""
    done = place.crawl(*EVERYTHING_AGAIN, *NO_MINIMUM)
    problems = verify(place.folder, check_line)
    wrong = differences(look(place.folder), published(replica))
    checks = {
        "next run": (done.code != 0, done.out + done.err),
        "not whole": (bool(wrong), str(dict(wrong))),
        "verify": (bool(problems), "; ".join(map(str, problems[:3]))),
    }
    return {name: said for name, (holds, said) in checks.items() if holds}


def trial(
    place: Place, replica: Replica, narrow: Callable[[], Done], widen: Callable[[], None]
) -> Wrong:
    """One run that is refused (or finds just enough), and the next."""
    before = files(place.folder)
    done = narrow()
    wrong = {} if done.code == 0 else refused(place, done, before)
    widen()
    return wrong | completed(place, replica) | ({"fits": ""} if done.code == 0 else {})


def limit_files(to_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (to_bytes, resource.RLIM_INFINITY))


def obey_modes() -> None:
    """Root may write anywhere: without this capability it asks for leave as others do."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(_DROP, _DAC_OVERRIDE, 0, 0, 0)


@contextmanager
def small_disk(model: Path) -> Iterator[tuple[Path, int]]:
    """A tmpfs with a copy of the archive, and how many bytes it takes."""
    mount = Path(tempfile.mkdtemp(prefix="disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200m", "none", mount], check=True)
    try:
        shutil.copytree(model, mount / "archive", symlinks=True)
        usage = shutil.disk_usage(mount)
        yield mount, usage.used
    finally:
        subprocess.run(["umount", mount], check=True)
        mount.rmdir()


def resize(mount: Path, to_bytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={to_bytes}", mount], check=True)


def on_tmpfs(model: Path, replica: Replica, chance: random.Random, most: int) -> Wrong:
    with small_disk(model) as (mount, used):
        place = Place(mount / "archive", replica.address)

        def narrow() -> Done:
            resize(mount, used + 4096 * chance.randint(1, most // 4096))
            return place.crawl(*EVERYTHING_AGAIN, *NO_MINIMUM)

        return trial(place, replica, narrow, partial(resize, mount, 200 * 1024**2))


def with_file_limit(model: Path, replica: Replica, chance: random.Random, most: int) -> Wrong:
    home = Path(tempfile.mkdtemp(prefix="disk-"))
    shutil.copytree(model, home / "archive", symlinks=True)
    place = Place(home / "archive", replica.address)
    largest = max(p.stat().st_size for p in place.folder.rglob("*") if p.is_file())
    limit = chance.randint(1024, largest + most // 4)

    def narrow() -> Done:
        limited = partial(limit_files, limit)
        return place.start(*EVERYTHING_AGAIN, *NO_MINIMUM, preexec=limited).done()

    found = trial(place, replica, narrow, lambda: None)
    shutil.rmtree(home)
    return found


def with_quota(model: Path, replica: Replica, chance: random.Random, most: int) -> Wrong:
    home = Path(tempfile.mkdtemp(prefix="disk-"))
    with mounted(home) as disk:
        shutil.copytree(model, disk / "archive", symlinks=True)
        place = Place(disk / "archive", replica.address)
        used = sum(p.stat().st_size for p in disk.rglob("*") if p.is_file())

        def narrow() -> Done:
            (disk / ".quota").write_text(str(used + chance.randint(1, most)))
            return place.crawl(*EVERYTHING_AGAIN, *NO_MINIMUM)

        found = trial(place, replica, narrow, lambda: _free(disk))
    shutil.rmtree(home)
    return found


def _free(disk: Path) -> None:
    (disk / ".quota").write_text("0")


def read_only(model: Path, replica: Replica, inside: str) -> Wrong:
    """A folder of the archive that may not be written to."""
    home = Path(tempfile.mkdtemp(prefix="disk-"))
    shutil.copytree(model, home / "archive", symlinks=True)
    place = Place(home / "archive", replica.address)
    denied = [p for p in (place.folder / inside).rglob("*") if p.is_dir()]
    denied.append(place.folder / inside)
    _set_modes(denied, 0o555)

    def narrow() -> Done:
        return place.start(*EVERYTHING_AGAIN, *NO_MINIMUM, preexec=obey_modes).done()

    found = trial(place, replica, narrow, partial(_set_modes, denied, 0o755))
    shutil.rmtree(home)
    return found


def _set_modes(paths: list[Path], mode: int) -> None:
    for path in paths:
        path.chmod(mode)


def too_little_at_start(model: Path, replica: Replica) -> Wrong:
    """Nothing begins below MIN_FREE_BYTES: not one request."""
    home = Path(tempfile.mkdtemp(prefix="disk-"))
    shutil.copytree(model, home / "archive", symlinks=True)
    place = Place(home / "archive", replica.address)
    replica.reset()
    replica.set_edition(3)
    asked = replica.stats()["requests"]

    def narrow() -> Done:
        return place.crawl(*EVERYTHING_AGAIN, "-s", f"MIN_FREE_BYTES={1024**6}")

    before = sums(home / "archive", place.name)
    wrong = refused(place, narrow(), files(place.folder))
    if sums(home / "archive", place.name) != before or replica.stats()["requests"] != asked:
        wrong["touched"] = "a file or the server"
    shutil.rmtree(home)
    return wrong


def model_of(home: Path, replica: Replica) -> tuple[Path, int]:
    """A whole archive of the first edition, and how many bytes a refresh with the third writes."""
    place = Place(home / "model", replica.address)
    assert place.crawl(*NO_MINIMUM).code == 0
    replica.set_edition(3)
    other = Place(home / "other", replica.address)
    shutil.copytree(place.archive, other.archive, symlinks=True)
    before = _sizes(other.archive)
    assert other.crawl(*EVERYTHING_AGAIN, *NO_MINIMUM).code == 0
    after = _sizes(other.archive)
    return place.archive, sum(max(0, size - before.get(i, 0)) for i, size in after.items())


def _sizes(folder: Path) -> dict[int, int]:
    """The bytes of every file, by its inode: a snapshot's link takes none."""
    return {s.st_ino: s.st_size for s in (p.stat() for p in folder.rglob("*") if p.is_file())}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance, began, told = random.Random(asked.seed), time.monotonic(), Counter[str]()  # noqa: S311
    kinds = [with_file_limit, *([on_tmpfs, on_tmpfs] if os.geteuid() == 0 else [])]
    kinds += [with_quota] if IS_THERE else []
    with (
        tempfile.TemporaryDirectory() as name,
        running_replica(articles=asked.articles, max_seconds=86_400) as replica,
    ):
        model, more = model_of(Path(name), replica)
        print(f"a refresh writes {more:,} bytes", flush=True)
        trials: list[tuple[str, Callable[[], Wrong]]] = [
            (kind.__name__, partial(kind, model, replica, chance, more * 5 // 4))
            for kind in (kinds * asked.trials)[: asked.trials]
        ]
        trials += [(f"read-only {d}", partial(read_only, model, replica, d))
                   for d in (".", "state", "articles", "pages")]  # fmt: skip
        trials.append(("too little at start", partial(too_little_at_start, model, replica)))
        for name, run in trials:
            found = run()
            told["trials"] += 1
            if told["trials"] % 10 == 0:
                print(f"{told['trials']} trials", flush=True)
            told[f"{name}: {'fitted' if found.pop('fits', None) is not None else 'refused'}"] += 1
            for what, said in found.items():
                told[f"WRONG {what}"] += 1
                print(f"{name}: {what}: {said[-400:]}", flush=True)
    print(json.dumps({"seed": asked.seed, **told, "seconds": round(time.monotonic() - began)}))
    return int(any(name.startswith("WRONG") for name in told))


if __name__ == "__main__":
    sys.exit(main())
