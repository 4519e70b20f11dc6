"""Clitics: what is written as one word with a stem, and which classes of them agree.

The classes are those of AlKhalil: ``C`` for clitics of nouns and verbs alike, ``N`` of
nouns, ``V`` of verbs. The interrogative أ is left out: folded to ا, it would be read
into every word that begins so, and the press hardly has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from search.arabic.normalize import fold_prefix

# The class of no clitic, and of و and ف.
BARE: Final = "C1"
PROCLITIC_CLASSES: Final = (BARE, "C3", "N1", "N3", "N4", "N5", "V1", "V2", "V3")
ENCLITIC_CLASSES: Final = (BARE, "C2", "C3", "N1", "V1", "V2", "V3", "V4")
# With the article: no pronoun can follow.
DEFINITE: Final = frozenset({"N1", "N3", "N5"})
_INTERROGATIVE: Final = "أ"
_LAM: Final = "ل"
_LAM_AND_ARTICLE: Final = "لل"


@dataclass(frozen=True, slots=True)
class Clitic:
    """A clitic as it is folded, and the classes that it may be of, sorted.

    One with ``before_lam`` is there before a ل only: of ل and ال before a noun in ل,
    one ل is not written (للجنة).
    """

    letters: str
    classes: tuple[str, ...]
    before_lam: bool = False


def read_proclitics(table: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[Clitic]:
    """The proclitics of the package's table, without the interrogative."""
    clitics = [
        clitic
        for clitic in _read(table, PROCLITIC_CLASSES)
        if not clitic.letters.startswith(fold_prefix(_INTERROGATIVE))
        or clitic.letters == fold_prefix("ال")
    ]
    joined = [
        Clitic(clitic.letters.removesuffix(_LAM), ("N5",), before_lam=True)
        for clitic in clitics
        if clitic.letters.endswith(_LAM_AND_ARTICLE)
    ]
    return clitics + joined


def read_enclitics(table: Mapping[str, Iterable[Mapping[str, Any]]]) -> list[Clitic]:
    """The enclitics of the package's table."""
    return _read(table, ENCLITIC_CLASSES)


def _read(
    table: Mapping[str, Iterable[Mapping[str, Any]]], known: tuple[str, ...]
) -> list[Clitic]:
    classes: dict[str, set[str]] = {}
    for written, entries in table.items():
        if written.startswith(_INTERROGATIVE):
            continue
        found = {entry["classe"] for entry in entries} & {*known}
        classes.setdefault(fold_prefix(written), set()).update(found)
    return [Clitic(letters, tuple(sorted(of))) for letters, of in classes.items()]
