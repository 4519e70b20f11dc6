"""Word families: the lemmas that a surface form may be of, and their roots.

Forms that share a lemma are of one family. What a form belongs to is a function of the
form and the lexicon, not of the archive, so that all segments agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from search.arabic.diacritics import diacritized_form
from search.arabic.display_form import display_form
from search.arabic.letters import ALEF, HEH, YEH
from search.arabic.lexicon.unknown import base_of_unknown
from search.arabic.normalize import fold

if TYPE_CHECKING:
    from search.arabic.lexicon.lookup import Lexicon

# Forms whose result each of the caches below has, at some 400 bytes a form: the same
# words come again in every text.
CACHED_FORMS: Final = 50_000
# Words whose readings are cached, at some 1,500 bytes each: found one by one, they
# take milliseconds.
CACHED_READINGS: Final = 4096
# Between keys, and in the key of a lemma before the number that tells it from more
# frequent lemmas of the same form. No surface form contains them.
_BETWEEN: Final = " "
BEFORE_RANK: Final = ":"
# Ends the key of a form that is asked for by itself, beside lemmas.
ITSELF: Final = "="

_Value = TypeVar("_Value")


def _lexicon() -> Lexicon:
    # NumPy takes a tenth of a second to import, and most commands look no word up.
    from search.arabic.lexicon.installed import current  # noqa: PLC0415 - see above

    return current()


class Family(NamedTuple):
    """What a form belongs to: its lemmas, the likeliest first, and the root of each.

    A lemma without a root is its own. A form without a lemma has the base that is left
    of it as its lemma, with a colon.
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


def find_families(words: Sequence[str], surfaces: Sequence[str]) -> list[Family]:
    """The families of *words*, given as display forms with the surface form of each.

    Computed at once: a few microseconds a word.
    """
    return list(map(_family, surfaces, _lexicon().lemmas_of(surfaces, words)))


def _find(words: Sequence[str]) -> list[Family]:
    return find_families(words, list(map(fold, words)))


def _family(surface: str, lemmas: tuple[int, ...]) -> Family:
    if lemmas:
        return _class_of(lemmas)
    # No lemma of the lexicon has such a key.
    key = base_of_unknown(surface) + BEFORE_RANK
    return Family((key,), (key,))


@lru_cache(CACHED_FORMS)
def _class_of(numbers: tuple[int, ...]) -> Family:
    """The family of the forms that have the lemmas with these numbers."""
    lemmas = [_lexicon().lemma(number) for number in numbers]
    return Family(
        tuple(lemma.key for lemma in lemmas),
        tuple(lemma.root or lemma.key for lemma in lemmas),
    )


_families = _Cache(_find)


def family(word: str) -> Family:
    """The family of a display form, cached.

    >>> family("والكتاب"), family("كتب").lemmas
    (Family(lemmas=('كتاب',), roots=('كتب',)), ('كتب', 'كتاب'))
    """
    return _families[word]


def prime(words: Iterable[str]) -> None:
    """Find the families of *words* at once, which is faster than one by one."""
    _families.prime(words)


def _ask(words: Sequence[str]) -> list[Family]:
    return [_ask_one(word, _lexicon().asked(word)) for word in words]


def _ask_one(word: str, lemmas: tuple[int, ...]) -> Family:
    printed = display_form(word)
    asked, own = _family(fold(word), lemmas), family(printed)
    if not {*asked.lemmas}.isdisjoint(own.lemmas):
        return asked
    # Whatever it is asked for as, a word finds itself, and, where a reader has not
    # chosen another one by vowels, all that it is read as without clitics;
    uncut = () if diacritized_form(word) else _lexicon().uncut(printed)
    if uncut:
        other = _class_of(uncut)
        return Family(asked.lemmas + other.lemmas, asked.roots + other.roots)
    # but no other form of what it is with a clitic: of بقول not all that is of قول.
    itself = fold(word) + ITSELF
    return Family((*asked.lemmas, itself), (*asked.roots, itself))


_asked = _Cache(_ask)


