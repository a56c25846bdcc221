"""Template A1: baotuyenquang.com.vn since July 2025, after the pages of baodaklak.vn of 2024."""

from functools import cached_property
from html import escape

from newscrawl.replica import chrome, markup
from newscrawl.replica.dice import Dice
from newscrawl.replica.paper import Card, Paper
from newscrawl.replica.site import Section
from newscrawl.replica.story import Look, Picture, Story

_SHARE = """<ul class="social">
		<li>
		<div class="fb-like" data-href="{url}" data-layout="button_count"
			data-share="true"></div>
		</li>
		<li>
		<div class="zalo-share-button" data-href="" data-layout="2"
			data-customize=false></div>
		</li>
		</ul>"""
_FEEDBACK = """<hr />
		<div id="feedback" class="comment-respond">
		<h3 id="reply-title" class="comment-reply-title row20">Ý kiến bạn đọc</h3>
		<form role="form" class="feedback-form contact-form">
		<input type="text" class="form-control" name="username"
			placeholder="Họ và tên" required />
		<input type="email" class="form-control" name="email"
			placeholder="E-mail" required />
		<textarea class="form-control textarea" rows="3" name="content" required>
			</textarea>
		<div class="message_info"></div>
		<input type="hidden" name="scUnitMapId" value="{site}" />
		<input type="hidden" name="objectType" value="ARTICLE"/>
		<input type="hidden" name="articleId" value="{id}" />
		<input type="hidden" name="url" value="{url}" />
		</form>
		</div>
		<div id="feedback-list"></div>"""
_WORD = ' style="margin-bottom: 13px; text-align: justify;"'
_PLAIN = (' style="text-align: justify;"', "", ' class="MsoNormal" style="text-align:justify"')
_RIGHT = (' style="text-align: right;"', ' style="margin-bottom: 13px; text-align: right;"')


def picture(image: Picture) -> str:
    """Return a picture in its table, whose second row is the caption."""
    img = f'<img alt="" src="{image.src}" style="float: center;" />'
    if image.form == "none":
        return f'<p style="text-align: center;">{img}</p>'
    cell = {
        "image_desc": f'<td class="image_desc">{escape(image.printed)}</td>',
        "row2": f'<td style="text-align:center">{escape(image.printed)}</td>',
    }.get(image.form, '<td style="text-align:center">&nbsp;</td>')
    attributes = ' width="600" align="center"' if image.form == "image_desc" else ' align="center"'
    return f"""<div>
<table{attributes} class="image center">
	<tbody>
		<tr>
		<td>{img}</td>
		</tr>
		<tr>
		{cell}
		</tr>
	</tbody>
</table>
</div>"""


def _lead(story: Story, look: Look, dice: Dice, attributes: str) -> str:
    lead = ("- " if look.dash else "") + story.head.lead
    if not look.drop_cap or not lead[1].islower():
        return f"<p{attributes}><strong>{markup.prose(lead, look, dice)}</strong></p>"
    first = markup.spanned(f"<span>{markup.letters(lead[0])}</span>", look)
    rest = markup.spanned(f"<span>{markup.letters(lead[1:])}</span>", look)
    return f"<p{attributes}><strong>{first}{rest}</strong></p>"


class A1:
    """The pages of one paper at one edition."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.site = paper, paper.room.site

    @cached_property
    def _top(self) -> str:
        menu = chrome.menu(self.paper, '<img class="icon-home" src="/common/v1/images/home.gif"">')
        image = f'<img class="logo" src="/common/v1/images/logo.jpg" alt="{self.site.title}"/>'
        logo = f'<a href="/">{image}</a>'
        return f"""<div class="container"> <div class="main-filter">
	<a href="/multimedia/" class="icon1"><span>Multimedia</span></a>
	<a href="/doc-bao-in/" class="icon2"><span>Đọc Báo in</span></a>
</div>
   <div class="td-container-wrap">
    <div class="header"><div class="row"><div class="col-md-4 col-xs-12"> {logo} </div>
    </div></div>
    <div class="header_menu">
