"""Short lines that are no paragraphs: labels of the page, date lines, datelines."""

import re
from typing import Final

_LABEL: Final = re.compile(
    r"(?:>+|»|\*|-)? ?(?:(?:(?:các )?(?:tin|bài)(?: viết| tức)? (?:liên quan|cùng|khác|mới|đọc|nổi bật)"
    r"|xem thêm|đọc thêm|xem tiếp|mời (?:bạn|quý) ?(?:đọc|độc)? ?(?:xem|theo|giả)|có thể bạn quan tâm"
    r"|bạn có thể quan tâm|cùng chuyên mục|tin cùng|từ kho[áa]|tags?\b|chủ đề|chia sẻ|bình luận"
    r"|ý kiến|gửi (?:bình luận|ý kiến|phản hồi)|nghe đọc bài|nghe audio|cỡ chữ|mặc định|phóng to"
    r"|thu nhỏ|in (?:bài|trang)|lưu bài|theo dõi|quảng cáo|copy link|sao chép|link bài gốc|trở lại"
    r"|quay lại|về trang chủ|đang tải|tắt quảng cáo|video (?:đang|được|liên)|đánh giá)\b.*)",
    re.IGNORECASE,
)
_LONGEST_LABEL: Final = 90
DATE_HINT: Final = re.compile(r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?\d{4}|\d{4}-\d\d-\d\d|tháng ?\d{1,2}")
LONGEST_DATE_LINE: Final = 120
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST_WORDS: Final = 6  # a date line may have beside digits: weekday, "Cập nhật", "GMT"
_DATELINE: Final = re.compile(r"\(?[^\W_][\w .&-]{0,28}\)?\s*[-–—]")


def is_label(text: str) -> bool:
    """A short line that belongs to the page, not to the article.

    >>> is_label("Tin cùng chuyên mục"), is_label("Chia sẻ bài viết")
    (True, True)
    >>> is_label("Tin vui đến với xóm nhỏ.")
    False
    """
    return len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(text) is not None


def is_date_line(text: str) -> bool:
    """A line that states a date and hardly anything else.

    >>> is_date_line("Thứ hai, 14/11/2022, 15:30 [GMT+7]"), is_date_line("Sinh ngày 14/11/2022 tại Na Hang")
    (True, False)
    """
    if len(text) > LONGEST_DATE_LINE or not DATE_HINT.search(text):
        return False
    return len(_WORD.findall(text)) <= _MOST_WORDS


def is_dateline(text: str) -> bool:
    """The piece before a lead that names paper or place: "(CTO) -", "BHG -".

    >>> is_dateline("(VTC News) -"), is_dateline("Hà Giang -"), is_dateline("Giá vàng -5 %")
    (True, True, False)
    """
    return _DATELINE.fullmatch(text.strip()) is not None
