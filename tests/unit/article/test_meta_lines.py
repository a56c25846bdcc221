"""Lines of dates, ages and places, and sentences that only mention one."""

import pytest

from newscrawl.article.meta_lines import (
    DATE_LINE_MAX_CHARS,
    is_date_line,
    is_dateline,
    is_labelled_date,
    is_meta_line,
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("16:30, 04/11/2026", True),
        ("Thứ Tư, ngày 04 tháng 11 năm 2026", True),
        ("Cập nhật lúc 16:30 ngày 04/11/2026 (GMT+7)", True),
        ("2026-11-04 16:30", True),
        ("Ngày 04/11/2026, đoàn ghe đầu tiên ra khơi sau bão", False),
        ("Hạn nộp hồ sơ của các hộ nuôi là 04/11/2026", False),
        ("Thứ Tư", False),
        ("", False),
    ],
)
def test_date_lines(line: str, *, expected: bool) -> None:
    assert is_date_line(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("(BTX) -", True),
        ("BTX -", True),
        ("(Báo Thung Xa) –", True),
        ("Bến Lội -", True),
        ("BTX", False),
        ("- BTX", False),
        ("Ông Sáu nói rằng mùa này cá về muộn hơn mọi năm -", False),
    ],
)
def test_datelines(line: str, *, expected: bool) -> None:
    assert is_dateline(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("5 phút trước", True),
        ("Updated: 2 hours ago", True),
        ("Last published 12 days ago", True),
        ("Hai giờ trước chúng tôi còn ở bến", False),
        ("2 hours ago the ferry still ran", False),
        ("Ba năm trước đây", False),
    ],
)
def test_ages(line: str, *, expected: bool) -> None:
    assert is_date_line(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published on 4 November 2026", True),
        ("Updated at 16:30, 04/11/2026", True),
        ("Đăng lúc 16:30 ngày 04/11/2026", True),
        ("Xuất bản: 04/11/2026", True),
        ("4 November 2026", False),
        ("Đăng ký trước ngày 04/11/2026", False),
        ("Published by the co-operative", False),
        ("Cập nhật giá cá tra cho bà con các xã ven sông ngày 04/11/2026", False),
    ],
)
def test_labelled_dates(line: str, *, expected: bool) -> None:
    assert is_labelled_date(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Mã Thị Lan · 04/11/2026 · 3 phút đọc", True),
        ("By Nora Quill | November 4, 2026", True),
        ("04/11/2026 - Bến Lội", True),
        ("Mã Thị Lan · 3 phút đọc", False),
        ("Bến Lội 04/11/2026", False),
        ("Chợ họp ngày 04/11/2026 - ai cũng mua được cá.", False),
    ],
)
def test_meta_lines(line: str, *, expected: bool) -> None:
    assert is_meta_line(line) is expected


def test_a_long_line_is_no_line_of_a_date() -> None:
    longest = "04/11/2026 |".ljust(DATE_LINE_MAX_CHARS, "1")
    assert is_date_line(longest)
    assert is_meta_line(longest)
    assert not is_date_line(longest + "1")
    assert not is_meta_line(longest + "1")
