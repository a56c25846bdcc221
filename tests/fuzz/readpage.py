"""Fuzzes every reader of pages: `python tests/fuzz/readpage.py --inputs 1000000 --seed 1`.

Prints how many inputs each reader was given and how its readings ended; exits 1 at the first
exception no reader documents, after it has written the page aside.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.fuzz.mutate import Mutator
from tests.fuzz.seeds import Seed, seeds
from tests.fuzz.target import READERS, Case, read

SLOW_S = 1.0
LONGEST = 20_000


def fuzz(
    found: list[Seed], inputs: int, seed: int, *, tell: bool = False
) -> tuple[Counter[str], list[tuple[Case, str, BaseException | float]]]:
    """How the readings of so many broken pages ended, and those that ended in no documented way.

    A reading that takes longer than a second of CPU is told too, with its seconds.
    """
    mutator = Mutator([one.case.body for one in found], seed, LONGEST)
    outcomes: Counter[str] = Counter()
    bad: list[tuple[Case, str, BaseException | float]] = []
    for number in range(inputs):
        origin = mutator.chance.choice(found).case
        case = replace(
            origin,
            body=mutator.page(origin.body),
            url=mutator.url(origin.url),
            content_type=mutator.content_type(origin.content_type),
        )
        reader = origin.reader or mutator.chance.choice(READERS)
        began = time.process_time()
        try:
            outcomes[f"{reader}: {read(case, reader)}"] += 1
        except Exception as error:  # noqa: BLE001  (whatever it is, it is what is looked for)
            outcomes[f"{reader}: UNDOCUMENTED"] += 1
            bad.append((case, reader, error))
            if tell:
                print(f"{number:,}: {reader}: {error!r}"[:300], file=sys.stderr, flush=True)
        took = time.process_time() - began
        if took > SLOW_S:
            bad.append((case, reader, took))
        if tell and number % 20_000 == 0:
            print(f"{number:,} inputs, {len(bad)} bad", file=sys.stderr, flush=True)
    return outcomes, bad


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--aside", type=Path, default=Path("fuzz-found"))
    given = parser.parse_args()
    found = seeds()
    sizes = sorted(len(one.case.body) for one in found)
    middle = sizes[len(sizes) // 2]
    print(f"{len(found)} seeds of {sizes[0]:,} to {sizes[-1]:,} bytes, median {middle:,}")
    began = time.monotonic()
    outcomes, bad = fuzz(found, given.inputs, given.seed, tell=True)
    for name, count in sorted(outcomes.items()):
        print(f"{count:>9,}  {name}")
    seconds = time.monotonic() - began
    print(
        f"{sum(outcomes.values()):,} inputs in {seconds:.0f} s, seed {given.seed}, {len(bad)} bad"
    )
    for case, reader, error in bad:
        given.aside.mkdir(exist_ok=True)
        path = given.aside / f"{sha256(case.body).hexdigest()[:12]}.bin"
        path.write_bytes(case.body)
        print(f"{reader} {case.paper.name} {case.url!r} {case.content_type!r} {path}: {error!r}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
