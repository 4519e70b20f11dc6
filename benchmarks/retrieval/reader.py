"""Reads test collections: docs.jsonl, queries.jsonl, qrels.tsv, and distractors.

Each file may be packed (.gz). The columns of qrels.tsv are TREC's: query, a zero,
document, relevance; above 0 the document answers the query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection as Known
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from benchmarks.retrieval.collection import (
    Collection,
    CollectionError,
    JudgedQuery,
    TextDocument,
)
from benchmarks.retrieval.rows import GZIP, Row, iter_lines, iter_rows, open_packed

DOCUMENTS: Final = "docs.jsonl"
QUERIES: Final = "queries.jsonl"
JUDGMENTS: Final = "qrels.tsv"
QREL_COLUMNS: Final = 4


def read_collection(folder: Path) -> Collection:
    """The test collection in *folder*; raises CollectionError."""
    paths = [_find(folder, name) for name in (DOCUMENTS, QUERIES, JUDGMENTS)]
    documents = _read_documents(paths[0])
    texts = _read_queries(paths[1])
    relevant = _read_judgments(paths[2], {document.id for document in documents})
    queries = tuple(
        JudgedQuery(one, text, relevant[one])
        for one, text in texts.items()
        if one in relevant
    )
    if not queries:
        raise CollectionError(
            f"{paths[2]} names no relevant document for any query of {paths[1].name}."
        )
    return Collection(documents, queries, unjudged=len(texts) - len(queries))


def iter_distractors(
    stream: BinaryIO, file: str, known: Known[str]
) -> Iterator[TextDocument]:
    """The bodies of the articles in *stream*, which answer no query.

    Titles are left out, and so are articles without a body. Raises CollectionError,
    also for an id that is among *known* and where there is no body at all.
    """
    seen = set(known)
    for row in iter_rows(stream, file):
        text = row.text("body", "text")
        if text.strip():
            yield TextDocument(_unseen(row, seen), "", text)
    if len(seen) == len(known):
        raise CollectionError(f"{file} is empty.")


def _find(folder: Path, name: str) -> Path:
    """The file *name* or its packed form."""
    if not folder.is_dir():
        raise CollectionError(f"There is no folder {folder}.")
    for path in (folder / name, folder / f"{name}{GZIP}"):
        if path.is_file():
            return path
    raise CollectionError(
        f"The folder {folder} has no {name}. A test collection is "
        f"{DOCUMENTS}, {QUERIES}, {JUDGMENTS}."
    )


def _read_documents(path: Path) -> tuple[TextDocument, ...]:
    seen: set[str] = set()
    with open_packed(path) as stream:
        found = tuple(
            TextDocument(
                _unseen(row, seen),
                row.text("title") if row.fields.get("title") else "",
                row.text("text"),
            )
            for row in iter_rows(stream, str(path))
        )
    _refuse_empty(path, found)
    return found


def _read_queries(path: Path) -> Mapping[str, str]:
    seen: set[str] = set()
    with open_packed(path) as stream:
        found = {
            _unseen(row, seen): row.text("text") for row in iter_rows(stream, str(path))
        }
    _refuse_empty(path, found)
    return found


def _read_judgments(path: Path, documents: set[str]) -> Mapping[str, frozenset[str]]:
    """Query id → ids of its relevant documents, for queries that have any.

    Queries that are not asked may be judged.
    """
    relevant: dict[str, set[str]] = defaultdict(set)
    with open_packed(path) as stream:
        for place, line in iter_lines(stream, str(path)):
            columns = line.rstrip("\r\n").split("\t" if "\t" in line else None)
            if len(columns) != QREL_COLUMNS or not _is_number(columns[3]):
                raise place.error(
                    "four columns are expected: query, 0, document, relevance."
                )
            query, _zero, document, relevance = (one.strip() for one in columns)
            if document not in documents:
                raise place.error(f"there is no document “{document}” in docs.jsonl.")
            if int(relevance) > 0:
                relevant[query].add(document)
    return {query: frozenset(found) for query, found in relevant.items()}


def _is_number(text: str) -> bool:
    return text.strip().removeprefix("-").isdecimal()


def _unseen(row: Row, seen: set[str]) -> str:
    """The row's id, which is from now on among *seen*."""
    found = row.id().strip()
    if not found:
        raise row.place.error("the id is empty.")
    if found in seen:
        raise row.place.error(f"the id “{found}” occurs twice.")
    seen.add(found)
    return found


def _refuse_empty(path: Path, found: Iterable[object]) -> None:
    if not any(True for _one in found):
        raise CollectionError(f"{path} is empty.")
