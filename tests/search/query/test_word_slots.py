"""The places of words in a query: found, and filled without touching the rest."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from search.query import (
    And,
    DateRange,
    Field,
    Fuzzy,
    Level,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)
from search.query.parse import parse
from search.query.render import render
from search.query.word_slots import list_slots, replace_term

_LEAVES = (
    *("نفط", "=كتاب", "√كتب", "مكتب*", "=مخط*", "م?تب", "الجزاير~2", '="أو"'),
    *('"سكة حديد"', '="سكة حديد الحجاز"', '√"كتب درس"~4', "سنة:1923", "١٩٤٨"),
    *(
        "عنوان:نفط",
        'كاتب:"طه حسين"',
        "جهة:بغداد",
        "نص:(نفط غاز)",
        "عنوان:(نفط OR مكتب*)",
    ),
)


def _queries() -> st.SearchStrategy[Query]:
    """Trees as readers type them: words, phrases, fields, groups, minuses."""
    leaf = st.sampled_from(_LEAVES)
    group = st.lists(leaf, min_size=2, max_size=3)
    part = st.one_of(
        leaf,
        group.map(" OR ".join).map("({})".format),
        group.map(" ".join).map("({})".format),
        leaf.map("-{}".format),
    )
    return st.lists(part, min_size=1, max_size=4).map(" ".join).map(parse)


class TestListSlots:
    def test_words_are_listed_in_order_with_their_fields(self) -> None:
        slots = list_slots(parse('نفط عنوان:(غاز OR "سكة حديد") م?تب -فحم بلد*'))
        assert [(slot.word, slot.field) for slot in slots] == [
            (Term("نفط"), "text"),
            (Term("غاز"), "title"),
            (Term("سكة"), "title"),
            (Term("حديد"), "title"),
            (Wildcard("م?تب"), "text"),
            (Prefix("بلد"), "text"),
        ]

    def test_word_of_a_phrase_has_the_level_of_the_phrase(self) -> None:
        words = [slot.word for slot in list_slots(parse('="سكة حديد" √"كتب درس"~3'))]
        assert words == [
            Term("سكة", Level.EXACT),
            Term("حديد", Level.EXACT),
            Term("كتب", Level.ROOT),
            Term("درس", Level.ROOT),
        ]

    def test_negated_words_and_dates_have_no_slot(self) -> None:
        assert list_slots(parse("-(نفط OR غاز) سنة:1923")) == ()


class TestPut:
    @given(_queries())
    def test_replacing_a_term_by_itself_changes_nothing(self, query: Query) -> None:
        for slot in list_slots(query):
            if isinstance(slot.word, Term):
                assert (
                    replace_term(query, slot, slot.word.text, slot.word.level) == query
                )

    @given(_queries(), st.sampled_from(Level))
    def test_replacing_a_term_changes_no_other(
        self, query: Query, level: Level
    ) -> None:
        slots = list_slots(query)
        for at, slot in enumerate(slots):
            changed = replace_term(query, slot, "قلم", level)
            kept = slot.word.level if slot.index is not None else level
            word = Term("قلم", kept)
            expected = (*slots[:at], replace(slot, word=word), *slots[at + 1 :])
            assert list_slots(changed) == expected
            # Nothing that is no word is lost: minuses, dates, nearness, fields.
            assert _skeleton(changed) == _skeleton(query)

    @given(_queries(), st.sampled_from(Level))
    def test_tree_with_a_replaced_term_renders(
        self, query: Query, level: Level
    ) -> None:
        for slot in list_slots(query):
            for text in ("قلم", "أو", "و", "١٩٤٨", "L’Orient"):
                changed = replace_term(query, slot, text, level)
                assert parse(render(changed)) == changed


def _skeleton(query: Query) -> object:
    """*query* with every word that may match taken out."""
    match query:
        case And(children) | Or(children):
            return type(query), [_skeleton(child) for child in children]
        case Field(name, child):
            return name, _skeleton(child)
        case Near(words, distance, level):
            return len(words), distance, level
        case Phrase(words, level):
            return len(words), level
        case Not() | DateRange():
            return query
        case Term() | Prefix() | Wildcard() | Fuzzy():
            return "word"
    raise TypeError(query)
