"""Outages: whether a site was well while a run asked for its articles. Pure.

A redirect to another host, a 404 or a page in repair says something of one article only while the
others are answered as usual. The last answers of a run are therefore judged together.
"""

from collections import Counter, deque
from typing import Final

WINDOW_MAX_ANSWERS: Final = 100
_OUTAGE_MIN_ANSWERS: Final = 3
_ABSENT: Final = frozenset(["http_404", "http_410"])
_OUTAGE_SHARE: Final = 0.5  # of the answers; more of them are an outage


class AnswerWindow:
    """The last answers of a run, at most `WINDOW_MAX_ANSWERS`."""

    def __init__(self) -> None:
        self._answers: deque[tuple[str, bool]] = deque(maxlen=WINDOW_MAX_ANSWERS)

    def note(self, kind: str, *, is_first: bool = True) -> None:
        """Note an answer: what was wrong with it, in a word; "" for an answer as expected.

        Args:
            kind: What was wrong.
            is_first: Whether no earlier run had a bad answer from that address.
        """
        self._answers.append((kind, is_first))

    def bad(self) -> Counter[str]:
        """Return how many of the answers were wrong, by what was wrong with them."""
        return Counter(kind for kind, _ in self._answers if kind)

    def is_outage(self) -> bool:
        """Return whether most of the answers are wrong that no earlier run had already.

        What an earlier run had already is no new evidence against the site: pages that a newspaper
        has removed answer so for good, however many they are. Where nothing else is answered, they
        are no evidence for the site either, and the outage goes on.

        >>> window = AnswerWindow()
        >>> for kind in ("redirect_offsite", "http_404", "", "http_404"):
        ...     window.note(kind)
        >>> window.is_outage()
        True
        >>> window = AnswerWindow()
        >>> for kind in ("http_404", "http_404", "http_404"):
        ...     window.note(kind, is_first=False)
        >>> window.is_outage(), window.note(""), window.is_outage()
        (True, None, False)
        """
        good, fresh, _ = self._counts()
        is_new = fresh >= _OUTAGE_MIN_ANSWERS and fresh > _OUTAGE_SHARE * (good + fresh)
        return is_new or self.is_undecided()

    def is_mostly_absent(self) -> bool:
        """Return whether most of the answers say that the page is not there, as known or anew.

        Then none of them is believed: a site may answer so in two bad hours, days apart.

        >>> window = AnswerWindow()
        >>> for kind in ("http_404", "http_404", "http_410", "", ""):
        ...     window.note(kind, is_first=False)
        >>> window.is_mostly_absent()
        True
        """
        absent = sum(kind in _ABSENT for kind, _ in self._answers)
        return absent >= _OUTAGE_MIN_ANSWERS and absent > _OUTAGE_SHARE * len(self._answers)

    def is_undecided(self) -> bool:
        """Return whether there is nothing but what earlier runs had already: the next answers tell.

        A run begins with what earlier runs left, so that its first answers may all be of that kind.
        """
        good, fresh, known = self._counts()
        return not good and fresh < _OUTAGE_MIN_ANSWERS <= known

    def _counts(self) -> tuple[int, int, int]:
        """Return the good answers, the bad ones that are new, and those of earlier runs."""
        good = sum(not kind for kind, _ in self._answers)
        fresh = sum(bool(kind) and is_first for kind, is_first in self._answers)
        return good, fresh, len(self._answers) - good - fresh
