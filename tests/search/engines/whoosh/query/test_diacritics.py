"""Vowel marks that a reader types: counted where the article has them too."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.arabic.analyzer import surfaces
from search.arabic.diacritics import are_compatible, diacritized_form
from search.query import Level, Phrase, Term
from search.query.render import render
from tests.search.text_index import Text, TextIndex

# Title and text, by what they are for.
_TEXTS: dict[str, Text] = {
    "a book": ("", "قَرَأَ كِتَابًا"),
    "writers": ("", "جاء كُتّابٌ"),
    "unmarked": ("", "قرأ كتابا"),
    "unmarked, one of two": ("", "كُتّاب ثم كتاب"),
    "both": ("", "كُتّابٌ قرأوا كِتَاب العلم"),
    "a title": ("كِتَابُ العِلم", "عن المدارس"),
    "a title of writers": ("كُتّابُ العصر", "عن الصحافة"),
    "in part": ("", "كِتاب قديم"),
    "a phrase": ("", "هذا كِتَاب قديم"),
    "another phrase": ("", "هؤلاء كُتّاب قديم عهدهم"),
}
_NAMES = list(_TEXTS)
_WRITERS = {"writers", "a title of writers", "another phrase"}
_INDEFINITE = {"a book", "unmarked"}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> TextIndex:
    return TextIndex(
        tmp_path_factory.mktemp("marks"), list(_TEXTS.values()), segments=3
    )


def _find(index: TextIndex, query: str, level: Level = Level.FAMILY) -> set[str]:
    return {_NAMES[number - 1] for number in index.find(query, level)}


class TestMarks:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("=كِتَاب", set(_NAMES) - _WRITERS - _INDEFINITE),
            ("=كُتَّاب", _WRITERS | {"both", "unmarked, one of two"}),
            ("=كتاب", set(_NAMES) - _INDEFINITE),
            ("=كِتَابًا", _INDEFINITE),
            ("=كُتَّابا", {"unmarked"}),
            ('="كِتَاب قديم"', {"in part", "a phrase"}),
            ('="كُتّاب قديم"', {"another phrase"}),
            ('="كتاب قديم"', {"in part", "a phrase", "another phrase"}),
            ('="قديم كُتّاب"~2', {"another phrase"}),
            ("عنوان:=كِتَاب", {"a title"}),
            ("عنوان:=كُتّاب", {"a title of writers"}),
            ("عنوان:=كتاب", {"a title", "a title of writers"}),
            ('عنوان:="كِتَاب العِلم"', {"a title"}),
            ('عنوان:="كِتَاب العَلم"', set()),
            ("=كِتَاب -=كُتّاب", {"a title", "in part", "a phrase"}),
        ],
    )
    def test_exact_level_finds_compatible_diacritics(
        self, index: TextIndex, query: str, found: set[str]
    ) -> None:
        assert _find(index, query) == found

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("كِتَاب", set(_NAMES) - _WRITERS),
            # What is printed as كتاب is a book.
            ("كُتَّاب", _WRITERS | {"unmarked, one of two", "both"}),
            ("كتاب", set(_NAMES)),
            ('"كُتّاب قديم"', {"another phrase"}),
            ('"كِتَابٌ قديم"', {"in part", "a phrase"}),
            ("عنوان:كُتَّاب", {"a title of writers"}),
        ],
    )
    def test_vowels_on_either_side_choose_the_word(
        self, index: TextIndex, query: str, found: set[str]
    ) -> None:
        assert _find(index, query) == found

    @pytest.mark.parametrize("query", ["كِتَاب", "كتاب"])
    def test_root_ignores_diacritics(self, index: TextIndex, query: str) -> None:
        assert _find(index, query, Level.ROOT) == set(_NAMES)

    def test_exact_switch_makes_diacritics_count(self, index: TextIndex) -> None:
        assert _find(index, "كِتَاب", Level.EXACT) == _find(index, "=كِتَاب")
        assert _find(index, '"كِتَاب قديم"', Level.EXACT) == _find(index, '="كِتَاب قديم"')

    def test_chosen_word_ranks_before_forms_that_are_likelier_another(
        self, tmp_path: Path
    ) -> None:
        texts = ["الكتاب الكتاب الكتاب", "قال الكاتب قولا", "اجتمع الكتّاب هنا"]
        ranked = TextIndex(tmp_path, texts).rank("كُتّاب")
        assert ranked[-1] == 1
        assert len(ranked) == len(texts)

    def test_match_in_the_title_ranks_first(self, index: TextIndex) -> None:
        assert _NAMES[index.rank("=كِتَاب")[0] - 1] == "a title"


_words = st.lists(st.text("َُِّْ", max_size=2), min_size=3, max_size=3).map(
    lambda marks: "".join(map(str.__add__, "درس", marks))
)


class TestLaws:
    # Each example builds an index of two segments.
    @settings(max_examples=settings().max_examples // 5)
    @given(st.lists(st.lists(_words, max_size=4), min_size=1, max_size=8), _words)
    def test_text_matches_where_one_token_is_compatible(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        texts: list[list[str]],
        asked: str,
    ) -> None:
        folder: Path = tmp_path_factory.mktemp("laws")
        index = TextIndex(folder, [" ".join(text) for text in texts], segments=2)
        form = diacritized_form(asked)
        assert index.find(render(Term(asked, Level.EXACT))) == {
            number
            for number, text in enumerate(texts, 1)
            if any(are_compatible(form, diacritized_form(word)) for word in text)
        }
        pair = Phrase((asked, "درس"), Level.EXACT)
        assert index.find(render(pair)) == {
            number
            for number, text in enumerate(texts, 1)
            if any(are_compatible(form, diacritized_form(word)) for word in text[:-1])
        }
        assert surfaces(asked) == ["درس"]
