"""What is told of a redesign, and the page class that is proposed, as Python reads it."""

from dataclasses import replace
from typing import Any

import pytest

from newscrawl.article.article_page import ArticlePage
from newscrawl.article.normalize import normalize
from newscrawl.article.redesign.layout_trial import FIELDS
from newscrawl.cli.redesign_report import class_lines, report, version
from newscrawl.cms.epi import EpiPage
from newscrawl.spiders.baolaocai import BaoLaoCaiSpider
from tests.support.redesigned import Redesigned, printed_twice, redesigned, removed, renamed


@pytest.fixture(scope="module")
def found() -> Redesigned:
    return redesigned("C", renamed(*FIELDS), pages=8)


def written(lines: list[str]) -> type[ArticlePage]:
    """The class that the lines define."""
    names: dict[str, Any] = {"EpiPage": EpiPage, "__name__": "newscrawl.cms.epi"}
    exec("\n".join(lines), names)  # noqa: S102  (it is the proposal that is tested)
    made: type[ArticlePage] = names["BaoLaoCaiPage"]
    assert issubclass(made, EpiPage)
    return made


def test_the_class_as_printed_reads_every_page(found: Redesigned) -> None:
    made = written(list(class_lines(found.search(), BaoLaoCaiSpider)))
    for known in found.pages:
        assert made.matches(known.document)
        article = normalize(made(known.document, found.site).to_item())
        assert [getattr(article, name) for name in FIELDS] == [
            getattr(known.article, name) for name in FIELDS
        ]


def test_the_class_does_not_match_pages_of_the_former_layout(found: Redesigned) -> None:
    made = written(list(class_lines(found.search(), BaoLaoCaiSpider)))
    before = redesigned("C", pages=8)
    assert not any(made.matches(known.document) for known in before.pages)


def test_the_class_has_a_template_of_its_own(found: Redesigned) -> None:
    made = written(list(class_lines(found.search(), BaoLaoCaiSpider)))
    assert made.version == "c.baolaocai.1"
    assert made.__doc__ == "Báo Lào Cai since its redesign."


def test_a_second_redesign_has_another_template(
    found: Redesigned, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = written(list(class_lines(found.search(), BaoLaoCaiSpider)))
    monkeypatch.setattr(BaoLaoCaiSpider, "pages", (first, EpiPage))
    assert version(found.search(), BaoLaoCaiSpider) == "c.baolaocai1.1"
    lines = list(class_lines(found.search(), BaoLaoCaiSpider))
    assert lines[0] == "class BaoLaoCaiPage2(EpiPage):"


def test_the_report_names_marks_places_and_counts(found: Redesigned) -> None:
    told = list(report(found.search(), BaoLaoCaiSpider))
    assert told[0] == (
        "EpiPage does not read 8 of the newest pages as before;"
        " the archive holds 8 of their articles from earlier pages"
    )
    assert (
        "  matches nothing: h1.article__title.cms-title (identifying_selectors, headline_selector)"
    ) in told
    [headline] = [line for line in told if line.startswith("  headline: ")]
    assert headline.startswith(
        "  headline: `h1.moi-article__title` gives the headline of 8 of 8: html.no-js > body."
    )
    assert headline.endswith(" > h1.moi-article__title.moi-cms-title")
    assert "  with the class below 8 of 8 pages are read; as is known:" in told
    assert any(
        line.startswith("    headline 8 of 8, lead 8 of 8, date 8 of 8, body 8") for line in told
    )
    assert "  beside EpiPage in newscrawl/cms/epi.py:" in told
    assert told[-1] == ("  and in newscrawl/spiders/baolaocai.py: pages = (BaoLaoCaiPage, EpiPage)")


def test_a_field_that_is_gone_is_told() -> None:
    told = list(report(redesigned("C", removed("lead"), pages=8).search(), BaoLaoCaiSpider))
    assert "  lead: vanished: none of 8 pages shows the lead that is known" in told
    assert not any("class " in line for line in told)


def test_a_field_in_two_places_is_told_with_both() -> None:
    told = list(report(redesigned("C", printed_twice("lead"), pages=8).search(), BaoLaoCaiSpider))
    [line] = [one for one in told if one.startswith("  lead: ")]
    assert line.startswith("  lead: ambiguous: `")
    assert "`div.moi-article__sapo`" in line
    assert "`div.lap-lai`" in line
    assert line.endswith(" give it on 8 of 8 pages each: no proposal")


def test_a_class_without_a_selector_for_the_lead_is_told(found: Redesigned) -> None:
    """Template A2 reads the lead from the text; now it stands in a box above that."""
    layout = found.search()
    plain = type("PlainPage", (ArticlePage,), {"version": "x.1", "identifying_selectors": ()})
    told = list(report(replace(layout, page=plain), BaoLaoCaiSpider))
    [line] = [one for one in told if one.startswith("  lead: ")]
    assert line.endswith("(PlainPage has no lead_selector: write a method lead)")
