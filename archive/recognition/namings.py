"""What a name in a text says: how sure it is, by the words around it.

A name that goes on ("Muhammad Abduh of Tanta", "Ali son of ...") or of a single word
may be another's. Such a naming is proposed, never ticked; see `Certainty`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from archive.names.spelling import fold_word
from archive.recognition.name_table import HONORIFICS, NameMatch
from archive.recognition.words import SplitText, fold_all

# Words of which the next is the name: who is called "son of Ali" is not Ali, and who is
# called Muhammad Arif is another than Arif.
_LEADS: Final = fold_all(
    """
    بن ابن بنت ابنة أبو أبي أبا أم عبد آل بنو بني ولد أخو أخي أبناء أولاد نجل
    حفيد كريمة زوجة أرملة شارع ساحة مستشفى جسر جامع محمد
    """
)
# Titles that stand behind somebody's given name, and words of which the next belongs to
# one: a family name behind them is that other's, "Salah al-Din Efendi al-Qasimi".
_BEHIND_GIVEN: Final = fold_all("أفندي بك بيك بيه باشا الدين")
_BEGIN_GIVEN: Final = fold_all("عبد أبو أبي أبا ابن بن")
# Words of a name that tell nobody apart.
_COMMON: Final = fold_all("عبد بن ابن بنت أبو أبي أبا أم الدين")
_SONS: Final = frozenset({"بن", "ابن", "بنت", "ابنه"})
_ARTICLE: Final = "ال"
_NISBA: Final = ("ي", "يه")
_SHORTEST_NISBA: Final = 5


class Certainty(StrEnum):
    """How sure a naming is. Only SURE is ticked in a form before anyone looks."""

    SURE = "sure"
    PART = "part"  # of a longer name, or of another's
    SINGLE = "single"  # one telling word: a common one, or anybody's father
    AMBIGUOUS = "ambiguous"  # several actors are called so
    SHORT = "short"  # a shorter naming of an actor named in full


def judge(text: SplitText, match: NameMatch) -> Certainty:
    """How sure it is that *match* names its actor.

    >>> from archive.recognition.name_table import KnownName, build_name_table
    >>> from archive.recognition.words import split_text
    >>> table = build_name_table([KnownName(1, "عمر بن الخطاب")])
    >>> for text in ("ولّي عمر بن الخطاب", "عبيد الله بن عمر بن الخطاب"):
    ...     split = split_text(text)
    ...     print([judge(split, match).value for match in table.find(split)])
    ['sure']
    ['part']
    """
    if len(match.actor_ids) > 1:
        return Certainty.AMBIGUOUS
    if _is_led(text, match) or _goes_on(text, match):
        return Certainty.PART
    if not _is_distinctive(text, match):
        is_anothers = _has_given_name(text, match)
        return Certainty.PART if is_anothers else Certainty.SINGLE
    return Certainty.SURE


def _is_distinctive(text: SplitText, match: NameMatch) -> bool:
    """Whether two words or more of the name say who it is."""
    words = text.words[match.first_word : match.first_word + match.words]
    last = len(words) - 1
    telling = [
        word
        for at, word in enumerate(map(fold_word, words))
        if word not in _COMMON and (word not in HONORIFICS or at == last)
    ]
    return len(telling) > 1


def _is_led(text: SplitText, match: NameMatch) -> bool:
    """Whether the word before makes it a part of another name."""
    word = match.first_word
    if not word or not text.joins(word):
        return False
    if fold_word(text.words[word - 1]) in _LEADS:
        return True
    return fold_word(text.words[word]) in _SONS and not text.gaps[word].isspace()


def _has_given_name(text: SplitText, match: NameMatch) -> bool:
    """Whether the end of another's given name stands before it."""
    word = match.first_word
    if not word or not text.joins(word):
        return False
    if fold_word(text.words[word - 1]) in _BEHIND_GIVEN:
        return True
    before = word - 2
    return (
        before >= 0
        and text.joins(word - 1)
        and fold_word(text.words[before]) in _BEGIN_GIVEN
    )


def _goes_on(text: SplitText, match: NameMatch) -> bool:
    """Whether a son's name or a nisba follows, behind ranks."""
    word = match.first_word + match.words
    while word < len(text.words) and text.joins(word):
        folded = fold_word(text.words[word])
        if folded in _SONS:
            return True
        if is_nisba(folded):
            # Who has a nisba already is not told apart by a second one.
            return not is_nisba(fold_word(text.words[word - 1]))
        if folded not in HONORIFICS:
            return False
        word += 1
    return False


def is_nisba(folded: str) -> bool:
    """Whether a folded word is a definite adjective of origin.

    >>> is_nisba("الكاظمي"), is_nisba("العراقيه"), is_nisba("المقاومه")
    (True, True, False)
    """
    return (
        len(folded) >= _SHORTEST_NISBA
        and folded.startswith(_ARTICLE)
        and folded.endswith(_NISBA)
    )
