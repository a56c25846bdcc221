import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.article.outlet_names import (
    credited_outlet,
    known_outlet,
    named_outlet,
    outlet,
    outlet_of_domain,
)
from newscrawl.catalogue.entries import CatalogueEntry, catalogue

unhurried = settings(deadline=None)
PROVINCIAL = [
    paper
    for paper in catalogue()
    if paper.paper.startswith("Báo ") and not paper.has_guessed_name and "phát" not in paper.paper
]
provincial = pytest.mark.parametrize("paper", PROVINCIAL, ids=lambda paper: paper.domain)

words = st.from_regex(
    r"Báo|báo|TTXVN|Nhân|Dân|Theo|và|&|/|-|,|\.|\(|\)|Tuyên|Quang|điện tử|online|Vietnam\+|VOV"
    r"|Minh|An|Đài|tỉnh|Nguyễn|24h|https://bao\.vn|bao\.vn|Internet",
    fullmatch=True,
)
phrases = st.one_of(st.text(max_size=40), st.lists(words, max_size=8).map(" ".join))


# One spelling -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("TTXVN", "TTXVN"),
        ("ttxvn", "TTXVN"),
        ("Thông tấn xã Việt Nam", "TTXVN"),
        ("THÔNG TẤN XÃ VIỆT NAM", "TTXVN"),
        ("TTXVN/Vietnam+", "TTXVN"),
        ("TTXVN / Vietnam+", "TTXVN"),
        ("Vietnam+/TTXVN", "TTXVN"),
        ("TTXVN/Báo Tin tức", "TTXVN"),
        ("Vietnam+", "Vietnam+"),
        ("VietnamPlus", "Vietnam+"),
        ("Báo Tin tức", "Báo Tin tức"),
        ("Báo Tin Tức", "Báo Tin tức"),
        ("Báo Tin tức/TTXVN", "Báo Tin tức"),
        ("Nhân Dân", "Nhân Dân"),
        ("Báo Nhân Dân", "Nhân Dân"),
        ("báo nhân dân", "Nhân Dân"),
        ("Báo Nhân Dân điện tử", "Nhân Dân"),
        ("Báo điện tử Nhân Dân", "Nhân Dân"),
        ("Nhan Dan", "Nhân Dân"),
        ("Đài Tiếng nói Việt Nam", "VOV"),
        ("VOV", "VOV"),
        ("VTV News", "VTV"),
        ("VTC", "VTC News"),
        ("VNEXPRESS", "VnExpress"),
        ("Dân Trí", "Dân trí"),
        ("Báo Dân trí", "Dân trí"),
        ("Tuổi Trẻ Online", "Tuổi Trẻ"),
        ("Báo Tuổi trẻ", "Tuổi Trẻ"),
        ("Thanh niên", "Thanh Niên"),
        ("Lao Động", "Lao Động"),
        ("Người lao động", "Người Lao Động"),
        ("Báo Quân đội nhân dân", "Quân đội nhân dân"),
        ("QĐND", "Quân đội nhân dân"),
        ("Công an Nhân dân", "Công an nhân dân"),
        ("VietNamNet", "Vietnamnet"),
        ("Vietnamnet", "Vietnamnet"),
        ("VTC News", "VTC News"),
        ("Tiền phong", "Tiền Phong"),
        ("Báo điện tử Chính phủ", "Báo Chính phủ"),
        ("Sức khỏe và Đời sống", "Sức khỏe & Đời sống"),
        ("Sức khoẻ & đời sống", "Sức khỏe & Đời sống"),
        ("Hà Nội mới", "Hànộimới"),
        ("Hànộimới", "Hànộimới"),
        ("Báo SGGP", "Sài Gòn Giải Phóng"),
        ("internet", "Internet"),
        ("Báo Tuyên Quang", "Báo Tuyên Quang"),
        ("báo Tuyên Quang", "Báo Tuyên Quang"),
        ("Báo Tuyên Quang điện tử", "Báo Tuyên Quang"),
        ("Báo điện tử Tuyên Quang", "Báo Tuyên Quang"),
        ("Báo và phát thanh, truyền hình Tuyên Quang", "Báo Tuyên Quang"),
        ("Báo và phát thanh, truyền hình Tây Ninh", "Báo Tây Ninh"),
        ("Báo Quảng Trị", "Báo Quảng Trị"),
        ("Phú Yên online", "Báo Phú Yên"),
        ("Huế ngày nay", "Huế ngày nay"),
        ("baotuyenquang.com.vn", "Báo Tuyên Quang"),
        ("WWW.BaoTuyenQuang.com.vn", "Báo Tuyên Quang"),
        ("nhandan.vn", "Nhân Dân"),
        ("VOV.VN", "VOV"),
        ("VnExpress.net", "VnExpress"),
    ],
)
def test_a_known_outlet_has_one_spelling(name: str, spelling: str) -> None:
    assert outlet(name) == spelling
    assert known_outlet(name) == spelling


