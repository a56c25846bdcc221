"""A declaration that reads other ids than the archive keeps is refused before it doubles any."""

import pytest

from newscrawl.cli.kept_ids import KeptLink, check_kept_ids
from newscrawl.exceptions import DeclarationError
from newscrawl.urls.article_keys import fallback_key, trailing_number_key


class Numbered:
    """A newspaper whose addresses end in a number."""

    name = "baothu"

    @classmethod
    def key_of(cls, url: str) -> str | None:
        return trailing_number_key(url)


URLS = [f"https://baothu.vn/mua-vai-som-{number}.html" for number in range(10_001, 10_005)]
HASHED = [KeptLink(fallback_key(url), url) for url in URLS]
NUMBERED = [KeptLink(url[-10:-5], url) for url in URLS]
OTHER = KeptLink("abc", "https://baothu.vn/gioi-thieu")  # the declaration reads no key here


def test_articles_that_are_all_kept_under_other_ids_are_told() -> None:
    with pytest.raises(DeclarationError) as told:
        check_kept_ids(Numbered, [*HASHED, OTHER])
    said = str(told.value)
    assert f"{URLS[0]} is {fallback_key(URLS[0])!r} there, key_of reads '10001'" in said
    assert "ingest OLD/pages/*/*.warc.gz --newspaper baothu" in said


@pytest.mark.parametrize(
    "kept",
    [[], HASHED[:2], NUMBERED, [*HASHED, NUMBERED[0]], [OTHER] * 5],
    ids=["empty", "too few", "the same ids", "one agrees", "no key is read"],
)
def test_anything_else_passes(kept: list[KeptLink]) -> None:
    check_kept_ids(Numbered, kept)
