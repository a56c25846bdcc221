"""What a page says of itself to machines: canonical link, OpenGraph, meta tags, JSON-LD.

Read in one walk of the tree; texts are cleaned and JSON-LD is parsed when they are asked for.
Whatever the page holds, nothing here raises, and all text can be encoded.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from lxml import etree

from newscrawl.text import clean

_OPENGRAPH: Final = "og:"
_JSON_LD: Final = "application/ld+json"


@dataclass(frozen=True)
class Metadata:
    """A page's metadata; keys are lower case, values cleaned and never empty."""

    metas: tuple[tuple[str, str], ...] = ()
    """Key (name, property or itemprop) and content of each meta element, as they stand"""
    canonical: str | None = None
    """href of link rel=canonical as printed, perhaps relative"""
    json_ld: tuple[str, ...] = ()
    """Texts of the JSON-LD scripts, as they stand"""

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """All values of each key, in document order, each once."""
        values: dict[str, dict[str, None]] = {}
        for key, content in self.metas:
            if text := clean(content):
                values.setdefault(key, {})[text] = None
        return {key: tuple(texts) for key, texts in values.items()}

    @cached_property
    def og(self) -> Mapping[str, str]:
        """First value of each OpenGraph property, by its name after "og:"."""
        return {
            key.removeprefix(_OPENGRAPH): values[0]
            for key, values in self.meta.items()
            if key.startswith(_OPENGRAPH)
        }

    def first(self, key: str) -> str | None:
        """First value of a key as "description", "article:published_time" or "datepublished"."""
        values = self.meta.get(key)
        return values[0] if values else None

    @cached_property
    def news(self) -> "NewsArticle | None":
        """The first article of the JSON-LD; None where there is none or it cannot be read."""
        objects = (found for text in self.json_ld for found in _objects(_parsed(text)))
        return next((_article(found) for found in objects if _is_article(found)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsArticle:
    """A schema.org NewsArticle (Article, BlogPosting) as the page's JSON-LD states it."""

    headline: str | None = None
    description: str | None = None
    date_published: str | None = None
    """As printed: family F writes no zone"""
    date_modified: str | None = None
    authors: tuple[str, ...] = ()
    """Names; family F puts the account that posted the article here"""
    section: str | None = None
    images: tuple[str, ...] = ()
    """Addresses as printed"""
    publisher: str | None = None
    keywords: tuple[str, ...] = ()


def read_metadata(root: etree._Element) -> Metadata:
    """The metadata in the tree below `root`, the element that holds the page; never raises.

    >>> root = etree.HTML('<meta property="og:title" content=" Lũ  rút "><link rel=canonical href=/a>')
    >>> metadata = read_metadata(root)
    >>> metadata.og["title"], metadata.canonical, metadata.news
    ('Lũ rút', '/a', None)
    """
    metas: list[tuple[str, str]] = []
    canonical: str | None = None
    scripts: list[str] = []
    for element in root.iter("meta", "link", "script"):
        if element.tag == "meta":
            metas.extend(_keyed(element))
        elif element.tag == "link":
            canonical = canonical or _canonical(element)
        elif element.text and _JSON_LD in element.get("type", "").lower():
            scripts.append(element.text)
    return Metadata(tuple(metas), canonical, tuple(scripts))


def _keyed(element: etree._Element) -> Iterator[tuple[str, str]]:
    content = element.get("content")
    if content:
        keys = (element.get("property"), element.get("name"), element.get("itemprop"))
        yield from ((key.strip().lower(), content) for key in dict.fromkeys(filter(None, keys)))


def _canonical(element: etree._Element) -> str | None:
    if "canonical" in element.get("rel", "").lower().split():
        return clean(element.get("href", "")) or None
    return None


# --- JSON-LD ------------------------------------------------------------------------------------

# Numbers stay text: Python refuses integers of 4,300 digits, and no field is a number.
_DECODER: Final = json.JSONDecoder(
    strict=False, parse_int=str, parse_float=str, parse_constant=lambda _: None
)
_WRAPPING: Final = re.compile(r"(?:\s|//|/\*|\*/|<!--|<!\[CDATA\[)*+")
_TRAILING_COMMA: Final = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+")|,(?=\s*+[\]}])', re.DOTALL)
_TYPES: Final = ("Article", "BlogPosting", "LiveBlogPosting")
_NAME_END: Final = re.compile(r"[/#:]")


def _parsed(text: str) -> object:
    """The JSON value the script begins with, None where it holds none."""
    start = _WRAPPING.match(text)
    text = text[start.end() :] if start else text
    for attempt in (text, None):
        try:
            return _DECODER.raw_decode(attempt or _TRAILING_COMMA.sub(r"\1", text))[0]
        except (ValueError, RecursionError):
            continue
    return None
