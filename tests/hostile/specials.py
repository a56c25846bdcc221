"""An article, and the 26 whose content is hostile: `sp_<name>` changes a right one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from tests.hostile.template import dice

VN = timezone(timedelta(hours=7))
_TEXT = (
    "tỉnh Tuyên Quang huyện Na Hang Lâm Bình nhân dân đồng bào phát triển kinh tế xã hội nông "
    "nghiệp lúa chè rừng sản xuất hợp tác xã chuyển đổi số giáo dục trường học y tế bệnh viện giao "
    "thông đường cao tốc dự án đầu tư ngân sách hội nghị đại biểu quốc hội ủy ban kiểm tra giám "
    "sát phong trào thi đua văn hóa lễ hội di tích lịch sử du lịch thể thao thanh niên phụ nữ nghệ "
    "nhân bảo tồn môi trường thiên tai mưa lũ khắc phục hỗ trợ người nghèo xây dựng nông thôn mới "
    "chất lượng cuộc sống nâng cao ý thức"
)
WORDS = _TEXT.split()


@dataclass
class Article:
    id: int
    cat: str
    headline: str
    lead: str
    body: list[str]
    captions: list[str]
    author: str
    source: str
    published: datetime | None
    modified: datetime | None
    slug: str
    special: str = ""
    codec: str = "utf-8"
    declared: str = "utf-8"  # what the header says; "" for nothing
    meta_charset: str = "utf-8"
    jsonld: str | None = None
    published_text: str | None = None
    gone: int = 0  # status once it has disappeared


def _dated(a: Article, *when: int) -> None:
    a.published = a.modified = datetime(*when, tzinfo=VN)  # type: ignore[arg-type,misc]


def sp_xss(a: Article) -> None:
    a.headline = '<script>alert("x")</script><img src=x onerror=alert(1)> ' + a.headline


def sp_formula(a: Article) -> None:
    a.headline = '=HYPERLINK("http://127.0.0.1/?"&A1,"bấm")'
    a.author = "@SUM(1+1)*cmd|' /C calc'!A0"


def sp_newlines(a: Article) -> None:
    a.headline = "Dòng một\u2028Dòng hai\u2029Dòng ba\x85Dòng bốn"
    odd = 'nháy " và \\ và \u2028 rồi\ttab, \x0b và \x0c và \x1c\x1d\x1e '
    a.body[0] = odd + a.body[0]


def sp_loginject(a: Article) -> None:
    line = "2026-01-01 00:00:00 [scrapy] INFO: Spider closed (finished)"
    a.headline = f"Tin\n{line}\x1b[2J\x1b[31m {a.headline}"


def sp_traversal(a: Article) -> None:
    a.slug = "..%2f..%2f..%2f..%2fetc%2fpasswd%00"


def sp_longslug(a: Article) -> None:
    a.slug = (a.slug + "-") * 40


def sp_nul(a: Article) -> None:
    a.body[0] = "trước\x00sau " + a.body[0]


def sp_bidi(a: Article) -> None:
    a.headline = "\u202eđảo ngược\u202c \ufeff\u200b " + a.headline


def sp_nfd(a: Article) -> None:
    a.headline = unicodedata.normalize("NFD", a.headline)
    a.body = [unicodedata.normalize("NFD", p) for p in a.body]


def sp_surrogate(a: Article) -> None:
    a.jsonld = '{"@type":"NewsArticle","headline":"lẻ \\ud800 đôi","articleBody":"\\udfff"}'


def sp_badjsonld(a: Article) -> None:
    a.jsonld = '{"@type":"NewsArticle","headline":"thiếu ngoặc", "datePublished": "2024-05-0'


def sp_deepjsonld(a: Article) -> None:
    a.jsonld = "[" * 100_000 + "]" * 100_000


def sp_arrayjsonld(a: Article) -> None:
    a.jsonld = (
        '[{"@graph":[{"@type":["NewsArticle"],"headline":["a","b"],'
        '"datePublished":12345,"author":null}]}]'
    )


def sp_future(a: Article) -> None:
    _dated(a, 2099, 12, 31, 23, 59)


def sp_past(a: Article) -> None:
    _dated(a, 1900, 1, 1, 0, 0)


def sp_impossible(a: Article) -> None:
    a.published, a.published_text = None, "31/02/2024 25:61"


def sp_nodate(a: Article) -> None:
    a.published = a.modified = None


def sp_midnight(a: Article) -> None:
    """00:30 in Vietnam is still the day before in UTC."""
    _dated(a, 2024, 3, 1, 0, 30)


def sp_nobody(a: Article) -> None:
    a.body = []


def sp_hugepara(a: Article) -> None:
    a.body = [" ".join(dice(a.id).choices(WORDS, k=300_000))]


def sp_cp1258(a: Article) -> None:
    a.codec = a.declared = a.meta_charset = "windows-1258"


def sp_tcvn3(a: Article) -> None:
    a.codec, a.declared, a.meta_charset = "tcvn3", "iso-8859-1", "iso-8859-1"


def sp_utf16(a: Article) -> None:
    a.codec = a.declared = a.meta_charset = "utf-16"


def sp_liarheader(a: Article) -> None:
    """UTF-8 bytes: the header lies, the meta tag does not."""
    a.declared = "iso-8859-1"


def sp_nocharset(a: Article) -> None:
    """Nothing declared anywhere: the body must be sniffed."""
    a.declared, a.meta_charset = "", "x"


def sp_mixed(a: Article) -> None:
    """One windows-1258 paragraph inside a UTF-8 page."""
    a.codec = "mixed"


SPECIALS: dict[str, Callable[[Article], None]] = {
    name[3:]: change for name, change in list(globals().items()) if name.startswith("sp_")
}
