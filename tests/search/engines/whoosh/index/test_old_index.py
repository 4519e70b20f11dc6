"""An index that earlier code wrote serves until it is built anew.

Its words have no lemmas yet, which are looked up when it is searched.
"""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from whoosh.query import Term

from benchmarks.scratch_index import open_scratch_engine
from search.engines.contract import EngineRequest
from search.engines.whoosh.backend import WhooshBackend
from search.engines.whoosh.index.generations import open_index
from search.engines.whoosh.writing.index_writer import IndexWriter
from search.query import Level, Near, Phrase, Prefix
from search.query.parse import parse
from search.request import FacetFilter, Period, Sort

_INDEX = Path(__file__).parent / "format_3" / "index"
_LEVELS = (Level.EXACT, Level.FAMILY, Level.ROOT)


def _open(folder: Path) -> WhooshBackend:
    engine = open_scratch_engine(folder)
    assert isinstance(engine, WhooshBackend)
    return engine


@pytest.fixture
def engine(tmp_path: Path) -> WhooshBackend:
    """The site's engine on a copy of the old index."""
    return _open(Path(shutil.copytree(_INDEX, tmp_path / "index")))


def _ask(engine: WhooshBackend, request: EngineRequest) -> list[int]:
    return list(engine.iter_ids(request))


class TestOpening:
    def test_it_is_known_to_be_old(self, engine: WhooshBackend) -> None:
        status = engine.status()
        assert (status.documents, status.segments) == (8, 2)
        assert not status.current

    def test_deleted_and_replaced_documents_are_gone(
        self, engine: WhooshBackend
    ) -> None:
        hashes = [(number, number) for number in (1, 2, 3, 4, 6, 7, 8, 9)]
        assert list(engine.iter_hashes()) == hashes
        assert _ask(engine, EngineRequest(parse("عنوان:مسوّدة"))) == []
        assert _ask(engine, EngineRequest(parse("عنوان:مدرسة"))) == [6]

    def test_stored_fields_are_read(self, engine: WhooshBackend) -> None:
        snapshot = engine.store.snapshot()
        assert snapshot.stored_fields(snapshot.max_doc - 1) == {
            "id": "archive.article.7",
            "django_ct": "archive.article",
            "django_id": "7",
        }

    def test_whoosh_itself_reads_it(self, engine: WhooshBackend) -> None:
        folder = engine.store.generations.live()
        assert folder
        with open_index(folder).searcher() as searcher:
            found = searcher.search(Term("source", "3"))
            assert sorted(hit["django_id"] for hit in found) == ["6", "7"]


