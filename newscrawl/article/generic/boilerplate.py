"""Tell short lines that are no paragraphs: labels of the page, imprints, date lines, datelines."""

import re
from typing import Final

_RELATED_LINE: Final = re.compile(  # after the colon the line may name a related article
    r"(?:>+|»|\*|-|•)? ?(?:(?:các )?(?:tin|bài)(?: viết| tức)? (?:liên quan"
    r"|cùng (?:chuyên mục|chủ đề|loại)|(?:đọc|xem) nhiều|đọc tiếp|khác|mới (?:nhất|hơn)|cũ hơn"
    r"|nổi bật)|xem thêm|đọc thêm|xem tiếp|đọc tiếp|cùng (?:chuyên mục|chủ đề)"
    r"|mời (?:quý )?(?:bạn|độc giả|vị) (?:đọc|xem|theo dõi) (?:thêm|tiếp)"
    r"|(?:có thể )?bạn (?:có thể )?(?:quan tâm|muốn đọc|thích))(?: ?[:(>\d].*)?",
    re.IGNORECASE,
)
_CONTROL_LINE: Final = re.compile(
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
_IMPRINT_BEGINNING: Final = re.compile(
    r"(?:©|copyright|all rights|bản quyền (?:thuộc|©)|cơ quan (?:chủ quản|của)"
    r"|(?:phó )?tổng biên tập ?:"
    r"|giấy phép (?:số|xuất bản|hoạt động|thiết lập)|không được sao chép"
    r"|(?:vui lòng |xin |đề nghị )?(?:ghi rõ|dẫn|trích) nguồn)",
    re.IGNORECASE,
)
_CONTACT_BEGINNING: Final = re.compile(
    r"(?:địa chỉ|trụ sở|t(?:òa|oà) soạn|điện thoại|hotline|đường dây nóng|email|fax) ?:",
    re.IGNORECASE,
)
_URL: Final = re.compile(r"https?://\S+")
_LABEL_MAX_CHARS: Final = 160
DATE_HINT: Final = re.compile(
    r"\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?\d{4}|\d{4}-\d\d-\d\d|tháng ?\d{1,2}", re.IGNORECASE
)
DATE_LINE_MAX_CHARS: Final = 120
_WORD: Final = re.compile(r"[^\W\d_]+")
_DATE_LINE_MAX_WORDS: Final = 6  # beside the digits: weekday, "Cập nhật", "GMT"
_DATELINE: Final = re.compile(r"\(?[^\W_][\w .&-]{0,28}\)?\s*[-–—]")


def is_label(text: str) -> bool:
    """Return whether a short line belongs to the page, not to the article.

    >>> is_label("Tin cùng chuyên mục"), is_label("Chia sẻ bài viết")
    (True, True)
    >>> is_label("Xem thêm: Chợ quê ngày giáp Tết"), is_label("Chia sẻ về mùa màng, bà Tư cười:")
    (True, False)
    """
    line = _URL.sub("", text).strip()
    if not 0 < len(line) <= _LABEL_MAX_CHARS:
        return False
    return _RELATED_LINE.fullmatch(line) is not None or _CONTROL_LINE.fullmatch(line) is not None


def is_imprint(text: str) -> bool:
    """Return whether the line is of the imprint: the newspaper's publisher, licence, editors.

    >>> is_imprint("Giấy phép số 12/GP-BTTTT"), is_imprint("Xã cấp giấy phép xây dựng")
    (True, False)
    """
    return _IMPRINT_BEGINNING.match(text) is not None


def is_contact(text: str) -> bool:
    """Return whether the line states a postal address, a telephone number or a mail address.

    Such a line is kept in an article, but does not make a box look like one.
    """
    return _CONTACT_BEGINNING.match(text) is not None


def is_date_line(text: str) -> bool:
    """Return whether the line states a date and hardly anything else.

    >>> is_date_line("Thứ hai, 14/11/2022, 15:30 [GMT+7]")
    True
    >>> is_date_line("Cô sinh ngày 14/11/2022 tại xóm Cây Sung")
    False
    """
    if len(text) > DATE_LINE_MAX_CHARS or not DATE_HINT.search(text):
        return False
    return len(_WORD.findall(text)) <= _DATE_LINE_MAX_WORDS


def is_dateline(text: str) -> bool:
    """Return whether the text is the paper's or the place's name before a lead: "(CTO) -".

    >>> is_dateline("(BTX) -"), is_dateline("Bến Lội -"), is_dateline("Giá vàng -5 %")
    (True, True, False)
    """
    return _DATELINE.fullmatch(text.strip()) is not None
