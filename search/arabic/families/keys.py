"""Keys of lemmas and roots: the text by which a family is known to the index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

# Between keys, and in the key of a lemma before the number that tells it from more
# frequent lemmas of the same form. No surface form contains them.
_BETWEEN: Final = " "
BEFORE_RANK: Final = ":"
# Ends the key of the letters of a form whose vowels tell what it is: beside its lemmas,
# so that it is found where it is asked for without vowels.
AS_SPELLED: Final = BEFORE_RANK + "+"
# Ends the key of a form that is asked for by itself, beside lemmas.
ITSELF: Final = "="


def base_of(lemma: str) -> str:
    """The surface form of the lemma with a key, or of a key for itself.

    >>> base_of("كتب:1"), base_of("كوفيد:"), base_of("ملك:+")
    ('كتب', 'كوفيد', 'ملك')
    """
    return lemma.partition(BEFORE_RANK)[0].removesuffix(ITSELF)


def split_itself(keys: Iterable[str]) -> tuple[list[str], list[str]]:
    """The lemmas or roots among *keys*, and the surface forms asked for themselves.

    >>> split_itself(("بقول", "بقول="))
    (['بقول'], ['بقول'])
    """
    of_words = [key for key in keys if not key.endswith(ITSELF)]
    return of_words, [key[: -len(ITSELF)] for key in keys if key.endswith(ITSELF)]


def join_keys(keys: Iterable[str]) -> str:
    """Keys of lemmas or roots as one text."""
    return _BETWEEN.join(keys)


def split_keys(joined: str) -> tuple[str, ...]:
    """The keys of ``join_keys``.

    >>> split_keys(join_keys(("كتب", "كتاب:1")))
    ('كتب', 'كتاب:1')
    """
    return tuple(joined.split(_BETWEEN))
