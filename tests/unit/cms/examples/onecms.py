"""Family D: a header of `block-sc-…` boxes, the text in `entry`."""

from newscrawl.cms.onecms import (
    DaNangPage,
    DaNangSection,
    HaNoiMoiPage,
    OneCmsHeadings,
    OneCmsPage,
    OneCmsSection,
)
from tests.support.family_examples import HEADLINE, PageExample, SectionExample

PATH = "/con-duong-len-ban-204511.html"
FRONT = (
    '<div class="sc-longform-header"><h1 class="block-sc-title">{headline}</h1>{date_line}'
    '<p class="block-sc-sapo">{lead}</p></div>'
)
DATE_LINE = '<span class="block-sc-publish-time">{date}</span>'
TEXT = '<div class="b-maincontent"><div class="entry">{body}</div></div>'

PAGES = (
    PageExample(
        page=OneCmsPage,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        text=TEXT,
        byline='<span class="block-sc-author">{author}</span>',
        breadcrumb='<nav><ol class="breadcrumb">{links}</ol></nav>',
        furniture=f'<div class="sc-longform-header"><h1>{HEADLINE}</h1></div><p>Cỡ chữ</p>'
        '<p>Mặc định</p><div class="c-box"><p>Bài đọc tiếp</p></div>',
    ),
    PageExample(page=HaNoiMoiPage, path=PATH, front=FRONT, date_line=DATE_LINE, text=TEXT),
    PageExample(page=DaNangPage, path=PATH, front=FRONT, date_line=DATE_LINE, text=TEXT),
)
SECTIONS = (
    SectionExample(
        section=OneCmsSection(path="/xa-hoi/"),
        item='<div class="b-grid__img"><a href="{0}"><img></a></div>'
        '<h3 class="b-grid__title"><a href="{0}">{1}</a></h3>',
    ),
    SectionExample(section=OneCmsHeadings(path="/xa-hoi/"), item='<h3><a href="{0}">{1}</a></h3>'),
    SectionExample(
        section=DaNangSection(path="/xa-hoi/"),
        item='<h3 class="b-grid__title"><a href="{0}">{1}</a></h3>',
    ),
)
