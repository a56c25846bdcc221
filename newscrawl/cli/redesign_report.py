"""What is told of a redesign: the marks that are gone, where the fields stand, the class to write.

Pure.
"""

from collections.abc import Iterator
from typing import Any, Final

from newscrawl.article.redesign.field_search import PAGES_MIN, FieldPlace
from newscrawl.article.redesign.layout_trial import FIELDS, FURTHER_FIELDS
from newscrawl.article.redesign.new_layout import ATTRIBUTES, NewLayout
from newscrawl.cli.read_page import Newspaper
from newscrawl.config.program import to_type
from newscrawl.monitoring.health import template_of

_WORDS: Final = {"published_at": "date", "section_path": "section"}


def report(layout: NewLayout, newspaper: Newspaper) -> Iterator[str]:
    """Yield what a person is told, and the class that reads the new layout."""
    page = layout.page.__name__
    yield (
        f"{page} does not read {layout.pages} of the newest pages as before;"
        f" the archive holds {layout.archived} of their articles from earlier pages"
    )
    for selector, attributes in layout.lost.items():
        yield f"  matches nothing: {selector} ({attributes})"
    yield from (f"  {_word(one.field)}: {_told(one, layout)}" for one in layout.found)
    if not layout.found:
        yield "  every field is read where it is known: the pages lack a mark of the class alone"
    if not layout.attributes:
        return
    yield f"  with the class below {layout.read} of {layout.pages} pages are read; as is known:"
    yield f"    {_counts(layout)}"
    for name, address in layout.otherwise.items():
        yield f"  {_word(name)} is read otherwise, as on {address}"
    yield f"  beside {page} in {layout.page.__module__.replace('.', '/')}.py:"
    yield ""
    yield from class_lines(layout, newspaper)
    yield ""
    if newspaper.is_found:
        hint = to_type(f"newpaper https://{newspaper.domain}/")
        yield f"  and declare the newspaper with it: {hint}"
        return
    names = ", ".join([class_name(newspaper), *(one.__name__ for one in newspaper.pages)])
    yield f"  and in newscrawl/spiders/{newspaper.name}.py: pages = ({names})"


def _word(field: str) -> str:
    return _WORDS.get(field, field)


def _told(found: FieldPlace, layout: NewLayout) -> str:
    """Return what is told of one field."""
    field, known = _word(found.field), found.known
    if found.verdict == "vanished":
        return f"vanished: none of {known} pages shows the {field} that is known"
    if found.verdict == "unknown":
        return f"known of {known} pages alone, {PAGES_MIN} are the least"
    if found.verdict == "ambiguous":
        places = " and ".join(f"`{place}`" for place in found.places)
        return f"ambiguous: {places} give it on {found.right} of {known} pages each: no proposal"
    if found.verdict == "scattered":
        return f"{found.right} of {known} pages show it, in different places, as in {found.path}"
    holds = "holds" if found.field == "body" else "gives"
    told = f"`{found.selector}` {holds} the {field} of {found.right} of {known}: {found.path}"
    attribute = ATTRIBUTES[found.field]
    if not hasattr(layout.page, attribute):
        told += f" ({layout.page.__name__} has no {attribute}: write a method {found.field})"
    return told


def _counts(layout: NewLayout) -> str:
    told = [
        f"{_word(name)} {layout.right[name]} of {layout.known[name]}"
        for name in (*FIELDS, *FURTHER_FIELDS)
        if layout.known[name]
    ]
    return ", ".join(told)


def class_name(newspaper: Newspaper) -> str:
    """Return the name of the class for the new layout."""
    name = f"{newspaper.__name__.removesuffix('Spider')}Page"
    taken = {page.__name__ for page in newspaper.pages}
    numbered = (f"{name}{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def version(layout: NewLayout, newspaper: Newspaper) -> str:
    """Return the parser version of the class for the new layout, whose template is a new one."""
    family = layout.page.version.partition(".")[0]
    taken = {template_of(f"/{page.version}") for page in newspaper.pages}
    names = (f"{family}.{newspaper.name}{number or ''}" for number in range(len(taken) + 1))
    return next(f"{one}.1" for one in names if one not in taken)


def class_lines(layout: NewLayout, newspaper: Newspaper) -> Iterator[str]:
    """Yield the Python of the class for the new layout."""
    page = layout.page.__name__
    yield f"class {class_name(newspaper)}({page}):"
    yield f'    """{newspaper.title} since its redesign."""'
    yield ""
    yield f'    version = "{version(layout, newspaper)}"'
    for name, value in layout.attributes.items():
        former = str(getattr(layout.page, name, "")) if name == "drop_selector" else ""
        yield from _assignment(name, value, page, former)


def _assignment(name: str, value: Any, page: str, former: str) -> Iterator[str]:
    """Yield the lines that set one attribute; a longer form of the former value refers to it."""
    if isinstance(value, tuple):
        yield f"    {name} = ("
        yield from (f"        {_quoted(one)}," for one in value)
        yield "    )"
    elif former and value.startswith(former):
        inner = _quoted(value.removeprefix(former))
        yield f"    {name} = ("
        yield f"        {page}.{name}"
        yield f"        + {inner}"
        yield "    )"
    else:
        yield f"    {name} = {_quoted(value)}"


def _quoted(text: str) -> str:
    """Return the text as Python writes it, in double quotes where it holds none.

    >>> print(_quoted("h1.name"), _quoted('div[itemprop="articleBody"]'))
    "h1.name" 'div[itemprop="articleBody"]'
    """
    return repr(text) if '"' in text else f'"{text}"'
