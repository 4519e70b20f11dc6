"""``manage.py word_frequency``."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.search.library import Library


def _run(*arguments: str) -> str:
    out = StringIO()
    call_command("word_frequency", *arguments, stdout=out)
    return out.getvalue()


class TestCommand:
    def test_periods_have_a_line_each_and_then_all(self, library: Library) -> None:
        heading, *rows = _run("مطبعة", "بيان", "--grain", "year").splitlines()
        assert heading.split("\t")[2:] == ["مطبعة", "بيان"]
        assert rows[0].startswith("1")
        assert rows[-1].split("\t")[0] == "المجموع"

    def test_json_has_a_record_for_month_source_and_word(
        self, library: Library
    ) -> None:
        records = [json.loads(line) for line in _run("مطبعة", "--json").splitlines()]
        may = [each for each in records if each["month"] == "1923-05"]
        assert sum(each["occurrences"] for each in may) >= 1
        assert {type(each["words_held"]) for each in records} == {int}

    @pytest.mark.parametrize("words", [['"غير'], ["كاتب:طه"], list("ابتثجح")])
    def test_what_cannot_be_counted_is_refused(
        self, library: Library, words: list[str]
    ) -> None:
        with pytest.raises(CommandError) as refused:
            _run(*words)
        assert refused.value.returncode == 2

    def test_missing_index_is_told(self, db: None, no_index: object) -> None:
        with pytest.raises(CommandError) as refused:
            _run("مطبعة")
        assert refused.value.returncode == 1
