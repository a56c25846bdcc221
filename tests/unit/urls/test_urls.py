import re
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from newscrawl.urls.article_keys import (
    exact_number_key,
    fallback_key,
    folder_number_key,
    query_number_key,
    trailing_number_key,
    vnpt_key,
)
from newscrawl.urls.canonical import (
    BadAddressError,
    canonical,
    image_url,
    resolve,
    spellings,
)
from newscrawl.urls.url_parts import ADDRESS_MAX_CHARS

unhurried = settings(deadline=None)
BASE = "https://bao.vn/kinh-te/202506/mua-vai-som-75f1237/"


# Texts that look like addresses, whole and broken --------------------------------------------

schemes = st.sampled_from(["http", "https", "HTTP", "Https", "ftp", "javascript", ""])
separators = st.sampled_from(["://", "://", "://", ":", ":/", ":///", "//", "\\\\", ":\\/"])
hosts = st.one_of(
    st.sampled_from(["bao.vn", "WWW.Bao.vn", "127.0.0.1", "0x7f.1", "[::1]", "báo.vn", "a@b.vn"]),
    st.text("abz09.-_@:[]%\\ áß。ｂ\t", max_size=12),
)
ports = st.sampled_from(["", "", ":80", ":443", ":8000", ":0", ":99999", ":", ":x"])
tails = st.text("abAZ09/.%?&=#;+ ~'|[]\"éệ\\\n\u200b", max_size=24)
printed = st.one_of(
    st.text(max_size=40),
    st.builds(lambda *parts: "".join(parts), schemes, separators, hosts, ports, tails),
    st.builds("https://bao.vn/{}".format, tails),
)
anything = st.one_of(printed, st.text(st.characters(codec=None), max_size=20))


def accepted(text: str) -> str | None:
    try:
        return canonical(text)
    except BadAddressError:
        return None


def browser_host(address: str) -> str:
    """The host a browser asks from a page of https://bao.vn, by the URL Living Standard.

    The states scheme, special relative or authority, special authority slashes, host.
    """
    text = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(0x21)))))
    whole = re.match(r"https:[/\\]{2,}|http:[/\\]*|[/\\]{2,}", text, re.IGNORECASE)
    if whole is None:
        return "bao.vn"
    authority = re.split(r"[/\\?#]", text[whole.end() :])[0].rpartition("@")[2]
    return re.sub(r":[0-9]*$", "", authority).lower()


# One spelling -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "spelling"),
    [
        ("https://bao.vn", "https://bao.vn/"),
        ("http://bao.vn/", "https://bao.vn/"),
        ("HTTPS://BAO.VN/Kinh-Te/", "https://bao.vn/Kinh-Te/"),
        ("  https://bao.vn/a  ", "https://bao.vn/a"),
        ("https://bao.vn/a#binh-luan", "https://bao.vn/a"),
        ("https://bao.vn/a?", "https://bao.vn/a"),
        ("https://bao.vn?p=2", "https://bao.vn/?p=2"),
        ("http://bao.vn:80/a", "https://bao.vn/a"),
        ("http://bao.vn:443/a", "https://bao.vn/a"),
        ("https://bao.vn:443/a", "https://bao.vn/a"),
        ("https://bao.vn:/a", "https://bao.vn/a"),
        ("https://bao.vn:80/a", "https://bao.vn:80/a"),
        ("http://127.0.0.1:8000/a", "https://127.0.0.1:8000/a"),
        ("https://bao.vn//file//a.jpg", "https://bao.vn//file//a.jpg"),
        ("https://bao.vn/xã-hội/tin", "https://bao.vn/x%C3%A3-h%E1%BB%99i/tin"),
        ("https://bao.vn/x%c3%a3/%41%7e", "https://bao.vn/x%C3%A3/A~"),
        ("https://bao.vn/100%", "https://bao.vn/100%"),
        ("https://bao.vn/%zz/%4", "https://bao.vn/%zz/%4"),
        ("https://bao.vn/%2e%2E/a/./b/../c", "https://bao.vn/a/c"),
        ("https://bao.vn/a/..", "https://bao.vn/"),
        ("https://bao.vn/..%2f..%2fetc", "https://bao.vn/..%2F..%2Fetc"),
        ("https://bao.vn/a b[1]|'", "https://bao.vn/a%20b%5B1%5D%7C%27"),
        ("https://báo.vn/", "https://xn--bo-mia.vn/"),
        ("https://BÁO.vn/", "https://xn--bo-mia.vn/"),
    ],
)
def test_an_address_has_one_spelling(address: str, spelling: str) -> None:
    assert canonical(address) == spelling


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("b=2&a=1", "?a=1&b=2"),
        ("a=1&b=2", "?a=1&b=2"),
        ("a=2&b=0&a=1", "?a=2&a=1&b=0"),
        ("utm_source=zalo&utm_medium=x", ""),
        ("UTM_Campaign=xuan&p=2", "?p=2"),
        ("%75tm_source=x", ""),
        ("fbclid=abc", ""),
        ("zarsrc=30&gidzl=x", ""),
        ("gclid=1&_ga=2&_gl=3", ""),
        ("ref=home&mobile=1&print=1", ""),
        ("type=NEWS&id=2337", "?id=2337&type=NEWS"),
        ("id=2337&type=NEWS", "?id=2337&type=NEWS"),
        ("refer=1&printed=2", "?printed=2&refer=1"),
        ("&&a&&", "?a"),
        ("a=&b", "?a=&b"),
        ("key=đồng+bào", "?key=%C4%91%E1%BB%93ng+b%C3%A0o"),
        ("u=https://khac.vn/?x", "?u=https://khac.vn/?x"),
    ],
)
def test_the_query_keeps_what_names_the_page(query: str, kept: str) -> None:
    assert canonical(f"https://bao.vn/tin?{query}") == f"https://bao.vn/tin{kept}"


