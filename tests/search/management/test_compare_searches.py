"""``manage.py compare_searches``."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.search.library import Library


def _run(*arguments: str) -> str:
    out = StringIO()
    call_command("compare_searches", *arguments, stdout=out)
    return out.getvalue()


class TestCommand:
    def test_numbers_add_up(self, library: Library) -> None:
        found = json.loads(_run("مطبعة", "?actor=baghdad", "--json"))
        assert found["first"] == found["both"] + found["first_alone"]
        assert found["second"] == found["both"] + found["second_alone"]
        assert sum(row["first"] for row in found["periods"]) <= found["first"]

    def test_text_names_both_searches(self, library: Library) -> None:
        lines = _run("الطريق", "?").splitlines()
        assert lines[0].startswith("الطريق\t")
        assert lines[2].startswith("في كليهما\t")

    def test_table_has_words(self, library: Library) -> None:
        assert "G2" in _run("الطريق", "بيان", "--csv", "words")

    @pytest.mark.parametrize("text", ['"غير', "?from=أمسس"])
    def test_what_cannot_be_read_is_refused(self, library: Library, text: str) -> None:
        with pytest.raises(CommandError) as refused:
            _run("مطبعة", text)
        assert refused.value.returncode == 2

    def test_missing_index_is_told(self, db: None, no_index: object) -> None:
        with pytest.raises(CommandError) as refused:
            _run("مطبعة", "بيان")
        assert refused.value.returncode == 1
