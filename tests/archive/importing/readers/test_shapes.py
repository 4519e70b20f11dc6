"""JSON as programs write it, whatever wraps the records."""

import json
from pathlib import Path

import pytest

from archive.importing.readers import Row, SourceFile, iter_rows

RECORDS = [{"title": "خبر", "text": "نص"}, {"title": "خبر ثان", "text": "نص آخر"}]
TITLES = ["خبر", "خبر ثان"]


def rows_of(path: Path, content: str | bytes) -> list[Row]:
    data = content.encode() if isinstance(content, str) else content
    path.write_bytes(data)
    with SourceFile(path) as source:
        return [row for row in iter_rows(source) if isinstance(row, Row)]


@pytest.mark.parametrize(
    "document",
    [
        {"1": RECORDS[0], "2": RECORDS[1]},
        {"columns": ["title", "text"], "data": [["خبر", "نص"], ["خبر ثان", "نص آخر"]]},
        [["title", "text"], ["خبر", "نص"], ["خبر ثان", "نص آخر"]],
        {
            "title": {"0": "خبر", "1": "خبر ثان"},
            "text": {"0": "نص", "1": "نص آخر"},
        },
        {"type": "FeatureCollection", "features": [{"properties": r} for r in RECORDS]},
        {"version": "1.1", "title": "الفرات", "items": RECORDS},
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_records_are_found(
    tmp_path: Path, document: object, indent: int | None
) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=indent)
    rows = rows_of(tmp_path / "a.json", text)
    assert [row.columns["title"] for row in rows] == TITLES
    assert [row.columns["text"] for row in rows] == ["نص", "نص آخر"]


def test_key_of_a_record_is_its_identifier(tmp_path: Path) -> None:
    text = json.dumps({"n-1": RECORDS[0], "n-2": RECORDS[1]})
    rows = rows_of(tmp_path / "a.json", text)
    assert [row.columns["id"] for row in rows] == ["n-1", "n-2"]


def test_title_of_a_feed_is_the_source_of_its_items(tmp_path: Path) -> None:
    text = json.dumps({"title": "الفرات", "items": RECORDS})
    (first, _second) = rows_of(tmp_path / "a.json", text)
    assert first.columns["container"] == "الفرات"


def test_article_with_a_list_of_objects_is_one_record(tmp_path: Path) -> None:
    text = json.dumps({"title": "خبر", "text": "نص", "tags": [{"name": "سياسة"}]})
    assert len(rows_of(tmp_path / "a.json", text)) == 1


def test_actions_of_a_bulk_file_are_no_records(tmp_path: Path) -> None:
    lines = ({"index": {"_id": "7"}}, RECORDS[0], {"create": {}}, RECORDS[1])
    text = "\n".join(json.dumps(line) for line in lines)
    rows = rows_of(tmp_path / "a.jsonl", text)
    assert [row.columns["title"] for row in rows] == TITLES
    assert rows[0].columns["_id"] == "7"
    assert "_id" not in rows[1].columns


def test_utf_32_is_read(tmp_path: Path) -> None:
    rows = rows_of(tmp_path / "a.csv", "title,text\nخبر,نص\n".encode("utf-32"))
    assert [row.columns["title"] for row in rows] == ["خبر"]
