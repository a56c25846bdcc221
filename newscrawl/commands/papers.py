"""`scrapy papers`: the catalogue as a table."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any, Final

from scrapy.exceptions import UsageError

from newscrawl.catalogue.entries import CatalogueEntry, catalogue
from newscrawl.cli.command_base import NewspaperCommand, say
from newscrawl.cli.text_table import text_table
from newscrawl.config.program import program
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.day_archive import DayArchive
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Source
from newscrawl.discovery.wordpress import WordPress

_HEAD: Final = ("name", "title", "domain", "code", "cms", "evidence", "sources")
_LEGEND: Final = """\
code      province since July 2025, in the list of the Statistics Office
cms       A, A1 to A3 VNPT · B the CMS before it · C ePi · D ONECMS · E1, E2 content-fck
          F MEDIATECH · G Thanh Hóa, Phú Thọ · K Tuyên Quang before 2025 · ? a guess
          H, I, J, L, own: a system of one or two papers, read by structure
evidence  H pages were read, or two crawlers agree · M one present source · L old or thin
sources   section: lists of the CMS · guessed: pages on which the generic reader looks for titles
          feed, sitemap, posts, days: as named · closed: of a former CMS or a merged paper"""


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
                    "sources": sources_of(spider),
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
        "sources": sources_of(spider) if spider else "",
        "evidence": paper.evidence,
    }


def table(found: list[dict[str, Any]]) -> str:
    """Return the rows for a terminal; the first column is what `scrapy crawl` takes."""
    columns = ("name", "title", "domain", "province_code", "cms", "evidence", "sources")
    cells = [columns, *(tuple(str(row[c]) or "–" for c in columns) for row in found)]
    count = sum(1 for row in found if row["name"])
    told = f"{count} of {len(found)} have a spider: {program()} crawl NAME"
    return "\n".join([text_table([_HEAD, *cells[1:]]), "", _LEGEND, "", told])


def sources_of(newspaper: type[NewspaperSpider]) -> str:
    """Return how many sources of each kind a newspaper has, and how many are of a former CMS."""
    kinds = Counter(kind_of(source) for source in newspaper.sources)
    closed = sum(source.closed is not None for source in newspaper.sources)
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    return f"{told}; {closed} closed" if closed else told


def kind_of(source: Source) -> str:
    """Return what kind of source this is, in one word.

    >>> [kind_of(source) for source in (Feed("/rss/home.rss"), GenericSection("/"))]
    ['feed', 'guessed']
    """
    kinds: tuple[tuple[type[Source], str], ...] = (
        (Feed, "feed"), (Sitemap, "sitemap"), (WordPress, "posts"), (DayArchive, "days"),
        (GenericSection, "guessed"),
    )  # fmt: skip
    return next((kind for cls, kind in kinds if isinstance(source, cls)), "section")
