"""A newspaper that nobody declared: its spider is made of `sources.json` when a run begins."""

import copyreg
from collections.abc import Iterator
from pathlib import Path

from newscrawl.catalogue.entries import catalogue
from newscrawl.crawl.found_sources import FILE_NAME, FoundSources, read_sources
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.exceptions import ArgumentError, DeclarationError


class _FoundType(type(NewspaperSpider)):  # type: ignore[misc]
    """The type of spiders that are made at run time.

    A process that reads pages makes the spider again of the sources it is sent: the class stands in
    no module that the process could import.
    """

    made_of: FoundSources


def _again(spider: _FoundType) -> tuple[object, ...]:
    return spider_of, (spider.made_of,)


copyreg.pickle(_FoundType, _again)  # type: ignore[arg-type]


def spider_of(found: FoundSources) -> type[NewspaperSpider]:
    """Return the spider of a newspaper that was found by its address.

    Raises:
        DeclarationError: A value contradicts another; a person has edited the file.
    """
    known = next((entry for entry in catalogue() if entry.domain == found.domain), None)
    values = {
        "__module__": __name__,
        "__doc__": f"Found by the address of {found.domain}.",
        "is_found": True,
        "name": found.name,
        "title": found.title,
        "domain": found.domain,
        "provinces": (known.province_code,) if known else (),
        "pages": found.pages,
        "sources": found.sources,
        "skip_paths": found.skip_paths,
    }
    spider = _FoundType("FoundNewspaperSpider", (NewspaperSpider,), values)
    spider.made_of = found
    return spider


def found_in(archive: Path) -> Iterator[tuple[str, type[NewspaperSpider] | str]]:
    """Yield each newspaper that was found by its address: its name, and its spider or its fault.

    Args:
        archive: The folder of all archives.
    """
    for path in sorted(archive.glob(f"*/{FILE_NAME}")):
        try:
            yield path.parent.name, spider_of(read_sources(path))
        except (ArgumentError, DeclarationError, OSError) as error:
            yield path.parent.name, str(error)
