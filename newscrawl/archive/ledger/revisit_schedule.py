"""When a page is looked at again: soon while it is news, rarely once it is history.

Pure: the same page, the same history and the same moment give the same answer.
"""

import zlib
from datetime import datetime, timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
REVISIT_MAX: Final = 180 * DAY
# An article of the last day starts on the first rung, an older one further up. Each look that
# finds nothing new climbs one rung; an edit starts again where the article's age puts it.
RUNGS: Final = (3 * HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY, REVISIT_MAX)
_RUNG_MIN_AGES: Final = (DAY, 7 * DAY, 30 * DAY, 180 * DAY, 720 * DAY)
_COUNTED_CHANGES_MAX: Final = 4
_JITTER_SHARE: Final = 0.1

# No single answer is final. A page that is no article yet is asked for by the next two runs, since
# a site may have a bad hour, then after these times: the last verdict comes days after the first.
TRIES_MAX: Final = 5
_AFTER_FAILURE: Final = (timedelta(0), timedelta(0), 6 * HOUR, 2 * DAY)
_AFTER_REFUSAL: Final = (timedelta(0), timedelta(0), 2 * DAY, 7 * DAY)
_AFTER_ABSENCE: Final = (timedelta(0), timedelta(0), DAY, 7 * DAY)
# Even then a list that names the page brings it back, this long after the last verdict.
BACK_AFTER_FAILURES: Final = 7 * DAY
BACK_AFTER_REFUSALS: Final = 30 * DAY
# An archived page that answers 404 or 410 is gone when it does so again at least this much later.
ABSENCE_MIN: Final = DAY
_GONE_LOOKS: Final = (DAY, 7 * DAY, 30 * DAY, 90 * DAY, REVISIT_MAX)


def next_look(
    published_at: datetime | None, now: datetime, changes: int, unchanged_streak: int, key: str
) -> datetime:
    """Return when an archived page is due again: after hours, a day, a week, a month, then rarely.

    Never later than `REVISIT_MAX` from now.

    Args:
        published_at: the article's time; None counts as today.
        now: the moment of this look.
        changes: edits seen so far; a page with four or more is visited five times as often.
        unchanged_streak: looks since the last edit that found nothing new.
        key: spreads the pages of one day by up to a tenth, the same way each time.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> (next_look(noon - HOUR, noon, 0, 0, "129305") - noon).total_seconds() // 3600
    3.0
    >>> (next_look(noon - HOUR, noon, 0, 2, "129305") - noon).days
    7
    >>> (next_look(noon - HOUR, noon, 0, 99, "129305") - noon) <= REVISIT_MAX
    True
    """
    rung = min(max(_rung_of_age(published_at, now), unchanged_streak), len(RUNGS) - 1)
    wait = RUNGS[rung] / (1 + min(changes, _COUNTED_CHANGES_MAX))
    spread = 1 + _JITTER_SHARE * (zlib.crc32(key.encode()) / 0xFFFFFFFF * 2 - 1)
    return now + min(max(wait, RUNGS[0] / 3) * spread, REVISIT_MAX)


def _rung_of_age(published_at: datetime | None, now: datetime) -> int:
    if published_at is None:
        return 0
    age = now - published_at
    return sum(age >= limit for limit in _RUNG_MIN_AGES)


def next_try(now: datetime, tries: int) -> datetime | None:
    """Return when a page that failed `tries` times is asked for again; None = it is given up.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> next_try(noon, 1) == noon, next_try(noon, TRIES_MAX)
    (True, None)
    """
    return now + _AFTER_FAILURE[tries - 1] if tries < TRIES_MAX else None


def next_search(now: datetime, absences: int) -> datetime | None:
    """Return when a page that was never there is looked for again; None = not by itself.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> (next_search(noon, 3) - noon).days, next_search(noon, 5)
    (1, None)
    """
    return now + _AFTER_ABSENCE[absences - 1] if absences <= len(_AFTER_ABSENCE) else None


def next_appeal(now: datetime, refusals: int) -> datetime | None:
    """Return when a page refused in so many runs is asked for again; None = not by itself.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> [(next_appeal(noon, refusals) - noon).days for refusals in (1, 2, 3, 4)]
    [0, 0, 2, 7]
    >>> next_appeal(noon, 5)
    """
    return now + _AFTER_REFUSAL[refusals - 1] if refusals <= len(_AFTER_REFUSAL) else None


def next_gone_look(now: datetime, looks: int) -> datetime:
    """Return when a page that is gone is looked for again, after so many looks that found none.

    >>> from datetime import UTC
    >>> noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    >>> [(next_gone_look(noon, looks) - noon).days for looks in (0, 1, 9)]
    [1, 7, 180]
    """
    return now + _GONE_LOOKS[min(looks, len(_GONE_LOOKS) - 1)]
