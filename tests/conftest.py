"""What every test may ask for, and how hypothesis looks for examples."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.strategies import SearchStrategy

from newscrawl.items import Article
from tests.support.articles import any_article, make_article
from tests.support.commands import Scrapy, run_scrapy

# The same examples on every machine: a red run means a change, not luck. Fuzzing looks further.
settings.register_profile(
    "steady",
    derandomize=True,
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--lower-quality-floor",
        metavar="REASON",
        help="pin today's exact-match rates, worse ones too, with the reason why they fell",
    )


@pytest.fixture(scope="session")
def scrapy() -> Scrapy:
    return run_scrapy


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    return make_article


@pytest.fixture(scope="session")
def articles() -> SearchStrategy[Article]:
    return any_article()
