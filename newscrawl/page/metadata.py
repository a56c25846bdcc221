"""A page's metadata: canonical link, OpenGraph, meta tags, JSON-LD.

One walk of the tree collects the metadata; texts are cleaned and JSON-LD is parsed on demand.
Whatever the page holds, nothing here raises, and all text can be encoded.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from lxml import etree

from newscrawl.text import clean

_OPENGRAPH: Final = "og:"
_JSON_LD: Final = "application/ld+json"
_HEADING_TAGS: Final = frozenset(["title", "h1"])
METADATA_TAGS: Final = ("meta", "link", "script", *_HEADING_TAGS)
"""Tags of the elements that hold metadata"""


HEADINGS_MAX: Final = 20  # headings that are compared with the headline of a JSON-LD article
HEADLINE_MIN_SHARED_WORDS: Final = 0.6  # of the shorter headline; CMSs cut and reword headlines
CUT_HEADLINE_MIN_CHARS: Final = 20

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Metadata:
    """A page's metadata as it stands; the properties are cleaned and hold no empty value.

    Keys are in lower case.
    """

    metas: Pairs = ()
    """(name or property, content) of each meta element that has both"""
    itemprops: Pairs = ()
    """(itemprop, content) of each meta element that has both"""
    canonical: str | None = None
    """href of link rel=canonical as printed, perhaps relative"""
    json_ld: tuple[str, ...] = ()
    """Texts of the JSON-LD scripts"""
    headings: tuple[str, ...] = ()
    """Texts of the `title` and `h1` elements as printed"""
    url: str = ""
    """The page's address as it was asked for; "" = unknown"""

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """Every value of each name or property, as "article:tag", in document order, each once."""
        return _grouped(self.metas)

    @cached_property
    def itemprop(self) -> Mapping[str, tuple[str, ...]]:
        """Every value of each itemprop, e.g. "datepublished", in document order, each once."""
        return _grouped(self.itemprops)

    @cached_property
    def og(self) -> Mapping[str, str]:
        """First value of each OpenGraph property, keyed by the property's name after "og:"."""
        pairs = tuple(pair for pair in self.metas if pair[0].startswith(_OPENGRAPH))
        return {key.removeprefix(_OPENGRAPH): values[0] for key, values in _grouped(pairs).items()}

    def first(self, key: str) -> str | None:
        """Return the first value of a name or property, as "description"; None for no value."""
        return next((text for k, value in self.metas if k == key and (text := clean(value))), None)

    @cached_property
    def news(self) -> "NewsArticle | None":
        """The JSON-LD article that is the page's own; None where no readable JSON-LD has one.

        An article is the page's own by its address, else by its headline. Teasers state articles
        too, so an article with another address and another headline does not count. An article
        counts where nothing can be compared.
        """
        objects = [found for text in self.json_ld for found in _objects(_parsed(text))]
        names = _named_nodes(objects)
        articles = (_article(found, names) for found in objects if _is_article(found))
        ranked = [(rank, a) for a in articles if (rank := self._own_rank(a)) is not None]
        return min(ranked, key=lambda pair: pair[0])[1] if ranked else None

    def _own_rank(self, article: "NewsArticle") -> int | None:
        """Return 0 for the page's address, 1 for its title, 2 for neither; None for another's."""
        addresses = {path for path in map(_path, article.addresses) if path}
        own = {path for path in map(_path, self._addresses) if path}
        if addresses & own:
            return 0
        is_elsewhere = bool(addresses and own)
        if article.headline and self._titles:
            is_own = any(
                _is_alike(article.headline, title, is_strict=is_elsewhere) for title in self._titles
            )
            return 1 if is_own else None
        return None if is_elsewhere else 2

    @cached_property
    def _addresses(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.canonical, self.first("og:url"), self.url)))

    @cached_property
    def _titles(self) -> tuple[str, ...]:
        stated = (self.first("og:title"), self.first("twitter:title"), *map(clean, self.headings))
        return tuple(filter(None, stated))

    @cached_property
    def breadcrumb(self) -> tuple[str, ...]:
        """Names of the first JSON-LD BreadcrumbList, without the front page and the article."""
        objects = (found for text in self.json_ld for found in _objects(_parsed(text)))
        trails = (_crumbs(trail) for found in objects for trail in _trails(found))
        stated = (self.og.get("title"), self.news.headline if self.news else None)
        titles = {title[:_TITLE_MIN_CHARS] for title in stated if title}
        for trail in trails:
            if names := tuple(
                name
                for name, address in trail
                if name.casefold() not in HOME_LABELS
                and not _is_front_page(address)
                and name[:_TITLE_MIN_CHARS] not in titles
            ):
                return tuple(dict.fromkeys(names))
        return ()

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """Sections that the head states, outermost first: the breadcrumb, else a single section."""
        if self.breadcrumb:
            return self.breadcrumb
        stated = (self.news.section if self.news else None) or self.first("article:section")
        stated = stated or next(iter(self.itemprop.get("articlesection", ())), None)
        return (stated,) if stated else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsArticle:
    """A schema.org NewsArticle (Article, BlogPosting) as the page's JSON-LD states it."""

    headline: str | None = None
    description: str | None = None
    date_published: str | None = None
    """As printed; family F writes no time zone"""
    date_modified: str | None = None
    authors: tuple[str, ...] = ()
    """Names; family F puts the account that posted the article here"""
    section: str | None = None
    images: tuple[str, ...] = ()
    """Addresses as printed"""
    publisher: str | None = None
    keywords: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """The article's own addresses as printed: url, @id and mainEntityOfPage"""
    body: str | None = None
    """The text as stated, perhaps without breaks between its paragraphs, perhaps with tags"""


