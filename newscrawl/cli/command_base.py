"""The base of our commands: newspapers by name, errors as one line and an exit code."""

import argparse
import io
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoaderProtocol

from newscrawl.catalogue.entries import catalogue
from newscrawl.cli.newspaper_names import hint, host_of, name_of_host
from newscrawl.cli.setting_check import setting_faults, use_file
from newscrawl.config.operator_file import OperatorSettings, file_fault
from newscrawl.config.program import to_type
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.spider_loader import NewspaperLoader
from newscrawl.discovery.arguments import NAMES as ARGUMENTS
from newscrawl.exceptions import (
    ArchiveBusyError,
    ArchiveError,
    ArgumentError,
    ClusterLostError,
    DeclarationError,
    ExtractionError,
    IncompletePageError,
    NewscrawlError,
    NotAnArticleError,
    SiteLookError,
)
from newscrawl.exit_codes import ExitCode
from newscrawl.text import clean
from newscrawl.urls.url_parts import BadAddressError

Newspaper = type[NewspaperSpider]


class UnknownNameError(ArgumentError):
    """No newspaper has the name, host or address that a person gave."""


class CheckedCommand(ScrapyCommand):
    """A command that begins only when every setting is right."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--config", metavar="FILE", help="the operator's file (default: newscrawl.toml)"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take the options, and end the process with one line a fault where a setting is wrong."""
        assert self.settings is not None
        prepare_streams()
        if opts.config is not None:
            if missing := file_fault(opts.config):
                self.tell(f"--config {opts.config}: {missing}", ExitCode.USAGE)
                sys.exit(ExitCode.USAGE)
            use_file(self.settings, opts.config)
        super().process_options(args, opts)
        faults = [*unknown_options(args), *self.setting_faults()]
        for fault in faults:
            print(f"{self.command_name}: {clean(fault)}", file=sys.stderr)
        if faults:
            sys.exit(ExitCode.USAGE)

    def setting_faults(self) -> Iterator[str]:
        """Yield what is wrong with the settings and the operator's file, a line each."""
        assert self.settings is not None
        yield from setting_faults(self.settings)
        yield from unknown_names(self.settings)

    @property
    def command_name(self) -> str:
        return type(self).__module__.rpartition(".")[2]

    def tell(self, said: str, code: int) -> None:
        """Print an error, and set the exit code."""
        print(f"{self.command_name}: {clean(said)}", file=sys.stderr)
        self.exitcode = code


class NewspaperCommand(CheckedCommand):
    """A command about newspapers and their archives."""

    requires_project = True
    requires_crawler_process = False

    @cached_property
    def loader(self) -> NewspaperLoader:
        assert self.settings is not None
        return NewspaperLoader.from_settings(self.settings)

    def newspapers(self) -> list[Newspaper]:
        """Return every newspaper whose declaration is right, by name."""
        found = (self.loader.load(name) for name in self.loader.list())
        return [spider for spider in found if issubclass(spider, NewspaperSpider)]

    def newspaper(self, name: str) -> Newspaper:
        """Return the newspaper of that name; raise `ArgumentError` or `DeclarationError`."""
        return newspaper_named(self.loader, name)

    def folder(self, name: str) -> Path:
        """Return the newspaper's archive; raise `ArgumentError` where it has none."""
        assert self.settings is not None
        folder = Path(self.settings["ARCHIVE"]) / name
        if not folder.is_dir():
            began = f"{to_type(f'crawl {name}')} begins one"
            raise ArgumentError(f"{name} has no archive: {folder} is not there: {began}")
        return folder

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Tell an error of the block as one line on stderr, and set the exit code of its kind."""
        try:
            yield
        except NewscrawlError as error:
            self.tell(str(error), code_of(error))
        except BadAddressError as error:
            self.tell(str(error), ExitCode.USAGE)
        except OSError as error:
            self.tell(f"{error.filename}: {error.strerror}", ExitCode.USAGE)


def say(text: object) -> None:
    """Print a result; the result goes nowhere where its reader has gone (`| head`).

    Where the output cannot be written, standard error says so once, and the command goes on.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            print(f"the output cannot be written: {error.strerror}", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare_streams() -> None:
    """Make printing safe: letters a locale lacks are escaped, a closed stream takes everything."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def unknown_options(args: Collection[str]) -> Iterator[str]:
    """Yield the options that the command does not know, with what may have been meant."""
    for arg in args:
        if arg.startswith("-") and arg != "-":
            name = arg.partition("=")[0].lstrip("-")
            remedy = f"write -a {name}=…" if name in ARGUMENTS else "-h lists the options"
            yield f"{arg}: no such option: {remedy}"


def only_newspaper(args: list[str]) -> str:
    """Return the only name a command was given; raise `UsageError` for none or several."""
    if len(args) != 1:
        raise UsageError(f"one newspaper; {to_type('papers')} lists them")
    return args[0]


def newspaper_named(loader: SpiderLoaderProtocol, name: str) -> Newspaper:
    """Return the newspaper of that name, host or address.

    Raises:
        ArgumentError: There is none; the text helps to find the one that was meant.
        DeclarationError: Its declaration is not right.
    """
    try:
        spider = loader.load(name)
    except KeyError:
        names = loader.list()
        known = [one for one in map(loader.load, names) if issubclass(one, NewspaperSpider)]
        own = name_of_host(name, {host: one.name for one in known for host in one.hosts})
        if own is None and isinstance(loader, NewspaperLoader):
            loader.check_host(host_of(name))
        if own is None:
            said = hint(name, names, catalogue())
            raise UnknownNameError(f"no newspaper is named {name!r}: {said}") from None
        spider = loader.load(own)
    if not issubclass(spider, NewspaperSpider):
        raise ArgumentError(f"{name} is not a newspaper")
    return spider


def unknown_names(settings: BaseSettings) -> Iterator[str]:
    """Yield the names in the operator's file that are no newspaper's, with the nearest one."""
    operator: OperatorSettings = settings["OPERATOR"]
    if not operator.named:
        return
    loader = NewspaperLoader.from_settings(settings)
    for name, place, others in operator.named:
        try:
            newspaper_named(loader, name)
        except DeclarationError:
            continue  # its own run tells the fault
        except UnknownNameError as error:
            near = get_close_matches(name, others, 1)
            said = f"unknown setting: did you mean {near[0]}?" if near else str(error)
            yield f"{place}: {said}"


def code_of(error: NewscrawlError) -> int:
    """Return the exit code of an error that ended a command."""
    if isinstance(error, SiteLookError):
        return error.code
    if isinstance(error, ArchiveBusyError):
        return ExitCode.BUSY
    if isinstance(error, ArchiveError):
        return ExitCode.ARCHIVE_ERROR
    if isinstance(error, ClusterLostError):
        return ExitCode.BOUND_REACHED
    if isinstance(error, IncompletePageError | ExtractionError | NotAnArticleError):
        return ExitCode.DEGRADED
    return ExitCode.USAGE
