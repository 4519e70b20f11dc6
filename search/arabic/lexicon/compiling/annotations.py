"""Readings counted in annotated text: which lemma a written form was, and how often.

The package has them as the emissions of a language model, in Buckwalter's letters, with
the lengths of words and counts before them.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from farahidi.lm import LM_ENCODING, LM_FILE
from farahidi.translit import bw_to_arabic

from search.arabic.normalize import fold

_EMISSIONS: Final = "B"


def read_counts() -> dict[str, Counter[str]]:
    """Surface form → vowelled lemma → how often it was that lemma."""
    counts: dict[str, Counter[str]] = {}
    path = files("farahidi") / "data" / f"{LM_FILE}.gz"
    with (
        path.open("rb") as compressed,
        gzip.open(compressed, "rt", encoding=LM_ENCODING, newline="") as lines,
    ):
        for line in lines:
            if line.startswith(_EMISSIONS):
                _add(counts, line.rstrip("\r\n"))
    return counts


def _add(counts: dict[str, Counter[str]], line: str) -> None:
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
