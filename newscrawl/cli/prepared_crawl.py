"""A crawl that is ready to begin: everything that can be wrong before a request is checked."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scrapy.crawler import Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol

from newscrawl.archive.newspaper_archive import Archive, open_archive
from newscrawl.cli.command_base import Newspaper, newspaper_named
from newscrawl.cli.kept_ids import check_archive_ids
from newscrawl.crawl.archive_options import archive_options
from newscrawl.crawl.gc_tuning import collect_rarely
from newscrawl.crawl.run_keeper import RunKeeper
from newscrawl.discovery.arguments import read_arguments
from newscrawl.http.user_agent import checked_contact, user_agent
from newscrawl.monitoring.run_report import RunReport


@dataclass(frozen=True, slots=True)
class PreparedCrawl:
    """A crawler with its open archive, which the run closes."""

    crawler: Crawler
    archive: Archive
    arguments: dict[str, object] = field(default_factory=dict)
    """Arguments of the spider"""

    def report(self) -> RunReport | None:
        """Return the report of the crawl; None before its end, and where it broke before one."""
        keeper = self.crawler.get_extension(RunKeeper)
        return keeper.report if keeper is not None else None


def prepare_crawl(
    name: str,
    given: Mapping[str, object],
    settings: Settings,
    loader: SpiderLoaderProtocol,
    create: Callable[[Newspaper, Settings], Crawler] = Crawler,
) -> PreparedCrawl:
    """Open the newspaper's archive, and return its crawler, ready to begin.

    Args:
        name: Name, host or address of a newspaper.
        given: The arguments of the crawl, as -a states them.
        settings: The settings of the process; the crawl gets a copy of its own.
        loader: Knows the newspapers.
        create: Makes the crawler.

    Raises:
        NewscrawlError: Something is wrong with the name, an argument, the contact, the archive or
            the ids that it keeps.
    """
    newspaper = newspaper_named(loader, name)
    texts = {key: str(value) for key, value in given.items()}
    read_arguments(texts, {source.path for source in newspaper.sources})
    contact = settings["CONTACT"]
    if not settings["MIRROR"]:
        contact = checked_contact(contact)
    own = settings.copy()
    own.set("USER_AGENT", user_agent(contact), priority="cmdline")
    archive = open_archive(archive_options(own), newspaper.name, newspaper.key_of)
    check_archive_ids(newspaper, archive)
    # A host that does not answer is judged by the last good robots.txt for a day.
    own.set("ROBOTS_FOLDER", str(archive.folder / "state" / "robots"), "cmdline")
    return PreparedCrawl(create(newspaper, own), archive, {**given, "archive": archive})


def make_ready(log_level: str) -> None:
    """Tune the process for crawls: the collector runs rarely, records nobody reads are not made."""
    # Without a level Scrapy makes every record and drops it at the handler: 5 % of a crawl.
    logging.getLogger("scrapy").setLevel(log_level)
    collect_rarely()
