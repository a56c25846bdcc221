"""A redesign of any family: what is proposed reads its pages exactly."""

import pytest

from newscrawl.article.redesign.layout_trial import FIELDS
from tests.support.families import NAMES
from tests.support.redesigned import redesigned, removed, renamed

pytestmark = pytest.mark.thorough

# LegacyPage (K) knows a field by its box's property, which no change of classes touches; the
# second lead of MediatechPage (F) repeats the first, word for word.
UNTOUCHED = "K"
TWO_LEADS = "F"


@pytest.mark.parametrize("family", NAMES)
def test_the_class_proposed_reads_every_page_as_before(family: str) -> None:
    found = redesigned(family, renamed(*FIELDS))
    layout = found.search()
    assert layout.read == layout.pages == len(found.pages) > 10
    assert {name: layout.right[name] for name in FIELDS} == {
        name: layout.known[name] for name in FIELDS
    }
    assert layout.known["headline"] == layout.known["published_at"] == layout.pages
    assert bool(layout.attributes) is (family != UNTOUCHED)
    verdicts = {one.field: one.verdict for one in layout.found}
    if family == TWO_LEADS:
        assert verdicts.pop("lead") == "ambiguous"
    assert set(verdicts.values()) <= {"stands"}


@pytest.mark.parametrize("family", ["C", "D", "E2"])
def test_a_lead_that_is_gone_is_told_as_vanished(family: str) -> None:
    layout = redesigned(family, renamed("headline"), removed("lead")).search()
    told = {one.field: one.verdict for one in layout.found}
    assert told["lead"] == "vanished"
    assert told["headline"] == "stands"
    assert "lead_selector" not in layout.attributes
