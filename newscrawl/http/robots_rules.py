"""A reader of robots.txt by RFC 9309. Pure.

It replaces protego, in which an unknown line ends a group (so that rules are lost) and an agent of
two words is missed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Self
from urllib.parse import urlsplit

from newscrawl.http.throttle import CRAWL_DELAY_MAX_S

ROBOTS_MAX_BYTES: Final = 500 * 1024  # RFC 9309, section 2.5 asks for at least so much
_LINE_MAX_CHARS: Final = 16_663  # longer lines are cut, as in Google's parser

Access = Literal["read", "free", "unreachable"]

# Field names as they are misspelt in public robots.txt files (Google's parser, protego).
_FIELDS: Final[Mapping[str, str]] = {
    "user-agent": "agent",
    "useragent": "agent",
    "user agent": "agent",
    "allow": "allow",
    **dict.fromkeys(
        ("disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"), "disallow"
    ),
    "sitemap": "sitemap",
    "sitemaps": "sitemap",
    "site-map": "sitemap",
    "crawl-delay": "delay",
    "crawl delay": "delay",
    "request-rate": "rate",
    "request rate": "rate",
    "content-signal": "signal",
}
_NO_COLON: Final = re.compile(r"([A-Za-z-]+)[ \t]+([^ \t]+)")
_TOKEN: Final = re.compile(r"[A-Za-z_-]+")
_RATE: Final = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})\s*([smhd]?)", re.IGNORECASE)
_REFUSAL: Final = re.compile(r"[a-z-]{1,40}=no")
_UNIT_S: Final = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNRESERVED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
)

# Crawlers that only collect training data: a robots.txt that shuts them out reserves that use.
AI_AGENTS: Final = (
    "gptbot",
    "ccbot",
    "google-extended",
    "anthropic-ai",
    "claudebot",
    "bytespider",
    "meta-externalagent",
    "applebot-extended",
    "amazonbot",
    "perplexitybot",
    "cohere-ai",
    "diffbot",
    "omgili",
    "ai2bot",
)


def access(status: int) -> Access:
    """Return what a status for robots.txt means (RFC 9309, section 2.3.1; 429 as Google does).

    >>> [access(status) for status in (200, 404, 403, 429, 503, 301)]
    ['read', 'free', 'free', 'unreachable', 'unreachable', 'free']
    """
    if 200 <= status < 300:
        return "read"
    return "unreachable" if status >= 500 or status in (429, 408) else "free"


@dataclass(frozen=True, slots=True)
class Rule:
    """One path pattern, normalised; the longest that matches decides, allow at equal length."""

    pattern: str
    allows: bool

    def matches(self, path: str) -> bool:
        """Return whether the pattern matches the path's start, in linear time a star."""
        pattern, anchored = self.pattern, self.pattern.endswith("$")
        first, *rest = pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        if not rest:
            return not anchored or at == len(path)
        *middle, last = rest
        for piece in middle:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if anchored:
            return len(path) - len(last) >= at and path.endswith(last)
        return path.find(last, at) >= 0


@dataclass(frozen=True, slots=True)
class Group:
    """The rules and wishes for one agent."""

    rules: tuple[Rule, ...] = ()
    delay_s: float | None = None
    """Crawl-delay, 0 to 300 s"""
    rate_s: float | None = None
    """Seconds a request by Request-rate, 0 to 300 s"""
    signals: tuple[str, ...] = ()
    """Content-Signal lines, e.g. "ai-train=no" """

    @property
    def gap_s(self) -> float:
        """Return the least seconds between two requests; 0 where the file asks for none."""
        return max(self.delay_s or 0.0, self.rate_s or 0.0)

    def allows(self, path: str) -> bool:
        best = max(
            ((len(r.pattern), r.allows) for r in self.rules if r.matches(path)),
            default=(0, True),
        )
        return best[1]