def asked_family(word: str) -> Family:
    """The family of a word that is asked for, as it is typed; cached.

    It is likely a dictionary form, and its letters and vowels count: of the lemmas that
    are written كتب those remain that can have the vowels that were typed.

    >>> asked_family("يومي").lemmas, family("يومي").lemmas
    (('يومي',), ('يوم', 'يومي'))
    >>> asked_family("كتابة").lemmas, asked_family("كُتُب").lemmas
    (('كتابه',), ('كتاب',))
    >>> asked_family("بقول").lemmas
    ('بقول', 'بقول=')
    """
    return _asked[word]


class Reading(NamedTuple):
    """A word of the dictionary: with its vowels, and whether it is a verb."""

    vowelled: str
    is_verb: bool


@lru_cache(CACHED_READINGS)
def readings_of(word: str) -> tuple[Reading, ...]:
    """What *word* may be looked up as, the likeliest first.

    A reading's ``vowelled`` is asked for as nothing else.

    >>> [reading.vowelled for reading in readings_of("علم")][:3]
    ['عِلْم', 'عَلِمَ', 'عَلَم']
    """
    lemmas = map(_lexicon().lemma, _lexicon().dictionary_lemmas(word))
    readings = [Reading(each.vowelled, each.category == "verb") for each in lemmas]
    families = {asked_family(each.vowelled).lemmas: each for each in reversed(readings)}
    return tuple(each for each in readings if each in families.values())


@lru_cache(CACHED_READINGS)
def related_words(word: str) -> tuple[Reading, ...]:
    """The nisba of *word*, or what it is a nisba of, and the noun in ية.

    >>> [related.vowelled for related in related_words("مصر")]
    ['مِصْرِيّ']
    """
    forms = {base_of(lemma) for lemma in asked_family(word).lemmas}
    related: dict[Reading, None] = {}
    for form in sorted(forms):
        stem = form.removesuffix(YEH)
        ends = (YEH + HEH, "", HEH, ALEF) if stem != form else (YEH, YEH + HEH)
        if stem == form:
            stem = form.rstrip(HEH + ALEF)
        for other in (stem + end for end in ends):
            found = readings_of(other) if len(stem) > 1 and other not in forms else ()
            related |= dict.fromkeys(
                each for each in found[:1] if fold(each.vowelled) == other
            )
    return tuple(each for each in related if not each.is_verb)


def split_itself(keys: Iterable[str]) -> tuple[list[str], list[str]]:
    """The lemmas or roots among *keys*, and the surface forms asked for themselves.

    >>> split_itself(("بقول", "بقول="))
    (['بقول'], ['بقول'])
    """
    of_words = [key for key in keys if not key.endswith(ITSELF)]
    return of_words, [key[: -len(ITSELF)] for key in keys if key.endswith(ITSELF)]


def _find_starts(surfaces: Sequence[str]) -> list[frozenset[int]]:
    starts = []
    for surface, found in zip(surfaces, _lexicon().starts(surfaces), strict=True):
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
    return _lexicon().proclitics


def base_of(lemma: str) -> str:
    """The surface form of the lemma with a key, or of a key for itself.

    >>> base_of("كتب:1"), base_of("كوفيد:")
    ('كتب', 'كوفيد')
    """
    return lemma.partition(BEFORE_RANK)[0].removesuffix(ITSELF)


def vowels_of(word: str) -> tuple[str, ...]:
    """The lemmas of a display form as a dictionary prints them, the likeliest first.

    >>> vowels_of("والكتاب"), vowels_of("كوفيد")
    (('كِتَاب',), ('كوفيد',))
    """
    [lemmas] = _lexicon().lemmas_of([fold(word)], [word])
    vowelled = tuple(_lexicon().lemma(lemma).vowelled for lemma in lemmas)
    return vowelled or tuple(map(base_of, family(word).lemmas))


def join_keys(keys: Iterable[str]) -> str:
    """Keys of lemmas or roots as one text."""
    return _BETWEEN.join(keys)


def split_keys(joined: str) -> tuple[str, ...]:
    """The keys of ``join_keys``.

    >>> split_keys(join_keys(("كتب", "كتاب:1")))
    ('كتب', 'كتاب:1')
    """
    return tuple(joined.split(_BETWEEN))
