"""Báo Hòn Khói: ASP.NET WebForms, its lists turned by a form that a GET cannot send.

Articles are `/Default.aspx?tabid=4&id=77`; boxes name them as `/Default.aspx?id=77&tabid=4`. The pager
is `javascript:__doPostBack(…)`, so that only a list's first page can be read; robots.txt names a
sitemap index whose parts are gzip files with a day for each address, and http addresses. The pages are
UTF-8 with a byte order mark, while the header says windows-1258. `old.aspx?n=77` redirects.
"""

import gzip
from collections.abc import Mapping
from html import escape
from typing import Any, Final

from tests.support.strangers.gazette import (
    LANG_BIEN,
    MOVED,
    PINNED,
    UNDATED,
    gazette,
    gazette_truth,
)
from tests.support.strangers.serving import NOT_FOUND, Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story

HOST: Final = "baohonkhoi.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Tin trong ngày", path="", number=4),
    Desk(label="Biển đảo", path="", number=6),
    Desk(label="Nghề cá", path="", number=7),
)
EMPTY: Final = Desk(label="Nhịp cầu bạn đọc", path="", number=11)
WORDS: Final = {
    "place": ("Hòn Khói", "Mũi Dù", "Dốc Lết", "Ninh Thủy", "Bãi Tranh", "Đầm Nha"),
    "thing": ("muối hạt", "tôm hùm giống", "lưới vây", "ốc hương", "cá ngừ", "rong sụn"),
    "who": ("ông Bảy Thuận", "bà Phạm Thị Kiều", "anh Đặng Quốc Toàn", "chị Hai Mười"),
    "author": ("Phạm Kiều", "Quốc Toàn", "Đặng Hải Âu"),
    "office": ("Cảng vụ", "Đồn Biên phòng", "Phòng Nông nghiệp"),
}
STORIES: Final = gazette(LANG_BIEN, WORDS, DESKS, 907, f"{HOME}/Portals/0/Anh")
_PER_PAGE: Final = 9
_DAYS: Final = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
_SPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def href(story: Story) -> str:
    """The address as the archive spells it; the site prints `tabid` first."""
    return f"/Default.aspx?id={story.number}&tabid={story.desk.number}"


_BY_NUMBER: Final = {str(story.number): story for story in STORIES}


def _page(title: str, main: str) -> Answer:
    menu = "".join(
        f'<td class="mnu"><a href="/Default.aspx?tabid={d.number}">{d.label}</a></td>'
        for d in (*DESKS, EMPTY)
    )
    old = STORIES[MOVED]
    most = "".join(
        f'<tr><td>&raquo; <a href="/Default.aspx?id={s.number}&amp;tabid={s.desk.number}">'
        f"{escape(s.headline)}</a></td></tr>"
        for s in STORIES[5:10]
    )
    most += (
        f'<tr><td>&raquo; <a href="/old.aspx?n={old.number}">{escape(old.headline)}</a></td></tr>'
    )
    text = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"'
        ' "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\r\n'
        f'<html><head id="Head"><title>\r\n\t{escape(title)}\r\n</title></head><body><form'
        ' name="Form" method="post" action="Default.aspx" id="Form"><input type="hidden"'
        ' name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTY1NDU2MTA1Mg9k" /><script>function'
        ' __doPostBack(t,a){document.Form.submit();}</script><table width="100%"><tr>'
        f'<td class="mnu"><a href="/Default.aspx">Trang chủ</a></td>{menu}</tr></table><table><tr>'
        f'<td id="dnn_ContentPane">{main}</td><td id="dnn_RightPane"><table class="hot"><tr><td'
        f' class="hd">XEM NHIỀU NHẤT</td></tr>{most}</table></td></tr></table><div id="dnn_foot">'
        "Cơ quan chủ quản: Ủy ban nhân dân thị xã. Giấy phép số 90/GP-STTTT.<br />Ghi rõ nguồn khi"
        " phát hành lại thông tin từ website này.</div></form></body></html>"
    )
    return Answer(b"\xef\xbb\xbf" + text.encode(), content_type="text/html; charset=windows-1258")


def _photo(photo: Photo) -> str:
    caption = f'<div class="chuthich">{escape(photo.caption)}</div>' if photo.caption else ""
    return f'<div class="anhbai"><img src="{photo.src}" border="0" />{caption}</div>'


