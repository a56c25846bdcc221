"""Find the readers' comments in the article's own column that no class names as comments.

What tells them is what each comment has: first a name, beside it often a clock or an age, then what
the reader says, and a control that answers or likes the comment: "Trả lời", "Reply". Two comments
or more stand in boxes of their own below the text, or as plain lines. One alone is no proof, and
where paragraphs of another kind stand among the comments, all are text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from newscrawl.page.ancestry import lineage
from newscrawl.page.blocks import Block
from newscrawl.page.selectors import Element, text_in
from newscrawl.text import clean

_HINTS: Final = ("rả lời", "hản hồi", "hích", "eply", "ike")
_CONTROL: Final = re.compile(
    r"(?:trả lời|phản hồi|reply|thích|like)(?: ?\(?\d{1,4}\)?)?", re.IGNORECASE
)
_AGE: Final = (
    r"\d{1,3} ?(?:giây|phút|giờ|ngày|tuần|tháng|năm|seconds?|secs?|minutes?|mins?|hours?|hrs?"
    r"|days?|weeks?|months?|years?|[smhdwy])(?: (?:trước|ago))|vừa xong|just now"
)
_MOMENT: Final = re.compile(
    rf"{_AGE}|(?:(?:lúc|at) )?\d{{1,2}}(?::|h)\d\d(?: ?[ap]\.?m\.?)?(?!\d)"
    r"|(?:ngày )?\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?",
    re.IGNORECASE,
)
_ACTIONS: Final = re.compile(
    r"(?=.*(?:trả lời|phản hồi|reply|thích|like))(?:[\s·•|()/,.–-]|\d{1,4}(?!\d)|trả lời|phản hồi"
    r"|chia sẻ|báo (?:cáo|xấu|vi phạm)|thích|reply|replies|like|likes|share|report|flag|quote)+",
    re.IGNORECASE,
)
_NAME_MAX_CHARS: Final = 60
_NAME_MAX_WORDS: Final = 5
_COMMENTS_MIN: Final = 2
_COMMENT_MIN_BLOCKS: Final = 2  # the name, and what the reader says
_COMMENT_MAX_BLOCKS: Final = 8  # of one that is set as plain lines
ACTIONS_MAX_CHARS: Final = 80
_CONTROLS_MAX: Final = 400
_HEADING_TAGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_QUOTING_TAGS: Final = frozenset(["blockquote", "figure"])


@dataclass(frozen=True, slots=True)
class Discussion:
    """The boxes that hold one comment each, and the blocks of comments set as plain lines."""

    boxes: frozenset[Element] = frozenset()
    lines: frozenset[int] = frozenset()


def may_discuss(html: str) -> bool:
    """Return whether a control of a comment may stand in the page: few pages are searched."""
    return any(map(html.__contains__, _HINTS))


def is_action_line(text: str) -> bool:
    """Return whether the line is a comment's controls, with its clock: "10:32 · Thích · Trả lời".

    >>> is_action_line("10:32 · Thích · Trả lời"), is_action_line("Trả lời phỏng vấn")
    (True, False)
    """
    if not 0 < len(text) <= ACTIONS_MAX_CHARS:
        return False
    return _ACTIONS.fullmatch(_MOMENT.sub("", text)) is not None


def find_discussion(
    blocks: Sequence[Block], below: range, buttons_in: Element | None = None
) -> Discussion:
    """Return the comments without a name; none where fewer than two are found.

    Args:
        blocks: the blocks of the page, or of the article's box, in document order.
        below: the places of the blocks below the first paragraph of the text.
        buttons_in: the element whose links and buttons are asked too; None = the lines alone are.
    """
    actions = [index for index in below if _is_of_comment(blocks[index])]
    controls = [blocks[index].box for index in actions]
    controls += _controls(buttons_in) if buttons_in is not None else ()
    if len(controls) < _COMMENTS_MIN:
        return Discussion()
    places = _Places(blocks, below)
    found = (places.comment_around(control) for control in controls[:_CONTROLS_MAX])
    boxes = frozenset(box for box in found if box is not None)
    if len(boxes) >= _COMMENTS_MIN and places.are_alone(boxes):
        heading = _heading_above(blocks, min(min(places.held[box]) for box in boxes), below)
        return Discussion(boxes=boxes, lines=heading)
    lines = frozenset(_plain_comments(blocks, actions, below))
    return Discussion(lines=lines | _heading_above(blocks, min(lines, default=0), below))


def _is_of_comment(block: Block) -> bool:
    """Return whether the block is a comment's controls, and not those of a post that is quoted."""
    return is_action_line(block.text) and _QUOTING_TAGS.isdisjoint(
        element.tag for element in lineage(block.box)
    )


