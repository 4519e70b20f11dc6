"""The tables of the package ``farahidi``, as the compiler of the lexicon needs them.

The package has AlKhalil Morpho Sys 2 as JSON lines (its DATA-FORMATS.md tells the
fields). Roots and patterns make the stems of words that are derived; particles and
names are listed.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import farahidi.lexicon as tables
from farahidi.lm import LM_ENCODING, LM_FILE
from farahidi.translit import bw_to_arabic

from search.arabic.diacritics import without_diacritics
from search.arabic.lexicon.compiling.inflections import (
    Inflection,
    inflect_noun,
    inflect_verb,
)
from search.arabic.lexicon.packing import CODES
from search.arabic.lexicon.unknown import without_article
from search.arabic.normalize import fold, fold_prefix

PACKAGE: Final = "farahidi"
# The first letter of lines of the language model with the lemmas of a form.
_COUNTED: Final = "B"
# Lengths of stems in letters, with their affixes.
_LENGTHS: Final = range(1, 13)
# Less than any that was counted.
_LEAST_FREQUENCY: Final = 1e-9
_TANWEEN: Final = "ًٌٍ"
_DUAL, _PLURAL, _MASCULINE = "مثنى", "جمع", "مذكر"
_WHOLE_DUAL: Final = ("ان", "ين")
_CONSTRUCT_PLURAL: Final = ("و", "ي")


# Names that the package lacks.
NAMES: Final = Path(__file__).parents[1] / "names.txt"


@dataclass(frozen=True, slots=True)
class Formula:
    """How a root becomes a stem: the patterns of stem and lemma, and the inflection."""

    pattern: str
    lemma_pattern: str
    inflection: Inflection


@dataclass(frozen=True, slots=True)
class Root:
    """A root, and for each length of stems the numbers of its formulas, from 1."""

    letters: str
    formulas: dict[int, str]


@dataclass(frozen=True, slots=True)
class Category:
    """The derived words of a category, ``verb`` or ``noun``."""

    name: str
    roots: list[Root]
    formulas: dict[int, list[Formula]]


@dataclass(frozen=True, slots=True)
class Listed:
    """A word that is listed: a particle, or an inflected form of a name."""

    form: str
    lemma: str
    root: str
    inflection: Inflection


def package_version() -> str:
    """The version of the package that is installed."""
    return version(PACKAGE)


def fold_stem(text: str) -> str:
    """A vowelled stem as it is folded inside a word.

    >>> fold_stem("شَيْء"), fold_stem("مُسْتَوَى")
    ('شيء', 'مستوي')
    """
    return fold_prefix(without_diacritics(text))


def read_category(name: str) -> Category:
    """The derived words of ``"verb"`` or ``"noun"``."""
    folder = f"DATA.Derived.{name.capitalize()}s"
    labels = _read_labels(folder)
    moods = [each["valAR"] for each in tables.load_list(f"{folder}.CaseOrMood.list")]
    patterns = tables.load_map(f"{folder}.Patterns.Stems.Voweled.Diac.map")
    lemma_patterns = tables.load_map(f"{folder}.Patterns.Lemmas.Voweled.Diac.map")
    formulas: dict[int, list[Formula]] = {}
    inflect = _inflect_verb if name == "verb" else _inflect_noun
    for length, rows in tables.load_map(f"{folder}.Formulas.map").items():
        formulas[length] = []
        for row in rows:
            pattern = patterns[length][int(row["idDiacPatternStem"]) - 1]["val"]
            size, number = map(int, row["idDiacPatternLemma"].split("."))
            of_lemma = lemma_patterns[size][number - 1]["val"]
            label = labels[int(row["idPartOfSpeech"]) - 1]
            mood = moods[int(row["idCaseOrMood"]) - 1]
            inflection = inflect(label, mood, pattern, of_lemma)
            formulas[length].append(Formula(pattern, of_lemma, inflection))
    return Category(name, list(_iter_roots(folder)), formulas)


def _iter_roots(folder: str) -> Iterator[Root]:
    for size in ("Trilateral", "Quadriliteral"):
        for rows in tables.load_map(f"{folder}.Roots.{size}.map").values():
            for row in rows:
                # A few entries have a space or a letter too many.
                if all(letter in CODES for letter in fold_stem(row["val"])):
                    by_length = {at: row.get(f"len{at}") for at in _LENGTHS}
                    used = {at: of for at, of in by_length.items() if of}
                    yield Root(row["val"], used)


def _read_labels(folder: str) -> list[dict[str, str]]:
    """The parts of speech of a category, each with its features as labels."""
    names = {
        feature: {
            row["id"]: row["valAR"]
            for row in tables.load_list(f"{folder}.PartOfSpeech.{feature}.list")
        }
        for feature in (
            ("Type", "Person2", "Voice", "Transitivity")
            if folder.endswith("Verbs")
            else ("Type", "Definit", "Gender", "Number")
        )
    }
    return [
        {
            feature: of.get(row[feature.lower()] or "", "")
            for feature, of in names.items()
        }
        for row in tables.load_list(f"{folder}.PartOfSpeech.list")
    ]


def _inflect_verb(
    label: dict[str, str], mood: str, _pattern: str, _of_lemma: str
) -> Inflection:
    return inflect_verb(
        label["Type"], mood, label["Person2"], label["Voice"], label["Transitivity"]
    )


def _inflect_noun(
    label: dict[str, str], case: str, pattern: str, of_lemma: str
) -> Inflection:
    written = without_diacritics(pattern)
    number, gender = label["Number"], label["Gender"]
    is_construct = number == _DUAL and not written.endswith(_WHOLE_DUAL)
    if (number, gender) == (_PLURAL, _MASCULINE) and written.endswith(
        _CONSTRUCT_PLURAL
    ):
        # A sound plural only: in معاني the ي is the word's own.
        is_construct = written[:-1] == without_diacritics(of_lemma)
    return inflect_noun(
        definiteness=label["Definit"],
        case=case,
        has_tanween=any(sign in pattern for sign in _TANWEEN),
        is_construct=is_construct,
        features=(label["Type"], number, gender),
    )


def iter_particles() -> Iterator[Listed]:
    """The particles, pronouns and other words that are derived from no root."""
    listed = tables.load_list(tables.TABLES["toolwords_voweled"])
    for written, numbers in tables.load_map(
        tables.TABLES["toolwords_unvoweled"]
    ).items():
        for number in numbers.split():
            row = listed[int(number) - 1]
            inflection = Inflection(
                "particle",
                (),
                frozenset(re.findall(r"[CNV]\d", row["procClass"] or "")),
                frozenset(re.findall(r"[CNV]\d", row["encClass"] or "")),
            )
            yield Listed(written, row["lemma"], row["root"] or "", inflection)


def iter_names() -> Iterator[Listed]:
    """The inflected forms of proper names, and of foreign words listed with them."""
    listed = tables.load_list(tables.TABLES["propernoun_voweled"])
    cases = [
        row["valAR"] for row in tables.load_list(tables.TABLES["propernoun_casemood"])
    ]
    labels = tables.load_list(tables.TABLES["propernoun_pos"])
    for written, numbers in tables.load_map(
        tables.TABLES["propernoun_unvoweled"]
    ).items():
        for number in numbers.split():
            # A few numbers are beyond the end of the list.
            if int(number) <= len(listed):
                row = listed[int(number) - 1]
                inflection = inflect_noun(
                    definiteness="",
                    case=cases[int(row["cas"]) - 1],
                    has_tanween=any(sign in row["vowform"] for sign in _TANWEEN),
                    is_construct=False,
                    features=(labels[int(row["pos"]) - 1]["type"] or "",),
                    category="name",
                )
                yield Listed(written, row["lemma"], row["root"] or "", inflection)


def read_own_names() -> list[str]:
    """The names of ``names.txt`` without their article, in its order, each once."""
    lines = NAMES.read_text("utf-8").splitlines()
    words = [word for line in lines if line[:1] != "#" for word in line.split()]
    return list(dict.fromkeys(without_article(word) for word in words))


def read_forms_of_god() -> dict[str, str]:
    """The written forms of الله and their lemma, which no rule makes."""
    return dict.fromkeys(tables.load_map(tables.TABLES["exceptional"]), "اللَّه")


def read_lemma_frequencies() -> dict[str, float]:
    """Lemma → its share of the words of annotated text."""
    frequencies: dict[str, Any] = tables.load_map("DATA.MSA-LEMMA.ALL-train.map")
    return {lemma: float(share) for lemma, share in frequencies.items()}


def read_root_frequencies() -> dict[str, float]:
    """Root → its share of the words of annotated text; the least for the others."""
    frequencies = dict.fromkeys(
        (
            root
            for category in ("Nouns", "Verbs")
            for size in ("Trilateral", "Quadriliteral")
            for root in tables.load_map(f"DATA.Derived.{category}.Roots.id.{size}.map")
        ),
        _LEAST_FREQUENCY,
    )
    counted: dict[str, float] = tables.load_map("DATA.Root.map")
    return frequencies | counted


def read_counts() -> dict[str, Counter[str]]:
    """Surface form → vowelled lemma → how often annotated text has it as that lemma.

    The package has them as the emissions of a language model, in Buckwalter's letters,
    with the lengths of words and counts before them.
    """
    counts: dict[str, Counter[str]] = {}
    path = files("farahidi") / "data" / f"{LM_FILE}.gz"
    with (
        path.open("rb") as compressed,
        gzip.open(compressed, "rt", encoding=LM_ENCODING, newline="") as lines,
    ):
        for line in lines:
            if line.startswith(_COUNTED):
                _add_counts(counts, line.rstrip("\r\n"))
    return counts


def _add_counts(counts: dict[str, Counter[str]], line: str) -> None:
    """Add a line: ``B``, the form and its count, then each lemma and its count."""
    words = _iter_words(line)
    form, _count = next(words)
    of_form = counts.setdefault(fold(form), Counter())
    for lemma, count in words:
        of_form[lemma] += count


def _iter_words(line: str) -> Iterator[tuple[str, int]]:
    """The words of a line with their counts; two digits and one tell their lengths."""
    at = 2
    while at < len(line):
        word_at = at + 4
        count_at = word_at + int(line[at : at + 2]) + 1
        end = count_at + int(line[at + 2])
        yield bw_to_arabic(line[word_at : count_at - 1]), int(line[count_at:end])
        at = end + 1
