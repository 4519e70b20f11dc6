"""A search as an address: one order, nothing empty, and back again."""

from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.fields import FACETS
from search.request import Period, SearchRequest, Sort, read_filters


class TestQueryString:
    def test_an_empty_search_has_none(self) -> None:
        assert SearchRequest().query_string() == ""

    def test_keys_stand_in_one_order(self) -> None:
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

    def test_what_is_usual_is_left_out(self) -> None:
        request = SearchRequest(text="a", sort=Sort.RELEVANCE, page=1)
        assert request.query_string() == "q=a"

    @pytest.mark.parametrize("text", ["a&b=c", "100%", "a+b", "a b", "«نفط»", "#?/"])
    def test_any_text_survives_an_address(self, text: str) -> None:
        address = SearchRequest(text=text).query_string()
        assert parse_qs(address) == {"q": [text]}

    @given(
        st.text(max_size=20),
        st.dictionaries(
            st.sampled_from([row.name for row in FACETS]),
            st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=4),
        ),
        st.sampled_from(Sort),
        st.integers(1, 99),
    )
    def test_filters_come_back_from_an_address(
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
    def test_each_value_counts_once_and_empty_ones_do_not(self) -> None:
        assert read_filters({"topic": ["b", "", "a", "b"]}) == (("topic", ("b", "a")),)

    def test_unknown_keys_are_ignored(self) -> None:
        assert read_filters({"color": ["red"], "actor": []}) == ()


class TestToggled:
    REQUEST = SearchRequest(
        text="نفط", filters=(("source", ("a", "b")),), date_from="1923", page=4
    )

    def test_it_adds_and_goes_to_the_first_page(self) -> None:
        other = self.REQUEST.toggled("actor", "x")
        assert other.filters == (("actor", ("x",)), ("source", ("a", "b")))
        assert (other.page, other.text, other.date_from) == (1, "نفط", "1923")

    def test_it_keeps_the_other_values_when_it_takes_one_away(self) -> None:
        assert self.REQUEST.toggled("source", "a").filters == (("source", ("b",)),)

    def test_the_last_value_takes_the_facet_along(self) -> None:
        once = self.REQUEST.toggled("source", "a").toggled("source", "b")
        assert once.filters == ()

    def test_twice_is_not_at_all(self) -> None:
        twice = self.REQUEST.toggled("topic", "t").toggled("topic", "t")
        assert twice.filters == self.REQUEST.filters

    def test_other_dates_keep_the_rest(self) -> None:
        other = self.REQUEST.with_dates("1950", "")
        assert (other.date_from, other.date_to, other.page) == ("1950", "", 1)
        assert other.filters == self.REQUEST.filters


class TestPeriod:
    def test_it_is_true_when_it_has_an_end(self) -> None:
        assert not Period()
        assert Period(first=date(1923, 1, 1))
        assert Period(last=date(1923, 1, 1))
