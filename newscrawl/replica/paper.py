"""One paper at one edition: where its items stand and which lists show them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from newscrawl.replica.newsroom import Newsroom
from newscrawl.replica.prose import slug
from newscrawl.replica.site import Options, ReplicaSite

_TODAY: Final = re.compile(r"(/(?:[^/]+/)+)(\d{6})/[^/]+-([0-9a-f]{7})/?")
_LEGACY: Final = re.compile(r"/(?:[^/]+/)*[^/]+-(\d{4,7})\.html")
_MEDIA_PATHS: Final = ("/truyen-hinh/", "/multimedia/emagazine/", "/multimedia/video/")
_NEW_ENDINGS: Final = ("ban-moi", "cap-nhat", "viet-lai", "goc-nhin-moi", "nhin-lai")


@dataclass(frozen=True, slots=True)
class Card:
    """An item as lists show it."""

    path: str
    title: str
    lead: str
    avatar: str
    """Path of the picture, without the "/file" of families A"""
    published: datetime
    classes: str
    """What the CMS adds to the link's classes: "", "photo" or "photo video audio" """


@dataclass(frozen=True, slots=True)
class Found:
    """What an address leads to: an item (200), its new address (301), or nothing."""

    status: int
    item: int = -1
    location: str = ""


class Paper:
    """A site's items as of an edition."""

    def __init__(self, site: ReplicaSite, options: Options, edition: int) -> None:
        self.room = Newsroom(site, options, edition)
        self.size, self.turn = self.room.size, self.room.turn
        self.card = lru_cache(maxsize=8192)(self._card)
        self.shelf = lru_cache(maxsize=256)(self._shelf)

    def key(self, item: int) -> str:
        """Return the item's key in the CMS: "YYYYMM-7hex", or its number."""
        if self.room.is_old(item):
            return str(self.room.timeline.number(item))
        tail = self.room.timeline.article_id(item)[-7:]
        return f"{self.room.timeline.published(item):%Y%m}-{tail}"

    def _slugs(self, item: int) -> list[str]:
        """Return every slug the item has had, the present one last."""
        first = slug(self.room.head(item).headline)[:100].strip("-")
        short = "-".join(first.split("-")[:6])
        moves = self.room.history(item).slugs
        return [first] + [f"{short}-{_NEW_ENDINGS[e % len(_NEW_ENDINGS)]}-{e}" for e in moves]

    def _place(self, item: int) -> str:
        if self.room.is_article(item):
            return self.room.section(item).path
        place = _MEDIA_PATHS[item // 25 % 3]
        return "/" + place.split("/")[1] + "/" if self.room.is_old(item) else place

    def _path(self, item: int, place: str, name: str) -> str:
        key = self.key(item)
        if self.room.is_old(item):
            return f"{place}{name}-{key}.html"
        month, _, tail = key.partition("-")
        return f"{place}{month}/{name}-{tail}/"

    def path(self, item: int) -> str:
        """Return the item's own address on its host."""
        return self._path(item, self._place(item), self._slugs(item)[-1])

    def gathered_path(self, item: int) -> str:
        """Return the address under the section that gathers from the others; "" = there is none."""
        if self.room.is_old(item) or (item - self.turn) % 9 != 4 or not self.room.is_article(item):
            return ""
        sections = self.room.site.sections
        place = next((section.path for section in sections if section.gathers), "")
        return self._path(item, place, self._slugs(item)[-1]) if place else ""

    def other_urls(self, item: int) -> list[str]:
        """Return the other absolute addresses under which the paper links the item."""
        if second := self.gathered_path(item):
            return [f"https://{self.room.site.host}{second}"]
        path, form = self.path(item), item % 8
        if (
            not self.room.is_old(item)
            or not self.room.site.sections
            or form > 3
            or not self.room.is_article(item)
        ):
            return []
        host = self.room.site.host
        bare = f"https://{host}/{path.rsplit('/', 1)[1]}"
        tracked = f"https://{host}{path}?utm_source=trangchu&utm_medium=tinmoi"
        return [(tracked, f"https://www.{host}{path}", f"https://m.{host}{path}", bare)[form]]

    def resolve(self, path: str) -> Found:
        """Return what stands at a path of this host: articles and media pages only."""
        if match := _LEGACY.fullmatch(path):
            number = self.room.timeline.item_of_number(int(match[1]))
            items = [] if number is None else [number]
        elif match := _TODAY.fullmatch(path):
            items = [
                n for n in self.room.timeline.items_of_tail(match[3]) if self.key(n)[:6] == match[2]
            ]
        else:
            items = []
        found = (self._found(item, path) for item in items)
        return next((answer for answer in found if answer), Found(404))

    def _found(self, item: int, path: str) -> Found | None:
        own, second = self.path(item), self.gathered_path(item)
        history = self.room.history(item)
        names, place = self._slugs(item), self._place(item)
        standing = {own, second, "/" + own.rsplit("/", 1)[1] if self.room.is_old(item) else own}
        former = {self._path(item, place, name) for name in names} | {own.rstrip("/")}
        if second:
            gathering = second[: second.index("/", 1) + 1]
            former |= {self._path(item, gathering, name) for name in names}
        if path not in standing | former:
            return None
        if history.gone:
            return Found(history.gone, item)
        return Found(200, item) if path in standing else Found(301, item, own)

    def items(self) -> Iterator[int]:
        """Return every item that stands, oldest first."""
        return (item for item in range(self.size) if self.room.is_live(item))

    def newest(self, count: int, *, old: bool = False) -> list[int]:
        """Return the newest items that stand, of today's CMS or of the old one."""
        last, first = (self.turn, 0) if old else (self.size, self.turn)
        live = (item for item in range(last - 1, first - 1, -1) if self.room.is_live(item))
        return [item for item, _ in zip(live, range(count), strict=False)]

    def _shelf(self, path: str, old: bool) -> tuple[int, ...]:
        """Return the items of a section's list, newest first, those of its subsections included."""
        pattern = self.room.patterns[old]
        sections = self.room.site.old_sections if old else self.room.site.sections
        first, last = (0, self.turn) if old else (self.turn, self.size)
        if any(section.path == path and section.gathers for section in sections):
            slots, step = [4], 9
        else:
            inside = {
                section.path for section in sections if path in (section.path, section.parent)
            }
            slots = [n for n, section in enumerate(pattern) if section.path in inside]
            step = len(pattern)
        items = sorted(item for slot in slots for item in range(first + slot, last, step))
        if step == 9:
            items = [item for item in items if self.room.is_article(item)]
        return tuple(item for item in reversed(items) if self.room.is_live(item))

    def card_at(self, item: int, path: str) -> Card:
        """Return the item's card with another of its addresses."""
        return replace(self.card(item), path=path)

    def _card(self, item: int) -> Card:
        opening = (
            self.room.story(item).head if self.room.history(item).edits else self.room.head(item)
        )
        published = self.room.timeline.published(item)
        month, stamp = f"{published:%m%Y}", f"{published:%Y%m%d%H%M}"
        kind = self.room.kind(item)
        name = f"img_{item % 9973}_{stamp}{item % 50 + 10}.jpg"
        video = kind in ("video", "emagazine") and item // 75 % 3 != 2
        return Card(
            path=self.path(item),
            title=opening.headline,
            lead=opening.lead,
            avatar=f"/{self.room.site.site_id}/{month}/{name}",
            published=published,
            classes="photo video audio"
            if video
            else "photo"
            if item % 3 or kind == "photo"
            else "",
        )
