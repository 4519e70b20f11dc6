"""Under- and overstemming of words with known roots."""

from pathlib import Path

import pytest

from benchmarks.stemming import measure, render

# Header, a proclitic, two forms of one root, another root, a word without a root.
_ROOTS = (
    "token\troots\nوالكتاب\tكتب\tx\nمكتوب\tكتب\nالمدرسة\tدرس\nمن\t#\nالكتاب\tكتب|كتو\n"
)


@pytest.fixture
def roots(tmp_path: Path) -> Path:
    path = tmp_path / "roots.tsv"
    path.write_text(_ROOTS, "utf-8")
    return path


class TestMeasure:
    def test_words_with_a_root_are_counted(self, roots: Path) -> None:
        figures = measure(roots)
        assert (figures["words"], figures["distinct"]) == (4, 4)
        assert figures["right"] == figures["right_distinct"] == 1

    def test_pairs_are_judged_at_each_level(self, roots: Path) -> None:
        """Three of the six pairs are of one root."""
        levels = {row["level"]: row for row in measure(roots)["levels"]}
        assert {level: row["understemming"] for level, row in levels.items()} == {
            "form": 1,
            "light10": pytest.approx(2 / 3),
            "lemma": pytest.approx(2 / 3),
            "root": 0,
        }
        assert {row["overstemming"] for row in levels.values()} == {0}


class TestRender:
    def test_each_level_has_a_row(self, roots: Path) -> None:
        rows = render(measure(roots)).splitlines()
        assert rows[0] == "4 running words, 4 distinct"
        assert [row.split()[0] for row in rows[3:]] == [
            *("form", "light10", "lemma", "root"),
        ]
