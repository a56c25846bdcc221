"""Which address a command pings, so that the success of one newspaper hides no other's failure.

An address that holds `{newspaper}` stands for each newspaper by itself: every run pings its own,
whether `crawl` or `crawlall` began it. One without it stands for what a command refreshes as a
whole. The operator's file is read by all commands; such an address there stands for all its
`papers`, and a command that refreshes fewer of them is refused.
"""

from collections.abc import Collection
from typing import Final

from scrapy.settings import BaseSettings

from newscrawl.cli.setting_check import is_given
from newscrawl.config.operator_file import OperatorSettings
from newscrawl.config.setting_rules import NEWSPAPER
from newscrawl.exceptions import ArgumentError

_SETTING: Final = "ALERT_PING"


def is_of_each(address: str) -> bool:
    """Return whether each newspaper has an address of its own."""
    return NEWSPAPER in address


def own_address(address: str, newspaper: str) -> str:
    """Return the address of a newspaper's runs.

    >>> own_address("https://ping.vn/key/{newspaper}?create=1", "baothu")
    'https://ping.vn/key/baothu?create=1'
    """
    return address.replace(NEWSPAPER, newspaper)


def checked_ping(settings: BaseSettings, names: Collection[str], known: Collection[str]) -> str:
    """Return the ping address of a command, with `{newspaper}` as it stands; "" for none.

    Args:
        settings: Those of the process.
        names: The newspapers that the command refreshes.
        known: All newspapers.

    Raises:
        ArgumentError: The file gives one address for more newspapers than the command refreshes.
    """
    address = str(settings[_SETTING] or "")
    operator: OperatorSettings = settings["OPERATOR"]
    if not address or is_of_each(address):
        return address
    if is_given(settings, _SETTING) or _SETTING not in operator.of_file:
        return address
    others = set(operator.papers or known) - set(names)
    if others:
        place = operator.places[_SETTING]
        raise ArgumentError(shared_fault(place, f"{min(names)} and {min(others)}"))
    return address


def shared_fault(place: str, whose: str) -> str:
    """Return what is told of one address for newspapers that are refreshed by themselves."""
    return (
        f"{place}: one address for {whose}, each of which hides the failure of another by its"
        f" success: write {NEWSPAPER} into it, as in https://hc-ping.com/KEY/{NEWSPAPER}?create=1,"
        " or refresh all together by crawlall"
    )
