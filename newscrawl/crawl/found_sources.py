"""`sources.json`: what a look found of a newspaper that nobody declared, kept for later runs.

A person may edit the file: `"walk": false` leaves a source out, a further entry adds one. A later
look adds what is new and marks what has vanished; it changes nothing that a person wrote.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.newspaper_site import Site
from newscrawl.cms.layouts import (
    fitting,
    name_of_class,
    page_classes,
    refusing,
    section_classes,
    sections_of,
)
from newscrawl.discovery.feed import Feed
from newscrawl.discovery.generic_section import GenericSection
from newscrawl.discovery.site_look import FoundSource, SiteLook, site_of
from newscrawl.discovery.sitemap import Sitemap
from newscrawl.discovery.source import Source
from newscrawl.discovery.wordpress import WordPress
from newscrawl.exceptions import ArgumentError, ExtractionError, IncompletePageError
from newscrawl.page.document import Document
from newscrawl.text import counted
from newscrawl.timestamps import utc_text

FILE_NAME: Final = "sources.json"
LOOKED_AT_AGAIN_AFTER: Final = timedelta(days=30)
_VERSION: Final = 1
_FAMILY_MIN_SHARE: Final = 0.8  # of the links that the generic reader finds on the same page


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """A source of the file."""

    source: Source
    evidence: str
    label: str = ""
    walk: bool = True
    found_on: str = ""
    """Day of the look that found it, YYYY-MM-DD"""
    vanished_on: str = ""
    """Day of the look that no longer found it; "" = it is there"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSources:
    """The file `sources.json`."""

    name: str
    title: str
    domain: str
    looked_at: datetime
    pages: tuple[type[ArticlePage], ...]
    entries: tuple[SourceEntry, ...]
    skip_paths: tuple[str, ...] = ()
    left_out: Mapping[str, str]
    """Address → why it is no source"""
    asked: Mapping[str, str]
    """Every address that the last look asked → its answer"""
    layout: str = ""
    """Why these page classes"""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Return the sources that a run walks."""
        return tuple(one.source for one in self.entries if one.walk and not one.vanished_on)

    def is_due(self, now: datetime) -> bool:
        """Return whether the site is to be looked at again; a look of the future counts as none."""
        return not self.looked_at <= now < self.looked_at + LOOKED_AT_AGAIN_AFTER


def decided(look: SiteLook, now: datetime) -> FoundSources:
    """Return what a look decides: the page classes by marks, and the sources to walk."""
    documents = [look.pages[url] for url in look.articles]
    fit = fitting(documents, look.paper)
    entries = [_entry(found, now) for found in look.sources]
    if fit is None:
        pages: tuple[type[ArticlePage], ...] = (GenericPage,)
        layout = _why_generic(documents, look.paper)
    else:
        pages = (fit.page, GenericPage)
        name = name_of_class(fit.page)
        layout = f"{fit.read} of {fit.asked} articles carry the marks of {name} and are read by it"
        entries = [_in_family(entry, fit.page, look) for entry in entries]
    return FoundSources(
        name=look.paper.name,
        title=look.title or look.paper.domain,
        domain=look.paper.domain,
        looked_at=now,
        pages=pages,
        entries=tuple(entries),
        skip_paths=look.skip_paths,
        left_out=look.left_out,
        asked=look.asked,
        layout=layout,
    )


def _why_generic(documents: Sequence[Document], paper: Site) -> str:
    """Return why no family reads the articles: they lack its marks, or it refuses them."""
    refusal = refusing(documents, paper)
    if refusal is None:
        return f"none of {counted(len(documents), 'article')} carries the marks of a family"
    name = name_of_class(refusal.page)
    carried = f"{refusal.marked} of {refusal.asked} articles carry the marks of {name}"
    return f"{carried}, which does not read them: {refusal.why}"


def _entry(found: FoundSource, now: datetime) -> SourceEntry:
    day = now.date().isoformat()
    return SourceEntry(
        source=found.source, evidence=found.evidence, label=found.label, found_on=day
    )


def _in_family(entry: SourceEntry, page: type[ArticlePage], look: SiteLook) -> SourceEntry:
    """Return the entry with the family's section, where that reads the page as well."""
    source = entry.source
    address = source.start(look.paper)
    document = look.pages.get(address)
    if not isinstance(source, GenericSection) or document is None or "?" in source.url:
        return entry
    least = _FAMILY_MIN_SHARE * len(source.read(document, look.paper).links)
    for cls in sections_of(page):
        own = cls(path=source.path)
        if own.start(look.paper) == address and _count(own, document, look) >= max(1, least):
            evidence = f"{entry.evidence}; read by the family's {cls.__name__}"
            return replace(entry, source=own, evidence=evidence)
    return entry


def _count(source: Source, document: Document, look: SiteLook) -> int:
    try:
        return len(source.read(document, look.paper).links)
    except (ExtractionError, IncompletePageError):
        return 0


# A later look ------------------------------------------------------------------------------------


