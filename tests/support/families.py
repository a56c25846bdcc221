"""Twenty articles of each CMS family: the replica's, or variants of the project's own fixtures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from typing import Final

from scrapy.spiderloader import SpiderLoader
from scrapy.utils.project import get_project_settings

from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.page.document import Document
from newscrawl.project.fixture import Fixture, fixtures
from newscrawl.replica.press import Kept, Press
from newscrawl.replica.site import (
    DONGNAI,
    TUYENQUANG,
    Options,
    ReplicaSite,
)
from tests.support import paths

FETCHED: Final = datetime(2026, 11, 23, 16, 7, 5, tzinfo=UTC)
HTML: Final = "text/html; charset=utf-8"
FOLDER: Final = paths.FIXTURES
FIXTURES: Final = {
    "A3": ("phuyen",),
    "B": ("baobariavungtau", "baodanang/legacy"),
    "C": ("baolaocai",),
    "D": ("baonghean",),
    "E1": ("baocantho",),
    "E1a": ("baoangiang",),
    "E2": ("baobinhduong",),
    "F": ("baotayninh",),
    "G": ("baothanhhoa",),
}
NAMES: Final = ("A1", "A2", "K", *FIXTURES)

# Words the readers know are left alone, and none is put in: a variant says the same kind of thing.
_KNOWN: Final = (
    "ảnh bài đọc thêm viết nguồn tổng hợp dịch sưu tầm nhóm thực hiện trình bày thiết kế họa hoạ đồ"
    " kỹ thuật phóng viên cộng tác giả thường trú ngày tháng năm giờ sáng trưa chiều tối đêm thứ tư"
    " sáu bảy chủ nhật cập lúc tồn tại tìm thấy không còn liệu báo đài bút cỡ chữ mặc định bị xóa"
    " gỡ khác cùng liên quan từ khóa chuyên mục xã hội kinh tế chính trị văn hóa pháp luật"
    " quảng cáo chia sẻ"
)
_OTHERS: Final = (
    "ruộng đồng nương lúa mạ vườn suối núi rừng bản làng bếp mái cọ đường cầu chợ thuyền lưới cá"
    " tôm gà vịt nếp gạo muối đá gỗ tre nứa rổ giỏ vải sợi dệt nhuộm thêu gốm lò rèn trường lớp"
    " học trò thầy giáo mẹ bố ông bà cháu chị trẻ già mùa vụ mưa nắng gió bão lũ hạn mương đập hồ"
    " giếng trạm thuốc bệnh khỏe sổ giấy hồ sơ"
)
_WORD: Final = re.compile(r"(?<![\w&#/=.-])[^\W\d_]{2,}(?![\w=/])")


@dataclass(frozen=True, slots=True)
class Saved:
    """One page as a crawl fetches it."""

    newspaper: type[NewspaperSpider]
    url: str
    html: str
    fetched_at: datetime = FETCHED

    def document(self, html: str | None = None, content_type: str = HTML) -> Document:
        body = (self.html if html is None else html).encode()
        return Document(self.url, body, fetched_at=self.fetched_at, content_type=content_type)


@cache
def newspapers() -> dict[str, type[NewspaperSpider]]:
    loader = SpiderLoader(get_project_settings())
    found = (loader.load(name) for name in loader.list())
    return {spider.name: spider for spider in found if issubclass(spider, NewspaperSpider)}


@cache
def press(seed: int, edition: int = 1, articles: int = 720) -> Press:
    return Press(Options(articles=articles, seed=seed, edition=edition))


def replica_pages(
    site: ReplicaSite,
    *,
    old: bool,
    seed: int = 1,
    edition: int = 1,
    section: str = "",
    articles: int = 720,
) -> Iterator[Saved]:
    """The articles of a paper in the replica, newest first."""
    source = press(seed, edition, articles)
    paper = source.current(site)
    newspaper = newspapers()[site.host.partition(".")[0]]
    for item in sorted(paper.items(), reverse=True):
        room = paper.room
        if room.is_article(item) and room.is_old(item) is old:
            if section and not room.section(item).path.startswith(section):
                continue
            kept: Kept = source.kept(site, item)
            html = kept.page.body.decode()
            yield Saved(newspaper, f"https://{site.host}{paper.path(item)}", html)


def fixture_pages(names: tuple[str, ...]) -> Iterator[Saved]:
    """The papers' own fixtures, again and again, each time in other words."""
    saved = [f for f in fixtures(FOLDER) if f.name.startswith(names) and f.page == "article"]
    seed = 0
    while True:
        yield from (_variant(fixture, seed) for fixture in saved)
        seed += 1


def _variant(fixture: Fixture, seed: int) -> Saved:
    html = _in_utf8(fixture.document().text)
    gold = fixture.gold
    fetched_at = datetime.fromisoformat(gold["fetched_at"])
    if seed:
        html = _WORD.sub(lambda match: _other_word(match[0], seed), html)
        html = _on_another_day(html, gold["expected"]["published_at"], seed)
        html = _other_pictures(html, [image["url"] for image in gold["expected"]["images"]], seed)
        fetched_at += timedelta(days=31)
    return Saved(newspapers()[fixture.newspaper], gold["url"], html, fetched_at)


def _on_another_day(html: str, published_at: str, seed: int) -> str:
    """The page as if it had appeared on another day of its month."""
    year, month, day = published_at[:10].split("-")
    other = f"{(int(day) + 5 * seed) % 28 + 1:02}"
    html = re.sub(rf"\b{day}([/.-]){month}\1(?:{year})\b", rf"{other}\g<1>{month}\g<1>{year}", html)
    return html.replace(f"{year}-{month}-{day}", f"{year}-{month}-{other}")


def _other_pictures(html: str, addresses: list[str], seed: int) -> str:
    for name in {address.rpartition("/")[2].partition("?")[0] for address in addresses}:
        html = html.replace(f"/{name}", f"/v{seed}_{name}")
    return html


def _in_utf8(html: str) -> str:
    return re.sub(r"charset=([\"']?)windows-1258", r"charset=\1utf-8", html)


def _other_word(word: str, seed: int) -> str:
    """Another word for one in small letters that is no word of the trade."""
    if word.isascii() or not word.islower() or word in _KNOWN.split():
        return word
    thrown = blake2b(f"{seed} {word}".encode(), digest_size=4).digest()
    others = _OTHERS.split()
    return others[int.from_bytes(thrown, "big") % len(others)]


def pages_of(family: str) -> Iterator[Saved]:
    """Pages of a family, as many as one asks for (some hundred of the replica's)."""
    if family in FIXTURES:
        return fixture_pages(FIXTURES[family])
    if family == "A2":
        return (
            page for seed in range(1, 9) for page in replica_pages(DONGNAI, old=False, seed=seed)
        )
    return replica_pages(TUYENQUANG, old=family == "K")
