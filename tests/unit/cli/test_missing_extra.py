"""What the demo and the researchers' commands say where an extra is not installed."""

from pathlib import Path

import pytest

from newscrawl.commands.demo import next_steps
from newscrawl.commands.export import Command


def test_the_demos_next_steps_need_no_package_that_is_missing() -> None:
    home = Path("output/demo")
    assert "export output/demo -o found/ --format csv\n" in next_steps(home, has_parquet=False)
    assert "export output/demo -o found/\n" in next_steps(home, has_parquet=True)


def import_nothing() -> None:
    raise ModuleNotFoundError("No module named 'pyarrow'", name="pyarrow.parquet")


def test_a_missing_package_is_named_with_what_works_without_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = Command()
    with command.telling():
        import_nothing()
    said = capsys.readouterr().err
    assert "export: this needs pyarrow.parquet: install './newscrawl-….whl[research]'" in said
    assert said.endswith("; --format sqlite, csv and jsonl need no more than there is\n")
    assert command.exitcode == 2
