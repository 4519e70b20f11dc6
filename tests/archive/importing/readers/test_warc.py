"""Web archives, written by the library that others use and read by ours."""

import builtins
import io
from pathlib import Path
from typing import Any

import pytest

from archive.importing.problems import FileUnreadable
from archive.importing.readers import Remark, Row, SourceFile, iter_rows

PAGE = (
    '<html><head><meta charset="utf-8"><title>خبر</title></head><body><article>'
    "<h1>خبر</h1><p>افتتح اليوم في مدينة البصرة معرض الكتاب الدولي بمشاركة مئة دار.</p>"
    "</article></body></html>"
)


def write_archive(path: Path, *, packed: bool) -> Path:
    statusandheaders = pytest.importorskip(
        "warcio.statusandheaders", reason="the extra is not installed"
    )
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed)
        for number, (kind, status) in enumerate(
            [("text/html", "200 OK"), ("image/png", "200 OK"), ("text/html", "404 No")]
        ):
            headers = statusandheaders.StatusAndHeaders(
                status, [("Content-Type", kind)], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                f"https://example.org/{number}",
                "response",
                payload=io.BytesIO(PAGE.encode()),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2021-03-02T10:00:00Z"},
            )
            writer.write_record(record)
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_rows_and_the_rest_is_told(tmp_path: Path, packed: bool) -> None:
    path = write_archive(tmp_path / "a.warc.gz", packed=packed)
    with SourceFile(path) as source:
        rows = list(iter_rows(source))
    (page,) = (row for row in rows if isinstance(row, Row))
    assert page.columns["title"] == "خبر"
    assert str(page.columns["body"]).startswith("افتتح اليوم")
    assert page.columns["external_id"] == "https://example.org/0"
    assert page.columns["acquired_at"] == "2021-03-02T10:00:00Z"
    (remark,) = (row for row in rows if isinstance(row, Remark))
    assert "image/png (1), HTTP 404 (1)" in remark.note.message


def test_without_the_extra_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("warcio"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    path = tmp_path / "a.warc"
    path.write_bytes(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n")
    with (
        SourceFile(path) as source,
        pytest.raises(FileUnreadable, match=r"requirements-pages\.lock"),
    ):
        list(iter_rows(source))
