"""Rankings by the site's engine on a scratch index."""

from pathlib import Path

import pytest

from benchmarks.retrieval.collection import TextDocument
from benchmarks.retrieval.site_ranker import (
    SiteRanker,
    any_word,
    open_site_ranker,
)
from search.errors import QueryTooExpensive
from search.query import Or, Term
from search.query.parse import parse


def _ignore(count: int) -> None:
    """A progress callback that does nothing."""


class TestAnyWord:
    def test_words_are_joined_by_or(self) -> None:
        assert any_word("مجلس الوزراء") == parse("مجلس OR الوزراء")

    def test_one_word_is_a_term(self) -> None:
        assert any_word("مجلس؟") == Term("مجلس")

    @pytest.mark.parametrize("text", ["", " ", "؟ - !", "ـــ", "\u200f"])
    def test_text_without_a_word_gives_none(self, text: str) -> None:
        assert any_word(text) is None

    def test_operators_are_read_as_words(self) -> None:
        typed = '-جسر OR title:سور "قلعة (باب بغ*'
        words = ["جسر", "OR", "title", "سور", "قلعة", "باب", "بغ"]
        assert any_word(typed) == Or(tuple(map(Term, words)))


class TestSiteRanker:
    def test_ids_of_any_text_are_returned(self, tmp_path: Path) -> None:
        ids = ["صحيفة/١:٢ ٣", "archive.article.1", "0", "a\tb"]
        words = ["جسر", "سور", "باب", "برج"]
        documents = [
            TextDocument(doc_id, "", word)
            for doc_id, word in zip(ids, words, strict=True)
        ]
        ranker = SiteRanker(tmp_path, documents, _ignore)
        assert [ranker.rank(word) for word in words] == [(doc_id,) for doc_id in ids]

    def test_equal_scores_rank_the_last_indexed_first(self, tmp_path: Path) -> None:
        """The engine's own order, which favors no relevant document."""
        documents = [TextDocument(str(n), "", "جسر قديم") for n in range(3)]
        ranker = SiteRanker(tmp_path, documents, _ignore)
        assert ranker.rank("جسر") == ("2", "1", "0")

    def test_documents_are_indexed_in_batches(self, tmp_path: Path) -> None:
        seen: list[int] = []
        documents = (TextDocument(str(n), "", f"جسر {n}") for n in range(1200))
        ranker = SiteRanker(tmp_path, documents, seen.append)
        assert seen == [1000, 200]
        assert ranker.documents == 1200
        assert ranker.rank("1150") == ("1150",)

    def test_refused_query_retrieves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ranker = SiteRanker(tmp_path, [TextDocument("a", "", "جسر")], _ignore)

        def refuse(request: object) -> None:
            raise QueryTooExpensive("Too many words.")

        monkeypatch.setattr(ranker._engine, "run", refuse)
        assert ranker.rank("جسر") == ()


class TestOpenSiteRanker:
    def test_site_index_is_not_touched(self, no_index: Path) -> None:
        with open_site_ranker([TextDocument("a", "", "جسر")], _ignore) as ranker:
            assert ranker.rank("الجسر") == ("a",)
        assert list(no_index.iterdir()) == []
