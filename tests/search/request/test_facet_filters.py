"""Filters by facets: what passes and every count, against a walk through all rows."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from haystack.inputs import Exact
from haystack.query import SQ, SearchQuerySet

from archive.models import Article, TopicTree
from search.engines.contract import EngineRequest
from search.fields import FACETS
from search.indexing.connections import site_engine
from search.request import NOT_STATED, FacetFilter, Period, make_filter
from tests.search.library import Library
from tests.search.searching import make_request, search

SEARCHES = 120


class Walk:
    """The values of every published article, read from the database."""

    def __init__(self) -> None:
        tree = TopicTree.load()
        self.values: dict[int, dict[str, frozenset[str]]] = {}
        self.years: dict[int, int | None] = {}
        for article in Article.objects.published().with_catalogue():
            topics = (tree.path(topic.pk) for topic in article.topics.all())
            self.values[article.pk] = {
                "actor": frozenset(str(actor.pk) for actor in article.actors.all()),
                "topic": frozenset(str(topic.pk) for path in topics for topic in path),
                "source": frozenset([str(article.source_id)]),
                "kind": frozenset([article.kind] if article.kind else []),
            }
            day = article.published
            self.years[article.pk] = day.year if day else None

    def passes(self, pk: int, each: FacetFilter, *, asked: bool = True) -> bool:
        values = self.values[pk][each.name] or frozenset([NOT_STATED])
        if values & set(each.excluded):
            return False
        if not asked or not each.values:
            return True
        wanted = set(each.values)
        return bool(values & wanted) if each.match_any else wanted <= values

    def is_in_period(self, pk: int, request: EngineRequest) -> bool:
        year = self.years[pk]
        if year is None:
            return request.undated or not request.period
        first, last = request.period.first, request.period.last
        if not first or not last:
            return not request.undated
        return first.year <= year <= last.year

    def find(self, request: EngineRequest, without: str = "") -> set[int]:
        """What passes; of the facet *without* only the exclusions count."""
        return {
            pk
            for pk in self.values
            if (without == "period" or self.is_in_period(pk, request))
            and all(
                self.passes(pk, each, asked=each.name != without)
                for each in request.filters
            )
        }

    def count(self, ids: set[int], name: str) -> Counter[str]:
        return Counter(
            value
            for pk in ids
            for value in self.values[pk][name] or frozenset([NOT_STATED])
        )


def draw_requests(walk: Walk) -> Iterator[EngineRequest]:
    """Requests of all kinds of filters, the same every time."""
    chance = random.Random(15)
    pool = {
        row.name: [
            *{value for one in walk.values.values() for value in one[row.name]},
            NOT_STATED,
            "0",
        ]
        for row in FACETS
    }
    for _ in range(SEARCHES):
        filters = tuple(
            make_filter(
                row.name,
                chance.sample(sorted(pool[row.name]), chance.choice([0, 1, 1, 2])),
                chance.sample(sorted(pool[row.name]), chance.choice([0, 0, 1, 2])),
                match_any=chance.random() < 0.5,
            )
            for row in chance.sample(FACETS, chance.choice([1, 1, 2]))
        )
        year = chance.choice([1923, 1940, 1950])
        years = Period(date(year, 1, 1), date(year + 9, 12, 31))
        yield EngineRequest(
            make_request().query,
            filters=filters,
            period=chance.choice([Period(), Period(), years]),
            undated=chance.random() < 0.2,
            limit=1000,
            facets=tuple(row.name for row in FACETS),
            count_dates=True,
        )


class TestEngine:
    @pytest.mark.both_engines
    def test_hits_and_counts_are_those_of_a_walk(self, library: Library) -> None:
        walk = Walk()
        totals = []
        for request in draw_requests(walk):
            answer = site_engine().run(request)
            hits = walk.find(request)
            assert {hit.article_id for hit in answer.hits} == hits, request
            totals.append(answer.total)
            for row in FACETS:
                asked = {one.name: one.match_any for one in request.filters}
                left_out = row.name if asked.get(row.name) else ""
                expected = walk.count(walk.find(request, left_out), row.name)
                counts = answer.facets[row.name]
                assert counts.missing == expected.pop(NOT_STATED, 0), request
                shown = {value: count for value, count in counts.values if count}
                assert shown == dict(expected), request
            assert answer.dates
            dated = walk.find(request, "period")
            undated = [pk for pk in dated if walk.years[pk] is None]
            assert answer.dates.undated == len(undated)
        # The draw is no test where it finds nothing, or everything.
        assert sum(0 < total < len(walk.values) for total in totals) > SEARCHES / 3

    def test_haystack_narrows_to_the_same(self, library: Library) -> None:
        walk = Walk()
        for request in draw_requests(walk):
            if request.period or request.undated:
                continue
            found = SearchQuerySet().models(Article)
            for each in request.filters:
                for condition in list_conditions(each):
                    found = found.narrow(condition)
            assert {int(hit.pk) for hit in found} == walk.find(request), request


def list_conditions(each: FacetFilter) -> Iterator[SQ]:
    """The conditions of Haystack that say the same as a filter."""
    asked = [has_value(each.name, value) for value in each.values]
    if each.match_any and asked:
        either = asked[0]
        for other in asked[1:]:
            either |= other
        yield either
    else:
        yield from asked
    yield from (~has_value(each.name, value) for value in each.excluded)


def has_value(name: str, value: str) -> SQ:
    if value == NOT_STATED:
        return ~SQ(**{f"{name}__startswith": ""})
    return SQ(**{name: Exact(value)})


class TestFacetFilter:
    def test_a_second_tick_narrows_and_the_counts_tell_by_how_much(
        self, library: Library
    ) -> None:
        one = search(make_request("", {"actor": ["baghdad"]}))
        (actors,) = [facet for facet in one.facets if facet.name == "actor"]
        for bucket in actors.buckets:
            if not bucket.selected:
                both = search(make_request("", {"actor": ["baghdad", bucket.value]}))
                assert both.total == bucket.count
        either = search(
            make_request("", {"actor": ["baghdad", "taha"], "any": ["actor"]})
        )
        assert either.total > one.total

    def test_exclusion_is_a_link_of_each_value(self, library: Library) -> None:
        everything = search("بيان")
        for facet in everything.facets:
            for bucket in facet.buckets:
                without = make_request("بيان", {f"-{facet.name}": [bucket.value]})
                assert bucket.exclusion == without.query_string()
                assert search(without).total == everything.total - bucket.count

    def test_chips_take_away_one_value_each(self, library: Library) -> None:
        request = make_request(
            "",
            {"actor": ["baghdad", "~"], "-topic": ["press"], "any": ["actor"]},
        )
        chips = search(request).chips
        assert [(str(chip.word), str(chip.label)) for chip in chips] == [
            ("", "بغداد"),
            ("أو", "غير مذكور"),
            ("ليس", "الصحافة"),
        ]
        assert [chip.query_string for chip in chips] == [
            "actor=~&any=actor&-topic=press",
            "actor=baghdad&any=actor&-topic=press",
            "actor=baghdad&actor=~&any=actor",
        ]

    @pytest.mark.parametrize(
        ("filters", "sentences"),
        [
            ({"actor": ["baghdad"], "-actor": ["baghdad"]}, 1),
            ({"actor": ["baghdad", "~"]}, 1),
            ({"actor": ["nowhere"], "source": ["nowhere"]}, 2),
            ({"actor": ["baghdad"], "-actor": ["taha"]}, 0),
        ],
    )
    def test_what_no_article_can_pass_is_said(
        self, library: Library, filters: dict[str, list[str]], sentences: int
    ) -> None:
        found = search(make_request("", filters))
        assert len(found.impossible) == sentences
        assert (found.total == 0) == bool(sentences)

    def test_undated_articles_alone_and_beside_a_period(self, library: Library) -> None:
        undated = search(make_request().with_undated())
        assert undated.total == undated.dates.undated > 0
        period = make_request(dates=("1923", "1923"))
        both = search(replace(period, undated=True))
        assert both.total == search(period).total + undated.total
