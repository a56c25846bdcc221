"""Whole commands, run as a person runs them."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples on every machine: a red run means a change, not luck. Fuzzing looks further.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
Scrapy = Callable[..., subprocess.CompletedProcess[str]]
LOOPBACK = ("-s", "DOWNLOAD_DELAY=0", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--lower-quality-floor",
        metavar="REASON",
        help="pin today's exact-match rates, worse ones too, with the reason why they fell",
    )


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


@pytest.fixture(scope="session")
def scrapy() -> Scrapy:
    return run_scrapy
