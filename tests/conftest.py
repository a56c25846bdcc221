"""What every test may ask for, and how hypothesis looks for examples."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.strategies import SearchStrategy

from newscrawl.items import Article
from tests.support.articles import any_article, make_article
from tests.support.commands import Launch, Scrapy, run_scrapy
from tests.support.halves import QUICK, REST, is_left_out
from tests.support.paths import ROOT

# The same examples on every machine: a red run means a change, not luck. Fuzzing looks further.
_STEADY = settings(
    derandomize=True,
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("quick", _STEADY, max_examples=25)
settings.register_profile("thorough", _STEADY, max_examples=150)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough",
        action="store_true",
        help="the whole suite: tests marked `thorough` too, six times the examples",
    )
    parser.addoption(
        "--thorough-only",
        action="store_true",
        help="of --thorough what a run without a flag leaves out",
    )
    parser.addoption(
        "--lower-quality-floor",
        metavar="REASON",
        help="pin today's exact-match rates, worse ones too, with the reason why they fell",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Leave out what is marked `thorough` unless a flag, -m or a path asks for it."""
    _share_bytecode()
    is_rest = config.getoption("--thorough-only")
    Launch.is_warm = not config.getoption("--thorough")
    if is_rest or config.getoption("--thorough"):
        settings.load_profile("thorough")
    if config.option.markexpr:
        return
    if is_rest:
        config.option.markexpr = REST
    elif not (
        config.getoption("--thorough") or config.args_source is pytest.Config.ArgsSource.ARGS
    ):
        config.option.markexpr = QUICK


def _share_bytecode() -> None:
    """Have the run's processes write __pycache__, though PYTHONDONTWRITEBYTECODE is set.

    A command that compiles its 300 modules anew takes 2.9 s of processor time, with them 1.3 s.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out, unread, a file without a test for this half; None lets others decide."""
    if collection_path.suffix != ".py":
        return None
    return is_left_out(collection_path.read_text("utf-8"), config.option.markexpr) or None


def _written() -> dict[Path, int]:
    """Every file and folder of the checkout's archive with its time of change."""
    found = (ROOT / "output").rglob("*")
    return {path: path.lstat().st_mtime_ns for path in found if path.name != ".gitignore"}


BEFORE: Final = pytest.StashKey[dict[Path, int]]()


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.stash[BEFORE] = _written()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that leaves anything in output/: tests write into temporary folders alone."""
    is_worker = hasattr(session.config, "workerinput")
    changed = _written().items() - session.config.stash[BEFORE].items()
    if changed and not is_worker:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        paths = sorted(str(path.relative_to(ROOT)) for path, _at in changed)
        print(f"\nthe suite, or a crawl beside it, wrote {', '.join(paths[:5])}")


@pytest.fixture(scope="session")
def scrapy() -> Scrapy:
    return run_scrapy


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    return make_article


@pytest.fixture(scope="session")
def articles() -> SearchStrategy[Article]:
    return any_article()
