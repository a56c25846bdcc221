"""`scrapy checkall`: the project's conventions, offline."""

import argparse
import json
import sys
from itertools import chain
from pathlib import Path

from scrapy.exceptions import UsageError

import newscrawl
from newscrawl.article.item_schema import disk_schema
from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.project.conventions import (
    check_families,
    check_fixtures,
    check_modules,
    check_newspapers,
    check_schema,
    check_settings,
    check_tree,
)


class Command(NewspaperCommand):
    """Checks what a person would have to remember."""

    def short_desc(self) -> str:
        return "Check every newspaper and the code against the project's conventions, offline"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--write", action="store_true", help="write article.schema.json anew")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("checkall takes no arguments")
        package = Path(newscrawl.__file__).parent
        if opts.write:
            text = json.dumps(disk_schema(), ensure_ascii=False, indent=2) + "\n"
            (package / "article.schema.json").write_text(text, encoding="utf-8")
        newspapers = self.newspapers()
        root = package.parent
        fixtures = root / "tests" / "fixtures"
        checks = [
            iter(self.loader.faults.values()),
            check_modules(package),
            check_newspapers(newspapers, fixtures),
            check_schema(package),
            check_settings(package),
        ]
        if fixtures.is_dir():
            checks += [
                check_fixtures(fixtures),
                check_families(newspapers, fixtures),
                check_tree(root),
            ]
        problems = list(chain.from_iterable(checks))
        for problem in problems:
            print(problem, file=sys.stderr)
        say(f"checkall: {len(newspapers)} newspapers, {len(problems)} problems")
        self.exitcode = 1 if problems else 0
