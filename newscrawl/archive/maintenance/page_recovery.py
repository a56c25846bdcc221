"""WARC files that a killed run left: whole but for their last record, never written to again."""

from pathlib import Path

from newscrawl.archive.atomic_files import Written, disk, measure
from newscrawl.archive.ledger.ledger import Ledger
from newscrawl.archive.warc.page_reader import members, page_files


def adopt_page_files(ledger: Ledger, folder: Path) -> tuple[str, ...]:
    """Note every WARC file the ledger does not know, and return their names.

    Call it while no `PageStore` is open in the folder. The next export lists the files in the
    manifest. A file without a byte is removed.
    """
    known = ledger.pages.files()
    adopted = []
    for path in page_files(folder):
        name = path.relative_to(folder).as_posix()
        if name in known:
            continue
        if path.stat().st_size == 0:
            with disk("cleaning", path):
                path.unlink()
            continue
        ledger.pages.note_file(name, measure_page_file(path), path.name.rpartition("-")[0])
        adopted.append(name)
    return tuple(adopted)


def measure_page_file(path: Path) -> Written:
    """Return what a WARC file holds; its rows are the records that can be unpacked."""
    rows = sum(member.record is not None for member in members(path))
    whole = measure(path)
    return Written(rows, whole.bytes, whole.sha256)