def read_metadata(
    root: etree._Element, url: str = "", marks: Sequence[etree._Element] | None = None
) -> Metadata:
    """Return the metadata in the tree below `root`.

    Args:
        root: the element that holds the page.
        url: the page's address, by which its own JSON-LD is recognised.
        marks: the elements of `METADATA_TAGS` below `root` in document order, and perhaps others,
            where the caller has found them; None = they are searched for.

    >>> head = '<meta property="og:title" content=" Lũ  rút "><link rel=canonical href=/a>'
    >>> metadata = read_metadata(etree.HTML(head))
    >>> metadata.og["title"], metadata.canonical, metadata.news
    ('Lũ rút', '/a', None)
    """
    metas: list[tuple[str, str]] = []
    itemprops: list[tuple[str, str]] = []
    canonical: str | None = None
    scripts: list[str] = []
    headings: list[str] = []
    for element in root.iter(*METADATA_TAGS) if marks is None else marks:
        tag = element.tag
        if tag == "meta":
            said: dict[str, str] = dict(element.items())  # type: ignore[arg-type]
            if content := said.get("content"):
                metas += [(key, content) for key in _keys(said)]
                if key := said.get("itemprop"):
                    itemprops.append((key.strip().lower(), content))
        elif tag == "link":
            canonical = canonical or _canonical(element)
        elif tag in _HEADING_TAGS:
            headings.append("".join(map(str, element.itertext())))
        elif tag == "script" and _JSON_LD in element.get("type", "").lower() and element.text:
            scripts.append(element.text)
    titles = tuple(headings[:HEADINGS_MAX])
    return Metadata(tuple(metas), tuple(itemprops), canonical, tuple(scripts), titles, url)


def _keys(meta: Mapping[str, str]) -> list[str]:
    name, key = meta.get("name"), meta.get("property")
    keys = (key, name) if key and name and key != name else (key or name,)
    return [key.strip().lower() for key in keys if key]


def _grouped(pairs: Pairs) -> dict[str, tuple[str, ...]]:
    values: dict[str, dict[str, None]] = {}
    for key, content in pairs:
        if text := clean(content):
            values.setdefault(key, {})[text] = None
    return {key: tuple(texts) for key, texts in values.items()}


def _canonical(element: etree._Element) -> str | None:
    if "canonical" in element.get("rel", "").lower().split():
        return clean(element.get("href", "")) or None
    return None


# JSON-LD ------------------------------------------------------------------------------------------


def _nothing(_: str) -> None:
    """Read a number as None: no field is one, and Python refuses numbers of 4,300 digits."""


_DECODER: Final = json.JSONDecoder(
    strict=False, parse_int=_nothing, parse_float=_nothing, parse_constant=_nothing
)
# A byte order mark, and the wrappers that kept old browsers from reading a script as markup.
_WRAPPING: Final = re.compile(r"\A(?:\s|\ufeff|//|/\*|\*/|<!--|<!\[CDATA\[)*+")
# A string without its closing quote is skipped whole; otherwise each later quote would start a new
# search to the end of the script, which is quadratic.
_TRAILING_COMMA: Final = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+"?)|,(?=\s*+[\]}])', re.DOTALL)
_NO_PATH: Final = re.compile(r"\A\s*(?:https?:)?//[^/?#]*", re.IGNORECASE)
_WORDS: Final = re.compile(r"\w+")
_TYPES: Final = ("Article", "BlogPosting", "LiveBlogPosting")
_HOLDERS: Final = ("mainEntity", "@graph")
_TRAIL_TYPE: Final = "BreadcrumbList"
_TITLE_MIN_CHARS: Final = 30  # two titles that begin with as many equal letters are one
HOME_LABELS: Final = frozenset(["trang chủ", "trang nhất", "home", "homepage", "home page"])

Json = dict[str, Any]


def _parsed(text: str) -> object:
    """Return the JSON value that begins the script; None where it is invalid or nested too deep."""
    text = _WRAPPING.sub("", text)
    try:
        return _DECODER.raw_decode(text)[0]
    except RecursionError:
        return None
    except ValueError:
        return _parsed_leniently(text)


