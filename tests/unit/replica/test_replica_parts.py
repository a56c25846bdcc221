"""The replica's small parts: dice, grammar, clock and numbers."""

import re
import unicodedata
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.replica import (
    signatures,
    topics,
    topics_wide,
    writer,
)
from newscrawl.replica.chrome import styles
from newscrawl.replica.dice import Dice, digest
from newscrawl.replica.lists import number
from newscrawl.replica.markup import letters, prose, title
from newscrawl.replica.paper import Paper
from newscrawl.replica.prose import (
    Deck,
    expand,
    paragraph,
    sentence,
    slug,
)
from newscrawl.replica.requests_seen import Requests
from newscrawl.replica.site import (
    DONGNAI,
    LAST_DAY,
    NEW_CMS_DAY,
    PORTAL,
    SITES,
    TUYENQUANG,
    Options,
    ReplicaSite,
)
from newscrawl.replica.story import Look, Picture, Text
from newscrawl.replica.timeline import Timeline, minute_of_day
from newscrawl.replica.topics import Topic
from newscrawl.replica.words import WORDS

TOPICS = [
    value
    for module in (topics, topics_wide)
    for value in vars(module).values()
    if isinstance(value, Topic)
]
COMMON = (
    topics_wide.GENERAL,
    topics_wide.SUBHEADS,
    topics_wide.THEO,
    topics_wide.QUOTES,
    topics_wide.BULLETS,
    topics_wide.LINES,
)
BOUND = {"xa0": "xã Nà Tông", "ngay": "23-1"}


def all_lines() -> list[str]:
    lines = [line for rule in WORDS.values() for line in rule]
    for topic in TOPICS:
        lines += topic.headlines + topic.leads + topic.sentences + topic.captions + topic.tags
    return lines + [line for rule in COMMON for line in rule]


# -- dice -----------------------------------------------------------------------------------


def test_dice_fall_as_they_always_have() -> None:
    dice = Dice("newscrawl", 1)
    assert [dice.below(100) for _ in range(6)] == [17, 35, 53, 80, 90, 31]
    assert digest("newscrawl", 1) == 13_200_586_416_927_505_279


@given(st.integers(), st.integers(1, 1000))
def test_throws_stay_below_their_limit(seed: int, limit: int) -> None:
    dice = Dice(seed)
    assert all(0 <= dice.below(limit) < limit for _ in range(20))
    assert all(3 <= dice.between(3, 3 + limit) <= 3 + limit for _ in range(20))


@given(st.lists(st.integers(), unique=True), st.integers(0, 9), st.integers())
def test_some_are_different_members(things: list[int], count: int, seed: int) -> None:
    found = Dice(seed).some(things, count)
    assert len(found) == len(set(found)) == min(count, len(things))
    assert set(found) <= set(things)


def test_every_face_comes_about_as_often() -> None:
    dice = Dice("faces")
    counts = Counter(dice.below(6) for _ in range(6000))
    assert min(counts.values()) > 850
    assert max(counts.values()) < 1150


# -- grammar --------------------------------------------------------------------------------


def test_every_line_can_be_filled() -> None:
    for line in all_lines():
        assert unicodedata.is_normalized("NFC", line), line
        text = expand(line, Dice(line), BOUND)
        assert not set("{}") & set(text), line
        assert text == " ".join(text.split()), line


@pytest.mark.parametrize("lines", [t.sentences for t in TOPICS] + [topics_wide.GENERAL])
def test_sentences_begin_large_and_end(lines: tuple[str, ...]) -> None:
    for line in lines:
        text = sentence((line,), Dice(line), BOUND)
        assert text[0].isupper() or text[0].isdigit() or text[0] == "“"
        assert text[-1] in ".…!?"


@given(st.integers())
def test_paragraphs_hold_one_to_four_sentences(seed: int) -> None:
    dice = Dice(seed)
    own, common = Deck(("Một câu.",), dice), Deck(("Câu khác.",), dice)
    text = paragraph(own, common, dice, {})
    assert text.startswith("Một câu.")
    assert 1 <= text.count(".") <= 4


def test_a_deck_deals_every_line_before_any_twice() -> None:
    deck = Deck(("a", "b", "c"), Dice(1))
    for _ in range(5):
        assert sorted(deck.deal() for _ in range(3)) == ["a", "b", "c"]


@given(st.text())
def test_slugs_are_small_letters_digits_and_single_hyphens(text: str) -> None:
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug(text))


def test_slugs_of_headlines_are_not_empty() -> None:
    for topic in TOPICS:
        for seed in range(40):
            assert len(slug(sentence(topic.headlines, Dice(seed), BOUND))) > 8


# -- clock and numbers ----------------------------------------------------------------------


@given(st.floats(0, 1, exclude_max=True), st.floats(0, 1, exclude_max=True))
def test_no_news_by_night_and_none_out_of_order(one: float, other: float) -> None:
    first, last = sorted((one, other))
    assert 300 <= minute_of_day(first) <= minute_of_day(last) <= 1350


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
@pytest.mark.parametrize("edition", [1, 3])
def test_items_follow_each_other(site: ReplicaSite, edition: int) -> None:
    timeline = Timeline(site, Options(), edition)
    times = [timeline.published(item) for item in range(timeline.size)]
    assert all(a <= b for a, b in pairwise(times))
    assert times[-1] < LAST_DAY + timedelta(days=edition - 1)
    assert all(time.second == 0 for time in times)
    assert [timeline.born(0), timeline.born(timeline.size - 1)] == [1, edition]


