"""Boxes of forms and buttons are told by what they hold, whatever their names are."""

from datetime import UTC, datetime

import pytest

from newscrawl.article.generic.container import find_container
from newscrawl.article.generic.form_boxes import form_boxes
from newscrawl.article.generic.survey import Survey
from newscrawl.page.document import Document

TEXT = [
    f"In week {number} the ferry carried more sheep than people, and the purser kept a list of all."
    for number in range(1, 9)
]
FIELD = '<input type="email">'
LINE = "<h4>The Daily Tide</h4>"
BLURB = "<p>Our best stories about boats, in your hands at seven every morning.</p>"


def boxes(middle: str) -> list[str]:
    """The ids of the boxes found in a page whose text has the markup in its middle."""
    above, below = ("".join(f"<p>{text}</p>" for text in part) for part in (TEXT[:4], TEXT[4:]))
    html = (
        "<html><body><h1>The ferry of Lower Sound</h1>"
        f"<div id=text>{above}{middle}{below}</div></body></html>"
    )
    document = Document(
        "https://sound.example/a-1", html.encode(), fetched_at=datetime(2026, 12, 1, tzinfo=UTC)
    )
    survey = Survey(document)
    container = find_container(survey)
    assert container is not None
    held = set(container.iter())
    inside = [index for index, block in enumerate(survey.blocks) if block.box in held]
    return sorted(box.get("id") or box.tag for box in form_boxes(survey, container, inside))


@pytest.mark.parametrize(
    "box",
    [
        f"<div id=box>{LINE}{BLURB}{FIELD}</div>",
        f"<div id=box><div>{LINE}</div><div>{BLURB}</div><form>{FIELD}</form></div>",
        f"<section id=box>The Daily Tide{BLURB}<button>Sign up</button></section>",
        f"<aside id=box>{LINE}<button>Play</button></aside>",
        f"<div id=box>{LINE}{BLURB}<input></div>",
        f"<div id=box><strong>Stay with us</strong><form>{FIELD}<button>Join</button></form></div>",
    ],
)
def test_a_box_with_a_field_or_a_button_is_found(box: str) -> None:
    assert boxes(box) == ["box"]


@pytest.mark.parametrize(
    "box",
    [
        "",
        f"<div>{LINE}{BLURB}</div>",  # nothing to fill in
        f"<div>{BLURB}{FIELD}</div>",  # begins with a paragraph: a part of the text
        f"<p>The purser <button>Listen</button> kept a list of all {FIELD}.</p>",
        f"<div>The list of the purser {FIELD}</div>",  # within the only line of its box
        f"<div>{LINE}{BLURB}<button>Listen</button></div>",  # a paragraph, and nothing is asked for
        f'<div>{LINE}<img src="/a.jpg"><button>Enlarge</button></div>',
        f'<div>{LINE}{BLURB}<input type="hidden"></div>',
        f"<div>{LINE}{BLURB * 3}{FIELD}</div>",  # too many paragraphs
        f"<div>{LINE * 7}{FIELD}</div>",  # too many lines
    ],
)
def test_the_text_is_not_found(box: str) -> None:
    assert boxes(box) == []


def test_two_boxes_are_found() -> None:
    both = "".join(f"<div id=box{number}>{LINE}{BLURB}{FIELD}</div>" for number in (1, 2))
    assert boxes(both) == ["box1", "box2"]
