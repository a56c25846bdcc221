"""What redesigns do to the text."""

import base64
from collections.abc import Callable
from html import escape
from typing import Final

from newscrawl.page.selectors import Element
from tests.mutations.anatomy import parts
from tests.mutations.surgery import (
    Mutation,
    after_text,
    drop,
    inside,
    made,
    on_tree,
    plain,
    put_after,
    put_before,
    rename,
    text_of,
    wrap,
    wrap_inside,
)

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


def _body_wrapped(root: Element) -> None:
    for box in parts(root, "body"):
        wrap(box, '<div class="x-outer"></div>')


def _body_wrapped_inside(root: Element) -> None:
    """The text's own pieces move into a box inside the old one."""
    pieces = inside(root)
    if pieces:
        box = made('<div class="x-inner"></div>')
        put_before(pieces[0], box)
        for piece in pieces:
            box.append(piece)


def _all_wrapped_inside(root: Element) -> None:
    for box in parts(root, "body"):
        wrap_inside(box, '<div class="x-all"></div>')


def _split(root: Element, attributes: Callable[[Element], dict[str, str]]) -> None:
    pieces = inside(root)
    for box in parts(root, "body"):
        half = len(pieces) // 2
        rest = list(box)[list(box).index(pieces[half]) :] if len(pieces) > 1 else []
        if rest:
            second = made("<div></div>")
            for name, value in attributes(box).items():
                second.set(name, value)
            put_after(box, second)
            for piece in rest:
                second.append(piece)


def _body_split_alike(root: Element) -> None:
    _split(root, lambda box: {str(n): str(v) for n, v in box.items()})


def _body_split(root: Element) -> None:
    _split(root, lambda _: {"class": "x-page-2"})


def _emptied(root: Element) -> Element | None:
    """The body's box without its text, pictures and signature; what else stands there stays."""
    pieces = inside(root)
    boxes = parts(root, "body")
    for element in [*pieces, *parts(root, "byline")]:
        if boxes and element is not boxes[0] and boxes[0] in element.iterancestors():
            drop(element)
    for element in parts(root, "lead"):
        if boxes and boxes[0] in element.iterancestors():
            drop(element)
    return boxes[0] if boxes else None


def _body_by_script(root: Element) -> None:
    box = _emptied(root)
    if box is not None:
        name = box.get("id") or "x-load"
        box.set("id", name)
        box.append(made(f'<script>$("#{name}").load("/ajax/noi-dung?id=7");</script>'))


def _body_encrypted(root: Element) -> None:
    text = " ".join(text_of(e) for e in parts(root, "paragraph"))
    box = _emptied(root)
    if box is not None:
        box.append(plain(base64.b64encode((text or "x" * 300).encode()).decode()))


def _related_between(root: Element) -> None:
    """A box of links to other articles in the middle of the text, other ones on each page."""
    places = after_text(root)
    if places:
        links = "".join(
            f'<li><a href="/tin/bai-{n}.html">{title}</a></li>' for n, title in _some(root, 3)
        )
        put_after(places[len(places) // 2], made(f'<div class="x-more"><ul>{links}</ul></div>'))


def _some(root: Element, count: int) -> list[tuple[int, str]]:
    """Titles of other articles, by the page's own headline."""
    start = sum(map(ord, "".join(text_of(e) for e in parts(root, "headline"))))
    titles = [f"{_TITLES[(start + n) % len(_TITLES)]} năm {start % 97 + n}" for n in range(count)]
    return list(enumerate(titles, start))


def _see_also(root: Element) -> None:
    for number, piece in enumerate(after_text(root)[1:4:2]):
        title = _some(root, number + 1)[-1][1]
        put_after(piece, made(f'<p>Xem thêm: <a href="/tin/bai.html">{title}</a></p>'))


def _advert_between(root: Element) -> None:
    for piece in after_text(root)[:1]:
        put_after(piece, plain(_ADVERT))


def _comments_in(root: Element) -> None:
    """Readers' comments at the end of the text's box."""
    for box in parts(root, "body"):
        said = "".join(
            f'<div class="x-c"><span>Bạn đọc {n % 89}</span><p>Bài này viết về {title} rất hay!</p>'
            "<a>Trả lời</a></div>"
            for n, title in _some(root, 2)
        )
        box.append(made(f'<div class="x-said">{said}</div>'))


def _tags_in(root: Element) -> None:
    tags = [text_of(e) for e in parts(root, "tag")]
    for element in parts(root, "tag"):
        drop(element)
    for box in parts(root, "body") if tags else []:
        links = "".join(f'<a href="/the/{n}">{escape(tag)}</a> ' for n, tag in enumerate(tags))
        box.append(made(f'<div class="x-words">{links}</div>'))


def _divs_for_paragraphs(root: Element) -> None:
    for element in parts(root, "paragraph"):
        if element.tag == "p":
            element.tag = "div"


def _breaks_for_paragraphs(root: Element) -> None:
    """Plain paragraphs become lines with two breaks between."""
    for element in parts(root, "paragraph"):
        if element.tag == "p" and element in inside(root) and not element.get("style"):
            element.tag = "span"
            put_after(element, made("<br>"))
            put_after(element, made("<br>"))


BODY_MUTATIONS: Final[tuple[Mutation, ...]] = (
    on_tree("body: class", "body", rename("body", deep=False)),
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
)
