"""Soft 404s: pages with status 200 whose heading says that the page does not exist."""

import re
from typing import Final

_ABSENCE: Final = re.compile(
    r"không (?:còn )?(?:tồn tại|tìm thấy)|không còn(?: nữa)?\W*$|(?:đã )?bị (?:xóa|xoá|gỡ)|\b404\b"
    r"|not found",
    re.IGNORECASE,
)
_ABSENCE_ALONE: Final = re.compile(
    r"(?:lỗi )?404|not found|không tìm thấy"
    r"|(?:trang|bài viết|nội dung).{0,20}(?:không tồn tại|không tìm thấy|đã bị)",
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
    """
    return _ABSENCE_ALONE.match(heading) is not None
