"""Báo Quảng Ngãi."""

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_SECTIONS = (
    "/chinh-tri", "/thoi-su", "/kinh-te", "/xa-hoi", "/du-lich", "/doi-song",
    "/van-hoa-nghe-thuat", "/the-thao", "/khoa-hoc-cong-nghe", "/phap-luat", "/quoc-te",
    "/phong-su", "/phong-van-doi-thoai", "/quang-ngai-que-minh", "/nhin-ra-tinh-ban",
    "/hoat-dong-cua-lanh-dao-tinh", "/chuyen-de-chuyen-sau", "/thong-tin-can-biet",
)  # fmt: skip


class BaoQuangNgaiSpider(NewspaperSpider):
    """The text of an article may stand in an inline script only (2026): it is then unread.

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baoquangngai"
    title = "Báo Quảng Ngãi"
    domain = "baoquangngai.vn"
    provinces = ("51",)
    pages = (GenericPage,)
    skip_paths = (
        "/multimedia", "/bao-in", "/tin-moi-nhat", "/tet-online", "/o-to-xe-may",
        "/ban-do-quang-ngai", "/event", "/expert", "/@baoquangngai.vn",
    )  # fmt: skip
    sources = tuple(GenericSection(path) for path in _SECTIONS)
