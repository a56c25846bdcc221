"""Date lines as the papers print them, and texts that hold none."""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article.dates import (
    ImpossibleDateError,
    Moment,
    read_modified,
    read_moment,
)
from newscrawl.items import VIETNAM, Precision
from newscrawl.text import clean

unhurried = settings(deadline=None)
FETCHED = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # noon in Vietnam


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=VIETNAM)  # type: ignore[misc,arg-type]


def read(text: str, fetched_at: datetime = FETCHED) -> Moment:
    moment = read_moment(text, fetched_at)
    assert moment is not None, text
    return moment


MINUTE = at(2022, 11, 14, 15, 30)
DAY = at(2022, 11, 14)

LINES: list[tuple[str, datetime, Precision]] = [
    ("Thứ Hai, 14/11/2022, 15:30 [GMT+7]", MINUTE, "minute"),
    ("Thứ Hai, 14/11/2022, 15:30", MINUTE, "minute"),
    ("14/11/2022 | 15:30", MINUTE, "minute"),
    ("14/11/2022 - 15:30", MINUTE, "minute"),
    ("14/11/2022 – 15:30", MINUTE, "minute"),
    ("14/11/2022 15:30", MINUTE, "minute"),
    ("14/11/2022 (15:30)", MINUTE, "minute"),
    ("14/11/2022, lúc 15:30", MINUTE, "minute"),
    ("14/11/2022 vào lúc 15h30", MINUTE, "minute"),
    ("14/11/2022 15:30:45", at(2022, 11, 14, 15, 30, 45), "second"),
    ("15:30, 14/11/2022", MINUTE, "minute"),
    ("11:59, 18/06/2025", at(2025, 6, 18, 11, 59), "minute"),
    ("15:30-14/11/2022", MINUTE, "minute"),
    ("15:30 | Thứ Hai, ngày 14/11/2022", MINUTE, "minute"),
    ("Thứ Hai, 15:30 14/11/2022", MINUTE, "minute"),
    ("Cập nhật lúc 15:30 ngày 14/11/2022", MINUTE, "minute"),
    ("Cập nhật: 15h30, 14/11/2022", MINUTE, "minute"),
    ("Cập nhật lần cuối: 14/11/2022 15:30", MINUTE, "minute"),
    ("CẬP NHẬT LÚC 15:30 NGÀY 14/11/2022", MINUTE, "minute"),
    ("15g30, ngày 14/11/2022", MINUTE, "minute"),
    ("15 giờ 30, ngày 14/11/2022", MINUTE, "minute"),
    ("15h ngày 14/11/2022", at(2022, 11, 14, 15), "minute"),
    ("Thứ 2, ngày 14 tháng 11 năm 2022", DAY, "day"),
    ("Ngày 14 tháng 11, 2022 15:30", MINUTE, "minute"),
    ("Thứ Hai, ngày 14-11-2022", DAY, "day"),
    ("Chủ nhật, 13/11/2022, 15:30 (GMT+7)", at(2022, 11, 13, 15, 30), "minute"),
    ("CN, 13/11/2022", at(2022, 11, 13), "day"),
    ("T4, 05/07/2023", at(2023, 7, 5), "day"),
    ("3:30 CH, 14/11/2022", MINUTE, "minute"),
    ("14/11/2022 3:30:00 CH", MINUTE, "second"),
    ("14/11/2022 3:30 PM", MINUTE, "minute"),
    ("14/11/2022 3:30 SA", at(2022, 11, 14, 3, 30), "minute"),
    ("14/11/2022 12:05 SA", at(2022, 11, 14, 0, 5), "minute"),
    ("14/11/2022 12:05 CH", at(2022, 11, 14, 12, 5), "minute"),
    ("14/11/2022 15:30 CH", MINUTE, "minute"),
    ("14-11-2022", DAY, "day"),
    ("14.11.2022", DAY, "day"),
    ("14 / 11 / 2022", DAY, "day"),
    ("10/2/2023", at(2023, 2, 10), "day"),
    ("Ngày 13.4.1964", at(1964, 4, 13), "day"),
    ("Thứ 4, 01/12/2021 | 11:51:00 [GMT +7]", at(2021, 12, 1, 11, 51), "second"),
    ("Thứ sáu: 15:00 ngày 09/02/2024", at(2024, 2, 9, 15), "minute"),
    ("Thứ hai, 05/01/2026 - 08:27", at(2026, 1, 5, 8, 27), "minute"),
    ("00:00, 14/11/2022", DAY, "minute"),
    ("2022-11-14", DAY, "day"),
    ("2022-11-14T15:30", MINUTE, "minute"),
    ("2022-11-14 15:30:00", MINUTE, "second"),
    ("2022-11-14 15:30:00.123", MINUTE, "second"),
    ("2022-11-14T08:30:00Z", MINUTE, "second"),
    ("2022-11-14T08:30:00.5z", MINUTE, "second"),
    ("2022-11-14T15:30:00+07:00", MINUTE, "second"),
    ("2022-11-14T15:30:00+0700", MINUTE, "second"),
    ("2022-11-14 15:30:00 +0700", MINUTE, "second"),
    ("2022-11-14T03:30:00-05:00", MINUTE, "second"),
    ("2022-11-13T22:30:00Z", at(2022, 11, 14, 5, 30), "second"),  # the next day in Vietnam
    ("14/11/2022 08:30 GMT+0", MINUTE, "minute"),
    ("14/11/2022 15:30 GMT+07:00", MINUTE, "minute"),
    ("14/11/2022 GMT+0", DAY, "day"),
    ("tháng 11 năm 2022", at(2022, 11, 1), "month"),
    ("Tháng 11/2022", at(2022, 11, 1), "month"),
    ("11/2022", at(2022, 11, 1), "month"),
    ("08h10' ngày 05/08/2024", at(2024, 8, 5, 8, 10), "minute"),
    ("8h5\u2019, 05/08/2024", at(2024, 8, 5, 8, 5), "minute"),
    ("8 giờ 10 phút, ngày 5 tháng 8 năm 2024", at(2024, 8, 5, 8, 10), "minute"),
    ("Ngày 5 tháng 8 năm 2024 lúc 8 giờ 10 phút", at(2024, 8, 5, 8, 10), "minute"),
    ("8 giờ 10 phút 25 giây, 05/08/2024", at(2024, 8, 5, 8, 10, 25), "second"),
    ("05/08/2024 - Thứ hai - 08:10", at(2024, 8, 5, 8, 10), "minute"),
    ("05/08/2024 • 08:10", at(2024, 8, 5, 8, 10), "minute"),
    ("3 giờ 30 phút chiều 5/8/2024", at(2024, 8, 5, 15, 30), "minute"),
    ("1 giờ trưa ngày 5/8/2024", at(2024, 8, 5, 13), "minute"),
    ("11 giờ đêm ngày 5/8/2024", at(2024, 8, 5, 23), "minute"),
    ("Thứ Năm, ngày 12 tháng Chín năm 2024", at(2024, 9, 12), "day"),
    ("12 Tháng Chín, 2024", at(2024, 9, 12), "day"),
    ("Tháng Chín 12, 2024", at(2024, 9, 12), "day"),  # as WordPress prints it
    ("12 Th9, 2024", at(2024, 9, 12), "day"),
    ("Ngày 12 tháng Mười Hai năm 2021, 07:40", at(2021, 12, 12, 7, 40), "minute"),
    ("ngày 2 tháng Giêng năm 2024", at(2024, 1, 2), "day"),
    ("12 tháng năm năm 2024", at(2024, 5, 12), "day"),
    ("tháng Chạp năm 2023", at(2023, 12, 1), "month"),
    ("Mon, 05 Aug 2024 08:10:00 +0700", at(2024, 8, 5, 8, 10), "second"),
    ("Mon, 05 Aug 2024 01:10:00 GMT", at(2024, 8, 5, 8, 10), "second"),
    ("August 5, 2024", at(2024, 8, 5), "day"),
    ("Monday, August 5th, 2024 at 8:10 pm", at(2024, 8, 5, 20, 10), "minute"),
    ("5 Aug 2024 08:10", at(2024, 8, 5, 8, 10), "minute"),
    ("Mon Aug 05 2024 08:10:00 GMT+0700", at(2024, 8, 5, 8, 10), "second"),
    ("Mon Aug 5 08:10:00 2024", at(2024, 8, 5, 8, 10), "second"),
    ("August 2024", at(2024, 8, 1), "month"),
    ("12 thg 9, 2024, 07:40", at(2024, 9, 12, 7, 40), "minute"),
    ("12 . 9 . 2024 / 07:40", at(2024, 9, 12, 7, 40), "minute"),
    ("12 September 2024, 7.40pm", at(2024, 9, 12, 19, 40), "minute"),
    ("Sept. 12, 2024, 7:40 p.m.", at(2024, 9, 12, 19, 40), "minute"),
    ("Sept. 12, 2024 7:40 AM EDT", at(2024, 9, 12, 18, 40), "minute"),
    ("14/11/22", DAY, "day"),
    ("15:30, 14/11/22", MINUTE, "minute"),
    ("14.11.22 15:30", MINUTE, "minute"),
    ("12-09-98", at(1998, 9, 12), "day"),
    ("2022/11/14 15:30", MINUTE, "minute"),
    ("2022-11-14T08:30:00+00", MINUTE, "second"),
    ("2022-11-14T15:30:00+07", MINUTE, "second"),
    ("14/11/2022 15:30:00 +0700", MINUTE, "second"),
    ("14/11/2022 15:30 GMT", MINUTE, "minute"),  # Vietnam's time all the same
    ("1/8/2026 10:02:01 AM", at(2026, 1, 8, 10, 2, 1), "second"),  # month first
    ("9/11/2021 3:29:47 PM", at(2021, 9, 11, 15, 29, 47), "second"),
    ("03-11-2026 - 07:15 AM", at(2026, 11, 3, 7, 15), "minute"),  # day first with dashes
    ("10:02 a.m., 1/8/2026", at(2026, 1, 8, 10, 2), "minute"),
    ("12/9/2026 8:00 AM", at(2026, 9, 12, 8), "minute"),  # 9 December had not come
    ("Thứ Hai, 05/08/2024 08:10 AM", at(2024, 8, 5, 8, 10), "minute"),  # a Monday
    ("Thứ Tư, 05/08/2024 08:10 AM", at(2024, 5, 8, 8, 10), "minute"),
    ("ngày 05/08/2024 08:10 AM", at(2024, 8, 5, 8, 10), "minute"),
    ("1/8/2026 10:02:01 SA", at(2026, 8, 1, 10, 2, 1), "second"),
    ("Sáng 14-11", at(2026, 11, 14), "day"),
    ("chiều ngày 14/11", at(2026, 11, 14), "day"),
    ("Tối 24-11", at(2025, 11, 24), "day"),  # tomorrow, so last year's
    ("Ngày 29-2", at(2024, 2, 29), "day"),
]


