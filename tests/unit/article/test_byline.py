import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article.byline import (
    SIGNATURE_MAX_CHARS,
    Attribution,
    Byline,
    read_attribution,
    read_byline,
    split_credit,
    strip_dash,
)
from newscrawl.text import clean

unhurried = settings(deadline=None)

# Texts made of what signatures and credits are made of, and any other text.
pieces = st.from_regex(
    r"Tin|Bài|Ảnh|ảnh|Video|Thực hiện|Theo|theo|Nguồn|TTXVN|Báo|Tuyên Quang|Minh An|Thu Hà|PV|BS"
    r"|tổng hợp|phát|internet|minh họa|và|người dân|https://baotuyenquang\.com\.vn/|XB|14-11",
    fullmatch=True,
)
marks = st.sampled_from([" ", " ", " ", ": ", ", ", " - ", "; ", ". ", "/", " (", ") ", "\n", "&"])
made = st.lists(st.tuples(pieces, marks), max_size=8).map(
    lambda pairs: "".join(piece + mark for piece, mark in pairs)
)
texts = st.one_of(made, st.text(max_size=60), st.text(st.characters(codec=None), max_size=20))

GIVEN_NAMES = ["Minh An", "Thu Hà", "Lò Văn Páo", "P.Y", "Y Thơm", "HÀ LAN", "Đức Ân", "Ệ Ử"]
names = st.lists(st.sampled_from(GIVEN_NAMES), min_size=1, max_size=4, unique=True)


def authors(text: str) -> tuple[str, ...] | None:
    byline = read_byline(text)
    return None if byline is None else byline.authors


def source(text: str) -> str | None:
    byline = read_byline(text)
    assert byline is not None
    return byline.source


# Bylines ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("Minh An", ("Minh An",)),
        ("  Minh\xa0An ", ("Minh An",)),
        ("Lò Văn Páo", ("Lò Văn Páo",)),
        ("Nguyễn văn Lâm", ("Nguyễn văn Lâm",)),
        ("P.Y", ("P.Y",)),
        ("H.L", ("H.L",)),
        ("N.T.H", ("N.T.H",)),
        ("T. Hà", ("T. Hà",)),
        ("HL", ("HL",)),
        ("BS HÀ VĂN LÂM", ("BS HÀ VĂN LÂM",)),
        ("BS.CKII Hà Văn Lâm", ("BS.CKII Hà Văn Lâm",)),
        ("ThS, BS Hà Lan", ("ThS, BS Hà Lan",)),
        ("PGS.TS BS Hà Thị Mai Lan", ("PGS.TS BS Hà Thị Mai Lan",)),
        ("KS", ("KS",)),
        ("Y Đăm Niê", ("Y Đăm Niê",)),
        ("H'Lan Êban", ("H'Lan Êban",)),
        ("Jean-Paul Dubois", ("Jean-Paul Dubois",)),
        ("Minh An.", ("Minh An",)),
        ("(Minh An)", ("Minh An",)),
        ("Minh An XB", ("Minh An",)),
        ("Minh An (XB)", ("Minh An",)),
    ],
)
def test_a_name_alone_is_its_author(line: str, signed: tuple[str, ...]) -> None:
    assert authors(line) == signed


@pytest.mark.parametrize(
    "line", ["PV", "P.V", "BBT", "CTV", "Nhóm PV", "NHÓM PV", "Nhóm phóng viên", "Ban Biên tập"]
)
def test_a_desk_signs_like_a_person(line: str) -> None:
    assert authors(line) == (line,)


@pytest.mark.parametrize("line", ["PV Thời sự", "Nhóm PV Báo Sông Lô", "PV thường trú tại Lào Cai"])
def test_a_desk_may_say_which_one_it_is(line: str) -> None:
    assert authors(line) == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "Minh An - Thu Hà",
        "Minh An – Thu Hà",
        "Minh An- Thu Hà",
        "Minh An-Thu Hà",
        "Minh An, Thu Hà",
        "Minh An; Thu Hà",
        "Minh An và Thu Hà",
        "Minh An & Thu Hà",
        "Minh An/Thu Hà",
        "Minh An | Thu Hà",
        "Minh An\nThu Hà",
        "Minh An, Thu Hà, Minh An",
        "Bài, ảnh: Minh An, Thu Hà",
        "Bài: Minh An; Ảnh: Thu Hà",
        "Bài: Minh An - Ảnh: Thu Hà",
        "Bài: Minh An, Ảnh: Thu Hà",
        "Bài: Minh An Ảnh: Thu Hà",
        "Bài: Minh An\nẢnh: Thu Hà",
        "Bài: Minh An (Ảnh: Thu Hà)",
        "Minh An - Ảnh: Thu Hà",
        "Tin: Minh An | Video: Thu Hà",
        "Bài: Minh An; Ảnh: Thu Hà, Minh An",
        "Thực hiện: Minh An – Đồ họa: Thu Hà",
        "Nội dung: Minh An - Trình bày: Thu Hà - Kỹ thuật: Minh An",
    ],
)
def test_several_names_are_several_authors_each_once(line: str) -> None:
    assert authors(line) == ("Minh An", "Thu Hà")


