"""Family B: the text in `#content`, the lead its first paragraph in bold letters."""

from newscrawl.cms.dataimages import ApBacPage, DataImagesPage, DataImagesSection
from tests.support.family_examples import PageExample, SectionExample

PAGES = (
    PageExample(
        page=DataImagesPage,
        path="/channel/12/201105/con-duong-len-ban-204511/",
        front="<h1>{headline}</h1>{date_line}",
        date_line='<div id="date">{date}</div>',
        text='<div id="content">{bold}{body}</div>',
        captioned="<table><tr><td>{picture}</td></tr>"
        "<tr><td class='image_desc'>{caption}</td></tr></table>",
    ),
    PageExample(
        page=ApBacPage,
        path="/channel/12/201105/con-duong-len-ban-204511/",
        front="<h1>{headline}</h1>{date_line}",
        date_line='<span id="current-date">{date}</span>',
        text='<div id="content">{bold}{body}</div>',
    ),
)
SECTIONS = (
    SectionExample(
        section=DataImagesSection(path="/channel/7/"),
        path="/channel/7/201105/con-duong-len-ban-204511/",
        item='<p><a href="{0}"><img></a><a href="{0}">{1}</a></p>',
        beside='<a href="{0}">{1}</a>',
    ),
)
