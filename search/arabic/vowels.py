"""Whether the vowels that a text prints on a word are those of a dictionary's entry.

Print adds a vowel or two where a word could be read as another: كُتّاب, عُقد. A text
with all vowels tells how each word is read. The vowels of the case that a word is in,
and the doubled letter behind the article, tell nothing of the entry.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from search.arabic import letters as l
from search.arabic.diacritics import agree, diacritized_form

_LETTER_RE: Final = re.compile(f"([^{l.DIACRITICS}])([{l.DIACRITICS}]*)")


class Vowels(NamedTuple):
    """The letters of a word as they are folded, and the diacritics on each."""

    letters: str
    signs: tuple[str, ...]

    @classmethod
    def of(cls, word: str) -> Vowels:
        """The vowels of a *word*; no letters where it has no diacritics.

        >>> Vowels.of("كُتب")
        Vowels(letters='كتب', signs=('ُ', '', ''))
        """
        return cls.parted(diacritized_form(word))

    @classmethod
    def parted(cls, form: str) -> Vowels:
        """The letters of a diacritized *form* apart from its diacritics.

        >>> Vowels.parted("كُتب") == Vowels.of("كُتبـ")
        True
        """
        pairs = _LETTER_RE.findall(form)
        return cls(
            "".join([letter for letter, _signs in pairs]),
            tuple([signs for _letter, signs in pairs]),
        )

    def behind(self, start: int) -> Vowels:
        """The letters from *start*, the first without the shadda of an article before.

        >>> Vowels.of("الشَّمس").behind(2)
        Vowels(letters='شمس', signs=('َ', '', ''))
        """
        if not start:
            return self
        first, *others = self.signs[start:] or ("",)
        signs = (first.replace(l.SHADDA, ""), *others)
        return Vowels(self.letters[start:], signs)

    def are_of(self, stem: Vowels, *, is_verb: bool) -> bool | None:
        """Whether they are those of an entry, whose *stem* ``stem_of`` has told.

        ``None`` where the letters differ, so that vowels can't be compared. Behind the
        letters of the entry there may be an ending or a pronoun. A verb may be printed
        as a passive.

        >>> [Vowels.of("كُتّابهم").are_of(stem_of(entry), is_verb=False)
        ...  for entry in ("كُتَّاب", "كِتَاب")]
        [True, False]
        >>> Vowels.of("عُقد").are_of(stem_of("عَقَدَ"), is_verb=True)
        True
        >>> Vowels.of("يَكتب").are_of(stem_of("كَتَبَ"), is_verb=True) is None
        True
        """
        if not stem.letters or not self.letters.startswith(stem.letters):
            return None
        if _agree(self.signs, stem.signs):
            return True
        return is_verb and _agree(self.signs, _passive(stem))


def stem_of(entry: str) -> Vowels:
    """The vowels of an *entry* of a dictionary without the ة at its end.

    >>> stem_of("عُقْدَة").letters
    'عقد'
    """
    own = Vowels.of(entry)
    if len(own.letters) > 1 and own.letters.endswith(l.HEH):
        return Vowels(own.letters[:-1], own.signs[:-1])
    return own


def _agree(printed: tuple[str, ...], own: tuple[str, ...]) -> bool:
    last = len(own) - 1
    if l.SHADDA in printed[last] and l.SHADDA not in own[last]:
        return False
    return all(map(agree, printed, own[:last]))


def _passive(verb: Vowels) -> tuple[str, ...]:
    """The diacritics of a passive: كَتَبَ → كُتِبَ, عَدَّ → عُدَّ."""
    *signs, last = verb.signs
    kasra = len(signs) - 1 if len(signs) > 1 else None
    passive = []
    for at, own in enumerate(signs):
        is_open = bool(own) and l.SUKUN not in own
        vowel = l.KASRA if at == kasra else l.DAMMA
        shadda = l.SHADDA if l.SHADDA in own else ""
        passive.append(vowel + shadda if is_open else own)
    return (*passive, last)
