"""Báo Cù Lao: an ASP.NET site of 2009 that nobody has touched since.

Everything is a table; an article is `detail.aspx?id=N` and its paragraphs are lines divided by
`<br><br>`; a picture stands in a table of its own with the caption in the row below; the title of
every page is the newspaper's. `list.aspx?cat=N&page=N` has 12 articles. No feed, no sitemap, no
robots.txt, no metadata.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth
from tests.support.strangers.vocabulary import CU_LAO

HOST: Final = "baoculao.com.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Tin trong tỉnh", path="", number=1),
    Desk(label="Kinh tế", path="", number=2),
    Desk(label="Sông nước miệt vườn", path="", number=5),
    Desk(label="Bạn đọc", path="", number=8),
)
STORIES: Final = tuple(stories(CU_LAO, DESKS, 37, f"{HOME}/Upload/Images", has_tags=False))
_BY_NUMBER: Final = {story.number: story for story in STORIES}
_PER_PAGE: Final = 12
_WEEKDAYS: Final = ("hai", "ba", "tư", "năm", "sáu", "bảy")


def _href(story: Story) -> str:
    return f"detail.aspx?id={story.number}"


def _url(story: Story) -> str:
    return f"{HOME}/{_href(story)}"


def _day(story: Story) -> str:
    at = story.published
    weekday = "Chủ nhật" if at.weekday() == 6 else f"Thứ {_WEEKDAYS[at.weekday()]}"
    return f"{weekday}, {at.day}/{at.month}/{at.year} {at:%H:%M} (GMT+7)"


def _frame(main: str) -> str:
    menu = "".join(
        f'<td class="menu" nowrap><a class="lnkmenu" href="list.aspx?cat={d.number}">{d.label}</a>'
        "</td>"
        for d in DESKS
    )
    most = "".join(
        f'<tr><td width="10"><img src="images/bullet.gif"></td><td><a class="tindocnhieu"'
        f' href="{_href(s)}">{escape(s.headline)}</a></td></tr>'
        for s in STORIES[3:9]
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head id="ctl00_Head1">
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>BÁO CÙ LAO ĐIỆN TỬ</title><link href="style.css" rel="stylesheet" type="text/css" /></head>
<body topmargin="0" leftmargin="0"><form name="aspnetForm" method="post" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1Mg9kFgJmD2QW" />
<table width="1000" align="center" border="0" cellpadding="0" cellspacing="0">
<tr><td colspan="3"><img src="images/banner.jpg" width="1000" height="120" /></td></tr>
<tr><td colspan="3"><table width="100%"><tr>
<td class="menu"><a class="lnkmenu" href="default.aspx">Trang chủ</a></td>{menu}
<td class="menu"><a class="lnkmenu" href="video.aspx">Phim</a></td>
<td class="menu"><a class="lnkmenu" href="contact.aspx">Liên hệ</a></td></tr></table></td></tr>
<tr><td width="180" valign="top"><table width="100%"><tr><td class="title2">Thông tin cần biết</td>
</tr><tr><td><a href="list.aspx?cat=8">Hộp thư bạn đọc</a></td></tr>
<tr><td><a href="http://www.chinhphu.vn">Cổng Chính phủ</a></td></tr></table></td>
<td width="580" valign="top">{main}</td>
<td width="240" valign="top"><table width="100%"><tr>
<td class="title2" colspan="2">Tin đọc nhiều</td>
</tr>{most}</table><table width="100%"><tr><td class="title2">Liên kết website</td></tr>
<tr><td><select><option>Tỉnh ủy</option></select></td></tr></table></td></tr>
<tr><td colspan="3" class="footer" align="center">Cơ quan của Đảng bộ tỉnh - Giấy phép số
99/GP-TTĐT cấp ngày 7/7/2009<br />Tổng Biên tập: LÊ VĂN GIÊNG<br />Tòa soạn: 9 Trần Phú - ĐT:
0296.000.000 - Fax: 0296.000.001<br />® Ghi rõ nguồn "Báo Cù Lao điện tử" khi phát hành lại</td>
</tr>
</table></form></body></html>"""


def _photo(photo: Photo) -> str:
    caption = (
        f'<tr><td align="center" class="chuthich"><i>{escape(photo.caption)}</i></td></tr>'
        if photo.caption
        else ""
    )
    return (
        '<table border="0" align="center" cellpadding="3"><tr><td align="center">'
        f'<img src="{photo.src}" border="0" width="450" /></td></tr>{caption}</table>'
    )


