"""The article: schema version 1, in memory and on disk.

In memory `None` means that the page does not state a field, and `()` is a list without members. On
disk they are `""` and `[]`, because a null in the first rows costs researchers' loaders the whole
column (pandas, polars, DuckDB and datasets, measured November 2026). Only `to_line` and `from_line`
convert between the two forms.
"""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final, Literal

from newscrawl.timestamps import utc_text

VIETNAM: Final = timezone(timedelta(hours=7), "+07:00")  # no daylight saving since 1975

Kind = Literal["text", "photo", "video", "audio", "infographic", "other"]
Precision = Literal["second", "minute", "day", "month", ""]
Evidence = Literal["jsonld", "meta", "page", "listing", "sitemap", "url", ""]
Status = Literal["live", "gone"]

_ISO_VIETNAM = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00"
_ISO_UTC = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def _shape(**schema: Any) -> dict[str, Any]:
    return {"json_schema_extra": schema}


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article; the picture is linked, not copied."""

    url: str
    """Address of the image"""
    caption: str | None = None
    """Caption without its credit; "" = none"""
    credit: str | None = None
    """Credit taken from the caption, e.g. from "… Ảnh: X"; "" = none"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article at one revision."""

    schema_version: int = field(default=1, metadata=_shape(const=1))
    """Version of this schema"""
    id: str = field(metadata=_shape(pattern=r"^[a-z0-9_]+:[A-Za-z0-9._-]+$"))
    """Stable key <newspaper>:<key of the article in the CMS, read from the URL>, or 16 hex digits
    of sha256(canonical URL) where the URL carries none; the prefix keeps it from being all
    digits"""
    newspaper: str = field(metadata=_shape(pattern=r"^[a-z0-9_]+$"))
    """Spider name of the newspaper; never changes"""
    url: str
    """Canonical article URL: https, host as the paper writes it, no fragment, no tracking query"""
    headline: str
    """Headline as printed, NFC"""
    lead: str | None = None
    """Lead (sapo); "" = none"""
    body: str | None = None
    """Paragraphs joined by \\n\\n, without captions, byline or source line; "" only for media-only
    items"""
    captions: tuple[str, ...] = ()
    """Non-empty image captions as printed, credit included, in document order"""
    images: tuple[Image, ...] = ()
    """Images in document order; linked, not copied"""
    authors: tuple[str, ...] = ()
    """Names of persons or desks from the byline"""
    byline: str | None = None
    """Byline verbatim, e.g. "Bài, ảnh: Lý Thu"; "" = none"""
    source: str | None = None
    """Outlet the page credits, normalised, e.g. TTXVN, Nhân Dân; "" = the page credits none"""
    source_url: str | None = None
    """Link printed in the source line; "" = none"""
    source_line: str | None = None
    """Source line verbatim, e.g. "Theo: https://baotuyenquang.com.vn/"; "" = none"""
    section: str | None = None
    """Innermost section label as the paper writes it; "" = none"""
    section_path: tuple[str, ...] = ()
    """Section labels from the outermost to the innermost"""
    tags: tuple[str, ...] = ()
    """Keywords as the paper labels the article"""
    kind: Kind = "text"
    """Form of the article"""
    lang: str = "vi"
    """BCP 47 language tag, usually vi"""
    published_at: datetime | None = field(
        default=None, metadata=_shape(pattern=f"^{_ISO_VIETNAM}$")
    )
    """Publication time, YYYY-MM-DDTHH:MM:SS+07:00, always with that offset; null = undated"""
    published_date: date | None = field(default=None, metadata=_shape(pattern=r"^\d{4}-\d\d-\d\d$"))
    """Publication day in the Vietnamese calendar, YYYY-MM-DD; null = undated"""
    published_precision: Precision = ""
    """Finest unit the page states; at day precision published_at is written T00:00:00; "" =
    undated"""
    published_raw: str | None = None
    """Date text verbatim; "" = none"""
    published_source: Evidence = ""
    """Where the date was read (not the credited outlet, see source); "" = undated"""
    modified_at: datetime | None = field(
        default=None, metadata=_shape(pattern=f"^$|^{_ISO_VIETNAM}$")
    )
    """Update time stated by the paper, +07:00; "" = none stated"""
    first_seen_at: datetime = field(metadata=_shape(pattern=f"^{_ISO_UTC}$"))
    """First time the crawler met the article, UTC"""
    fetched_at: datetime = field(metadata=_shape(pattern=f"^{_ISO_UTC}$"))
    """Fetch that produced this revision, UTC"""
    http_status: int = 200
    """HTTP status of that fetch"""
    revision: int = field(default=1, metadata=_shape(minimum=1))
    """1 for the first version archived, then one more per changed content_hash, and per reading
    of the same page by later code that differs"""
    status: Status = "live"
    """live, or gone once the page answered 404 or 410 in two runs at least a day apart, or 410 in
    two"""
    gone_at: datetime | None = field(default=None, metadata=_shape(pattern=f"^$|^{_ISO_UTC}$"))
    """First 404 or 410, UTC; "" = live"""
    content_hash: str = field(default="", metadata=_shape(pattern=r"^sha256:[0-9a-f]{64}$"))
    """sha256 of the normalised headline, lead and body; an equal hash is no new revision"""
    raw_ref: str | None = None
    """Raw page: path of the WARC file inside the newspaper's folder, "#", byte offset; "" = not
    kept"""
    extractor: str = ""
    """newscrawl/<version> <newspaper>/<parser version>"""
    run_id: str = ""
    """Run that wrote this revision"""
    duplicate_of: str | None = None
    """id of the earliest article of the same newspaper with the same content_hash; "" = none"""
    syllable_count: int = field(default=0, metadata=_shape(minimum=0))
    """Whitespace-separated tokens of body: Vietnamese syllables, not words"""
    warnings: tuple[str, ...] = ()
    """Quality flags, e.g. date_missing, headline_from_meta, lead_from_meta, body_from_meta,
    authors_from_meta, section_from_meta, encoding_repaired, body_short, layout_unknown"""


