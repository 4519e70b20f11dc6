"""Inflections: the features of a stem that decide which clitics it takes.

The rules are AlKhalil's (see the decision record on families), with those for س, ل of
purpose and ل of command made strict: they stand before an imperfect only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from search.arabic.lexicon.clitics import (
    BARE,
    DEFINITE,
    ENCLITIC_CLASSES,
    PROCLITIC_CLASSES,
)

_NOMINAL_PROCLITICS: Final = frozenset(
    name for name in PROCLITIC_CLASSES if name[0] != "V"
)
_NOMINAL_ENCLITICS: Final = frozenset(
    name for name in ENCLITIC_CLASSES if name[0] != "V"
)
_VERBAL_ENCLITICS: Final = frozenset(
    name for name in ENCLITIC_CLASSES if name[0] != "N"
)
_AFTER_PREPOSITION: Final = frozenset({"N4", "N5"})
# An emphatic ل stands before the subject.
_BEFORE_SUBJECT: Final = frozenset({"C3"})
_GENITIVE: Final = "مجرور"
_IMPERFECT: Final = "مضارع"
_IMPERATIVE: Final = "أمر"
_INTRANSITIVE: Final = "لازم"
_YOU_ALL: Final = "أنتم"
# Definiteness → whether the article is asked for (True) or excluded (False).
_ARTICLE: Final[Mapping[str, bool]] = {
    "معرف بأل": True,
    "مضاف إلى معرفة": False,
    "مضاف إلى نكرة": False,
    "غير مضاف": False,
}
# The mood of an imperfect after each proclitic of verbs.
_MOOD_AFTER: Final = {"V1": "مرفوع", "V2": "منصوب", "V3": "مجزوم"}


@dataclass(frozen=True, slots=True)
class Inflection:
    """What a stem is inflected for, and the classes of clitics that it takes.

    ``category`` is ``verb``, ``noun``, ``particle`` or ``name``. Equal ``features``
    are equally likely before they are seen with a clitic.
    """

    category: str
    features: tuple[str, ...]
    proclitics: frozenset[str]
    enclitics: frozenset[str]

    def takes(self, proclitic: str, enclitic: str) -> bool:
        """Whether a word can have clitics of these classes around the stem."""
        if proclitic in DEFINITE and enclitic != BARE:
            return False
        return proclitic in self.proclitics and enclitic in self.enclitics

    def without_enclitics(self) -> Inflection:
        """The same, where the stem is written otherwise before an enclitic."""
        return replace(self, enclitics=self.enclitics & {BARE})

    def with_enclitics(self) -> Inflection:
        """The same, as the stem is written before an enclitic."""
        return replace(self, enclitics=self.enclitics - {BARE})


def inflect_verb(
    tense: str, mood: str, pronoun: str, voice: str, transitivity: str
) -> Inflection:
    """The inflection of a verb; labels are AlKhalil's."""
    proclitics = {BARE, "C3"}
    if tense == _IMPERATIVE:
        proclitics -= {"C3"}
    if tense == _IMPERFECT:
        proclitics |= {name for name, of in _MOOD_AFTER.items() if of == mood}
    enclitics = _VERBAL_ENCLITICS
    if transitivity == _INTRANSITIVE:
        enclitics = frozenset({BARE})
    elif tense == _IMPERATIVE:
        enclitics -= {"V2", "V3"}
    if pronoun != _YOU_ALL:
        enclitics -= {"V4"}
    features = (tense, mood, pronoun, voice)
    return Inflection("verb", features, frozenset(proclitics), enclitics)


def inflect_noun(
    *,
    definiteness: str,
    case: str,
    has_tanween: bool,
    is_construct: bool,
    features: tuple[str, ...],
    category: str = "noun",
) -> Inflection:
    """The inflection of a noun or a name; labels are AlKhalil's.

    A dual or plural ``is_construct`` has lost its ن.
    """
    proclitics, enclitics = _NOMINAL_PROCLITICS, _NOMINAL_ENCLITICS
    wanted = _ARTICLE.get(definiteness)
    if wanted:
        proclitics &= DEFINITE
    elif wanted is False or has_tanween or is_construct:
        proclitics -= DEFINITE
    if has_tanween:
        enclitics &= {BARE}
    # The letters of a name are the same in every case.
    if category != "name":
        proclitics -= _BEFORE_SUBJECT if case == _GENITIVE else _AFTER_PREPOSITION
    own = (*features, definiteness, case, str(has_tanween))
    return Inflection(category, own, proclitics, enclitics)
