"""Family A2: papers with a box for the lead."""

import pytest

from newscrawl.article.article_page import ArticlePage
from newscrawl.cms.vnpt_a2 import ThaiNguyenPage, VinhLongPage
from tests.support.family_examples import (
    DOMAIN,
    FIRST,
    HEADLINE,
    LEAD,
    SECOND,
    read,
)


@pytest.mark.parametrize("page", [ThaiNguyenPage, VinhLongPage])
def test_a2_papers_with_a_box_for_the_lead(page: type[ArticlePage]) -> None:
    box = f'<div class="desc">{LEAD}</div>'
    if page is VinhLongPage:
        box = f'<div class="sub_first_content"><strong>{LEAD}</strong></div>'
    start = f'<h1 class="head_title">{HEADLINE}</h1><div class="box_support">'
    start += '<div class="date_time"><div class="date">07:30, 09/05/2026</div></div></div>'
    for bold in ("", f"<p><b>{LEAD}</b></p>", "<p><b>Một khúc quanh</b></p>"):
        inner = f'<div id="content" class="content-detail"><div class="td-post-content">{box}'
        text = f"{start}{inner}{bold}<p>{FIRST}</p><p>{SECOND}</p></div></div>"
        article = read(page, text, f"https://{DOMAIN}/xa-hoi/202605/con-duong-75f1237/")
        kept = "Một khúc quanh\n\n" if "khúc" in bold else ""
        assert (article.lead, article.body) == (LEAD, f"{kept}{FIRST}\n\n{SECOND}")