@pytest.mark.parametrize(
    "name",
    [
        "Báo Sông Lô",
        "Báo điện tử Sông Lô",
        "Tạp chí Sông Gâm điện tử",
        "DTO",
        "Tuyên Quang",
        "Chính phủ",
        "Tin tức",
        "Vietnam",
        "Tiến Phong",
        "Báo",
        "online",
        "Báo Bắc",
    ],
)
def test_an_unknown_outlet_stays_as_printed(name: str) -> None:
    assert outlet(name) == name
    assert known_outlet(name) is None


def test_an_unknown_name_is_cleaned() -> None:
    assert outlet(" Báo\xa0 Sông\u200b Lô\n") == "Báo Sông Lô"
    assert outlet("") == ""


def test_decomposed_letters_are_the_same_letters() -> None:
    assert outlet(unicodedata.normalize("NFD", "Báo Quân đội nhân dân")) == "Quân đội nhân dân"


@provincial
def test_every_provincial_paper_is_known_in_its_usual_forms(paper: CatalogueEntry) -> None:
    place = paper.paper.removeprefix("Báo ")
    forms = (
        paper.paper,
        paper.paper.upper(),
        f"Báo điện tử {place}",
        f"{paper.paper} điện tử",
        f"{paper.paper} online",
        f"Báo và Phát thanh, Truyền hình {place}",
        paper.domain,
        f"www.{paper.domain}",
    )
    assert {outlet(form) for form in forms} == {paper.paper}


@provincial
def test_a_place_alone_is_no_paper(paper: CatalogueEntry) -> None:
    assert known_outlet(paper.paper.removeprefix("Báo ")) is None


def test_names_that_were_guessed_are_not_given_out() -> None:
    assert known_outlet("thanhpho.tuyenquang.gov.vn") is None
    assert known_outlet("Nông thôn mới tỉnh Tuyên Quang") is None


@unhurried
@given(phrases)
def test_outlet_is_idempotent_and_never_raises(name: str) -> None:
    once = outlet(name)
    assert outlet(once) == once


@unhurried
@given(phrases)
def test_a_known_name_is_its_own_spelling(name: str) -> None:
    found = known_outlet(name)
    assert found is None or known_outlet(found) == found


# Domains ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("baotuyenquang.com.vn", "Báo Tuyên Quang"),
        ("BAOTUYENQUANG.COM.VN", "Báo Tuyên Quang"),
        ("www.baotuyenquang.com.vn", "Báo Tuyên Quang"),
        ("m.baotuyenquang.com.vn", "Báo Tuyên Quang"),
        ("baotuyenquang.com.vn.", "Báo Tuyên Quang"),
        ("en.baohagiang.vn", "Báo Hà Giang"),
        ("baodaklak.vn", "Báo Đắk Lắk"),
        ("phuyen.baodaklak.vn", "Báo Phú Yên"),
        ("baophuyen.com.vn", "Báo Phú Yên"),
        ("travinh.baovinhlong.vn", "Báo Trà Vinh"),
        ("baotayninh.vn", "Báo Tây Ninh"),
        ("hanoimoi.com.vn", "Hànộimới"),
        ("www.sggp.org.vn", "Sài Gòn Giải Phóng"),
        ("special.nhandan.vn", "Nhân Dân"),
        ("tv.tuoitre.vn", "Tuổi Trẻ"),
        ("baotintuc.vn", "Báo Tin tức"),
    ],
)
def test_a_domain_names_its_outlet(host: str, name: str) -> None:
    assert outlet_of_domain(host) == name


