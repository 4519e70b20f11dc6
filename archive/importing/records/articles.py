"""Validation of articles: mapped values become an `ArticleRecord`."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from archive.importing.fields import ARTICLE_FIELDS, limits_of
from archive.importing.mapping.columns import MappedRow
from archive.importing.mapping.lookup import is_empty
from archive.importing.paths import split_path
from archive.importing.problems import Note, RecordRefused, excerpt
from archive.importing.records.authorities import build_named_source
from archive.importing.records.authors import read_authors, read_byline
from archive.importing.records.kinds import read_text_kind
from archive.importing.records.nested import (
    build_nested,
    build_nested_actor,
    named_item,
)
from archive.importing.records.publication import (
    read_form_in_file,
    read_publication,
)
from archive.importing.records.validated import (
    ActorRecord,
    ArticleRecord,
    SourceRecord,
    TopicPath,
)
from archive.importing.records.values import Values
from archive.importing.text import shorten
from archive.models import ActorRole, Article, Status

DEFAULT_LANGUAGE: Final = "ar"
LANGUAGE_NAMES: Final[Mapping[str, str]] = {
    "arabic": "ar",
    "العربية": "ar",
    "عربي": "ar",
    "english": "en",
    "french": "fr",
    "ara": "ar",
    "arabe": "ar",
    "eng": "en",
    "fre": "fr",
    "fra": "fr",
    "per": "fa",
    "ota": "ota",
    "ckb": "ckb",
    "الإنجليزية": "en",
    "الفرنسية": "fr",
}
# A subset of BCP 47: "ar", "ar-IQ", "ckb", "ota-Arab"
_LANGUAGE_RE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)

SUPPLIED_TITLE_LENGTH: Final = 80
PARAGRAPH_BREAK: Final = "\n\n"

# A long number that a spreadsheet has rounded: 1.23457E+17
_ROUNDED_RE: Final = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{2}")

# Where objects keep the name of a topic: records, Zotero, feeds as JSON, WordPress.
TOPIC_KEYS: Final = ("name", "tag", "label", "term", "title", "name_ar", "value")
NAME_KEYS: Final = ("name", "name_ar", "name_latin")

SOURCE_CACHE_SIZE: Final = 1024

STATUSES: Final = tuple(Status.values)

# Fields that list actors, with the role that they say; items of the first may say it.
ACTOR_FIELDS_BY_ROLE: Final[Mapping[str, str]] = {
    "actors": "",
    "author_actors": ActorRole.AUTHOR,
    "issuers": ActorRole.ISSUER,
}

_PRINTED_LINES: Final = ("volume", "issue", "pages", "place", "rights")
_LIMITS: Final = limits_of(ARTICLE_FIELDS)


def build_article(mapped: MappedRow) -> tuple[ArticleRecord, list[Note]]:
    """The article and the warnings about it. Raises `RecordRefused`.

    >>> row = MappedRow(1, {"title": "دجلة", "source": "لغة العرب"})
    >>> record, notes = build_article(row)
    >>> record.title, record.source.name_ar, notes
    ('دجلة', 'لغة العرب', [])
    """
    values = Values(mapped, limits=_LIMITS, exact=_is_exact(mapped))
    title, subtitle, body = _texts(values)
    record = ArticleRecord(
        article_id=_article_id(values),
        external_id=_external_id(values),
        title=title,
        subtitle=subtitle,
        body=body,
        language=_language(values),
        source=_source(values),
        byline=read_byline(values),
        authors=read_authors(values),
        url=values.web_address("url"),
        topics=_topics(values),
        actors=tuple(_actors(values)),
        status=values.choice("status", STATUSES),
        acquired_from=values.short_line("acquired_from"),
        acquired_at=values.moment("acquired_at"),
        stated_hash=values.line("content_hash").lower(),
        given=values.given(),
        **_printing(values),
    )
    return record, values.notes


def _printing(values: Values) -> dict[str, Any]:
    """The fields that tell when, where and as what the article was printed."""
    publication = read_publication(values)
    return {
        "published": publication.date,
        "published_is_guessed": publication.is_guessed,
        "published_as_printed": publication.printed,
        "published_in_file": read_form_in_file(values, publication.date),
        "kind": read_text_kind(values),
        **{name: values.short_line(name) for name in _PRINTED_LINES},
    }


def _is_exact(mapped: MappedRow) -> bool:
    """Whether the texts are those of which the record's content hash was made.

    So are those of the archive's own export, which may well write about <p> and &amp;.
    """
    stated = mapped.values.get("content_hash")
    texts = [mapped.values.get(name) or "" for name in ("title", "subtitle", "body")]
    if not stated or not all(isinstance(text, str) for text in texts):
        return False
    title, subtitle, body = map(str, texts)
    article = Article(title=title, subtitle=subtitle, body=body)
    return article.build_content_hash() == stated


def _article_id(values: Values) -> int | None:
    """The number in this archive; None, and a note where it is none."""
    text = values.long_line("article_id")
    if text.isdecimal() and len(text) <= _LIMITS["article_id"]:
        return int(text)
    if text:
        values.note("bad_identifier", "article_id", piece=excerpt(text))
    return None


def _external_id(values: Values) -> str:
    """The identifier; ``""`` and a note where a spreadsheet has rounded it."""
    identifier = values.line("external_id")
    if _ROUNDED_RE.fullmatch(identifier):
        values.note("bad_identifier", "external_id", piece=excerpt(identifier))
        return ""
    return identifier


def _texts(values: Values) -> tuple[str, str, str]:
    """Title, subtitle and body; a title that is too long is prepended to the body."""
    title, body = values.long_line("title"), values.text("body")
    subtitle = values.long_line("subtitle")
    if not title and not body:
        raise RecordRefused(Note("empty"))
    if not title:
        # Square brackets mark a title supplied by the cataloguer (ISBD, area 1).
        first_line = " ".join(body.split("\n", 1)[0].split()) or body
        title = f"[{shorten(first_line, limit=SUPPLIED_TITLE_LENGTH)}]"
        values.note("title_supplied", "title")
    for name, line in (("subtitle", subtitle), ("title", title)):
        if len(line) > _LIMITS[name]:
            values.note("title_shortened", name, limit=_LIMITS[name])
            body = PARAGRAPH_BREAK.join(part for part in (line, body) if part)
    _refuse_long_body(body)
    return (
        shorten(title, limit=_LIMITS["title"]),
        shorten(subtitle, limit=_LIMITS["subtitle"]),
        body,
    )


def _refuse_long_body(body: str) -> None:
    if len(body) > _LIMITS["body"]:
        lengths = {"found": len(body), "limit": _LIMITS["body"]}
        raise RecordRefused(Note("text_too_long", "body", lengths))


def _language(values: Values) -> str:
    language = values.long_line("language")
    if not language:
        return ""
    language = LANGUAGE_NAMES.get(language.lower(), language)
    if len(language) <= _LIMITS["language"] and _LANGUAGE_RE.fullmatch(language):
        return language
    values.note(
        "bad_language", "language", piece=excerpt(language), default=DEFAULT_LANGUAGE
    )
    return ""


def _source(values: Values) -> SourceRecord:
    value = values.raw("source")
    if is_empty(value):
        raise RecordRefused(Note("no_source", "source"))
    if isinstance(value, str):
        return build_nested(values, "source", _build_source_called, value)
    return build_nested(values, "source", build_named_source, named_item(value))


@functools.lru_cache(maxsize=SOURCE_CACHE_SIZE)
def _build_source_called(name: str) -> tuple[SourceRecord, list[Note]]:
    """`build_named_source` of a name, cached: most records of a file share a few."""
    return build_named_source({"name": name})


def _topics(values: Values) -> tuple[TopicPath, ...]:
    """The distinct paths of topics, in the record's order.

    >>> row = MappedRow(1, {"topics": ["تاريخ / صحافة"]})
    >>> _topics(Values(row, limits=_LIMITS))
    (('تاريخ', 'صحافة'),)
    """
    paths = []
    for item in values.items("topics"):
        value = _topic_name(item)
        steps = split_path(value) if isinstance(value, str) else [value]
        path = tuple(values.item("topics", step) for step in steps)
        paths.append(tuple(step for step in path if step))
    if not all(paths):
        values.note("nameless_item", "topics")
    return tuple(path for path in dict.fromkeys(paths) if path)


def _topic_name(item: object) -> object:
    """The name of a topic, of an object too; None for the number of a category."""
    if isinstance(item, dict):
        return next((item[key] for key in TOPIC_KEYS if item.get(key)), None)
    is_number = isinstance(item, int | float) and not isinstance(item, bool)
    return None if is_number else item


def _actors(values: Values) -> Iterator[ActorRecord]:
    for field, role in ACTOR_FIELDS_BY_ROLE.items():
        for item in values.items(field):
            if _is_nameless(item):
                values.note("nameless_item", field)
                continue
            record = build_nested_actor(values, field, item)
            yield replace(record, role=role) if role else record


def _is_nameless(item: object) -> bool:
    named = named_item(item)
    return all(is_empty(named.get(key)) for key in NAME_KEYS)
