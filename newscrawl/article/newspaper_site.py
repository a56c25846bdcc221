"""What reading a page needs to know of the newspaper's site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from newscrawl.urls.article_keys import generic_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a page class needs to know of the newspaper's site."""

    name: str
    """Spider name, the first part of every article id"""
    domain: str
    hosts: Mapping[str, str]
    """Every host of the newspaper → the host that its addresses are kept with"""
    read_key: Callable[[str], str | None] = generic_key
    """Returns the key in an article's address; None for an address of no article"""
    has_own_form: bool = False
    """Whether the paper's CMSs give every article an address that `read_key` knows; False = an
    address of any form may be an article's where a feed says so"""
