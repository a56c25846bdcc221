"""Where a newspaper's articles are found: links and the sources that list them."""

from dataclasses import dataclass
from datetime import datetime

from newscrawl.items import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that probably holds an article, as a list, a feed or an API names it."""

    url: str
    """Canonical address, https, on one of the newspaper's hosts"""
    key: str
    """The article's key in the CMS; the same for every address of one article"""
    title: str | None = None
    published_at: datetime | None = None
    """As the list states it, +07:00"""
    kind: Kind | None = None
    """As the list marks it (photo, video, audio); None = not marked"""
