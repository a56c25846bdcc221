"""The moment a Vietnamese date line states; the day always stands before the month.

Forms: the date lines the papers print (CMS families A to K), ISO 8601, unix time. All times are
Vietnam's, UTC+7 without daylight saving, unless the text names another zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from newscrawl.items import VIETNAM, Precision
from newscrawl.text import clean

# A group's unit is its name's last word: `late_hour` and `iso_hour` are hours. Digits are [0-9]:
# \d would take those of every script.
_GAP: Final = r"[ ,|:;()–—-]{0,5}"
_WEEKDAY: Final = r"(?<!\w)(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn|t[2-7])(?!\w)"
_CLOCK: Final = (
    r"(?<![0-9:.])(?P<{0}hour>[0-9]{{1,2}}) ?(?::|h|g|giờ) ?(?P<{0}minute>[0-9]{{2}})"
    r"(?::(?P<{0}second>[0-9]{{2}}))?(?![0-9])(?: ?(?P<{0}half>sa|ch|am|pm)(?!\w))?"
)
_BEFORE: Final = (
    rf"(?:{_CLOCK.format('')}|(?<![0-9:.])(?P<bare_hour>[0-9]{{1,2}})(?: ?h| ?g| giờ)(?!\w))"
    rf"{_GAP}(?:{_WEEKDAY}{_GAP})?"
)
_AFTER: Final = rf"{_GAP}(?:vào )?(?:lúc )?{_CLOCK.format('late_')}\)?"
_NAMED_MONTH: Final = r"tháng (?P<{0}month>[0-9]{{1,2}})(?: năm |[,/-]? ?)(?P<{0}year>[0-9]{{4}})"
_DATE: Final = (
    r"(?<![0-9])(?P<day>[0-9]{1,2})"
    r"(?:(?P<bar> ?[./-] ?)(?P<month>[0-9]{1,2})(?P=bar)(?P<year>[0-9]{4})"
    rf"| {_NAMED_MONTH.format('named_')})(?![0-9])"
)
_ZONE: Final = (
    r"[ ,]{0,2}[\[(]?(?:GMT|UTC) ?(?P<gmt_zone>[+-] ?[0-9]{1,2}(?::?[0-9]{2})?)(?![0-9])[\])]?"
)
_ISO: Final = (
    r"(?<![0-9])(?<![0-9][./-])(?P<iso_year>[0-9]{4})-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2})"
    r"(?![0-9])(?:[T ](?P<iso_hour>[0-9]{2}):(?P<iso_minute>[0-9]{2})(?![0-9])"
    r"(?::(?P<iso_second>[0-9]{2})(?![0-9])(?:[.,][0-9]{1,9})?)?"
    r"(?: ?(?P<iso_zone>Z(?!\w)|[+-][0-9]{2}:?[0-9]{2}(?![0-9])))?)?"
)
_COMPLETE: Final = re.compile(
    rf"(?:(?P<update>cập nhật)(?: lần cuối)?{_GAP}(?:lúc)?{_GAP})?"
    rf"(?:{_ISO}|(?:{_WEEKDAY}{_GAP})?(?<![0-9][./-])(?:{_BEFORE})?(?:ngày{_GAP})?{_DATE}"
    rf"(?(hour)|(?:{_AFTER})?)(?:{_ZONE})?)",
    re.IGNORECASE,
)
_MONTH: Final = re.compile(
    rf"(?<!\w){_NAMED_MONTH.format('')}(?!\w)"
    # A bare 11/2022 also numbers decrees ("11/2022/NĐ-CP"): nothing may hang on it.
    r"|(?<![\w./-])(?P<bare_month>0?[1-9]|1[0-2])/(?P<bare_year>(?:19|20)[0-9]{2})(?![\w/-])",
    re.IGNORECASE,
)
_YEARLESS: Final = re.compile(
    r"(?<!\w)(?:(?:rạng )?sáng|trưa|chiều|tối|đêm|khuya|ngày)(?: ngày)? "
    r"(?P<day>[0-9]{1,2})[./-](?P<month>[0-9]{1,2})(?![./-]?[0-9])",
    re.IGNORECASE,
)

_FIRST_YEAR: Final = 1900  # .NET writes 01/01/0001 for "no date"
_NOON: Final = 12
_A_DAY: Final = timedelta(days=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).astimezone(VIETNAM)
_MILLISECONDS: Final = 100_000_000_000  # as seconds the year 5138, as milliseconds 1973
_LEAP_YEARS_APART: Final = 8


class ImpossibleDateError(ValueError):
    """A date no calendar has, or a moment that had not come when the page was fetched."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment, as precise as the text states it."""

    at: datetime
    """Aware, +07:00; the first instant of what the precision names"""
    precision: Precision
    raw: str
    """The words it was read from, weekday and zone included, cleaned"""

    @property
    def date(self) -> date:
        """The day in the Vietnamese calendar."""
        return self.at.date()