@dataclass(frozen=True, slots=True)
class Robots:
    """A robots.txt as read; `Robots()` forbids nothing."""

    groups: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    """By product token, lower case; "*" for everybody else. Groups of several agents are shared"""
    sitemaps: tuple[str, ...] = ()

    @classmethod
    def parse(cls, raw: bytes) -> Self:
        r"""Return the file as RFC 9309 reads it; a line that is no rule is passed over.

        >>> Robots.parse(b"User-agent: *\nDisallow: /cam/").allows("https://baothu.vn/cam/1")
        False
        """
        reader = _Reader()
        if len(raw) > ROBOTS_MAX_BYTES:  # and half a rule is another rule
            raw = raw[:ROBOTS_MAX_BYTES]
            raw = raw[: max(raw.rfind(b"\n"), raw.rfind(b"\r")) + 1]
        for line in re.split(r"[\r\n]+", _text(raw)):
            reader.line(line[:_LINE_MAX_CHARS])
        rules = {id(draft.rules): tuple(draft.rules) for draft in reader.drafts}
        groups = {
            agent: tuple(draft.group(rules[id(draft.rules)]) for draft in drafts)
            for agent, drafts in reader.by_agent.items()
        }
        return cls(groups, tuple(reader.sitemaps))

    def group(self, agent: str = "newscrawl") -> Group:
        """Return the rules for an agent: its own, else those of `*`, else none."""
        token = _TOKEN.match(agent)
        named = token is not None and token[0] == agent
        found = (named and self.groups.get(agent.lower())) or self.groups.get("*", ())
        return found[0] if len(found) == 1 else _merged(found)

    def allows(self, url: str, agent: str = "newscrawl") -> bool:
        """Return whether an agent may ask for an address; robots.txt itself is always allowed."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return parts.path == "/robots.txt" or self.group(agent).allows(_normal(path))

    def opt_outs(self) -> tuple[str, ...]:
        """Return what is reserved from text and data mining: agents shut out, content signals."""
        shut = (a for a in AI_AGENTS if a in self.groups and not self.group(a).allows("/"))
        signals = {s for s in self.group("*").signals if _REFUSAL.fullmatch(s)}
        return (*shut, *sorted(signals))


def _merged(groups: tuple[Group, ...]) -> Group:
    """Return the groups of one agent as one (RFC 9309, section 2.2.1); the first wish counts."""
    own = {id(group.rules): group.rules for group in groups}  # groups may share their rules
    return Group(
        rules=tuple(rule for rules in own.values() for rule in rules),
        delay_s=next((g.delay_s for g in groups if g.delay_s is not None), None),
        rate_s=next((g.rate_s for g in groups if g.rate_s is not None), None),
        signals=tuple(signal for group in groups for signal in group.signals),
    )


@dataclass(slots=True)
class _Draft:
    """A group that is being read. Agents with wishes of their own may share their rules."""

    rules: list[Rule] = field(default_factory=list)
    delay_s: float | None = None
    rate_s: float | None = None
    signals: list[str] = field(default_factory=list)

    def group(self, rules: tuple[Rule, ...]) -> Group:
        return Group(rules, self.delay_s, self.rate_s, tuple(self.signals))


@dataclass(slots=True)
class _Reader:
    """Turn lines into groups: an agent line after a rule begins a new group.

    A Crawl-delay holds for the agents above it alone: in public files it often stands between two
    agents whose author meant two groups.
    """

    drafts: list[_Draft] = field(default_factory=list)
    by_agent: dict[str, list[_Draft]] = field(default_factory=dict)
    sitemaps: list[str] = field(default_factory=list)
    ruled: bool = True
    wished: bool = False

    def line(self, line: str) -> None:
        name, value = _field(line.partition("#")[0])
        if name == "agent":
            self.agent(value)
        elif name == "sitemap" and value:
            self.sitemaps.append(value)
        elif name is not None and self.drafts:
            self.rule(self.drafts[-1], name, value)

    def agent(self, value: str) -> None:
        if self.ruled or self.wished:
            self.drafts.append(_Draft() if self.ruled else _Draft(rules=self.drafts[-1].rules))
            self.ruled = self.wished = False
        token = _TOKEN.match(value)
        name = "*" if value.split()[:1] == ["*"] else token[0].lower() if token else None
        if name is not None:
            own = self.by_agent.setdefault(name, [])
            if not own or own[-1] is not self.drafts[-1]:
                own.append(self.drafts[-1])

    def rule(self, draft: _Draft, name: str, value: str) -> None:
        if name in ("allow", "disallow"):
            self.ruled = True
            if value:
                draft.rules.append(Rule(_normal(value), name == "allow"))
            return
        self.wished = True
        if name == "delay" and draft.delay_s is None:
            draft.delay_s = _seconds(value)
        elif name == "rate" and draft.rate_s is None:
            draft.rate_s = _rate(value)
        elif name == "signal":
            draft.signals += [s.strip().lower()[:60] for s in value.split(",") if s.strip()]


def _text(raw: bytes) -> str:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", "replace")
    return raw.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").decode("utf-8", "surrogateescape")


def _field(line: str) -> tuple[str | None, str]:
    """Return the field's meaning and value; (None, "") for a line of no known field."""
    name, colon, value = line.partition(":")
    known = _FIELDS.get(name.strip().lower())
    if known is not None and colon:
        return known, value.strip()
    bare = _NO_COLON.fullmatch(line.strip())
    if bare:
        return _FIELDS.get(bare[1].lower()), bare[2]
    return None, ""


def _normal(path: str) -> str:
    """Return a path or pattern in one spelling: only octets beyond ASCII and reserved ones escaped.

    >>> _normal("/a%2fb/%7Ec/ốc")
    '/a%2Fb/~c/%E1%BB%91c'
    """
    if path.isascii() and path.isprintable() and "%" not in path and " " not in path:
        return path  # most paths
    raw = path.encode("utf-8", "surrogateescape")
    raw = _ESCAPE.sub(_unescaped, raw)
    return "".join(chr(c) if 0x20 < c < 0x7F else f"%{c:02X}" for c in raw)


def _unescaped(match: re.Match[bytes]) -> bytes:
    octet = int(match[1], 16)
    return bytes([octet]) if octet in _UNRESERVED else b"%" + match[1].upper()


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text.replace(",", ".").split()[0])
    except (ValueError, IndexError):
        return None
    return seconds if 0 <= seconds <= CRAWL_DELAY_MAX_S else None


def _rate(text: str) -> float | None:
    match = _RATE.match(text)
    if match is None or int(match[1]) == 0:
        return None
    seconds = int(match[2]) * _UNIT_S[match[3].lower()] / int(match[1])
    return seconds if seconds <= CRAWL_DELAY_MAX_S else None
