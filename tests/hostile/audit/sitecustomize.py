"""On PYTHONPATH, this notes in the file AUDIT names every file the program opens, and how.

"r" read, "w" written or changed, "x" a program started. A name that is given with an open folder
(`dir_fd`, as `shutil.rmtree` does) is one of that folder, not of the present one.
"""

from __future__ import annotations

import os
import sys
from typing import Any

_NOTES = os.open(os.environ["AUDIT"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
# Where an event has its names, and the folders that they are relative to.
_CHANGES = {
    "os.rename": ((0, 2), (1, 3)),
    "os.remove": ((0, 1),),
    "os.mkdir": ((0, 2),),
    "os.rmdir": ((0, 1),),
    "os.link": ((0, 2), (1, 3)),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
}
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
        for name, folder in _CHANGES[event]:
            if isinstance(given[name], str | bytes):
                _write("w", given[name], _place(given[folder]) if folder is not None else "")


def _place(descriptor: int) -> str:
    """Return the path of an open folder; "" for the present one, which an event gives as -1."""
    return os.readlink(f"/proc/self/fd/{descriptor}") if descriptor >= 0 else ""  # noqa: PTH115


def _write(how: str, path: str | bytes, folder: str = "") -> None:
    where = os.path.abspath(os.path.join(folder, os.fsdecode(path)))  # noqa: PTH100, PTH118
    os.write(_NOTES, f"{how} {where!a}\n".encode())


sys.addaudithook(_note)
