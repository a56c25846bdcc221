"""Pictures: which images are any, and at which address."""

import pytest
from lxml import etree

from newscrawl.page.blocks import blocks
from newscrawl.page.pictures import emoji_sign, is_picture, picture_address
from newscrawl.page.selectors import Element
from tests.support.trees import page_root

BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


def tree(markup: str) -> Element:
    root = page_root(f"<html><body>{markup}</body></html>".encode())
    assert root is not None
    return root


def addresses(markup: str) -> list[str]:
    """The addresses of the pictures that the blocks of the page show, placeholders left out."""
    shown = [picture for block in blocks(tree(markup)) for picture in block.pictures]
    return [address for address in map(picture_address, shown) if address]


@pytest.mark.parametrize(
    "placeholder",
    [
        BLANK, "/images/blank.gif", "https://bao.vn/img/lazy-load.png?v=2", "../loading.svg",
        "/static/no-image.jpg", "/1x1.png", "spacer.gif", "/assets/placeholder-600x400.png",
        "/img_placeholder.png", "about:blank", "", " ",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "attribute",
    [
        "data-src", "data-original", "data-lazy-src", "data-lazy", "data-original-src", "data-url",
        "data-echo", "data-cfsrc", "data-hi-res", "srcset", "data-srcset", "data-lazy-srcset",
    ],
)  # fmt: skip
def test_a_picture_loaded_late_has_its_address(attribute: str, placeholder: str) -> None:
    image = f"<p><img class=lazy src='{placeholder}' {attribute}='/anh/lo-1.jpg' alt=''></p>"
    assert addresses(image) == ["/anh/lo-1.jpg"]
    assert addresses(image.replace("<img", "<amp-img")) == ["/anh/lo-1.jpg"]


@pytest.mark.parametrize(
    "markup",
    [
        "<picture><source srcset='/anh/1.jpg 1x' type=image/jpeg><img src='{}'></picture>",
        "<picture><source data-srcset='/anh/1.jpg'><source srcset='/2.webp'><img></picture>",
        "<picture><source srcset='/anh/0.jpg 320w, /anh/1.jpg 1200w'><img></picture>",
        "<img src='{}'><noscript><img src=/anh/1.jpg></noscript>",
        "<noscript><img src=/anh/1.jpg></noscript><img src='{}'>",
        "<span class=lazy><img src='{}'></span><noscript><img src=/anh/1.jpg></noscript>",
        "<figure><noscript><img src=/anh/1.jpg></noscript><figcaption>Lúa</figcaption></figure>",
        "<figure><div><noscript><img src=/anh/1.jpg></noscript></div></figure>",
        "<img src=/anh/1.jpg><noscript><img src=/anh/1.jpg></noscript>",
        "<img data-src=/anh/1.jpg><noscript><img src=/anh/1-lon.jpg></noscript>",
        "<a href=/anh/lon.jpg><img src=/anh/1.jpg></a>",
        "<img src=/anh/1.jpg srcset='/anh/2.jpg 2x'>",
        "<img src=/anh/1.jpg width=640 height=1000>",
        "<img src=/anh/1.jpg width=100%>",
        "<img src=/anh/1.jpg style='border-width:1px;max-width:100%'>",
    ],
)
def test_one_picture_is_shown_at_one_address(markup: str) -> None:
    assert addresses(markup.format(BLANK)) == ["/anh/1.jpg"]


@pytest.mark.parametrize(
    "image",
    [
        "<img src=/dem.gif width=1 height=1>",
        "<img src=/dem.gif width=1px height=1px>",
        "<img src=/dem.gif style='width:1px; height:1px'>",
        "<img src=/dem.gif height=0>",
        "<img src='https://www.facebook.com/tr?id=1&noscript=1'>",
        "<img src=/icons/link.svg width=16 height=16 alt='mắt xích'>",
        "<img src=/a.jpg style='display:none'>",
        "<img src=/a.jpg hidden>",
        "<noscript><img src=https://dem.vn/p></noscript>",
        f"<img src='{BLANK}'>",
        "<img alt=Lúa>",
    ],
)
def test_counters_icons_and_placeholders_are_no_pictures(image: str) -> None:
    assert addresses(f"<p>Một.{image}</p>") == []


@pytest.mark.parametrize(
    ("image", "text"),
    [
        ("<img class=emoji alt='😀' src=https://s.w.org/1f600.svg>", "Vui 😀 quá"),
        ("<img alt='❤️' src=/e.png>", "Vui ❤️ quá"),
        ("<img alt='👍🏽' src=/e.png width=20>", "Vui 👍🏽 quá"),
        ("<img alt='🇻🇳' src=/e.png>", "Vui 🇻🇳 quá"),
        ("<img class=wp-smiley alt=':-)' src=/s.gif>", "Vui :-) quá"),
        ("<img class=emoji alt='' src=/e.png>", "Vui quá"),
        ("<img src=/emoji/cuoi.png alt='mặt cười'>", "Vui quá"),
    ],
)
def test_an_emoji_is_its_sign_in_the_text(image: str, text: str) -> None:
    found = blocks(tree(f"<p>Vui {image} quá</p>"))
    assert [block.text for block in found] == [text]
    assert not any(block.pictures for block in found)


@pytest.mark.parametrize("alt", ["", "Lúa chín", "3", "Ảnh 1", "A"])
def test_a_picture_is_no_emoji(alt: str) -> None:
    image = etree.Element("img", alt=alt, src="/anh/1.jpg")
    assert emoji_sign(image) is None
    assert is_picture(image)
