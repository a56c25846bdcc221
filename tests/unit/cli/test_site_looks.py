"""Names and front pages of newspapers that are known by an address alone."""

import pytest

from newscrawl.cli.site_looks import front_page, is_address, name_for
from newscrawl.exceptions import ArgumentError


@pytest.mark.parametrize(
    ("address", "taken", "name"),
    [
        ("https://baothu.vn/", (), "baothu"),
        ("https://www.baothu.com.vn/kinh-te/", (), "baothu"),
        ("https://bao-thu.vn/", (), "bao_thu"),
        ("https://24gio.vn/", (), "bao_24gio"),
        ("https://baothu.net/", ("baothu",), "baothu_net"),
        ("https://www.bao-thu.net/", ("bao_thu",), "bao_thu_net"),
        ("https://en.baothu.vn/", (), "en_baothu_vn"),
    ],
)
def test_the_name_is_the_hosts_first_label(
    address: str, taken: tuple[str, ...], name: str
) -> None:  # fmt: skip
    assert name_for(address, taken) == name


@pytest.mark.parametrize(
    ("address", "front"),
    [
        ("http://baothu.vn", "https://baothu.vn/"),
        ("https://m.baothu.vn/tin-1234.html?x=1#y", "https://m.baothu.vn/"),
        ("https://BAOTHU.vn/", "https://baothu.vn/"),
    ],
)
def test_the_look_begins_at_the_front_page(address: str, front: str) -> None:
    assert front_page(address) == front


@pytest.mark.parametrize(
    "address",
    ["https://", "https://localhost/", "https://10.0.0.1/", "http://a b/", "https://u@baothu.vn/"],
)
def test_what_is_no_newspapers_address_is_refused(address: str) -> None:
    with pytest.raises(ArgumentError):
        front_page(address)


def test_a_name_and_a_host_are_no_addresses() -> None:
    given = ("baothu", "baothu.vn", "https://baothu.vn", "http://baothu.vn/a")
    assert [is_address(one) for one in given] == [False, False, True, True]