@pytest.mark.parametrize(
    "roles",
    [
        "Tin",
        "Bài",
        "Ảnh",
        "Hình",
        "Video",
        "Clip",
        "Thơ",
        "Thực hiện",
        "Nhóm thực hiện",
        "Đồ họa",
        "Biên soạn",
        "Tổng hợp",
        "Trình bày",
        "Kỹ thuật",
        "Nội dung",
        "Lược dịch",
        "Sưu tầm",
        "Tác giả",
        "Tin, ảnh",
        "Tin, bài và ảnh",
        "Tin và ảnh",
        "Tin ảnh",
        "Tin - ảnh",
        "Tin/ảnh",
        "Bài & ảnh",
        "BÀI, ẢNH",
        "Bài, ảnh, video",
    ],
)
def test_roles_stay_out_of_the_names(roles: str) -> None:
    for line in (f"{roles}: Minh An", f"{roles}:Minh An", f"{roles} : Minh An"):
        assert read_byline(line) == Byline(line=line, authors=("Minh An",), source=None)


@pytest.mark.parametrize(
    "line",
    [
        "Minh An (tổng hợp)",
        "Minh An (Tổng hợp)",
        "Minh An tổng hợp",
        "Minh An - tổng hợp",
        "Minh An (t/h)",
        "Minh An (lược dịch)",
        "Minh An lược dịch",
        "Minh An thực hiện",
        "Minh An (thực hiện)",
        "Minh An (CTV)",
        "Minh An (Sơn Thủy)",
        "Tổng hợp: Minh An",
    ],
)
def test_what_a_name_did_is_no_part_of_it(line: str) -> None:
    assert authors(line) == ("Minh An",)
    assert source(line) is None


@pytest.mark.parametrize(
    ("line", "signed", "outlet"),
    [
        ("Vân Khánh/Báo Tin tức", ("Vân Khánh",), "Báo Tin tức"),
        ("Vân Khánh/TTXVN", ("Vân Khánh",), "TTXVN"),
        ("Vân Khánh/VOV-Tây Bắc", ("Vân Khánh",), "VOV-Tây Bắc"),
        ("Vân Khánh/VOV.VN", ("Vân Khánh",), "VOV"),
        ("Vân Khánh, Thu Hà/Vietnam+", ("Vân Khánh", "Thu Hà"), "Vietnam+"),
        ("PV/Vietnam+", ("PV",), "Vietnam+"),
        ("Minh An - TTXVN", ("Minh An",), "TTXVN"),
        ("Minh An (TTXVN)", ("Minh An",), "TTXVN"),
        ("Minh An (Báo Nhân Dân)", ("Minh An",), "Nhân Dân"),
        ("Minh An (theo VnExpress)", ("Minh An",), "VnExpress"),
        ("Minh An (Theo VnExpress)", ("Minh An",), "VnExpress"),
        ("Minh An (Tổng hợp theo VnExpress)", ("Minh An",), "VnExpress"),
        ("Minh An theo VnExpress", ("Minh An",), "VnExpress"),
        ("Minh An - Theo VnExpress", ("Minh An",), "VnExpress"),
        ("Tin, ảnh: Minh An\nTheo TTXVN", ("Minh An",), "TTXVN"),
        ("Theo Vân Khánh/Báo Tin tức", ("Vân Khánh",), "Báo Tin tức"),
        ("Theo Vietnamnet", (), "Vietnamnet"),
        ("Theo DTO", (), "DTO"),
        ("(Theo TTXVN/Vietnam+)", (), "TTXVN"),
        ("Theo TTXVN/Vietnam+", (), "TTXVN"),
        ("Nguồn: Báo Nhân Dân", (), "Nhân Dân"),
        ("TTXVN", (), "TTXVN"),
        ("(TTXVN)", (), "TTXVN"),
        ("TTXVN/Vietnam+", (), "TTXVN"),
        ("Báo Tuyên Quang", (), "Báo Tuyên Quang"),
        ("Báo Tuyên Quang (theo Báo Quân đội nhân dân)", (), "Quân đội nhân dân"),
        ("Tin: TTXVN", (), "TTXVN"),
    ],
)
def test_an_outlet_in_the_signature_is_the_source(
    line: str, signed: tuple[str, ...], outlet: str
) -> None:
    assert read_byline(line) == Byline(line=clean(line), authors=signed, source=outlet)


