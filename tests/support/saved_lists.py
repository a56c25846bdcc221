"""A paper, and the saved answers of its feeds, sitemaps and list APIs."""

from datetime import UTC, datetime
from typing import Final

from newscrawl.article.newspaper_site import Site
from newscrawl.page.document import Document
from newscrawl.urls.article_keys import exact_number_key
from newscrawl.urls.canonical import spellings
from tests.support.paths import ROOT

FOLDER: Final = ROOT / "tests" / "data" / "lists"
NOW: Final = datetime(2026, 11, 30, 3, tzinfo=UTC)
HOSTS: Final = spellings("baothu.vn")
UNKNOWN: Final = Site(name="baothu", domain="baothu.vn", hosts=HOSTS)
"""A paper of no known CMS"""
KNOWN: Final = Site(
    name="baothu", domain="baothu.vn", hosts=HOSTS, read_key=exact_number_key, has_own_form=True
)
"""A paper whose articles end in -{number}.html"""


def answer(
    url: str, body: bytes | str, content_type: str = "", headers: dict[str, str] | None = None
) -> Document:
    raw = body.encode() if isinstance(body, str) else body
    return Document(
        url, raw, fetched_at=NOW, content_type=content_type or None, headers=headers or {}
    )


def saved(name: str, url: str, content_type: str = "") -> Document:
    return answer(url, (FOLDER / name).read_bytes(), content_type)
