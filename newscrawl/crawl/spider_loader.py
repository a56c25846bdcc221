"""Scrapy's loader of spiders, in which one newspaper's fault is no other's."""

import inspect
import re
import traceback
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Final, Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.utils.spider import iter_spider_classes

from newscrawl.crawl.found_newspaper import found_in
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import DeclarationError
from newscrawl.page.class_attributes import PROJECT, declared_at, place, syntax_fault

Names = list[str]
IMPORT_FAULTS: Final = (
    DeclarationError,
    ImportError,
    SyntaxError,
    NameError,
    AttributeError,
    TypeError,
    ValueError,
    LookupError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
)
"""Errors of importing a wrong declaration; the fault stands in a newspaper's file or its CMS's"""


class NewspaperLoader:
    """The newspapers by name; one whose declaration is not right is known, and cannot be run."""

    def __init__(self, packages: Mapping[str, ModuleType], archive: Path | None = None) -> None:
        """Load the packages' newspapers, and those that were found by address into the archive."""
        self.faults: dict[str, str] = {}
        """What is wrong in one line, by the name of the newspaper's module"""
        self._spiders: dict[str, type[Spider]] = {}
        for package in packages.values():
            for name in _modules(package):
                self._load(name)
        if archive is not None:
            self._load_found(archive)

    def _load_found(self, archive: Path) -> None:
        """Load the newspapers that have a `sources.json`, but for those declared meanwhile."""
        owned = {host for one in self._spiders.values() for host in getattr(one, "hosts", ())}
        for name, found in found_in(archive):
            if name in self._spiders or name in self.faults:
                continue
            if isinstance(found, str):
                self.faults[name] = found
            elif owned.isdisjoint(found.hosts):
                self._spiders[name] = found

    def _load(self, name: str) -> None:
        stem = name.rpartition(".")[2]
        try:
            module = import_module(name)
        except IMPORT_FAULTS as error:
            self.faults[stem] = fault_of(error, name)
            return
        spiders = list(iter_spider_classes(module))
        if not spiders:
            at = place(module.__file__ or name)
            self.faults[stem] = f"{at}: no newspaper: declare a subclass of NewspaperSpider"
        for spider in spiders:
            if not issubclass(spider, NewspaperSpider):
                what = f"{spider.__name__} is no newspaper"
                self.faults[stem] = f"{declared_at(spider)}: {what}: derive it from NewspaperSpider"
            other = self._spiders.setdefault(spider.name, spider)
            if other is not spider:
                what = f"{spider.name!r} is the name of {declared_at(other)} too"
                self.faults[stem] = f"{declared_at(spider, 'name')}: {what}: name one otherwise"

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Return the loader of the packages in `SPIDER_MODULES` and of the folder `ARCHIVE`."""
        packages = {name: import_module(name) for name in settings.getlist("SPIDER_MODULES")}
        archive = settings["ARCHIVE"]
        return cls(packages, Path(archive) if archive else None)

    def load(self, spider_name: str) -> type[Spider]:
        """Return the spider of that name.

        Raises:
            DeclarationError: Its declaration is not right.
            KeyError: There is none of that name.
        """
        if spider_name in self.faults:
            raise DeclarationError(self.faults[spider_name])
        return self._spiders[spider_name]

    def check_host(self, host: str) -> None:
        """Raise `DeclarationError` where the declaration of the host's newspaper is not right.

        A class that could not be made states no hosts: its name is the first label of its domain.
        """
        name = re.sub(r"^(?:www|m)\.", "", host).partition(".")[0]
        if name in self.faults:
            raise DeclarationError(self.faults[name])

    def take(self, newspaper: type[NewspaperSpider]) -> None:
        """Know a newspaper that was found by its address, in the place of an earlier one."""
        self.faults.pop(newspaper.name, None)
        self._spiders[newspaper.name] = newspaper

    def list(self) -> Names:
        """Return the names of the newspapers that can be run, sorted."""
        return sorted(self._spiders.keys() - self.faults.keys())

    def find_by_request(self, request: Request) -> Names:
        """Return the names of the newspapers that a request's address belongs to."""
        return [name for name in self.list() if self._spiders[name].handles_request(request)]


def _modules(package: ModuleType) -> Iterator[str]:
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        yield found.name


def fault_of(error: BaseException, name: str) -> str:
    """Return an error of importing the module `name` in one line: where, what, what to do."""
    if isinstance(error, DeclarationError):
        return str(error)
    if isinstance(error, SyntaxError):
        return syntax_fault(error)
    said = " ".join(str(error).split())
    return f"{_declaration_line(error, name)}: {type(error).__name__}: {said}: mend this line"


def _declaration_line(error: BaseException, name: str) -> str:
    """Return the innermost line outside of functions: there a declaration is at work.

    An error that a function raises is told at the line of the file that called the function.
    """
    root = Path(name.replace(".", "/")).parts[0]
    found = name
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        is_own = path.is_relative_to(PROJECT / "newscrawl") or root in path.parts
        if is_own and not frame.f_code.co_flags & inspect.CO_OPTIMIZED:
            found = place(path, line)
    return found
