"""The package's exceptions, one class a cause, each with who raises it."""


class NewscrawlError(Exception):
    """The base of every error newscrawl raises itself; the message is one line for a person."""


class DeclarationError(NewscrawlError):
    """A newspaper's class contradicts itself or lacks a line; raised when the class is imported."""


class ArgumentError(NewscrawlError):
    """A spider argument or setting has an impossible value; raised before any request."""


class SiteLookError(NewscrawlError):
    """A look at a site found nothing to crawl; `code` is the exit code that says why."""

    def __init__(self, said: str, code: int) -> None:
        super().__init__(said)
        self.code = code


class ExtractionError(NewscrawlError):
    """A required field cannot be read from a page; raised by `ArticlePage`.

    The error never stops a crawl: the error is counted, the raw page stays, the report names the
    page.
    """

    def __init__(self, field: str, url: str, why: str = "not found on the page") -> None:
        super().__init__(f"{field}: {why}: {url}")
        self.field = field
        self.url = url
        self.why = why


class NotAnArticleError(NewscrawlError):
    """A page is not an article (video, soft 404, section, home page); counted, never a failure."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"not an article: {why}: {url}")
        self.url = url
        self.why = why


class UnmarkedPageError(NotAnArticleError):
    """A page has none of the paper's own marks and no article that the generic reader finds.

    It proves nothing of the article that was asked for: a site under repair gives such pages.
    """


class IncompletePageError(NewscrawlError):
    """A response is not whole (cut off, garbled, a bot wall); fetched again, never stored."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"page is not whole: {why}: {url}")
        self.url = url
        self.why = why


class PageTooLargeError(IncompletePageError):
    """A page exceeds a limit of `newscrawl.page.limits`; never fetched again, it would again."""


class InvalidArticleError(NewscrawlError):
    """An article breaks the schema; raised by the validate pipeline with all its problems."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


class ArchiveError(NewscrawlError):
    """The archive cannot be opened or written, or is damaged; the archive is left unchanged."""


class NoSpaceError(ArchiveError):
    """Too little space is left on the archive's disk for a run to begin."""


class ArchiveBusyError(ArchiveError):
    """Another run holds the newspaper's lock."""


class ClusterLostError(NewscrawlError):
    """The cluster that reads pages is lost; what was committed is kept, the next run goes on."""
