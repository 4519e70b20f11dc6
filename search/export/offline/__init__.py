"""A ZIP of web pages, read without a network, sent while it is written."""

from search.export.offline.directory import PackedDirectory
from search.export.offline.pages import CONTENT_TYPE, PAGE, list_name, write_pages
from search.export.offline.sink import Sink

__all__ = [
    "CONTENT_TYPE",
    "PAGE",
    "PackedDirectory",
    "Sink",
    "list_name",
    "write_pages",
]
