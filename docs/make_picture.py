"""Write `_static/demo.svg`, a picture of a real run of `scrapy demo` in a terminal.

python docs/make_picture.py
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

WIDTH_COLUMNS: Final = 100
_ROOT: Final = Path(__file__).parent.parent
_PICTURE: Final = Path(__file__).parent / "_static" / "demo.svg"
_WEB_FONT: Final = re.compile(r"@font-face \{.*?\}", re.DOTALL)  # a picture asks no other server
_PROGRESS: Final = re.compile(r"[^\n]*\r(?!\n)|\x1b\[K")  # what the terminal wrote over


def run_in_terminal(command: list[str], environment: dict[str, str]) -> str:
    """Run the command with a terminal as its output and return what the terminal shows."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command, cwd=_ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(lambda: _read(ours), b""))
        os.close(ours)
    if process.returncode:
        sys.exit(f"{command[0]} ended with {process.returncode}")
    return _PROGRESS.sub("", shown.decode().replace("\r\n", "\n"))


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux answers so once the other end is closed
        return b""


def draw(shown: str) -> str:
    """Return an SVG of the terminal."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH_COLUMNS, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(f"$ scrapy demo\n{shown.rstrip()}"))
        return _WEB_FONT.sub("", console.export_svg(title="newscrawl", unique_id="demo"))


def main() -> None:
    """Run the demo in an empty folder and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "NEWSCRAWL_ARCHIVE": folder,
            "COLUMNS": str(WIDTH_COLUMNS),
            "TERM": "xterm-256color",
        }
        shown = run_in_terminal([sys.executable, "-m", "scrapy", "demo"], environment)
        _PICTURE.write_text(draw(shown.replace(folder, "output")), encoding="utf-8")


if __name__ == "__main__":
    main()
