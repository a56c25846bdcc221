"""Where the text of the articles stands now, and what stands in its box without being text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.newspaper_site import Site
from newscrawl.article.redesign.element_names import path_of, selectors_of, simplicity
from newscrawl.article.redesign.field_search import (
    HELD_MIN_SHARE,
    PAGES_MIN,
    RIGHT_MIN_SHARE,
    FieldPlace,
)
from newscrawl.article.redesign.known_page import KnownPage
from newscrawl.article.redesign.layout_trial import derived, is_right, read_partly, share_right
from newscrawl.article.redesign.text_places import elements_with, holds_all, squeezed
from newscrawl.page.ancestry import lineage
from newscrawl.page.selectors import Element, elements, is_xpath, to_xpath

_BOXES_MAX: Final = 4  # around the paragraphs, each of which may be the body's
_NAMED_PAGES_MAX: Final = 5
_JUDGED_PAGES_MAX: Final = 10  # a text takes ten milliseconds to read
_DROPPED_MAX: Final = 4
Held = list[tuple[KnownPage, Element]]
"""Pages, each with the innermost element that holds its whole text"""


def search_body(page: type[ArticlePage], pages: Sequence[KnownPage], site: Site) -> FieldPlace:
    """Return the element that holds the text, the one from which the class reads it best.

    Args:
        page: The page class, with the selectors of the new layout as far as they are known.
        pages: Pages whose text is known.
        site: The newspaper.
    """
    if len(pages) < PAGES_MIN:
        return FieldPlace(field="body", verdict="unknown", known=len(pages))
    held = [(one, place) for one in pages if (place := one.body_place()) is not None]
    if len(held) < max(1, HELD_MIN_SHARE * len(pages)):
        return FieldPlace(field="body", verdict="vanished", known=len(pages))
    boxes = _boxes(held)
    if not boxes:
        path = path_of(held[0][1])
        return FieldPlace(
            field="body", verdict="scattered", path=path, known=len(pages), right=len(held)
        )
    judged = [one for one, _ in held[:_JUDGED_PAGES_MAX]]

    def worth(selector: str) -> float:
        return share_right("body", derived(page, {"body_selector": selector}), judged, site)

    best = max(boxes, key=worth)  # the innermost among equals, for it stands first
    return FieldPlace(
        field="body",
        verdict="stands",
        selector=best,
        path=path_of(elements(held[0][0].document.root, best)[0]),
        right=sum(_holds(one, place, best) for one, place in held),
        known=len(pages),
    )


def _boxes(held: Held) -> list[str]:
    """Return for each box around the text the simplest selector that finds it, innermost first."""
    least = max(PAGES_MIN, RIGHT_MIN_SHARE * len(held))
    found: dict[Element, str] = {}
    for _, place in held[:_NAMED_PAGES_MAX]:
        for box in islice(lineage(place), _BOXES_MAX):
            for selector in sorted(selectors_of(box), key=simplicity):
                if sum(_holds(one, inner, selector) for one, inner in held) >= least:
                    found.setdefault(box, selector)
                    break
    return list(dict.fromkeys(found.values()))


def _holds(page: KnownPage, place: Element, selector: str) -> bool:
    """Return whether the selector finds one element, and this holds the whole text."""
    found = elements(page.document.root, selector)
    return len(found) == 1 and found[0] in set(lineage(place))


# What is no text --------------------------------------------------------------------------------


def search_drops(
    page: type[ArticlePage], pages: Sequence[KnownPage], site: Site
) -> tuple[str, ...]:
    """Return selectors of boxes in the body's box whose words the class takes for text.

    Args:
        page: The page class, with the selectors of the new layout.
        pages: Pages whose text is known.
        site: The newspaper.
    """
    judged = list(pages[:_JUDGED_PAGES_MAX])
    counted = Counter[str]()
    for one in judged:
        counted.update(set(_extra_names(page, one, site)))
    safe = [name for name, count in counted.items() if count >= 1 and _is_safe(name, pages)]
    chosen: list[str] = []
    for _ in range(_DROPPED_MAX):
        least = _wrong_lines(page, chosen, judged, site)
        tried = {name: _wrong_lines(page, [*chosen, name], judged, site) for name in safe}
        best = min(sorted(tried, key=simplicity), key=tried.__getitem__, default=None)
        if not least or best is None or tried[best] >= least:
            break
        chosen.append(best)
    return tuple(chosen)


def _extra_names(page: type[ArticlePage], known: KnownPage, site: Site) -> Iterator[str]:
    """Yield selectors of the boxes that hold the lines which are read and are no text."""
    wanted = (known.article.body or "").split("\n\n")
    read = (read_partly(page, known, site).body or "").split("\n\n")
    root = known.document.root
    letters = [squeezed(line) for line in wanted]
    for line in set(read).difference(wanted, [""]):
        for element in elements_with(root, line):
            for box in islice(lineage(element), _BOXES_MAX):
                if any(holds_all(box, [text]) for text in letters):
                    break
                yield from (name for name in selectors_of(box) if " " not in name)


def _is_safe(selector: str, pages: Sequence[KnownPage]) -> bool:
    """Return whether what the selector finds holds no line of any page's text."""
    for known in pages:
        lines = [squeezed(line) for line in (known.article.body or "").split("\n\n")]
        for box in elements(known.document.root, selector):
            if any(holds_all(box, [line]) for line in lines):
                return False
    return True


def _wrong_lines(
    page: type[ArticlePage], drops: Sequence[str], pages: Sequence[KnownPage], site: Site
) -> int:
    """Return how many lines of the texts are read otherwise where these boxes are dropped."""
    tried = derived(page, {"drop_selector": joined(page.drop_selector, drops)})
    count = 0
    for known in pages:
        read = read_partly(tried, known, site)
        if not is_right("body", read, known):
            lines = (read.body or "").split("\n\n"), (known.article.body or "").split("\n\n")
            count += len(set(lines[0]) ^ set(lines[1])) or 1
    return count


def joined(old: str, drops: Sequence[str]) -> str:
    """Return one selector that finds what the old one and the further ones find.

    >>> joined("", ["div.ads", "p.date"]), joined("ul.share", ["div.ads"])
    ('div.ads, p.date', 'ul.share, div.ads')
    """
    if not drops:
        return old
    if old and is_xpath(old):
        return " | ".join([old, *(to_xpath(name, "./descendant::") for name in drops)])
    return ", ".join(filter(None, [old, *drops]))
