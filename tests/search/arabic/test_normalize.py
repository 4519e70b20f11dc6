"""Folding: which spellings have one surface form, and which have not."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.arabic.normalize import fold

# Why → two spellings of one word.
ONE_WORD = {
    "short vowels and tanwin": ("كتاب", "كِتَابٌ"),
    "shadda and sukun": ("الشعر", "الشِّعْر"),
    "dagger alef that print leaves out": ("هذا", "هٰذا"),
    "dagger alef in ذلك": ("كذلك", "كَذَٰلِكَ"),
    "dagger alef in a name of God": ("الرحمن", "ٱلرَّحۡمَٰنِ"),
    "dagger alef that print writes": ("السماوات", "ٱلسَّمَـٰوَٰتِ"),
    "dagger alef on a bearing waw": ("الصلاة", "ٱلصَّلَوٰةَ"),
    "dagger alef on a bearing yeh": ("التوراة", "ٱلتَّوۡرَىٰةَ"),
    "dagger alef at the end": ("موسى", "مُوسَىٰ"),
    "small high yeh": ("إبراهيم", "إِبۡرَٰهِـۧمَ"),
    "tatweel": ("العراق", "العـــراق"),
    "alef with hamza above and without": ("أحمد", "احمد"),
    "alef with hamza below and without": ("إسلام", "اسلام"),
    "madda": ("آثار", "اثار"),
    "alef wasla": ("ٱلله", "الله"),
    "hamza on waw and on yeh": ("مسؤول", "مسئول"),
    "hamza on waw and on the line": ("مسؤول", "مسءول"),
    "hamza on yeh in شؤون": ("شؤون", "شئون"),
    "last hamza on yeh": ("شيء", "شئ"),
    "last hamza on two yehs": ("شيء", "شيئ"),
    "alef maksura and yeh": ("على", "علي"),
    "Egyptian في": ("فى", "في"),
    "teh marbuta and heh": ("القاهرة", "القاهره"),
    "Persian kaf and yeh": ("کتابی", "كتابي"),
    "Persian peh": ("پاريس", "باريس"),
    "Persian gaf": ("گيلان", "كيلان"),
    "Persian jeh": ("ژنو", "زنو"),
    "Persian tcheh": ("چاي", "جاي"),
    "veh": ("ڤينا", "فينا"),
    "Algerian and Tunisian gaf": ("ڨالمة", "قالمة"),
    "Moroccan gaf": ("أݣادير", "أكادير"),
    "Moroccan gaf of another shape": ("أڭادير", "أكادير"),
    "Maghrebi qaf": ("ڧسنطينة", "قسنطينة"),
    "Maghrebi feh": ("ڢاس", "فاس"),
    "Maghrebi veh": ("ڥيلا", "فيلا"),
    "dotless feh and qaf, as of old manuscripts": ("ڡٯيه", "فقيه"),
    "Kurdish reh": ("ڕووداو", "رووداو"),
    "Kurdish lam": ("ھەڵەبجە", "هلبجة"),
    "Kurdish vowels": ("پێشمەرگە", "بيشمركة"),
    "Kurdish waw": ("دهۆك", "دهوك"),
    "Kurdish hamza before a first vowel": ("ئەربیل", "أربيل"),
    "Kurdish hamza with a diacritic": ("ئـَۆغلو", "أوغلو"),
    "Kurdish hamza before an alef": ("ئاکرێ", "آكري"),
    "Kurdish hamza before a yeh": ("ئێران", "إيران"),
    "Pashto letters": ("پښتو", "بشتو"),
    "Pashto ring": ("ګرمسیر", "كرمسير"),
    "Sindhi letters": ("ٺٽو", "تتو"),
    "presentation forms": ("ﺍﻟﻤﺮﻛﺐ", "المركب"),
    "word in one character": ("ﷲ", "الله"),
    "word in one character behind letters": ("وﷴ", "ومحمد"),
    "Allah in one character behind li": ("لِﷲِ", "لله"),
    "lam-alef ligature": ("ﻻم", "لام"),
    "combining hamza on waw": ("مسو\u0654ول", "مسؤول"),
    "combining hamza on yeh": ("ري\u0654يس", "رئيس"),
    "combining hamza after a vowel": ("مسو\u064f\u0654ول", "مسؤول"),
    "combining madda": ("ا\u0653ثار", "آثار"),
    "decomposed (NFD), as macOS stores names": (
        unicodedata.normalize("NFD", "الرؤيا"),
        "الرؤيا",
    ),
    "zero-width non-joiner": ("می\u200cروم", "ميروم"),
    "direction marks": ("\u202bكتاب\u202c\u200f", "كتاب"),
    "Arabic digits": ("١٩٤٨", "1948"),
    "Persian digits": ("۱۹۴۸", "1948"),
    "thousands": ("1,000", "1000"),
    "Arabic thousands": ("١٬٠٠٠", "1000"),
    "thousands by dots": ("12.000", "12000"),
    "thousands by apostrophes": ("12’000", "12000"),
    "millions": ("1.000.000", "1,000,000"),
    "decimal separator": ("1.5", "١٫٥"),
    "decimal comma": ("3,25", "3.25"),
    "thousands and a fraction": ("1,000.5", "1.000,5"),
    "a fraction of three digits behind thousands": ("1,000.125", "١٬٠٠٠٫١٢٥"),
    "a padded day": ("05", "5"),
    "a padded day of Arabic digits": ("٠٥", "5"),
    "dots of initials": ("U.S.A", "usa"),
    "raised digit": ("²", "2"),
    "case": ("UNESCO", "unesco"),
    "accents": ("Évén", "even"),
    "combining accents": ("E\u0301ve\u0301n", "even"),
    "apostrophe": ("L’Orient", "lorient"),
    "sign of ayn": ("Sharīʿa", "Sharia"),
    "sign of hamza": ("Qurʾān", "quran"),
    "sign of ayn before a word": ("ʿUmar", "Umar"),
    "sign of ayn as a raised c": ("Maᶜarrī", "maarri"),
    "sign of ayn of phonetics": ("Maʕarrī", "maarri"),
    "single quotation mark for ayn": ("Ma‘rifa", "Ma'rifa"),
    "backquote for ayn": ("Ma`rifa", "marifa"),
    "acute for hamza": ("Qur´an", "quran"),
    "turned comma": ("Kaʻba", "Ka’ba"),
    "dots and lines under letters": ("Ḥaḏḏāʾ", "haddaʿ"),
    "stroke through a letter": ("Đahab", "dahab"),
    "German sharp s": ("Straße", "STRASSE"),
}

# Why → two different words.
TWO_WORDS = {
    "a letter with another dot": ("بنت", "نبت"),
    "ت and ة": ("بنات", "بناة"),
    "ا and ى at the end": ("عصا", "عصى"),
    "emphatic and plain": ("ضل", "دل"),
    "with the article": ("الكتاب", "كتاب"),
    "a number and its last digits": ("2,500", "500"),
    "a fraction and a whole number": ("1.5", "15"),
    "a fraction below one and thousands": ("0.500", "500"),
    "a number that is no day": ("007", "7"),
    "hamza and none": ("سماء", "سما"),
    "hamza on yeh inside a word and alef": ("سئل", "سال"),
    "a Kurdish vowel at the end and none": ("کۆیە", "کۆی"),
    "ق and ك": ("قلب", "كلب"),
}


class TestFold:
    @pytest.mark.parametrize("why", ONE_WORD)
    def test_spellings_of_one_word_have_one_surface_form(self, why: str) -> None:
        first, second = ONE_WORD[why]
        assert fold(first) == fold(second)

    @pytest.mark.parametrize("why", TWO_WORDS)
    def test_different_words_have_different_surface_forms(self, why: str) -> None:
        first, second = TWO_WORDS[why]
        assert fold(first) != fold(second)

    @given(st.text(max_size=12))
    @example("شييء")
    @example("و\u0654\u064f")
    @example("\ufdfa")
    @example("ﷲ")
    @example("ئەئە")
    @example("1٫500")
    @example("0'5")
    @example("0\u200f5")
    @example("0²")
    @example("ئئا")
    @example("½")
    def test_folding_is_idempotent(self, word: str) -> None:
        assert fold(fold(word)) == fold(word)

    @given(
        st.text(alphabet="ابتثيىئءؤوهةأإآ\u064e\u0651\u0654\u0653ـ١٢ﻻﺋ", max_size=12)
    )
    def test_folding_arabic_is_idempotent(self, word: str) -> None:
        assert fold(fold(word)) == fold(word)

    @given(st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF)))
    def test_canonically_equal_words_have_one_surface_form(self, word: str) -> None:
        decomposed = unicodedata.normalize("NFD", word)
        assert fold(decomposed) == fold(unicodedata.normalize("NFC", word))
