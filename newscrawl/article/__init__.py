"""Read an article: one question a module (body, captions, byline, dates), one class a page."""
