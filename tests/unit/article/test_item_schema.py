"""What passes the border to the archive: the published schema, and what no schema can say."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from jsonschema import Draft202012Validator

from newscrawl.article.item_schema import check_line, disk_schema
from newscrawl.crawl.pipelines.validate import ValidatePipeline
from newscrawl.exceptions import InvalidArticleError
from newscrawl.items import (
    FIELDS,
    NULLABLE,
    Article,
    Image,
    Line,
    to_line,
)

Make = Callable[..., Article]

PUBLISHED: Final[dict[str, Any]] = json.loads(
    files("newscrawl").joinpath("article.schema.json").read_text(encoding="utf-8")
)
PEER: Final = Draft202012Validator(PUBLISHED)  # the schema as a researcher's tool reads it


def refused_by_both(line: Line) -> bool:
    return not PEER.is_valid(line) and check_line(line) != ()


def accepted_by_both(line: Line) -> bool:
    return PEER.is_valid(line) and check_line(line) == ()


# The schema -------------------------------------------------------------------------------------


def test_the_published_schema_is_the_one_the_class_gives() -> None:
    assert disk_schema() == PUBLISHED


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(PUBLISHED)
    assert PUBLISHED["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_key_is_required_and_no_other_is_allowed() -> None:
    assert PUBLISHED["required"] == list(FIELDS) == list(PUBLISHED["properties"])
    assert PUBLISHED["additionalProperties"] is False


def test_every_field_says_what_it_is() -> None:
    for name in FIELDS:
        described = PUBLISHED["properties"][name]["description"]
        assert len(described) > 9, name
        assert described == " ".join(described.split()), name


def test_every_field_has_one_type() -> None:
    for name in FIELDS:
        kind = PUBLISHED["properties"][name].get("type")
        if name in NULLABLE:
            assert kind == ["string", "null"], name
        else:
            assert kind in ("string", "integer", "array"), name


def test_no_default_invites_a_writer_to_leave_a_key_out() -> None:
    assert '"default"' not in json.dumps(PUBLISHED)


# What is a line ---------------------------------------------------------------------------------


@given(data=st.data())
def test_every_article_gives_a_valid_line(
    articles: SearchStrategy[Article], data: st.DataObject
) -> None:
    assert accepted_by_both(to_line(data.draw(articles)))


def test_the_least_article_gives_a_valid_line(article: Make) -> None:
    assert accepted_by_both(to_line(article()))


def test_an_undated_line_is_valid(article: Make) -> None:
    undated = {"published_at": None, "published_date": None}
    assert accepted_by_both(
        to_line(article(**undated, published_precision="", published_source=""))
    )


def test_pictures_alone_are_an_article(article: Make) -> None:
    pictures = (Image(url="https://baothu.vn/file/a.jpg"),)
    assert accepted_by_both(to_line(article(body=None, images=pictures, kind="photo")))


# What is none: each single corruption -----------------------------------------------------------

OF_ANOTHER_TYPE: Final[list[Any]] = [None, 7, 1.5, True, "chữ", [], ["chữ"], {}]
PROPERTIES: Final = PUBLISHED["properties"]


def foreign(name: str) -> list[Any]:
    """Values that are not of the field's type, whatever its pattern says."""
    kinds = PROPERTIES[name]["type"]
    fits = {"string": str, "integer": int, "array": list, "null": type(None)}
    own = {fits[kind] for kind in (kinds if isinstance(kinds, list) else [kinds])}
    return [value for value in OF_ANOTHER_TYPE if type(value) not in own]


def test_another_type_is_refused(article: Make) -> None:
    line = to_line(article())
    pairs = [(name, value) for name in FIELDS for value in foreign(name)]
    assert [pair for pair in pairs if not refused_by_both(line | dict([pair]))] == []


def test_a_missing_key_is_refused(article: Make) -> None:
    line = to_line(article())
    for missing in FIELDS:
        assert refused_by_both({n: v for n, v in line.items() if n != missing}), missing


@pytest.mark.parametrize("name", ["title", "Headline", "", "published"])
def test_a_foreign_key_is_refused(article: Make, name: str) -> None:
    assert refused_by_both(to_line(article()) | {name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("schema_version", 2),
        ("schema_version", 0),
        ("id", "129305"),
        ("id", "baothu:"),
        ("id", "Báo Thử:129305"),
        ("id", "baothu:129305/2"),
        ("newspaper", ""),
        ("newspaper", "Báo Thử"),
        ("kind", "article"),
        ("kind", ""),
        ("published_at", ""),
        ("published_at", "2025-06-18T11:59:00Z"),
        ("published_at", "2025-06-18T11:59:00+0700"),
        ("published_at", "2025-06-18T11:59+07:00"),
        ("published_at", "2025-06-18 11:59:00+07:00"),
        ("published_at", "2025-06-18T11:59:00.000+07:00"),
        ("published_date", ""),
        ("published_date", "18/06/2025"),
        ("published_date", "2025-06-18T00:00:00"),
        ("published_precision", "hour"),
        ("published_source", "guess"),
        ("modified_at", "2025-06-18T11:59:00Z"),
        ("first_seen_at", ""),
        ("first_seen_at", "2026-11-23T23:07:05+07:00"),
        ("fetched_at", "2026-11-23T16:07:05.123Z"),
        ("gone_at", "2026-11-23"),
        ("revision", 0),
        ("revision", -1),
        ("syllable_count", -1),
        ("status", "deleted"),
        ("status", ""),
        ("content_hash", ""),
        ("content_hash", "sha256:" + "0" * 63),
        ("content_hash", "sha256:" + "A" * 64),
        ("content_hash", "0" * 64),
        ("captions", ["Chợ phiên", None]),
        ("authors", [["Lý Thu"]]),
        ("tags", [1]),
        ("warnings", [""] * 2 + [None]),
        ("images", ["https://baothu.vn/file/a.jpg"]),
        ("images", [{"url": "https://baothu.vn/file/a.jpg"}]),
        ("images", [{"url": "https://baothu.vn/a.jpg", "caption": None, "credit": ""}]),
        ("images", [{"url": "https://baothu.vn/a.jpg", "caption": "", "credit": "", "w": 1}]),
    ],
)
def test_another_form_is_refused(article: Make, name: str, value: object) -> None:
    assert refused_by_both(to_line(article()) | {name: value})


