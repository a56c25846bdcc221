"""The tables of the documentation are in the pages as the code says them."""

import importlib.util
import re
from types import ModuleType

import pytest

from newscrawl.cli.main import own_commands
from newscrawl.exit_codes import ExitCode
from tests.support.paths import ROOT

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_part_stands_in_a_page_as_the_code_says_it(generate: ModuleType) -> None:
    found = generate.parts()
    placed = []
    for path in sorted(DOCS.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        assert generate.current(text, found) == text, f"run `python docs/generate.py` ({path.name})"
        placed += re.findall(r"<!-- from the code: (\w+) -->", text)
    assert sorted(placed) == sorted(found)


def test_a_part_that_is_old_is_seen_and_replaced(generate: ModuleType) -> None:
    page = "# Codes\n\n<!-- from the code: exit_codes -->\nold\n<!-- end -->\n\nThe rest.\n"
    made = generate.current(page, {"exit_codes": "new\n"})
    assert made == page.replace("old", "\nnew\n")
    assert generate.current(made, {"exit_codes": "new\n"}) == made


def test_a_reader_of_the_repository_finds_the_tables() -> None:
    codes = (DOCS / "exit-codes.md").read_text("utf-8")
    assert re.findall(r"^\| (\d+) \|", codes, re.MULTILINE) == [str(int(c)) for c in ExitCode]
    assert all(f"| {code.meaning} | {code.remedy} |" in codes for code in ExitCode)
    assert all(code.remedy for code in ExitCode)
    commands = (DOCS / "commands.md").read_text("utf-8")
    assert re.findall(r"^## newscrawl (\w+)$", commands, re.MULTILINE) == own_commands()
    settings = (DOCS / "settings.md").read_text("utf-8")
    assert re.search(r'^\| `ALERT_PING` \| `""` \| ', settings, re.MULTILINE)
    fields = (DOCS / "fields.md").read_text("utf-8")
    assert re.search(r"^\| `headline` \| string \| ", fields, re.MULTILINE)
