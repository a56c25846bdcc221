"""Spell the name of a credited outlet in one way, by the printed name or domain.

National papers are named as on their masthead without "Báo" (Nhân Dân, Tiền Phong); provincial
papers, and papers whose name would be a common word, with "Báo" (Báo Tuyên Quang, Báo Tin tức). An
agency counts before its own outlet: TTXVN/Vietnam+ is TTXVN, Vietnam+ alone stays Vietnam+. A name
that no list holds stays as printed.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from newscrawl.article.lazy_pattern import LazyPattern
from newscrawl.catalogue.entries import CatalogueEntry, catalogue
from newscrawl.text import clean

# Name: other spellings, of which those with a dot are domains. Letter case, the place of tone
# marks, blanks, "và", "Báo …", "Báo điện tử …", "… điện tử" and "… online" need no entry.
_NATIONAL: Final = {
    "TTXVN": "Thông tấn xã Việt Nam; TTXVN/Vietnam+; TTXVN/VietnamPlus; Vietnam+/TTXVN;"
    " TTXVN/Báo Tin tức; VNA; Vietnam News Agency; vnanet.vn",
    "Vietnam+": "VietnamPlus; vietnamplus.vn",
    "Nhân Dân": "nhandan.vn; nhandan.com.vn; nhandan.org.vn",
    "VOV": "Đài Tiếng nói Việt Nam; VOV News; vov.vn",
    "VTV": "Đài Truyền hình Việt Nam; VTV News; vtv.vn",
    "VTC News": "VTC; vtcnews.vn; vtc.vn",
    "VnExpress": "vnexpress.net",
    "Vietnamnet": "vietnamnet.vn",
    "Dân trí": "dantri.com.vn",
    "Tuổi Trẻ": "tuoitre.vn; tuoitre.com.vn",
    "Thanh Niên": "thanhnien.vn; thanhnien.com.vn",
    "Tiền Phong": "tienphong.vn",
    "Lao Động": "laodong.vn; laodong.com.vn",
    "Người Lao Động": "NLĐ; nld.com.vn",
    "Quân đội nhân dân": "QĐND; qdnd.vn",
    "Công an nhân dân": "CAND; cand.com.vn",
    "Sức khỏe & Đời sống": "suckhoedoisong.vn",
    "Đại Đoàn Kết": "daidoanket.vn",
    "Đại biểu Nhân dân": "daibieunhandan.vn",
    "Giáo dục & Thời đại": "giaoducthoidai.vn",
    "Kinh tế & Đô thị": "Kinh tế đô thị; kinhtedothi.vn",
    "Khoa học & Đời sống": "khoahocdoisong.vn",
    "Đời sống & Pháp luật": "doisongphapluat.com; doisongphapluat.com.vn",
    "Thể thao & Văn hóa": "thethaovanhoa.vn",
    "Nông nghiệp Việt Nam": "nongnghiep.vn",
    "Pháp luật Việt Nam": "PLVN; baophapluat.vn",
    "Pháp luật TP. Hồ Chí Minh": "Pháp luật TPHCM; Pháp luật TP.HCM; PLO; plo.vn",
    "Phụ nữ Việt Nam": "phunuvietnam.vn",
    "An ninh Thủ đô": "anninhthudo.vn",
    "VnEconomy": "vneconomy.vn",
    "Znews": "Zing; Zing News; znews.vn; zingnews.vn",
    "VnMedia": "vnmedia.vn",
    "Sài Gòn Giải Phóng": "SGGP; sggp.org.vn",
    "Hànộimới": "Hà Nội mới; hanoimoi.vn; hanoimoi.com.vn",
    "Internet": "Mạng internet",
    "Báo Tin tức": "Báo Tin tức/TTXVN; baotintuc.vn",
    "Báo Chính phủ": "baochinhphu.vn",
    "Báo Công Thương": "congthuong.vn",
    "Báo Xây dựng": "baoxaydung.vn; baoxaydung.com.vn",
    "Báo Giao thông": "baogiaothong.vn",
    "Báo Đầu tư": "baodautu.vn",
    "Báo Quốc tế": "Thế giới và Việt Nam; baoquocte.vn",
    "Báo Văn hóa": "baovanhoa.vn",
    "Báo Biên phòng": "bienphong.com.vn",
}
_FORMS: Final = (
    "Báo {}",
    "Báo điện tử {}",
    "Báo {} điện tử",
    "Báo {} online",
    "{} điện tử",
    "{} online",
    "Báo và Phát thanh, Truyền hình {}",
)
_MERGED_BODY: Final = LazyPattern(r"Báo và phát thanh, truyền hình (?=\w)", re.IGNORECASE)
# The kind of a medium before its name: the name of an outlet is recognised though no list has it.
_KIND: Final = LazyPattern(
    r"(?:báo|đài|tạp chí|thông tấn xã|truyền hình|kênh|hãng tin|trang tin|cổng (?:thông tin|ttđt))"
    r"(?: điện tử| mạng| online)*(?: (?:tỉnh|thành phố|huyện|thị xã|xã|phường))? (?=\S)",
    re.IGNORECASE,
)
# BNEWS, Kenh14, Reuters: Vietnamese syllables have no such capitals, digits or seven letters.
_BRAND: Final = LazyPattern(
    r"(?!(?:CTV|BTV|BBT|NVCC)$)"
    r"(?:[A-Z]{3,}[0-9+]*|[A-Z][a-z]+[A-Z0-9+][A-Za-z0-9+]*|[A-Z][a-z]{6,}\+?)"
)
OUTLET_NAME_MAX_WORDS: Final = 8
_PROSE: Final = LazyPattern(
    r"[!?…:;]|\w{2}\. |[.,]$|\d\d[-/]|\b(?:đó|ông|bà|anh|chị|em|đưa|cho|biết|thì|là|của|được|đã|có"
    r"|trong|này|vừa|sẽ|cần|về|với|nghị|quyết|kế|chương|luật|quy|ngân|vốn)\b",
    re.IGNORECASE,
)
_PERSON_OR_OFFICE: Final = LazyPattern(
    r"(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đồng|đại|thượng"
    r"|trung|thiếu|ts|gs|pgs|ths|bs|bộ|sở|tp)\b",
    re.IGNORECASE,
)
_WORD: Final = LazyPattern(r"[^\W_]+|\+")
_TONES: Final = LazyPattern("[\u0300\u0301\u0303\u0309\u0323]")


def outlet(name: str) -> str:
    """Return the listed spelling of a credited outlet's name, else the printed name, cleaned.

    >>> outlet("Báo điện tử Tuyên Quang"), outlet("TTXVN/Vietnam+"), outlet("báo Nhân dân")
    ('Báo Tuyên Quang', 'TTXVN', 'Nhân Dân')
    >>> outlet("Tạp chí  Sông Lô")
    'Tạp chí Sông Lô'
    """
    printed = clean(name)
    return known_outlet(printed) or printed


@lru_cache(maxsize=1024)  # a paper signs and credits the same few names every day
def known_outlet(name: str) -> str | None:
    """Return the listed spelling of an outlet's name or domain; None where no list has it.

    >>> known_outlet("Tuyên Quang") is None, known_outlet("baotuyenquang.com.vn")
    (True, 'Báo Tuyên Quang')
    """
    return _names().get(_folded(name)) or outlet_of_domain(name)


def named_outlet(phrase: str) -> str | None:
    """Return the outlet that a phrase names by itself; None where the phrase may be a person.

    >>> [named_outlet(phrase) for phrase in ("VOV-Tây Bắc", "Tạp chí Sông Lô", "Thu Hà")]
    ['VOV-Tây Bắc', 'Tạp chí Sông Lô', None]
    """
    kind = _KIND.match(phrase)
    has_kind = kind is not None and phrase[kind.end()].isupper() and _may_be_name(phrase)
    is_branch = "-" in phrase and known_outlet(phrase.partition("-")[0])
    is_named = has_kind or is_branch or known_outlet(phrase) or _BRAND.fullmatch(phrase)
    return outlet(phrase) if is_named else None


def credited_outlet(phrase: str, *, is_labelled: bool = False) -> str | None:
    """Return the outlet that the words after "Theo" or "Nguồn" name; None for prose.

    Args:
        phrase: the words after "Theo" or "Nguồn".
        is_labelled: a colon follows the label ("Nguồn: …"); any name counts then, an office's too.

    >>> credited_outlet("TTXVN, VOV.VN"), credited_outlet("Khoa Học Trẻ")
    ('TTXVN, VOV', 'Khoa Học Trẻ')
    >>> credited_outlet("ông Hà Văn Lâm"), credited_outlet("báo cáo của huyện")
    (None, None)
    """
    if named := named_outlet(phrase):
        return named
    several = [part.strip() for part in phrase.split(",")]
    if len(several) > 1:
        names = [credited_outlet(part, is_labelled=is_labelled) for part in several]
        return ", ".join(filter(None, names)) if all(names) else None
    author, _, medium = phrase.rpartition("/")
    if author and (named := named_outlet(medium.strip())):
        return named
    if not _may_be_name(phrase):
        return None
    is_titled = all(word[0].isupper() or not word[0].isalpha() for word in phrase.split())
    is_person = _PERSON_OR_OFFICE.match(phrase) is not None
    is_named = phrase[0].isupper() if is_labelled else is_titled and not is_person
    return outlet(phrase) if is_named else None


def _may_be_name(phrase: str) -> bool:
    is_short = len(phrase.split()) <= OUTLET_NAME_MAX_WORDS
    return phrase[:1].isalnum() and is_short and _PROSE.search(phrase) is None


def outlet_of_domain(host: str) -> str | None:
    """Return the outlet of a host or of a parent of the host; None where no list has it.

    >>> outlet_of_domain("www.baotuyenquang.com.vn"), outlet_of_domain("phuyen.baodaklak.vn")
    ('Báo Tuyên Quang', 'Báo Phú Yên')
    >>> outlet_of_domain("baotuyenquang.com.vn.vi-du.net") is None
    True
    """
    labels = host.strip().lower().removesuffix(".").split(".")
    names = (".".join(labels[start:]) for start in range(max(0, len(labels) - 6), len(labels) - 1))
    return next((_domains()[name] for name in names if name in _domains()), None)


@cache
def _domains() -> dict[str, str]:
    found = {spelling: name for name, spelling in _spellings() if _is_domain(spelling)}
    for paper in _papers():
        for domain in (paper.domain, *paper.former_domains):
            found.setdefault(domain, _title(paper))
    return found


@cache
def _names() -> dict[str, str]:
    """Return every folded spelling → the name; the first entry of a spelling counts."""
    found: dict[str, str] = {}
    spellings = [(name, spelling) for name, spelling in _spellings() if not _is_domain(spelling)]
    for name, spelling in (*spellings, *((_title(paper),) * 2 for paper in _papers())):
        for variant in _variants(spelling):
            found.setdefault(_folded(variant), name)
            found.setdefault(_unmarked(variant), name)
    return found


def _papers() -> tuple[CatalogueEntry, ...]:
    return tuple(paper for paper in catalogue() if not paper.has_guessed_name)


def _spellings() -> Iterator[tuple[str, str]]:
    for name, others in _NATIONAL.items():
        yield from ((name, spelling) for spelling in (name, *others.split("; ")))


def _is_domain(spelling: str) -> bool:
    return re.fullmatch(r"[a-z]+(\.[a-z]+)+", spelling) is not None


def _variants(spelling: str) -> Iterator[str]:
    """Yield the spelling and its forms with "Báo"; "Báo …" is not shortened."""
    yield spelling
    yield from (form.format(spelling.removeprefix("Báo ")) for form in _FORMS)


def _title(paper: CatalogueEntry) -> str:
    """Return the traditional name: since July 2025 paper and broadcaster are one body."""
    return _MERGED_BODY.sub("Báo ", paper.paper)


def _folded(name: str) -> str:
    """Return the name in small letters, without blanks and "và", each word's tone at its end.

    Tones count, because "Tiến Phong" is a person and Tiền Phong a newspaper.

    >>> _folded("Sức khoẻ và đời sống") == _folded("Sức khỏe & Đời Sống")
    True
    """
    words = _WORD.findall(unicodedata.normalize("NFC", name).casefold())
    return "".join(_tone_last(word) for word in words if word != "và")


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return _TONES.sub("", letters) + "".join(_TONES.findall(letters))


def _unmarked(name: str) -> str:
    """Return the folded name without diacritics; no name with diacritics equals the result."""
    letters = unicodedata.normalize("NFD", _folded(name)).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
