"""Phonetic keys of names: what the romanizations of one Arabic name have in common.

A *sound* writes a word of either script with capitals for consonants and small
letters for the vowels that are written: Qaddafi is ``QaDaFi``, القذافي ``QDāFī``. Its
*key* is the capitals. Letters that are romanized in one way by one person and in
another by the next have several sounds, so that some of them meet:

====  =====================================================================
key   letters
====  =====================================================================
A     a vowel, hamza or ayn at the beginning; within a word they are not kept
B     ب پ; b p
C     خ; kh, sometimes ch
D     د, ذ ض ظ beside Z; d dh, sometimes th
F     ف ڤ; f ph v
G     غ گ; gh, sometimes g
H     ه ح; h, and none at the end of a word after a vowel
J     ج ژ چ; j dj zh, sometimes g and a soft c
K     ك; k, sometimes c q and ch
Q     ق; q, sometimes k c g gh
S     س ص, ث beside T; s and a soft c
T     ت ط, ث; t th, and none at the end of a word (ة)
X     ش, چ beside J; sh ch
Z     ز, ذ ض ظ; z
W Y   و ي at the beginning; within a word they may be vowels and are not kept
====  =====================================================================

L M N R are themselves. The article is dropped, and kept beside where it may be
written on to its word (ElBaradei). Two neighboring words are kept joined as well as
apart, for نصر الله is Nasrallah and Abd al-Nasser is Abdelnasser.

Sounds of one key agree unless a vowel that is long in one of them has none in the
other that it could be: Paris is باريس, press is not, and Hussein is not حسن.

Measured on public lists of names: of 9,992 Latin spellings of Arabic name parts 89 in
a hundred find theirs; what is missed is mostly translated, spelled with the wrong
vowel or too short. Among 12,653 names such a spelling finds 1.2 on average that are
not its own. Without the comparison of vowels it would be 90 in a hundred, and 3.0.
"""

from archive.names.phonetic.encoder import name_sounds, phonetic_keys, query_sounds
from archive.names.phonetic.sounds import phonetic_key, sounds_match

__all__ = [
    "name_sounds",
    "phonetic_key",
    "phonetic_keys",
    "query_sounds",
    "sounds_match",
]
