"""Where words stand, by either engine in several parts, against reading the texts."""

import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from search.arabic.analyzer import surfaces
from search.arabic.families import asked_family, family
from search.deadline import Deadline, time_limit
from search.engines.contract import EngineRequest
from search.engines.corpus import (
    Concordance,
    ConcordanceRequest,
    ContextOrder,
    list_words,
)
from search.engines.whoosh.corpus import rows
from search.errors import QueryTooExpensive
from search.query import Level, parse
from search.request import FacetFilter
from tests.search.engines.corpus.conftest import BuildCorpus, Corpus

_WORDS = "قطن والقطن سوق السوق بالقطن أسواق نيل النيل مصر كتب الكتاب وكتابه"
_DELETED = 7
# After every word, where a text begins or ends.
_NO_WORD = "\uffff"


def _make_texts() -> list[tuple[str, str]]:
    draw = random.Random(15)
    words = _WORDS.split()
    return [
        (" ".join(draw.choices(words, k=2)), " ".join(draw.choices(words, k=9)))
        for _ in range(60)
    ]


TEXTS = _make_texts()


@pytest.fixture(scope="module")
def index(build_corpus: BuildCorpus) -> Corpus:
    more = {
        number: {
            "published_first": 19000101 + number % 5,
            "published_last": 19000101 + number % 5,
            "source": [str(number % 2)],
        }
        for number in range(1, 50)
    }
    return build_corpus(TEXTS, more, segments=3, deleted=[_DELETED])


def _tokens(number: int) -> list[tuple[int, str]]:
    """The position and surface form of each token of an article."""
    title, body = map(surfaces, TEXTS[number - 1])
    return [*enumerate(title), *enumerate(body, len(title) + 999)]


def _ask(index: Corpus, text: str, **options: object) -> Concordance:
    request = EngineRequest(parse(text))
    defaults: dict[str, object] = {"limit": 10_000}
    return index.engine.concordance(
        ConcordanceRequest(request, **(defaults | options))  # type: ignore[arg-type]
    )


def _places(found: Concordance) -> set[tuple[int, int]]:
    return {(row.article_id, row.position) for row in found.rows}


def _iter_places(*forms: str) -> Iterator[tuple[int, int]]:
    """Where *forms* stand in the texts, one after the other."""
    for number in range(1, len(TEXTS) + 1):
        tokens = _tokens(number)
        for at, (position, _surface) in enumerate(tokens):
            run = tokens[at : at + len(forms)]
            if (
                number != _DELETED
                and [surface for _at, surface in run] == list(forms)
                and run[-1][0] - position == len(forms) - 1
            ):
                yield number, position


class TestOccurrences:
    def test_a_form_stands_where_the_texts_have_it(self, index: Corpus) -> None:
        found = _ask(index, "=السوق")
        assert _places(found) == {*_iter_places("السوق")}
        assert found.total == len(found.rows) == found.words[0]
        assert found.articles == len({row.article_id for row in found.rows})

    def test_a_family_stands_where_any_of_its_forms_does(self, index: Corpus) -> None:
        lemmas = {*asked_family("سوق").lemmas}
        forms = [
            word
            for word in set(_WORDS.split())
            if not lemmas.isdisjoint(family(word).lemmas)
        ]
        assert len(forms) == 3
        wanted = {place for form in forms for place in _iter_places(surfaces(form)[0])}
        assert _places(_ask(index, "سوق")) == wanted

    def test_a_phrase_has_all_its_words(self, index: Corpus) -> None:
        found = _ask(index, '="السوق النيل"')
        assert _places(found) == {*_iter_places("السوق", "النيل")}
        assert {row.tokens for row in found.rows} == {2}

    def test_words_near_one_another_reach_to_the_last(self, index: Corpus) -> None:
        near = _ask(index, '="قطن مصر"~3')
        assert near.rows
        for row in near.rows:
            inside = [
                surface
                for position, surface in _tokens(row.article_id)
                if row.position <= position < row.position + row.tokens
            ]
            assert {"قطن", "مصر"} <= {*inside}
            assert {inside[0], inside[-1]} == {"قطن", "مصر"}

    def test_words_of_the_title_stand_there_alone(self, index: Corpus) -> None:
        found = _ask(index, "عنوان:=مصر")
        assert _places(found) == {
            (number, at) for number, at in _iter_places("مصر") if at < 2
        }

    def test_a_place_counts_once(self, index: Corpus) -> None:
        alone, all_forms = _ask(index, "=السوق"), _ask(index, "سوق")
        both = _ask(index, "=السوق OR سوق")
        assert _places(both) == _places(all_forms)
        assert both.words == (alone.total, all_forms.total - alone.total)

    def test_one_word_of_several_can_be_chosen(self, index: Corpus) -> None:
        both = _ask(index, "=مصر OR =النيل")
        second = _ask(index, "=مصر OR =النيل", word=1)
        assert second.words == both.words
        assert _places(second) == _places(_ask(index, "=النيل"))

    def test_excluded_words_are_no_occurrences(self, index: Corpus) -> None:
        found = _ask(index, "=مصر -=النيل")
        assert found.rows
        assert all(
            "النيل" not in {form for _at, form in _tokens(row.article_id)}
            for row in found.rows
        )

    def test_filters_of_the_search_hold(self, index: Corpus) -> None:
        odd = FacetFilter("source", ("1",), match_any=True)
        request = EngineRequest(parse("=مصر"), filters=(odd,))
        found = index.engine.concordance(ConcordanceRequest(request, limit=1000))
        assert _places(found) == {
            place for place in _iter_places("مصر") if place[0] % 2 and place[0] < 50
        }

    def test_words_of_other_fields_stand_in_no_text(self, index: Corpus) -> None:
        assert list_words(parse("كاتب:مصر تاريخ:1923")) == ()
        assert _ask(index, "كاتب:مصر").rows == ()

    def test_earlier_tokens_are_those_of_the_same_article(self, index: Corpus) -> None:
        found = _ask(index, '="السوق النيل" OR =مصر')
        phrase = {*_iter_places("السوق", "النيل")}
        marked = phrase | {(number, at + 1) for number, at in phrase}
        marked |= {*_iter_places("مصر")}
        for row in found.rows:
            assert row.earlier == sum(
                number == row.article_id and at < row.position for number, at in marked
            )


