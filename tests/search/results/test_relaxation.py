"""Relaxation: articles with most of the words, and totals without each condition."""

from pathlib import Path

import pytest

from search.query.parse import parse
from search.results.model import SearchResults
from search.results.relaxation import iter_relaxed, list_conditions
from tests.search.searching import make_request, search
from tests.search.text_archive import ArticleText, follow, read_address, write_archive

_PIECES = (
    ArticleText("نفط غاز فحم ماء", published="1923-05-14"),
    ArticleText("نفط غاز فحم هواء", source="review", published="1950-01-01"),
    ArticleText("نفط غاز ورد", published="1923-06-01"),
    ArticleText("نفط ذهب", source="review"),
    ArticleText("غاز وذهب ونحاس"),
    ArticleText("سكة حديد بغداد"),
)


@pytest.fixture
def archive(db: None, no_index: Path) -> list[int]:
    return write_archive(_PIECES)


def _ids(text: str, **conditions: object) -> set[int]:
    results = search(make_request(text, **conditions))  # type: ignore[arg-type]
    return {row.article.pk for row in results.rows}


def _matched(results: SearchResults) -> tuple[int, int]:
    """How many of how many words the rows have."""
    assert results.help.relaxation is not None
    return results.help.relaxation.matched, results.help.relaxation.asked


@pytest.mark.usefixtures("archive")
class TestFindRelaxation:
    def test_articles_with_the_most_words_are_shown(self) -> None:
        results = search("نفط غاز فحم ماء غائب")
        assert _matched(results) == (4, 5)
        assert {row.article.pk for row in results.rows} == {1}
        assert results.total == 1
        results = search("نفط غاز فحم بحر غائب")
        assert _matched(results) == (3, 5)
        assert {row.article.pk for row in results.rows} == {1, 2}

    def test_rows_are_highlighted_and_facets_counted(self) -> None:
        results = search("نفط غاز فحم غائب")
        assert _matched(results) == (3, 4)
        for row in results.rows:
            assert {form.form for form in row.forms} == {"نفط", "غاز", "فحم"}
            assert "<mark>نفط</mark>" in "".join(row.fragments)
        [source] = [facet for facet in results.facets if facet.name == "source"]
        assert {bucket.value: bucket.count for bucket in source.buckets} == {
            "gazette": 1,
            "review": 1,
        }

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("نفط غائب", "of two words none is most"),
            ("نفط غائب -ورد", "a minus is no word"),
            ("نفط غائب سنة:1923", "nor is a date"),
            ("نفط غائب مفقود", "one of three is not most"),
            ("نفط غاز غائب مفقود", "nor are two of four"),
            ("نفط OR غاز", "all is found"),
            ("نفط غاز فحم", "all is found"),
            ("نفط نفط غائب", "a word that is typed twice is one"),
        ],
    )
    def test_query_is_not_relaxed(self, text: str, why: str) -> None:
        assert search(text).help.relaxation is None, why

    def test_excluded_words_stay_excluded(self) -> None:
        assert _ids("نفط غاز فحم غائب -هواء") == {1}

    def test_dates_and_filters_stay(self) -> None:
        assert _ids("نفط غاز فحم غائب سنة:1923") == {1}
        assert _ids("نفط غاز فحم غائب", dates=("1950", "1950")) == {2}
        assert _ids("نفط غاز فحم غائب", filters={"source": ["review"]}) == {2}
        request = make_request("نفط غاز فحم غائب", dates=("1999", ""))
        assert search(request).help.relaxation is None

    def test_phrase_counts_as_one_word(self) -> None:
        assert _ids('"سكة حديد" بغداد غائب') == {6}
        assert search('"حديد سكة" بغداد غائب').help.relaxation is None

    def test_results_keep_the_original_request(self) -> None:
        request = make_request("نفط غاز فحم غائب")
        results = search(request)
        assert results.request == request
        for facet in results.facets:
            for bucket in facet.buckets:
                assert read_address(bucket.query_string).query == request.query

    def test_relaxed_requests_have_ever_fewer_words(self) -> None:
        relaxed = iter_relaxed(make_request("ا ب ج د ه"))
        assert [(each.matched, each.asked) for each in relaxed] == [(4, 5), (3, 5)]


