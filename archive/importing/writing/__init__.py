"""Validated records into the database: the catalogue's names, then the articles.

Sources, topics and actors are found by identifier, slug or name before any is added;
importing the same file again changes nothing.
"""

from archive.importing.writing.articles import ArticleWriter, send_articles_written
from archive.importing.writing.authorities import (
    ALIASES,
    ActorWriter,
    SourceWriter,
    TopicWriter,
)
from archive.importing.writing.outcome import Outcome, Pending, Result

__all__ = [
    "ALIASES",
    "ActorWriter",
    "ArticleWriter",
    "Outcome",
    "Pending",
    "Result",
    "SourceWriter",
    "TopicWriter",
    "send_articles_written",
]
