"""On PYTHONPATH, this breaks a page class as a redesign would: what it loses, reparse brings back.

BREAK=layout: the headline of today's Báo Tuyên Quang is not found. BREAK=all: the generic reader
does not stand in for it either.
"""

from __future__ import annotations

import os
from typing import NoReturn

from newscrawl.article.generic.generic_page import GenericPage
from newscrawl.cms.vnpt import VnptA1Page
from newscrawl.exceptions import ExtractionError


def _unread(page: GenericPage) -> NoReturn:
    raise ExtractionError("headline", page.document.url)


VnptA1Page.headline_selector = ".no-such-headline"
if os.environ.get("BREAK") == "all":
    GenericPage.to_item = _unread  # type: ignore[assignment,method-assign]
