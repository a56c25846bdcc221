"""What redesigns do to a page: pure functions, HTML in, HTML out, that know no reader.

Each is given a page whose parts are marked (`anatomy.marked`) and changes one thing about it.
`fields` are those a report may name for it: what the redesign moved, no more.
"""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Final

from anatomy import PART, parsed, parts, printed, unmarked
from lxml import etree
from lxml.html import fragment_fromstring

from newscrawl.selectors import Element
from newscrawl.text import clean

PLACEHOLDER: Final = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
_ADVERT: Final = "Đặt báo quý này, bạn đọc được tặng một túi vải dệt tay và lịch treo tường."
_TITLES: Final = (
    "Chợ đêm Bến Sung mở thêm ba dãy hàng thủ công",
    "Đường vào thôn Khe Lặng thông xe trước mùa mưa",
    "Đội chiếu phim lưu động đến với bảy bản vùng lòng hồ",
    "Nghề làm giấy dó Ngòi Lai tìm đường trở lại",
    "Học sinh Nà Khuổi Thượng dựng vườn thuốc nam",
    "Hợp tác xã Suối Trầm xuất lô măng khô đầu tiên",
    "Người giữ nhịp trống đất ở Mường Thượng Cát",
)
_MONTHS: Final = (
    "January February March April May June July August September October November December"
).split()
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(:\d{2})?")

