"""Which words are marked: what the query matched, whole, and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.arabic.analyzer import analyze
from search.errors import QuerySyntaxError
from search.highlight.highlighter import Highlighter
from search.query.parse import parse

# Query, text, what is marked, and why.
MARKED = [
    ("كتاب", "قرأ كِتَابَهُ والكتـــاب.", ["كِتَابَهُ", "والكتـــاب"], "marks and all"),
    ("=كتاب", "كتاب الكتاب كِتاب", ["كتاب", "كِتاب"], "the exact form only"),
    ("سكة حديد", "سكة من حديد", ["سكة", "حديد"], "words, wherever they stand"),
    ('"سكة حديد"', "سكة حديد، ثم سكة من حديد", ["سكة", "حديد"], "only together"),
    ('"سكة حديد"', "حديد سكة", [], "and in its order"),
    ('="سكة حديد"', "سكة الحديد سكة حديد", ["سكة", "حديد"], "an exact phrase"),
    ('"ا ب ا"', "ا ب ا ب ا", ["ا", "ب", "ا", "ب", "ا"], "phrases that overlap"),
    ('"طنجة عدن"~2', "عدن ثم طنجة ثم ثم ثم عدن", ["عدن", "طنجة"], "near, either order"),
    ('"طنجة عدن"~2', "عدن ثم ثم ثم طنجة", [], "not far"),
    ("=مكتب*", "مكتبة ومكتبة مَكاتب مكتبيّ", ["مكتبة", "مكتبيّ"], "a prefix of the form"),
    ("مكتب*", "مكتبة ومكتبة مَكاتب", ["مكتبة", "ومكتبة"], "behind a proclitic too"),
    ("م?ت*ة", "مكتبة والمكتبة متعة ميتة", ["مكتبة", "ميتة"], "letters in between"),
    ("كاضمي~", "الكاظمي والكاتب", ["الكاظمي"], "a letter taken for another"),
    ("√كتب", "كاتبٌ ومكتبة وكتابها، كرسي", ["كاتبٌ", "ومكتبة", "وكتابها"], "a root"),
    ("=كِتَاب", "كتاب كِتابٌ كُتّاب الكِتاب", ["كتاب", "كِتابٌ"], "marks that are typed"),
    ("نفط -غاز", "نفط وغاز", ["نفط"], "what must not be there is not marked"),
    ("نفط OR غاز", "غاز طبيعي", ["غاز"], "either word"),
    ("title:نفط", "نفط", [], "another field's word"),
    ("text:نفط", "نفط", ["نفط"], "this field's word"),
    ("author:نفط غاز", "نفط غاز", ["غاز"], "one of each"),
    ("-(نفط OR غاز)", "نفط غاز", [], "nothing of a negated group"),
    ("1948", "سنة ١٩٤٨", ["١٩٤٨"], "digits of any set"),
    ("1914-1918", "من 1914 إلى 1918، حرب 1914-1918", ["1914", "1918"], "joined words"),
    ("orient", "L’Orient Orient", ["Orient"], "a word with its apostrophe is another"),
    ("BBC", "الـBBC", ["BBC"], "without the joined article"),
]  # fmt: skip


def _marked(query: str, text: str, field: str = "text") -> list[str]:
    marks = Highlighter(parse(query), field=field).find(text)
    return [text[mark.start : mark.end] for mark in marks]


class TestMarker:
    @pytest.mark.parametrize(("query", "text", "words", "why"), MARKED)
    def test_it_marks(self, query: str, text: str, words: list[str], why: str) -> None:
        assert _marked(query, text) == words, why

    def test_a_title_answers_its_own_words_and_words_from_anywhere(self) -> None:
        assert _marked("title:نفط غاز author:فحم", "نفط غاز فحم", "title") == [
            "نفط",
            "غاز",
        ]

    def test_a_mark_tells_which_word_it_answers(self) -> None:
        marks = Highlighter(parse("نفط غاز")).find("غاز نفط غاز")
        assert [mark.word for mark in marks] == [1, 0, 1]

    @given(
        st.text(alphabet='اب تنفط"()-=*~ 25', max_size=20),
        st.text(alphabet="ابتنفط َـ ،\n", max_size=60),
    )
    def test_marks_are_whole_words_in_order(self, query: str, text: str) -> None:
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
    def test_nearness_is_what_trying_every_window_finds(
        self, words: list[str], sought: list[str], distance: int
    ) -> None:
        expected: set[int] = set()
        for start in range(len(words)):
            window = range(start, min(start + distance + 1, len(words)))
            inside = {words[at] for at in window}
            # A window begins at one of the words and holds all of them.
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
    def test_pieces_that_come_again_are_marked_alike(
        self, pieces: list[str], space: str
    ) -> None:
        """Whether the marker has seen a piece before, alone or in a longer one."""
        text = space.join(pieces)
        marker = Highlighter(parse("=كتاب OR قلم*"))
        assert [marker.find(text[at:]) for at in range(0, len(text) + 1, 7)] == [
            Highlighter(parse("=كتاب OR قلم*")).find(text[at:])
            for at in range(0, len(text) + 1, 7)
        ]
        marked = [text[mark.start : mark.end] for mark in marker.find(text)]
        words = [token for piece in pieces for token in analyze(piece)]
        assert marked == [
            word.surface for word in words if word.surface in ("كتاب", "قلم")
        ]

    def test_many_different_words_of_a_text_are_marked(self) -> None:
        words = [f"نفط{letter}" for letter in "ابتثجحخدذرزسشصضطظعغفقكلم"]
        assert _marked("=نفط*", "، ".join(words)) == words

    def test_it_forgets_what_it_knows_of_too_many_pieces(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("search.highlight.highlighter.MAX_UNMARKED", 3)
        marker = Highlighter(parse("نفط"))
        for word in ("غاز", "فحم", "ذهب", "ملح", "قطن"):
            marks = marker.find(f"{word} ثم النفط، ثم {word}")
            assert [mark.word for mark in marks] == [0]
        assert len(marker._unmarked) <= 3 + 2


class TestCount:
    def test_forms_are_counted_and_spelled_as_they_are_marked(self) -> None:
        marker, text = Highlighter(parse("=كِتَاب")), "كُتّاب وكتاب كتاب كِتابٌ"
        assert marker.count(text) == {"كتاب": 2}
        assert marker.spell(text, "كتاب") == "كتاب"

    def test_the_first_word_of_the_query_comes_first(self) -> None:
        counts = Highlighter(parse("نفط غاز")).count("غاز نفط غاز")
        assert list(counts.items()) == [("نفط", 1), ("غاز", 2)]
