"""Documents for the oracle, and what each query means in plain Python."""

from collections.abc import Callable
from fnmatch import fnmatchcase
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import Any

from whoosh import query as q
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from search.arabic.analyzer import surfaces
from search.arabic.diacritics import are_compatible, diacritized_form
from search.arabic.display_form import display_form
from search.arabic.edit_distance import near_bases
from search.arabic.families import base_of, family, telling_form
from search.arabic.normalize import fold
from search.arabic.prefixes import has_prefix
from search.engines.whoosh.query.diacritics import WithDiacritics
from search.engines.whoosh.query.multi_term import FuzzyTerm, WildcardTerm
from search.engines.whoosh.query.nodes import (
    ColumnRange,
    Family,
    NearQuery,
    PhraseQuery,
    PrintedTerm,
    Root,
    StemPrefix,
)
from search.engines.whoosh.query.term_tests import (
    ContainsTerm,
    EndsWithTerm,
    LevenshteinTerm,
)
from search.engines.whoosh.schema import ArabicText, MarkedWords, Values
from search.engines.whoosh.writing.index_writer import IndexWriter

# Several forms of several families, marks and all, and words that begin alike.
WORDS = [
    *("كتاب", "الكِتَاب", "وكتابها", "كتب", "مكتبة", "المكتبات", "كاتب"),
    *("كِتَاب", "كُتّاب", "كِتاب", "كتّابٍ"),
    *("مدرسة", "المدرسات", "مدرّس", "جريدة", "الجرائد", "جرائدهم", "في"),
    # Printed without care.
    *("مدرسه", "الى", "كِتابه", "كتابة"),
    *("من", "إلى", "بغداد", "وبغداد", "دمشق", "١٩٢٣", "press", "presses"),
]
DISPLAY_FORMS = sorted({display_form(word) for word in WORDS})
FORMS = sorted({surface for word in WORDS for surface in surfaces(word)})
LEMMAS = sorted({key for word in WORDS for key in family(telling_form(word)).lemmas})
ROOTS = sorted({key for word in WORDS for key in family(telling_form(word)).roots})
MARKED = sorted({form for word in WORDS if (form := diacritized_form(word))})
TAGS = ["a", "a b", "طه حسين", "Smith, John", "x:y", '"']
DOCUMENTS = 90
YEARS = range(1900, 1912)

Document = dict[str, Any]


def make_schema() -> Schema:
    return Schema(
        id=Values(stored=True, unique=True),
        text=ArabicText(),
        text_marked=MarkedWords(),
        words=TEXT(),
        tags=Values(),
        year=NUMERIC(int, bits=64, sortable=True),
        day=COLUMN(NumericColumn("q")),
    )


def make_documents() -> list[Document]:
    random = Random(1923)
    return [
        {
            "id": str(number),
            "text": " ".join(random.choices(WORDS, k=random.randrange(13))),
            "words": " ".join(random.choices(["alpha", "beta", "gamma"], k=3)),
            "tags": random.sample(TAGS, random.randrange(3)),
            "year": random.choice(YEARS),
            "day": random.randrange(30),
        }
        for number in range(DOCUMENTS)
    ]


def stock_index(folder: Path, parts: list[list[Document]], gone: list[str]) -> Any:
    folder.mkdir()
    index = FileStorage(str(folder)).create_index(make_schema())
    for part in parts:
        writer = index.writer()
        for document in part:
            writer.add_document(**document, text_marked=document["text"])
        writer.commit(merge=False)
    writer = index.writer()
    for identifier in gone:
        writer.delete_by_term("id", identifier)
    writer.commit(merge=False)
    return index


def own_index(
    folder: Path, parts: list[list[Document]], gone: list[str], *, optimize: bool
) -> FileIndex:
    folder.mkdir()
    index = FileStorage(str(folder)).create_index(make_schema())
    for part in parts:
        with IndexWriter(index, unique="id", max_merge_docs=0) as writer:
            for document in part:
                writer.update_document(document)
    writer = IndexWriter(index, unique="id", max_merge_docs=0)
    for identifier in gone:
        writer.delete("id", identifier)
    writer.commit(optimize=optimize)
    return index


def needs_printed_words(query: q.Query) -> bool:
    """Whether *query* asks how words are printed, which stock segments do not know."""
    if isinstance(query, _PRINTED):
        return True
    if isinstance(query, WithDiacritics):
        return needs_printed_words(query.word)
    parts = query.words if hasattr(query, "distinct_words") else query.children()
    return any(map(needs_printed_words, parts))


def split(documents: list[Document], places: list[int]) -> list[list[Document]]:
    bounds = [0, *places, len(documents)]
    return [documents[a:b] for a, b in pairwise(bounds)]


Finders = tuple[Callable[[q.Query], set[str]], ...]


def holds(query: q.Query, document: Document) -> bool:
    """Whether *document* matches *query*, by the meaning of the query."""
    for kind, test in _MODEL.items():
        if isinstance(query, kind):
            return test(query, document)
    raise TypeError(type(query))


