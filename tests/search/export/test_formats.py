"""The table of formats."""

import pytest

from search.export.formats import FORMATS, find_format


class TestFormats:
    def test_formats_have_distinct_urls(self) -> None:
        addresses = [(each.name, each.is_raw) for each in FORMATS]
        assert len(set(addresses)) == len(addresses)

    def test_raw_format_has_a_plain_variant(self) -> None:
        plain = {each.name for each in FORMATS if not each.is_raw}
        assert {each.name for each in FORMATS if each.is_raw} <= plain


class TestFindFormat:
    @pytest.mark.parametrize("name", ["csv", "jsonl"])
    def test_format_is_found_by_name(self, name: str) -> None:
        found = find_format(name)
        assert found is not None
        assert (found.name, found.is_raw) == (name, False)

    def test_raw_variant_is_found_where_there_is_one(self) -> None:
        assert find_format("csv", raw=True) != find_format("csv")

    def test_format_without_raw_variant_is_found(self) -> None:
        assert find_format("jsonl", raw=True) == find_format("jsonl")

    @pytest.mark.parametrize("name", ["docx", "CSV", ""])
    def test_unknown_name_is_none(self, name: str) -> None:
        assert find_format(name) is None
