"""Scrapy's settings as the options of an archive, which knows no Scrapy."""

from datetime import timedelta
from pathlib import Path

from scrapy.settings import BaseSettings

from newscrawl.archive.newspaper_archive import ArchiveOptions, Retention


def archive_options(settings: BaseSettings) -> ArchiveOptions:
    """Return the options that the settings of the operator state."""
    return ArchiveOptions(
        home=Path(settings["ARCHIVE"]),
        keeps_pages=settings.getbool("KEEP_PAGES"),
        free_min_bytes=settings.getint("MIN_FREE_BYTES"),
        takes_snapshot=settings.getbool("SNAPSHOT"),
        allows_network_disk=settings.getbool("NETWORK_DISK"),
        retention=Retention(
            page_months=settings.getint("PAGES_KEEP_MONTHS"),
            daily_snapshots=settings.getint("SNAPSHOTS_DAILY"),
            monthly_snapshots=settings.getint("SNAPSHOTS_MONTHLY"),
            snapshot_every=timedelta(hours=settings.getfloat("SNAPSHOT_EVERY_H")),
        ),
    )
