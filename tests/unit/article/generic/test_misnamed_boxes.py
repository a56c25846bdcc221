"""A box that is named like a control and holds the article is read, however long comments are."""

from datetime import UTC, datetime

import pytest

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.page.document import Document

URL = "https://sound.example/news/ferry-of-lower-sound-1204.html"
TEXT = [
    f"In week {number} the ferry carried more sheep than people, and the purser kept a list of all."
    for number in range(1, 8)
]
SAID = "".join(
    f"<li class=comment><b>Reader {number}</b><p>On crossing {number} I stood by the rail with two"
    " dogs and a sack of meal, and the wind took my hat as far as the lighthouse and beyond.</p>"
    for number in range(1, 20)
)


def read(name: str, tag: str = "div") -> list[str]:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    html = (
        "<html><body><main><h1>The ferry of Lower Sound</h1><p>By Ada Quill</p>"
        f"<time>September 12, 2024</time><{tag} class='{name}'>{text}</{tag}>"
        f"<ol class=comments>{SAID}</ol></main></body></html>"
    )
    document = Document(URL, html.encode(), fetched_at=datetime(2026, 12, 1, tzinfo=UTC))
    return (GenericPage(document, paper_of(URL)).to_item().body or "").split("\n\n")


@pytest.mark.parametrize(
    "name",
    ["text", "post-share-wrap", "hot-topic", "print-content", "main-aside-content", "sponsored"],
)
def test_the_text_is_read_without_the_comments(name: str) -> None:
    assert read(name) == TEXT


def test_a_section_named_like_a_control_is_read_too() -> None:
    assert read("topic-content", "section") == TEXT
