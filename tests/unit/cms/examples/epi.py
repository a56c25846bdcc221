"""Family C: classes named `article__…` and `cms-…`."""

from newscrawl.cms.epi import EpiPage, EpiSection
from tests.support.family_examples import PageExample, SectionExample

PAGES = (
    PageExample(
        page=EpiPage,
        path="/con-duong-len-ban-post204511.html",
        front='<h1 class="article__title cms-title">{headline}</h1>'
        '<div class="article__meta">{date_line}</div>'
        '<div class="article__sapo cms-desc"><i></i>{lead}</div>',
        date_line='<time datetime="">{date}</time>',
        has_single_date_line=True,
        text='<div class="article__body zce-content-body cms-body">{body}</div>',
        byline='<div class="article__author"><a href="/tac-gia/1.html">{author}</a></div>',
        breadcrumb='<div class="breadcrumbs"><h2 class="main">{links}</h2></div>',
        captioned="<figure>{picture}<figcaption><p>{caption}</p></figcaption></figure>",
        furniture='<style>p{color:red}</style><div class="sda_middle">Rao</div>'
        '<div id="adsWeb_1"><p>Rao</p></div><div class="related-news"><p>Tin khác</p></div>',
    ),
)
SECTIONS = (
    SectionExample(
        section=EpiSection(path="/xa-hoi/"),
        item='<article class="story"><a class="cms-link" href="{0}"><img></a>'
        '<h2><a class="cms-link" href="{0}">{1}</a></h2></article>',
        beside='<div data-source="mostread-news"><article class="story">'
        '<a class="cms-link" href="{0}">{1}</a></article></div>',
    ),
)
