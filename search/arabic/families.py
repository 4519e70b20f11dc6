"""Word families: the lemmas that a surface form may be of, and their roots.

Forms that share a lemma are of one family. What a form belongs to is a function of the
form and the lexicon, not of the archive, so that all segments agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple, TypeVar

from search.arabic.lexicon.installed import current
from search.arabic.lexicon.lookup import Lemma, Reading
from search.arabic.lexicon.unknown import base_of_unknown

# Forms whose result each of the caches below has, at some 400 bytes a form: the same
# words come again in every text.
CACHED_FORMS: Final = 50_000
# In a key: between lemmas, and between the surface form of a lemma and its vowels. No
# surface form contains them.
_BETWEEN: Final = " "
_BEFORE_VOWELS: Final = ":"

_Value = TypeVar("_Value")


class Family(NamedTuple):
    """What a form belongs to: keys of its lemmas and roots, the likeliest first.

    A form without a lemma has the base that is left of it as its lemma and its root.
    """

    lemmas: tuple[str, ...]
    roots: tuple[str, ...]


class _Cache(dict[str, _Value]):
    """Values by form, computed for many forms at once; emptied when it is full."""

    def __init__(self, compute: Callable[[Sequence[str]], Iterable[_Value]]) -> None:
        super().__init__()
        self._compute = compute

    def prime(self, forms: Iterable[str]) -> None:
        """Compute the values of those of *forms* that are not there."""
        new = [form for form in set(forms) if form not in self]
        if new:
            if len(self) + len(new) > CACHED_FORMS:
                self.clear()
            self.update(zip(new, self._compute(new), strict=True))

    def __missing__(self, form: str) -> _Value:
        [value] = self._compute([form])
        if len(self) >= CACHED_FORMS:
            self.clear()
        self[form] = value
        return value


def find_families(surfaces: Sequence[str]) -> list[Family]:
    """The families of *surfaces*, computed at once: a few microseconds a form."""
    readings = current().readings(surfaces)
    return [
        _family(surface, found)
        for surface, found in zip(surfaces, readings, strict=True)
    ]


def _family(surface: str, readings: Iterable[Reading]) -> Family:
    lexicon = current()
    ordered = sorted(readings, key=lambda reading: (-reading.weight, reading.lemma))
    lemmas = [lexicon.lemma(reading.lemma) for reading in ordered]
    if not lemmas:
        base = base_of_unknown(surface)
        return Family((base,), (base,))
    return Family(
        tuple(dict.fromkeys(map(lemma_key, lemmas))),
        tuple(dict.fromkeys(lemma.root or lemma.form for lemma in lemmas)),
    )


def lemma_key(lemma: Lemma) -> str:
    """The key of a lemma: its surface form and its vowels.

    >>> lemma_key(Lemma("كِتَاب", "noun", "كتاب", "كتب"))
    'كتاب:كِتَاب'
    """
    return lemma.form + _BEFORE_VOWELS + lemma.vowelled


_families = _Cache(find_families)


def family(surface: str) -> Family:
    """The family of a surface form, cached.

    >>> family("والكتاب").roots, family("والكتب").lemmas == family("كتاب").lemmas
    (('كتب',), False)
    """
    return _families[surface]


def prime(surfaces: Iterable[str]) -> None:
    """Find the families of *surfaces* at once, which is faster than one by one."""
    _families.prime(surfaces)


def _ask(surfaces: Sequence[str]) -> list[Family]:
    return [_family(surface, current().asked(surface)) for surface in surfaces]


_asked = _Cache(_ask)


def asked_family(surface: str) -> Family:
    """The family of a word that is asked for, which is likely a dictionary form.

    >>> asked_family("يومي").roots
    ('يوم',)
    """
    return _asked[surface]


def _find_starts(surfaces: Sequence[str]) -> list[frozenset[int]]:
    starts = []
    for surface, found in zip(surfaces, current().starts(surfaces), strict=True):
        base = base_of_unknown(surface)
        starts.append(frozenset(found or {max(surface.find(base), 0)}))
    return starts


_starts = _Cache(_find_starts)


def starts_of(surface: str) -> frozenset[int]:
    """How many letters of proclitics a surface form may have, cached.

    >>> sorted(starts_of("والكتاب")), sorted(starts_of("والده"))
    ([3], [0])
    """
    return _starts[surface]


def prime_starts(surfaces: Iterable[str]) -> None:
    """Find the starts of *surfaces* at once, which is faster than one by one."""
    _starts.prime(surfaces)


def proclitics() -> frozenset[str]:
    """All proclitics that a form may have, alone and joined."""
    return current().proclitics


def base_of(lemma: str) -> str:
    """The surface form of the lemma with a key.

    >>> base_of("كتاب:كِتَاب"), base_of("بوتين")
    ('كتاب', 'بوتين')
    """
    return lemma.partition(_BEFORE_VOWELS)[0]


def vowels_of(lemma: str) -> str:
    """The lemma with a key as a dictionary prints it.

    >>> vowels_of("كتاب:كِتَاب"), vowels_of("بوتين")
    ('كِتَاب', 'بوتين')
    """
    return lemma.rpartition(_BEFORE_VOWELS)[2]


def join_keys(keys: Iterable[str]) -> str:
    """Keys of lemmas or roots as one text."""
    return _BETWEEN.join(keys)


def split_keys(joined: str) -> tuple[str, ...]:
    """The keys of ``join_keys``.

    >>> split_keys(join_keys(("كتب", "كتاب:كِتَاب")))
    ('كتب', 'كتاب:كِتَاب')
    """
    return tuple(joined.split(_BETWEEN))
