"""Test collections read from files, and the messages of bad ones."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.retrieval.collection import CollectionError, TextDocument
from benchmarks.retrieval.reader import iter_distractors, read_collection
from tests.benchmarks.retrieval.small_collection import DOCUMENTS, QUERIES, lines

DOCS, QUERY_FILE, QRELS = "docs.jsonl", "queries.jsonl", "qrels.tsv"


def _append(name: str, text: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return change


def _replace(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def _message(folder: Path) -> str:
    with pytest.raises(CollectionError) as caught:
        read_collection(folder)
    return str(caught.value).replace(f"{folder}/", "").replace(str(folder), "DIR")


class TestReadCollection:
    def test_documents_and_judged_queries_are_read(self, small: Path) -> None:
        collection = read_collection(small)
        assert len(collection.documents) == len(DOCUMENTS)
        assert collection.documents[0].title == "ترميم جسر الملك فيصل"
        assert collection.documents[-1].id == "8"
        assert {query.id: query.relevant for query in collection.queries} == {
            "first": {"olives"},
            "second": {"bridge-new"},
            "not found": {"8"},
            "without words": {"library"},
            "proclitics": {"prices"},
            "two answers": {"book-fair", "library"},
        }

    def test_queries_without_a_relevant_document_are_counted(self, small: Path) -> None:
        assert read_collection(small).unjudged == 1

    @pytest.mark.parametrize("name", [DOCS, QUERY_FILE, QRELS])
    def test_gzipped_file_reads_the_same(self, small: Path, name: str) -> None:
        plain = read_collection(small)
        (small / f"{name}.gz").write_bytes(gzip.compress((small / name).read_bytes()))
        (small / name).unlink()
        assert read_collection(small) == plain

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: "\ufeff" + text,
            lambda text: text.replace("\n", "\r\n"),
            lambda text: text.replace("\n", "\n\n"),
        ],
        ids=["byte-order mark", "CRLF", "blank lines"],
    )
    @pytest.mark.parametrize("name", [DOCS, QUERY_FILE, QRELS])
    def test_marks_of_editors_read_the_same(
        self, small: Path, name: str, change: Callable[[str], str]
    ) -> None:
        plain = read_collection(small)
        changed = change((small / name).read_text("utf-8"))
        (small / name).write_bytes(changed.encode())
        assert read_collection(small) == plain

    def test_qrels_columns_may_be_separated_by_spaces(self, small: Path) -> None:
        (small / QRELS).write_text("first 0  olives 1\n", "utf-8")
        (query,) = read_collection(small).queries
        assert query.relevant == {"olives"}

    def test_lone_surrogate_becomes_a_question_mark(self, small: Path) -> None:
        _append(DOCS, '{"id": "x", "title": null, "text": "جسر \\ud800"}\n')(small)
        assert read_collection(small).documents[-1] == TextDocument("x", "", "جسر ?")

    def test_missing_folder_is_named(self, tmp_path: Path) -> None:
        assert _message(tmp_path / "none") == "There is no folder DIR."

    @pytest.mark.parametrize("name", [DOCS, QUERY_FILE, QRELS])
    def test_missing_file_is_named(self, small: Path, name: str) -> None:
        (small / name).unlink()
        assert _message(small) == (
            f"The folder DIR has no {name}. A test collection is "
            "docs.jsonl, queries.jsonl, qrels.tsv."
        )

    @pytest.mark.parametrize(
        ("damage", "sentence"),
        [
            (_append(DOCS, "{\n"), "docs.jsonl, line 9: this is not a JSON object."),
            (_append(DOCS, "[]\n"), "docs.jsonl, line 9: this is not a JSON object."),
            (
                _append(DOCS, "[" * 100_000),
                "docs.jsonl, line 9: this is not a JSON object.",
            ),
            (
                _append(QUERY_FILE, "{'id'}\n"),
                "queries.jsonl, line 8: this is not a JSON object.",
            ),
            (
                _append(DOCS, '{"text": "جسر"}'),
                "docs.jsonl, line 9: the field “id” is missing or holds no text.",
            ),
            (
                _append(DOCS, '{"id": true, "text": "جسر"}'),
                "docs.jsonl, line 9: the field “id” is missing or holds no text.",
            ),
            (
                _append(DOCS, '{"id": " ", "text": "جسر"}'),
                "docs.jsonl, line 9: the id is empty.",
            ),
            (
                _append(DOCS, '{"id": "x", "title": "جسر"}'),
                "docs.jsonl, line 9: the field “text” is missing or holds no text.",
            ),
            (
                _append(DOCS, '{"id": "x", "title": 3, "text": "جسر"}'),
                "docs.jsonl, line 9: the field “title” is missing or holds no text.",
            ),
            (
                _append(QUERY_FILE, '{"id": "x", "text": ["جسر"]}'),
                "queries.jsonl, line 8: the field “text” is missing or holds no text.",
            ),
            (
                _append(DOCS, '{"id": "8", "text": "جسر"}'),
                "docs.jsonl, line 9: the id “8” occurs twice.",
            ),
            (
                _append(QUERY_FILE, '{"id": "first", "text": "جسر"}'),
                "queries.jsonl, line 8: the id “first” occurs twice.",
            ),
            (_replace(DOCS, b"\n\n"), "docs.jsonl is empty."),
            (_replace(QUERY_FILE, b""), "queries.jsonl is empty."),
            (
                _replace(QRELS, b""),
                "qrels.tsv names no relevant document for any query of queries.jsonl.",
            ),
            (
                _append(QRELS, "first\t0\tno-such\t1\n"),
                "qrels.tsv, line 10: there is no document “no-such” in docs.jsonl.",
            ),
            (
                _append(QRELS, "first\tolives\t1\n"),
                "qrels.tsv, line 10: four columns are expected: query, 0, document, "
                "relevance.",
            ),
            (
                _append(QRELS, "first\t0\tolives\tyes\n"),
                "qrels.tsv, line 10: four columns are expected: query, 0, document, "
                "relevance.",
            ),
            (
                _replace(DOCS, b'{"id": "x", "text": ""}\n{"id": "\xcc\xd3"}'),
                "docs.jsonl, line 2: this is not UTF-8. Convert the file to UTF-8.",
            ),
        ],
    )
    def test_bad_line_is_named_with_its_number(
        self, small: Path, damage: Callable[[Path], object], sentence: str
    ) -> None:
        damage(small)
        assert _message(small) == sentence

    @pytest.mark.parametrize(
        "content",
        [b"no gzip", gzip.compress(lines(QUERIES).encode())[:60]],
        ids=["not gzip", "cut off"],
    )
    def test_damaged_gzip_file_is_named(self, small: Path, content: bytes) -> None:
        (small / QUERY_FILE).unlink()
        (small / f"{QUERY_FILE}.gz").write_bytes(content)
        assert _message(small) == (
            "queries.jsonl.gz is damaged or cut off. Fetch it again."
        )


class TestIterDistractors:
    def test_bodies_are_read_without_titles(self) -> None:
        rows = [
            {"id": "a", "title": "عنوان", "body": "متن"},
            {"id": "b", "text": "نص"},
        ]
        stream = io.BytesIO(lines(rows).encode())
        assert list(iter_distractors(stream, "x", set())) == [
            TextDocument("a", "", "متن"),
            TextDocument("b", "", "نص"),
        ]

    def test_empty_bodies_are_left_out(self) -> None:
        rows = [{"id": "a", "body": " "}, {"id": "b", "body": "متن"}]
        documents = iter_distractors(io.BytesIO(lines(rows).encode()), "x", set())
        assert [document.id for document in documents] == ["b"]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "x is empty."),
            ('{"id": "a", "body": ""}\n', "x is empty."),
            (
                '{"id": "olives", "body": "متن"}\n',
                "x, line 1: the id “olives” occurs twice.",
            ),
            (
                '{"id": "a", "title": "عنوان"}\n',
                "x, line 1: the field “body” is missing or holds no text.",
            ),
            ("{", "x, line 1: this is not a JSON object."),
        ],
    )
    def test_bad_distractors_are_named(self, text: str, sentence: str) -> None:
        with pytest.raises(CollectionError) as caught:
            list(iter_distractors(io.BytesIO(text.encode()), "x", {"olives"}))
        assert str(caught.value) == sentence
