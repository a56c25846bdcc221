"""Which block of a page is the article's lead.

The lead is what the paper sets apart as one: a box named so, a bold first paragraph, a heading
below the headline that is a sentence; or the first paragraph, where the page's own description
says the same.
"""

from collections.abc import Sequence
from typing import Final

from newscrawl.blocks import Block
from newscrawl.generic.names import roles
from newscrawl.generic.survey import lineage
from newscrawl.selectors import Element
from newscrawl.text import clean

_SHORTEST: Final = 30
_SENTENCE: Final = 60
_LONGEST: Final = 900
_PROOF: Final = 60  # letters of a description that prove a longer paragraph
_HEADINGS: Final = frozenset(["h2", "h3", "h4", "h5"])


def is_described(text: str, description: str | None) -> bool:
    """Whether the page's description is this paragraph, whole or cut; a dateline may be missing."""
    said, printed = _letters(description or ""), _letters(text)
    if len(said) < _SHORTEST // 2 or not printed:
        return False
    if said == printed:
        return True
    place = printed.find(said[:_PROOF])
    if len(said) < _PROOF or place < 0 or place > _SHORTEST:
        return False
    return printed.startswith(said, place) or printed[place:].startswith(said[:-3])


def is_set_apart(block: Block, within: Element | None) -> bool:
    """Whether the block is set as a lead: its box is named so, it is bold, or a heading."""
    text = block.text
    if not _SHORTEST <= len(text) <= _LONGEST:
        return False
    around = list(lineage(block.box, within))
    if any("lead" in roles(element) for element in around):
        return True
    is_sentence = len(text) >= _SENTENCE
    return is_sentence and (block.is_bold or any(e.tag in _HEADINGS for e in around))


def joined(blocks: Sequence[Block]) -> str:
    """The lead's text, with the dateline that stands in a block of its own."""
    return clean(" ".join(block.text for block in blocks))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
