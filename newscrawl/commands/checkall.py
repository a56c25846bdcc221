"""`scrapy checkall`: the project's conventions, offline."""

import argparse
import json
import sys
from collections.abc import Iterable
from functools import cached_property
from importlib import import_module
from itertools import chain
from pathlib import Path

from scrapy.exceptions import UsageError

import newscrawl
from newscrawl import cms
from newscrawl.article.item_schema import PUBLISHED_SCHEMAS
from newscrawl.catalogue.entries import catalogue
from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.config.program import to_type
from newscrawl.crawl.spider_loader import NewspaperLoader
from newscrawl.project import conventions, line_table
from newscrawl.text import counted


class Command(NewspaperCommand):
    """Check what a person would have to remember."""

    def short_desc(self) -> str:
        return "Check every newspaper and the code against the project's conventions, offline"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--write",
            action="store_true",
            help="write the published schemas anew",
        )
        parser.add_argument(
            "--bare",
            action="store_true",
            help="name the newspapers without fixtures of their own",
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("checkall takes no arguments")
        package = Path(newscrawl.__file__).parent
        if opts.write:
            for name, schema in PUBLISHED_SCHEMAS.items():
                text = json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"
                (package / name).write_text(text, encoding="utf-8")
        # The same fault met by several newspapers of a family, or by two checks, is one problem.
        problems = dict.fromkeys(chain(self.loader.faults.values(), *self.checks(package)))
        for problem in problems:
            print(problem, file=sys.stderr)
        count = len(self.loader.list())
        say(f"checkall: {counted(count, 'newspaper')}, {counted(len(problems), 'problem')}")
        fixtures = package.parent / "tests" / "fixtures"
        if fixtures.is_dir():
            for note in conventions.outdated_notes(self.newspapers(), catalogue(), fixtures):
                say(note)
            self.note_bare(fixtures, is_named=opts.bare)
        self.exitcode = 1 if problems else 0

    def note_bare(self, fixtures: Path, *, is_named: bool) -> None:
        """Print how many newspapers rest on the fixtures of others alone, or which."""
        bare = [*conventions.bare_newspapers(self.newspapers(), fixtures)]
        if bare:
            which = ", ".join(bare) if is_named else f"{to_type('checkall --bare')} names them"
            say(f"without fixtures of their own, {counted(len(bare), 'newspaper')}: {which}")

    @cached_property
    def loader(self) -> NewspaperLoader:
        """The declared newspapers: those that were found by address are no code."""
        assert self.settings is not None
        names = self.settings.getlist("SPIDER_MODULES")
        return NewspaperLoader({name: import_module(name) for name in names})

    def checks(self, package: Path) -> list[Iterable[str]]:
        """Return the problems of each check, those of the checkout only where there is one."""
        newspapers, root = self.newspapers(), package.parent
        fixtures = root / "tests" / "fixtures"
        checks: list[Iterable[str]] = [
            conventions.check_modules(package),
            conventions.check_names(package),
            conventions.check_page_classes(cms),
            conventions.check_newspapers(newspapers),
            conventions.check_catalogue(newspapers, catalogue()),
            conventions.check_schema(package),
            conventions.check_settings(package),
            line_table.check_stations(package, newscrawl.__doc__ or ""),
        ]
        if fixtures.is_dir():
            names = {*self.loader.list(), *self.loader.faults}
            checks += [
                conventions.check_fixture_folders(names, fixtures),
                conventions.check_fixtures(fixtures),
                conventions.check_tree(root),
            ]
            if not self.loader.faults:  # fixtures of a newspaper that cannot be loaded count too
                checks.append(conventions.check_families(newspapers, fixtures))
        return checks
