"""Read the moment that a Vietnamese date line states; the day always stands before the month.

Forms: the date lines that the papers print (CMS families A to K) and ISO 8601. All times are
Vietnam's, UTC+7 without daylight saving, unless the text names another zone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from newscrawl.items import VIETNAM, Precision
from newscrawl.text import clean

# The last word of a group's name is its unit: `late_hour` and `iso_hour` are hours. Digits are
# [0-9], because \d also matches the digits of every other script.
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
    # A bare 11/2022 also numbers decrees ("11/2022/NĐ-CP"), so nothing may adjoin the number.
    r"|(?<![\w./-])(?P<bare_month>0?[1-9]|1[0-2])/(?P<bare_year>(?:19|20)[0-9]{2})(?![\w/-])",
    re.IGNORECASE,
)
_YEARLESS: Final = re.compile(
    r"(?<!\w)(?:(?:rạng )?sáng|trưa|chiều|tối|đêm|khuya|ngày)(?: ngày)? "
    r"(?P<day>[0-9]{1,2})[./-](?P<month>[0-9]{1,2})(?![./-]?[0-9])",
    re.IGNORECASE,
)

EARLIEST_YEAR: Final = 1900  # .NET writes 01/01/0001 for "no date"
CLOCK_HALF_HOURS: Final = 12
FUTURE_MAX: Final = timedelta(days=1)  # clocks differ; a later moment is no publication
ZONE_OFFSET_MAX: Final = timedelta(days=1)
LEAP_YEAR_MAX_GAP_YEARS: Final = 8  # 29 February is missing from 1897 to 1903


class ImpossibleDateError(ValueError):
    """A date that is in no calendar, or a moment after the page was fetched."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment with the precision that the text states."""

    at: datetime
    """Aware, +07:00; the first instant of the minute, day or month that the text states"""
    precision: Precision
    raw: str
    """The words that state the moment, weekday and zone included, cleaned"""

    @property
    def date(self) -> date:
        """The day in the Vietnamese calendar."""
        return self.at.date()


def read_moment(text: str, fetched_at: datetime) -> Moment | None:
    """Return the moment that a date line states; None where the line holds no date.

    The first of several complete dates counts; a date marked "Cập nhật" (updated) counts only
    where no other date stands. A date without a year is the last such day up to `fetched_at`.

    Args:
        text: the date line.
        fetched_at: when the page was fetched, aware.

    Raises:
        ImpossibleDateError: the date is in no calendar (31/02), or the moment is more than a day
            after `fetched_at`.

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
    """Return the moment that a line marks "Cập nhật" (updated) beside the publication, else None.

    A line with one moment states the publication, even where the line says "Cập nhật". Raises
    ImpossibleDateError as `read_moment` does.

    >>> now = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
    >>> read_modified("14/11/2022 15:30 (Cập nhật: 08:05, 15/11/2022)", now).at.isoformat()
    '2022-11-15T08:05:00+07:00'
    >>> read_modified("Cập nhật lúc 15:30 ngày 14/11/2022", now) is None
    True
    """
    matches = tuple(_COMPLETE.finditer(clean(text)))
    updates = tuple(match for match in matches if match["update"])
    return _moment(updates[0], fetched_at) if 0 < len(updates) < len(matches) else None


def _moment(match: re.Match[str], fetched_at: datetime) -> Moment:
    """Return the moment of a match of `_COMPLETE` or `_MONTH`."""
    stated = {name.rpartition("_")[2]: v for name, v in match.groupdict().items() if v}
    zone = _zone(stated["zone"]) if "zone" in stated and "hour" in stated else VIETNAM
    at = _instant(stated, zone, match[0])
    if at - fetched_at > FUTURE_MAX:
        raise ImpossibleDateError(f"{match[0]}: after the page was fetched")
    return Moment(at, _precision(stated), match[0])


def _instant(stated: dict[str, str], zone: timezone, raw: str) -> datetime:
    year, month, day, hour, minute, second = (
        int(stated.get(unit, missing)) for unit, missing in _UNITS.items()
    )
    if "half" in stated and hour <= CLOCK_HALF_HOURS:  # "15:30 CH" is printed too
        is_afternoon = stated["half"].lower() in ("ch", "pm")
        hour = hour % CLOCK_HALF_HOURS + (CLOCK_HALF_HOURS if is_afternoon else 0)
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(VIETNAM)
    except (ValueError, OverflowError) as error:
        raise ImpossibleDateError(f"{raw}: {error}") from None
    if at.year < EARLIEST_YEAR:
        raise ImpossibleDateError(f"{raw}: before {EARLIEST_YEAR}")
    return at


_UNITS: Final = {"year": 0, "month": 0, "day": 1, "hour": 0, "minute": 0, "second": 0}


def _precision(stated: dict[str, str]) -> Precision:
    if "hour" in stated:
        return "second" if "second" in stated else "minute"
    return "day" if "day" in stated else "month"


def _zone(stated: str) -> timezone:
    """Return the zone that "Z", "+07:00", "+0700" or "+7" names."""
    if stated in "Zz":
        return UTC
    digits = re.sub("[^0-9]", "", stated)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("07") else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    if offset >= ZONE_OFFSET_MAX:
        raise ImpossibleDateError(f"no zone is {stated} from Greenwich")
    return timezone(-offset if stated[0] == "-" else offset)


def _latest(match: re.Match[str], fetched_at: datetime) -> Moment:
    """Return the last such day and month up to the day of the fetch."""
    today = fetched_at.astimezone(VIETNAM)
    for year in range(today.year, today.year - LEAP_YEAR_MAX_GAP_YEARS - 1, -1):
        try:
            at = datetime(year, int(match["month"]), int(match["day"]), tzinfo=VIETNAM)
        except ValueError:
            continue
        if at <= today:
            return Moment(at, "day", match[0])
    raise ImpossibleDateError(f"{match[0]}: no such day in the calendar")
