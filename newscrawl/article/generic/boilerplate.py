"""Short lines that are no paragraphs: labels of the page, date lines, datelines."""

import re
from typing import Final

_RELATED: Final = re.compile(  # the rest of the line may name what is related
    r"(?:>+|»|\*|-|•)? ?(?:(?:các )?(?:tin|bài)(?: viết| tức)? (?:liên quan"
    r"|cùng (?:chuyên mục|chủ đề|loại)|(?:đọc|xem) nhiều|đọc tiếp|khác|mới (?:nhất|hơn)|cũ hơn"
    r"|nổi bật)|xem thêm|đọc thêm|xem tiếp|đọc tiếp|cùng (?:chuyên mục|chủ đề)"
    r"|mời (?:quý )?(?:bạn|độc giả|vị) (?:đọc|xem|theo dõi) (?:thêm|tiếp)"
    r"|(?:có thể )?bạn (?:có thể )?(?:quan tâm|muốn đọc|thích))(?: ?[:(>\d].*)?",
    re.IGNORECASE,
)
_CONTROL: Final = re.compile(
    r"(?:chia sẻ(?: (?:bài viết|tin này|lên|qua|ngay|facebook|zalo|twitter))*|(?:\d+ )?bình luận"
    r"(?: của bạn| bài viết)?|ý kiến (?:bạn đọc|của bạn|độc giả)"
    r"|gửi (?:bình luận|ý kiến|phản hồi)|từ kh(?:óa|oá)(?: nóng)?|tags?"
    r"|nghe (?:đọc )?(?:bài(?: viết)?|audio)|cỡ chữ|mặc định|phóng to|thu nhỏ"
    r"|in (?:bài(?: viết)?|trang(?: này)?)|lưu bài(?: viết)?|quảng cáo|advertisement|facebook|zalo"
    r"|twitter|a[+-]?|(?:copy|sao chép)(?: link| liên kết)?|link bài gốc.*"
    r"|(?:trở lại|quay lại|về) (?:trang|chủ đề|chuyên mục|đầu).{0,30}|đang tải|tắt quảng cáo"
    r"|theo dõi .{0,60}(?:google news|zalo|facebook|youtube).*"
    r"|(?:hãy |mời bạn )?(?:để lại|gửi|viết|nhập) .{0,20}(?:ý kiến|bình luận).*"
    r"|bạn đang (?:đọc|xem) (?:bài|tin|nội dung) .*"
    r"|đánh giá bài viết|lên đầu trang|xem tất cả|(?:được|nội dung) tài trợ)(?: ?[:.…(]? ?\d*\)?)",
    re.IGNORECASE,
)
_IMPRINT: Final = re.compile(
    r"(?:©|copyright|all rights|bản quyền (?:thuộc|©)|cơ quan (?:chủ quản|của)"
    r"|(?:phó )?tổng biên tập ?:"
    r"|giấy phép (?:số|xuất bản|hoạt động|thiết lập)|không được sao chép"
    r"|(?:vui lòng |xin |đề nghị )?(?:ghi rõ|dẫn|trích) nguồn)",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"(?:địa chỉ|trụ sở|t(?:òa|oà) soạn|điện thoại|hotline|đường dây nóng|email|fax) ?:",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"https?://\S+")
_LONGEST_LABEL: Final = 160
DATE_HINT: Final = re.compile(
    r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?\d{4}|\d{4}-\d\d-\d\d|tháng ?\d{1,2}", re.IGNORECASE
)
LONGEST_DATE_LINE: Final = 120
_WORD: Final = re.compile(r"[^\W\d_]+")
_MOST_WORDS: Final = 6  # a date line may have beside digits: weekday, "Cập nhật", "GMT"
_DATELINE: Final = re.compile(r"\(?[^\W_][\w .&-]{0,28}\)?\s*[-–—]")


def is_label(text: str) -> bool:
    """A short line that belongs to the page, not to the article.

    >>> is_label("Tin cùng chuyên mục"), is_label("Chia sẻ bài viết")
    (True, True)
    >>> is_label("Xem thêm: Chợ quê ngày giáp Tết"), is_label("Chia sẻ về mùa màng, bà Tư cười:")
    (True, False)
    """
    line = _URL.sub("", text).strip()
    if not 0 < len(line) <= _LONGEST_LABEL:
        return False
    return _RELATED.fullmatch(line) is not None or _CONTROL.fullmatch(line) is not None


def is_imprint(text: str) -> bool:
    """A line of the newspaper's imprint: who publishes it, by which licence, where it sits.

    >>> is_imprint("Giấy phép số 12/GP-BTTTT"), is_imprint("Xã cấp giấy phép xây dựng")
    (True, False)
    """
    return _IMPRINT.match(text) is not None


def is_contact(text: str) -> bool:
    """A line that says how to reach somebody; in an article it is text, but no sign of one."""
    return _CONTACT.match(text) is not None


def is_date_line(text: str) -> bool:
    """A line that states a date and hardly anything else.

    >>> is_date_line("Thứ hai, 14/11/2022, 15:30 [GMT+7]")
    True
    >>> is_date_line("Cô sinh ngày 14/11/2022 tại xóm Cây Sung")
    False
    """
    if len(text) > LONGEST_DATE_LINE or not DATE_HINT.search(text):
        return False
    return len(_WORD.findall(text)) <= _MOST_WORDS


def is_dateline(text: str) -> bool:
    """The piece before a lead that names paper or place: "(CTO) -", "BHG -".

    >>> is_dateline("(BTX) -"), is_dateline("Bến Lội -"), is_dateline("Giá vàng -5 %")
    (True, True, False)
    """
    return _DATELINE.fullmatch(text.strip()) is not None
