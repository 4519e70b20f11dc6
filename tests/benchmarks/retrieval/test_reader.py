"""Test collections as files: what is read, and what is refused in which words."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.retrieval.collection import CollectionError, TextDocument
from benchmarks.retrieval.reader import iter_distractors, read_collection
from tests.benchmarks.retrieval.small_collection import DOCUMENTS, QUERIES, lines

DOCS, ASKED, QRELS = "docs.jsonl", "queries.jsonl", "qrels.tsv"


def _append(name: str, text: str) -> Callable[[Path], object]:
    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(path.read_text("utf-8") + text, "utf-8")

    return change


def _replace(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(content)


def _refusal(folder: Path) -> str:
    with pytest.raises(CollectionError) as caught:
        read_collection(folder)
    return str(caught.value).replace(f"{folder}/", "").replace(str(folder), "DIR")


class TestReadCollection:
    def test_it_reads_documents_and_judged_queries(self, small: Path) -> None:
        found = read_collection(small)
        assert len(found.documents) == len(DOCUMENTS)
        assert found.documents[0].title == "ترميم جسر الملك فيصل"
        assert found.documents[-1].id == "8"
        assert {query.id: query.relevant for query in found.queries} == {
            "first": {"olives"},
            "second": {"bridge-new"},
            "not found": {"8"},
            "without words": {"library"},
            "proclitics": {"prices"},
            "two answers": {"book-fair", "library"},
        }

    def test_it_counts_queries_that_nothing_answers(self, small: Path) -> None:
        assert read_collection(small).unjudged == 1

    @pytest.mark.parametrize("name", [DOCS, ASKED, QRELS])
    def test_each_file_may_be_packed(self, small: Path, name: str) -> None:
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
        ids=["byte-order mark", "line ends of Windows", "blank lines"],
    )
    @pytest.mark.parametrize("name", [DOCS, ASKED, QRELS])
    def test_habits_of_editors_change_nothing(
        self, small: Path, name: str, change: Callable[[str], str]
    ) -> None:
        plain = read_collection(small)
        changed = change((small / name).read_text("utf-8"))
        (small / name).write_bytes(changed.encode())
        assert read_collection(small) == plain

    def test_qrels_may_have_blanks_between_columns(self, small: Path) -> None:
        (small / QRELS).write_text("first 0  olives 1\n", "utf-8")
        (query,) = read_collection(small).queries
        assert query.relevant == {"olives"}

    def test_half_a_surrogate_pair_becomes_a_question_mark(self, small: Path) -> None:
        _append(DOCS, '{"id": "x", "title": null, "text": "جسر \\ud800"}\n')(small)
        assert read_collection(small).documents[-1] == TextDocument("x", "", "جسر ?")

    def test_it_says_that_a_folder_is_missing(self, tmp_path: Path) -> None:
        assert _refusal(tmp_path / "none") == "There is no folder DIR."

    @pytest.mark.parametrize("name", [DOCS, ASKED, QRELS])
    def test_it_says_which_file_is_missing(self, small: Path, name: str) -> None:
        (small / name).unlink()
        assert _refusal(small) == (
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
                _append(ASKED, "{'id'}\n"),
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
                _append(ASKED, '{"id": "x", "text": ["جسر"]}'),
                "queries.jsonl, line 8: the field “text” is missing or holds no text.",
            ),
            (
                _append(DOCS, '{"id": "8", "text": "جسر"}'),
                "docs.jsonl, line 9: the id “8” occurs twice.",
            ),
            (
                _append(ASKED, '{"id": "first", "text": "جسر"}'),
                "queries.jsonl, line 8: the id “first” occurs twice.",
            ),
            (_replace(DOCS, b"\n\n"), "docs.jsonl is empty."),
            (_replace(ASKED, b""), "queries.jsonl is empty."),
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
    def test_it_says_what_is_wrong_and_where(
        self, small: Path, damage: Callable[[Path], object], sentence: str
    ) -> None:
        damage(small)
        assert _refusal(small) == sentence

    @pytest.mark.parametrize(
        "content",
        [b"no gzip", gzip.compress(lines(QUERIES).encode())[:60]],
        ids=["never packed", "cut off"],
    )
    def test_it_says_that_a_packed_file_is_damaged(
        self, small: Path, content: bytes
    ) -> None:
        (small / ASKED).unlink()
        (small / f"{ASKED}.gz").write_bytes(content)
        assert _refusal(small) == (
            "queries.jsonl.gz is damaged or cut off. Fetch it again."
        )


class TestIterDistractors:
    def test_it_gives_bodies_without_titles(self) -> None:
        rows = [
            {"id": "a", "title": "عنوان", "body": "متن"},
            {"id": "b", "text": "نص"},
        ]
        stream = io.BytesIO(lines(rows).encode())
        assert list(iter_distractors(stream, "x", set())) == [
            TextDocument("a", "", "متن"),
            TextDocument("b", "", "نص"),
        ]

    def test_it_leaves_out_empty_bodies(self) -> None:
        rows = [{"id": "a", "body": " "}, {"id": "b", "body": "متن"}]
        found = iter_distractors(io.BytesIO(lines(rows).encode()), "x", set())
        assert [document.id for document in found] == ["b"]

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
    def test_it_says_what_is_wrong(self, text: str, sentence: str) -> None:
        with pytest.raises(CollectionError) as caught:
            list(iter_distractors(io.BytesIO(text.encode()), "x", {"olives"}))
        assert str(caught.value) == sentence
