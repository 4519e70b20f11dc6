"""Function words: particles, pronouns and the like, which every text has.

Wright, A Grammar of the Arabic Language, vol. 1: particles, pronouns, demonstratives;
with the conjunctions and auxiliaries that newspapers use most. As surface forms.
"""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Final

from search.arabic.normalize import fold

# Those that pronouns are joined with.
_WITH_PRONOUNS: Final = (
    "ل ب في من عن على إلى لدى مع عند بين إن أن لكن لأن كأن لعل ليت كل بعض غير "
    "مثل حول ضد قبل بعد خلال تحت فوق أمام خلف وراء دون بدون ضمن نحو منذ حين "
    "إيا نفس ذات كلا كلتا عبر لدن حيال إزاء تجاه سوى عدا وسط جميع"
)
_PRONOUNS: Final = "ه ها هما هم هن ك كما كم كن ي نا ني"
_ALONE: Final = (
    "أنا نحن أنت أنتم أنتما أنتن هو هي هما هم هن هذا هذه هذان هذين هاتان "
    "هاتين هؤلاء ذلك تلك أولئك ذاك ذا ذي ذو ذوي هنا هناك هنالك الذي التي "
    "اللذان اللذين اللتان اللتين الذين اللاتي اللواتي اللائي ما ماذا من متى "
    "أين كيف كم أي أية أيما لماذا لم لما لن لا ليس ليست ليسوا لست لسنا ليسا "
    "قد لقد سوف هل أو أم أما إما بل ثم حتى لو لولا لوما إذا إذ إذن كي لكي "
    "كيلا كما كأنما إنما أنما حيث حيثما بينما عندما كلما طالما مهما لئلا ألا "
    "إلا كذلك لذلك بذلك كذا هكذا أيضا فقط نعم كلا بلى يا أيها أيتها رغم مما "
    "عما فيما بما كان كانت كانوا يكون تكون كنت كنا يكن تكن أكون نكون يكونوا "
    "كانا سيكون ستكون وإن ولا ولم ولن وما وقد وهو وهي وهم ومن وفي وعلى وإلى "
    "وعن ومع وأن ولو وكان لدي عليه منذ"
)
_CONJUNCTIONS: Final = ("", "و", "ف")
_SHORTEST: Final = 2


@cache
def function_words() -> frozenset[str]:
    """The surface forms, also behind و and ف and with pronouns: some 3,000."""
    bare = {*_WITH_PRONOUNS.split(), *_ALONE.split()}
    joined = {
        # على becomes علي before a pronoun, as it is folded anyway.
        stem + pronoun
        for stem, pronoun in product(_WITH_PRONOUNS.split(), _PRONOUNS.split())
    }
    return frozenset(
        fold(before + word) for before, word in product(_CONJUNCTIONS, bare | joined)
    )


def is_content_word(surface: str) -> bool:
    """Whether a surface form says what a text is about.

    Function words do not, nor numbers, nor single letters.

    >>> [is_content_word(each) for each in ("قطن", "وفيها", "1923", "م", "لكنهم")]
    [True, False, False, False, False]
    """
    if len(surface) < _SHORTEST or any(map(str.isdigit, surface)):
        return False
    return surface not in function_words()
