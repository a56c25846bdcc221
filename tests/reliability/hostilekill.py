"""SIGKILL at random moments of a crawl of the hostile server, by its own `killtest.py`.

    python tests/reliability/hostilekill.py --trials 40

A portal of 120 articles, without those whose hostile content makes a run end with 3. Prints what
killtest.py prints; its exit code.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.hostile.harness import running
from tests.reliability.crawls import ROOT, Place

PORTAL: Final = "hdndtuyenquang"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=40)
    parser.add_argument("--seed", default="1")
    asked = parser.parse_args()
    like = ("--like", PORTAL, "--articles", "120", "--no-specials", "--max-seconds", "86400")
    with tempfile.TemporaryDirectory() as name, running(*like) as server:
        place = Place(Path(name) / "archive", server.mirror, PORTAL)
        test = [sys.executable, "-m", "tests.hostile.killtest", "--port", str(server.port)]
        test += ["--trials", str(asked.trials), "--seed", asked.seed]
        test += ["--out", f"{place.folder}/articles/**/*.jsonl", "--clean", f"rm -rf {name}/*"]
        return subprocess.run([*test, "--", *place.command()], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
