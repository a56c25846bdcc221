"""Sphinx configuration: `sphinx-build -W docs docs/_build` builds the site.

Tables that repeat what the code says (fields, settings, exit codes, commands, the line) stand in
the pages; `generate.py` beside this file writes them, and a test compares them with the code.
"""

from newscrawl import __version__

project = "newscrawl"
copyright = "newscrawl's contributors"  # noqa: A001  (Sphinx fixes the name)
release = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "newscrawl"
html_static_path = ["_static"]
nitpicky = True
