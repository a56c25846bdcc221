"""One base for whatever a `with` statement opens and closes."""

from types import TracebackType
from typing import Self


class Closing:
    """Calls `close` when a `with` block ends; a subclass defines `close`."""

    def close(self) -> None:
        """Give back what the object holds; a second call does nothing."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