def _parsed_leniently(text: str) -> object:
    try:
        return _DECODER.raw_decode(_TRAILING_COMMA.sub(r"\1", text))[0]
    except (ValueError, RecursionError):
        return None


def _objects(value: object) -> Iterator[Json]:
    """Yield the top-level objects in order, without the objects inside other objects' fields."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            yield value
            waiting.extend(value.get(holder) for holder in _HOLDERS)


def _is_article(found: Json) -> bool:
    names = (re.split("[/#:]", name)[-1] for name in _texts(found.get("@type")))
    return any(name in _TYPES or name.endswith("NewsArticle") for name in names)


def _trails(found: Json) -> Iterator[Json]:
    """Yield the object, and the one under its key "breadcrumb", where they are breadcrumbs."""
    for value in (found, found.get("breadcrumb")):
        if isinstance(value, dict) and _TRAIL_TYPE in _texts(value.get("@type")):
            yield value


def _crumbs(trail: Json) -> list[tuple[str, str]]:
    """Return the name and the address, or "", of each step of a breadcrumb."""
    steps = trail.get("itemListElement")
    found = []
    for step in steps if isinstance(steps, list) else [steps]:
        if isinstance(step, dict):
            item = step.get("item")
            name = _text(step.get("name"), "name") or _text(
                item if isinstance(item, dict) else None, "name"
            )
            if name:
                found.append((name, _text(item, "@id", "url") or ""))
    return found


def _is_front_page(address: str) -> bool:
    """Return whether the address has a host and no path."""
    return address.startswith(("http://", "https://")) and address.rstrip("/").count("/") == 2


def _named_nodes(objects: Sequence[Json]) -> dict[str, object]:
    """Return the name of each object of a graph that other objects may refer to by its @id."""
    return {
        found["@id"]: found["name"]
        for found in objects
        if isinstance(found.get("@id"), str) and found.get("name") and not _is_article(found)
    }


def _referred(value: object, names: Mapping[str, object]) -> object:
    """Return the value, with the name of the object to which a bare @id refers: {"@id": "#an"}."""
    if isinstance(value, list):
        return [one if isinstance(one, list) else _referred(one, names) for one in value]
    if isinstance(value, dict) and not value.get("name"):
        key = value.get("@id")
        return names.get(key, value) if isinstance(key, str) else value
    return value


def _article(found: Json, names: Mapping[str, object]) -> NewsArticle:
    return NewsArticle(
        headline=_text(found.get("headline")),
        description=_text(found.get("description")),
        date_published=_text(found.get("datePublished")),
        date_modified=_text(found.get("dateModified")),
        authors=_texts(_referred(found.get("author"), names), "name"),
        section=_text(found.get("articleSection"), "name"),
        images=_texts(found.get("image"), "url", "contentUrl"),
        publisher=_text(found.get("publisher"), "name"),
        keywords=_texts(_split(found.get("keywords")), "name"),
        addresses=_texts([found.get(k) for k in ("url", "@id", "mainEntityOfPage")], "@id", "url"),
        body=found["articleBody"] if isinstance(found.get("articleBody"), str) else None,
    )


def _path(address: str) -> str:
    """Return the address without scheme, host, query and fragment; "" for a home page.

    >>> _path("http://www.bao.vn/xa-hoi/tin-1.html?utm=a#top"), _path("https://bao.vn/")
    ('xa-hoi/tin-1.html', '')
    """
    return _NO_PATH.sub("", address).partition("#")[0].partition("?")[0].strip("/ ").casefold()


def _is_alike(headline: str, title: str, *, is_strict: bool) -> bool:
    """Return whether a headline names the page of a title.

    Args:
        headline: the article's headline.
        title: a title of the page, perhaps with the newspaper's name behind it.
        is_strict: the headline must begin the title or end where the title was cut.
    """
    one, other = _WORDS.findall(headline.casefold()), _WORDS.findall(title.casefold())
    short, long = sorted((" ".join(one), " ".join(other)), key=len)
    if short == long or (len(short) >= CUT_HEADLINE_MIN_CHARS and long.startswith(short)):
        return True
    fewest = min(len(set(one)), len(set(other)))
    return not is_strict and len(set(one) & set(other)) >= HEADLINE_MIN_SHARED_WORDS * fewest


def _split(keywords: object) -> object:
    return keywords.split(",") if isinstance(keywords, str) else keywords


def _text(value: object, *keys: str) -> str | None:
    texts = _texts(value, *keys)
    return texts[0] if texts else None


def _texts(value: object, *keys: str) -> tuple[str, ...]:
    """Return every text of the value, cleaned, each once.

    Lists are searched through; of an object only the value of the first of the keys that it has.
    """
    texts: dict[str, None] = {}
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts[clean(value)] = None
        elif isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            waiting.append(next((value[k] for k in (*keys, "@value") if value.get(k)), None))
    return tuple(filter(None, texts))
