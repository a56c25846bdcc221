"""Read the moment that a date line or a value of the metadata states.

Forms: the date lines that the papers print (CMS families A to K), ISO 8601, RFC 2822, month names
in Vietnamese and English. The day stands before the month, except in a date with slashes and AM or
PM: family D states "1/8/2026 10:02:01 AM" for 8 January. All times are Vietnam's, UTC+7 without
daylight saving, unless the text names another zone.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from newscrawl.article.date_patterns import (
    COMPLETE_DATE,
    CTIME_DATE,
    ISO_DATE,
    MONTH_ALONE,
    MONTH_NUMBERS,
    UPDATE_HINT,
    WEEKDAY_NUMBERS,
    YEARLESS_DAY,
    ZONE_HOURS,
)
from newscrawl.items import VIETNAM, Precision
from newscrawl.text import clean

EARLIEST_YEAR: Final = 1900  # .NET writes 01/01/0001 for "no date"
CLOCK_HALF_HOURS: Final = 12
FUTURE_MAX: Final = timedelta(days=1)  # clocks differ; a later moment is no publication
NOON_FROM_HOUR: Final = 6  # "1 giờ trưa" is 13 o'clock, "11 giờ trưa" 11
NIGHT_FROM_HOUR: Final = 6  # "11 giờ đêm" is 23 o'clock, "1 giờ đêm" 1
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
    where no other date stands. A date without a year is the last such day up to `fetched_at`
    (aware). Raises ImpossibleDateError for a date of no calendar (31/02), and for a moment more
    than a day after `fetched_at`.

    >>> now = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
    >>> moment = read_moment("Thứ Hai, 14/11/2022, 15:30 [GMT+7] | In bài", now)
    >>> moment.at.isoformat(), moment.precision, moment.raw
    ('2022-11-14T15:30:00+07:00', 'minute', 'Thứ Hai, 14/11/2022, 15:30 [GMT+7]')
    >>> read_moment("1/8/2026 10:02:01 AM", now).at.isoformat()
    '2026-01-08T10:02:01+07:00'
    >>> read_moment("8 giờ 10 phút, 12 tháng Chín năm 2024", now).at.isoformat()
    '2024-09-12T08:10:00+07:00'
    >>> read_moment("Mon, 05 Aug 2024 01:10:00 GMT", now).at.isoformat()
    '2024-08-05T08:10:00+07:00'
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
    if (found := _first_date(line)) is not None:
        return _moment(found, fetched_at)
    yearless = YEARLESS_DAY.search(line)
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
    line = clean(text)
    if UPDATE_HINT.search(line) is None:
        return None
    matches = tuple(COMPLETE_DATE.finditer(line))
    updates = tuple(match for match in matches if match["update"])
    return _moment(updates[0], fetched_at) if 0 < len(updates) < len(matches) else None


def _first_date(line: str) -> re.Match[str] | None:
    """Return the first date of the line that is no update, else the first update or month."""
    if line[:4].isdecimal() and (iso := ISO_DATE.fullmatch(line)):  # most of the metadata
        return iso
    update = None
    for match in COMPLETE_DATE.finditer(line):
        if not match["update"]:
            return match
        update = update or match
    return update or CTIME_DATE.search(line) or MONTH_ALONE.search(line)


def _moment(match: re.Match[str], fetched_at: datetime) -> Moment:
    """Return the moment of a match of a pattern with a year."""
    stated = {name.rpartition("_")[2]: v for name, v in match.groupdict().items() if v}
    precision = _precision(stated)
    impossible: ImpossibleDateError | None = None
    for order in _orders(stated, fetched_at):
        try:
            at = _instant(order, match[0])
        except ImpossibleDateError as error:
            impossible = error
            continue
        if at - fetched_at <= FUTURE_MAX:
            return Moment(at, precision, match[0])
        impossible = ImpossibleDateError(f"{match[0]}: after the page was fetched")
    assert impossible is not None
    raise impossible


def _orders(stated: dict[str, str], fetched_at: datetime) -> list[dict[str, str]]:
    """Return the readings of a date, the likeliest first: month and day may change places.

    A date with slashes and with AM or PM is month first unless the printed weekday says otherwise,
    "ngày" stands before the date, or the date would lie in no calendar or in the future. Dates with
    dashes or dots are day first: papers of one publisher print "03-11-2026 - 07:15 AM".
    """
    numbers = stated | {"month": _month_number(stated["month"])}
    if len(stated["year"]) == len("24"):
        is_future = 2000 + int(stated["year"]) > (fetched_at + FUTURE_MAX).year
        numbers["year"] = ("19" if is_future else "20") + stated["year"]
    is_english = stated.get("half", "").lower().replace(".", "") in ("am", "pm")
    if not is_english or "/" not in stated.get("bar", "") or "spoken" in stated:
        return [numbers]
    orders = [numbers | {"day": numbers["month"], "month": numbers["day"]}, numbers]
    weekday = WEEKDAY_NUMBERS.get(_short_weekday(stated.get("weekday", "")))
    if weekday is not None and _weekday(orders[0]) != weekday == _weekday(orders[1]):
        orders.reverse()
    return orders


def _month_number(printed: str) -> str:
    """Return the number of the month "8", "Tám" or "August" as digits."""
    name = " ".join(printed.casefold().split())
    return str(MONTH_NUMBERS.get(name) or MONTH_NUMBERS.get(name[:3]) or printed)


def _short_weekday(printed: str) -> str:
    name = printed.casefold()
    return name if name in WEEKDAY_NUMBERS else name[:3]


def _weekday(stated: dict[str, str]) -> int | None:
    try:
        return date(int(stated["year"]), int(stated["month"]), int(stated["day"])).weekday()
    except ValueError:
        return None


def _instant(stated: dict[str, str], raw: str) -> datetime:
    """Return the first instant of the stated minute, day or month, in Vietnam's time."""
    # "05/08/2024 08:10 GMT" is printed for Vietnam's time; RFC 2822 means Greenwich's.
    is_zoned = "hour" in stated and not ("bar" in stated and stated.get("zone", "").isalpha())
    zone = _zone(stated["zone"]) if is_zoned and "zone" in stated else VIETNAM
    year, month, day, hour, minute, second = (
        int(stated.get(unit, missing)) for unit, missing in _UNITS.items()
    )
    if "half" in stated and hour <= CLOCK_HALF_HOURS:  # "15:30 CH" is printed too
        hour = _hour_of_day(hour, stated["half"].lower().replace(".", ""))
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(VIETNAM)
    except (ValueError, OverflowError) as error:
        raise ImpossibleDateError(f"{raw}: {error}") from None
    if at.year < EARLIEST_YEAR:
        raise ImpossibleDateError(f"{raw}: before {EARLIEST_YEAR}")
    return at


def _hour_of_day(hour: int, half: str) -> int:
    """Return the hour of 24: "1 giờ trưa" is 13, "11 giờ đêm" 23, "1 giờ đêm" 1."""
    hour %= CLOCK_HALF_HOURS
    is_afternoon = (
        half in ("ch", "pm", "chiều", "tối")
        or (half == "trưa" and hour < NOON_FROM_HOUR)
        or (half == "đêm" and hour >= NIGHT_FROM_HOUR)
    )
    return hour + CLOCK_HALF_HOURS if is_afternoon else hour


_UNITS: Final = {"year": 0, "month": 0, "day": 1, "hour": 0, "minute": 0, "second": 0}


def _precision(stated: dict[str, str]) -> Precision:
    if "hour" in stated:
        return "second" if "second" in stated else "minute"
    return "day" if "day" in stated else "month"


def _zone(stated: str) -> timezone:
    """Return the zone that "Z", "EDT", "+07:00", "+0700", "+07" or "+7" names."""
    if stated.isalpha():
        return timezone(timedelta(hours=ZONE_HOURS[stated.upper()]))
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
