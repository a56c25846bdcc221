"""The table of families in the documentation: a code, and the classes that a declaration names."""

from collections.abc import Iterator

from newscrawl.article.article_page import ArticlePage
from newscrawl.cms.layouts import page_classes, sections_of


def family_table() -> str:
    """Return the page classes by the code of their family, in Markdown, as the catalogue names it.

    The magazines are left out: they stand behind the page class of their family.
    """
    rows = sorted(_row(page) for page in page_classes().values() if _is_told(page))
    return "\n".join(
        ["| `cms` | page class | section class | file |", "|---|---|---|---|", *dict.fromkeys(rows)]
    )


def _is_told(page: type[ArticlePage]) -> bool:
    return not page.is_generic and "magazine" not in page.version


def _row(page: type[ArticlePage]) -> str:
    module = page.__module__.rpartition(".")[2]
    sections = [f"`{cls.__name__}`" for cls in sections_of(page)]
    code = page.version.partition(".")[0].upper()
    cells = (code, f"`{page.__name__}`", ", ".join(sections), ", ".join(_files(page, module)))
    return f"| {' | '.join(cells)} |"


def _files(page: type[ArticlePage], module: str) -> Iterator[str]:
    """Yield the files of the page class and, where they stand elsewhere, of its sections."""
    modules = [module, *(cls.__module__.rpartition(".")[2] for cls in sections_of(page))]
    yield from (f"`cms/{name}.py`" for name in dict.fromkeys(modules))
