"""The looks at a newspaper that nobody declared, kept as `sources.json`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol

from newscrawl.archive.atomic_files import make_folder, replace_file
from newscrawl.article.generic.generic_page import paper_of
from newscrawl.cli.command_base import UnknownNameError, newspaper_named
from newscrawl.cli.site_questions import Questions, questioned
from newscrawl.config.program import to_type
from newscrawl.crawl.found_newspaper import spider_of
from newscrawl.crawl.found_sources import (
    FILE_NAME,
    FoundSources,
    decided,
    read_sources,
    renewed,
    shown,
    to_json,
)
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.crawl.spider_loader import NewspaperLoader
from newscrawl.discovery.arguments import read_arguments
from newscrawl.discovery.site_look import LOOK_REQUESTS_MAX, SiteLook, look_at
from newscrawl.discovery.source import Source
from newscrawl.exceptions import ArgumentError, SiteLookError
from newscrawl.exit_codes import ExitCode
from newscrawl.http.user_agent import checked_contact
from newscrawl.text import counted
from newscrawl.urls.canonical import spellings
from newscrawl.urls.url_parts import BadAddressError, read_parts

_LEFT_OUT_SHOWN_MAX: Final = 8
_EDITIONS: Final = frozenset(
    ["en", "vi", "english", "zh", "cn", "fr", "lo", "km", "ru", "ja", "ko"]
)


@dataclass(frozen=True, slots=True)
class Looked:
    """A newspaper found by its address."""

    newspaper: type[NewspaperSpider]
    told: tuple[str, ...]
    """What a person must know of the look, a line each; () where there was none"""


def look_if_due(
    given: str, arguments: Mapping[str, object], settings: Settings, loader: SpiderLoaderProtocol
) -> tuple[str, ...]:
    """Look at the site of a newspaper that nobody declared, and have the loader know it.

    Args:
        given: A name, a host or an address.
        arguments: Those of the crawl, whose form is checked before any request.
        settings: Those of the command.
        loader: Knows the newspapers; the one that was looked at is added.

    Returns:
        What a person must know of the look; () where none was due.
    """
    known: type[NewspaperSpider] | None = None
    try:
        known = newspaper_named(loader, given)
    except UnknownNameError:
        if not is_address(given):
            raise
    if (known is not None and not known.is_found) or not isinstance(loader, NewspaperLoader):
        return ()
    read_arguments({n: str(v) for n, v in arguments.items() if n != "section"}, ())
    if not settings["MIRROR"]:
        settings.set("CONTACT", checked_contact(settings["CONTACT"]), "cmdline")
    if known is None:
        found = first_look(given, settings, loader.list())
    else:
        found = later_look(known.name, settings)
    loader.take(found.newspaper)
    return found.told


def is_address(given: str) -> bool:
    """Return whether a person typed an address: "https://baothu.vn/", not "baothu"."""
    return given.startswith(("https://", "http://"))


def front_page(address: str) -> str:
    """Return the front page of an address's host; raise `ArgumentError` for no such address.

    >>> front_page("http://www.baothu.vn/kinh-te/")
    'https://www.baothu.vn/'
    """
    try:
        host = read_parts(address).host
    except BadAddressError as error:
        raise ArgumentError(f"{error}: write it as in https://baothu.vn/") from error
    if "." not in host or host.replace(".", "").isdecimal():
        raise ArgumentError(f"{address}: {host!r} is no newspaper's host")
    return f"https://{host}/"


def name_for(address: str, taken: Collection[str]) -> str:
    """Return the name that a newspaper has in the archive: its host's first label.

    The whole host is the name where another newspaper has that label, and where the label only
    names an edition ("en").

    >>> name_for("https://www.baothu.vn/", ()), name_for("https://baothu.vn/", ["baothu"])
    ('baothu', 'baothu_vn')
    """
    name = paper_of(address).name
    host = read_parts(address).host.removeprefix("www.")
    name = name if name[:1].isalpha() else f"bao_{name}"
    is_common = name in taken or name in _EDITIONS
    return host.replace(".", "_").replace("-", "_") if is_common else name


def looked(address: str, name: str, settings: Settings, known: Sequence[Source] = ()) -> SiteLook:
    """Look at a site and return what was found; raise `SiteLookError` where that is nothing."""
    host = read_parts(address).host

    async def work(questions: Questions) -> SiteLook:
        return await look_at(address, name, questions.ask, questions.sitemaps, known)

    look = questioned(frozenset(spellings(host)), settings, work, LOOK_REQUESTS_MAX + 2)
    if look.problem:
        raise SiteLookError(look.problem, _code_of(look))
    return look


def _code_of(look: SiteLook) -> ExitCode:
    said = look.asked.get(look.address, "")
    if "robots" in said:
        return ExitCode.ROBOTS
    if look.pages.get(look.address) is None:
        return ExitCode.DEGRADED if said.startswith("redirects") else ExitCode.SITE_DOWN
    return ExitCode.DEGRADED


def first_look(address: str, settings: Settings, taken: Collection[str]) -> Looked:
    """Look at a site for the first time, and write what it offers to `sources.json`.

    Args:
        address: Any address of the site.
        settings: Those of the command.
        taken: The names that other newspapers have.
    """
    front = front_page(address)
    look = looked(front, name_for(front, taken), settings)
    found = decided(look, datetime.now(UTC))
    path = write_sources(found, settings)
    return Looked(spider_of(found), tuple(_told(found, path)))


def later_look(name: str, settings: Settings) -> Looked:
    """Return a newspaper found earlier, looked at again where the last look is a month old.

    A look that finds nothing changes nothing: the run that follows tells what is wrong.
    """
    path = Path(settings["ARCHIVE"]) / name / FILE_NAME
    old = read_sources(path)
    now = datetime.now(UTC)
    if not old.is_due(now):
        return Looked(spider_of(old), ())
    front = f"https://{old.domain}/"
    try:
        look = looked(front, old.name, settings, [entry.source for entry in old.entries])
    except SiteLookError as error:
        return Looked(spider_of(old), (f"{old.name}: the monthly look found nothing: {error}",))
    new, changes = renewed(old, decided(look, now))
    write_sources(new, settings)
    told = f"{counted(len(look.asked), 'request')}, {counted(len(changes), 'change')}"
    said = f"{old.name}: looked at again: {told}"
    return Looked(spider_of(new), (said, *(f"  {change}" for change in changes)))


def write_sources(found: FoundSources, settings: Settings) -> Path:
    """Write a newspaper's `sources.json`, and return where it lies."""
    folder = make_folder(Path(settings["ARCHIVE"]) / found.name)
    path = folder / FILE_NAME
    replace_file(path, to_json(found).splitlines())
    return path


def _told(found: FoundSources, path: Path) -> list[str]:
    """Return what a first look says: each source with its evidence, and what is no source."""
    lines = [
        f"{found.title} ({found.domain}), looked at with {counted(len(found.asked), 'request')}"
    ]
    lines += [f"  {shown(entry.source)}: {entry.evidence}" for entry in found.entries]
    lines.append(f"  articles: {found.layout}")
    left = [f"  left out {url}: {why}" for url, why in found.left_out.items()]
    lines += left[:_LEFT_OUT_SHOWN_MAX]
    if len(left) > _LEFT_OUT_SHOWN_MAX:
        lines.append(f"  and {len(left) - _LEFT_OUT_SHOWN_MAX} more left out")
    lines.append(f"  written to {path}; {to_type(f'crawl {found.name}')} goes on with it")
    return lines
