"""Names of credited outlets, one spelling each, read from a name or a domain.

National papers keep the name on their masthead without "Báo" (Nhân Dân, Tiền Phong), provincial
ones and those whose name would be a common word keep it (Báo Tuyên Quang, Báo Tin tức). The agency
before its own outlet counts: TTXVN/Vietnam+ is TTXVN, Vietnam+ alone stays Vietnam+. A name nobody
listed stays as printed: nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from newscrawl.catalogue.entries import CatalogueEntry, catalogue
from newscrawl.text import clean

# Name: other spellings; those with a dot are domains. Letter case, the place of tone marks, blanks,
# "và", "Báo …", "Báo điện tử …", "… điện tử" and "… online" need no entry.
_NATIONAL: Final = {
    "TTXVN": "Thông tấn xã Việt Nam; TTXVN/Vietnam+; TTXVN/VietnamPlus; Vietnam+/TTXVN;"
    " TTXVN/Báo Tin tức; vnanet.vn",
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
_MERGED_BODY: Final = re.compile(r"Báo và phát thanh, truyền hình (?=\w)", re.IGNORECASE)
# A medium's kind before its name, so that an unknown name is still known to be one.
_KIND: Final = re.compile(
    r"(?:báo|đài|tạp chí|thông tấn xã|truyền hình|kênh|hãng tin|trang tin|cổng (?:thông tin|ttđt))"
    r"(?: điện tử| mạng| online)* (?=\S)",
    re.IGNORECASE,
)
# BNEWS, Kenh14, Reuters: no Vietnamese syllable has capitals, digits or seven letters like these.
_BRAND: Final = re.compile(
    r"(?!(?:CTV|BTV|BBT|NVCC)$)"
    r"(?:[A-Z]{3,}[0-9+]*|[A-Z][a-z]+[A-Z0-9+][A-Za-z0-9+]*|[A-Z][a-z]{6,}\+?)"
)
_MOST_WORDS: Final = 8
_PROSE: Final = re.compile(
    r"[!?…:;]|\w{2}\. |[.,]$|\d\d[-/]|\b(?:đó|ông|bà|anh|chị|em|đưa|cho|biết|thì|là|của|được|đã|có"
    r"|trong|này|vừa|sẽ|cần|về|với|nghị|quyết|kế|chương|luật|quy|ngân|vốn)\b",
    re.IGNORECASE,
)
_PERSON_OR_OFFICE: Final = re.compile(
    r"(?:nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đồng|đại|thượng"
    r"|trung|thiếu|ts|gs|pgs|ths|bs|bộ|sở|tp)\b",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+|\+")
_TONES: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


def outlet(name: str) -> str:
    """The one spelling of a credited outlet's name; as printed, cleaned, where none is listed.

    >>> outlet("Báo điện tử Tuyên Quang"), outlet("TTXVN/Vietnam+"), outlet("báo Nhân dân")
    ('Báo Tuyên Quang', 'TTXVN', 'Nhân Dân')
    >>> outlet("Tạp chí  Sông Lô")
    'Tạp chí Sông Lô'
    """
    printed = clean(name)
    return known_outlet(printed) or printed


@lru_cache(maxsize=1024)  # the same few sign and are credited every day
def known_outlet(name: str) -> str | None:
    """The one spelling of an outlet's name or domain, None where neither is listed.

    >>> known_outlet("Tuyên Quang") is None, known_outlet("baotuyenquang.com.vn")
    (True, 'Báo Tuyên Quang')
    """
    return _names().get(_folded(name)) or outlet_of_domain(name)


def named_outlet(phrase: str) -> str | None:
    """The outlet that the words name even standing alone; None where they may name a person.

    >>> [named_outlet(phrase) for phrase in ("VOV-Tây Bắc", "Tạp chí Sông Lô", "Thu Hà")]
    ['VOV-Tây Bắc', 'Tạp chí Sông Lô', None]
    """
    kind = _KIND.match(phrase)
    has_kind = kind is not None and phrase[kind.end()].isupper() and _may_be_name(phrase)
    is_branch = "-" in phrase and known_outlet(phrase.partition("-")[0])
    is_named = has_kind or is_branch or known_outlet(phrase) or _BRAND.fullmatch(phrase)
    return outlet(phrase) if is_named else None


def credited_outlet(phrase: str, *, is_labelled: bool = False) -> str | None:
    """The outlet that the words after "Theo" or "Nguồn" name, None where they may be prose.

    After a label with a colon ("Nguồn: …") any name will do, an office's too.

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
    is_short = len(phrase.split()) <= _MOST_WORDS
    return phrase[:1].isalnum() and is_short and _PROSE.search(phrase) is None


def outlet_of_domain(host: str) -> str | None:
    """The outlet whose host, or whose host's parent, this is; None where none is listed.

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
    """Every folded spelling and the name it stands for; the first entry of a spelling counts."""
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
    """The spelling with and without "Báo"; without only where it is not part of the name."""
    yield spelling
    yield from (form.format(spelling.removeprefix("Báo ")) for form in _FORMS)


def _title(paper: CatalogueEntry) -> str:
    """Its traditional name: since July 2025 the bodies are papers and broadcasters in one."""
    return _MERGED_BODY.sub("Báo ", paper.paper)


def _folded(name: str) -> str:
    """The name in small letters without blanks and "và"; each word's tone at its end.

    Tones count, because names differ in them only: "Tiến Phong" signs, Tiền Phong is a paper.

    >>> _folded("Sức khoẻ và đời sống") == _folded("Sức khỏe & Đời Sống")
    True
    """
    words = _WORD.findall(unicodedata.normalize("NFC", name).casefold())
    return "".join(_tone_last(word) for word in words if word != "và")


def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    return _TONES.sub("", letters) + "".join(_TONES.findall(letters))


def _unmarked(name: str) -> str:
    """The folded name as written without marks; a name that has some never equals it."""
    letters = unicodedata.normalize("NFD", _folded(name)).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
