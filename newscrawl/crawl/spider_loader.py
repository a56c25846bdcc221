"""Scrapy's loader of spiders, in which one newspaper's fault is no other's."""

import traceback
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Final, Self

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.utils.spider import iter_spider_classes

from newscrawl.exceptions import DeclarationError

Names = list[str]
# What importing a declaration raises that is not right. None of them is a fault of this program:
# they stand in the newspaper's file, and its line is told.
_FAULTS: Final = (
    DeclarationError,
    ImportError,
    SyntaxError,
    NameError,
    AttributeError,
    TypeError,
    ValueError,
)


class NewspaperLoader:
    """The newspapers by name; those whose declaration is not right are known, and cannot be run."""

    def __init__(self, packages: Mapping[str, ModuleType]) -> None:
        self.faults: dict[str, str] = {}
        """What is wrong in one line, by the name of the newspaper's module"""
        self._spiders: dict[str, type[Spider]] = {}
        for package in packages.values():
            for name in _modules(package):
                self._load(name)

    def _load(self, name: str) -> None:
        stem = name.rpartition(".")[2]
        try:
            module = import_module(name)
        except _FAULTS as error:
            self.faults[stem] = said_of(error, name)
            return
        for spider in iter_spider_classes(module):
            other = self._spiders.setdefault(spider.name, spider)
            if other is not spider:
                self.faults[stem] = f"{name}: {spider.name} is the name of {other.__module__} too"

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """The loader of the packages in `SPIDER_MODULES`."""
        return cls({name: import_module(name) for name in settings.getlist("SPIDER_MODULES")})

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of that name.

        Raises `DeclarationError` where its declaration is not right, KeyError where there is none.
        """
        if spider_name in self.faults:
            raise DeclarationError(self.faults[spider_name])
        return self._spiders[spider_name]

    def list(self) -> Names:
        """The names of the newspapers that can be run, sorted."""
        return sorted(self._spiders.keys() - self.faults.keys())

    def find_by_request(self, request: Request) -> Names:
        """The names of the newspapers that a request's address belongs to."""
        return [name for name in self.list() if self._spiders[name].handles_request(request)]


def _modules(package: ModuleType) -> Iterator[str]:
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        yield found.name


def said_of(error: BaseException, name: str) -> str:
    """An error of a module in one line, with the place in its file where one is known."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame.lineno for frame in frames if frame.filename.endswith(_file(name))]
    line = error.lineno if isinstance(error, SyntaxError) else next(reversed(own), None)
    place = f"{name}, line {line}" if line else name
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    kind = "" if isinstance(error, DeclarationError) else f"{type(error).__name__}: "
    return f"{place}: {kind}{' '.join(said.split())}"


def _file(name: str) -> str:
    return f"{name.replace('.', '/')}.py"
