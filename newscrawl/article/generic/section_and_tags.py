"""Find the sections that a page prints its article under, and the printed tags."""

from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.generic.boilerplate import is_label
from newscrawl.article.generic.box_roles import Role, roles
from newscrawl.article.generic.survey import Survey
from newscrawl.page.ancestry import lineage, text_of
from newscrawl.page.selectors import Element, elements
from newscrawl.urls.canonical import resolve

_SECTION_LINE_MAX_BLOCKS: Final = 6  # above the headline
_LINK_LINE_MIN_SHARE: Final = 0.6
_TAG_BOX_ANCESTORS: Final = 4  # the link is the first of them
_OTHER_LINK_ROLES: Final[frozenset[Role]] = frozenset(["chrome", "related", "advert"])
_BREADCRUMBS: Final = (
    "//*[contains(@itemtype, 'BreadcrumbList') or contains(@class, 'crumb')"
    " or contains(@id, 'crumb') or contains(@class, 'Crumb') or contains(@id, 'Crumb')]"
)
_HOME_LABELS: Final = frozenset(["trang chủ", "trang nhất", "home", "homepage", ">", "»", "/"])
_LABEL_EDGES: Final = " >»›/|–-•\xa0"


def find_trail(survey: Survey) -> tuple[str, ...]:
    """Return the sections of the article, outermost first; () where the page names none.

    The breadcrumb comes first, then the links to the folders of the article's own address, then
    the short links right above the headline, then the section in the page's head.
    """
    printed = _breadcrumb(survey) or _sections_of_address(survey) or _links_above(survey)
    return printed or _stated(survey)


def _breadcrumb(survey: Survey) -> tuple[str, ...]:
    seen: set[Element] = set()
    for element in elements(survey.document.root, _BREADCRUMBS):
        link = next(element.iter("a"), None)
        if link is None or link in seen:  # inside a breadcrumb that was read and names no section
            continue
        seen.update(element.iter("a"))
        if names := _section_names(survey, element):
            return tuple(name for name in names if not survey.is_headline(name))
    return ()


def _section_names(survey: Survey, element: Element) -> tuple[str, ...]:
    """Return the texts of the links to sections in the element, each once."""
    names = (_label(link) for link in element.iter("a") if _is_section(survey, link))
    return tuple(dict.fromkeys(filter(None, names)))


def _is_section(survey: Survey, link: Element) -> bool:
    address = resolve(survey.document.base_url, link.get("href") or "")
    if address is None or urlsplit(address).path.strip("/") == "":
        return False
    return _label(link).casefold() not in _HOME_LABELS


def _sections_of_address(survey: Survey) -> tuple[str, ...]:
    """Return the texts of the links to the folders of the article's own address."""
    own = urlsplit(survey.document.url)
    folders = [part for part in own.path.split("/") if part][:-1]
    wanted = {"/" + "/".join(folders[: n + 1]): n for n in range(len(folders))}
    found: dict[int, str] = {}
    for link in survey.document.root.iter("a") if wanted else ():
        path = urlsplit(
            resolve(survey.document.base_url, link.get("href") or "") or ""
        ).path.rstrip("/")
        if path in wanted and _label(link):
            found.setdefault(wanted[path], _label(link))
    return tuple(found[level] for level in sorted(found))


def _links_above(survey: Survey) -> tuple[str, ...]:
    """Return the texts of the links in the nearest line of links above the headline."""
    for index in range(survey.start - 1, max(-1, survey.start - 1 - _SECTION_LINE_MAX_BLOCKS), -1):
        block = survey.blocks[index]
        if (
            not block.text
            or survey.link_shares[index] < _LINK_LINE_MIN_SHARE
            or is_label(block.text)
        ):
            continue
        if survey.around(block.box).isdisjoint(_OTHER_LINK_ROLES):
            return _section_names(survey, block.box)
    return ()


def _stated(survey: Survey) -> tuple[str, ...]:
    metadata = survey.document.metadata
    news = metadata.news
    stated = (news.section if news else None) or metadata.first("article:section")
    stated = stated or next(iter(metadata.itemprop.get("articlesection", ())), None)
    return (stated.strip(_LABEL_EDGES),) if stated and stated.strip(_LABEL_EDGES) else ()


def find_tags(survey: Survey) -> tuple[str, ...]:
    """Return the tags as printed: the links in boxes named for tags, below the headline."""
    found: list[Element] = []
    seen: set[Element] = set()  # asked once: one box may hold thousands of lines
    for index in range(survey.start + 1, len(survey.blocks)):
        box = survey.blocks[index].box
        if survey.hrefs[index] is not None and box not in seen:
            seen.add(box)
            is_box = "tags" in survey.around(box)
            found.extend(link for link in box.iter("a") if is_box or "tags" in roles(link))
    if not found:
        return ()
    group = list(lineage(found[0]))[:_TAG_BOX_ANCESTORS][-1]
    names = (_label(link) for link in found if group in lineage(link))
    return tuple(dict.fromkeys(name for name in names if name and not is_label(name)))


def _label(element: Element) -> str:
    return text_of(element).strip(_LABEL_EDGES)
