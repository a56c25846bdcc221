"""WordPress: its REST API lists all posts, newest first (`/wp-json/wp/v2/posts`)."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any, ClassVar, Final
from urllib.parse import parse_qs, urlencode, urlsplit

from newscrawl.article.newspaper_site import Site
from newscrawl.discovery.source import ListPage, Source
from newscrawl.discovery.stated_link import StatedLinks, absolute, check_url
from newscrawl.exceptions import ExtractionError
from newscrawl.items import VIETNAM
from newscrawl.page.document import Document

_PAGE_SIZE: Final = 100  # the most that WordPress gives
_FIELDS: Final = "id,link,date_gmt,title"
_TOTAL: Final = "x-wp-totalpages"


@dataclass(frozen=True, slots=True)
class WordPress(Source):
    """The posts of a WordPress site, 100 a page, with their dates.

    Declared as `WordPress("/")`, or with the folder of the blog. The header X-WP-TotalPages ends
    the walk; a site that hides the header answers 400 beyond its last page. Where the API is
    closed, `Feed("/feed/", paged=True)` lists the same posts.
    """

    base_url: str = "/"
    """Address of the site, absolute or a path on the paper's domain; ends with "/" """
    path: str = field(default="/", kw_only=True)
    """Section; "/" = the whole newspaper"""

    is_first: ClassVar[bool] = True
    end_statuses: ClassVar[frozenset[int]] = frozenset({400, 404, 410})

    def __post_init__(self) -> None:
        Source.__post_init__(self)
        check_url(self.base_url)

    @property
    def name(self) -> str:
        return f"WordPress:{self.base_url}"

    def at(self, path: str) -> Source | None:
        return self if path.endswith("/wp-json/wp/v2/posts") else None

    def start(self, paper: Site) -> str:
        return self._page(paper, 1)

    def _page(self, paper: Site, number: int) -> str:
        query = urlencode({"per_page": _PAGE_SIZE, "page": number, "_fields": _FIELDS}, safe=",")
        base = absolute(self.base_url, paper).rstrip("/")
        return f"{base}/wp-json/wp/v2/posts?{query}"

    def read(self, document: Document, paper: Site) -> ListPage:
        """Return the page's posts; raise `ExtractionError` for an answer that is no list."""
        posts = _posts(document)
        links = StatedLinks(document.url, paper, is_of_articles=True)
        for post in posts:
            title = post.get("title")
            rendered = title.get("rendered") if isinstance(title, dict) else title
            links.add(str(post.get("link") or ""), unescape(str(rendered or "")), _published(post))
        number = _number(document.url)
        total = document.headers.get(_TOTAL, "")
        is_last = number >= int(total) if total.isdecimal() else len(posts) < _PAGE_SIZE
        return links.page(older=None if is_last else self._page(paper, number + 1), is_window=False)


def _posts(document: Document) -> list[dict[str, Any]]:
    try:
        answer = json.loads(document.text)
    except (ValueError, RecursionError) as error:
        raise ExtractionError("list", document.url, f"not JSON: {error}") from error
    if not isinstance(answer, list):
        raise ExtractionError("list", document.url, "the answer is no list of posts")
    return [post for post in answer if isinstance(post, dict)]


def _published(post: dict[str, Any]) -> datetime | None:
    try:
        return (
            datetime.fromisoformat(str(post.get("date_gmt")))
            .replace(tzinfo=UTC)
            .astimezone(VIETNAM)
        )
    except (ValueError, OverflowError):
        return None


def _number(url: str) -> int:
    shown = parse_qs(urlsplit(url).query).get("page", ["1"])[0]
    return int(shown) if shown.isdecimal() else 1
