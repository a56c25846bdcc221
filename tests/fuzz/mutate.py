"""Pages broken at random: bits flipped, pieces cut, repeated, swapped, spliced in from others.

The same seed gives the same pages.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

_TAG: Final = re.compile(rb"<[^<>]{1,200}>")
_WORD: Final = re.compile(rb"[A-Za-z0-9_:-]{2,30}")
_NUMBER: Final = re.compile(rb"[0-9]+")

TOKENS: Final[tuple[bytes, ...]] = tuple(
    token.encode("utf-8", "surrogatepass")
    for token in (
        "\x00", "\x1b[2J", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\u200b", "\u202e",
        "\ufffd", "\ufffe", "\uffff", "\ud800", "\U0001f600", "\u0301" * 9, "\u00a0", "\n", "\r",
        "\t", "a" * 300, "9" * 60, "0" * 5000, "<", ">", "&", '"', "'", "/", "=", "%", "\\",
        "{{x}}",
        "&#0;", "&#65533;", "&#xd800;", "&#1114112;", "&#x80;", "&amp;#0;", "&amp;#65533;",
        "&amp;#27;", "&amp;amp;quot;", "&#0038;#0038;quot;", "&#8232;", "&NotExists;", "&nbsp;",
        "</html>", "<html>", "</body>", "<body>", "</head>", "<!--", "-->", "<![CDATA[", "<?php ?>",
        "<script>", "</script>", "<style>", "<template>", "<svg><title>", "<math>", "<plaintext>",
        "<textarea>", "<select>", "<table>", "<tr><td>", "</table>", "<p>", "</p>", "<br><br>",
        "<div>" * 300, "</div>" * 20, "<b>" * 400, "<a href='http://[::1'>x</a>",
        "<a href='//x:99999/'>x</a>", "<a href='javascript:alert(1)'>x</a>",
        "<base href='http://[bad/'>", "<base href='//'>", "<img src='data:x'>", "<img src=''>",
        "<img src='http://[x]/a.jpg'>", "<img width=² height=²>", "<figure><figcaption>",
        "<h1>", "<h1></h1>", "<h1>404 không tìm thấy</h1>", "<time datetime='9999-99-99'>",
        "<meta charset=utf-16>", "<meta charset=hex>", "<meta charset=windows-1258>",
        "<meta name=description content='", "<meta property='og:url' content='http://[x'>",
        "<link rel=canonical href='http://\u0130/'>", "<link rel=canonical href='//'>",
        "<script type='application/ld+json'>", '{"@type":"NewsArticle","datePublished":1e999',
        '{"@type":["NewsArticle",{}],"author":[[[]]],"headline":{"@value":7}}', "[" * 1200,
        '{"@graph":' * 400, '"\\ud800"', "31/02/2024 25:61", "0/0/0000", "29/2/2023",
        "99:99 99/99/9999", "01/01/0001", "31/12/9999 23:59", "0000-00-00T00:00:00Z",
        "2024-05-01T00:00:00+99:99", "9999-12-31T23:59:59-23:59", "Sáng 29-2", "ngày 31/11",
        "\u0661\u0662/\u0663/\u0662\u0660\u0662\u0664", "²/²/2024", "GMT+25", "Theo: http://[x",
        "Theo:", "Nguồn:", "(Theo )", "Ảnh:", "Ảnh: ()", "Bài, ảnh:", "/", "-", "Theo a/b/",
        "ThS.", "PV", "- ", "class=''", "id=''", "style='display:none'", "hidden", "align=right",
        "style='text-align:right'", "style='text-align:center;font-style:italic'",
    )
)  # fmt: skip
CONTENT_TYPES: Final = (
    "text/html; charset=utf-8", "text/html", "text/html; charset=iso-8859-1", "",
    "text/html; charset=windows-1258", "text/html; charset=utf-16", "text/html; charset=hex",
    "text/html; charset=\u0130", "application/json", "TEXT/HTML;;;charset", "\x00",
)  # fmt: skip
ENCODINGS: Final = ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1258", "cp1252", "utf-7")


class Mutator:
    """An endless source of broken pages."""

    def __init__(self, pages: Sequence[bytes], seed: int, longest: int) -> None:
        self.pages = pages
        self.chance = random.Random(seed)  # noqa: S311
        self.longest = longest
        words = (word for page in pages for word in _WORD.findall(page))
        self.words = sorted(set(words))
        self.ways: tuple[Callable[[bytes], bytes], ...] = (
            self.flip, self.flip, self.write, self.cut, self.cut, self.end, self.repeat,
            self.swap, self.insert, self.insert, self.insert, self.insert, self.splice,
            self.drop_tag, self.drop_tag, self.repeat_tag, self.move_tag, self.other_word,
            self.other_word, self.other_number, self.other_tag,
        )  # fmt: skip

    def page(self, page: bytes) -> bytes:
        """The page broken in one to eight places."""
        for _ in range(min(8, int(self.chance.expovariate(0.5)) + 1)):
            page = self.chance.choice(self.ways)(page)
        if self.chance.random() < 0.02:
            page = self.encoded(page)
        return page[: self.longest]

    def url(self, url: str) -> str:
        """The page's address; one in thirty is broken."""
        if self.chance.random() > 0.03:
            return url
        broken = self.page(url.encode()).decode("utf-8", "replace")
        return self.chance.choice((broken, "", "https://", f"{url}?first=x", f"{url}%", url[:-9]))

    def content_type(self, given: str) -> str:
        return self.chance.choice(CONTENT_TYPES) if self.chance.random() < 0.1 else given

    def _place(self, page: bytes) -> int:
        return self.chance.randrange(len(page) + 1)

    def _piece(self, page: bytes, longest: int) -> tuple[int, int]:
        start = self._place(page)
        return start, min(len(page), start + int(longest ** self.chance.random()))

    def flip(self, page: bytes) -> bytes:
        if not page:
            return page
        place = self.chance.randrange(len(page))
        byte = page[place] ^ (1 << self.chance.randrange(8))
        return page[:place] + bytes([byte]) + page[place + 1 :]

    def write(self, page: bytes) -> bytes:
        place = self._place(page)
        return page[:place] + self.chance.randbytes(self.chance.randint(1, 4)) + page[place + 1 :]

    def cut(self, page: bytes) -> bytes:
        start, end = self._piece(page, 2000)
        return page[:start] + page[end:]

    def end(self, page: bytes) -> bytes:
        ending = self.chance.choice((b"", b"</html>", b"</body></html>"))
        return page[: self._place(page)] + ending

    def repeat(self, page: bytes) -> bytes:
        start, end = self._piece(page, 500)
        return page[:end] + page[start:end] * self.chance.choice((1, 1, 2, 8)) + page[end:]

    def swap(self, page: bytes) -> bytes:
        start, end = self._piece(page, 500)
        other, last = self._piece(page, 500)
        if end > other:
            return page
        return page[:start] + page[other:last] + page[end:other] + page[start:end] + page[last:]

    def insert(self, page: bytes) -> bytes:
        place = self._place(page)
        if self.chance.random() < 0.5 and (tags := list(_TAG.finditer(page))):
            place = self.chance.choice(tags).end()  # where text begins
        return page[:place] + self.chance.choice(TOKENS) + page[place:]

    def splice(self, page: bytes) -> bytes:
        other = self.chance.choice(self.pages)
        start, end = self._piece(other, 3000)
        place = self._place(page)
        return page[:place] + other[start:end] + page[place:]

    def _tag(self, page: bytes) -> re.Match[bytes] | None:
        tags = list(_TAG.finditer(page))
        return self.chance.choice(tags) if tags else None

    def drop_tag(self, page: bytes) -> bytes:
        tag = self._tag(page)
        return page[: tag.start()] + page[tag.end() :] if tag else page

    def repeat_tag(self, page: bytes) -> bytes:
        tag = self._tag(page)
        times = self.chance.choice((1, 2, 5, 40))
        return page[: tag.end()] + tag[0] * times + page[tag.end() :] if tag else page

    def move_tag(self, page: bytes) -> bytes:
        tag, other = self._tag(page), self._tag(page)
        return page[: other.start()] + tag[0] + page[other.start() :] if tag and other else page

    def other_word(self, page: bytes) -> bytes:
        """Another name of a tag, an attribute or a class, mostly."""
        words = list(_WORD.finditer(page))
        word = self.chance.choice(words) if words else None
        other = self.chance.choice(self.words)
        return page[: word.start()] + other + page[word.end() :] if word else page

    def other_number(self, page: bytes) -> bytes:
        numbers = list(_NUMBER.finditer(page))
        number = self.chance.choice(numbers) if numbers else None
        other = str(self.chance.choice((0, 1, 7, 31, 99, 2024, 9999, 10**18, -1))).encode()
        return page[: number.start()] + other + page[number.end() :] if number else page

    def other_tag(self, page: bytes) -> bytes:
        """A start tag of another page beside this one's."""
        tag, other = self._tag(page), self._tag(self.chance.choice(self.pages))
        return page[: tag.end()] + other[0] + page[tag.end() :] if tag and other else page

    def encoded(self, page: bytes) -> bytes:
        text = page.decode("utf-8", "replace")
        return text.encode(self.chance.choice(ENCODINGS), "replace")
