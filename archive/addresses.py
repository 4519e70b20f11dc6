"""URLs of pages, reversed once for each language and cached."""

from functools import lru_cache
from typing import Final

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

# Entries of some 300 bytes each.
CACHE_SIZE: Final = 4_096
# Placeholder for the id of an article: there are too many to cache a URL for each.
_ANY_NUMBER: Final = "0"


def reverse_cached(name: str, *arguments: str) -> str:
    """`django.urls.reverse` of the route *name*, from an LRU cache.

    A page of results reverses about a hundred URLs.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     reverse_cached("archive:actor", "taha-hussein")
    '/ar/actors/taha-hussein/'
    """
    routes = get_urlconf() or settings.ROOT_URLCONF
    return _reverse(name, arguments, get_language(), get_script_prefix(), routes)


def reverse_numbered(name: str, number: int) -> str:
    """The URL of the route *name*, which takes one number.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     reverse_numbered("archive:article", 1908)
    '/ar/articles/1908/'
    """
    before, _, after = reverse_cached(name, _ANY_NUMBER).rpartition(_ANY_NUMBER)
    return f"{before}{number}{after}"


@lru_cache(CACHE_SIZE)
def _reverse(
    name: str, arguments: tuple[str, ...], language: str, prefix: str, routes: str
) -> str:
    # Language and prefix are part of the URL, hence of the cache key.
    return reverse(name, urlconf=routes, args=arguments)
