"""Addresses of pages, each worked out once in a language. Public: `find_address`."""

from functools import lru_cache
from typing import Final

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language

# Addresses that are kept, at some 300 bytes each.
KEPT_ADDRESSES: Final = 4_096


def find_address(name: str, *arguments: str) -> str:
    """What ``reverse`` says of *name*; a page asks it a hundred times.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     find_address("archive:actor", "taha-hussein")
    '/ar/actors/taha-hussein/'
    """
    routes = get_urlconf() or settings.ROOT_URLCONF
    return _reverse(name, arguments, get_language(), get_script_prefix(), routes)


@lru_cache(KEPT_ADDRESSES)
def _reverse(
    name: str, arguments: tuple[str, ...], language: str, prefix: str, routes: str
) -> str:
    # Language and prefix are in the address.
    return reverse(name, urlconf=routes, args=arguments)