<div class="menutop"><nav class="" id="main-nav"><nav class="navbar ">
		{menu}
</nav></nav></div>
     <div class="tool_header"><ul class="weathermenu"><li><div class="now"></div></li></ul></div>
    </div>"""

    @cached_property
    def _styles(self) -> str:
        links = "\n".join(
            f'\t\t<link type="text/css" rel="stylesheet" href="/common/v1/css/{name}.css?v=2.6"/>'
            for name in ("bootstrap.min", "main", "sm-clean", "jquery.scrollbar", "swiper.min")
        )
        return f"{links}\n{chrome.styles(self.site.host, 40)}"

    def _slide(self, card: Card) -> str:
        name = escape(card.title)
        return f"""
		<div class="swiper-slide">
		<div class="box-img">
		<a href="{card.path}" class="avatar row5">
			<img src="{chrome.image(card, 300)}" alt="{name}"></a>
		<a class="title2 {card.classes}" href="{card.path}" title="{name}">{name}</a>
		</div>
		</div>
		"""

    def _cards(self, items: list[int]) -> list[Card]:
        return [self.paper.card(item) for item in items]

    @cached_property
    def _side(self) -> str:
        slides = "".join(self._slide(card) for card in self._cards(self.paper.newest(14)))
        return f"""<div class="col-md-4">
		<div class="row20"><div class="cate_title_1">
		<a class="title color1" href="#">Tin đọc nhiều</a>
		</div><div class="list-item" id="mostread"></div></div>
		<div class="gocanh"><div class="cate_title_1">
		<a class="title color1" href="//{self.site.host}/tin-noi-bat/">Tin nổi bật </a>
		</div><div class="swiper-container swiper-baoin0">
			<div class="swiper-wrapper">{slides}</div></div></div>
     </div>"""

    @cached_property
    def _bottom(self) -> str:
        cards = self._cards(self.paper.newest(44)[14:])
        local = chrome.topic_menu(self.site.host, 24)
        boxes = "".join(
            f"""
		<div class="trangdiaphuong"><div class="cate_title_4">
		<a href="/{name}/" class="title">{label}</a><div class="submenu">{extra}</div>
		</div>
		<div class="swiper-container swiper-bottom"><div class="swiper-wrapper">
		{"".join(self._slide(card) for card in some)}
		</div></div>
		</div>"""
            for name, label, extra, some in (
                ("trang-tin-dia-phuong", "Trang tin địa phương", local, cards[::2]),
                ("thong-tin-quang-ba", "Thông tin quảng bá", "", cards[1::2]),
            )
        )
        return f"""{boxes}
    <footer> &nbsp; <div class="footer"><p>Cơ quan của Đảng bộ và nhân dân trong tỉnh</p>
<p>Ghi rõ nguồn “{self.site.title}” khi phát hành lại thông tin</p>
<div class="menu-footer">
	<a href="/">Trang chủ</a> &nbsp;/&nbsp; <a href="/kinh-te/trang-1.html">Báo cũ</a>
		</div></div>
{chrome.script(self.site.host, 30)}
    </footer>"""

    def frame(self, meta: str, info: str, main: str) -> str:
        """Return a whole page around the contents of its main column."""
        return f"""<html>
 <head>   {meta}
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
{self._styles}
 </head>
 <body> {info}
  {self._top}
    <div class="row">
     <div class="col-md-8"> {main}
     </div>
     {self._side}
    </div>
{self._bottom}
   </div>
  </div>
 </body>
