"""A line at the foot of a terminal that is replaced while work goes on."""

import os
import sys
from contextlib import suppress
from time import monotonic
from typing import Final, TextIO

_CLEAR: Final = "\r\x1b[2K"
_USUAL_COLUMNS: Final = 80
_DUMB_INTERVAL_S: Final = 60.0


class LiveLine:
    """One line that shows how far the work is; nothing where the stream is no terminal.

    It is never wider than the terminal, because a terminal clears a single row of a line that has
    wrapped. A dumb terminal understands no escape: it gets a whole line once a minute.
    """

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self.is_shown = self._stream is not None and self._stream.isatty()
        self._is_dumb = os.environ.get("TERM", "dumb") == "dumb"
        self._shown_at: float | None = None

    def show(self, text: str) -> None:
        """Replace the line."""
        if not self.is_shown:
            return
        if not self._is_dumb:
            self._write(_CLEAR + cut(text, self._columns() - 1))
        elif self._shown_at is None or monotonic() - self._shown_at >= _DUMB_INTERVAL_S:
            self._shown_at = monotonic()
            self._write(text + "\n")

    def clear(self) -> None:
        """Remove the line, so that something else can be written."""
        if self.is_shown and not self._is_dumb:
            self._write(_CLEAR)

    def tell(self, text: str) -> None:
        """Write lines that stay, above the live one."""
        self.clear()
        self._write(text + "\n")

    def _columns(self) -> int:
        """Return the terminal's width now: it may have changed."""
        with suppress(OSError, ValueError):
            return os.get_terminal_size(self._stream.fileno()).columns or _USUAL_COLUMNS
        return _USUAL_COLUMNS

    def _write(self, text: str) -> None:
        if self._stream is not None:
            self._stream.write(text)
            self._stream.flush()


def cut(text: str, columns: int) -> str:
    """Return the text in at most so many columns.

    >>> cut("baothu: 12 articles", 19), cut("baothu: 12 articles", 10), cut("baothu", 0)
    ('baothu: 12 articles', 'baothu: 1…', '')
    """
    if len(text) <= columns:
        return text
    return text[: columns - 1] + "…" if columns > 0 else ""
