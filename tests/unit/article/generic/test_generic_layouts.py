"""One story in the markup of many newsrooms and portals is read the same from all of them.

The layouts are those of CMSs common in Vietnam, none of them a family of `newscrawl.cms`; the names
in them are those CMSs', the text is invented.
"""

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from newscrawl.article.generic.generic_page import GenericPage, paper_of
from newscrawl.items import VIETNAM, Article, to_line
from newscrawl.page.document import Document

NOW = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
URL = "https://baolangngheo.vn/kinh-te/nong-nghiep/lang-ngheo-tap-nuoi-ca-trong-ruong-20261101.html"
HEADLINE = "Làng Nghèo tập nuôi cá trong ruộng lúa"
LEAD = (
    "Sau hai vụ thử nghiệm, 36 hộ ở Làng Nghèo thả cá chép vào ruộng lúa, vừa đỡ tiền thuốc vừa có"
    " thêm một khoản thu trước Tết."
)
P1 = (
    "Ông Lục Văn Thoòng, người thả cá đầu tiên trong làng, kể rằng mùa đầu ông mất gần nửa số cá"
    " vì bờ ruộng đắp thấp, mưa xuống là cá theo nước ra suối."
)
SUBHEAD = "Đắp bờ trước, thả cá sau"
P2 = (
    "Năm nay ông đắp bờ cao thêm 30 cm, đào một rãnh sâu quanh ruộng để cá trú khi tháo nước. Cỏ"
    " dại và ốc bươu vàng gần như không còn."
)
QUOTE = "“Cá ăn sâu, phân cá nuôi lúa, mình chỉ việc coi nước”, ông nói."
P3 = (
    "Theo ông Thoòng, mỗi sào ruộng cho chừng 25 kg cá, bán tại bờ được 70.000 đồng một ký. Xã"
    " đang vận động các hộ bên kia suối cùng làm để dễ giữ nước."
)
BODY = (P1, SUBHEAD, P2, QUOTE, P3)
CAPTIONS = (
    "Ông Thoòng kiểm tra rãnh trú của cá. Ảnh: Hoàng Lệ",
    "Cá chép ruộng sau bốn tháng thả",
)
AUTHOR = "Hoàng Lệ Quyên"
AT = "2026-11-01T06:45"
C1, C2 = CAPTIONS

MENU = "".join(
    f'<li><a href="/muc-{n}/">Chuyên mục số {n}</a><ul><li><a href="/muc-{n}/tin-{n}-10{n}.html">'
    f"Một tin trong trình đơn của chuyên mục thứ {n}</a></li></ul></li>"
    for n in range(10, 30)
)
TITLES = tuple(
    f"Tin thứ {n} của cột bên, đủ dài để trông như một tít báo bình thường" for n in range(10, 18)
)
SIDE = "".join(
    f'<div class="item"><a href="/tin-{n}-77{n}.html"><img src="/t/{n}.jpg" alt=""></a>'
    f'<h3><a href="/tin-{n}-77{n}.html">{title}</a></h3>'
    f"<p>Đoạn giới thiệu của tin {n}, dài hơn tám mươi ký tự để ai chỉ đếm "
    "chữ sẽ tưởng đây là một đoạn"
    " của bài báo chính.</p></div>"
    for n, title in enumerate(TITLES, 10)
)
FOOT = (
    "<p>Cơ quan chủ quản: Hội Làng Nghèo. Giấy phép số 00/GP-BTTTT cấp "
    "ngày 01/02/2020.</p><p>Ghi rõ"
    " nguồn “Báo Làng Nghèo” khi phát hành lại thông tin từ trang này, kể "
    "cả khi trích một phần.</p>"
)
LINKS = tuple(
    f'<a href="/bai-{n}-66{n}.html" title="{title}">{title}</a>'
    for n, title in enumerate(TITLES, 50)
)


def head(*, description: str = LEAD, extra: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{HEADLINE} - Báo Làng'
        f' Nghèo</title><meta property="og:title" content="{HEADLINE}"><meta property="og:type"'
        f' content="article"><meta name="description" content="{description}">{extra}</head><body>'
        '<header><a href="/"><img src="/logo.png" alt="Báo Làng '
        'Nghèo"></a><span class="now">Thứ hai,'
        f" 23/11/2026</span><nav><ul>{MENU}</ul></nav></header>"
    )


TAIL = f'<footer class="site-footer">{FOOT}</footer></body></html>'


