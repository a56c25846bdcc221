"""What becomes of a run of twenty articles when their pages have been redesigned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final, Literal

from newscrawl.article.normalize import normalize
from newscrawl.article.page_class_choice import choose_page
from newscrawl.exceptions import ExtractionError, IncompletePageError, NotAnArticleError
from newscrawl.items import Article
from newscrawl.monitoring.health import Health, Regression, template_of
from tests.mutations.anatomy import marked, parsed, unmarked
from tests.mutations.surgery import Mutation
from tests.support.families import Saved, pages_of

RUN: Final = 20
EARLIER: Final = (30, 30, 30, 30, 30, 30)
"""Articles of each earlier run"""
# What the page says; how it says it (the date's words and where they stood) a redesign may change.
COMPARED: Final = (
    "headline", "lead", "body", "captions", "images", "authors", "byline", "source", "source_url",
    "source_line", "section_path", "tags", "kind", "published_at",
)  # fmt: skip

Verdict = Literal["not there", "exact", "noticed", "silent", "misnamed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a redesign did to a run, and what the run's report says of it."""

    verdict: Verdict
    wrong: tuple[str, ...]
    """Fields that read otherwise than before"""
    named: tuple[Regression, ...]

    def __str__(self) -> str:
        fields = dict.fromkeys(weak.field for weak in self.named)
        return f"{self.verdict}({', '.join(fields)})" if fields else self.verdict


@dataclass(frozen=True, slots=True)
class Base:
    """A family's run before the redesign, and the runs before that."""

    pages: tuple[Saved, ...]
    articles: tuple[Article, ...]
    marked: tuple[str, ...]
    unchanged: tuple[str, ...]
    before: tuple[dict[str, Any], ...]
    health: Health


def read(saved: Saved, health: Health, html: str | None = None) -> Article | None:
    """The page as a crawl reads it, told to the health tally; None where its layout cannot."""
    page = None
    try:
        page = choose_page(saved.newspaper.pages, saved.document(html), saved.newspaper.paper)
        article = normalize(page.to_item())
    except ExtractionError as error:
        template = template_of(f"/{page.version}") if page else "no known template"
        health.failed(template, error.field, saved.url)
    except NotAnArticleError as error:
        health.refused(error.why, saved.url)
    except IncompletePageError:
        health.refused("not whole", saved.url)
    else:
        health.saw(article)
        return article
    return None


@cache
def base(family: str) -> Base:
    pages = pages_of(family)
    return based_on(tuple(islice(pages, RUN)), tuple(_records(pages)))


def _records(pages: Iterator[Saved]) -> Iterator[dict[str, Any]]:
    for size in EARLIER:
        health = Health()
        for page in islice(pages, size):
            read(page, health)
        yield health.record()


def based_on(pages: tuple[Saved, ...], before: tuple[dict[str, Any], ...]) -> Base:
    health = Health()
    articles = tuple(filter(None, (read(page, health) for page in pages)))
    assert len(articles) == len(pages)
    texts = tuple(marked(p.html, a) for p, a in zip(pages, articles, strict=True))
    unchanged = tuple(unmarked(parsed(text)) for text in texts)
    return Base(pages, articles, texts, unchanged, before, health)


def outcome(mutation: Mutation, run: Base) -> Outcome:
    """The run's pages redesigned and read again."""
    health, wrong = Health(), set[str]()
    html = tuple(map(mutation, run.marked))
    if html == run.unchanged:
        return Outcome("not there", (), ())
    for page, article, changed in zip(run.pages, run.articles, html, strict=True):
        again = read(page, health, changed)
        wrong.update(differences(article, again) if again is not None else ["all"])
    named = health.weaknesses(run.before, {})
    return Outcome(verdict(wrong, named, mutation.fields), tuple(sorted(wrong)), named)


SWAPPED: Final = frozenset(["layout", "headline", "published", "body"])
"""What a report may name where a newspaper's pages come in another family's template"""


def swapped(run: Base, other: Base) -> Outcome:
    """The newspaper's addresses with another family's pages behind them: a new CMS, a known one."""
    health, wrong = Health(), set[str]()
    for own, page, article in zip(run.pages, other.pages, other.articles, strict=True):
        again = read(own, health, page.html)
        wrong.update(differences(article, again) if again is not None else ["all"])
    named = health.weaknesses(run.before, {}) if wrong else ()
    return Outcome(verdict(wrong, named, SWAPPED), tuple(sorted(wrong)), named)


def verdict(wrong: set[str], named: Sequence[Regression], fields: frozenset[str]) -> Verdict:
    if not named:
        return "silent" if wrong else "exact"
    return "noticed" if any(weak.field in fields for weak in named) else "misnamed"


def differences(one: Article, other: Article) -> tuple[str, ...]:
    """The compared fields that two readings do not share."""
    return tuple(name for name in COMPARED if getattr(one, name) != getattr(other, name))
