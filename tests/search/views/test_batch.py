"""Lists of searches, and the table of their answers."""

import csv
import io
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from search.batch import MOST_QUERIES, read_lines, read_table
from search.views.taking.batch import MAX_BYTES
from tests.search.library import Library

PAGE = "/ar/search/batch/"


def _table(client: Client, **fields: object) -> list[list[str]]:
    response = client.post(PAGE, fields)
    assert response.status_code == 200
    text = response.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


class TestTable:
    def test_each_query_has_its_row_in_order(
        self, client: Client, library: Library
    ) -> None:
        queries = ["بيان", "actor:بغداد", '"غير مغلق', "زخزخزخ", "بيان"]
        heading, *rows = _table(client, queries="\n".join(queries))
        assert heading[:2] == ["البحث", "عدد المقالات"]
        assert [row[0] for row in rows] == queries
        for query, row in zip(queries, rows, strict=True):
            if row[-1]:
                assert query == '"غير مغلق'
                continue
            found = client.get("/ar/search/", {"q": query}).context["found"]
            exact = not found.help.relaxation
            assert row[1] == str(found.total if exact else 0)
            assert unquote(row[-2]).startswith("http://testserver/ar/search/?q=")
            titles = [each.article.title for each in found.rows[:3]] if exact else []
            assert [cell for cell in row[2:8:2] if cell] == titles

    def test_file_of_names_is_read(self, client: Client, library: Library) -> None:
        content = "الاسم,ملاحظة\nبغداد,مدينة\nطه حسين,كاتب\n".encode()
        _, *rows = _table(client, file=SimpleUploadedFile("names.csv", content))
        assert [row[0] for row in rows] == ["بغداد", "طه حسين"]

    def test_no_cell_is_a_formula(self, client: Client, library: Library) -> None:
        _, row = _table(client, queries="=العراق")
        assert row[0] == "'=العراق"
        assert int(row[1]) > 0

    def test_query_that_is_a_text_has_a_problem(
        self, client: Client, library: Library
    ) -> None:
        _, long, short = _table(client, queries="كلمة " * 400 + "\nبيان")
        assert "طويل" in long[-1]
        assert short[-1] == ""


class TestRefusals:
    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"queries": " \n"}, "اكتب في كل سطر"),
            ({"queries": "س\n" * (MOST_QUERIES + 1)}, "جزءًا جزءًا"),
            ({"queries": "س" * MAX_BYTES}, "أكبر من ميغابايت"),
        ],
    )
    def test_list_that_cannot_be_run_is_400_with_the_remedy(
        self, client: Client, library: Library, fields: dict[str, str], sentence: str
    ) -> None:
        answer = client.post(PAGE, fields)
        assert answer.status_code == 400
        assert sentence in answer.content.decode()

    def test_ten_megabytes_are_refused(self, client: Client, library: Library) -> None:
        file = SimpleUploadedFile("big.csv", b"a\n" * 5_000_000)
        answer = client.post(PAGE, {"file": file})
        assert answer.status_code == 400

    def test_other_encoding_is_refused(self, client: Client, library: Library) -> None:
        file = SimpleUploadedFile("old.csv", "بغداد".encode("cp1256"))
        answer = client.post(PAGE, {"file": file})
        assert answer.status_code == 400
        assert "UTF-8" in answer.content.decode()

    def test_missing_index_is_503(
        self, client: Client, db: None, no_index: Path
    ) -> None:
        assert client.post(PAGE, {"queries": "بيان"}).status_code == 503


class TestReading:
    @pytest.mark.parametrize(
        ("text", "queries"),
        [
            ("\ufeffquery\nبغداد\n", ["بغداد"]),
            ("بغداد\r\n\r\nدمشق", ["بغداد", "دمشق"]),
            ("بغداد\nبغداد", ["بغداد", "بغداد"]),
            ('"بغداد, العراق",1', ["بغداد, العراق"]),
            (",بلا اسم\nبغداد", ["بغداد"]),
            ('"""حرية الصحافة""",1', ['"حرية الصحافة"']),
            # A stray quotation mark swallows no row.
            ('بغداد\n"دمشق\nحلب', ["بغداد", '"دمشق', "حلب"]),
        ],
    )
    def test_first_cells_are_queries(self, text: str, queries: list[str]) -> None:
        assert read_table(text) == queries

    def test_lines_are_queries_as_they_are_typed(self) -> None:
        text = 'name\n"حرية الصحافة", مصر\n\n=كتاب'
        assert read_lines(text) == ['"حرية الصحافة", مصر', "=كتاب"]
