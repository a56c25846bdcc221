"""Family E1: the text in `.content-fck` of `#newscontents`."""

from newscrawl.cms.contentfck import (
    AnGiangPage,
    AnGiangSection,
    CanThoPage,
    ContentFckSection,
    DongKhoiPage,
    DongKhoiSection,
    HueNgayNayPage,
    HueNgayNaySection,
    LongAnPage,
    LongAnSection,
)
from tests.support.family_examples import PageExample, SectionExample

PATH = "/con-duong-len-ban-a204511.html"
FRONT = (
    '<div class="detail-title"><h1>{headline}</h1></div>{date_line}'
    '<div class="detail-desc"><p>{lead}</p></div>'
)
DATE_LINE = '<div class="pubdate">{date}</div>'
TEXT = '<div id="newscontents"><div class="content-fck">{body}</div></div>'
OWN_NUMBER = '<input id="txtnewsid" type="hidden" value="{number}">'

PAGES = (
    PageExample(
        page=CanThoPage,
        path=PATH,
        front="<h1>XÃ HỘI</h1>{date_line}"
        '<h1 class="margintopbot10 fw700">{headline}&nbsp;<span class="sprite"></span></h1>',
        date_line='<span class="pubdate">{date}</span>',
        has_single_date_line=True,
        text='<div id="newscontents"><div class="content-fck">{paragraph}{body}</div></div>',
        has_lead_in_text=True,
        breadcrumb='<div id="colcate1"><div class="titlecate"><h1>{links}</h1></div></div>',
        own_number=OWN_NUMBER,
        furniture='<div class="AMN_res_bao.vn_mid"><p>Rao</p></div>',
    ),
    PageExample(
        page=AnGiangPage,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        has_single_date_line=True,
        text=TEXT,
        breadcrumb='<ul class="breadcrumb left">{links}</ul>',
        own_number=OWN_NUMBER,
        captioned="<p>{picture}</p><p class='note ignore'>{caption}</p>",
    ),
    PageExample(
        page=DongKhoiPage,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        text=TEXT,
        breadcrumb='<h2 class="catename-h1">{links}</h2>',
    ),
    PageExample(
        page=LongAnPage,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        text='<div class="detail-content">{body}</div>',
        breadcrumb='<ul class="breadcrumb left">{links}</ul>',
        captioned="<p><div>{picture}</div>"
        "<em style='float:left; text-align:center'>{caption}</em></p>",
    ),
    PageExample(
        page=HueNgayNayPage,
        path="/xa-hoi/con-duong-len-ban-204511.html",
        front=FRONT,
        date_line=DATE_LINE,
        text=TEXT,
    ),
)
SECTIONS = (
    SectionExample(
        section=ContentFckSection(path="/xa-hoi/"),
        item='<ul class="list-news-img-style-1"><li class="news-img">'
        '<a class="b-title" href="{0}"><h3>{1}&nbsp;</h3></a></li></ul>',
    ),
    SectionExample(
        section=LongAnSection(path="/kinh-te/nong-nghiep/"),
        item='<h3><a href="{0}">{1}</a></h3>',
    ),
    SectionExample(
        section=AnGiangSection(path="/xa-hoi/"),
        item='<ul class="cate-content-list-item"><li class="item"><div class="b-content">'
        '<h3><a href="{0}">{1}</a></h3></div></li></ul>',
    ),
    SectionExample(section=DongKhoiSection(path="/xa-hoi/"), item='<p><a href="{0}">{1}</a></p>'),
    SectionExample(section=HueNgayNaySection(path="/xa-hoi/"), item='<p><a href="{0}">{1}</a></p>'),
)
