"""Family B: what its pages and lists alone have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.cms.dataimages import DataImagesPage, DataImagesSection, channel_key
from newscrawl.exceptions import ExtractionError
from tests.support.family_examples import (
    DOMAIN,
    PAPER,
    document,
    html,
    read,
)


def test_a_channel_holds_its_own_articles_only() -> None:
    section = DataImagesSection(path="/channel/7/")
    text = '<a href="/channel/7/201105/con-duong-len-ban-204511/">Của mục</a>'
    text += '<a href="/channel/8/201105/khac-204512/">Mục khác</a>'
    page = section.read(document(text, section.start(PAPER)), PAPER)
    assert [found.title for found in page.links] == ["Của mục"]


def test_a_date_in_a_list_beside_is_not_the_articles() -> None:
    beside = '<div class="date">Thứ 2, 02/03/2026 | 10:00:00 [GMT +7]</div></body>'
    text = html(DataImagesPage, date="").replace("</body>", beside)
    with pytest.raises(ExtractionError) as caught:
        read(DataImagesPage, text.replace('<div id="date"></div>', ""))
    assert caught.value.field == "published"


@given(st.text(max_size=80))
def test_reading_a_channels_key_never_raises(text: str) -> None:
    for url in (text, f"https://{DOMAIN}/{text}", f"https://{DOMAIN}/channel/1/201105/{text}"):
        channel_key(url)
