"""Báo Cao Bằng."""

from newscrawl.cms.mediatech import MediatechPage, MediatechSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    ("/Thoi-su/", 57), ("/chinh-tri/", 58), ("/kinh-te/", 59), ("/The-gioi/", 60), ("/xa-hoi/", 61),
    ("/van-hoa/", 62), ("/Giao-duc/", 63), ("/the-thao/", 64), ("/Khoa-hoc-Cong-nghe/", 65),
    ("/Suc-khoe-Doi-song/", 66), ("/Quoc-phong-An-ninh/", 67), ("/Ky-Phong-su/", None),
)  # fmt: skip


class BaoCaoBangSpider(NewspaperSpider):
    """Family F: two crawlers agree on the body (2025, 2026).

    Sections and the numbers of the list API are one crawler's; letter case in the paths counts.
    """

    name = "baocaobang"
    title = "Báo Cao Bằng"
    domain = "baocaobang.vn"
    provinces = ("04",)
    pages = (MediatechPage,)
    sources = tuple(MediatechSection(path=path, category=number) for path, number in _SECTIONS)