def words_of(document: Document, name: str) -> list[str]:
    """The words of a field as printed, each as often and in the order as there."""
    value = document[name]
    return value.split() if name in ("text", "words") else list(value)


def accepts(word: q.Query, printed: str) -> bool:
    """Whether a query for terms wants a word as printed."""
    if isinstance(word, WithDiacritics):
        marks = word.form, diacritized_form(printed)
        return accepts(word.word, printed) and are_compatible(*marks)
    if isinstance(word, _PRINTED):
        return _PRINTED_MODEL[type(word)](word, telling_form(printed))
    term = fold(printed) if word.field() == "text" else printed
    return _TERM_MODEL[type(word)](word, term)


def stand(words: tuple[q.Query, ...], printed: list[str], distance: int | None) -> bool:
    places = [
        [at for at, one in enumerate(printed) if accepts(word, one)] for word in words
    ]
    if distance is None:
        return any(
            all(first + at in found for at, found in enumerate(places))
            for first in places[0]
        )
    return any(max(one) - min(one) <= distance for one in product(*places))


def edits(one: str, other: str) -> int:
    """Damerau and Levenshtein's distance, letter by letter."""
    table = {(-1, -1): 0}
    for i in range(len(one)):
        table[i, -1] = i + 1
    for j in range(len(other)):
        table[-1, j] = j + 1
    for i, j in product(range(len(one)), range(len(other))):
        cost = one[i] != other[j]
        table[i, j] = min(
            table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + cost
        )
        if i and j and one[i] == other[j - 1] and one[i - 1] == other[j]:
            table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one) - 1, len(other) - 1]


def in_range(query: q.NumericRange, year: int) -> bool:
    above = year > query.start if query.startexcl else year >= query.start
    below = year < query.end if query.endexcl else year <= query.end
    return above and below


# Of words as they are printed, by telling form.
_PRINTED_MODEL: dict[type, Callable[[Any, str], bool]] = {
    PrintedTerm: lambda word, form: display_form(form) == word.display_form,
    Family: lambda word, form: bool({*word.keys} & {*family(form).lemmas}),
    Root: lambda word, form: bool({*word.keys} & {*family(form).roots}),
    FuzzyTerm: lambda word, form: (
        edits(fold(form), word.text) <= word.edits
        or any(
            edits(base_of(lemma), base) <= most
            for lemma in family(form).lemmas
            for base, most in near_bases(word.text, word.edits).items()
        )
    ),
}
_PRINTED = tuple(_PRINTED_MODEL)

# Of terms.
_TERM_MODEL: dict[type, Callable[[Any, str], bool]] = {
    q.Term: lambda word, term: term == word.text,
    StemPrefix: lambda word, term: has_prefix(term, word.text),
    WildcardTerm: lambda word, term: fnmatchcase(term, word.text),
    q.Prefix: lambda word, term: term.startswith(word.text),
    q.Wildcard: lambda word, term: fnmatchcase(term, word.text),
    ContainsTerm: lambda word, term: word.text in term,
    EndsWithTerm: lambda word, term: term.endswith(word.text),
    LevenshteinTerm: lambda word, term: (
        term[:1] == word.text[:1] and edits(term, word.text) <= word.maxdist
    ),
    q.TermRange: lambda word, term: word.start <= term <= word.end,
}

_MODEL: dict[type, Callable[[Any, Document], bool]] = {
    q.NumericRange: lambda query, doc: in_range(query, doc["year"]),
    ColumnRange: lambda query, doc: query.first <= doc["day"] <= query.last,
    q.Phrase: lambda query, doc: stand(
        tuple(q.Term(query.fieldname, word) for word in query.words),
        words_of(doc, query.fieldname),
        None,
    ),
    PhraseQuery: lambda query, doc: stand(
        query.words, words_of(doc, query.field()), None
    ),
    NearQuery: lambda query, doc: stand(
        query.words, words_of(doc, query.field()), query.distance
    ),
    q.Every: lambda query, doc: bool(
        query.fieldname is None or words_of(doc, query.fieldname)
    ),
    q.AndNot: lambda query, doc: holds(query.a, doc) and not holds(query.b, doc),
    q.AndMaybe: lambda query, doc: holds(query.a, doc),
    q.Require: lambda query, doc: holds(query.a, doc) and holds(query.b, doc),
    q.And: lambda query, doc: all(holds(one, doc) for one in query.subqueries),
    q.Or: lambda query, doc: any(holds(one, doc) for one in query.subqueries),
    q.Not: lambda query, doc: not holds(query.query, doc),
    q.ConstantScoreQuery: lambda query, doc: holds(query.child, doc),
    type(q.NullQuery): lambda query, doc: False,
    q.Query: lambda query, doc: (
        doc["year"] == query.text
        if query.field() == "year"
        else any(accepts(query, word) for word in words_of(doc, query.field()))
    ),
}
