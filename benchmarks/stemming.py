"""Under- and overstemming of each level, against roots that people assigned to words.

    .venv/bin/python -m benchmarks.stemming ROOTS.tsv [--json]

The file has a line a running word: the word, a tab, its root or roots with | between
them; a further column and a header are ignored. The report has the share of words
whose root is right, and the indexes of Paice (Method for evaluation of stemming
algorithms based on error counting, JASIS 47, 1996) over pairs of distinct words, for
exact forms, Lucene's stems, word families and roots.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.retrieval.normalizer import normalize
from search.arabic.families import family
from search.arabic.lexicon.light_stem import light_stem
from search.arabic.normalize import fold

_NO_ROOT: Final = frozenset({"", "#", "roots"})
_HAMZA_SEATS: Final = str.maketrans(dict.fromkeys("أإآؤئ", "ء") | {"ى": "ي"})
# Dictionaries differ on the last weak letter of a root: رضو, رضي.
_WEAK_LAST: Final = ("ا", "و", "ي")


@dataclass(frozen=True, slots=True)
class Conflation:
    """The errors of a level, as shares of pairs of distinct words.

    ``understemming`` is the share of pairs of one root that the level keeps apart,
    ``overstemming`` the share of pairs of different roots that it conflates.
    """

    level: str
    understemming: float
    overstemming: float


def read_roots(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """The running words of the file that have a root, with their roots."""
    for line in path.read_text("utf-8").splitlines():
        word, _, rest = line.partition("\t")
        roots = set(rest.partition("\t")[0].split("|")) - _NO_ROOT
        if word and roots:
            yield word, frozenset(map(normalize_root, roots))


def normalize_root(spelling: str) -> str:
    """A root in the one spelling in which roots are compared.

    >>> normalize_root("رضو"), normalize_root("سأل")
    ('رضي', 'سءل')
    """
    letters = spelling.strip().translate(_HAMZA_SEATS)
    return letters[:-1] + "ي" if letters.endswith(_WEAK_LAST) else letters


def _find_root(word: str) -> str:
    return normalize_root(family(fold(word)).roots[0])


# Words with equal keys are conflated.
LEVELS: Final[Mapping[str, Callable[[str], str]]] = {
    "form": fold,
    "light10": lambda word: light_stem(normalize(word)),
    "lemma": lambda word: family(fold(word)).lemmas[0],
    "root": _find_root,
}


def measure_conflation(level: str, words: Mapping[str, frozenset[str]]) -> Conflation:
    """The errors of *level* on *words* with their roots.

    A pair is of one root where the two words have any root in common.
    """
    keys = {word: LEVELS[level](word) for word in words}
    related = kept_apart = unrelated = conflated = 0
    for one, two in itertools.combinations(words, 2):
        equal = keys[one] == keys[two]
        if words[one].isdisjoint(words[two]):
            unrelated += 1
            conflated += equal
        else:
            related += 1
            kept_apart += not equal
    return Conflation(
        level, kept_apart / max(related, 1), conflated / max(unrelated, 1)
    )


def measure(path: Path) -> dict[str, Any]:
    """The figures of the file of words and roots at *path*."""
    running = list(read_roots(path))
    words: dict[str, frozenset[str]] = {}
    for word, roots in running:
        words[word] = words.get(word, frozenset()) | roots
    right = {word: _find_root(word) in roots for word, roots in words.items()}
    return {
        "words": len(running),
        "distinct": len(words),
        "right": sum(right[word] for word, _ in running) / max(len(running), 1),
        "right_distinct": sum(right.values()) / max(len(words), 1),
        "levels": [asdict(measure_conflation(level, words)) for level in LEVELS],
    }


def main() -> None:
    """Print the figures of the file of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.stemming",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="ROOTS.tsv")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    figures = measure(options.file)
    sys.stdout.write(
        json.dumps(figures, indent=2) + "\n" if options.json else render(figures)
    )


def render(figures: Mapping[str, Any]) -> str:
    """The figures as a small table."""
    lines = [
        f"{figures['words']} running words, {figures['distinct']} distinct",
        f"right roots: {figures['right']:.1%} of running, "
        f"{figures['right_distinct']:.1%} of distinct words",
        f"{'level':<8} {'understemming':>14} {'overstemming':>13}",
    ]
    lines += [
        f"{row['level']:<8} {row['understemming']:>14.1%} {row['overstemming']:>13.3%}"
        for row in figures["levels"]
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