@pytest.mark.parametrize(("line", "moment", "precision"), LINES)
def test_a_date_line_is_read_whole(line: str, moment: datetime, precision: Precision) -> None:
    read_here = read(line)
    assert read_here == Moment(moment, precision, line)
    assert read_here.at.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize(("line", "moment", "precision"), LINES)
def test_decomposed_letters_and_odd_blanks_change_nothing(
    line: str, moment: datetime, precision: Precision
) -> None:
    odd = unicodedata.normalize("NFD", line).replace(" ", "\u3000\xa0\n")
    assert read(f"\n\t{odd}\u200b ") == Moment(moment, precision, line)


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("Đăng ngày 14/11/2022 15:30 | In bài", "ngày 14/11/2022 15:30"),
        ("Thứ 4, 01/12/2021 | 11:51:00 [GMT +7] A- A+", "Thứ 4, 01/12/2021 | 11:51:00 [GMT +7]"),
        ("Hà Giang, 14/11/2022, 15:30", "14/11/2022, 15:30"),
        ("14/11/2022 15:3012 lượt xem", "14/11/2022"),
        ("115:30 14/11/2022", "14/11/2022"),
        ("14/11/2022 2 giờ trước", "14/11/2022"),
        ("14/11/2022, 15/11/2022", "14/11/2022"),
        ("Sáng 14-11, 15/11/2022", "15/11/2022"),  # the first that is complete
        ("tháng 10 năm 2022, 15/11/2022", "15/11/2022"),
        ("Cập nhật: 15/11/2022 08:00, đăng 14/11/2022", "14/11/2022"),
    ],
)
def test_raw_is_the_stretch_that_was_read(text: str, raw: str) -> None:
    assert read(text).raw == raw


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \xa0 ",
        "Đang cập nhật",
        "Cập nhật lúc 15:30",
        "15:30",
        "2022",
        "Tăng 12,5% so với cùng kỳ năm 2022",
        "Nghị định 17/2023/NĐ-CP",
        "Nghị quyết 11/2022/NQ-HĐND",
        "Công văn số 14-11/2022",
        "192.168.10.2023",
        "0208/3/11/2022",
        "Tỷ số 2-1",
        "14-11",
        "Sáng mai",
        "١٤/١١/٢٠٢٢",  # Arabic digits
        "१४/११/२०२२",  # Devanagari digits
        "14/11-2022",
        "Tỷ số 2-1-15",
        "Quyết định 14/11/22-QĐ",
        "24/7/365",
        "Thứ Năm tháng này",
        "May 2",
        "Theo đó, tháng năm là mùa gặt",
    ],
)
def test_no_date_is_made_up(text: str) -> None:
    assert read_moment(text, FETCHED) is None


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2023",
        "31-04-2022",
        "29/2/2023",
        "00/11/2022",
        "11/14/2022",  # never read month first
        "15:30, 31/11/2022",
        "25:00, 14/11/2022",
        "15:61, 14/11/2022",
        "14/11/2022 15:30:60",
        "2022-13-01",
        "2022-02-30T08:00:00Z",
        "2022-11-14T08:30:00+24:00",
        "14/11/2022 08:30 GMT+99",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "1/1/0001 12:00:00 SA",
        "tháng 13 năm 2022",
        "Sáng 31-2",
        "Ngày 32/1",
        "25/11/2026",
        "12:01, 24/11/2026",
        "tháng 12 năm 2026",
    ],
)
def test_an_impossible_date_is_an_error_that_quotes_it(text: str) -> None:
    with pytest.raises(ImpossibleDateError):
        read_moment(text, FETCHED)


