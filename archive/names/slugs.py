"""ASCII slugs, built from a name when a row is first saved."""

import re
import unicodedata

from django.db import models

MAX_SLUG_LENGTH = 80

_NOT_SLUG_RE = re.compile(r"[^a-z0-9]+")

# Simplified ALA-LC romanization of Arabic: no diacritics, no hamza, no ayn.
_ROMANIZATION = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th",
    "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "w",
    "ؤ": "w", "ي": "y", "ى": "a", "ئ": "y", "ء": "", "پ": "p", "چ": "ch", "گ": "g",
    "ڤ": "v", "ک": "k", "ی": "y", "ـ": "",
}  # fmt: skip
_ROMANIZATION_TABLE = str.maketrans(_ROMANIZATION)


def build_slug(*names: str) -> str:
    """An ASCII slug from the first of *names* that yields one, or ``""``.

    >>> build_slug("", "دجلة")
    'djla'
    >>> build_slug("Ahmad Shawqī", "أحمد شوقي")
    'ahmad-shawqi'
    """
    for name in names:
        decomposed = unicodedata.normalize("NFKD", name.translate(_ROMANIZATION_TABLE))
        ascii_only = decomposed.encode("ascii", "ignore").decode("ascii").lower()
        slug = _NOT_SLUG_RE.sub("-", ascii_only).strip("-")[:MAX_SLUG_LENGTH]
        if slug := slug.strip("-"):
            return slug
    return ""


def find_free_slug(model: type[models.Model], *names: str) -> str:
    """A slug from *names* that no row of *model* has yet.

    Adds a number, from 2, where the plain slug is taken. Falls back to the model's name
    where the names contain nothing that can be written in ASCII.
    """
    base = build_slug(*names) or model._meta.model_name or "item"
    taken = set(
        model._default_manager.filter(slug__startswith=base).values_list(
            "slug", flat=True
        )
    )
    slug, number = base, 2
    while slug in taken:
        slug = f"{base}-{number}"
        number += 1
    return slug
