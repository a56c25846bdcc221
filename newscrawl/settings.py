"""The settings: those of Scrapy that newscrawl changes, each with its reason, and its own.

`-s NAME=VALUE` sets any of them for one run, the environment variable NEWSCRAWL_<NAME> or the file
newscrawl.toml for all runs; of these three the first that names a setting counts.
"""

import os
from pathlib import Path

from scrapy.settings import default_settings

from newscrawl.config.operator_file import operator_settings
from newscrawl.version import __version__

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
# A fault in one declaration stops that newspaper alone.
SPIDER_LOADER_CLASS = "newscrawl.crawl.spider_loader.NewspaperLoader"
COMMANDS_MODULE = "newscrawl.commands"  # ours, and a `crawl` whose exit code says how the run ended

# newscrawl's own ---------------------------------------------------------------------------------
CONTACT = ""  # e-mail or https address of the operator
ARCHIVE = "output"  # folder of the archives, beside newscrawl.toml, else beside scrapy.cfg
KEEP_PAGES = True  # raw pages as WARC, which `scrapy reparse` reads again with later code
PAGES_KEEP_MONTHS = 0  # the newest months of raw pages are kept; 0 keeps all
SNAPSHOT = True  # a run ends with a snapshot; crawlall takes one of all newspapers instead
SNAPSHOT_EVERY_H = 0  # hours between two of a newspaper; a run that changed nothing takes none
SNAPSHOTS_DAILY = 7  # the newest of so many days is kept
SNAPSHOTS_MONTHLY = 12  # and the newest of so many months
NETWORK_DISK = False  # locks on network file systems may not hold, and SQLite needs them
MIRROR = ""  # server that is asked in the papers' place, as with curl's --connect-to
LIST_PAGES = 100  # pages of one list in one run; the next run goes on from there
LINKS_PER_PAGE = 1000  # of one list page; the longest seen have a hundred
REVISITS = 500  # archived articles asked for again in one run
MIN_FREE_BYTES = 1024**3  # no run starts below it, so that none fills the disk
DISK_WARN_DAYS = 14  # a disk that will be full in fewer days is told, exit code 3; 0 = never
ALERT_PING = ""  # pinged at /start, at the end, and at /fail; {newspaper} stands for the name
ALERT_WEBHOOK = ""  # address that gets JSON when a trouble begins, changes, ends, and once a week
PARENT_PID = 0  # process whose end stops the run; crawlall sets its own
HOST_WAIT_S = 3600  # so long a run waits for one of another newspaper on its host; then 75
QUEUE = ""  # PostgreSQL that holds the jobs of a fleet: postgresql://user@host/database
QUEUE_BEAT_S = 15  # a node of the fleet signs so often; four signs missing, and it is lost
QUEUE_AGAIN_S = 300  # after so long a job that met another run (75) is tried again
EXPORT_EVERY_S = 600  # a long run writes the files at such intervals

# Identity and pace --------------------------------------------------------------------------------
USER_AGENT = f"newscrawl/{__version__}"  # the contact is added when a run starts
ROBOTSTXT_OBEY = False  # Scrapy takes a 5xx for "all allowed"; our middleware obeys RFC 9309
DOWNLOAD_DELAY = 1.0  # least seconds from the first byte of an answer to the next request
DOWNLOAD_DELAY_JITTER = 0  # Scrapy's jitter shortens the delay as often as it lengthens it
DELAY_JITTER = 0.25  # our jitter lengthens the delay by up to a quarter
BACKOFF_S = 2.0  # pause after a failure of the host, doubled with each one more
BACKOFF_MAX_S = 32.0
PATIENCE_S = 900.0  # pauses in a row after which a host is given up
DEAD_AFTER = 12  # failures in a row that end a host which never gave a page
LOST_AFTER = 22  # the same for a host that gave pages: ten minutes of pauses
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 8
RETRY_TIMES = 2
DOWNLOAD_TIMEOUT = 25  # for the whole answer; below the 30 s that a stop may take
REDIRECT_MAX_TIMES = 5  # the limit that RFC 9309 sets for robots.txt

# Size of an answer -------------------------------------------------------------------------------
DOWNLOAD_MAXSIZE = 8 * 1024**2  # on the wire and unpacked; the default is 1 GiB
DOWNLOAD_WARNSIZE = 2 * 1024**2
URLLENGTH_LIMIT = 2048
MEMUSAGE_LIMIT_MB = 1024  # four times the need of a crawl of 100,000 articles; the run ends cleanly

