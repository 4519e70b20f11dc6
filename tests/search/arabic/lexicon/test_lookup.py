"""Forms are read as the lemmas that they are of, and as nothing else."""

import numpy as np
import pytest
from farahidi import Analyzer
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.display_form import display_form
from search.arabic.families import (
    ITSELF,
    asked_family,
    family,
    starts_of,
    vowels_of,
)
from search.arabic.lexicon.compiling import source
from search.arabic.lexicon.compiling.lemmas import canonical
from search.arabic.lexicon.installed import current
from search.arabic.lexicon.packing import LETTERS, PackedForms, pack, unpack
from search.arabic.normalize import fold

# Forms that must be found by a word, and forms that must not.
_FAMILIES = [
    ("قحطان", "وقحطان لقحطان", "القحط قحط"),
    ("ماكرون", "لماكرون وماكرون", "ماكر"),
    ("كردستان", "كوردستان وكردستان", "كرد"),
    ("غوغل", "جوجل غوغل", "غول"),
    ("أميركا", "أمريكا لأمريكا وأمريكا", "أمير"),
    ("أمريكا", "أميركا لأميركا", "مرك"),
    ("أبها", "أبها", "أب الأب"),
    ("والدين", "الوالدين", "ولد"),
    ("بقول", "البقول", "يقول قولهم"),
    ("كتاب", "كتابها وبالكتاب كتب الكتب وكتبهم", "كاتب مكتبة كاتبة"),
    ("كتب", "يكتب كتبت سيكتبون كتبوها واكتب", "مكتب كتابي"),
    ("شرب", "يشرب شربوا", "شريب"),
    ("موظف", "موظفو الموظفين موظفوها للموظف", "وظيفة"),
    ("حرية", "الحريات حريته وبحرية", "حرير حر"),
    ("دولة", "الدولتين دولتها للدول", "دولي دولار"),
    ("متهم", "المتهم المتهمين متهمان", "مهم المهم"),
    ("ألم", "الألم آلامهم وآلامها", "المهم المتهم"),
    ("بيئة", "البيئة بيئتها والبيئات", "بيئي"),
    ("إلكتروني", "الإلكترونية إلكترونيا", "إلكترون"),
    ("برميل", "البرميل براميل", "رمل"),
    ("عنان", "وعنان", "عن عنه عنها"),
    ("كلية", "الكليات كليته", "كل كله كلها"),
    ("هوية", "الهوية هويتهم", "هو هي"),
    ("طالبان", "وطالبان", "طالب طلاب"),
    ("الجولان", "والجولان بالجولان", "جولة"),
    ("مصر", "ومصر لمصر", "مصري مصنع"),
    ("قاضي", "القاضي قاضيا قضاة", "قضية"),
    ("مستوى", "مستواها المستويات", "سواء"),
    ("مسؤول", "المسئولين مسؤولو", "سؤال"),
    ("لجنة", "للجنة واللجان لجنتهم", "جنة"),
    ("رأى", "رآه رأوا سيرونه", "مرآة"),
    ("صحفي", "الصحفيون صحفيات", "صحيفة"),
    # What is counted of a form with the article counts for the form without it.
    ("بحري", "بحرية البحرية", "حرية"),
    ("البرادعي", "برادعي والبرادعي للبرادعي", "رادع"),
    # As other papers and other times spell them.
    ("دائرة", "دايرة الدواير", "دور"),
    ("كربلاء", "كربلا وكربلا", "كرب"),
    ("مؤتمر", "الموتمر المؤتمرات", "أمر"),
    ("هيئة", "هيأة وهيأة", "هيا"),
    ("إسماعيل", "إسمعيل وإسمعيل", "سمع"),
    ("الصلاة", "الصلوة", "وصل"),
    ("إنجليزي", "الإنكليزية إنجليزية", "جليس"),
    ("استراتيجي", "الستراتيجي الاستراتيجية", "سترة"),
    ("ميليشيا", "مليشيا والمليشيات", "مال"),
    ("كمبيوتر", "كومبيوتر والكومبيوتر", "كبير"),
    ("برلمان", "بارلمان البارلمانات", "رمان"),
    ("بريطانيا", "بريتانيا", "بطانية"),
    ("شنغهاي", "شانغهاي شانجهاي", "غاية"),
    ("نيوزيلندا", "ونيوزيلاندا نيوزلندا", "هولندا"),
    ("غينيا", "وغينيا", "كينيا"),
    ("كينيا", "وكينيا", "غينيا"),
    ("عبيدالله", "وعبيدالله", "عبدالله"),
    ("سعودي", "السعودية سعوديون", "السعودة"),
    ("أبو", "أبا أبي", "باب"),
    ("أبا", "أبو أبي", "باب"),
    ("ابن", "بن بنو بني", "بنت"),
    ("بن", "ابن", "بنك"),
    ("خطأ", "بخطئه أخطاء", "خطة"),
    ("حجارة", "وحجارة الحجارة", "محجر"),
    # Of words that are folded alike the letters tell which they are, where printed.
    ("كتابة", "الكتابة كتابات كتابه", "كتاب كتبها"),
    ("كتاب", "كتابه كتابها", "كتابة الكتابة"),
    ("دور", "دوره أدوار", "دورة الدورة"),
    ("إعلام", "الإعلام وإعلامنا الاعلام", "أعلام الأعلام"),
    ("علم", "الأعلام أعلام وعلم", "الإعلام"),
    ("ألم", "آلام الآلام وآلامه", "الأم الأمم"),
    ("أم", "الأم أمهات أمه", "آلام الآلام"),
    ("سأل", "سألت يسأل سألوه", "سائل"),
    ("اسم", "أسمه إسم اسمها", "سماء"),
    ("استعمال", "إستعمال أستعمال", "عمل"),
]


