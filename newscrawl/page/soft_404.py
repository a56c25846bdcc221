"""Soft 404s: pages with status 200 whose heading says that the page does not exist."""

import re
from typing import Final

_ABSENCE: Final = re.compile(
    r"không (?:còn )?(?:tồn tại|tìm thấy)|không còn(?: nữa)?\W*$|(?:đã )?bị (?:xóa|xoá|gỡ)"
    r"|\b404\b(?!\s+[^\W\d])|not found",
    re.IGNORECASE,
)
_ABSENCE_ALONE: Final = re.compile(
    r"(?:(?:lỗi|error|http)\W{0,3})?404(?:\W*$|\W+(?:error|page|not|trang|lỗi|không)\b)"
    r"|(?:page|article|story|content) (?:not found|(?:is )?(?:no longer|not) available"
    r"|does not exist|cannot be found)|not found\W*$|không tìm thấy(?:\W*$"
    r"| (?:trang|bài viết|nội dung|đường dẫn|dữ liệu|kết quả)\b)"
    r"|(?:rất tiếc\W+)?(?:trang|bài(?: viết| báo)?|nội dung|đường dẫn|liên kết)"
    r"(?: (?:web|tin|này|bạn|cần|tìm|yêu cầu|truy cập|đang|muốn|xem|mà|vừa))*,?"
    r" (?:không (?:còn )?(?:được )?(?:tồn tại|tìm thấy)|đã bị (?:xóa|xoá|gỡ))",
    re.IGNORECASE,
)


def mentions_absence(heading: str) -> bool:
    """Return whether a heading may say that the page does not exist.

    Articles have such headings too, so a caller must see that the page holds no text.

    >>> mentions_absence("Bài viết đã bị gỡ"), mentions_absence("Chợ quê không còn nữa")
    (True, True)
    """
    return _ABSENCE.search(heading) is not None


def states_absence(heading: str) -> bool:
    """Return whether a heading begins by saying that the page does not exist.

    Unlike `mentions_absence` the function needs the words at the beginning, so that it serves where
    nothing else of the page is known.

    >>> states_absence("Trang không tồn tại"), states_absence("Chợ quê không còn nữa")
    (True, False)
    >>> states_absence("404 hộ được vay vốn"), states_absence("Không tìm thấy dấu vết con tàu")
    (False, False)
    """
    return _ABSENCE_ALONE.match(heading) is not None
