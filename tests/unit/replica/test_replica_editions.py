"""What changes from edition to edition of the replica, and what must not."""

from collections import Counter
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.replica import truth
from newscrawl.replica.paper import Paper
from newscrawl.replica.press import Kept, Page, Press
from newscrawl.replica.site import (
    DONGNAI,
    PORTAL,
    SITES,
    TUYENQUANG,
    Options,
    ReplicaSite,
)

pytestmark = pytest.mark.thorough  # thousands of pages, of interest to who changes the replica

Row = dict[str, Any]
CONTENT = ("headline", "lead", "body")


@cache
def press(edition: int, seed: int = 1) -> Press:
    return Press(Options(edition=edition, seed=seed))


@cache
def paper(site_host: str, edition: int) -> Paper:
    site = next(site for site in SITES if site.host == site_host)
    return press(edition).current(site)


@cache
def rows(host: str, edition: int) -> dict[str, Row]:
    return {row["key"]: row for row in truth.rows(paper(host, edition))}


def ask(edition: int, url: str) -> Page | Kept:
    parts = urlsplit(url)
    return press(edition).answer(parts.netloc, parts.path, {})


def content(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in CONTENT)


def words(row: Row) -> str:
    """Every word of an article; two of one headline and lead are told apart by their texts."""
    return repr((row["headline"], row["lead"], content(row)))


HOST = TUYENQUANG.host


def test_the_second_edition_edits_removes_moves_and_adds() -> None:
    before, after = rows(HOST, 1), rows(HOST, 2)
    stayed = before.keys() & after.keys()
    edited = {key for key in stayed if content(before[key]) != content(after[key])}
    moved = {key for key in stayed if before[key]["url"] != after[key]["url"]}
    retagged = {key for key in stayed if before[key]["tags"] != after[key]["tags"]}
    assert 0.03 < len(edited) / len(before) < 0.07
    assert 0.01 < len(moved) / len(before) < 0.03
    assert 0.01 < len(before.keys() - after.keys()) / len(before) < 0.04
    assert len(after.keys() - before.keys()) >= 8
    assert 1 <= len(retagged) < len(moved)
    assert not edited & moved
    assert not edited & retagged


def test_an_edit_is_marked_by_its_edition_and_nothing_else_is() -> None:
    before, after = rows(HOST, 1), rows(HOST, 2)
    for key, row in after.items():
        is_new = key not in before
        is_edited = not is_new and content(before[key]) != content(row)
        assert row["modified"] == (2 if is_new or is_edited else 1)
        if not is_new:
            kept = ("published_at", "byline", "images", "section_path", "kind", "template")
            assert all(before[key][name] == row[name] for name in kept)


def test_an_edit_changes_one_paragraph_and_sometimes_the_headline() -> None:
    before, after = rows(HOST, 1), rows(HOST, 2)
    kinds = Counter[str]()
    for key in before.keys() & after.keys():
        old, new = before[key], after[key]
        if content(old) == content(new):
            continue
        changed = [a for a, b in zip(old["body"], new["body"], strict=True) if a != b]
        assert len(changed) <= 1
        assert changed or old["headline"] != new["headline"]
        kinds["headline" if old["headline"] != new["headline"] else "paragraph"] += 1
    assert kinds["headline"] >= 3
    assert kinds["paragraph"] >= 8


def test_later_editions_build_on_the_ones_before() -> None:
    second, third = rows(HOST, 2), rows(HOST, 3)
    twice = [row for row in third.values() if row["modified"] == 2]
    assert twice
    for row in twice:
        assert content(second[row["key"]]) == content(row)
    gone = {row["key"] for row in truth.gone(paper(HOST, 3))}
    assert {row["key"] for row in truth.gone(paper(HOST, 2))} < gone
    assert not gone & third.keys()


def test_gone_articles_answer_404_or_410_and_leave_the_lists() -> None:
    gone = list(truth.gone(paper(HOST, 2)))
    assert {row["http_status"] for row in gone} == {404, 410}
    listed = set()
    for old, sections in ((True, TUYENQUANG.old_sections), (False, TUYENQUANG.sections)):
        for section in sections:
            listed |= {paper(HOST, 2).key(n) for n in paper(HOST, 2).shelf(section.path, old=old)}
    assert len(listed) > 600
    for row in gone:
        assert row["status"] == "gone"
        assert row["key"] in rows(HOST, 1)
        assert row["key"] not in listed
        answer = ask(2, row["url"])
        assert isinstance(answer, Page)
        assert answer.status == row["http_status"]


