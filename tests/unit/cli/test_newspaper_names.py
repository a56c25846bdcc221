"""Which newspaper a person means."""

from typing import Final

import pytest

from newscrawl.catalogue.entries import catalogue
from newscrawl.cli.newspaper_names import hint, letters, name_of_host

HOSTS: Final = {"baotuyenquang.com.vn": "baotuyenquang", "m.baothu.vn": "baothu"}
NAMES: Final = ("baotuyenquang", "baodaklak", "baocantho", "sggp")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("baotuyenquang.com.vn", "baotuyenquang"),
        ("BaoTuyenQuang.com.vn", "baotuyenquang"),
        ("https://baotuyenquang.com.vn/kinh-te/?p=2", "baotuyenquang"),
        ("http://m.baothu.vn:8080/", "baothu"),
        ("m.baothu.vn.", "baothu"),
        ("baotuyenquang", None),
        ("baothu.vn", None),
        ("", None),
        ("https://[", None),
        ("báo tuyên quang", None),
    ],
)
def test_a_host_or_an_address_names_its_newspaper(given: str, name: str | None) -> None:
    assert name_of_host(given, HOSTS) == name


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("baotuyenqung", "did you mean baotuyenquang?"),
        ("BaoTuyenQuang", "did you mean baotuyenquang?"),
        ("tuyenquang", "did you mean baotuyenquang?"),
        ("báo tuyên quang", "did you mean baotuyenquang?"),
        ("Báo Đắk Lắk", "did you mean baodaklak?"),
        ("Báo Cần Thơ", "did you mean baocantho?"),
        ("baosonla", "Báo Sơn La (baosonla.vn) is known, and has no spider yet"),
        ("baosonla.vn", "Báo Sơn La (baosonla.vn) is known, and has no spider yet"),
        ("Báo Sơn La", "Báo Sơn La (baosonla.vn) is known, and has no spider yet"),
        ("xyz", "`newscrawl papers` lists them"),
        ("", "`newscrawl papers` lists them"),
    ],
)
def test_a_name_that_is_none_gets_a_hint(given: str, said: str) -> None:
    assert hint(given, NAMES, catalogue()) == said


@pytest.mark.parametrize("name", NAMES)
def test_marks_and_case_do_not_matter(name: str) -> None:
    assert letters(name.upper()) == name
