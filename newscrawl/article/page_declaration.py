"""What must hold of a page class: checked when it is made, and whole where a newspaper names it."""

from collections.abc import Collection
from typing import Any, Final

from newscrawl.page.class_attributes import (
    fault,
    missing_attributes,
    refuse_bad_selector,
    refuse_unknown,
)

_SELECTOR: Final = "_selector"
_REMEDIES: Final = {
    "version": 'name it as in version = "x.1"; every line of the archive carries it',
    "identifying_selectors": "name selectors that match on every article page of this layout alone",
    "headline_selector": "name the selector of the headline's only element",
    "published_selector": 'name the selector of the date line, or "" where only the head has it',
    "body_selector": "name the selector of the element that holds the text",
}


def check_page_class(cls: type[Any], fields: Collection[str]) -> None:
    """Raise `DeclarationError` for an unknown attribute, a wrong type or a bad selector.

    A class from which others derive may leave attributes out; `check_complete` asks for all.

    Args:
        cls: The page class that has just been made.
        fields: The methods that read a field, for telling a misspelt one from a helper.
    """
    refuse_unknown(cls, may_add=True, methods=fields)
    own = {name: value for name, value in vars(cls).items() if not name.startswith("_")}
    for name, value in own.items():
        if name == "identifying_selectors":
            _check_identifying(cls, value)
        elif name.endswith(_SELECTOR) and value != "":
            refuse_bad_selector(cls, name, value)
        else:
            _check_type(cls, name, value)
    if "read_key" in own and not isinstance(own["read_key"], staticmethod | classmethod):
        raise fault(cls, "read_key", "no static method", "write @staticmethod above it")


def _check_identifying(cls: type[Any], selectors: object) -> None:
    if not isinstance(selectors, tuple):
        raise fault(
            cls,
            "identifying_selectors",
            f"{selectors!r} is no tuple",
            f"write identifying_selectors = ({selectors!r},)",
        )
    for selector in selectors:
        refuse_bad_selector(cls, "identifying_selectors", selector)


def _check_type(cls: type[Any], name: str, value: object) -> None:
    """Raise `DeclarationError` where a value has another type than that of the class above."""
    inherited = next((vars(base)[name] for base in cls.__mro__[1:] if name in vars(base)), None)
    if name == "version" and (not isinstance(value, str) or not value):
        raise fault(cls, name, f"{value!r} is no text", _REMEDIES["version"])
    if inherited is None or callable(inherited) or hasattr(type(inherited), "__get__"):
        return
    if not isinstance(value, type(inherited)):
        wanted = type(inherited).__name__
        raise fault(cls, name, f"{value!r} is no {wanted}", f"write a {wanted}")


def check_complete(cls: type[Any], base: type[Any]) -> None:
    """Raise `DeclarationError` where a page class lacks what reading a page needs.

    Args:
        cls: A page class that a newspaper names in `pages`.
        base: `ArticlePage`, whose attributes without a value must be set.
    """
    if cls.is_generic:
        return
    missing = missing_attributes(cls, base)
    if not missing and not cls.identifying_selectors:
        missing = ["identifying_selectors"]
    if not missing and not cls.headline_selector:
        missing = ["headline_selector"]
    if not missing and not cls.body_selector:
        missing = ["body_selector"]
    for name in missing:
        remedy = _REMEDIES.get(name, "set it: a class above announces it without a value")
        raise fault(cls, name, "missing", remedy)
    if cls.read_key is base.read_key:
        remedy = "write a static method that returns the article's key in an address, or None"
        raise fault(cls, "read_key", "missing", remedy)
