"""The revisions of one article as a readable difference, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from newscrawl.items import Line

if TYPE_CHECKING:  # the reading room has no archive at hand
    from newscrawl.research.archive_view import ArchiveView

COMPARED: Final = (
    "headline", "lead", "body", "captions", "authors", "source", "section", "tags",
    "published_at", "url", "status",
)  # fmt: skip
_PIECE: Final = re.compile(r"\s+|[^\s]+")
_COMPARED_MAX_PRODUCT: Final = 4_000_000  # pieces of one version times pieces of the other
_UNCHANGED_MAX_WORDS: Final = 12  # of a long unchanged stretch only its ends are shown


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a field: kept, removed or added."""

    kind: str
    """" " kept, "-" removed, "+" added"""
    text: str


def versions(view: "ArchiveView", article_id: str) -> list[Line]:
    """Return the versions of an article, oldest first, the newest last.

    Raises `ArgumentError` where the archive has no such article.
    """
    newest = view.row(article_id)
    name = article_id.partition(":")[0]
    paper = next(paper for paper in view.newspapers if paper.name == name)
    older = [row for row in paper.revisions() if row["id"] == article_id]
    return [*sorted(older, key=lambda row: int(row["revision"])), newest]


def changes(old: Line, new: Line) -> Iterator[tuple[str, Sequence[Change]]]:
    """Return the fields that differ between two versions, in a fixed order, with their changes."""
    for name in COMPARED:
        before, after = _text(old.get(name)), _text(new.get(name))
        if before != after:
            yield name, compare(before, after)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "" if value is None else str(value)


def compare(before: str, after: str) -> tuple[Change, ...]:
    """Return how a text became another, word by word.

    >>> [(c.kind, c.text) for c in compare("Mưa to ở Hà Giang", "Mưa rất to ở Hà Giang")]
    [(' ', 'Mưa '), ('+', 'rất '), (' ', 'to ở Hà Giang')]
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    old_end, new_end = len(old) - tail, len(new) - tail
    middle = _middle(old[head:old_end], new[head:new_end])
    ends = Change(" ", "".join(old[:head])), Change(" ", "".join(old[old_end:]))
    return tuple(change for change in (ends[0], *middle, ends[1]) if change.text)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pieces at the beginning of both are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))


def _middle(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Return the changes between two lists of pieces; of very long ones the whole as one."""
    if len(old) * len(new) > _COMPARED_MAX_PRODUCT:
        opcodes = [("replace", 0, len(old), 0, len(new))]
    else:
        opcodes = list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    kept = [
        (a, b, c, d) for tag, a, b, c, d in opcodes if tag == "equal" and "".join(old[a:b]).strip()
    ]  # a blank between two changed words is no part of the text that was kept
    old_place = new_place = 0
    for a, b, c, d in (*kept, (len(old), len(old), len(new), len(new))):
        yield Change("-", "".join(old[old_place:a]))
        yield Change("+", "".join(new[new_place:c]))
        yield Change(" ", "".join(old[a:b]))
        old_place, new_place = b, d


def as_text(found: Sequence[Change]) -> str:
    """Return the changes on one or more lines: [-removed-] and {+added+}, as `git --word-diff`.

    >>> as_text(compare("Mưa to", "Nắng to"))
    '[-Mưa-]{+Nắng+} to'
    """
    return "".join(_marked(change) for change in found)


def _marked(change: Change) -> str:
    if change.kind == "-":
        return f"[-{change.text}-]"
    if change.kind == "+":
        return f"{{+{change.text}+}}"
    return shortened(change).text


def shortened(change: Change) -> Change:
    """Return the change; of a long stretch that is kept only its ends.

    >>> shortened(Change("-", "mưa " * 99)).text == "mưa " * 99
    True
    """
    pieces = _PIECE.findall(change.text) if change.kind == " " else ()
    if len(pieces) <= 4 * _UNCHANGED_MAX_WORDS:
        return change
    ends = 2 * _UNCHANGED_MAX_WORDS
    return Change(" ", f"{''.join(pieces[:ends])} […] {''.join(pieces[-ends:])}")
