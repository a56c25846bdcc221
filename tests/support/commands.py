"""Whole commands, run as a person runs them."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping

from tests.support.paths import ROOT

Scrapy = Callable[..., subprocess.CompletedProcess[str]]
LOOPBACK = ("-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8")


def run_scrapy(
    *args: str, env: Mapping[str, str] | None = None, timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """`scrapy` in the project's folder with no input, no terminal and no contact in the air."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *args],
        cwd=ROOT,
        env=kept | dict(env or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