@pytest.mark.parametrize(
    "address",
    [
        "",
        " ",
        "bao.vn/kinh-te/",
        "//bao.vn/",
        "/kinh-te/",
        "ftp://bao.vn/",
        "file:///etc/hostname",
        "javascript:alert(1)",
        "data:text/html,x",
        "mailto:toasoan@bao.vn",
        "https://",
        "https:///kinh-te/",
        "https:/bao.vn/",
        "https://:80/",
        "https://bao.vn:99999/",
        "https://bao.vn:x/",
        "https://toasoan@bao.vn/",
        "https://toasoan:matkhau@bao.vn/",
        "https://@bao.vn/",
        "https://bao.vn\\@khac.vn/",
        "https://bao.vn/a\\b",
        "https://bao.vn/a\nb",
        "https://bao.vn/a\x00",
        "https://bao.vn/\x85",
        "\x01https://bao.vn/",
        "https://bao vn/",
        "https://bao..vn/",
        "https://.bao.vn/",
        "https://bao.vn./",
        "https://-bao.vn/",
        "https://bao%2evn/",
        "https://bao;vn/",
        f"https://{'a' * 64}.vn/",
        "https://straße.vn/",
        "https://ｂao.vn/",
        "https://bao。vn/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::1",
        "https://[bao.vn]/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.0x1/",
        "https://256.0.0.1/",
        "https://bao.123/",
        "https://bao.vn/\ud800",
        "https://bao.vn/" + "a" * ADDRESS_MAX_CHARS,
    ],
)
def test_what_no_newspaper_needs_is_refused(address: str) -> None:
    with pytest.raises(BadAddressError):
        canonical(address)


def test_the_longest_address_is_measured_as_asked() -> None:
    front = "https://bao.vn/"
    assert canonical(front + "a" * (ADDRESS_MAX_CHARS - len(front))).endswith("aaa")
    with pytest.raises(BadAddressError, match="characters"):
        canonical(front + "ệ" * 300)


def test_a_refusal_is_a_value_error_and_names_the_address() -> None:
    with pytest.raises(ValueError, match="plain") as caught:
        canonical("https://a@bao.vn/")
    assert "a@bao.vn" in str(caught.value)