# A query that finds nothing, its conditions, and how many each hides.
CONDITIONS: list[tuple[str, dict[str, int]]] = [
    ("نفط غائب", {"نفط": 0, "غائب": 4}),
    ("نفط نحاس", {"نفط": 1, "نحاس": 4}),
    ("نفط غاز نحاس", {"نفط": 1, "غاز": 0, "نحاس": 3}),
    ("-غاز فحم نفط", {"-غاز": 2, "فحم": 1, "نفط": 0}),
    ("فحم -غاز نفط", {"فحم": 1, "-غاز": 2, "نفط": 0}),
    ("ذهب -نفط -نحاس", {"-نفط": 1, "-نحاس": 1}),
    ('"حديد سكة" بغداد', {'"حديد سكة"': 1, "بغداد": 0}),
    ("عنوان:نفط غاز", {"title:نفط": 4, "غاز": 0}),
    ("(ورد OR هواء) نحاس", {"(ورد OR هواء)": 1, "نحاس": 2}),
    ("=وذهب نفط", {"=وذهب": 4, "نفط": 1}),
    ("غائب", {}),
    ("نحاس سنة:1923", {"نحاس": 2, "سنة:1923": 1}),
    ("نفط نحاس نفط", {"نفط": 1, "نحاس": 4}),
]


@pytest.mark.usefixtures("archive")
class TestConditions:
    @pytest.mark.parametrize(("text", "expected"), CONDITIONS)
    def test_total_without_each_word(self, text: str, expected: dict[str, int]) -> None:
        results = search(text)
        found = [(parse(one.label), one.total) for one in results.help.conditions]
        assert found == [(parse(label), total) for label, total in expected.items()]

    @pytest.mark.parametrize("text", [text for text, _expected in CONDITIONS])
    def test_each_count_is_the_total_of_its_link(self, text: str) -> None:
        filters, dates = {"source": ["review"]}, ("1800", "1999")
        for request in (
            make_request(text),
            make_request(text, filters, dates=dates),
            make_request(text, {"source": ["gazette", "review"]}, dates=("", "1900")),
        ):
            results = search(request)
            for one in results.help.conditions:
                behind = follow(one.query_string)
                assert one.total == (0 if behind.help.relaxation else behind.total)

    def test_filters_and_dates_are_conditions(self) -> None:
        request = make_request("نفط", {"source": ["review"]}, dates=("1923", "1923"))
        results = search(request)
        assert results.total == 0
        totals = {str(one.label): one.total for one in results.help.conditions}
        assert totals == {"review": 2, str(results.chips[-1].label): 2}

    def test_one_of_several_values_is_no_condition(self) -> None:
        request = make_request("ماء", {"source": ["review", "nowhere"]})
        assert search(request).help.conditions == ()

    def test_filter_after_several_values_has_its_own_label(self) -> None:
        request = make_request(
            "ماء",
            {"actor": ["x", "y"], "any": ["actor"], "source": ["review"]},
            dates=("1923", "1923"),
        )
        results = search(request)
        labels = [str(one.label) for one in results.help.conditions]
        assert labels == ["review", str(results.chips[-1].label)]

    def test_search_with_hits_has_no_conditions(self) -> None:
        assert search("نفط").help.conditions == ()

    def test_relaxed_search_has_conditions(self) -> None:
        results = search("نفط غاز فحم غائب")
        assert results.help.relaxation is not None
        assert {one.label: one.total for one in results.help.conditions} == {
            "نفط": 0,
            "غاز": 0,
            "فحم": 0,
            "غائب": 2,
        }


class TestGroupsAndDates:
    def test_words_of_a_group_in_a_field_are_separate_conditions(self) -> None:
        request = make_request("عنوان:(سفينة مرسى ظلال)")
        found = [(each.matched, each.asked) for each in iter_relaxed(request)]
        assert found == [(2, 3)]

    def test_date_condition_is_labeled_as_date(self) -> None:
        request = make_request("سفينة سنة:1923")
        conditions = list_conditions(request, (), lambda other: 0)
        assert [str(one.kind) for one in conditions] == ["كلمة", "التاريخ"]
