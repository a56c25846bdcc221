"""What a perfect reader reads from each page: rows made from the story, never from its markup."""

from collections.abc import Iterator
from typing import Any

from newscrawl.replica.paper import Paper
from newscrawl.replica.signatures import UNSIGNED
from newscrawl.replica.story import (
    Look,
    Picture,
    Story,
    Text,
)

Row = dict[str, Any]


def row(paper: Paper, item: int) -> Row:
    """Return one article as JSON takes it; the package's docstring explains keys and meanings."""
    room = paper.room
    story, history, section = room.story(item), room.history(item), room.section(item)
    sections = room.site.old_sections if room.is_old(item) else room.site.sections
    outer = [s.label for s in sections if s.path == section.parent]
    host = room.site.host
    pictures = story.pictures()
    return {
        "key": paper.key(item),
        "url": f"https://{host}{paper.path(item)}",
        "other_urls": paper.other_urls(item),
        "template": room.cms(item),
        "headline": story.head.headline,
        "lead": story.head.lead or None,
        "body": story.body(),
        "captions": [image.printed for image in pictures if image.printed],
        "images": [_image(host, image) for image in pictures],
        "authors": list(story.credit.authors),
        "byline": story.credit.byline or None,
        "source": story.credit.source or None,
        "source_url": story.credit.source_url or None,
        "source_line": story.credit.source_line or None,
        "section": section.label,
        "section_path": [*outer, section.label],
        "tags": list(story.tags),
        "kind": room.kind(item),
        "published_at": room.timeline.published(item).isoformat(),
        "modified": max((room.timeline.born(item), *history.edits)),
        "status": "gone" if history.gone else "live",
        "http_status": history.gone or 200,
        "features": features(story, room.look(item), paper, item),
    }


def _image(host: str, image: Picture) -> Row:
    src = image.src if image.src.startswith("https://") else f"https://{host}{image.src}"
    return {"url": src, "caption": image.caption or None, "credit": image.credit or None}


def rows(paper: Paper) -> Iterator[Row]:
    """Return a row for every article that stands in the paper's edition, oldest first."""
    return (row(paper, item) for item in paper.items() if paper.room.is_article(item))


def gone(paper: Paper) -> Iterator[Row]:
    """Return a row for every article that stood earlier and answers 404 or 410 now."""
    numbers = (item for item in range(paper.size) if not paper.room.is_live(item))
    return (row(paper, item) for item in numbers)


def not_articles(paper: Paper) -> list[str]:
    """Return the addresses in the paper's lists that lead to a video or an e-magazine."""
    media = (item for item in paper.items() if not paper.room.is_article(item))
    return [f"https://{paper.room.site.host}{paper.path(item)}" for item in media]


def features(story: Story, look: Look, paper: Paper, item: int) -> list[str]:
    """Return the names of what is special about the page, for tests to count."""
    named = _of_words(story) | _of_setting(story, look, paper.room.cms(item) == "A1")
    named["no-tags"] = not paper.room.is_old(item) and not story.tags
    named["other-url"] = bool(paper.other_urls(item))
    pictures = story.pictures()
    shapes = {b.shape for b in story.blocks if isinstance(b, Text) and b.shape != "plain"}
    forms = {f"caption:{image.form}" for image in pictures}
    lines = {f"credit:{_credit_form(image)}" for image in pictures if image.printed}
    return sorted({name for name, is_so in named.items() if is_so} | shapes | forms | lines)


def _of_words(story: Story) -> dict[str, bool]:
    credit, lead, pictures = story.credit, story.head.lead, story.pictures()
    last = story.body()[-1] if story.body() else ""
    return {
        "photo-story": story.is_photo,
        "no-lead": not lead,
        "lead-prefix": lead.startswith(("BHG - ", "(TTV) ")),
        "no-picture": not pictures,
        "many-pictures": len(pictures) > 1,
        "no-author": not credit.authors,
        "desk": credit.byline == "PV",
        "initials": "." in credit.byline,
        "roles": ":" in credit.byline,
        "two-authors": len(credit.authors) > 1,
        "source-line": bool(credit.source_line),
        "source-link": bool(credit.source_url),
        "theo-prose-last": last.startswith("Theo "),
        "theo-prose-last-unsigned": last.startswith("Theo ") and credit == UNSIGNED,
        "tags": bool(story.tags),
    }


def _of_setting(story: Story, look: Look, a1: bool) -> dict[str, bool]:
    lead = story.head.lead
    return {
        "drop-cap": a1 and look.drop_cap and not look.dash and lead[1:2].islower(),
        "word-spans": look.word_spans,
        "office-debris": look.office_debris,
        "style-in-body": look.style_in_body,
        "empty-paragraphs": look.empty_paragraphs,
        "related-box": look.related > 0,
        "dash": look.dash,
        "kicker": a1 and bool(look.kicker),
        "kicker-empty": a1 and look.kicker == "",
        "nfd": look.nfd,
        "twice-encoded": look.twice_encoded and bool({'"', "&"} & set(story.head.headline)),
        "nbsp-title": look.nbsp_title,
    }


def _credit_form(image: Picture) -> str:
    if not image.credit:
        return "illustration" if image.printed == "Ảnh minh họa" else "none"
    return "brackets" if image.printed.endswith(")") else "tail"
