"""Sixty articles of an invented newspaper, written from a grammar with its own words."""

import random
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

VIETNAM: Final = timezone(timedelta(hours=7))
_SLOT: Final = re.compile(r"\{(\w+)\}")

Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A section of the newspaper."""

    label: str
    path: str
    """Last part of its address"""
    number: int


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A picture between two paragraphs."""

    src: str
    caption: str
    """"" = none"""
    behind: int
    """Number of the paragraph it stands behind; 0 = above the text"""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One article, as its author wrote it."""

    number: int
    desk: Desk
    headline: str
    lead: str
    paragraphs: tuple[str, ...]
    photos: tuple[Photo, ...]
    author: str
    """The signature; "" = none"""
    outlet: str
    """Credited outlet as the archive writes it; "" = own"""
    outlet_line: str
    """Line that credits the outlet"""
    tags: tuple[str, ...]
    published: datetime

    @property
    def slug(self) -> str:
        return slug(self.headline)


def slug(text: str) -> str:
    """The text as an address spells it."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    ascii_only = "".join(c for c in plain if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", ascii_only))


def stories(
    words: Words, desks: Sequence[Desk], seed: int, images: str, *, has_tags: bool = True
) -> list[Story]:
    """The newspaper's articles, the newest first; no two share a headline."""
    dice = random.Random(seed)  # noqa: S311  (no secret: the same articles in every run)
    told: dict[str, Story] = {}
    at = datetime(2025, 10, 30, 16, 40, tzinfo=VIETNAM)
    while len(told) < 60:
        number = 4_000 + 60 - len(told)
        story = _story(words, desks, dice, number, at, images, has_tags=has_tags)
        if story.headline not in told:
            told[story.headline] = story
            at -= timedelta(minutes=dice.randrange(300, 2_400))
    return list(told.values())


def _story(
    words: Words,
    desks: Sequence[Desk],
    dice: random.Random,
    number: int,
    at: datetime,
    images: str,
    *,
    has_tags: bool,
) -> Story:
    bound = {name: dice.choice(words[name]) for name in ("place", "person", "crop", "event")}
    bound["crop_title"] = bound["crop"]
    lines = dice.sample(_PARAGRAPHS, dice.randrange(5, 9))
    paragraphs = []
    for line in lines:
        more = dice.choice(_CLOSERS) if dice.random() < 0.6 else ""
        paragraphs.append(" ".join(filter(None, (_said(line, words, dice, bound),
                                                 _said(more, words, dice, bound)))))  # fmt: skip
    photos = []
    for behind in sorted(dice.sample(range(1, len(paragraphs)), dice.choice((0, 1, 1, 1, 2)))):
        caption = _said(dice.choice(_CAPTIONS), words, dice, bound) if dice.random() < 0.85 else ""
        src = f"{images}/{at:%Y/%m}/{dice.randrange(10**6):06d}.jpg"
        photos.append(Photo(src=src, caption=caption, behind=behind))
    is_taken = dice.random() < 0.12
    outlet, line = dice.choice(_OUTLETS) if is_taken else ("", "")
    author = "" if is_taken or dice.random() < 0.1 else dice.choice(words["author"])
    tags = tuple(dict.fromkeys((bound["place"], bound["crop"], *dice.sample(_TAGS, 1))))
    return Story(
        number=number,
        desk=dice.choice(desks),
        headline=_said(dice.choice(_HEADLINES), words, dice, bound),
        lead=_said(dice.choice(_LEADS), words, dice, bound),
        paragraphs=tuple(paragraphs),
        photos=tuple(photos),
        author=author,
        outlet=outlet,
        outlet_line=line,
        tags=tags if has_tags else (),
        published=at,
    )


