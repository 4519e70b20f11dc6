"""Validated records into the database: the catalogue's names, then the articles.

Public: `ArticleWriter`, `SourceWriter`, `TopicWriter`, `ActorWriter`, `Outcome`.
"""

from archive.importing.writing.articles import ArticleWriter
from archive.importing.writing.authorities import ActorWriter, SourceWriter, TopicWriter
from archive.importing.writing.outcome import Outcome, Pending, Result

__all__ = [
    "ActorWriter",
    "ArticleWriter",
    "Outcome",
    "Pending",
    "Result",
    "SourceWriter",
    "TopicWriter",
]
