"""Keys by which names are compared, and slugs for many new rows at once."""

import functools
from collections.abc import Sequence
from typing import Final

from django.db import models

from archive.models import stored_sort_key, stored_spelling_key
from archive.names.slugs import build_slug, find_free_slug

FIRST_NUMBER: Final = 2
# The same names recur in thousands of records.
CACHE_SIZE: Final = 65_536


@functools.lru_cache(maxsize=CACHE_SIZE)
def name_key(name: str) -> str:
    """The spelling key of an actor's or source's name; itself where that is empty.

    >>> name_key("عبد الكريم الناصري") == name_key("عبدالكريم الناصري"), name_key("ـ")
    (True, 'ـ')
    """
    return stored_spelling_key(name) or name


@functools.lru_cache(maxsize=CACHE_SIZE)
def heading_key(name: str) -> str:
    """The sort key of a name, whose words count; itself where that is empty.

    >>> heading_key("الإسكندريّة") == heading_key("الاسكندرية"), heading_key("ـ")
    (True, 'ـ')
    """
    return stored_sort_key(name) or name


def allocate_slugs(
    model: type[models.Model], names: Sequence[tuple[str, str]]
) -> list[str]:
    """A free slug for each pair of Latin and Arabic name.

    One query, and another one for each plain slug that is empty or taken.
    """
    bases = [build_slug(*pair) for pair in names]
    manager = model._default_manager
    taken = set(manager.filter(slug__in=set(bases)).values_list("slug", flat=True))
    slugs = []
    for base, pair in zip(bases, names, strict=True):
        slug = base
        if not base or base in taken:
            slug = _next_free(find_free_slug(model, *pair), taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _next_free(slug: str, taken: set[str]) -> str:
    """The slug, with the next number that is not in *taken*."""
    stem, _, number = slug.rpartition("-")
    if not number.isdigit():
        stem, number = slug, str(FIRST_NUMBER)
    while slug in taken:
        slug = f"{stem}-{number}"
        number = str(int(number) + 1)
    return slug
