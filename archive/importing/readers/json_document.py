"""The reader of JSON that is one document: a list, an object, or one that wraps a list.

CSL-JSON, exports of Zotero and of sites, and JSON that was indented for people. A
document is read whole, so its size is bounded; JSON Lines have no such bound.
"""

import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from archive.importing.fields import all_headings, fold_heading
from archive.importing.problems import FileUnreadable, Note, excerpt, json_type_name
from archive.importing.readers.jsonl import read_constant
from archive.importing.readers.lines import MEBIBYTE
from archive.importing.readers.rows import Read, Refusal, Remark, Row

MAX_DOCUMENT: Final = 256 * MEBIBYTE
# How deep a list of records may be wrapped: {"response": {"results": […]}}.
_MAX_DEPTH: Final = 4
_JSON_LINES_ADVICE: Final = "jq -c '.[]' FILE > records.jsonl"


def iter_document_rows(stream: BinaryIO) -> Iterator[Read]:
    """A row for each record of the document, numbered from 1.

    Raises `FileUnreadable` for what is no JSON and for a document that is too large.
    """
    document = _load(stream)
    path, records = find_records(document)
    if path:
        yield Remark(0, Note("list_found", values={"path": path}))
    for number, record in enumerate(records, start=1):
        if isinstance(record, dict):
            yield Row(number, _unwrap(record))
        else:
            kind = {"kind": json_type_name(record)}
            yield Refusal(number, Note("not_object", values=kind))


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
        found = list(_iter_lists(document, "", 0))
        if _is_record(document) or not found:
            return "", [document]
        return max(found, key=lambda pair: len(pair[1]))
    raise FileUnreadable(
        _("The file holds %(kind)s; records are JSON objects, one a line or in a list.")
        % {"kind": json_type_name(document)}
    )


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
    """
    for name in ("_source", "article", "node", "record", "doc"):
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
