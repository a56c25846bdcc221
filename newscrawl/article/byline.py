"""Read bylines, attributions and photo credits.

Forms seen on provincial papers and portals, 2014 to 2026: "Tin, ảnh: …", a bare name, "Bài: …;
Ảnh: …", "… (tổng hợp)", "name/outlet", "Theo …", "Nguồn: …". A line that may be a sentence is read
as none of these, because a line taken for a signature is lost to the text.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from newscrawl.article.english_byline import english_names
from newscrawl.article.lazy_pattern import LazyPattern
from newscrawl.article.outlet_names import (
    credited_outlet,
    known_outlet,
    named_outlet,
    outlet_of_domain,
)
from newscrawl.text import clean, clean_lines, syllables
from newscrawl.urls.canonical import resolve

SIGNATURE_MAX_CHARS: Final = 100  # a longer line is a sentence
SIGNATURE_WITH_STOP_MAX_SYLLABLES: Final = 8  # a longer line with a full stop is a sentence
NAME_MAX_WORDS: Final = 5  # without titles

_PICTURE_ROLE: Final = (
    r"ảnh|hình(?: ảnh)?|photo|video|clip|đồ h(?:ọa|oạ)|infographic|kỹ thuật|trình bày|thiết kế"
    r"|minh h(?:ọa|oạ)|tranh|photos|pictures"
)
_GENRE: Final = (
    r"ghi chép|ghi nhanh|bút k[ýí]|phóng sự(?: ảnh)?|k[ýí] sự|t(?:ùy|uỳ) bút|tản văn"
    r"|tạp (?:văn|bút)|truyện ngắn|bình luận|phỏng vấn|chùm ảnh|loạt bài|tường thuật|điều tra"
    r"|hồi k[ýí]|hồi ức"
)
_TEXT_ROLE: Final = (
    r"tin|bài(?: viết)?|thơ|(?:nhóm )?thực hiện|biên soạn|biên dịch|tổng hợp|nội dung|lược dịch"
    rf"|dịch|sưu tầm|lược ghi|{_GENRE}|ghi|tác giả|người viết|bởi|viết bởi|đăng bởi"
    r"|(?:nhóm )?(?:pv|phóng viên|ctv|svtt|cộng tác viên)|nhóm tác giả|lời(?: bình)?"
    r"|text|words|story"
)
_ROLE: Final = rf"(?:{_TEXT_ROLE}|{_PICTURE_ROLE})"
_ROLES: Final = LazyPattern(
    rf"(?:^|(?<=[\s;,|/(–-]))({_ROLE}(?:(?:\s*(?:[,&/+–-]|\bvà\b)\s*|\s+){_ROLE})*)\s*:",
    re.IGNORECASE,
)
_TEXT_ROLES: Final = LazyPattern(rf"\b(?:{_TEXT_ROLE})\b", re.IGNORECASE)
_WORK_DONE: Final = LazyPattern(  # behind a name: "Minh An tổng hợp", "Minh An - lược dịch"
    r"(?:\s*[-–,]\s*|\s+)(?:tổng hợp|t/h|thực hiện|lược dịch|biên dịch|dịch|biên soạn|sưu tầm"
    r"|lược ghi|ghi|kể|st)(?=$|\s+[-–]\s)|\s+(?:tổng hợp|dịch) từ báo chí.*$"
)
_EDITORS_MARK: Final = LazyPattern(r"\s+\(?XB\)?$")
_IN_PARENTHESES: Final = LazyPattern(r"\([^()]+\)")
_AFFILIATION: Final = LazyPattern(  # behind a name: "Vũ Hạnh, lớp 9A, Trường THCS Nà Khuổi"
    r"(?:lớp|trường|xã|phường|thôn|xóm|ấp|bản|huyện|thị trấn|thị xã|thành phố|tp\.?|tỉnh|sở|báo"
    r"|tạp chí|đài (?:pt|th|tt|phát|truyền|tiếng)|ubnd|trung tâm|bệnh viện|công an|chi cục"
    r"|văn phòng|(?:trung|sư|lữ) đoàn|quân khu|học viện|đại học|nguyên|(?:\w+ )?"
    r"(?:staff|editor|writer|reporter)s?"
    r"|senior|special to|for|associated press|reuters|afp)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_ASIDE: Final = LazyPattern(r"\s*\(([^()]*)\)$")
_THEO: Final = LazyPattern(
    r"(?:(?:^|[\s–-])[Tt]heo:?|(?:^|\b)(?:tổng hợp|(?:lược |biên )?dịch) từ:?|^nguồn:?)\s+(.+)$",
    re.IGNORECASE,
)
_BETWEEN_NAMES: Final = LazyPattern(r"\s+[-–]\s*|\s*[-–]\s+|\s*[,;|/&\n·•]\s*|\s+(?:và|and|\+)\s+")
_NAME_WORD: Final = LazyPattern(r"[^\W\d_](?:[^\W\d_]|[.'’-])*")
_TITLE: Final = LazyPattern(
    r"(?:(?:GS|PGS|TSKH|TS|ThS|BS|BSCKI+|CKI+|DS|KS|LS|NSƯT|NSND|NGƯT|NGND|TTƯT|TTND)[. ]*)+"
)
_SPELT_TITLE: Final = (
    r"(?:(?:phó )?giáo sư|tiến s[ĩỹ](?: khoa học)?|thạc s[ĩỹ]|cử nhân"
    r"|bác s[ĩỹ](?: (?:cao cấp|ck[i1]+))?"
    r"|dược s[ĩỹ]|k[ỹĩ] sư|kiến trúc sư|luật sư|luật gia|nhà (?:báo|văn|thơ|giáo|nghiên cứu)"
    r"|(?:nhạc|họa|nghệ|ca|thi|viện|võ|chiến) s[ĩỹ](?: (?:nhân dân|ưu tú))?"
    r"|nghệ nhân(?: (?:nhân dân|ưu tú))?|lương y|(?:đại|thượng|trung|thiếu) (?:tướng|tá|[uú][ýy])"
    r"|linh mục|mục sư|giám mục|đại đức|thượng t(?:ọa|oạ)|h(?:òa|oà) thượng|ni s[ưứ]"
    r"|sư (?:thầy|cô)|điều dưỡng|chuyên gia|biên tập viên|btv)"
)
_SPELT_TITLES: Final = LazyPattern(rf"(?:{_SPELT_TITLE}[.,]?\s+)+(?=\S)", re.IGNORECASE)
_TITLE_ALONE: Final = LazyPattern(rf"{_SPELT_TITLE}|{_TITLE.pattern}", re.IGNORECASE)
_DESK: Final = LazyPattern(
    r"(?:nhóm )?(?:pv|p\.v\.?|phóng viên|ctv|cộng tác viên|bbt|ban biên tập|ban bạn đọc"
    r"|t(?:òa|oà) soạn)(?: (?P<more>\S+(?: \S+){0,4}))?",
    re.IGNORECASE,
)
_OFFICE: Final = LazyPattern(
    r"(?:Phòng|Ban|Đài|Trung tâm|Hội|Đoàn|Sở|Công an|Chi cục|Trường|Văn phòng)(?: [\w.-]+){1,9}"
)
_BY: Final = LazyPattern(  # "Ghi chép của Hà An", "Bởi Hà An", "By Hà An"
    rf"(?:(?:{_GENRE}|k[ýí]|tác phẩm|bài(?: viết)?(?:,? (?:và )?ảnh)?|tin(?:,? (?:và )?ảnh)?|thơ)"
    r"(?: dự thi)?\s+(?:của|do)|(?:(?:được )?(?:viết|đăng|thực hiện) )?bởi"
    r"|(?:written |posted )?by|tác giả|người viết)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
_ENGLISH_TAIL: Final = (
    LazyPattern(  # "By A on September 12, 2024", "By A · Sept. 12", "By A for the X"
        r"[\s·•|,–—-]+(?:(?:on|at|published|updated|posted):? )?"
        r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]{2,8}\.? [0-9]|[0-9]).*$"
        r"|\s+(?:writing )?for the [A-Z].*$|\s+[Ss]pecial to .*$",
        re.DOTALL,
    )
)
_CONTACT: Final = LazyPattern(  # "Hà An - haan@toasoan.example", "Hà An (ĐT: 0912 345 678)"
    r"[\s,;|(–-]*(?:(?:e-?mail|thư điện tử|hòm thư|đt|điện thoại|sđt|tel|hotline)\s*[:.]?\s*)?"
    r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+?[0-9][0-9 .]{7,14})[)\s.]*",
    re.IGNORECASE,
)
_CONTACT_ASIDE: Final = LazyPattern(  # "(xóm 3, xã Thượng Lâm, ĐT: 0912 000 111)"
    r"\s*\([^()]{0,80}(?:@|[0-9][0-9 .]{7})[^()]{0,40}\)\s*$"
)
_DESK_OF: Final = LazyPattern(
    r"(?:nhóm )?(?:pv|p\.v\.?|phóng viên|ctv|cộng tác viên|btv)(?: của)?\s+(?=\S)",
    re.IGNORECASE,
)
_OUTLET_ASIDE: Final = LazyPattern(r"([^()]+?)\s*\(([^()]+)\)?")
_NO_AUTHOR: Final = LazyPattern(  # placeholders, labels of the page, signers of a document
    r"bút danh|tác giả|admin|internet|facebook|nvcc|st$|tư liệu|minh h(?:ọa|oạ)"
    r"|thứ (?:hai|ba|tư|năm|sáu|bảy)\b|chủ nhật\b|tháng \w+$"
    r"|(?:tin|bài|các tin) (?:cùng|liên|khác|mới)|xem |đọc |chia sẻ|bình luận|từ khóa|tags"
    r"|quảng cáo|(?:tm|kt|tl)\."
    r"|.*(?:ubnd|hđnd|ủy ban|chủ tịch|giám đốc|bí thư)"
)
_CREDIT_LINE: Final = LazyPattern(
    r"(?:theo|nguồn(?: tin)?|source(?=\s*:))(?P<colon>\s*:\s*|\s+)(\S.*)", re.IGNORECASE
)
_AUTHOR_OF_CREDIT: Final = LazyPattern(r"\W*theo\s*:?\s+([^/(]+)[/(]", re.IGNORECASE)
_ISSUE: Final = LazyPattern(r"[,\s]*\(?(?:ngày )?\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{4})?\)?$")
_ADDRESS: Final = LazyPattern(
    r"(https?://)?((?:[a-z0-9-]+\.)+(?:vn|com|net|org|info|asia|tv|news))(?:[:/?]\S*)?",
    re.IGNORECASE,
)
_QUALIFIER: Final = (
    r"(?: (?:có tính )?(?:chất )?minh h(?:ọa|oạ)| tư liệu| chụp màn hình| cắt từ (?:clip|video))?"
)
_CREDIT: Final = LazyPattern(
    rf"(?:^|(?<=[\s(\[/.!?…)”\"]))(?:(?:(?:Image|Photo|Picture)s? )?[Cc]redits?(?=:|\.\.\.)"
    rf"|(?:Ảnh|ẢNH|Hình)(?:,? (?:và )?(?:clip|video))?{_QUALIFIER}"
    r"|Nguồn(?: ảnh)?|Đồ h(?:ọa|oạ)|Photo|Clip|Video|Minh h(?:ọa|oạ)|Infographic"
    rf"|(?<=[(\[])(?:ảnh{_QUALIFIER}|nguồn|clip|video)|(?<=[.,;–-] )ảnh(?=\s*:))"
    r"(?P<colon>\s*:\s*|\s+|\.\.\.\s*)(?=\S)"
)
_CREDIT_WORDS: Final = (  # `_CREDIT` matches no text without one of these
    "Ảnh", " ảnh", "(ảnh", "[ảnh", "ẢNH", "Hình", "guồn", "Đồ h", "Photo", "lip", "ideo", "Minh h",
    "Infographic", "redit",
)  # fmt: skip
_KEPT_MAX_CHARS: Final = 500  # of a caption whose parts are kept in memory
_PICTURE_WORD: Final = LazyPattern(rf"(?:^|\s|\()(?:Ảnh|Hình){_QUALIFIER}[.)]*$")
LOWERCASE_CREDIT_MAX_WORDS: Final = 4  # "Ảnh: gia đình cung cấp"; a longer text is a caption
_DATELINE: Final = LazyPattern(r"\(?[^\W_][\w .&-]{0,28}(?:\)\s*[-–—:]|\s+[-–—])\s*(?=\S)")
_DASH: Final = LazyPattern(r"\s*[-–—](?:[-–—\s]+(?=\S)|(?=[^\W\d_]))")

Signers = tuple[tuple[str, ...], str | None]
"""(persons and desks, outlet)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """The signature of a text."""

    line: str
    """As printed, cleaned"""
    authors: tuple[str, ...]
    """Persons and desks in order, photographers too; () where only an outlet signs"""
    source: str | None
    """Outlet the signature names, as `outlet_names.outlet` spells the name"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A line that says where a text was taken from."""

    line: str
    """As printed, cleaned"""
    source: str
    """Outlet as `outlet_names.outlet` spells the name; the host of an unknown address"""
    url: str | None
    """Link or printed address, absolute"""


