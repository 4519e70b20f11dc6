"""CSL-JSON, which Zotero, Pandoc, citeproc and Juris-M read (citationstyles.org)."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Final

from archive.citing.reference import Reference
from archive.dates import PartialDate

CONTENT_TYPE: Final = "application/vnd.citationstyles.csl+json; charset=utf-8"

JsonItem = dict[str, object]


def write_csl_json(references: Iterable[Reference]) -> Iterator[str]:
    """One array with an object for each reference, written object by object."""
    before = "[\n"
    for reference in references:
        yield before + json.dumps(build_item(reference), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def build_item(reference: Reference) -> JsonItem:
    """The reference as a CSL item, without keys for what is not known."""
    item: JsonItem = {
        "id": reference.key,
        "type": reference.work_type.csl,
        "title": reference.title,
        "author": [{"literal": name} for name in reference.creators],
        "container-title": reference.container,
        "issued": _issued(reference.published),
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.pages,
        "publisher-place": reference.place,
        "language": reference.language,
        "keyword": ", ".join(reference.keywords),
        "note": reference.printed_date,
        "URL": reference.address,
        "accessed": _date_parts(PartialDate.from_date(reference.accessed)),
        "archive": reference.archive_ar,
        "archive_location": str(reference.number),
        "source": reference.archive_ar,
    }
    return {key: value for key, value in item.items() if value}


def _issued(date: PartialDate | None) -> dict[str, list[list[int]]]:
    return _date_parts(date) if date else {}


def _date_parts(date: PartialDate | dt.date) -> dict[str, list[list[int]]]:
    parts = (date.year, date.month, date.day)
    return {"date-parts": [[part for part in parts if part]]}
