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
_RULES: Final = tuple(
    (re.compile(pattern), other, for_loans)
    for rules, for_loans in ((_OF_ALL, False), (_OF_LOANS, True))
    for pattern, other in rules
)


# A last أ, which is folded to ا, has another seat before a pronoun: خطأ, خطئه.
_LAST_ALEF: Final = "ا"
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
    if len(form) < _SHORTEST:
        return
    for pattern, other, for_loans in _RULES:
        if for_loans and not is_loan:
            continue
        places = [match.span() for match in pattern.finditer(form)]
        variants = [form[:start] + other + form[end:] for start, end in places]
        if len(places) > 1:
            variants.append(pattern.sub(other, form))
        for variant in variants:
            if _SHORTEST <= len(variant) <= LONGEST:
                yield variant


# Letters that countries write for one foreign sound, in words long enough to be no
# other word.
_ONE_SOUND: Final = re.compile("[غجك]")
_SOUND: Final = "ج"
_LONG: Final = 5


def find_same(forms: Sequence[str], roots: Sequence[str], weights: Array) -> Array:
    """For each lemma the one that it is another spelling of, or itself: int64[n].

    Of loan words that differ in the letter of a foreign sound only, إنجليزي and
    إنكليزي, the more frequent one stands for both.
    """
    same = np.arange(len(forms))
    known: dict[str, int] = {}
    for number in np.argsort(-weights, kind="stable").tolist():
        form = forms[number]
        if roots[number] or len(form) < _LONG or not _ONE_SOUND.search(form):
            continue
        sound = _ONE_SOUND.sub(_SOUND, form)
        same[number] = known.setdefault(sound, number)
    return same