def read_byline(text: str) -> Byline | None:
    """Return the signature that a short line is; None for prose, placeholders and page labels.

    >>> read_byline("Bài: Thanh Trà; Ảnh: Lê Minh").authors
    ('Thanh Trà', 'Lê Minh')
    >>> read_byline("Vân Khánh/Báo Tin tức").source
    'Báo Tin tức'
    >>> read_byline("Hội nghị đã thống nhất nhiều nội dung quan trọng cho quý tới.") is None
    True
    """
    line = clean(text)
    if names := english_names(text):
        return Byline(line=line, authors=names, source=None)
    head = _ENGLISH_TAIL.sub("", line) if _BY.match(line) else line
    if not head or len(line) > SIGNATURE_MAX_CHARS or _is_sentence(head):
        return None
    return _signature_in(text)


@lru_cache(maxsize=1024)  # a paper signs with the same few names, and each line is asked again
def _signature_in(text: str) -> Byline | None:
    line = clean(text)
    credited = read_attribution(line)
    if credited is not None:
        return Byline(line=line, authors=_author_of_credit(line), source=credited.source)
    signature = _CONTACT_ASIDE.sub("", _EDITORS_MARK.sub("", clean_lines(text)))
    signature = _CONTACT.sub("", signature)
    if _IN_PARENTHESES.fullmatch(signature):
        signature = signature[1:-1]
    if by := _BY.match(signature):
        found = _by_names(_ENGLISH_TAIL.sub("", signature[by.end() :]))
    else:
        found = _by_roles(signature) if _ROLES.search(signature) else _by_names(signature)
    if found is None:
        return None
    return Byline(line=line, authors=tuple(dict.fromkeys(found[0])), source=found[1])


