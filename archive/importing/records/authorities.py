"""Validation of sources, topics and actors: mapped values become records."""

import functools
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from archive.dates import PartialDate
from archive.importing.fields import (
    ACTOR_FIELDS,
    ACTOR_KIND_SYNONYMS,
    SOURCE_FIELDS,
    TOPIC_FIELDS,
    RecordField,
    limits_of,
)
from archive.importing.identifiers import VIAF_RE, WIKIDATA_RE, read_reference
from archive.importing.mapping.columns import FieldMapping, MappedRow
from archive.importing.mapping.lookup import is_empty
from archive.importing.mapping.options import build_mapping
from archive.importing.problems import Note, RecordRefused, excerpt
from archive.importing.readers import Row
from archive.importing.records.kinds import read_source_kind
from archive.importing.records.validated import ActorRecord, SourceRecord, TopicRecord
from archive.importing.records.values import Values
from archive.models import ActorKind, ActorRole

ACTOR_KINDS: Final = tuple(ActorKind.values)

# The language of a literal in linked data: القدس@ar
_LANGUAGE_RE: Final = re.compile(r"@[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")

REFERENCE: Final = "ref"
MENTION: Final = "name"
ROLE: Final = "role"


def build_source(mapped: MappedRow) -> tuple[SourceRecord, list[Note]]:
    """The source and the warnings about it. Raises `RecordRefused`."""
    values = Values(mapped, limits=limits_of(SOURCE_FIELDS))
    name_ar, name_latin = _names(values)
    record = SourceRecord(
        name_ar=name_ar,
        slug=values.slug("slug"),
        name_latin=name_latin,
        kind=read_source_kind(values),
        place=values.line("place"),
        home_page=values.web_address("home_page"),
        given=values.given(),
    )
    return record, values.notes


def build_named_source(
    value: Mapping[str, object],
) -> tuple[SourceRecord, list[Note]]:
    """The source in an article's record: an object with all fields or a name only."""
    return build_source(_inner_mapping(SOURCE_FIELDS).apply(Row(0, value)))


def build_topic(mapped: MappedRow) -> tuple[TopicRecord, list[Note]]:
    """The topic and the warnings about it. Raises `RecordRefused`."""
    values = Values(mapped, limits=limits_of(TOPIC_FIELDS))
    name_ar, name_latin = _names(values)
    record = TopicRecord(
        name_ar=name_ar,
        slug=values.slug("slug"),
        name_latin=name_latin,
        parent=values.line("parent"),
        given=values.given(),
    )
    return record, values.notes


def build_actor(mapped: MappedRow) -> tuple[ActorRecord, list[Note]]:
    """The actor and the warnings about it. Raises `RecordRefused`."""
    values = Values(mapped, limits=limits_of(ACTOR_FIELDS))
    return _actor(values, kind=_kind(values, is_strict=True)), values.notes


def build_mention(value: Mapping[str, object]) -> tuple[ActorRecord, list[Note]]:
    """The actor in an article's record. Raises `RecordRefused`.

    An object with ``name`` is a mention, one with ``name_ar`` a full description;
    ``ref`` contains prefixed identifiers, ``role`` what the actor is to the article.
    """
    reference = value.get(REFERENCE)
    identifiers = read_reference(reference) if isinstance(reference, str) else {}
    row = Row(0, {**identifiers, **value})
    mapped = _inner_mapping(ACTOR_FIELDS).apply(row)
    values = Values(mapped, limits=limits_of(ACTOR_FIELDS))
    kind = _kind(values, is_strict=False)
    is_mention = MENTION in value and "name_ar" not in value
    record = _actor(values, kind=kind, is_mention=is_mention)
    return replace(record, role=_role(values, value.get(ROLE))), values.notes


def _actor(values: Values, *, kind: str, is_mention: bool = False) -> ActorRecord:
    name_ar, name_latin = _names(values)
    aliases = [
        _LANGUAGE_RE.sub("", values.item("aliases", item))
        for item in values.items("aliases")
    ]
    first_id, *other_ids = values.line("authority_id").split() or [""]
    own_names = {name_ar, name_latin, ""}
    return ActorRecord(
        name_ar=name_ar,
        slug=values.slug("slug"),
        kind=kind,
        name_latin=name_latin,
        aliases=tuple(name for name in dict.fromkeys(aliases) if name not in own_names),
        description=values.text("description"),
        began=_life_date(values, "began"),
        ended=_life_date(values, "ended"),
        wikidata_id=values.identifier("wikidata_id", WIKIDATA_RE),
        viaf_id=values.identifier("viaf_id", VIAF_RE),
        authority_id=first_id,
        other_ids=tuple(other_ids),
        is_mention=is_mention,
        given=values.given(),
    )


def _names(values: Values) -> tuple[str, str]:
    """The Arabic and the Latin name; a missing Arabic name is taken from the Latin."""
    name_ar, name_latin = values.line("name_ar"), values.line("name_latin")
    if not name_ar and not name_latin:
        raise RecordRefused(Note("no_name", "name_ar"))
    return name_ar or name_latin, name_latin


def _kind(values: Values, *, is_strict: bool) -> str:
    kind = values.long_line("kind").lower()
    kind = ACTOR_KIND_SYNONYMS.get(kind, kind)
    if not kind or kind in ACTOR_KINDS:
        return kind
    if is_strict:
        known = {"piece": excerpt(kind), "known": ", ".join(ACTOR_KINDS)}
        raise RecordRefused(Note("bad_choice", "kind", known))
    values.note("bad_kind", "actors", piece=excerpt(kind), default=ActorKind.PERSON)
    return ""


def _role(values: Values, written: object) -> str:
    if is_empty(written) or written in ActorRole.values:
        return str(written or "").strip()
    values.note("unknown_role", "actors", piece=excerpt(written))
    return ""


def _life_date(values: Values, name: str) -> str:
    text = values.long_line(name)
    if not text:
        return ""
    try:
        return PartialDate.from_iso(text).iso()
    except ValueError:
        values.note("bad_life_date", name, piece=excerpt(text))
        return ""


@functools.cache
def _inner_mapping(fields: tuple[RecordField, ...]) -> FieldMapping:
    return build_mapping(fields)
