"""Family G: what its pages alone have."""

from newscrawl.cms.thanhhoa import ThanhHoaPage
from tests.support.family_examples import (
    html,
    read,
)


def test_a_lead_in_a_list_beside_is_not_the_articles() -> None:
    beside = '<div><p class="sapo">Tin khác trong ngày.</p></div>'
    text = html(ThanhHoaPage, lead="").replace("</body>", f"{beside}</body>")
    assert read(ThanhHoaPage, text).lead is None
