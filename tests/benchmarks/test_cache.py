"""Indexes and questions that later runs reuse."""

from pathlib import Path
from typing import NoReturn

import pytest

from benchmarks.cache import BenchmarkCache, QuestionSet
from benchmarks.data.questions import Question
from benchmarks.engines.process import Built

_BUILT = Built(seconds=2.0, cpu_seconds=1.0, size=3, memory=4)
_DRAWN = QuestionSet((Question("and 2", ("نفط", "سفينة")),), (), 10, 100)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("{}", "utf-8")
    return path


class TestBuild:
    def test_index_is_built_once(self, tmp_path: Path, articles: Path) -> None:
        cache = BenchmarkCache(tmp_path, articles, 1)
        folder = cache.index_folder("fts5")
        assert cache.build(folder, lambda: _BUILT) == (_BUILT, False)
        assert BenchmarkCache(tmp_path, articles, 1).build(folder, _refuse) == (
            _BUILT,
            True,
        )

    def test_remains_of_an_interrupted_build_are_removed(
        self, tmp_path: Path, articles: Path
    ) -> None:
        cache = BenchmarkCache(tmp_path, articles, 1)
        folder = cache.index_folder("fts5")
        folder.mkdir(parents=True)
        half = folder / "half"
        half.touch()
        cache.build(folder, lambda: _BUILT)
        assert not half.exists()


class TestIndexFolder:
    def test_other_articles_have_another_folder(
        self, tmp_path: Path, articles: Path
    ) -> None:
        folder = BenchmarkCache(tmp_path, articles, 1).index_folder("sijill")
        assert BenchmarkCache(tmp_path, articles, 2).index_folder("sijill") != folder
        articles.write_text("{}\n", "utf-8")
        assert BenchmarkCache(tmp_path, articles, 1).index_folder("sijill") != folder


class TestDraw:
    def test_questions_are_drawn_once(self, tmp_path: Path, articles: Path) -> None:
        cache = BenchmarkCache(tmp_path, articles, 1)
        assert cache.draw((1, 7), lambda: _DRAWN) == _DRAWN
        assert cache.draw((1, 7), _refuse) == _DRAWN


def _refuse() -> NoReturn:
    raise AssertionError("It was not reused.")
