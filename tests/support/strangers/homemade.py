"""Báo Cửa Rạch: a CMS that one programmer wrote in PHP for this paper alone.

Articles are `/bai-viet/{id}/{slug}`, lists `/chuyen-muc/{id}/{slug}/{page}` with 11 articles. The page
about feeds lists one for each section; the head names none. Dates are `20-11-2025 | 08:30:00 SA`, the
signature has its role before it, the answers state no charset, only the page does.
"""

from collections.abc import Mapping
from email.utils import format_datetime
from html import escape
from typing import Any, Final

from tests.support.strangers.serving import Answer, Stranger
from tests.support.strangers.stories import Desk, Photo, Story, stories, truth, utc
from tests.support.strangers.vocabulary import CUA_RACH

HOST: Final = "baocuarach.com.vn"
HOME: Final = f"https://{HOST}"
DESKS: Final = (
    Desk(label="Thời sự", path="thoi-su", number=2),
    Desk(label="Kinh tế biển", path="kinh-te-bien", number=5),
    Desk(label="Đời sống - Xã hội", path="doi-song-xa-hoi", number=6),
    Desk(label="Môi trường", path="moi-truong", number=11),
)
STORIES: Final = tuple(stories(CUA_RACH, DESKS, 173, f"{HOME}/uploads/news"))
_PER_PAGE: Final = 11
_HTML: Final = "text/html"


def _href(story: Story) -> str:
    return f"/bai-viet/{story.number}/{story.slug}"


_BY_PATH: Final = {_href(story): story for story in STORIES}


def _url(story: Story) -> str:
    return f"{HOME}{_href(story)}"


def _of_desk(desk: Desk) -> str:
    return f"/chuyen-muc/{desk.number}/{desk.path}"


def _day(story: Story) -> str:
    at = story.published
    hour = at.hour % 12 or 12
    return f"{at:%d-%m-%Y} | {hour:02d}:{at:%M:%S} {'SA' if at.hour < 12 else 'CH'}"


def _frame(title: str, head: str, main: str) -> str:
    menu = "".join(f'<li><a href="{_of_desk(d)}">{d.label}</a></li>' for d in DESKS)
    hot = "".join(
        f'<li class="tin_nong"><a href="{_href(s)}" title="{escape(s.headline)}">'
        f"{escape(s.headline)}</a></li>"
        for s in STORIES[30:36]
    )
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{escape(title)}</title>{head}<script src="/js/jquery-1.7.min.js"></script></head>
<body><div id="wrap"><div id="top"><a href="/"><img src="/images/logo.gif" alt="logo"></a>
<div id="ngay_thang">Thứ hai, 03/11/2025 | 09:15</div></div>
<div id="menu_ngang"><ul><li><a href="/">Trang chủ</a></li>{menu}
<li><a href="/video">Truyền hình</a></li><li><a href="/rss">RSS</a></li>
<li><a href="/lien-he">Liên hệ</a></li></ul></div>
<div id="cot_trai">{main}</div>
<div id="cot_phai"><div class="hop"><div class="hop_tieude">Tin nóng</div><ul>{hot}</ul></div>
<div class="hop"><div class="hop_tieude">Quảng cáo</div><a href="http://khach-hang.vn"><img
 src="/qc/1.gif"></a></div></div>
<div id="chan_trang"><p><b>BÁO CỬA RẠCH</b> - Giấy phép số 77/GP-BTTTT ngày 9/9/2016</p>
<p>Tòa soạn: 2 Bến Đò, phường Cửa Rạch. Điện thoại: (0290) 300.0000</p></div></div></body></html>"""


def _photo(photo: Photo) -> str:
    caption = f'<div class="chu_thich">{escape(photo.caption)}</div>' if photo.caption else ""
    return f'<div class="anh_bai"><img src="{photo.src}" width="600">{caption}</div>'


def _article(story: Story) -> str:
    parts = []
    for number, paragraph in enumerate(story.paragraphs, 1):
        parts.append(f'<p class="MsoNormal"><span>{escape(paragraph)}</span></p>')
        parts += [_photo(photo) for photo in story.photos if photo.behind == number]
    signed = ""
    if story.author:
        signed = f'<div class="tac_gia">{escape(story.author)}</div>'
    if story.outlet:
        signed = f'<div class="nguon_tin">{story.outlet_line}</div>'
    older = [s for s in STORIES if s.desk is story.desk and s.number < story.number][:5]
    others = "".join(
        f'<li><a href="{_href(s)}">{escape(s.headline)}</a> ({s.published:%d-%m-%Y})</li>'
        for s in older
    )
    tags = ", ".join(f'<a href="/tu-khoa/{n}">{tag}</a>' for n, tag in enumerate(story.tags))
    head = (
        f'<meta property="og:title" content="{escape(story.headline)}">'
        f'<meta property="og:description" content="{escape(story.lead)}">'
        f'<meta property="og:url" content="{_url(story)}">'
    )
    main = f"""<div class="duong_dan"><a href="/">Trang chủ</a> /
