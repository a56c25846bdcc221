"""A page for a command, from a file or from the web."""

from datetime import UTC, datetime
from pathlib import Path

from scrapy.http import HtmlResponse
from scrapy.settings import Settings

from newscrawl.cli.fetch_one import fetch
from newscrawl.cli.read_page import NOWHERE, own_address
from newscrawl.cli.saved_page import unpacked
from newscrawl.page.document import Document


def open_page(place: str, settings: Settings, url: str | None = None) -> Document:
    """Return the page of a file or an address; "" is the address of one that states none.

    Args:
        place: The file's path, or an address that begins with https:// or http://.
        settings: For the manners of a request.
        url: The file's address; None = the one it states.

    Raises:
        ArgumentError: The file is packed and cannot be unpacked.
        FetchError: The address gives no good answer.
        OSError: The file cannot be read.
    """
    if place.startswith(("https://", "http://")):
        return fetch(place, settings)
    path = Path(place)
    body = unpacked(path.read_bytes())
    saved_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    document = Document(url or "", body, fetched_at=saved_at)
    if url is None:
        document.url = own_address(document) or ""
    return document


def response_of(document: Document) -> HtmlResponse:
    """Return the page as Scrapy's tools take it."""
    kind = document.content_type
    headers = {"Content-Type": kind} if kind else None
    return HtmlResponse(
        document.url or NOWHERE, status=document.status, headers=headers, body=document.body
    )