class TestFamilies:
    @pytest.mark.parametrize(("word", "same", "other"), _FAMILIES)
    def test_forms_belong_to_a_word_or_not(
        self, word: str, same: str, other: str
    ) -> None:
        wanted = {*asked_family(word).lemmas}
        missed = [form for form in same.split() if wanted.isdisjoint(_lemmas(form))]
        wrong = [form for form in other.split() if not wanted.isdisjoint(_lemmas(form))]
        assert (missed, wrong) == ([], [])

    @pytest.mark.parametrize(
        ("form", "likeliest"),
        [
            ("قال", "قَالَ"),
            ("الحال", "حَال"),
            ("والكُتّاب", "كِتَاب"),
            ("العربية", "عَرَبِيّ"),
            ("يومي", "يَوْم"),
        ],
    )
    def test_the_likeliest_lemma_is_the_first(self, form: str, likeliest: str) -> None:
        assert vowels_of(fold(form))[0] == likeliest

    def test_a_dictionary_form_is_asked_for_as_one(self) -> None:
        assert family("يومي").lemmas[0] == "يوم"
        assert asked_family("يومي").lemmas[0] == "يومي"

    @pytest.mark.parametrize(
        ("form", "starts"),
        [("والمكتبات", {3}), ("والده", {0}), ("بيت", {0}), ("والله", {1})],
    )
    def test_proclitics_end_where_the_stem_begins(
        self, form: str, starts: set[int]
    ) -> None:
        assert starts_of(fold(form)) == starts

    @given(st.text(alphabet=LETTERS, min_size=1, max_size=25))
    def test_every_form_has_a_lemma_with_a_root(self, form: str) -> None:
        for found in (family(form), asked_family(form)):
            assert found.lemmas
            assert len(found.lemmas) == len(found.roots)

    @given(
        st.one_of(
            st.text(alphabet=LETTERS, min_size=1, max_size=9),
            st.sampled_from(["المس", "والي", "بقول", "أبها", "رأى", "قاضي"]),
        )
    )
    def test_a_word_finds_itself(self, word: str) -> None:
        asked, itself = asked_family(word).lemmas, fold(word) + ITSELF
        assert itself in asked or {*asked} & {*family(display_form(word)).lemmas}

    @given(
        st.lists(
            st.text(min_size=1, max_size=12) | st.text("أإآاةهكتبسل", min_size=1),
            min_size=1,
        )
    )
    def test_words_are_read_alike_alone_and_together(self, words: list[str]) -> None:
        forms = list(map(fold, words))
        together = current().lemmas_of(forms, words)
        assert together == [
            current().lemmas_of([form], [word])[0]
            for form, word in zip(forms, words, strict=True)
        ]


class TestPackage:
    """The package's own analysis, a hundred times slower, is the oracle."""

    @pytest.mark.parametrize(
        "word",
        [
            "والمدرسة",
            "كتبوا",
            "سيكتبها",
            "للجنة",
            "قضاة",
            "مستواهم",
            "مسلمون",
            "معلمو",
            "فتيات",
            "يرمي",
            "استقبلت",
            "بالحكومة",
            "أقلام",
            "أصدقائه",
            "مسؤولياتهم",
            "دعا",
            "يدعون",
            "بيوتهم",
            "فليكتب",
        ],
    )
    def test_lemmas_are_among_those_of_the_package(self, word: str) -> None:
        [numbers] = current().lemmas_of([fold(word)], [word])
        found = {canonical(current().lemma(number).vowelled) for number in numbers}
        assert found
        assert found <= {canonical(each.lemma) for each in Analyzer().analyze(word)}

    def test_the_lexicon_is_that_of_the_package(self) -> None:
        assert current().stamp[source.PACKAGE] == source.package_version()


class TestPacking:
    @given(st.text(alphabet=LETTERS, max_size=12))
    def test_a_number_is_one_form(self, form: str) -> None:
        number = pack(form)
        assert number is not None
        assert unpack(number) == form

    @given(st.text(alphabet=LETTERS, min_size=1, max_size=20), st.data())
    def test_parts_are_packed_as_forms_are(
        self, form: str, data: st.DataObject
    ) -> None:
        start = data.draw(st.integers(0, len(form) - 1))
        stop = data.draw(st.integers(start, min(len(form), start + 12)))
        packed = PackedForms.of([form])
        [part] = packed.parts(np.array([0]), start, np.array([stop])).tolist()
        assert part == pack(form[start:stop])

    @pytest.mark.parametrize(
        "form",
        ["", "books", "1948", "كتاب1", "ك" * 21, "ک", "\ud800", "كتاب\U0001f600"],
    )
    def test_other_forms_have_no_letters(self, form: str) -> None:
        assert PackedForms.of([form]).lengths.tolist() == [0]


def _lemmas(form: str) -> set[str]:
    return {*family(form).lemmas}
