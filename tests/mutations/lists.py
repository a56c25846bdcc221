"""What redesigns do to lists: section pages whose parts are marked, and the answers of list APIs.

`fields` are those a report may name for it.
"""

import json
from collections.abc import Callable
from html import escape
from typing import Any, Final

from lxml import etree

from newscrawl.page.selectors import Element
from tests.mutations.anatomy import PART, parts
from tests.mutations.surgery import (
    Change,
    Mutation,
    body,
    drop,
    made,
    on_tree,
    put_after,
    put_before,
    renamed,
    text_of,
    without,
    wrap,
)

_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5"])
_LEFT: Final = 3  # articles that a page still has where a script fills in the rest


def _links_renamed(root: Element) -> None:
    """Another class for the links and what they stand in, inside each article's box."""
    for a in parts(root, "link"):
        renamed(a)
        for outer in a.iterancestors():
            if "item" in (outer.get(PART) or ""):
                break
            renamed(outer)


def _items_renamed(root: Element) -> None:
    for item in parts(root, "item"):
        for element in item.iter(etree.Element):
            renamed(element)


def _lists_renamed(root: Element) -> None:
    for box in parts(root, "list"):
        renamed(box)


def _columns_renamed(root: Element) -> None:
    """Everything the lists stand in."""
    for box in parts(root, "list"):
        for outer in (box, *box.iterancestors()):
            renamed(outer)


def _all_hashed(root: Element) -> None:
    for element in root.iter(etree.Element):
        for number, name in enumerate(("class", "id")):
            if value := element.get(name):
                element.set(name, f"c{sum(map(ord, value)) * 7 + number}")


def _lists_wrapped(root: Element) -> None:
    for box in parts(root, "list"):
        wrap(box, '<div class="x-outer"></div>')


def _headings_as_div(root: Element) -> None:
    for item in parts(root, "item"):
        for element in (*item.iter(etree.Element), *item.iterancestors()):
            if element.tag in _HEADINGS:
                element.tag = "div"


def _cards(root: Element) -> None:
    """One link around each article's box instead of those inside."""
    for item in parts(root, "item"):
        links = [a for a in item.iter("a") if "link" in (a.get(PART) or "")]
        href = links[0].get("href") or ""
        for a in item.iter("a"):
            a.tag = "span"
            without(a, "href")
        if item.tag in ("li", "tr", "td", "span"):
            item.tag = "div"
        wrap(item, f'<a class="x-card" href="{escape(href)}"></a>')


def _by_script(left: int) -> Change:
    """A script fills in the list, but for the first articles."""

    def change(root: Element) -> None:
        items = parts(root, "item")
        place = parts(root, "list")
        if place:
            script = "$('#x-list').load('/ajax/danh-sach?trang=1');"
            put_after(place[0], made(f'<div id="x-list"><script>{script}</script></div>'))
        for item in items[left:]:
            drop(item)

    return change


def _addresses_in_data(root: Element) -> None:
    for a in parts(root, "link"):
        a.set("data-href", a.get("href") or "")
        a.set("href", "javascript:;")


def _addresses_without_number(root: Element) -> None:
    """The new CMS spells addresses by the title alone."""
    for number, a in enumerate(parts(root, "link")):
        a.set("href", f"/bai/chuyen-o-xa-{'abcdefghijklmnopqrstuvwxyz'[number % 26]}")


def _another_host(root: Element) -> None:
    for a in parts(root, "link"):
        path = (a.get("href") or "").partition("://")[2].partition("/")[2]
        a.set("href", f"https://tin.bao-moi.example/{path or (a.get('href') or '').lstrip('/')}")


def _titles_outside(root: Element) -> None:
    """The titles stand beside links that hold a picture or nothing."""
    for a in parts(root, "link"):
        text = text_of(a)
        for child in list(a):
            if child.tag != "img":
                a.remove(child)
            else:
                child.tail = None
        a.text = None
        if text:
            put_after(a, made(f"<span>{escape(text)}</span>"))


def _to_the_end(root: Element) -> None:
    """The list moves out of its column, to the end of the page."""
    box = made('<div class="x-news"></div>')
    for item in parts(root, "item"):
        drop(item)
        item.tail = None
        box.append(item)
    body(root).append(box)


def _ids_gone(root: Element) -> None:
    """The hidden ids by which the page names its section to the list API."""
    for element in [e for e in root.iter(etree.Element) if e.get("id") == "page_info"]:
        drop(element)


def _pager_gone(root: Element) -> None:
    for a in parts(root, "pager"):
        drop(a)


def _pager_by_script(root: Element) -> None:
    for a in parts(root, "pager"):
        put_before(a, made('<button class="x-more" data-page="2">Xem thêm</button>'))
        drop(a)


def _pager_counts_otherwise(root: Element) -> None:
    for a in parts(root, "pager"):
        a.set("href", "?offset=40")


