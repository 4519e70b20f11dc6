"""Then and now, against a model that remembers everything."""

import random
from urllib.parse import urlencode

import pytest

from archive.models import Article, Source, Status
from search import searcher
from search.cited import cite_search, compare, fingerprint, pack, unpack
from search.cited.making import TooManyResults
from search.forms import read_query_string
from search.indexing.indexer import drain
from search.models import CitedSearch
from search.request import SearchRequest
from tests.search.library import Library

WORDS = ("قطار", "دجلة", "صحافة", "مكتبة")


def _request(query_string: str) -> SearchRequest:
    request = read_query_string(query_string)
    assert request is not None
    return request


def _texts(query_string: str) -> dict[int, str]:
    """What a search finds on the site, with the hash of each text."""
    articles = searcher.iter_articles(_request(query_string))
    return {article.pk: article.content_hash for article in articles}


class TestResults:
    def test_packed_results_are_unpacked(self) -> None:
        results = {number: bytes([number % 256]) * 16 for number in range(1, 3000, 7)}
        assert unpack(pack(results)) == results
        assert unpack(pack({})) == {}

    def test_fingerprint_knows_no_order(self) -> None:
        one, two = b"1" * 16, b"2" * 16
        assert fingerprint({1: one, 2: two}) == fingerprint({2: two, 1: one})
        assert fingerprint({1: one}) != fingerprint({1: two})


class TestCiting:
    def test_citation_keeps_what_was_asked_and_found(self, library: Library) -> None:
        query_string = urlencode({"q": "بيان", "source": "review"})
        cited = cite_search(_request(query_string), language="ar")
        assert cited.query_string == query_string
        assert cited.question == "بيان؛ المصدر: مجلة التجربة"
        assert set(unpack(bytes(cited.results))) == set(_texts(query_string))
        assert cited.total == len(_texts(query_string)) > 5
        assert cited.analyzer_version and cited.generation

    def test_unchanged_search_has_one_address(self, library: Library) -> None:
        request = _request(urlencode({"q": "بيان"}))
        first = cite_search(request, language="ar")
        assert cite_search(request, language="en").key == first.key
        assert CitedSearch.objects.count() == 1

    def test_more_results_than_a_citation_keeps_are_refused(
        self, library: Library, settings: object
    ) -> None:
        settings.EXPORT_MAX_ROWS = 3  # type: ignore[attr-defined]
        with pytest.raises(TooManyResults):
            cite_search(_request(""), language="ar")


class TestThenAndNow:
    def test_unchanged_archive_has_the_same(self, library: Library) -> None:
        cited = cite_search(_request("q=%D8%A8%D9%8A%D8%A7%D9%86"), language="ar")
        comparison = compare(cited)
        assert comparison.then == comparison.now == comparison.same
        assert len(comparison.same) == cited.total

    def test_search_that_cannot_be_read_any_more_keeps_then(
        self, library: Library
    ) -> None:
        cited = cite_search(_request(urlencode({"q": "بيان"})), language="ar")
        cited.query_string = urlencode({"q": '"غير مغلق'})
        comparison = compare(cited)
        assert not comparison.is_readable
        assert (comparison.now, len(comparison.then)) == ((), cited.total)

    def test_no_list_is_wrong_after_many_edits(self, library: Library) -> None:
        """Texts, publication, existence and sources change at random."""
        chance = random.Random(1927)
        sources = list(Source.objects.all())
        asked = [urlencode({"q": word}) for word in WORDS]
        asked += [urlencode({"q": word, "source": "review"}) for word in WORDS]
        asked += [urlencode({"q": f"{WORDS[0]} أو {WORDS[1]}"}), "source=gazette"]
        kept: list[tuple[CitedSearch, dict[int, str]]] = []
        for step in range(60):
            _edit(chance, sources)
            drain()
            query_string = asked[step % len(asked)]
            request = _request(query_string)
            then = _texts(query_string)
            kept.append((cite_search(request, language="ar"), then))
        for cited, then in kept:
            _check(cited, then)


def _edit(chance: random.Random, sources: list[Source]) -> None:
    """One change of the archive."""
    articles = Article.objects.order_by("pk")
    article = articles[chance.randrange(articles.count())]
    kind = chance.randrange(6)
    if kind == 0:
        Article.objects.create(
            title=f"{chance.choice(WORDS)} {chance.random()}",
            source=chance.choice(sources),
        )
    elif kind == 1:
        article.delete()
    elif kind == 2:
        article.status = chance.choice(list(Status))
        article.save()
    elif kind == 3:
        article.source = chance.choice(sources)
        article.save()
    else:
        article.body = f"{chance.choice(WORDS)} و{chance.choice(WORDS)}"
        article.save()


def _check(cited: CitedSearch, then: dict[int, str]) -> None:
    now = _texts(cited.query_string)
    public = set(Article.objects.published().values_list("pk", flat=True))
    comparison = compare(cited)
    assert set(comparison.then) == set(then)
    assert set(comparison.now) == set(now)
    assert set(comparison.added) == now.keys() - then.keys()
    assert set(comparison.withdrawn) == then.keys() - public
    assert set(comparison.lost) == (then.keys() - now.keys()) & public
    both = then.keys() & now.keys()
    assert set(comparison.changed) == {pk for pk in both if then[pk] != now[pk]}
    assert set(comparison.same) == {pk for pk in both if then[pk] == now[pk]}
