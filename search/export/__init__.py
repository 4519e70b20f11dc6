"""Everything a search finds, as files.

A format is one module that turns entries into text and one row in
``search.export.formats``.
"""
