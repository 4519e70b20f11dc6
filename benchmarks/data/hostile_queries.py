"""Queries that cost as much as the query language allows, family by family."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Final

from search.query.parse import MAX_LENGTH

# Frequent words of the press, and pairs of letters that many words have.
WORDS: Final = (
    *("في", "من", "على", "إلى", "أن", "التي", "عن", "ما", "الذي", "هذا", "مع", "كان"),
    *("هذه", "بين", "كما", "بعد", "قد", "المملكة", "العربية", "الله", "خلال", "عبد"),
    *("محمد", "يوم", "وزارة", "العام", "مدينة", "الملك", "وقال", "رئيس", "عدد", "أكثر"),
    *("الدول", "عام", "منطقة", "العمل", "المجلس", "الدولية", "مجلس", "التعليم", "أول"),
)
PAIRS: Final = (
    *("ال", "ين", "ات", "مل", "ست", "وا", "نا", "ها", "ية", "ون", "لم", "تا", "را"),
    *("ار", "بي", "ما", "لا", "يا", "ان", "وم"),
)
_DIACRITICS: Final = ("فِي", "مِن", "عَلى", "إِلى", "كَانَ", "بَيْنَ", "مَعَ", "هَذَا", "مُحَمَّد")

_Make = Callable[[random.Random], str]


def _words(rng: random.Random, count: int) -> list[str]:
    return [rng.choice(WORDS) for _ in range(count)]


def _pairs(rng: random.Random, count: int) -> list[str]:
    return [rng.choice(PAIRS) for _ in range(count)]


def _joined(parts: Iterator[str] | list[str], joint: str) -> str:
    """As many of the parts as a query may hold."""
    text = ""
    for part in parts:
        longer = f"{text}{joint}{part}" if text else part
        if len(longer) > MAX_LENGTH:
            break
        text = longer
    return text


def _fuzzy(rng: random.Random, edits: int) -> str:
    long = [word for word in WORDS if len(word) > 3]
    return " OR ".join(f"{rng.choice(long)}~{edits}" for _ in range(8))


# A family of queries, how many of it, and how one is made.
_FAMILIES: Final[tuple[tuple[str, int, _Make], ...]] = (
    ("infix", 12, lambda r: " ".join(f"*{pair}*" for pair in r.sample(PAIRS, 8))),
    ("letters", 8, lambda r: " OR ".join(f"?{pair}??*" for pair in _pairs(r, 8))),
    ("stars", 8, lambda r: " ".join(f"*{pair[0]}*{pair[1]}*" for pair in _pairs(r, 8))),
    ("prefixes", 12, lambda r: _joined([f"{p}*" for p in _pairs(r, 90)], " OR ")),
    ("fuzzy 2", 10, lambda r: _fuzzy(r, 2)),
    ("fuzzy 1", 4, lambda r: _fuzzy(r, 1)),
    ("near one", 6, lambda r: f'"{" ".join([r.choice(WORDS)] * 100)}"~999'),
    ("near", 8, lambda r: f'"{" ".join(_words(r, 90))}"~999'),
    ("phrase of one", 6, lambda r: f'"{" ".join([r.choice(WORDS)] * 100)}"'),
    (
        "phrases",
        8,
        lambda r: _joined(
            [f'"{" ".join(_words(r, 2))}"~99' for _ in range(45)], " OR "
        ),
    ),
    ("any", 6, lambda r: _joined(_words(r, 99), " OR ")),
    ("all", 6, lambda r: _joined(_words(r, 99), " ")),
    (
        "none",
        5,
        lambda r: _joined([f"-{word}" for word in _words(r, 98)], " ") + " نفط",
    ),
    ("roots", 6, lambda r: _joined([f"√{word}" for word in _words(r, 99)], " OR ")),
    ("nested", 4, lambda r: "(" * 20 + " OR ".join(_words(r, 60)) + ")" * 20),
    ("titles", 5, lambda r: _joined([f"title:{w}" for w in _words(r, 90)], " OR ")),
    (
        "diacritics",
        5,
        lambda r: _joined([f"={r.choice(_DIACRITICS)}" for _ in range(90)], " OR "),
    ),
)


def iter_hostile_queries(seed: int) -> Iterator[tuple[str, str]]:
    """The family and the text of each query, the same for the same *seed*."""
    rng = random.Random(seed)  # noqa: S311 - chance, not secrecy
    for family, count, make in _FAMILIES:
        for _ in range(count):
            yield family, make(rng)
