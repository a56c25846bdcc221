"""Faults of classes that declare by attributes, each told with its file and line.

A page class, a section and a newspaper are classes without code of their own: a misspelt name or
a selector that does not compile shows only when a page is read. The checks here run when such a
class is made, so that the fault is told before any request.
"""

import ast
import sys
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from functools import cache
from inspect import get_annotations
from pathlib import Path
from typing import Any, Final

from cssselect.parser import SelectorError
from lxml import etree

from newscrawl.exceptions import DeclarationError
from newscrawl.page.selectors import elements

PROJECT: Final = Path(__file__).parents[2]
"""The folder against which every place is told"""
_METHOD_LIKENESS_MIN: Final = 0.8
"""Share of letters from which a new method is a misspelt one: `caption` is `captions` at 0.93"""
_LIKENESS_MIN: Final = 0.6
_STEM_LIKENESS_MIN: Final = 0.7
"""`heading` is `headline` at 0.8; `title` is not `trail`, at 0.6"""
_SELECTOR: Final = "_selector"
_EMPTY_PAGE: Final = etree.fromstring("<html><body/></html>")


def place(file: str | Path, line: int | None = None) -> str:
    """Return a place as `file:line`, the file relative to the project where it lies in it.

    >>> place(PROJECT / "newscrawl" / "items.py", 7)
    'newscrawl/items.py:7'
    """
    path = Path(file).resolve()
    shown = path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path
    return f"{shown}:{line}" if line else f"{shown}"


def syntax_fault(error: SyntaxError) -> str:
    """Return a syntax error in one line: where, what, what to do."""
    at = place(error.filename or "<text>", error.lineno)
    return f"{at}: {type(error).__name__}: {error.msg}: mend this line or the one above"


def declared_at(cls: type[Any], attribute: str = "") -> str:
    """Return where the class sets the attribute, or else where the class statement stands.

    A class that no file declares (made by `type(…)`) is placed by its module's name.
    """
    file = getattr(sys.modules.get(cls.__module__), "__file__", None)
    if file is None:
        return cls.__module__
    lines = _attribute_lines(file, cls.__qualname__)
    return place(file, lines.get(attribute, lines.get("")))


@cache
def _attribute_lines(file: str, qualname: str) -> dict[str, int]:
    """Return the line of each attribute that the class statement sets; "" is the class itself."""
    names = qualname.split(".")
    body: list[ast.stmt] = ast.parse(Path(file).read_text("utf-8")).body
    found: ast.ClassDef | None = None
    for name in names:
        found = next((n for n in body if isinstance(n, ast.ClassDef) and n.name == name), None)
        if found is None:
            return {}
        body = found.body
    lines = {"": found.lineno} if found is not None else {}
    for statement in body:
        lines |= dict.fromkeys(_names_set(statement), statement.lineno)
    return lines


def _names_set(statement: ast.stmt) -> Iterator[str]:
    targets: list[ast.expr] = []
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield statement.name
        case ast.AnnAssign():
            targets = [statement.target]
        case ast.Assign():
            targets = statement.targets
    yield from (target.id for target in targets if isinstance(target, ast.Name))


def fault(cls: type[Any], attribute: str, what: str, remedy: str) -> DeclarationError:
    """Return the error that tells one fault of a class.

    Args:
        cls: The class at fault.
        attribute: The attribute at fault; "" for the class itself.
        what: What is wrong with it.
        remedy: What the author should do.
    """
    name = f"{cls.__name__}.{attribute}" if attribute else cls.__name__
    return DeclarationError(f"{declared_at(cls, attribute)}: {name}: {what}: {remedy}")


def refuse_unknown(cls: type[Any], *, may_add: bool, methods: Collection[str] = ()) -> None:
    """Raise `DeclarationError` for a public attribute that no base class knows.

    Args:
        cls: The class that has just been made.
        may_add: Whether an annotation (`x: ClassVar[str]`) makes a new attribute known, as in a
            class that others derive from.
        methods: Names that a method of the class may override; a new method whose name is all but
            one of them is misspelt, any other is a helper.
    """
    known = known_attributes(cls.__mro__[1:])
    own = set(get_annotations(cls)) if may_add else set()
    for name, value in vars(cls).items():
        if name.startswith("_") or name in known or name in own:
            continue
        is_method = callable(value) or hasattr(type(value), "__get__")  # a property, a cache
        if is_method and not get_close_matches(name, methods, 1, _METHOD_LIKENESS_MIN):
            continue
        remedy = _remedy(name, methods, _METHOD_LIKENESS_MIN) if is_method else _remedy(name, known)
        raise fault(cls, name, "unknown attribute", remedy)


def _remedy(name: str, known: Collection[str], likeness: float = _LIKENESS_MIN) -> str:
    """Return what to write instead of an unknown name; of selectors all where none is alike.

    Selectors are compared by what stands before "_selector", which all of them share.

    >>> _remedy("lede_selector", ["lead_selector", "tags_selector"])
    'did you mean lead_selector?'
    >>> _remedy("source_selector", ["lead_selector", "tags_selector"])
    'write one of lead_selector, tags_selector'
    """
    stem, ending, _ = name.partition(_SELECTOR)
    selectors = {one.partition(_SELECTOR)[0]: one for one in known if _SELECTOR in one}
    if ending and selectors:
        near = get_close_matches(stem, selectors, 1, _STEM_LIKENESS_MIN)
        if not near:
            return f"write one of {', '.join(sorted(selectors.values()))}"
        return f"did you mean {selectors[near[0]]}?"
    near = get_close_matches(name, known, 1, likeness)
    return f"did you mean {near[0]}?" if near else "remove it"


def known_attributes(bases: tuple[type[Any], ...]) -> set[str]:
    """Return the public names that the classes set or annotate."""
    names = {name for base in bases for name in vars(base)}
    names |= {name for base in bases for name in get_annotations(base)}
    return {name for name in names if not name.startswith("_")}


def missing_attributes(cls: type[Any], base: type[Any]) -> list[str]:
    """Return the class attributes that the class or a base below `base` announces and none sets."""
    lines = [one for one in cls.__mro__ if issubclass(one, base)]
    announced = [
        name
        for one in reversed(lines)
        for name, annotation in get_annotations(one).items()
        if "ClassVar" in str(annotation) and not name.startswith("_")
    ]
    return [name for name in dict.fromkeys(announced) if not hasattr(cls, name)]


def refuse_bad_selector(cls: type[Any], attribute: str, selector: object) -> None:
    """Raise `DeclarationError` where the selector is no text, or cannot be asked of a page."""
    if not isinstance(selector, str):
        raise fault(cls, attribute, f"{selector!r} is no text", "write one selector in quotes")
    try:
        elements(_EMPTY_PAGE, selector)
    except (SelectorError, etree.XPathError) as error:
        said = " ".join(str(error).split())
        remedy = 'write CSS, or XPath that begins with "/", "./", "(" or "id("'
        raise fault(cls, attribute, f"{selector!r} is no selector ({said})", remedy) from error
    except AssertionError:
        remedy = "select elements, not a text or a number"
        raise fault(cls, attribute, f"{selector!r} selects no elements", remedy) from None
