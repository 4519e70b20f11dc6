"""Fixtures of imports: files of records, and English messages."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from django.utils import translation

WriteLines = Callable[[Sequence[Mapping[str, object]]], Path]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def write_lines(tmp_path: Path) -> WriteLines:
    """A function that writes records as JSON Lines and returns the path."""

    def write(records: Sequence[Mapping[str, object]]) -> Path:
        path = tmp_path / f"records-{len(list(tmp_path.iterdir()))}.jsonl"
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return write
