"""Marks in an article for a reader who comes from a search.

The archive knows nothing of search: the setting ``ARTICLE_MARKER`` names a
function that does, or nothing. Public: `MarkedArticle`, `mark_article`.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from archive.models import Article


class MarkedArticle(Protocol):
    """The texts of an article, escaped, with ``<mark id="hit-1">`` and so on.

    ``count`` is the number of marks.
    """

    @property
    def title(self) -> SafeString:
        """The marked title."""
        ...

    @property
    def subtitle(self) -> SafeString:
        """The marked subtitle."""
        ...

    @property
    def paragraphs(self) -> Sequence[SafeString]:
        """The marked paragraphs of the body."""
        ...

    @property
    def count(self) -> int:
        """The number of marks in all three."""
        ...


def mark_article(
    article: Article, parameters: Mapping[str, str]
) -> MarkedArticle | None:
    """The article with what the search in its address finds marked.

    *parameters* are those of the address. ``None`` when nothing is asked for, the
    query cannot be read, or the site has no marker: the plain article is shown then.
    """
    marker = getattr(settings, "ARTICLE_MARKER", "")
    if not marker:
        return None
    marked: MarkedArticle | None = import_string(marker)(article, parameters)
    return marked
