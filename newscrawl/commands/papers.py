"""`scrapy papers`: the catalogue as a table."""

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any

from scrapy.exceptions import UsageError

from newscrawl.catalogue.entries import CatalogueEntry, catalogue
from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.text_table import text_table
from newscrawl.crawl.newspaper_spider import NewspaperSpider


class Command(NewspaperCommand):
    """List the newspapers that can be crawled, and what is known of the others."""

    def short_desc(self) -> str:
        return "List the newspapers: those with a spider, and those known"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="one JSON array instead of a table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if args:
            raise UsageError("papers takes no arguments")
        found = rows(self.newspapers(), catalogue())
        for fault in self.loader.faults.values():
            print(f"papers: {fault}", file=sys.stderr)
        say(json.dumps(found, ensure_ascii=False, indent=1) if opts.json else table(found))


def rows(
    spiders: Iterable[type[NewspaperSpider]], papers: Iterable[CatalogueEntry]
) -> list[dict[str, Any]]:
    """Return a row for each newspaper, by province, those with a spider first in each.

    A spider whose domain the catalogue does not know has a row without CMS and evidence.
    """
    entries, declared = list(papers), list(spiders)
    by_host = {host: spider for spider in declared for host in spider.hosts}
    found = [_row(paper, by_host.get(paper.domain)) for paper in entries]
    known = {paper.domain for paper in entries}
    provinces = {paper.province_code: paper.province for paper in entries}
    for spider in declared:
        if known.isdisjoint(spider.hosts):
            code = spider.provinces[0] if spider.provinces else ""
            found.append(
                {
                    "name": spider.name,
                    "title": spider.title,
                    "domain": spider.domain,
                    "province": provinces.get(code, ""),
                    "province_code": code,
                    "cms": "",
                    "sections": len(spider.sources),
                    "evidence": "",
                }
            )
    return sorted(found, key=lambda row: (row["province_code"], not row["name"]))


def _row(paper: CatalogueEntry, spider: type[NewspaperSpider] | None) -> dict[str, Any]:
    return {
        "name": spider.name if spider else "",
        "title": paper.paper,
        "domain": paper.domain,
        "province": paper.province,
        "province_code": paper.province_code,
        "cms": paper.cms,
        "sections": len(spider.sources) if spider else len(paper.sections),
        "evidence": paper.evidence,
    }


def table(found: list[dict[str, Any]]) -> str:
    """Return the rows for a terminal; the first column is what `scrapy crawl` takes."""
    columns = ("name", "title", "domain", "province", "cms", "sections", "evidence")
    cells = [columns, *(tuple(str(row[c]) or "–" for c in columns) for row in found)]
    count = sum(1 for row in found if row["name"])
    told = f"{count} of {len(found)} have a spider: scrapy crawl NAME"
    return "\n".join([text_table(cells), "", told])
