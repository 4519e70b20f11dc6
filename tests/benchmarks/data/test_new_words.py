"""New words of reused paragraphs."""

import random

from benchmarks.data.new_words import NewWords

_PARAGRAPHS = (
    "وصلت السفينة إلى الميناء",
    "غادرت السفينة الميناء صباحا",
)


def _new_words() -> NewWords:
    return NewWords(_PARAGRAPHS, random.Random(7))


class TestUse:
    def test_first_use_is_unchanged(self) -> None:
        words = _new_words()
        assert [words.use(text) for text in _PARAGRAPHS] == list(_PARAGRAPHS)

    def test_only_words_that_occur_once_are_changed(self) -> None:
        words = _new_words()
        reused = [words.use(_PARAGRAPHS[0]) for _ in range(30)]
        assert {text.split()[1] for text in reused} == {"السفينة"}
        assert {text.split()[3] for text in reused} == {"الميناء"}
        assert len({text.split()[0] for text in reused}) > 3

    def test_short_words_are_kept(self) -> None:
        words = _new_words()
        assert {words.use(_PARAGRAPHS[0]).split()[2] for _ in range(30)} == {"إلى"}

    def test_share_of_new_words_falls_with_use(self) -> None:
        words = _new_words()
        changed = [words.use(_PARAGRAPHS[0]) != _PARAGRAPHS[0] for _ in range(400)]
        assert sum(changed[:40]) > sum(changed[-40:])
