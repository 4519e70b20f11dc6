"""Random conditions on random documents, against a model in plain Python."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from haystack.query import SQ
from hypothesis import given, settings
from hypothesis import strategies as st

from search.arabic.analyzer import surfaces
from search.arabic.families import asked_family, family
from tests.search.engines.whoosh.conftest import Book, Shelf, pks

WORDS = ["كتاب", "الكِتَاب", "وكتابها", "مدرسة", "المدرسات", "بغداد", "press", "١٩٢٣"]
# Values with characters and words that query parsers treat specially.
VALUES = [
    "z",
    "a b",
    "طه حسين",
    "Smith, John",
    "x:y",
    '"',
    "NOT",
    "a*",
    "(b",
    "'q'",
    "-",
]
NUMBERS = st.integers(-3, 3)
DECIMALS = st.sampled_from(
    [Decimal(text) for text in ("-1.5", "9", "10", "10.00", "2e3")]
)
TIMES = st.integers(1, 6).map(lambda day: datetime(1923, 5, day, 12))
TEXTS = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)

BOOKS = st.builds(
    Book,
    text=TEXTS,
    title=st.sampled_from(["", "a", "b, c", "é", "ب"]),
    author=st.none() | st.sampled_from(VALUES),
    tags=st.lists(st.sampled_from(VALUES), max_size=3),
    rating=st.none() | NUMBERS,
    weight=st.none() | st.sampled_from([-0.5, 0.0, 0.25, 1e300]),
    price=st.none() | DECIMALS,
    published=st.none() | TIMES,
    lent=st.none() | st.booleans(),
    pages=st.none() | NUMBERS,
)

Test = Callable[[Any, Any], bool]
COMPARE: dict[str, Test] = {
    "gt": lambda one, other: one > other,
    "gte": lambda one, other: one >= other,
    "lt": lambda one, other: one < other,
    "lte": lambda one, other: one <= other,
    "exact": lambda one, other: one == other,
    "content": lambda one, other: one == other,
    "in": lambda one, other: one in other,
    "range": lambda one, other: other[0] <= one <= other[1],
}
PARTS: dict[str, Test] = {
    "startswith": lambda one, other: one.startswith(other),
    "endswith": lambda one, other: one.endswith(other),
    "contains": lambda one, other: other in one,
}


def has_words(text: str, value: str) -> bool:
    lemmas = {lemma for word in surfaces(text) for lemma in family(word).lemmas}
    return all(lemmas & {*asked_family(word).lemmas} for word in surfaces(value))


def has_phrase(text: str, value: str) -> bool:
    return f" {' '.join(surfaces(value))} " in f" {' '.join(surfaces(text))} "


def word_test(test: Test) -> Test:
    return lambda text, value: all(
        any(test(word, part) for word in surfaces(text)) for part in surfaces(value)
    )


OF_TEXT: dict[str, Test] = {
    "content": has_words,
    "exact": has_phrase,
    **{name: word_test(test) for name, test in PARTS.items()},
}


def conditions_of(field: str, values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Conditions on a field whose whole values are compared."""
    single = st.sampled_from(["content", "exact", "gt", "gte", "lt", "lte"])
    several = st.lists(values, max_size=3)
    ends = st.tuples(values, values)
    return st.one_of(
        st.tuples(st.just(field), single, values),
        st.tuples(st.just(field), st.just("in"), several),
        st.tuples(st.just(field), st.just("range"), ends),
    )


CONDITIONS = st.one_of(
    st.tuples(st.just("text"), st.sampled_from(list(OF_TEXT)), TEXTS.filter(bool)),
    conditions_of("author_exact", st.sampled_from(VALUES)),
    conditions_of("tags", st.sampled_from(VALUES)),
    st.tuples(
        st.sampled_from(["author_exact", "tags"]),
        st.sampled_from(list(PARTS)),
        st.sampled_from([*VALUES, " ", ","]),
    ),
    conditions_of("rating", NUMBERS | st.sampled_from([-0.5, 1.5])),
    conditions_of("pages", NUMBERS | st.sampled_from([-0.5, 1.5])),
    conditions_of("weight", st.sampled_from([-0.5, 0.0, 0.25, 0.3])),
    conditions_of("price", DECIMALS),
    conditions_of("published", TIMES),
    conditions_of("lent", st.booleans()),
    st.tuples(
        st.just("title"), st.sampled_from(["gt", "gte", "lt", "lte"]), st.text("abéب,")
    ).filter(lambda condition: condition[2]),
)


def extend(inner: st.SearchStrategy[SQ]) -> st.SearchStrategy[SQ]:
    return st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
        inner.map(lambda one: ~one),
    )


def condition(parts: tuple[str, str, Any]) -> SQ:
    field, lookup, value = parts
    return SQ(**{f"{field}__{lookup}": value})


TREES = st.recursive(CONDITIONS.map(condition), extend, max_leaves=4)
SORTS = st.lists(
    st.sampled_from(["author_exact", "rating", "price", "published", "title", "lent"]),
    max_size=3,
    unique=True,
).flatmap(
    lambda names: st.tuples(*(st.sampled_from([name, f"-{name}"]) for name in names))
)


def holds(node: Any, book: Book) -> bool:
    """Whether *book* passes the conditions: the model."""
    if isinstance(node, SQ):
        passed = [holds(child, book) for child in node.children]
        passes = any(passed) if node.connector == SQ.OR else all(passed)
        return passes != node.negated
    expression, value = node
    field, _, lookup = expression.rpartition("__")
    if field == "text":
        return OF_TEXT[lookup](book.text, value)
    if field == "title":
        # An empty text is no value.
        return bool(book.title) and COMPARE[lookup](book.title, value)
    own = getattr(book, field.removesuffix("_exact"))
    values = [own] if not isinstance(own, list) else own
    test = {**COMPARE, **PARTS}[lookup]
    return any(one is not None and test(one, value) for one in values)


class TestRandomConditions:
    # Each example builds an index and asks it six trees.
    @settings(max_examples=settings().max_examples // 4)
    @given(
        books=st.lists(BOOKS, min_size=1, max_size=12),
        trees=st.lists(TREES, min_size=6, max_size=6),
        size=st.integers(1, 5),
        sorts=SORTS,
        slices=st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13)), min_size=3),
    )
    def test_hits_are_those_of_the_model(
        self,
        shelf: Shelf,
        books: list[Book],
        trees: list[SQ],
        size: int,
        sorts: tuple[str, ...],
        slices: list[tuple[int, int]],
    ) -> None:
        shelf.backend.clear()
        numbered = list(enumerate(books, start=1))
        for start in range(0, len(books), size):
            shelf.put(books[start : start + size], first=start + 1)
        for tree in trees:
            expected = {number for number, book in numbered if holds(tree, book)}
            found = shelf.all().filter(tree)
            assert set(pks(found)) == expected
            assert found.count() == len(expected)
            assert set(pks(shelf.all().narrow(tree))) == expected
        whole = pks(shelf.all().order_by(*sorts))
        assert sorted(whole) == [number for number, _ in numbered]
        for start, stop in slices:
            assert pks(shelf.all().order_by(*sorts)[start:stop]) == whole[start:stop]
