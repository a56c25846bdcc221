"""Newspapers as strangers build them: what they print, and what is right of each article.

Nothing here knows the readers. Every site has its own words, layout, addresses, menu, side boxes
and
pager; `stories` writes the sixty articles of a newspaper and so knows every value of them.
"""
