"""Previous and next hit of an article."""

import pytest

from archive.views.articles.hit_steps import (
    PARTS_SEARCHED,
    HitSteps,
    Place,
    find_places,
    read_steps,
)

# The current of three hits, the next and the previous one.
STEPS = [(0, 1, 3), (1, 2, 3), (2, 3, 1), (3, 1, 2)]


class TestHitSteps:
    @pytest.mark.parametrize(("current", "following", "preceding"), STEPS)
    def test_steps_are_cyclic(
        self, current: int, following: int, preceding: int
    ) -> None:
        steps = HitSteps(3, current)
        assert steps.following == Place(1, following)
        assert steps.preceding == Place(1, preceding)

    def test_no_hits_give_no_steps(self) -> None:
        steps = HitSteps(0)
        assert (steps.following, steps.preceding) == (None, None)

    def test_other_parts_follow_the_ends_of_a_part(self) -> None:
        before, after = Place(1, 4), Place(3, 1)
        for current, preceding, following in [
            (0, before, Place(2, 1)),
            (1, before, Place(2, 2)),
            (2, Place(2, 1), after),
        ]:
            steps = HitSteps(2, current, 2, before, after)
            assert (steps.preceding, steps.following) == (preceding, following)

    def test_part_without_hits_leads_to_others(self) -> None:
        steps = HitSteps(0, 0, 2, Place(1, 4), Place(3, 1))
        assert (steps.preceding, steps.following) == (Place(1, 4), Place(3, 1))


class TestFindPlaces:
    def test_nearest_parts_with_hits_are_found_in_a_cycle(self) -> None:
        hits = {1: 0, 2: 3, 3: 0, 4: 1, 5: 2}
        assert find_places(4, 5, hits.__getitem__) == (Place(2, 3), Place(5, 1))
        assert find_places(5, 5, hits.__getitem__) == (Place(4, 1), Place(2, 1))

    def test_only_part_has_no_others(self) -> None:
        assert find_places(1, 1, lambda part: 1) == (None, None)

    def test_few_parts_without_hits_give_no_place(self) -> None:
        assert find_places(2, 4, lambda part: 0) == (None, None)

    def test_bounded_number_of_parts_is_searched(self) -> None:
        searched: list[int] = []
        before, after = find_places(1, 200, lambda part: searched.append(part) or 0)
        assert len(searched) == 2 * PARTS_SEARCHED
        assert before == Place(200 - PARTS_SEARCHED + 1, 0)
        assert after == Place(1 + PARTS_SEARCHED, 0)


class TestReadSteps:
    @pytest.mark.parametrize("text", ["", "0", "4", "-1", "x", "٢", "²", "9" * 5000])
    def test_invalid_number_is_before_the_first_hit(self, text: str) -> None:
        assert read_steps(text, 3).current == 0

    def test_number_of_the_hit_is_read(self) -> None:
        assert read_steps("12", 40) == HitSteps(40, 12)
