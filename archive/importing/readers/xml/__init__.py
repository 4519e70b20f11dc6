"""Readers of XML: feeds and exports of blogs, TEI, MODS and MARCXML.

Nothing outside a file is ever fetched, and files that declare entities are refused.
"""

from archive.importing.readers.xml.feeds import iter_feed_rows
from archive.importing.readers.xml.marcxml import iter_marc_rows
from archive.importing.readers.xml.mods import iter_mods_rows
from archive.importing.readers.xml.tei import iter_tei_rows

__all__ = ["iter_feed_rows", "iter_marc_rows", "iter_mods_rows", "iter_tei_rows"]
