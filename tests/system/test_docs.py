"""Every command, Python block and query of the README and the documentation runs as printed."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from newscrawl.replica import running_replica
from tests.support.paths import ROOT
from tests.support.postgres import running_postgres

pytestmark = pytest.mark.thorough

# tests/system/test_packaging.py runs its blocks where only the wheel is installed.
_OF_THE_WHEEL: Final = ROOT / "docs" / "install.md"
PAGES: Final = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
_BLOCK: Final = re.compile(
    r"^```(?:\{code-block\} )?(?P<language>\w+)\n"
    r"(?::caption: (?P<path>\S+)(?P<adds> \(one more line\))?\n\n?)?(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
_SET_UP: Final = re.compile(
    r"^python3 -m venv \.venv && \.venv/bin/pip install \S+ -e \S+ && ", re.MULTILINE
)
_WHOLE_SUITE: Final = re.compile(r"^\.venv/bin/pytest$", re.MULTILINE)
NOBODY: Final = "you@example.org"
_NOT_OURS: Final = frozenset([".git", ".venv", "output", "_build", "_generated", "__pycache__"])
_QUICK: Final = """\
from newscrawl.settings import *

MIRROR = {mirror!r}
DOWNLOAD_DELAY = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 8
"""


class Block(NamedTuple):
    """A block of a page that is run, or a file that the reader is asked to write."""

    language: str
    path: str | None
    adds: bool
    """The text comes at the end of the file"""
    text: str


def blocks_of(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    found = [
        Block(m["language"], m["path"], m["adds"] is not None, m["text"])
        for m in _BLOCK.finditer(text)
    ]
    return [block for block in found if block.path or block.language in ("sh", "python", "sql")]


def runnable(script: str) -> str:
    """The commands for this environment; .ci/run runs the set-up and the whole suite as printed."""
    script = _SET_UP.sub("", script)
    script = _WHOLE_SUITE.sub(".venv/bin/pytest --version", script)
    script = script.replace(NOBODY, "tests@newscrawl.invalid")  # the page's is refused
    return script.replace(".venv/bin/", f"{Path(sys.executable).parent}/")


def copy_of_the_project(place: Path) -> Path:
    def ignored(_: str, names: list[str]) -> list[str]:
        return [name for name in names if name in _NOT_OURS or name.endswith("_cache")]

    return Path(shutil.copytree(ROOT, place, ignore=ignored))


def remove_what_was_made(place: Path) -> None:
    """Remove what stands at the top of the copy and not at the top of the project."""
    for path in place.iterdir():
        if path.name != "output" and not (ROOT / path.name).exists():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A checkout with the archive of a crawl and of the demo, and the replica behind its papers."""
    place = copy_of_the_project(tmp_path_factory.mktemp("docs") / "newscrawl")
    with running_replica(articles=60) as replica:
        quick = _QUICK.format(mirror=replica.address)
        (place.parent / "quick_settings.py").write_text(quick, encoding="utf-8")
        scrapy = f"{Path(sys.executable).parent}/scrapy"
        run(place, "bash", "-ec", f"{scrapy} demo --articles 60 && {scrapy} crawl baotuyenquang")
        yield place


def run(place: Path, *command: str, queue: str = "") -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
    environment = kept | {
        "NEWSCRAWL_QUEUE": queue,
        "NEWSCRAWL_QUEUE_BEAT_S": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": f"{place}{os.pathsep}{place.parent}",
        "SCRAPY_SETTINGS_MODULE": "quick_settings",
        "NEWSCRAWL_CONTACT": "tests@newscrawl.invalid",
        "XDG_CACHE_HOME": str(place / ".cache"),
        "PYTEST_ADDOPTS": "-n 0",
    }
    done = subprocess.run(
        command,
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page != _OF_THE_WHEEL],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_every_block_runs_as_printed(project: Path, page: Path) -> None:
    """Each page begins in the checkout alone; what a page before it has made there is removed."""
    remove_what_was_made(project)
    with running_postgres() if page.stem == "fleet" else nullcontext() as postgres:
        run_blocks(project, page, postgres.address() if postgres else "")


def run_blocks(project: Path, page: Path, queue: str) -> None:
    python = ""
    for block in blocks_of(page):
        if block.path is not None:
            path = project / block.path
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text(encoding="utf-8") if block.adds else ""
            path.write_text(before + block.text, encoding="utf-8")
        elif block.language == "sh":
            run(project, "bash", "-ec", runnable(block.text), queue=queue)
        elif block.language == "python":
            python += block.text  # a block may use what the blocks before it have named
            run(project, sys.executable, "-c", python)
        else:
            run(
                project,
                sys.executable,
                "-c",
                f"import duckdb\nduckdb.sql({block.text!r}).fetchall()",
            )


def test_the_pages_have_blocks_of_every_kind() -> None:
    kinds = {
        "file" if block.path else block.language for page in PAGES for block in blocks_of(page)
    }
    assert kinds == {"file", "sh", "python", "sql"}


def test_every_page_is_in_the_table_of_contents() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^[a-z-]+$", index, re.MULTILINE))
    assert {page.stem for page in (ROOT / "docs").glob("*.md")} - {"index"} <= listed


def test_every_link_between_pages_leads_somewhere() -> None:
    dead = [
        f"{page.name}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert dead == []