def portal_of_a_media_group() -> str:
    """`detail-*` and `data-role`, photos in boxes of their own, a related box in the text."""
    return (
        head(extra='<meta property="article:published_time" content="2026-11-01T06:45:00+07:00">')
        + f"""<div class="main"><div class="detail-page"><div class="detail-cate"><a
 href="/kinh-te.htm"
 data-role="cate-name">Kinh tế</a></div><div class="detail-top"><div class="detail-time"><div
 data-role="publishdate">01/11/2026 06:45 GMT+7</div></div></div><h1 class="detail-title
 article-title"
 data-role="title">{HEADLINE}</h1><div class="author-info"><div class="detail-author"><a
 class="name"
 href="/tac-gia/hoang-le-quyen-12.htm">{AUTHOR}</a></div></div><h2 class="detail-sapo"
 data-role="sapo">{LEAD}</h2><div class="detail-cmain"><div class="detail-content afcbc-body"
 data-role="content" itemprop="articleBody"><p class="">{P1}</p><figure
 class="VCSortableInPreviewMode"
 type="Photo"><div><a href="https://cdn.vn/anh/1.jpg" class="detail-img-lightbox"><img
 src="https://cdn.vn/anh/1.jpg" alt="{HEADLINE} - Ảnh 1."
 data-original="https://cdn.vn/anh/1.jpg"></a>
</div><figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích
 ảnh">{C1}</p></figcaption>
</figure><h3>{SUBHEAD}</h3><div class="VCSortableInPreviewMode active" type="RelatedOneNews"><a
 href="/bai-1-661.htm"><img src="/t/1.jpg"></a><div
 class="VCSortableInPreviewMode-info">{LINKS[0]}<p
 class="VCObjectBoxRelatedNewsItemSapo">Đoạn giới thiệu của bài liên quan, cũng dài hơn tám mươi ký
 tự như
 mọi đoạn giới thiệu khác trên trang.</p></div></div><p>{P2}</p><p>{QUOTE}</p><figure
 class="VCSortableInPreviewMode" type="Photo"><div><img
 src="https://cdn.vn/anh/2.jpg"></div><figcaption
 class="PhotoCMS_Caption"><p>{C2}</p></figcaption></figure><p>{P3}</p></div></div><div
 class="detail-tab">
<a href="javascript:;">Trở lại chủ đề</a></div><div class="detail-tag-list"><span>Tags:</span><a
 href="/ca-ruong.htm">cá ruộng</a><a href="/lang-ngheo.htm">Làng Nghèo</a></div><div
 class="detail-comment">
<div class="box-comment"><p>Bình luận (0)</p><p>Bài viết rất hay, quê tôi cũng nuôi cá ruộng như
 vậy từ mười
 năm nay, chỉ tiếc là ít người biết.</p></div></div></div><div class="box-category"
 data-layout="14">
{SIDE}</div></div>"""
        + TAIL
    )


def singular() -> str:
    """`singular-*`, `author-time`, lazy pictures, the paper's name before the lead."""
    return (
        head()
        + f"""<main class="body-container"><article class="singular-container"><div
 class="breadcrumbs"><a
 href="/kinh-te.htm">Kinh tế</a></div><h1 class="title-page detail">{HEADLINE}</h1><div
 class="author-wrap"><div class="author-meta"><div class="author-name"><a
 href="/tac-gia/1.htm"><b>{AUTHOR}
</b></a></div><time class="author-time" datetime="2026-11-01 06:45">Chủ nhật, 01/11/2026 -
 06:45</time></div>
</div><h2 class="singular-sapo">{LEAD}</h2><div class="singular-content"><p>{P1}</p><figure
 class="image
 align-center"><img src="data:image/gif;base64,R0lGOD" data-src="https://cdn.vn/anh/1.jpg"
 width="800">
<figcaption><p>{C1}</p></figcaption></figure><p><strong>{SUBHEAD}</strong></p><p>{P2}</p><article
 class="article-related"><div class="article-thumb"><a href="/bai-2-662.htm"><img
 src="/t/2.jpg"></a></div>
<h3 class="article-title">{LINKS[1]}</h3></article><p>{QUOTE}</p><figure class="image"><img
 src="data:image/gif;base64,R0lGOD"
 data-src="https://cdn.vn/anh/2.jpg"><figcaption><p>{C2}</p></figcaption>
</figure><p>{P3}</p></div><ul class="tags-wrap"><li>Từ khóa:</li><li><a href="/tags/1.tag">cá
 ruộng</a></li>
<li><a href="/tags/2.tag">Làng Nghèo</a></li></ul></article><div
 class="article-list">{SIDE}</div></main>"""
        + TAIL
    )