def test_an_old_slug_moves_to_the_new_one() -> None:
    before, after = rows(HOST, 1), rows(HOST, 2)
    moved = [k for k in before.keys() & after.keys() if before[k]["url"] != after[k]["url"]]
    assert {before[key]["template"] for key in moved} == {"A1", "K"}
    for key in moved:
        answer = ask(2, before[key]["url"])
        assert isinstance(answer, Page)
        assert (answer.status, answer.location) == (301, after[key]["url"])
        assert isinstance(ask(2, after[key]["url"]), Kept)
        fresh = ask(1, after[key]["url"])
        assert isinstance(fresh, Page)
        assert fresh.status == 404


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_a_page_keeps_its_bytes_until_its_article_changes(site: ReplicaSite) -> None:
    before, after = rows(site.host, 1), rows(site.host, 2)
    same = different = 0
    for key in sorted(before.keys() & after.keys()):
        old, new = ask(1, before[key]["url"]), ask(2, after[key]["url"])
        assert isinstance(old, Kept)
        assert isinstance(new, Kept)
        assert (old.etag == new.etag) == (old.page.body == new.page.body)
        if content(before[key]) != content(after[key]):
            assert old.etag != new.etag
        same += old.etag == new.etag
        different += old.etag != new.etag
        assert old.page.modified is not None
        assert new.page.modified is not None
        assert (old.page.modified < new.page.modified) == (old.etag != new.etag)
    assert same > 3 * different > 0


def test_some_pages_change_though_their_words_do_not() -> None:
    before, after = rows(HOST, 1), rows(HOST, 2)
    found = 0
    for key in before.keys() & after.keys():
        old, new = ask(1, before[key]["url"]), ask(2, after[key]["url"])
        if before[key]["url"] == after[key]["url"] and content(before[key]) == content(after[key]):
            assert isinstance(old, Kept)
            assert isinstance(new, Kept)
            found += old.etag != new.etag
    assert 2 <= found <= 16


def test_new_articles_are_newer_than_all_before() -> None:
    before, after = rows(HOST, 1), rows(HOST, 2)
    newest = max(row["published_at"] for row in before.values())
    fresh = [row for key, row in after.items() if key not in before]
    assert all(row["published_at"] >= newest for row in fresh)
    assert {row["template"] for row in fresh} == {"A1"}


@pytest.mark.parametrize("site", [TUYENQUANG, DONGNAI], ids=lambda site: site.host)
def test_the_same_options_give_the_same_bytes(site: ReplicaSite) -> None:
    other = Press(Options())
    for key, row in list(rows(site.host, 1).items())[::37]:
        old, new = ask(1, row["url"]), other.answer(site.host, urlsplit(row["url"]).path, {})
        assert isinstance(old, Kept)
        assert isinstance(new, Kept), key
        assert old.page.body == new.page.body
        assert old.packed == new.packed


def test_another_seed_is_another_paper() -> None:
    one = {row["headline"] for row in rows(HOST, 1).values()}
    two = {row["headline"] for row in truth.rows(press(1, seed=2).current(TUYENQUANG))}
    assert len(one & two) < len(one) / 4


def test_the_portal_prints_the_papers_articles_word_for_word() -> None:
    by_words = {words(row): row for row in rows(HOST, 1).values()}
    copies = [row for row in rows(PORTAL.host, 1).values() if row["source_url"]]
    assert len(copies) >= 24
    for row in copies:
        original = by_words[words(row)]
        assert row["captions"] == original["captions"]
        assert row["source"] == "Báo Tuyên Quang"
        assert row["source_line"] == "Theo: https://baotuyenquang.com.vn/"
        assert original["published_at"] < row["published_at"]
    own = [row for row in rows(PORTAL.host, 1).values() if not row["source_url"]]
    assert {row["source"] for row in own} == {None, "TTXVN", "Nhân Dân"}


@pytest.mark.parametrize("edition", [2, 3, 6])
def test_later_copies_on_the_portal_are_of_later_articles_each_once(edition: int) -> None:
    before, after = rows(PORTAL.host, 1), rows(PORTAL.host, edition)
    by_head = {(row["headline"], row["lead"]): row for row in rows(HOST, edition).values()}
    new = [after[key] for key in after.keys() - before.keys()]
    copies = [row for row in new if row["source"] == "Báo Tuyên Quang"]
    assert len(copies) >= 3 * (edition - 1)
    last = max(row["published_at"] for row in rows(HOST, 1).values())
    for row in copies:
        original = by_head.get((row["headline"], row["lead"]))
        if original is None or original["published_at"] <= last:  # edited or removed since
            continue
        assert original["published_at"] < row["published_at"]
    assert sum((row["headline"], row["lead"]) in by_head for row in copies) > len(copies) / 2


@pytest.mark.parametrize("articles", [30, 60, 720])
@pytest.mark.parametrize("edition", [1, 2, 6])
def test_no_article_is_on_the_portal_twice(articles: int, edition: int) -> None:
    portal = Press(Options(articles=articles, edition=edition)).current(PORTAL)
    counts = Counter((row["headline"], row["body"]) for row in map(_hashable, truth.rows(portal)))
    assert [content for content, count in counts.items() if count > 1] == []


def _hashable(row: Row) -> Row:
    return row | {"body": tuple(row["body"] or ())}
