"""The import contracts of pyproject.toml hold, and each of them can fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.support.paths import ROOT

# A file of the package, and an import that one of the contracts forbids there.
PLANTED: Final = {
    "page/metadata.py": "from newscrawl.article import dates",  # against the line
    "article/dates.py": "import sqlite3",
    "replica/dice.py": "from newscrawl import text",
    "crawl/responses.py": "from newscrawl.replica import dice",
    "cms/thanhhoa.py": "from newscrawl.cms import epi",
    "spiders/thanhpho.py": "from newscrawl.page import document",
    "page/blocks.py": "from newscrawl.page import document",  # a circle
    "archive/lock.py": "import scrapy",
    "http/throttle.py": "import sqlite3",
}


def contracts(folder: Path) -> dict[str, str]:
    """What import-linter says of each contract, by its name: KEPT or BROKEN."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.rpartition(" ") for line in done.stdout.splitlines()]
    return {name: said for name, _, said in lines if said in ("KEPT", "BROKEN")}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The package and its contracts, to be spoiled."""
    shutil.copytree(ROOT / "newscrawl", tmp_path / "newscrawl")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contracts_hold(tree: Path) -> None:
    said = contracts(tree)
    assert len(said) >= len(PLANTED)
    assert set(said.values()) == {"KEPT"}


def test_every_contract_can_fail(tree: Path) -> None:
    for name, line in PLANTED.items():
        with (tree / "newscrawl" / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}  # noqa\n")
    assert set(contracts(tree).values()) == {"BROKEN"}
