"""The article page's highlighting: the value of the setting ``ARTICLE_MARKER``."""

import logging
from collections.abc import Mapping, Sequence

from django.utils.timezone import localdate

from archive.browsing.text_parts import TextLink, TextPart
from archive.models import Article
from search.errors import IndexUnavailable, QuerySyntaxError
from search.highlight.snippets import MarkedArticle, mark_article
from search.query import parse
from search.request import read_as_of, read_level

log = logging.getLogger(__name__)


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
        return mark_article(article, query, part, links)
    except QuerySyntaxError:
        return None
    except IndexUnavailable as error:
        log.error("The article is shown without marks: %s", error)
        return None
