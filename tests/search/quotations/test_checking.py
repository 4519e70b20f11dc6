"""Quotations: true in other spelling, altered by a word or three, and invented."""

import random
import re

import pytest

from search.arabic.analyzer import analyze
from search.quotations import Change, Verdict, align, check, find_gaps, split
from search.quotations.splitting import list_words
from tests.search.library import Library

_VOWELS = "\N{ARABIC FATHA}\N{ARABIC DAMMA}\N{ARABIC KASRA}\N{ARABIC SUKUN}"
_RESPELLED = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}
# Words that the library does not have, as far as a sentence of them goes.
_OTHER = ("زرافة", "فلفل", "مثلث", "قوقعة", "زئبق", "طاووس", "حلزون", "برغوث")


def _sentences(library: Library) -> list[list[str]]:
    found = []
    for article in library.articles.values():
        if article.status != "published":
            continue
        for sentence in re.split(r"[.،\n]+", article.body):
            words = [word for word in sentence.split() if re.search(r"[ء-ي]", word)]
            if len(words) >= 6:
                found.append(words)
    return found


def _respell(word: str, chance: random.Random) -> str:
    letters = []
    for letter in word:
        other = _RESPELLED.get(letter, letter)
        letters.append(other if chance.random() < 0.5 else letter)
        if "ء" <= letter <= "ي" and chance.random() < 0.2:
            letters.append(chance.choice(_VOWELS))
    return "".join(letters)


class TestVerdicts:
    def test_true_quotations_are_true_in_any_spelling(self, library: Library) -> None:
        chance = random.Random(1911)
        for words in _sentences(library)[:25]:
            quotation = " ".join(_respell(word, chance) for word in words)
            assert check(quotation).verdict is Verdict.VERBATIM, quotation

    def test_changed_words_are_located(self, library: Library) -> None:
        chance = random.Random(1911)
        for words in _sentences(library)[:25]:
            altered = list(words)
            places = chance.sample(range(len(words)), chance.randint(1, 2))
            for place in places:
                altered[place] = chance.choice(_OTHER)
            checked = check(" ".join(altered))
            assert checked.verdict is Verdict.ALTERED, altered
            marked = [
                step.quoted
                for step in checked.steps
                if step.change in (Change.CHANGED, Change.ADDED)
            ]
            assert sorted(marked) == sorted(altered[place] for place in places)

    def test_invented_sentences_are_not_here(self, library: Library) -> None:
        chance = random.Random(1911)
        known = [word for words in _sentences(library) for word in words]
        for _ in range(25):
            invented = [chance.choice((*_OTHER, *known[:200])) for _ in range(8)]
            invented[::2] = [chance.choice(_OTHER) for _ in invented[::2]]
            assert check(" ".join(invented)).verdict is Verdict.ABSENT, invented

    @pytest.mark.parametrize("hyphen", ["-", "\u00ad", "\u2010"])
    def test_word_divided_at_the_end_of_a_line_is_one(
        self, library: Library, hyphen: str
    ) -> None:
        for words in _sentences(library)[:5]:
            place, word = max(enumerate(words), key=lambda each: len(each[1]))
            half = len(word) // 2
            parts = [*words[:place], f"{word[:half]}{hyphen}\n{word[half:]}"]
            (quotation,) = split(" ".join([*parts, *words[place + 1 :]]))
            assert check(quotation).verdict is Verdict.VERBATIM, quotation

    def test_words_missing_beside_the_first_and_the_last_are_located(self) -> None:
        text = "والد اللاعب ووكيله القانوني في النادي منذ سنة كاملة واحدة"
        steps = align(analyze("والد القانوني في النادي منذ واحدة"), analyze(text))
        missing = [step.printed for step in steps if step.change is Change.MISSING]
        assert missing == ["اللاعب", "ووكيله", "سنة", "كاملة"]
        assert {step.change for step in steps} == {Change.SAME, Change.MISSING}

    def test_words_beside_equally_likely_changes_stay(self) -> None:
        """Two words were left out; none was added or changed."""
        text = "وانتقل الفيلم من المركز الثاني إلى المركز الثالث هذا الأسبوع"
        quotation = analyze("المركز إلى المركز هذا الأسبوع")
        steps = align(quotation, analyze(text))
        missing = [step.printed for step in steps if step.change is Change.MISSING]
        assert missing == ["الثاني", "الثالث"]
        assert {step.change for step in steps} == {Change.SAME, Change.MISSING}

    def test_text_that_says_it_again_in_other_words_has_it(self) -> None:
        again = "بخصوص القاعدة رفض المتحدث التعليق بشأن ما إذا كانا قد اتفقا"
        between = "ثم سار القطار من حلب إلى دمشق وبيروت فالقدس " * 9
        itself = "رفض المتحدث التعليق بخصوص ما إذا كانا قد وصلا"
        text = f"{again}. {between}. {itself}."
        steps = align(analyze("رفض المتحدث التعليق بخصوص ما إذا كانا"), analyze(text))
        assert {step.change for step in steps} == {Change.SAME}

    def test_title_can_be_quoted(self, library: Library) -> None:
        checked = check("مسئول عن شئون الري")
        assert checked.verdict is Verdict.VERBATIM
        assert checked.article == library["hamza_variants"]

    def test_hidden_article_is_not_quoted(self, library: Library) -> None:
        draft = library["draft"]
        assert len(analyze(draft.body)) >= 3
        checked = check(draft.body)
        assert checked.article is None or checked.article.status == "published"

    @pytest.mark.parametrize("quotation", ["", "كلمة", "كلمتان اثنتان", "!؟"])
    def test_too_few_words_say_nothing(self, library: Library, quotation: str) -> None:
        assert check(quotation).verdict is Verdict.TOO_SHORT


