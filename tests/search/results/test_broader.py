"""Broader searches to offer where a search has no hits."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from search.query import Level
from search.query.parse import parse
from search.request import FacetFilter, Period, SearchRequest
from search.results.broader import list_broader, with_any_word, without_quotes
from search.results.model import Condition, LevelCount, WordExplanation

NARROW = SearchRequest(
    text="«دار الكتب»",
    query=parse("«دار الكتب»"),
    filters=(FacetFilter("actor", ("tigris",)),),
    date_from="1923",
    date_to="1923",
)


class TestListBroader:
    def test_searches_are_distinct(self) -> None:
        addresses = [widening.query_string for widening in list_broader(NARROW)]
        assert len(addresses) == len(set(addresses)) == 3
        assert NARROW.query_string() not in addresses

    def test_phrase_becomes_its_words(self) -> None:
        first = list_broader(NARROW)[0]
        wanted = replace(NARROW, text="دار الكتب").query_string()
        assert first.query_string == wanted

    def test_three_plain_words_become_alternatives(self) -> None:
        (widening,) = list_broader(SearchRequest(text="نهر دجلة الكبير"))
        wanted = SearchRequest(text="نهر OR دجلة OR الكبير")
        assert widening.query_string == wanted.query_string()

    @pytest.mark.parametrize(
        "text",
        ["نفط أو غاز", "نفط و غاز", "نفط بدون غاز", "نفط OR غاز", "نهر -دجلة سد"],
    )
    def test_query_with_an_operator_has_no_alternatives(self, text: str) -> None:
        request = SearchRequest(text=text, query=parse(text))
        assert with_any_word(request) == request

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('"سكة حديد"~5', "سكة حديد"),
            ('="سكة حديد" بغداد', "=سكة =حديد بغداد"),
            ("عنوان:«سكة حديد»", "عنوان:(سكة حديد)"),
            ("''سكة حديد'' أو نهر", "سكة حديد أو نهر"),
            ('"نفط أو غاز"', 'نفط عائلة:"أو" غاز'),
            ('نهر -"سكة حديد"', 'نهر -"سكة حديد"'),
        ],
    )
    def test_level_field_and_other_words_of_a_phrase_stay(
        self, text: str, expected: str
    ) -> None:
        found = without_quotes(SearchRequest(text=text, query=parse(text)))
        assert found.text == expected
        assert parse(found.text) == found.query

    def test_two_words_have_no_alternatives(self) -> None:
        assert list_broader(SearchRequest(text="نهر دجلة")) == ()

    def test_search_offered_by_a_condition_is_left_out(self) -> None:
        quoted = replace(NARROW, filters=(), text="نهر", query=parse("نهر"))
        address = SearchRequest(text="نهر").query_string()
        assert [each.query_string for each in list_broader(quoted)] == [address]
        condition = Condition("التاريخ", "1923", 0, address)
        assert list_broader(quoted, conditions=[condition]) == ()

    @pytest.mark.parametrize(
        ("level", "counts", "wanted"),
        [
            (Level.LETTERS, (0, 0, 4, 4), ["", "root"]),
            (Level.EXACT, (0, 0, 4, 4), ["", "root"]),
            (Level.EXACT, (0, 0, 0, 9), ["root"]),
            (Level.FAMILY, (0, 0, 4, 9), ["root"]),
            (Level.FAMILY, (0, 0, 4, 4), []),
            (Level.ROOT, (0, 0, 4, 9), []),
        ],
    )
    def test_broader_level_is_offered_where_it_has_more_articles(
        self, level: Level, counts: tuple[int, ...], wanted: list[str]
    ) -> None:
        levels = tuple(
            LevelCount(each, count, "")
            for each, count in zip(Level, counts, strict=True)
        )
        offered = list_broader(
            SearchRequest(text="نهر", level=level),
            words=[WordExplanation("نهر", levels, ())],
        )
        found = [parse_qs(each.query_string).get("level", [""])[0] for each in offered]
        assert found == wanted

    def test_one_word_has_no_broader_search(self) -> None:
        assert list_broader(SearchRequest(text="نهر")) == ()

    def test_dates_alone_have_no_broader_search(self) -> None:
        request = SearchRequest(date_from="1800", date_to="1800", period=Period())
        assert list_broader(request) == ()
