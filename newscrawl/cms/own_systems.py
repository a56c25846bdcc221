"""Page classes of papers that run a system of their own: the generic reader, with their own key.

None of their pages was read; their addresses were seen (sites.md, 2025 and 2026).
"""

import re
from typing import Final
from urllib.parse import urlsplit

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.urls.article_keys import fallback_key, query_number_key, trailing_number_key

_SON_LA: Final = re.compile(r"/[^/.]+/[^/]+-([0-9A-Za-z]{6,12})\.html")
_DIEN_BIEN: Final = re.compile(r"/tin-bai/[^/]+/[^/]+/?")


class SonLaPage(GenericPage):
    """An article of baosonla.vn: /section/slug-51YnYvXDR.html, sections are /slug.html."""

    @staticmethod
    def read_key(url: str) -> str | None:
        """Return the letters and digits that end the address.

        >>> SonLaPage.read_key("https://baosonla.vn/thoi-su-chinh-tri/dam-bao-51YnYvXDR.html")
        '51YnYvXDR'
        >>> SonLaPage.read_key("https://baosonla.vn/thoi-su-chinh-tri.html") is None
        True
        """
        match = _SON_LA.fullmatch(_path(url))
        has_digit = match is not None and any(letter.isdigit() for letter in match[1])
        return match[1] if match is not None and has_digit else None


class DienBienPhuPage(GenericPage):
    """An article of baodienbienphu.vn: /tin-bai/section/slug, without a number."""

    @staticmethod
    def read_key(url: str) -> str | None:
        """Return 16 hex digits of the address's checksum.

        >>> DienBienPhuPage.read_key("https://baodienbienphu.vn/tin-bai/kinh-te/vai-som-duoc-mua")
        '33c1114c02cd48a9'
        >>> DienBienPhuPage.read_key("https://baodienbienphu.vn/tin-tuc/kinh-te") is None
        True
        """
        return fallback_key(url) if _DIEN_BIEN.fullmatch(_path(url)) else None


class BinhDinhPage(GenericPage):
    """An article of baobinhdinh.vn: viewer.aspx?macm=4&macmp=5&mabb=301122."""

    @staticmethod
    def read_key(url: str) -> str | None:
        """Return the number in the query's `mabb`.

        >>> BinhDinhPage.read_key("https://baobinhdinh.vn/viewer.aspx?macm=4&macmp=5&mabb=301122")
        '301122'
        """
        return query_number_key(url, "mabb") or trailing_number_key(url)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
