"""What a word begins with, whatever is joined in front of it.

Public: `has_prefix`, `after_definite_article`, `DEFINITE_ARTICLES`.
"""

from __future__ import annotations

from typing import Final

from search.arabic import letters as l
from search.arabic.analyzer import cached_stem

_ARTICLE: Final = l.ALEF + l.LAM
# The article behind what may be joined to it; ل takes its alef.
DEFINITE_ARTICLES: Final = tuple(
    conjunction + article
    for conjunction in ("", l.WAW, l.FEH)
    for article in (_ARTICLE, l.BEH + _ARTICLE, l.KAF + _ARTICLE, l.LAM + l.LAM)
)


def has_prefix(surface: str, beginning: str) -> bool:
    """Whether a surface form begins so, with proclitics before that or without.

    The word behind the proclitics is where its light stem stands.

    >>> has_prefix("والمكتبات", "مكتبا"), has_prefix("والمكتبات", "المكتبا")
    (True, True)
    >>> has_prefix("والده", "ده"), has_prefix("مكتبه", "تبه")
    (False, False)
    """
    if surface.startswith(beginning):
        return True
    stem = cached_stem(surface)
    at = max(surface.find(stem), 0)
    if surface.startswith(beginning, at) or stem.startswith(beginning):
        return True
    noun = after_definite_article(beginning)
    return (
        bool(noun)
        and surface[:at] in DEFINITE_ARTICLES
        and surface.startswith(noun, at)
    )


def after_definite_article(beginning: str) -> str:
    """*beginning* without its article; ``""`` where it has none, or nothing behind.

    >>> after_definite_article("المكتب")
    'مكتب'
    >>> after_definite_article("مكتب"), after_definite_article("ال")
    ('', '')
    """
    return beginning[len(_ARTICLE) :] if beginning.startswith(_ARTICLE) else ""
