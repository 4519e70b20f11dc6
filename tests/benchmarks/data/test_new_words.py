"""Words that paragraphs bring when they are used again."""

import random

from benchmarks.data.new_words import NewWords

_PARAGRAPHS = (
    "وصلت السفينة إلى الميناء",
    "غادرت السفينة الميناء صباحا",
)


def _new_words() -> NewWords:
    return NewWords(_PARAGRAPHS, random.Random(7))


class TestUse:
    def test_a_paragraph_is_itself_the_first_time(self) -> None:
        words = _new_words()
        assert [words.use(one) for one in _PARAGRAPHS] == list(_PARAGRAPHS)

    def test_only_words_that_occur_once_change(self) -> None:
        words = _new_words()
        found = [words.use(_PARAGRAPHS[0]) for _ in range(30)]
        assert {text.split()[1] for text in found} == {"السفينة"}
        assert {text.split()[3] for text in found} == {"الميناء"}
        assert len({text.split()[0] for text in found}) > 3

    def test_short_words_stay(self) -> None:
        words = _new_words()
        assert {words.use(_PARAGRAPHS[0]).split()[2] for _ in range(30)} == {"إلى"}

    def test_the_share_of_new_words_falls(self) -> None:
        words = _new_words()
        changed = [words.use(_PARAGRAPHS[0]) != _PARAGRAPHS[0] for _ in range(400)]
        assert sum(changed[:40]) > sum(changed[-40:])
