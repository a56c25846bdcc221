"""Template A2: baodongnai.com.vn, after its page of 2024."""

from functools import cached_property
from html import escape

from newscrawl.replica import chrome, markup
from newscrawl.replica.dice import Dice
from newscrawl.replica.paper import Card, Paper
from newscrawl.replica.site import Section
from newscrawl.replica.story import Look, Picture, Story

_LAZY = (
    'class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="'
)
_PLAIN = ("", "", ' style="text-align:justify"')
_RIGHT = ' style="text-align: right;"'
_FEEDBACK = """<div class="feedback_comment1" data-fb-id="{id}">
		<input type="hidden" name="scUnitMapId" id="scUnitMapId_{id}" value="{site}">
		<input type="hidden" name="objectType" id="fb_type_{id}" value="ARTICLE">
		<input type="hidden" name="articleId" id="fb_id_{id}" value="{id}">
		<input type="hidden" name="url" id="fb_url_{id}" value="{url}">
		<div class="comment-form" id="comment-form-{id}">
		<p class="comment-author"><img class="userAvatar" src alt width="20"
			height="20"><strong class="fullName"></strong></p>
		<textarea class="comment-input" name="content"
			placeholder="Bạn nghĩ gì về tin này?"></textarea>
		<button class="btnSubmit" value="{id}">Gửi bình luận</button>
		</div>
		<div class="dialog-content"><p>Tên hiển thị và địa chỉ email liên hệ.</p></div>
	</div>"""


def picture(image: Picture) -> str:
    """Return a picture in its table; its caption stands in `td.desc`, which may hold one blank."""
    img = f'<img alt hideclass src="{image.src}" style="float: center">'
    if image.form == "none":
        return f'<p style="text-align:center">{img}</p>'
    return f"""<div>
<table align="center" class="image center">
	<tbody>
		<tr>
		<td>{img}</td>
		</tr>
		<tr>
		<td class="desc"
			style="text-align:center">{escape(image.printed) or "&nbsp;"}</td>
		</tr>
	</tbody>
</table>
</div>"""


class A2:
    """The pages of one paper at one edition."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.site = paper, paper.room.site

    def _cards(self, items: list[int]) -> list[Card]:
        return [self.paper.card(item) for item in items]

    @cached_property
    def _top(self) -> str:
        menu = chrome.menu(self.paper, '<i class="fas fa-home-alt"></i>').replace("'", '"')
        return f"""<div class="container"><div class=" header_center">
		<a href="/"><img class="logo_header"
			src="https://{self.site.host}/common/v1/images/logo5.svg"
				alt="{self.site.title}"></a>
</div></div>
<div class="menutop"><nav class id="main-nav"><nav class="navbar container">
		{menu}
</nav></div>
  <div class="container detail_layout"> <div class="header_tool">
<span class="now date" style="padding-right: 25px;"></span>
		<form class="search-form pull-left" action="/tim-kiem/" method="get">
		<input class="form-control" type="text" placeholder="Tìm kiếm" name="key">
		</form>
</div>"""

    @cached_property
    def _styles(self) -> str:
        links = "\n".join(
            f'\t\t<link type="text/css" rel="stylesheet" href="./common/v1/css/{name}.css">'
            for name in ("main", "sm-clean", "jquery.scrollbar", "swiper.min")
        )
        return f"{links}\n{chrome.styles(self.site.host, 60)}"

    def _slide(self, card: Card) -> str:
        name = escape(card.title)
        return f"""
		<div class="swiper-slide">
		<div class="item">
		<a href="{card.path}" class="avatar row10">
			<img {_LAZY} data-src="{chrome.image(card, 400)}" alt="{name}"></a>
		<a href="{card.path}" class="title1">{name}</a>
		</div>
		</div>
"""

    @cached_property
    def _side(self) -> str:
        cards = self._cards(self.paper.newest(36))
        slides = "".join(self._slide(card) for card in cards[:20])
        rows = "".join(
            f'\n\t\t\t\t\t<div class="item row10"><a href="{card.path}" class="title icon_photo ">'
            f"{escape(card.title)}</a></div>"
            for card in cards[20:]
        )
        return f"""<div class="col-4"><div class="sticky-content">
		<div class="mostread_box"><div class="cate_title_news">Tin xem nhiều</div>
			<div class="list-bd" id="mostread"></div></div>
	<div class="box_video row20"><div class="cate_title_1"><a class="title"
		href="/media/">Media</a></div>
		<div class="swiper slider_video"><div class="swiper-wrapper">{slides}</div></div>
	</div>
		<div class="row20"><div class="cate_title_1 row10"><a class="title fleft"
			href="/doanh-nhan-doanh-nghiep/">Doanh nghiệp</a></div>
		<div class="list-simple">{rows}</div></div>
     </div></div>"""

    def frame(self, meta: str, info: str, main: str, below: str = "") -> str:
        """Return a whole page around the contents of its main column."""
        return f"""<!DOCTYPE html>
