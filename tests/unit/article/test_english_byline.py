"""English bylines, signatures behind a dash, and lines that credit a photographer."""

import pytest

from newscrawl.article.byline import read_byline
from newscrawl.article.english_byline import (
    english_names,
    is_photo_credit,
    named_with_role,
    signed_names,
)

BYLINES = [
    ("By Ann Lowe, Ben Carr and Cora Dunn", ("Ann Lowe", "Ben Carr", "Cora Dunn")),
    ("Posted by Ann Lowe at 8:40 AM", ("Ann Lowe",)),
    ("Posted by Ann Lowe on September 12, 2024 at 8:40 am", ("Ann Lowe",)),
    ("By Ann Lowe | Updated September 12, 2024 8:40 a.m.", ("Ann Lowe",)),
    ("By Ann Lowe | Published: September 12, 2024", ("Ann Lowe",)),
    ("By ANN LOWE", ("ANN LOWE",)),
    ("By Ann Lowe, Staff Writer", ("Ann Lowe",)),
    ("By Ann Lowe September 12, 2024", ("Ann Lowe",)),
    ("By Ann Lowe\nSeptember 12, 2024", ("Ann Lowe",)),
    ("By Ann Lowe and Ben Carr, The Associated Press", ("Ann Lowe", "Ben Carr")),
    ("Story by Ann Lowe; photos by Ben Carr", ("Ann Lowe", "Ben Carr")),
    ("By Ann Lowe of the Harbour News", ("Ann Lowe",)),
    ("by Ann Lowe", ("Ann Lowe",)),
    ("BY ANN LOWE AND BEN CARR", ("ANN LOWE", "BEN CARR")),
    ("By Ann Lowe • September 12, 2024 • 3 min read", ("Ann Lowe",)),
    ("September 12, 2024 | By Ann Lowe", ("Ann Lowe",)),
    ("Published September 12, 2024 by Ann Lowe", ("Ann Lowe",)),
    ("Written by Ann Lowe, BBC News", ("Ann Lowe",)),
    ("By Ann Lowe @annlowe", ("Ann Lowe",)),
    ("By Ann Lowe - Thu 12 Sep 2024 08.40 BST", ("Ann Lowe",)),
    ("by: Ann Lowe", ("Ann Lowe",)),
    ("By April Jones", ("April Jones",)),
    ("By May Hunter, London", ("May Hunter",)),
    ("By Mary-Jane O’Neill McDermott Jr.", ("Mary-Jane O’Neill McDermott Jr.",)),
    ("By Ludwig van Loon and Andrew Or", ("Ludwig van Loon", "Andrew Or")),
    ("Updated 5:14 PM ET, Tue August 8, 2017 By Ann Lowe", ("Ann Lowe",)),
    ("By AMY LIND and JEFF BAEN, Associated Press", ("AMY LIND", "JEFF BAEN")),
    ("By Maria O'Hara/The Bay Times", ("Maria O'Hara",)),
    ("By Ann Lowe for the Ledger", ("Ann Lowe",)),
    ("By Ann Lowe in Leeds", ("Ann Lowe",)),
    ("By Ann Lowe (ann@bay.example)", ("Ann Lowe",)),
    ("By Ann Lowe & Ben Carr", ("Ann Lowe", "Ben Carr")),
    ("By Ann Lowe with Ben Carr", ("Ann Lowe", "Ben Carr")),
]


@pytest.mark.parametrize(("line", "names"), BYLINES)
def test_the_persons_of_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert english_names(line) == names


@pytest.mark.parametrize(("line", "names"), BYLINES)
def test_every_family_reads_english_bylines(line: str, names: tuple[str, ...]) -> None:
    signed = read_byline(line)
    assert signed is not None
    assert signed.authors == names
    assert signed.line == " ".join(line.split())


@pytest.mark.parametrize(
    "line",
    [
        "By the time the hall opened, it rained",
        "By Friday the hall will open",
        "By John Smith, who lives in Leeds",
        "Stand by Your Man",
        "By Order Of The Council",
        "By Reuters",
        "By 2030 the hall will be full",
        "The hall stands by the Old Quay",
        "By hand",
        "",
        "By",
        "Ông Tư đi bộ by night",
    ],
)
def test_a_line_that_names_nobody_is_no_byline(line: str) -> None:
    assert english_names(line) == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("— Ann Lowe", ("Ann Lowe",)),
        ("– Ann Lowe and Ben Carr", ("Ann Lowe", "Ben Carr")),
        ("-- Ann Lowe, Harbour News", ("Ann Lowe",)),
        ("— the hall was full", ()),
        ("— We never saw it, said Ann Lowe", ()),
        ("Ann Lowe", ()),
        ("- Ann Lowe", ()),
        ("—", ()),
    ],
)
def test_names_behind_a_dash(line: str, names: tuple[str, ...]) -> None:
    assert signed_names(line) == names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Ann Lowe, Harbour correspondent", "Ann Lowe"),
        ("Ann Lowe, Staff Writer", "Ann Lowe"),
        ("Ann Lowe | Senior reporter", "Ann Lowe"),
        ("Ann Lowe, the editor of the paper, said no", ""),
        ("The writer, reporter", ""),
        ("Ann Lowe", ""),
    ],
)
def test_a_name_with_a_role(line: str, name: str) -> None:
    assert named_with_role(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "Photo: June Marlow/Reuters",
        "Photo by June Marlow",
        "(Photo: June Marlow/AP)",
        "Image: June Marlow / Getty Images",
        "Photograph: June Marlow/The Guardian",
        "Credit: June Marlow",
        "Picture: June Marlow",
        "June Marlow/Getty Images",
        "(June Marlow/AP Photo)",
        "Photo credit: June Marlow",
        "Photos by Ann Lowe and Ben Carr",
        "(AP Photo/Ann Lowe)",
        "REUTERS/Ann Lowe",
        "Photo courtesy of the Harbour Museum",
        "Photograph by Ann Lowe via Getty Images",
    ],
)
def test_a_line_that_credits_a_photographer(line: str) -> None:
    assert is_photo_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: the old hall in 1911",
        "Photo studios on the upper floor will open in the spring.",
        "Photos: Who was there, and who was not",
        "Pictures by children hang in the hall.",
        "Image problems trouble the mayor",
        "Credit where it is due",
        "Credit Suisse",
        "And/or",
        "Ảnh: Lê Minh",
        "",
    ],
)
def test_a_line_about_pictures_is_text(line: str) -> None:
    assert not is_photo_credit(line)
