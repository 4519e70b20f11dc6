"""``SearchQuerySet`` apart from its lookups: slices, order, facets, results."""

import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from haystack.exceptions import SearchBackendError
from haystack.models import SearchResult
from haystack.query import SQ

from search.errors import IndexUnavailable
from tests.search.engines.whoosh.conftest import Book, Shelf, pks

MANY = 47


@pytest.fixture
def many(shelf: Shelf) -> Shelf:
    """Forty-seven books in three segments, one of them deleted."""
    books = [
        Book(
            text=f"كتاب رقم {number}",
            title=f"{number % 3}",
            rating=number % 4 or None,
            published=datetime(1920 + number % 7, 1 + number % 12, 1),
        )
        for number in range(MANY)
    ]
    shelf.put(books[:20])
    shelf.put(books[20:40], first=21)
    shelf.put(books[40:], first=41)
    shelf.backend.remove("auth.group.7")
    return shelf


class TestSlices:
    @pytest.mark.parametrize("start", [None, 0, 1, 7, 20, 44, 45, 46, 60])
    @pytest.mark.parametrize("stop", [None, 0, 1, 2, 10, 23, 25, 46, 47, 99])
    def test_slice_equals_that_of_the_whole_list(
        self, many: Shelf, start: int | None, stop: int | None
    ) -> None:
        whole = pks(many.all().order_by("-rating", "title"))
        assert len(whole) == MANY - 1
        found = many.all().order_by("-rating", "title")
        assert pks(found[start:stop]) == whole[start:stop]
        counted = many.all().order_by("-rating", "title")
        assert len(counted) == MANY - 1
        assert pks(counted[start:stop]) == whole[start:stop]

    def test_item_equals_that_of_the_whole_list(self, many: Shelf) -> None:
        whole = pks(many.all())
        assert [int(many.all()[at].pk) for at in range(MANY - 1)] == whole

    @pytest.mark.both_engines
    def test_pages_join_to_the_whole_list(self, many: Shelf) -> None:
        for size in (1, 7, 20):
            pages = [pks(many.all()[at : at + size]) for at in range(0, MANY, size)]
            assert list(chain(*pages)) == pks(many.all())

    @pytest.mark.both_engines
    def test_slice_of_similar_documents(self, many: Shelf) -> None:
        like = many.all().more_like_this(Group(pk=3))
        whole = pks(like)
        assert len(whole) == like.count() == MANY - 2
        assert pks(many.all().more_like_this(Group(pk=3))[5:12]) == whole[5:12]


class TestOrderBy:
    def test_each_field_sorts_in_its_own_direction(self, many: Shelf) -> None:
        found = many.all().order_by("-title", "rating", "-django_id")
        rows = [(one.title, one.rating, one.pk) for one in found]
        assert len(rows) == MANY - 1
        by_pk = sorted(rows, key=lambda row: row[2], reverse=True)
        by_rating = sorted(by_pk, key=lambda row: (row[1] is None, row[1] or 0))
        assert rows == sorted(by_rating, key=lambda row: row[0], reverse=True)

    @pytest.mark.parametrize("direction", ["", "-"])
    @pytest.mark.parametrize(
        "field",
        ["author_exact", "tags", "rating", "weight", "price", "published", "pages"],
    )
    def test_documents_without_a_value_sort_last(
        self, shelf: Shelf, field: str, direction: str
    ) -> None:
        values: dict[str, list[Any]] = {
            "author_exact": ["a", "b"],
            "tags": [["a"], ["b"]],
            "rating": [-1, 1],
            "weight": [-0.5, 0.0],
            # As strings they would sort the other way round.
            "price": [Decimal("9"), Decimal("10")],
            "published": [datetime(1900, 1, 1), datetime(1900, 1, 2)],
            "pages": [-5, 0],
        }
        name = field.removesuffix("_exact")
        low, high = values[field]
        shelf.put([Book(), Book(**{name: high}), Book(), Book(**{name: low})])
        found = pks(shelf.all().order_by(direction + field))
        assert found == ([2, 4, 1, 3] if direction else [4, 2, 1, 3])

    def test_several_values_sort_by_the_first_or_the_last(self, shelf: Shelf) -> None:
        shelf.put([Book(tags=["a", "z"]), Book(tags=["b"]), Book(tags=["c", "d"])])
        assert pks(shelf.all().order_by("tags")) == [1, 2, 3]
        assert pks(shelf.all().order_by("-tags")) == [1, 3, 2]

    def test_field_of_which_no_document_has_a_value_keeps_the_order(
        self, shelf: Shelf
    ) -> None:
        # The first three are merged, so that there are two segments.
        for number in range(1, 5):
            shelf.put([Book()], first=number)
        unordered = pks(shelf.all())
        assert pks(shelf.all().order_by("author_exact")) == unordered
        assert pks(shelf.all().order_by("-tags")) == unordered

    def test_field_without_values_raises(self, many: Shelf) -> None:
        with pytest.raises(SearchBackendError, match="beginning keeps no values"):
            pks(many.all().order_by("beginning"))
        with pytest.raises(SearchBackendError, match="no field 'nowhere'"):
            pks(many.all().order_by("nowhere"))

    def test_default_order_is_by_score(self, shelf: Shelf) -> None:
        shelf.put(
            [Book(text="كتاب " + "كلام " * 30), Book(text="كتاب"), Book(text="لا")]
        )
        assert shelf.find(text="كتاب") == [2, 1]
        assert int(shelf.all().filter(text="كتاب").best_match().pk) == 2

    def test_latest_has_the_greatest_date(self, many: Shelf) -> None:
        latest = many.all().latest("published")
        assert latest.published == max(one.published for one in many.all())


