"""Find the address of the next older page of a list, whatever its pager looks like.

What the head states comes first, then the links whose address names a page (`?page=2`, `/trang-2`),
then the numbers and words of a pager whose addresses count in a way of their own (`?start=20`).
"""

import re
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from newscrawl.article.generic.survey import Survey, leads_elsewhere
from newscrawl.page.element_text import text_of
from newscrawl.page.selectors import Element, elements, first
from newscrawl.urls.canonical import BadAddressError, canonical, resolve, spellings

_NEXT_LABEL: Final = re.compile(
    r"»|›|>|>>|→|next|older.*|(?:trang )?(?:sau|tiếp|kế)(?: theo)?|xem (?:thêm|tiếp).*|tải thêm.*"
    r"|tin cũ hơn",
    re.IGNORECASE,
)
_PAGER_EDGES: Final = re.compile(r"^(?:trang|page)\s*(?=\d)|(?<=\w)[\s»›>→]+$", re.IGNORECASE)
_PAGE_NUMBER: Final = re.compile(
    r"(?:[?&/-](?:p|page|trang|pageindex|paged)[=/-]?)(\d{1,5})(?!\d)", re.IGNORECASE
)
_PAGES_MAX: Final = 99_999
_SUFFIX_MAX_CHARS: Final = 20
_ENDING: Final = re.compile(r"(?:\.\w{2,5}|/)$")
_DIGITS: Final = re.compile(r"\d+")


def next_page(survey: Survey) -> str | None:
    """Return the address of the next older page; None on the last page."""
    stated = first(elements(survey.document.root, "//*[@rel='next'][@href]"))
    if stated is not None:
        return _own_page(survey, stated)
    links = [link for link in survey.document.root.iter("a") if leads_elsewhere(link.get("href"))]
    return _by_address(survey, links) or _by_numbers(survey, links) or _by_word(survey, links)


def turns_page(label: str) -> bool:
    """Return whether a link's words are those of a pager.

    >>> turns_page("Tiếp »"), turns_page("Thời sự")
    (True, False)
    """
    return _NEXT_LABEL.fullmatch(_PAGER_EDGES.sub("", label)) is not None


def _by_address(survey: Survey, links: list[Element]) -> str | None:
    """Return the next page by links whose addresses name a page in a usual way."""
    here = _page_number(survey.document.url)
    wants: tuple[Callable[[str, int | None], bool], ...] = (_is_next_number, _is_next_word)
    for is_wanted in wants:
        for link in links:
            if is_wanted(_pager_label(link), here):
                address = _own_page(survey, link)
                if address is not None and _follows(_page_number(address), here):
                    return address
    return None


def _pager_label(link: Element) -> str:
    """Return a pager's label without the word before its number, and without its arrows."""
    return _PAGER_EDGES.sub("", text_of(link)) or text_of(link)


def _is_next_number(label: str, here: int | None) -> bool:
    """Return whether a label numbers the next page; the addresses may count from 0 or from 1."""
    return label in (("2",) if here is None else (str(here + 1), str(here + 2)))


def _is_next_word(label: str, here: int | None = None) -> bool:  # noqa: ARG001
    return _NEXT_LABEL.fullmatch(label) is not None


def _follows(number: int | None, here: int | None) -> bool:
    """Return whether an address is that of the next page.

    The first page has no number; the second one is 2, or 1 where the addresses count from 0.
    """
    return number in (1, 2) if here is None else number == here + 1


def _by_numbers(survey: Survey, links: list[Element]) -> str | None:
    """Return the next page by a pager's numbers: the page shown is linked to itself or missing."""
    pages: dict[int, str] = {}
    for label, address in _related(survey, links):
        if label.isdecimal() and 0 < int(label) <= _PAGES_MAX:
            pages.setdefault(int(label), address)
    own = _same(survey.document.url)
    shown = next((number for number, address in pages.items() if _same(address) == own), None)
    if shown is not None:
        return pages.get(shown + 1)
    gaps = [n for n in (0, *pages) if n + 1 not in pages and n + 2 in pages]
    return pages[gaps[0] + 2] if len(gaps) == 1 else None


def _by_word(survey: Survey, links: list[Element]) -> str | None:
    """Return the next page by a link that says so and leads to the same list."""
    own = _same(survey.document.url)
    found = (a for label, a in _related(survey, links) if _is_next_word(label) and _same(a) != own)
    return next(found, None)


def _related(survey: Survey, links: list[Element]) -> Iterator[tuple[str, str]]:
    """Yield label and address of the links that lead to another page of the same list."""
    for link in links:
        label = _pager_label(link)
        if label.isdecimal() or _is_next_word(label):
            address = _own_page(survey, link)
            if address is None or _page_number(address) is not None:  # asked by its number above
                continue
            if _is_of_list(address, survey.document.url):
                yield label, address


def _is_of_list(address: str, own: str) -> bool:
    """Return whether two addresses may be pages of one list: they differ in a number.

    >>> _is_of_list("https://bao.vn/kinh-te?start=20", "https://bao.vn/kinh-te")
    True
    >>> _is_of_list("https://bao.vn/kinh-te-2.html", "https://bao.vn/kinh-te.html")
    True
    >>> _is_of_list("https://bao.vn/xa-hoi?start=20", "https://bao.vn/kinh-te")
    False
    """
    theirs, ours = urlsplit(address), urlsplit(own)
    if theirs.path.rstrip("/") == ours.path.rstrip("/"):
        changed = set(parse_qsl(theirs.query)) - set(parse_qsl(ours.query))
        kept = {name for name, _ in parse_qsl(ours.query)} <= {
            n for n, _ in parse_qsl(theirs.query)
        }
        return not theirs.query or (kept and any(value.isdecimal() for _, value in changed))
    if _DIGITS.sub("#", theirs.path) == _DIGITS.sub("#", ours.path):
        return True
    return _is_numbered(theirs.path, ours.path) or _is_numbered(ours.path, theirs.path)


def _is_numbered(path: str, first_page: str) -> bool:
    """Return whether a path is that of the first page with a number behind it."""
    stem = _ENDING.sub("", first_page)
    rest = path.removeprefix(stem)
    is_longer = path.startswith(stem) and len(rest) <= _SUFFIX_MAX_CHARS
    return is_longer and _DIGITS.search(rest) is not None


def _same(address: str) -> str:
    try:
        return canonical(address)
    except BadAddressError:
        return address


def _own_page(survey: Survey, link: Element) -> str | None:
    """Return the link's address if on the page's own host, else None."""
    address = resolve(survey.document.base_url, link.get("href") or "")
    hosts = spellings(urlsplit(survey.document.url).hostname or "")
    return address if address is not None and urlsplit(address).hostname in hosts else None


def _page_number(address: str) -> int | None:
    match = _PAGE_NUMBER.search(address)
    return int(match[1]) if match else None
