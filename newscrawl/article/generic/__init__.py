"""The generic reader: reads a news page of no known family. No rule names a site.

`survey` sees the page as blocks. Each other module answers one question about the blocks:
`headline`, `container`, `body_text`, `lead`, `caption_places`, `signature`, `date_line`,
`section_and_tags`. `generic_page` puts the answers together.
"""
