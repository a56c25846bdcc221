"""On PYTHONPATH, this notes in the file AUDIT names every file the program opens, and how.

"r" read, "w" written or changed, "x" a program started.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_NOTES = os.open(os.environ["AUDIT"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = (
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.symlink",
    "os.truncate",
)
_IN_FOLDER = ("os.remove", "os.rmdir", "os.mkdir")
"""The last thing given with these is the open folder that the path begins in, -1 for none."""
_STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile")


def _note(event: str, given: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, flags = given
        if isinstance(path, str | bytes):
            is_written = bool((flags or 0) & _WRITING) or bool(set(mode or "") & set("wax+"))
            _write("w" if is_written else "r", path)
    elif event == "sqlite3.connect":
        _write("w", given[0])
    elif event in _STARTS:
        _write("x", str(given[0]))
    elif event in _CHANGES:
        for path in given[1:2] if event == "os.symlink" else given[:2]:
            if isinstance(path, str | bytes):
                _write("w", _below(given[-1], path) if event in _IN_FOLDER else path)


def _below(folder: int, path: str | bytes) -> str:
    """Return the path as it is in the open folder, -1 for the folder where the program runs."""
    name = os.fsdecode(path)
    return name if folder < 0 else os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)  # noqa: PTH115, PTH118


def _write(how: str, path: str | bytes) -> None:
    os.write(_NOTES, f"{how} {os.path.abspath(os.fsdecode(path))!a}\n".encode())  # noqa: PTH100


sys.addaudithook(_note)
