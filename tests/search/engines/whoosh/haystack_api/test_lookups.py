"""Every lookup and input of ``SearchQuerySet`` on every kind of field."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from haystack.exceptions import SearchBackendError
from haystack.inputs import AutoQuery, Clean, Exact, Not, Raw
from haystack.query import SQ

from tests.search.engines.whoosh.conftest import Book, Shelf, pks

# Each book is of use for the reason beside it.
BOOKS = [
    Book(  # 1: words with diacritics; an author with a space; every field
        text="الكِتَابُ الْأَوَّلُ عن بغداد والمكتبات",
        title="تاريخ بغداد",
        author="طه حسين",
        tags=["history", "Smith, John"],
        rating=5,
        weight=1.5,
        price=Decimal("24.90"),
        published=datetime(1923, 5, 14, 16, 20),
        bought=date(1999, 12, 31),
        lent=True,
        pages=300,
        english="Indexed stories",
    ),
    Book(  # 2: an inflected form; values of one letter
        text="كتابها والمكتبة الثانية في دمشق",
        title="دمشق القديمة",
        author="z",
        tags=["z", "a:b"],
        rating=-3,
        weight=0.0,
        price=Decimal("9.5"),
        published=datetime(1948, 1, 1),
        bought=date(2000, 1, 1),
        lent=False,
        pages=0,
        english="A running story",
    ),
    Book(  # 3: quotes and commas; only some values
        text="press and presses, ١٩٢٣",
        title="The Press",
        author='O"Neil, "Jim"',
        tags=['say "no"'],
        rating=4,
        price=Decimal("100"),
        english="Index",
    ),
    Book(text="صحافة بغداد القديمة"),  # 4: text only
]


@pytest.fixture
def books(shelf: Shelf) -> Shelf:
    shelf.put(BOOKS)
    return shelf


Case = tuple[str, Any, Iterable[int]]

TEXT: list[Case] = [
    ("text", "كتاب", {1, 2}),
    ("text", "بَغْداد", {1, 4}),
    ("text", "كتاب بغداد", {1}),
    ("content", "المكتبة", {1, 2}),
    ("content", "", {1, 2, 3, 4}),
    ("content", " ", ()),
    ("content", "؟!", ()),
    ("content", "1923", {3}),
    ("text__exact", "كتابها والمكتبه", {2}),
    ("text__exact", "كتاب", ()),
    ("text__exact", "والمكتبة كتابها", ()),
    ("text__startswith", "والمكتبه", {2}),
    ("text__startswith", "كت", {2}),
    ("text__contains", "مكت", {1, 2}),
    ("text__endswith", "داد", {1, 4}),
    ("text__fuzzy", "presse", {3}),
    ("text__fuzzy", "بغذاد", ()),
    ("text__in", ["كتابها", "press"], {2, 3}),
    ("text__in", [], ()),
    ("title__gt", "تاريخ بغداد", {2}),
    ("title__gte", "تاريخ بغداد", {1, 2}),
    ("title__lt", "تاريخ", {3}),
    ("title__lte", "The Press", {3}),
    ("title__range", ["T", "تاريخ بغدادي"], {1, 3}),
    ("english", "story", {1, 2}),
    ("english", "indexing", {1, 3}),
    ("english__exact", "running stories", {2}),
    ("english__startswith", "stor", {1, 2}),
]

KEYWORDS: list[Case] = [
    ("author_exact", "طه حسين", {1}),
    ("author_exact", "طه", ()),
    ("author_exact", "z", {2}),
    ("author_exact__exact", 'O"Neil, "Jim"', {3}),
    ("author_exact__startswith", "طه ح", {1}),
    ("author_exact__contains", ", ", {3}),
    ("author_exact__contains", "", {1, 2, 3}),
    ("author_exact__endswith", '"', {3}),
    ("author_exact__in", ["z", 'O"Neil, "Jim"', "Jim"], {2, 3}),
    ("author_exact__gt", "z", {1}),
    ("author_exact__lte", "z", {2, 3}),
    ("author_exact__fuzzy", "طه حسن", {1}),
    ("tags", "Smith, John", {1}),
    ("tags", "Smith", ()),
    ("tags", "John", ()),
    ("tags", "a:b", {2}),
    ("tags", 'say "no"', {3}),
    ("tags", ["z", "a:b"], {2}),
    ("tags", ["z", "history"], ()),
    ("tags__in", ["z", "history"], {1, 2}),
    ("tags__range", ["a", "i"], {1, 2}),
    ("django_id__in", [1, 3], {1, 3}),
    ("id", "auth.group.4", {4}),
    ("price", Decimal("9.50"), {2}),
    ("price__gt", Decimal("9.50"), {1, 3}),
    ("price__lte", "24.9", {1, 2}),
    ("price__range", [10, 1000], {1, 3}),
]

BY_VALUE: list[Case] = [
    ("rating", 5, {1}),
    ("rating", "5", {1}),
    ("rating", -3, {2}),
    ("rating", 0, ()),
    ("rating__gt", 4, {1}),
    ("rating__gte", 4, {1, 3}),
    ("rating__lt", 0, {2}),
    ("rating__gte", 3.5, {1, 3}),
    ("rating__lt", 4.5, {2, 3}),
    ("rating", 4.5, ()),
    ("rating__range", (-5, 4), {2, 3}),
    ("rating__in", [4, 5, 6], {1, 3}),
    ("weight", 0, {2}),
    ("weight__gt", 0, {1}),
    ("weight__lte", 1.5, {1, 2}),
    ("pages", 0, {2}),
    ("pages__gte", 0, {1, 2}),
    ("pages__lt", 300, {2}),
    ("pages__range", [1, 300], {1}),
    ("lent", True, {1}),
    ("lent", False, {2}),
    ("lent", "false", {2}),
    ("lent__lte", True, {1, 2}),
    ("published", datetime(1923, 5, 14, 16, 20), {1}),
    ("published", date(1948, 1, 1), {2}),
    ("published", datetime(1923, 5, 14, 16, 20, tzinfo=UTC), {1}),
    ("published__gt", date(1923, 5, 14), {1, 2}),
    ("published__lt", datetime(1923, 5, 14, 16, 20), ()),
    ("published__lte", "1923-05-14T16:20", {1}),
    ("published__range", [date(1900, 1, 1), date(1930, 1, 1)], {1}),
    ("bought", date(1999, 12, 31), {1}),
    ("bought__in", [date(1999, 12, 31), date(2000, 1, 1)], {1, 2}),
    ("rating", None, ()),
]

NGRAMS: list[Case] = [
    ("beginning", "تار", {1}),
    ("beginning", "اريخ", ()),
    ("beginning", "ت", {1}),
    ("beginning", "بغداد تاريخ", {1}),
    ("part", "قديم", {2}),
    ("part", "دي", {2}),
    ("beginning", "pre", {3}),
]


class TestFilter:
    @pytest.mark.parametrize(
        ("condition", "value", "expected"), [*TEXT, *KEYWORDS, *BY_VALUE, *NGRAMS]
    )
    def test_lookup_finds_the_expected_books(
        self, books: Shelf, condition: str, value: Any, expected: Iterable[int]
    ) -> None:
        assert set(books.find(**{condition: value})) == set(expected)

    @pytest.mark.parametrize(("condition", "value", "expected"), [*KEYWORDS, *BY_VALUE])
    def test_narrowing_by_an_sq_finds_the_same(
        self, books: Shelf, condition: str, value: Any, expected: Iterable[int]
    ) -> None:
        found = books.all().narrow(SQ(**{condition: value}))
        assert set(pks(found)) == set(expected)

    def test_datetime_of_another_zone_matches_the_same_instant(
        self, books: Shelf
    ) -> None:
        zone = timezone(timedelta(hours=3))
        moment = datetime(1923, 5, 14, 19, 20, tzinfo=zone)
        assert books.find(published=moment) == [1]

    @pytest.mark.parametrize(
        ("condition", "value", "message"),
        [
            ("nowhere", "x", "No search index declares the field 'nowhere'"),
            ("rating", "many", "many"),
            ("rating__startswith", 1, "has no lookup 'startswith'"),
            ("published__gt", "yesterday", "yesterday"),
            ("beginning__endswith", "x", "it has contains, content, exact, in, range"),
            ("price__gt", "dear", "'dear' is not a decimal number"),
        ],
    )
    def test_unanswerable_condition_raises(
        self, books: Shelf, condition: str, value: Any, message: str
    ) -> None:
        with pytest.raises(SearchBackendError, match=message):
            books.find(**{condition: value})


class TestConditions:
    def test_conditions_combine(self, books: Shelf) -> None:
        both = SQ(text="بغداد") & SQ(rating=5)
        either = SQ(author_exact="z") | SQ(tags="history")
        assert books.find(both) == [1]
        assert set(books.find(either)) == {1, 2}
        assert set(books.find(~either)) == {3, 4}
        assert set(pks(books.all().exclude(text="بغداد"))) == {2, 3}
        found = books.all().filter(text="كتاب").filter_or(rating=4)
        assert set(pks(found)) == {1, 2, 3}
        nested = SQ(SQ(rating=5) | SQ(SQ(lent=False) & ~SQ(pages=1)))
        assert set(books.find(nested)) == {1, 2}

    def test_narrowing_by_trees_and_raw_queries(self, books: Shelf) -> None:
        either = SQ(tags="Smith, John") | ~SQ(author_exact__in=['O"Neil, "Jim"', "z"])
        assert set(pks(books.all().narrow(either))) == {1, 4}
        assert pks(books.all().narrow(either).narrow(SQ(lent=True))) == [1]
        assert pks(books.all().narrow('author_exact:"طه حسين"')) == [1]
        assert pks(books.all().narrow("rating:[4 TO]").narrow("text:press")) == [3]


class TestInputs:
    @pytest.mark.parametrize(
        ("value", "expected"),
        [
            (AutoQuery("كتاب -دمشق"), {1}),
            (AutoQuery('"كتابها والمكتبة" دمشق'), {2}),
            (AutoQuery('"والمكتبة كتابها"'), ()),
            (AutoQuery(""), {1, 2, 3, 4}),
            (AutoQuery("don't: (worry)"), ()),
            (Exact("press and"), {3}),
            (Clean("press AND"), {3}),
            (Not("بغداد"), {2, 3}),
            (Raw("بغداد OR press"), {1, 3, 4}),
            (Raw("tags:z"), {2}),
            (Raw('tags:"Smith, John"'), {1}),
            (Raw("rating:[4 TO 9]"), {1, 3}),
            (Raw("published:1923"), {1}),
            (Raw("الثان* OR pres?"), {2, 3}),
            (Raw("*كتب*"), {1, 2}),
            (Raw('"press and"'), {3}),
            (Raw("pres~1"), {3}),
            (Raw("بغداد AND NOT صحافة"), {1}),
            (Raw("lent:true"), {1}),
            (Raw("beginning:د"), {2}),
            (Raw("*"), {1, 2, 3, 4}),
        ],
    )
    def test_input_finds_the_expected_books(
        self, books: Shelf, value: Any, expected: Iterable[int]
    ) -> None:
        assert set(books.find(content=value)) == set(expected)

    def test_shortcuts_of_the_query_set(self, books: Shelf) -> None:
        assert pks(books.all().auto_query("press -presses")) == []
        assert pks(books.all().raw_search("tags:history")) == [1]
        assert pks(books.all().autocomplete(beginning="تا بغ")) == [1]
        assert books.backend.search("text:دمشق")["hits"] == 1
        assert books.backend.search("")["hits"] == 0


class TestEmptyIndex:
    @pytest.mark.filterwarnings("error")
    def test_search_finds_nothing_without_a_warning(self, shelf: Shelf) -> None:
        assert shelf.find(text="بغداد") == []
        assert shelf.find(content=AutoQuery('"تاريخ بغداد" -دمشق')) == []
