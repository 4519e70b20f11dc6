"""Both engines find the same: articles, totals, counts, forms, order without scores."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.contract import (
    DateCounts,
    EngineAnswer,
    EngineRequest,
    Word,
)
from search.engines.corpus import ConcordanceRequest, ContextOrder
from search.engines.opensearch import asking, paging
from search.engines.opensearch.corpus import texts
from search.errors import QueryTooExpensive, SearchError
from search.query import (
    Everything,
    Level,
    MostOf,
    Near,
    Phrase,
    Prefix,
    Query,
    Term,
    TermQuery,
    iter_leaves,
)
from search.query.parse import parse
from search.request import NOT_STATED, FacetFilter, Period, Sort
from tests.search.engines.opensearch.conftest import Engines, make_documents
from tests.search.query_texts import query_texts

pytestmark = [pytest.mark.opensearch, pytest.mark.slow]

_FACETS = ("topic", "source", "actor")
_ALL = 1000

QUERIES = (
    *("كتاب", "=كتاب", "==كتاب", "√كتب", "كِتاب", "=كِتاب", "==كِتاب", "=كُتّاب"),
    *("محمّد", "=محمّد", "=مُحَمَّد", "==محمّد", '"=كِتاب جديد"', "عبدالله", "==عبدالله"),
    *("عبد الله", "بقول", "اللامركزية", "على", "==على", "=إعلام", "إعلام", "نيويورك"),
    *("مكتب*", "المكتب*", "=المكتب*", "وا*", '"دار الكت*"', "عبدالله*"),
    *("*كتب*", "م?تب*", "كتاب~", "كتاب~2", "كاضمي~", "مسؤول~", "l'Orient*"),
    *('"كتاب جديد"', '"سكة حديد"', '"سكة الحجاز"~3', '"الله كتب"~1', '"كتاب كتاب"~2'),
    *('"حديد سكة"~1', '"مجلس الوزراء"', '"كتاب كتب"~0', '"قلم كتاب"~1'),
    *("title:كتاب", "كاتب:زيادة", "source:gazette", "topic:t1", "title:(كتاب OR مرصد)"),
    *("1948", "3.5", "1000", "U.S.A", "unesco", "=UNESCO", "A.B", "1,000"),
    *("-كتاب", "كتاب -مكتبة", "-title:كتاب", "كتاب OR مكتبة", "(كتاب OR قلم) -طالب"),
    *("سنة:1923", "before:1930 مطبعة", "سنة:1923 OR كتاب", "-سنة:1923", "بعد:1950-02"),
    *("كتب الكتاب", "في من على", "نص مكرر", "زمردة", "وبالمخطوطة", "قال أحمد"),
)

PARTS = (
    "كتاب",
    "الكتاب",
    "مكتبة",
    "كِتاب",
    "عبدالله",
    "الله",
    "حديد",
    "سكة",
    "الحجاز",
    "في",
    "النفط",
)


def _read_dates(counts: DateCounts | None) -> object:
    assert counts
    parts = counts.years, counts.months, counts.days
    return (*map(dict, parts), counts.undated)


def _compare(engines: Engines, request: EngineRequest) -> tuple[EngineAnswer, ...]:
    """Assert that both answers are the same, but for the order by scores."""
    answers = engines.ask(lambda engine: engine.run(request))
    embedded, cluster = answers
    assert cluster.total == embedded.total
    assert cluster.facets == embedded.facets
    if request.count_dates:
        assert _read_dates(cluster.dates) == _read_dates(embedded.dates)
        assert _read_dates(cluster.held) == _read_dates(embedded.held)
    ids = [[(hit.article_id, hit.version) for hit in one.hits] for one in answers]
    if request.sort is Sort.RELEVANCE:
        ids = [sorted(each) for each in ids]
    assert ids[1] == ids[0]
    return answers


class TestQueries:
    @pytest.mark.parametrize("text", QUERIES)
    def test_same_articles_and_counts(self, engines: Engines, text: str) -> None:
        query = parse(text)
        request = EngineRequest(
            query, sort=Sort.OLDEST, limit=_ALL, facets=_FACETS, count_dates=True
        )
        _compare(engines, request)

    @pytest.mark.parametrize("text", QUERIES)
    def test_words_stand_for_the_same_forms(self, engines: Engines, text: str) -> None:
        words = [
            Word(leaf, field)
            for field, leaf in iter_leaves(parse(text))
            if isinstance(leaf, TermQuery)
        ]
        embedded, cluster = engines.ask(lambda each: each.explain(words, most_forms=20))
        assert cluster == embedded
        for word in words:
            near = engines.ask(
                lambda each, asked=word: each.find_spellings(asked, limit=5)
            )  # type: ignore[misc]
            assert near[1] == near[0]

    @given(query_texts())
    @settings(max_examples=60)
    def test_any_text_finds_the_same(self, engines: Engines, text: str) -> None:
        try:
            query = parse(text)
        except SearchError:
            return
        _compare(engines, EngineRequest(query, sort=Sort.OLDEST, limit=_ALL))

    @given(st.data())
    @settings(max_examples=60)
    def test_any_tree_finds_the_same(
        self, engines: Engines, data: st.DataObject
    ) -> None:
        words = tuple(
            data.draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4))
        )
        level = data.draw(st.sampled_from(Level))
        distance = data.draw(st.integers(0, 6))
        trees: tuple[Query, ...] = (
            Phrase(words, level),
            Near(words, distance, level),
            MostOf(tuple(Term(word, level) for word in words), min(2, len(words))),
            Prefix(words[0][:3]),
        )
        request = EngineRequest(
            data.draw(st.sampled_from(trees)), sort=Sort.NEWEST, limit=_ALL
        )
        _compare(engines, request)

    @pytest.mark.parametrize("beginning", ["كت", "مك", "ال", "و", "زز"])
    def test_completions_are_the_same(self, engines: Engines, beginning: str) -> None:
        word = Word(Prefix(beginning), "text")
        embedded, cluster = engines.ask(lambda each: each.complete(word, limit=6))
        assert cluster == embedded


class TestOrder:
    def test_equal_scores_are_ordered_by_date_and_number(
        self, engines: Engines
    ) -> None:
        for query in (Everything(), Phrase(("نص", "مكرر")), Prefix("مكر")):
            request = EngineRequest(query, limit=_ALL)
            answers = engines.ask(lambda each, asked=request: each.run(asked))  # type: ignore[misc]
            ids = [[hit.article_id for hit in one.hits] for one in answers]
            assert ids[1] == ids[0]
            assert len(ids[0]) >= 4

    def test_pages_together_are_the_whole_order(
        self, engines: Engines, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With a window as small as a page, later pages are those of deep paging."""
        request = EngineRequest(parse("كتاب OR في"), limit=_ALL)
        whole = [hit.article_id for hit in engines.cluster.run(request).hits]
        monkeypatch.setattr(paging, "WINDOW", 5)
        monkeypatch.setattr("search.engines.opensearch.engine.WINDOW", 5)
        assert list(engines.cluster.iter_ids(request)) == whole
        pages = [
            engines.cluster.run(
                EngineRequest(request.query, offset=at, limit=3, facets=("topic",))
            )
            for at in range(0, len(whole) + 3, 3)
        ]
        assert [hit.article_id for page in pages for hit in page.hits] == whole
        assert {page.total for page in pages} == {len(whole)}
        assert engines.cluster.run(EngineRequest(Everything(), limit=None)).total > 40


