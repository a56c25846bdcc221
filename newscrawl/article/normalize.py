"""Stage 1 of 4: one spelling of every text, and what follows from it (hash, counts, day)."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from newscrawl.items import VIETNAM, Article, Image
from newscrawl.page.encoding import BROKEN
from newscrawl.text import (
    clean,
    clean_lines,
    is_clean,
    syllables,
    visible,
)

_COMPARABLE = 50  # syllables: shingles of five find copies of no shorter text
_SHORT = "body_short"
_PARAGRAPH = "\n\n"
_MARK = " ¶ "  # beside another blank, or at an end, it is no clean text
_BETWEEN_FIELDS = "\x1f"  # cannot stand in cleaned text, so no two articles share a joined form


def normalize(article: Article) -> Article:
    """The article as it is validated, hashed and stored; normalising twice changes nothing."""
    body = clean_body(article.body or "")
    lead = clean(article.lead or "") or None
    headline = clean(article.headline)
    published = article.published_at
    made = replace(
        article,
        headline=headline,
        lead=lead,
        body=body or None,
        captions=_texts(article.captions),
        images=tuple(_image(image) for image in article.images),
        authors=_texts(article.authors),
        byline=clean(article.byline or "") or None,
        source=clean(article.source or "") or None,
        source_line=clean(article.source_line or "") or None,
        section=clean(article.section or "") or None,
        section_path=_texts(article.section_path),
        tags=_texts(article.tags),
        published_at=published.astimezone(VIETNAM) if published else None,
        published_date=published.astimezone(VIETNAM).date() if published else None,
        published_raw=clean(article.published_raw or "") or None,
        content_hash=content_hash(headline, lead, body),
        syllable_count=syllables(body),
    )
    warnings = tuple(dict.fromkeys((*made.warnings, *_flags(made))))
    return made if warnings == made.warnings else replace(made, warnings=warnings)


def _flags(article: Article) -> Iterator[str]:
    """What a careful reader should know of it.

    "encoding_broken" where a letter of any text is lost, "&#xFFFD;" too, which is one once it is
    decoded; "body_short" for a text that has too few syllables to be compared with others.
    """
    texts = (
        article.headline, article.lead, article.body, article.byline, article.source_line,
        article.published_raw, *article.captions, *article.section_path, *article.tags,
    )  # fmt: skip
    if any("\ufffd" in (text or "") for text in texts):
        yield BROKEN
    if article.kind == "text" and article.syllable_count < _COMPARABLE:
        yield _SHORT


def content_hash(headline: str, lead: str | None, body: str) -> str:
    """sha256 of the three texts a reader would call the article.

    >>> content_hash("A", None, "B") == content_hash("A", "", "B") != content_hash("A", "B", "")
    True
    """
    joined = _BETWEEN_FIELDS.join((headline, lead or "", body))
    return "sha256:" + hashlib.sha256(joined.encode("utf-8")).hexdigest()


def clean_body(body: str) -> str:
    r"""Paragraphs cleaned, empty ones gone; line breaks and a table's tabs inside one are kept.

    >>> clean_body("Một \xa0hai\n\n\n\nBa\nbốn")
    'Một hai\n\nBa\nbốn'
    """
    if is_clean(body.replace(_PARAGRAPH, _MARK)):  # all of its paragraphs: most bodies
        return body
    paragraphs = (_paragraph(p) for p in visible(body).split(_PARAGRAPH))
    return _PARAGRAPH.join(filter(None, paragraphs)).strip()


def _paragraph(text: str) -> str:
    if "\t" not in text:
        return clean_lines(text)
    rows = ("\t".join(map(clean, row.split("\t"))).rstrip("\t") for row in text.split("\n"))
    return "\n".join(row for row in rows if row.strip())


def _texts(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(None, map(clean, values)))


def _image(image: Image) -> Image:
    return Image(
        url=image.url,
        caption=clean(image.caption or "") or None,
        credit=clean(image.credit or "") or None,
    )