def _neighbors(number: int, position: int, steps: tuple[int, ...]) -> list[str]:
    words = dict(_tokens(number))
    return [words.get(position + step, _NO_WORD) for step in steps]


class TestOrder:
    @pytest.mark.parametrize(
        ("order", "steps"),
        [
            (ContextOrder.AFTER, (1, 2, 3)),
            (ContextOrder.BEFORE, (-1, -2, -3)),
            (ContextOrder.WORD, (0, 1, 2)),
        ],
    )
    @pytest.mark.parametrize("by_lemma", [False, True])
    def test_rows_are_sorted_by_the_words_beside(
        self,
        index: Corpus,
        order: ContextOrder,
        steps: tuple[int, ...],
        by_lemma: bool,
    ) -> None:
        found = _ask(index, "قطن", order=order, by_lemma=by_lemma)
        contexts = [
            _neighbors(row.article_id, row.position, steps) for row in found.rows
        ]
        keys = [
            [_lemma(word) if by_lemma else word for word in words] for words in contexts
        ]
        assert keys == sorted(keys)
        assert _places(found) == _places(_ask(index, "قطن"))

    def test_lemmas_bring_forms_together(self, index: Corpus) -> None:
        """السوق, سوق and أسواق are three places of the alphabet, and one word."""
        found = _ask(index, "قطن", order=ContextOrder.AFTER, by_lemma=True)
        after = [
            _lemma(_neighbors(row.article_id, row.position, (1,))[0])
            for row in found.rows
        ]
        runs = sum(first != second for first, second in pairwise(after))
        assert runs == len({*after}) - 1

    def test_dates_go_up_and_down_and_the_undated_come_last(
        self, index: Corpus
    ) -> None:
        for order, sign in ((ContextOrder.OLDEST, 1), (ContextOrder.NEWEST, -1)):
            found = _ask(index, "قطن", order=order)
            days = [
                sign * (row.article_id % 5) if row.article_id < 50 else 10
                for row in found.rows
            ]
            assert days == sorted(days)
            assert 10 in days

    def test_pages_follow_one_another(self, index: Corpus) -> None:
        whole = _ask(index, "قطن", order=ContextOrder.AFTER).rows
        pages = [
            _ask(index, "قطن", order=ContextOrder.AFTER, offset=start, limit=7)
            for start in range(0, len(whole) + 7, 7)
        ]
        assert [row for page in pages for row in page.rows] == list(whole)
        assert {page.total for page in pages} == {len(whole)}

    def test_too_many_are_left_by_date(
        self, index: Corpus, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rows, "MOST_SORTED", 3)
        found = _ask(index, "قطن", order=ContextOrder.BEFORE)
        assert not found.is_sorted
        assert found.rows == _ask(index, "قطن").rows

    def test_the_time_of_a_search_holds(self, index: Corpus) -> None:
        with time_limit(0.0) as deadline, pytest.raises(QueryTooExpensive):
            assert isinstance(deadline, Deadline)
            _ask(index, "قط*", order=ContextOrder.AFTER)


def _lemma(word: str) -> str:
    if word == _NO_WORD:
        return word
    [printed] = {each for each in _WORDS.split() if surfaces(each) == [word]}
    return family(printed).lemmas[0]


def test_levels_hold_for_words(index: Corpus) -> None:
    root = EngineRequest(parse("كتب", Level.ROOT))
    found = index.engine.concordance(ConcordanceRequest(root, limit=1000))
    assert _places(found) == {
        place for form in ("كتب", "الكتاب", "وكتابه") for place in _iter_places(form)
    }
