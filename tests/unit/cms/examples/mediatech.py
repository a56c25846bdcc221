"""Family F: the text in `#content-detail`, the lead within it."""

from newscrawl.cms.mediatech import LangSonPage, MediatechPage, MediatechSection
from tests.support.family_examples import PageExample, SectionExample

PATH = "/con-duong-len-ban-204511.html"
FRONT = '<h1 class="name">{headline}</h1>{date_line}'
DATE_LINE = '<div class="date">{date}</div>'

PAGES = (
    PageExample(
        page=MediatechPage,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        text='<div id="content-detail"><div class="sapo">{lead}</div>'
        '<p class="sapo">{lead}</p>{body}</div>',
        breadcrumb='<div class="breadcrumbs"><ol class="breadcrumb">{links}</ol></div>',
        own_number='<section class="page-info"><div id="post-id">{number}</div></section>',
        captioned="<div>{picture}<p class='wp-caption-text'><span>{caption}</span></p></div>",
        furniture='<div class="topics"><p>Chủ đề</p></div><ins><p>Rao</p></ins>'
        '<div class="print_page"><p>In trang</p></div>',
    ),
    PageExample(
        page=LangSonPage,
        path=PATH,
        front=FRONT,
        date_line=DATE_LINE,
        text='<div id="content-detail"><h2>{lead}</h2>{body}</div>',
    ),
)
SECTIONS = (
    SectionExample(
        section=MediatechSection(path="/xa-hoi/"),
        item='<article class="card"><div class="card-image"><a href="{0}"><img></a></div>'
        '<h3 class="card-title"><a href="{0}">{1}</a></h3></article>',
        beside='<div class="block-news-list"><article class="card"><a href="{0}">{1}</a>'
        "</article></div>",
    ),
)
