"""Pipeline stage 1 of 4: clean every text of an article, then compute hash, count and flags."""

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

COMPARABLE_MIN_SYLLABLES = 50  # copies of a shorter text cannot be found by shingles of five
_SHORT_FLAG = "body_short"
_PARAGRAPH_BREAK = "\n\n"
_PARAGRAPH_MARK = " ¶ "  # a blank beside the mark, or the mark at an end, makes a text unclean
_FIELD_SEPARATOR = "\x1f"  # no cleaned text holds it, so no two articles share a joined form


def normalize(article: Article) -> Article:
    """Return the article as it is validated, hashed and stored; doing so twice changes nothing."""
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
    """Yield the article's quality flags.

    "encoding_broken": a text holds U+FFFD, perhaps written "&#xFFFD;". "body_short": the body has
    too few syllables to be compared with others.
    """
    texts = (
        article.headline, article.lead, article.body, article.byline, article.source_line,
        article.published_raw, *article.captions, *article.section_path, *article.tags,
    )  # fmt: skip
    if any("\ufffd" in (text or "") for text in texts):
        yield BROKEN
    if article.kind == "text" and article.syllable_count < COMPARABLE_MIN_SYLLABLES:
        yield _SHORT_FLAG


def content_hash(headline: str, lead: str | None, body: str) -> str:
    """Return "sha256:" and the hash of headline, lead and body.

    >>> content_hash("A", None, "B") == content_hash("A", "", "B") != content_hash("A", "B", "")
    True
    """
    joined = _FIELD_SEPARATOR.join((headline, lead or "", body))
    return "sha256:" + hashlib.sha256(joined.encode("utf-8")).hexdigest()


def clean_body(body: str) -> str:
    r"""Return the body of clean paragraphs without empty ones; line breaks and tabs stay.

    >>> clean_body("Một \xa0hai\n\n\n\nBa\nbốn")
    'Một hai\n\nBa\nbốn'
    """
    if is_clean(body.replace(_PARAGRAPH_BREAK, _PARAGRAPH_MARK)):  # holds for most bodies
        return body
    paragraphs = (_paragraph(p) for p in visible(body).split(_PARAGRAPH_BREAK))
    return _PARAGRAPH_BREAK.join(filter(None, paragraphs)).strip()


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
