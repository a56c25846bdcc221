"""The replica's pages hold what its truth says, read here by a few plain rules of their own."""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest

from newscrawl.replica import truth
from newscrawl.replica.press import Kept, Press
from newscrawl.replica.site import SITES, TUYENQUANG, Options

pytestmark = pytest.mark.thorough  # thousands of pages, of interest to who changes the replica

Row = dict[str, Any]
Element = Any  # lxml's stubs do not know cssselect

HOSTS = [site.host for site in SITES]
SITE_OF = {site.host: site for site in SITES}
SKIPPED = ("h1", "h4", "style", "script")
FURNITURE = ("date", "social", "bd02", "related")


@cache
def press() -> Press:
    return Press(Options())


@cache
def rows(host: str, edition: int = 1) -> tuple[Row, ...]:
    return tuple(truth.rows(press().paper(SITE_OF[host], edition)))


def kept(url: str) -> Kept:
    parts = urlsplit(url)
    answer = press().answer(parts.netloc, parts.path, {})
    assert isinstance(answer, Kept), url
    return answer


@cache
def tree(url: str) -> Element:
    return lxml.html.document_fromstring(kept(url).page.body.decode())


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def raw(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("\v")
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            parts.append(raw(child))
        parts.append(child.tail or "")
    return "".join(parts)


def words(element: Element) -> str:
    """The element's text, its line breaks kept, every other run of blanks one."""
    lines = (plain(line) for line in raw(element).split("\v"))
    return "\n".join(line for line in lines if line)


def only(found: list[Element]) -> Element:
    assert len(found) == 1
    return found[0]


def style(element: Element) -> str:
    return (element.get("style") or "").replace(" ", "")


def is_all_bold(element: Element) -> bool:
    bold = element.findall("strong") + element.findall("em/strong")
    return len(bold) == 1 and words(bold[0]) == words(element) != ""


class Reading:
    """A page of one template, read from its container downwards."""

    def __init__(self, page: Element, template: str) -> None:
        self.template = template
        self.body: list[str] = []
        self.captions: list[str] = []
        self.images: list[str] = []
        self.signature: str | None = None
        self.lead: str | None = None
        self._after_picture = False
        for child in self._container(page):
            if isinstance(child.tag, str) and child.tag not in SKIPPED:
                self._read(child)
        if template == "K":
            self._summary(page)

    def _container(self, page: Element) -> Element:
        if self.template == "K":
            return only(page.cssselect("div[itemprop=articleBody]"))
        inner = " div.td-post-content" if self.template == "A2" else ""
        return only(page.cssselect(f"div#content{inner}"))

    def _summary(self, page: Element) -> None:
        found = [words(element) for element in page.cssselect("div.summary")]
        self.lead = next((text for text in found if text), None)

    def _read(self, child: Element) -> None:
        if set((child.get("class") or "").split()) & set(FURNITURE):
            return
        self.images += [str(src) for src in child.xpath(".//img/@src")]
        if child.cssselect("table.image"):
            self.captions += filter(None, [words(td) for td in child.cssselect("td")])
        elif child.tag in ("ul", "blockquote"):
            self.body += [words(part) for part in child.cssselect("li, blockquote p")]
        elif "text-align:center" in style(child):
            self.captions += filter(None, [words(child)])
        elif "text-align:right" in style(child):
            self.signature = words(child)
        elif text := words(child):
            self._paragraph(child, text)

    def _paragraph(self, child: Element, text: str) -> None:
        is_first = not self.body and self.lead is None and not self.images
        if self.template != "K" and is_first and is_all_bold(child):
            self.lead = text
        else:
            self.body.append(text)


@cache
def reading(url: str, template: str) -> Reading:
    return Reading(tree(url), template)


def undashed(text: str) -> str:
    return text.removeprefix("- ")


@pytest.mark.parametrize("host", HOSTS)
def test_every_page_says_what_the_truth_says(host: str) -> None:
    for row in rows(host):
        read = reading(row["url"], row["template"])
        lead, body = read.lead, list(read.body)
        if lead is not None:
            lead = undashed(lead)
        elif body:
            body[0] = undashed(body[0])
        assert (lead, body) == (row["lead"], row["body"]), row["url"]
        assert read.captions == row["captions"], row["url"]
        assert read.signature == (row["byline"] or row["source_line"]), row["url"]


@pytest.mark.parametrize("host", HOSTS)
def test_every_picture_stands_in_order_with_its_caption_and_credit(host: str) -> None:
    for row in rows(host):
        read = reading(row["url"], row["template"])
        found = [urljoin(row["url"], src) for src in read.images]
        assert found == [image["url"] for image in row["images"]]
        printed = iter(row["captions"])
        for image in row["images"]:
            if image["caption"] is None and image["credit"] is None:
                continue
            caption = next(printed)
            assert caption.startswith(image["caption"])
            assert image["credit"] is None or image["credit"] in caption[len(image["caption"]) :]
        assert list(printed) == []


def headline_of(row: Row) -> str:
    selector = {
        "A1": "h1.media-heading.title5",
        "A2": "h1.head_title",
        "K": "h1[itemprop=headline]",
    }
    return words(only(tree(row["url"]).cssselect(selector[row["template"]])))


@pytest.mark.parametrize("host", HOSTS)
def test_headlines_are_printed_plain_or_encoded_twice(host: str) -> None:
    kinds = Counter[str]()
    for row in rows(host):
        printed = headline_of(row)
        twice = "twice-encoded" in row["features"]
        kinds["twice" if twice else "plain"] += 1
        decoded = printed.replace("&amp;", "&").replace("&quot;", '"') if twice else printed
        assert decoded == row["headline"]
        assert not twice or printed != row["headline"]
    assert kinds["plain"] > 10 * kinds["twice"]
    assert kinds["twice"] >= (8 if host == TUYENQUANG.host else 0)


def printed_time(row: Row) -> str:
    page = tree(row["url"])
    if row["template"] == "K":
        text = words(only(page.cssselect("article time")))
        day, clock = re.findall(r"(\d\d/\d\d/\d{4}), (\d\d:\d\d)$", text)[0]
    else:
        where = "div#content > div.date" if row["template"] == "A1" else "div.date_time div.date"
        clock, day = words(only(page.cssselect(where))).split(", ")
    return "-".join(reversed(day.split("/"))) + f"T{clock}:00+07:00"


@pytest.mark.parametrize("host", HOSTS)
def test_the_printed_time_is_the_true_one_to_the_minute(host: str) -> None:
    assert all(printed_time(row) == row["published_at"] for row in rows(host))


def printed_path(row: Row) -> list[str]:
    page = tree(row["url"])
    if row["template"] == "K":
        return [words(a) for a in page.cssselect("div.breadcrumb a")][1:]
    inner = words(only(page.cssselect("#cate_title")))
    parent = words(only(page.cssselect("#parent_id")))
    outer = page.cssselect(f"#main-menu li[class='{parent}'] > a")
    return [*(words(a) for a in outer), inner]


@pytest.mark.parametrize("host", HOSTS)
def test_sections_are_those_of_the_hidden_data_or_the_breadcrumb(host: str) -> None:
    for row in rows(host):
        assert printed_path(row) == row["section_path"]
        assert row["section_path"][-1] == row["section"]


def test_the_heading_of_an_inner_section_names_the_outer_one() -> None:
    inner = [
        r for r in rows(TUYENQUANG.host) if r["template"] == "A1" and len(r["section_path"]) > 1
    ]
    assert len(inner) >= 8
    for row in inner:
        assert words(only(tree(row["url"]).cssselect("a.maincatetitle"))) == row["section_path"][0]


@pytest.mark.parametrize("host", HOSTS)
def test_tags_and_authors_are_printed(host: str) -> None:
    for row in rows(host):
        page = tree(row["url"])
        tags = page.cssselect("div.tag_list a, h4 a.tag")
        assert [words(tag) for tag in tags] == row["tags"]
        assert all(author in (row["byline"] or "") for author in row["authors"])
        if row["template"] == "A2":
            names = [words(a) for a in page.cssselect(".date_time span.author")]
            assert names == ([" - ".join(row["authors"])] if row["authors"] else [])


@pytest.mark.parametrize("host", HOSTS)
def test_each_page_carries_its_own_id_and_address(host: str) -> None:
    for row in rows(host):
        page = tree(row["url"])
        if row["template"] == "K":
            assert page.xpath("//link[@rel='canonical']/@href") == [row["url"]]
            assert row["url"].endswith(f"-{row['key']}.html")
            continue
        month, tail = row["key"].split("-")
        number = words(only(page.cssselect("#article_id")))
        assert len(number) == 32
        assert number.endswith(tail)
        assert f"/{month}/" in row["url"]
        assert row["url"].endswith(f"-{tail}/")
        assert page.xpath("//meta[@property='og:url']/@content") == [row["url"]]
        assert page.xpath("//input[@name='articleId']/@value") == [number]


def test_an_id_holds_its_clock_at_most_two_days_before_publication() -> None:
    for row in rows(TUYENQUANG.host):
        if row["template"] != "A1":
            continue
        number = words(only(tree(row["url"]).cssselect("#article_id")))
        created = int(number[16:28], 16) / 1000
        published = press().current(TUYENQUANG)
        item = published.resolve(urlsplit(row["url"]).path).item
        age = published.room.timeline.published(item).timestamp() - created
        assert 0 <= age + 1 <= 2 * 86_400 + 1


def test_a_page_is_as_long_as_a_real_one_and_links_about_fifty_articles() -> None:
    sizes, links = [], []
    pattern = re.compile(r'href="(/[^"]+(?:-[0-9a-f]{7}/|-\d{5,6}\.html))"')
    for row in rows(TUYENQUANG.host):
        html = kept(row["url"]).page.body.decode()
        sizes.append(len(html.encode()))
        links.append(len(set(pattern.findall(html))))
    assert min(sizes) > 25_000
    assert max(sizes) < 65_000
    assert min(links) >= 40


def test_decomposed_pages_have_a_composed_truth() -> None:
    odd = [row for row in rows(TUYENQUANG.host) if "nfd" in row["features"]]
    assert len(odd) >= 8
    for row in rows(TUYENQUANG.host):
        text = kept(row["url"]).page.body.decode()
        assert unicodedata.is_normalized("NFD" if row in odd else "NFC", text)
        assert unicodedata.is_normalized("NFC", str(row))


def inside(row: Row, selector: str) -> bool:
    """Whether the selector finds something in the article's container."""
    container = "div[itemprop=articleBody]" if row["template"] == "K" else "div#content"
    return bool(only(tree(row["url"]).cssselect(container)).cssselect(selector))


def source_of(row: Row) -> str:
    return kept(row["url"]).page.body.decode()


MARKS: dict[str, Any] = {
    "drop-cap": lambda row: re.search(
        r"<span>\w</span>(?:</span>)*(?:<span[^>]*>)*<span>",
        unicodedata.normalize("NFC", source_of(row)),
    ),
    "word-spans": lambda row: inside(row, "span[style='font-size:14pt']"),
    "style-in-body": lambda row: inside(row, "style, script"),
    "related-box": lambda row: inside(row, "div.related table.rl tr.image_related_2 a"),
    "kicker": lambda row: any(words(h) for h in tree(row["url"]).cssselect("h4.media-heading")),
    "kicker-empty": lambda row: any(
        not words(h) for h in tree(row["url"]).cssselect("h4.media-heading")
    ),
    "nbsp-title": lambda row: "&nbsp;</h1>" in source_of(row),
    "quote": lambda row: inside(row, "blockquote p"),
    "bullets": lambda row: inside(row, "ul:not(.social) > li"),
    "subhead": lambda row: any(
        is_all_bold(p) and words(p) in row["body"] for p in tree(row["url"]).cssselect("p")
    ),
    "lines": lambda row: any("\n" in text for text in row["body"]),
    "photo-story": lambda row: row["kind"] == "photo" and row["body"] == [],
    "no-lead": lambda row: row["lead"] is None,
    "no-author": lambda row: row["authors"] == [],
    "no-picture": lambda row: not inside(row, "img"),
    "source-link": lambda row: inside(row, "p[style*=right] a"),
    "caption:image_desc": lambda row: inside(row, "td.image_desc"),
    "caption:desc": lambda row: any(map(words, tree(row["url"]).cssselect("td.desc"))),
    "caption:next-em": lambda row: inside(row, "p[style*=center] > em:first-child:last-child"),
    "caption:same-p": lambda row: inside(row, "p[style*=center] > img ~ em"),
}


@pytest.mark.parametrize("feature", MARKS)
def test_a_feature_is_named_where_the_page_shows_it(feature: str) -> None:
    named = {row["url"] for host in HOSTS for row in rows(host) if feature in row["features"]}
    shown = {row["url"] for host in HOSTS for row in rows(host) if MARKS[feature](row)}
    assert named == shown
    assert named


EVERY = (
    "bullets",
    "caption:desc-empty",
    "caption:image_desc",
    "caption:next-centred",
    "caption:next-em",
    "caption:none",
    "caption:row2",
    "caption:same-p",
    "credit:brackets",
    "credit:illustration",
    "credit:tail",
    "dash",
    "desk",
    "drop-cap",
    "empty-paragraphs",
    "initials",
    "kicker",
    "kicker-empty",
    "lead-prefix",
    "lines",
    "many-pictures",
    "nbsp-title",
    "nfd",
    "no-author",
    "no-lead",
    "no-picture",
    "no-tags",
    "office-debris",
    "other-url",
    "photo-story",
    "quote",
    "related-box",
    "roles",
    "source-line",
    "style-in-body",
    "subhead",
    "tags",
    "theo-prose-last",
    "theo-prose-last-unsigned",
    "twice-encoded",
    "two-authors",
    "word-spans",
)


@pytest.mark.parametrize("feature", EVERY)
def test_every_feature_stands_at_least_eight_times(feature: str) -> None:
    assert sum(feature in row["features"] for row in rows(TUYENQUANG.host)) >= 8


def test_blank_captions_and_links_to_the_source_stand_where_they_belong() -> None:
    counts = {h: Counter(f for row in rows(h) for f in row["features"]) for h in HOSTS}
    assert counts["baodongnai.com.vn"]["caption:desc-empty"] >= 8
    assert counts["baodongnai.com.vn"]["caption:desc"] >= 8
    assert counts["thanhpho.tuyenquang.gov.vn"]["source-link"] >= 8


def test_sources_are_normalised_and_their_lines_verbatim() -> None:
    pairs = {(row["source_line"], row["source"]) for host in HOSTS for row in rows(host)}
    assert pairs == {
        (None, None),
        ("Theo TTXVN", "TTXVN"),
        ("(Theo TTXVN)", "TTXVN"),
        ("Nguồn: TTXVN", "TTXVN"),
        ("Nguồn: Báo Nhân Dân", "Nhân Dân"),
        ("Theo Báo Nhân Dân", "Nhân Dân"),
        ("Theo: https://baotuyenquang.com.vn/", "Báo Tuyên Quang"),
    }
