"""Steps from one marked word of an article to the next."""

import pytest

from archive.browsing.hit_steps import HitSteps, read_steps

# Where the reader is among three hits, and what comes next and before.
STEPS = [(0, 1, 3), (1, 2, 3), (2, 3, 1), (3, 1, 2)]


class TestHitSteps:
    @pytest.mark.parametrize(("current", "following", "preceding"), STEPS)
    def test_they_go_round(self, current: int, following: int, preceding: int) -> None:
        steps = HitSteps(3, current)
        assert (steps.following, steps.preceding) == (following, preceding)

    def test_there_are_none_without_a_hit(self) -> None:
        steps = HitSteps(0)
        assert (steps.following, steps.preceding) == (0, 0)


class TestReadSteps:
    @pytest.mark.parametrize("text", ["", "0", "4", "-1", "x", "٢", "²", "9" * 5000])
    def test_what_names_no_hit_is_before_the_first(self, text: str) -> None:
        assert read_steps(text, 3).current == 0

    def test_it_reads_where_the_reader_is(self) -> None:
        assert read_steps("12", 40) == HitSteps(40, 12)
