"""Family C: what its pages alone have."""

from newscrawl.cms.epi import EpiPage, EpiSection
from tests.support.family_examples import (
    DOMAIN,
    PAPER,
    html,
    read,
)


def test_the_attribute_dates_an_article_whose_date_line_is_empty() -> None:
    text = html(EpiPage, date="").replace('datetime=""', 'datetime="2026-05-09T07:30:00+0700"')
    article = read(EpiPage, text)
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2026-05-09T07:30:00+07:00"
    assert article.published_source == "page"


def test_a_sections_address_ends_with_a_slash() -> None:
    assert EpiSection(path="/kinh-te/").start(PAPER) == f"https://{DOMAIN}/kinh-te/"


def test_no_list_is_asked_for_as_a_script_asks() -> None:
    section = EpiSection(path="/kinh-te/")
    assert section.headers(section.start(PAPER)) == {}
    assert section.headers(f"https://{DOMAIN}/list-post-by-category?page=1") == {}
