"""The declarations: those of `many_newspapers` with another page class."""

import time
from typing import Final

from newscrawl.cms.tuyenquang_legacy import LegacyPage
from newscrawl.cms.vnpt import VnptA1Page
from tests.support.many_newspapers import declared

_PAGE_S: Final = 0.02
"""A page takes so long, so that a test can kill a worker in the middle"""


class UntaggedPage(VnptA1Page):
    """The page without its tags."""

    def tags(self) -> tuple[str, ...]:
        time.sleep(_PAGE_S)
        return ()


def _reread(name: str) -> type:
    spider: type = getattr(declared, name)
    body = {"__doc__": spider.__doc__, "__module__": __name__, "pages": (UntaggedPage, LegacyPage)}
    return type(spider.__name__, (spider,), body)


globals().update({name: _reread(name) for name in declared.NAMES})