def test_an_outlet_that_only_took_the_pictures_is_no_source() -> None:
    assert read_byline("Bài: Minh An; Ảnh: TTXVN") == Byline(
        line="Bài: Minh An; Ảnh: TTXVN", authors=("Minh An",), source=None
    )
    for line in ("Ảnh: TTXVN", "Ảnh: Internet", "Ảnh: NVCC", "Ảnh: Tư liệu"):
        assert read_byline(line) == Byline(line=line, authors=(), source=None)


@pytest.mark.parametrize(
    ("line", "signed"),
    [
        ("Tin: Phòng Văn hóa xã Sơn Thủy", ("Phòng Văn hóa xã Sơn Thủy",)),
        ("Tin, ảnh: Minh An, Đài huyện Sơn Thủy", ("Minh An", "Đài huyện Sơn Thủy")),
        ("Bài, ảnh: Minh An, huyện Sơn Thủy", ("Minh An",)),
    ],
)
def test_offices_sign_behind_a_role(line: str, signed: tuple[str, ...]) -> None:
    assert authors(line) == signed


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\xa0",
        "-",
        "...",
        "A",
        ":",
        "Tin:",
        "Tin, ảnh:",
        "Ảnh: ",
        "Bút danh",
        "Bút Danh",
        " Bút danh \n",
        "Tác giả",
        "Tổng hợp",
        "tin, ảnh: Minh An",
        "minh an",
        "Hội nghị kết thúc",
        "Hội nghị kết thúc.",
        "Trời mưa to!",
        "Minh An ở đâu?",
        "Minh An, người giữ rừng",
        "Minh An kể chuyện",
        "Sáng 14-11, chợ họp sớm",
        "Hà Nội, ngày 5 tháng 3",
        "Minh An 2024",
        "Tin: Sáng 14-11, chợ họp sớm",
        "Tin vui: Minh An đỗ đầu",
        "Bài học: Minh An",
        "Video: Toàn cảnh buổi lễ",
        "Nội dung: tuyên truyền phòng cháy",
        "PV: Cảm ơn ông!",
        "Phóng viên đã có mặt",
        "Minh An: Tôi yêu bản tôi",
        "Theo đó, chợ họp sớm",
        "Theo ông Hà Văn Lâm",
        "Theo Nghị quyết",
        "Xem thêm",
        "Tin cùng chuyên mục",
        "TIN CÙNG CHUYÊN MỤC",
        "Tin mới nhất",
        "Chia sẻ",
        "CHỦ TỊCH UBND TỈNH",
        "TM. ỦY BAN NHÂN DÂN",
        "https://baotuyenquang.com.vn/",
        "Một Hai Ba Bốn Năm Sáu",
        "CHỢ PHIÊN CUỐI NĂM RỘN RÀNG",
        "“Minh An”",
        "Minh An, " * 20,
        "Chợ họp sớm, người bán kẻ mua nói cười rôm rả suốt buổi sáng cuối năm.",
        "Tin, ảnh: Minh An. Chợ họp sớm, người bán kẻ mua nói cười rôm rả.",
    ],
)
def test_what_may_be_a_sentence_is_no_byline(text: str) -> None:
    assert read_byline(text) is None


