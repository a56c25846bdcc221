"""What a page's head states of an article whose own boxes are empty or missing.

The printed page stays the better evidence: the head of another article is copied easily, and a
description may be any scrap of the text. So a description is never a lead; it only tells that a
paragraph is the lead which it repeats. Keywords and tags of the head are made for search engines:
an article has the tags that its page prints.
"""

from dataclasses import dataclass
from typing import Final

from newscrawl.items import Evidence
from newscrawl.page.metadata import HOME_LABELS, Metadata
from newscrawl.text import clean, letters

_DESCRIPTION_PROOF_LETTERS: Final = 40  # of a description that was cut: as many agree by no chance
_DESCRIPTION_END_MAX_LETTERS: Final = 3  # a description's own last letters, as "..." or a cut word
_DESCRIPTION_MIN_LETTERS: Final = 15
_DATELINE_MAX_LETTERS: Final = 30  # of the paper's or the place's name before a lead
_LABEL_EDGES: Final = " >»›/|–-•"


@dataclass(frozen=True, slots=True)
class Stated:
    """Labels that the head states, and the part of the head that states the labels."""

    labels: tuple[str, ...]
    evidence: Evidence


def stated_headline(metadata: Metadata) -> Stated | None:
    """Return the article's title as the head states it; None where the head states none."""
    if metadata.news is not None and metadata.news.headline:
        return Stated((metadata.news.headline,), "jsonld")
    title = metadata.og.get("title")
    return Stated((title,), "meta") if title else None


def stated_sections(metadata: Metadata) -> Stated | None:
    """Return the article's sections as the head states them; None where the head states none."""
    names = (clean(name).strip(_LABEL_EDGES) for name in metadata.sections)
    labels = tuple(dict.fromkeys(x for x in names if x and x.casefold() not in HOME_LABELS))
    is_linked_data = bool(metadata.breadcrumb or (metadata.news and metadata.news.section))
    return Stated(labels, "jsonld" if is_linked_data else "meta") if labels else None


def descriptions(metadata: Metadata) -> tuple[str, ...]:
    """Return the `letters` of each description of the article in the page's head."""
    news = metadata.news
    said = (
        metadata.og.get("description"),
        news.description if news is not None else None,
        metadata.first("description"),
    )
    return tuple(letters(words) for words in dict.fromkeys(said) if words)


def is_described(metadata: Metadata, paragraph: str) -> bool:
    """Return whether a description in the head repeats the paragraph, whole or cut."""
    printed = letters(paragraph)
    return any(describes(said, printed) for said in descriptions(metadata))


def describes(said: str, printed: str) -> bool:
    """Return whether a description is the paragraph, whole or cut; a dateline may be missing.

    Args:
        said: the `letters` of the description.
        printed: the `letters` of the paragraph.

    >>> text = letters("(BQ) - Chợ phiên cuối năm họp sớm. Bà con các bản xuống núi từ nửa đêm.")
    >>> describes(letters("Chợ phiên cuối năm họp sớm. Bà con các bản xuống núi..."), text)
    True
    >>> describes(letters("Chợ phiên"), text)
    False
    """
    place = printed.find(said[:_DESCRIPTION_PROOF_LETTERS])
    if len(said) < _DESCRIPTION_MIN_LETTERS or not 0 <= place <= _DATELINE_MAX_LETTERS:
        return False
    if (
        len(said) > len(printed) - place + _DESCRIPTION_END_MAX_LETTERS
    ):  # told before a long text is copied
        return False
    if printed[place:] == said:
        return True
    return len(said) >= _DESCRIPTION_PROOF_LETTERS and printed.startswith(
        said[:-_DESCRIPTION_END_MAX_LETTERS], place
    )
