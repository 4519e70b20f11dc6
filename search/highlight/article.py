"""The article page's highlighting: the value of the setting ``ARTICLE_MARKER``."""

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from django.utils.timezone import localdate

from archive.browsing.text_parts import TextLink, TextPart
from archive.models import Article
from search.errors import IndexUnavailable, QuerySyntaxError
from search.highlight.snippets import MarkedArticle, mark_article
from search.query import Query, parse
from search.request import read_as_of, read_level

log = logging.getLogger(__name__)

# Of 10,000 bytes or so each, of parts of long texts up to 200,000.
MARKED_CACHE_SIZE: Final = 256


def mark_for_query(
    article: Article,
    part: TextPart,
    parameters: Mapping[str, str],
    links: Sequence[TextLink] = (),
) -> MarkedArticle | None:
    """A part of the article with the matches of the query in its address marked.

    The *links* of the part's text stay.

    ``q`` is the query and ``level`` the level of its words. ``None`` if there is no
    query or one with a syntax error, and while there is no lexicon: the address of an
    article shows the article, whatever its query string says.
    """
    text = parameters.get("q", "")
    if not text.strip():
        return None
    try:
        query = parse(
            text,
            read_level(parameters.get("level", "")),
            today=read_as_of(parameters.get("as_of", "")) or localdate(),
        )
        return _mark(_Unmarked(article, part, query, links))
    except QuerySyntaxError:
        return None
    except IndexUnavailable as error:
        log.error("The article is shown without marks: %s", error)
        return None


class _Unmarked:
    """A part to be marked; as a key of the cache, its texts, the query and the links.

    A key that is kept lets go of the texts.
    """

    __slots__ = ("key", "texts")

    def __init__(
        self,
        article: Article,
        part: TextPart,
        query: Query,
        links: Sequence[TextLink],
    ) -> None:
        self.key = article.content_hash, part.number, query, tuple(links)
        self.texts: tuple[Article, TextPart] | None = article, part

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unmarked) and self.key == other.key


@lru_cache(MARKED_CACHE_SIZE)
def _mark(unmarked: _Unmarked) -> MarkedArticle:
    texts, unmarked.texts = unmarked.texts, None
    if texts is None:
        raise ValueError("A part is marked once.")
    article, part = texts
    _hash, _number, query, links = unmarked.key
    return mark_article(article, query, part, links)