@pytest.mark.parametrize(
    ("line", "authors", "source"),
    [
        ("Ghi chép của Hà An", ("Hà An",), None),
        ("Bút ký của HÀ AN", ("HÀ AN",), None),
        ("Phóng sự: Hà An - Lê Minh", ("Hà An", "Lê Minh"), None),
        ("Truyện ngắn của Hà An", ("Hà An",), None),
        ("Bài và ảnh của Hà An", ("Hà An",), None),
        ("Phóng sự của Nhóm PV", ("Nhóm PV",), None),
        ("Bởi: Hà An", ("Hà An",), None),
        ("By Hà An", ("Hà An",), None),
        ("Tác giả: Hà An", ("Hà An",), None),
        ("Hà An - haan@toasoan.example", ("Hà An",), None),
        ("Hà An (ĐT: 0912 345 678)", ("Hà An",), None),
        ("Hà An, Email: ha.an@toasoan.example", ("Hà An",), None),
        ("Bác sĩ Hà An", ("Bác sĩ Hà An",), None),
        ("Thạc sỹ, Luật sư Hà An", ("Thạc sỹ, Luật sư Hà An",), None),
        ("Bài: Đại tá Hà An; Ảnh: Lê Minh", ("Đại tá Hà An", "Lê Minh"), None),
        ("Linh mục Hà An và Tiến sĩ Lê Minh", ("Linh mục Hà An", "Tiến sĩ Lê Minh"), None),
        ("Hà An/baosongcau.vn", ("Hà An",), "baosongcau.vn"),
        ("Hà An/www.baosongcau.vn", ("Hà An",), "baosongcau.vn"),
        ("Hà An (tổng hợp từ TTXVN)", ("Hà An",), "TTXVN"),
        ("Theo PV (TTXVN/Vietnam+)", (), "TTXVN"),
        ("Theo Hà An (TTXVN)", ("Hà An",), "TTXVN"),
        ("Hà An\nLê Minh", ("Hà An", "Lê Minh"), None),
        ("Tác phẩm dự thi của HÀ AN", ("HÀ AN",), None),
        ("(Hà An ghi)", ("Hà An",), None),
        ("Ảnh: Hà An - Lời bình: Lê Minh", ("Hà An", "Lê Minh"), None),
        ("Hà An, lớp 9A, Trường THCS Nà Khuổi", ("Hà An",), None),
        ("Hà An\nTrường THPT Nà Khuổi", ("Hà An",), None),
        ("Hà An – Báo Sông Hậu", ("Hà An",), "Báo Sông Hậu"),
        ("Text: Hà An | Photo: Lê Minh", ("Hà An", "Lê Minh"), None),
        ("Tranh: Lê Minh", ("Lê Minh",), None),
        ("SVTT: Hà An", ("Hà An",), None),
        ("Hà An kể - Lê Minh ghi", ("Hà An", "Lê Minh"), None),
        ("HÀ AN tổng hợp từ báo chí nước ngoài", ("HÀ AN",), None),
        ("By Ada Quill, Rae Lind and Dan Okoro", ("Ada Quill", "Rae Lind", "Dan Okoro"), None),
        ("By ADA QUILL for the Ledger", ("ADA QUILL",), None),
        ("By Ada Quill, Associated Press", ("Ada Quill",), None),
        ("By Ada Quill, Staff Writer", ("Ada Quill",), None),
        ("By Ada Quill on September 12, 2024", ("Ada Quill",), None),
        ("By Ada Quill · Sept. 12, 2024 7:40 a.m.", ("Ada Quill",), None),
        ("Posted by Ada Quill at 7:40 AM, September 12, 2024", ("Ada Quill",), None),
        ("By Mary-Jane O’Neill McDermott Jr.", ("Mary-Jane O’Neill McDermott Jr.",), None),
        ("Mai Thơ", ("Mai Thơ",), None),  # a name that holds a role
        ("Lê Thị Dịch", ("Lê Thị Dịch",), None),
    ],
)
def test_genres_titles_and_addresses_around_a_name(
    line: str, authors: tuple[str, ...], source: str | None
) -> None:
    byline = read_byline(line)
    assert byline is not None
    assert (byline.authors, byline.source) == (authors, source)


@pytest.mark.parametrize(
    "line",
    [
        "Ghi chép của một người lính",
        "Bình luận",
        "Chủ Nhật",
        "Thứ Hai",
        "Tháng Tám",
        "Bác sĩ",
        "Đăng bởi: Admin",
        "Email: haan@toasoan.example",
        "Đường về nhà của Hà An",
        "Thạc sĩ và bác sĩ cùng về bản",
    ],
)
def test_a_genre_or_a_title_alone_signs_nothing(line: str) -> None:
    assert read_byline(line) is None


@pytest.mark.parametrize(
    ("line", "href", "url"),
    [
        ("Theo PV (TTXVN/Vietnam+)", None, None),
        ("Theo TTXVN", "//ttxvn.example.vn/tin-1.html", "https://ttxvn.example.vn/tin-1.html"),
        ("Theo TTXVN", "/tin-1.html", None),
    ],
)
def test_the_agency_of_a_reporter_is_credited(line: str, href: str | None, url: str | None) -> None:
    credited = read_attribution(line, href)
    assert credited is not None
    assert (credited.source, credited.url, credited.line) == ("TTXVN", url, line)