def test_hosts_of_a_paper_share_its_own_spelling() -> None:
    known = spellings("baosonglo.vn", "m.baosonglo.vn", "baosonglo.com.vn")
    assert known == {
        "baosonglo.vn": "baosonglo.vn",
        "www.baosonglo.vn": "baosonglo.vn",
        "m.baosonglo.vn": "baosonglo.vn",
        "baosonglo.com.vn": "baosonglo.com.vn",
        "www.baosonglo.com.vn": "baosonglo.com.vn",
        "m.baosonglo.com.vn": "baosonglo.com.vn",
    }
    assert canonical("http://M.baosonglo.vn/a", known) == "https://baosonglo.vn/a"
    assert canonical("http://www.baosonglo.com.vn/a", known) == "https://baosonglo.com.vn/a"
    assert canonical("http://m.baosonglo.vn:8080/a", known) == "https://baosonglo.vn:8080/a"


def test_a_paper_may_write_its_host_with_www() -> None:
    known = spellings("www.bao.vn")
    assert canonical("https://bao.vn/a", known) == "https://www.bao.vn/a"
    assert canonical("https://m.bao.vn/a", known) == "https://www.bao.vn/a"


def test_a_host_the_paper_does_not_own_stays() -> None:
    known = spellings("bao.vn")
    assert canonical("https://www.khac.vn/a", known) == "https://www.khac.vn/a"
    assert canonical("https://m.bao.vn.khac.vn/a", known) == "https://m.bao.vn.khac.vn/a"


@unhurried
@given(printed)
def test_canonical_is_its_own_canonical_form(text: str) -> None:
    once = accepted(text)
    if once is not None:
        assert canonical(once) == once


@unhurried
@given(tails)
def test_canonical_is_its_own_canonical_form_on_every_path(tail: str) -> None:
    once = accepted(f"https://bao.vn/{tail}")
    if once is not None:
        assert canonical(once) == once
        assert len(once) <= ADDRESS_MAX_CHARS
        assert once.isascii()


@unhurried
@given(printed)
def test_canonical_asks_the_host_a_browser_asks(text: str) -> None:
    once = accepted(text)
    if once is not None:
        host = urlsplit(once).hostname
        assert host == urlsplit(safe_url_string(text)).hostname
        if text.isascii():
            assert host == browser_host(text)


@unhurried
@given(tails)
def test_canonical_does_not_see_what_scrapy_does_to_an_address(tail: str) -> None:
    text = f"https://bao.vn/{tail}".rstrip()
    once = accepted(text)
    if once is not None:
        assert canonical(safe_url_string(text)) == once


@unhurried
@given(anything)
def test_canonical_raises_nothing_but_its_refusal(text: str) -> None:
    once = accepted(text)
    assert once is None or once.startswith("https://")


@given(st.permutations(["p=2", "cate=7", "id=9", "utm_source=x", "fbclid=y"]))
def test_the_order_of_parameters_does_not_matter(pairs: list[str]) -> None:
    assert canonical("https://bao.vn/?" + "&".join(pairs)) == "https://bao.vn/?cate=7&id=9&p=2"


# Links ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/xa-hoi/", "https://bao.vn/xa-hoi/"),
        ("tin.html", "https://bao.vn/kinh-te/202506/mua-vai-som-75f1237/tin.html"),
        ("../khac/", "https://bao.vn/kinh-te/202506/khac/"),
        ("../../../../../x", "https://bao.vn/x"),
        ("./a//b", "https://bao.vn/kinh-te/202506/mua-vai-som-75f1237/a//b"),
        ("?p=2", f"{BASE}?p=2"),
        ("//cdn.bao.vn/a", "https://cdn.bao.vn/a"),
        ("http://khac.vn", "http://khac.vn/"),
        ("HTTP://Khac.VN/A?b#c", "http://khac.vn/A?b"),
        ("https:tin.html", "https://bao.vn/kinh-te/202506/mua-vai-som-75f1237/tin.html"),
        (" \n/xa-hoi/\t", "https://bao.vn/xa-hoi/"),
        ("/xa\n-hoi/", "https://bao.vn/xa-hoi/"),
        ("/tin tức/", "https://bao.vn/tin%20t%E1%BB%A9c/"),
        ("/a%20b%zz", "https://bao.vn/a%20b%zz"),
        ("\\xa-hoi\\tin.html", "https://bao.vn/xa-hoi/tin.html"),
        ("/?u=a\\b", "https://bao.vn/?u=a%5Cb"),
        ("\\\\khac.vn\\x", "https://khac.vn/x"),
        ("/\\khac.vn/x", "https://khac.vn/x"),
        ("///khac.vn/x", "https://khac.vn/x"),
        ("https:///khac.vn/x", "https://khac.vn/x"),
        ("http:\\\\khac.vn/x", "http://khac.vn/x"),
    ],
)
def test_a_link_leads_where_a_browser_goes(href: str, address: str) -> None:
    assert resolve(BASE, href) == address


