"""Reading a news page of no known family: from what is printed, how it is laid out, what it is called.

No rule names a site. `survey` sees the page as blocks; every other module weighs one question on
them (`headline`, `container`, `captions`, `lead`, `published`, `signature`, `labels`, `lists`);
`newscrawl.cms.generic` puts the answers together.
"""
