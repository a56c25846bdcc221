"""What names and short lines of an unknown page are taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from newscrawl.article.boilerplate import is_contact, is_imprint, is_label
from newscrawl.article.box_roles import Role, named, roles
from newscrawl.article.meta_lines import is_date_line, is_dateline


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("related-news", "related"),
        ("relate-listnews", "related"),
        ("box-tin-lien-quan", "related"),
        ("cungChuyenMuc", "related"),
        ("sc-related-articles", "related"),
        ("most-view", "related"),
        ("td-post-sharing", "share"),
        ("fb-like", "share"),
        ("box_comment_vne", "comment"),
        ("binh-luan", "comment"),
        ("ads_middle", "advert"),
        ("quangcao-giua", "advert"),
        ("tag_list", "tags"),
        ("tuKhoa", "tags"),
        ("main-nav", "chrome"),
        ("site-footer", "chrome"),
        ("d-none", "chrome"),
        ("detail-title", "title"),
        ("TieuDe", "title"),
        ("article__sapo", "lead"),
        ("the-article-summary", "lead"),
        ("tom-tat", "lead"),
        ("detail-author", "author"),
        ("after-author", "author"),
        ("tac_gia", "author"),
        ("pubdate", "date"),
        ("lblNgayDang", "date"),
        ("time-update", "date"),
        ("today-date", "clock"),
        ("PhotoCMS_Caption", "caption"),
        ("wp-caption-text", "caption"),
        ("pCaption", "caption"),
        ("c-Breadcrumb", "trail"),
        ("box-nguon", "source"),
    ],
)
def test_role_a_name_states(name: str, role: Role) -> None:
    assert role in roles(html.Element("div", {"class": name}))
    assert role in roles(html.Element("div", {"id": name}))
    assert role in roles(html.Element("div", {"class": f"row {name} clearfix"}))


@pytest.mark.parametrize(
    "name",
    [
        "td-post-content tagdiv-type",
        "article-body zce-content",
        "content-detail",
        "headers-up",
        "load",
        "staged",
        "no-cap",
        "d-none d-md-block",
        "timeline-wrapper",
        "authority",
        "",
    ],
)
def test_name_that_states_nothing_of_the_kind(name: str) -> None:
    other: frozenset[Role] = frozenset(
        ["tags", "chrome", "advert", "caption", "date", "author", "share", "comment", "related"]
    )
    assert roles(html.Element("div", {"class": name})).isdisjoint(other)


@pytest.mark.parametrize(
    ("attribute", "value", "role"),
    [
        ("itemprop", "datePublished", "date"),
        ("itemprop", "author", "author"),
        ("itemprop", "description", "lead"),
        ("rel", "tag", "tags"),
        ("rel", "author", "author"),
        ("data-role", "sapo", "lead"),
        ("data-field", "caption", "caption"),
        ("role", "navigation", "chrome"),
    ],
)
def test_other_attributes_state_roles_too(attribute: str, value: str, role: Role) -> None:
    assert role in roles(html.Element("span", {attribute: value}))


@given(st.text(max_size=60))
def test_any_name_is_spelt(name: str) -> None:
    try:
        element = html.Element("div", {"class": name})
    except ValueError:  # control characters cannot stand in a tree
        return
    spelt = named(element)
    assert spelt == spelt.strip().lower()
    assert named(html.Element("div", {"class": spelt})) == spelt
    assert roles(element) == roles(html.Element("div", {"class": spelt}))


@pytest.mark.parametrize(
    "line",
    [
        "Tin liên quan",
        "Các tin khác:",
        "Bài viết cùng chuyên mục",
        "Tin cùng chủ đề",
        "TIN MỚI NHẤT",
        "Xem thêm",
        "Xem thêm: Mùa nước nổi về sớm",
        ">> Đọc thêm: Mùa nước nổi về sớm",
        "Mời bạn đọc thêm: Mùa nước nổi về sớm",
        "Có thể bạn quan tâm",
        "Chia sẻ",
        "Chia sẻ bài viết lên Facebook",
        "Bình luận (0)",
        "12 bình luận",
        "Ý kiến bạn đọc",
        "Gửi bình luận",
        "Từ khóa:",
        "Từ khoá",
        "Tags:",
        "Nghe đọc bài",
        "Cỡ chữ",
        "Mặc định",
        "In bài viết",
        "Quảng cáo",
        "Về trang chủ",
        "Trở lại chủ đề",
        "Theo dõi Báo Bến Lội trên Google News",
        "Hãy để lại ý kiến của bạn về bài viết này.",
        "Link bài gốc https://bao-khac.vn/bai-dai-lam-1234567.html",
    ],
)
def test_labels(line: str) -> None:
    assert is_label(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Chia sẻ với chúng tôi, ông Sáu nói rằng mùa này cá về muộn.",
        "Chia sẻ ngọt bùi",
        "Theo dõi đàn cá bằng máy dò, các ghe bớt được nửa chuyến.",
        "Về nhà ăn Tết sớm hơn mọi năm",
        "Tin vui đến với xóm nhỏ",
        "Bài học từ một vụ mất mùa",
        "Quảng cáo sai sự thật bị phạt 40 triệu đồng",
        "In dấu chân trên cát",
        "Gửi lại tuổi thơ nơi bãi bồi",
        "Xem thêm " + "một chuyện rất dài " * 20,
    ],
)
def test_sentences_are_no_labels(line: str) -> None:
    assert not is_label(line)


@pytest.mark.parametrize(
    ("line", "imprint", "contact"),
    [
        ("© 2026 Báo Thung Xa", True, False),
        ("Bản quyền thuộc Báo Thung Xa", True, False),
        ("Giấy phép số 12/GP-BTTTT ngày 01/02/2020", True, False),
        ("Cơ quan chủ quản: Tỉnh ủy", True, False),
        ("Ghi rõ nguồn khi phát hành lại", True, False),
        ("Địa chỉ: số 4 đường Bờ Kè", False, True),
        ("Điện thoại: 0207 000 111", False, True),
        ("Bản quyền phim ngày càng được tôn trọng", False, False),
        ("Giấy phép xây dựng được cấp trong ba ngày", False, False),
    ],
)
def test_imprint_and_contact(line: str, *, imprint: bool, contact: bool) -> None:
    assert (is_imprint(line), is_contact(line)) == (imprint, contact)


@given(st.text(max_size=200))
def test_any_line_is_judged(line: str) -> None:
    verdicts = (is_label(line), is_date_line(line), is_dateline(line), is_imprint(line))
    assert verdicts == (is_label(line), is_date_line(line), is_dateline(line), is_imprint(line))
    assert not (is_label(line) and len(line) > 400)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (">" * 150 + "x", True),
        ("- " * 70 + "x", False),
        ("a " * 75, False),
        ("share the on to " * 9 + "x", False),
        ("facebook, " * 15 + "x", False),
        ("trending now " * 11 + "x", False),
        ("• > » " * 25 + "Tin", False),
    ],
)
def test_a_line_of_repeated_marks_is_judged_at_once(line: str, *, expected: bool) -> None:
    assert is_label(line) is expected
