"""Find the sections that a page prints its article under, and the printed tags."""

import re
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.boilerplate import is_label
from newscrawl.article.box_roles import Role, roles
from newscrawl.article.generic.survey import Survey
from newscrawl.page.ancestry import lineage
from newscrawl.page.element_text import text_of
from newscrawl.page.metadata import HOME_LABELS
from newscrawl.page.selectors import Element, elements
from newscrawl.urls.canonical import resolve

_SECTION_LINE_MAX_BLOCKS: Final = 6  # above the headline
_LINK_LINE_MIN_SHARE: Final = 0.6
_TAG_BOX_ANCESTORS: Final = 4  # the link is the first of them
_TAG_MAX_CHARS: Final = 60
_OTHER_LINK_ROLES: Final[frozenset[Role]] = frozenset(["chrome", "related", "advert"])
_BREADCRUMBS: Final = (
    "//*[contains(@itemtype, 'BreadcrumbList') or contains(@class, 'crumb')"
    " or contains(@id, 'crumb') or contains(@class, 'Crumb') or contains(@id, 'Crumb')]"
)
_ARROWS: Final = frozenset([">", "»", "/"])
_LABEL_EDGES: Final = " >»›|–-•\xa0"
_TAG_LABEL: Final = re.compile(
    r"\W*(?:từ kh(?:óa|oá)(?: liên quan)?|tags?|thẻ|keywords?|topics?|chủ đề)\s*:?\s*",
    re.IGNORECASE,
)


def find_trail(survey: Survey) -> tuple[str, ...]:
    """Return the sections of the article, outermost first; () where the page names none.

    The breadcrumb comes first, then the links to the folders of the article's own address, then
    the short links right above the headline, then the section in the page's head. Where the
    printed breadcrumb holds a menu, the breadcrumb in the page's head is believed.
    """
    sections = survey.document.metadata.sections
    printed = _breadcrumb(survey, sections)
    stated = tuple(name for name in sections if not survey.is_headline(name))
    if printed and len(stated) > 1 and _passes_by(printed, stated):
        return stated
    printed = printed or _sections_of_address(survey) or _links_above(survey)
    return printed or tuple(name.strip(_LABEL_EDGES) for name in stated)


def _passes_by(printed: tuple[str, ...], stated: tuple[str, ...]) -> bool:
    """Return whether the printed names are a menu or lack an outer level of the stated trail."""
    names = [name.casefold() for name in stated]
    own = [name.casefold() for name in printed]
    return any(name not in names for name in own) or len(own) < len(names)


def _breadcrumb(survey: Survey, stated: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the printed breadcrumb; of several the one that names what is stated."""
    trails: list[tuple[str, ...]] = []
    seen: set[Element] = set()
    for element in elements(survey.document.root, _BREADCRUMBS):
        link = next(element.iter("a"), None)
        if link is None or link in seen:  # inside a breadcrumb that was read and names no section
            continue
        seen.update(element.iter("a"))
        names = _section_names(survey, element)
        if names := tuple(name for name in names if not survey.is_headline(name)):
            trails.append(names)
            if not stated:
                break
    innermost = stated[-1].casefold() if stated else ""
    named = (trail for trail in trails if innermost in map(str.casefold, trail))
    return next(named, trails[0] if trails else ())


def _section_names(survey: Survey, element: Element) -> tuple[str, ...]:
    """Return the texts of the links to sections in the element, each once."""
    names = (_label(link) for link in element.iter("a") if _is_section(survey, link))
    return tuple(dict.fromkeys(filter(None, names)))


def _is_section(survey: Survey, link: Element) -> bool:
    address = resolve(survey.document.base_url, link.get("href") or "")
    if address is None or urlsplit(address).path.strip("/") == "":
        return False
    label = _label(link).casefold()
    return label not in HOME_LABELS and label not in _ARROWS


def _sections_of_address(survey: Survey) -> tuple[str, ...]:
    """Return the texts of the links to the folders of the article's own address."""
    own = urlsplit(survey.document.url)
    folders = [part for part in own.path.split("/") if part][:-1]
    wanted = {"/" + "/".join(folders[: n + 1]): n for n in range(len(folders))}
    found: dict[int, str] = {}
    for link in survey.document.root.iter("a") if wanted else ():
        address = resolve(survey.document.base_url, link.get("href") or "")
        path = urlsplit(address or "").path.rstrip("/")
        if path in wanted and _label(link):
            found.setdefault(wanted[path], _label(link))
    return tuple(found[level] for level in sorted(found))


def _links_above(survey: Survey) -> tuple[str, ...]:
    """Return the texts of the links in the nearest line of links above the headline."""
    for index in range(survey.start - 1, max(-1, survey.start - 1 - _SECTION_LINE_MAX_BLOCKS), -1):
        block = survey.blocks[index]
        is_link_line = block.text and survey.link_shares[index] >= _LINK_LINE_MIN_SHARE
        if not is_link_line or is_label(block.text):
            continue
        if survey.around(block.box).isdisjoint(_OTHER_LINK_ROLES):
            names = _section_names(survey, block.box)
            return tuple(name for name in names if name in block.text)
    return ()


def find_tags(survey: Survey) -> tuple[str, ...]:
    """Return the tags as printed: the links in boxes named for tags or behind a label for tags."""
    found: list[Element] = []
    seen: set[Element] = set()  # asked once: one box may hold thousands of lines
    for index in range(survey.start + 1, len(survey.blocks)):
        box = survey.blocks[index].box
        if survey.hrefs[index] is not None and box not in seen:
            seen.add(box)
            is_box = "tags" in survey.around(box)
            links = (link for link in box.iter("a") if "category" not in (link.get("rel") or ""))
            found.extend(link for link in links if is_box or "tags" in roles(link))
    names = _names_in_one_box(found) or _labelled(survey)
    return tuple(dict.fromkeys(name for name in names if name and not _TAG_LABEL.fullmatch(name)))


def _names_in_one_box(found: list[Element]) -> list[str]:
    if not found:
        return []
    group = list(lineage(found[0]))[:_TAG_BOX_ANCESTORS][-1]
    return [_tag(link) for link in found if group in lineage(link)]


def _labelled(survey: Survey) -> list[str]:
    """Return the texts of the links in the block that begins with a label, or right below it."""
    for index in range(survey.start + 1, len(survey.blocks)):
        block = survey.blocks[index]
        label = _TAG_LABEL.match(block.text)
        if label is None or (label[0].rstrip()[-1:] != ":" and label.end() < len(block.text)):
            continue
        box = block.box if label.end() < len(block.text) else block.box.getparent()
        if box is not None and box not in survey.spine and not survey.prose_below.get(box):
            links = [link for link in box.iter("a") if len(_tag(link)) <= _TAG_MAX_CHARS]
            if links:
                return [_tag(link) for link in links]
    return []


def _label(element: Element) -> str:
    return text_of(element).strip(_LABEL_EDGES).removesuffix("/").strip(_LABEL_EDGES)


def _tag(link: Element) -> str:
    """Return the tag as printed, without commas and arrows that part it from the next one."""
    return text_of(link).strip(_LABEL_EDGES + ",;")
