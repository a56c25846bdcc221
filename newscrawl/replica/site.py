"""The papers of the replica: hosts, CMS, sections; the days they print and when they moved.

Hosts, section paths and site ids are the papers' own; labels are spelled as the papers spell them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from hashlib import blake2b
from typing import Final

from newscrawl.replica import topics, topics_wide
from newscrawl.replica.topics import Topic

ZONE: Final = timezone(timedelta(hours=7))
FIRST_DAY: Final = datetime(2023, 9, 20, tzinfo=ZONE)
NEW_CMS_DAY: Final = datetime(2025, 7, 1, tzinfo=ZONE)
LAST_DAY: Final = datetime(2026, 9, 20, tzinfo=ZONE)  # edition 1 ends here; one day an edition


@dataclass(frozen=True, slots=True)
class Options:
    """What may be asked of a replica; the same options give the same bytes everywhere."""

    articles: int = 720
    """Items on baotuyenquang.com.vn in edition 1; one in 25 is a video or an e-magazine"""
    seed: int = 1
    edition: int = 1
    crawl_delay: str = ""
    """Crawl-delay of robots.txt, as printed; "" prints none"""
    page_bytes: tuple[int, int] | None = None
    """Article pages are padded to a size in this range"""
    redesigned: tuple[str, ...] = ()
    """Hosts whose article pages call their boxes otherwise, as after a redesign"""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of one CMS of one paper."""

    path: str
    label: str
    topic: Topic
    weight: int = 1
    parent: str = ""
    """Path of the outer section"""
    gathers: bool = False
    """Holds no article of its own: every ninth of the others stands here too, under its path"""
    ident: str = ""
    """Category id, 32 hex digits: small letters, or capitals for the older third"""


def _category(host: str, path: str) -> str:
    text = blake2b(f"{host}{path}".encode(), digest_size=16).hexdigest()
    return text.upper() if int(text[0], 16) < 5 else text


@dataclass(frozen=True, slots=True)
class ReplicaSite:
    """One paper: where it answers, what its pages look like, what it is divided into."""

    host: str
    title: str
    cms: str
    """Template of today's articles: A1, A2 or K"""
    site_id: str = ""
    api: str = ""
    sections: tuple[Section, ...] = ()
    old_sections: tuple[Section, ...] = ()
    """Sections of the CMS before NEW_CMS_DAY, family K"""
    other_hosts: tuple[str, ...] = ()
    has_media: bool = True
    """One in 25 items of today's CMS is a video or an e-magazine"""


_A, _P, _S, _C = topics.FARMING, topics.POLITICS, topics.SOCIETY, topics.CULTURE
_L, _D = topics.SECURITY, topics.DIGITAL
_T, _W, _O, _N = topics_wide.SPORT, topics_wide.WORLD, topics_wide.OPINION, topics_wide.NOTICE

_TUYENQUANG: Final = (
    Section("/thoi-su-chinh-tri/", "Thời sự - Chính trị", _P, 4),
    Section("/thoi-su-chinh-tri/tin-tuc/", "Tin tức", _P, 3, "/thoi-su-chinh-tri/"),
    Section("/kinh-te/", "Kinh tế", _A, 6),
    Section("/xa-hoi/", "Xã hội", _S, 6),
    Section("/van-hoa/", "Văn hóa", _C, 4),
    Section("/an-ninh-quoc-phong/", "An ninh - Quốc phòng", _L, 2),
    Section("/khoa-hoc-cong-nghe/", "Khoa học - Công nghệ", _D, 3),
    Section("/quoc-te/", "Quốc tế", _W, 3),
    Section("/phap-luat/", "Pháp luật", _L, 3),
    Section("/the-thao-giai-tri/", "Thể thao - Giải trí", _T, 3),
    Section("/goc-nhin/", "Góc nhìn", _O, 1),
    Section("/xa-luan-van-de-ky-nay/", "Xã luận - Vấn đề kỳ này", _O, 1),
    Section("/tin-noi-bat/", "Tin nổi bật", _P, 0, gathers=True),
    Section("/bao-ve-nen-tang-tu-tuong-cua-dang/", "Bảo vệ nền tảng tư tưởng của Đảng", _O, 1),
    Section("/dang-trong-cuoc-song-hom-nay/", "Đảng trong cuộc sống hôm nay", _P, 1),
    Section("/chuyen-muc-cai-cach-hanh-chinh/", "Chuyên mục cải cách hành chính", _D, 1),
    Section("/thong-tin-quang-ba/", "Thông tin quảng bá", _A, 1),
    Section("/hoc-tap-theo-bac/", "Học tập theo Bác", _O, 2, "/thoi-su-chinh-tri/"),
    Section(
        "/dai-hoi-dang-bo-cac-cap--nhiem-ky-2025-2030/",
        "Đại hội Đảng bộ các cấp, nhiệm kỳ 2025 - 2030",
        _P,
        1,
        "/thoi-su-chinh-tri/",
    ),
    Section("/rao-vat/", "Rao vặt", _N, 1),
)
_TUYENQUANG_OLD: Final = (
    Section("/chinh-tri/", "Chính trị", _P, 3),
    Section("/chinh-tri/trong-tinh/", "Trong tỉnh", _P, 5, "/chinh-tri/"),
    Section("/kinh-te/", "Kinh tế", _A, 4),
    Section("/kinh-te/nong-nghiep-nong-thon/", "Nông nghiệp - Nông thôn", _A, 5, "/kinh-te/"),
    Section("/xa-hoi/", "Xã hội", _S, 6),
    Section("/van-hoa/", "Văn hóa", _C, 3),
    Section("/van-hoa/du-lich/", "Du lịch", _C, 2, "/van-hoa/"),
    Section("/xay-dung-nong-thon-moi/", "Xây dựng nông thôn mới", _S, 3),
    Section("/phap-luat/", "Pháp luật", _L, 3),
    Section("/the-thao/", "Thể thao", _T, 2),
    Section("/phong-su/", "Phóng sự", _C, 2),
    Section("/the-gioi/", "Thế giới", _W, 2),
)
_DONGNAI: Final = (
    Section("/tin-moi/", "Mới nhất", _P, 0, gathers=True),
    Section("/chinh-tri/", "Chính trị", _P, 2),
    Section("/kinh-te/", "Kinh tế", _A, 3),
    Section("/van-hoa/", "Văn hóa", _C, 2),
    Section("/xa-hoi/", "Xã hội", _S, 3),
    Section("/phap-luat/", "Pháp luật", _L, 2),
    Section("/ban-doc/", "Bạn đọc", _O),
    Section("/doanh-nhan-doanh-nghiep/", "Doanh nhân - Doanh nghiệp", _A),
    Section("/dong-nai-cuoi-tuan/", "Đồng Nai cuối tuần", _T),
    Section("/giai-tri/", "Giải trí", _C),
    Section("/chuyen-doi-so/", "Chuyển đổi số", _D),
    Section("/the-thao/", "Thể thao", _T),
    Section("/phong-su-ky-su/", "Phóng sự - Ký sự", _C),
    Section("/trang-dia-phuong/", "Trang địa phương", _S),
    Section("/cong-doan/lao-dong-viec-lam/", "Lao động - Việc làm", _S),
    Section("/phong-van/", "Phỏng vấn", _O),
    Section("/kham-pha-dong-nai/", "Khám phá Đồng Nai", _C),
)


