"""Where an article stands in the paper, and the keywords printed under it."""

from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.generic.ancestry import lineage, text_of
from newscrawl.article.generic.boilerplate import is_label
from newscrawl.article.generic.box_roles import Role, roles
from newscrawl.article.generic.survey import Survey
from newscrawl.page.selectors import Element, elements
from newscrawl.urls.canonical import resolve

_ABOVE: Final = 6  # blocks above the headline
_MOSTLY: Final = 0.6
_TAG_BOX: Final = 4  # a link and the boxes around it
_ELSEWHERE: Final[frozenset[Role]] = frozenset(["chrome", "related", "advert"])
_CRUMBS: Final = (
    "//*[contains(@itemtype, 'BreadcrumbList') or contains(@class, 'crumb')"
    " or contains(@id, 'crumb') or contains(@class, 'Crumb') or contains(@id, 'Crumb')]"
)
_HOME: Final = frozenset(["trang chủ", "trang nhất", "home", "homepage", ">", "»", "/"])
_EDGE: Final = " >»›/|–-•\xa0"


def find_trail(survey: Survey) -> tuple[str, ...]:
    """The sections the page prints the article under, outermost first.

    The breadcrumb; else the links whose address the article's own continues; else the short links
    right above the headline; else what the page's head names.
    """
    printed = _breadcrumb(survey) or _sections_of_address(survey) or _links_above(survey)
    return printed or _stated(survey)


def _breadcrumb(survey: Survey) -> tuple[str, ...]:
    seen: set[Element] = set()
    for element in elements(survey.document.root, _CRUMBS):
        link = next(element.iter("a"), None)
        if link is None or link in seen:  # inside one that names no section
            continue
        seen.update(element.iter("a"))
        if names := _section_names(survey, element):
            return tuple(name for name in names if not survey.is_headline(name))
    return ()


def _section_names(survey: Survey, element: Element) -> tuple[str, ...]:
    """Texts of the links to sections in the element."""
    names = (_label(link) for link in element.iter("a") if _is_section(survey, link))
    return tuple(dict.fromkeys(filter(None, names)))


def _is_section(survey: Survey, link: Element) -> bool:
    address = resolve(survey.base, link.get("href") or "")
    if address is None or urlsplit(address).path.strip("/") == "":
        return False
    return _label(link).casefold() not in _HOME


def _sections_of_address(survey: Survey) -> tuple[str, ...]:
    """Texts of the links whose paths are the beginnings of the article's own path."""
    own = urlsplit(survey.document.url)
    folders = [part for part in own.path.split("/") if part][:-1]
    wanted = {"/" + "/".join(folders[: n + 1]): n for n in range(len(folders))}
    found: dict[int, str] = {}
    for link in survey.document.root.iter("a") if wanted else ():
        path = urlsplit(resolve(survey.base, link.get("href") or "") or "").path.rstrip("/")
        if path in wanted and _label(link):
            found.setdefault(wanted[path], _label(link))
    return tuple(found[level] for level in sorted(found))


def _links_above(survey: Survey) -> tuple[str, ...]:
    """Texts of the links in the last line above the headline that is nothing but short links."""
    for index in range(survey.start - 1, max(-1, survey.start - 1 - _ABOVE), -1):
        block = survey.blocks[index]
        if not block.text or survey.link_shares[index] < _MOSTLY or is_label(block.text):
            continue
        if survey.around(block.box).isdisjoint(_ELSEWHERE):
            return _section_names(survey, block.box)
    return ()


def _stated(survey: Survey) -> tuple[str, ...]:
    metadata = survey.document.metadata
    news = metadata.news
    stated = (news.section if news else None) or metadata.first("article:section")
    stated = stated or next(iter(metadata.itemprop.get("articlesection", ())), None)
    return (stated.strip(_EDGE),) if stated and stated.strip(_EDGE) else ()


def find_tags(survey: Survey) -> tuple[str, ...]:
    """The keywords the page prints under the article, as it labels it."""
    found: list[Element] = []
    seen: set[Element] = set()  # a box may hold thousands of lines
    for index in range(survey.start + 1, len(survey.blocks)):
        box = survey.blocks[index].box
        if survey.hrefs[index] is not None and box not in seen:
            seen.add(box)
            is_box = "tags" in survey.around(box)
            found.extend(link for link in box.iter("a") if is_box or "tags" in roles(link))
    if not found:
        return ()
    group = list(lineage(found[0]))[:_TAG_BOX][-1]
    names = (_label(link) for link in found if group in lineage(link))
    return tuple(dict.fromkeys(name for name in names if name and not is_label(name)))


def _label(element: Element) -> str:
    return text_of(element).strip(_EDGE)
