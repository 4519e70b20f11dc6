"""Names of exported files."""

import datetime as dt
from urllib.parse import unquote

import pytest

from search.export.filenames import build_disposition

DAY = dt.date(2020, 5, 1)


def _name(text: str) -> str:
    header = build_disposition(text, site="سجلّ", day=DAY, extension="csv")
    return unquote(header.partition("filename*=UTF-8''")[2])


class TestBuildDisposition:
    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("تاريخ الصحافة", "سجلّ-تاريخ-الصحافة-2020-05-01.csv"),
            ("", "سجلّ-2020-05-01.csv"),
            ("كِتابٌ", "سجلّ-كِتابٌ-2020-05-01.csv"),
            ('"../../etc/passwd"', "سجلّ-etc-passwd-2020-05-01.csv"),
            ("عنوان:نهر*", "سجلّ-عنوان-نهر-2020-05-01.csv"),
            ("\N{RIGHT-TO-LEFT OVERRIDE}fdp", "سجلّ-fdp-2020-05-01.csv"),
            ("؟؟؟", "سجلّ-2020-05-01.csv"),
        ],
    )
    def test_name_has_archive_query_and_day(self, text: str, name: str) -> None:
        assert _name(text) == name

    def test_long_query_is_truncated(self) -> None:
        assert len(_name("صحافة " * 500).encode()) < 255

    def test_header_is_ascii_on_one_line(self) -> None:
        header = build_disposition(
            'حرب "\r\nX-Header: 1',
            site="س",
            day=DAY,
            extension="csv",
        )
        assert header.isascii()
        assert header.isprintable()
        assert 'filename="sijill-2020-05-01.csv"' in header
