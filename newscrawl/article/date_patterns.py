"""The patterns of the dates that Vietnamese newspapers print, and of those in their metadata.

`COMPLETE_DATE` finds a day with its year, `MONTH_ALONE` a month with its year, `YEARLESS_DAY` a day
and month. The last word of a group's name is its unit: `late_hour` and `iso_hour` are hours. Digits
are [0-9], because the class of digits also matches those of every other script.
"""

import re
from typing import Final

from newscrawl.article.lazy_pattern import LazyPattern

MONTH_NUMBERS: Final = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
"""Month in small letters, an English one by its first three letters → number."""
WEEKDAY_NUMBERS: Final = {
    "thứ hai": 0, "thứ ba": 1, "thứ tư": 2, "thứ năm": 3, "thứ sáu": 4, "thứ bảy": 5,
    "thứ 2": 0, "thứ 3": 1, "thứ 4": 2, "thứ 5": 3, "thứ 6": 4, "thứ 7": 5, "chủ nhật": 6,
    "t2": 0, "t3": 1, "t4": 2, "t5": 3, "t6": 4, "t7": 5, "cn": 6,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
"""Weekday in small letters, an English one by its first three letters → number, 0 = Monday."""
ZONE_HOURS: Final = {
    "GMT": 0, "UTC": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "BST": 1, "CET": 1, "CEST": 2, "ICT": 7, "SGT": 8, "JST": 9, "KST": 9,
}  # fmt: skip
"""Name of a zone behind an English date → hours from Greenwich."""

_ZONE_NAMES: Final = "|".join(ZONE_HOURS)
_GAP: Final = r"[ ,|:;()•·/–—-]{0,5}"
_WEEKDAY: Final = (
    r"(?<!\w)(?P<{0}weekday>thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn|t[2-7]"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)(?!\w)"
)
_CLOCK: Final = (
    r"(?<![0-9:.])(?P<{0}hour>[0-9]{{1,2}}) ?(?::|h|g|giờ"
    rf"|\.(?=[0-9]{{{{2}}}} ?(?:[ap]\.?m|(?:{_ZONE_NAMES})(?!\w)))) ?"
    r"(?P<{0}minute>[0-9]{{2}}|[0-9](?= ?(?:phút|['’′])))(?: ?(?:phút|ph|p(?!\.)|['’′])(?!\w))?"
    r"(?::(?P<{0}second>[0-9]{{2}})|"
    r" ?(?P<{0}spoken_second>[0-9]{{1,2}}) ?(?:giây|[\"”″]|''|’’)(?!\w))?(?![0-9])"
    r"(?: ?(?P<{0}half>sa|ch|[ap]\.?m\.?|sáng|trưa|chiều|tối|đêm)(?!\w))?"
)
_BEFORE: Final = (
    rf"(?:{_CLOCK.format('')}|(?<![0-9:.])(?P<bare_hour>[0-9]{{1,2}})(?: ?h| ?g| giờ)(?!\w)"
    rf"(?: (?P<bare_half>sáng|trưa|chiều|tối|đêm)(?!\w))?)"
    rf"(?: \(?(?P<early_zone>{_ZONE_NAMES})(?!\w)\)?)?"
    rf"{_GAP}(?:{_WEEKDAY.format('inner_')}{_GAP})?"
)
_AFTER: Final = (
    rf"{_GAP}(?:{_WEEKDAY.format('late_')}{_GAP})?(?:vào )?(?:lúc:? ?)?(?:at )?"
    rf"{_CLOCK.format('late_')}\)?"
)
_VIETNAMESE: Final = (
    r"(?:tháng |thg\.? |th)(?P<{0}month>[0-9]{{1,2}}"
    "|giêng|mười một|mười hai|một|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|chạp)(?![0-9])"
)
_ENGLISH: Final = (
    "(?P<{0}month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?!\w)\.?"
)
_YEAR: Final = r"(?: năm |,? năm |[,/-]? ?)(?P<{0}year>[0-9]{{4}})"
# 2-1-15 is a score: with dots or dashes a short date has two digits for each part.
_SHORT_YEAR: Final = "(?:(?<=/[0-9]{2})|(?<=/ [0-9]{2})|(?<=[0-9]{2}[.-][0-9]{2}[.-][0-9]{2}))"
_DATE: Final = (
    r"(?<![0-9])(?:(?P<day>[0-9]{1,2})"
    r"(?:(?P<bar> ?[./-] ?)(?P<month>[0-9]{1,2})(?P=bar)"
    rf"(?:(?P<year>[0-9]{{4}})|(?P<short_year>[0-9]{{2}})(?![\w./-]){_SHORT_YEAR})"
    rf"|,? {_VIETNAMESE.format('named_')}{_YEAR.format('named_')}"
    rf"|(?:st|nd|rd|th)?(?: of)?[ -]{_ENGLISH.format('english_')},?[ -]"
    r"(?P<english_year>[0-9]{4}))"
    rf"|(?<!\w){_VIETNAMESE.format('first_')} "
    r"(?P<first_day>[0-9]{1,2}),? (?P<first_year>[0-9]{4})"
    rf"|(?<!\w){_ENGLISH.format('us_')} "
    r"(?P<us_day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?P<us_year>[0-9]{4})"
    r")(?![0-9])"
)
_ZONE: Final = (
    r"[ ,]{0,2}[\[(]?(?:(?:GMT|UTC) ?(?P<gmt_zone>[+-] ?[0-9]{1,2}(?::?[0-9]{2})?)(?![0-9])"
    r"|(?P<zone>[+-](?:0[0-9]|1[0-4]):?(?:00|30|45))(?![0-9])"
    rf"|(?P<english_zone>{_ZONE_NAMES})(?!\w))[\])]?"
)
_ISO: Final = (
    r"(?<![0-9])(?<![0-9][./-])(?P<iso_year>[0-9]{4})"
    r"(?:-(?P<iso_month>[0-9]{2})-(?P<iso_day>[0-9]{2})"
    r"|(?P<iso_bar>[/.])(?P<barred_month>[0-9]{1,2})(?P=iso_bar)(?P<barred_day>[0-9]{1,2}))"
    r"(?![0-9]|[./-][0-9])(?:[T ](?P<iso_hour>[0-9]{2}):(?P<iso_minute>[0-9]{2})(?![0-9])"
    r"(?::(?P<iso_second>[0-9]{2})(?![0-9])(?:[.,][0-9]{1,9})?)?"
    r"(?: ?(?P<iso_zone>(?:Z|UTC|GMT)(?! ?[+-]|\w)|[+-][0-9]{2}(?::?[0-9]{2})?(?![0-9:])))?)?"
)
_UPDATE: Final = (
    r"(?P<update>cập nhật(?: lần cuối)?|(?:đã )?(?:chỉnh )?sửa(?: đổi)?(?: lần cuối)?"
    r"|(?:last )?(?:updated|modified)(?: on)?)"
)
ISO_DATE: Final = LazyPattern(_ISO)
UPDATE_HINT: Final = LazyPattern("cập nhật|sửa|updated|modified", re.IGNORECASE)
COMPLETE_DATE: Final = LazyPattern(
    rf"(?:(?<!\w){_UPDATE}{_GAP}(?:lúc)?{_GAP})?"
    rf"(?:{_ISO}|(?:{_WEEKDAY.format('')}{_GAP})?(?<![0-9][./-])(?:{_BEFORE})?"
    rf"(?:(?P<spoken>ngày){_GAP})?{_DATE}(?(hour)|(?:{_AFTER})?)(?:{_ZONE})?)",
    re.IGNORECASE,
)
# C's ctime and JavaScript's Date print the clock between day and year or behind the year.
CTIME_DATE: Final = LazyPattern(
    rf"{_WEEKDAY.format('')},? {_ENGLISH.format('')} (?P<day>[0-9]{{1,2}})"
    r" (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?: (?P<zone>[+-][0-9]{4}))? (?P<year>[0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
MONTH_ALONE: Final = LazyPattern(
    rf"(?<!\w){_VIETNAMESE.format('')}{_YEAR.format('')}(?!\w)"
    rf"|(?<!\w){_ENGLISH.format('english_')},? (?P<english_year>[0-9]{{4}})(?!\w)"
    # A bare 11/2022 also numbers decrees ("11/2022/NĐ-CP"), so nothing may adjoin the number.
    r"|(?<![\w./-])(?P<bare_month>0?[1-9]|1[0-2])/(?P<bare_year>(?:19|20)[0-9]{2})(?![\w/-])",
    re.IGNORECASE,
)
YEARLESS_DAY: Final = LazyPattern(
    r"(?<!\w)(?:(?:rạng )?sáng|trưa|chiều|tối|đêm|khuya|ngày)(?: ngày)? "
    r"(?P<day>[0-9]{1,2})[./-](?P<month>[0-9]{1,2})(?![./-]?[0-9])",
    re.IGNORECASE,
)
DATE_HINT: Final = LazyPattern(
    r"[0-9]{1,2} ?[./-] ?[0-9]{1,2} ?[./-] ?[0-9]{2}|[0-9]{4}[./-][0-9]|tháng "
    r"|(?<!\w)th(?:g\.? |[0-9])"
    r"|(?<!\w)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z.]{0,6}.{0,6}[0-9]{4}",
    re.IGNORECASE,
)
"""Matches every text in which one of the patterns above with a year may match, and few others."""
