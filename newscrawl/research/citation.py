"""How an article of the archive is cited: in words, as BibTeX, as CSL-JSON.

Every form names what makes the citation checkable: the time of the fetch, the revision and the
content hash. The same row gives the same citation.
"""

import json
import re
from datetime import date
from typing import Any, Final

from newscrawl.items import Line

_TEX: Final = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "#": r"\#",
    "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def citation_text(row: Line, paper: str) -> str:
    """Return the citation on one line; `paper` is the newspaper's name as it writes it."""
    authors = ", ".join(row["authors"]) or paper
    day = f" ({row['published_date']})" if row["published_date"] else ""
    return (
        f"{authors}{day}. {row['headline']}. {paper}. {row['url']} (fetched {row['fetched_at']},"
        f" revision {row['revision']}, {row['content_hash']}, id {row['id']})"
    )


def bibtex(row: Line, paper: str) -> str:
    """Return a BibTeX entry, `@article`, whose key is the article's id."""
    authors = " and ".join(f"{{{_tex(name)}}}" for name in row["authors"])
    fields = {
        "author": authors or f"{{{_tex(paper)}}}",
        "title": f"{{{_tex(row['headline'])}}}",
        "journal": _tex(paper),
        "date": row["published_date"] or "",
        "year": (row["published_date"] or "")[:4],
        "url": row["url"],
        "urldate": row["fetched_at"][:10],
        "langid": "vietnamese" if row["lang"] == "vi" else "",
        "note": _tex(_note(row)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_key(row)},", *lines, "}"])


def csl_json(row: Line, paper: str) -> str:
    """Return a CSL-JSON array of the one item, as Zotero and pandoc read it."""
    item: dict[str, Any] = {
        "id": row["id"],
        "type": "article-newspaper",
        "title": row["headline"],
        "container-title": paper,
        "author": [{"literal": name} for name in row["authors"]] or [{"literal": paper}],
        "URL": row["url"],
        "accessed": {"date-parts": [_parts(row["fetched_at"][:10])]},
        "language": row["lang"],
        "note": _note(row),
    }
    if row["published_date"]:
        item["issued"] = {"date-parts": [_parts(row["published_date"])]}
    if row["section"]:
        item["section"] = row["section"]
    return json.dumps([item], ensure_ascii=False, indent=2)


def _note(row: Line) -> str:
    return (
        f"id {row['id']}; fetched {row['fetched_at']}; revision {row['revision']};"
        f" {row['content_hash']}"
    )


def _parts(day: str) -> list[int]:
    found = date.fromisoformat(day)
    return [found.year, found.month, found.day]


def _key(row: Line) -> str:
    """Return the entry's key: letters, digits, colons and hyphens.

    >>> _key({"id": "baotuyenquang:202609-b794d12"})
    'baotuyenquang:202609-b794d12'
    """
    return re.sub(r"[^a-z0-9:_-]", "", row["id"].lower())


def _tex(text: str) -> str:
    r"""Return a text with the signs escaped that TeX reads as commands.

    >>> print(_tex("50% & {x}"))
    50\% \& \{x\}
    """
    return "".join(_TEX.get(c, c) for c in text)
