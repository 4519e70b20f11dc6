"""The site's ranking on an index of its own: documents, queries, and no traces."""

from pathlib import Path

import pytest

from benchmarks.retrieval.collection import TextDocument
from benchmarks.retrieval.site_ranker import (
    SiteRanker,
    any_word,
    build_document,
    open_site_ranker,
)
from search.errors import QueryTooExpensive
from search.indexing.documents import iter_documents
from search.query import Or, Term
from search.query.parse import parse
from tests.search.library import Library


def _ignore(count: int) -> None:
    """For who does not want to know how far it is."""


class TestAnyWord:
    def test_it_is_what_a_reader_writes_with_or(self) -> None:
        assert any_word("مجلس الوزراء") == parse("مجلس OR الوزراء")

    def test_one_word_needs_no_or(self) -> None:
        assert any_word("مجلس؟") == Term("مجلس")

    @pytest.mark.parametrize("text", ["", " ", "؟ - !", "ـــ", "\u200f"])
    def test_there_is_none_without_a_word(self, text: str) -> None:
        assert any_word(text) is None

    def test_nothing_is_an_operator(self) -> None:
        typed = '-جسر OR title:سور "قلعة (باب بغ*'
        words = ["جسر", "OR", "title", "سور", "قلعة", "باب", "بغ"]
        assert any_word(typed) == Or(tuple(map(Term, words)))


class TestBuildDocument:
    def test_it_has_the_fields_of_an_article(self, library: Library) -> None:
        article = next(iter(library.articles.values()))
        real = next(iter_documents([article]))
        made = build_document(article.pk, TextDocument("x", "عنوان", "متن"))
        assert {key: type(value) for key, value in made.items()} == {
            key: type(value) for key, value in real.items()
        }

    def test_its_title_and_text_stand_where_an_article_has_them(self) -> None:
        made = build_document(1, TextDocument("x", "عنوان", "متن"))
        assert made["text"] == ["عنوان", "", "متن"]
        assert made["title"] == ["عنوان"]


class TestSiteRanker:
    def test_ids_may_be_any_text(self, tmp_path: Path) -> None:
        ids = ["صحيفة/١:٢ ٣", "archive.article.1", "0", "a\tb"]
        words = ["جسر", "سور", "باب", "برج"]
        documents = [
            TextDocument(one, "", word) for one, word in zip(ids, words, strict=True)
        ]
        ranker = SiteRanker(tmp_path, documents, _ignore)
        assert [ranker.rank(word) for word in words] == [(one,) for one in ids]

    def test_ties_go_as_the_engine_has_them(self, tmp_path: Path) -> None:
        """The article added last comes first, though an earlier one were the answer."""
        documents = [TextDocument(str(at), "", "جسر قديم") for at in range(3)]
        ranker = SiteRanker(tmp_path, documents, _ignore)
        assert ranker.rank("جسر") == ("2", "1", "0")

    def test_documents_come_in_batches(self, tmp_path: Path) -> None:
        seen: list[int] = []
        documents = (TextDocument(str(at), "", f"جسر {at}") for at in range(1200))
        ranker = SiteRanker(tmp_path, documents, seen.append)
        assert seen == [1000, 200]
        assert ranker.documents == 1200
        assert ranker.rank("1150") == ("1150",)

    def test_a_query_that_is_refused_finds_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ranker = SiteRanker(tmp_path, [TextDocument("a", "", "جسر")], _ignore)

        def refuse(request: object) -> None:
            raise QueryTooExpensive("Too many words.")

        monkeypatch.setattr(ranker._engine, "run", refuse)
        assert ranker.rank("جسر") == ()


class TestOpenSiteRanker:
    def test_it_leaves_the_site_without_an_index(self, no_index: Path) -> None:
        with open_site_ranker([TextDocument("a", "", "جسر")], _ignore) as ranker:
            assert ranker.rank("الجسر") == ("a",)
        assert list(no_index.iterdir()) == []
