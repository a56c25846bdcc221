"""The page classes of all families by name, and which of them a page of an unknown paper fits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Final, TypeVar

import newscrawl.cms
from newscrawl.article.article_page import ArticlePage
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.source import Source
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.page.class_attributes import missing_attributes
from newscrawl.page.document import Document

T = TypeVar("T")
GENERIC: Final = "generic"
"""Name of the generic reader's page class"""


@cache
def page_classes() -> dict[str, type[ArticlePage]]:
    """Return the page classes that can be used alone, by module and class: "epi.EpiPage"."""
    found = {
        f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}": cls
        for cls in _defined(ArticlePage)
        if cls.is_generic
        or (not missing_attributes(cls, ArticlePage) and cls.identifying_selectors)
    }
    return {**found, GENERIC: GenericPage}


def name_of_class(page: type[ArticlePage]) -> str:
    """Return the name under which `page_classes` holds the class.

    >>> name_of_class(GenericPage)
    'generic'
    """
    return next(name for name, known in page_classes().items() if known is page)


def sections_of(page: type[ArticlePage]) -> tuple[type[Source], ...]:
    """Return the family's section classes that read lists of such articles, in their file's order.

    A class that wants more than the section's path is left out. A section class that names no page
    class is read for every page class of its family.
    """
    found = (cls for cls in _sources() if getattr(cls, "page", page) is page)
    alike = (cls for cls in found if hasattr(cls, "page") or _family(cls) == _family(page))
    return tuple(cls for cls in alike if _wants_path_alone(cls))


@cache
def section_classes() -> dict[str, type[Source]]:
    """Return the section classes that want a path alone, by module and class: "epi.EpiSection"."""
    found = {cls for page in page_classes().values() for cls in sections_of(page)}
    named = {f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}": cls for cls in found}
    return dict(sorted(named.items()))


def _family(cls: type[object]) -> str:
    return cls.__module__.rpartition(".")[2].partition("_")[0]


def _wants_path_alone(cls: type[Source]) -> bool:
    try:
        cls(path="/")
    except TypeError:
        return False
    return True


def _sources() -> Iterator[type[Source]]:
    yield from _defined(Source)  # type: ignore[type-abstract]


def _defined(base: type[T]) -> Iterator[type[T]]:
    """Yield the classes below `base` that the families' modules define."""
    for found in iter_modules(newscrawl.cms.__path__, f"{newscrawl.cms.__name__}."):
        for value in vars(import_module(found.name)).values():
            is_class = isinstance(value, type) and issubclass(value, base)
            if is_class and value.__module__ == found.name:
                yield value


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How well a layout reads the articles of a look."""

    page: type[ArticlePage]
    read: int
    """How many of the articles carry its marks and are read whole"""
    asked: int


def fitting(documents: Sequence[Document], paper: Site) -> Fit | None:
    """Return the layout that reads most of the articles; None where none reads half of them."""
    fits = [
        Fit(
            page=page, read=sum(_reads(page, one, paper) for one in documents), asked=len(documents)
        )
        for page in page_classes().values()
        if not page.is_generic
    ]
    best = max(fits, key=lambda fit: fit.read, default=None)
    return best if best is not None and best.read * 2 > best.asked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A layout whose marks the articles of a look carry, and which does not read them."""

    page: type[ArticlePage]
    marked: int
    """How many of the articles carry its marks"""
    asked: int
    why: str
    """What kept it from reading the first of them"""


def refusing(documents: Sequence[Document], paper: Site) -> Refusal | None:
    """Return the layout whose marks most of the articles carry though it does not read them.

    The result is None where no layout has its marks on half of them.
    """
    best: Refusal | None = None
    for page in page_classes().values():
        if page.is_generic:
            continue
        refused = [why for one in documents if (why := _refusal(page, one, paper))]
        if len(refused) > (best.marked if best is not None else len(documents) / 2):
            best = Refusal(page=page, marked=len(refused), asked=len(documents), why=refused[0])
    return best


def _reads(page: type[ArticlePage], document: Document, paper: Site) -> bool:
    """Return whether the page carries the layout's marks, its address a key, and all is read."""
    return _refusal(page, document, paper) is None


def _refusal(page: type[ArticlePage], document: Document, paper: Site) -> str | None:
    """Return why the layout does not read the page; "" for lack of its marks, None if it does."""
    try:
        if not page.matches(document):
            return ""
        if page.read_key(document.url) is None:
            return f"the address {document.url} has no key of the family's form"
        page(document, paper).to_item()
    except (ExtractionError, IncompletePageError, NotAnArticleError) as error:
        return str(error)
    return None
