"""The reading room's words in Vietnamese and English."""

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("vi", "en")
WORDING: Final[Mapping[str, Mapping[str, str]]] = {
    "title": {"vi": "Phòng đọc báo", "en": "Reading room"},
    "search": {"vi": "Tìm", "en": "Search"},
    "query": {"vi": "Từ cần tìm", "en": "Words to look for"},
    "hint": {
        "vi": 'Không dấu: mọi cách viết; có dấu: đúng chữ. "cụm từ", lũ*, NOT lũ, mưa OR lũ.',
        "en": 'No marks: any spelling; marks: only that. "a phrase", lu*, NOT lu, mua OR lu.',
    },
    "exact": {"vi": "đúng dấu", "en": "marks count"},
    "results": {"vi": "bài", "en": "articles"},
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
    "hours_later": {"vi": "giờ sau", "en": "hours later"},
    "hours_earlier": {"vi": "giờ trước", "en": "hours earlier"},
    "days_later": {"vi": "ngày sau", "en": "days later"},
    "days_earlier": {"vi": "ngày trước", "en": "days earlier"},
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
