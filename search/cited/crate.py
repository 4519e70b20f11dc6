"""RO-Crate 1.1: a cited search as a research object, with its results then and now."""

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from search.cited.comparing import Comparison
from search.cited.results import unpack
from search.models import CitedSearch

CONTENT_TYPE: Final = "application/zip"
_CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
_METADATA: Final = "ro-crate-metadata.json"
_TABLE: Final = "results.csv"
_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.1"

Entity = dict[str, object]


@dataclass(frozen=True, slots=True)
class Origin:
    """The archive, its address and that of the citation, and when a crate is made."""

    archive: str
    site_address: str
    address: str
    made_at: dt.datetime


def write_crate(cited: CitedSearch, comparison: Comparison, origin: Origin) -> bytes:
    """The crate as a ZIP: its metadata, and a table of the results then and now."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as crate:
        metadata = json.dumps(
            build_metadata(cited, origin), ensure_ascii=False, indent=1
        )
        crate.writestr(_METADATA, metadata)
        crate.writestr(_TABLE, write_table(cited, comparison, origin))
    return buffer.getvalue()


def write_table(cited: CitedSearch, comparison: Comparison, origin: Origin) -> str:
    """CSV: the articles then and now, with what has become of each."""
    states: Mapping[str, tuple[int, ...]] = {
        "same": comparison.same,
        "changed": comparison.changed,
        "lost": comparison.lost,
        "withdrawn": comparison.withdrawn,
        "added": comparison.added,
    }
    state_of = {number: state for state, ids in states.items() for number in ids}
    then, now = unpack(bytes(cited.results)), set(comparison.now)
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(
        [
            "article_id",
            "address",
            "found_then",
            "found_now",
            "state",
            "text_sha256_then",
        ]
    )
    for number in sorted(state_of):
        address = f"{origin.site_address}/{cited.language}/articles/{number}/"
        kept = then.get(number, b"").hex()
        found = int(number in then), int(number in now)
        rows.writerow([number, address, *found, state_of[number], kept])
    return text.getvalue()


def build_metadata(cited: CitedSearch, origin: Origin) -> Entity:
    """The JSON-LD of the crate: a flat list of entities, which name one another."""
    properties = [
        _property("results", cited.total),
        _property("sha256", cited.fingerprint),
        _property("analyzer-version", cited.analyzer_version),
        _property("index", cited.generation),
    ]
    search: Entity = {
        "@id": "#search",
        "@type": "SearchAction",
        "name": cited.question,
        "query": cited.query_string,
        "endTime": cited.made_at.isoformat(),
        "object": {"@id": origin.site_address},
        "result": {"@id": _TABLE},
        "additionalProperty": [{"@id": each["@id"]} for each in properties],
    }
    graph = [*_describe_crate(cited, origin), search, *_surroundings(origin)]
    return {"@context": _CONTEXT, "@graph": [*graph, *properties]}


def _describe_crate(cited: CitedSearch, origin: Origin) -> list[Entity]:
    """The entity of the metadata itself, and the crate's."""
    descriptor: Entity = {
        "@id": _METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _SPECIFICATION},
    }
    root: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "identifier": origin.address,
        "name": cited.question,
        "description": f"{cited.question} ({cited.total})",
        "datePublished": origin.made_at.isoformat(),
        "license": {"@id": "#rights"},
        "publisher": {"@id": origin.site_address},
        "hasPart": [{"@id": _TABLE}],
        "mentions": {"@id": "#search"},
    }
    return [descriptor, root]


def _surroundings(origin: Origin) -> list[Entity]:
    """The table, the archive and the rights."""
    table: Entity = {
        "@id": _TABLE,
        "@type": "File",
        "name": "Results then and now",
        "encodingFormat": "text/csv",
        "dateModified": origin.made_at.isoformat(),
    }
    archive: Entity = {
        "@id": origin.site_address,
        "@type": "Organization",
        "name": origin.archive,
        "url": origin.site_address,
    }
    rights: Entity = {
        "@id": "#rights",
        "@type": "CreativeWork",
        "name": "Rights",
        "description": "A list of articles. Their texts belong to their authors.",
    }
    return [table, archive, rights]


def _property(name: str, value: object) -> Entity:
    """An entity of its own: a crate nests none."""
    return {"@id": f"#{name}", "@type": "PropertyValue", "name": name, "value": value}
