"""The search form: query strings read into requests."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.forms import LAST_PAGE, SearchForm, read_date_end, read_page
from search.query import Everything, Level, Term
from search.request import Period, Sort, read_level

_TODAY = date(2026, 11, 30)


class TestSearchForm:
    def test_empty_query_string_asks_for_everything(self) -> None:
        form = SearchForm(QueryDict(""))
        assert form.is_valid()
        assert form.search_request.query == Everything()
        assert form.search_request.query_string() == ""

    def test_filters_are_in_the_order_of_the_table(self) -> None:
        form = SearchForm(QueryDict("source=s&topic=t&actor=b&actor=a"))
        assert form.is_valid()
        assert form.search_request.query_string() == (
            "actor=b&actor=a&topic=t&source=s"
        )

    def test_other_searches_are_read_and_written_again(self) -> None:
        address = "q=نهر&within=actor=b&-within=q=سد%26-within=q=50%2525"
        form = SearchForm(QueryDict(address))
        assert form.is_valid()
        written = form.search_request.query_string()
        again = SearchForm(QueryDict(written))
        assert again.is_valid()
        assert again.search_request == form.search_request
        assert again.has_address(written)
        [inner] = form.search_request.within[1].request.within
        assert (inner.request.text, inner.is_excluded) == ("50%", True)

    @pytest.mark.parametrize(
        "value",
        ['q="نهر', "from=1950%26to=1900", "within=within=within=within=q=نهر"],
    )
    def test_other_search_that_cannot_be_read_is_told(self, value: str) -> None:
        form = SearchForm(QueryDict(f"q=نهر&-within={value}"))
        assert not form.is_valid()
        assert form.non_field_errors()

    def test_correction_keeps_the_rest_of_the_search(self) -> None:
        form = SearchForm(QueryDict('q="نهر&actor=tigris&page=3'))
        assert not form.is_valid()
        assert form.correction
        address = form.corrected_query_string()
        corrected = SearchForm(QueryDict(address))
        assert corrected.is_valid()
        assert corrected.search_request.selected("actor") == ("tigris",)
        assert corrected.search_request.page == 1

    @pytest.mark.parametrize("level", Level)
    def test_level_applies_to_all_words(self, level: Level) -> None:
        form = SearchForm(QueryDict(f"q=نهر&level={level}"))
        assert form.is_valid()
        assert form.search_request.level is level
        assert form.search_request.query == Term("نهر", level)

    def test_last_of_repeated_keys_counts(self) -> None:
        form = SearchForm(QueryDict("q=نهر&level=exact&level=root&q=دجلة"))
        assert form.is_valid()
        assert form.search_request.query == Term("دجلة", Level.ROOT)

    def test_correction_keeps_the_level(self) -> None:
        form = SearchForm(QueryDict('q="نهر&level=exact'))
        assert not form.is_valid()
        corrected = SearchForm(QueryDict(form.corrected_query_string()))
        assert corrected.is_valid()
        assert corrected.search_request.level is Level.EXACT

    @given(
        st.fixed_dictionaries(
            {"q": st.text(), "from": st.text()},
            optional=dict.fromkeys(("level", "sort", "page"), st.text(max_size=20)),
        )
    )
    def test_any_parameters_are_valid_or_have_errors(
        self, pairs: dict[str, str]
    ) -> None:
        address = QueryDict(mutable=True)
        address.update(pairs)
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
                "level": st.sampled_from([*Level, "FAMILY"]),
                "actor": st.sampled_from(["a", "b"]),
                "from": st.sampled_from(["1908", "شباط 1908", "٣/٢/١٩٠٨", "أمس"]),
                "to": st.sampled_from(["آخر سنة 2100", "نهاية 2100", "اليوم"]),
                "as_of": st.sampled_from(["2026-11-30", "2026", "غدا"]),
                "sort": st.sampled_from([*Sort]),
                "page": st.sampled_from(["1", "2", "٢", "-1", "abc"]),
            },
        )
    )
    def test_query_string_reads_as_the_same_request(
        self, pairs: dict[str, str]
    ) -> None:
        address = QueryDict(mutable=True)
        address.update(pairs)
        first = SearchForm(address)
        assert first.is_valid()
        second = SearchForm(QueryDict(first.search_request.query_string()))
        assert second.is_valid()
        assert second.search_request == first.search_request

    @pytest.mark.parametrize("name", ["from", "to"])
    def test_two_dates_in_one_box_are_the_whole_period(self, name: str) -> None:
        form = SearchForm(QueryDict(f"{name}=بين 5 و7 أكتوبر 1973"))
        assert form.is_valid()
        request = form.search_request
        assert request.period == Period(date(1973, 10, 5), date(1973, 10, 7))
        assert (request.date_from, request.date_to) == ("1973-10-05", "1973-10-07")
        assert form.has_address(request.query_string())

    def test_two_dates_beside_another_are_refused(self) -> None:
        form = SearchForm(QueryDict("from=1923-1925&to=1930"))
        assert not form.is_valid()
        assert set(form.errors) == {"date_from"}

    def test_other_dates_replace_what_was_typed(self) -> None:
        form = SearchForm(QueryDict("from=شباط 1923"))
        assert form.is_valid()
        other = form.search_request.with_dates("1950", "1951")
        assert other.query_string() == "from=1950&to=1951"

    @given(st.text(max_size=20), st.text(max_size=20))
    def test_what_is_typed_stays_in_the_boxes(self, first: str, last: str) -> None:
        address = QueryDict(mutable=True)
        address.update({"from": first, "to": last})
        form = SearchForm(address)
        form.is_valid()
        boxes = form.date_boxes()
        assert (boxes["date_from"].text, boxes["date_to"].text) == (
            first.strip(),
            last.strip(),
        )


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
            # A Hijri month has no ISO date: its first or last day is taken.
            ("رمضان 1345 هـ", False, "1927-03-04"),
            ("رمضان 1345 هـ", True, "1927-04-02"),
            ("نهاية شباط 1908", True, "1908-02"),
            ("منذ 1908", False, "1908"),
            ("سلخ رمضان 1441", True, "2020-05-23"),
            ("أمس", False, "2026-11-29"),
            ("الشهر الماضي", True, "2026-10"),
            ("  ", False, ""),
        ],
    )
    def test_iso_date_is_as_precise_as_the_text(
        self, text: str, later: bool, iso: str
    ) -> None:
        assert read_date_end(text, later=later, today=_TODAY).iso == iso

    def test_other_text_is_refused(self) -> None:
        with pytest.raises(ValidationError):
            read_date_end("غدا", later=False)


class TestReadLevel:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("exact", Level.EXACT),
            ("root", Level.ROOT),
            ("family", Level.FAMILY),
            ("", Level.FAMILY),
            ("ROOT", Level.FAMILY),
            ("root\x00", Level.FAMILY),
            ("جذر", Level.FAMILY),
        ],
    )
    def test_unknown_level_is_family(self, text: str, level: Level) -> None:
        assert read_level(text) is level


class TestReadPage:
    @pytest.mark.parametrize(
        ("text", "page"),
        [("2", 2), ("٢", 2), ("", 1), ("0", 1), ("-3", 1), ("²", 1)],
    )
    def test_invalid_page_is_the_first(self, text: str, page: int) -> None:
        assert read_page(text) == page

    @pytest.mark.parametrize("text", ["1000000000", "9" * 10_000])
    def test_page_beyond_all_numbers_is_no_other_page(self, text: str) -> None:
        assert read_page(text) == LAST_PAGE
