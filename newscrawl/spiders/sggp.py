"""Sài Gòn Giải Phóng, the paper of Hồ Chí Minh City."""

from newscrawl.cms.epi import EpiPage, EpiSection
from newscrawl.crawl.newspaper_spider import NewspaperSpider

_SECTIONS = (
    "/chinhtri/", "/xaydungdang/", "/xahoi/", "/theodongthoisu/", "/xahoi-giaothong/",
    "/xahoi-moitruong/", "/phapluat/", "/kinhte/", "/thitruongkt/", "/xaydungdiaoc/",
    "/dulichkhampha/", "/thegioi/", "/giaoduc/", "/ytesuckhoe/", "/vanhoavannghe/", "/nhip-song/",
    "/nhipcaubandoc/", "/khoahoc-congnghe/", "/bvnentangtutuongdang/", "/caicachhanhchinh/",
    "/quoc-phong-an-ninh/", "/chinhtri-doingoai/", "/sapxepcacdonvihanhchinh/", "/xahoi-gt/",
    "/xahoi-tuoitrecuocsong/", "/anninhtrattu/", "/tuvanphapluat/", "/kinhte-taichinhchuungkhoan/",
    "/dautukt/", "/kinhte-doanhnghiepdoanhnhan/", "/kinhtedoisong24h/", "/daphuongtien/",
    "/thegioi-tieudiem/", "/chinhtruongthegioi/", "/hosotulieu/", "/ytesuckhoe-antoanthucpham/",
    "/ytesuckhoe-alobacsi/", "/vanhoagiaitri-nhanvat/", "/dienanh/", "/vanhoagiaitri-sach/",
    "/nhipcaubandoc-ykienbandoc/", "/nhipcaubandoc-diendan-thaoluan/",
)  # fmt: skip


class SaiGonGiaiPhongSpider(NewspaperSpider):
    """Family C by a crawler (2026), whose sections these are; addresses were seen with www."""

    name = "sggp"
    title = "Sài Gòn Giải Phóng"
    domain = "www.sggp.org.vn"
    provinces = ("79",)
    pages = (EpiPage,)
    sources = tuple(EpiSection(path=path) for path in _SECTIONS)
