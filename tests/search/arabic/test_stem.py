"""Light stemming: which words are of one family, and which must not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.normalize import fold
from search.arabic.protected_words import PROTECTED_WORDS
from search.arabic.stem import stem

# What the row tests, and forms of one word as printed.
FAMILIES = [
    ("clitics", "كتاب الكتاب وكتاب وبالكتاب فالكتاب للكتاب فللكتاب"),
    ("pronouns", "كتاب كتابه كتابها كتابهم كتابنا كتابي"),
    ("dual and tanwin", "كتاب كتابان كتاباً"),
    ("feminine noun and plural", "جامعة الجامعات جامعتها وجامعته جامعي الجامعية"),
    ("teh marbuta before a pronoun", "مدرسة مدرستها مدرسته مدرستهم مدرستنا للمدرسة"),
    ("prepositions before a long noun", "مدرسة بمدرسة لمدرسة ومدرسة"),
    ("three letters with teh marbuta", "لغة اللغة للغة بلغة"),
    ("three letters with teh marbuta, and سن", "سنة السنة بالسنة"),
    ("hamza seats", "مسؤول مسئول المسؤولون مسؤولين مسؤولية المسئولات"),
    ("last hamza before tanwin", "شيء شئ شيئا الشيء شيئاً"),
    ("و is the word's own", "وزير الوزير والوزير لوزير وزيره وزيران"),
    ("و is the word's own, plural", "وزراء الوزراء والوزراء"),
    ("ب is the word's own", "بغداد ببغداد وبغداد البغدادي لبغداد"),
    ("ل is the word's own, ان ends it", "لبنان بلبنان ولبنان اللبناني لبنانية"),
    ("ل is the word's own", "لجنة اللجنة للجنة"),
    ("ين is the word's own, nisba", "فلسطين بفلسطين الفلسطيني فلسطينية"),
    ("ون is the word's own, nisba", "قانون القانون قانوني القانونية"),
    ("ان is the word's own, nisba", "إيران الإيراني إيرانية"),
    ("nisba and its plurals", "العراق بالعراق عراقي العراقيون العراقيين عراقية"),
    ("country with an alef", "سوريا سورية السوري السوريين"),
    ("و is the word's own, ية ends it", "ولاية الولاية لولاية ولايات الولايات بولاية"),
    ("و is the word's own, broken plural", "وسائل الوسائل ووسائل وسائلها لوسائل"),
    ("و is the word's own, ي ends it", "وادي الوادي بوادي وواديه"),
    ("و is a foreign name's own", "واشنطن وواشنطن بواشنطن لواشنطن"),
    ("ب is the word's own, ية ends it", "بريطانيا بريطانية البريطاني وبريطانيا"),
    ("ب is the word's own, ان ends it", "بيان البيان بيانات البيانات وبيانه لبيان"),
    ("ب is the word's own, long ending", "باحث الباحث باحثين الباحثون باحثيها"),
    ("بلدية is not بلد", "بلدية البلدية بلديات للبلديات"),
    ("البحرين is not بحر", "البحرين بالبحرين البحرينية بحريني"),
    ("ل is the word's own", "لقاء اللقاء لقاءات لقائه باللقاء لقاءاتهم"),
    ("ل is the word's own, ة ends it", "لوحة اللوحة لوحات لوحاته باللوحات"),
    ("the name of God", "الله والله بالله لله"),
    ("verb and subject", "قال قالوا"),
    ("English plurals", "city cities"),
    ("English plural s", "station stations"),
]  # fmt: skip

# Words that look alike and are unrelated.
UNRELATED = [
    ("الله", "له"),
    ("وزير", "زير"),
    ("بغداد", "غداد"),
    ("لبنان", "بنان"),
    ("الماس", "ماس"),
    ("مدينة", "مد"),
    ("ألف", "ف"),
    ("وطن", "طن"),
    ("ولد", "لد"),
    ("كتب", "كتاب"),
    ("press", "pres"),
    ("بطل", "طل"),
    ("شؤون", "شيء"),
    ("ولاية", "لا"),
    ("ولاية", "ولا"),
    ("بيان", "بي"),
    ("بيانات", "يان"),
    ("بلدية", "بلد"),
    ("البحرين", "البحر"),
    ("وسائل", "سائل"),
    ("إلى", "ي"),
]


class TestProtectedWords:
    def test_protected_words_are_their_own_stems(self) -> None:
        assert [word for word in PROTECTED_WORDS if fold(word) != word] == []
        assert [word for word in PROTECTED_WORDS if stem(word) != word] == []


class TestStem:
    @pytest.mark.parametrize(("why", "forms"), FAMILIES)
    def test_forms_of_a_word_have_one_stem(self, why: str, forms: str) -> None:
        assert len({stem(fold(form)) for form in forms.split()}) == 1, why

    @pytest.mark.parametrize(("first", "second"), UNRELATED)
    def test_unrelated_words_have_different_stems(
        self, first: str, second: str
    ) -> None:
        assert stem(fold(first)) != stem(fold(second))

    @pytest.mark.parametrize("word", ["من", "في", "هو", "1948", "", "東京", "a", "bus"])
    def test_short_and_foreign_words_are_not_stemmed(self, word: str) -> None:
        assert stem(word) == word

    @given(st.text())
    def test_stem_is_not_empty_and_no_longer_than_the_form(self, text: str) -> None:
        surface = fold(text)
        assert len(stem(surface)) <= len(surface)
        assert bool(stem(surface)) == bool(surface)
