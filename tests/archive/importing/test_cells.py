"""Cells of tables, and formula injection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.cells import neutralize_cell, restore_cell


class TestNeutralizeCell:
    @pytest.mark.parametrize(
        "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"]
    )
    def test_no_cell_begins_as_a_formula(self, cell: str) -> None:
        assert neutralize_cell(cell) == "'" + cell

    @pytest.mark.parametrize("cell", ["", "بغداد", "'بغداد'", "a=1", "١+١"])
    def test_other_cells_are_unchanged(self, cell: str) -> None:
        assert neutralize_cell(cell) == cell


class TestRestoreCell:
    @given(st.text("'=+-@\t\rبa", max_size=6))
    def test_any_cell_is_restored(self, cell: str) -> None:
        assert restore_cell(neutralize_cell(cell)) == cell