def test_the_line_is_kept_as_printed() -> None:
    byline = read_byline(" Bài,\xa0 ảnh:  Minh An (tổng hợp)  XB ")
    assert byline is not None
    assert byline.line == "Bài, ảnh: Minh An (tổng hợp) XB"


def test_decomposed_letters_are_read_as_composed() -> None:
    assert authors(unicodedata.normalize("NFD", "Bài, ảnh: Lò Văn Páo")) == ("Lò Văn Páo",)


def test_small_letters_after_capitals_with_marks_are_still_small() -> None:
    assert authors("Ệ Ử") == ("Ệ Ử",)
    assert authors("ệ Ử") is None
    assert authors("Đức ân") is None


@unhurried
@given(texts)
def test_read_byline_never_raises_and_names_stand_in_the_line(text: str) -> None:
    byline = read_byline(text)
    if byline is not None:
        assert byline.line == clean(text)
        assert len(byline.line) <= SIGNATURE_MAX_CHARS
        assert len(set(byline.authors)) == len(byline.authors)
        for name in byline.authors:
            assert name == name.strip()
            assert name.split(", ")[-1] in byline.line


@unhurried
@given(texts)
def test_the_line_of_a_byline_reads_the_same_again(text: str) -> None:
    byline = read_byline(text)
    if byline is not None and "\n" not in text:
        assert read_byline(byline.line) == byline


@given(names, st.sampled_from([" - ", ", ", "; ", " và ", " & ", " – "]))
def test_the_order_of_names_is_kept(signed: list[str], mark: str) -> None:
    assert authors(mark.join(signed)) == tuple(signed)
    assert authors("Tin, ảnh: " + mark.join(signed)) == tuple(signed)


@given(names)
def test_photographers_come_after_writers(signed: list[str]) -> None:
    line = f"Bài: {signed[0]}; Ảnh: {', '.join(signed)}"
    assert authors(line) == tuple(signed)


# Attributions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Theo TTXVN", "TTXVN"),
        ("THEO TTXVN", "TTXVN"),
        ("Theo TTXVN.", "TTXVN"),
        ("(Theo TTXVN)", "TTXVN"),
        ("(theo TTXVN)", "TTXVN"),
        ("[Theo TTXVN]", "TTXVN"),
        ("- Theo TTXVN", "TTXVN"),
        ("(Theo TTXVN/Vietnam+)", "TTXVN"),
        ("Theo Vietnam+", "Vietnam+"),
        ("Theo TTXVN (13/11)", "TTXVN"),
        ("Theo TTXVN, VOV", "TTXVN, VOV"),
        ("Theo Vietnamnet", "Vietnamnet"),
        ("Theo DTO", "DTO"),
        ("Theo Báo Tuyên Quang", "Báo Tuyên Quang"),
        ("Theo báo Tuyên Quang", "Báo Tuyên Quang"),
        ("Theo Báo Tuyên Quang điện tử", "Báo Tuyên Quang"),
        ("Theo Báo Tuyên Quang, ngày 12/3/2024", "Báo Tuyên Quang"),
        ("Theo: Báo Tuyên Quang", "Báo Tuyên Quang"),
        ("Theo Báo Sông Lô", "Báo Sông Lô"),
        ("Theo Sức khỏe và Đời sống", "Sức khỏe & Đời sống"),
        ("Theo The Guardian", "The Guardian"),
        ("Theo Vân Khánh/Báo Tin tức", "Báo Tin tức"),
        ("Nguồn: Báo Nhân Dân", "Nhân Dân"),
        ("Nguồn Báo Nhân Dân", "Nhân Dân"),
        ("Nguồn tin: Báo Nhân Dân", "Nhân Dân"),
        ("Nguồn: Bộ Y tế", "Bộ Y tế"),
        ("Nguồn: Internet", "Internet"),
        ("Nguồn internet", "Internet"),
    ],
)
def test_a_line_credits_its_outlet(line: str, outlet: str) -> None:
    assert read_attribution(line) == Attribution(line=line, source=outlet, url=None)


