"""Family G: paragraphs of class `pBody` in `#dcontent`, the date in the page's head."""

from newscrawl.cms.thanhhoa import ThanhHoaPage, ThanhHoaSection
from tests.support.family_examples import PageExample, SectionExample

PAGES = (
    PageExample(
        page=ThanhHoaPage,
        path="/con-duong-len-ban-204511.htm",
        front='<h1 class="pTitle">{headline}</h1><h2 class="sapo">{lead}</h2>',
        is_dated_in_head=True,
        text='<div id="dcontent">{body}</div>',
        captioned="<p class='pBody pCenter'>{picture}</p><p class='pCaption'>{caption}</p>",
        furniture='<div class="box-content"><p>Mời đọc thêm</p></div>',
    ),
)
SECTIONS = (
    SectionExample(
        section=ThanhHoaSection(path="/xa-hoi/"),
        item='<div class="news-item"><h3><a href="{0}">{1}</a></h3></div>',
        beside='<div class="box-content"><a href="{0}">{1}</a></div>',
    ),
)
