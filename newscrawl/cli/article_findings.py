"""What the articles of a first contact say of the page classes, field by field.

Each article is read by its page class and by the generic reader; the two are compared.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.cli.read_page import Newspaper
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Line, to_line
from newscrawl.page.completeness import check_whole
from newscrawl.page.document import Document
from newscrawl.text import counted

Verdict = Literal["as believed", "differs", "note"]
COMPARED: Final = (
    "headline", "lead", "body", "captions", "authors", "byline", "source", "section_path", "tags",
    "published_at",
)  # fmt: skip
_OPTIONAL: Final = ("lead", "captions", "byline", "section_path", "tags")
_MOST: Final = 0.8  # of the articles
_EVIDENCE: Final = {"published_at": "published", "section_path": "section", "byline": "authors"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One belief, and what the site said to it."""

    subject: str
    believed: str
    found: str
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArticle:
    """One article, field by field."""

    url: str
    page_class: str = ""
    """The page class whose marks it carries; "" = none"""
    problem: str = ""
    """What kept it from being read; "" = it was read"""
    is_article: bool = True
    evidence: dict[str, str] = field(default_factory=dict)
    line: Line | None = None
    generic: Line | None = None

    @property
    def differing(self) -> list[str]:
        """Return the fields that the generic reader reads otherwise."""
        if self.line is None or self.generic is None:
            return []
        return [name for name in COMPARED if self.line[name] != self.generic[name]]


def read_by_all(document: Document, newspaper: Newspaper) -> ReadArticle:
    """Return an article as its page class and as the generic reader read it."""
    generic = _generic_line(document, newspaper)
    page: ArticlePage | None = None
    try:
        check_whole(document)
        page = choose_page(newspaper.pages, document, newspaper.paper)
        line = to_line(normalize(page.to_item()))
    except NotAnArticleError as error:
        return ReadArticle(url=document.url, problem=error.why, is_article=False, generic=generic)
    except (ExtractionError, IncompletePageError) as error:
        return ReadArticle(
            url=document.url,
            page_class=_marked(newspaper, document),
            problem=_problem(error, newspaper, document),
            generic=generic,
        )
    return ReadArticle(
        url=document.url,
        page_class=type(page).__name__,
        evidence={name: str(value) for name, value in page.evidence.items()},
        line=line,
        generic=None if page.is_generic else generic,
    )


def _generic_line(document: Document, newspaper: Newspaper) -> Line | None:
    try:
        return to_line(normalize(GenericPage(document, newspaper.paper).to_item()))
    except (ExtractionError, IncompletePageError, NotAnArticleError):
        return None


def _marked(newspaper: Newspaper, document: Document) -> str:
    return next((page.__name__ for page in newspaper.pages if page.matches(document)), "")


def _problem(
    error: ExtractionError | IncompletePageError, newspaper: Newspaper, document: Document
) -> str:
    """Return what kept an article from being read: the marks that matched nothing where some do."""
    if not isinstance(error, ExtractionError):
        return f"not whole: {error.why}"
    if _marked(newspaper, document):
        return f"{error.field}: {error.why}"
    return "; ".join(_absent_marks(newspaper, document)) or f"{error.field}: {error.why}"


def _absent_marks(newspaper: Newspaper, document: Document) -> Iterator[str]:
    """Yield the selectors of the page class nearest to the page that match nothing on it."""
    nearest = min(newspaper.pages, key=lambda page: len(page.missing_fields(document)))
    places = {
        "headline": nearest.headline_selector,
        "published": nearest.published_selector,
        "body": nearest.body_selector,
    }
    absent = [f"{name} {selector}" for name, selector in places.items()
              if name in nearest.missing_fields(document)]  # fmt: skip
    marks = [mark for mark in nearest.identifying_selectors if not document.elements(mark)]
    absent += [f"mark {mark}" for mark in marks if mark not in places.values()]
    yield from (f"{nearest.__name__}: nothing matches its {what}" for what in absent)


def article_findings(articles: Sequence[ReadArticle]) -> Iterator[Finding]:
    """Yield what the articles say of the page classes and their fields."""
    asked = len(articles)
    if not asked:
        yield Finding(subject="articles", believed="the page classes read them",
                      found="none was read", verdict="differs")  # fmt: skip
        return
    read = [one for one in articles if one.line is not None]
    classes = Counter(one.page_class for one in read)
    told = ", ".join(f"{name} {count} of {asked}" for name, count in classes.items())
    if read:
        yield Finding(subject=counted(len(read), "article"), believed="the page classes read them",
                      found=told, verdict="as believed")  # fmt: skip
    problems = Counter(one.problem for one in articles if one.problem and one.is_article)
    for problem, count in problems.items():
        beside = sum(one.generic is not None for one in articles if one.problem == problem)
        yield Finding(
            subject=f"{count} of {asked} articles",
            believed="the page classes read them",
            found=f"{problem}; the generic reader reads {beside}",
            verdict="differs",
        )
    others = Counter(one.problem for one in articles if not one.is_article)
    for problem, count in others.items():
        yield Finding(subject=f"{count} of {asked} links", believed="they lead to articles",
                      found=problem, verdict="note")  # fmt: skip
    yield from _field_findings(read)


def _field_findings(read: Sequence[ReadArticle]) -> Iterator[Finding]:
    """Yield for each field how often it is read, from where, and whether generic reading agrees."""
    for name in COMPARED:
        values = [one.line[name] for one in read if one.line is not None]
        filled = sum(bool(value) for value in values)
        beside = [one for one in read if one.generic is not None]
        others = sum(bool(one.generic[name]) for one in beside if one.generic is not None)
        differing = sum(name in one.differing for one in beside)
        evidence = Counter(one.evidence.get(_EVIDENCE.get(name, name), "page") for one in read)
        places = ", ".join(f"{place} {count}" for place, count in evidence.items())
        told = f"{filled} of {len(read)} (from {places})"
        told += f"; generic differs on {differing}" if differing else ""
        is_lost = name in _OPTIONAL and not filled and beside and others >= _MOST * len(beside)
        if read:
            yield Finding(
                subject=f"field {name}",
                believed="its place is known",
                found=f"{told}; generic finds {others}" if is_lost else told,
                verdict="differs" if is_lost else "as believed",
            )


def article_json(article: ReadArticle) -> dict[str, Any]:
    """Return one article of the report as data."""
    found: dict[str, Any] = {"url": article.url, "page_class": article.page_class}
    if article.problem:
        found["problem"] = article.problem
    if article.line is not None:
        found["fields"] = {name: article.line[name] for name in COMPARED}
        found["evidence"] = article.evidence
    if article.generic is not None:
        found["generic"] = {
            name: article.generic[name]
            for name in COMPARED
            if article.line is None or name in article.differing
        }
    return found