def _said(line: str, words: Words, dice: random.Random, bound: Mapping[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name in bound:
            return bound[name]
        if name[0] == "n" and name[1:].isdigit():
            return str(dice.randrange(2, int(name[1:])))
        return dice.choice(words[name] if name in words else _WORDS[name])

    text = _SLOT.sub(word, line)
    return text[:1].upper() + text[1:]


def truth(story: Story, url: str, **other: Any) -> dict[str, Any]:
    """What the archive's line must say; a site names what it prints otherwise in `other`."""
    expected: dict[str, Any] = {
        "url": url,
        "headline": story.headline,
        "lead": story.lead,
        "body": "\n\n".join(story.paragraphs),
        "captions": [photo.caption for photo in story.photos if photo.caption],
        "images": [photo.src for photo in story.photos],
        "authors": [story.author] if story.author else [],
        "byline": story.author,
        "source": story.outlet,
        "section": story.desk.label,
        "section_path": [story.desk.label],
        "tags": list(story.tags),
        "kind": "text",
        "lang": "vi",
        "published_at": story.published.isoformat(),
    }
    return expected | other


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


_OUTLETS: Final = (
    ("TTXVN", "Theo TTXVN"),
    ("Nhân Dân", "Theo Nhân Dân"),
    ("VOV", "Theo VOV"),
)
_TAGS: Final = ("nông thôn mới", "chuyển đổi số", "an sinh", "mùa vụ", "hợp tác xã", "thanh niên")
_HEADLINES: Final = (
    "{place} mở lối cho {crop} ra chợ lớn",
    "Người {place} giữ nghề quanh gốc {crop}",
    "{place}: {n90} hộ bắt tay trồng lại {crop}",
    "{event} ở {place} kéo dài thêm {n9} ngày",
    "Chuyện {person} và vạt {crop} bên suối",
    "{place} gỡ khó cho vụ {crop} muộn",
    "Đường về {place} sắp hết cảnh lầy lội",
    "Lớp học đêm của {person} tại {place}",
    "{place} tính chuyện làm ăn dài hơi với {crop}",
    "Sau {event}, {place} thu về hơn {n90} triệu đồng",
    "{person} đưa {crop} lên kệ siêu thị",
    "Thêm {n40} phòng học kiên cố cho trẻ em {place}",
    "{place} sẵn nước tưới cho {n900} héc-ta {crop}",
    "Khi {crop} không còn là cây xóa nghèo",
)
_LEADS: Final = (
    (
        "Chưa đầy {n9} năm, hơn {n90} hộ ở {place} đã chuyển hẳn sang {crop}, và đầu ra không còn"
        " là nỗi lo mỗi khi vào vụ."
    ),
    (
        "Trận mưa tuần trước làm con đường duy nhất vào {place} bị chia đôi, nhưng {event} vẫn diễn"
        " ra đúng lịch."
    ),
    "Từ căn bếp nhỏ của {person}, những mẻ hàng làm từ {crop} theo xe khách đi khắp {n20} tỉnh.",
    "Huyện vừa dành {n90} tỷ đồng để sửa kênh mương, và {place} là nơi khởi công đầu tiên.",
    "Cả xóm góp công, góp đất; việc tưởng phải đợi {n9} năm ở {place} nay xong trong một mùa khô.",
    "{person} nói bà con chỉ cần hai thứ: giống tốt và người mua giữ lời.",
)
_PARAGRAPHS: Final = (
    "Sáng sớm, sân kho của {coop} đã chật người, ai cũng đội nón và mang theo bao tải rỗng.",
    ("Theo {office}, diện tích {crop} trên địa bàn đạt {n900} héc-ta, tăng {n40} héc-ta so với năm"
    " ngoái."),
    "{person} kể, năm đầu tiên nhà ông lỗ gần {n90} triệu đồng vì chưa biết ủ giống đúng cách.",
    "“Chúng tôi không xin thêm tiền, chỉ mong con đường được rải đá trước mùa mưa”, {person2} nói.",
    "Kỹ sư của {office} về tận ruộng, cắm từng cây tiêu đo mực nước rồi ghi vào sổ của thôn.",
    "Mỗi ki-lô-gam {crop} bán tại vườn được {n90} nghìn đồng, cao hơn vụ trước chừng {n20} nghìn.",
    "Đường vào {place2} dài {n20} cây số, trong đó {n9} cây số vẫn là đất đỏ.",
    "Bà con họp hai buổi tối liền ở nhà văn hóa để chia lượt nước, ai ở cuối kênh được lấy trước.",
    ("Trong {n20} năm, {coop} đã đổi ba đời chủ nhiệm, nhưng quy ước cân hàng bằng chiếc cân chung"
    " thì không ai bỏ."),
    ("Ngành chức năng khuyến cáo bà con không mở rộng thêm diện tích {crop} khi chưa ký được hợp"
    " đồng."),
    ("Lũ trẻ ở {place2} tan học về là ra bãi phụ gia đình nhặt {crop}, tiền công đủ mua sách đầu"
    " năm."),
    "Ngày {event}, từ tờ mờ sáng đã có hơn {n90} thuyền neo kín bến.",
    "Dự toán ban đầu là {n90} tỷ đồng, sau khi người dân hiến đất chỉ còn hơn một nửa.",
    ("{person2} từng đi làm thuê ở miền xuôi {n9} năm trước khi trở về nhận khoán {n20} sào đất"
    " bãi."),
    "Cán bộ thôn đi từng nhà ghi tên người già sống một mình, để khi nước lên có thuyền đến đón.",
    "Nhà máy cam kết mua hết sản lượng trong {n9} vụ, giá sàn ghi rõ trong hợp đồng.",
    "Ở {place2}, chiếc loa truyền thanh mới lắp mỗi chiều đọc giá {crop} của ba chợ quanh vùng.",
    "Năm nay nắng gắt kéo dài, mực nước hồ xuống thấp nhất trong {n20} năm.",
)  # fmt: skip
_CLOSERS: Final = (
    "Việc ấy chẳng ai bảo ai mà thành nếp.",
    "Con số này do {office} thống kê đến hết tháng trước.",
    "Phần còn lại được chia đều theo ngày công.",
    "Nhiều nhà đã kịp sửa lại mái trước mùa gió.",
    "Đến nay chưa hộ nào bỏ cuộc.",
    "{person2} bảo thế là yên tâm được một nửa.",
    "Sang năm, {place2} sẽ làm theo cách đó.",
)
_CAPTIONS: Final = (
    "{person} bên vạt {crop} vừa dọn cỏ.",
    "Một góc {place} nhìn từ đỉnh đồi.",
    "Bà con {place} phơi {crop} trên sân kho.",
    "Chuyến hàng đầu tiên rời {place}.",
)
_WORDS: Final[Words] = {
    "person2": ("ông Tạ Văn Khởi", "bà Đinh Thị Lụa", "anh Cao Xuân Bền", "chị Mạc Thị Vân"),
    "place2": ("Đồng Giếng", "Cồn Ngang", "Bãi Trám", "Hố Nai", "Rú Lịn"),
}