@given(data=st.data())
def test_any_field_of_any_line_set_to_null_is_refused(
    articles: SearchStrategy[Article], data: st.DataObject
) -> None:
    line = to_line(data.draw(articles))
    name = data.draw(st.sampled_from([name for name in FIELDS if name not in NULLABLE]))
    assert refused_by_both(line | {name: None})


@pytest.mark.parametrize("name", ["id", "content_hash", "published_at", "fetched_at"])
def test_a_line_feed_at_the_end_is_refused(article: Make, name: str) -> None:
    line = to_line(article())
    assert check_line(line | {name: line[name] + "\n"})


# What no schema can say -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"newspaper": "baokhac"}, "id does not begin with the newspaper"),
        ({"headline": ""}, "headline is empty"),
        ({"body": ""}, "body is empty"),
        ({"published_at": None, "published_precision": ""}, "published_date do not agree"),
        ({"published_date": None}, "published_at and published_date do not agree"),
        ({"published_date": "2025-06-17"}, "published_date is not the day of published_at"),
        ({"published_precision": ""}, "published_precision"),
        ({"status": "gone"}, "status and gone_at"),
        ({"gone_at": "2026-11-23T16:07:05Z"}, "status and gone_at"),
        ({"section": "Kinh tế"}, "section"),
        ({"section_path": ["Kinh tế"]}, "section"),
        ({"section": "Kinh tế", "section_path": ["Kinh tế", "Nông nghiệp"]}, "section"),
        ({"url": "http://baothu.vn/kinh-te/"}, "https"),
        ({"url": ""}, "https"),
        ({"url": "/kinh-te/"}, "https"),
    ],
)
def test_a_contradiction_is_told(article: Make, changes: Line, said: str) -> None:
    problems = check_line(to_line(article()) | changes)
    assert len(problems) == 1
    assert said in problems[0]


@pytest.mark.parametrize(
    ("name", "stated"),
    [
        ("modified_at", "2025-06-31T11:59:00+07:00"),
        ("modified_at", "2025-02-29T11:59:00+07:00"),
        ("modified_at", "2025-06-18T24:01:00+07:00"),
        ("modified_at", "2025-06-18T11:60:00+07:00"),
        ("modified_at", "0000-06-18T11:59:00+07:00"),
        ("modified_at", "٢٠٢٥-06-18T11:59:00+07:00"),
        ("first_seen_at", "2026-13-23T16:07:05Z"),
        ("fetched_at", "2026-11-23T16:07:61Z"),
        ("fetched_at", "2026-00-23T16:07:05Z"),
    ],
)
def test_a_time_in_no_calendar_is_told(article: Make, name: str, stated: str) -> None:
    assert check_line(to_line(article()) | {name: stated}) == (f"{name} is in no calendar",)


def test_a_day_in_no_calendar_is_told_of_both_its_fields(article: Make) -> None:
    never = {"published_at": "2025-02-31T11:59:00+07:00", "published_date": "2025-02-31"}
    assert check_line(to_line(article()) | never) == (
        "published_date is in no calendar",
        "published_at is in no calendar",
    )


@pytest.mark.parametrize(
    "stated",
    ["2024-02-29T00:00:00+07:00", "2025-12-31T23:59:59+07:00", "1900-01-01T00:00:00+07:00"],
)
def test_the_last_moments_of_a_calendar_are_in_it(article: Make, stated: str) -> None:
    assert check_line(to_line(article()) | {"modified_at": stated}) == ()


def test_a_precision_without_a_date_is_told(article: Make) -> None:
    undated = {"published_at": None, "published_date": None, "published_source": ""}
    assert check_line(to_line(article()) | undated) == (
        "published_precision does not fit published_at",
    )


def test_every_contradiction_is_told(article: Make) -> None:
    problems = check_line(to_line(article()) | {"headline": "", "body": "", "url": "http://x.vn/"})
    assert len(problems) == 3


def test_the_night_belongs_to_vietnams_day(article: Make) -> None:
    line = to_line(article()) | {"published_at": "2025-06-19T00:30:00+07:00"}
    assert check_line(line) == ("published_date is not the day of published_at",)
    assert check_line(line | {"published_date": "2025-06-19"}) == ()


@given(st.dictionaries(st.sampled_from(FIELDS), st.none() | st.integers() | st.text(max_size=5)))
def test_no_object_makes_the_check_raise(line: Line) -> None:
    assert check_line(line)


def test_a_problem_is_one_short_text(article: Make) -> None:
    for problem in check_line(to_line(article()) | {"url": 7, "headline": "x" * 5000}):
        assert len(problem) <= 300


# The door ---------------------------------------------------------------------------------------


def test_a_valid_article_goes_on_as_it_is(article: Make) -> None:
    made = article()
    assert ValidatePipeline().process_item(made) is made


def test_an_invalid_article_goes_no_further_and_says_why(article: Make) -> None:
    with pytest.raises(InvalidArticleError, match="headline is empty; url is not https") as caught:
        ValidatePipeline().process_item(article(headline="", url="http://baothu.vn/a"))
    assert caught.value.problems == ("headline is empty", "url is not https")
