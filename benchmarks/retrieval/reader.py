"""Reads test collections: docs.jsonl, queries.jsonl, qrels.tsv, and distractors.

Each file may be gzipped. The columns of qrels.tsv are TREC's: query, 0, document,
relevance; a document of relevance above 0 is relevant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sized
from collections.abc import Set as AbstractSet
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
QRELS: Final = "qrels.tsv"
QREL_COLUMNS: Final = 4


def read_collection(folder: Path) -> Collection:
    """The test collection in *folder*. Raises CollectionError."""
    paths = [_find(folder, name) for name in (DOCUMENTS, QUERIES, QRELS)]
    documents = _read_documents(paths[0])
    texts = _read_queries(paths[1])
    relevant = _read_qrels(paths[2], {document.id for document in documents})
    queries = tuple(
        JudgedQuery(query_id, text, relevant[query_id])
        for query_id, text in texts.items()
        if query_id in relevant
    )
    if not queries:
        raise CollectionError(
            f"{paths[2]} names no relevant document for any query of {paths[1].name}."
        )
    return Collection(documents, queries, unjudged=len(texts) - len(queries))


def iter_distractors(
    stream: BinaryIO, file: str, known: AbstractSet[str]
) -> Iterator[TextDocument]:
    """The bodies of the articles in *stream*, which are relevant for no query.

    Titles and articles without a body are left out. Raises CollectionError, also for
    an id among *known* and where no article has a body.
    """
    seen = set(known)
    for row in iter_rows(stream, file):
        text = row.text("body", "text")
        if text.strip():
            yield TextDocument(_new_id(row, seen), "", text)
    if len(seen) == len(known):
        raise CollectionError(f"{file} is empty.")


def _find(folder: Path, name: str) -> Path:
    """The path of the file *name* or of its gzipped form."""
    if not folder.is_dir():
        raise CollectionError(f"There is no folder {folder}.")
    for path in (folder / name, folder / f"{name}{GZIP}"):
        if path.is_file():
            return path
    raise CollectionError(
        f"The folder {folder} has no {name}. A test collection is "
        f"{DOCUMENTS}, {QUERIES}, {QRELS}."
    )


def _read_documents(path: Path) -> tuple[TextDocument, ...]:
    seen: set[str] = set()
    with open_packed(path) as stream:
        documents = tuple(
            TextDocument(
                _new_id(row, seen),
                row.text("title") if row.fields.get("title") else "",
                row.text("text"),
            )
            for row in iter_rows(stream, str(path))
        )
    _refuse_empty(path, documents)
    return documents


def _read_queries(path: Path) -> Mapping[str, str]:
    """Query id → text."""
    seen: set[str] = set()
    with open_packed(path) as stream:
        texts = {
            _new_id(row, seen): row.text("text") for row in iter_rows(stream, str(path))
        }
    _refuse_empty(path, texts)
    return texts


def _read_qrels(
    path: Path, documents: AbstractSet[str]
) -> Mapping[str, frozenset[str]]:
    """Query id → ids of its relevant documents, for queries that have any.

    Query ids that are not in queries.jsonl are allowed.
    """
    relevant: dict[str, set[str]] = defaultdict(set)
    with open_packed(path) as stream:
        for location, line in iter_lines(stream, str(path)):
            columns = line.rstrip("\r\n").split("\t" if "\t" in line else None)
            if len(columns) != QREL_COLUMNS or not _is_integer(columns[3]):
                raise location.error(
                    "four columns are expected: query, 0, document, relevance."
                )
            query, _zero, document, relevance = (column.strip() for column in columns)
            if document not in documents:
                raise location.error(
                    f"there is no document “{document}” in docs.jsonl."
                )
            if int(relevance) > 0:
                relevant[query].add(document)
    return {query: frozenset(ids) for query, ids in relevant.items()}


def _is_integer(text: str) -> bool:
    return text.strip().removeprefix("-").isdecimal()


def _new_id(row: Row, seen: set[str]) -> str:
    """The row's id, added to *seen*. Raises CollectionError where it is there."""
    row_id = row.id().strip()
    if not row_id:
        raise row.location.error("the id is empty.")
    if row_id in seen:
        raise row.location.error(f"the id “{row_id}” occurs twice.")
    seen.add(row_id)
    return row_id


def _refuse_empty(path: Path, rows: Sized) -> None:
    if not rows:
        raise CollectionError(f"{path} is empty.")