def test_the_cms_changes_on_its_day() -> None:
    timeline = Timeline(TUYENQUANG, Options(articles=5000), 1)
    assert timeline.published(timeline.turn - 1) < NEW_CMS_DAY <= timeline.published(timeline.turn)
    assert Timeline(DONGNAI, Options(), 1).turn == 0
    assert Timeline(PORTAL, Options(), 1).turn == 60


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 99_999))
def test_an_items_address_leads_back_to_it(item: int) -> None:
    paper = large_paper()
    found = paper.resolve(paper.path(item))
    assert (found.status, found.item) == (200, item)


def large_paper() -> Paper:
    return Paper(TUYENQUANG, Options(articles=100_000), 1)


def test_keys_are_all_different() -> None:
    paper = Paper(TUYENQUANG, Options(articles=20_000), 1)
    assert len({paper.key(item) for item in range(paper.size)}) == paper.size


@given(st.text(max_size=60))
def test_any_path_is_resolved_without_an_error(path: str) -> None:
    assert Paper(DONGNAI, Options(), 1).resolve("/" + path).status in (200, 301, 404)


@pytest.mark.parametrize("articles", [1, 2, 3, 9])
def test_a_tiny_paper_still_stands(articles: int) -> None:
    paper = Paper(TUYENQUANG, Options(articles=articles), 2)
    assert [paper.resolve(paper.path(n)).item for n in paper.items()] == list(paper.items())
    assert len(list(paper.items())) >= 8


# -- stories and their setting --------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.integers(), st.sampled_from(["A1", "A2", "K"]), st.sampled_from(TOPICS))
def test_a_story_begins_and_ends_with_text_of_its_own(seed: int, cms: str, topic: Topic) -> None:
    dice = Dice(seed)
    how = writer.look(cms, dice, heavy=False)
    opening = writer.head(topic, LAST_DAY, how, cms, dice)
    folder = signatures.Folder(cms, "a.vn", "0" * 32, "20261120080000")
    told = writer.story(opening, topic, cms, folder, dice)
    texts = [block for block in told.blocks if isinstance(block, Text)]
    assert texts[0].shape == "plain"
    assert texts[-1].shape == "plain"
    assert len(told.body()) >= 4
    assert all(paragraph == paragraph.strip() != "" for paragraph in told.body())
    assert {picture.form for picture in told.pictures()} <= set(signatures.FORMS[cms])


def test_edits_change_a_story_and_retags_do_not() -> None:
    dice = Dice("edits")
    topic, how = topics.FARMING, Look()
    opening = writer.head(topic, LAST_DAY, how, "A1", dice)
    folder = signatures.Folder("A1", "a.vn", "0" * 32, "20261120080000")
    told = writer.story(opening, topic, "A1", folder, dice)
    assert writer.edited(told, topic, dice).body() != told.body()
    tagged = writer.retagged(told, dice)
    assert (tagged.body(), tagged.head) == (told.body(), told.head)
    assert tagged.tags != told.tags


@given(st.integers())
def test_captions_hold_their_credit_at_the_end(seed: int) -> None:
    dice = Dice(seed)
    folder = signatures.Folder("K", "a.vn", "", "20240123080000")
    for image in signatures.pictures(topics.SOCIETY, BOUND, folder, dice, 3):
        assert image.src.startswith("/media/images/2024/01/img_20240123")
        assert image.printed.startswith(image.caption)
        assert image.credit in image.printed
        assert bool(image.printed) == (image.form not in ("none", "desc-empty"))
    assert isinstance(image, Picture)


@given(st.text(min_size=1), st.booleans(), st.integers())
def test_set_prose_reads_as_written(text: str, spans: bool, seed: int) -> None:
    html = prose(text, Look(word_spans=spans, inline=True), Dice(seed))
    bare = re.sub(r"<[^>]*>", "", html)
    for name, mark in (
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&hellip;", "…"),
        ("&ndash;", "–"),
        ("&rsquo;", "’"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ):
        bare = bare.replace(name, mark)
    assert bare.rstrip() == text.rstrip()


def test_headlines_are_escaped_once_or_twice() -> None:
    assert title('A & "B"', Look()) == "A &amp; &quot;B&quot;"
    assert title("A & B", Look(twice_encoded=True)) == "A &amp;amp; B"
    assert title("A", Look(nbsp_title=True)) == "A&nbsp;"
    assert letters("<“…”>") == "&lt;&ldquo;&hellip;&rdquo;&gt;"


def test_chrome_grows_with_its_rules() -> None:
    assert styles("x", 3).count("{") == 3
    assert styles("x", 3) == styles("x", 3) != styles("y", 3)


# -- counting requests ----------------------------------------------------------------------


def test_requests_are_counted_by_host_with_gaps_and_the_most_at_once() -> None:
    seen = Requests()
    for host, now in (("a.vn", 1.0), ("b.vn", 1.1), ("a.vn", 3.5), ("a.vn", 3.75)):
        seen.begin(host, "/", now)
    for status in (200, 200, 404):
        seen.end("a.vn", status)
    seen.end("b.vn", 304)
    seen.begin("a.vn", "/x", 9.0)
    report = seen.report()
    assert report["requests"] == 5
    assert report["hosts"] == {"a.vn": 4, "b.vn": 1}
    assert report["paths"] == {"a.vn/": 3, "b.vn/": 1, "a.vn/x": 1}
    assert report["statuses"] == {"200": 2, "304": 1, "404": 1}
    assert report["min_gap_by_host_s"] == {"a.vn": 0.25}
    assert report["min_gap_s"] == 0.25
    assert report["max_in_flight_by_host"] == {"a.vn": 3, "b.vn": 1}


def test_nothing_asked_is_nothing_counted() -> None:
    report = Requests().report()
    assert report["requests"] == report["max_in_flight"] == 0
    assert report["min_gap_s"] is None


@given(st.text(max_size=12))
def test_numbers_in_queries_never_raise(text: str) -> None:
    assert 0 <= number(text, 7) <= 999_999_999
