"""What a page class reads less of a page than the generic reader does."""

from collections.abc import Collection, Iterator
from textwrap import shorten
from typing import Any, Final

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.cli.read_page import Newspaper
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Line, to_line
from newscrawl.page.document import Document

_COMPARED: Final = (
    "lead", "body", "captions", "authors", "byline", "source", "section_path", "tags",
)  # fmt: skip
_QUOTED_MAX_CHARS: Final = 80


def lost_fields(
    document: Document, newspaper: Newspaper, line: Line, fields: Collection[str] = ()
) -> Iterator[str]:
    """Yield one line for each field of which the page class reads less than the generic reader.

    Args:
        document: The page.
        newspaper: Whose page it is.
        line: What its page class reads of the page.
        fields: The fields to compare; none = all that a page class may lose.
    """
    page = choose_page(newspaper.pages, document, newspaper.paper)
    if page.is_generic:
        return
    try:
        generic = to_line(normalize(GenericPage(document, newspaper.paper).to_item()))
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        return
    for name in _COMPARED:
        own, other = _parts(line[name]), _parts(generic[name])
        if len(other) > len(own) and (not fields or name in fields):
            first = next(part for part in other if part not in own)
            told = shorten(first, _QUOTED_MAX_CHARS, placeholder="…")
            yield (
                f"{name}: {type(page).__name__} reads {len(own)}, the generic reader {len(other)}:"
                f' "{told}"'
            )


def _parts(value: Any) -> list[str]:
    r"""Return the paragraphs of a text, or the texts of a list.

    >>> _parts("Một.\n\nHai."), _parts(["chè"]), _parts("")
    (['Một.', 'Hai.'], ['chè'], [])
    """
    return value.split("\n\n") if value and isinstance(value, str) else list(value or ())
