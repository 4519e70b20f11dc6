"""Compounds: words that some print joined and some apart, as one and the same.

The analyzer parts names and words with لا everywhere, so that عبدالله is عبد الله, and
اللامركزية is اللا مركزية. What is parted is decided by the letters of the word alone.
Words of which few would think as two, حضرموت, stay whole: a query asks for both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from search.arabic.display_form import display_form
from search.arabic.letters import FEH, GHAIN, HAMZA, MEEM, YEH
from search.arabic.normalize import fold

# Words whose parts are cached, at some 250 bytes each.
CACHED_WORDS: Final = 50_000

# Names in two parts, as they are printed joined. Collected for this project.
_OF_GOD: Final = (
    "عبد|عبيد|نصر|فضل|خير|جار|عطا|هبة|أمر|عون|سعد|فتح|رزق|ضيف|وعد|حمد|لطف|جاد|خلف"
    "|رحمة|دخيل|حزب|حبيب|ذكر"
)
_OF_RELIGION: Final = (
    "نور|صلاح|سيف|عز|فخر|بدر|خير|جمال|كمال|شمس|تاج|تقي|محيي|محي|علاء|شهاب|ضياء|بهاء"
    "|زين|سعد|رشيد|حسام|عماد|نجم|قطب|ناصر|جلال|سراج|شرف|عصام|برهان|صدر|أمين|نصر|رضي"
)
# أب before a pronoun, أبوان, أبواب, أبواق, أبوال, أبولو and the verb باس are no names.
_NAME_OF_A_SON: Final = (
    "(?!ا[بقعه]|ال(?:ه|ها|هم)?$|ل(?!هب|بن)|سه?ا?$"
    "|[يت]?(?:ه|ها|هم|هما|هن|ك|كم|كما|نا|ن|ي|ان|ا)?$).{3,}"
)
# After أبا and أبي, with which other words begin, only the commonest names of sons.
_SONS: Final = (
    "بكر|طالب|حنيفة|هريرة|سفيان|ظبي|نواس|فراس|تمام|العباس|الحسن|الحسين|القاسم|العلاء"
    "|الفرج|الطيب|الفضل|الوليد|الخير|الفداء|الهول"
)
_NAMES: Final = tuple(
    re.compile(f"([وف]?[بلك]?(?:{first}))({last})")
    for first, last in (
        ("عبد", "ال.{2,}"),
        (f"(?:ال)?(?:{_OF_GOD})", "الله"),
        (_OF_RELIGION, "الدين"),
        ("أبو|(?<!.)ابو", _NAME_OF_A_SON),
        ("أبا|أبي|(?<!.)اب[اي]", _SONS),
    )
)
_FATHERS: Final = ("ابو", "ابا", "ابي")
_PROCLITICS: Final = tuple(
    conjunction + preposition
    for conjunction in ("", "و", "ف")
    for preposition in ("", "ب", "ل", "ك")
)
# What لا is a part of: the beginnings of nouns and adjectives.
_NEGATED: Final = (
    "مركزي|عنف|سلكي|وعي|مبالا|نهاي|نهائي|[إا]نساني|[أا]خلاقي|ديني|سامي|عقلاني|منطقي"
    "|شعور|[إا]رادي|محدود|متناهي|مساوا|عدال|شرعي|قانوني|منتمي|جنسي|فقاري|هوائي|طائفي"
    "|دستوري|معقول|مس[ؤئ]ولي|عقاب|استقرار|تسامح|يقين|حرب"
)
NOT: Final = "لا"
_WITH_NOT_RE: Final = re.compile(f"[وف]?[بك]?(?:ال)?{NOT}((?:{_NEGATED}).*)")
# The article before لا that stands apart.
_THE_NOT_RE: Final = re.compile(f"[وف]?[بك]?ال{NOT}")
# Words without decoration that none of these patterns matches, found by one look.
_WHOLE_RE: Final = re.compile(
    f"(?![وفبلك]{{0,2}}(?:عبدال|أب|(?:ال)?{NOT})|اب[واي])"
    f"[{HAMZA}-{GHAIN}{FEH}-{YEH}]+(?<!الله)(?<!الدين)"
)
# Places and titles, joined → apart.
_APART: Final = tuple(
    (re.compile(joined), apart)
    for joined, apart in (
        ("((?:ال)?حضر)(موت.*)", r"\1 \2"),
        ("(بعل)(بك)", r"\1 \2"),
        ("(بور)(سعيد|سودان|فؤاد|توفيق)", r"\1 \2"),
        ("(بيت)(لحم)", r"\1 \2"),
        # One م for two.
        ("((?:ال)?قائم)(قام.*)", rf"\1 {MEEM}\2"),
        ("((?:ال)?سر)(عسكر.*)", r"\1 \2"),
        ("((?:ال)?ر[أا]س)(مال)", r"\1 \2"),
        ("(معد)(يكرب)", r"\1 \2"),
        ("(نيو)(يورك)", r"\1 \2"),
        ("(كوالا)(لمبور)", r"\1 \2"),
        ("((?:ال)?(?:كيلو|سنتي|ملي|ميلي))(متر.*|[غج]رام.*)", r"\1 \2"),
        ("((?:ال)?(?:ثلاث|[أا]ربع|خمس|ست|سبع|ثمان|تسع))(م(?:ئ|ائ)ة)", r"\1 \2"),
    )
)


def is_whole(text: str) -> bool:
    """Whether it is plain that *text* is one word, and no compound.

    >>> is_whole("كتاب"), is_whole("عبدالله"), is_whole("كتاب جديد")
    (True, False, False)
    """
    return _WHOLE_RE.fullmatch(text) is not None


@lru_cache(CACHED_WORDS)
def parts_of(printed: str) -> tuple[str, ...]:
    """The words that the *printed* word is analyzed as: itself, or its parts.

    >>> parts_of("وعبدالله"), parts_of("أبوظبي"), parts_of("أبوعبدالله")
    (('وعبد', 'الله'), ('أبو', 'ظبي'), ('أبو', 'عبد', 'الله'))
    >>> parts_of("اللامركزية"), parts_of("اللا")
    (('لا', 'مركزية'), ('لا',))
    >>> parts_of("أبواب"), parts_of("الوالدين"), parts_of("عبَّاد")
    (('أبواب',), ('الوالدين',), ('عبَّاد',))
    """
    word = display_form(printed)
    for name in _NAMES:
        if found := name.fullmatch(word):
            return found.group(1), *parts_of(found.group(2))
    if found := _WITH_NOT_RE.fullmatch(word):
        return NOT, found.group(1)
    return (NOT,) if _THE_NOT_RE.fullmatch(word) else (printed,)


def forms_of_part(part: str) -> frozenset[str]:
    """The surface forms of a *part* of a name: with proclitics, أبو in its three cases.

    No others: عبيد and عباد are not عبد in a name.

    >>> {"وعبد", "لعبد"} <= forms_of_part("عبد"), "عباد" in forms_of_part("عبد")
    (True, False)
    >>> "بابي" in forms_of_part("أبو")
    True
    """
    surface = fold(part)
    bare = _FATHERS if surface in _FATHERS else (surface,)
    return frozenset(before + form for before in _PROCLITICS for form in bare)


def find_apart(word: str) -> str:
    """How the compound *word* is printed apart; ``""`` where it is none.

    >>> find_apart("حضرموت"), find_apart("القائمقام"), find_apart("مكتب")
    ('حضر موت', 'القائم مقام', '')
    """
    for joined, apart in _APART:
        if found := joined.fullmatch(display_form(word)):
            return found.expand(apart)
    return ""
