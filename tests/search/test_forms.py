"""The address of a search, read."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.forms import SearchForm, read_date_end, read_page
from search.query import Everything
from search.request import Sort


class TestSearchForm:
    def test_nothing_asks_for_everything(self) -> None:
        form = SearchForm(QueryDict(""))
        assert form.is_valid()
        assert form.search_request.query == Everything()
        assert form.search_request.query_string() == ""

    def test_filters_keep_the_order_of_the_table(self) -> None:
        form = SearchForm(QueryDict("source=s&topic=t&actor=b&actor=a"))
        assert form.is_valid()
        assert form.search_request.query_string() == (
            "actor=b&actor=a&topic=t&source=s"
        )

    def test_a_correction_keeps_the_rest_of_the_search(self) -> None:
        form = SearchForm(QueryDict('q="نهر&actor=tigris&page=3'))
        assert not form.is_valid()
        assert form.correction
        address = form.corrected_query_string()
        corrected = SearchForm(QueryDict(address))
        assert corrected.is_valid()
        assert corrected.search_request.selected("actor") == ("tigris",)
        assert corrected.search_request.page == 1

    @given(st.text(), st.text(), st.text(max_size=20), st.text(max_size=20))
    def test_any_address_is_read_or_refused(
        self, query: str, start: str, sort: str, page: str
    ) -> None:
        address = QueryDict(mutable=True)
        address.update({"q": query, "from": start, "sort": sort, "page": page})
        form = SearchForm(address)
        if form.is_valid():
            assert form.has_address(form.search_request.query_string())
        else:
            assert set(form.errors) <= {"q", "date_from", "date_to"}

    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "q": st.sampled_from(["نهر دجلة", "«دار الكتب»", "جامعة -دمشق"]),
                "actor": st.sampled_from(["a", "b"]),
                "from": st.sampled_from(["1908", "شباط 1908", "٣/٢/١٩٠٨"]),
                "sort": st.sampled_from([*Sort]),
                "page": st.sampled_from(["1", "2", "٢", "-1", "abc"]),
            },
        )
    )
    def test_an_address_read_twice_is_the_same(self, pairs: dict[str, str]) -> None:
        address = QueryDict(mutable=True)
        address.update(pairs)
        first = SearchForm(address)
        assert first.is_valid()
        second = SearchForm(QueryDict(first.search_request.query_string()))
        assert second.is_valid()
        assert second.search_request == first.search_request


class TestReadDateEnd:
    @pytest.mark.parametrize(
        ("text", "later", "iso"),
        [
            ("1908", False, "1908"),
            ("١٩٠٨", True, "1908"),
            ("شباط 1908", False, "1908-02"),
            ("فبراير 1908", True, "1908-02"),
            ("3 شباط/فبراير 1908", False, "1908-02-03"),
            ("1908-02-03", False, "1908-02-03"),
            # A Hijri month has no ISO name; its own end is taken.
            ("رمضان 1345 هـ", False, "1927-03-04"),
            ("رمضان 1345 هـ", True, "1927-04-02"),
            ("  ", False, ""),
        ],
    )
    def test_it_is_as_precise_as_the_reader(
        self, text: str, later: bool, iso: str
    ) -> None:
        assert read_date_end(text, later=later).iso == iso

    def test_it_refuses_what_is_no_date(self) -> None:
        with pytest.raises(ValidationError):
            read_date_end("غدا", later=False)


class TestReadPage:
    @pytest.mark.parametrize(
        ("text", "page"),
        [("2", 2), ("٢", 2), ("", 1), ("0", 1), ("-3", 1), ("²", 1), ("9" * 10_000, 1)],
    )
    def test_anything_else_is_the_first(self, text: str, page: int) -> None:
        assert read_page(text) == page
