"""One lemma, one number: spellings of a vowelled lemma that mean the same word.

AlKhalil's tables and its annotated text write the vowels of one lemma in several ways:
with sukun or without, a fatha before an alef or none, قاضٍ or قاضي.
"""

from __future__ import annotations

import re
from typing import Final

from search.arabic.diacritics import without_diacritics
from search.arabic.normalize import fold

# Category of a lemma in the lexicon → that of its identity: a noun that is listed among
# the names, or as a particle, is the same word.
NOMINAL: Final = "noun"
VERBAL: Final = "verb"
# Spellings of vowels → the one that stands for all, in this order.
_SAME: Final = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        ("ْ", ""),  # sukun
        ("([ًٌٍَُِ])(ّ)", r"\2\1"),  # shadda first
        ("َ(?=[اى])", ""),
        ("ِ(?=ي(?![ًٌٍَُِّ]))", ""),
        ("ُ(?=و(?![ًٌٍَُِّ]))", ""),
        ("(?<=ا)[َُِ]", ""),
        ("َ(?=ة)", ""),
        ("ٍ$", "ي"),  # قاضٍ
        ("[ًٌٍَُِ]+$", ""),
        ("ً(?=[اى]$)", ""),
    )
)


def canonical(lemma: str) -> str:
    """A vowelled *lemma* in the one spelling that stands for all; idempotent.

    >>> canonical("قَاضٍ") == canonical("قَاضِي"), canonical("كِتَاب")
    (True, 'كِتاب')
    >>> canonical("كُتَّاب") == canonical("كِتَاب")
    False
    """
    before = ""
    # One rule may leave what an earlier one applies to.
    while lemma != before:
        before = lemma
        for pattern, other in _SAME:
            lemma = pattern.sub(other, lemma)
    return lemma


def identity(lemma: str, category: str) -> tuple[str, str]:
    """What equal lemmas share: the canonical spelling, and whether it is a verb.

    >>> identity("قَاضٍ", "noun") == identity("قَاضِي", "name")
    True
    """
    return canonical(lemma), VERBAL if category == VERBAL else NOMINAL


def dictionary_form(spelling: str) -> str:
    """A canonical lemma as its surface form: what a reader types who looks for it.

    >>> dictionary_form(canonical("مَدْرَسَة")), dictionary_form(canonical("قَاضٍ"))
    ('مدرسه', 'قاضي')
    """
    # Folding plain letters is much faster.
    return fold(without_diacritics(spelling))
