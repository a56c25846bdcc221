"""The outcomes of a run's articles: bad answers are held back until the site is judged.

A bad answer is a refusal, a failure, a 404, or a text that another address of this run has given
already. The answers of a run are judged together (`monitoring.outage`): in an outage the held ones
count for nothing and the next run asks again; otherwise each is noted in the ledger. A run that is
killed has noted none of those it held, so the next run asks for them again.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from newscrawl.archive.newspaper_archive import Archive
from newscrawl.items import Article
from newscrawl.monitoring.health import Health, template_of
from newscrawl.monitoring.indicators import STAND_IN
from newscrawl.monitoring.outage import WINDOW_MAX_ANSWERS, AnswerWindow
from newscrawl.text import clean

Act = Literal["refuse", "fail", "gone"]
Count = Callable[[str], None]
SAME_TEXT: Final = "same_text"
_COUNTED: Final = ("", "failed", "unread")  # they were counted when they came
_PROVEN: Final = ("gone", "known")
_CHANGES_MIN: Final = 5  # fewer articles may change in one run by chance
_CHANGES_MAX_SHARE: Final = 0.9  # of the looks at archived articles; ten days of edits make 0.75
_QUESTIONED: Final = "changed as most articles did, or showed another's headline"
_UNLIKE_MAX: Final = 2_000  # of a run whose lists shorten their titles
_HELD_MAX: Final = WINDOW_MAX_ANSWERS // 2
_UNDECIDED_HELD_MAX: Final = 2000  # of a few hundred bytes each


@dataclass(frozen=True, slots=True)
class BadAnswer:
    """An answer that brought no article."""

    key: str
    """Key of the article that was asked for"""
    act: Act
    """The entry in the ledger, if the site was well"""
    reason: str
    """The reason in the ledger, one line"""
    kind: str
    """What was wrong, in a word; the counters outage/<kind> bear it; "" = no evidence"""
    url: str
    at: datetime
    status: int = 0
    """HTTP status of a page that is gone"""
    is_first: bool = True
    """Whether no earlier run had such an answer"""


@dataclass(frozen=True, slots=True)
class _HeldArticle:
    article: Article
    etag: str | None
    last_modified: str | None
    at: datetime
    is_copy: bool


class Outcomes:
    """What became of each article that a run asked for."""

    def __init__(self, archive: Archive, health: Health, count: Count) -> None:
        self._archive = archive
        self._health = health
        self._count = count
        self._window = AnswerWindow()
        self._bad: list[BadAnswer] = []
        self._articles: list[_HeldArticle] = []
        self._texts: dict[int, str] = {}
        """Key of the first article with a text, by the hash of the text's hash"""
        self._unchanged = 0
        """Answers as expected that question no change: the text of before, above all"""
        self._changed: list[str] = []
        """Keys of the archived articles of which this run has another text"""
        self._unlike: dict[str, str] = {}
        """Headlines unlike the title that a list gave the article, by the keys of those stored"""

    # Answers -----------------------------------------------------------------------------------

    def good(self) -> None:
        """Note an answer as expected that brings no article, such as a 304."""
        self._window.note("")
        self._unchanged += 1
        self._judge_if_full()

    def bad(self, answer: BadAnswer) -> None:
        """Hold a bad answer back.

        An answer that an earlier run had already is no evidence against the site: it confirms. An
        earlier run may have postponed it: then the link has a reason, and its state of before.
        """
        known = self._archive.ledger.links.need(answer.key)
        is_untold = known.state in ("discovered", "archived")
        is_first = is_untold and known.reason is None
        if is_untold and answer.kind:
            self._window.note(answer.kind, is_first=is_first)
        self._bad.append(replace(answer, is_first=is_first))
        self._judge_if_full()

    def article(
        self, article: Article, at: datetime, etag: str | None, last_modified: str | None
    ) -> Article:
        """Archive an article, or hold it back where its page may be no article's.

        Held back are pages that the generic reader read, and texts that another address has given.
        Returns the article as it was stored, or as it came.
        """
        key = article.id.partition(":")[2]
        text = hash(article.content_hash)
        is_copy = bool(article.content_hash) and self._texts.setdefault(text, key) != key
        held = _HeldArticle(article, etag, last_modified, at, is_copy)
        self._window.note(SAME_TEXT if is_copy else "")
        if is_copy or template_of(article.extractor) == STAND_IN:
            self._articles.append(held)
            stored = article
        else:
            stored = self._store(held)
        self._judge_if_full()
        return stored

    def held_published_at(self, key: str) -> datetime | None:
        """Return when an article that is held back was published; None where none of it is held."""
        suffix = f":{key}"
        held = (each.article for each in self._articles)
        return next((one.published_at for one in held if one.id.endswith(suffix)), None)

    # Judgement ---------------------------------------------------------------------------------

    def _judge_if_full(self) -> None:
        held = len(self._bad) + len(self._articles)
        most = _UNDECIDED_HELD_MAX if self._window.is_undecided() else _HELD_MAX
        if held >= most:
            self.judge()

    def judge(self, *, is_down: bool = False) -> None:
        """Note the held answers in the ledger, or postpone them where the site was not well.

        Args:
            is_down: The run ended because its site could not be reached or forbade everything.
        """
        is_outage = self._window.is_outage()
        doubted = "gone" if self._window.is_mostly_absent() else None
        if is_outage:
            for kind, number in self._window.bad().items():
                for _ in range(number):
                    self._count(f"outage/{kind}")
            self._window = AnswerWindow()
        settle = self._postpone if is_outage or is_down else self._settle
        doubted = None if is_outage or is_down else doubted
        bad, self._bad = self._bad, []
        articles, self._articles = self._articles, []
        for answer in bad:
            (self._postpone if answer.act == doubted else settle)(answer)
        for held in articles:
            if is_outage:
                self._reject(held)
            else:
                self._store(held)

    def _settle(self, answer: BadAnswer) -> None:
        links = self._archive.ledger.links
        if answer.act == "gone":
            articles = self._archive.ledger.articles
            absence = articles.mark_absent(answer.key, answer.status, answer.at)
            self._count("article/gone" if absence in _PROVEN else "article/in_doubt")
            if absence not in ("known", "missed_again"):
                self._health.vanished(answer.status, answer.url)
            if absence in ("missed", "never_there"):
                self._count(f"article/{absence}")
                self._count(f"doubt/{answer.kind}")
        elif answer.act == "refuse":
            self._count(f"refused/{answer.reason}")
            if answer.is_first:
                self._count(f"doubt/{answer.kind}")
            self._health.refused(answer.reason, answer.url)
            links.refuse(answer.key, answer.reason, answer.at)
        else:
            if answer.kind not in _COUNTED:
                self._count(f"refused/{answer.reason}")
                self._health.refused(answer.reason, answer.url)
            links.fail(answer.key, answer.reason, answer.at)

    def _postpone(self, answer: BadAnswer) -> None:
        if answer.kind not in _COUNTED:
            self._count("article/suspect")
        self._archive.ledger.links.postpone(answer.key, answer.reason, answer.at)

    def _store(self, held: _HeldArticle) -> Article:
        articles, key = self._archive.ledger.articles, held.article.id.partition(":")[2]
        known = self._archive.ledger.links.find(key)
        is_questioned = known is not None and known.reason == _QUESTIONED
        stored = articles.archive(held.article, held.at, held.etag, held.last_modified)
        self._count(f"article/{stored.outcome}")
        self._health.saw(held.article)
        is_news = stored.outcome in ("new", "changed") and not is_questioned
        listed = known.title if known is not None and len(self._unlike) < _UNLIKE_MAX else None
        if is_news and is_unlike(listed, held.article.headline):
            self._unlike[key] = held.article.headline
        if is_news and stored.outcome == "changed":
            self._changed.append(key)
        else:
            self._unchanged += stored.outcome in ("changed", "unchanged")
        return stored.article

    def question_changes(self, now: datetime) -> None:
        """Have the next run ask again for what changed where nearly every look found a change.

        So is an article that shows the headline of another one asked for again.

        A newsroom edits some articles; a text cut after its first paragraph, or one article in the
        place of another, meets all of them in one bad hour. What the next run finds is believed.
        """
        unlike, self._unlike = self._unlike, {}
        others = self._archive.ledger.links.titled(unlike.values())
        for key, headline in unlike.items():
            if headline in others:
                self._archive.ledger.links.question(key, _QUESTIONED, now)
                self._count("article/misplaced")
        changed, self._changed = self._changed, []
        looks = len(changed) + self._unchanged
        if len(changed) < _CHANGES_MIN or len(changed) <= _CHANGES_MAX_SHARE * looks:
            return
        for key in changed:
            self._archive.ledger.links.question(key, _QUESTIONED, now)
            self._count("article/questioned")

    def _reject(self, held: _HeldArticle) -> None:
        """Postpone an article of an outage, and the one that gave the same text before it."""
        links, key = self._archive.ledger.links, held.article.id.partition(":")[2]
        self._count("article/suspect")
        if held.is_copy:
            links.make_due(self._texts[hash(held.article.content_hash)], held.at)
        if links.is_known(key):
            links.postpone(key, "an outage of the site", held.at)


def is_unlike(title: str | None, headline: str) -> bool:
    """Return whether a list gave the article another title than its page shows.

    >>> is_unlike("Đêm trắng ở  bến", "ĐÊM TRẮNG Ở BẾN"), is_unlike(None, "Đêm trắng")
    (False, False)
    >>> is_unlike("Đêm trắng ở bến", "Chợ họp sớm")
    True
    """
    return bool(title) and clean(title or "").casefold() != clean(headline).casefold()
