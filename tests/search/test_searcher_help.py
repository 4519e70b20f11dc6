"""Help with a search: it is true for any query, and its links lead to what they say."""

from pathlib import Path

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from archive.models import Article
from search.errors import QuerySyntaxError
from search.indexing.indexer import drain
from search.indexing.outbox import enqueue
from search.query import And, Everything, Level, Not, Query
from search.query.parse import parse
from search.request import PAGE_SIZE, SearchRequest, Sort, read_filters
from search.results.model import SearchHelp, SearchResults
from search.searcher import iter_articles, run
from tests.search.library import Library
from tests.search.query_texts import query_texts
from tests.search.searching import make_request, search
from tests.search.text_archive import ArticleText, follow, read_address, write_archive

_WORDS = ("كتاب", "الكِتَاب", "مكتبة", "نفط", "الكاظمي", "بغداد", "أو", "1908", "مصر")
_PIECES = [
    ArticleText(
        " ".join(_WORDS[at % 5 : at % 5 + 1 + at % 4]) + f" {_WORDS[at % 9]}",
        title=_WORDS[at % 7],
        source=("gazette", "review")[at % 2],
        published=f"19{10 + at}-0{1 + at % 9}" if at % 3 else "",
    )
    for at in range(30)
]


_TYPED = (
    *("الكاضمي", "بغذاد", "غائب", "مك?بة", "كت*", "كتات~", "√درس", "=كتاب", "-نفط"),
    *('"كتاب مكتبة"', '"بغذاد مصر"~3', "عنوان:نفط", "سنة:1920", "-أو", "(بغداد مصر)"),
    *("(نفط OR كتاب)", "(غائب OR الكاضمي)", "-(نفط مصر)"),
)


def _texts() -> st.SearchStrategy[str]:
    """Whatever is typed, and words of the archive, some misspelled, in any query."""
    word = st.sampled_from((*_WORDS, *_TYPED))
    return st.one_of(
        st.lists(word, min_size=1, max_size=5).map(" ".join), query_texts()
    )


def _requests() -> st.SearchStrategy[SearchRequest]:
    return st.builds(
        _make_request,
        _texts(),
        st.sampled_from(Level),
        st.sampled_from([{}, {"source": ["review"]}, {"source": ["review", "x"]}]),
        st.sampled_from([("", ""), ("1915", ""), ("", "1920-05")]),
    )


def _make_request(
    text: str, level: Level, filters: dict[str, list[str]], dates: tuple[str, str]
) -> SearchRequest:
    try:
        query: Query = parse(text, level)
    except QuerySyntaxError:
        reject()
    made = make_request("", filters, dates=dates)
    return SearchRequest(
        text=text.strip(),
        query=query,
        level=level,
        filters=read_filters(filters),
        date_from=dates[0],
        date_to=dates[1],
        period=made.period,
    )


@pytest.fixture
def archive(db: None, no_index: Path) -> list[int]:
    return write_archive(_PIECES)


def _links(results: SearchResults) -> list[str]:
    links = [one.query_string for word in results.help.words for one in word.levels]
    links += [one.query_string for word in results.help.words for one in word.forms]
    return [link for link in links if link]


def _count(query_string: str) -> int:
    """How many articles have all that an address asks for."""
    results = follow(query_string)
    return 0 if results.help.relaxation else results.total


