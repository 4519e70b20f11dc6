"""The reader of JSON that is one document: a list, an object, or one that wraps a list.

CSL-JSON, exports of Zotero and of sites, and JSON that was indented for people. A
document is read whole, so its size is bounded; JSON Lines have no such bound.
"""

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from archive.importing.fields import ARTICLE_FIELDS, all_headings, fold_heading
from archive.importing.problems import FileUnreadable, Note, excerpt, json_type_name
from archive.importing.readers.jsonl import read_constant
from archive.importing.readers.lines import MEBIBYTE
from archive.importing.readers.rows import Read, Refusal, Remark, Row

MAX_DOCUMENT: Final = 256 * MEBIBYTE
# How deep a list of records may be wrapped: {"response": {"results": […]}}.
_MAX_DEPTH: Final = 4
# Objects within records that are the record: Elasticsearch, MongoDB, GeoJSON, JSON:API,
# Django's dumpdata and Airtable, Reddit.
_WRAPPERS: Final = (
    "_source", "article", "node", "record", "doc", "properties", "attributes",
    "fields", "data", "item",
)  # fmt: skip
_JSON_LINES_ADVICE: Final = "jq -c '.[]' FILE > records.jsonl"


def iter_document_rows(stream: BinaryIO) -> Iterator[Read]:
    """A row for each record of the document, numbered from 1.

    Raises `FileUnreadable` for what is no JSON and for a document that is too large.
    """
    document = read_columns(_load(stream))
    path, records = find_records(document)
    if path:
        yield Remark(0, Note("list_found", values={"path": path}))
    # The title of a feed is the name of the source of its items.
    title = document.get("title") if path and isinstance(document, dict) else None
    about = {"container": title} if isinstance(title, str) else {}
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict):
            yield Row(number, {**about, **_unwrap(record)})
        else:
            kind = {"kind": json_type_name(record)}
            yield Refusal(number, Note("not_object", values=kind))


def read_columns(document: object) -> object:
    """A table in JSON as a list of objects; any other document as it is.

    >>> read_columns([["title", "text"], ["خبر", "نص"]])
    [{'title': 'خبر', 'text': 'نص'}]
    >>> read_columns({"columns": ["title"], "data": [["خبر"]]})
    [{'title': 'خبر'}]
    >>> read_columns({"title": {"0": "خبر"}, "text": {"0": "نص"}})
    [{'title': 'خبر', 'text': 'نص'}]
    """
    if isinstance(document, list) and document and _is_heading(document[0]):
        return _rows_of(document[0], document[1:])
    if not isinstance(document, dict):
        return document
    columns, rows = document.get("columns"), document.get("data")
    if isinstance(rows, list) and _is_heading(columns):
        return _rows_of(columns, rows)
    return _by_column(document) if _is_heading(list(document)) else document


