"""What an article shows of how its page was read: signs that a redesign moves.

A field that is lost is seen by its absence. What leaks in is seen by what no text of a newspaper
looks like: lines that end like no sentence (titles, labels, names), a paragraph that only repeats a
caption or a tag, the same words in every article. None of it proves anything of one article; health
compares how often it occurs with how often it used to.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from math import log2
from typing import Final

from newscrawl.article.byline import read_byline
from newscrawl.items import Article
from newscrawl.text import syllables

REFUSED: Final = "no article"
"""The name under which a record counts the pages that were no articles"""
GONE: Final = "gone"
"""The name under which a record counts the addresses that no longer answer, of all asked"""
LISTS: Final = "lists"
"""The name under which a record keeps what the newest page of each list gave"""
STAND_IN: Final = "generic"
"""The template of the reader that stands in for one that fails"""
COPIES: Final = "copies"
"""Articles that repeat another one's text word for word"""

_LONG: Final = 100  # syllables of what is no caption
_CLOCK: Final = ("second", "minute")
_SHORTEST: Final = 3  # syllables of a line; what is shorter numbers or parts a text
_MOST: Final = 9
_STOCK: Final = 4  # syllables of a caption that says nothing, "Ảnh minh họa"
_STEPS: Final = 4  # to a doubling of a length
_ELSEWHERE: Final = re.compile(
    r"\W*(?:(?:xem|đọc)(?: thêm| tiếp| ngay)"
    r"|(?:tin|bài)(?: viết)? (?:liên quan|cùng chuyên mục))\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"\{\{|\}\}|\$\{|&#?\w{2,8};|</?[a-z][a-z0-9]*[ />]")
_CREDIT: Final = re.compile(r"\W*(?:ảnh|hình|video|clip|đồ họa)[\w ]{0,15}:.{2,40}", re.IGNORECASE)
_HOME: Final = frozenset(["trang chủ", "trang nhất", "trang đầu", "home"])
_SEARCHED: Final = 50_000  # characters of a text that is searched for each of its lines
_QUOTED: Final = 20  # characters of a line that no text has twice by chance


def _paragraphs(article: Article) -> tuple[str, ...]:
    return _split(article.body or "")


@lru_cache(maxsize=1)  # every sign asks for those of one article after the other
def _split(body: str) -> tuple[str, ...]:
    return tuple(body.split("\n\n")) if body else ()


def is_loose(paragraph: str) -> bool:
    r"""Whether a line ends like no sentence, as titles, names and labels do; tables do not count.

    >>> is_loose("Chợ phiên Khau Tinh họp sớm"), is_loose("Chợ họp sớm."), is_loose("Xã\t118")
    (True, False, False)
    """
    return paragraph[-1:].isalnum() and "\t" not in paragraph and syllables(paragraph) >= _SHORTEST


def length_step(length: int) -> int:
    """A length in quarters of a doubling.

    >>> length_step(100), length_step(200), length_step(0)
    (27, 31, 0)
    """
    return round(_STEPS * log2(length + 1))


def length_of(step: int) -> int:
    """A length of that step.

    >>> length_of(27)
    107
    """
    return round(2 ** (step / _STEPS)) - 1


def _loose_lines(article: Article) -> int:
    return _loose_in(article.body or "")


@lru_cache(maxsize=1)
def _loose_in(body: str) -> int:
    return sum(map(is_loose, _split(body)))


def _is_echoing(article: Article) -> bool:
    others = {
        text.casefold()
        for text in (
            *article.captions, *article.tags, article.headline, article.lead, article.section,
            article.byline, article.published_raw, *article.authors,
        )
        if text
    }  # fmt: skip
    longest = max(map(len, others), default=0)  # no text is shorter once folded
    return any(len(text) <= longest and text.casefold() in others for text in _paragraphs(article))


def _leads_elsewhere(article: Article) -> bool:
    return any(map(_ELSEWHERE.match, _paragraphs(article)))


def _is_signed_inside(article: Article) -> bool:
    """The text's last line is a signature that the reader did not take for one."""
    last = _paragraphs(article)[-1:]
    return any(read_byline(line) is not None for line in last)


def _says_twice(article: Article) -> bool:
    """A line stands in the text a second time, alone or in a paragraph: a copy, a pull quote."""
    body = article.body or ""
    lines = (line.strip(' “”"«».…') for line in _paragraphs(article) if len(body) <= _SEARCHED)
    return any(len(line) >= _QUOTED and body.count(line) > 1 for line in lines)


def _has_code(article: Article) -> bool:
    texts = (article.headline, article.lead or "", article.body or "", *article.captions)
    return any(map(_CODE.search, texts))


def _has_credit_line(article: Article) -> bool:
    """A paragraph that only credits a picture; the last one may be the text's signature."""
    return any(map(_CREDIT.fullmatch, _paragraphs(article)[:-1]))


def _is_labelled(article: Article) -> bool:
    """The headline begins with the name of its section."""
    label, headline = (article.section or "").casefold(), article.headline.casefold()
    return bool(label) and headline.startswith(label) and headline != label


def _has_marked_tag(article: Article) -> bool:
    return any(not tag[:1].isalnum() for tag in article.tags)


def _is_no_section(article: Article) -> bool:
    """A label of the way to the article is the front page's, or the article's own headline."""
    labels = {label.casefold() for label in article.section_path}
    return article.headline.casefold() in labels or not labels.isdisjoint(_HOME)


def _has_long_caption(article: Article) -> bool:
    return any(syllables(caption) > _LONG for caption in article.captions)


Sign = Callable[[Article], bool]

# By sign: the field it tells of, and what one says of an article that has it.
LOSSES: Final[Mapping[str, tuple[str, Sign]]] = {
    "lead": ("lead", lambda article: article.lead is not None),
    "body": ("body", lambda article: article.body is not None),
    "captions": ("captions", lambda article: bool(article.captions)),
    "several captions": ("captions", lambda article: len(article.captions) > 1),
    "images": ("images", lambda article: bool(article.images)),
    "several images": ("images", lambda article: len(article.images) > 1),
    "credits": ("captions", lambda article: any(image.credit for image in article.images)),
    "authors": ("authors", lambda article: bool(article.authors)),
    "source": ("source", lambda article: article.source is not None),
    "signature": ("authors", lambda article: bool(article.authors or article.source)),
    "section": ("section", lambda article: article.section is not None),
    "tags": ("tags", lambda article: bool(article.tags)),
    "published": ("published", lambda article: article.published_at is not None),
    "time of day": ("published", lambda article: article.published_precision in _CLOCK),
    "date line": ("published", lambda article: article.published_source == "page"),
}
LEAKS: Final[Mapping[str, tuple[str, Sign]]] = {
    "a loose line": ("body", lambda article: _loose_lines(article) > 0),
    "a line that leads elsewhere": ("body", _leads_elsewhere),
    "a repetition of another field": ("body", _is_echoing),
    "a signature in the text": ("authors", _is_signed_inside),
    "a caption as long as a text": ("captions", _has_long_caption),
    "a credit in the text": ("captions", _has_credit_line),
    "a line said twice": ("body", _says_twice),
    "code in the text": ("body", _has_code),
    "a section's name in the headline": ("headline", _is_labelled),
    "a mark before a tag": ("tags", _has_marked_tag),
    "no section's name": ("section", _is_no_section),
}
MEASURES: Final[Mapping[str, tuple[str, Callable[[Article], int]]]] = {
    "length": ("body", lambda article: length_step(article.syllable_count)),
    "loose lines": ("body", lambda article: min(_loose_lines(article), _MOST)),
}
REPEATS: Final[Mapping[str, tuple[str, str]]] = {
    "headline": ("headline", ""),
    "beginning": ("headline", ""),
    "ending": ("headline", ""),
    "lead": ("lead", "lead"),
    "paragraph": ("body", "body"),
    "caption": ("captions", "captions"),
    "image": ("images", "images"),
    "moment": ("published", "time of day"),
}
"""What many articles of a run should not share: the field it tells of, the sign of having one."""


def values(article: Article) -> Iterator[tuple[str, str]]:
    """What of `REPEATS` the article has: kind and value, each once."""
    yield "headline", article.headline
    words = article.headline.casefold().split()
    yield "ending", " ".join(words[-1:])
    if article.section is None:  # else many of one section begin alike: weather, prices
        yield "beginning", " ".join(words[:2])
    if article.lead:
        yield "lead", article.lead
    yield from {("paragraph", text) for text in _paragraphs(article)}
    yield from {("caption", text) for text in article.captions if syllables(text) > _STOCK}
    yield from {("image", image.url) for image in article.images}
    if article.published_at and article.published_precision in _CLOCK:
        yield "moment", article.published_at.isoformat()
