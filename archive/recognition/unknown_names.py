"""Names in a text that the archive does not know: candidates for new actors.

By what stands around names: a title before a person, a kunya, بن between two names, a
given name; a word such as حزب or وزارة before the definite words of a body's name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from archive.names.spelling import fold_word, spelling_key
from archive.recognition.words import (
    SplitText,
    fold_all,
    iter_without_proclitics,
    split_text,
)

_PERSON: Final = "person"
_BODY: Final = "organisation"
_ARTICLE: Final = "ال"
# "On", which folds as the name Ali does.
_ON: Final = "على"
_MOST_WORDS: Final = 4
_SHORTEST_WORD: Final = 2

# Without the article. Offices are followed by a name, with or without a comma.
_TITLES: Final = fold_all(
    """
    دكتور سيد سيده شيخ استاذ مهندس لواء عميد عقيد فريق مقدم نقيب حاج امام آية
    مطران بطريرك اب قس حاخام امير اميره ملك ملكه سلطان شاه كاتب شاعر اديب روائي
    مؤرخ صحافي صحفي رسام مطرب فنان مخرج محامي قاضي نائب وزير رئيس زعيم قائد سفير
    مدير امين ناطق متحدث مرشح شهيد مرحوم بروفسور مستر مسيو خواجه لورد كولونيل
    جنرال
    """
)
_OFFICE_WORDS: Final = fold_all(
    """
    الوزراء الجمهوريه الخارجيه الداخليه الدفاع الماليه العدل العام الاول القدس
    الدوله البرلمان الحكومه الحزب الحركه الاركان
    """
)
_KUNYA: Final = fold_all(
    """
    ابو ابي ابا ام
    """
)
_SONS: Final = fold_all(
    """
    بن ابن بنت
    """
)
_GIVEN: Final = fold_all(
    """
    محمد احمد محمود علي حسن حسين عبدالله مصطفي ابراهيم يوسف خالد عمر عثمان سعيد
    سعد صالح جمال كمال جورج جورجي جرجي نجيب فؤاد فريد رشيد رفيق سليم سليمان داود
    موسي عيسي الياس انطون بطرس بولس ميخائيل حنا يعقوب اسماعيل اسحق طه قاسم كاظم
    جعفر صادق باقر رضا مهدي هادي حيدر عباس نوري برهم جلال مسعود فاطمه زينب مريم
    عائشة هدي مي ليلي نازك ياسر حسان وليد طارق زياد سامي امين خليل توفيق شكري
    لطفي فارس
    """
)
# Heads of the names of bodies, with or without the article.
_BODIES: Final = fold_all(
    """
    حزب حركه جبهه جمعيه وزاره مجلس هيئة لجنه جامعه تنسيقيه قوات فيلق نقابه اتحاد
    منظمه شركه مصرف بنك محكمه مؤسسة كتائب عصائب سرايا تيار ائتلاف كتله سفاره
    حكومه برلمان تحالف جيش شرطه مديريه اداره رابطه نادي معهد كليه مدرسه مكتبه
    مطبعه جريدة صحيفه مجله وكاله اذاعه ديوان محفل
    """
)
# Words that end a name.
_STOPS: Final = fold_all(
    """
    في من الي عن ان انه انها قد لقد كان كانت التي الذي الذين هذا هذه ذلك تلك
    ما لا لم لن او ثم بعد قبل خلال بين عند منذ حتي مع كما حيث اذا قال قالت اكد
    اكدت اعلن اعلنت اضاف اضافت امس اليوم غدا كل بعض غير هو هي هم نحن عام سنه يوم
    شهر الماضي الجاري المنصرم المقبل الحالي السابق السابقه الحاليه الماضيه نفسه
    نفسها ايضا فقد التابعه التابع باسم ضد حول نحو لدي وهو وهي بان بانه
    """
)


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A candidate: the name as it stands first, its kind, and all its places."""

    name: str
    kind: str
    places: tuple[tuple[int, int], ...]


