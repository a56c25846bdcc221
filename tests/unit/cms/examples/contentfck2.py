"""Family E2: the second generation of `content-fck`."""

from newscrawl.cms.contentfck2 import (
    CaMauPage,
    CaMauSection,
    ContentFck2Page,
    ContentFck2Section,
    DongThapPage,
    DongThapSection,
    FormerTayNinhPage,
)
from tests.support.family_examples import PageExample, SectionExample

PATH = "/con-duong-len-ban-a204511.html"
FRONT = '<h1 class="title">{headline}</h1>{date_line}<h4 class="sapo">{lead}</h4>'
DATE_LINE = '<span class="pubdate">{date}</span>'
TEXT = '<div id="contentNews"><div class="singular-content">{body}</div></div>'

PAGES = (
    PageExample(
        page=ContentFck2Page,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        has_single_date_line=True,
        text=TEXT,
        breadcrumb='<div class="breadcrumb-news-detail">{links}</div>',
    ),
    PageExample(
        page=FormerTayNinhPage,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        text=TEXT,
        own_number='<input id="txtnewsid" type="hidden" value="{number}">',
    ),
    PageExample(
        page=CaMauPage,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        text='<div class="post-content">{body}</div>',
        breadcrumb='<div class="category-title-box"><div class="news-block-header">'
        "<span>{links}</span></div></div>",
    ),
    PageExample(
        page=DongThapPage,
        path=PATH,
        front='<h1 id="title">{headline}</h1>{date_line}',
        date_line='<span id="current-date">{date}</span>',
        text='<div id="content">{paragraph}{body}</div>',
        has_lead_in_text=True,
    ),
)
SECTIONS = (
    SectionExample(
        section=ContentFck2Section(path="/xa-hoi/"),
        item='<div class="article-item"><a href="{0}"><img></a>'
        '<a class="news-title" href="{0}">{1}</a></div>',
    ),
    SectionExample(section=CaMauSection(path="/xa-hoi/"), item='<p><a href="{0}">{1}</a></p>'),
    SectionExample(
        section=DongThapSection(path="/xa-hoi/"),
        item='<a class="news-title" href="{0}">{1}</a>',
    ),
)