@pytest.mark.parametrize(
    "href",
    [
        "",
        " ",
        "#",
        "#binh-luan",
        "javascript:void(0)",
        "java\nscript:void(0)",
        "JavaScript:alert(1)",
        "mailto:toasoan@bao.vn",
        "tel:02073000000",
        "data:text/html,x",
        "file:///etc/hostname",
        "ftp://bao.vn/",
        "blob:https://bao.vn/x",
        "about:blank",
        "Tin: mưa",
        "C:\\anh\\1.jpg",
        "//",
        "https://",
        "http:tin.html",
        "http://[::1",
        "http://a b/",
        "http://127.0.0.1:99999/",
        "http://127.1/",
        "http://127.0.0.1@127.0.0.2/",
        "https://bao.vn/" + "ệ" * 300,
        "/" + "a" * 100_000,
        "data:image/png;base64," + "A" * 100_000,
        "/\ud800",
    ],
)
def test_what_is_no_link_to_a_page_is_none(href: str) -> None:
    assert resolve(BASE, href) is None


def test_a_broken_base_resolves_nothing() -> None:
    assert resolve("", "/a") is None
    assert resolve("bao.vn", "https://bao.vn/a") is None
    assert resolve("https://[::1", "a") is None


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", ["bao.vn", "cdn.bao.vn", "1.2.3.4", "127.1", "01.2.3.4", "a..b"])
@pytest.mark.parametrize("path", ["", "/", "/a.jpg", "/-a/b_c~/1.html", "//a", "/a//b", "/.a/b"])
def test_a_whole_address_reads_the_same_in_one_piece(scheme: str, host: str, path: str) -> None:
    """Most are taken as they stand; with a fragment every part of one is looked at."""
    href = f"{scheme}://{host}{path}"
    assert resolve(BASE, href) == resolve(BASE, f"{href}#anh")


@unhurried
@given(st.one_of(st.just(BASE), anything), anything)
def test_resolve_never_raises_and_what_it_returns_is_an_address(base: str, href: str) -> None:
    address = resolve(base, href)
    if address is not None:
        assert address.startswith(("http://", "https://"))
        assert len(address) <= ADDRESS_MAX_CHARS
        assert canonical(address).startswith("https://")
        assert resolve(base, address) == address


@unhurried
@given(printed)
def test_resolve_asks_the_host_a_browser_asks(href: str) -> None:
    address = resolve(BASE, href)
    if address is not None and href.isascii():
        assert urlsplit(address).hostname == browser_host(href)


# Pictures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("src", "address"),
    [
        ("/file/ab/062025/1.jpg", "https://bao.vn/file/ab/062025/1.jpg"),
        ("/file//ab/062025/1.jpg", "https://bao.vn/file//ab/062025/1.jpg"),
        ("https://bao.vn/file//ab/1.jpg", "https://bao.vn/file//ab/1.jpg"),
        ("http://cu.vn/Upload/Thang%203/a.jpg", "http://cu.vn/Upload/Thang%203/a.jpg"),
        ("http://cu.vn/x%c3%a0.jpg", "http://cu.vn/x%c3%a0.jpg"),
        ("/a/anh 1.jpg", "https://bao.vn/a/anh%201.jpg"),
        ("/a/ảnh.jpg", "https://bao.vn/a/%E1%BA%A3nh.jpg"),
        ("/a/anh[1]|'.jpg", "https://bao.vn/a/anh[1]|'.jpg"),
        (
            "/a.jpg?width=300&height=-&type=resize",
            "https://bao.vn/a.jpg?width=300&height=-&type=resize",
        ),
        ("//cdn.bao.vn/a.jpg", "https://cdn.bao.vn/a.jpg"),
        ("/filehttp://cu.vn/a.jpg", "http://cu.vn/a.jpg"),
        ("/filehttps://cu.vn/a%20b.jpg", "https://cu.vn/a%20b.jpg"),
        ("https://bao.vn/filehttps://cu.vn//a.jpg", "https://cu.vn//a.jpg"),
        ("https://bao.vn/file/http://cu.vn/a.jpg", "http://cu.vn/a.jpg"),
        ("/files/http.jpg", "https://bao.vn/files/http.jpg"),
        ("\\Upload\\a.jpg", "https://bao.vn/Upload/a.jpg"),
        ("  /a.jpg\n", "https://bao.vn/a.jpg"),
    ],
)
def test_a_picture_keeps_the_path_the_page_prints(src: str, address: str) -> None:
    assert image_url(BASE, src) == address


