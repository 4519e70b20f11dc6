"""Searches to begin with: from the archive itself, and none that finds nothing."""

import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from archive.models import Article
from search import searcher
from search.errors import IndexUnavailable
from search.indexing.rebuild import rebuild
from search.query import parse
from search.request import SearchRequest
from search.suggest import find_examples
from search.suggest.examples import IN_TITLE
from tests.search.library import Library


@pytest.fixture(autouse=True)
def _forget_examples() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def count(request: SearchRequest) -> int:
    return searcher.count_articles(request)


class TestFindExamples:
    def test_every_example_finds_something(self, library: Library) -> None:
        examples = find_examples(count)
        assert examples
        for example in examples:
            request = SearchRequest(text=example.query, query=parse(example.query))
            assert count(request) > 0

    def test_words_are_of_published_titles(self, library: Library) -> None:
        titles = Article.objects.published().values_list("title", flat=True)
        shown = {each.meaning: each.query for each in find_examples(count)}
        word = shown[IN_TITLE].removeprefix("عنوان:")
        assert any(word in title for title in titles)

    def test_what_finds_nothing_is_no_example(self, library: Library) -> None:
        asked = []

        def find_nothing(request: SearchRequest) -> int:
            asked.append(request.text)
            return 0

        assert find_examples(find_nothing) == ()
        assert asked

    def test_without_an_index_there_are_none(self, library: Library) -> None:
        def fail(request: SearchRequest) -> int:
            raise IndexUnavailable("no index")

        assert find_examples(fail) == ()
        # And they are not kept as what the archive has.
        assert find_examples(count)

    def test_empty_archive_has_none(self, db: None) -> None:
        assert find_examples(count) == ()

    @pytest.mark.embedded(
        "others may write to a cluster: nothing tells of the same index"
    )
    def test_examples_are_kept_while_the_index_stays_the_same(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        examples = find_examples(count)

        def refuse(request: SearchRequest) -> int:
            raise AssertionError(request)

        later = time.time() + 3600
        monkeypatch.setattr("search.suggest.examples.time.time", lambda: later)
        assert find_examples(refuse) == examples
        rebuild()
        with pytest.raises(AssertionError):
            find_examples(refuse)