def picture_tables() -> str:
    """Pictures in tables with `pCaption`, a list of meta lines, teasers inside the text."""
    return (
        head()
        + f"""<div id="page-article"><article><header class="the-article-header"><p
 class="the-article-category"><a href="/kinh-te.html">Kinh tế</a></p><h1
 class="the-article-title">{HEADLINE}</h1><ul class="the-article-meta"><li
 class="the-article-author"><a
 href="/tac-gia/2.html">{AUTHOR}</a></li><li class="the-article-publish">Chủ nhật, 1/11/2026 06:45
 (GMT+7)
</li></ul></header><section class="main"><p class="the-article-summary">{LEAD}</p><div
 class="the-article-body"><p>{P1}</p><table class="picture" align="center"><tbody><tr><td
 class="pic"><img
 src="https://cdn.vn/anh/1.jpg"></td></tr><tr><td class="pCaption
 caption"><p>{C1}</p></td></tr></tbody>
</table><h3>{SUBHEAD}</h3><p>{P2}</p><div class="inner-article"><a href="/bai-3-663.html"><span
 class="cover"></span><h2 class="title">{TITLES[2]}</h2><p class="summary">Đoạn giới thiệu của bài
 được
 chèn giữa trang, dài hơn tám mươi ký tự nhưng không thuộc về bài.</p></a></div><p>{QUOTE}</p><table
 class="picture"><tbody><tr><td class="pic"><img src="https://cdn.vn/anh/2.jpg"></td></tr><tr><td
 class="pCaption caption"><p>{C2}</p></td></tr></tbody></table><p>{P3}</p></div><p
 class="the-article-tags"><a href="/tieu-diem/ca-ruong.html">cá ruộng</a><a
 href="/tieu-diem/lang-ngheo.html">Làng Nghèo</a></p></section></article><section
 class="sidebar">{SIDE}</section></div>"""
        + TAIL
    )


def daily_of_a_union() -> str:
    """`chappeau`, `art-body`, captions named `image-caption`, the signature in the head."""
    return (
        head()
        + f"""<div class="wrapper"><div class="breadcrumb"><a href="/">Trang chủ</a><a
 href="/kinh-te/">Kinh tế</a></div><div class="title-wrapper"><h1
 class="title">{HEADLINE}</h1></div><div
 class="m-bot"><span class="author">{AUTHOR}</span> | <span class="time">01/11/2026
 06:45</span></div><div
 class="chappeau">{LEAD}</div><div class="art-body"><p>{P1}</p><figure
 class="insert-center-image"><img
 src="https://cdn.vn/anh/1.jpg" alt=""><figcaption
 class="image-caption">{C1}</figcaption></figure><h2>
{SUBHEAD}</h2><p>{P2}</p><p>{QUOTE}</p><figure class="insert-center-image"><img
 src="https://cdn.vn/anh/2.jpg"><figcaption
 class="image-caption">{C2}</figcaption></figure><p>{P3}</p>
</div><div class="keywords"><a href="/tags/ca-ruong-1.ldo">cá ruộng</a> <a
 href="/tags/lang-ngheo-2.ldo">Làng
 Nghèo</a></div><div class="lst-comments"><p>Bạn đọc Tư Lành viết rằng bài báo này giúp bà con hiểu
 thêm về
 cách giữ nước trong ruộng khi thả cá.</p></div><div class="article-list">{SIDE}</div></div>"""
        + TAIL
    )