@pytest.mark.parametrize(
    "src", ["", "data:image/gif;base64,R0lGOD", "blob:x", "file:///a.jpg", "/filehttp://[", "#"]
)
def test_a_picture_without_an_address_is_none(src: str) -> None:
    assert image_url(BASE, src) is None


@unhurried
@given(anything, anything)
def test_image_url_never_raises(base: str, src: str) -> None:
    address = image_url(base, src)
    assert address is None or address.startswith(("http://", "https://"))


@unhurried
@given(st.text("abz09-_/.~%", max_size=30).map(lambda path: re.sub(r"\.+", "a", path)))
def test_an_encoded_picture_address_stays_byte_for_byte(path: str) -> None:
    address = f"http://cu.vn/{path}"
    assert image_url(BASE, address) == address


# Keys -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/kinh-te/202506/cam-sanh-vao-vu-75f1237/", "202506-75f1237"),
        ("/kinh-te/202506/cam-sanh-vao-vu-75f1237", "202506-75f1237"),
        ("/xa-hoi/doi-song/202601/chi-tam-don-tet-0bd4a01/", "202601-0bd4a01"),
        ("/multimedia/Infographic/202409/8-muc-tieu-5e8057f/", "202409-5e8057f"),
        ("/kinh-te/202210/nuoc-ve-dong-2203947/", "202210-2203947"),
        ("/xa-hoi/202112/xe-tet-785426", "202112-785426"),
        ("/channel/5433/202304/duong-moi-39420/", "202304-39420"),
        ("/kinh-te/202506/-75f1237/", "202506-75f1237"),
        ("/95/112869/an-du-bua/", "112869"),
        ("/95/112869/an-du-bua", "112869"),
        ("/kinh-te/202513/cam-sanh-75f1237/", None),
        ("/kinh-te/202506/cam-sanh-75F1237/", None),
        ("/kinh-te/202506/cam-sanh-75f123/", None),
        ("/kinh-te/202506/cam-sanh-75f12378/", None),
        ("/kinh-te/202506/cam-sanh/", None),
        ("/kinh-te/202506/75f1237/", None),
        ("/kinh-te/cam-sanh-75f1237/", None),
        ("/kinh-te/", None),
        ("/", None),
        ("", None),
    ],
)
def test_vnpt_key_is_month_and_end_of_the_id(path: str, key: str | None) -> None:
    assert vnpt_key(f"https://bao.vn{path}") == key


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/95/112869/an-du-bua/", "112869"),
        ("/tin-tuc/206/140540/hoi-lang", "140540"),
        ("/Content/news/14/143498/tiem-chung/", "143498"),
        ("/95/112869/", None),
        ("/95/an-du-bua/", None),
        ("/95/1128/an-du-bua/", None),
        ("/95/112869/an/du/", None),
    ],
)
def test_folder_number_is_the_second_of_two_numbers(path: str, key: str | None) -> None:
    assert folder_number_key(f"https://bao.vn{path}") == key


ENDINGS = [
    ("html", "", ".html"),
    ("htm", "", ".htm"),
    ("a", "a", ".html"),
    ("post", "post", ".html"),
    ("postid", "postid", ".bbg"),
]


