"""Other spellings of stems: hamza softened, alef left out, loan words as others write.

The papers of a century and of twenty countries spell one word in several ways. Such
spellings are stems of the same lemma, less likely by a factor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from search.arabic.lexicon.packing import LONGEST, Array, pack, unpack
from search.arabic.lexicon.stem_table import StemTable

# How much less likely a spelling is than the usual one.
VARIANT_WEIGHT: Final = 1e-3
# Lemmas with a root that are rarer have the usual spelling only: a variant would rather
# be of a commoner word.
_LEAST_LEMMA: Final = 1e-6
_SHORTEST: Final = 3

# Parts of a folded stem → other spellings of the same. For each place where a part
# stands there is a variant.
_OF_ALL: Final = (
    ("(?<=ا)ء(?=.)", "ي"),  # دائرة دايرة
    ("(?<=[^ا])ء(?=.)", "ي"),  # ذئب ذيب
    ("(?<=.)ء(?=.)", "و"),  # مؤتمر موتمر
    ("(?<=ا)ء$", ""),  # كربلاء كربلا
    ("ءو(?=.)", "ء"),  # شؤون شؤن
    ("(?<=ي)ء(?=ه)", "ا"),  # هيئة هيأة
    ("ا(?=[هت]$)", "و"),  # الصلاة الصلوة
    ("^ا(?=من)", "ءا"),  # آمنوا ءامنوا
    ("او", "و"),  # طاووس طاوس, سماوات سموات
    ("وو", "و"),
)
# Of words without a root: names and loan words.
_OF_LOANS: Final = (
    ("(?<=.)ا(?=.)", ""),  # إسماعيل إسمعيل
    ("ن$", "ان"),
    ("غ", "ج"),  # غرام جرام
    ("ج", "غ"),
    ("ج", "ك"),  # إنجليزي إنكليزي
    ("ك", "ج"),
    ("^ا(?=س[^ا])", ""),  # استراتيجي ستراتيجي
    ("(?<=.)و(?=.)", ""),  # بروتوكول بروتكول
    ("(?<=^.)(?=ر)", "و"),  # كردستان كوردستان
    ("(?<=ل)(?=ف)", "ي"),  # تلفون تليفون
    ("^تش", "ج"),  # تشاد چاد
)
# The same where so many letters tell that no other word is meant, without those of
# a nisba: which vowels are long differs from paper to paper.
_OF_LONG_LOANS: Final = (
    ("(?<=.)ي(?=.)", ""),  # سيناتور سناتور
    ("(?<=[^اوي])(?=[^اوي])", "ا"),  # برلمان بارلمان
    ("(?<=[^اوي])(?=[^اوي])", "و"),  # كمبيوتر كومبيوتر
    ("(?<=[^اوي])(?=[^اوي])", "ي"),  # سكرتير سكريتير
    ("ط", "ت"),  # بريطانيا بريتانيا
    ("ت", "ط"),
)
_LONG: Final = 6
_RULES: Final = tuple(
    (re.compile(pattern), other, for_loans, shortest)
    for rules, for_loans, shortest in (
        (_OF_ALL, False, _SHORTEST),
        (_OF_LOANS, True, _SHORTEST),
        (_OF_LONG_LOANS, True, _LONG),
    )
    for pattern, other in rules
)


# A last أ, which is folded to ا, has another seat before a pronoun: خطأ, خطئه.
_LAST_ALEF: Final = "ا"
_NISBA_RE: Final = re.compile("ي(?:ه|ات|ون|ين|ان)?$")
_HAMZA: Final = "ء"


class Variants(NamedTuple):
    """Packed spellings, and the row of the table that each is a spelling of.

    ``is_regular`` tells those that are as likely as the usual one.
    """

    keys: Array
    rows: Array
    is_regular: Array


def find_variants(
    table: StemTable, lemma_weights: Array, roots: Sequence[str]
) -> Variants:
    """The other spellings of the stems of loan words and of lemmas that are not rare.

    *lemma_weights* is P(lemma): float[n_lemmas]; *roots* has the root of each lemma,
    empty where there is none.
    """
    is_loan = np.array([not root for root in roots])
    common = np.flatnonzero(
        (lemma_weights[table.lemmas] >= _LEAST_LEMMA) | is_loan[table.lemmas]
    )
    counts = np.diff(table.firsts)
    stems = np.repeat(np.arange(counts.size), counts)[common]
    lemmas = table.lemmas[common]
    keys: list[int] = []
    rows: list[int] = []
    regular: list[bool] = []
    written: dict[int, str] = {}
    for row, stem, lemma in zip(
        common.tolist(), stems.tolist(), lemmas.tolist(), strict=True
    ):
        form = written.get(stem)
        if form is None:
            form = written[stem] = unpack(int(table.keys[stem]))
        root = roots[lemma]
        for variant in _spellings(form, is_loan=not root):
            keys.append(pack(variant) or 0)
            rows.append(row)
            regular.append(False)
        if root.endswith(_HAMZA) and form.endswith(_LAST_ALEF):
            keys.append(pack(form[:-1] + _HAMZA) or 0)
            rows.append(row)
            regular.append(True)
    return Variants(np.array(keys, np.uint64), np.array(rows), np.array(regular))


def _spellings(form: str, *, is_loan: bool) -> Iterator[str]:
    """Other spellings of a stem.

    >>> sorted(_spellings("داءره", is_loan=False))
    ['داوره', 'دايره']
    >>> "اسمعيل" in _spellings("اسماعيل", is_loan=True)
    True
    """
    length = len(_NISBA_RE.sub("", form))
    for pattern, other, for_loans, shortest in _RULES:
        if (for_loans and not is_loan) or length < shortest:
            continue
        places = [match.span() for match in pattern.finditer(form)]
        variants = [form[:start] + other + form[end:] for start, end in places]
        if len(places) > 1 and places[0][0] != places[0][1]:
            variants.append(pattern.sub(other, form))
        for variant in variants:
            if _SHORTEST <= len(variant) <= LONGEST:
                yield variant


# Letters that countries write for one foreign sound, in words of so many letters that
# they are no other word: غينيا is not كينيا.
_ONE_SOUND: Final = ((_LONG, re.compile("[غجك]")), (_LONG - 1, re.compile("[غج]")))
_SOUND: Final = "ج"
# Letters of a word that has a long vowel more than another of the same meaning. Names
# of God are told apart by that very vowel.
_LONGER: Final = 7
_SERVANTS: Final = ("عبد", "عبيد")
_LONG_VOWELS: Final = "اوي"
# An alef in another place makes another word: كماليات, كاملية.
_MOVING: Final = "وي"
# The end of a loan word that is written in two ways, and the one for both.
_LAST_RE: Final = re.compile("(?<=.{5})[اه]$")
_LAST_VOWEL: Final = "ه"


def find_same(forms: Sequence[str], roots: Sequence[str], weights: Array) -> Array:
    """For each lemma the one that it is another spelling of, or itself: int64[n].

    Of loan words that differ in the letter of a foreign sound, إنجليزي and إنكليزي, in
    the last letter, ميليشيا and ميليشية, in a long vowel inside, شنغهاي and شانغهاي, or
    in its place, أمريكا and أميركا, the more frequent stands for both.
    """
    same = np.arange(len(forms))
    # By their letters, and by their letters without one of the vowels.
    known: dict[str, int] = {}
    known_shorter: dict[str, int] = {}
    for number in np.argsort(-weights, kind="stable").tolist():
        form = forms[number]
        pattern = next((of for least, of in _ONE_SOUND if len(form) >= least), None)
        if roots[number] or pattern is None:
            continue
        sound = _LAST_RE.sub(_LAST_VOWEL, pattern.sub(_SOUND, form))
        shorter = list(_without_a_vowel(sound))
        candidates = [
            known.get(sound) if pattern.search(form) or _LAST_RE.search(form) else None,
            known_shorter.get(sound),
            *map(known.get, shorter),
            *map(known.get, _with_a_vowel_moved(sound)),
        ]
        at = next((each for each in candidates if each is not None), number)
        same[number] = at
        known.setdefault(sound, at)
        for each in shorter:
            known_shorter.setdefault(each, at)
    return same


def _with_a_vowel_moved(form: str) -> Iterator[str]:
    """A loan word with a و or ي inside it before the letter that it follows, or behind.

    >>> "امريجا" in _with_a_vowel_moved("اميرجا"), list(_with_a_vowel_moved("جيلاد"))
    (True, [])
    """
    if len(form) >= _LONG:
        for at in range(1, len(form) - 2):
            first, second = form[at], form[at + 1]
            if (first in _MOVING) != (second in _MOVING):
                yield form[:at] + second + first + form[at + 2 :]


def _without_a_vowel(form: str) -> Iterator[str]:
    """A long loan word without one of the long vowels inside it.

    >>> list(_without_a_vowel("شانجهاي")), list(_without_a_vowel("سليمان"))
    (['شنجهاي', 'شانجهي'], [])
    """
    if len(form) >= _LONGER and not form.startswith(_SERVANTS):
        for at in range(1, len(form) - 1):
            if form[at] in _LONG_VOWELS:
                yield form[:at] + form[at + 1 :]
