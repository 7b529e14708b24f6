"""Settings of the documentation site; `make site` writes its generated pages and builds it."""

import nordbench

project = "nordbench"
author = copyright = "The nordbench founders"
release = version = nordbench.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = f"nordbench {release}"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
napoleon_google_docstring = False
napoleon_use_rtype = False
autodoc_typehints = "none"
# Pages of single indicators are reached from the lists of the catalogue.
suppress_warnings = ["toc.not_included"]
