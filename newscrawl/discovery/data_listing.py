"""Read the articles that a page's own data lists: what a script would have made into a list.

Sites made by scripts (Next.js, Nuxt, Angular) send their first page as HTML and the older pages as
data alone, in `<script id="__NEXT_DATA__" type="application/json">`; other sites list their
articles once more for search engines, as `ItemList` in JSON-LD. Either is an array of objects with
a title and an address each.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from newscrawl.page.document import Document
from newscrawl.page.selectors import elements
from newscrawl.text import clean
from newscrawl.urls.canonical import resolve

_DATA: Final = "//script[contains(@type, 'json')]"
_TITLE_KEYS: Final = ("title", "headline", "name", "tieude", "tieuDe", "subject")
_TITLE_MIN_CHARS: Final = 6
_VALUES_MAX: Final = 200_000  # of one page, so that hostile data costs a second at most
_ARRAY_MIN_ARTICLES: Final = 3

Item = Mapping[str, Any]


class DataLink(NamedTuple):
    """An article that the data names: its absolute address and its title."""

    address: str
    title: str


def data_links(
    document: Document, is_article: Callable[[str], bool], hosts: Mapping[str, str]
) -> tuple[DataLink, ...]:
    """Return the articles of the array that names most of them, in its order; () for none.

    Args:
        document: the list's page.
        is_article: whether an absolute address has an article's form.
        hosts: the newspaper's hosts.
    """
    best: tuple[DataLink, ...] = ()
    for script in elements(document.root, _DATA):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):  # broken, or nested beyond any list
            continue
        for array in _arrays(data):
            found = _links(array, document.base_url, is_article, hosts)
            if len(found) > len(best):
                best = found
    return best


def _arrays(data: Any) -> Iterator[list[Item]]:
    """Yield every array of objects, outer ones first."""
    waiting = [data]
    for _ in range(_VALUES_MAX):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, list):
            if items := [_item(one) for one in value if isinstance(one, dict)]:
                yield items
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            waiting.extend(reversed(list(value.values())))


def _item(value: dict[str, Any]) -> Item:
    """Return an object with what its `item` (JSON-LD) or its `node` (GraphQL) states."""
    inner = value.get("item") or value.get("node")
    return {**value, **inner} if isinstance(inner, dict) else value


def _links(
    items: list[Item], base: str, is_article: Callable[[str], bool], hosts: Mapping[str, str]
) -> tuple[DataLink, ...]:
    """Return the articles of an array: one key of its objects holds their addresses."""
    columns: dict[str, list[DataLink]] = {}
    for item in items:
        for key, link in _stated(item, base):
            if urlsplit(link.address).hostname in hosts:
                columns.setdefault(key, []).append(link)
    named = {k: [one for one in links if is_article(one.address)] for k, links in columns.items()}
    key = max(named, key=lambda k: len(named[k]), default="")
    if not key or len(named[key]) < min(_ARRAY_MIN_ARTICLES, len(items)):
        return ()
    folders = {_folder(link.address) for link in named[key]}
    return tuple(link for link in columns[key] if _folder(link.address) in folders)


def _stated(item: Item, base: str) -> Iterator[tuple[str, DataLink]]:
    """Yield each key of a titled object that holds an address, with the link."""
    title = next((text for key in _TITLE_KEYS if (text := _text(item.get(key)))), "")
    if len(title) < _TITLE_MIN_CHARS:
        return
    for key, value in item.items():
        if isinstance(value, str) and value.startswith(("/", "http")):
            address = resolve(base, value)
            if address is not None:
                yield key, DataLink(address, title)


def _text(value: Any) -> str:
    """Return a title as text; WordPress nests it as `rendered`.

    >>> _text({"rendered": "Đêm  trắng"}), _text(4)
    ('Đêm trắng', '')
    """
    found = value.get("rendered") if isinstance(value, dict) else value
    return clean(found) if isinstance(found, str) else ""


def _folder(address: str) -> str:
    return urlsplit(address).path.rstrip("/").rpartition("/")[0]
