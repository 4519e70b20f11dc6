"""How well stems and roots bring the forms of one root together, and only these.

    python benchmarks/stemming.py ROOTS.tsv
    python benchmarks/stemming.py ROOTS.tsv --json

The file has a line a running word: the word, a tab, its root or roots with | between
them; a further column and a header are ignored. Printed are the share of words whose
root is right, and the indexes of Paice (1996) over pairs of distinct words, for exact
forms, for Lucene's stems, for word families and for roots: understemming is the share
of pairs of one root that the level keeps apart, overstemming that of pairs of
different roots that it puts together.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NO_ROOT = frozenset({"", "#", "roots"})
HAMZA_SEATS = str.maketrans(dict.fromkeys("أإآؤئ", "ء") | {"ى": "ي"})
# Dictionaries differ on the last weak letter of one root: رضو, رضي.
WEAK_LAST = "اوي"

Level = Callable[[str], str]


@dataclass(frozen=True)
class Conflation:
    """What one level does to pairs of distinct words; both are shares of pairs."""

    level: str
    understemming: float
    overstemming: float


def read_roots(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    """The running words of the file, each with the spellings of its roots."""
    for line in path.read_text("utf-8").splitlines():
        word, _, rest = line.partition("\t")
        roots = set(rest.partition("\t")[0].split("|")) - NO_ROOT
        if word and roots:
            yield word, frozenset(map(spell, roots))


def spell(root: str) -> str:
    """*root* in the one spelling in which roots are compared."""
    root = root.strip().translate(HAMZA_SEATS)
    return root[:-1] + "ي" if root.endswith(tuple(WEAK_LAST)) else root


def list_levels() -> dict[str, Level]:
    """What folds a word at each level, by the level's name."""
    from benchmarks.retrieval import light10
    from search.arabic.normalize import fold
    from search.arabic.roots.exceptions import HOMOGRAPH_ROOTS
    from search.arabic.roots.extractor import root
    from search.arabic.stem import stem

    as_written = {name: known for known, name in HOMOGRAPH_ROOTS.items()}

    def find_root(word: str) -> str:
        found = root(stem(fold(word)))
        return spell(as_written.get(found, found))

    return {
        "form": fold,
        "light10": lambda word: light10.stem(light10.normalize(word)),
        "stem": lambda word: stem(fold(word)),
        "root": find_root,
    }


def measure_conflation(
    name: str, level: Level, words: dict[str, frozenset[str]]
) -> Conflation:
    """The indexes of one level; a pair is of one root where any of theirs is one."""
    keys = {word: level(word) for word in words}
    same = apart = other = together = 0
    for one, two in itertools.combinations(words, 2):
        conflated = keys[one] == keys[two]
        if words[one].isdisjoint(words[two]):
            other += 1
            together += conflated
        else:
            same += 1
            apart += not conflated
    return Conflation(name, apart / max(same, 1), together / max(other, 1))


def main() -> None:
    """Measure the file of the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    levels = list_levels()
    running = list(read_roots(options.file))
    words: dict[str, frozenset[str]] = {}
    for word, roots in running:
        words[word] = words.get(word, frozenset()) | roots
    right = {word: levels["root"](word) in roots for word, roots in words.items()}
    figures = {
        "words": len(running),
        "distinct": len(words),
        "right": sum(right[word] for word, _ in running) / max(len(running), 1),
        "right_distinct": sum(right.values()) / max(len(words), 1),
        "levels": [
            asdict(measure_conflation(name, level, words))
            for name, level in levels.items()
        ],
    }
    sys.stdout.write(
        json.dumps(figures, indent=2) + "\n" if options.json else render(figures)
    )


def render(figures: dict[str, object]) -> str:
    """The figures as a small table."""
    lines = [
        f"{figures['words']} running words, {figures['distinct']} distinct",
        f"right roots: {figures['right']:.1%} of running, "
        f"{figures['right_distinct']:.1%} of distinct words",
        f"{'level':<8} {'understemming':>14} {'overstemming':>13}",
    ]
    lines += [
        f"{row['level']:<8} {row['understemming']:>14.1%} {row['overstemming']:>13.3%}"
        for row in figures["levels"]  # type: ignore[attr-defined]
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
