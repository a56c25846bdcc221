"""Write the pictures of the reading room, the coverage page and the status page.

The first two show an archive of the demo, the third one of invented newspapers.

    python docs/make_screenshots.py output/demo

Needs Chromium (Debian's package `chromium`) and the extras `research` and `web`.
"""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Final

from example_status import TITLES, example_status

from newscrawl.cli.status_page import status_page
from newscrawl.research.archive_view import open_view

_STATIC: Final = Path(__file__).parent / "_static"
_BROWSER: Final = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
_START_MAX_S: Final = 300.0
_SEARCH: Final = "/?q=%22%C4%91%E1%BB%93ng+b%C3%A0o%22"


def picture(address: str, name: str, width: int, height: int) -> None:
    """Write a picture of the page at an address, that many pixels wide and high."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                *_BROWSER,
                f"--user-data-dir={profile}",
                f"--screenshot={_STATIC / name}",
                f"--window-size={width},{height}",
                address,
            ],
            check=True,
            capture_output=True,
        )


def both(address: str, name: str, height: int, phone_height: int = 1100) -> None:
    """Write a picture as a desktop and one as a phone shows the page."""
    picture(address, f"{name}.png", 1200, height)
    picture(address, f"{name}-phone.png", 500, phone_height)


def _edited(archive: str) -> str:
    """Return the id of the shortest article that was edited."""
    rows = (row for row in open_view(Path(archive)).rows() if row["revision"] > 1)
    return str(min(rows, key=lambda row: len(row["body"]))["id"])


def main(archive: str) -> None:
    """Serve the archive, take the pictures, stop."""
    newscrawl = str(Path(sys.executable).with_name("newscrawl"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = f"http://127.0.0.1:{port}"
    with subprocess.Popen([newscrawl, "serve", archive, "--port", str(port)]) as server:
        try:
            page = _page(f"{home}{_SEARCH}")
            first = page.partition("/article?")[2].partition('"')[0].replace("&amp;", "&")
            both(f"{home}{_SEARCH}&lang=vi", "reading-room-search", 900)
            both(f"{home}/article?{first}&lang=en", "reading-room-article", 1000)
            edited = f"{home}/article?id={_edited(archive)}&lang=en"
            both(edited, "reading-room-diff", 1250, 1800)
        finally:
            server.terminate()
    with tempfile.TemporaryDirectory() as place:
        found = Path(place) / "coverage.html"
        subprocess.run([newscrawl, "coverage", archive, "-o", str(found)], check=True)
        both(found.as_uri(), "coverage", 1000)
        status = Path(place) / "status.html"
        status.write_text(status_page(example_status(), TITLES), encoding="utf-8")
        picture(status.as_uri(), "status.png", 1200, 760)
        picture(status.as_uri(), "status-phone.png", 500, 1100)


def _page(address: str) -> str:
    begun = time.monotonic()
    while True:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310  (our own server)
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() - begun > _START_MAX_S:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    main(sys.argv[1])
