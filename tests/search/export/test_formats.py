"""The table of formats."""

import pytest

from search.export.formats import FORMATS, find_format


class TestFormats:
    def test_no_two_have_the_same_address(self) -> None:
        addresses = [(each.name, each.is_raw) for each in FORMATS]
        assert len(set(addresses)) == len(addresses)

    def test_a_raw_one_stands_beside_another(self) -> None:
        plain = {each.name for each in FORMATS if not each.is_raw}
        assert {each.name for each in FORMATS if each.is_raw} <= plain


class TestFindFormat:
    @pytest.mark.parametrize("name", ["csv", "jsonl"])
    def test_it_finds_each_by_name(self, name: str) -> None:
        found = find_format(name)
        assert found is not None
        assert (found.name, found.is_raw) == (name, False)

    def test_raw_is_another_file_where_there_is_one(self) -> None:
        assert find_format("csv", raw=True) != find_format("csv")

    def test_raw_changes_nothing_where_there_is_none(self) -> None:
        assert find_format("jsonl", raw=True) == find_format("jsonl")

    @pytest.mark.parametrize("name", ["xlsx", "CSV", ""])
    def test_there_is_no_other(self, name: str) -> None:
        assert find_format(name) is None
