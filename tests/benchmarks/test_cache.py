"""Indexes and questions that are not made twice."""

from pathlib import Path
from typing import NoReturn

import pytest

from benchmarks.cache import Drawn, Keeper
from benchmarks.data.questions import Question
from benchmarks.engines.process import Built

_BUILT = Built(seconds=2.0, cpu_seconds=1.0, size=3, memory=4)
_DRAWN = Drawn((Question("and 2", ("نفط", "سفينة")),), (), 10, 100)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("{}", "utf-8")
    return path


class TestBuild:
    def test_an_index_is_built_once(self, tmp_path: Path, articles: Path) -> None:
        keeper = Keeper(tmp_path, articles, 1)
        place = keeper.place("fts5")
        assert keeper.build(place, lambda: _BUILT) == (_BUILT, False)
        assert Keeper(tmp_path, articles, 1).build(place, _refuse) == (_BUILT, True)

    def test_what_an_ended_run_left_is_removed(
        self, tmp_path: Path, articles: Path
    ) -> None:
        keeper = Keeper(tmp_path, articles, 1)
        place = keeper.place("fts5")
        place.mkdir(parents=True)
        half = place / "half"
        half.touch()
        keeper.build(place, lambda: _BUILT)
        assert not half.exists()


class TestPlace:
    def test_other_articles_have_another(self, tmp_path: Path, articles: Path) -> None:
        place = Keeper(tmp_path, articles, 1).place("sijill")
        assert Keeper(tmp_path, articles, 2).place("sijill") != place
        articles.write_text("{}\n", "utf-8")
        assert Keeper(tmp_path, articles, 1).place("sijill") != place


class TestDraw:
    def test_questions_are_drawn_once(self, tmp_path: Path, articles: Path) -> None:
        keeper = Keeper(tmp_path, articles, 1)
        assert keeper.draw((1, 7), lambda: _DRAWN) == _DRAWN
        assert keeper.draw((1, 7), _refuse) == _DRAWN


def _refuse() -> NoReturn:
    raise AssertionError("It was made a second time.")