Change = Callable[[Element], None]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One redesign."""

    name: str
    fields: frozenset[str]
    apply: Callable[[str], str]
    """Marked HTML in, HTML without marks out"""

    def __call__(self, html: str) -> str:
        return self.apply(html)


def on_tree(name: str, fields: str, change: Change) -> Mutation:
    def apply(html: str) -> str:
        root = parsed(html)
        change(root)
        return unmarked(root)

    return Mutation(name, frozenset(fields.split()), apply)


def on_text(name: str, fields: str, change: Callable[[str], str]) -> Mutation:
    return Mutation(name, frozenset(fields.split()), lambda html: change(unmarked(parsed(html))))


# Pieces ------------------------------------------------------------------------------------------


def _made(html: str) -> Element:
    element: Element = fragment_fromstring(html)
    return element


def _plain(html: str) -> Element:
    """A paragraph with that text."""
    return _made(f"<p>{escape(html)}</p>")


def _text_of(element: Element) -> str:
    return clean("".join(map(str, element.itertext())))


def _drop(element: Element) -> None:
    """The element goes, the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _put_before(element: Element, new: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.insert(parent.index(element), new)


def _put_after(element: Element, new: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    new.tail, element.tail = element.tail, None
    parent.insert(parent.index(element) + 1, new)


def _set_text(element: Element, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.text = text


def _wrap(element: Element, html: str) -> None:
    box = _made(html)
    _put_before(element, box)
    box.tail, element.tail = element.tail, None
    box.append(element)


def _wrap_inside(element: Element, html: str) -> None:
    box = _made(html)
    box.text, element.text = element.text, None
    for child in list(element):
        box.append(child)
    element.append(box)


def _body(root: Element) -> Element:
    found = root.find(".//body")
    assert found is not None
    return found


def _inside(root: Element) -> list[Element]:
    """The body's own pieces: the container's children from its first marked part to its last."""
    own = {e for name in ("paragraph", "picture", "caption") for e in parts(root, name)}
    own -= set(parts(root, "lead"))
    pieces: list[Element] = []
    for box in parts(root, "body"):
        found = [n for n, child in enumerate(box) if not own.isdisjoint(child.iter())]
        pieces.extend(list(box)[found[0] : found[-1] + 1] if found else [])
    return pieces


def _after_text(root: Element) -> list[Element]:
    """Those pieces that are a paragraph of text and stand before another: room for something new."""
    own = parts(root, "paragraph")
    pieces = _inside(root)
    return [
        piece
        for piece, following in zip(pieces, pieces[1:], strict=False)
        if not {piece, following}.isdisjoint(own) and piece in own
    ]


def _rename(name: str, *, deep: bool = True) -> Change:
    """Another class and id for the element, what it holds, and the boxes around nothing else."""

    def change(root: Element) -> None:
        for element in parts(root, name):
            for inner in list(element.iter(etree.Element)) if deep else [element]:
                _renamed(inner)
            text = _text_of(element)
            outer = element.getparent()
            while outer is not None and _text_of(outer) == text:
                _renamed(outer)
                outer = outer.getparent()

    return change


def _renamed(element: Element) -> None:
    for attribute in ("class", "id", "itemprop"):
        if element.get(attribute):
            element.set(attribute, "x-4f2a")


# Headline ----------------------------------------------------------------------------------------


def _headline_as_h2(root: Element) -> None:
    for element in parts(root, "headline"):
        element.tag = "h2"


def _headline_linked(root: Element) -> None:
    for element in parts(root, "headline"):
        _wrap_inside(element, '<a href="#"></a>')


def _two_h1(root: Element) -> None:
    _body(root).insert(
        0, _made('<div class="top"><h1 class="logo"><a href="/">Báo tỉnh</a></h1></div>')
    )


def _headline_twice(root: Element) -> None:
    for element in parts(root, "headline")[:1]:
        copy = _made(
            f'<{element.tag} class="{element.get("class") or ""}">{escape(_text_of(element))}</{element.tag}>'
        )
        box = _made('<div class="sticky-bar"></div>')
        box.append(copy)
        _body(root).insert(0, box)


def _headline_is_the_papers(root: Element) -> None:
    for element in parts(root, "headline")[:1]:
        text = _text_of(element)
        _set_text(element, "Cơ quan của Đảng bộ và nhân dân trong tỉnh")
        _put_after(element, _made(f'<div class="tit">{escape(text)}</div>'))


# Date --------------------------------------------------------------------------------------------


def _each_date(words: Callable[[str], str]) -> Change:
    def change(root: Element) -> None:
        for element in parts(root, "date"):
            text = words(_text_of(element))
            for attribute in ("datetime", "data-time"):
                element.attrib.pop(attribute, None)
            _set_text(element, text)

    return change


def _moment(text: str) -> tuple[int, int, int, str]:
    """Year, month, day, and the time of day as "08:15" or "08:15:30"."""
    day, clock = _DAY.search(text), _CLOCK.search(text)
    assert day is not None
    time = f"{int(clock[1]):02}:{clock[2]}{clock[3] or ''}" if clock else "00:00"
    return int(day[3]), int(day[2]), int(day[1]), time


def _iso(text: str) -> str:
    year, month, day, time = _moment(text)
    return f"{year}-{month:02}-{day:02}T{time}+07:00"


def _english(text: str) -> str:
    year, month, day, time = _moment(text)
    return f"{_MONTHS[month - 1]} {day}, {year} {time}"


def _month_first(text: str) -> str:
    year, month, day, time = _moment(text)
    return f"{month:02}/{day:02}/{year} {time}"


def _day_only(text: str) -> str:
    year, month, day, _ = _moment(text)
    return f"{day:02}/{month:02}/{year}"


def _date_dropped(root: Element) -> None:
    for element in parts(root, "date"):
        _drop(element)


def _date_in_footer(root: Element) -> None:
    for element in parts(root, "date"):
        _drop(element)
        element.tail = None
        box = _made('<div class="foot-note"></div>')
        box.append(element)
        _body(root).append(box)


# Lead --------------------------------------------------------------------------------------------


def _lead_out(root: Element) -> None:
    """Before the body's box, in a box of its own."""
    for element, box in zip(parts(root, "lead"), parts(root, "body"), strict=False):
        _drop(element)
        element.tail = None
        new = _made('<div class="x-intro"></div>')
        new.append(element)
        _put_before(box, new)


def _lead_in(root: Element) -> None:
    """The text's first paragraph, set like the others."""
    for element in parts(root, "lead"):
        first = next(iter(_inside(root)), None)
        if first is not None:
            new = _plain(_text_of(element))
            _drop(element)
            _put_before(first, new)


def _lead_dropped(root: Element) -> None:
    for element in parts(root, "lead"):
        _drop(element)


# Body --------------------------------------------------------------------------------------------


def _body_wrapped(root: Element) -> None:
    for box in parts(root, "body"):
        _wrap(box, '<div class="x-outer"></div>')


def _body_wrapped_inside(root: Element) -> None:
    """The text's own pieces move into a box inside the old one."""
    pieces = _inside(root)
    if pieces:
        box = _made('<div class="x-inner"></div>')
        _put_before(pieces[0], box)
        for piece in pieces:
            box.append(piece)


def _all_wrapped_inside(root: Element) -> None:
    for box in parts(root, "body"):
        _wrap_inside(box, '<div class="x-all"></div>')


def _split(root: Element, attributes: Callable[[Element], dict[str, str]]) -> None:
    pieces = _inside(root)
    for box in parts(root, "body"):
        half = len(pieces) // 2
        rest = list(box)[list(box).index(pieces[half]) :] if len(pieces) > 1 else []
        if rest:
            second = _made("<div></div>")
            for name, value in attributes(box).items():
                second.set(name, value)
            _put_after(box, second)
            for piece in rest:
                second.append(piece)


def _body_split_alike(root: Element) -> None:
    _split(root, lambda box: {str(n): str(v) for n, v in box.items()})


def _body_split(root: Element) -> None:
    _split(root, lambda _: {"class": "x-page-2"})


def _emptied(root: Element) -> Element | None:
    """The body's box without its text, pictures and signature; what else stands there stays."""
    pieces = _inside(root)
    boxes = parts(root, "body")
    for element in [*pieces, *parts(root, "byline")]:
        if boxes and element is not boxes[0] and boxes[0] in element.iterancestors():
            _drop(element)
    for element in parts(root, "lead"):
        if boxes and boxes[0] in element.iterancestors():
            _drop(element)
    return boxes[0] if boxes else None


def _body_by_script(root: Element) -> None:
    box = _emptied(root)
    if box is not None:
        name = box.get("id") or "x-load"
        box.set("id", name)
        box.append(_made(f'<script>$("#{name}").load("/ajax/noi-dung?id=7");</script>'))


def _body_encrypted(root: Element) -> None:
    text = " ".join(_text_of(e) for e in parts(root, "paragraph"))
    box = _emptied(root)
    if box is not None:
        box.append(_plain(base64.b64encode((text or "x" * 300).encode()).decode()))


def _related_between(root: Element) -> None:
    """A box of links to other articles in the middle of the text, other ones on each page."""
    places = _after_text(root)
    if places:
        links = "".join(
            f'<li><a href="/tin/bai-{n}.html">{title}</a></li>' for n, title in _some(root, 3)
        )
        _put_after(places[len(places) // 2], _made(f'<div class="x-more"><ul>{links}</ul></div>'))


def _some(root: Element, count: int) -> list[tuple[int, str]]:
    """Titles of other articles, by the page's own headline."""
    start = sum(map(ord, "".join(_text_of(e) for e in parts(root, "headline"))))
    titles = [f"{_TITLES[(start + n) % len(_TITLES)]} năm {start % 97 + n}" for n in range(count)]
    return list(enumerate(titles, start))


def _see_also(root: Element) -> None:
    for number, piece in enumerate(_after_text(root)[1:4:2]):
        title = _some(root, number + 1)[-1][1]
        _put_after(piece, _made(f'<p>Xem thêm: <a href="/tin/bai.html">{title}</a></p>'))


def _advert_between(root: Element) -> None:
    for piece in _after_text(root)[:1]:
        _put_after(piece, _plain(_ADVERT))


def _comments_in(root: Element) -> None:
    """Readers' comments at the end of the text's box."""
    for box in parts(root, "body"):
        said = "".join(
            f'<div class="x-c"><span>Bạn đọc {n % 89}</span><p>Bài này viết về {title} rất hay!</p>'
            "<a>Trả lời</a></div>"
            for n, title in _some(root, 2)
        )
        box.append(_made(f'<div class="x-said">{said}</div>'))


def _tags_in(root: Element) -> None:
    tags = [_text_of(e) for e in parts(root, "tag")]
    for element in parts(root, "tag"):
        _drop(element)
    for box in parts(root, "body") if tags else []:
        links = "".join(f'<a href="/the/{n}">{escape(tag)}</a> ' for n, tag in enumerate(tags))
        box.append(_made(f'<div class="x-words">{links}</div>'))


def _divs_for_paragraphs(root: Element) -> None:
    for element in parts(root, "paragraph"):
        if element.tag == "p":
            element.tag = "div"


def _breaks_for_paragraphs(root: Element) -> None:
    """Plain paragraphs become lines with two breaks between."""
    for element in parts(root, "paragraph"):
        if element.tag == "p" and element in _inside(root) and not element.get("style"):
            element.tag = "span"
            _put_after(element, _made("<br>"))
            _put_after(element, _made("<br>"))


# Pictures and captions ---------------------------------------------------------------------------


def _with_caption(root: Element) -> list[tuple[Element, Element]]:
    """Each caption with the picture before it."""
    found: list[tuple[Element, Element]] = []
    picture: Element | None = None
    pictures, captions = parts(root, "picture"), parts(root, "caption")
    for element in root.iter(etree.Element):
        if element in pictures:
            picture = element
        elif element in captions and picture is not None:
            found.append((picture, element))
            picture = None
    return found


def _whole(picture: Element, caption: Element) -> Element:
    """The piece that holds both, or the picture's own paragraph."""
    line = [picture, *picture.iterancestors()]
    both = next((e for e in line if e in caption.iterancestors()), None)
    small = both is not None and both.tag in ("table", "tbody", "figure", "p")
    if not small:
        return next((e for e in line if e.tag in ("p", "figure", "table")), picture)
    return next(e for e in line if e.tag in ("table", "figure", "p"))


def _captions(make: Callable[[Element, str], list[Element]]) -> Change:
    def change(root: Element) -> None:
        for picture, caption in _with_caption(root):
            whole, text = _whole(picture, caption), _text_of(caption)
            if whole is picture:
                continue
            _drop(caption)
            picture.tail = None
            new = make(picture, text)
            for element in new:
                _put_before(whole, element)
            _drop(whole)

    return change


def _as_figure(picture: Element, text: str) -> list[Element]:
    figure = _made("<figure></figure>")
    figure.append(picture)
    figure.append(_made(f"<figcaption>{escape(text)}</figcaption>"))
    return [figure]


def _as_next_paragraph(picture: Element, text: str) -> list[Element]:
    box = _made("<p></p>")
    box.append(picture)
    return [box, _plain(text)]


def _as_alt(picture: Element, text: str) -> list[Element]:
    box = _made("<p></p>")
    picture.set("alt", text)
    box.append(picture)
    return [box]


def _lazy(place: str, placeholder: str, first: int = 0) -> Change:
    """The address moves to another attribute, from the picture number `first` on."""

    def change(root: Element) -> None:
        for picture in parts(root, "picture")[first:]:
            source = picture.get("data-src") or picture.get("src") or ""
            picture.attrib.pop("data-src", None)
            picture.set("src", placeholder)
            picture.set(place, source)

    return change


def _background(root: Element) -> None:
    for picture in parts(root, "picture"):
        source = picture.get("data-src") or picture.get("src") or ""
        box = _made(f'<div class="x-photo" style="background-image:url({escape(source)})"></div>')
        _put_before(picture, box)
        _drop(picture)


# Byline, tags, section ---------------------------------------------------------------------------


def _byline_plain(root: Element) -> None:
    """The signature is set like any paragraph."""
    for element in parts(root, "byline"):
        new = _plain(_text_of(element))
        _put_before(element, new)
        _drop(element)


def _byline_in_head(root: Element) -> None:
    """Below the headline, in a box of its own; boxes that repeated it go."""
    headline = next(iter(parts(root, "headline")), None)
    for element in parts(root, "byline"):
        text = _text_of(element)
        _drop(element)
        for other in [e for e in root.iter() if e.tag == "span" and e.get("class")]:
            if _text_of(other) and _text_of(other) in text:
                _drop(other)
        if headline is not None:
            _put_after(headline, _made(f'<div class="x-by"><b>{escape(text)}</b></div>'))


def _section_dropped(root: Element) -> None:
    for element in parts(root, "section"):
        _drop(element)


def _tags_renamed(root: Element) -> None:
    """Another class for the tags and for the box that holds nothing else."""
    tags = parts(root, "tag")
    boxes = {
        tag.getparent() for tag in tags if not {"paragraph", "body"} & _parts_in(tag.getparent())
    }
    for element in (*tags, *filter(None.__ne__, boxes)):
        if element is not None:
            _renamed(element)


def _parts_in(element: Element | None) -> set[str]:
    """The marks of what stands in the element."""
    inside = () if element is None else element.iter(etree.Element)
    return {name for e in inside for name in (e.get(PART) or "").split()}


def _tags_dropped(root: Element) -> None:
    for element in parts(root, "tag"):
        _drop(element)


# The whole page ----------------------------------------------------------------------------------


def _classes_hashed(root: Element) -> None:
    for element in root.iter(etree.Element):
        for number, name in enumerate(("class", "id")):
            if value := element.get(name):
                element.set(name, f"c{sum(map(ord, value)) * 7 + number}")


def _metadata_dropped(root: Element) -> None:
    for element in list(root.iter("meta", "script", "link")):
        if element.tag != "script" or "ld+json" in (element.get("type") or ""):
            _drop(element)


def _charset_dropped(html: str) -> str:
    return re.sub(r"<meta[^>]*charset[^>]*>", "", html, flags=re.IGNORECASE)


def _uppercase(html: str) -> str:
    return re.sub(r"</?[a-z][a-z0-9]*", lambda match: match[0].upper(), html)


def _nested(html: str) -> str:
    """A second document opens in the first and is closed long before its end."""
    head, body, rest = re.split(r"(<body[^>]*>)", html, maxsplit=1)
    opened = "<html><head><title>x</title></head><body>"
    return f"{head}{body}<main>{opened}{rest.replace('</body>', '</body></html></main></body>', 1)}"


def _open_paragraphs(html: str) -> str:
    """End tags HTML does not ask for are left out."""
    return re.sub(r"</(?:p|li|td|tr)>(?=\s*<(?:p|li|td|tr|/ul|/tbody|/tr)\b)", "", html)


MUTATIONS: Final = (
    on_tree("headline: class", "headline", _rename("headline")),
    on_tree("headline: h2", "headline", _headline_as_h2),
    on_tree("headline: a link", "headline", _headline_linked),
    on_tree("headline: another h1", "headline", _two_h1),
    on_tree("headline: twice", "headline", _headline_twice),
    on_tree("headline: the paper's", "headline", _headline_is_the_papers),
    on_tree("date: class", "published", _rename("date")),
    on_tree("date: dropped", "published", _date_dropped),
    on_tree("date: ISO", "published", _each_date(_iso)),
    on_tree("date: relative", "published", _each_date(lambda _: "3 giờ trước")),
    on_tree("date: English", "published", _each_date(_english)),
    on_tree("date: month first", "published", _each_date(_month_first)),
    on_tree("date: day only", "published", _each_date(_day_only)),
    on_tree("date: in the footer", "published", _date_in_footer),
    on_tree("lead: class", "lead", _rename("lead")),
    on_tree("lead: out of the body", "lead", _lead_out),
    on_tree("lead: into the body", "lead", _lead_in),
    on_tree("lead: dropped", "lead", _lead_dropped),
    on_tree("body: class", "body", _rename("body", deep=False)),
    on_tree("body: wrapped", "body", _body_wrapped),
    on_tree("body: wrapped inside", "body", _body_wrapped_inside),
    on_tree("body: all wrapped inside", "body headline published", _all_wrapped_inside),
    on_tree("body: two boxes alike", "body", _body_split_alike),
    on_tree("body: two boxes", "body", _body_split),
    on_tree("body: by script", "body", _body_by_script),
    on_tree("body: encrypted", "body", _body_encrypted),
    on_tree("body: related box", "body", _related_between),
    on_tree("body: see also", "body", _see_also),
    on_tree("body: advert", "body", _advert_between),
    on_tree("body: comments", "body", _comments_in),
    on_tree("body: tags", "body tags", _tags_in),
    on_tree("body: div for p", "body", _divs_for_paragraphs),
    on_tree("body: br for p", "body", _breaks_for_paragraphs),
    on_tree("caption: class", "captions body", _rename("caption")),
    on_tree("caption: figure", "captions", _captions(_as_figure)),
    on_tree("caption: next paragraph", "captions", _captions(_as_next_paragraph)),
    on_tree("caption: alt", "captions", _captions(_as_alt)),
    on_tree("image: data-src", "images", _lazy("data-src", PLACEHOLDER)),
    on_tree("image: data-original", "images", _lazy("data-original", "/images/blank.gif")),
    on_tree("image: lazy but first", "images", _lazy("data-lazy", PLACEHOLDER, 1)),
    on_tree("image: background", "images captions", _background),
    on_tree("byline: plain", "authors source", _byline_plain),
    on_tree("byline: in the head", "authors source", _byline_in_head),
    on_tree("tags: class", "tags", _tags_renamed),
    on_tree("tags: dropped", "tags", _tags_dropped),
    on_tree("section: dropped", "section", _section_dropped),
    on_tree("page: classes hashed", "layout headline body published lead section", _classes_hashed),
    on_tree("page: metadata dropped", "published lead", _metadata_dropped),
    on_text("page: charset dropped", "", _charset_dropped),
    on_text("page: uppercase", "", _uppercase),
    on_text("page: nested", "", _nested),
    on_text("page: open paragraphs", "", _open_paragraphs),
)
