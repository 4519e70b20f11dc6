"""Highlighting: the tokens that a query matched are marked, and no others."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.analyzer import analyze
from search.arabic.families import membership, starts
from search.arabic.families.form_cache import FormCache
from search.errors import QuerySyntaxError
from search.highlight.highlighter import Highlighter
from search.query.parse import parse

T = TypeVar("T")

# Query, text, marked words, and why.
MARKED = [
    ("كتاب", "قرأ كِتَابَهُ والكتـــاب.", ["كِتَابَهُ", "والكتـــاب"], "whole tokens"),
    ("=كتاب", "كتاب الكتاب كِتاب", ["كتاب", "كِتاب"], "the exact form only"),
    ("سكة حديد", "سكة من حديد", ["سكة", "حديد"], "words anywhere"),
    ('"سكة حديد"', "سكة حديد، ثم سكة من حديد", ["سكة", "حديد"], "a phrase"),
    ('"سكة حديد"', "حديد سكة", [], "a phrase in order only"),
    ('="سكة حديد"', "سكة الحديد سكة حديد", ["سكة", "حديد"], "an exact phrase"),
    ('"ا ب ا"', "ا ب ا ب ا", ["ا", "ب", "ا", "ب", "ا"], "phrases that overlap"),
    ('"طنجة عدن"~2', "عدن ثم طنجة ثم ثم ثم عدن", ["عدن", "طنجة"], "near, either order"),
    ('"طنجة عدن"~2', "عدن ثم ثم ثم طنجة", [], "not farther"),
    ("=مكتب*", "مكتبة ومكتبة مَكاتب مكتبيّ", ["مكتبة", "مكتبيّ"], "a prefix of the form"),
    ("مكتب*", "مكتبة ومكتبة مَكاتب", ["مكتبة", "ومكتبة"], "after proclitics, too"),
    ("م?ت*ة", "مكتبة والمكتبة متعة ميتة", ["مكتبة", "ميتة"], "letters in between"),
    ("كاضمي~", "الكاظمي والكاتب", ["الكاظمي"], "a substitution"),
    ("√كتب", "كاتبٌ ومكتبة وكتابها، كرسي", ["كاتبٌ", "ومكتبة", "وكتابها"], "a root"),
    ("=كِتَاب", "كتاب كِتابٌ كُتّاب الكِتاب", ["كتاب", "كِتابٌ"], "typed diacritics"),
    ("نفط -غاز", "نفط وغاز", ["نفط"], "an excluded word is not marked"),
    ("نفط OR غاز", "غاز طبيعي", ["غاز"], "either word"),
    ("title:نفط", "نفط", [], "a word of another field"),
    ("text:نفط", "نفط", ["نفط"], "a word of this field"),
    ("author:نفط غاز", "نفط غاز", ["غاز"], "one of each"),
    ("-(نفط OR غاز)", "نفط غاز", [], "no word of a negated group"),
    ("1948", "سنة ١٩٤٨", ["١٩٤٨"], "digits of any set"),
    ("1914-1918", "من 1914 إلى 1918، حرب 1914-1918", ["1914", "1918"], "joined words"),
    ("orient", "L’Orient Orient", ["Orient"], "a word with an apostrophe is another"),
    ("الرحمن", "﷽ وبعد", ["﷽"], "a character by one of its words"),
    ("الله عليه", "النبي ﷺ", ["ﷺ"], "once, by two of them"),
    ('"النبي صلى الله"', "قال النبي ﷺ", ["النبي", "ﷺ"], "in a phrase"),
    ("ﷻ", "ﷻ جل جلاله جل", ["ﷻ", "جل", "جلاله"], "itself and its words together"),
    ("500", "بيعت 1,500 نسخة و500", ["500"], "a part of a number is another"),
    ("1500", "1,500 ١٬٥٠٠", ["1,500", "١٬٥٠٠"], "thousands with their separator"),
    ("1/5/1958", "في 01/05/1958", ["01", "05", "1958"], "a date with its zeros"),
    ("F16", "F-16 F16 F 16", ["F", "16"] * 3, "letters and digits however joined"),
    ("covid", "COVID-19 COVID19", ["COVID"] * 2, "a word beside digits"),
    ("كوفيد19", "كوفيد-19", ["كوفيد", "19"], "in Arabic, too"),
    ("USA", "U.S.A. Today", ["U.S.A"], "initials with dots"),
    ("BBC", "الـBBC", ["BBC"], "without the article of another script"),
]  # fmt: skip


def _marked(query: str, text: str, field: str = "text") -> list[str]:
    marks = Highlighter(parse(query), field=field).find(text)
    return [text[mark.start : mark.end] for mark in marks]


class TestHighlighter:
    @pytest.mark.parametrize(("query", "text", "words", "why"), MARKED)
    def test_these_words_are_marked(
        self, query: str, text: str, words: list[str], why: str
    ) -> None:
        assert _marked(query, text) == words, why

    def test_title_matches_words_for_the_title_and_for_any_field(self) -> None:
        assert _marked("title:نفط غاز author:فحم", "نفط غاز فحم", "title") == [
            "نفط",
            "غاز",
        ]

    def test_mark_has_the_number_of_its_word(self) -> None:
        marks = Highlighter(parse("نفط غاز")).find("غاز نفط غاز")
        assert [mark.word for mark in marks] == [1, 0, 1]

    @given(
        st.text(alphabet='اب تنفط"()-=*~ 25', max_size=20),
        st.text(alphabet="ابتنفط َـ ،\n", max_size=60),
    )
    def test_marks_are_whole_tokens_in_order(self, query: str, text: str) -> None:
        try:
            tree = parse(query)
        except QuerySyntaxError:
            return
        words = {(token.start, token.end) for token in analyze(text)}
        marks = [(mark.start, mark.end) for mark in Highlighter(tree).find(text)]
        assert set(marks) <= words
        assert marks == sorted(set(marks))

    @given(
        st.lists(st.sampled_from("ابجد"), max_size=30),
        st.lists(st.sampled_from("ابج"), min_size=2, max_size=3),
        st.integers(0, 6),
    )
    def test_near_matches_equal_those_of_every_window(
        self, words: list[str], sought: list[str], distance: int
    ) -> None:
        expected: set[int] = set()
        for start in range(len(words)):
            window = range(start, min(start + distance + 1, len(words)))
            inside = {words[at] for at in window}
            # A window begins at a word of the query and holds all of them.
            if words[start] in sought and set(sought) <= inside:
                expected |= {at for at in window if words[at] in sought}
        query = '="' + " ".join(sought) + f'"~{distance}'
        marks = Highlighter(parse(query)).find(" ".join(words))
        assert {mark.start // 2 for mark in marks} == expected

    @given(
        st.lists(
            st.sampled_from(
                ["كتاب", "(كتابه)،", "كتاب-قلم", "اكتاب", "كتابا", "—", "قلم"]
            ),
            max_size=30,
        ),
        st.sampled_from([" ", "\n", " \u3000"]),
    )
    def test_repeated_chunks_are_marked_alike(
        self, chunks: list[str], space: str
    ) -> None:
        """A highlighter that has seen a chunk before marks it as a new one does."""
        text = space.join(chunks)
        highlighter = Highlighter(parse("=كتاب OR قلم*"))
        assert [highlighter.find(text[at:]) for at in range(0, len(text) + 1, 7)] == [
            Highlighter(parse("=كتاب OR قلم*")).find(text[at:])
            for at in range(0, len(text) + 1, 7)
        ]
        marked = [text[mark.start : mark.end] for mark in highlighter.find(text)]
        forms = [token.surface for chunk in chunks for token in analyze(chunk)]
        assert marked == [form for form in forms if form in ("كتاب", "قلم")]

    def test_many_distinct_words_of_a_text_are_marked(self) -> None:
        words = [f"نفط{letter}" for letter in "ابتثجحخدذرزسشصضطظعغفقكلم"]
        assert _marked("=نفط*", "، ".join(words)) == words

    def test_unmarked_chunks_are_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.highlight.highlighter.MAX_UNMARKED", 3)
        highlighter = Highlighter(parse("نفط"))
        for word in ("غاز", "فحم", "ذهب", "ملح", "قطن"):
            marks = highlighter.find(f"{word} ثم النفط، ثم {word}")
            assert [mark.word for mark in marks] == [0]
        # The bound, and the unmarked chunks of the last text.
        assert len(highlighter._unmarked) <= 3 + 2

    @pytest.mark.parametrize(
        ("query", "asked"),
        [("مكتب*", ["_starts"]), ("مكتبة", ["_families"]), ("=مكتبة", [])],
    )
    def test_forms_of_a_text_are_looked_up_at_once(
        self, monkeypatch: pytest.MonkeyPatch, query: str, asked: list[str]
    ) -> None:
        highlighter = Highlighter(parse(query))
        lookups: list[str] = []
        for module, name, find in (
            (starts, "_starts", starts._find_starts),
            (membership, "_families", membership._find),
        ):
            cache = FormCache(_recording(find, lookups, name))
            monkeypatch.setattr(module, name, cache)
        marks = highlighter.find("بمكتبة والمكتبة ومكتبة مكتبة كمكتبة قلم والقلم")
        assert (len(marks) > 0, lookups) == (True, asked)


def _recording(
    find: Callable[[Sequence[str]], list[T]], lookups: list[str], name: str
) -> Callable[[Sequence[str]], list[T]]:
    def find_and_record(forms: Sequence[str]) -> list[T]:
        lookups.append(name)
        return find(forms)

    return find_and_record


class TestFindMatches:
    def test_matches_have_their_display_forms(self) -> None:
        highlighter, text = Highlighter(parse("=كِتَاب")), "كُتّاب وكتاب كتاب كِتابٌ"
        matches = highlighter.find_matches(text)
        assert [match.form for match in matches] == ["كتاب", "كتاب"]
        assert text[matches[0].start : matches[0].end] == "كتاب"