def _is_sentence(line: str) -> bool:
    first = next((letter for letter in line if letter.isalpha()), "")
    is_small = first.islower() and line[0] not in "(["
    is_long = syllables(line) > SIGNATURE_WITH_STOP_MAX_SYLLABLES
    return is_small or (line[-1] in ".!?…:" and is_long)


def _by_names(text: str) -> Signers | None:
    """Return the signers of a line of names and outlets alone; None for any other line."""
    found = _signers(text, is_strict=True)
    return found if found is not None and any(found) else None


def _by_roles(text: str) -> Signers | None:
    """Return the signers behind "Tin, ảnh:", "Bài: … Ảnh:"; None where a role names nobody."""
    heads = list(_ROLES.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    parts = [_signers(text[: heads[0].start()], is_strict=True)]
    names = [text[head.end() : end] for head, end in zip(heads, ends, strict=True)]
    parts.extend(map(_filled, (head[1] for head in heads), names))
    signed = [part for part in parts if part is not None]
    if len(signed) < len(parts):
        return None
    source = next((source for _, source in signed if source), None)
    return tuple(name for names, _ in signed for name in names), source


def _filled(roles: str, names: str) -> Signers | None:
    """Return the signers behind a role; an outlet that only took the pictures is no source."""
    authors, source = _signers(names, is_strict=False) or ((), None)
    if _TEXT_ROLES.search(roles):
        return (authors, source) if authors or source else None
    is_credit = authors or source or _NO_AUTHOR.match(names.strip().casefold())
    return (authors, None) if is_credit else None


def _signers(text: str, *, is_strict: bool) -> Signers | None:
    """Return the persons and the outlet in a list of names.

    Args:
        text: the names, parted by commas, dashes, "và" and the like.
        is_strict: return None where a piece is neither a person nor an outlet, instead of
            leaving that piece out; an office ("Công an tỉnh") is then no signer.
    """
    rest, source = _without_source(text.strip(" -–—,;|(\n*•"))
    authors: list[str] = []
    for piece in _pieces(rest):
        if outlet := known_outlet(piece) or (_medium(piece) if "." in piece else None):
            source = source or outlet
        elif authors and _AFFILIATION.fullmatch(piece):
            source = source or named_outlet(piece)
        elif _is_signature(piece) or (not is_strict and _OFFICE.fullmatch(piece)):
            authors.append(piece)
        elif is_strict:
            return None
    return tuple(authors), source


def _without_source(text: str) -> tuple[str, str | None]:
    """Return the names alone, and the outlet in "… (theo X)", "… theo X", "… (X)" or "…/X"."""
    source = None
    if aside := _ASIDE.search(text):
        text, theo = text[: aside.start()], _THEO.search(aside[1])
        source = (credited_outlet if theo else named_outlet)((theo or aside)[1])
    elif (theo := _THEO.search(text)) and (source := credited_outlet(theo[1])):
        text = text[: theo.start()]
    text = _WORK_DONE.sub("", text)
    names, _, medium = text.rpartition("/")
    if names and not known_outlet(text) and (found := _medium(medium.strip())):
        return names, found
    return text, source


def _medium(text: str) -> str | None:
    """Return the outlet of "author/outlet"; the host names an unknown site."""
    if address := _ADDRESS.fullmatch(text):
        return outlet_of_domain(address[2]) or address[2].lower().removeprefix("www.")
    return named_outlet(text)


def _pieces(text: str) -> list[str]:
    """Return the names in order: "ThS, BS Hà Lan" is one name, "Hà Lan-Thu Cúc" are two."""
    if known_outlet(text):
        return [text]
    found: list[str] = []
    for part in _BETWEEN_NAMES.split(text):
        halves = [part] if _AFFILIATION.fullmatch(part.strip()) else part.split("-")
        for name in halves if all(" " in half.strip() for half in halves) else [part]:
            name = name.strip(" )")
            if " " in name and not name.endswith(("Jr.", "Sr.")):
                name = name.rstrip(".")
            if name and found and _TITLE_ALONE.fullmatch(found[-1]):
                found[-1] = f"{found[-1]}, {name}"
            elif name:
                found.append(name)
    return found


def _is_signature(piece: str) -> bool:
    """Return whether the piece is a person's name, initials, or a desk such as "Nhóm PV"."""
    if _NO_AUTHOR.match(piece.casefold()):
        return False
    if desk := _DESK.fullmatch(piece):
        more = desk["more"] or "PV"
        return more[0].isupper() or more.startswith("thường trú")
    name = _SPELT_TITLES.sub("", piece)
    words = [w for w in re.split(r"[, ]+", name) if w and not _TITLE.fullmatch(w)] or [piece]
    return len(words) <= NAME_MAX_WORDS and len(piece) > 1 and all(map(_is_name_word, words))


def _is_name_word(word: str) -> bool:
    return _NAME_WORD.fullmatch(word) is not None and (word[0].isupper() or word in ("văn", "thị"))


def _author_of_credit(line: str) -> tuple[str, ...]:
    """Return the person in "Theo Hà Lan/VOV.VN"."""
    match = _AUTHOR_OF_CREDIT.match(line)
    author = match[1].strip() if match else ""
    is_person = _is_signature(author) and not _DESK.fullmatch(author)
    return (author,) if is_person and not named_outlet(author) else ()


def read_attribution(text: str, href: str | None = None) -> Attribution | None:
    """Return the attribution that a short line is: "Theo …", "Nguồn: …"; None for prose.

    Args:
        text: the whole line.
        href: the address of the line's link as printed; a relative address is ignored.

    >>> read_attribution("Theo: https://baotuyenquang.com.vn/").source
    'Báo Tuyên Quang'
    >>> read_attribution("(Theo TTXVN/Vietnam+)").source, read_attribution("Source: VNA").source
    ('TTXVN', 'TTXVN')
    >>> read_attribution("Theo đó, các xã cần rà soát lại hồ sơ.") is None
    True
    """
    line = clean(text)
    match = _CREDIT_LINE.fullmatch(line.strip(" -–*•()[]"))
    if match is None or line[0].islower():
        return None
    phrase, is_labelled = match[2].strip(' ."“”'), ":" in match["colon"]
    linked = _absolute(href or "")
    if address := _ADDRESS.fullmatch(phrase):
        host = address[2].lower()
        source = outlet_of_domain(host) or host.removeprefix("www.")
        printed = _absolute(phrase if address[1] else f"https://{phrase}")
        return Attribution(line=line, source=source, url=linked or printed)
    if len(line) > SIGNATURE_MAX_CHARS or line[-1] in ",:;":
        return None
    if (aside := _OUTLET_ASIDE.fullmatch(phrase)) and (named := _medium(aside[2].strip())):
        return Attribution(line=line, source=named, url=linked)  # "Theo PV (TTXVN/Vietnam+)"
    if (desk := _DESK_OF.match(phrase)) and known_outlet(phrase[desk.end() :]):
        phrase = phrase[desk.end() :]  # "Theo PV TTXVN"
    credited = credited_outlet(_ISSUE.sub("", phrase), is_labelled=is_labelled)
    return Attribution(line=line, source=credited, url=linked) if credited else None


def read_outlet_line(text: str, href: str | None = None) -> Attribution | None:
    """Return the attribution of a line that is nothing but an outlet's name; None for other lines.

    Args:
        text: the whole line, as below a signature: "Báo Nhân Dân".
        href: the address of the line's link as printed; a relative address is ignored.
    """
    line = clean(text)
    name = line.strip(" -–*•()[].")
    source = _medium(name) if 0 < len(name) <= SIGNATURE_MAX_CHARS else None
    return Attribution(line=line, source=source, url=_absolute(href or "")) if source else None


def _absolute(address: str) -> str | None:
    printed = address.strip()
    if printed.startswith("//"):
        printed = f"https:{printed}"
    is_absolute = printed.lower().startswith(("http://", "https://"))
    return resolve(printed, printed) if is_absolute else None


def split_credit(caption: str) -> tuple[str | None, str | None]:
    """Return the caption without its credit, and the credit; None for the one that is missing.

    >>> split_credit("Chợ phiên cuối năm. Ảnh: Lê Minh")
    ('Chợ phiên cuối năm.', 'Lê Minh')
    >>> split_credit("The ferry at the pier.Credit...Jo Pine for Cape Courier")
    ('The ferry at the pier.', 'Jo Pine for Cape Courier')
    >>> split_credit("Ảnh minh họa: Internet")
    (None, 'Internet')
    >>> split_credit("Ảnh Bác Hồ tại nhà văn hóa thôn")
    ('Ảnh Bác Hồ tại nhà văn hóa thôn', None)
    """
    text = clean(caption)
    if not any(map(text.__contains__, _CREDIT_WORDS)):  # 1 µs, the search takes 15
        return text or None, None
    return _parted(text) if len(text) <= _KEPT_MAX_CHARS else _without_credit(text)


def _without_credit(text: str) -> tuple[str | None, str | None]:
    for head in _CREDIT.finditer(text, max(0, len(text) - 2 * SIGNATURE_MAX_CHARS)):
        before = text[: head.start()].rstrip(" ([")
        has_colon = head["colon"].strip() in (":", "...")
        is_labelled = has_colon or not before or before[-1] in ".!?…)"
        if text[: head.start()].endswith("(") and text.endswith(")"):  # "(Ảnh Hà An)"
            is_labelled = True
            has_colon = has_colon or _is_signature(text[head.end() : -1])
        if is_labelled and (credit := _credit(text[head.end() :], has_colon)):
            return _PICTURE_WORD.sub("", before).rstrip(" -–,;|([/") or None, credit
    return text or None, None


_parted = lru_cache(maxsize=128)(_without_credit)  # each caption is asked three or four times


def _credit(text: str, has_colon: bool) -> str | None:
    """Return the text as a credit; None where the text is a sentence or goes on."""
    credit = text.rstrip(" .")
    if credit.endswith((")", "]")) and not {"(", "["} & set(credit):
        credit = credit[:-1].rstrip(" .")
    credit = credit.removesuffix(" phát") if credit.endswith("TTXVN phát") else credit
    is_long = credit[:1].islower() and len(credit.split()) > LOWERCASE_CREDIT_MAX_WORDS
    goes_on = any(credit[end.start()].islower() for end in re.finditer(r"\w[.!?…)] ", credit))
    is_credit = 0 < len(credit) <= SIGNATURE_MAX_CHARS and not is_long and not goes_on
    return credit if is_credit and (has_colon or named_outlet(credit)) else None


def strip_dash(text: str) -> str:
    """Return the text without an ornamental dash at its beginning; "BHG - …" stays.

    >>> strip_dash("- Sáng nay, chợ họp sớm"), strip_dash("BHG - Sáng nay")
    ('Sáng nay, chợ họp sớm', 'BHG - Sáng nay')
    """
    dash = _DASH.match(text)
    return text[dash.end() :] if dash else text


def strip_dateline(text: str) -> str:
    """Return the text without the paper or place before its first dash, "(CTO) -", "BHG -".

    >>> strip_dateline("(ĐV) - Sáng nay, chợ họp"), strip_dateline("Sáng nay, chợ họp - tan")
    ('Sáng nay, chợ họp', 'Sáng nay, chợ họp - tan')
    """
    dateline = _DATELINE.match(text)
    return text[dateline.end() :] if dateline else text
