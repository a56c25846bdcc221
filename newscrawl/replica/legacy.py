"""Family K: the old Tuyên Quang CMS, of the paper until June 2025 and of the city's portal."""

from functools import cached_property
from html import escape

from newscrawl.replica import chrome, markup
from newscrawl.replica.dice import Dice
from newscrawl.replica.paper import Card, Paper
from newscrawl.replica.site import Section
from newscrawl.replica.story import Look, Picture, Story

DAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_JUSTIFY = ' style="text-align: justify;"'
_CENTRE = ' style="text-align: center;"'
_RIGHT = ' style="text-align: right;"'


def picture(image: Picture) -> str:
    """Return a centred picture; its caption is the next centred paragraph or ends the same one."""
    img = f'<img src="{image.src}" alt="" width="600">'
    words = escape(image.printed)
    if image.form == "same-p":
        return f"<p{_CENTRE}>{img}<br>\n<em>{words}</em></p>"
    if image.form == "next-em":
        return f"<p{_CENTRE}>{img}</p>\n<p{_CENTRE}><em>{words}</em></p>"
    if image.form == "next-centred":
        return f"<p{_CENTRE}>{img}</p>\n<p{_CENTRE}>{words}</p>"
    return f"<p{_CENTRE}>{img}</p>"


class Legacy:
    """The pages of one paper at one edition."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.site = paper, paper.room.site

    def _cards(self, items: list[int]) -> list[Card]:
        return [self.paper.card(item) for item in items]

    @cached_property
    def _top(self) -> str:
        tops = "".join(
            f'<li><a href="{section.path}">{escape(section.label)}</a></li>'
            for section in self.site.old_sections
        )
        return (
            '<div id="header"><ul class="menu"><li><a href="/">Trang chủ</a></li>'
            f'<li><a href="/gioi-thieu.html">Giới thiệu</a></li>{tops}'
            '<li><a href="/lien-he.html">Liên hệ</a></li></ul></div>'
        )

    @cached_property
    def _side(self) -> str:
        items = self.paper.newest(44, old=True)
        fresh = "\n".join(
            f'<li><a href="{card.path}"><img src="{chrome.image(card, 90)}" alt=""></a> '
            f'<a href="{card.path}">{escape(card.title)}</a></li>'
            for card in self._cards(items[:20])
        )
        read = "\n".join(
            f'<li><a href="{(self.paper.other_urls(item) or [self.paper.path(item)])[0]}">'
            f"{escape(self.paper.card(item).title)}</a></li>"
            for item in items[20:]
        )
        return (
            '<div class="col-md-3"><h3>Thông báo</h3><ul><li><a href="/lich-tiep-dan.html">'
            f"Lịch tiếp công dân</a></li></ul><h3>Tin mới</h3><ul>{fresh}</ul>"
            f"<h3>Đọc nhiều</h3><ul>{read}</ul>"
            f"{chrome.topic_menu(self.site.host, 40)}</div>"
        )

    def frame(self, head: str, main: str) -> str:
        """Return a whole page around the contents of its main column."""
        return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
{head}
<link rel="stylesheet" href="/templates/css/style.css">
{chrome.styles(self.site.host, 120)}
</head>
<body>
{self._top}
<div class="container"><div class="row"><div class="col-md-9">
{main}
</div>{self._side}</div></div>
<div id="footer">Bản quyền thuộc {self.site.title}</div>
{chrome.script(self.site.host, 60)}
</body></html>
"""

    def breadcrumb(self, section: Section) -> str:
        """Return the links from the home page to the section."""
        outer = [s for s in self.site.old_sections if s.path == section.parent]
        steps = [("/", "Trang chủ"), *((s.path, escape(s.label)) for s in (*outer, section))]
        links = " / ".join(f'<a href="{path}">{label}</a>' for path, label in steps)
        return f'<div class="breadcrumb">{links}</div>'

    def head(self, title: str, lead: str, path: str) -> str:
        """Return the tags of a page's head; `title` and `lead` are HTML."""
        return f"""<title>{title} - {self.site.title}</title>
<meta property="og:title" content="{title}">
<meta property="og:type" content="article">
<meta property="og:description" content="{lead}">
<link rel="canonical" href="{chrome.address(self.paper, path)}">"""

    def time(self, item: int) -> str:
        """Return the date line of an article."""
        when = self.paper.room.timeline.published(item)
        day = "Chủ nhật" if when.weekday() == 6 else f"Thứ {DAYS[when.weekday()]}"
        return f'<time datetime="{when:%Y-%m-%dT%H:%M}">{day}, {when:%d/%m/%Y, %H:%M}</time>'

    def _summary(self, story: Story, look: Look) -> str:
        if not story.head.lead:
            return '<div class="summary"></div>' if look.variant % 2 else ""
        lead = ("- " if look.dash else "") + escape(story.head.lead, quote=False)
        return f'<div class="summary">{lead}{("", "<br>&nbsp;", "<br>")[look.variant % 3]}</div>'

    def _signature(self, story: Story, look: Look, dice: Dice) -> str:
        credit = story.credit
        if not credit.source_url:
            last = credit.byline or credit.source_line
            return markup.signature(last, look, dice, _RIGHT) if last else ""
        link = f'<a href="{credit.source_url}">{credit.source_url}</a>'
        return f"<p{_RIGHT}><strong>Theo: {link}</strong></p>"

    def _content(self, item: int, story: Story, look: Look) -> str:
        dice = Dice("set", self.site.host, item)
        parts = markup.body(story, markup.Setting(look, dice, picture, _JUSTIFY))
        return "\n".join([*parts, self._signature(story, look, dice)])

    def article(self, item: int) -> str:
        """Return the article's page."""
        paper, room = self.paper, self.paper.room
        story, look, section = room.story(item), room.look(item), room.section(item)
        title = markup.title(story.head.headline, look)
        others = "\n".join(
            f'<li><a href="{card.path}">{escape(card.title)}</a> '
            f"<span>({card.published:%d/%m/%Y})</span></li>"
            for card in self._cards(chrome.same_section(paper, item, 12))
        )
        main = f"""{self.breadcrumb(section)}
<article itemscope itemtype="http://schema.org/NewsArticle">
<h1 itemprop="headline">{title}</h1>
{self.time(item)}
{self._summary(story, look)}
<div itemprop="articleBody">
{self._content(item, story, look)}
</div>
</article>
<div class="other-news"><h3>Tin cùng chuyên mục</h3><ul>
{others}
</ul></div>"""
        lead = escape(story.head.lead)
        return self.frame(self.head(title, lead, paper.path(item)), main)
