"""What must hold of a newspaper's declaration; checked when its class is made."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.page_declaration import check_complete
from newscrawl.catalogue.entries import catalogue
from newscrawl.config.program import to_type
from newscrawl.discovery.source import Source
from newscrawl.monitoring.indicators import LOSSES
from newscrawl.page.class_attributes import fault

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_DOMAIN: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
REQUIRED: Final = ("name", "title", "domain", "provinces", "pages", "sources")
_REMEDIES: Final = {
    "name": "write the domain's first label, which is the file's name too",
    "title": "write the newspaper's name as it calls itself",
    "domain": "write the host its addresses are written with",
    "provinces": 'write codes of today\'s provinces, as in provinces = ("08",)',
    "pages": "write the page classes of its CMSs, as in pages = (ThatPage,)",
    "sources": 'write its lists, as in sources = (ThatSection(path="/kinh-te/"),)',
}
_TUPLES: Final = ("former_domains", "provinces", "pages", "sources", "skip_paths")
Fault = tuple[str, str, str]
"""Attribute, what is wrong, what to do"""


def check_declaration(cls: type[Any]) -> None:
    """Raise `DeclarationError` for the first value that a newspaper's class sets wrong."""
    for found in (_missing(cls), _forms(cls), _names(cls), _lists(cls), _floors(cls)):
        for attribute, what, remedy in found:
            raise fault(cls, attribute, what, remedy)
    for page in cls.pages:
        check_complete(page, ArticlePage)


def _missing(cls: type[Any]) -> Iterator[Fault]:
    for name in REQUIRED:
        if name == "provinces" and getattr(cls, "is_found", False):
            continue
        if not getattr(cls, name, None):
            yield name, "missing", _REMEDIES[name]


def _forms(cls: type[Any]) -> Iterator[Fault]:
    """Yield the attributes that have another type than the declaration wants."""
    for name in _TUPLES:
        value = getattr(cls, name, ())
        if not isinstance(value, tuple):
            shown = value.__name__ if isinstance(value, type) else repr(value)
            yield name, f"{shown} is no tuple", f"write {name} = ({shown},)"
    for name in ("name", "title", "domain"):
        if not isinstance(getattr(cls, name), str):
            yield name, f"{getattr(cls, name)!r} is no text", _REMEDIES[name]
    for page in cls.pages:
        if not (isinstance(page, type) and issubclass(page, ArticlePage)):
            yield "pages", f"{page!r} is no page class", _REMEDIES["pages"]
    for source in cls.sources:
        if not isinstance(source, Source):
            yield "sources", f"{source!r} is no source", _REMEDIES["sources"]
    reason = getattr(cls, "unverified_tls_reason", None)
    if reason is not None and not (isinstance(reason, str) and reason):
        remedy = "write why the certificate is not checked, or remove the line"
        yield "unverified_tls_reason", f"{reason!r} is no reason", remedy


def _names(cls: type[Any]) -> Iterator[Fault]:
    """Yield what is wrong with name, hosts and provinces."""
    if not _NAME.fullmatch(cls.name):
        yield "name", f"{cls.name!r} is not lower case letters and digits", _REMEDIES["name"]
    package, _, stem = cls.__module__.rpartition(".")
    if package == "newscrawl.spiders" and stem != cls.name:
        yield "name", f"{cls.name!r} is not the file's name", f"write {stem!r} or rename the file"
    former: tuple[Any, ...] = getattr(cls, "former_domains", ())
    for attribute, host in (("domain", cls.domain), *(("former_domains", h) for h in former)):
        if not (isinstance(host, str) and _DOMAIN.fullmatch(host)):
            yield attribute, f"{host!r} is not a host name", "write it as in baothu.com.vn"
    if cls.domain in former:
        yield "former_domains", f"{cls.domain!r} is the domain itself", "remove it"
    known = {entry.province_code for entry in catalogue()}
    for code in cls.provinces:
        if code not in known:
            remedy = f"write two digits in quotes; {to_type('papers --json')} lists the codes"
            yield "provinces", f"{code!r} is no province of today", remedy


def _lists(cls: type[Any]) -> Iterator[Fault]:
    """Yield what is wrong with the sections."""
    for name, count in Counter(source.name for source in cls.sources).items():
        if count > 1:
            yield "sources", f"{name} stands {count} times", "keep one of them"
    for path in getattr(cls, "skip_paths", ()):
        if not (isinstance(path, str) and path.startswith("/")):
            yield "skip_paths", f"{path!r} is no path", 'write it as in "/multimedia/"'


def _floors(cls: type[Any]) -> Iterator[Fault]:
    """Yield what is wrong with the least shares of fields."""
    for field, share in getattr(cls, "field_floors", {}).items():
        if field not in LOSSES:
            remedy = f"name one of {', '.join(sorted(LOSSES))}"
            yield "field_floors", f"{field!r} is no field that a run counts", remedy
        if not (isinstance(share, int | float) and 0 <= share <= 1):
            yield "field_floors", f"{field}: {share!r} is no share", "write a number from 0 to 1"
