"""Arabic stop words, which the imitation of Lucene drops from index and queries.

The words are of the same kinds as Lucene's: particles, prepositions, pronouns and
forms of كان, each also with the conjunction و. Interrogatives are no stop words, as in
Lucene. The site's own index has no stop words.
"""

from __future__ import annotations

from typing import Final

_PREPOSITIONS: Final = (
    "من", "منه", "منها", "منهم", "في", "فى", "فيه", "فيها", "على", "علي", "عليه",
    "عليها", "عليهم", "إلى", "الى", "إلي", "إليه", "إليها", "عن", "عنه", "عنها", "مع",
    "معه", "معها", "حتى", "منذ", "خلال", "بين", "عند", "عندما", "لدى", "دون", "قبل",
    "بعد", "ضمن", "نحو", "حول", "به", "بها", "له", "لها", "لهم",
)  # fmt: skip
_PARTICLES: Final = (
    "و", "أو", "او", "أم", "ثم", "بل", "لكن", "إذا", "اذا", "إذ", "أن", "إن", "ان",
    "أنه", "إنه", "انه", "أنها", "إنها", "انها", "بأن", "بان", "فإن", "فان", "لأن",
    "لو", "لا", "لم", "لن", "ليس", "ليست", "ما", "إلا", "الا", "أما", "اما", "إما",
    "قد", "لقد", "سوف", "كما", "حيث", "بينما", "كي", "مما", "أيضا", "ايضا", "أيضاً",
)  # fmt: skip
_PRONOUNS: Final = (
    "هو", "هي", "هى", "هم", "هما", "أنا", "نحن", "أنت", "انت", "هذا", "هذه", "ذلك",
    "تلك", "هؤلاء", "هنا", "هناك", "الذي", "الذى", "التي", "التى", "الذين", "كل",
    "بعض", "غير", "جميع", "أي", "اي",
)  # fmt: skip
_VERBS: Final = ("كان", "كانت", "كانوا", "يكون", "تكون", "يكن", "تكن")

STOP_WORDS: Final = frozenset(
    conjunction + word
    for word in (*_PREPOSITIONS, *_PARTICLES, *_PRONOUNS, *_VERBS)
    for conjunction in ("", "و")
)