def _article(story: Story) -> Answer:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f"<div>{escape(paragraph)}</div><div>&nbsp;</div>")
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    at = story.published
    date = f"{_DAYS[at.weekday()]}, {at.day}/{at.month}/{at.year}, {at:%H:%M} (GMT+7)"
    others = "".join(
        f'<tr><td><a href="/Default.aspx?tabid={s.desk.number}&amp;id={s.number}">'
        f"{escape(s.headline)}</a> ({s.published:%d/%m})</td></tr>"
        for s in [s for s in STORIES if s.desk is story.desk and s is not story][:6]
    )
    main = (
        f'<div class="bc"><a href="/Default.aspx?tabid={story.desk.number}">{story.desk.label}</a>'
        '</div><span id="dnn_ctr_lblTitle" class="TieuDe">'
        f"{escape(story.headline)}</span><br />"
        + (
            ""
            if story is STORIES[UNDATED]
            else f'<span id="dnn_ctr_lblDate" class="Ngay">{date}</span>'
        )
        + f'<div id="dnn_ctr_lblSapo" class="TrichDan">{escape(story.lead)}</div>'
        f'<div id="dnn_ctr_lblBody" class="NoiDung">{"".join(parts)}</div>'
        f'<div id="dnn_ctr_lblAuthor" class="TacGia">{story.author or story.outlet_line}</div><div><a href="javascript:'
        "__doPostBack('dnn$ctr$lnkPrint','')\">Bản in</a></div><div class=\"khac\">CÁC TIN KHÁC"
        f"</div><table>{others}</table>"
    )
    return _page(f"Báo Hòn Khói > {story.desk.label}", main)


def _row(story: Story) -> str:
    link = f"/Default.aspx?tabid={story.desk.number}&amp;id={story.number}"
    return (
        f'<tr><td valign="top"><a href="{link}"><img src="/Portals/0/t{story.number}.jpg" /></a></td>'
        f'<td><a class="tt" href="{link}">{escape(story.headline)}</a><div class="td">'
        f"{escape(story.lead)}</div></td></tr>"
    )


def _list(desk: Desk) -> Answer:
    found = [s for s in STORIES if s.desk is desk]
    if not found:
        return _page(f"Báo Hòn Khói > {desk.label}", "<div>Chưa có tin.</div>")
    rows = "".join(map(_row, [STORIES[PINNED], *found[:_PER_PAGE]]))
    turns = "".join(
        f"<a href=\"javascript:__doPostBack('dnn$ctr$pager','{n}')\">{n}</a> "
        for n in range(2, -(-len(found) // _PER_PAGE) + 1)
    )
    main = f'<table class="ds">{rows}</table><div class="pg"><span>1</span> {turns}</div>'
    return _page(f"Báo Hòn Khói > {desk.label}", main)


def _front() -> Answer:
    blocks = "".join(
        f'<div class="hd"><a href="/Default.aspx?tabid={d.number}">{d.label}</a></div><table>'
        + "".join(map(_row, [s for s in STORIES if s.desk is d][:4]))
        + "</table>"
        for d in DESKS
    )
    return _page("Báo Hòn Khói", blocks)


def _part(number: int) -> Answer:
    stories = STORIES[(number - 1) * 25 : number * 25]
    urls = "".join(
        f"<url><loc>http://{HOST}/Default.aspx?tabid={s.desk.number}&amp;id={s.number}</loc>"
        f"<lastmod>{s.published:%Y-%m-%d}</lastmod></url>"
        for s in stories
    )
    text = f'<?xml version="1.0" encoding="utf-8"?><urlset {_SPACE}>{urls}</urlset>'
    return Answer(gzip.compress(text.encode(), mtime=0), content_type="application/x-gzip")


def answer(path: str, query: Mapping[str, str]) -> Answer:
    lower = path.lower()
    given = {name.lower(): value for name, value in query.items()}
    if path == "/robots.txt":
        text = f"User-agent: *\r\nDisallow: /admin/\r\nSitemap: http://{HOST}/SiteMap.xml\r\n"
        return Answer(text, content_type="text/plain")
    if lower == "/sitemap.xml":
        parts = "".join(
            f"<sitemap><loc>http://{HOST}/sitemap-{n}.xml.gz</loc>"
            "<lastmod>2025-11-02</lastmod></sitemap>"
            for n in (1, 2, 3)
        )
        text = (
            f'<?xml version="1.0" encoding="utf-8"?><sitemapindex {_SPACE}>{parts}</sitemapindex>'
        )
        return Answer(text, content_type="text/xml")
    if lower.startswith("/sitemap-"):
        return _part(int(lower[9]))
    if lower == "/old.aspx":
        return Answer("", 302, headers={"Location": href(_BY_NUMBER[given["n"]])})
    if lower not in ("/", "/default.aspx"):
        return NOT_FOUND
    if "id" in given:
        story = _BY_NUMBER.get(given["id"])
        return _article(story) if story else _page("Báo Hòn Khói", "<div>Tin không tồn tại.</div>")
    desk = next((d for d in (*DESKS, EMPTY) if str(d.number) == given.get("tabid")), None)
    return _list(desk) if desk else _front()


def right(story: Story) -> dict[str, Any]:
    return gazette_truth(STORIES, story, f"{HOME}{href(story)}", tags=[])


SITE: Final = Stranger("baohonkhoi", HOST, answer, STORIES, right)