<a href="{_of_desk(story.desk)}">{story.desk.label}</a></div>
<div class="tin_tieude">{escape(story.headline)}</div>
<div class="tin_ngay">{_day(story)}</div>
<div class="tin_tomtat">{escape(story.lead)}</div>
<div class="tin_noidung" id="noidung">{"".join(parts)}</div>{signed}
<div class="tu_khoa">Từ khóa: {tags}</div>
<div class="in_gui"><a href="javascript:window.print()">In bài viết</a> <a href="#">Gửi bạn bè</a></div>
<div class="tin_khac"><div class="hop_tieude">Các tin khác</div><ul>{others}</ul></div>"""
    return _frame(f"{story.headline} | Báo Cửa Rạch", head, main)


def _item(story: Story) -> str:
    picture = (
        f'<a href="{_href(story)}"><img src="{story.photos[0].src}" width="140"></a>'
        if story.photos
        else ""
    )
    return (
        f'<div class="tin_item">{picture}<a class="tieu_de" href="{_href(story)}">'
        f'{escape(story.headline)}</a><div class="tom_tat">{escape(story.lead)}</div></div>'
    )


def _list(desk: Desk, number: int) -> Answer:
    found = [s for s in STORIES if s.desk is desk]
    last = -(-len(found) // _PER_PAGE)
    shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    pages = " ".join(
        f'<span class="trang_nay">{n}</span>'
        if n == number
        else f'<a href="{_of_desk(desk)}/{n}">{n}</a>'
        for n in range(1, last + 1)
    )
    main = (
        f'<h1 class="ten_muc">{desk.label}</h1>{"".join(map(_item, shown))}'
        f'<div class="phan_trang">Trang {pages}</div>'
    )
    return Answer(_frame(f"{desk.label} | Báo Cửa Rạch", "", main), content_type=_HTML)


def _feed(desk: Desk) -> Answer:
    items = "".join(
        f"<item><title>{escape(s.headline)}</title><link>{_url(s)}</link>"
        f"<pubDate>{format_datetime(utc(s.published))}</pubDate></item>"
        for s in [s for s in STORIES if s.desk is desk][:10]
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(desk.label)}</title><link>{HOME}</link><description>-</description>{items}"
        "</channel></rss>"
    )
    return Answer(text, content_type="text/xml")


def _about_feeds() -> Answer:
    links = "".join(f'<li><a href="/rss/{d.path}.rss">{d.label}</a></li>' for d in DESKS)
    main = f'<h1 class="ten_muc">Kênh RSS</h1><p>Chọn kênh để đọc tin.</p><ul>{links}</ul>'
    return Answer(_frame("RSS | Báo Cửa Rạch", "", main), content_type=_HTML)


def _front() -> Answer:
    boxes = "".join(
        f'<div class="hop"><div class="hop_tieude"><a href="{_of_desk(d)}">{d.label}</a></div>'
        + "".join(map(_item, [s for s in STORIES if s.desk is d][:3]))
        + "</div>"
        for d in DESKS
    )
    return Answer(_frame("Báo Cửa Rạch", "", boxes), content_type=_HTML)


def answer(path: str, query: Mapping[str, str]) -> Answer:  # noqa: ARG001
    parts = path.strip("/").split("/")
    if path == "/":
        return _front()
    if path == "/rss":
        return _about_feeds()
    if path in _BY_PATH:
        return Answer(_article(_BY_PATH[path]), content_type=_HTML)
    if parts[0] == "rss" and len(parts) == 2:
        desk = next((d for d in DESKS if parts[1] == f"{d.path}.rss"), None)
        return _feed(desk) if desk else Answer("", 404)
    if parts[0] == "chuyen-muc" and len(parts) in (3, 4):
        desk = next((d for d in DESKS if parts[1] == str(d.number)), None)
        return _list(desk, int(parts[3]) if len(parts) == 4 else 1) if desk else Answer("", 404)
    return Answer(_frame("Lỗi", "", "<h1>Trang không tồn tại</h1>"), 404, _HTML)


def right(story: Story) -> dict[str, Any]:
    return truth(story, _url(story))


SITE: Final = Stranger("baocuarach", HOST, answer, STORIES, right)
