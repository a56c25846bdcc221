"""Write the parts of the documentation that the code already says: `python docs/generate.py`.

A page has them between `<!-- from the code: NAME -->` and `<!-- end -->`. They are committed, so
that who reads the repository or the wheel has them; `tests/unit/test_docs_tables.py` compares them
with the code.
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import newscrawl
from newscrawl.article.item_schema import disk_schema
from newscrawl.cli.command_help import help_of
from newscrawl.cli.main import own_commands
from newscrawl.config.program import NAME
from newscrawl.exit_codes import ExitCode
from newscrawl.project.line_table import markdown, stations
from newscrawl.project.page_attributes import key_table, page_table, section_table

DOCS: Final = Path(__file__).parent
_PACKAGE: Final = Path(newscrawl.__file__).parent
_GLOBAL_OPTIONS: Final = "Global Options"
_WIDTH_COLUMNS: Final = "90"
_PART: Final = re.compile(r"(<!-- from the code: (\w+) -->\n).*?(<!-- end -->\n)", re.DOTALL)


def parts() -> Mapping[str, str]:
    """Return every part by its name."""
    return {
        "fields": fields_table(),
        "exit_codes": exit_codes_table(),
        "settings": settings_text(),
        "commands": commands_text(),
        "line": line_text(),
        "page_attributes": page_table(),
        "section_attributes": section_table(),
        "article_keys": key_table(),
    }


def current(page: str, found: Mapping[str, str]) -> str:
    """Return the page's text with its parts as the code says them now."""
    return _PART.sub(lambda part: f"{part[1]}\n{found[part[2]]}\n{part[3]}", page)


def write_pages(folder: Path) -> None:
    """Write what has changed into the pages of the folder."""
    found = parts()
    for path in sorted(folder.glob("*.md")):
        before = path.read_text(encoding="utf-8")
        after = current(before, found)
        if after != before:
            path.write_text(after, encoding="utf-8")


def fields_table() -> str:
    """Return the table of the article's fields, in the order of the schema."""
    rows = ["| field | JSON type | meaning |", "|---|---|---|"]
    for name, shape in disk_schema()["properties"].items():
        meaning = " ".join(str(shape.get("description", "")).split()).replace("|", "\\|")
        rows.append(f"| `{name}` | {_type(shape)} | {_code_safe(meaning)} |")
    return "\n".join(rows) + "\n"


def _type(shape: dict[str, Any]) -> str:
    kind = shape.get("type", "object")
    kinds = kind if isinstance(kind, list) else [kind]
    text = " or ".join(map(str, kinds))
    if "enum" in shape:
        text += ": " + ", ".join(f"`{value!r}`".replace("'", '"') for value in shape["enum"])
    return text


def _code_safe(text: str) -> str:
    return re.sub(r"<([a-z][^<>]*)>", r"`<\1>`", text).replace("\\n", "`\\n`")


def exit_codes_table() -> str:
    """Return the table of exit codes, in ascending order."""
    rows = ["| exit code | meaning | what to do |", "|---|---|---|"]
    rows += [f"| {code.value} | {code.meaning} | {code.remedy} |" for code in sorted(ExitCode)]
    return "\n".join(rows) + "\n"


def settings_text() -> str:
    """Return the settings of `settings.py` in its order, each with its default and its reason."""
    source = (_PACKAGE / "settings.py").read_text(encoding="utf-8")
    lines = source.splitlines()
    parts: list[str] = []
    for number, line in enumerate(lines):
        if heading := re.fullmatch(r"# (.*?) -{3,}", line):
            parts += ["", f"## {heading[1]}", "", "| setting | default | why |", "|---|---|---|"]
        assigned = re.match(r"([A-Z][A-Z_]+) = (.+)", line)
        if assigned and parts and not assigned[2].endswith(("{", "[")):
            value, _, reason = assigned[2].partition("  # ")
            reason = reason or _comment_above(lines, number)
            parts.append(f"| `{assigned[1]}` | `{_default(value)}` | {reason} |")
    return "\n".join(parts).lstrip() + "\n"


def _comment_above(lines: list[str], number: int) -> str:
    above: list[str] = []
    while number and lines[number - 1].startswith("# ") and not lines[number - 1].endswith("---"):
        number -= 1
        above.insert(0, lines[number][2:])
    return " ".join(above)


def _default(value: str) -> str:
    found = re.fullmatch(r'os\.environ\.get\("([A-Z_]+)", (.+)\)', value)
    text = f"${found[1]}, else {found[2]}" if found else value
    return text.replace("|", "\\|")


def commands_text() -> str:
    """Return what every command of ours prints for `-h`, by name, without Scrapy's own options."""
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = _WIDTH_COLUMNS  # argparse asks for it
    try:
        return "\n".join(part for name in own_commands() for part in _command(name))
    finally:
        os.environ.pop("COLUMNS")
        if before is not None:
            os.environ["COLUMNS"] = before


def _command(name: str) -> Iterator[str]:
    said = help_of(name).partition(_GLOBAL_OPTIONS)[0].rstrip()
    yield f"## {NAME} {name}\n\n```text\n{said}\n```\n"


def line_text() -> str:
    """Return the table of stations that the docstring of the package shows."""
    return markdown(stations(newscrawl.__doc__))


if __name__ == "__main__":
    write_pages(DOCS)