class TestAlignment:
    TEXT = "سكة حديد الحجاز بدأت في دمشق. وكانت سِكَّةُ حَدِيدِ الحِجازِ طويلة."

    def _changes(self, quotation: str) -> list[tuple[str, str, str]]:
        steps = align(analyze(quotation), analyze(self.TEXT))
        return [
            (step.change.value, step.quoted, step.printed)
            for step in steps
            if step.change is not Change.SAME
        ]

    @pytest.mark.parametrize(
        ("quotation", "changes"),
        [
            ("سكة حديد الحجاز بدأت في دمشق", []),
            (
                "سكة حديد الشام بدأت في دمشق",
                [("changed", "الشام", "الحجاز")],
            ),
            (
                "سكة حديد الحجاز الطويلة بدأت في دمشق",
                [("added", "الطويلة", "")],
            ),
            ("سكة حديد الحجاز في دمشق", [("missing", "", "بدأت")]),
            (
                "وكانت سكة حديد الحجاز طويلة",
                [
                    ("spelling", "سكة", "سِكَّةُ"),
                    ("spelling", "حديد", "حَدِيدِ"),
                    ("spelling", "الحجاز", "الحِجازِ"),
                ],
            ),
        ],
    )
    def test_each_word_is_told(
        self, quotation: str, changes: list[tuple[str, str, str]]
    ) -> None:
        assert self._changes(quotation) == changes

    def test_offsets_are_those_of_the_text(self) -> None:
        steps = align(analyze("بدأت في دمشق"), analyze(self.TEXT))
        assert [self.TEXT[step.start : step.end] for step in steps] == [
            "بدأت",
            "في",
            "دمشق",
        ]

    def test_without_a_common_word_there_is_no_passage(self) -> None:
        assert align(analyze("زرافة في"), analyze("حلزون")) == []