def test_the_error_quotes_the_date() -> None:
    with pytest.raises(ImpossibleDateError, match=r"^31/02/2023: day is out of range"):
        read_moment("Hà Giang, 31/02/2023", FETCHED)


def test_a_clock_may_be_a_day_ahead_but_no_more() -> None:
    assert read("12:00, 24/11/2026").at - FETCHED == timedelta(days=1)
    assert read("24/11/2026").at > FETCHED


def test_a_yearless_day_is_the_last_one_in_vietnam() -> None:
    new_year = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)  # half past midnight, 1 January 2026
    assert read("Sáng 1-1", new_year).date == date(2026, 1, 1)
    assert read("Sáng 31-12", new_year).date == date(2025, 12, 31)
    assert read("Ngày 29-2", at(2103, 6, 1)).date == date(2096, 2, 29)  # 2100 has none


@pytest.mark.parametrize(
    ("text", "modified"),
    [
        ("14/11/2022 15:30 (Cập nhật: 08:05, 15/11/2022)", at(2022, 11, 15, 8, 5)),
        ("Cập nhật lúc 08:05 ngày 15/11/2022 - Đăng: 14/11/2022", at(2022, 11, 15, 8, 5)),
        ("Cập nhật: 2022-11-15T08:05:00+07:00; 14/11/2022", at(2022, 11, 15, 8, 5)),
        ("Đăng 14/11/2022 15:30 - Sửa lần cuối: 15/11/2022 08:05", at(2022, 11, 15, 8, 5)),
        ("November 14, 2022 (updated November 15, 2022 8:05)", at(2022, 11, 15, 8, 5)),
    ],
)
def test_an_update_beside_the_publication_is_the_modification(
    text: str, modified: datetime
) -> None:
    update = read_modified(text, FETCHED)
    assert update is not None
    assert update.at == modified
    assert read(text).date == date(2022, 11, 14)