def _article(story: Story) -> str:
    lines = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        lines.append(f"{escape(paragraph)}<br /><br />\n")
        lines += [_photo(photo) for photo in story.photos if photo.behind == number]
    if story.author:
        lines.append(f'<div align="right"><b>{escape(story.author.upper())}</b></div>')
    if story.outlet:
        lines.append(f'<div align="right"><b>{story.outlet_line}</b></div>')
    same = [s for s in STORIES if s.desk is story.desk and s.number < story.number][:6]
    older = "".join(
        f'<tr><td class="tinkhac">• <a href="{_href(s)}">{escape(s.headline)}</a>'
        f" <i>({s.published:%d/%m/%Y})</i></td></tr>"
        for s in same
    )
    main = f"""<table width="100%" border="0"><tr><td class="duongdan">
<a href="default.aspx">Trang chủ</a> &raquo; <a href="list.aspx?cat={story.desk.number}">
{story.desk.label}</a></td></tr>
<tr><td><span id="ctl00_Main_lblTieuDe" class="tieude">{escape(story.headline)}</span></td></tr>
<tr><td><span id="ctl00_Main_lblNgay" class="ngay">{_day(story)}</span></td></tr>
<tr><td><span id="ctl00_Main_lblTomTat" class="tomtat"><b>{escape(story.lead)}</b></span></td></tr>
<tr><td><span id="ctl00_Main_lblNoiDung" class="noidung">{"".join(lines)}</span></td></tr>
<tr><td align="right"><a href="print.aspx?id={story.number}">In trang này</a> |
<a href="javascript:history.back()">Quay lại</a> | <a href="#top">Về đầu trang</a></td></tr>
<tr><td class="title2">Các tin đã đưa</td></tr>{older}</table>"""
    return _frame(main)


def _item(story: Story) -> str:
    picture = f'<img src="{story.photos[0].src}" width="120" />' if story.photos else ""
    return (
        f'<table width="100%"><tr><td width="130" valign="top"><a href="{_href(story)}">{picture}'
        f'</a></td><td valign="top"><a class="tieudetin" href="{_href(story)}">'
        f'{escape(story.headline)}</a> <span class="ngay">({story.published:%d/%m/%Y})</span><br />'
        f'<span class="tomtat">{escape(story.lead)}</span></td></tr></table>'
    )


def _list(label: str, cat: int, found: list[Story], number: int) -> str:
    last = -(-len(found) // _PER_PAGE)
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    pages = " ".join(
        f"<b>{n}</b>" if n == number else f'<a href="list.aspx?cat={cat}&amp;page={n}">{n}</a>'
        for n in range(1, last + 1)
    )
    main = (
        f'<table width="100%"><tr><td class="title1">{label}</td></tr>'
        + "".join(f"<tr><td>{_item(s)}</td></tr>" for s in shown)
        + f'<tr><td align="right" class="phantrang">Trang: {pages}</td></tr></table>'
    )
    return _frame(main)


def _front() -> str:
    boxes = "".join(
        f'<table width="100%"><tr><td class="title1"><a href="list.aspx?cat={d.number}">{d.label}'
        "</a></td></tr>"
        + "".join(f"<tr><td>{_item(s)}</td></tr>" for s in [s for s in STORIES if s.desk is d][:2])
        + "</table>"
        for d in DESKS
    )
    return _frame(f"{_item(STORIES[0])}{boxes}")


def answer(path: str, query: Mapping[str, str]) -> Answer:
    page = path.strip("/").lower()
    if page in ("", "default.aspx"):
        return Answer(_front())
    if page == "detail.aspx":
        story = _BY_NUMBER.get(int(query.get("id", "0")))
        return Answer(_article(story) if story else _frame("Không có dữ liệu"))
    if page == "list.aspx":
        desk = next((d for d in DESKS if str(d.number) == query.get("cat")), DESKS[0])
        found = [s for s in STORIES if s.desk is desk]
        return Answer(_list(desk.label, desk.number, found, int(query.get("page", "1"))))
    if page in ("video.aspx", "contact.aspx"):
        return Answer(_frame("<object width='400' height='300'></object>"))
    return Answer("<html><body><h2>The resource cannot be found.</h2></body></html>", 404)


def right(story: Story) -> dict[str, Any]:
    signed = story.author.upper()
    return truth(story, _url(story), byline=signed, authors=[signed] if signed else [])


SITE: Final = Stranger("baoculao", HOST, answer, STORIES, right)
