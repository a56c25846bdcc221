"""Whole commands, run as a person runs them."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.support.forkserver import run_module
from tests.support.paths import ROOT

Scrapy = Callable[..., subprocess.CompletedProcess[str]]
LOOPBACK = ("-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8")
_OF_THE_START = ("PYTHON", "LANG", "LC_")  # the interpreter reads them as it starts


class Launch:
    """How `run_scrapy` starts a command."""

    is_warm = False
    """From a warm interpreter; the thorough run starts a new one each time"""


def run_scrapy(
    *args: str, env: Mapping[str, str] | None = None, timeout: float = 300
) -> subprocess.CompletedProcess[str]:
    """`scrapy` in the project's folder with no input, no terminal and no contact in the air."""
    return run_program("scrapy", *args, env=env, timeout=timeout)


def run_program(
    module: str,
    *args: str,
    env: Mapping[str, str] | None = None,
    timeout: float = 300,
    cwd: Path = ROOT,
) -> subprocess.CompletedProcess[str]:
    """`python -m MODULE` in the project's folder or another, as `run_scrapy` does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("NEWSCRAWL_")}
    given = dict(env or {})
    if Launch.is_warm and not any(name.startswith(_OF_THE_START) for name in given):
        return run_module(module, *args, cwd=cwd, env=kept | given, timeout_s=timeout)
    return subprocess.run(
        [sys.executable, "-m", module, *args],
        cwd=cwd,
        env=kept | given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