def _with_ids(host: str, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    return tuple(
        Section(s.path, s.label, s.topic, s.weight, s.parent, s.gathers, _category(host, s.path))
        for s in sections
    )


TUYENQUANG: Final = ReplicaSite(
    host="baotuyenquang.com.vn",
    title="Báo Tuyên Quang",
    cms="A1",
    site_id="4028eaa4679b32c401679c0c74382a7e",
    api="/sc_service/api/article/list",
    sections=_with_ids("baotuyenquang.com.vn", _TUYENQUANG),
    old_sections=_TUYENQUANG_OLD,
    other_hosts=("www.baotuyenquang.com.vn", "m.baotuyenquang.com.vn"),
)
DONGNAI: Final = ReplicaSite(
    host="baodongnai.com.vn",
    title="Báo Đồng Nai điện tử",
    cms="A2",
    site_id="e7837c02876411cd0187645a2551379f",
    api="/service/api/article/list",
    sections=_with_ids("baodongnai.com.vn", _DONGNAI),
    other_hosts=("www.baodongnai.com.vn",),
)
PORTAL: Final = ReplicaSite(
    host="thanhpho.tuyenquang.gov.vn",
    title="Cổng thông tin điện tử thành phố Tuyên Quang",
    cms="K",
    old_sections=(Section("/tin-tuc-su-kien/", "Tin tức - Sự kiện", _P),),
)

SITES: Final = (TUYENQUANG, DONGNAI, PORTAL)
_TOPICS: Final = (_P, _A, _S, _C, _L, _D, _T, _W, _O, _N)


def by_host(sites: Iterable[ReplicaSite]) -> Mapping[str, ReplicaSite]:
    """Return the sites by each host at which they answer."""
    return {host: site for site in sites for host in (site.host, *site.other_hosts)}


def plain_site(
    host: str,
    title: str,
    paths: Sequence[str] = (),
    *,
    api: str = "",
    old_paths: Sequence[str] = (),
) -> ReplicaSite:
    """Return a paper of family A1 (with `paths`) or K (with `old_paths` alone), without videos.

    Args:
        host: Where it answers.
        title: Its name.
        paths: Paths of its sections in template A1, as "/kinh-te/".
        api: Path of its list API.
        old_paths: Paths of its sections in family K.

    >>> site = plain_site("baothu.vn", "Báo Thử", ["/kinh-te/", "/xa-hoi/tin-moi/"], api="/api")
    >>> site.cms, [section.label for section in site.sections]
    ('A1', ['Kinh te', 'Tin moi'])
    """
    return ReplicaSite(
        host=host,
        title=title,
        cms="A1" if paths else "K",
        site_id=_category(host, "").lower(),
        api=api,
        sections=_with_ids(host, _plain_sections(paths)),
        old_sections=_plain_sections(old_paths),
        has_media=False,
    )


def _plain_sections(paths: Sequence[str]) -> tuple[Section, ...]:
    return tuple(
        Section(path, _label(path), _TOPICS[number % len(_TOPICS)])
        for number, path in enumerate(paths)
    )


def _label(path: str) -> str:
    return path.strip("/").rpartition("/")[2].replace("-", " ").capitalize()


def size_of(site: ReplicaSite, options: Options) -> int:
    """Return how many items the site has in edition 1."""
    return options.articles if site is TUYENQUANG else 90 if site is DONGNAI else 60
