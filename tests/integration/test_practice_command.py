"""`newscrawl replica` as a process: what it prints, whom it answers, how it ends."""

import os
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from newscrawl.exit_codes import ExitCode


def test_it_serves_until_ctrl_c(tmp_path: Path) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "newscrawl.cli.main", "replica", "--port", "0", "--articles", "40"],
        cwd=tmp_path, env=kept, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        said = "".join(iter(process.stdout.readline, "Ctrl-C ends it.\n"))
        assert "\n  hdndtuyenquang\n" in said
        port = re.search(r"export NEWSCRAWL_MIRROR=http://127\.0\.0\.1:(\d+)\n", said)
        assert port
        assert status(int(port[1]), "baodaklak.vn") == 200
        assert status(int(port[1]), "baonghean.vn") == 421
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == ExitCode.INTERRUPTED
    finally:
        process.kill()
        process.communicate()
    assert list(tmp_path.iterdir()) == []


def command(tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
    line = [sys.executable, "-m", "newscrawl.cli.main", "replica", *options]
    return subprocess.run(line, cwd=tmp_path, env=kept, capture_output=True, text=True, check=False)


def test_a_newspaper_taken_away_is_not_served(tmp_path: Path) -> None:
    both, less = command(tmp_path, "--list"), command(tmp_path, "--list", "--without", "thanhpho")
    assert both.returncode == less.returncode == 0
    gone = set(both.stdout.splitlines()) - set(less.stdout.splitlines())
    assert [line.split()[0] for line in gone] == ["thanhpho"]


@pytest.mark.parametrize("option", ["--without", "--redesigned"])
def test_a_name_that_is_not_served_is_told(tmp_path: Path, option: str) -> None:
    done = command(tmp_path, "--list", option, "baonghean")
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    said = f"replica: {option} baonghean: `newscrawl replica --list` prints the names\n"
    assert done.stderr == said


def status(port: int, host: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/robots.txt", headers={"Host": host})
        return connection.getresponse().status
    finally:
        connection.close()
