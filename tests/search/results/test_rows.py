"""Rows of a results page: how much of long texts is read for them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.models import Article
from search.highlight.body_text import BLOCK_LENGTH
from search.highlight.highlighter import Highlighter, Match
from search.results import rows
from search.results.model import MatchedForm, Row
from tests.search.searching import search
from tests.search.text_archive import ArticleText, write_archive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_index")]

FILLER = "حشو "


def _filler(length: int) -> str:
    return FILLER * (length // len(FILLER))


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The lengths of the texts that highlighters look through."""
    lengths: list[int] = []
    find_matches = Highlighter.find_matches

    def note(self: Highlighter, text: str) -> tuple[Match, ...]:
        lengths.append(len(text))
        return find_matches(self, text)

    monkeypatch.setattr(Highlighter, "find_matches", note)
    yield lengths


def _rows(query: str, *bodies: str) -> tuple[Row, ...]:
    write_archive([ArticleText(body) for body in bodies])
    return search(query).rows


class TestLongTexts:
    def test_reading_stops_after_the_passages(self, searched: list[int]) -> None:
        [row] = _rows("نفط", f"أول نفط ثم نفط. {_filler(8 * BLOCK_LENGTH)} نفط")
        assert "أول <mark>نفط</mark>" in row.fragments[0]
        assert row.forms == (MatchedForm("نفط", 2),)
        assert row.counted == BLOCK_LENGTH
        assert sum(searched) < 2 * BLOCK_LENGTH

    def test_match_far_on_is_shown(self) -> None:
        [row] = _rows("نفط", f"{_filler(8 * BLOCK_LENGTH)} وأخيرا نفط الشمال.")
        assert "<mark>نفط</mark> الشمال." in row.fragments[0]
        assert row.forms == (MatchedForm("نفط", 1),)

    def test_text_that_is_read_whole_is_counted_whole(self) -> None:
        [row] = _rows("نفط", f"{_filler(BLOCK_LENGTH - 100)} نفط")
        assert (row.forms, row.counted) == ((MatchedForm("نفط", 1),), 0)

    def test_page_reads_a_bounded_number_of_characters(
        self, searched: list[int], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rows, "PAGE_CHARACTERS", 4 * BLOCK_LENGTH)
        found = _rows("نفط", *[f"{_filler(5 * BLOCK_LENGTH)} نفط"] * 3)
        assert [row.counted for row in found] == [
            BLOCK_LENGTH * 4 // 3,
            BLOCK_LENGTH * 4 // 3,
            BLOCK_LENGTH * 4 // 3 + 1,
        ]
        # Each block is read a little further at either end.
        assert sum(searched) < 5 * BLOCK_LENGTH
        assert all(row.forms == () for row in found)
        assert found[0].fragments[0].startswith(FILLER.strip())

    def test_short_texts_leave_their_share_to_long_ones(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rows, "PAGE_CHARACTERS", 4 * BLOCK_LENGTH)
        found = _rows("نفط", "نفط", "نفط", f"{_filler(3 * BLOCK_LENGTH)} نفط")
        assert [row.counted for row in found] == [0, 0, 0]
        assert all(row.forms for row in found)

    def test_search_in_titles_alone_reads_no_text(self, searched: list[int]) -> None:
        write_archive([ArticleText(_filler(5 * BLOCK_LENGTH), title="نفط")])
        [row] = search("عنوان:نفط").rows
        assert (row.counted, row.forms) == (0, (MatchedForm("نفط", 1),))
        assert sum(searched) < 3 * BLOCK_LENGTH

    def test_bodies_are_not_kept_in_memory(self) -> None:
        [row] = _rows("نفط", f"نفط {_filler(8 * BLOCK_LENGTH)}")
        assert "body" in row.article.get_deferred_fields()

    def test_article_deleted_meanwhile_is_shown_by_its_beginning(
        self, monkeypatch: pytest.MonkeyPatch, no_index: Path
    ) -> None:
        write_archive([f"{_filler(3 * BLOCK_LENGTH)} نفط"])
        [article] = Article.objects.values_list("pk", flat=True)
        mark_texts = rows._mark_texts

        def delete_first(*args: Any, **options: int) -> Any:
            Article.objects.filter(pk=article).delete()
            return mark_texts(*args, **options)

        monkeypatch.setattr(rows, "_mark_texts", delete_first)
        [row] = search("نفط").rows
        assert row.fragments
