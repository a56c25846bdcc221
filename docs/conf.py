"""Sphinx configuration: `sphinx-build -W docs docs/_build` builds the site.

Pages that repeat what the code says (fields, settings, exit codes, commands, the line) are written
from the code before each build, by `generate.py` beside this file.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import generate

from newscrawl import __version__

project = "newscrawl"
copyright = "newscrawl's contributors"  # noqa: A001  (Sphinx fixes the name)
release = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "_generated"]
html_theme = "furo"
html_title = "newscrawl"
html_static_path = ["_static"]
nitpicky = True

generate.write_pages(Path(__file__).parent / "_generated")
