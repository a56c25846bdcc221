"""Write the parts of the documentation that the code already says.

`write_pages` writes one Markdown file a subject; the pages of the site include them. A field, a
setting or a command that is added to the code is in the next build without another edit.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import newscrawl
from newscrawl.article.item_schema import disk_schema
from newscrawl.exit_codes import ExitCode
from newscrawl.project.line_table import markdown, stations

_PACKAGE: Final = Path(newscrawl.__file__).parent
_COMMANDS: Final = sorted(
    path.stem for path in (_PACKAGE / "commands").glob("*.py") if path.stem != "__init__"
)
_GLOBAL_OPTIONS: Final = "Global Options"


def write_pages(folder: Path) -> None:
    """Write every generated page into the folder; a page whose text is the same is left alone."""
    folder.mkdir(exist_ok=True)
    pages = {
        "fields": fields_table(),
        "exit_codes": exit_codes_table(),
        "settings": settings_text(),
        "commands": commands_text(),
        "line": line_text(),
    }
    for name, text in pages.items():
        path = folder / f"{name}.md"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


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
    rows = ["| exit code | meaning |", "|---|---|"]
    rows += [f"| {code.value} | {code.meaning} |" for code in sorted(ExitCode)]
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
    return "\n".join(part for name in _COMMANDS for part in _command(name))


def _command(name: str) -> Iterator[str]:
    call = [sys.executable, "-m", "scrapy", name, "-h"]
    run = subprocess.run(
        call, cwd=_PACKAGE.parent, env=_environment(), capture_output=True, text=True, check=True
    )
    said = run.stdout.partition(_GLOBAL_OPTIONS)[0].rstrip()
    yield f"## scrapy {name}\n\n```text\n{said}\n```\n"


def _environment() -> dict[str, str]:
    """Return an environment with a fixed width, so that a page does not depend on the terminal."""
    return {"COLUMNS": "90", "PATH": "", "HOME": "", "LANG": "C.UTF-8"}


def line_text() -> str:
    """Return the table of stations that the docstring of the package shows."""
    return markdown(stations(newscrawl.__doc__))


if __name__ == "__main__":
    write_pages(Path(__file__).parent / "_generated")
