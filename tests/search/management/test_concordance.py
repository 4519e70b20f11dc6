"""``manage.py concordance``."""

import csv
import io
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.search.library import Library


def _run(*arguments: str) -> str:
    out = StringIO()
    call_command("concordance", *arguments, stdout=out)
    return out.getvalue()


class TestCommand:
    def test_lines_have_article_and_date(self, library: Library) -> None:
        line = _run("=وبالمخطوطة").strip()
        number = library.articles["stacked_clitics"].pk
        assert line.startswith(f"[{number}, 1950-02-01] «وبالمخطوطة» بدأ الدرس")

    def test_json_has_an_object_a_line(self, library: Library) -> None:
        [line] = _run("=وبالمخطوطة", "--json").splitlines()
        found = json.loads(line)
        assert (found["proclitics"], found["word"]) == ("وبال", "مخطوطة")
        assert found["date"] == "1950-02-01"

    def test_table_is_sorted_and_bounded(self, library: Library) -> None:
        text = _run("الطريق", "--order", "after", "--limit", "5", "--csv")
        _, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        assert len(rows) == 5

    @pytest.mark.parametrize("query", ['"غير مغلق', "كاتب:طه", ""])
    def test_search_without_words_is_refused(
        self, library: Library, query: str
    ) -> None:
        with pytest.raises(CommandError) as refused:
            _run(query)
        assert refused.value.returncode == 2

    def test_missing_index_is_told(self, db: None, no_index: object) -> None:
        with pytest.raises(CommandError) as refused:
            _run("مطبعة")
        assert refused.value.returncode == 1