def wordpress() -> str:
    """Blocks of a WordPress theme: bold lead in the text, the signature to the right."""
    return (
        head(description="Báo Làng Nghèo, tin tức trong ngày")
        + f"""<div id="primary" class="content-area"><article id="post-991" class="post type-post
 category-kinh-te tag-ca-ruong"><header class="entry-header"><h1
 class="entry-title">{HEADLINE}</h1><div
 class="entry-meta"><span class="posted-on"><a href="{URL}" rel="bookmark"><time class="entry-date
 published" datetime="2026-11-01T06:45:00+07:00">1 Tháng Mười Một,
 2026</time></a></span></div></header><div
 class="entry-content"><p><strong>{LEAD}</strong></p><p>{P1}</p><figure class="wp-block-image
 size-large"><img src="https://cdn.vn/anh/1.jpg"><figcaption
 class="wp-element-caption">{C1}</figcaption>
</figure><h3 class="wp-block-heading">{SUBHEAD}</h3><p>{P2}</p><p>{QUOTE}</p><div id="attachment_5"
 class="wp-caption aligncenter"><a href="https://cdn.vn/anh/2.jpg"><img
 src="https://cdn.vn/anh/2.jpg"></a><p
 class="wp-caption-text">{C2}</p></div><p>{P3}</p><p style="text-align:
 right;"><strong>{AUTHOR}</strong></p>
<div class="sharedaddy"><h3 class="sd-title">Chia sẻ:</h3><ul><li><a
 href="https://fb.vn/">Facebook</a></li>
</ul></div><div id="jp-relatedposts"><h3>Có liên quan</h3>{LINKS[0]}</div></div><footer
 class="entry-footer"><span class="tags-links"><a href="/tag/ca-ruong/" rel="tag">cá ruộng</a>, <a
 href="/tag/lang-ngheo/" rel="tag">Làng Nghèo</a></span></footer></article><nav
 class="post-navigation"><a
 href="/truoc-661.html">Bài trước: một tin khác của làng</a></nav><div id="comments"
 class="comments-area"><ol><li><p>Tôi từng thăm làng này, bà con hiền lành, cá ruộng nướng ăn với
 xôi thì
 không đâu sánh bằng.</p></li></ol></div></div><aside class="widget-area">{SIDE}</aside>"""
        + TAIL
    )


def portal_cms() -> str:
    """The CMS of many districts' portals: `hometext`, `bodytext`, labelled author and source."""
    return (
        head()
        + f"""<div class="container"><ul class="breadcrumbs list-none"><li><a href="/"><span>Trang
 nhất</span></a></li><li><a href="/kinh-te/"><span>Kinh tế</span></a></li></ul><div
 class="news_column panel
 panel-default"><div class="panel-body"><h1 class="title margin-bottom-lg">{HEADLINE}</h1><div
 class="row"><div class="col-md-19"><em class="pull-left">Chủ nhật - 01/11/2026 06:45</em></div><div
 class="col-md-5"><ul class="list-inline text-right"><li><a href="/print.html">In
 ra</a></li></ul></div>
</div><div class="clearfix"><div class="hometext m-bottom"
 itemprop="description">{LEAD}</div><figure
 class="article center"><img src="https://cdn.vn/anh/1.jpg" width="460"
 class="img-thumbnail"><figcaption>
{C1}</figcaption></figure></div><div id="news-bodyhtml" class="bodytext margin-bottom-lg"
 itemprop="articleBody"><div style="text-align:
 justify;">{P1}</div><div><strong>{SUBHEAD}</strong></div>
<div style="text-align: justify;">{P2}</div><div>{QUOTE}</div><div style="text-align: center;"><img
 src="https://cdn.vn/anh/2.jpg"><br><em>{C2}</em></div><div style="text-align:
 justify;">{P3}</div></div><div
 class="margin-bottom-lg"><p class="h5 text-right"><strong>Tác giả bài viết:
 </strong>{AUTHOR}</p></div>
</div></div><div class="panel-body"><div class="h5"><em class="fa fa-tags"></em><strong>Tags:
 </strong>
<span class="keyword"><a href="/tag/ca-ruong/">cá ruộng</a></span>, <span class="keyword"><a
 href="/tag/lang-ngheo/">Làng Nghèo</a></span></div></div><div class="panel-body"><form
 id="form3B"><div
 class="h5 clearfix"><p id="stringrating">Tổng số điểm của bài viết là: 0 trong 0 đánh
 giá</p></div></form>
</div><div class="others"><p class="h3"><strong>Những tin mới hơn</strong></p><ul class="related">
<li>{LINKS[0]}</li><li>{LINKS[1]}</li></ul></div></div>"""
        + TAIL
    )