<html lang="vi-VN" translate="no">
 <head>   {meta}
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
{self._styles}
 </head>
 <body> {info}
{self._top}
   <div class="row">
    <div class="col-8">
{main}
    </div>
    {self._side}
   </div>
{below}
  </div>
<div class="footer"><div class="footer-info"></div></div>
{chrome.script(self.site.host, 40)}
 </body>
</html>
"""

    def meta(self, title: str, lead: str, path: str, image: str, words: str) -> str:
        """Return the tags of a page's head; `title` and `lead` are HTML."""
        return f"""<title>{title} - {self.site.title}</title>
    <meta property="og:title" content="{title}">
	<meta property="og:type" content="article">
	<meta property="og:url" content="{chrome.address(self.paper, path)}">
  <meta name="description" content="{lead}">
  <meta property="og:description" content="{lead}">
	<meta property="og:image" content="{image}">
		<meta name="keywords" content="{words}">"""

    def section_head(self, section: Section) -> str:
        """Return the heading over an article and over its section's list."""
        return f"""<div class="cate_title_1  row10">
	<a href="{section.path}" class="title fleft">{escape(section.label)}</a>
		<ul class="submenu"></ul>
	<div class="clear"></div>
</div>"""

    def _content(self, item: int, story: Story, look: Look) -> str:
        dice = Dice("set", self.site.host, item)
        attributes = dice.pick(_PLAIN)
        parts = markup.body(story, markup.Setting(look, dice, picture, attributes))
        if story.head.lead:
            lead = ("- " if look.dash else "") + story.head.lead
            parts.insert(0, f"<p><em><strong>{markup.prose(lead, look, dice)}</strong></em></p>")
        if last := story.credit.byline or story.credit.source_line:
            parts.append(markup.signature(last, look, dice, _RIGHT))
        return "\n\n".join(parts)

    def _same(self, item: int) -> str:
        boxes = "".join(
            f"""<div class="col-3">
		<a href="{card.path}" class="avatar row5">
		<img {_LAZY} data-src="{chrome.image(card, 300)}"
			alt="{escape(card.title)}"></a>
		<a href="{card.path}" class="title">{escape(card.title)}</a>
		</div>"""
            for card in self._cards(chrome.same_section(self.paper, item, 8))
        )
        return f"""	<div class="bg_grey2"><div class="cate_title_1  row10">
		<a class="title fleft" href="#">Cùng chuyên mục</a>
		</div><div class="row">{boxes}</div></div>"""

    def article(self, item: int) -> str:
        """Return the article's page."""
        paper, room = self.paper, self.paper.room
        story, look, section = room.story(item), room.look(item), room.section(item)
        path, title = paper.path(item), markup.title(story.head.headline, look)
        url, number = chrome.address(paper, path), room.timeline.article_id(item)
        names = " - ".join(story.credit.authors)
        author = f'<span class="author fleft"><i class="fas fa-user-edit"></i> {names}</span>'
        tags = "\n".join(
            f'\t\t\t\t\t\t<h4 style="padding-right: 3px;"><a class="tag" '
            f'href="{chrome.search_link(tag)}">{escape(tag)}</a></h4>'
            for tag in story.tags
        )
        main = f"""{self.section_head(section)} 	<h1 class="head_title">{title}</h1>
	<div class="box_support clearfix">
		<div class="date_time">
		{author if names else ""}
		<div class="date fleft">{room.timeline.published(item):{chrome.DATE}}</div>
		<ul class="social fright"><li><div class="fb-like" data-href="{url}"></div>
			</li></ul>
		</div>
	</div>

	<div id="content" class="content-detail cate_{section.ident}">
		<div class="td-post-content tagdiv-type">
		{self._content(item, story, look)}
		</div>
	</div>
<div id="fb-root"></div>
		<div class="txt_tag"><span>Từ khóa: </span></div>
{tags}
{_FEEDBACK.format(id=number, site=self.site.site_id, url=url)}"""
        image = f"{chrome.address(paper, '/file')}{paper.card(item).avatar}?width=600&amp;height=-"
        meta = self.meta(title, escape(story.head.lead), path, image, escape(", ".join(story.tags)))
        info = chrome.page_info(paper, section, item, title)
        return self.frame(meta, info, main, self._same(item))
