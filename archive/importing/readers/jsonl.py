"""The reader of JSON Lines: one JSON object a line."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from archive.importing.problems import Note, RecordRefused, excerpt, json_type_name
from archive.importing.readers.lines import Line, decode_line
from archive.importing.readers.rows import Refusal, Row

# Separators in a line; the memory of a value can be many times its text.
MAX_VALUES: Final = 1_000_000


def iter_json_rows(lines: Iterable[Line]) -> Iterator[Row | Refusal]:
    """A row for every line with a JSON object, a refusal for any other line.

    Blank lines are skipped.

    >>> list(iter_json_rows([Line(1, '{"title": "دجلة"}'.encode())]))
    [Row(line=1, columns={'title': 'دجلة'})]
    """
    identifier = None
    for line in lines:
        if line.fault:
            yield Refusal(line.number, line.fault)
            continue
        if not line.content.strip():
            continue
        try:
            record = read_object(line.content)
            if (action := _bulk_action(record)) is not None:
                identifier = action.get("_id")
                continue
            if identifier is not None:
                record.setdefault("_id", identifier)
                identifier = None
            yield Row(line.number, record)
        except RecordRefused as refused:
            yield Refusal(line.number, refused.note)


def _bulk_action(record: dict[str, object]) -> dict[str, object] | None:
    """What a line of an Elasticsearch bulk file says of the next one; None otherwise.

    >>> _bulk_action({"index": {"_id": "7"}}), _bulk_action({"title": "خبر"})
    ({'_id': '7'}, None)
    """
    if len(record) != 1:
        return None
    action = record.get("index", record.get("create"))
    return action if isinstance(action, dict) else None


def read_object(content: bytes) -> dict[str, object]:
    """The JSON object of a line. Raises `RecordRefused` for anything else."""
    signs = (b",", b"[", b"{")
    is_long = len(content) > MAX_VALUES
    if is_long and sum(map(content.count, signs)) > MAX_VALUES:
        raise RecordRefused(Note("too_many_values", values={"limit": MAX_VALUES}))
    text = decode_line(content)
    try:
        value = _DECODER.decode(text)
    except RecursionError as error:
        raise RecordRefused(Note("too_deep")) from error
    except ValueError as error:
        detail = {"detail": excerpt(str(error))}
        raise RecordRefused(Note("not_json", values=detail)) from error
    if not isinstance(value, dict):
        raise RecordRefused(Note("not_object", values={"kind": json_type_name(value)}))
    return value


def read_constant(name: str) -> None:
    """NaN and infinities, which are no JSON: they stand for nothing."""
    del name


# `json.loads` would make one for each line.
_DECODER: Final = json.JSONDecoder(parse_constant=read_constant)
