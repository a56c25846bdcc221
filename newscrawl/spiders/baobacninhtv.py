"""Báo và Phát thanh, Truyền hình Bắc Ninh."""

from newscrawl.cms.any_layout import GenericPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_SECTIONS = (
    "/chinh-tri", "/xay-dung-dang", "/kinh-te", "/xa-hoi", "/doi-song", "/phap-luat",
    "/an-toan-giao-thong", "/suc-khoe", "/giao-duc", "/quoc-phong", "/the-gioi", "/the-thao",
    "/nhip-song-tre", "/dat-va-nguoi-bac-ninh", "/phong-tuc-tap-quan", "/mon-ngon",
    "/bacgiang-van-hoa", "/moi-nhat", "/chinh-tri-bao-ve-nen-tang-tu-tuong-cua-dang",
    "/chinh-tri-nhan-su-moi", "/the-thao-nhat-ky-sea-games-33", "/nhip-song-tre-guong-mat",
    "/nhip-song-tre-thanh-nien-cong-nhan", "/van-hoa-goc-cho-nguoi-yeu-tho",
    "/van-hoa-tac-gia-tac-pham", "/sukien",
)  # fmt: skip


class BaoBacNinhTvSpider(NewspaperSpider):
    """Articles end in -postid{n}.bbg; the installation of Bắc Giang goes on (2026).

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baobacninhtv"
    title = "Báo và Phát thanh, Truyền hình Bắc Ninh"
    domain = "baobacninhtv.vn"
    former_domains = ("baobacgiang.com.vn",)
    provinces = ("24",)
    pages = (GenericPage,)
    skip_paths = (
        "/multimedia", "/podcast", "/photo", "/videos", "/infographics",
        "/thong-tin-quang-cao", "/bacgiang-emagazine", "/bg2", "/bando", "/bg/infographics",
    )  # fmt: skip
    sources = tuple(GenericSection(path) for path in _SECTIONS)
