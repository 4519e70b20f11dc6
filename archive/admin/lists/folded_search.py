"""Finding names and titles whatever the seat of a hamza, the marks or the digits.

Names carry a folded sorting key, so a search for one compares keys. Titles have
none: there the typed word becomes a pattern that lets each letter stand for its
spellings, which every database can match and which needs no column of its own.
"""

import re
from collections.abc import Iterator
from functools import cache

from django.db.models import Q
from django.utils.text import smart_split, unescape_string_literal

from archive.names.collation import sort_key
from archive.names.slugs import build_slug

# The blocks Arabic and Arabic Supplement of the Unicode standard.
ARABIC_BLOCKS = range(0x0600, 0x0780)
# Longer searches are cut: a pattern's cost grows with its length.
MAX_TERMS = 12


def split_terms(search_term: str) -> list[str]:
    """The words of a search; a phrase in quotation marks counts as one.

    >>> split_terms('شوقي "دار الكتب"')
    ['شوقي', 'دار الكتب']
    """
    return list(_iter_terms(search_term.replace("\x00", "")))[:MAX_TERMS]


def _iter_terms(search_term: str) -> Iterator[str]:
    for term in smart_split(search_term):
        quoted = term[0] in "\"'" and term[0] == term[-1] and len(term) > 1
        yield unescape_string_literal(term) if quoted else term


@cache
def _spellings() -> dict[str, str]:
    """For each folded letter those that fold to it; under "" those that vanish."""
    spellings: dict[str, str] = {}
    for code in ARABIC_BLOCKS:
        letter = chr(code)
        key = sort_key(letter)
        if key != letter and len(key) <= 1:
            spellings[key] = spellings.get(key, "") + letter
    return spellings


def folded_pattern(term: str) -> str:
    """A regular expression, for PostgreSQL and Python, of all spellings of *term*.

    It is empty where nothing is left of the term once it is folded.

    >>> bool(re.search(folded_pattern("احمد"), "قال أَحْمَـد شوقي"))
    True
    >>> bool(re.search(folded_pattern("احمد"), "محمود"))
    False
    """
    spellings = _spellings()
    unseen = f"[{spellings['']}]*"
    pieces = []
    for letter in sort_key(term):
        if letter == " ":
            pieces.append(r"\s+")
        elif letter in spellings:
            pieces.append(f"[{letter}{spellings[letter]}]")
        else:
            pieces.append(re.escape(letter))
    return unseen.join(pieces)


def name_condition(term: str) -> Q:
    """What a source, topic or actor must meet to be found under one word."""
    folded = sort_key(term)
    if not folded:
        return Q(name_ar__icontains=term)
    condition = Q(sort_key__contains=folded) | Q(name_latin__icontains=term)
    if folded.isascii() and (slug := build_slug(term)):
        # The slug is the Latin name without its marks: shawqi finds Shawqī.
        condition |= Q(slug__contains=slug)
    return condition