class TestSearching:
    @pytest.mark.parametrize(
        ("query", "exact", "family", "root"),
        [
            ("كتاب", [7, 1], [7, 2, 1, 6], [7, 1, 2, 6, 9, 8]),
            ("مكتبة", [1], [1, 6, 9, 7], [1, 7, 6, 9, 2, 8]),
            ("قرأ", [], [4], [4, 9, 2]),
            # Printed with ة in one segment's article, with ه in another's.
            ("المقاومة", [3, 4], [3, 4], [3, 4]),
            # Vowel marks count where they are typed: writers, not books.
            ("الكُتّاب", [7], [2, 7], [2, 7, 1, 6, 9, 8]),
            ("المكتبةُ", [9, 7], [1, 9, 7, 6], [1, 9, 7, 6, 2, 8]),
            ("كتاب OR قمح", [7, 1], [3, 8, 4, 7, 2, 1, 6], [3, 8, 4, 7, 1, 2, 6, 9]),
            ("كتاب -مكتبة", [7], [2], []),
            ("عنوان:قارئ", [9, 4], [9, 4], [9, 4]),
            ("ك?اب", [7, 1], [7, 1], [7, 1]),
            # Near forms, but not near lemmas.
            ("مكتبه~1", [1, 6], [1, 6], [1, 6]),
            ("1936", [7], [7], [7]),
        ],
    )
    def test_words_are_found_at_each_level(
        self,
        engine: WhooshBackend,
        query: str,
        exact: list[int],
        family: list[int],
        root: list[int],
    ) -> None:
        found = [_ask(engine, EngineRequest(parse(query, level))) for level in _LEVELS]
        assert found == [exact, family, root]

    @pytest.mark.parametrize(
        ("words", "distance", "expected"),
        [
            (("أسعار", "القمح"), None, ([3], [3, 4], [3, 4])),
            (("خير", "جليس"), None, ([2], [2, 7], [2, 7])),
            (("سوق", "قمح"), None, ([], [], [])),
            (("كتاب", "المكتبة"), 3, ([], [6, 7, 1], [2, 1, 7, 6, 9, 8])),
        ],
    )
    def test_phrases_and_nearness_are_found_at_each_level(
        self,
        engine: WhooshBackend,
        words: tuple[str, ...],
        distance: int | None,
        expected: Sequence[list[int]],
    ) -> None:
        for level, ids in zip(_LEVELS, expected, strict=True):
            query = Near(words, distance, level) if distance else Phrase(words, level)
            assert _ask(engine, EngineRequest(query)) == ids

    @pytest.mark.parametrize(
        ("prefix", "expected"),
        [
            ("كت", ([6, 9, 7, 2, 1], [2, 7, 6, 9, 1], [2, 7, 6, 9, 1])),
            ("مكتب", ([1], [1, 6, 9, 7], [1, 6, 9, 7])),
        ],
    )
    def test_prefixes_are_found_at_each_level(
        self, engine: WhooshBackend, prefix: str, expected: Sequence[list[int]]
    ) -> None:
        for level, ids in zip(_LEVELS, expected, strict=True):
            assert _ask(engine, EngineRequest(Prefix(prefix, level))) == ids

    def test_facets_and_dates_are_counted(self, engine: WhooshBackend) -> None:
        answer = engine.run(
            EngineRequest(
                parse("البلدية OR قمح"),
                filters=(FacetFilter("source", ("1", "2"), match_any=True),),
                sort=Sort.NEWEST,
                facets=("source", "topic", "actor"),
                count_dates=True,
            )
        )
        assert [hit.article_id for hit in answer.hits] == [3, 9, 8, 1, 4]
        assert {name: facet.values for name, facet in answer.facets.items()} == {
            "source": (("2", 3), ("1", 2)),
            "topic": (("2", 3), ("3", 2), ("1", 1)),
            "actor": (("7", 3), ("8", 1)),
        }
        dates = answer.dates
        assert dates
        assert dict(dates.years) == {1934: 3, 1935: 1}
        assert dict(dates.months) == {193405: 1, 193406: 2}
        assert dict(dates.days) == {19340512: 1, 19340601: 1, 19340602: 1}
        assert dates.undated == 1

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            (date(1934, 5, 1), date(1934, 5, 31), [1]),
            (None, date(1934, 12, 31), [9, 1]),
            (date(1935, 1, 1), None, [7, 6]),
        ],
    )
    def test_periods_are_filtered_by(
        self,
        engine: WhooshBackend,
        first: date | None,
        last: date | None,
        expected: list[int],
    ) -> None:
        request = EngineRequest(
            parse("مكتبة"), period=Period(first, last), sort=Sort.NEWEST
        )
        assert _ask(engine, request) == expected

    def test_facets_are_filtered_by(self, engine: WhooshBackend) -> None:
        query = parse("مكتبة")
        for filters, expected in [
            ((FacetFilter("source", ("1",)),), [1, 9]),
            ((FacetFilter("topic", ("1",)),), [1, 6]),
            (
                (
                    FacetFilter("topic", ("2", "3"), match_any=True),
                    FacetFilter("actor", ("7",)),
                ),
                [1, 9],
            ),
        ]:
            assert _ask(engine, EngineRequest(query, filters=filters)) == expected


class TestWriting:
    def test_merged_segments_answer_the_same(self, engine: WhooshBackend) -> None:
        asked = [
            EngineRequest(parse(text, level)) for text in _QUERIES for level in Level
        ]
        before = [sorted(_ask(engine, request)) for request in asked]
        index = engine.store.live_index()
        IndexWriter(index, unique="id").commit(optimize=True)
        assert engine.status().segments == 1
        assert [sorted(_ask(engine, request)) for request in asked] == before


_QUERIES = ("كتاب", "المقاومة", "الكُتّاب", '"أسعار القمح"', "مكت*", "كتاب -مكتبة")
