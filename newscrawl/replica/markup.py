"""What the three templates share: text as an editor's program writes it into HTML."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final

from newscrawl.replica.dice import Dice
from newscrawl.replica.story import (
    Look,
    Picture,
    Story,
    Text,
)

# CKEditor writes these letters as named entities and Vietnamese letters as themselves.
_NAMED: Final = str.maketrans(
    {"“": "&ldquo;", "”": "&rdquo;", "…": "&hellip;", "–": "&ndash;", "’": "&rsquo;"}
)
_WORD_OPEN: Final = (
    '<span style="font-size:14pt"><span style="line-height:115%">'
    '<span style="font-family:&quot;Times New Roman&quot;,serif">'
)
_WORD_CLOSE: Final = "</span></span></span>"
_DEBRIS: Final = (
    "<o:p></o:p>",
    "<!--?xml:namespace prefix = o /--><o:p></o:p>",
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View/></w:WordDocument></xml><![endif]-->",
)
_STYLES: Final = (
    '<style type="text/css">.tbl-note td{padding:4px 6px} .tbl-note p{margin:0}</style>',
    "<style><!-- @page { margin: 2cm } p.western { so-language: vi-VN } --></style>",
    '<script type="text/javascript">var khung_bai = document.getElementById("content");</script>',
)
_EMPTY: Final = ("<p>&nbsp;</p>", '<p style="text-align: justify;">&nbsp;</p>', "<p><br></p>")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a template brings to the setting of a body."""

    look: Look
    dice: Dice
    picture: Callable[[Picture], str]
    paragraph: str
    """Attributes of an ordinary paragraph, with a leading blank, or "" """


def title(headline: str, look: Look) -> str:
    """Return the headline inside an element, with the traces of that article's editor."""
    text = escape(headline)
    if look.twice_encoded:
        text = escape(text)
    return text + "&nbsp;" if look.nbsp_title else text


def _pieces(text: str, dice: Dice, cuts: int) -> list[str]:
    """Return the text cut at thrown places, also inside words."""
    places = sorted({0, len(text), *(dice.below(len(text) + 1) for _ in range(cuts))})
    return [text[a:b] for a, b in pairwise(places)] or [text]


def letters(text: str) -> str:
    """Return the text as HTML with its marks as named entities.

    >>> letters("“A & B…”")
    '&ldquo;A &amp; B&hellip;&rdquo;'
    """
    return escape(text, quote=False).translate(_NAMED)


def spanned(html: str, look: Look) -> str:
    """Return the piece inside a word processor's spans, where that page has them."""
    return f"{_WORD_OPEN}{html}{_WORD_CLOSE}" if look.word_spans else html


def prose(text: str, look: Look, dice: Dice) -> str:
    """Return the text as the editor's HTML: named entities, spans, bold and linked words."""
    pieces = _pieces(text, dice, dice.below(3)) if look.word_spans else [text]
    out = [spanned(_inline(letters(piece), look, dice), look) for piece in pieces]
    end = dice.pick(("&nbsp;", "&nbsp;&nbsp;&nbsp;", " ")) if dice.one_in(9) else ""
    return "".join(out) + end


def _inline(html: str, look: Look, dice: Dice) -> str:
    words = html.split(" ")
    if dice.one_in(12) and len(words) > 4:
        place = dice.below(len(words) - 1)
        words[place : place + 2] = [f"{words[place]}&nbsp;{words[place + 1]}"]
    if look.inline and dice.one_in(3) and len(words) > 8:
        tag, close = dice.pick(
            (("<em>", "</em>"), ("<strong>", "</strong>"), ('<a href="/tim-kiem/?key=xa">', "</a>"))
        )
        place = dice.between(2, len(words) - 4)
        words[place] = tag + words[place]
        words[place + 1] += close
    return " ".join(words)


def _text(block: Text, setting: Setting) -> str:
    look, dice, attributes = setting.look, setting.dice, setting.paragraph
    items = [prose(item, look, dice) for item in block.items]
    if block.shape == "bullets":
        points = "\n".join(f"\t<li{attributes}>{item}</li>" for item in items)
        return f"<ul>\n{points}\n</ul>"
    if block.shape == "quote":
        inner = "\n".join(f'<p><span style="color:#c0392b;">{item}</span></p>' for item in items)
        return f"<blockquote>\n{inner}\n</blockquote>"
    if block.shape == "lines":
        return f"<p{attributes}>" + f"{dice.pick(('<br>', '<br />'))}\n".join(items) + "</p>"
    if block.shape == "subhead":
        return f"<p{attributes}><strong>{items[0]}</strong></p>"
    debris = dice.pick(_DEBRIS) if look.office_debris and dice.one_in(2) else ""
    return f"<p{attributes}>{items[0]}{debris}</p>"


def _dashed(block: Text) -> Text:
    return Text((f"- {block.items[0]}", *block.items[1:]), block.shape)


def body(story: Story, setting: Setting) -> list[str]:
    """Return the story's blocks as HTML strings, with that page's noise between them."""
    look, dice = setting.look, setting.dice
    out = []
    dash = look.dash and not story.head.lead
    for block in story.blocks:
        if isinstance(block, Picture):
            out.append(setting.picture(block))
        else:
            out.append(_text(_dashed(block) if dash else block, setting))
            dash = False
        if look.empty_paragraphs and dice.one_in(3):
            out.append(dice.pick(_EMPTY))
    if look.style_in_body:
        out.insert(dice.between(1, len(out)), dice.pick(_STYLES))
    return out


def signature(words: str, look: Look, dice: Dice, attributes: str) -> str:
    """Return the right-aligned last line: byline or source."""
    return f"<p{attributes}><strong>{prose(words, look, dice)}</strong></p>"
