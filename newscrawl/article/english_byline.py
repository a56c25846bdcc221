"""Read English bylines: "By A, B and C | Updated …", "Posted by A at 8:40 AM", "— A".

The names come first; roles, outlets, places, dates and addresses behind them go. A line whose words
are not names is no byline, because a line taken for one is lost to the text.
"""

import re
from typing import Final

from newscrawl.article.lazy_pattern import LazyPattern
from newscrawl.article.meta_lines import is_date_line, is_labelled_date
from newscrawl.text import clean_lines

_LINE_MAX_CHARS: Final = 160
_BY: Final = LazyPattern(
    r"(?:^\W*|(?<=[|•·–—\d.m]) ?)"
    r"(?:(?:(?:re)?posted|written|reported|published|submitted|compiled|story|words|text|report"
    r"|article|interview|review|analysis) )?by ?:? (?=[^\W\d_])",
    re.IGNORECASE,
)
_WEEKDAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_TAIL: Final = LazyPattern(  # what no name holds: marks, digits, days, "at", "for the X"
    rf"\s*(?:[|•·@(\d]|[-–—]\s|\b(?:at|on|of|for|in|from|special to|via)\b"
    rf"|\b(?:first |last )?(?:published|updated|posted|modified)\b|\b{_WEEKDAY}[ ,]"
    rf"|\b{_MONTH} ?\d|\bread more\b|\S+@).*",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN: Final = LazyPattern(
    r"\s*[,;\n]\s*(?:(?:and|&)\s+)?|\s+(?:and|with)\s+|\s*[&/]\s*", re.IGNORECASE
)
_PLACE: Final = r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,2}"
_PARTICLES: Final = "de|da|del|della|di|van|von|der|den|la|le|bin|al|el|du|dos|y|ter|ten"
_NAME: Final = LazyPattern(
    rf"[^\W\d_a-z][\w.'’-]*(?: (?:[^\W\d_a-z][\w.'’-]*|(?:{_PARTICLES})(?= ))){{1,4}}"
)
_PLACE_BETWEEN: Final = LazyPattern(  # "A in Dunmore and B in Paris"; behind the last _TAIL cuts
    rf" in {_PLACE}(?=(?:, (?:and )?| and | & ){_NAME.pattern} in )"
)
_CAPITALS: Final = LazyPattern(r"[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*| (?:and|of|the|&))*")
_AFFILIATION: Final = LazyPattern(
    r"\b(?:staff|writers?|reporters?|editors?|correspondents?|columnists?|photographers?"
    r"|contributors?|news|press|times|post|reuters|ap|afp|bbc|cnn|npr|tribune|herald|journal"
    r"|media|agency|desk|bureau|network|magazine|service|today|team|university|guest|senior"
    r"|chief|the)\b",
    re.IGNORECASE,
)
_WITH_ROLE: Final = LazyPattern(
    rf"({_NAME.pattern})\s*[,|\n–—-]\s*(?:\S+ ){{0,4}}(?i:writer|reporter|editor|correspondent"
    r"|columnist|photographer|contributor|intern)s?"
)
_PICTURES_BY: Final = LazyPattern(
    r"(?:photos?|photographs?|photography|pictures|images|video|graphics?|illustrations?"
    r"|additional reporting) by:? ",
    re.IGNORECASE,
)
_CREDIT_MAX_CHARS: Final = 100
_CREDIT_BEGINNINGS: Final = "(PpIiC"
_AGENCIES: Final = (
    r"(?:Getty Images|Getty|AP(?: Photos?)?|Associated Press|Reuters|REUTERS|AFP|EPA|PA(?: Wire)?"
    r"|Shutterstock|Bloomberg(?: News)?|Unsplash|NASA|Wikimedia(?: Commons)?|Alamy(?: Stock Photo)?"
    r"|iStock|Xinhua|TASS|USA TODAY Sports|[A-Z][\w.]* Photo)"
)
_PHOTO_CREDIT: Final = LazyPattern(
    r"\(?(?:"
    r"(?i:(?:photo|image|picture)?s? ?credits?|photos?|photographs?|images?|pictures?)"
    r"(?: ?: ?| by:? | courtesy(?: of| ?:) ?)(?:the )?(?:[^\W\d_a-z@][^\s,;]*|@\S+)"
    r"(?:,?[ /|](?:[^\W\d_a-z@&(][^\s,;]*|of|the|via|for|and|by|/|\||@\S+))*"
    rf"|{_NAME.pattern}(?: ?/ ?{_AGENCIES})+|{_AGENCIES} ?/ ?{_NAME.pattern}"
    r")\)?"
)
_SIGNED: Final = LazyPattern(r"(?:[–—]|--) ?(?=[^\W\d_a-z])")
_SUFFIX: Final = LazyPattern(r"(?:jr|sr|ii|iii|md|phd|ph\.d)\.?", re.IGNORECASE)


