"""Filling a page's template, and the part of an address made from a headline."""

from __future__ import annotations

import html
import random
import re
import unicodedata


def fill(template: str, **values: object) -> str:
    """{{name}} is HTML-escaped, {{{name}}} is not; an unknown name is an error.

    In one pass: what is filled in is not read again, so that a page may hold braces.
    """

    def value(match: re.Match[str]) -> str:
        if match["raw"]:
            return str(values[match["raw"]])
        return html.escape(str(values[match["name"]]))

    return re.sub(r"\{\{\{\s*(?P<raw>\w+)\s*\}\}\}|\{\{\s*(?P<name>\w+)\s*\}\}", value, template)


def dice(*seed: object) -> random.Random:
    """A source of chance that gives the same for the same seed."""
    return random.Random(":".join(map(str, seed)))  # noqa: S311


def slugify(text: str) -> str:
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
