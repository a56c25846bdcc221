"""Which variables of a shell no scheduled run sees."""

from newscrawl.commands.schedule import unseen_variables


def test_a_setting_that_the_file_does_not_have_is_told() -> None:
    assert list(unseen_variables({"NEWSCRAWL_LIST_PAGES": "3", "HOME": "/x"}, {})) == [
        "NEWSCRAWL_LIST_PAGES is set in this shell alone: write it into newscrawl.toml"
    ]


def test_one_that_stands_in_the_file_with_the_same_value_is_not() -> None:
    file = {"MIRROR": "http://127.0.0.1:8731", "LIST_PAGES": 3}
    shell = {"NEWSCRAWL_MIRROR": "http://127.0.0.1:8731", "NEWSCRAWL_LIST_PAGES": "3"}
    assert list(unseen_variables(shell | {"NEWSCRAWL_CONFIG": "a.toml"}, file)) == []


def test_another_value_than_the_files_is_told_with_both() -> None:
    assert list(unseen_variables({"NEWSCRAWL_LIST_PAGES": "7"}, {"LIST_PAGES": 3})) == [
        "NEWSCRAWL_LIST_PAGES=7 holds in this shell alone: newscrawl.toml says 3"
    ]
