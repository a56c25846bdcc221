"""The generic reader on articles of newspapers as strangers build them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from newscrawl.cli.read_page import read_generic
from newscrawl.page.document import Document
from tests.support.strangers.all_sites import SITES
from tests.support.strangers.scoring import wrong_fields
from tests.support.strangers.serving import Stranger

FETCHED = datetime(2025, 11, 20, tzinfo=UTC)


def read(site: Stranger, url: str) -> Mapping[str, Any]:
    parts = urlsplit(url)
    answer = site.answer(parts.path, dict(parse_qsl(parts.query)))
    document = Document(
        url, answer.raw, fetched_at=FETCHED, content_type=answer.content_type
    )  # fmt: skip
    line = read_generic(document)
    assert "articles" not in line, url
    return line


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_every_field_is_right(site: Stranger) -> None:
    wrong = [
        fault
        for url, expected in list(site.truths().items())[::6]
        for fault in wrong_fields(expected, read(site, url))
    ]
    assert wrong == []


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_no_two_articles_have_one_id(site: Stranger) -> None:
    ids = [read(site, url)["id"] for url in list(site.truths())[::6]]
    assert len(set(ids)) == len(ids)
    name = site.name.partition("_")[0]  # an edition's name is its whole host
    assert all(one.startswith(f"{name}:") for one in ids)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.name)
def test_the_stranger_writes_sixty_articles_of_many_forms(site: Stranger) -> None:
    assert len(site.stories) == len(site.truths()) == 60
    assert len({len(story.paragraphs) for story in site.stories}) > 2
    assert {bool(story.author) for story in site.stories} == {True, False}
    assert {bool(story.outlet) for story in site.stories} == {True, False}
    assert {len(story.photos) for story in site.stories} >= {0, 1, 2}
    assert {bool(photo.caption) for story in site.stories for photo in story.photos} == {
        True,
        False,
    }
