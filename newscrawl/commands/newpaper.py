"""`scrapy newpaper`: declaration, catalogue row and fixtures from a look at a newspaper's site."""

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from scrapy.exceptions import UsageError
from scrapy.settings import SETTINGS_PRIORITIES

from newscrawl.catalogue.entries import CatalogueEntry, catalogue
from newscrawl.cli.command_base import Newspaper, NewspaperCommand, UnknownNameError, say
from newscrawl.cli.expected_reading import expected_article, expected_other, expected_section
from newscrawl.cli.site_looks import front_page, looked, name_for
from newscrawl.config.program import to_type
from newscrawl.crawl.found_newspaper import spider_of
from newscrawl.crawl.found_sources import FoundSources, decided
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.site_look import SiteLook
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.wordpress import WordPress
from newscrawl.exceptions import (
    ArgumentError,
    ExtractionError,
    IncompletePageError,
    NotAnArticleError,
)
from newscrawl.http.user_agent import checked_contact
from newscrawl.page.class_attributes import PROJECT
from newscrawl.project.new_newspaper import UNCHECKED, NewNewspaper, catalogue_row, declaration

_CATALOGUE: Final = Path("newscrawl", "catalogue", "catalogue.csv")
_ARTICLES_SAVED: Final = 2


class Command(NewspaperCommand):
    """Begin a newspaper: everything but what a person must see."""

    def syntax(self) -> str:
        return "[options] <address>"

    def short_desc(self) -> str:
        return "Write the declaration, catalogue row and fixtures of a newspaper, by its address"

    def long_desc(self) -> str:
        return (
            f"Looks at the site as {to_type('crawl ADDRESS')} does (at most 40 requests) and writes"
            " what it finds: newscrawl/spiders/<name>.py, a row of the catalogue, and saved pages"
            ' with what is read of them, marked "checked": false. Then it says what is left to do,'
            " in order. Exit code 2: nothing was asked; 3: the site offers nothing to be read; 4:"
            " the site cannot be reached; 6: robots.txt forbids it or cannot be read."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--province", metavar="CODE", help="code of today's province: 08")
        parser.add_argument("--title", help="the newspaper's name (default: as its site says)")
        parser.add_argument("--name", help="the spider's name (default: the host's first label)")
        parser.add_argument("--to", metavar="FOLDER", help="checkout to write to (default: this)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("one address, as in https://baothu.vn/")
        with self.telling():
            address = args[0] if "://" in args[0] else f"https://{args[0]}/"
            self.begin(address, opts)

    def begin(self, address: str, opts: argparse.Namespace) -> None:
        """Look at the site and write the files; every check comes before the first request."""
        assert self.settings is not None
        front = front_page(address)
        found_name = self.found_name(address)
        known = known_entry(front)
        province = province_of(opts.province, known)
        root = Path(opts.to) if opts.to is not None else checkout()
        usual = known.newspaper if known else name_for(front, self.loader.list())
        name = opts.name or found_name or usual
        path = root / "newscrawl" / "spiders" / f"{name}.py"
        if path.exists():
            raise ArgumentError(f"{path} is there already: --name gives another name")
        if not self.settings["MIRROR"]:
            checked_contact(self.settings["CONTACT"])
        look = looked(front, name, self.settings)
        found = decided(look, datetime.now(UTC))
        paper = new_newspaper(found, province, opts.title or (known.paper if known else None))
        write_file(path, declaration(paper))
        row = None if known else catalogue_row(paper, list(sections_of(found)))
        written = [path, *self.note_row(root, row), *write_fixtures(root, look, spider_of(found))]
        for one in written:
            say(one)
        say("\n".join(left_to_do(found, look, written, self.further_settings())))

    def further_settings(self) -> str:
        """Return what a later command must be given again to reach the same site."""
        assert self.settings is not None
        mirror = self.settings["MIRROR"]
        is_given = self.settings.getpriority("MIRROR") == SETTINGS_PRIORITIES["cmdline"]
        return f" -s MIRROR={mirror}" if mirror and is_given else ""

    def found_name(self, address: str) -> str | None:
        """Return the name under which `scrapy crawl ADDRESS` archives the newspaper, if it does.

        Raises `ArgumentError` for a newspaper that is declared.
        """
        try:
            known = self.newspaper(address)
        except UnknownNameError:
            return None
        if not known.is_found:
            raise ArgumentError(f"{address} is declared: newscrawl/spiders/{known.name}.py")
        return known.name

    def note_row(self, root: Path, row: str | None) -> Iterator[Path]:
        """Write the newspaper's row of the catalogue, and yield the file."""
        if row is None:
            return
        path = root / _CATALOGUE
        if path.exists():
            text = path.read_text(encoding="utf-8")
            path.write_text(f"{text.rstrip()}\n{row}\n", encoding="utf-8")
        else:
            path = root / "catalogue-row.csv"
            write_file(path, f"{row}\n")
        yield path


def checkout() -> Path:
    """Return the checkout that this code runs from; raise `ArgumentError` for an installed one."""
    if not (PROJECT / "tests" / "fixtures").is_dir():
        raise ArgumentError(f"{PROJECT} is no checkout: --to FOLDER says where to write")
    return PROJECT


def known_entry(address: str) -> CatalogueEntry | None:
    """Return the catalogue's row of an address's host; None where it has none."""
    host = address.split("/")[2].removeprefix("www.")
    return next((e for e in catalogue() if e.domain.removeprefix("www.") == host), None)


def province_of(given: str | None, known: CatalogueEntry | None) -> tuple[str, str]:
    """Return code and name of the province; raise `ArgumentError` where none is known."""
    names = {entry.province_code: entry.province for entry in catalogue()}
    code = given or (known.province_code if known else None)
    if code not in names:
        listed = ", ".join(f"{one} {name}" for one, name in sorted(names.items()))
        said = f"{code!r} is no province of today" if code else "of which province is it?"
        raise ArgumentError(f"{said} --province CODE, one of {listed}")
    return code, names[code]


def new_newspaper(
    found: FoundSources, province: tuple[str, str], title: str | None
) -> NewNewspaper:
    """Return what the declaration says."""
    day = found.looked_at.date().isoformat()
    return NewNewspaper(
        name=found.name,
        title=title or found.title,
        domain=found.domain,
        province_code=province[0],
        province=province[1],
        pages=found.pages,
        sources=found.sources,
        skip_paths=found.skip_paths,
        cms=family_letter(found),
        note=f"Found by its address on {day}; {UNCHECKED}.",
    )


def family_letter(found: FoundSources) -> str:
    """Return the catalogue's letter of the family; "own?" where no family was known."""
    if found.pages[0].is_generic:
        return "own?"
    return f"{found.pages[0].version.partition('.')[0].upper()}?"


def sections_of(found: FoundSources) -> Iterator[str]:
    """Yield the places of the sections that the menu names."""
    for entry in found.entries:
        if isinstance(entry.source, GenericSection):
            yield entry.source.url
        elif not isinstance(entry.source, Feed | Sitemap | WordPress):
            yield entry.source.path


def write_file(path: Path, text: str) -> None:
    """Write a text file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_fixtures(root: Path, look: SiteLook, newspaper: Newspaper) -> list[Path]:
    """Write the pages of a least set as served, and what is read of them; return the pages."""
    folder = root / "tests" / "fixtures" / newspaper.name
    written = []
    for url, stem, gold in (*article_pages(look, newspaper), *section_page(look, newspaper)):
        path = folder / f"{stem}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(look.pages[url].body)
        text = json.dumps(gold, ensure_ascii=False, indent=1) + "\n"
        write_file(path.with_suffix(".json"), text)
        written.append(path)
    return written


Expected = tuple[str, str, dict[str, Any]]
"""Address, file name, the fixture's JSON"""


def article_pages(look: SiteLook, newspaper: Newspaper) -> list[Expected]:
    """Return two articles of the look, and one page in an article's place that holds none."""
    articles: list[Expected] = []
    others: list[Expected] = []
    for url in look.articles:
        document = look.pages[url]
        try:
            gold = expected_article(document, newspaper)
        except ExtractionError:
            continue
        except (IncompletePageError, NotAnArticleError) as error:
            others.append((url, "other", expected_other(document, error.why)))
        else:
            articles.append((url, f"article-{len(articles) + 1}", gold))
    return [*articles[:_ARTICLES_SAVED], *others[:1]]


def section_page(look: SiteLook, newspaper: Newspaper) -> Iterator[Expected]:
    """Yield the first section that the look read."""
    for found in look.sources:
        url = found.source.start(look.paper)
        if isinstance(found.source, GenericSection) and url in look.pages:
            yield url, "section", expected_section(look.pages[url], newspaper)
            return


def left_to_do(
    found: FoundSources, look: SiteLook, written: list[Path], settings: str
) -> Iterator[str]:
    """Yield what a person has to do, in order.

    Args:
        found: What the look decides.
        look: The look.
        written: The files that were written, the declaration first.
        settings: What `crawl` must be given again, beginning with a blank; "" = nothing.
    """
    yield ""
    yield "Left to do:"
    spider, pages = written[0], [path for path in written if path.suffix == ".html"]
    rows = [path for path in written if path.suffix == ".csv"]
    letter = family_letter(found)
    steps = [
        f"read {spider}: is the title right, are these its lists? ({found.layout})",
        *doubts(found, look),
        *(
            f'compare every field of {path.with_suffix(".json")} with the page, then set "checked"'
            for path in pages
        ),
        f'write into {spider} what you saw instead of "{UNCHECKED}"',
        *(f'write it into {path} too, and "{letter[:-1]}" for "{letter}"' for path in rows),
        f".venv/bin/pytest tests/unit/test_fixtures.py -k {found.name}",
        ".venv/bin/scrapy checkall",
        f".venv/bin/scrapy crawl {found.name} -a limit=20{settings}, then readpage what looks odd",
    ]
    yield from (f"  {number}. {step}" for number, step in enumerate(steps, 1))


def doubts(found: FoundSources, look: SiteLook) -> Iterator[str]:
    """Yield what the look could not settle."""
    for entry in found.entries:
        page = look.pages.get(entry.source.start(look.paper))
        if page is None:
            yield f"{entry.source.name} was not read in the look: does it list articles?"
        elif isinstance(entry.source, GenericSection) and "next page" not in entry.evidence:
            yield f"{entry.source.url} shows no next page: is that its whole list?"
    menu = {url: why for url, why in found.left_out.items() if "HTTP 404" not in why}
    for url, why in menu.items():
        yield f"{url} was left out ({why}): is it a list?"
