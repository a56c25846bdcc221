"""A terminal of any width, and what a person sees on it."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from tests.support.paths import ROOT

CLEAR = "\x1b[2K"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Shown(NamedTuple):
    """What a command wrote to its terminal."""

    code: int
    text: str

    @property
    def rows(self) -> list[str]:
        """Return every state of every row, each without its escapes."""
        return [ESCAPE.sub("", row) for row in re.split(r"[\r\n]+", self.text)]


def on_terminal(
    command: Sequence[str],
    columns: int,
    environment: Mapping[str, str] | None = None,
    *,
    with_stdout: bool = False,
) -> Shown:
    """Run the command on a terminal of its own; standard output goes there only when asked for."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=kept | {"TERM": "xterm-256color"} | dict(environment or {}),
        stdin=follower,
        stdout=follower if with_stdout else subprocess.DEVNULL,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    found = b""
    with suppress(OSError):  # the terminal has closed: the command has ended
        while block := os.read(leader, 65_536):
            found += block
    os.close(leader)
    return Shown(process.wait(timeout=120), found.decode(errors="replace"))


def screen(text: str, columns: int) -> list[str]:
    """Return the rows that stand on a terminal at the end: it wraps, and clears one row."""
    rows, row, column = [""], 0, 0
    for part in re.split(r"(\x1b\[2K|\r|\n)", text):
        if part == CLEAR:
            rows[row] = ""
        elif part == "\r":
            column = 0
        elif part == "\n":
            row, column = row + 1, 0
            rows += [""] * (row + 1 - len(rows))
        else:
            for letter in part:
                if column == columns:
                    row, column = row + 1, 0
                    rows += [""] * (row + 1 - len(rows))
                rows[row] = rows[row][:column].ljust(column) + letter + rows[row][column + 1 :]
                column += 1
    return rows