@pytest.mark.parametrize(
    "text", ["", "14/11/2022 15:30", "Cập nhật lúc 15:30 ngày 14/11/2022", "Cập nhật: 11/2022"]
)
def test_one_moment_is_no_modification(text: str) -> None:
    assert read_modified(text, FETCHED) is None


def test_an_impossible_update_is_an_error() -> None:
    with pytest.raises(ImpossibleDateError):
        read_modified("14/11/2022, cập nhật 31/11/2022", FETCHED)


# Properties ---------------------------------------------------------------------------------------

MOMENTS = st.builds(
    lambda seconds: at(1900, 1, 2) + timedelta(seconds=seconds), st.integers(0, 4_004_000_000)
)
TO_THE_MINUTE = [
    "{0:%H:%M}, {0:%d/%m/%Y}",
    "{0:%d/%m/%Y} | {0:%H:%M}",
    "{0:%d/%m/%Y} - {0:%H:%M}",
    "{0.day}/{0.month}/{0.year} {0.hour}:{0:%M}",
    "{0:%d-%m-%Y} {0:%H}h{0:%M}",
    "Cập nhật lúc {0:%H:%M} ngày {0:%d/%m/%Y}",
    "Cập nhật: {0:%H}h{0:%M}, {0:%d/%m/%Y}",
    "Thứ sáu: {0:%H:%M} ngày {0:%d/%m/%Y}",
    "Thứ Hai, {0:%d/%m/%Y}, {0:%H:%M} [GMT+7]",
    "Chủ nhật, ngày {0.day} tháng {0.month} năm {0.year}, {0:%H:%M}",
    "{0:%d.%m.%Y} {0:%I:%M} {half}",
]
TO_THE_SECOND = [
    "{0:%Y-%m-%dT%H:%M:%S}+07:00",
    "{0:%Y-%m-%dT%H:%M:%S}+0700",
    "{0:%Y-%m-%d %H:%M:%S}",
    "{0:%Y-%m-%d %H:%M:%S}.123",
    "{utc:%Y-%m-%dT%H:%M:%S}Z",
    "Thứ 4, {0:%d/%m/%Y} | {0:%H:%M:%S} [GMT +7]",
    "{0:%d/%m/%Y} {0:%I:%M:%S} {half}",
]


