"""Bylines, source lines, pictures and their credits, in the forms the papers print."""

from dataclasses import dataclass, replace
from typing import Final

from newscrawl.replica.dice import Dice
from newscrawl.replica.prose import (
    Words,
    expand,
    sentence,
    slug,
)
from newscrawl.replica.story import CaptionForm, Credit, Picture
from newscrawl.replica.topics import Topic

FORMS: Final[dict[str, tuple[CaptionForm, ...]]] = {
    "A1": (
        "row2",
        "row2",
        "row2",
        "row2",
        "row2",
        "image_desc",
        "image_desc",
        "desc-empty",
        "none",
    ),
    "A2": ("desc", "desc", "desc", "desc", "desc-empty", "desc-empty", "none"),
    "K": ("next-em", "next-em", "next-em", "next-em", "same-p", "same-p", "next-centred", "none"),
}
_SILENT: Final = ("desc-empty", "none")

UNSIGNED: Final = Credit()

_SOURCES: Final = (
    Credit(source_line="Theo TTXVN", source="TTXVN"),
    Credit(source_line="Theo TTXVN", source="TTXVN"),
    Credit(source_line="(Theo TTXVN)", source="TTXVN"),
    Credit(source_line="Nguồn: TTXVN", source="TTXVN"),
    Credit(source_line="Nguồn: Báo Nhân Dân", source="Nhân Dân"),
    Credit(source_line="Theo Báo Nhân Dân", source="Nhân Dân"),
)
_PAPER_LINK: Final = "https://baotuyenquang.com.vn/"
PAPER_CREDIT: Final = Credit(
    source_line=f"Theo: {_PAPER_LINK}", source="Báo Tuyên Quang", source_url=_PAPER_LINK
)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a paper keeps the pictures of one item."""

    cms: str
    host: str
    site_id: str
    stamp: str
    """YYYYMMDDHHMMSS"""


def name_of(dice: Dice) -> str:
    """Return a person as a byline names them: in full, or by the last two words."""
    name = expand("{hoten}", dice, {})
    short = name.split(" ", 1)[1]
    return name if short.startswith("Thị ") or dice.one_in(2) else short


def credit(dice: Dice) -> Credit:
    """Return a byline, a source line, or neither."""
    kind = dice.below(24)
    one, other = name_of(dice), name_of(dice)
    if kind < 9:
        return Credit(one, (one,))
    if kind < 12:
        return Credit(f"{dice.pick(('Bài, ảnh', 'Tin, ảnh', 'Tin và ảnh'))}: {one}", (one,))
    if kind < 14:
        return Credit(f"Tin, ảnh: {one} - {other}", tuple(dict.fromkeys((one, other))))
    if kind == 14:
        return Credit(f"Bài: {one}; Ảnh: {other}", tuple(dict.fromkeys((one, other))))
    if kind == 15:
        letters = ".".join(word[0] for word in one.split())
        return Credit(letters, (letters,))
    if kind == 16:
        return Credit("PV", ("PV",))
    return UNSIGNED if kind < 20 else dice.pick(_SOURCES)


def photographer(dice: Dice) -> Credit:
    """Return the byline of a photo story, or none."""
    name = name_of(dice)
    return Credit(f"Thực hiện: {name}", (name,)) if dice.one_in(2) else UNSIGNED


def portal_credit(dice: Dice) -> Credit:
    """Return the credit of a portal's piece: its origin, the portal's reporter, or nobody."""
    kind = dice.below(10)
    if kind < 6:
        return PAPER_CREDIT
    return dice.pick(_SOURCES) if kind < 8 else credit(dice)


def _src(folder: Folder, name: str, dice: Dice) -> str:
    year, month = folder.stamp[:4], folder.stamp[4:6]
    seconds = f"{folder.stamp[:12]}{dice.between(10, 59)}"
    if folder.cms == "K":
        return f"/media/images/{year}/{month}/img_{seconds}{dice.below(1000):03d}.jpg"
    file = f"{name}_{seconds}.jpg"
    path = f"/{folder.site_id}/{month}{year}/{file}"
    form = dice.below(4)
    return f"https://{folder.host}/file{path}" if form < 2 else f"/file{'/' * (form == 3)}{path}"


def _printed(caption: str, dice: Dice) -> tuple[str, str, str]:
    """Return the line under the picture, the caption without its credit, and the credit."""
    kind, name = dice.below(20), name_of(dice)
    if kind < 5:
        return f"{caption} Ảnh: {name}", caption, name
    if kind < 7:
        short = caption.rstrip(".")
        return f"{short} (Ảnh: TTXVN)", short, "TTXVN"
    if kind == 7:
        return "Ảnh minh họa", "Ảnh minh họa", ""
    if kind == 8:
        return f"{caption} Ảnh minh họa: Internet", caption, "Internet"
    if kind == 9:
        return f"{caption} Ảnh: TTXVN phát", caption, "TTXVN"
    short = caption.rstrip(".") if kind < 14 else caption
    return short, short, ""


def pictures(
    topic: Topic,
    words: Words,
    folder: Folder,
    dice: Dice,
    count: int,
    form: CaptionForm | None = None,
) -> list[Picture]:
    """Return an article's pictures in the template's forms, no two with the same words."""
    texts: dict[str, None] = {}
    while len(texts) < count:
        text = sentence(topic.captions, dice, words)
        texts[text if text not in texts else f"{text[:-1]} ({dice.between(2, 999)})."] = None
    forms = FORMS[folder.cms] if form is None else (form,)
    return [_picture(text, folder, dice, dice.pick(forms)) for text in texts]


def _picture(text: str, folder: Folder, dice: Dice, form: CaptionForm) -> Picture:
    src = _src(folder, slug(text)[: dice.between(8, 30)].strip("-"), dice)
    if form in _SILENT:
        return Picture(src, form)
    return Picture(src, form, *_printed(text, dice))


def moved(image: Picture, cms: str, folder: Folder, dice: Dice) -> Picture:
    """Return the picture on another site: a copy with the same words under it."""
    forms = [form for form in FORMS[cms] if (form in _SILENT) == (image.form in _SILENT)]
    return replace(image, src=_src(folder, "", dice), form=dice.pick(forms))
