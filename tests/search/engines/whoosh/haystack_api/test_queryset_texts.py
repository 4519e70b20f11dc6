"""``SearchQuerySet`` and words: highlighting, analyzers, spelling, likeness."""

import pytest
from django.contrib.auth.models import Group
from haystack import connections, indexes
from haystack.inputs import Raw
from haystack.query import SQ
from haystack.utils.loading import UnifiedIndex
from whoosh.analysis import StemmingAnalyzer

from tests.search.engines.whoosh.conftest import ALIAS, Book, BookIndex, Shelf, pks


class TestHighlight:
    def highlight(self, shelf: Shelf, text: str, condition: SQ) -> str:
        shelf.put([Book(text=text, title="بغداد")])
        [found] = shelf.all().filter(condition).highlight()
        [highlighted] = found.highlighted["text"]
        return str(highlighted)

    def test_whole_words_are_tagged_and_text_is_escaped(self, shelf: Shelf) -> None:
        text = "قرأ الكِتَابَ <b> & كتابها"
        assert self.highlight(shelf, text, SQ(text="كتاب")) == (
            "قرأ <em>الكِتَابَ</em> &lt;b&gt; &amp; <em>كتابها</em>"
        )

    @pytest.mark.parametrize(
        ("condition", "expected"),
        [
            (SQ(text__startswith="بغد"), "<em>بغداد</em>\nودمشق"),
            (SQ(text__endswith="مشق"), "بغداد\n<em>ودمشق</em>"),
            (SQ(text__exact="بغداد ودمشق"), "<em>بغداد</em>\n<em>ودمشق</em>"),
            (SQ(text__fuzzy="بغدادي"), "<em>بغداد</em>\nودمشق"),
            (SQ(content=Raw("*شق")), "بغداد\n<em>ودمشق</em>"),
            (SQ(content=Raw("[بغ TO بفي]")), "<em>بغداد</em>\nودمشق"),
            (SQ(text="بغداد") & ~SQ(title="دمشق"), "<em>بغداد</em>\nودمشق"),
            (SQ(text="بغداد") & ~SQ(text="مصر"), "<em>بغداد</em>\nودمشق"),
            (SQ(title="بغداد"), "بغداد\nودمشق"),
        ],
    )
    def test_matching_words_of_the_text_are_tagged(
        self, shelf: Shelf, condition: SQ, expected: str
    ) -> None:
        assert self.highlight(shelf, "بغداد\nودمشق", condition) == expected

    def test_long_text_is_cut_between_words(self, shelf: Shelf) -> None:
        text = " ".join(["كلام"] * 200 + ["بغداد"] + ["حديث"] * 200)
        highlighted = self.highlight(shelf, text, SQ(text="بغداد"))
        assert len(highlighted) < len(text) // 5
        assert highlighted.startswith("…كلام ")
        assert " <em>بغداد</em> " in highlighted
        assert highlighted.endswith(" حديث…")

    def test_words_far_apart_are_shown_by_two_passages(self, shelf: Shelf) -> None:
        text = "كلام. ".join(["بغداد مدينة. ", *["حديث "] * 200, "ودمشق مدينة."])
        highlighted = self.highlight(shelf, text, SQ(text="بغداد") & SQ(text="دمشق"))
        assert highlighted.startswith("<em>بغداد</em> مدينة. ")
        assert highlighted.endswith(" <em>ودمشق</em> مدينة.")
        assert len(highlighted) < len(text) // 2

    def test_passage_is_escaped(self, shelf: Shelf) -> None:
        text = f"{'كلام ' * 200}<script>بغداد</script>"
        highlighted = self.highlight(shelf, text, SQ(text="بغداد"))
        assert "&lt;script&gt;<em>بغداد</em>&lt;/script&gt;" in highlighted

    def test_long_text_without_a_match_is_shown_by_its_beginning(
        self, shelf: Shelf
    ) -> None:
        highlighted = self.highlight(shelf, "كلام " * 200, SQ(title="بغداد"))
        assert highlighted.startswith("كلام كلام ")
        assert highlighted.endswith("…")


class Stories(BookIndex):
    """Books in English, with an analyzer of their own."""

    text = indexes.CharField(document=True, analyzer=StemmingAnalyzer())


@pytest.fixture
def stories(shelf: Shelf) -> Shelf:
    """A shelf of one English book."""
    index = Stories()
    index.books = {}
    unified = UnifiedIndex()
    unified.build(indexes=[index])
    connections[ALIAS]._index = unified
    shelf.backend.clear()
    stories = Shelf(index)
    stories.put([Book(text="Indexed stories")])
    return stories


class TestOtherAnalyzer:
    def test_words_are_tagged_by_their_tokens(self, stories: Shelf) -> None:
        [found] = stories.all().filter(text="story").highlight()
        assert found.highlighted["text"] == ["Indexed <em>stories</em>"]

    def test_no_spelling_is_suggested(self, stories: Shelf) -> None:
        assert stories.all().spelling_suggestion("stroies") is None


class TestSpelling:
    @pytest.mark.parametrize(
        ("query", "suggestion"),
        [
            ("بغذاد", "بغداد"),
            ("بغداد", None),
            ("ببغداد", None),
            ("بغذاد القديمة", "بغداد القديمة"),
            ("بغداد القديمت", "بغداد القديمة"),
            ("pess", "press"),
            ("xyzzy", None),
            ("مكتب", None),
        ],
    )
    def test_words_that_find_nothing_are_replaced(
        self, shelf: Shelf, query: str, suggestion: str | None
    ) -> None:
        shelf.put([Book(text="بغداد القديمة"), Book(text="بغداد Press")])
        assert shelf.all().auto_query(query).spelling_suggestion() == suggestion
        assert shelf.all().spelling_suggestion(query) == suggestion


class TestMoreLikeThis:
    def test_most_similar_document_ranks_first(self, shelf: Shelf) -> None:
        texts = [
            "صدرت جريدة الزوراء في بغداد سنة ١٨٦٩",
            "جريدة في دمشق",
            "كانت الزوراء سنة ١٨٦٩ أولى جرائد بغداد",
            "طبخ الأرز باللحم",
        ]
        shelf.put([Book(text=text) for text in texts])
        found = shelf.all().more_like_this(Group(pk=1))
        assert pks(found) == [3, 2]
        assert found.count() == 2
        assert pks(shelf.all().filter(text="دمشق").more_like_this(Group(pk=1))) == [2]
        assert pks(shelf.all().more_like_this(Group(pk=4))) == []

    def test_object_need_not_be_indexed(self, shelf: Shelf) -> None:
        shelf.put([Book(text="بغداد ودجلة")])
        shelf.index.books[99] = Book(text="دجلة")
        assert pks(shelf.all().more_like_this(Group(pk=99))) == [1]
