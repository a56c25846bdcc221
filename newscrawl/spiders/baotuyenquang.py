"""Báo Tuyên Quang: the paper of Tuyên Quang province, since July 2025 with that of Hà Giang."""

from datetime import date

from newscrawl.cms.tuyenquang_legacy import LegacyPage, LegacySection
from newscrawl.cms.vnpt import VnptA1Page
from newscrawl.cms.vnpt_sections import VnptSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/thoi-su-chinh-tri/", "/thoi-su-chinh-tri/tin-tuc/", "/kinh-te/", "/xa-hoi/", "/van-hoa/",
    "/an-ninh-quoc-phong/", "/khoa-hoc-cong-nghe/", "/quoc-te/", "/phap-luat/",
    "/the-thao-giai-tri/", "/goc-nhin/", "/xa-luan-van-de-ky-nay/", "/tin-noi-bat/",
    "/bao-ve-nen-tang-tu-tuong-cua-dang/", "/dang-trong-cuoc-song-hom-nay/",
    "/chuyen-muc-cai-cach-hanh-chinh/", "/thong-tin-quang-ba/", "/hoc-tap-theo-bac/",
    "/dai-hoi-dang-bo-cac-cap--nhiem-ky-2025-2030/", "/rao-vat/",
)  # fmt: skip
# These paths stand in addresses of 2020-2024 (the last four lines are guesses from the paper's
# subjects). A list that no longer answers is noted as closed and is no fault.
_LEGACY_SECTIONS = (
    "/chinh-tri/", "/chinh-tri/trong-tinh/", "/kinh-te/", "/kinh-te/nong-nghiep-nong-thon/",
    "/xa-hoi/", "/xay-dung-nong-thon-moi/", "/phong-su/",
    "/van-hoa/", "/van-hoa/du-lich/",
    "/phap-luat/",
    "/the-thao/",
    "/the-gioi/",
)  # fmt: skip


class BaoTuyenQuangSpider(NewspaperSpider):
    """Two CMSs under one domain: VNPT since 2025, before it the province's own."""

    name = "baotuyenquang"
    title = "Báo Tuyên Quang"
    domain = "baotuyenquang.com.vn"
    provinces = ("08",)
    pages = (VnptA1Page, LegacyPage)
    skip_paths = ("/multimedia/", "/truyen-hinh/", "/podcast/", "/doc-bao-in/", "/nen-tang-so/")
    sources = (
        *(VnptSection(path=path) for path in _SECTIONS),
        *(
            LegacySection(path=path, front="trang-1.html", closed=date(2025, 7, 1))
            for path in _LEGACY_SECTIONS
        ),
    )