def tables_of_2008() -> str:
    """A portal laid out in tables: no `h1`, ids of ASP.NET labels, text parted by line breaks."""
    return f"""<html><head><title>{HEADLINE}</title><meta name="description"
 content="{LEAD}"></head><body>
<table width="980"><tr><td colspan="2"><img src="/banner.jpg" width="980"></td></tr><tr><td
 width="200"
 valign="top"><table><tr><td>{"</td></tr><tr><td>".join(LINKS)}</td></tr></table></td><td
 valign="top"><span
 id="ctl00_lblTieuDe" class="TieuDe">{HEADLINE}</span><br><span id="ctl00_lblNgayDang">(01/11/2026
 06:45)</span><div id="ctl00_divTomTat" class="TomTat">{LEAD}</div><div id="ctl00_divNoiDung"
 class="NoiDung">{P1}<br><br><b>{SUBHEAD}</b><br><br>{P2}<br><br>{QUOTE}<table
 align="center"><tr><td><img
 src="https://cdn.vn/anh/1.jpg"></td></tr><tr><td><font size="1"
 color="blue">{C1}</font></td></tr></table>
<table align="center"><tr><td><img
 src="https://cdn.vn/anh/2.jpg"></td></tr><tr><td><i>{C2}</i></td></tr>
</table>{P3}<br><br><div align="right"><b>{AUTHOR}</b></div></div><div class="TinKhac"><b>Các tin
 khác:</b><ul><li>{LINKS[0]} (30/10/2026)</li><li>{LINKS[1]}
 (29/10/2026)</li></ul></div></td></tr></table>
<table width="980"><tr><td>{FOOT}</td></tr></table></body></html>"""


def hashed_names() -> str:
    """A page built by a script: names are hashes, all is `div` and `span`, JSON-LD is whole."""
    data = (
        '<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":'
        f'"NewsArticle","headline":"{HEADLINE}","description":"{LEAD}","datePublished":'
        '"2026-11-01T06:45:00+07:00","articleSection":"Kinh tế","author":[{"@type":"Person","name":'
        f'"{AUTHOR}"}}]}}]}}</script>'
    )
    return (
        head(extra=data)
        + f"""<div class="css-1q2w3e"><div class="css-4r5t6y"><div class="css-7u8i9o"><h1
 class="css-a1">{HEADLINE}</h1></div><div class="css-b2"><div>{AUTHOR}</div><div>06:45 |
 01/11/2026</div>
</div><div class="css-c3"><div class="css-d4">{LEAD}</div></div><div class="css-e5"><div
 class="css-f6"><div>{P1}</div><figure><img
 src="https://cdn.vn/anh/1.jpg"><figcaption>{C1}</figcaption>
</figure><div><b>{SUBHEAD}</b></div><div>{P2}</div><div>{QUOTE}</div><div class="css-g7"><div><img
 src="https://cdn.vn/anh/2.jpg"></div><div>{C2}</div></div><div>{P3}</div></div></div></div><div
 class="css-h8">{SIDE}</div></div>"""
        + TAIL
    )


def word_paste() -> str:
    """Text pasted from a word processor: spans, `o:p`, centred italic captions, a drop cap."""
    first, rest = LEAD[:1], LEAD[1:]
    spans = '<span style="font-size:14.0pt"><span style="font-family:&quot;Times New Roman&quot;">'
    return (
        head()
        + f"""<div class="content"><h1>{HEADLINE}</h1><p class="ngay">Cập nhật lúc 06:45, Chủ nhật,
 01/11/2026
 (GMT+7)</p><div class="noidung"><p
 style="text-align:justify"><strong>{spans}{first}</span></span>{spans}{rest}
</span></span></strong><o:p></o:p></p><p class="MsoNormal">{spans}{P1}</span></span></p><p
 align="center" style="text-align:center"><img src="https://cdn.vn/anh/1.jpg"></p><p align="center"
 style="text-align:center"><em>{spans}{C1}</span></span></em></p><p
 class="MsoNormal"><b>{spans}{SUBHEAD}</span>
</span></b></p><p class="MsoNormal">{spans}{P2}</span></span></p><p class="MsoNormal">{spans}{QUOTE}
</span></span></p><p align="center"><img src="https://cdn.vn/anh/2.jpg"></p><p
 align="center"><em>{C2}</em>
</p><p class="MsoNormal">{spans}{P3}</span></span></p><p style="text-align:right"><strong>Tin, ảnh:
 {AUTHOR}
</strong></p><p>&nbsp;</p></div><div class="xemthem"><h4>Tin cùng chuyên
 mục</h4>{"".join(LINKS)}</div>
</div>"""
        + TAIL
    )


