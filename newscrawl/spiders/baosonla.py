"""Báo Sơn La."""

from newscrawl.cms.own_systems import SonLaPage
from newscrawl.crawl.newspaper_spider import NewspaperSpider
from newscrawl.discovery.generic_section import GenericSection

_SECTIONS = (
    "/thoi-su-chinh-tri.html", "/xay-dung-dang.html", "/bao-ve-nen-tang-tu-tuong-cua-dang.html",
    "/phong-chong-tham-nhung.html", "/kinh-te.html", "/nong-nghiep.html",
    "/cong-nghiep-ttcn.html", "/thuong-mai-dich-vu.html", "/van-hoa-xa-hoi.html",
    "/xa-hoi.html", "/khoa-giao.html", "/suc-khoe.html", "/an-toan-giao-thong.html",
    "/the-thao.html", "/ban-can-biet.html", "/quoc-phong-an-ninh.html", "/quoc-phong.html",
    "/an-ninh-trat-tu.html", "/doi-ngoai.html", "/quoc-te.html", "/du-lich.html",
    "/nong-thon-moi.html", "/dien-dan-cu-tri.html", "/phong-su.html", "/phap-luat.html",
    "/cai-cach-hanh-chinh.html",
)  # fmt: skip


class BaoSonLaSpider(NewspaperSpider):
    """Sections are /{slug}.html, articles /{section}/{slug}-{id}.html (2026).

    The lists are a guess: the generic reader looks for titles on the pages named here.
    """

    name = "baosonla"
    title = "Báo Sơn La"
    domain = "baosonla.vn"
    former_domains = ("baosonla.org.vn",)
    provinces = ("14",)
    pages = (SonLaPage,)
    skip_paths = (
        "/emagazine", "/thong-tin-quang-cao", "/bao-in", "/trang-dia-phuong", "/lien-he",
        "/video",
    )  # fmt: skip
    sources = tuple(GenericSection(path) for path in _SECTIONS)
