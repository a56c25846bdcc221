"""`scrapy probe`: whether what we believe of a newspaper's site is true, in at most 40 requests."""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from scrapy.exceptions import UsageError

from newscrawl.cli.command_base import Newspaper, NewspaperCommand, UnknownNameError, say
from newscrawl.cli.expected_reading import expected_article, expected_section, unread_page
from newscrawl.cli.first_contact import (
    PROBE_REQUESTS_MAX,
    Contact,
    FirstContact,
    as_json,
)
from newscrawl.cli.site_looks import front_page, is_address, name_for
from newscrawl.cli.site_questions import Questions, questioned
from newscrawl.cli.text_table import text_table
from newscrawl.crawl.found_newspaper import spider_of
from newscrawl.crawl.found_sources import decided, shown
from newscrawl.discovery.site_look import look_at
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.exit_codes import ExitCode
from newscrawl.http.user_agent import checked_contact
from newscrawl.text import counted
from newscrawl.timestamps import utc_file_name
from newscrawl.urls.canonical import spellings
from newscrawl.urls.url_parts import read_parts

_MARKS: Final = {"as believed": "", "differs": "DIFFERS", "note": "note"}


class Command(NewspaperCommand):
    """Ask a site whether its declaration is right."""

    def syntax(self) -> str:
        return "[options] <newspaper or address>"

    def short_desc(self) -> str:
        return "First contact: is what we believe of a site true? At most 40 requests"

    def long_desc(self) -> str:
        return (
            "Asks robots.txt, the front page, the newspaper's lists, their older pages (or list"
            " API), a feed and a sitemap, and up to 20 articles, with a crawl's manners, and says"
            " line by line whether each is as believed. The folder that it writes holds the report"
            " (text and JSON) and the pages as unchecked fixtures; attach it to an issue. For an"
            " address that nobody declared, the probe asks of what a look finds. Exit code 0: all"
            " is as believed; 3: something differs; 4: the site cannot be reached; 6: robots.txt"
            " forbids it or cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--to", metavar="FOLDER", help="folder of the report (default: below the archives)"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("one newspaper or address")
        with self.telling():
            self.probe(args[0], opts.to)

    def probe(self, given: str, to: str | None) -> None:
        """Ask the site, write the folder, print the table and set the exit code."""
        assert self.settings is not None
        newspaper = self.known(given)
        front = f"https://{newspaper.domain}/" if newspaper else front_page(given)
        if not self.settings["MIRROR"]:
            checked_contact(self.settings["CONTACT"])
        began = datetime.now(UTC)
        name = newspaper.name if newspaper else name_for(front, self.loader.list())
        hosts = newspaper.hosts if newspaper else frozenset(spellings(read_parts(front).host))
        settings = self.settings.copy()
        settings.set("RETRY_TIMES", 0, "cmdline")  # a retry would spend what another question needs
        contact = Contact(newspaper=name)

        async def work(questions: Questions) -> Newspaper | None:
            found = newspaper or await looked_at(front, name, questions, contact)
            if found is not None:
                await FirstContact(found, questions, contact).run()
            return found

        found = questioned(hosts, settings, work, PROBE_REQUESTS_MAX)
        took = datetime.now(UTC) - began
        folder = Path(to or Path(self.settings["ARCHIVE"]) / f"probe-{name}-{utc_file_name(began)}")
        report = "\n".join(lines_of(contact, took, folder))
        write_folder(folder, contact, report, took, found)
        say(report)
        self.exitcode = code_of_contact(contact)

    def known(self, given: str) -> Newspaper | None:
        """Return the newspaper of a name, host or address; None for an address nobody declared."""
        try:
            return self.newspaper(given)
        except UnknownNameError:
            if is_address(given):
                return None
            raise


async def looked_at(
    front: str, name: str, questions: Questions, contact: Contact
) -> Newspaper | None:
    """Return the newspaper that a look finds, with what was asked; None where it finds nothing."""
    look = await look_at(front, name, questions.ask, questions.sitemaps)
    contact.asked.update(look.asked)
    contact.pages.update(look.pages)
    first = FirstContact.finding
    if look.problem:
        contact.requests = questions.requests
        contact.findings.append(first("site", "it names articles", look.problem, "differs"))
        return None
    found = decided(look, datetime.now(UTC))
    for entry in found.entries:
        contact.findings.append(first(shown(entry.source), "found", entry.evidence, "note"))
    contact.findings.append(first("layout", "found", found.layout, "note"))
    return spider_of(found)


def code_of_contact(contact: Contact) -> ExitCode:
    """Return the exit code of a first contact."""
    if not contact.pages:
        said = " ".join(contact.asked.values())
        return ExitCode.ROBOTS if "robots" in said else ExitCode.SITE_DOWN
    return ExitCode.DEGRADED if contact.differences else ExitCode.OK


def lines_of(contact: Contact, took: timedelta, folder: Path) -> Iterator[str]:
    """Yield the report as a person reads it."""
    rows = [("", "what", "believed", "found")]
    rows += [
        (_MARKS[one.verdict], one.subject, one.believed, one.found) for one in contact.findings
    ]
    yield text_table(rows)
    yield ""
    differing, asked = len(contact.differences), len(contact.findings)
    verdict = f"{differing} of {asked} differ" if differing else "all is as believed"
    seconds = round(took.total_seconds())
    yield f"{contact.newspaper}: {verdict}; {counted(contact.requests, 'request')} in {seconds} s"
    yield f"report and pages: {folder}"


def write_folder(
    folder: Path, contact: Contact, report: str, took: timedelta, newspaper: Newspaper | None
) -> None:
    """Write the report and the pages, each with what is read of it."""
    pages = folder / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    (folder / "report.txt").write_text(report + "\n", encoding="utf-8")
    value = json.dumps(as_json(contact, took), ensure_ascii=False, indent=1)
    (folder / "report.json").write_text(value + "\n", encoding="utf-8")
    if newspaper is None:
        return
    for number, article in enumerate(contact.articles, 1):
        write_page(pages / f"article-{number}", article.url, contact, newspaper, is_list=False)
    for number, url in enumerate(contact.lists, 1):
        write_page(pages / f"section-{number}", url, contact, newspaper, is_list=True)


def write_page(
    path: Path, url: str, contact: Contact, newspaper: Newspaper, *, is_list: bool
) -> None:
    """Write a page as served and the fixture's JSON beside it; nothing where none answered."""
    document = contact.pages.get(url)
    if document is None:
        return
    path.with_suffix(".html").write_bytes(document.body)
    read = expected_section if is_list else expected_article
    try:
        gold = read(document, newspaper)
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        gold = unread_page(document, "section" if is_list else "article")
    text = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
    path.with_suffix(".json").write_text(text, encoding="utf-8")
