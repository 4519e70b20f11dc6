"""Pages of the web: folders and zip archives of them, and WARC, an article each."""

from archive.importing.readers.web.pages import (
    is_page,
    iter_folder_rows,
    iter_zip_rows,
)
from archive.importing.readers.web.warc import iter_warc_rows

__all__ = ["is_page", "iter_folder_rows", "iter_warc_rows", "iter_zip_rows"]
