"""Queries that are refused, and the remedy that is named."""

import re

import pytest
from django.utils import translation

from search.errors import QuerySyntaxError, UnknownField
from search.query.parse import MAX_LENGTH, parse
from search.query.parser import MAX_WORDS

# What is refused, a piece of its sentence, and the query that it is answered with.
REFUSED = [
    ('نفط "غاز', "quotation mark", "نفط غاز"),
    ("«سكة حديد", "quotation mark", "سكة حديد"),
    ('"', "quotation mark", ""),
    ('" (', "quotation mark", ""),
    ("نفط (غاز", "never closed", "نفط غاز"),
    ("-(نفط", "never closed", "-نفط"),
    ("نفط(غاز", "never closed", "نفط غاز"),
    ("نفط) غاز", "never opened", "نفط غاز"),
    ("((نفط) غاز", "never closed", "(نفط) غاز"),
    ("نفط OR", "OR needs a word", "نفط"),
    ("أو نفط", "OR needs a word", "نفط"),
    ("نفط OR OR غاز", "OR needs a word", "نفط OR غاز"),
    ("(نفط OR) غاز", "OR needs a word", "(نفط ) غاز"),
    ("سكة (أو نفط) غاز", "OR needs a word", "سكة ( نفط) غاز"),
    ("OR", "OR needs a word", ""),
    ("نفط بدون", "minus or NOT", "نفط"),
    ("نفط NOT OR غاز", "minus or NOT", "نفط OR غاز"),
    ("بدون", "minus or NOT", ""),
    ("نفط --- غاز", "minus or NOT", "نفط - غاز"),
    ("AND", "no word", ""),
    ("()", "no word", ""),
    ("؟ !", "no word", ""),
    ('""', "no word", ""),
    ("", "no word", ""),
    ("س*", "two letters", "س"),
    ("نفط (س*) -غاز", "two letters", "نفط (س) -غاز"),
    ("title:)", "never opened", "title:"),
    ("title:-نفط", "follows “title:”", "-نفط"),
    ("title:author:نفط", "follows “title:”", "author:نفط"),
    ("نفط =(غاز", "never closed", "نفط =غاز"),
    ("نفط √)", "follows “√”", "نفط"),
    ("(√)", "follows “√”", ""),
    ("نفط (جذر:-) غاز", "follows “جذر:”", "نفط () غاز"),
    ("«سكة حديد»~1000 نفط", "999 places", "«سكة حديد»~999 نفط"),
    ("«سكة حديد»~ نفط", "Write a number", "«سكة حديد»~5 نفط"),
    ("«سكة حديد»~نفط", "Write a number", "«سكة حديد»~5 نفط"),
    ("نفط سك*~ غاز", "Leave one out", "نفط سك* غاز"),
    ("نفط كت~ غاز", "three letters", "نفط كت غاز"),
    ("(سكة~3)", "Write 1 or 2", "(سكة~2)"),
    ("a?ب غاز", "one word", "a ب غاز"),
    ("سنة: غاز أو", "OR needs a word", "سنة: غاز"),
    ("سنة:(1908)", "No date follows", "(1908)"),
    ("سنة:عنوان:نفط", "No date follows", "عنوان:نفط"),
    ("نفط قبل:قديم غاز", "“قديم” is not understood", "نفط غاز"),
    ("(نفط OR قبل:قديم) غاز", "“قديم” is not understood", "(نفط ) غاز"),
    ("قبل:قديم", "“قديم” is not understood", "قديم"),
    ("date:1910..1908 نفط", "before it begins", "date:1908..1910 نفط"),
    ("نفط\x00غاز", "cannot be shown", "نفط غاز"),
    ("نفط\ud800", "cannot be shown", "نفط"),
    ("\x1b[31m", "cannot be shown", "[31m"),
    ("نفط " * (MAX_LENGTH // 4 + 1), "1000 characters", " ".join(["نفط"] * 100)),
    ("ن " * (MAX_WORDS + 1), "100 words", " ".join(["ن"] * 100)),
    ("ن/" * (MAX_WORDS + 1), "100 words", f'"{" ".join(["ن"] * 100)}"'),
    (f'"{"ن/" * (MAX_WORDS + 1)}"', "100 words", f'"{" ".join(["ن"] * 100)}"'),
    (f'"{"ن " * 101}"', "100 words", f'"{" ".join(["ن"] * 100)}"'),
    (f"({'ن ' * 99}) «ن غ ب» ن", "100 words", f'({" ".join(["ن"] * 99)}) "ن"'),
    ("(" * 21 + "نفط" + ")" * 21, "20 deep", "(" * 20 + "نفط" + ")" * 20),
    ("(" * 1000, "20 deep", ""),
    ("(" * 1000 + "نفط" + ")" * 1000, "1000 characters", "نفط"),
    ("(" * 990 + "نفط", "20 deep", "(" * 20 + "نفط" + ")" * 20),
    ("ن" * 10_000, "1000 characters", "ن" * 1000),
    ("نفط " * 10_000, "1000 characters", " ".join(["نفط"] * 100)),
]


# What the reader is told to do.
REMEDY_RE = re.compile(r"\b(Add|Close|Leave|Remove|Shorten|Take|Use|Write)\b")


class TestRefusals:
    @pytest.mark.parametrize(("text", "sentence", "correction"), REFUSED)
    def test_refusal_names_the_remedy(
        self, text: str, sentence: str, correction: str
    ) -> None:
        with translation.override("en"):
            with pytest.raises(QuerySyntaxError) as caught:
                parse(text)
            assert sentence in str(caught.value)
            assert REMEDY_RE.search(str(caught.value))
        assert caught.value.correction == correction

    @pytest.mark.parametrize(
        "correction", sorted({row[2] for row in REFUSED if row[2]})
    )
    def test_correction_can_be_parsed(self, correction: str) -> None:
        parse(correction)

    def test_unknown_field_is_named_with_the_remedy(self) -> None:
        with pytest.raises(UnknownField) as caught:
            parse("نفط لون:أحمر title:سكة")
        assert "لون" in str(caught.value)
        assert caught.value.fragment == "لون"
        assert caught.value.correction == "نفط لون أحمر title:سكة"

    def test_correction_mends_two_errors(self) -> None:
        with pytest.raises(UnknownField) as caught:
            parse("لون:أحمر title:سكة e:نفط OR")
        assert caught.value.correction == "لون أحمر title:سكة e نفط"