class TestBoost:
    def test_match_in_a_boosted_field_scores_higher(self, shelf: Shelf) -> None:
        shelf.put([Book(text="دجلة"), Book(title="دجلة")])
        assert shelf.find(SQ(text="دجلة") | SQ(title="دجلة")) == [2, 1]

    def test_boosted_word_raises_scores_and_is_optional(self, shelf: Shelf) -> None:
        shelf.put([Book(text="نهر دجلة"), Book(text="نهر الفرات")])
        found = shelf.all().filter(text="نهر").boost("الفرات", 5)
        assert pks(found) == [2, 1]


class TestResults:
    def test_stored_values_are_returned_unchanged(self, shelf: Shelf) -> None:
        book = Book(
            text="نصّ، «بعلامات»",
            title='a, "b": c',
            author="طه, حسين",
            tags=["a, b", "", 'c"d', "e:f"],
            rating=-(2**62),
            weight=0.1,
            price=Decimal("12345678901234567890.10"),
            published=datetime(1923, 5, 14, 16, 20, 3, 999999),
            bought=date(1999, 12, 31),
            lent=False,
        )
        shelf.put([book, Book()])
        found = shelf.all().order_by("django_id")[0]
        assert (found.text, found.title, found.author) == (
            book.text,
            book.title,
            book.author,
        )
        assert (found.tags, found.author_exact) == (book.tags, book.author)
        assert (found.rating, found.weight, found.lent) == (-(2**62), 0.1, False)
        assert Decimal(found.price) == book.price
        assert found.published == book.published
        assert found.bought == datetime(1999, 12, 31)
        empty = shelf.all().order_by("django_id")[1]
        names = ("author", "rating", "weight", "price", "published", "lent")
        assert [getattr(empty, name) for name in names] == [None] * len(names)
        assert empty.tags == []

    def test_aware_datetime_is_returned_as_the_same_instant(self, shelf: Shelf) -> None:
        moment = datetime(1999, 1, 1, tzinfo=UTC)
        shelf.put([Book(published=moment)])
        assert shelf.all()[0].published == moment

    def test_values_run_no_database_query(
        self, many: Shelf, django_assert_num_queries: Any, db: None
    ) -> None:
        with django_assert_num_queries(0):
            rows = many.all().order_by("django_id").values("pk", "rating", "score")[:2]
            assert [dict(row) for row in rows] == [
                {"pk": "1", "rating": None, "score": 1.0},
                {"pk": "10", "rating": 1, "score": 1.0},
            ]
            flat = many.all().filter(title="2").values_list("title", flat=True)
            assert set(flat) == {"2"}
            pairs = many.all().order_by("-django_id").values_list("pk", "title")[:1]
            assert list(pairs) == [["9", "2"]]

    def test_load_all_runs_one_database_query(
        self, shelf: Shelf, db: None, django_assert_num_queries: Any
    ) -> None:
        groups = [Group.objects.create(name=name) for name in "abc"]
        for group in groups:
            shelf.put([Book(text="كتاب")], first=group.pk)
        with django_assert_num_queries(1):
            found = shelf.all().order_by("django_id").load_all()
            objects = [one.object for one in found]
        assert objects == groups

    def test_models_filter_the_hits(self, many: Shelf) -> None:
        assert many.all().models(Group).count() == MANY - 1
        with pytest.warns(UserWarning, match="not registered"):
            assert many.all().models(User).count() == 0

    def test_result_class_is_used(self, many: Shelf) -> None:
        class OwnResult(SearchResult):
            pass

        assert isinstance(many.all().result_class(OwnResult)[0], OwnResult)

    def test_pickled_query_set_finds_the_same(self, many: Shelf) -> None:
        found = many.all().filter(title="1").narrow(SQ(rating=1)).boost("رقم", 2)
        again = pickle.loads(pickle.dumps(found))  # noqa: S301
        assert pks(again) == pks(found)
        assert again.query.build_query() == "title:(1) رقم^2"


class TestErrors:
    def test_spatial_search_raises(self, many: Shelf) -> None:
        with pytest.raises(SearchBackendError, match="cannot search by place"):
            many.backend.search("*", within={"field": "place"})

    @pytest.mark.embedded("takes the pointer of the live folder away")
    def test_missing_index_raises(self, shelf: Shelf) -> None:
        (shelf.backend.store.generations.path / "live").unlink()
        with pytest.raises(IndexUnavailable, match="rebuild_index"):
            shelf.all().count()

    def test_silent_errors_are_logged(
        self, many: Shelf, caplog: pytest.LogCaptureFixture
    ) -> None:
        many.backend.silently_fail = True
        assert many.find(nowhere="x") == []
        assert "The index failed to search" in caplog.text

    def test_value_that_a_field_cannot_hold_raises(self, shelf: Shelf) -> None:
        with pytest.raises(SearchBackendError, match="The field rating cannot hold"):
            shelf.put([Book(text="x"), Book(rating=2**70)])
        assert shelf.all().count() == 0
        shelf.backend.silently_fail = True
        shelf.put([Book(text="x"), Book(rating=2**70), Book(text="y")])
        assert set(pks(shelf.all())) == {1, 3}
