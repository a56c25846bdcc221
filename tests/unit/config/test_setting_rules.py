"""What a setting may be."""

from typing import Any

import pytest

from newscrawl.config.setting_rules import RULES, SettingRule, fault_of, rule_of


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIST_PAGES", "1"),
        ("LIST_PAGES", 100),
        ("REVISITS", "0"),
        ("DOWNLOAD_DELAY", "0"),
        ("DOWNLOAD_DELAY", 1.5),
        ("EXPORT_EVERY_S", "600"),
        ("KEEP_PAGES", "False"),
        ("KEEP_PAGES", "1"),
        ("KEEP_PAGES", True),
        ("LOG_LEVEL", "info"),
        ("ARCHIVE", "output"),
        ("DELAY_JITTER", "0.25"),
        ("CLOSESPIDER_TIMEOUT", "3600"),
    ],
)
def test_a_possible_value_has_no_fault(name: str, value: Any) -> None:
    assert fault_of(RULES[name], value) is None


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LIST_PAGES", "x", "'x' is no whole number: write one of 1 or more"),
        ("LIST_PAGES", "0", "'0' is too small: write one of 1 or more"),
        ("LIST_PAGES", "-1", "'-1' is too small: write one of 1 or more"),
        ("LIST_PAGES", 1.5, "1.5 is no whole number: write one of 1 or more"),
        ("LIST_PAGES", True, "True is no whole number: write one of 1 or more"),
        ("LIST_PAGES", None, "None is no whole number: write one of 1 or more"),
        ("REVISITS", "x", "'x' is no whole number: write one of 0 or more"),
        ("MIN_FREE_BYTES", "1GB", "'1GB' is no whole number: write one of 0 or more"),
        ("EXPORT_EVERY_S", "x", "'x' is no number: write a number of 1 or more"),
        ("EXPORT_EVERY_S", "0", "'0' is too small: write a number of 1 or more"),
        ("EXPORT_EVERY_S", "nan", "'nan' is no number: write a number of 1 or more"),
        ("DOWNLOAD_DELAY", "abc", "'abc' is no number: write a number of 0 or more"),
        ("DOWNLOAD_DELAY", "-1", "'-1' is too small: write a number of 0 or more"),
        ("DOWNLOAD_DELAY", "inf", "'inf' is no number: write a number of 0 or more"),
        ("DELAY_JITTER", "11", "'11' is too large: write a number from 0 to 10"),
        ("CLOSESPIDER_TIMEOUT", "1h", "'1h' is no number: write a number of 0 or more"),
        ("KEEP_PAGES", "no", "'no' is neither True nor False: write one of them"),
        ("KEEP_PAGES", "", "'' is neither True nor False: write one of them"),
        ("ARCHIVE", "", "'' names no folder: write its path"),
        ("ARCHIVE", "  ", "'  ' names no folder: write its path"),
        ("ARCHIVE", 3, "3 names no folder: write its path"),
        ("LOG_LEVEL", "LOUD", "'LOUD' is no level: write CRITICAL, ERROR, WARNING, INFO, DEBUG"),
        ("CONTACT", 7, "7 is no text: write it in quotes"),
    ],
)
def test_an_impossible_value_is_told(name: str, value: Any, said: str) -> None:
    assert fault_of(RULES[name], value) == said


@pytest.mark.parametrize(
    ("default", "rule"),
    [
        (True, SettingRule("switch")),
        (3, SettingRule("whole")),
        (0.5, SettingRule("number")),
        ("text", None),
        (None, None),
        ({}, None),
    ],
)
def test_scrapys_own_settings_are_judged_by_their_defaults(
    default: Any, rule: SettingRule | None
) -> None:
    assert rule_of("SOME_SETTING", default) == rule


def test_a_known_rule_goes_before_the_default() -> None:
    assert rule_of("LIST_PAGES", True) is RULES["LIST_PAGES"]