def may_be_english(text: str) -> bool:
    """Return whether a line is short and holds "by", as every English byline above a text does."""
    return len(text) <= _LINE_MAX_CHARS and ("by" in text or "By" in text or "BY" in text)


def english_names(text: str) -> tuple[str, ...]:
    r"""Return the persons that an English byline names, in order; () for any other line.

    >>> english_names("By Ada Quill, Rae Lind and Dan Okoro | Updated September 12, 2024")
    ('Ada Quill', 'Rae Lind', 'Dan Okoro')
    >>> english_names("Posted by Ada Quill at 7:40 AM"), english_names("12 May 2024 | By Rae Lind")
    (('Ada Quill',), ('Rae Lind',))
    >>> english_names("By Ada Quill in Dunmore, Rae Lind in Port Lacey and Dan Okoro in Paris")
    ('Ada Quill', 'Rae Lind', 'Dan Okoro')
    >>> english_names("By Friday the hall will open"), english_names("By Reuters")
    ((), ())
    """
    if not may_be_english(text):
        return ()
    lines = clean_lines(text)
    by = _BY.search(lines)
    if by is None:
        return ()
    before = lines[: by.start()].strip(" |•·–—-\n")
    if before and not (is_date_line(before) or is_labelled_date(before)):
        return ()
    return _names(_TAIL.sub("", _PLACE_BETWEEN.sub("", lines[by.end() :])))


def signed_names(text: str) -> tuple[str, ...]:
    """Return the persons that a line with a dash before them names; () for any other line.

    >>> signed_names("— Ada Quill and Rae Lind"), signed_names("— Mua xong thì về")
    (('Ada Quill', 'Rae Lind'), ())
    """
    dash = _SIGNED.match(text) if len(text) <= _LINE_MAX_CHARS else None
    return _names(text[dash.end() :]) if dash else ()


def named_with_role(text: str) -> str:
    """Return the name before a role that ends a line: "Ada Quill, Staff Writer"; "" for none.

    >>> named_with_role("Ada Quill, Harbour correspondent"), named_with_role("Ada Quill smiled")
    ('Ada Quill', '')
    """
    found = _WITH_ROLE.fullmatch(text)
    return found[1] if found is not None else ""


def _names(text: str) -> tuple[str, ...]:
    names: list[str] = []
    for part in filter(None, _BETWEEN.split(text.strip(" ,;\n"))):
        piece = _PICTURES_BY.sub("", part)
        if names and _SUFFIX.fullmatch(piece):
            names[-1] = f"{names[-1]}, {piece}"
        elif _AFFILIATION.search(piece):
            if not names:
                return ()
        elif _NAME.fullmatch(piece):
            names.append(piece if piece.endswith(("Jr.", "Sr.")) else piece.rstrip("."))
        elif not names or not _CAPITALS.fullmatch(piece):
            return ()
    return tuple(dict.fromkeys(names))


def is_photo_credit(text: str) -> bool:
    """Return whether a line names a photographer and nothing else.

    >>> is_photo_credit("Photo: Ada Quill/Reuters"), is_photo_credit("(Ada Quill/AP Photo)")
    (True, True)
    >>> is_photo_credit("Photo studios will open"), is_photo_credit("Photo: the old hall in 1911")
    (False, False)
    """
    if not 0 < len(text) <= _CREDIT_MAX_CHARS:
        return False
    if text[0] not in _CREDIT_BEGINNINGS and "/" not in text:
        return False
    return _PHOTO_CREDIT.fullmatch(text) is not None