@pytest.mark.parametrize(
    ("line", "outlet", "url"),
    [
        ("Theo: https://baotuyenquang.com.vn/", "Báo Tuyên Quang", "https://baotuyenquang.com.vn/"),
        ("Theo https://baotuyenquang.com.vn", "Báo Tuyên Quang", "https://baotuyenquang.com.vn/"),
        ("Theo:https://baotuyenquang.com.vn/", "Báo Tuyên Quang", "https://baotuyenquang.com.vn/"),
        ("Theo baotuyenquang.com.vn", "Báo Tuyên Quang", "https://baotuyenquang.com.vn/"),
        ("Theo www.baotuyenquang.com.vn", "Báo Tuyên Quang", "https://www.baotuyenquang.com.vn/"),
        ("(Theo baotuyenquang.com.vn)", "Báo Tuyên Quang", "https://baotuyenquang.com.vn/"),
        ("Nguồn: http://baosonglo.vn/tin/", "baosonglo.vn", "http://baosonglo.vn/tin/"),
        ("Nguồn: www.baosonglo.vn", "baosonglo.vn", "https://www.baosonglo.vn/"),
        ("Theo VOV.VN", "VOV", "https://vov.vn/"),
        (
            "Theo: https://baotuyenquang.com.vn.vi-du.net/",
            "baotuyenquang.com.vn.vi-du.net",
            "https://baotuyenquang.com.vn.vi-du.net/",
        ),
    ],
)
def test_an_address_names_its_outlet_and_is_the_link(line: str, outlet: str, url: str) -> None:
    assert read_attribution(line) == Attribution(line=line, source=outlet, url=url)


def test_a_long_address_is_still_an_address() -> None:
    address = "https://baotuyenquang.com.vn/kinh-te/202506/" + "cam-sanh-" * 20 + "75f1237/"
    found = read_attribution(f"Theo: {address}")
    assert found is not None
    assert (found.source, found.url) == ("Báo Tuyên Quang", address)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://baosonglo.vn/a-1234.html", "https://baosonglo.vn/a-1234.html"),
        (" http://baosonglo.vn/a ", "http://baosonglo.vn/a"),
        ("/tim-kiem", None),
        ("javascript:void(0)", None),
        ("https://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_a_link_is_kept_where_it_leads_somewhere(href: str | None, url: str | None) -> None:
    found = read_attribution("Theo Báo Tuyên Quang", href)
    assert found == Attribution(line="Theo Báo Tuyên Quang", source="Báo Tuyên Quang", url=url)


def test_the_link_outweighs_the_printed_address() -> None:
    found = read_attribution(
        "Theo baotuyenquang.com.vn", "https://baotuyenquang.com.vn/a-1234.html"
    )
    assert found is not None
    assert found.url == "https://baotuyenquang.com.vn/a-1234.html"


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "Theo",
        "Theo ",
        "Theo:",
        "Nguồn",
        "theo TTXVN",
        "Theo đó",
        "Theo đó, chợ họp sớm",
        "Theo ông Hà Văn Lâm, chợ họp sớm",
        "Theo ông Hà Văn Lâm",
        "Theo Nguyễn Văn Lâm",
        "Theo đồng chí Lâm",
        "Theo Nghị quyết",
        "Theo Nghị quyết số 12",
        "Theo kế hoạch",
        "Theo kế hoạch, chợ họp sớm",
        "Theo chương trình",
        "Theo quy định",
        "Theo báo cáo của xã",
        "Theo Báo cáo của xã",
        "Theo thống kê",
        "Theo phong tục",
        "Theo Bộ Y tế",
        "Theo Báo Tuyên Quang,",
        "Theo Báo Tuyên Quang:",
        "Theo Báo Tuyên Quang đưa tin",
        "Theo Báo Tuyên Quang thì chợ họp sớm",
        "Theo dõi Báo Tuyên Quang",
        "Theo TP.HCM",
        "Nguồn vốn: 5 tỷ đồng",
        "Nguồn: 5 tỷ đồng",
        "Nguồn: Ngân sách tỉnh",
        "Nguồn lực của xã",
        "Nguồn nước sạch",
        "Chợ họp sớm, theo TTXVN",
        "Báo Tuyên Quang",
        "Theo Báo " + "Sông " * 30,
    ],
)
def test_prose_credits_nobody(text: str) -> None:
    assert read_attribution(text) is None


@unhurried
@given(texts, st.one_of(st.none(), texts))
def test_read_attribution_never_raises_and_always_names_an_outlet(
    text: str, href: str | None
) -> None:
    found = read_attribution(text, href)
    if found is not None:
        assert found.line == clean(text)
        assert found.source
        assert found.url is None or found.url.startswith(("http://", "https://"))


