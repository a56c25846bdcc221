"""Outages: whether a site was well while a run asked for its articles. Pure.

A redirect to another host, a 404 or a page in repair says something of one article only while the
others are answered as usual. The last answers of a run are therefore judged together.
"""

from collections import Counter, deque
from typing import Final

WINDOW_MAX_ANSWERS: Final = 100
_OUTAGE_MIN_ANSWERS: Final = 3
_OUTAGE_SHARE: Final = 0.5  # of the answers; more of them are an outage


class AnswerWindow:
    """The last answers of a run, at most `WINDOW_MAX_ANSWERS`."""

    def __init__(self) -> None:
        self._kinds: deque[str] = deque(maxlen=WINDOW_MAX_ANSWERS)

    def note(self, kind: str) -> None:
        """Note an answer: what was wrong with it, in a word; "" for an answer as expected."""
        self._kinds.append(kind)

    def bad(self) -> Counter[str]:
        """Return how many of the answers were wrong, by what was wrong with them."""
        return Counter(kind for kind in self._kinds if kind)

    def is_outage(self) -> bool:
        """Return whether most of the answers are wrong.

        >>> window = AnswerWindow()
        >>> for kind in ("redirect_offsite", "http_404", "", "http_404"):
        ...     window.note(kind)
        >>> window.is_outage()
        True
        """
        count = self.bad().total()
        return count >= _OUTAGE_MIN_ANSWERS and count > _OUTAGE_SHARE * len(self._kinds)
