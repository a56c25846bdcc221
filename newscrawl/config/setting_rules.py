"""What the value of a setting may be, told before the first request."""

import re
from collections.abc import Mapping
from math import inf, isfinite
from typing import Any, Final, Literal, NamedTuple

Kind = Literal["switch", "whole", "number", "text", "path", "level", "link", "ping"]
NEWSPAPER: Final = "{newspaper}"
"""Stands in a ping address for the name of the newspaper"""
_BRACES: Final = re.compile(r"\{[^{}]*\}")
_SWITCHES: Final = {"true", "false", "1", "0"}
LEVELS: Final = ("CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG")


class SettingRule(NamedTuple):
    """The values that a setting may have."""

    kind: Kind
    least: float = -inf
    most: float = inf


_COUNT: Final = SettingRule("whole", 0)
_ONE_OR_MORE: Final = SettingRule("whole", 1)
_SECONDS: Final = SettingRule("number", 0)
RULES: Final[Mapping[str, SettingRule]] = {
    "CONTACT": SettingRule("text"),
    "ARCHIVE": SettingRule("path"),
    "KEEP_PAGES": SettingRule("switch"),
    "PAGES_KEEP_MONTHS": _COUNT,
    "SNAPSHOT": SettingRule("switch"),
    "SNAPSHOT_EVERY_H": _SECONDS,
    "SNAPSHOTS_DAILY": _COUNT,
    "SNAPSHOTS_MONTHLY": _COUNT,
    "NETWORK_DISK": SettingRule("switch"),
    "LIST_PAGES": _ONE_OR_MORE,
    "LINKS_PER_PAGE": _ONE_OR_MORE,
    "REVISITS": _COUNT,
    "MIN_FREE_BYTES": _COUNT,
    "DISK_WARN_DAYS": SettingRule("number", 0),
    "PARENT_PID": _COUNT,
    "ALERT_PING": SettingRule("ping"),
    "ALERT_WEBHOOK": SettingRule("link"),
    "HOST_WAIT_S": _SECONDS,
    "QUEUE": SettingRule("text"),
    "QUEUE_BEAT_S": SettingRule("number", 0.2),
    "QUEUE_AGAIN_S": _SECONDS,
    "EXPORT_EVERY_S": SettingRule("number", 1),
    "DELAY_JITTER": SettingRule("number", 0, 10),
    "BACKOFF_S": _SECONDS,
    "BACKOFF_MAX_S": _SECONDS,
    "PATIENCE_S": _SECONDS,
    "DEAD_AFTER": _ONE_OR_MORE,
    "LOST_AFTER": _ONE_OR_MORE,
    "DOWNLOAD_DELAY": _SECONDS,
    "DOWNLOAD_TIMEOUT": SettingRule("number", 0.1),
    "DOWNLOAD_MAXSIZE": _COUNT,
    "DOWNLOAD_WARNSIZE": _COUNT,
    "CONCURRENT_REQUESTS": _ONE_OR_MORE,
    "CONCURRENT_REQUESTS_PER_DOMAIN": _ONE_OR_MORE,
    "CLOSESPIDER_TIMEOUT": _SECONDS,
    "CLOSESPIDER_ITEMCOUNT": _COUNT,
    "CLOSESPIDER_PAGECOUNT": _COUNT,
    "CLOSESPIDER_ERRORCOUNT": _COUNT,
    "RETRY_TIMES": _COUNT,
    "REDIRECT_MAX_TIMES": _COUNT,
    "URLLENGTH_LIMIT": _COUNT,
    "MEMUSAGE_LIMIT_MB": _COUNT,
    "LOG_LEVEL": SettingRule("level"),
}
"""The settings whose limits are known; of the others the type of Scrapy's default is asked"""
# The components that read these settings are not loaded, so that setting them would do nothing.
WITHOUT_EFFECT: Final = (
    "AJAXCRAWL_", "AUTOTHROTTLE_", "COMPRESSION_", "COOKIES_", "DEPTH_", "DNSCACHE_", "HTTPCACHE_",
    "HTTPPROXY_", "METAREFRESH_", "REFERER_", "REFERRER_", "ROBOTSTXT_", "STATSMAILER_",
    "TELNETCONSOLE_",
)  # fmt: skip


def rule_of(name: str, default: object) -> SettingRule | None:
    """Return the rule of a setting: its own, else one by the type of Scrapy's default value."""
    if name in RULES:
        return RULES[name]
    if isinstance(default, bool):
        return SettingRule("switch")
    if isinstance(default, int):
        return SettingRule("whole")
    return SettingRule("number") if isinstance(default, float) else None


def fault_of(rule: SettingRule, value: Any) -> str | None:
    """Return what is wrong with a setting's value, and what to write; None where nothing is.

    >>> fault_of(RULES["LIST_PAGES"], "x")
    "'x' is no whole number: write one of 1 or more"
    >>> fault_of(RULES["DOWNLOAD_DELAY"], "-1")
    "'-1' is too small: write a number of 0 or more"
    >>> fault_of(RULES["KEEP_PAGES"], "no")
    "'no' is neither True nor False: write one of them"
    >>> fault_of(RULES["ALERT_PING"], "https://ping.vn/{paper}")
    '{paper} stands for nothing: write {newspaper} for the name'
    >>> fault_of(RULES["ALERT_PING"], "https://ping.vn/{newspaper}")
    >>> fault_of(RULES["LIST_PAGES"], "12")
    """
    match rule.kind:
        case "switch":
            is_switch = isinstance(value, bool) or str(value).lower() in _SWITCHES
            return None if is_switch else f"{value!r} is neither True nor False: write one of them"
        case "whole" | "number":
            return _number_fault(rule, value)
        case "level":
            is_level = str(value).upper() in LEVELS
            return None if is_level else f"{value!r} is no level: write {', '.join(LEVELS)}"
        case "path":
            is_path = isinstance(value, str) and bool(value.strip())
            return None if is_path else f"{value!r} names no folder: write its path"
        case "link":
            is_link = value == "" or str(value).startswith(("https://", "http://"))
            return None if is_link else f"{value!r} is no address: write https://…"
        case "ping":
            braces = set(_BRACES.findall(str(value))) - {NEWSPAPER}
            if braces:
                return f"{min(braces)} stands for nothing: write {NEWSPAPER} for the name"
            return fault_of(RULES["ALERT_WEBHOOK"], value)
        case "text":
            return None if isinstance(value, str) else f"{value!r} is no text: write it in quotes"


def _number_fault(rule: SettingRule, value: Any) -> str | None:
    noun = "whole number" if rule.kind == "whole" else "number"
    wanted = _wanted(rule, noun)
    if isinstance(value, bool):
        return f"{value!r} is no {noun}: write {wanted}"
    try:
        number = int(value) if rule.kind == "whole" else float(value)
    except (TypeError, ValueError):
        return f"{value!r} is no {noun}: write {wanted}"
    if (rule.kind == "whole" and number != float(value)) or not isfinite(number):
        return f"{value!r} is no {noun}: write {wanted}"
    if number < rule.least:
        return f"{value!r} is too small: write {wanted}"
    return f"{value!r} is too large: write {wanted}" if number > rule.most else None


def _wanted(rule: SettingRule, noun: str) -> str:
    article = "one" if rule.kind == "whole" else f"a {noun}"
    if rule.most < inf:
        return f"{article} from {rule.least:g} to {rule.most:g}"
    return f"{article} of {rule.least:g} or more" if rule.least > -inf else article
