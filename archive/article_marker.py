"""Search hits marked in an article that was opened from a results page.

The archive does not depend on search: the setting ``ARTICLE_MARKER`` is the dotted
path of a function ``(article, part, parameters, links) -> MarkedArticle | None``;
empty: no marks.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from archive.browsing.text_parts import TextLink, TextPart
from archive.models import Article


class MarkedArticle(Protocol):
    """The escaped texts of an article, each hit in ``<mark id="hit-N">``, N from 1.

    ``count`` is the number of hits.
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
        """The marked paragraphs of the part."""
        ...

    @property
    def count(self) -> int:
        """The number of marks in all three."""
        ...


def mark_article(
    article: Article,
    part: TextPart,
    parameters: Mapping[str, str],
    links: Sequence[TextLink] = (),
) -> MarkedArticle | None:
    """A part of the article with the hits of the search in its URL marked.

    The title's and subtitle's are marked with the first part only. The *links* of the
    part's text are in its paragraphs.

    *parameters* are those of the query string. ``None`` where they hold no query, the
    query cannot be parsed, or the site has no marker; the plain article is shown then.
    """
    marker = getattr(settings, "ARTICLE_MARKER", "")
    if not marker:
        return None
    marked: MarkedArticle | None = import_string(marker)(
        article, part, parameters, links
    )
    return marked
