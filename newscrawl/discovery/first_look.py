"""What a feed proves, and for how long lists need not be walked because of it. Pure.

A feed names the newest articles of a newspaper or a section in one request. Where its oldest
entries were known when it was last read, nothing that it names can be missing in between. That the
feed names everything is another matter: only the lists can show it, so they are walked beside it
once a day, and a feed that has left out an article is trusted no longer.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from newscrawl.discovery.source import Link, ListPage, Source

FULL_WALK_EVERY: Final = timedelta(hours=22)  # so that of daily runs each one walks the lists
_TAIL_SHARE: Final = 0.2
_TAIL_MIN_ENTRIES: Final = 2  # one old entry may be pinned


def oldest_entries(page: ListPage) -> Sequence[Link]:
    """Return the oldest fifth of the entries, at least two: by their dates where all have one."""
    links = list(page.links)
    dates = [link.published_at for link in links if link.published_at is not None]
    if len(dates) == len(links):
        links.sort(key=lambda link: link.published_at or dates[0], reverse=True)
    return links[-max(_TAIL_MIN_ENTRIES, round(_TAIL_SHARE * len(links))) :]


def has_no_gap(seen_at: Sequence[datetime | None], known_at: datetime | None) -> bool:
    """Return whether nothing that the feed named since it was last read can have left it unseen.

    Args:
        seen_at: when each of the oldest entries was first seen; None = it is seen now.
        known_at: when the feed was last read; None = it never was.
    """
    if known_at is None or len(seen_at) < _TAIL_MIN_ENTRIES:
        return False
    return all(at is not None and at <= known_at for at in seen_at)


def is_covered(path: str, feed_path: str) -> bool:
    """Return whether a feed of one section names the articles of another section's list.

    >>> is_covered("/kinh-te/nong-nghiep/", "/kinh-te/"), is_covered("/kinh-te/", "/xa-hoi/")
    (True, False)
    """
    return path.startswith(feed_path)


def is_trusted(compared_at: datetime | None, now: datetime) -> bool:
    """Return whether a feed was lately found to name all that the lists name.

    Args:
        compared_at: when a run last walked all lists beside the feed and found it complete.
        now: the moment; a comparison that is noted later than now proves nothing.
    """
    return compared_at is not None and compared_at <= now < compared_at + FULL_WALK_EVERY


def lists_beside(feed: Source, sources: Sequence[Source]) -> tuple[Source, ...]:
    """Return the lists that the feed covers: no feeds, no sitemaps, no former lists."""
    lists = (one for one in sources if one.is_list and not one.is_first and one.closed is None)
    return tuple(source for source in lists if is_covered(source.path, feed.path))
