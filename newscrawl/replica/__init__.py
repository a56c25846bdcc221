"""A small provincial newspaper on loopback, in the markup of the real papers' CMS families.

For tests, benchmarks and `scrapy demo`:

    with running_replica(articles=2000, seed=3) as replica:
        ...  # GET replica.address + path, with the paper's own Host
        replica.truth("baotuyenquang.com.vn")  # what had to be read, a row an article

Or by hand: `python -m newscrawl.replica --port 8000`; it prints `{"ready": true, "port": 8000}`.
It listens on 127.0.0.1 only. The same options give the same bytes on every machine. Sentences and
names are invented; hosts, sections and markup are the papers'.

Papers, by Host (any other: 421): baotuyenquang.com.vn (also www. and m.; template A1 since July
2025, family K before), baodongnai.com.vn (A2), thanhpho.tuyenquang.gov.vn (K; most of its pieces
are the first paper's). Each has /robots.txt, /, its section pages (`/kinh-te/?paged=2`,
`/kinh-te/trang-2.html`), and A1 and A2 their list API.

Options: articles (of the first paper), seed, edition, crawl_delay, page_bytes=(lo, hi), latency_ms,
max_seconds, warm (every page rendered before it is ready), port.

Editions: in each later one about 5 % of the older articles are edited, 2 % are gone (404 or 410),
2 % have a new slug (the old address answers 301), 1 % only another tag, and new ones appear. The
bytes of an article's page, its ETag and Last-Modified change only when the article does.

Control, at any Host: /__replica/truth?host=, /__replica/gone?host=, /__replica/not_articles?host=
(JSON Lines); /__ctl/stats, /__ctl/edition?n=2, /__ctl/hold?after=60 (answers wait from then on;
without `after` they go), /__ctl/reset, /__ctl/quit.

A truth row: key, url, other_urls, template, headline, lead, body (list), captions, images (url,
caption, credit), authors, byline, source, source_url, source_line, section, section_path, tags,
kind (text or photo), published_at, modified (the edition that last changed the text), status (live
or gone), http_status, features (what is special about the page). What the page lacks is null or [].
It is made from the story, never from the markup, and no code is shared with the page readers.
"""

from newscrawl.replica.client import Replica, running_replica

__all__ = ["Replica", "running_replica"]