def _dates_dropped(root: Element) -> None:
    for item in parts(root, "item"):
        for element in [e for e in item.iter(etree.Element) if e.get("class") == "date"]:
            drop(element)


LIST_MUTATIONS: Final[tuple[Mutation, ...]] = (
    on_tree("list: links' class", "links titles", _links_renamed),
    on_tree("list: items' class", "links titles", _items_renamed),
    on_tree("list: its class", "links", _lists_renamed),
    on_tree("list: column's class", "links", _columns_renamed),
    on_tree("list: classes hashed", "links", _all_hashed),
    on_tree("list: wrapped", "links", _lists_wrapped),
    on_tree("list: headings as div", "links titles", _headings_as_div),
    on_tree("list: cards", "links titles", _cards),
    on_tree("list: by script", "links", _by_script(0)),
    on_tree("list: by script but three", "links", _by_script(_LEFT)),
    on_tree("list: addresses in data", "links", _addresses_in_data),
    on_tree("list: addresses without number", "links", _addresses_without_number),
    on_tree("list: another host", "links", _another_host),
    on_tree("list: titles outside", "titles links", _titles_outside),
    on_tree("list: moved to the end", "links", _to_the_end),
    on_tree("list: ids gone", "pager", _ids_gone),
    on_tree("list: dates dropped", "dates", _dates_dropped),
    on_tree("pager: gone", "pager", _pager_gone),
    on_tree("pager: by script", "pager", _pager_by_script),
    on_tree("pager: counts otherwise", "pager", _pager_counts_otherwise),
)


# The answers of list APIs -----------------------------------------------------------------------

_LIST_KEYS: Final = ("response", "data")
_ADDRESS_KEYS: Final = ("pageUrl", "link")


def _on_answer(change: Callable[[dict[str, Any], list[dict[str, Any]]], Any]) -> Callable[..., str]:
    """Given the answer and its items, the answer as it is now."""

    def apply(text: str) -> str:
        answer = json.loads(text)
        items = next(answer[key] for key in _LIST_KEYS if key in answer)
        made_ = change(answer, items)
        return made_ if isinstance(made_, str) else json.dumps(made_, ensure_ascii=False)

    return apply


def _on_items(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[..., str]:
    def each(answer: dict[str, Any], items: list[dict[str, Any]]) -> Any:
        return {
            key: [change(item) for item in items] if key in _LIST_KEYS else value
            for key, value in answer.items()
        }

    return _on_answer(each)


def _key(old: tuple[str, ...], new: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda item: {new if key in old else key: value for key, value in item.items()}


def _api(name: str, fields: str, change: Callable[..., str]) -> Mutation:
    return Mutation(name, frozenset(fields.split(", ")), change)


API_MUTATIONS: Final[tuple[Mutation, ...]] = (
    _api("api: list's key", "links", _on_answer(lambda _, items: {"items": items})),
    _api("api: in an envelope", "links", _on_answer(lambda answer, _: {"result": answer})),
    _api("api: a bare array", "links", _on_answer(lambda _, items: items)),
    _api("api: items by key", "links", _on_answer(
        lambda answer, items: {
            key: dict(enumerate(items)) if key in _LIST_KEYS else value
            for key, value in answer.items()
        }
    )),
    _api("api: empty", "links", _on_answer(lambda *_: {"response": [], "data": [], "total": 0})),
    _api("api: an error", "links", _on_answer(lambda *_: {"error": "forbidden", "code": 403})),
    _api("api: HTML", "links", _on_answer(
        lambda _, items: "<ul>" + "".join(f"<li>{item['title']}</li>" for item in items) + "</ul>"
    )),
    _api("api: XML", "links", _on_answer(lambda *_: "<?xml version='1.0'?><rss></rss>")),
    _api("api: address's key", "links", _on_items(_key(_ADDRESS_KEYS, "slug"))),
    _api("api: addresses without number", "links", _on_items(
        lambda item: item | dict.fromkeys(_ADDRESS_KEYS, "/bai/chuyen-o-xa")
    )),
    _api("api: title's key", "titles", _on_items(_key(("title",), "name"))),
    _api("api: date's key", "dates", _on_items(_key(("publishDate",), "published"))),
    _api("api: dates dropped", "dates", _on_items(
        lambda item: {key: value for key, value in item.items() if key != "publishDate"}
    )),
    _api("api: dates relative", "dates", _on_items(
        lambda item: item | ({"publishDate": "3 giờ trước"} if "publishDate" in item else {})
    )),
    _api("api: total as text", "links", _on_answer(
        lambda answer, _: answer | ({"total": str(answer["total"])} if "total" in answer else {})
    )),
    _api("api: indented", "links", _on_answer(
        lambda answer, _: json.dumps(answer, indent=2, ensure_ascii=True)
    )),
)  # fmt: skip