FIELDS: Final = tuple(f.name for f in fields(Article))
UTC_FIELDS: Final = ("first_seen_at", "fetched_at", "gone_at")
VIETNAM_FIELDS: Final = ("published_at", "modified_at")
NULLABLE: Final = ("published_at", "published_date")

Line = dict[str, Any]


def to_line(article: Article) -> Line:
    """Return the article's disk form: every key, in schema order, each of one JSON type."""
    return {name: _to_disk(name, getattr(article, name)) for name in FIELDS}


def _to_disk(name: str, value: object) -> object:
    if value is None:
        return None if name in NULLABLE else ""
    if isinstance(value, datetime):
        if name in UTC_FIELDS:
            return utc_text(value)
        return value.astimezone(VIETNAM).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if name == "images" and isinstance(value, tuple):
        return [{"url": i.url, "caption": i.caption or "", "credit": i.credit or ""} for i in value]
    return list(value) if isinstance(value, tuple) else value


def from_line(line: Line) -> Article:
    """Return the article that a line of the archive holds; the inverse of `to_line`.

    Raises:
        KeyError: A key is missing; not in a validated line.
        ValueError: A time cannot be read; not in a validated line.
    """
    return Article(**{name: _to_memory(name, line[name]) for name in FIELDS})


def _to_memory(name: str, value: Any) -> Any:
    if name == "images":
        return tuple(
            Image(url=i["url"], caption=i["caption"] or None, credit=i["credit"] or None)
            for i in value
        )
    if isinstance(value, list):
        return tuple(value)
    if name in UTC_FIELDS or name in VIETNAM_FIELDS:
        return datetime.fromisoformat(value) if value else None
    if name == "published_date":
        return date.fromisoformat(value) if value else None
    keeps_empty = name in ("published_precision", "published_source", "extractor", "run_id")
    return value if value != "" or keeps_empty else None
