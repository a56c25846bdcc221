"""What redesigns add: words beside the headline, cut and doubled texts, code between the words."""

import base64
from copy import deepcopy
from html import escape
from typing import Final

from newscrawl.page.selectors import Element
from tests.mutations.anatomy import PART, parts
from tests.mutations.head import _each_date, _moment
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
    set_text,
    text_of,
    without,
    wrap,
)

_BLANK: Final = "data:image/gif;base64," + base64.b64encode(b"GIF89a").decode()


def _kicker(root: Element) -> None:
    """The section's name inside the headline, before it."""
    label = next((text_of(e) for e in reversed(parts(root, "section"))), "Tin tức").strip(" >»›/")
    for element in parts(root, "headline"):
        box = made(f'<span class="x-kicker">{escape(label)} </span>')
        box.tail, element.text = element.text, None
        element.insert(0, box)


def _papers_name(root: Element) -> None:
    for element in parts(root, "headline"):
        element.append(made("<span> - Báo điện tử tỉnh nhà</span>"))


def _year_short(text: str) -> str:
    year, month, day, time = _moment(text)
    return f"{day:02}/{month:02}/{year % 100:02} {time}"


def _in_words(text: str) -> str:
    year, month, day, time = _moment(text)
    return f"Ngày {day} tháng {month} năm {year}, {time}"


def _first_page(root: Element) -> None:
    """The text goes on on other pages."""
    pieces = inside(root)
    keep = max(1, len(pieces) // 3)
    for piece in pieces[keep:]:
        drop(piece)
    if pieces:
        put_after(pieces[keep - 1], made('<div class="x-pages"><a href="?p=2">2</a></div>'))


def _paywall(root: Element) -> None:
    pieces = inside(root)
    for piece in pieces[1:]:
        drop(piece)
    if pieces:
        put_after(pieces[0], plain("Đăng nhập để đọc tiếp bài viết này."))


def _twice(root: Element) -> None:
    """Once for screens, once for telephones."""
    pieces = inside(root)
    if pieces:
        box = made('<div class="x-mobile"></div>')
        for piece in pieces:
            box.append(deepcopy(piece))
        put_after(pieces[-1], box)


def _player(root: Element) -> None:
    for piece in inside(root)[:1]:
        put_before(piece, plain("Nghe đọc bài, giọng nữ miền Bắc."))


def _newsletter(root: Element) -> None:
    for piece in after_text(root)[:1]:
        form = "<form><p>Nhận tin mới mỗi sáng qua thư điện tử.</p><input name='thu'></form>"
        put_after(piece, made(form))


def _pull_quote(root: Element) -> None:
    """A sentence of the text set large between its paragraphs."""
    pieces = after_text(root)
    if len(pieces) > 1:
        text = text_of(pieces[0]).partition(". ")[0]
        put_after(pieces[1], made(f"<blockquote><p>{escape(text)}</p></blockquote>"))


def _each_paragraph_boxed(root: Element) -> None:
    for element in parts(root, "paragraph"):
        if element in inside(root):
            wrap(element, '<div class="x-block"></div>')


def _drop_caps(root: Element) -> None:
    for element in parts(root, "paragraph"):
        if element.text and element.text.strip() and element in inside(root):
            text = element.text.lstrip()
            cap = made(f'<span class="x-cap">{escape(text[0])}</span>')
            cap.tail, element.text = text[1:], None
            element.insert(0, cap)


def _escaped_twice(root: Element) -> None:
    for element in parts(root, "paragraph"):
        if not len(element) and element.text:
            element.text = element.text.replace(" ", "&nbsp;", 3).replace(",", "&#44;")


def _unfilled(root: Element) -> None:
    for piece in after_text(root)[:1]:
        put_after(piece, plain("Cùng chủ đề: {{ item.tieu_de }}"))


def _lead_template(root: Element) -> None:
    for element in parts(root, "lead"):
        set_text(element, "${bai.sapo}")


def _srcset(root: Element) -> None:
    for picture in parts(root, "picture"):
        source = picture.get("data-src") or picture.get("src") or ""
        without(picture, "src", "data-src")
        picture.set("srcset", f"{source} 800w")


def _picture(root: Element) -> None:
    for picture in parts(root, "picture"):
        source = picture.get("data-src") or picture.get("src") or ""
        without(picture, "data-src")
        picture.set("src", _BLANK)
        wrap(picture, "<picture></picture>")
        picture.addprevious(made(f'<source srcset="{escape(source)}">'))


def _icons(root: Element) -> None:
    for piece in after_text(root)[:1]:
        put_after(piece, made('<p><img src="/themes/x/share-icon-large.png"></p>'))


def _credit_apart(root: Element) -> None:
    """A caption's credit in a paragraph of its own, for pictures in the text."""
    boxes = set(parts(root, "body"))
    for caption in parts(root, "caption"):
        text = text_of(caption) if not boxes.isdisjoint(caption.iterancestors()) else ""
        start = max(text.find("Ảnh: "), text.find("(Ảnh: "))
        if start > 0:
            start -= text[start - 1] == "("
            set_text(caption, text[:start].rstrip())
            put_after(caption, made(f'<p class="x-credit">{escape(text[start:])}</p>'))


def _author_label(root: Element) -> None:
    for element in parts(root, "byline"):
        set_text(element, f"Người viết bài này: {text_of(element)}")


def _hash_tags(root: Element) -> None:
    for tag in parts(root, "tag"):
        set_text(tag, f"#{text_of(tag)}")


def _home_label(root: Element) -> None:
    """The breadcrumb begins with the front page, under an address of its own."""
    for element in parts(root, "section")[:1]:
        link = element if element.tag == "a" else next(element.iterancestors("a"), element)
        home = made(f'<{link.tag} href="/trang-chu">Trang chủ</{link.tag}>')
        for name, value in link.attrib.items():
            if name not in ("href", PART):
                home.set(name, value)
        put_before(link, home)


WIDER_MUTATIONS: Final[tuple[Mutation, ...]] = (
    on_tree("headline: kicker inside", "headline", _kicker),
    on_tree("headline: the paper's name", "headline", _papers_name),
    on_tree("date: two-digit year", "published", _each_date(_year_short)),
    on_tree("date: in words", "published", _each_date(_in_words)),
    on_tree("lead: unfilled", "lead body", _lead_template),
    on_tree("body: first page", "body", _first_page),
    on_tree("body: paywall", "body", _paywall),
    on_tree("body: twice", "body", _twice),
    on_tree("body: player", "body lead", _player),
    on_tree("body: newsletter", "body", _newsletter),
    on_tree("body: pull quote", "body", _pull_quote),
    on_tree("body: paragraphs boxed", "body", _each_paragraph_boxed),
    on_tree("body: drop caps", "body", _drop_caps),
    on_tree("body: escaped twice", "body lead", _escaped_twice),
    on_tree("body: unfilled", "body", _unfilled),
    on_tree("image: srcset", "images captions", _srcset),
    on_tree("image: picture", "images captions", _picture),
    on_tree("image: icons", "images", _icons),
    on_tree("caption: credit apart", "captions body", _credit_apart),
    on_tree("byline: labelled", "authors source body", _author_label),
    on_tree("tags: hash", "tags", _hash_tags),
    on_tree("section: home page", "section", _home_label),
)