def read_moment(text: str, fetched_at: datetime) -> Moment | None:
    """The moment a date line states, or None where no date stands in it.

    Of several complete dates the first; one marked "Cập nhật" (updated) only where no other
    stands. A date without its year is the last such day up to `fetched_at` (aware). Raises
    ImpossibleDateError for 31/02 and the like, and for a moment more than a day after `fetched_at`.

    >>> now = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
    >>> moment = read_moment("Thứ Hai, 14/11/2022, 15:30 [GMT+7] | In bài", now)
    >>> moment.at.isoformat(), moment.precision, moment.raw
    ('2022-11-14T15:30:00+07:00', 'minute', 'Thứ Hai, 14/11/2022, 15:30 [GMT+7]')
    >>> read_moment("10/2/2023", now).date.isoformat()
    '2023-02-10'
    >>> read_moment("2022-11-14T08:30:00Z", now).at.isoformat()
    '2022-11-14T15:30:00+07:00'
    >>> read_moment("Sáng 14-12", now).date.isoformat()
    '2025-12-14'
    >>> read_moment("Đang cập nhật", now) is None
    True
    >>> read_moment("31/02/2023", now)
    Traceback (most recent call last):
    newscrawl.article.dates.ImpossibleDateError: 31/02/2023: day is out of range for month
    """
    line = clean(text)
    complete = tuple(_COMPLETE.finditer(line))
    unmarked = (match for match in complete if not match["update"])
    found = next(unmarked, complete[0] if complete else _MONTH.search(line))
    if found is not None:
        return _moment(found, fetched_at)
    yearless = _YEARLESS.search(line)
    return _latest(yearless, fetched_at) if yearless else None


def read_modified(text: str, fetched_at: datetime) -> Moment | None:
    """The moment a line marks "Cập nhật" (updated) beside the publication, else None.

    A line with one moment states the publication, whatever it calls it. Raises ImpossibleDateError
    as `read_moment` does.

    >>> now = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
    >>> read_modified("14/11/2022 15:30 (Cập nhật: 08:05, 15/11/2022)", now).at.isoformat()
    '2022-11-15T08:05:00+07:00'
    >>> read_modified("Cập nhật lúc 15:30 ngày 14/11/2022", now) is None
    True
    """
    matches = tuple(_COMPLETE.finditer(clean(text)))
    updates = tuple(match for match in matches if match["update"])
    return _moment(updates[0], fetched_at) if 0 < len(updates) < len(matches) else None


def from_unix(value: int) -> Moment:
    """The moment of a unix time in seconds or, from 10^11 on, in milliseconds.

    Raises ImpossibleDateError for zero and below, which the CMSs write for "none", and for more
    than the calendar holds.

    >>> from_unix(1668414600).at.isoformat()
    '2022-11-14T15:30:00+07:00'
    >>> from_unix(1668414600123).at == from_unix(1668414600).at
    True
    """
    seconds = value // 1000 if value >= _MILLISECONDS else value
    if not 0 < seconds < _MILLISECONDS:
        raise ImpossibleDateError("a unix time that no page was published at")
    return Moment(_EPOCH + timedelta(seconds=seconds), "second", str(value))


def _moment(match: re.Match[str], fetched_at: datetime) -> Moment:
    """The moment of a match of `_COMPLETE` or `_MONTH`."""
    stated = {name.rpartition("_")[2]: v for name, v in match.groupdict().items() if v}
    zone = _zone(stated["zone"]) if "zone" in stated and "hour" in stated else VIETNAM
    at = _instant(stated, zone, match[0])
    if at - fetched_at > _A_DAY:
        raise ImpossibleDateError(f"{match[0]}: after the page was fetched")
    return Moment(at, _precision(stated), match[0])


def _instant(stated: dict[str, str], zone: timezone, raw: str) -> datetime:
    year, month, day, hour, minute, second = (
        int(stated.get(unit, missing)) for unit, missing in _UNITS.items()
    )
    if "half" in stated and hour <= _NOON:  # "15:30 CH" is printed too
        hour = hour % _NOON + (_NOON if stated["half"].lower() in ("ch", "pm") else 0)
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(VIETNAM)
    except (ValueError, OverflowError) as error:
        raise ImpossibleDateError(f"{raw}: {error}") from None
    if at.year < _FIRST_YEAR:
        raise ImpossibleDateError(f"{raw}: before {_FIRST_YEAR}")
    return at


_UNITS: Final = {"year": 0, "month": 0, "day": 1, "hour": 0, "minute": 0, "second": 0}


def _precision(stated: dict[str, str]) -> Precision:
    if "hour" in stated:
        return "second" if "second" in stated else "minute"
    return "day" if "day" in stated else "month"


def _zone(stated: str) -> timezone:
    """The zone of "Z", "+07:00", "+0700" or "+7"."""
    if stated in "Zz":
        return UTC
    digits = re.sub("[^0-9]", "", stated)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("07") else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if offset >= _A_DAY:
        raise ImpossibleDateError(f"no zone is {stated} from Greenwich")
    return timezone(-offset if stated[0] == "-" else offset)


def _latest(match: re.Match[str], fetched_at: datetime) -> Moment:
    """The last day of that name up to the day of the fetch."""
    today = fetched_at.astimezone(VIETNAM)
    for year in range(today.year, today.year - _LEAP_YEARS_APART - 1, -1):
        try:
            at = datetime(year, int(match["month"]), int(match["day"]), tzinfo=VIETNAM)
        except ValueError:
            continue
        if at <= today:
            return Moment(at, "day", match[0])
    raise ImpossibleDateError(f"{match[0]}: no such day in the calendar")
