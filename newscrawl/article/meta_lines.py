"""Lines about an article that stand above or below its text: dates, ages, names, places."""

import re
from typing import Final

from newscrawl.article.lazy_pattern import LazyPattern

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTH_WORD: Final = (
    r"(?:giêng|một|hai|ba|tư|năm|sáu|bảy|bẩy|tám|chín|mười(?: một| hai)?|chạp)(?!\w)"
)
_DATE: Final = LazyPattern(
    r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d{2}(?!\d))|\d{4}-\d\d-\d\d|tháng ?\d{1,2}"
    rf"|\d{{1,2}} tháng {_MONTH_WORD}"
    rf"|\b{_MONTH} ?\d{{1,2}}(?:st|nd|rd|th)?,? ?\d{{4}}"
    r"|(?-i:(?<=[a-z])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}, \d{4})"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? ?\d{{4}}",
    re.IGNORECASE,
)
DATE_LINE_MAX_CHARS: Final = 120
_WORD: Final = LazyPattern(r"[^\W\d_]+")
_LABELLED_DATE_MAX_WORDS: Final = 2  # beside label and date: "lúc", "GMT"
_LAST_WORD_OF_SENTENCE: Final = LazyPattern(r"[^\W\d_]{3,}[.!?]$")
_META_LINE_MAX_WORDS: Final = 14
_META_BORDER: Final = LazyPattern(r"[|•·:]| [-–—] |\b(?:by|bởi)\b", re.IGNORECASE)
_DATE_LINE_MAX_WORDS: Final = 6  # beside the digits: weekday, "Cập nhật", "GMT"
_DATED_LABEL: Final = LazyPattern(
    r"(?:first |last |date )?(?:published|updated|modified|posted)(?: on| at)? ?:?\s"
    r"|(?:ngày )?(?:đăng(?! ký)|cập nhật|xuất bản)(?: lần cuối| lúc| ngày)? ?:?\s",
    re.IGNORECASE,
)
_AGE_LINE: Final = LazyPattern(
    r"(?:(?:last |first )?(?:updated|published|posted|modified):? )?"
    r"(?:\d{1,3}|an?|một) (?:giây|phút|giờ|ngày|tuần|tháng|năm|seconds?|secs?|minutes?|mins?|hours?"
    r"|hrs?|days?|weeks?|months?|years?) (?:trước|ago)",
    re.IGNORECASE,
)
_DATELINE: Final = LazyPattern(r"\(?[^\W_][\w .&-]{0,28}\)?\s*[-–—]")


def is_date_line(text: str) -> bool:
    """Return whether the line states a date or an age and hardly anything else.

    >>> is_date_line("Thứ hai, 14/11/2022, 15:30 [GMT+7]"), is_date_line("3 giờ trước")
    (True, True)
    >>> is_date_line("Updated 9:40 AM EDT, Mon November 6, 2023")
    True
    >>> is_date_line("Cô sinh ngày 14/11/2022 tại xóm Cây Sung")
    False
    """
    if len(text) > DATE_LINE_MAX_CHARS or _LAST_WORD_OF_SENTENCE.search(text):
        return False
    if not _DATE.search(text):
        return _AGE_LINE.fullmatch(text) is not None
    return len(_WORD.findall(text)) <= _DATE_LINE_MAX_WORDS


def is_labelled_date(text: str) -> bool:
    """Return whether the line says when the page appeared or changed, and nothing else.

    >>> is_labelled_date("Last updated: 15 May 2024"), is_labelled_date("Cập nhật: 05/11/2026")
    (True, True)
    >>> is_labelled_date("15 May 2024"), is_labelled_date("Published in 2019, the book sold well.")
    (False, False)
    """
    label = _DATED_LABEL.match(text)
    if label is None or not (is_date_line(text) or is_meta_line(text)):
        return False
    rest = _DATE.sub("", text[label.end() :]).partition(" | ")[0]
    return len(_WORD.findall(rest)) <= _LABELLED_DATE_MAX_WORDS


def is_meta_line(text: str) -> bool:
    """Return whether a line holds a date among names and numbers, as lines above a text do.

    >>> is_meta_line("Thứ ba, 03/11/2026 | Tác giả: Lâm Thoại | Lượt xem: 312")
    True
    >>> is_meta_line("Posted on May 14, 2024 by Jane Farrow | Leave a comment")
    True
    >>> is_meta_line("Ngày 03/11/2026 - hôm ấy trời mưa to, chợ vắng người qua lại.")
    False
    """
    if len(text) > DATE_LINE_MAX_CHARS or text.endswith((".", "!", "?", "…", ":")):
        return False
    is_parted = _META_BORDER.search(text) is not None
    is_dated = _DATE.search(text) is not None
    return is_parted and is_dated and len(_WORD.findall(text)) <= _META_LINE_MAX_WORDS


def is_dateline(text: str) -> bool:
    """Return whether the text is the paper's or the place's name before a lead: "(CTO) -".

    >>> is_dateline("(BTX) -"), is_dateline("Bến Lội -"), is_dateline("Giá vàng -5 %")
    (True, True, False)
    """
    return _DATELINE.fullmatch(text.strip()) is not None