@pytest.mark.parametrize(("before", "ending"), [form[1:] for form in ENDINGS])
def test_trailing_number_is_read_from_each_form(before: str, ending: str) -> None:
    address = f"https://bao.vn/thoi-su/cau-moi-thong-xe-{before}120345{ending}"
    assert trailing_number_key(address) == "120345"
    assert trailing_number_key(address + "?p=2#x") == "120345"
    assert exact_number_key(address, before, ending) == "120345"


@pytest.mark.parametrize(("before", "ending"), [form[1:] for form in ENDINGS])
def test_the_exact_reader_takes_no_other_form(before: str, ending: str) -> None:
    for _, other_before, other_ending in ENDINGS:
        if (other_before, other_ending) != (before, ending):
            address = f"https://bao.vn/cau-moi-{other_before}120345{other_ending}"
            assert exact_number_key(address, before, ending) is None


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/ten-bai-2047.html", "2047"),
        ("/-ten-bai--a196670.html", "196670"),
        ("/ten-bai--a196668.html", "196668"),
        ("/ten-bai-2721260605115523797.html", "2721260605115523797"),
        ("/..%2f..%2fetc%2fpasswd%00-120345.html", "120345"),
        ("/a/b/c/ten-bai-120345.html", "120345"),
        ("/ten-bai-007123.html", "007123"),
        ("/ten-bai-123.html", None),
        ("/ten-bai-8.html", None),
        ("/ten-bai-event120345.html", None),
        ("/ten-bai-tag120345.html", None),
        ("/ten-bai-120345", None),
        ("/ten-bai-120345.html/", None),
        ("/ten-bai-120345.jpg", None),
        ("/ten-bai-12a345.html", None),
        ("/120345.html", None),
        ("/kinh-te/trang-1288.html", None),
        ("/kinh-te/qua-trang-1288.html", "1288"),
        ("/ten-bai-١٢٣٤٥.html", None),
    ],
)
def test_trailing_number_is_four_digits_or_more(path: str, key: str | None) -> None:
    assert trailing_number_key(f"https://bao.vn{path}") == key


@pytest.mark.parametrize(
    ("query", "name", "key"),
    [
        ("macm=4&macmp=4&mabb=301122", "mabb", "301122"),
        ("type=NEWS&id=53945", "id", "53945"),
        ("id=53945&type=NEWS", "id", "53945"),
        ("mid=1", "id", None),
        ("id=5394x", "id", None),
        ("id=", "id", None),
        ("", "id", None),
    ],
)
def test_query_number_is_the_named_parameter(query: str, name: str, key: str | None) -> None:
    assert query_number_key(f"https://bao.vn/vi/tin-bai/ten-bai?{query}", name) == key


def test_fallback_key_is_the_same_for_every_spelling() -> None:
    key = fallback_key("https://bao.vn/gioi-thieu?a=1&b=2")
    assert re.fullmatch(r"[0-9a-f]{16}", key)
    assert fallback_key("HTTP://bao.vn/gioi-thieu?b=2&a=1&fbclid=x#y") == key
    assert fallback_key("https://bao.vn/lien-he?a=1&b=2") != key
    with pytest.raises(BadAddressError):
        fallback_key("gioi-thieu")


@unhurried
@given(anything)
def test_keys_never_raise_and_fit_an_id(text: str) -> None:
    keys = (vnpt_key(text), folder_number_key(text), trailing_number_key(text))
    for key in (*keys, exact_number_key(text, "a"), query_number_key(text, "id")):
        assert key is None or re.fullmatch(r"[A-Za-z0-9._-]+", key)


@given(
    st.integers(2000, 2030),
    st.integers(1, 12),
    st.text("abcdefghiklmnopqrstuvxy0123456789-", max_size=40),
    st.text("0123456789abcdef", min_size=7, max_size=7),
)
def test_vnpt_key_survives_canonical(year: int, month: int, slug: str, tail: str) -> None:
    address = f"http://bao.vn/xa-hoi/{year}{month:02}/{slug}-{tail}/?utm_source=x"
    assert vnpt_key(address) == vnpt_key(canonical(address)) == f"{year}{month:02}-{tail}"