def _is_heading(names: object) -> bool:
    """Whether it is a list of names, of which one at least is known."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return False
    return any(fold_heading(name) in all_headings() for name in names)


def _rows_of(names: Any, rows: Sequence[object]) -> list[object]:
    """The rows of values as objects; what is no row stays, to be refused."""
    return [
        dict(zip(names, row, strict=False)) if isinstance(row, list) else row
        for row in rows
    ]


def _by_column(document: Mapping[str, Any]) -> object:
    """The records of columns, each an object of values by number, as pandas writes."""
    first = next(iter(document.values()))
    is_table = isinstance(first, dict) and all(
        isinstance(column, dict) and column.keys() == first.keys()
        for column in document.values()
    )
    if not is_table or not all(str(key).isdecimal() for key in first):
        return document
    return [{name: column[key] for name, column in document.items()} for key in first]


def find_records(document: object) -> tuple[str, list[object]]:
    """The path of the list of records, ``""`` at the top, and the list.

    An object that holds fields of a record is one record. Raises `FileUnreadable` where
    there is neither.

    >>> find_records({"news": [{"title": "دجلة"}], "total": 1})
    ('news', [{'title': 'دجلة'}])
    >>> find_records({"title": "دجلة", "tags": []})
    ('', [{'title': 'دجلة', 'tags': []}])
    """
    if isinstance(document, list):
        return "", document
    if isinstance(document, dict):
        if keyed := _records_by_key(document):
            return "", keyed
        found = list(_iter_lists(document, "", 0))
        is_feed = not _has_text(document) and any(
            isinstance(each[0], dict) and _is_record(each[0]) for _, each in found
        )
        if not found or (_is_record(document) and not is_feed):
            return "", [document]
        return max(found, key=lambda pair: len(pair[1]))
    raise FileUnreadable(
        _("The file holds %(kind)s; records are JSON objects, one a line or in a list.")
        % {"kind": json_type_name(document)}
    )


def _records_by_key(document: Mapping[str, object]) -> list[object]:
    """The records of an object that has one for each key, which is their ``id``."""
    inner = [each for each in document.values() if isinstance(each, dict)]
    if len(inner) != len(document) or not any(map(_is_record, inner)):
        return []
    return [
        {"id": key, **each} for key, each in document.items() if isinstance(each, dict)
    ]


def _has_text(node: Mapping[str, object]) -> bool:
    return bool({fold_heading(name) for name in node} & _text_names())


@functools.cache
def _text_names() -> frozenset[str]:
    body = next(field for field in ARTICLE_FIELDS if field.name == "body")
    names = {"body", *body.synonyms} - {"description", "abstract"}
    return frozenset(map(fold_heading, names))


def _iter_lists(
    node: Mapping[str, object], path: str, depth: int
) -> Iterator[tuple[str, list[object]]]:
    """The lists of objects below *node*, with their dotted paths."""
    for name, value in node.items():
        inner = f"{path}.{name}" if path else name
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield inner, value
        elif isinstance(value, dict) and depth < _MAX_DEPTH:
            if value and all(isinstance(each, dict) for each in value.values()):
                # Records by their keys: {"1": {…}, "2": {…}}.
                yield inner, list(value.values())
            yield from _iter_lists(value, inner, depth + 1)


def _is_record(node: Mapping[str, object]) -> bool:
    """Whether the object has a title or text of its own."""
    names = {fold_heading(name) for name, value in node.items() if _is_filled(value)}
    titles = {fold_heading(name) for name in ("title", "headline", "body", "العنوان")}
    return bool(names & titles) and bool(names & all_headings())


def _is_filled(value: object) -> bool:
    # {"title": "My feed", "items": […]}: a title alone makes no record of a wrapper.
    return isinstance(value, str | dict) and bool(value)


def _unwrap(record: Mapping[str, object]) -> Mapping[str, object]:
    """The record itself where an object of one name wraps it, as MongoDB and APIs do.

    >>> _unwrap({"article": {"title": "دجلة"}})
    {'title': 'دجلة'}
    >>> _unwrap({"id": "7", "attributes": {"title": "دجلة"}})
    {'title': 'دجلة', 'id': '7'}
    """
    for name in _WRAPPERS:
        inner = record.get(name)
        if isinstance(inner, dict) and _is_record(inner) and not _is_record(record):
            return {**inner, **{key: record[key] for key in record if key != name}}
    return record


def _load(stream: BinaryIO) -> object:
    content = stream.read(MAX_DOCUMENT + 1)
    if len(content) > MAX_DOCUMENT:
        raise FileUnreadable(
            _(
                "The JSON document is larger than %(limit)s MiB. Write one object a"
                " line (JSON Lines), for instance: %(command)s"
            )
            % {"limit": MAX_DOCUMENT // MEBIBYTE, "command": _JSON_LINES_ADVICE}
        )
    try:
        return json.loads(content, parse_constant=read_constant)
    except UnicodeDecodeError as error:
        raise FileUnreadable(_("The JSON document is not in UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(
            _(
                "The file is no JSON: %(detail)s. Write one object a line (JSON Lines),"
                " or a list of objects."
            )
            % {"detail": excerpt(str(error))}
        ) from error