@unhurried
@given(made)
def test_a_credited_line_is_a_byline_with_the_same_source(text: str) -> None:
    credited, byline = read_attribution(text), read_byline(text)
    if credited is not None and byline is not None:
        assert byline.source == credited.source


# Captions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("Chợ phiên cuối năm", "Chợ phiên cuối năm", None),
        ("Chợ phiên. Ảnh: Minh An", "Chợ phiên.", "Minh An"),
        ("Chợ phiên. Ảnh: Minh An.", "Chợ phiên.", "Minh An"),
        ("Chợ phiên - Ảnh: Minh An", "Chợ phiên", "Minh An"),
        ("Chợ phiên, Ảnh: Minh An", "Chợ phiên", "Minh An"),
        ("Chợ phiên Ảnh: Minh An", "Chợ phiên", "Minh An"),
        ("Chợ phiên (Ảnh: Minh An)", "Chợ phiên", "Minh An"),
        ("Chợ phiên (Ảnh: Minh An).", "Chợ phiên", "Minh An"),
        ("Chợ phiên (ảnh: Minh An)", "Chợ phiên", "Minh An"),
        ("Chợ phiên. [Ảnh: Minh An]", "Chợ phiên.", "Minh An"),
        ("Chợ phiên. ẢNH: MINH AN", "Chợ phiên.", "MINH AN"),
        ("Chợ phiên. Ảnh : Minh An", "Chợ phiên.", "Minh An"),
        ("Chợ phiên. Ảnh: Minh An/TTXVN", "Chợ phiên.", "Minh An/TTXVN"),
        ("Chợ phiên. Ảnh: TTXVN phát", "Chợ phiên.", "TTXVN"),
        ("Chợ phiên. Ảnh: Minh An/TTXVN phát", "Chợ phiên.", "Minh An/TTXVN"),
        ("Chợ phiên. Ảnh: gia đình cung cấp", "Chợ phiên.", "gia đình cung cấp"),
        ("Chợ phiên. Ảnh: TP. Hồ Chí Minh", "Chợ phiên.", "TP. Hồ Chí Minh"),
        ("Chợ phiên. Ảnh tư liệu: Minh An", "Chợ phiên.", "Minh An"),
        ("Chợ phiên. Ảnh chụp màn hình: VTV", "Chợ phiên.", "VTV"),
        ("Chợ phiên. Ảnh TTXVN", "Chợ phiên.", "TTXVN"),
        ("Chợ phiên. Nguồn: Báo Sông Lô", "Chợ phiên.", "Báo Sông Lô"),
        ("Chợ phiên. Nguồn ảnh: Minh An", "Chợ phiên.", "Minh An"),
        ("Chợ phiên. Nguồn internet", "Chợ phiên.", "internet"),
        ("Chợ phiên. Nguồn: https://baosonglo.vn/a", "Chợ phiên.", "https://baosonglo.vn/a"),
        ("Chợ phiên. Đồ họa: Minh An", "Chợ phiên.", "Minh An"),
        ("Chợ phiên. Ảnh minh họa: Internet", "Chợ phiên.", "Internet"),
        ("Chợ phiên. Ảnh minh họa. Nguồn: Internet", "Chợ phiên.", "Internet"),
        ("Chợ phiên (Ảnh minh họa: Internet)", "Chợ phiên", "Internet"),
        ("Ông Lâm (trái) ở chợ. Ảnh: Minh An", "Ông Lâm (trái) ở chợ.", "Minh An"),
        ("Ảnh: Minh An", None, "Minh An"),
        ("(Ảnh: Minh An)", None, "Minh An"),
        ("Ảnh: TTXVN phát", None, "TTXVN"),
        ("Ảnh minh họa: Internet", None, "Internet"),
        ("Ảnh minh họa. Nguồn internet", None, "internet"),
        ("Ảnh có tính minh họa. Nguồn internet", None, "internet"),
        ("Ảnh minh họa", "Ảnh minh họa", None),
        ("Chợ phiên (Ảnh minh họa)", "Chợ phiên (Ảnh minh họa)", None),
        ("Ảnh:", "Ảnh:", None),
        ("Ảnh Bác Hồ ở nhà văn hóa", "Ảnh Bác Hồ ở nhà văn hóa", None),
        ("Chợ phiên. Ảnh Bác Hồ", "Chợ phiên. Ảnh Bác Hồ", None),
        ("Nguồn nước sạch của bản", "Nguồn nước sạch của bản", None),
        ("Ảnh: Minh An. Chợ họp sớm", "Ảnh: Minh An. Chợ họp sớm", None),
        ("Ảnh: người dân bản đi chợ sớm", "Ảnh: người dân bản đi chợ sớm", None),
        ("Bản tin có Video VTV", "Bản tin có Video VTV", None),
        (" Chợ\xa0phiên. \n Ảnh:  Minh An ", "Chợ phiên.", "Minh An"),
        ("", None, None),
        ("\xa0", None, None),
    ],
)
def test_a_caption_is_parted_from_its_credit(
    printed: str, caption: str | None, credit: str | None
) -> None:
    assert split_credit(printed) == (caption, credit)


