"""Who signed a text, which outlet it was taken from, who took a picture.

Forms seen on provincial papers and portals, 2014 to 2026: "Tin, ảnh: …", a bare name, "Bài: …;
Ảnh: …", "… (tổng hợp)", "name/outlet", "Theo …", "Nguồn: …". All readers are conservative: what
may be a sentence is none of these, because a line taken for a signature leaves the text.
"""

import re
from dataclasses import dataclass
from typing import Final

from newscrawl.outlets import known_outlet, outlet, outlet_of_domain
from newscrawl.text import clean, syllables
from newscrawl.urls import resolve

LONGEST: Final = 100  # characters of a signature; what is longer is a sentence
_LONGEST_ADDRESS: Final = 2_048
_LONGEST_CREDIT: Final = 80
_SHORT_SENTENCE: Final = 8  # syllables a line with a full stop may have and still be a signature
_MOST_WORDS: Final = 7  # of a name with its titles; of an outlet's name one more

_PICTURE: Final = (
    r"ảnh|hình(?: ảnh)?|photo|video|clip|đồ h(?:ọa|oạ)|infographic|kỹ thuật|trình bày|thiết kế"
)
_TEXT: Final = (
    r"tin|bài(?: viết)?|thơ|(?:nhóm )?thực hiện|biên soạn|biên dịch|tổng hợp|nội dung|lược dịch"
    r"|dịch|sưu tầm|lược ghi|ghi|tác giả"
)
_ROLE: Final = rf"(?:{_TEXT}|{_PICTURE})"
_ROLES: Final = re.compile(
    rf"(?:^|(?<=[\s;,|/(–-]))({_ROLE}(?:(?:\s*(?:[,&/+–-]|\bvà\b)\s*|\s+){_ROLE})*)\s*:",
    re.IGNORECASE,
)
_ONLY_PICTURE: Final = re.compile(rf"(?:(?:{_PICTURE})|[\s,&/+–-]|và)+", re.IGNORECASE)
_DONE: Final = re.compile(  # how a name says what it did: "Minh An (tổng hợp)", "Minh An lược dịch"
    r"(?:\s*[-–,]\s*|\s+)(?:tổng hợp|t/h|thực hiện|lược dịch|biên dịch|dịch|biên soạn|sưu tầm"
    r"|lược ghi|ghi|st)$"
)
_EDITORS_MARK: Final = re.compile(r"\s+\(?XB\)?$")
_ASIDE: Final = re.compile(r"\s*\(([^()]*)\)$")
_THEO: Final = re.compile(r"(?:^|[\s–-])[Tt]heo:?\s+(.+)$")
_BETWEEN_NAMES: Final = re.compile(r"\s+[-–]\s*|\s*[-–]\s+|\s*[,;|/&+\n]\s*|\s+và\s+")
_NAME_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[.'’-])*")
_INNER_WORDS: Final = frozenset(["văn", "thị"])
_TITLES: Final = frozenset("GS PGS TSKH TS ThS BS BSCKI BSCKII CKI CKII DS CN KS LS NSƯT NSND".split())
_DESK: Final = re.compile(
    r"(?:nhóm )?(?:pv|p\.v\.?|phóng viên|ctv|cộng tác viên|bbt|ban biên tập|ban bạn đọc"
    r"|t(?:òa|oà) soạn)(?: (?P<more>.*))?",
    re.IGNORECASE,
)
_OFFICE: Final = re.compile(
    r"(?:phòng|ban|đài|trung tâm|hội|đoàn|sở|công an|bộ chỉ huy|chi cục|trường|văn phòng|huyện) ",
    re.IGNORECASE,
)
_NOT_A_NAME: Final = re.compile(  # furniture, placeholders and what signs a document
    r"bút danh|tác giả|internet|facebook|zalo|youtube|nvcc|st$|(?:tin|bài|các tin) (?:cùng|liên|khác|mới)"
    r"|xem |đọc |chia sẻ|bình luận|từ khóa|tags|quảng cáo|ảnh|video|.*(?:ubnd|hđnd|ủy ban|chủ tịch"
    r"|giám đốc|bí thư)|(?:tm|kt|tl)\."
)
_CREDIT_LINE: Final = re.compile(r"(theo|nguồn(?: tin)?)(\s*:\s*|\s+)(\S.*)", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(https?://)?((?:[a-z0-9-]+\.)+(?:vn|com|net|org|info|asia|tv|news)\b)(?:[:/?]\S*)?",
    re.IGNORECASE,
)
_MEDIUM: Final = re.compile(
    r"(?:báo|đài|tạp chí|thông tấn xã|truyền hình|kênh|hãng tin|trang tin|cổng (?:thông tin|ttđt))"
    r"(?: điện tử| mạng| online)* (?=(?P<next>\S))",
    re.IGNORECASE,
)
_BRAND: Final = re.compile(r"[A-Z][A-Za-z0-9+.]{2,}")  # Reuters, BNEWS: no Vietnamese word
_ISSUE: Final = re.compile(r"[,\s]*\(?(?:số )?(?:ra )?(?:ngày )?\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{4})?\)?$")
_PROSE: Final = frozenset(
    "đưa cho biết thì là của được đã có trong này vừa sẽ cần về với đó ông bà anh chị em nghị quyết"
    " kế chương luật quy".split()
)
_PERSON: Final = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý ts gs pgs ths bs bộ sở"
    " đồng đại thượng trung thiếu".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """The signature of a text."""

    line: str
    """As printed, cleaned"""
    authors: tuple[str, ...]
    """Persons and desks in order, photographers too; () where only an outlet signs"""
    source: str | None
    """Outlet the signature names, in its one spelling"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A line that says where a text was taken from."""

    line: str
    """As printed, cleaned"""
    source: str
    """Outlet in its one spelling; the host of an unknown one where only an address is printed"""
    url: str | None
    """Link or printed address, absolute"""


def read_byline(text: str) -> Byline | None:
    """The signature a short line is; None for prose, placeholders and furniture.

    >>> read_byline("Bài: Thanh Trà; Ảnh: Lê Minh").authors
    ('Thanh Trà', 'Lê Minh')
    >>> read_byline("Vân Khánh/Báo Tin tức").source
    'Báo Tin tức'
    >>> read_byline("Hội nghị đã thống nhất nhiều nội dung quan trọng trong quý tới.") is None
    True
    """
    line = clean(text)
    if not line or len(line) > LONGEST or _is_sentence(line):
        return None
    signed = "\n".join(filter(None, map(clean, _EDITORS_MARK.sub("", text.strip()).splitlines())))
    credited = read_attribution(line)
    if credited is not None:
        front = _THEO.sub(r"\1", signed.strip("()[]"))
        authors, source = _signers(front.rpartition("/")[0], strict=True) or ((), None)
        return Byline(line=line, authors=authors, source=source or credited.source)
    found = _by_roles(signed) if _ROLES.search(signed) else _signers(signed, strict=True)
    if found is None:
        return None
    authors, source = found
    return Byline(line=line, authors=tuple(dict.fromkeys(authors)), source=source)
