"""Readers of files: rows, refusals, and unusable files."""

import gzip
import json
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pytest

from archive.importing.problems import FileUnreadable
from archive.importing.readers import (
    Format,
    Read,
    Refusal,
    Row,
    SourceFile,
    detect_format,
    iter_rows,
)

MEBIBYTE = 1024 * 1024
BAGHDAD = json.dumps({"title": "بغداد"}, ensure_ascii=False).encode()
BASRA = json.dumps({"title": "البصرة"}, ensure_ascii=False).encode()


def read(path: Path, content: bytes, *, longest: int = MEBIBYTE) -> list[Read]:
    path.write_bytes(content)
    with SourceFile(path, longest_line=longest) as source:
        return list(iter_rows(source, format=None))


def titles(rows: Sequence[Read]) -> list[tuple[int, object]]:
    return [(row.line, row.columns["title"]) for row in rows if isinstance(row, Row)]


def refusals(rows: Sequence[Read]) -> list[tuple[int, str]]:
    return [(row.line, row.note.code) for row in rows if isinstance(row, Refusal)]


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    return tmp_path / "articles.jsonl"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "articles.csv"


class TestJsonLines:
    def test_each_line_is_a_row_with_its_number(self, jsonl: Path) -> None:
        rows = read(jsonl, BAGHDAD + b"\n" + BASRA)
        assert titles(rows) == [(1, "بغداد"), (2, "البصرة")]

    def test_crlf_blank_lines_and_a_bom_are_accepted(self, jsonl: Path) -> None:
        rows = read(
            jsonl, b"\xef\xbb\xbf" + BAGHDAD + b"\r\n\r\n  \n" + BASRA + b"\r\n"
        )
        assert titles(rows) == [(1, "بغداد"), (4, "البصرة")]
        assert refusals(rows) == []

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (b"{", "not_json"),
            (b'{"title": "x"', "not_json"),
            (b"title: x", "not_json"),
            (b'{"title": 1' + b"9" * 5000 + b"}", "not_json"),
            (b"[1, 2]", "not_object"),
            (b'"title"', "not_object"),
            (b"null", "not_object"),
            (b"12", "not_object"),
            ('{"title": "بغداد"}'.encode("cp1256"), "not_utf8"),
            (b"[" * 200_000, "too_deep"),
        ],
    )
    def test_invalid_line_is_refused_and_others_are_read(
        self, jsonl: Path, line: bytes, code: str
    ) -> None:
        rows = read(jsonl, BAGHDAD + b"\n" + line + b"\n" + BASRA + b"\n")
        assert titles(rows) == [(1, "بغداد"), (3, "البصرة")]
        assert refusals(rows) == [(2, code)]

    def test_line_of_40_mb_is_refused_in_little_memory(self, jsonl: Path) -> None:
        with jsonl.open("wb") as stream:
            stream.write(BAGHDAD + b'\n{"body": "')
            for _ in range(40):
                stream.write(b"x" * MEBIBYTE)
            stream.write(b'"}\n' + BASRA + b"\n")
        tracemalloc.start()
        with SourceFile(jsonl, longest_line=2 * MEBIBYTE) as source:
            rows = list(iter_rows(source, format=None))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert titles(rows) == [(1, "بغداد"), (3, "البصرة")]
        assert refusals(rows) == [(2, "too_long")]
        assert peak < 20 * MEBIBYTE

    def test_line_of_the_maximum_length_is_read(self, jsonl: Path) -> None:
        rows = read(jsonl, BAGHDAD + b"\n" + BASRA + b"\n", longest=len(BASRA) + 1)
        assert titles(rows) == [(1, "بغداد"), (2, "البصرة")]

    def test_gzip_is_detected_by_content(self, jsonl: Path) -> None:
        rows = read(jsonl, gzip.compress(BAGHDAD + b"\n" + BASRA))
        assert titles(rows) == [(1, "بغداد"), (2, "البصرة")]

    def test_truncated_gzip_file_is_read_up_to_the_damage(self, jsonl: Path) -> None:
        lines = b"".join(
            json.dumps({"title": f"{n:x}" * 50}).encode() + b"\n" for n in range(90_000)
        )
        whole = gzip.compress(lines)
        rows = read(jsonl, whole[: len(whole) * 3 // 4])
        assert len(titles(rows)) > 1000
        assert [code for _, code in refusals(rows)] == ["damaged"]


class TestUnusableFiles:
    def test_windows_1256_is_refused_with_the_remedy(self, jsonl: Path) -> None:
        content = '{"title": "بغداد"}\n'.encode("cp1256") * 5
        with pytest.raises(FileUnreadable, match=r"Windows-1256.*iconv"):
            read(jsonl, content)

    def test_windows_1256_table_is_refused(self, table: Path) -> None:
        with pytest.raises(FileUnreadable, match="Windows-1256"):
            read(table, "العنوان,النص\nبغداد,مدينة\n".encode("cp1256"))

    def test_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(FileUnreadable, match="no-such-file"):
            SourceFile(tmp_path / "no-such-file.jsonl")

    def test_empty_table_has_no_heading(self, table: Path) -> None:
        with pytest.raises(FileUnreadable, match="heading"):
            read(table, b"\n\n")

    def test_repeated_column_is_named(self, table: Path) -> None:
        with pytest.raises(FileUnreadable, match="title"):
            read(table, b"title,body,title\n")

    def test_empty_json_lines_have_no_rows(self, jsonl: Path) -> None:
        assert read(jsonl, b"") == []

    def test_character_cut_by_the_end_of_the_head_is_accepted(
        self, jsonl: Path
    ) -> None:
        content = b'{"title": "' + "ب".encode() * 50_000 + b'"}'
        assert len(read(jsonl, content)) == 1


class TestTables:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_delimiter_is_that_of_the_heading(
        self, table: Path, delimiter: str
    ) -> None:
        lines = [["title", "body"], ["بغداد", "مدينة، على دجلة؛ عاصمة"]]
        content = "\r\n".join(delimiter.join(cells) for cells in lines)
        (row,) = read(table, content.encode("utf-8-sig"))
        assert isinstance(row, Row)
        assert row.columns == {"title": "بغداد", "body": "مدينة، على دجلة؛ عاصمة"}

    def test_quoted_cells_have_line_breaks_and_rows_their_line(
        self, table: Path
    ) -> None:
        content = 'title,body\nبغداد,"سطر\nسطر ""ثان"""\nالبصرة,نص\n'
        rows = read(table, content.encode())
        assert titles(rows) == [(2, "بغداد"), (4, "البصرة")]
        assert isinstance(rows[0], Row)
        assert rows[0].columns["body"] == 'سطر\nسطر "ثان"'

    def test_cell_longer_than_the_default_limit_is_read(self, table: Path) -> None:
        body = "كلمة " * 60_000
        (row,) = read(table, f"title,body\nبغداد,{body}\n".encode())
        assert isinstance(row, Row)
        assert row.columns["body"] == body

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("واحد", "wrong_cells"),
            ("واحد,اثنان,ثلاثة", "wrong_cells"),
            ('واحد,"اثنان"ثلاثة', "bad_row"),
        ],
    )
    def test_invalid_row_is_refused_and_others_are_read(
        self, table: Path, line: str, code: str
    ) -> None:
        rows = read(table, f"title,body\nبغداد,نص\n{line}\nالبصرة,نص\n".encode())
        assert titles(rows) == [(2, "بغداد"), (4, "البصرة")]
        assert refusals(rows) == [(3, code)]

    def test_unclosed_quotation_mark_refuses_one_row(self, table: Path) -> None:
        content = 'title,body\nبغداد,نص\nسامراء,"نص\nالبصرة,نص\nالكوفة,نص\n'
        rows = read(table, content.encode())
        assert titles(rows) == [(2, "بغداد"), (4, "البصرة"), (5, "الكوفة")]
        assert refusals(rows) == [(3, "bad_row")]

    def test_row_in_another_encoding_is_refused(self, table: Path) -> None:
        content = "title,body\nبغداد,نص\n".encode() + "البصرة,نص\n".encode("cp1256")
        rows = read(table, content)
        assert titles(rows) == [(2, "بغداد")]
        assert refusals(rows) == [(3, "not_utf8")]

    def test_long_line_is_refused(self, table: Path) -> None:
        content = f"title,body\nبغداد,{'x' * 5000}\nالبصرة,نص\n".encode()
        rows = read(table, content, longest=1000)
        assert titles(rows) == [(3, "البصرة")]
        assert refusals(rows) == [(2, "too_long")]

    def test_neutralized_formulas_are_restored(self, table: Path) -> None:
        (row,) = read(table, b"title,body\n'=1+1,-2\n")
        assert isinstance(row, Row)
        assert row.columns == {"title": "=1+1", "body": "-2"}


class TestDetectFormat:
    @pytest.mark.parametrize(
        ("name", "head", "format"),
        [
            ("a.jsonl", b"", Format.JSONL),
            ("a.JSONL.GZ", b"", Format.JSONL),
            ("a.tsv.gz", b"", Format.CSV),
            ("a", b'\xef\xbb\xbf{"title"', Format.JSONL),
            ("a", b"title,body", Format.CSV),
            ("2015.07.21", b"{", Format.JSONL),
        ],
    )
    def test_name_decides_then_content(
        self, name: str, head: bytes, format: Format
    ) -> None:
        assert detect_format(Path(name), head) is format
