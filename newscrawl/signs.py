"""What an article shows of how its page was read: signs that a redesign moves.

A field that is lost is seen by its absence. What leaks in is seen by what no text of a newspaper
looks like: lines that end like no sentence (titles, labels, names), a paragraph that only repeats a
caption or a tag, the same words in every article. None of it proves anything of one article; health
compares how often it occurs with how often it used to.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from newscrawl.items import Article
from newscrawl.text import syllables

_LONG: Final = 100  # syllables of what is no caption
_CLOCK: Final = ("second", "minute")
_SHORTEST: Final = 3  # syllables of a line; what is shorter numbers or parts a text


def _paragraphs(article: Article) -> list[str]:
    return article.body.split("\n\n") if article.body else []


def is_loose(paragraph: str) -> bool:
    r"""Whether a line ends like no sentence, as titles, names and labels do; tables do not count.

    >>> is_loose("Chợ phiên Khau Tinh họp sớm"), is_loose("Chợ họp sớm."), is_loose("Xã\t118")
    (True, False, False)
    """
    return paragraph[-1:].isalnum() and "\t" not in paragraph and syllables(paragraph) >= _SHORTEST


def _loose_lines(article: Article) -> int:
    return sum(map(is_loose, _paragraphs(article)))


def _is_echoing(article: Article) -> bool:
    others = {
        text.casefold()
        for text in (
            *article.captions, *article.tags, article.headline, article.lead, article.section,
            article.byline, article.published_raw, *article.authors,
        )
        if text
    }  # fmt: skip
    return any(text.casefold() in others for text in _paragraphs(article))


def _has_long_caption(article: Article) -> bool:
    return any(syllables(caption) > _LONG for caption in article.captions)


Sign = Callable[[Article], bool]

# By sign: the field it tells of, and what one says of an article that has it.
LOSSES: Final[Mapping[str, tuple[str, Sign]]] = {
    "lead": ("lead", lambda article: article.lead is not None),
    "body": ("body", lambda article: article.body is not None),
    "captions": ("captions", lambda article: bool(article.captions)),
    "images": ("images", lambda article: bool(article.images)),
    "several images": ("images", lambda article: len(article.images) > 1),
    "authors": ("authors", lambda article: bool(article.authors)),
    "source": ("source", lambda article: article.source is not None),
    "section": ("section", lambda article: article.section is not None),
    "tags": ("tags", lambda article: bool(article.tags)),
    "published": ("published", lambda article: article.published_at is not None),
    "time of day": ("published", lambda article: article.published_precision in _CLOCK),
    "date line": ("published", lambda article: article.published_source == "page"),
}
LEAKS: Final[Mapping[str, tuple[str, Sign]]] = {
    "a loose line": ("body", lambda article: _loose_lines(article) > 0),
    "two loose lines": ("body", lambda article: _loose_lines(article) > 1),
    "four loose lines": ("body", lambda article: _loose_lines(article) > 3),
    "a paragraph that repeats another field": ("body", _is_echoing),
    "a caption as long as a text": ("captions", _has_long_caption),
}
REPEATS: Final[Mapping[str, str]] = {
    "headline": "headline", "lead": "lead", "paragraph": "body", "caption": "captions",
    "image": "images", "moment": "published",
}  # fmt: skip
"""What many articles of a run should not share, by the field it tells of."""


def values(article: Article) -> Iterator[tuple[str, str]]:
    """What of `REPEATS` the article has: kind and value, each once."""
    yield "headline", article.headline
    if article.lead:
        yield "lead", article.lead
    yield from {("paragraph", text) for text in _paragraphs(article)}
    yield from {("caption", text) for text in article.captions}
    yield from {("image", image.url) for image in article.images}
    if article.published_at and article.published_precision in _CLOCK:
        yield "moment", article.published_at.isoformat()
