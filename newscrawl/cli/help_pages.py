"""The pages of the documentation, as the wheel holds them and as a checkout does."""

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

_COMMENT: Final = re.compile(r"<!--.*?-->\n+", re.DOTALL)
_TITLE: Final = re.compile(r"^# (.+)$", re.MULTILINE)
_CONTENTS: Final = "index"


def page_folder() -> Path:
    """Return the folder of the pages: in the package where it is installed, else beside it."""
    package = Path(str(files("newscrawl")))
    installed = package / "docs"
    return installed if installed.is_dir() else package.parent / "docs"


def titles(folder: Path) -> Mapping[str, str]:
    """Return the title of every page by its name, but for the table of contents."""
    found = {}
    for path in sorted(folder.glob("*.md")):
        title = _TITLE.search(path.read_text(encoding="utf-8"))
        if title and path.stem != _CONTENTS:
            found[path.stem] = title[1]
    return found


def readable(page: str) -> str:
    r"""Return a page's text for a terminal, without what only a program reads.

    >>> readable("# Codes\n\n<!-- from the code: exit_codes -->\n\n| 0 |\n\n<!-- end -->\n\nAnd.\n")
    '# Codes\n\n| 0 |\n\nAnd.'
    """
    return _COMMENT.sub("", page).strip()
