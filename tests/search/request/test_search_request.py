"""Search requests: their query strings, filters and periods."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fields import FACETS
from search.request import (
    FacetFilter,
    Period,
    SearchRequest,
    Sort,
    make_filter,
    read_filters,
)

KEYS = [row.name for row in FACETS]
VALUES = st.text(min_size=1, max_size=5) | st.sampled_from([*KEYS, "~"])
SOURCES = make_filter("source", ["a", "b"])


class TestQueryString:
    def test_empty_search_has_no_query_string(self) -> None:
        assert SearchRequest().query_string() == ""

    def test_keys_are_in_a_fixed_order(self) -> None:
        request = SearchRequest(
            text="نفط",
            filters=read_filters(
                {"source": ["b", "a"], "actor": ["x"], "topic": ["t"]}
            ),
            date_from="1923-05",
            date_to="1924",
            sort=Sort.OLDEST,
            page=3,
        )
        assert request.query_string() == (
            "q=%D9%86%D9%81%D8%B7&actor=x&topic=t&source=b&source=a"
            "&from=1923-05&to=1924&sort=oldest&page=3"
        )

    def test_defaults_are_left_out(self) -> None:
        request = SearchRequest(text="a", sort=Sort.RELEVANCE, page=1)
        assert request.query_string() == "q=a"

    @pytest.mark.parametrize("text", ["a&b=c", "100%", "a+b", "a b", "«نفط»", "#?/"])
    def test_text_is_quoted(self, text: str) -> None:
        address = SearchRequest(text=text).query_string()
        assert parse_qs(address) == {"q": [text]}

    @given(
        st.text(max_size=20),
        st.dictionaries(
            st.sampled_from([*KEYS, *(f"-{key}" for key in KEYS), "any"]),
            st.lists(VALUES, min_size=1, max_size=4),
        ),
        st.sampled_from(Sort),
        st.integers(1, 99),
    )
    def test_filters_survive_the_query_string(
        self, text: str, filters: dict[str, list[str]], sort: Sort, page: int
    ) -> None:
        request = SearchRequest(
            text=text, filters=read_filters(filters), sort=sort, page=page
        )
        try:
            given_keys = parse_qs(request.query_string(), errors="strict")
        except UnicodeError:
            return
        assert read_filters(given_keys) == request.filters


class TestReadFilters:
    def test_repeated_and_empty_values_are_dropped(self) -> None:
        assert read_filters({"topic": ["b", "", "a", "b"]}) == (
            FacetFilter("topic", ("b", "a")),
        )

    def test_unknown_keys_are_ignored(self) -> None:
        assert read_filters({"color": ["red"], "actor": []}) == ()


class TestToggled:
    REQUEST = SearchRequest(text="نفط", filters=(SOURCES,), date_from="1923", page=4)

    def test_new_value_is_selected_on_the_first_page(self) -> None:
        other = self.REQUEST.toggled("actor", "x")
        assert other.filters == (FacetFilter("actor", ("x",)), SOURCES)
        assert (other.page, other.text, other.date_from) == (1, "نفط", "1923")

    def test_selected_value_is_deselected(self) -> None:
        (left,) = self.REQUEST.toggled("source", "a").filters
        assert left == make_filter("source", ["b"])

    def test_facet_without_values_is_no_filter(self) -> None:
        once = self.REQUEST.toggled("source", "a").toggled("source", "b")
        assert once.filters == ()

    def test_toggling_twice_changes_nothing(self) -> None:
        twice = self.REQUEST.toggled("topic", "t").toggled("topic", "t")
        assert twice.filters == self.REQUEST.filters

    def test_dates_change_nothing_else_but_the_page(self) -> None:
        other = self.REQUEST.with_dates("1950", "")
        assert (other.date_from, other.date_to, other.page) == ("1950", "", 1)
        assert other.filters == self.REQUEST.filters


class TestPeriod:
    def test_period_with_an_end_is_true(self) -> None:
        assert not Period()
        assert Period(first=date(1923, 1, 1))
        assert Period(last=date(1923, 1, 1))
