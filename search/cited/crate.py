"""RO-Crate 1.1: a cited search as a research object, with its results then and now."""

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from search.cited.comparing import Comparison
from search.cited.results import unpack
from search.export.offline import Sink
from search.export.tables import write_raw_rows
from search.models import CitedSearch

CONTENT_TYPE: Final = "application/zip"
_CONTEXT: Final = "https://w3id.org/ro/crate/1.1/context"
_METADATA: Final = "ro-crate-metadata.json"
_TABLE: Final = "results.csv"
_HEADINGS: Final = (
    "article_id",
    "address",
    "found_then",
    "found_now",
    "state",
    "text_sha256_then",
)
_SPECIFICATION: Final = "https://w3id.org/ro/crate/1.1"

Entity = dict[str, object]


@dataclass(frozen=True, slots=True)
class Origin:
    """The archive, its address and that of the citation, and when a crate is made."""

    archive: str
    site_address: str
    address: str
    made_at: dt.datetime


def write_crate(
    cited: CitedSearch, compare: Callable[[], Comparison], origin: Origin
) -> Iterator[bytes]:
    """The crate as a ZIP: its metadata, and a table of the results then and now.

    The metadata come before anything is compared.
    """
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as crate:
        metadata = json.dumps(
            build_metadata(cited, origin), ensure_ascii=False, indent=1
        )
        crate.writestr(_METADATA, metadata)
        yield sink.take()
        with crate.open(_TABLE, "w") as table:
            for row in write_table(cited, compare(), origin):
                table.write(row.encode())
                yield sink.take()
    yield sink.take()


def write_table(
    cited: CitedSearch, comparison: Comparison, origin: Origin
) -> Iterator[str]:
    """CSV: the articles then and now, with what has become of each."""
    yield from write_raw_rows([_HEADINGS])
    yield from write_raw_rows(_iter_rows(cited, comparison, origin))


def _iter_rows(
    cited: CitedSearch, comparison: Comparison, origin: Origin
) -> Iterator[list[str]]:
    states: Mapping[str, tuple[int, ...]] = {
        "same": comparison.same,
        "changed": comparison.changed,
        "lost": comparison.lost,
        "withdrawn": comparison.withdrawn,
        "added": comparison.added,
    }
    state_of = {number: state for state, ids in states.items() for number in ids}
    then, now = unpack(bytes(cited.results)), set(comparison.now)
    for number in sorted(state_of):
        address = f"{origin.site_address}/{cited.language}/articles/{number}/"
        kept = then.get(number, b"").hex()
        found = str(int(number in then)), str(int(number in now))
        yield [str(number), address, *found, state_of[number], kept]


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
        "author": {"@id": origin.site_address},
        "publisher": {"@id": origin.site_address},
        "hasPart": {"@id": _TABLE},
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