class TestRun:
    # Each example runs many searches.
    @settings(max_examples=settings().max_examples // 2)
    @given(request=_requests())
    def test_help_is_true_for_any_query(
        self, archive: list[int], request: SearchRequest
    ) -> None:
        results = run(request, language="ar")
        shown = results.help
        for link in _links(results):
            assert read_address(link).filters == request.filters
        for one in shown.conditions:
            assert _count(one.query_string) == one.total
        if shown.suggestion:
            assert _count(shown.suggestion.query_string) == shown.suggestion.total
            assert shown.suggestion.total > (0 if shown.relaxation else results.total)
        if shown.relaxation:
            assert results.rows
            asked = shown.relaxation.asked
            assert asked / 2 < shown.relaxation.matched < asked
        if results.total:
            assert shown.broader == ()
        if results.total and not shown.relaxation:
            assert shown.conditions == ()
        assert [str(notice) for notice in shown.notices] == []
        # Each row says by which forms it was found, where words of it were asked for.
        if shown.words and _marks_every_row(request.query):
            assert all(row.forms for row in results.rows)


# Nodes by which an article matches that has no word to mark.
_WITHOUT_MARKS = ("Field(", "Not(", "DateRange(")


def _marks_every_row(query: Query) -> bool:
    return not any(node in repr(query) for node in _WITHOUT_MARKS)


@pytest.mark.usefixtures("archive")
class TestPages:
    def test_pages_of_a_relaxed_search_have_all_its_hits(self) -> None:
        text = "نفط مصر غائب"
        first = search(text)
        assert first.help.relaxation is not None
        assert (first.help.relaxation.matched, first.help.relaxation.asked) == (2, 3)
        beyond = search(make_request(text, page=2))
        assert beyond.total == first.total
        assert beyond.help.conditions == first.help.conditions
        assert len(first.rows) + len(beyond.rows) == first.total

    @pytest.mark.parametrize("sort", Sort)
    def test_help_is_the_same_in_any_sort_order_and_links_keep_it(
        self, sort: Sort
    ) -> None:
        by_relevance, sorted_ = search("كتاب"), search(make_request("كتاب", sort=sort))
        for one, other in zip(by_relevance.help.words, sorted_.help.words, strict=True):
            assert [(form.form, form.articles) for form in one.forms] == [
                (form.form, form.articles) for form in other.forms
            ]
        assert _links(sorted_)
        assert {read_address(link).sort for link in _links(sorted_)} == {sort}

    def test_search_for_everything_has_no_help(self) -> None:
        results = search("")
        assert results.request.query == Everything()
        assert results.help == SearchHelp()
        assert results.total == len(_PIECES)
        assert len(results.rows) == PAGE_SIZE

    def test_help_follows_the_index(self) -> None:
        """It is kept for as long as the index stays as it is, and no longer."""

        def count_of(word: str) -> int:
            (explained,) = search(word).help.words
            return {one.level: one.articles for one in explained.levels}[Level.EXACT]

        before = count_of("نفط")
        assert count_of("نفط") == before > 0
        new = Article.objects.exclude(body__contains="نفط").exclude(
            title__contains="نفط"
        )[:2]
        for article in new:
            article.body += " نفط"
            article.save()
        enqueue(article.pk for article in new)
        drain()
        assert count_of("نفط") == search("=نفط").total > before

    def test_export_is_not_relaxed(self) -> None:
        request = make_request("نفط مصر غائب")
        assert search(request).help.relaxation is not None
        assert list(iter_articles(request)) == []


class TestRows:
    def test_rows_have_forms_of_title_subtitle_and_text(self, library: Library) -> None:
        for text, name in (
            ("ياقوتة", "subtitle_match"),
            ("زنبق", "title_only_match"),
            ("فستق", "paragraphs"),
        ):
            rows = search(text).rows
            assert library[name].pk in [row.article.pk for row in rows]
            assert all(row.forms for row in rows)
        [row] = search("مرصد حلوان").rows
        assert {form.form: form.count for form in row.forms} == {
            "مرصد": 3,
            "حلوان": 2,
            "مرصده": 1,
        }

    def test_excluded_words_alone_are_not_explained(self, archive: list[int]) -> None:
        results = search("-نفط -كتاب")
        assert isinstance(results.request.query, And)
        assert all(isinstance(one, Not) for one in results.request.query.children)
        assert (results.help.words, results.help.relaxation) == ((), None)


class TestSubtitles:
    def test_words_of_a_subtitle_are_highlighted(self, library: Library) -> None:
        article = library["vocalised"]
        article.subtitle = "سفينة في <b>البحر</b>"
        article.save()
        enqueue([article.pk])
        drain()
        (row,) = search("سفينة البحر").rows
        assert row.subtitle == (
            "<mark>سفينة</mark> في &lt;b&gt;<mark>البحر</mark>&lt;/b&gt;"
        )
