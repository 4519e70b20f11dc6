"""Previous and next hit of an article."""

import pytest

from archive.browsing.hit_steps import HitSteps, read_steps

# The current of three hits, the next and the previous one.
STEPS = [(0, 1, 3), (1, 2, 3), (2, 3, 1), (3, 1, 2)]


class TestHitSteps:
    @pytest.mark.parametrize(("current", "following", "preceding"), STEPS)
    def test_steps_are_cyclic(
        self, current: int, following: int, preceding: int
    ) -> None:
        steps = HitSteps(3, current)
        assert (steps.following, steps.preceding) == (following, preceding)

    def test_no_hits_give_no_steps(self) -> None:
        steps = HitSteps(0)
        assert (steps.following, steps.preceding) == (0, 0)


class TestReadSteps:
    @pytest.mark.parametrize("text", ["", "0", "4", "-1", "x", "٢", "²", "9" * 5000])
    def test_invalid_number_is_before_the_first_hit(self, text: str) -> None:
        assert read_steps(text, 3).current == 0

    def test_number_of_the_hit_is_read(self) -> None:
        assert read_steps("12", 40) == HitSteps(40, 12)