# As printed, as quoted, and what is changed in the wording.
SIBLINGS = [
    (
        "إِنَّ ٱلَّذِينَ ءَامَنُوا۟ وَعَمِلُوا۟ ٱلصَّـٰلِحَـٰتِ كَانَتْ لَهُمْ جَنَّـٰتُ ٱلْفِرْدَوْسِ",
        "إن الذين آمنوا و عملوا الصالحات كانت لهم جنات الفردوس",
        [],
    ),
    (
        "إِنَّ ٱلَّذِينَ ءَامَنُوا۟ وَعَمِلُوا۟ ٱلصَّـٰلِحَـٰتِ كَانَتْ لَهُمْ",
        "إن الذين كفروا وعملوا الصالحات كانت لهم",
        [("changed", "كفروا")],
    ),
    ("وأقاموا ٱلصَّلَوٰةَ وءاتوا ٱلزَّكَوٰةَ", "وأقاموا الصلاة وآتوا الزكاة", []),
    ("وأقاموا الصلوة وآتوا الزكوة", "وأقاموا الصلاة وآتوا الزكاة", []),
    ("ان الجرائد السياسيه فى مصر", "إنّ الجرائد السياسية في مصر", []),
    ("سنة ١٩٢٣ م مائة جريدة و نيفا", "سنة 1923م مئة جريدة ونيفًا", []),
    ("سنة ١٩٢٣ م مائة جريدة", "سنة ١٩٢٤ م مائة جريدة", [("changed", "١٩٢٤")]),
    ("بلغ ١٬٢٥٠٬٠٠٠ نسمة أي ٤٥٫٥ منها", "بلغ 1,250,000 نسمة أي 45.5 منها", []),
    ("زار بغداد ولا سيما سوقها", "زار بغداد و لاسيما سوقها", []),
    ("ووقع في وقت متأخر", "و وقع في وقت متأخر", []),
    ("زار بغداد ولا سيما سوقها", "زار بغداد ولا سوقها", [("missing", "")]),
    ("ﻻ ﺷﻚ أن الصحافة مرآة اﻷمة", "لا شك أن الصحافة مرآة الأمة", []),
    ("قال السلطان هرون لابنه اسحق", "قال السلطان هارون لابنه إسحاق", []),
    (
        "طبعت كتبا كثيرة في زمنه",
        "طبعت - كتبـــًا «كثيرةً»، في زمنه!",
        [],
    ),
    # The same letters in a row are one wording; a letter more is another.
    ("في كل مكان بعيد", "في كل ما كان بعيد", [("added", "ما"), ("changed", "كان")]),
]


class TestSiblings:
    @pytest.mark.parametrize(("printed", "quoted", "changes"), SIBLINGS)
    def test_spelling_is_told_apart_from_wording(
        self, printed: str, quoted: str, changes: list[tuple[str, str]]
    ) -> None:
        steps = align(analyze(quoted), analyze(f"قبل الكلام. {printed}. بعد الكلام"))
        found = [
            (step.change.value, step.quoted)
            for step in steps
            if step.change not in (Change.SAME, Change.SPELLING)
        ]
        assert found == changes

    @pytest.mark.parametrize("dots", ["…", "...", "(…)", "[...]", ". . ."])
    def test_what_dots_stand_for_is_not_missing(self, dots: str) -> None:
        text = "وكانت المطبعة الأميرية قد طبعت كتبا كثيرة في زمن محمد علي"
        quoted = f"المطبعة الأميرية {dots} كتبا كثيرة في زمن"
        tokens = analyze(quoted)
        steps = align(tokens, analyze(text), find_gaps(quoted, tokens))
        left_out = [step.printed for step in steps if step.change is Change.LEFT_OUT]
        assert left_out == ["قد", "طبعت"]
        assert not [step for step in steps if step.change is Change.MISSING]

    def test_dots_stand_for_many_words_and_excuse_no_change(self) -> None:
        text = f"أول الكلام هنا {'كلمة أخرى ثم ' * 40} آخر الكلام هناك"
        quoted = "أول الكلام هنا … آخر الحديث هناك"
        tokens = analyze(quoted)
        steps = align(tokens, analyze(text), find_gaps(quoted, tokens))
        changed = [step.quoted for step in steps if step.change is Change.CHANGED]
        assert changed == ["الحديث"]
        assert steps[0].printed == "أول"


