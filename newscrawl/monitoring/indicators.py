"""Indicators: properties of an article whose frequency changes when its page is misread.

A lost field shows by its absence. Foreign text in a field shows by forms that a newspaper's text
does not have: lines that end like no sentence (titles, labels, names), a paragraph that only
repeats a caption or a tag, the same words in every article. No indicator proves anything of one
article; `health` compares its frequency with that of earlier runs.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from math import log2
from typing import Final

from newscrawl.article.body import CREDITED
from newscrawl.article.byline import read_byline
from newscrawl.items import Article
from newscrawl.text import syllables

REFUSED: Final = "no article"
"""Name under which a record counts the pages that were no articles"""
GONE: Final = "gone"
"""Name under which a record counts the addresses that have stopped answering, of all asked"""
LISTS: Final = "lists"
"""Name under which a record keeps the figures of the newest page of each list"""
STAND_IN: Final = "generic"
"""Template of the generic reader, which stands in for a page class that fails"""
COPIES: Final = "copies"
"""Name under which a record counts the articles that repeat another's text"""

_CAPTION_MAX_SYLLABLES: Final = 100  # longer texts are no captions
_CLOCK: Final = ("second", "minute")
_LINE_MIN_SYLLABLES: Final = 3  # shorter lines number or divide a text
_LOOSE_LINES_MAX: Final = 9
_STOCK_CAPTION_MAX_SYLLABLES: Final = 4  # a caption that many pictures share, "Ảnh minh họa"
_STEPS_PER_DOUBLING: Final = 4  # steps of `length_step` to a doubling
_ELSEWHERE: Final = re.compile(
    r"\W*(?:(?:xem|đọc)(?: thêm| tiếp| ngay)"
    r"|(?:tin|bài)(?: viết)? (?:liên quan|cùng chuyên mục))\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"\{\{|\}\}|\$\{|&#?\w{2,8};|</?[a-z][a-z0-9]*[ />]")
_CREDIT: Final = re.compile(r"\W*(?:ảnh|hình|video|clip|đồ họa)[\w ]{0,15}:.{2,40}", re.IGNORECASE)
_HOME: Final = frozenset(["trang chủ", "trang nhất", "trang đầu", "home"])
_SEARCHED_MAX_CHARS: Final = 50_000  # the cost of searching each line is quadratic
_REPEATED_LINE_MIN_CHARS: Final = 20  # shorter lines occur twice by chance


def _paragraphs(article: Article) -> tuple[str, ...]:
    return _split(article.body or "")


@lru_cache(maxsize=1)  # every indicator splits the same text
def _split(body: str) -> tuple[str, ...]:
    return tuple(body.split("\n\n")) if body else ()


def is_loose(paragraph: str) -> bool:
    r"""Return whether a line ends like no sentence, as titles and names do; tables do not count.

    >>> is_loose("Chợ phiên Khau Tinh họp sớm"), is_loose("Chợ họp sớm."), is_loose("Xã\t118")
    (True, False, False)
    """
    return (
        paragraph[-1:].isalnum()
        and "\t" not in paragraph
        and syllables(paragraph) >= _LINE_MIN_SYLLABLES
    )


def length_step(length: int) -> int:
    """Return a length in quarters of a doubling.

    >>> length_step(100), length_step(200), length_step(0)
    (27, 31, 0)
    """
    return round(_STEPS_PER_DOUBLING * log2(length + 1))


def length_of(step: int) -> int:
    """Return a length of that step.

    >>> length_of(27)
    107
    """
    return round(2 ** (step / _STEPS_PER_DOUBLING)) - 1


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
    """Return whether the text's last line is a signature that the reader overlooked."""
    last = _paragraphs(article)[-1:]
    return any(read_byline(line) is not None for line in last)


def _says_twice(article: Article) -> bool:
    """Return whether a line stands in the text twice, alone or in a paragraph (a pull quote)."""
    body = article.body or ""
    lines = (
        line.strip(' “”"«».…') for line in _paragraphs(article) if len(body) <= _SEARCHED_MAX_CHARS
    )
    return any(len(line) >= _REPEATED_LINE_MIN_CHARS and body.count(line) > 1 for line in lines)


def _has_code(article: Article) -> bool:
    texts = (article.headline, article.lead or "", article.body or "", *article.captions)
    return any(map(_CODE.search, texts))


def _has_credit_line(article: Article) -> bool:
    """Return whether a paragraph only credits a picture; the last one may be the signature."""
    return any(map(_CREDIT.fullmatch, _paragraphs(article)[:-1]))


def _is_labelled(article: Article) -> bool:
    """Return whether the headline begins with the name of its section."""
    label, headline = (article.section or "").casefold(), article.headline.casefold()
    return bool(label) and headline.startswith(label) and headline != label


def _has_marked_tag(article: Article) -> bool:
    return any(not tag[:1].isalnum() for tag in article.tags)


def _is_no_section(article: Article) -> bool:
    """Return whether a label of the breadcrumb is the front page's or the headline."""
    labels = {label.casefold() for label in article.section_path}
    return article.headline.casefold() in labels or not labels.isdisjoint(_HOME)


def _has_long_caption(article: Article) -> bool:
    return any(syllables(caption) > _CAPTION_MAX_SYLLABLES for caption in article.captions)


Sign = Callable[[Article], bool]


# By indicator: the field that it tells of, and the test of an article.
def _is_printed(field: str, article: Article) -> bool:
    """Return whether the article has the field, and has it from more than the page's head.

    A field whose own box is lost is often read from the head: its absence from the page counts.
    """
    return bool(getattr(article, field)) and f"{field}_from_meta" not in article.warnings


LOSSES: Final[Mapping[str, tuple[str, Sign]]] = {
    "lead": ("lead", partial(_is_printed, "lead")),
    "headline": ("headline", partial(_is_printed, "headline")),
    "body": ("body", lambda article: article.body is not None),
    "captions": ("captions", lambda article: bool(article.captions)),
    "several captions": ("captions", lambda article: len(article.captions) > 1),
    "images": ("images", lambda article: bool(article.images)),
    "several images": ("images", lambda article: len(article.images) > 1),
    "credits": ("captions", lambda article: any(image.credit for image in article.images)),
    "authors": ("authors", partial(_is_printed, "authors")),
    "source": ("source", lambda article: article.source is not None),
    "signature": ("authors", lambda article: bool(article.authors or article.source)),
    "section": ("section", lambda article: article.section is not None),
    "printed section": ("section", partial(_is_printed, "section")),
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
    "a caption told by its credit": ("captions", lambda article: CREDITED in article.warnings),
    "a line said twice": ("body", _says_twice),
    "code in the text": ("body", _has_code),
    "a section's name in the headline": ("headline", _is_labelled),
    "a mark before a tag": ("tags", _has_marked_tag),
    "no section's name": ("section", _is_no_section),
}
MEASURES: Final[Mapping[str, tuple[str, Callable[[Article], int]]]] = {
    "length": ("body", lambda article: length_step(article.syllable_count)),
    "loose lines": ("body", lambda article: min(_loose_lines(article), _LOOSE_LINES_MAX)),
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
"""Values that many articles of a run should not share, by kind: the field that the value tells of,
and the indicator of the articles that have a value."""


def values(article: Article) -> Iterator[tuple[str, str]]:
    """Yield the article's values of the kinds in `REPEATS`, each value once."""
    yield "headline", article.headline
    words = article.headline.casefold().split()
    yield "ending", " ".join(words[-1:])
    if article.section is None:  # else many of one section begin alike: weather, prices
        yield "beginning", " ".join(words[:2])
    if article.lead:
        yield "lead", article.lead
    yield from {("paragraph", text) for text in _paragraphs(article)}
    yield from {
        ("caption", text)
        for text in article.captions
        if syllables(text) > _STOCK_CAPTION_MAX_SYLLABLES
    }
    yield from {("image", image.url) for image in article.images}
    if article.published_at and article.published_precision in _CLOCK:
        yield "moment", article.published_at.isoformat()
