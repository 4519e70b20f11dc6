"""An index apart from the site's: the site's engine and schema in a folder of its own.

Neither the site's index nor its database is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, cast

from haystack import connections

from search.engines.contract import Engine
from search.fields import (
    ARTICLE_ID,
    CONTENT,
    DATE_FIRST,
    DATE_LAST,
    DOCUMENT_HASH,
    FACETS,
    TEXT_FIELDS,
)
from search.indexing.connections import SITE
from search.indexing.documents import build_keys

SOURCE: Final = "source"
SUBJECT: Final = "topic"


def open_scratch_engine(folder: Path) -> Engine:
    """The site's engine, with its index under *folder*."""
    site = connections[SITE]
    return cast(
        Engine,
        site.backend(SITE, **{**site.options, "PATH": str(folder), "IDENTITY": None}),
    )


def build_document(
    article_id: int,
    *,
    title: str,
    body: str,
    source: str = "",
    subjects: Sequence[str] = (),
    day: int = 0,
) -> dict[str, Any]:
    """The document of an article without a database row; *day* is yyyymmdd, 0 unknown.

    The facets hold names where those of the site hold primary keys and slugs.
    """
    sources = [source] if source else []
    return {
        **build_keys(article_id),
        **{field.name: [] for field in (*TEXT_FIELDS, *FACETS)},
        ARTICLE_ID: article_id,
        CONTENT: [title, "", body],
        "title": [title],
        "source_name": list(sources),
        "topic_names": list(subjects),
        SUBJECT: list(subjects),
        SOURCE: sources,
        DATE_FIRST: day,
        DATE_LAST: day,
        DOCUMENT_HASH: 0,
    }