def many_boxes() -> str:
    """The text cut into boxes by adverts, share bars above and below, a newsletter form inside."""
    advert = '<div class="box-adv"><ins data-zone="3"></ins><span>Quảng cáo</span></div>'
    return (
        head()
        + f"""<main><section><div class="bread"><a href="/kinh-te">Kinh
 tế</a></div><header><h1>{HEADLINE}</h1>
<div class="meta-share"><span class="date-post">01/11/2026, 06:45</span><a class="btn-fb"
 href="#">Chia
 sẻ</a></div></header><p class="intro">{LEAD}</p><div class="text-content"><div
 class="part"><p>{P1}</p>
<div class="photo"><img src="https://cdn.vn/anh/1.jpg"><div
 class="photo-cap">{C1}</div></div></div>{advert}
<div class="part"><p><b>{SUBHEAD}</b></p><p>{P2}</p></div>{advert}<form class="newsletter"><p>Nhập
 địa chỉ thư
 điện tử của bạn để nhận bản tin hằng ngày của chúng tôi, hoàn toàn miễn phí.</p></form><div
 class="part"><p>{QUOTE}</p><div class="photo"><img src="https://cdn.vn/anh/2.jpg"><div
 class="photo-cap">{C2}
</div></div><p>{P3}</p></div></div><p class="nguoi-viet"><b>{AUTHOR}</b></p><div
 class="share-bottom"><a
 href="#">Facebook</a><a href="#">Zalo</a></div></section><section
 class="news-list">{SIDE}</section></main>"""
        + TAIL
    )


def columns_of_a_long_read() -> str:
    """Text in inset columns, pictures in wide ones between them, headline and lead in a third."""
    return (
        head()
        + f"""<section class="page-detail"><div class="wrap-date-cat"><ul class="breadcrumb"><li><a
 href="/kinh-te">Kinh tế</a></li></ul><span class="date">Chủ nhật, 1/11/2026, 06:45
 (GMT+7)</span></div><div
 class="section-inner inset-column special-column"><h1>{HEADLINE}</h1><h2
 class="intro">{LEAD}</h2></div><div class="fck_detail"><div class="section-inner
 inset-column"><p>{P1}</p></div><div class="section-inner alignwide"><figure class="tplCaption"><div
 class="fig-picture"><picture><source data-srcset="https://cdn.vn/anh/1.webp"><img class="lazy"
 data-src="https://cdn.vn/anh/1.jpg" src="data:image/gif;base64,R0"></picture></div><figcaption><p
 class="Image">{C1}</p></figcaption></figure></div><div class="section-inner
 inset-column"><h3>{SUBHEAD}</h3><p>{P2}</p><p>{QUOTE}</p></div><div class="section-inner
 alignwide"><figure class="tplCaption"><img data-src="https://cdn.vn/anh/2.jpg"><figcaption><p
 class="Image">{C2}</p></figcaption></figure></div><div class="section-inner
 inset-column"><p>{P3}</p><p
 style="text-align:right;"><b>{AUTHOR}</b></p></div></div></section><section
 class="bottom-detail"><div class="box_category"><h2><a href="/kinh-te">Cùng chuyên mục</a></h2>
{SIDE}</div></section>"""
        + TAIL
    )


def journal_of_a_province() -> str:
    """A portal server: the article in a form, metadata lists, centred captions, a visit counter."""
    return (
        head()
        + f"""<form name="fm" action="/web/guest/x"><div class="portlet-body"><div
 class="asset-full-content"><div class="header-title"><span>{HEADLINE}</span></div><div
 class="metadata-entry"><span class="metadata-publish-date">06:45 01/11/2026</span><span
 class="metadata-view-count">Lượt xem: 1.204</span></div><div class="journal-content-article"><p
 style="text-align: justify;"><em><strong>{LEAD}</strong></em></p><p style="text-align:
 justify;">{P1}</p><p style="text-align: center;"><img src="https://cdn.vn/anh/1.jpg"></p><p
 style="text-align: center;"><span
 style="font-size:12px;"><em>{C1}</em></span></p><p><strong>{SUBHEAD}
</strong></p><p style="text-align: justify;">{P2}</p><p style="text-align: justify;">{QUOTE}</p><p
 style="text-align: center;"><img src="https://cdn.vn/anh/2.jpg"><br><span
 style="font-size:12px;">{C2}</span></p><p style="text-align: justify;">{P3}</p><p
 style="text-align: right;"><strong>Tin, ảnh: {AUTHOR}</strong></p></div></div><div
 class="taglib-ratings"><span>Đánh giá bài viết</span></div><div class="asset-related"><p
 class="h3">Tin cùng loại</p><ul><li>{LINKS[3]}</li><li>{LINKS[4]}</li></ul></div></div></form>"""
        + TAIL
    )


