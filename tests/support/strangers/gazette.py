"""Sixty articles of an invented newspaper with what real ones have: two of one title, one undated.

The grammar is another than that of `stories`: reports of meetings, notices, recipes, an English
edition. One article is a photo story, one is pinned above every list.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from tests.support.strangers.stories import VIETNAM, Desk, Photo, Story, slug, truth

TWINS: Final = (17, 44)
"""Places of the two articles that share a title"""
UNDATED: Final = 29
"""Place of the article without a date"""
PICTURES: Final = 11
"""Place of the photo story"""
PINNED: Final = 38
"""Place of the article that stands above every list page"""
MOVED: Final = 8
"""Place of the article that boxes name by its old address"""


@dataclass(frozen=True)
class Grammar:
    """What the sentences of a newspaper are made of."""

    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]
    captions: tuple[str, ...]
    pictures: str
    """Headline of the photo story"""
    outlets: tuple[tuple[str, str], ...]
    """Credited outlets as the archive writes them, and the lines that credit them"""


def gazette(
    grammar: Grammar,
    words: Mapping[str, Sequence[str]],
    desks: Sequence[Desk],
    seed: int,
    images: str,
) -> tuple[Story, ...]:
    """The newspaper's articles, the newest first."""
    dice = random.Random(seed)  # noqa: S311  (no secret: the same articles in every run)
    at = datetime(2025, 11, 2, 21, 12, tzinfo=VIETNAM)
    written: list[Story] = []
    titles: set[str] = set()
    while len(written) < 60:
        bound = {name: dice.choice(values) for name, values in words.items()}
        headline = _say(dice.choice(grammar.headlines), bound, dice)
        if headline in titles:
            continue
        titles.add(headline)
        outlet, line = dice.choice(grammar.outlets) if dice.random() < 0.1 else ("", "")
        written.append(
            Story(
                number=2_311 - len(written) * 3,
                desk=desks[len(written) % len(desks)] if len(written) < 8 else dice.choice(desks),
                headline=headline,
                lead=_say(dice.choice(grammar.leads), bound, dice),
                paragraphs=_paragraphs(grammar, words, bound, dice),
                photos=_photos(grammar, bound, dice, f"{images}/{at:%Y/%m}"),
                author="" if outlet or dice.random() < 0.12 else bound["author"],
                outlet=outlet,
                outlet_line=line,
                tags=(bound["place"], bound["thing"]),
                published=at,
            )
        )
        at -= timedelta(minutes=dice.randrange(240, 2_100))
    written[TWINS[1]] = replace(written[TWINS[1]], headline=written[TWINS[0]].headline)
    written[PICTURES] = _photo_story(written[PICTURES], grammar, words, dice, images)
    return tuple(written)


def _say(line: str, bound: Mapping[str, str], dice: random.Random) -> str:
    text = line.format(**bound, few=dice.randrange(2, 9), many=dice.randrange(11, 480))
    return text[:1].upper() + text[1:]


def _paragraphs(
    grammar: Grammar,
    words: Mapping[str, Sequence[str]],
    bound: Mapping[str, str],
    dice: random.Random,
) -> tuple[str, ...]:
    lines = dice.sample(grammar.sentences, dice.randrange(9, 14))
    told = []
    while lines:
        here = [lines.pop() for _ in range(min(len(lines), dice.choice((1, 1, 2, 3))))]
        now = {**bound, "who": dice.choice(words["who"])}
        told.append(" ".join(_say(line, now, dice) for line in here))
    if told[0].startswith("–"):  # the archive takes a first dash for the newsroom's own
        told.append(told.pop(0))
    return tuple(told)


def _photos(
    grammar: Grammar, bound: Mapping[str, str], dice: random.Random, folder: str
) -> tuple[Photo, ...]:
    behind = sorted(dice.sample(range(1, 4), dice.choice((0, 1, 1, 2))))
    return tuple(
        Photo(
            src=f"{folder}/{dice.randrange(10**6):06x}.jpg",
            caption=_say(dice.choice(grammar.captions), bound, dice) if dice.random() < 0.8 else "",
            behind=place,
        )
        for place in behind
    )


