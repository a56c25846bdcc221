"""Whether a declaration reads the ids under which an archive keeps its articles."""

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from newscrawl.archive.newspaper_archive import Archive
from newscrawl.config.program import to_type
from newscrawl.exceptions import DeclarationError

_SAMPLE_MAX_LINKS: Final = 200
_SAMPLE_MIN_LINKS: Final = 3  # a single address may have moved


class KeptLink(NamedTuple):
    """An archived article's key and newest address."""

    key: str
    url: str


class ReadsKeys(Protocol):
    """A newspaper, as far as its keys go."""

    name: str

    @classmethod
    def key_of(cls, url: str) -> str | None:
        """Return the key in an address; None without one."""


def check_kept_ids(newspaper: type[ReadsKeys], kept: Sequence[KeptLink]) -> None:
    """Raise `DeclarationError` where a crawl would store every archived article a second time.

    A newspaper that was crawled by the generic reader, and gets a family of its own, has articles
    under other ids than the family reads: each of 60 was doubled, and nothing said so. One address
    that agrees is enough, because an article may have moved to an address with another number.

    Args:
        newspaper: The declaration.
        kept: At most 200 archived links of the newspaper.
    """
    read = [(link, key) for link in kept if (key := newspaper.key_of(link.url)) is not None]
    if len(read) < _SAMPLE_MIN_LINKS or any(link.key == key for link, key in read):
        return
    link, key = read[0]
    ingest = to_type(f"ingest OLD/pages/*/*.warc.gz --newspaper {newspaper.name}")
    raise DeclarationError(
        f"{newspaper.name}: the archive keeps its articles under other ids than the declaration"
        f" reads: {link.url} is {link.key!r} there, key_of reads {key!r}; a crawl would store"
        f" all of them twice: move the newspaper's folder aside and type {ingest}, which reads its"
        " pages under the new ids, or let read_key return the ids that are kept"
    )


def check_archive_ids(newspaper: type[ReadsKeys], archive: Archive) -> None:
    """Close the archive and raise `DeclarationError` as `check_kept_ids` does."""
    kept = archive.ledger.links.archived_addresses(_SAMPLE_MAX_LINKS)
    try:
        check_kept_ids(newspaper, [KeptLink(*link) for link in kept])
    except DeclarationError:
        archive.close()
        raise