class TestCounts:
    FILTERS = (
        (),
        (FacetFilter("topic", ("t1",)),),
        (FacetFilter("topic", ("t1", "t,2")),),
        (FacetFilter("topic", ("t1", "papers"), match_any=True),),
        (FacetFilter("topic", excluded=("t1", "ت/٣ |")),),
        (FacetFilter("topic", (NOT_STATED,)),),
        (FacetFilter("topic", ("t1", NOT_STATED), match_any=True),),
        (FacetFilter("source", ("s1", "gazette"), match_any=True),),
        (
            FacetFilter("topic", ("t1",), excluded=("ت/٣ |",)),
            FacetFilter("source", ("s1",), match_any=True),
        ),
        (FacetFilter("topic", ("absent",)),),
    )

    @pytest.mark.parametrize("filters", FILTERS)
    @pytest.mark.parametrize("limit", [None, 2])
    def test_filters_count_alike(
        self, engines: Engines, filters: tuple[FacetFilter, ...], limit: int | None
    ) -> None:
        years = Period(date(1923, 1, 1), date(1950, 12, 31))
        for period, undated in ((Period(), False), (years, False), (years, True)):
            request = EngineRequest(
                Everything(),
                filters=filters,
                period=period,
                undated=undated,
                limit=_ALL,
                facets=_FACETS,
                facet_limit=limit,
                count_dates=True,
            )
            _compare(engines, request)

    def test_other_searches_narrow_alike(self, engines: Engines) -> None:
        one, all_but_one = (
            EngineRequest(Everything(), filters=(each,))
            for each in (
                FacetFilter("source", ("s1",), match_any=True),
                FacetFilter("source", excluded=("s1",)),
            )
        )
        of_word = EngineRequest(parse("كتاب"), within=(all_but_one,))
        asked = EngineRequest(
            parse("كتاب OR مكتبة"), limit=_ALL, facets=_FACETS, count_dates=True
        )
        totals = [
            _compare(engines, replace(asked, within=within, without=without))[0].total
            for within, without in (((), ()), ((all_but_one,), ()), ((), (of_word,)))
        ]
        assert 0 < totals[1] < totals[0]
        assert 0 < totals[2] < totals[0]
        contrary = replace(asked, within=(one,), without=(one,))
        assert _compare(engines, contrary)[0].total == 0

    def test_many_values_are_never_cut_off(
        self, engines: Engines, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        request = EngineRequest(
            parse("-زمردة"),
            filters=(FacetFilter("source", ("s1", "gazette"), match_any=True),),
            facets=_FACETS,
            count_dates=True,
        )
        monkeypatch.setattr(asking, "MAX_BUCKETS", 1)
        _compare(engines, request)

    def test_hashes_are_those_of_the_documents(self, engines: Engines) -> None:
        expected = [
            (one["article_id"], one["document_hash"]) for one in make_documents()
        ]
        assert list(engines.cluster.iter_hashes()) == expected


class TestWords:
    @pytest.mark.parametrize("text", QUERIES)
    def test_words_stand_at_the_same_places(self, engines: Engines, text: str) -> None:
        for order, by_lemma in (
            (ContextOrder.NEWEST, False),
            (ContextOrder.WORD, True),
        ):
            self._compare_rows(engines, text, order, by_lemma=by_lemma)

    @pytest.mark.parametrize("order", ContextOrder)
    @pytest.mark.parametrize("by_lemma", [False, True])
    def test_rows_are_in_the_same_order(
        self, engines: Engines, order: ContextOrder, by_lemma: bool
    ) -> None:
        for text in ("كتاب", "مكتب*", "في من على", '"سكة الحجاز"~3', "كتاب~2"):
            self._compare_rows(engines, text, order, by_lemma=by_lemma)

    def _compare_rows(
        self, engines: Engines, text: str, order: ContextOrder, *, by_lemma: bool
    ) -> None:
        request = ConcordanceRequest(
            EngineRequest(parse(text)), order=order, by_lemma=by_lemma, limit=10_000
        )
        embedded, cluster = engines.ask(lambda one: one.concordance(request))
        assert cluster == embedded

    def test_words_are_counted_alike(self, engines: Engines) -> None:
        queries = [parse(text) for text in QUERIES]
        for scope in (
            EngineRequest(Everything()),
            EngineRequest(parse("كتاب"), period=Period(date(1900, 1, 1), None)),
            EngineRequest(parse("زخزخ")),
        ):
            embedded, cluster = engines.ask(lambda one: one.count_words(scope, queries))  # noqa: B023 - called at once
            assert cluster == embedded

    def test_two_searches_are_set_apart_alike(self, engines: Engines) -> None:
        asked = [EngineRequest(parse(text)) for text in QUERIES] + [
            EngineRequest(Everything(), filters=(FacetFilter("topic", ("t1",)),))
        ]
        for first, second in pairwise([*asked, asked[0]]):
            embedded, cluster = engines.ask(
                lambda one: one.contrast(first, second, limit=50)  # noqa: B023 - called at once
            )
            assert cluster == embedded
            embedded, cluster = engines.ask(lambda one: one.overlap(first, second))  # noqa: B023 - called at once
            for name in ("first", "second", "both"):
                assert getattr(cluster, name) == getattr(embedded, name)
            for name in ("first_dates", "second_dates", "held"):
                dates = getattr(cluster, name), getattr(embedded, name)
                assert _read_dates(dates[0]) == _read_dates(dates[1])

    def test_families_are_in_as_many_articles(self, engines: Engines) -> None:
        words = ["كتاب", "بقول", "نيويورك", "على", "زخزخ", "Orient"]
        embedded, cluster = engines.ask(lambda one: one.count_articles(words))
        assert cluster == embedded

    def test_more_articles_than_are_read_are_refused(
        self, engines: Engines, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(texts, "MOST_READ", 2)
        request = ConcordanceRequest(EngineRequest(parse("كتاب")))
        with pytest.raises(QueryTooExpensive, match="2"):
            engines.cluster.concordance(request)
