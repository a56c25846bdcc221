"""The short texts around an article: where it stands in the paper, its tags, lines that are neither.

A label says what the page is for, not what happened: "Tin liên quan", "Chia sẻ", "Cỡ chữ".
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from newscrawl.generic.names import roles
from newscrawl.generic.phrases import is_label
from newscrawl.generic.survey import Survey
from newscrawl.generic.tree import lineage
from newscrawl.selectors import Element, elements
from newscrawl.text import clean, same_text
from newscrawl.urls import resolve

_HOME: Final = frozenset(["trang chủ", "trang nhất", "home", "homepage", ">", "»", "/"])
_EDGE: Final = " >»›/|–-•\xa0"


def find_trail(survey: Survey) -> tuple[str, ...]:
    """The sections the page prints the article under, outermost first.

    The breadcrumb; else the links whose address the article's own continues; else what the page's
    head names.
    """
    trail = _breadcrumb(survey) or _sections_of_address(survey)
    if trail:
        return trail
    metadata = survey.document.metadata
    news = metadata.news
    stated = (news.section if news else None) or metadata.first("article:section")
    stated = stated or next(iter(metadata.itemprop.get("articlesection", ())), None)
    return (stated.strip(_EDGE),) if stated and stated.strip(_EDGE) else ()


def _breadcrumb(survey: Survey) -> tuple[str, ...]:
    for element in elements(survey.document.root, "//*[@class or @itemtype or @id]"):
        is_list = "BreadcrumbList" in (element.get("itemtype") or "")
        if is_list or ("trail" in roles(element) and next(element.iter("a"), None) is not None):
            names = [_text(link) for link in element.iter("a") if _is_section(survey, link)]
            headline = survey.headline.text if survey.headline is not None else ""
            names = [name for name in names if name and not same_text(name, headline)]
            return tuple(dict.fromkeys(names))
    return ()


def _is_section(survey: Survey, link: Element) -> bool:
    address = resolve(survey.base, link.get("href") or "")
    return (
        address is not None
        and urlsplit(address).path.strip("/") != ""
        and _text(link).casefold() not in _HOME
    )


def _sections_of_address(survey: Survey) -> tuple[str, ...]:
    """Texts of the links whose paths are the beginnings of the article's own path."""
    own = urlsplit(survey.document.url)
    folders = [part for part in own.path.split("/") if part][:-1]
    wanted = {"/" + "/".join(folders[: n + 1]): n for n in range(len(folders))}
    found: dict[int, str] = {}
    for link in survey.document.root.iter("a"):
        parts = urlsplit(resolve(survey.base, link.get("href") or "") or "")
        level = wanted.get(parts.path.rstrip("/"))
        if level is not None and parts.hostname == own.hostname and _text(link):
            found.setdefault(level, _text(link))
    return tuple(found[level] for level in sorted(found))


def find_tags(survey: Survey) -> tuple[str, ...]:
    """The keywords the page prints under the article, as it labels it."""
    for index in range(max(survey.start, 0), len(survey.blocks)):
        box = survey.blocks[index].box
        element = next((e for e in lineage(box) if "tags" in roles(e)), None)
        if element is not None and survey.blocks[index].href is not None:
            return _texts(element)
    return ()


def _texts(element: Element) -> tuple[str, ...]:
    names: Sequence[str] = [_text(link) for link in element.iter("a")]
    return tuple(dict.fromkeys(name for name in names if name and not is_label(name)))


def _text(element: Element) -> str:
    return clean("".join(map(str, element.itertext()))).strip(_EDGE)
