"""newscrawl reads provincial newspapers and keeps them as data people can trust.

The line, and where each station lives:

    Source ► Link ► Request ► Response ► page kept ► ArticlePage ► Article ► pipelines ► output/

    sources.py, walk.py   which addresses a paper's lists name, and how far they are walked
    newspaper.py          the spider: from sources to articles; spiders/ declares one paper a file
    handler.py, middlewares/   how the web is asked: guard, robots, politeness
    document.py, blocks.py, body.py, pages.py, cms/   how a page is read, one file a CMS
    items.py              the article: in memory and on disk
    pipelines/            normalise → validate → dedup → archive
    archive/              ledger, raw pages, files, lock, snapshots
    health.py, signs.py, weaknesses.py, listdrift.py   how a redesign is noticed in its first run
    extensions/, report.py, commands/   what a run says, and what a person types
    replica/              a small newspaper on loopback, for the demo and the tests
"""

__version__ = "0.1.0"
