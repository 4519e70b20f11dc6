"""An index in a folder of its own, apart from the site's: for measuring.

It is of the site's engine and schema, and reads nothing of the database.
"""

from __future__ import annotations

from pathlib import Path
from typing import cast

from haystack import connections
from haystack.constants import DJANGO_CT, DJANGO_ID, ID
from haystack.utils import get_model_ct

from archive.models import Article
from search.engines.contract import Engine
from search.indexing.connections import SITE, build_identifier


def open_private(folder: Path) -> Engine:
    """The site's engine, with its index under *folder*."""
    site = connections[SITE]
    return cast(Engine, site.backend(SITE, **{**site.options, "PATH": str(folder)}))


def build_keys(article_id: int) -> dict[str, str]:
    """Haystack's own keys of a document."""
    return {
        ID: build_identifier(article_id),
        DJANGO_CT: get_model_ct(Article),
        DJANGO_ID: str(article_id),
    }
