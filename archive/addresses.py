"""Addresses of pages, each worked out once in a language.

Public: `reverse_cached`, `reverse_numbered`.
"""

from functools import lru_cache
from typing import Final

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

# Addresses that are kept, at some 300 bytes each.
CACHE_SIZE: Final = 4_096
# Stands in an address for the number of an article: there are too many to keep each.
_ANY_NUMBER: Final = "0"


def reverse_cached(name: str, *arguments: str) -> str:
    """What ``reverse`` says of *name*; a page asks it a hundred times.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     reverse_cached("archive:actor", "taha-hussein")
    '/ar/actors/taha-hussein/'
    """
    routes = get_urlconf() or settings.ROOT_URLCONF
    return _reverse(name, arguments, get_language(), get_script_prefix(), routes)


def reverse_numbered(name: str, number: int) -> str:
    """The address of the page *name* with this number in it.

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
    # Language and prefix are in the address.
    return reverse(name, urlconf=routes, args=arguments)
