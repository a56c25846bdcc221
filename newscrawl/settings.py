"""Every Scrapy setting newscrawl changes, with the reason beside it; and its own settings.

Any of them can be set for one run by `-s NAME=VALUE`, or for good by environment variables where
this file reads one.
"""

import os

from newscrawl import __version__

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
NEWSPIDER_MODULE = "newscrawl.spiders"
# A fault in one declaration stops that newspaper alone.
SPIDER_LOADER_CLASS = "newscrawl.crawl.spider_loader.NewspaperLoader"
COMMANDS_MODULE = "newscrawl.commands"  # crawl with an exit code that tells the truth, and ours

# newscrawl's own ---------------------------------------------------------------------------------
CONTACT = os.environ.get("NEWSCRAWL_CONTACT", "")  # e-mail or https address of the operator
ARCHIVE = os.environ.get("NEWSCRAWL_ARCHIVE", "output")  # folder of the archive
KEEP_PAGES = True  # raw pages as WARC; without them nothing can be read again with later code
MIRROR = ""  # another server behind the papers' own addresses, as curl's --connect-to
LIST_PAGES = 100  # pages of one list in one run; the next run goes on from there
LINKS_PER_PAGE = 1000  # of one list page; the longest seen have a hundred
REVISITS = 500  # archived articles looked at again in one run
MIN_FREE_BYTES = 1024**3  # below it no run starts: a full disk is told before it happens
EXPORT_EVERY_S = 600  # the files are written anew at such intervals of a long run

# Who we are, and how often we ask ----------------------------------------------------------------
USER_AGENT = f"newscrawl/{__version__}"  # the contact is added when a run starts
ROBOTSTXT_OBEY = False  # Scrapy's own takes 5xx for "all allowed": our middleware obeys RFC 9309
DOWNLOAD_DELAY = 1.0  # one request a second a paper
DOWNLOAD_DELAY_JITTER = 0  # Scrapy's shortens the delay as often as it lengthens it
DELAY_JITTER = 0.25  # ours: up to a quarter more, never less
BACKOFF_S = 2.0  # pause after a failure of the host, doubled with each one more
BACKOFF_MAX_S = 32.0
PATIENCE_S = 900.0  # pauses in a row after which a host is given up
DEAD_AFTER = 12  # failures in a row of a host that never answered
LOST_AFTER = 22  # the same of one that did: ten minutes of pauses
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 8
RETRY_TIMES = 2
DOWNLOAD_TIMEOUT = 25  # in all, stalled bodies included; below the 30 s a stop may take
REDIRECT_MAX_TIMES = 5  # as robots.txt's in RFC 9309

# What an answer may cost -------------------------------------------------------------------------
DOWNLOAD_MAXSIZE = 8 * 1024**2  # on the wire and unpacked; the default of 1 GiB is a bomb's size
DOWNLOAD_WARNSIZE = 2 * 1024**2
URLLENGTH_LIMIT = 2048
MEMUSAGE_LIMIT_MB = 1024  # four times what a crawl of 100,000 articles needs; the run ends cleanly

# Where a request may go --------------------------------------------------------------------------
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.http.download_handler.NewspaperHandler",
    "https": "newscrawl.http.download_handler.NewspaperHandler",
    "file": None,  # a link to file:// was read and handed to the callback (measured)
    "data": None,
    "ftp": None,
    "s3": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's default is False
COMPRESSION_ENABLED = False  # the handler unpacks: there a cut-off body is asked for again
COOKIES_ENABLED = False  # 200 cookies of a front page came back on every request (measured)
METAREFRESH_ENABLED = False  # no newspaper needs it, and it costs a fifth of the CPU (measured)
REFERER_ENABLED = False  # no page needs to know which list named it
HTTPPROXY_ENABLED = False  # through a proxy no address can be checked
TELNETCONSOLE_ENABLED = False  # executes Python for whoever connects
REMOTE_CONTROL_ENABLED = False  # the same, on by default since 2.19

# How it runs -------------------------------------------------------------------------------------
TWISTED_REACTOR_ENABLED = False  # asyncio alone: 0.8 of the CPU of bare Scrapy (measured)
CONCURRENT_ITEMS = 1  # a page gives one article; 100 tasks a response cost 0.6 of bare Scrapy
LOG_LEVEL = "WARNING"  # who watches has the progress line, who comes back the run report
LOGSTATS_INTERVAL = 0  # the progress line and the run report say it better
WARN_ON_GENERATOR_RETURN_VALUE = False  # parses the callback's source for each answer: 0.2 ms
STATS_CLASS = "newscrawl.http.stats.RunStats"  # a count in 0.1 µs, not 1.9
STATS_DUMP = False  # the run report has every figure that means something
FEED_EXPORT_ENCODING = "utf-8"

# Scrapy's own that no newspaper needs, or that ours replace, are not named at all: what is named
# to be left out is imported for it, cookies with requests and urllib3: 0.07 s of every run.
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
# Each is two more generators around everything a page yields. Addresses are bounded by `urls`; a
# page asked for again is the same request with its own meta.
SPIDER_MIDDLEWARES_BASE = {"scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": 50}
EXTENSIONS_BASE = {  # the run report has its own figures
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
}
EXTENSIONS = {
    "newscrawl.crawl.run_keeper.RunKeeper": 0,
    "newscrawl.crawl.progress_line.ProgressLine": 500,
}
