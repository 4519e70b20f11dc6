"""Two searches as one: each combination finds what the engine counts."""

from itertools import product

import pytest

from search.comparing.combining import (
    FindsNothing,
    NotExpressible,
    combine,
    find_both,
    find_only,
    with_word,
    without_months,
)
from search.comparing.periods import Grain, find_period
from search.forms import MAX_DEPTH, read_query_string
from search.query import parse
from search.request import SearchRequest
from search.searcher import iter_ids
from tests.search.library import Library

_SEARCHES = (
    "",
    "q=مطبعة",
    "q=مطبعة OR بيان",
    "q=مطبعة -بيان",
    "q=كتاب&level=root",
    "q=عنوان:بيان",
    "actor=baghdad",
    "actor=taha",
    "actor=baghdad&actor=taha&any=actor",
    "actor=~",
    "-actor=baghdad",
    "-topic=papers&topic=history",
    "source=gazette",
    "source=gazette&source=review",
    "source=review&from=1923&to=1950",
    "from=1923-05&to=1923-06",
    "from=1923",
    "to=1950",
    "from=1923&undated=1",
    "undated=1",
    "q=مطبعة&from=1923&to=1923",
    "q=مطبعة&actor=baghdad",
    "q=تاريخ:1923",
    "q=مطبعة&-within=q=بيان%26actor=baghdad",
    "within=actor=baghdad%26actor=taha%26any=actor&within=from=1923",
)


def _read(query_string: str) -> SearchRequest:
    request = read_query_string(query_string)
    assert request is not None
    return request


def _ids(request: SearchRequest) -> set[int]:
    return set(iter_ids(request))


def _again(request: SearchRequest) -> set[int]:
    """What the address of *request* finds."""
    return _ids(_read(request.query_string()))


class TestCombinations:
    def test_their_addresses_find_what_they_say(self, library: Library) -> None:
        requests = {text: _read(text) for text in _SEARCHES}
        found = {text: _ids(request) for text, request in requests.items()}
        for first, second in product(_SEARCHES, repeat=2):
            pair = requests[first], requests[second]
            for say, is_excluded, wanted in (
                (find_both, False, found[first] & found[second]),
                (find_only, True, found[first] - found[second]),
            ):
                try:
                    combined = combine(say, *pair, is_excluded=is_excluded)
                except FindsNothing:
                    assert not wanted, (say, first, second)
                else:
                    assert _again(combined) == wanted, (say, first, second)

    def test_searches_within_one_another_end(self, library: Library) -> None:
        first, nested = _read("q=مطبعة"), _read("q=بيان&actor=baghdad")
        for _time in range(MAX_DEPTH):
            combined = combine(find_only, first, nested, is_excluded=True)
            assert _again(combined) == _ids(first) - _ids(nested)
            nested = _read("q=كتاب").add_within(nested)
        with pytest.raises(NotExpressible):
            combine(find_only, first, nested, is_excluded=True)

    def test_months_are_left_out(self, library: Library) -> None:
        request = _read("q=مطبعة OR بيان OR كتاب")
        months = [find_period(month, Grain.MONTH) for month in (192302, 192305)]
        wanted = _ids(request)
        for iso in ("1923-02", "1923-05"):
            wanted -= _ids(_read(f"q=مطبعة OR بيان OR كتاب&from={iso}&to={iso}"))
        assert len(wanted) < len(_ids(request))
        assert _again(without_months(request, filter(None, months))) == wanted

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("q=قطن", "q=حرير"),
            ("actor=taha", "actor=baghdad"),
            ("q=قطن&actor=taha", "q=قطن&actor=baghdad"),
            ("q=قطن&source=review", "q=حرير&source=review"),
            ("from=1920&to=1929", "from=1930&to=1939"),
            ("q=قطن&from=1920", "q=قطن&to=1930"),
            ("source=gazette", "source=review"),
        ],
    )
    def test_usual_pairs_can_be_said(self, first: str, second: str) -> None:
        pair = _read(first), _read(second)
        for find in (find_both, find_only):
            try:
                find(*pair)
            except FindsNothing:
                assert find is find_both

    def test_query_that_would_be_too_long_is_none(self) -> None:
        pairs = ["".join(pair) for pair in product("بتثجحخدذرزس", repeat=2)]
        words, others = " ".join(pairs[:60]), " ".join(pairs[60:])
        with pytest.raises(NotExpressible):
            find_both(
                SearchRequest(text=words, query=parse(words)),
                SearchRequest(text=others, query=parse(others)),
            )

    def test_word_is_added_to_a_search(self, library: Library) -> None:
        request = _read("q=مطبعة OR بيان&source=gazette")
        wanted = _ids(request) & _ids(_read("q=الشهر"))
        assert wanted
        assert _again(with_word(request, "الشهر")) == wanted

    @pytest.mark.parametrize("word", ["بدون", "OR", "و", "ليس"])
    def test_word_that_is_an_operator_stays_a_word(self, word: str) -> None:
        combined = with_word(_read("q=مطبعة"), word)
        assert _read(combined.query_string()).query == combined.query