def _controls(root: Element) -> Iterator[Element]:
    """Yield the links and buttons that answer or like something."""
    for element in root.iter("a", "button"):
        label = element.text if not len(element) else text_in(element)
        if label and len(label) <= _NAME_MAX_CHARS and _CONTROL.fullmatch(clean(label)):
            yield element


def _names_reader(block: Block) -> bool:
    """Return whether a short line may be a reader's name, with the moment of the comment."""
    text = block.text
    if not 0 < len(text) <= _NAME_MAX_CHARS or block.box.tag in _HEADING_TAGS:
        return False
    name = _MOMENT.sub("", text).strip(" ·•|()/,–-\n")
    is_short = 0 < len(name.split()) <= _NAME_MAX_WORDS and not name.endswith((".", "!", "?", ":"))
    return is_short and name[0].isalnum() and _ACTIONS.fullmatch(name) is None


def _heading_above(blocks: Sequence[Block], first: int, below: range) -> frozenset[int]:
    """Return the heading right above the first comment: "What readers say"."""
    above = next((i for i in range(first - 1, below.start - 1, -1) if blocks[i].text), None)
    is_heading = above is not None and blocks[above].box.tag in _HEADING_TAGS
    return frozenset([above]) if is_heading and above is not None else frozenset()


class _Places:
    """Which blocks below the first paragraph each box holds."""

    def __init__(self, blocks: Sequence[Block], below: range) -> None:
        self.blocks = blocks
        self.held: dict[Element, list[int]] = {}
        self.above = set(lineage(blocks[below.start - 1].box)) if below.start else set()
        for index in below:
            if blocks[index].text:
                for element in lineage(blocks[index].box):
                    self.held.setdefault(element, []).append(index)

    def comment_around(self, control: Element) -> Element | None:
        """Return the innermost box around the control that begins with a name; None for none."""
        for box in lineage(control):
            if box in self.above or box.tag in _QUOTING_TAGS:
                return None
            held = self.held.get(box, [])
            said = [i for i in held if not is_action_line(self.blocks[i].text)]
            if len(said) >= _COMMENT_MIN_BLOCKS and _names_reader(self.blocks[said[0]]):
                return box
        return None

    def are_alone(self, boxes: frozenset[Element]) -> bool:
        """Return whether no long line stands between the comments that is none of theirs."""
        own = {index for box in boxes for index in self.held[box]}
        between = set(range(min(own), max(own))) - own
        return not any(len(self.blocks[index].text) > ACTIONS_MAX_CHARS for index in between)


def _plain_comments(blocks: Sequence[Block], actions: list[int], below: range) -> Iterator[int]:
    """Yield the blocks of comments that are plain lines: a name, what is said, the controls."""
    if len(actions) < _COMMENTS_MIN:
        return
    for before, end in pairwise(actions):
        said = [index for index in range(before + 1, end) if blocks[index].text]
        if not _COMMENT_MIN_BLOCKS <= len(said) <= _COMMENT_MAX_BLOCKS:
            return
        if not _names_reader(blocks[said[0]]):
            return
    set_as = _setting(blocks[next(i for i in range(actions[0] + 1, below.stop) if blocks[i].text)])
    start = max(below.start, actions[0] - _COMMENT_MAX_BLOCKS)
    names = (
        index
        for index in range(actions[0] - 1, start - 1, -1)
        if _names_reader(blocks[index]) and _setting(blocks[index]) == set_as
    )
    if (first := next(names, None)) is not None:
        yield from range(first, actions[-1] + 1)


def _setting(block: Block) -> tuple[str, bool]:
    return block.box.tag, block.is_bold
