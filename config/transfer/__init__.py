"""An archive from one database into another, SQLite or PostgreSQL, row by row.

Numbers stay, so that addresses, citations and records for harvesters do.
"""

from config.transfer.copying import Copied, NotCopied, copy_archive
from config.transfer.target import other_database

__all__ = ["Copied", "NotCopied", "copy_archive", "other_database"]
