"""Parsing of the options and of the JSON file that describe a mapping.

A rule is a list of alternatives, of which the first with a value is used; an
alternative is one column, or several that are combined. ``title=headline,name`` reads
one of two columns, ``actors=persons:person+places:place`` joins two lists and sets the
kind of their actors. A dot is a step into an object: ``wikidata_id=ids.wiki``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from archive.importing.fields import ACTOR_KIND_SYNONYMS, RecordField
from archive.importing.mapping.columns import Alternative, Column, FieldMapping
from archive.models import ActorKind

ALTERNATIVE: Final = ","
TOGETHER: Final = "+"
KIND: Final = ":"
_SIGNS: Final = (ALTERNATIVE, TOGETHER)
ACTOR_KINDS: Final = frozenset({*ActorKind.values, *ACTOR_KIND_SYNONYMS})
FIELD_WITH_KINDS: Final = "actors"


class MappingError(ValueError):
    """The mapping is invalid; the message says what is valid."""


def build_mapping(
    fields: tuple[RecordField, ...],
    *,
    written: Mapping[str, object] | None = None,
    constants: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    defaults: Mapping[str, str] | None = None,
) -> FieldMapping:
    """The mapping of the options, and of the usual column names for other fields.

    *written* are the columns of fields in the notation of `read_rules`, *constants* the
    values that every record gets. *columns* are the field of each column, chosen by
    hand: others are not taken then. Raises `MappingError`.
    """
    rules = {field.name: _default_rule(field) for field in fields}
    known = tuple(rules)
    if columns is not None:
        rules = _chosen_rules(fields, columns)
    named = written or {}
    for name, text in named.items():
        rules[_known(name, known)] = _parse_columns(name, text)
    fixed = {_known(name, known): value for name, value in (constants or {}).items()}
    filled = {name: value for name, value in (defaults or {}).items() if value}
    return FieldMapping(fields, rules, fixed, filled, frozenset(named))


def read_rules(maps: Sequence[str] = (), file: Path | None = None) -> dict[str, object]:
    """The columns of fields as they are written: *maps* are ``field=columns``.

    The *file* holds a JSON object of fields and columns, which *maps* override. Raises
    `MappingError`.
    """
    return {**dict(_read_file(file) if file else ()), **read_constants(maps)}


def read_constants(sets: Sequence[str]) -> dict[str, str]:
    """The values of fields, written as ``field=value``. Raises `MappingError`."""
    return dict(_split_option(text) for text in sets)


def _default_rule(field: RecordField) -> tuple[Alternative, ...]:
    return tuple((Column(path),) for path in (field.path, *field.synonyms))


def _chosen_rules(
    fields: tuple[RecordField, ...], columns: Mapping[str, str]
) -> dict[str, tuple[Alternative, ...]]:
    """The rules for columns that were chosen; several of one field are combined.

    A field inside an object is taken from it as usual, where the object is left alone.
    """
    rules: dict[str, tuple[Alternative, ...]] = {}
    for field in fields:
        chosen = tuple(
            Column(path) for path, name in columns.items() if name == field.name
        )
        outer, dot, _inner = field.path.partition(".")
        if chosen:
            rules[field.name] = (chosen,)
        elif dot and not columns.get(outer):
            rules[field.name] = ((Column(field.path),),)
        else:
            rules[field.name] = ()
    return rules


def _known(name: str, known: Sequence[str]) -> str:
    if name in known:
        return name
    raise MappingError(
        _("“%(name)s” is not a field of the record. The fields are: %(known)s.")
        % {"name": name, "known": ", ".join(known)}
    )


def _split_option(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if equals and name.strip():
        return name.strip(), value
    raise MappingError(
        _("“%(text)s” is not understood: write FIELD=COLUMN, for instance body=text.")
        % {"text": text}
    )


def _parse_columns(name: str, columns: object) -> tuple[Alternative, ...]:
    """The rule written as a text, or as a list of alternatives in a mapping file.

    >>> _parse_columns("actors", "persons:person+places:place")[1][1]
    Column(path='places', kind='place', is_whole=False)
    """
    if isinstance(columns, str):
        alternatives: Sequence[object] = columns.split(ALTERNATIVE)
    elif isinstance(columns, list):
        alternatives = columns
    else:
        alternatives = ()
    rule = tuple(tuple(_parse_together(name, item)) for item in alternatives)
    if isinstance(columns, str) and any(sign in columns for sign in _SIGNS):
        # A column may be called "Title, Arabic"; then it comes before its parts.
        rule = ((Column(columns.strip(), is_whole=True),), *rule)
    if not rule or not all(rule):
        raise MappingError(
            _("The field “%(name)s” has no column: write for instance %(name)s=text.")
            % {"name": name}
        )
    return rule


def _parse_together(name: str, item: object) -> Iterator[Column]:
    parts = item.split(TOGETHER) if isinstance(item, str) else item
    for part in parts if isinstance(parts, list) else ():
        if not isinstance(part, str) or not part.strip():
            continue
        path, kind = part.strip(), ""
        if name == FIELD_WITH_KINDS and KIND in path:
            before, _, last = path.rpartition(KIND)
            # dcterms:creator is a name; "creator" is no kind of actor.
            if last.lower() in ACTOR_KINDS:
                path, kind = before, last
        yield Column(path, kind)


def _read_file(file: Path) -> Iterator[tuple[str, object]]:
    try:
        content = json.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise MappingError(
            _("The mapping %(path)s cannot be read: %(detail)s.")
            % {"path": file, "detail": error}
        ) from error
    if not isinstance(content, dict):
        raise MappingError(
            _("The mapping %(path)s must be a JSON object of fields and columns.")
            % {"path": file}
        )
    yield from content.items()
