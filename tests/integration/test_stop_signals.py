"""The signals that stop a process, noted once for all crawls in it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.support.paths import ROOT

WAITING = """
import signal, sys, time
from newscrawl.crawl.stop_signals import STOP_SIGNALS

def inner(number, frame):
    print("inner", number, flush=True)

for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, inner)
for _ in range(40):  # as many crawls begin one after the other
    STOP_SIGNALS.listen()
print("ready", STOP_SIGNALS.caught, flush=True)
while STOP_SIGNALS.caught is None:
    time.sleep(0.01)
print("caught", STOP_SIGNALS.caught, flush=True)
if "on" in sys.argv:
    time.sleep(600)
"""


@contextmanager
def waiting(*arguments: str, ignores_hangup: bool = False) -> Iterator[subprocess.Popen[str]]:
    # A test run that `nohup` started has SIGHUP ignored, and hands that on to its children.
    hangup = "--ignore-signal=HUP" if ignores_hangup else "--default-signal=HUP"
    command = ["env", hangup, sys.executable, "-c", WAITING, *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "ready None\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("sent", "noted"),
    [
        (signal.SIGINT, signal.SIGINT),
        (signal.SIGTERM, signal.SIGTERM),
        (signal.SIGHUP, signal.SIGTERM),
    ],
)
def test_the_signal_is_noted_and_handed_on_once(sent: int, noted: int) -> None:
    with waiting() as process:
        process.send_signal(sent)
        said, wrong = process.communicate(timeout=60)
    assert (said, wrong) == (f"inner {int(noted)}\ncaught {int(noted)}\n", "")


def test_a_second_signal_ends_the_process_at_once() -> None:
    with waiting("on") as process:
        process.send_signal(signal.SIGTERM)
        assert process.stdout is not None
        assert process.stdout.readline() == f"inner {int(signal.SIGTERM)}\n"
        assert process.stdout.readline() == f"caught {int(signal.SIGTERM)}\n"
        time.sleep(0.1)  # timeout(1) sends its signal twice within 0.02 s, which counts as one
        process.send_signal(signal.SIGINT)
        _, wrong = process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGINT
    assert "stopped at once by a second signal" in wrong


def test_a_hangup_that_is_ignored_stays_ignored() -> None:
    with waiting(ignores_hangup=True) as process:
        process.send_signal(signal.SIGHUP)
        os.kill(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    assert said == f"inner {int(signal.SIGINT)}\ncaught {int(signal.SIGINT)}\n"
