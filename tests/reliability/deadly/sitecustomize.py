"""On PYTHONPATH, this kills every process that reads a page whose address ends with DEADLY."""

from __future__ import annotations

import os
import signal

from newscrawl.page.document import Document

_init = Document.__init__


def _kill_or_init(self: Document, url: str, *args: object, **kwargs: object) -> None:
    if url.endswith(os.environ["DEADLY"]):
        os.kill(os.getpid(), signal.SIGKILL)
    _init(self, url, *args, **kwargs)  # type: ignore[arg-type]


Document.__init__ = _kill_or_init  # type: ignore[method-assign]