def written(form: str, moment: datetime) -> str:
    half = "SA" if moment.hour < 12 else "CH"
    return form.format(moment, half=half, utc=moment.astimezone(UTC))


@pytest.mark.parametrize("form", TO_THE_MINUTE)
@unhurried
@given(moment=MOMENTS)
def test_a_written_minute_comes_back(form: str, moment: datetime) -> None:
    line = written(form, moment)
    assert read(line) == Moment(moment.replace(second=0, microsecond=0), "minute", line)


@pytest.mark.parametrize("form", TO_THE_SECOND)
@unhurried
@given(moment=MOMENTS)
def test_a_written_second_comes_back(form: str, moment: datetime) -> None:
    line = written(form, moment)
    assert read(line) == Moment(moment.replace(microsecond=0), "second", line)


OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@unhurried
@given(moment=MOMENTS, offset=OFFSETS)
def test_any_zone_is_the_same_moment(moment: datetime, offset: timezone) -> None:
    whole = moment.replace(microsecond=0)
    assert read(whole.astimezone(offset).isoformat()).at == whole


PIECES = sorted({piece for line, *_ in LINES for piece in re.findall(r"\w+|\W", line)})
DATE_LIKE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
ANY_TEXT = st.one_of(st.text(), DATE_LIKE, st.lists(DATE_LIKE, max_size=3).map(" ".join))
READERS: list[Callable[[str, datetime], Moment | None]] = [read_moment, read_modified]


@pytest.mark.parametrize("reader", READERS)
@unhurried
@given(text=ANY_TEXT)
def test_any_text_is_a_moment_or_none_or_impossible(
    reader: Callable[[str, datetime], Moment | None], text: str
) -> None:
    try:
        moment = reader(text, FETCHED)
    except ImpossibleDateError:
        return
    if moment is not None:
        assert moment.raw in clean(text)
        assert moment.at.tzinfo is VIETNAM
        assert moment.at - FETCHED <= timedelta(days=1)


@unhurried
@given(text=ANY_TEXT)
def test_reading_what_was_read_gives_it_again(text: str) -> None:
    try:
        moment = read_moment(text, FETCHED)
    except ImpossibleDateError:
        return
    if moment is not None:
        assert read(moment.raw) == moment
        assert read(clean(text)) == moment