def agency_with_boxes_in_the_text() -> str:
    """Captions in tables, teasers in `relate` boxes, the author below, an icon in the lead."""
    return (
        head()
        + f"""<div class="l-content"><div class="breadcrumbs"><h2 class="main"><a
 href="https://baolangngheo.vn/kinh-te/">Kinh tế</a></h2></div><div class="article"><h1
 class="article__title cms-title">{HEADLINE}</h1><div class="article__meta"><time class="time"
 datetime="2026-11-01T06:45:00+0700">01/11/2026 06:45</time></div><div class="article__sapo
 cms-desc"><i class="ic"></i>{LEAD}</div><div class="article__body zce-content-body cms-body"
 itemprop="articleBody"><style>.x{{color:red}}</style><div>{P1}</div><table class="picture"
 align="center"><tbody><tr><td class="pic"><img src="https://cdn.vn/anh/1.jpg"></td></tr><tr><td
 class="caption"><p>{C1}</p></td></tr></tbody></table><div><strong>{SUBHEAD}</strong></div><div
 class="notebox"><div class="cms-relate"><h4>{LINKS[5]}</h4><p>Đoạn giới thiệu của bài được dẫn,
 dài hơn
 tám mươi ký tự nhưng là của bài khác.</p></div></div><div>{P2}</div><div>{QUOTE}</div><table
 class="picture"><tbody><tr><td class="pic"><img src="https://cdn.vn/anh/2.jpg"></td></tr><tr><td
 class="caption"><p>{C2}</p></td></tr></tbody></table><div>{P3}</div><div class="article__author"><a
 class="name" href="/tac-gia/3.html">{AUTHOR}</a></div></div><div class="article__tags"><h3>Từ
 khóa</h3><a href="/tu-khoa/1.html">#cá ruộng</a></div></div><div
 class="zone--timeline">{SIDE}</div>
</div>"""
        + TAIL
    )


def site_of_a_union() -> str:
    """A common free CMS: the headline a linked `h2`, details in a list, two breaks a paragraph."""
    return (
        head(description="Trang thông tin của hội nông dân")
        + f"""<div class="item-page" itemscope itemtype="https://schema.org/Article"><div
 class="page-header"><h2 itemprop="headline"><a href="{URL}"
 itemprop="url">{HEADLINE}</a></h2></div><dl
 class="article-info muted"><dt class="article-info-term">Chi tiết</dt><dd
 class="category-name">Chuyên
 mục: <a href="/kinh-te">Kinh tế</a></dd><dd class="published"><time
 datetime="2026-11-01T06:45:00+07:00">Ngày đăng: 01/11/2026 06:45</time></dd><dd class="hits">Lượt
 xem:
 87</dd></dl><ul class="actions"><li><a href="/print">In</a></li></ul><div
 itemprop="articleBody"><strong>{LEAD}</strong><br><br>{P1}<br><br><div class="image-box"><img
 src="https://cdn.vn/anh/1.jpg"><span
 class="img-caption">{C1}</span></div><b>{SUBHEAD}</b><br><br>{P2}
<br><br>{QUOTE}<br><br><div class="image-box"><img src="https://cdn.vn/anh/2.jpg"><span
 class="img-caption">{C2}</span></div>{P3}<br><br><strong>{AUTHOR}</strong></div><ul
 class="pager"><li
 class="previous"><a href="/truoc-1.html" rel="prev">Bài trước</a></li></ul></div><div
 class="moduletable"><h3>Bài xem nhiều</h3>{SIDE}</div>"""
        + TAIL
    )


def broadcaster() -> str:
    """A video above the text, the signature in a meta line with the date, comments of readers."""
    return (
        head()
        + f"""<div class="detail-wrap"><div class="video-player"><iframe src="/v/9"></iframe><p>Bản
 tin trưa
 ngày 31/10/2026</p></div><h1 class="tit">{HEADLINE}</h1><div class="info-line"><span
 class="i-author">{AUTHOR}</span><span class="i-time">06:45 - 01/11/2026</span></div><h3
 class="des">{LEAD}</h3><div class="text-body"><p>{P1}</p><div class="img-wrap"><img
 src="https://cdn.vn/anh/1.jpg" alt=""><p
 class="img-cap">{C1}</p></div><p><b>{SUBHEAD}</b></p><p>{P2}</p>
<p>{QUOTE}</p><div class="img-wrap"><img src="https://cdn.vn/anh/2.jpg" alt=""><p
 class="img-cap">{C2}</p>
</div><p>{P3}</p></div><div class="like-share"><span>Thích bài này</span></div><div
 class="feedback-list"><div class="item"><b>Tư Lành</b><p>Mong báo có thêm nhiều bài như thế này để
 bà con
 trong vùng học cách nuôi cá ruộng.</p></div></div><div
 class="cung-chuyen-muc">{SIDE}</div></div>"""
        + TAIL
    )


