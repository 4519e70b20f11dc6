"""An index in a folder of its own, apart from the site's: for measuring.

It is of the site's engine and schema, and reads nothing of the database.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from haystack import connections

from search.engines.contract import Engine
from search.indexing.connections import SITE


def open_private(folder: Path) -> Engine:
    """The site's engine, with its index under *folder*."""
    site = connections[SITE]
    return cast(Engine, site.backend(SITE, **{**site.options, "PATH": str(folder)}))
