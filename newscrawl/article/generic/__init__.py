"""Reading a news page of no known family: what is printed, how it is set, what it is called.

No rule names a site. `survey` sees the page as blocks; every other module weighs one question on
them (`headline`, `container`, `captions`, `lead`, `published`, `signature`, `labels`, `lists`);
`newscrawl.article.generic.generic_page` puts the answers together.
"""