def portal_with_labels() -> str:
    """A commune's portal: rows with labels, the source named below, no name for text or lead."""
    return (
        head(extra='<meta property="og:type" content="article">')
        + f"""<table width="100%"><tr><td><img src="/banner.png"></td></tr></table><div
 class="row"><div
 class="span9"><div class="news-view"><h1>{HEADLINE}</h1><div class="row-fluid"><div>Ngày đăng:
 01/11/2026
 06:45</div><div>Lượt xem: 31</div></div><div><div><b>{LEAD}</b></div><div><p>{P1}</p><p
 align="center"><img src="https://cdn.vn/anh/1.jpg"></p><p
 align="center"><i>{C1}</i></p><p><b>{SUBHEAD}
</b></p><p>{P2}</p><p>{QUOTE}</p><p align="center"><img src="https://cdn.vn/anh/2.jpg"></p><p
 align="center"><i>{C2}</i></p><p>{P3}</p></div></div><div><div>Tác giả:
 {AUTHOR}</div></div><div><div>Tin
 liên quan</div><ul><li>{LINKS[6]}</li><li>{LINKS[7]}</li></ul></div></div></div><div
 class="span3">{SIDE}</div></div>"""
        + TAIL
    )


LAYOUTS = (
    portal_of_a_media_group,
    singular,
    picture_tables,
    daily_of_a_union,
    wordpress,
    portal_cms,
    tables_of_2008,
    hashed_names,
    word_paste,
    many_boxes,
    columns_of_a_long_read,
    journal_of_a_province,
    agency_with_boxes_in_the_text,
    site_of_a_union,
    broadcaster,
    portal_with_labels,
)


def read(html: str) -> Article:
    document = Document(URL, html.encode(), fetched_at=NOW, content_type="text/html")
    return GenericPage(document, paper_of(URL)).to_item()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_story_is_read_whole(layout: Callable[[], str]) -> None:
    article = read(layout())
    assert article.headline == HEADLINE
    assert article.lead == LEAD
    assert (article.body or "").split("\n\n") == list(BODY)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_captions_belong_to_their_pictures(layout: Callable[[], str]) -> None:
    article = read(layout())
    assert article.captions == CAPTIONS
    assert [image.url for image in article.images] == [
        f"https://cdn.vn/anh/{n}.jpg" for n in (1, 2)
    ]
    assert article.images[0].credit == "Hoàng Lệ"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_author_and_date_are_the_printed_ones(layout: Callable[[], str]) -> None:
    line = to_line(read(layout()))
    assert line["authors"] == [AUTHOR]
    assert line["published_at"] == f"{AT}:00+07:00"
    assert line["warnings"] == ["layout_unknown"]


# A redesign that takes one kind of evidence away leaves the others -------------------------------

NAMES = re.compile(r"\s(?:class|id|itemprop|itemtype|data-role|type|rel)=\"[^\"]*\"")
HEAD = re.compile(r"<meta [^>]*>|<script type=\"application/ld.*?</script>", re.DOTALL)


def without_metadata(html: str) -> str:
    return HEAD.sub("", html)


def without_headings(html: str) -> str:
    return re.sub(r"<(/?)h1\b", r"<\1div", html)


def without_paragraphs(html: str) -> str:
    return re.sub(r"<(/?)p\b", r"<\1div", html)


def without_styles(html: str) -> str:
    return re.sub(r"\s(?:style|align)=\"[^\"]*\"", "", html)


@pytest.mark.parametrize(
    "mutation", [without_metadata, without_headings, without_paragraphs, without_styles]
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_story_is_read_whole_after(
    layout: Callable[[], str], mutation: Callable[[str], str]
) -> None:
    article = read(mutation(layout()))
    assert (article.headline, article.lead) == (HEADLINE, LEAD)
    assert (article.body or "").split("\n\n") == list(BODY)
    assert article.captions == CAPTIONS
    assert to_line(article)["published_at"] == f"{AT}:00+07:00"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nameless_layouts_are_read_by_structure(layout: Callable[[], str]) -> None:
    article = read(NAMES.sub("", layout()))
    assert (article.headline, article.lead) == (HEADLINE, LEAD)
    assert [text for text in (article.body or "").split("\n\n") if text in BODY] == list(BODY)
    assert article.captions == CAPTIONS
    assert to_line(article)["published_at"] == f"{AT}:00+07:00"
