"""Did you mean: spellings of the archive that are offered for rare words."""

from pathlib import Path

import pytest

from search.query.parse import parse
from search.query.render import render
from search.request import make_filter
from tests.search.searching import make_request, search
from tests.search.text_archive import ArticleText, follow, read_address, write_archive

_COMMON = (
    "الكاظمي قال للصحافة في القاهرة إن الاستاذ أحمد",
    "الأستاذ في مدرسة القاهرة، والكاظمي رئيس الحكومة",
    "العراق ومصر والجزائر، صحافة المقاومة",
    "تاريخ العراق وتاريخ الجزائر، والحرب والذاكرة",
    "ذاكرة الحرب في بغداد، القطار إلى بغداد",
)
# What is typed, the query that is meant, and the slip.
MEANT = [
    ("الكاضمي", "الكاظمي", "ض for ظ"),
    ("الاستاد", "الأستاذ", "د for ذ, and the hamza of the archive"),
    ("الاراق", "العراق", "ا for ع"),
    ("الكاهرة", "القاهرة", "ك for ق, and the ة of the archive"),
    ("بغذاد", "بغداد", "ذ for د"),
    ("الحكموة", "الحكومة", "neighbors exchanged"),
    ("طاريخ", "تاريخ", "ط for ت"),
    ("القتار", "القطار", "ت for ط"),
    ("سحافة", "صحافة", "س for ص"),
    ("مدرصة", "مدرسة", "ص for س"),
    ("=الكاضمي", "=الكاظمي", "at its level"),
    ("√الكاهرة", "√القاهرة", "whichever that is"),
    ('"الكاضمي رئيس"', '"الكاظمي رئيس"', "inside a phrase"),
    ('"رئيس الكاضمي"~3', '"رئيس الكاظمي"~3', "inside a nearness"),
    ("الكاضمي الكاهرة", "الكاظمي القاهرة", "two words at once"),
    ("بغداد الكتار", "بغداد القطار", "one of two words"),
    ("نص:الكاضمي", "نص:الكاظمي", "in its field"),
    ("الكاضمي -بغداد", "الكاظمي -بغداد", "beside what must not be there"),
    ("(الكاضمي OR غائبون) قال", "(الكاظمي OR غائبون) قال", "inside a group"),
]


@pytest.fixture
def archive(db: None, no_index: Path) -> list[int]:
    return write_archive(_COMMON)


@pytest.mark.usefixtures("archive")
class TestSuggest:
    @pytest.mark.parametrize(("typed", "meant", "why"), MEANT)
    def test_misspelled_query_gets_a_suggestion(
        self, typed: str, meant: str, why: str
    ) -> None:
        results = search(typed)
        assert results.help.suggestion is not None, why
        assert results.help.suggestion.text == render(parse(meant), "ar")

    @pytest.mark.parametrize(("typed", "meant", "why"), MEANT)
    def test_suggestion_has_as_many_hits_as_it_says(
        self, typed: str, meant: str, why: str
    ) -> None:
        suggestion = search(typed).help.suggestion
        assert suggestion is not None
        assert follow(suggestion.query_string).total == suggestion.total > 0
        assert read_address(suggestion.query_string).text == suggestion.text

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ("الكاظمي", "it is there"),
            ("كاظمي", "its family is there"),
            ("القاهره", "ه and ة are one letter anyway"),
            ("احمد", "so are the alefs"),
            ("زمردة", "nothing is near"),
            ("بح", "too short a word is near too many"),
            ("بغذاد -بغداد", "what is meant must not be there"),
            ("الكاضمي زمردة", "the other word is nowhere"),
            ("الكاضم*", "an open word says itself what may differ"),
            ("الكا?ضمي", "so does a pattern"),
            ("", "nothing was asked"),
        ],
    )
    def test_query_gets_no_suggestion(self, typed: str, why: str) -> None:
        assert search(typed).help.suggestion is None, why

    def test_suggestion_is_not_applied(self) -> None:
        results = search("الكاضمي")
        assert (results.total, results.rows) == (0, ())
        assert results.request.text == "الكاضمي"

    def test_suggestion_keeps_filters_and_dates(self) -> None:
        request = make_request("الكاضمي", {"source": ["gazette"]})
        suggestion = search(request).help.suggestion
        assert suggestion is not None
        assert read_address(suggestion.query_string).filters == (
            make_filter("source", ["gazette"]),
        )

    def test_suggestion_without_hits_under_the_filters_is_not_made(self) -> None:
        request = make_request("الكاضمي", {"source": ["nowhere"]})
        assert search(request).help.suggestion is None
        request = make_request("الكاضمي", dates=("1923", ""))
        assert search(request).help.suggestion is None


class TestRarity:
    def test_misspelling_of_the_archive_is_corrected_to_the_frequent_word(
        self, db: None, no_index: Path
    ) -> None:
        write_archive(["الكاضمي", *["الكاظمي"] * 30])
        results = search("الكاضمي")
        assert results.total == 1
        assert results.help.suggestion is not None
        assert (results.help.suggestion.text, results.help.suggestion.total) == (
            "الكاظمي",
            30,
        )

    def test_word_about_as_frequent_is_no_correction(
        self, db: None, no_index: Path
    ) -> None:
        write_archive([*["قطار"] * 2, *["قطاع"] * 4])
        assert search("قطار").help.suggestion is None

    def test_usual_slip_comes_before_any_other_letter(
        self, db: None, no_index: Path
    ) -> None:
        write_archive(["ظلال", *["جلال"] * 3])
        suggestion = search("ضلال").help.suggestion
        assert suggestion is not None
        assert suggestion.text == "ظلال"

    def test_more_frequent_word_comes_first_at_equal_cost(
        self, db: None, no_index: Path
    ) -> None:
        write_archive(["نور", *["نون"] * 3])
        suggestion = search("نوف").help.suggestion
        assert suggestion is not None
        assert suggestion.text == "نون"

    def test_word_of_a_field_is_corrected_by_words_of_the_field(
        self, db: None, no_index: Path
    ) -> None:
        write_archive(
            [
                ArticleText("الكاظمي", title="بغداد"),
                ArticleText("بغداد", title="البصرة"),
            ]
        )
        assert search("عنوان:الكاضمي").help.suggestion is None
        assert search("الكاضمي").help.suggestion is not None
        suggestion = search("عنوان:البسرة").help.suggestion
        assert suggestion is not None
        assert parse(suggestion.text) == parse("عنوان:البصرة")