# Where a request may go --------------------------------------------------------------------------
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.http.download_handler.NewspaperHandler",
    "https": "newscrawl.http.download_handler.NewspaperHandler",
    "file": None,  # else a link to file:// is read and handed to the callback
    "data": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's default is False
COMPRESSION_ENABLED = False  # the handler unpacks, so that a truncated body is retried
COOKIES_ENABLED = False  # a front page can set 200 cookies, sent with every request
METAREFRESH_ENABLED = False  # no newspaper needs it, and it takes a fifth of the CPU time
REFERER_ENABLED = False  # no newspaper needs it
HTTPPROXY_ENABLED = False  # behind a proxy no address can be checked
TELNETCONSOLE_ENABLED = False  # executes Python for whoever connects
REMOTE_CONTROL_ENABLED = False  # executes Python too; on by default since 2.19

# How it runs -------------------------------------------------------------------------------------
TWISTED_REACTOR_ENABLED = False  # asyncio alone takes 0.8 of the CPU time
CONCURRENT_ITEMS = 1  # a page gives one article; Scrapy makes 100 tasks for each response
LOG_LEVEL = "WARNING"  # the progress line and the run report say the rest
LOG_DATEFORMAT = "%Y-%m-%d %H:%M:%S %z"  # the machine's time with its zone; reports say theirs
LOGSTATS_INTERVAL = 0  # the progress line shows the same
WARN_ON_GENERATOR_RETURN_VALUE = False  # it parses the callback's source: 0.2 ms an answer
STATS_CLASS = "newscrawl.http.stats.RunStats"  # a count takes 0.1 µs instead of 1.9
STATS_DUMP = False  # the run report has the figures
FEED_EXPORT_ENCODING = "utf-8"
FEED_EXPORTERS = {  # `crawl -o` writes what the archive writes
    "json": "newscrawl.crawl.feed_exporters.JsonArticles",
    "jsonlines": "newscrawl.crawl.feed_exporters.JsonLinesArticles",
    "jsonl": "newscrawl.crawl.feed_exporters.JsonLinesArticles",
    "jl": "newscrawl.crawl.feed_exporters.JsonLinesArticles",
    "csv": "newscrawl.crawl.feed_exporters.CsvArticles",
    "xml": "newscrawl.crawl.feed_exporters.XmlArticles",
}

# Unneeded built-in middlewares are left out, not set to None: Scrapy imports even disabled ones,
# which takes 0.07 s of every run.
DOWNLOADER_MIDDLEWARES_BASE = {
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
}
DOWNLOADER_MIDDLEWARES = {
    # From the engine (low) to the downloader (high).
    "newscrawl.http.middlewares.offsite.OffsiteMiddleware": 50,
    "newscrawl.http.middlewares.robotstxt.RobotsTxtMiddleware": 100,
    "newscrawl.http.middlewares.tdm_reservations.TdmReservationsMiddleware": 150,
    "newscrawl.http.middlewares.retry.RetryMiddleware": 550,
    "newscrawl.http.middlewares.redirect.RedirectMiddleware": 600,
    "newscrawl.http.middlewares.throttle.ThrottleMiddleware": 840,
}
ITEM_PIPELINES = {
    "newscrawl.crawl.pipelines.normalize.NormalizePipeline": 100,
    "newscrawl.crawl.pipelines.validate.ValidatePipeline": 200,
    "newscrawl.crawl.pipelines.dedup.DedupPipeline": 300,
    "newscrawl.crawl.pipelines.archive.ArchivePipeline": 400,
}
# A spider middleware costs two generators for each callback. `urls` bounds the length of addresses;
# depth and referer are not used.
SPIDER_MIDDLEWARES_BASE = {"scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": 50}
EXTENSIONS_BASE = {  # without the statistics, which the run report has
    "newscrawl.crawl.memory_bound.MemoryBound": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
}
EXTENSIONS = {
    "newscrawl.crawl.run_keeper.RunKeeper": 0,
    "newscrawl.crawl.progress_line.ProgressLine": 500,
}

# What the operator says --------------------------------------------------------------------------
_KNOWN = frozenset(name for name in (*globals(), *vars(default_settings)) if name.isupper())
OPERATOR = operator_settings(os.environ, Path.cwd(), _KNOWN)
globals().update(OPERATOR.settings)