class TestSplitting:
    @pytest.mark.parametrize(
        ("text", "quotations"),
        [
            ("سطر أول\n\nسطر ثان", ["سطر أول", "سطر ثان"]),
            ("قال «هذا نص طويل» ومضى", ["هذا نص طويل"]),
            ('قال "هذا نص طويل" ومضى', ["هذا نص طويل"]),
            # Two words in quotation marks are a name, not a quotation.
            ("قرأ «دار السلام» أمس", ["قرأ «دار السلام» أمس"]),
            ("…\n!", []),
            # A quotation goes over the end of a line, and the others are lines.
            ("قال «هذا نص\nطويل» ومضى\nسطر من ثلاث", ["هذا نص طويل", "سطر من ثلاث"]),
            ("سطر أول هنا\nثم «هذا نص طويل»", ["سطر أول هنا", "هذا نص طويل"]),
            ("«أول نص هنا» و«ثاني نص هنا»", ["أول نص هنا", "ثاني نص هنا"]),
            ("﴿قل هو الله أحد﴾", ["قل هو الله أحد"]),
            ("„هذا نص طويل“ و‘هذا نص آخر’", ["هذا نص طويل", "هذا نص آخر"]),
            # A mark that is never closed swallows no paragraph.
            ("قال «هذا نص\n\nوهذا سطر آخر»", ["قال «هذا نص", "وهذا سطر آخر»"]),
        ],
    )
    def test_quotations_are_found(self, text: str, quotations: list[str]) -> None:
        assert split(text) == quotations

    def test_page_without_lines_is_split_into_sentences(self) -> None:
        text = "وصل القطار إلى بغداد صباحا. " * 30
        assert split(text) == ["وصل القطار إلى بغداد صباحا."] * 30


# As the mushaf prints it, in either encoding, and as books and newspapers write it.
_VERSES = [
    (
        "ٱلْحَمْدُ لِلَّهِ رَبِّ ٱلْعَـٰلَمِينَ ﴿٢﴾ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ ﴿٣﴾",
        "الحمد لله رب العالمين، الرحمن الرحيم",
    ),
    ("ٱهۡدِنَا ٱلصِّرَٰطَ ٱلۡمُسۡتَقِيمَ ۝٦", "اهدنا الصراط المستقيم"),
    (
        "يَـٰٓأَيُّهَا ٱلَّذِينَ ءَامَنُوا۟ كُتِبَ عَلَيْكُمُ ٱلصِّيَامُ",
        "يا أيها الذين آمنوا كتب عليكم الصيام",
    ),
    ("وَأَقِيمُواْ ٱلصَّلَوٰةَ وَءَاتُواْ ٱلزَّكَوٰةَ", "وأقيموا الصلاة وآتوا الزكاة"),
    ("يَسۡـَٔلُونَكَ عَنِ ٱلۡأَهِلَّةِۖ", "يسألونك عن الأهلة"),
    ("أَرَءَيْتَ ٱلَّذِى يُكَذِّبُ بِٱلدِّينِ", "أرأيت الذي يكذب بالدين"),
    ("وَمِنۡ ءَايَٰتِهِۦ ٱلَّيۡلُ وَٱلنَّهَارُ", "ومن آياته الليل والنهار"),
    ("لَـٰكِنِ ٱلنَّبِيِّـۧنَ أُو۟لَـٰٓئِكَ دَاوُۥدَ", "لكن النبيين أولئك داود"),
    ("وَإِبْرَٰهِۦمَ وَٱلْأَفْـِٔدَةَ وَشُرَكَـٰٓؤُا۟", "وإبراهيم والأفئدة وشركاء"),
]


class TestVerses:
    @pytest.mark.parametrize("verse", _VERSES)
    def test_verse_is_the_same_in_either_spelling(self, verse: tuple[str, str]) -> None:
        for quotation, text in (verse, verse[::-1]):
            steps = align(list_words(quotation), list_words(text))
            kept = {Change.SAME, Change.SPELLING}
            assert {step.change for step in steps} <= kept, quotation

    def test_other_word_in_a_verse_is_located(self) -> None:
        quotation = "ٱهۡدِنَا ٱلصِّرَٰطَ ٱلۡقَوِيمَ"
        steps = align(list_words(quotation), list_words("اهدنا الصراط المستقيم"))
        changed = [
            (step.quoted, step.printed)
            for step in steps
            if step.change is Change.CHANGED
        ]
        assert changed == [("ٱلۡقَوِيمَ", "المستقيم")]

    def test_other_words_do_not_become_spellings(self) -> None:
        """A word without the signs of the mushaf is itself alone."""
        for one, other in (("كتب", "كاتب"), ("الليل", "الجليل"), ("قتل", "قاتل")):
            steps = align(analyze(f"ثم {one} وقال"), analyze(f"ثم {other} وقال"))
            assert [step.change for step in steps][1] is Change.CHANGED
