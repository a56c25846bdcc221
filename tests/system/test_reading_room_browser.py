"""A real browser shows a hostile archive in the reading room, and nothing in it runs."""

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.published import publish
from tests.unit.research.test_exports import NEW_YEAR, row

pytestmark = pytest.mark.thorough
SCRIPT = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
_START_MAX_S = 120.0


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("browser")
    publish(
        home / "output", "baothu", [row(1, NEW_YEAR, headline=SCRIPT, lead=SCRIPT, body=SCRIPT)]
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [sys.executable, "-m", "newscrawl.cli.main", "serve", str(home / "output")]
    environment = {"XDG_CACHE_HOME": str(home), "PATH": "/usr/bin:/bin", "HOME": str(home)}
    with subprocess.Popen([*call, "--port", str(port)], env=environment) as server:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < _START_MAX_S:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the reading room did not open")


@pytest.mark.parametrize("path", ["/", "/article?id=baothu:1", "/?q=title"])
def test_a_hostile_article_runs_nothing_in_a_browser(room: str, tmp_path: Path, path: str) -> None:
    browser = shutil.which("chromium")
    assert browser, "Debian's package chromium is needed: .ci/run installs it"
    shown = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            f"--user-data-dir={tmp_path}", "--virtual-time-budget=3000", "--dump-dom", room + path,
        ],
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    ).stdout  # fmt: skip
    assert "='taken'" in shown  # as text
    title = re.search(r"<title>(.*?)</title>", shown, re.DOTALL)
    assert title is not None
    assert title[1].strip() != "taken"
    assert "<img" not in shown
