"""What each item of a paper says and looks like, thrown from the seed alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from newscrawl.replica import signatures
from newscrawl.replica.dice import Dice
from newscrawl.replica.prose import (
    Deck,
    Words,
    expand,
    paragraph,
    sentence,
)
from newscrawl.replica.story import (
    Head,
    Look,
    Picture,
    Story,
    Text,
)
from newscrawl.replica.topics import Topic
from newscrawl.replica.topics_wide import (
    BULLETS,
    GENERAL,
    LINES,
    QUOTES,
    SUBHEADS,
    THEO,
)

_BOUND: Final = ("cay", "con", "mon", "nuoc", "cong_nghe", "toi", "le_hoi", "dan_toc", "tu_loai")
_PREFIXES: Final = ("BHG - ", "BHG - ", "(TTV) ")


def look(cms: str, dice: Dice, *, heavy: bool) -> Look:
    """Return the settings of a page; `heavy` forces the spans that word processors leave."""
    today, a1 = cms != "K", cms == "A1"
    return Look(
        kicker=dice.pick((None, "", "", "", "", "Chuyện cơ sở", "Chung tay vì cộng đồng")),
        dash=dice.one_in(8 if today else 3),
        drop_cap=today and dice.one_in(4),
        word_spans=(dice.one_in(3) or heavy) and today,
        office_debris=dice.one_in(8),
        style_in_body=dice.one_in(11),
        empty_paragraphs=dice.one_in(6),
        inline=dice.one_in(3),
        related=dice.between(1, 4) if dice.one_in(3) and a1 else 0,
        nfd=dice.one_in(35),
        twice_encoded=dice.one_in(28),
        nbsp_title=dice.one_in(24),
        variant=dice.below(1 << 20),
    )


def head(topic: Topic, when: datetime, how: Look, cms: str, dice: Dice) -> Head:
    """Return headline, lead and bound words of an article about something just over."""
    hour = "sáng" if when.hour < 13 else "chiều" if when.hour < 20 else "tối"
    bound = {"xa0": expand("{xa}", dice, {}), "ngay": f"{when.day}-{when.month}", "buoi": hour}
    bound |= {name: expand(f"{{{name}}}", dice, bound) for name in _BOUND}
    headline = sentence(topic.headlines, dice, bound)
    if how.twice_encoded:
        headline = f'Tọa đàm "{headline}"' if how.variant % 2 else f"Tin & ảnh: {headline}"
    lead = sentence(topic.leads, dice, bound)
    if dice.one_in(3):
        lead = f"{lead} {sentence(GENERAL, dice, bound)}"
    if cms == "A1" and not how.dash and dice.one_in(6):
        lead = dice.pick(_PREFIXES) + lead
    return Head(headline, "" if dice.one_in(11) else lead, bound)


def _texts(topic: Topic, words: Words, dice: Dice) -> list[Text]:
    """Return 4 to 14 paragraphs, some of them subheads, quotes, lists or lines."""
    own, common = Deck(topic.sentences, dice), Deck(GENERAL, dice)
    count = 4 + dice.below(8) + dice.below(4)
    texts = [Text((paragraph(own, common, dice, words),)) for _ in range(count)]

    def put(text: Text) -> None:
        texts.insert(dice.between(1, len(texts) - 1), text)

    if dice.one_in(5):
        put(Text(tuple(sentence(QUOTES, dice, words) for _ in range(1 + dice.below(2))), "quote"))
    if dice.one_in(6):
        put(
            Text(tuple(sentence(BULLETS, dice, words) for _ in range(3 + dice.below(3))), "bullets")
        )
    if dice.one_in(7):
        put(Text(tuple(sentence(LINES, dice, words) for _ in range(2 + dice.below(3))), "lines"))
    if dice.one_in(3):
        put(Text((sentence(THEO, dice, words),)))
    if dice.one_in(3):
        for line in dice.some(SUBHEADS, 1 + dice.below(3)):
            put(Text((sentence((line,), dice, words),), "subhead"))
    if dice.one_in(4):
        texts.append(Text((sentence(THEO, dice, words),)))
    return texts


def _with_pictures(
    texts: list[Text], pictures: Sequence[Picture], dice: Dice
) -> tuple[Text | Picture, ...]:
    """Return the texts with the first picture near the top and none after the last words."""
    blocks: list[Text | Picture] = list(texts)
    for number, picture in enumerate(pictures):
        high = 1 if number == 0 else len(blocks) - 1
        blocks.insert(dice.between(0 if number == 0 else 1, high), picture)
    return tuple(blocks)


def story(opening: Head, topic: Topic, cms: str, folder: signatures.Folder, dice: Dice) -> Story:
    """Return the whole article behind a head."""
    words = opening.bound
    count = dice.pick((0, 1, 1, 1, 1, 2, 2, 3, 4))
    pictures = signatures.pictures(topic, words, folder, dice, count)
    blocks = _with_pictures(_texts(topic, words, dice), pictures, dice)
    tags = tuple(dict.fromkeys(expand(tag, dice, words) for tag in dice.some(topic.tags, 4)))
    return Story(
        head=opening,
        blocks=blocks,
        credit=signatures.credit(dice),
        tags=() if cms == "K" or dice.one_in(5) else tags[: dice.between(1, 4)],
    )


def photo_story(
    opening: Head, topic: Topic, cms: str, folder: signatures.Folder, dice: Dice
) -> Story:
    """Return pictures, each with its caption, and at most a lead as text."""
    form = signatures.FORMS[cms][0]
    count = 4 + dice.below(8)
    pictures = signatures.pictures(topic, opening.bound, folder, dice, count, form)
    tags = ("ảnh", expand("{xa0}", dice, opening.bound))
    return Story(
        opening, tuple(pictures), signatures.photographer(dice), () if cms == "K" else tags, True
    )


def edited(before: Story, topic: Topic, dice: Dice) -> Story:
    """Return the story after an edit: one new paragraph, at times a new headline.

    A photo story has no paragraph to change: its headline changes.
    """
    opening, blocks = before.head, list(before.blocks)
    plain = [n for n, b in enumerate(blocks) if isinstance(b, Text) and b.shape == "plain"]
    if plain:
        words = opening.bound
        new = paragraph(Deck(topic.sentences, dice), Deck(GENERAL, dice), dice, words)
        blocks[dice.pick(plain)] = Text((f"{new} Số liệu tính đến ngày {dice.between(1, 28)}-11.",))
    if not plain or dice.one_in(3):
        ending = dice.pick(
            (": Kết quả mới", ": Những con số mới", " - Nhìn lại", ": Chuyện chưa kể")
        )
        opening = Head(opening.headline + ending, opening.lead, opening.bound)
    return Story(opening, tuple(blocks), before.credit, before.tags, before.is_photo)


def retagged(before: Story, dice: Dice) -> Story:
    """Return the story with one more tag and the same words."""
    more = dice.pick(("chuyên đề", "tin ảnh", "địa phương", "bạn đọc quan tâm"))
    tags = (*before.tags, more) if more not in before.tags else before.tags[:-1]
    return Story(before.head, before.blocks, before.credit, tags, before.is_photo)