@pytest.mark.parametrize(
    "host",
    [
        "baotuyenquang.com.vn.evil.tld",
        "baotuyenquang.com.vn.vi-du.net",
        "xbaotuyenquang.com.vn",
        "baotuyenquang.com",
        "tuyenquang.gov.vn",
        "com.vn",
        "vn",
        "",
        ".",
        "127.0.0.1",
        "baotuyenquang.com.vn:8000",
        "https://baotuyenquang.com.vn/",
    ],
)
def test_a_host_that_only_looks_like_a_papers_is_none(host: str) -> None:
    assert outlet_of_domain(host) is None


@given(
    st.sampled_from(["baotuyenquang.com.vn", "nhandan.vn", "vov.vn"]), st.from_regex("[a-z]{1,9}")
)
def test_the_parent_counts_and_never_the_child(domain: str, label: str) -> None:
    label = label.strip()
    assert outlet_of_domain(f"{label}.{domain}") == outlet_of_domain(domain)
    assert outlet_of_domain(f"{domain}.{label}q9") is None


# Phrases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("TTXVN", "TTXVN"),
        ("Báo Tuyên Quang", "Báo Tuyên Quang"),
        ("Báo Sông Lô", "Báo Sông Lô"),
        ("Đài PT-TH tỉnh", "Đài PT-TH tỉnh"),
        ("tạp chí Sông Gâm", "tạp chí Sông Gâm"),
        ("Cổng TTĐT Chính phủ", "Cổng TTĐT Chính phủ"),
        ("VOV-Tây Bắc", "VOV-Tây Bắc"),
        ("VOV5", "VOV5"),
        ("BNEWS", "BNEWS"),
        ("Kenh14", "Kenh14"),
        ("Reuters", "Reuters"),
    ],
)
def test_some_words_name_an_outlet_even_alone(phrase: str, name: str) -> None:
    assert named_outlet(phrase) == name


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "Thu Hà",
        "Hà",
        "Linh",
        "P.Y",
        "HA",
        "CTV",
        "BTV",
        "NVCC",
        "Tuyên Quang",
        "báo cáo tháng",
        "Báo cáo của huyện",
        "Đài tưởng niệm",
        "Báo Sông Lô đưa tin",
        "Báo Sông Lô. Chiều nay",
        "Tiến Phong",
    ],
)
def test_what_may_be_a_person_or_prose_names_no_outlet(phrase: str) -> None:
    assert named_outlet(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("TTXVN/Vietnam+", "TTXVN"),
        ("TTXVN, VOV.VN", "TTXVN, VOV"),
        ("Vân Khánh/Báo Tin tức", "Báo Tin tức"),
        ("Vân Khánh/VOV", "VOV"),
        ("The Guardian", "The Guardian"),
        ("DTO", "DTO"),
        ("Khoa Học Trẻ", "Khoa Học Trẻ"),
    ],
)
def test_a_credit_names_its_outlet(phrase: str, name: str) -> None:
    assert credited_outlet(phrase) == name


@pytest.mark.parametrize(
    "phrase",
    [
        "đó",
        "ông Hà Văn Lâm",
        "Nguyễn Văn Lâm",
        "Ông Hà Văn Lâm",
        "TS Hà Văn Lâm",
        "TS. Hà Văn Lâm",
        "Nghị quyết",
        "Nghị Quyết Mới",
        "kế hoạch",
        "Bộ Y tế",
        "Sở Y Tế",
        "TP.HCM",
        "khoa học trẻ",
        "TTXVN, ông Lâm",
        "Khoa Học Trẻ!",
        "Một Tên Rất Dài Có Quá Nhiều Từ Trong Đó",
        "",
        ",",
        "/",
    ],
)
def test_prose_after_theo_is_no_credit(phrase: str) -> None:
    assert credited_outlet(phrase) is None


def test_after_a_label_an_office_is_a_credit() -> None:
    assert credited_outlet("Bộ Y tế", is_labelled=True) == "Bộ Y tế"
    assert credited_outlet("Chi cục Kiểm lâm, Sở Y tế", is_labelled=True) is not None
    assert credited_outlet("ngân sách", is_labelled=True) is None
    assert credited_outlet("Ngân sách tỉnh", is_labelled=True) is None
    assert credited_outlet("người dân", is_labelled=True) is None


@unhurried
@given(phrases, st.booleans())
def test_phrases_never_raise_and_keep_known_names(phrase: str, is_labelled: bool) -> None:
    named = named_outlet(phrase)
    credited = credited_outlet(phrase, is_labelled=is_labelled)
    if known := known_outlet(phrase):
        assert named == credited == known
    assert credited != ""
    assert named is None or credited == named
