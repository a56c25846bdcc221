"""How a freshly read article differs from the archived one: new, changed, same or back. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from newscrawl.items import (
    FIELDS,
    Article,
    Line,
    to_line,
)

Outcome = Literal["new", "changed", "unchanged", "gone_back", "forgotten"]
Author = Literal["newspaper", "extractor"]

# The keys that a line of `revisions/` has beyond an article's.
EXTRA: Final = ("superseded_at", "changed_by", "changed_fields")
CheckLine = Callable[[Line], tuple[str, ...]]
"""Returns the problems of an article's line; () = the line is valid"""

# Fields that say how and when a line came to be, not what the page says.
BOOKKEEPING: Final = frozenset(
    (
        "schema_version", "first_seen_at", "fetched_at", "http_status", "revision", "status",
        "gone_at", "raw_ref", "extractor", "run_id", "duplicate_of",
    )
)  # fmt: skip
_READ: Final = tuple(name for name in FIELDS if name not in BOOKKEEPING)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the archive did with an article, and the article as it stands there now."""

    outcome: Outcome
    revision: int
    article: Article


def changed_fields(old: Article, new: Article) -> tuple[str, ...]:
    """Return the fields a page states in which two articles differ on disk, in schema order."""
    return changed_in(to_line(old), to_line(new))


def changed_in(before: Line, after: Line) -> tuple[str, ...]:
    """Return the fields a page states in which two lines differ, in schema order."""
    return tuple(name for name in _READ if before[name] != after[name])


def revise(old: Article | None, new: Article, changed_by: Author = "newspaper") -> Stored:
    """Return what becomes of `new`, with the article to keep.

    The newspaper changes an article when the hash of its text changes. The extractor reads a kept
    page again, and changes the article when any field reads otherwise; a kept page does not say
    whether the address still answers, so `status` and `gone_at` stay. `first_seen_at` stays the
    first one, and `duplicate_of` is left to the caller.
    """
    if old is None:
        if (new.revision, new.status, new.gone_at) != (1, "live", None):
            new = replace(new, revision=1, status="live", gone_at=None)
        return Stored("new", 1, new)
    kept = replace(
        new, revision=old.revision + 1, first_seen_at=old.first_seen_at, status="live", gone_at=None
    )
    if changed_by == "extractor":
        if not changed_fields(old, new):
            return Stored("unchanged", old.revision, old)
        kept = replace(kept, status=old.status, gone_at=old.gone_at)
        return Stored("changed", kept.revision, kept)
    if new.content_hash != old.content_hash:
        return Stored("changed", kept.revision, kept)
    is_without_page = old.raw_ref is None and new.raw_ref is not None
    if old.status == "gone" or new.url != old.url or is_without_page:
        # The line names the address that answers, and the page that was kept of it.
        found = replace(
            old, url=new.url, status="live", gone_at=None, http_status=new.http_status,
            raw_ref=new.raw_ref or old.raw_ref,
        )  # fmt: skip
        return Stored("gone_back" if old.status == "gone" else "unchanged", old.revision, found)
    return Stored("unchanged", old.revision, old)


def superseded(line: Line, at: str, changed_by: Author, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return an older version's line for `revisions/`: when, by whom and in what it was changed."""
    return {**line, **dict(zip(EXTRA, (at, changed_by, list(fields)), strict=True))}
