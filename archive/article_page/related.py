"""Articles related to one.

The archive does not depend on search: the setting ``RELATED_ARTICLES`` is the dotted
path of a function ``(article, text, actors) -> ids``, the nearest first; empty: none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

from archive.article_page.links import ArticleLink, read_links
from archive.models import Article

MOST_RELATED: Final = 5


def find_related(article: Article, text: str) -> tuple[ArticleLink, ...]:
    """Published articles related to *article*, whose text begins with *text*.

    Its ``actor_links`` are fetched. The nearest come first.
    """
    path = getattr(settings, "RELATED_ARTICLES", "")
    if not path or not text.strip():
        return ()
    names = [link.actor.name_ar for link in article.actor_links.all()]
    ids: Sequence[int] = import_string(path)(article, text, names)
    links = read_links(ids)
    return tuple(links[pk] for pk in ids if pk in links)[:MOST_RELATED]