def _photo_story(
    story: Story,
    grammar: Grammar,
    words: Mapping[str, Sequence[str]],
    dice: random.Random,
    images: str,
) -> Story:
    photos = [
        Photo(
            src=f"{images}/{story.published:%Y/%m}/bo-{n}.jpg",
            caption=_say(caption, {k: dice.choice(v) for k, v in words.items()}, dice),
            behind=1,
        )
        for n, caption in enumerate((*grammar.captions, *grammar.captions), 1)
    ]
    headline = grammar.pictures.format(place=story.tags[0])
    return replace(story, headline=headline, paragraphs=story.paragraphs[:2], photos=tuple(photos))


def gazette_truth(told: Sequence[Story], story: Story, url: str, **other: Any) -> dict[str, Any]:
    """What the archive's line must say; the undated article has no date."""
    is_undated = story is told[UNDATED]
    special: dict[str, Any] = {"published_at": None} if is_undated else {}
    special |= {"kind": "photo"} if story is told[PICTURES] else {}
    return truth(story, url, **special, **other)


def code(story: Story) -> str:
    """Six letters and digits that a build gives an article."""
    return f"{(story.number * 7_919_573) % 16**6:06x}"


def address_name(story: Story) -> str:
    """The headline as an address spells it."""
    return slug(story.headline)


