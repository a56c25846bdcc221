"""news-please's CC-NEWS extractor on a local collection; runs where news-please is installed.

    PYTHON tests/benchmarks/newsplease_collection.py FILE HOST

No byte leaves the machine: it is told that it has no credentials, and takes the file as downloaded.
"""

# mypy: ignore-errors
# (news-please is in no environment of ours)

import socket
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus

import boto3
import botocore.exceptions
from newsplease.crawler.commoncrawl_crawler import CommonCrawlExtractor


def refuse(*_: object, **__: object) -> None:
    raise OSError("this benchmark asks nobody")


def nothing(*_: object) -> None:
    pass


def no_credentials(*_: object, **__: object) -> None:
    raise botocore.exceptions.NoCredentialsError


def main() -> None:
    file, host = sys.argv[1:]
    boto3.client = no_credentials
    socket.socket.connect = refuse
    found = []
    with TemporaryDirectory() as folder:
        name = "collection.warc.gz"
        (Path(folder) / quote_plus(name)).symlink_to(file)
        CommonCrawlExtractor().extract_from_commoncrawl(
            name, found.append, nothing, valid_hosts=[host], strict_date=False,
            local_download_dir_warc=folder, continue_after_error=True, fetch_images=False,
            delete_warc_after_extraction=False,
        )  # fmt: skip
    print(sum(article.maintext is not None for article in found))


if __name__ == "__main__":
    main()
