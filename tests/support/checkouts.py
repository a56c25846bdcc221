"""A copy of the checkout in which a test may write, and commands that run in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.support.paths import ROOT

_NOT_OURS: Final = frozenset([".git", ".venv", "output", "_build", "_generated", "__pycache__"])


def copy_of_the_checkout(place: Path) -> Path:
    def ignored(_: str, names: list[str]) -> list[str]:
        return [name for name in names if name in _NOT_OURS or name.endswith("_cache")]

    return Path(shutil.copytree(ROOT, place, ignore=ignored))


def run_in(checkout: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m MODULE` with the code of that checkout."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=checkout,
        env=kept | {"PYTHONPATH": str(checkout), "PYTEST_ADDOPTS": "-n 0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
