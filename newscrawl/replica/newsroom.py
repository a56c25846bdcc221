"""What a paper writes: each item's section, kind, words and fate, worked out from its number.

An item is a number, 0 the oldest. All facts about an item are computed from its number on demand,
so a paper of 100,000 articles starts as fast as one of ten.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from typing import Final, Literal

from newscrawl.replica import signatures, writer
from newscrawl.replica.dice import Dice, digest
from newscrawl.replica.site import (
    LAST_DAY,
    TUYENQUANG,
    Options,
    ReplicaSite,
    Section,
)
from newscrawl.replica.story import (
    Credit,
    Head,
    Look,
    Picture,
    Story,
)
from newscrawl.replica.timeline import Timeline

Kind = Literal["text", "photo", "video", "emagazine"]

_FATES: Final = ((50, "edit"), (60, "404"), (70, "410"), (90, "slug"), (100, "retag"))


@dataclass(frozen=True, slots=True)
class History:
    """What happened to an item after its first edition, by edition."""

    touched: int
    """Last edition that changed its page"""
    edits: tuple[int, ...] = ()
    slugs: tuple[int, ...] = ()
    retags: tuple[int, ...] = ()
    gone: int = 0
    """404 or 410; 0 = it stands"""


class Newsroom:
    """A site's items as written by an edition."""

    def __init__(self, site: ReplicaSite, options: Options, edition: int) -> None:
        self.site, self.options, self.edition = site, options, edition
        self.timeline = Timeline(site, options, edition)
        self.size, self.turn = self.timeline.size, self.timeline.turn
        self._seed = (options.seed, site.host)
        self.patterns = {old: self._pattern(old) for old in (True, False)}
        self.look = lru_cache(maxsize=8192)(self._look)
        self.head = lru_cache(maxsize=8192)(self._head)
        self.story = lru_cache(maxsize=64)(self._story)

    def _dice(self, item: int, *purpose: object) -> Dice:
        return Dice(*self._seed, item, *purpose)

    def _pattern(self, old: bool) -> tuple[Section, ...]:
        sections = self.site.old_sections if old else self.site.sections
        slots = [section for section in sections for _ in range(section.weight)]
        return tuple(Dice(self.site.host, "pattern", old).some(slots, len(slots)))

    def is_old(self, item: int) -> bool:
        """Return whether the item stands in the CMS of family K."""
        return item < self.turn

    def cms(self, item: int) -> str:
        return "K" if item < self.turn else self.site.cms

    def section(self, item: int) -> Section:
        old = item < self.turn
        pattern = self.patterns[old]
        return pattern[(item if old else item - self.turn) % len(pattern)]

    def kind(self, item: int) -> Kind:
        if item % 25 == 7 and self.site.sections and self.site.has_media:
            return "emagazine" if item // 25 % 3 == 1 else "video"
        return "photo" if item % 19 == 11 and self._original(item) is None else "text"

    def is_article(self, item: int) -> bool:
        return self.kind(item) in ("text", "photo")

    def history(self, item: int) -> History:
        """Return the item's changes so far: 5 % edited, 2 % gone, 2 % moved, 1 % tagged."""
        told: dict[str, tuple[int, ...]] = {"edit": (), "slug": (), "retag": ()}
        touched = born = self.timeline.born(item)
        for edition in range(born + 1, self.edition + 1) if self.is_article(item) else ():
            thrown = digest(*self._seed, item, "fate", edition) % 1000
            fate = next((name for limit, name in _FATES if thrown < limit), "")
            if fate.isdigit():
                return History(touched, told["edit"], told["slug"], told["retag"], int(fate))
            if fate:
                told[fate] += (edition,)
                touched = edition
        return History(touched, told["edit"], told["slug"], told["retag"])

    def is_live(self, item: int) -> bool:
        return self.edition == 1 or not self.history(item).gone

    def modified(self, item: int) -> datetime:
        """Return when the item's page last changed."""
        touched = self.history(item).touched
        if touched == self.timeline.born(item):
            return self.timeline.published(item) + timedelta(minutes=3)
        minutes = digest(*self._seed, item, "modified", touched) % 1380
        return LAST_DAY + timedelta(days=touched - 2, minutes=minutes)

    def _look(self, item: int) -> Look:
        """Return how the item's page is set."""
        heavy = self.options.page_bytes is not None
        return writer.look(self.cms(item), self._dice(item, "look"), heavy=heavy)

    def _original(self, item: int) -> int | None:
        """Return the paper's article that a portal's item repeats, or None."""
        if self.site.sections or self._credit_of_copy(item) != signatures.PAPER_CREDIT:
            return None
        return self._before(item)

    def _before(self, item: int) -> int:
        """Return the paper's last text but one when a portal's item of the same edition appears."""
        edition = self.timeline.born(item)
        own, papers = self.timeline.items_of(edition), self._paper.timeline.items_of(edition)
        place = papers.start + (item - own.start) * len(papers) // len(own)
        return next(n for n in range(max(0, place - 2), -1, -1) if n % 25 != 7 and n % 19 != 11)

    def _credit_of_copy(self, item: int) -> Credit:
        """Return no outlet where the item before may repeat the same article."""
        found = signatures.portal_credit(self._dice(item, "credit"))
        is_taken = item > 0 and self._before(item) == self._before(item - 1)
        return signatures.UNSIGNED if is_taken and found == signatures.PAPER_CREDIT else found

    def _head(self, item: int) -> Head:
        """Return the headline and lead as first published."""
        if (number := self._original(item)) is not None:
            return self._paper.head(number)
        dice, when = self._dice(item, "head"), self.timeline.published(item)
        return writer.head(self.section(item).topic, when, self.look(item), self.cms(item), dice)

    @cached_property
    def _paper(self) -> "Newsroom":
        return Newsroom(TUYENQUANG, self.options, 1)

    def folder(self, item: int) -> signatures.Folder:
        stamp = f"{self.timeline.published(item):%Y%m%d%H%M%S}"
        return signatures.Folder(self.cms(item), self.site.host, self.site.site_id, stamp)

    def _story(self, item: int) -> Story:
        """Return the article as it reads in this edition."""
        dice, topic, cms = self._dice(item, "story"), self.section(item).topic, self.cms(item)
        if (number := self._original(item)) is not None:
            told = self._copied(number, item, dice)
        elif self.kind(item) == "photo":
            told = writer.photo_story(self.head(item), topic, cms, self.folder(item), dice)
        else:
            told = writer.story(self.head(item), topic, cms, self.folder(item), dice)
            if not self.site.sections:
                told = replace(told, credit=self._credit_of_copy(item))
        history = self.history(item)
        for edition in history.edits:
            told = writer.edited(told, topic, self._dice(item, "edit", edition))
        for edition in history.retags if cms != "K" else ():
            told = writer.retagged(told, self._dice(item, "retag", edition))
        return told

    def _copied(self, number: int, item: int, dice: Dice) -> Story:
        """Return the newspaper's story on the portal: same words, own pictures, a credit."""
        told, folder = self._paper.story(number), self.folder(item)
        blocks = tuple(
            signatures.moved(block, "K", folder, dice) if isinstance(block, Picture) else block
            for block in told.blocks
        )
        return replace(told, blocks=blocks, credit=signatures.PAPER_CREDIT, tags=())
