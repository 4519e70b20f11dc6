"""Ways out of a search that found nothing."""

from dataclasses import replace

from search.request import Period, SearchRequest
from search.widening import list_widenings

NARROW = SearchRequest(
    text="«دار الكتب»",
    filters=(("actor", ("tigris",)),),
    date_from="1923",
    date_to="1923",
)


class TestListWidenings:
    def test_each_leads_elsewhere(self) -> None:
        addresses = [widening.query_string for widening in list_widenings(NARROW)]
        assert len(addresses) == len(set(addresses)) == 3
        assert NARROW.query_string() not in addresses

    def test_quotes_go_and_words_stay(self) -> None:
        first = list_widenings(NARROW)[0]
        wanted = replace(NARROW, text="دار الكتب").query_string()
        assert first.query_string == wanted

    def test_plain_words_become_alternatives(self) -> None:
        (widening,) = list_widenings(SearchRequest(text="نهر دجلة"))
        assert widening.query_string == SearchRequest(text="نهر OR دجلة").query_string()

    def test_nothing_is_offered_for_one_word(self) -> None:
        assert list_widenings(SearchRequest(text="نهر")) == ()

    def test_dates_alone_have_no_wider_search_than_everything(self) -> None:
        request = SearchRequest(date_from="1800", date_to="1800", period=Period())
        assert list_widenings(request) == ()
