"""Words that the lexicon lacks: names, loan words, other scripts.

Only what cannot be the word's own letters comes off, and never so much that fewer than
three letters remain: the article, the endings of a nisba in both genders and numbers,
the plural in ات of a long word. A single و, ب, ف, ل or ك stays: as many foreign names
begin with it as have it before them. Of the letters of one foreign sound one stands
for both.
"""

from __future__ import annotations

import re
from typing import Final

from search.arabic import letters as l

_SHORTEST_ENGLISH: Final = 4
# Letters of the shortest word in which غ and ج may be one foreign sound: غوغل, جوجل.
_SHORTEST_FOREIGN: Final = 4
# The article with what may stand before it; after ل its alef is not written.
_ARTICLE_RE: Final = re.compile("^[وف]?(?:[بك]?ال|لل)(?=.{3})")
# Endings → what remains of them, the first that fits: مغوليه and مغوليين are مغولي,
# سيناريوهات is سيناريو, كاميرات and كاميرا are one.
_ENDINGS: Final = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        ("(?<=.{3})ي(?:ه|ات|ون|ين|تان|تين)$", "ي"),
        ("(?<=.{3}و)هات$", ""),
        ("(?<=.{4})ات$", ""),
        ("(?<=.{4})[اه]$", ""),
    )
)


def without_article(surface: str) -> str:
    """*surface* without its article and what stands before that, where it has one.

    >>> without_article("وبالكتاب"), without_article("بكتاب"), without_article("الي")
    ('كتاب', 'بكتاب', 'الي')
    """
    return _ARTICLE_RE.sub("", surface)


def base_of_unknown(surface: str) -> str:
    """What the forms of one word share that the lexicon lacks.

    >>> [base_of_unknown(form) for form in ("المغوليه", "مغوليين", "وللمغولي")]
    ['مجولي', 'مجولي', 'مجولي']
    >>> base_of_unknown("الكاميرات") == base_of_unknown("كاميرا")
    True
    >>> base_of_unknown("بوتين"), base_of_unknown("books"), base_of_unknown("1948")
    ('بوتين', 'book', '1948')
    """
    if surface.isascii():
        return _stem_english(surface)
    if not l.HAMZA <= surface[0] <= l.YEH:
        return surface
    rest = without_article(surface)
    if len(rest) >= _SHORTEST_FOREIGN:
        rest = rest.replace(l.GHAIN, l.JEEM)
    for ending, other in _ENDINGS:
        base, count = ending.subn(other, rest)
        if count:
            return base
    return rest


def _stem_english(word: str) -> str:
    """*word* without an English plural suffix: the S stemmer of Harman (1991).

    >>> _stem_english("cities"), _stem_english("press"), _stem_english("1948")
    ('city', 'press', '1948')
    """
    if len(word) < _SHORTEST_ENGLISH or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    if word.endswith(("us", "ss")):
        return word
    return word[:-1]