LANG_BIEN: Final = Grammar(
    headlines=(
        "{place} họp bàn chuyện {thing}",
        "Mưa lớn, {place} cho học sinh nghỉ {few} ngày",
        "Vì sao giá {thing} ở {place} tăng gấp {few}?",
        "{who} kể chuyện giữ nghề {thing}",
        "Đêm trắng ở {place}",
        "{place}: trao {many} suất quà cho người già",
        "Khởi công cầu qua {place} sau {few} năm chờ đợi",
        "Cách làm món {thing} của người {place}",
        "Tuyển {many} lao động thời vụ cho xưởng {thing}",
        "Bắt {few} xe chở {thing} không giấy tờ qua {place}",
        "Thư {place}: mùa {thing} đầu tiên không có mẹ",
        "“Đừng gọi tôi là vua {thing}”",
        "{place} cấm xe tải từ 1/12",
        "Hội thi {thing} lần thứ {few}: {place} nhất toàn đoàn",
    ),
    leads=(
        "Cuộc họp kéo dài đến tận khuya vì ai cũng có điều muốn nói về {thing}.",
        "Ngày {few}/11, đoàn kiểm tra của {office} đã về {place}, làm việc với {many} hộ.",
        "Không kèn trống, không băng-rôn, {place} đón mùa {thing} theo cách riêng của mình.",
        "{who} bảo, nghề này muốn giữ được thì trước hết phải sống được bằng nó.",
        "Toàn tuyến dài {few} km, vốn đầu tư hơn {many} tỷ đồng, dự kiến xong trước Tết.",
    ),
    sentences=(
        "Ba giờ sáng, đèn ở chợ đầu mối đã sáng rực.",
        "– Nhà tôi chỉ có {few} sào, lấy đâu ra đất mà làm thêm, {who} phân trần.",
        "Đại diện {office} khẳng định, hồ sơ đã được gửi đi từ tháng trước và đang chờ ý kiến.",
        "Tính đến ngày 31/10, toàn xã còn {many} hộ chưa được cấp sổ.",
        "Xe ben chạy suốt ngày đêm khiến mặt đường nứt toác, nhiều chỗ thành ổ voi.",
        "Nước được bơm từ giếng khoan sâu {many} mét, lọc qua {few} lớp cát rồi mới vào bể.",
        "{who} lau mồ hôi, cười: “Làm {thing} mà sợ nắng thì đừng làm”.",
        "Trước đó, năm 2019, một dự án tương tự từng phải dừng giữa chừng vì thiếu vốn.",
        "Hàng về nhiều, giá lại rẻ, nên chỉ đến trưa là các sạp đều hết sạch.",
        "Theo quy hoạch, khu này sẽ có trường học, trạm y tế và một công viên nhỏ.",
        "Ban tổ chức trao {few} giải nhất, {many} giải khuyến khích cho các đội tham gia.",
        "Tiếng trống vừa dứt, thuyền của {place} đã bỏ xa đội bạn cả chục mét.",
        "Hằng năm, vào độ này, người {place} lại lên rừng tìm lá về gói bánh.",
        "Mức hỗ trợ là {many} nghìn đồng mỗi người, chi trả một lần qua tài khoản.",
        "Cơ quan chức năng đang tiếp tục làm rõ.",
        "Chi phí nhân công chiếm quá nửa giá thành, phần còn lại là phân bón và xăng dầu.",
        "Bởi vậy, người dân mong sớm có một đầu mối thu mua ổn định.",
        "Thầy hiệu trưởng cho biết, trường có {many} em ở bán trú, bữa nào cũng có rau tự trồng.",
    ),
    captions=(
        "Xưởng {thing} của {who}.",
        "{place} trong sương sớm. Ảnh: {author}",
        "Các đội chuẩn bị xuất phát.",
        "{who} phân loại {thing} trước khi đóng gói.",
    ),
    pictures="Chùm ảnh: {place} những ngày nước nổi",
    outlets=(("TTXVN", "Theo TTXVN"), ("VOV", "(Theo VOV)"), ("Nhân Dân", "Nguồn: Nhân Dân")),
)
ENGLISH: Final = Grammar(
    headlines=(
        "{place} weighs a new road for its {thing} growers",
        "Why {thing} prices have doubled in {place}",
        "{who}, keeper of the {thing} craft",
        "Heavy rain shuts {few} schools in {place}",
        "{place} hands out {many} scholarships",
        "A night at the {thing} market",
        "Ferry to {place} runs again after {few} years",
        "How {place} cooks its {thing}",
        "Police stop {few} trucks of {thing} near {place}",
        "Festival brings {many} boats to {place}",
        "“Nobody here is rich,” says {who}",
        "{office} promises clean water for {place}",
        "Young people of {place} return to {thing}",
        "{place}: the harvest that came {few} weeks early",
    ),
    leads=(
        "The meeting went on past midnight because everyone had something to say about {thing}.",
        "On November {few} a team of the {office} visited {many} households in {place}.",
        "No drums, no banners: {place} welcomes the {thing} season in its own way.",
        "{who} says a craft survives only where people can live on it.",
        "The road is {few} kilometres long and costs more than {many} billion dong.",
    ),
    sentences=(
        "At three in the morning the lamps of the wholesale market were already burning.",
        "“My family has only {few} plots; where would we find more land?” {who} asked.",
        "The {office} said that the papers were sent last month and now wait for an opinion.",
        "By October 31 the commune still counted {many} households without a land certificate.",
        "Trucks run day and night, and the surface has cracked in many places.",
        "Water is pumped from {many} metres below and filtered through {few} layers of sand.",
        "{who} wiped the sweat away and laughed.",
        "In 2019 a similar project had to stop half-way for want of money.",
        "Much arrived, the price was low, and by noon the stalls were empty.",
        "The plan foresees a school, a clinic and a small park.",
        "The jury gave {few} first prizes and {many} consolation prizes.",
        "When the drum fell silent, the boat of {place} was ten metres ahead.",
        "Every year about this time the people of {place} gather leaves for their cakes.",
        "Each person receives {many} thousand dong, paid once into an account.",
        "The authorities continue to look into the matter.",
        "Labour makes up more than half of the cost; the rest is fertiliser and fuel.",
        "So they hope for a steady buyer before the next season.",
        "The headmaster says that {many} pupils board here and grow their own vegetables.",
    ),
    captions=(
        "The {thing} workshop of {who}.",
        "{place} in the morning mist. Photo by {author}",
        "The crews before the start.",
        "{who} sorts {thing} before packing.",
    ),
    pictures="In pictures: {place} under water",
    outlets=(("TTXVN", "Source: VNA"),),
)
