"""The table of families in the tutorial is the one that the code gives."""

from newscrawl.catalogue.entries import catalogue
from newscrawl.project.family_table import family_table
from tests.support import paths


def test_the_tutorial_shows_the_table_of_today() -> None:
    text = (paths.ROOT / "docs" / "tutorial-known-family.md").read_text("utf-8")
    assert family_table() in text


def test_every_family_of_the_catalogue_has_its_classes() -> None:
    rows = [line.split(" | ") for line in family_table().splitlines()[2:]]
    codes = {row[0].removeprefix("| ") for row in rows}
    named = {entry.cms.rstrip("?").partition(" ")[0] for entry in catalogue()}
    families = {name for name in named if name[:1] in "ABCDEFGK" and name[:2].isalnum()}
    assert {name[:1] for name in families if len(name) <= 2} <= {code[:1] for code in codes}
    assert ["| C", "`EpiPage`", "`EpiSection`", "`cms/epi.py` |"] in rows
