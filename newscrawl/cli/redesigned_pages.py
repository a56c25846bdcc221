"""The kept pages of a newspaper that its page class does not read as before, out of its archive."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.ledger.opening import DATABASE
from newscrawl.archive.warc.page_reader import KeptPage, read_page
from newscrawl.article.article_page import ArticlePage
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page, most_alike
from newscrawl.article.redesign.known_page import KnownPage
from newscrawl.article.redesign.layout_trial import FIELDS, is_known
from newscrawl.article.redesign.new_layout import ATTRIBUTES, LayoutSearch, NewLayout
from newscrawl.cli.read_page import Newspaper
from newscrawl.exceptions import (
    ArchiveError,
    ExtractionError,
    IncompletePageError,
    NotAnArticleError,
)
from newscrawl.items import Article, Line, from_line
from newscrawl.monitoring.health import template_of
from newscrawl.monitoring.indicators import STAND_IN
from newscrawl.page.completeness import check_whole
from newscrawl.page.document import Document

REDESIGNED_MAX: Final = 60
"""Pages of the new layout that are compared"""
_LOOKED_AT_MAX: Final = 600  # newest pages, among which the former layout may still be
_OK: Final = 200


def redesign_of(folder: Path, newspaper: Newspaper, page: KeptPage) -> NewLayout | None:
    """Return what the newest pages say of the redesign that one of them shows.

    The result is None where that page is no article's, or is read as before.
    """
    key = newspaper.key_of(page.url)
    if key is None or not (folder / DATABASE).is_file():
        return None
    with Ledger.open_to_read(folder) as ledger:
        known = known_page(page, newspaper, known_line(ledger, key, page.payload_ref))
        if known is None or not is_unlike(newspaper, known):
            return None
        found = list(_unlike(folder, newspaper, ledger))
    if not found:
        return None
    templates = Counter(template for template, known in found if known.is_archived)
    former = templates.most_common(1)[0][0] if templates else ""
    pages = [known for template, known in found if template in ("", former)]
    cls = _page_class(newspaper, former) or most_alike(newspaper.pages, pages[0].document)
    return None if cls.is_generic else LayoutSearch(cls, pages, newspaper.paper).run()


def _page_class(newspaper: Newspaper, template: str) -> type[ArticlePage] | None:
    """Return the newspaper's page class of a template, as `extractor` names it."""
    classes = (page for page in newspaper.pages if template_of(f"/{page.version}") == template)
    return next(classes, None)


def _unlike(folder: Path, newspaper: Newspaper, ledger: Ledger) -> Iterator[tuple[str, KnownPage]]:
    """Yield the newest articles' pages that read otherwise than before, each with its template.

    The template is that of the page class which read the article in an earlier run; "" = none did.
    """
    count = 0
    for url, ref in ledger.pages.last_refs(_LOOKED_AT_MAX):
        key = newspaper.key_of(url)
        if key is None or count >= REDESIGNED_MAX:
            continue
        try:
            kept = read_page(folder, ref)
        except ArchiveError:
            continue
        line = known_line(ledger, key, ref)
        known = known_page(kept, newspaper, line) if kept.status == _OK else None
        if known is not None and is_unlike(newspaper, known):
            count += 1
            yield template_of(line["extractor"]) if line is not None else "", known


def known_line(ledger: Ledger, key: str, ref: str) -> Line | None:
    """Return the newest version of an article that a page class read of another page than this."""
    line = ledger.articles.line(key)
    versions: list[Line] = [*ledger.articles.revisions(key), *([line] if line is not None else [])]
    for version in reversed(versions):
        if version["raw_ref"] != ref and template_of(version["extractor"]) != STAND_IN:
            return version
    return None


def known_page(kept: KeptPage, newspaper: Newspaper, line: Line | None) -> KnownPage | None:
    """Return the page with what it says; None where nothing is known of it and it is no article."""
    document = Document(
        kept.url,
        kept.body,
        fetched_at=kept.fetched_at,
        content_type=kept.header("content-type"),
        status=kept.status,
    )
    try:
        check_whole(document)
        if line is not None:
            return KnownPage(document, from_line(line), is_archived=True)
        article = normalize(GenericPage(document, newspaper.paper).to_item())
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        return None
    return KnownPage(document, article, is_archived=False)


def is_unlike(newspaper: Newspaper, known: KnownPage) -> bool:
    """Return whether the page classes cannot read the page, or miss a field that it states."""
    try:
        page = choose_page(newspaper.pages, known.document, newspaper.paper)
        article = normalize(page.to_item())
    except ExtractionError:
        return True
    except (IncompletePageError, NotAnArticleError):
        return False
    if page.is_generic:  # it stands behind a class of a family
        return not newspaper.pages[0].is_generic
    return any(_is_missed(name, page, article, known) for name in FIELDS)


def _is_missed(field: str, page: ArticlePage, article: Article, known: KnownPage) -> bool:
    """Return whether a field is known of the page and is not read, though it has its selector.

    What the generic reader alone knows counts where the class's selector for it finds nothing.
    """
    if not is_known(field, known):
        return False
    is_date = field == "published_at"
    if article.published_source == "page" if is_date else getattr(article, field):
        return False
    selector = str(getattr(page, ATTRIBUTES[field], ""))
    is_bare = bool(selector) and not known.document.elements(selector)
    return known.is_archived or is_bare
