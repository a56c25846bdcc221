"""The live line on terminals of a pseudo terminal's making."""

import fcntl
import os
import pty
import select
import struct
import termios
from collections.abc import Iterator
from typing import TextIO

import pytest

from newscrawl.cli.fleet_line import fleet_line
from newscrawl.crawl.live_line import LiveLine
from tests.support.terminal import CLEAR, screen

NAMES = [f"baothu{n}" for n in range(46)]


class Terminal:
    """A terminal and the side on which a person looks at it."""

    def __init__(self) -> None:
        self.leader, follower = pty.openpty()
        self.stream: TextIO = os.fdopen(follower, "w")

    def resize(self, columns: int) -> None:
        size = struct.pack("HHHH", 24, columns, 0, 0)
        fcntl.ioctl(self.stream.fileno(), termios.TIOCSWINSZ, size)

    def seen(self) -> str:
        """What was written and not looked at yet; a terminal gives a write at a time."""
        self.stream.flush()
        found = b""
        while select.select([self.leader], [], [], 0.2)[0]:
            found += os.read(self.leader, 65_536)
        return found.decode()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("TERM", "xterm-256color")
    one = Terminal()
    one.resize(50)
    yield one
    one.stream.close()
    os.close(one.leader)


def show(line: LiveLine, times: int) -> None:
    for done in range(times):
        line.show(fleet_line(done, 46, NAMES, {"baothu1": (9, done, 0)}, {"baothu1": 7200.0}))


def test_forty_six_newspapers_at_work_take_one_row(terminal: Terminal) -> None:
    show(LiveLine(terminal.stream), 20)
    assert screen(terminal.seen(), 50) == ["19/46 newspapers · 19 new articles · at most 2 h…"]


def test_a_terminal_that_becomes_narrower_is_heeded(terminal: Terminal) -> None:
    line = LiveLine(terminal.stream)
    show(line, 1)
    terminal.seen()
    terminal.resize(20)
    show(line, 5)
    assert screen(terminal.seen(), 20) == ["4/46 newspapers · …"]


def test_lines_that_stay_stand_above_the_live_one(terminal: Terminal) -> None:
    line = LiveLine(terminal.stream)
    line.show("one")
    line.tell("baothu: a trouble")
    line.show("two")
    assert screen(terminal.seen(), 50) == ["baothu: a trouble", "two"]
    line.clear()
    assert screen(terminal.seen(), 50) == [""]


def test_a_dumb_terminal_gets_a_whole_line_a_minute(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    line = LiveLine(terminal.stream)
    show(line, 9)
    line.clear()
    seen = terminal.seen()
    assert "\x1b" not in seen
    assert seen.startswith("0/46 newspapers")
    assert seen.count("\n") == 1


def test_a_file_gets_no_live_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("live") / "log"
    with path.open("w") as file:
        line = LiveLine(file)
        assert not line.is_shown
        show(line, 3)
        line.clear()
        line.tell("baothu: a trouble")
    assert path.read_text() == "baothu: a trouble\n"


def test_the_screen_wraps_and_clears_as_a_terminal_does() -> None:
    assert screen("abcdef\r" + CLEAR + "x", 4) == ["abcd", "x"]
    assert screen("abc\r" + CLEAR + "x\ny", 4) == ["x", "y"]
