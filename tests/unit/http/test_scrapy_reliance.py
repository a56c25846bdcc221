"""What newscrawl relies on in Scrapy beyond its documentation: a new release is met on purpose.

pyproject.toml pins Scrapy's minor version. When the pin moves, this file names what to look at.
"""

import ast
import inspect
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from scrapy import cmdline
from scrapy.core.downloader.handlers._aiohttp import AiohttpDownloadHandler, _ClientResponse
from scrapy.core.engine import ExecutionEngine
from scrapy.crawler import Crawler
from scrapy.statscollectors import MemoryStatsCollector
from scrapy.utils.spider import iter_spider_classes

from newscrawl.http.download_handler import NewspaperHandler
from tests.support.paths import ROOT

# By module: the names with a leading underscore that it takes from Scrapy.
PRIVATE = {
    "newscrawl/http/download_handler.py": {
        "scrapy.core.downloader.handlers._aiohttp",  # the handler that is subclassed
        "_ClientResponse",
        "_peername",  # the address that answered
    },
    "newscrawl/http/tls_context.py": {"_make_ssl_context"},  # with what Scrapy's settings say
    "newscrawl/http/middlewares/throttle.py": {"_slot"},  # whether the run begins to close
    "newscrawl/commands/__init__.py": {"_print_commands"},  # the list of commands is ours
}
# Methods that the handler overrides and attributes that it reads, by what they take.
OVERRIDDEN = {"_make_request": ["request", "timeout"], "_read_response": ["response", "request"]}
READ = (
    "_bind_address",
    "_default_maxsize",
    "_pool_size_per_host",
    "_pool_size_total",
    "_session",
    "_ssl_context",
)


def private_names(path: Path) -> set[str]:
    """The underscored names that a module takes from Scrapy, or asks of an object not its own."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scrapy"):
            found |= {alias.name for alias in node.names if alias.name.startswith("_")}
            if "._" in (node.module or ""):
                found.add(node.module or "")
    text = path.read_text()
    known = ("_peername", "_slot", "_print_commands")
    found |= {name for name in known if f".{name}" in text}
    return found


def test_scrapy_is_the_version_that_was_looked_at() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert "scrapy>=2.19,<2.20" in declared
    assert version("scrapy").startswith("2.19.")


def test_these_private_names_and_no_others_are_used() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): names
        for path in sorted((ROOT / "newscrawl").rglob("*.py"))
        if (names := private_names(path))
    }
    assert found == PRIVATE


@pytest.mark.parametrize(("name", "takes"), OVERRIDDEN.items())
def test_the_handlers_steps_are_called_as_they_were(name: str, takes: list[str]) -> None:
    theirs = inspect.signature(getattr(AiohttpDownloadHandler, name))
    ours = inspect.signature(getattr(NewspaperHandler, name))
    assert list(theirs.parameters)[1:] == takes == list(ours.parameters)[1:]


def test_the_handler_still_has_what_ours_reads() -> None:
    sources = "".join(
        inspect.getsource(cls)
        for cls in AiohttpDownloadHandler.__mro__
        if cls.__module__.startswith("scrapy.")
    )
    assert [name for name in READ if f"self.{name}" not in sources] == []
    assert "_peername" in vars(_ClientResponse)
    assert AiohttpDownloadHandler.experimental


def test_the_engine_still_tells_that_it_closes() -> None:
    source = inspect.getsource(ExecutionEngine)
    assert "self._slot" in source
    assert "closing" in source
    for name in ("stop_async", "close_spider_async", "download_async"):
        assert inspect.iscoroutinefunction(getattr(ExecutionEngine, name))
    assert "self.crawling" in inspect.getsource(Crawler)


def test_the_list_of_commands_is_still_printed_by_one_function() -> None:
    assert list(inspect.signature(cmdline.execute).parameters) == ["argv", "settings"]
    assert "_print_commands(settings, inproject)" in inspect.getsource(cmdline.execute)


def test_a_commands_parser_is_still_made_by_its_name_with_scrapys_usage() -> None:
    made = inspect.getsource(cmdline.execute)
    assert "parser = ScrapyArgumentParser(" in made
    assert 'usage=f"scrapy {cmdname} {cmd.syntax()}"' in made


def test_a_counter_is_still_a_plain_dictionary() -> None:
    assert "self._stats" in inspect.getsource(MemoryStatsCollector.inc_value)


def test_spider_classes_are_still_found_in_a_module() -> None:
    assert list(inspect.signature(iter_spider_classes).parameters) == ["module"]