</html>
"""

    def meta(self, title: str, lead: str, path: str, image: str, words: str) -> str:
        """Return the tags of a page's head; `title` and `lead` are HTML."""
        return f"""<title>{title} - {self.site.title}</title>
    <meta property="og:title" content="{title}"/>
	<meta property="og:type" content="article" />
	<meta property="og:url" content="{chrome.address(self.paper, path)}" />
  <meta name="description" content="{lead}"/>
  <meta property="og:description" content="{lead}"/>
		<meta property="og:image" content="{image}" />
		<meta name="keywords" content="{words}"/>"""

    def section_head(self, section: Section) -> str:
        """Return the heading of an article's column: the TOP section and all sections inside it."""
        sections = self.site.sections
        top = next((s for s in sections if s.path == section.parent), section)
        inner = "\n".join(
            f'\t\t\t\t\t<li><a class="{s.ident}" href="{s.path}">{escape(s.label)}</a></li>'
            for s in sections
            if s.parent == top.path
        )
        return f"""<div class="nav-inside">
	<div class="tieude row10">
		<a class="maincatetitle font-bold {top.ident}"
			href="{top.path}">{escape(top.label)}</a>
		<ul class="submenu01">
{inner}
		</ul>
	</div>
</div>"""

    def _related(self, item: int, count: int) -> str:
        numbers = chrome.same_section(self.paper, item, count)
        rows = "\n".join(
            f'\t\t<tr class="image_related_2">\n\t\t\t<td colspan="2"><a href="{card.path}">'
            f"{escape(card.title)}</a></td>\n\t\t</tr>"
            for card in self._cards(numbers)
        )
        return (
            '<div class="related">\n<table align="unset" class="rl unset">\n\t<tbody>\n'
            f"{rows}\n\t</tbody>\n</table>\n</div>"
        )

    def _content(self, item: int, story: Story, look: Look) -> str:
        dice = Dice("set", self.site.host, item)
        attributes = _WORD if look.word_spans else dice.pick(_PLAIN)
        setting = markup.Setting(look, dice, picture, attributes)
        parts = [_lead(story, look, dice, attributes)] if story.head.lead else []
        if look.related:
            parts.append(self._related(item, look.related))
        parts += markup.body(story, setting)
        last = story.credit.byline or story.credit.source_line
        if last:
            parts.append(markup.signature(last, look, dice, _RIGHT[look.word_spans]))
        return "\n\n".join(parts)

    def _others(self, item: int) -> str:
        boxes = "".join(
            f"""
		<div class="col-md-4 col-xs-6 row10">
		<a class="avatar row10" href="{card.path}">
		<img src="/file{card.avatar}"  class="img-responsive">
		</a>
		<a class="title1 {card.classes}" href="{card.path}"
			class="title1">{escape(card.title)}</a>
		<div class="date">{card.published:{chrome.DATE}}</div>
		</div>
"""
            for card in self._cards(chrome.same_section(self.paper, item, 6))
        )
        return f"""<div class="news_other read_more row20">
		<h4 class="cate_title color1 row5">Xem thêm</h4>
		<div class="row">{boxes}
		</div>
	</div>"""

    def article(self, item: int) -> str:
        """Return the article's page."""
        paper, room = self.paper, self.paper.room
        story, look, section = room.story(item), room.look(item), room.section(item)
        path, title = paper.path(item), markup.title(story.head.headline, look)
        url, lead = chrome.address(paper, path), escape(story.head.lead)
        kicker = "" if look.kicker is None else f'<h4 class="media-heading">{look.kicker}</h4>'
        tags = "\n".join(
            f'\t\t\t<a href="{chrome.search_link(tag)}" target="_blank" class="">{escape(tag)}</a>'
            for tag in story.tags
        )
        main = f"""{self.section_head(section)}
      <div class="p80"> <div class="article_content row15">
		<div id="content" class="content cate_{section.ident}">
		{kicker}

		<h1 class="media-heading title5">{title}</h1>
		<div class="date">{room.timeline.published(item):{chrome.DATE}}</div>
		{_SHARE.format(url=url)}
<div class="bd02"></div>
		{self._content(item, story, look)}
	</div>

	<div id="fb-root"></div>
<div class="clear"></div>
</div> {f'<div class="tag_list">{chr(10)}{tags}{chr(10)}</div>' if tags else ""}
{_FEEDBACK.format(site=self.site.site_id, id=room.timeline.article_id(item), url=url)}
	{self._others(item)}
      </div>"""
        image = f"{chrome.address(paper, '/file')}{paper.card(item).avatar}"
        meta = self.meta(title, lead, path, image, escape(", ".join(story.tags)))
        return self.frame(meta, chrome.page_info(paper, section, item, title), main)
