"""An article as its newspaper thinks of it: words, pictures, credits; no markup."""

from dataclasses import dataclass
from typing import Literal

Shape = Literal["plain", "subhead", "quote", "bullets", "lines"]
CaptionForm = Literal[
    "row2", "image_desc", "desc", "desc-empty", "next-em", "next-centred", "same-p", "none"
]


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs that are set together: one, or the points of a list, or the lines of a notice."""

    items: tuple[str, ...]
    shape: Shape = "plain"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the article and what is printed under it."""

    src: str
    """As the page writes it: a path or an absolute address"""
    form: CaptionForm
    printed: str = ""
    """Caption with its credit, as printed; "" = none"""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """Who wrote it or where it was taken from; each "" or () where the page says nothing."""

    byline: str = ""
    authors: tuple[str, ...] = ()
    source_line: str = ""
    source: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a list shows of an article."""

    headline: str
    lead: str
    """"" = none"""
    bound: dict[str, str]
    """Words that stay the same through the article: its commune, its crop, its day"""


@dataclass(frozen=True, slots=True)
class Story:
    """An article at one edition."""

    head: Head
    blocks: tuple[Text | Picture, ...]
    credit: Credit
    tags: tuple[str, ...]
    is_photo: bool = False
    """Pictures and captions only"""

    def body(self) -> list[str]:
        """Return the paragraphs that a reader of the page reads, lists point by point."""
        out: list[str] = []
        for block in self.blocks:
            if isinstance(block, Text):
                out += ["\n".join(block.items)] if block.shape == "lines" else block.items
        return out

    def pictures(self) -> list[Picture]:
        return [block for block in self.blocks if isinstance(block, Picture)]


@dataclass(frozen=True, slots=True)
class Look:
    """How the page of one article is set; changes nothing of what it says."""

    kicker: str | None = None
    """Words over the headline; "" = an empty element, None = no element"""
    dash: bool = False
    """ "- " before the first words"""
    drop_cap: bool = False
    word_spans: bool = False
    office_debris: bool = False
    style_in_body: bool = False
    empty_paragraphs: bool = False
    inline: bool = False
    """Bold, slanted and linked words inside paragraphs"""
    related: int = 0
    """Links in the box after the lead"""
    nfd: bool = False
    twice_encoded: bool = False
    nbsp_title: bool = False
    variant: int = 0
    """A number for choices without a name"""
