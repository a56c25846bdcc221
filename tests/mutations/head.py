"""What redesigns do to headline, date and lead."""

import re
from collections.abc import Callable
from html import escape
from typing import Final

from newscrawl.page.selectors import Element
from tests.mutations.anatomy import parts
from tests.mutations.surgery import (
    Change,
    Mutation,
    body,
    drop,
    inside,
    made,
    on_tree,
    plain,
    put_after,
    put_before,
    rename,
    set_text,
    text_of,
    without,
    wrap_inside,
)

_YEAR: Final = (
    "January February March April May June July August September October November December"
)
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(:\d{2})?")


def _headline_as_h2(root: Element) -> None:
    for element in parts(root, "headline"):
        element.tag = "h2"


def _headline_linked(root: Element) -> None:
    for element in parts(root, "headline"):
        wrap_inside(element, '<a href="#"></a>')


def _two_h1(root: Element) -> None:
    body(root).insert(
        0, made('<div class="top"><h1 class="logo"><a href="/">Báo tỉnh</a></h1></div>')
    )


def _headline_twice(root: Element) -> None:
    for element in parts(root, "headline")[:1]:
        copy = made(f"<h1>{escape(text_of(element))}</h1>")
        copy.set("class", element.get("class") or "")
        box = made('<div class="sticky-bar"></div>')
        box.append(copy)
        body(root).insert(0, box)


def _headline_is_the_papers(root: Element) -> None:
    for element in parts(root, "headline")[:1]:
        text = text_of(element)
        set_text(element, "Cơ quan của Đảng bộ và nhân dân trong tỉnh")
        put_after(element, made(f'<div class="tit">{escape(text)}</div>'))


def _each_date(words: Callable[[str], str]) -> Change:
    def change(root: Element) -> None:
        for element in parts(root, "date"):
            text = words(text_of(element))
            without(element, "datetime", "data-time")
            set_text(element, text)

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
    return f"{_YEAR.split()[month - 1]} {day}, {year} {time}"


def _month_first(text: str) -> str:
    year, month, day, time = _moment(text)
    return f"{month:02}/{day:02}/{year} {time}"


def _day_only(text: str) -> str:
    year, month, day, _ = _moment(text)
    return f"{day:02}/{month:02}/{year}"


def _date_dropped(root: Element) -> None:
    for element in parts(root, "date"):
        drop(element)


def _date_in_footer(root: Element) -> None:
    for element in parts(root, "date"):
        drop(element)
        element.tail = None
        box = made('<div class="foot-note"></div>')
        box.append(element)
        body(root).append(box)


def _lead_out(root: Element) -> None:
    """Before the body's box, in a box of its own."""
    for element, box in zip(parts(root, "lead"), parts(root, "body"), strict=False):
        drop(element)
        element.tail = None
        new = made('<div class="x-intro"></div>')
        new.append(element)
        put_before(box, new)


def _lead_in(root: Element) -> None:
    """The text's first paragraph, set like the others."""
    for element in parts(root, "lead"):
        first = next(iter(inside(root)), None)
        if first is not None:
            new = plain(text_of(element))
            drop(element)
            put_before(first, new)


def _lead_dropped(root: Element) -> None:
    for element in parts(root, "lead"):
        drop(element)


HEAD_MUTATIONS: Final[tuple[Mutation, ...]] = (
    on_tree("headline: class", "headline", rename("headline")),
    on_tree("headline: h2", "headline", _headline_as_h2),
    on_tree("headline: a link", "headline", _headline_linked),
    on_tree("headline: another h1", "headline", _two_h1),
    on_tree("headline: twice", "headline", _headline_twice),
    on_tree("headline: the paper's", "headline", _headline_is_the_papers),
    on_tree("date: class", "published", rename("date")),
    on_tree("date: dropped", "published", _date_dropped),
    on_tree("date: ISO", "published", _each_date(_iso)),
    on_tree("date: relative", "published", _each_date(lambda _: "3 giờ trước")),
    on_tree("date: English", "published", _each_date(_english)),
    on_tree("date: month first", "published", _each_date(_month_first)),
    on_tree("date: day only", "published", _each_date(_day_only)),
    on_tree("date: in the footer", "published", _date_in_footer),
    on_tree("lead: class", "lead", rename("lead")),
    on_tree("lead: out of the body", "lead", _lead_out),
    on_tree("lead: into the body", "lead", _lead_in),
    on_tree("lead: dropped", "lead", _lead_dropped),
)