@pytest.mark.parametrize(
    ("printed", "caption"),
    [
        ("Lũ trẻ lên đò.Ảnh: Kha Nhi", "Lũ trẻ lên đò."),
        ("Lũ trẻ lên đò (Ảnh Kha Nhi)", "Lũ trẻ lên đò"),
        ("Lũ trẻ lên đò/Ảnh: Kha Nhi", "Lũ trẻ lên đò"),
        ("Lũ trẻ lên đò, ảnh: Kha Nhi", "Lũ trẻ lên đò"),
        ("Lũ trẻ lên đò. Clip: Kha Nhi", "Lũ trẻ lên đò."),
    ],
)
def test_a_credit_stands_off_in_many_ways(printed: str, caption: str) -> None:
    assert split_credit(printed) == (caption, "Kha Nhi")


def test_a_long_caption_keeps_its_credit_at_the_end() -> None:
    text = "Người bán kẻ mua nói cười rôm rả. " * 40
    assert split_credit(f"{text}Ảnh: Minh An") == (text.strip(), "Minh An")


def test_a_credit_that_never_ends_is_a_caption() -> None:
    text = "Ảnh: " + "Người Bán Kẻ Mua " * 40
    assert split_credit(text) == (clean(text), None)


@unhurried
@given(texts)
def test_split_credit_never_raises_and_invents_nothing(text: str) -> None:
    caption, credit = split_credit(text)
    printed = clean(text)
    assert caption != ""
    assert credit != ""
    if credit is None:
        assert (caption or "") == printed
    else:
        assert printed.startswith(caption or "")
        assert credit in printed[len(caption or "") :]


@unhurried
@given(st.sampled_from(["Chợ phiên", "Ông Lâm (trái) ở chợ", "Bản A, xã B"]), names)
def test_a_credit_put_behind_a_caption_comes_off_again(caption: str, signed: list[str]) -> None:
    credit = " - ".join(signed)
    assert split_credit(f"{caption}. Ảnh: {credit}") == (f"{caption}.", credit)
    assert split_credit(f"{caption} (Ảnh: {credit})") == (caption, credit)


# The dash before a lead -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("- Sáng nay, chợ họp sớm", "Sáng nay, chợ họp sớm"),
        ("– Sáng nay", "Sáng nay"),
        ("— Sáng nay", "Sáng nay"),
        ("-\xa0Sáng nay", "Sáng nay"),
        (" - Sáng nay", "Sáng nay"),
        ("-Sáng nay", "Sáng nay"),
        ("- - Sáng nay", "Sáng nay"),
        ("- 14-11 là phiên chợ", "14-11 là phiên chợ"),
        ("-5 độ trên đỉnh núi", "-5 độ trên đỉnh núi"),
        ("BHG - Sáng nay", "BHG - Sáng nay"),
        ("(CTO) - Sáng nay", "(CTO) - Sáng nay"),
        ("Sáng nay - chiều mai", "Sáng nay - chiều mai"),
        ("  Sáng nay ", "  Sáng nay "),
        ("-", "-"),
        ("- ", "- "),
        ("", ""),
    ],
)
def test_a_dash_that_only_decorates_goes(printed: str, text: str) -> None:
    assert strip_dash(printed) == text


@given(st.text("- –—\xa0aÁ1\n", max_size=12))
def test_strip_dash_is_idempotent_and_only_shortens(text: str) -> None:
    once = strip_dash(text)
    assert strip_dash(once) == once
    assert text.endswith(once)


@given(st.text(max_size=40))
def test_strip_dash_leaves_other_texts_alone(text: str) -> None:
    if not text.lstrip().startswith(("-", "–", "—")):
        assert strip_dash(text) == text
