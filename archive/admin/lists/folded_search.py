"""Searches in the admin that ignore hamza seats, diacritics and digit shapes.

Names have a folded sort key, which is compared. Titles have none: the search term
becomes a regular expression with all spellings of each letter, which every database
can match without another column.
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
# Further words are ignored: each costs a regular expression.
MAX_TERMS = 12


def split_terms(search_term: str) -> list[str]:
    """The words of a search; a phrase in quotation marks is one word.

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
    """Spellings by folded letter; under ``""`` the letters that are removed."""
    spellings: dict[str, str] = {}
    for code in ARABIC_BLOCKS:
        letter = chr(code)
        key = sort_key(letter)
        if key != letter and len(key) <= 1:
            spellings[key] = spellings.get(key, "") + letter
    return spellings


def folded_pattern(term: str) -> str:
    """A regular expression, for PostgreSQL and Python, of all spellings of *term*.

    ``""`` where the folded term is empty.

    >>> bool(re.search(folded_pattern("احمد"), "قال أَحْمَـد شوقي"))
    True
    >>> bool(re.search(folded_pattern("احمد"), "محمود"))
    False
    """
    spellings = _spellings()
    removed_letters = f"[{spellings['']}]*"
    patterns = []
    for letter in sort_key(term):
        if letter == " ":
            patterns.append(r"\s+")
        elif letter in spellings:
            patterns.append(f"[{letter}{spellings[letter]}]")
        else:
            patterns.append(re.escape(letter))
    return removed_letters.join(patterns)


def name_condition(term: str) -> Q:
    """The condition that a source, topic or actor matches a word of a search."""
    folded = sort_key(term)
    if not folded:
        return Q(name_ar__icontains=term)
    condition = Q(sort_key__contains=folded) | Q(name_latin__icontains=term)
    if folded.isascii() and (slug := build_slug(term)):
        # The slug is the Latin name without diacritics: shawqi finds Shawqī.
        condition |= Q(slug__contains=slug)
    return condition
