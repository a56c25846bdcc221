"""`scrapy savefixture`: a page of the archive as a test's page, with what is read of it today."""

import argparse
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from scrapy.exceptions import UsageError

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.warc.page_reader import KeptPage, pages
from newscrawl.cli.command_base import Newspaper, NewspaperCommand, say
from newscrawl.cli.expected_reading import expected_list, expected_piece
from newscrawl.cli.list_places import place_of_links, told
from newscrawl.cli.redesign_report import report
from newscrawl.cli.redesigned_pages import redesign_of
from newscrawl.exceptions import ArgumentError
from newscrawl.items import Line
from newscrawl.page.document import Document
from newscrawl.urls.canonical import BadAddressError, canonical

_NAME = re.compile(r"[^a-z0-9]+")


class Command(NewspaperCommand):
    """Save the newest kept page of an address; a person then checks the expectations."""

    def syntax(self) -> str:
        return "[options] <newspaper> <address>"

    def short_desc(self) -> str:
        return "Make a fixture of a kept page: its bytes, and what is read of it today"

    def long_desc(self) -> str:
        return (
            "Writes tests/fixtures/<newspaper>/<name>.html and .json from the newest raw page of"
            " that address, also of a list that could not be read. The expectations are today's"
            " reading, or that of the generic reader where no page class can read the page; they"
            ' are marked "checked": false:'
            " compare every field with the page, then set it to true; checkall insists on it."
            " After a redesign it tells which marks match nothing, where headline, lead, body and"
            " date stand now, found by what the archive holds of these articles, and the page"
            " class to write, tried on the newest pages."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--name", help="file name (default: article-<the address's last part>)")
        parser.add_argument("--to", default="tests/fixtures", help="folder of the fixtures")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:
            raise UsageError("a newspaper and an address")
        with self.telling():
            newspaper = self.newspaper(args[0])
            page = newest(self.folder(newspaper.name), args[1], newspaper)
            stem = _NAME.sub("-", (opts.name or default_name(page.url, newspaper)).lower()).strip(
                "-"
            )
            path = Path(opts.to) / newspaper.name / f"{stem}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page.body)
            gold = expectations(page, newspaper, self.stored(newspaper, page))
            text = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
            path.with_suffix(".json").write_text(text, encoding="utf-8")
            say(path)
            layout = redesign_of(self.folder(newspaper.name), newspaper, page)
            if layout is not None:
                say("\n".join(report(layout, newspaper)))
            if newspaper.key_of(page.url) is None:
                place = place_of_links(self.folder(newspaper.name), newspaper, document_of(page))
                if place is not None:
                    say("\n".join(told(place)))

    def stored(self, newspaper: Newspaper, page: KeptPage) -> Line | None:
        """Return the archive's line that the generic reader read of the page, if there is one."""
        folder, key = self.folder(newspaper.name), newspaper.key_of(page.url)
        if key is None or not (folder / DATABASE).is_file():
            return None
        with Ledger.open_to_read(folder) as ledger:
            line = ledger.articles.line(key)
        if line is None or line["raw_ref"] not in (page.raw_ref, page.payload_ref):
            return None
        return line if "layout_unknown" in line["warnings"] else None


def newest(folder: Path, address: str, newspaper: Newspaper) -> KeptPage:
    """Return the page of the address that was fetched last; raise `ArgumentError` for none."""
    try:
        wanted = canonical(address, newspaper.paper.hosts)
    except BadAddressError as error:
        raise ArgumentError(f"{address}: {error}") from error
    key = newspaper.key_of(wanted)
    found: KeptPage | None = None
    for page in pages(folder):
        same = page.url == wanted or (key is not None and newspaper.key_of(page.url) == key)
        if same and (found is None or page.fetched_at >= found.fetched_at):
            found = page
    if found is None:
        raise ArgumentError(f"no page of {wanted} is kept in {folder}")
    return found


def default_name(url: str, newspaper: Newspaper | None = None) -> str:
    """Return a file name from the end of an address; a list's begins with "section-".

    >>> default_name("https://bao.vn/kinh-te/202506/mua-vai-som-75f1237/")
    'article-mua-vai-som-75f1237'
    """
    is_list = newspaper is not None and newspaper.key_of(url) is None and _is_list(url, newspaper)
    kind = "section" if is_list else "article"
    return f"{kind}-" + url.rstrip("/").rpartition("/")[2].partition(".")[0][-60:]


def expectations(
    page: KeptPage, newspaper: Newspaper, stored: Line | None = None
) -> dict[str, object]:
    """Return the fixture's JSON with today's reading, for a person to check.

    Args:
        page: The kept page.
        newspaper: Whose page it is.
        stored: The archive's line of the page by the generic reader, which counts where no page
            class reads the page.
    """
    document = document_of(page)
    is_article = newspaper.key_of(document.url) is not None
    if is_article or not _is_list(document.url, newspaper):
        return expected_piece(document, newspaper, stored)
    return expected_list(document, newspaper)


def document_of(page: KeptPage) -> Document:
    """Return a kept page as the readers take it."""
    return Document(
        page.url,
        page.body,
        fetched_at=page.fetched_at,
        content_type=page.header("content-type"),
        status=page.status,
    )


def _is_list(url: str, newspaper: Newspaper) -> bool:
    """Return whether one of the newspaper's sources may read the page at the address."""
    path = urlsplit(url).path
    return any(source.at(path) is not None for source in newspaper.sources)