def renewed(old: FoundSources, new: FoundSources) -> tuple[FoundSources, tuple[str, ...]]:
    """Return the sources after a later look, and what was added or has vanished, a line each.

    A source that an earlier look found and this one did not is vanished only where the later look
    asked for it and got no list (`site_look.look_at` asks for the known ones).
    """
    known = {entry.source.name: entry for entry in old.entries}
    there = {entry.source.name for entry in new.entries}
    same = {entry.source.start(_site(new)) for entry in old.entries}
    day = new.looked_at.date().isoformat()
    kept, told = [], []
    for name, entry in known.items():
        if name in there and entry.vanished_on:
            told.append(f"is there again: {shown(entry.source)}")
            entry = replace(entry, vanished_on="")
        elif name not in there and entry.walk and not entry.vanished_on:
            why = new.left_out.get(entry.source.start(_site(new)), "")
            if why:
                told.append(f"has vanished: {shown(entry.source)}: {why}")
                entry = replace(entry, vanished_on=day)
        kept.append(entry)
    for entry in new.entries:
        if entry.source.name not in known and entry.source.start(_site(new)) not in same:
            told.append(f"was added: {shown(entry.source)}: {entry.evidence}")
            kept.append(entry)
    return replace(new, entries=tuple(kept), title=old.title, pages=_pages(old, new)), tuple(told)


def _pages(old: FoundSources, new: FoundSources) -> tuple[type[ArticlePage], ...]:
    """Return the page classes of both looks: pages of before a redesign stay readable."""
    found = dict.fromkeys(page for page in (*new.pages, *old.pages) if page is not GenericPage)
    return (*found, GenericPage)


def _site(found: FoundSources) -> Site:
    return site_of(f"https://{found.domain}/", found.name)


def shown(source: Source) -> str:
    """Return a source in two words: its kind and its place.

    >>> shown(Feed("/rss/home.rss"))
    'feed /rss/home.rss'
    """
    kind, place = _kind_and_place(source)
    return f"{kind} {place}"


# On the disk -------------------------------------------------------------------------------------


def to_json(found: FoundSources) -> str:
    """Return the file's text."""
    value = {
        "version": _VERSION,
        "name": found.name,
        "title": found.title,
        "domain": found.domain,
        "looked_at": utc_text(found.looked_at),
        "pages": [name_of_class(page) for page in found.pages],
        "layout": found.layout,
        "sources": [_line(entry) for entry in found.entries],
        "skip_paths": list(found.skip_paths),
        "left_out": [{"address": url, "why": why} for url, why in found.left_out.items()],
        "asked": [{"address": url, "answer": said} for url, said in found.asked.items()],
    }
    return json.dumps(value, ensure_ascii=False, indent=1)


def _line(entry: SourceEntry) -> dict[str, Any]:
    kind, place = _kind_and_place(entry.source)
    line: dict[str, Any] = {"kind": kind, "address": place, "walk": entry.walk}
    if isinstance(entry.source, Feed) and entry.source.paged:
        line["paged"] = True
    if isinstance(entry.source, Sitemap) and entry.source.news:
        line["news"] = True
    if entry.source.front_only:
        line["front_only"] = True
    for name in ("label", "evidence", "found_on", "vanished_on"):
        if value := getattr(entry, name):
            line[name] = value
    return line


def _kind_and_place(source: Source) -> tuple[str, str]:
    match source:
        case GenericSection():
            return "section", source.url
        case Feed():
            return "feed", source.url
        case Sitemap():
            return "sitemap", source.url
        case WordPress():
            return "wordpress", source.base_url
    return f"{type(source).__module__.rpartition('.')[2]}.{type(source).__name__}", source.path


def read_sources(path: Path) -> FoundSources:
    """Return the file's content; raise `ArgumentError` that tells what to mend in it."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return _found(value)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        said = f"{type(error).__name__}: {error}" if isinstance(error, KeyError) else str(error)
        raise ArgumentError(
            f"{path}: {said}: mend it, or remove the file and have the site looked at again"
        ) from error


def _found(value: Mapping[str, Any]) -> FoundSources:
    classes = page_classes()
    for name in value["pages"]:
        if name not in classes:
            raise ValueError(f"pages: {name!r} is none of {', '.join(sorted(classes))}")
    return FoundSources(
        name=value["name"],
        title=value["title"],
        domain=value["domain"],
        looked_at=datetime.fromisoformat(value["looked_at"]).astimezone(UTC),
        pages=tuple(classes[name] for name in value["pages"]),
        entries=tuple(_entries(value["sources"])),
        skip_paths=tuple(value.get("skip_paths", ())),
        left_out={one["address"]: one["why"] for one in value.get("left_out", ())},
        asked={one["address"]: one["answer"] for one in value.get("asked", ())},
        layout=value.get("layout", ""),
    )


def _entries(lines: Iterable[Mapping[str, Any]]) -> Iterable[SourceEntry]:
    for number, line in enumerate(lines, 1):
        try:
            yield SourceEntry(
                source=_source(line),
                evidence=line.get("evidence", ""),
                label=line.get("label", ""),
                walk=bool(line.get("walk", True)),
                found_on=line.get("found_on", ""),
                vanished_on=line.get("vanished_on", ""),
            )
        except (ValueError, KeyError) as error:
            raise ValueError(f"source {number}: {error}") from error


def _source(line: Mapping[str, Any]) -> Source:
    kind, place = line["kind"], line["address"]
    front_only = bool(line.get("front_only", False))
    match kind:
        case "section":
            return GenericSection(place, front_only=front_only)
        case "feed":
            return Feed(place, paged=bool(line.get("paged", False)))
        case "sitemap":
            return Sitemap(place, news=bool(line.get("news", False)))
        case "wordpress":
            return WordPress(place)
    if kind in (classes := section_classes()):
        return classes[kind](path=place)
    raise ValueError(f"kind {kind!r} is none of section, feed, sitemap, wordpress, {[*classes]}")