def find_unknown_names(
    text: str, known: Collection[tuple[int, int]] = (), given: Collection[str] = ()
) -> list[UnknownName]:
    """The candidates in *text*, the most frequent first.

    *known* are the places of actors that are known, *given* folded given names beside
    the frequent ones.

    >>> text = "قال رئيس الوزراء، مصطفى الكاظمي، إن حزب النهضة العربي اجتمع"
    >>> [(each.name, each.kind) for each in find_unknown_names(text)]
    [('مصطفى الكاظمي', 'person'), ('حزب النهضة العربي', 'organisation')]
    """
    split = split_text(text)
    taken = sorted(known)
    by_key: dict[str, list[tuple[int, int, str]]] = {}
    for start, end, kind in _iter_candidates(split, _GIVEN.union(given)):
        if not any(one < end and start < other for one, other in taken):
            key = spelling_key(text[start:end])
            by_key.setdefault(key, []).append((start, end, kind))
    names = [
        UnknownName(
            text[places[0][0] : places[0][1]],
            places[0][2],
            tuple((start, end) for start, end, _ in places),
        )
        for places in by_key.values()
    ]
    return sorted(names, key=lambda each: (-len(each.places), each.places[0]))


def _iter_candidates(
    split: SplitText, given: frozenset[str]
) -> Iterator[tuple[int, int, str]]:
    folded = [fold_word(word) for word in split.words]
    end = 0
    for word in range(len(folded)):
        if word < end:
            continue
        for letters, bare in _bare_forms(folded[word]):
            last, kind = _read_candidate(split, folded, word, bare, given)
            if last > word:
                yield split.starts[word] + letters, split.end(last), kind
                end = last + 1
                break


def _bare_forms(folded: str) -> list[tuple[int, str]]:
    """The word, and without a proclitic of one letter."""
    bare = [(0, folded)]
    bare += [
        (len(letters), noun)
        for letters, noun in iter_without_proclitics(folded)
        if len(letters) == 1 and len(folded) == len(noun) + 1
    ]
    return bare


def _read_candidate(
    split: SplitText, folded: list[str], word: int, bare: str, given: frozenset[str]
) -> tuple[int, str]:
    """The last word of the candidate that begins at *word*, or *word*, and its kind."""
    if bare.removeprefix(_ARTICLE) in _BODIES:
        return _read_body(split, folded, word, bare), _BODY
    follows_title = _follows_title(split, folded, word)
    if split.words[word].endswith(_ON):
        return word, _PERSON
    is_given = bare in given or bare in _KUNYA or (follows_title and bare not in _STOPS)
    if not is_given or bare.startswith(_ARTICLE) or bare in _OFFICE_WORDS:
        return word, _PERSON
    is_sure = follows_title or bare in _KUNYA
    return _read_person(split, folded, word, given, sure=is_sure), _PERSON


def _read_body(split: SplitText, folded: list[str], word: int, bare: str) -> int:
    last = word
    while last - word < _MOST_WORDS - 1 and _continues(split, folded, last + 1):
        following = folded[last + 1]
        if not following.startswith(_ARTICLE):
            break
        last += 1
    is_definite = bare.startswith(_ARTICLE)
    has_adjective = last > word and folded[last].endswith(("ي", "يه"))
    return last if not is_definite or has_adjective else word


def _read_person(
    split: SplitText, folded: list[str], word: int, given: frozenset[str], *, sure: bool
) -> int:
    last, has_father = word, False
    while last - word < _MOST_WORDS - 1 and _continues(split, folded, last + 1):
        following = folded[last + 1]
        if following in _TITLES or following.removeprefix(_ARTICLE) in _BODIES:
            break
        last += 1
        has_father |= following in _SONS or following in given
        if following.startswith(_ARTICLE):
            return last
        if not sure and not has_father:
            break
    # Two words between signs of punctuation: قاسم سليماني،
    is_framed = bool(split.gaps[last + 1].strip())
    if folded[last] in _SONS or not (sure or has_father or is_framed):
        return word
    return last


def _continues(split: SplitText, folded: list[str], word: int) -> bool:
    """Whether the word at that place may go on with a name."""
    if word >= len(folded) or not split.joins(word) or "\n" in split.gaps[word]:
        return False
    own = folded[word]
    return len(own) >= _SHORTEST_WORD and own not in _STOPS and not own[0].isdigit()


def _follows_title(split: SplitText, folded: list[str], word: int) -> bool:
    """Whether a title, or the end of an office's name and a comma, stands before."""
    before = word - 1
    if before < 0 or len(split.gaps[word].strip(" ،,:")) or "\n" in split.gaps[word]:
        return False
    if folded[before] in _OFFICE_WORDS or folded[before].endswith(("يه", "ي")):
        before -= 1
        if before < 0 or not split.joins(before + 1):
            return False
        return folded[before].removeprefix(_ARTICLE) in _TITLES | _OFFICE_WORDS
    return folded[before].removeprefix(_ARTICLE) in _TITLES and split.joins(word)
