"""The reading room's words in Vietnamese and English."""

from collections.abc import Mapping
from typing import Final

from newscrawl.text import counted

LANGUAGES: Final = ("vi", "en")
_IN_DAYS_MIN_HOURS: Final = 48
WORDING: Final[Mapping[str, Mapping[str, str]]] = {
    "title": {"vi": "Phòng đọc báo", "en": "Reading room"},
    "search": {"vi": "Tìm", "en": "Search"},
    "query": {"vi": "Từ cần tìm", "en": "Words to look for"},
    "hint": {
        "vi": 'Không dấu: mọi cách viết; có dấu: đúng chữ. "cụm từ", lũ*, NOT lũ, mưa OR lũ.',
        "en": 'No marks: any spelling; marks: only that. "a phrase", lu*, NOT lu, mua OR lu.',
    },
    "exact": {"vi": "đúng dấu", "en": "marks count"},
    "article": {"vi": "bài", "en": "article"},
    "nothing": {"vi": "Không có bài nào.", "en": "No article matches."},
    "csv": {"vi": "Tải về CSV", "en": "Download as CSV"},
    "newer": {"vi": "Trang trước", "en": "Previous page"},
    "older": {"vi": "Trang sau", "en": "Next page"},
    "narrow": {"vi": "Thu hẹp", "en": "Narrow down"},
    "remove": {"vi": "bỏ", "en": "remove"},
    "newspaper": {"vi": "Báo", "en": "Newspaper"},
    "province": {"vi": "Tỉnh", "en": "Province"},
    "section": {"vi": "Chuyên mục", "en": "Section"},
    "year": {"vi": "Năm", "en": "Year"},
    "source": {"vi": "Nguồn", "en": "Source"},
    "kind": {"vi": "Thể loại", "en": "Kind"},
    "undated": {"vi": "không ngày", "en": "undated"},
    "gone": {"vi": "báo đã gỡ bài", "en": "removed by the paper"},
    "original": {"vi": "Trang gốc", "en": "Original page"},
    "captions": {"vi": "Chú thích ảnh", "en": "Captions"},
    "images": {"vi": "Ảnh (liên kết đến trang báo)", "en": "Pictures (links to the paper's site)"},
    "revisions": {"vi": "Các lần sửa", "en": "Revisions"},
    "revision": {"vi": "Bản", "en": "Revision"},
    "fetched": {"vi": "lấy lúc", "en": "fetched"},
    "copies": {"vi": "Cũng in ở", "en": "Also printed"},
    "relation_same": {"vi": "giống hệt", "en": "the same text"},
    "relation_near copy": {"vi": "gần giống", "en": "a near copy"},
    "relation_common source": {"vi": "cùng nguồn", "en": "the same source"},
    "relation_holds": {"vi": "chứa bài này", "en": "holds this article"},
    "relation_part": {"vi": "nằm trong bài này", "en": "is part of this article"},
    "hour": {"vi": "giờ", "en": "hour"},
    "day": {"vi": "ngày", "en": "day"},
    "later": {"vi": "sau", "en": "later"},
    "earlier": {"vi": "trước", "en": "earlier"},
    "pages": {"vi": "Các trang kết quả", "en": "Pages of results"},
    "details": {"vi": "Chi tiết", "en": "Details"},
    "back": {"vi": "Về kết quả", "en": "Back to the results"},
    "coverage": {"vi": "Độ phủ", "en": "Coverage"},
    "skip": {"vi": "Đến nội dung", "en": "Skip to the content"},
    "other_language": {"vi": "English", "en": "Tiếng Việt"},
    "not_found": {"vi": "Không tìm thấy", "en": "Not found"},
}


def wording(language: str) -> Mapping[str, str]:
    """Return every word in one language, by its key.

    >>> wording("en")["search"]
    'Search'
    """
    return {key: said[language] for key, said in WORDING.items()}


def number_of(number: int, noun: str, language: str) -> str:
    """Return a number with its noun, which is named by its key, as the language writes both.

    >>> number_of(1, "article", "en"), number_of(1_200, "article", "en")
    ('1 article', '1,200 articles')
    >>> number_of(1_200, "article", "vi")
    '1.200 bài'
    """
    if language == "en":
        return counted(number, WORDING[noun]["en"])
    return f"{number:,} {WORDING[noun][language]}".replace(",", ".")


def time_between(hours: float, language: str) -> str:
    """Return how much later or, for a negative number, earlier; "" for less than an hour.

    >>> time_between(1.2, "en"), time_between(-50, "en"), time_between(0.9, "en")
    ('1 hour later', '2 days earlier', '')
    >>> time_between(30, "vi")
    '30 giờ sau'
    """
    size = abs(hours)
    if size < 1:
        return ""
    told = number_of(round(size / 24), "day", language)
    if size < _IN_DAYS_MIN_HOURS:
        told = number_of(round(size), "hour", language)
    return f"{told} {WORDING['later' if hours > 0 else 'earlier'][language]}"
