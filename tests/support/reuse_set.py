"""A labelled set of re-used articles: copies of known kinds, and series that are no copies.

The stories are the replica's. Each copy stands in another paper, some hours later. The series are
what provincial papers print every day with other figures: weather, market prices, obituaries, the
lottery, floor bulletins of reservoirs. A seed makes a half: one was used to choose the thresholds,
the other reports.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from newscrawl.article.normalize import content_hash
from newscrawl.items import VIETNAM, Line, to_line
from newscrawl.replica.paper import Paper
from newscrawl.replica.site import TUYENQUANG, Options
from newscrawl.replica.truth import rows as truth_rows
from tests.support.articles import make_article

KINDS: Final = ("exact", "lead", "half", "third", "edit5", "concat", "local")
_PAPERS: Final = ("baomot", "baohai", "baoba", "baobon")
_PLACES: Final = ("Nà Hang", "Lâm Bình", "Chiêm Hóa", "Hàm Yên", "Yên Sơn", "Sơn Dương")
_GOODS: Final = ("Vàng SJC", "Dầu DO", "Xăng E5", "Gạo tẻ", "Thịt lợn", "Cam sành", "Chè xanh")


@dataclass
class LabelledSet:
    """Rows in any order, and which of them repeat which."""

    rows: list[Line] = field(default_factory=list)
    copies: dict[frozenset[str], str] = field(default_factory=dict)
    """Pair of ids → kind of the copy"""
    series: set[str] = field(default_factory=set)
    """Ids of articles of a series; no pair of two of them is a copy"""


def labelled_set(seed: int, stories: int = 400, days: int = 60) -> LabelledSet:
    """Return a set of that many stories, a copy of every third, and five series of daily pieces."""
    dice, found = Random(seed), LabelledSet()  # noqa: S311  (the same set every time)
    texts = _stories(stories, seed)
    start = datetime(2026, 1, 1, 6, tzinfo=VIETNAM)
    for number, (headline, lead, body) in enumerate(texts):
        at = start + timedelta(minutes=days * 1440 * number // stories)
        paper = dice.choice(_PAPERS)
        found.rows.append(_row(paper, f"s{number}", at, headline, lead, body))
        if number % 3 or len(" ".join(body).split()) < 150:
            continue
        kind = KINDS[number // 3 % len(KINDS)]
        other = dice.choice([name for name in _PAPERS if name != paper])
        later = at + timedelta(minutes=dice.randint(20, 70 * 60))
        copy = _row(other, f"c{number}", later, headline, *_changed(kind, lead, body, texts, dice))
        found.rows.append(copy)
        found.copies[frozenset([found.rows[-2]["id"], copy["id"]])] = kind
    for row in _series(dice, start, days):
        found.rows.append(row)
        found.series.add(row["id"])
    found.rows.sort(key=lambda row: (row["published_at"], row["id"]))
    return found


def _stories(count: int, seed: int) -> list[tuple[str, str, list[str]]]:
    paper = Paper(TUYENQUANG, Options(articles=2 * count, seed=seed), 1)
    found = [
        (row["headline"], row["lead"] or "", row["body"])
        for row in truth_rows(paper)
        if row["kind"] == "text" and row["body"]
    ]
    return found[:count]


def _row(paper: str, key: str, at: datetime, headline: str, lead: str, body: list[str]) -> Line:
    text = "\n\n".join(body)
    return to_line(
        make_article(
            id=f"{paper}:{key}",
            newspaper=paper,
            url=f"https://{paper}.vn/{key}.html",
            headline=headline,
            lead=lead or None,
            body=text,
            published_at=at,
            published_date=at.date(),
            content_hash=content_hash(headline, lead or None, text),
        )
    )


def _changed(
    kind: str, lead: str, body: list[str], texts: list[tuple[str, str, list[str]]], dice: Random
) -> tuple[str, list[str]]:
    changes: dict[str, Callable[[], tuple[str, list[str]]]] = {
        "exact": lambda: (lead, body),
        "lead": lambda: ("Bài do phóng viên tổng hợp từ cơ sở gửi về tòa soạn.", body),
        "half": lambda: (lead, _first(body, 0.5)),
        "third": lambda: ("", _first(body, 0.34)),
        "edit5": lambda: (lead, _edited(body, 0.05, dice)),
        "concat": lambda: (lead, [*body, *dice.choice(texts)[2]]),
        "local": lambda: (
            lead,
            ["Tin từ Ban Biên tập: " + body[0], *body[1:], "Mời bạn đọc đón xem."],
        ),
    }
    return changes[kind]()


def _first(body: list[str], share: float) -> list[str]:
    syllables = "\n\n".join(body).split(" ")
    return " ".join(syllables[: max(40, int(len(syllables) * share))]).split("\n\n")


def _edited(body: list[str], share: float, dice: Random) -> list[str]:
    """Return the body with a share of its syllables replaced, in edits of one to four syllables.

    An editor changes phrases, not every twentieth syllable.
    """
    syllables = "\n\n".join(body).split(" ")
    left = int(len(syllables) * share)
    while left > 0:
        width = min(left, dice.randint(1, 4))
        place = dice.randrange(len(syllables) - width)
        if "\n" not in "".join(syllables[place : place + width]):
            syllables[place : place + width] = [f"sửa{dice.randrange(99)}"] * width
            left -= width
    return " ".join(syllables).split("\n\n")


def _series(dice: Random, start: datetime, days: int) -> Iterator[Line]:
    for paper in _PAPERS:
        for kind, write in _SERIES.items():
            for day in range(days):
                at = start + timedelta(days=day, minutes=dice.randint(0, 90))
                headline, body = write(dice, at)
                yield _row(paper, f"{kind}{day}", at, headline, "", body)


def _weather(dice: Random, at: datetime) -> tuple[str, list[str]]:
    lines = [
        f"Khu vực {place}: nhiều mây, có lúc có mưa rào và dông rải rác, gió nhẹ. Nhiệt độ thấp"
        f" {dice.randint(9, 22)} độ C, nhiệt độ cao nhất {dice.randint(23, 37)} độ C, độ ẩm trung"
        f" bình {dice.randint(60, 98)} phần trăm, lượng mưa {dice.randint(0, 80)} mm."
        for place in dice.sample(_PLACES, 4)
    ]
    return f"Dự báo thời tiết ngày {at:%d/%m}", [f"Dự báo thời tiết ngày {at:%d/%m/%Y}.", *lines]


def _prices(dice: Random, at: datetime) -> tuple[str, list[str]]:
    lines = [
        f"{name}: mua vào {dice.randint(10, 99)}.{dice.randint(100, 999)} đồng, bán ra"
        f" {dice.randint(10, 99)}.{dice.randint(100, 999)} đồng, so với hôm qua tăng"
        f" {dice.randint(1, 900)} đồng."
        for name in dice.sample(_GOODS, 6)
    ]
    opening = (
        "Bảng giá một số mặt hàng thiết yếu khảo sát tại các chợ trung tâm trong tỉnh như sau:"
    )
    ending = "Giá có thể thay đổi theo thời điểm và địa điểm bán, bạn đọc tham khảo trước khi mua."
    return f"Giá cả thị trường {at:%d/%m}", [opening, *lines, ending]


def _obituary(dice: Random, at: datetime) -> tuple[str, list[str]]:
    family, middle = dice.choice(("Lò", "Ma", "Hoàng", "Nông", "Vàng")), dice.choice(("Thị", "Văn"))
    name = f"{family} {middle} {dice.choice(('Sáo', 'Mẩy', 'Páo', 'Khuê', 'Lưu', 'Din'))}"
    news = (
        "Ban Chấp hành Đảng bộ, Hội đồng nhân dân, Ủy ban nhân dân, Ủy ban Mặt trận Tổ quốc và gia"
        f" đình vô cùng thương tiếc báo tin: Đồng chí {name}, sinh năm {dice.randint(1925, 1960)},"
        f" quê quán xã {dice.choice(_PLACES)}, đã từ trần hồi {dice.randint(1, 23)} giờ"
        f" {dice.randint(0, 59)} phút ngày {at:%d/%m/%Y}, hưởng thọ {dice.randint(66, 99)} tuổi."
    )
    rites = (
        f"Lễ viếng tổ chức tại nhà tang lễ từ {dice.randint(6, 11)} giờ ngày {at:%d/%m}. Lễ truy"
        f" điệu hồi {dice.randint(12, 17)} giờ cùng ngày, an táng tại nghĩa trang quê nhà."
    )
    return f"Tin buồn: {name}", [news, rites]


def _lottery(dice: Random, at: datetime) -> tuple[str, list[str]]:
    sizes = {"đặc biệt": 1, "nhất": 1, "nhì": 2, "ba": 6, "tư": 4, "năm": 6}
    prizes = [
        f"Giải {name}: " + " - ".join(f"{dice.randint(0, 99999):05}" for _ in range(count))
        for name, count in sizes.items()
    ]
    opening = f"Kết quả quay số mở thưởng ngày {at:%d/%m/%Y}:"
    return f"Kết quả xổ số ngày {at:%d/%m}", [opening, *prizes]


def _reservoirs(dice: Random, at: datetime) -> tuple[str, list[str]]:
    lines = [
        f"Hồ {place}: mực nước thượng lưu {dice.randint(80, 120)},{dice.randint(10, 99)} m, lưu"
        f" lượng đến hồ {dice.randint(50, 990)} mét khối trên giây, tổng lưu lượng xả"
        f" {dice.randint(10, 990)} mét khối trên giây, đang mở {dice.randint(0, 8)} cửa xả."
        for place in _PLACES[:4]
    ]
    opening = f"Báo cáo nhanh của Ban Chỉ huy phòng chống thiên tai lúc 7 giờ ngày {at:%d/%m/%Y}."
    return f"Tình hình các hồ chứa ngày {at:%d/%m}", [opening, *lines]


_SERIES: Final = {
    "weather": _weather,
    "prices": _prices,
    "obituary": _obituary,
    "lottery": _lottery,
    "reservoirs": _reservoirs,
}
