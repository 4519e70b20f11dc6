"""Workbooks, as another library reads them."""

import csv
import datetime as dt
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from openpyxl.worksheet.worksheet import Worksheet

from archive.dates import PartialDate
from archive.models import Article
from search.export.columns import choose_columns
from search.export.entries import iter_entries
from search.export.workbook import MAX_CELL, write_workbook
from tests.search.export.circumstances import ABOUT
from tests.search.library import Library

NAMES = [column.name for column in choose_columns(())]


def _read(*articles: Article, columns: tuple[str, ...] = ()) -> openpyxl.Workbook:
    about = replace(ABOUT, columns=columns)
    content = b"".join(write_workbook(iter_entries(articles), about))
    return openpyxl.load_workbook(io.BytesIO(content))


def _rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows below the heading by names of columns; ``cut`` is the last one."""
    _, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip([*NAMES, "cut"], row, strict=True)) for row in rows]


class TestArticles:
    def test_rows_are_the_articles_with_typed_cells(self, library: Library) -> None:
        article = library["vocalised"]
        (row,) = _rows(_read(article).worksheets[0])
        assert row["article_id"] == article.pk
        assert row["title"] == article.title
        assert row["body"] == article.body
        assert row["published"] == dt.datetime(1923, 5, 14)
        assert isinstance(row["acquired_at"], dt.datetime)
        assert row["address"] == f"https://archive.example/ar/articles/{article.pk}/"
        assert row["cut"] is None

    @pytest.mark.parametrize(
        ("published", "cell"),
        [
            (PartialDate(1923, 5), "1923-05"),
            (PartialDate(1923), "1923"),
            # Excel counts days from 1900 on.
            (PartialDate(1888, 3, 14), "1888-03-14"),
            (None, None),
        ],
    )
    def test_what_is_no_day_for_excel_is_text(
        self, library: Library, published: PartialDate | None, cell: str | None
    ) -> None:
        article = library["vocalised"]
        article.published = published
        (row,) = _rows(_read(article).worksheets[0])
        assert row["published"] == cell

    def test_no_cell_is_a_formula_or_a_link(self, library: Library) -> None:
        article = library["formula"]
        article.subtitle = "https://example.org/"
        sheet = _read(article).worksheets[0]
        cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        assert not any(cell.hyperlink for cell in cells)
        (row,) = _rows(sheet)
        assert row["title"] == "=SUM(1;2) حسابات"

    def test_long_text_is_cut_and_the_row_says_so(self, library: Library) -> None:
        article = library["tatweel"]
        article.body = "كلمة " * 10_000
        (row,) = _rows(_read(article).worksheets[0])
        assert row["body"] == article.body[:MAX_CELL]
        assert row["cut"] == "المتن"

    def test_control_characters_are_left_out(self, library: Library) -> None:
        article = library["tatweel"]
        article.title = "سطر\x0bأول\x00\ufffe"
        (row,) = _rows(_read(article).worksheets[0])
        assert row["title"] == "سطرأول"

    def test_chosen_columns_are_the_only_ones(self, library: Library) -> None:
        sheet = _read(library["tatweel"], columns=("title", "source")).worksheets[0]
        heading = next(sheet.iter_rows(values_only=True))
        assert heading == ("العنوان", "المصدر", "مقصوص")

    @pytest.mark.parametrize(("language", "from_right"), [("ar", True), ("en", False)])
    def test_sheets_have_the_direction_of_the_language(
        self, library: Library, language: str, from_right: bool
    ) -> None:
        with translation.override(language):
            workbook = _read(library["tatweel"])
        views = [sheet.sheet_view.rightToLeft or False for sheet in workbook]
        assert views == [from_right, from_right]

    def test_heading_stays_in_sight_and_filters(self, library: Library) -> None:
        sheet = _read(library["tatweel"], library["digits"]).worksheets[0]
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.endswith("3")

    def test_no_article_is_a_heading(self, db: None) -> None:
        assert _rows(_read().worksheets[0]) == []


class TestFacts:
    def test_sheet_says_what_was_asked_when_and_how_many(self, db: None) -> None:
        sheet = _read().worksheets[1]
        assert sheet.title == "عن هذا الملف"
        facts = dict(sheet.iter_rows(values_only=True))
        assert facts["ما طُلب"] == ABOUT.question
        assert facts["عنوان البحث"] == ABOUT.address
        assert facts["عدد المقالات"] == "3"
        assert facts["وقت الإعداد"] == "2026-11-30T12:05+00:00"


@pytest.mark.slow
def test_libreoffice_opens_the_workbook(library: Library, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("No LibreOffice here: apt-get install libreoffice-calc")
    file = tmp_path / "sijill.xlsx"
    entries = iter_entries([library["vocalised"], library["formula"]])
    file.write_bytes(b"".join(write_workbook(entries, ABOUT)))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    # Separator, quotation mark, UTF-8 (76), first line; the first sheet alone.
    target = (
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    )
    command = [office, profile, "--headless", "--convert-to", target, file]
    subprocess.run([*command, "--outdir", tmp_path], check=True, capture_output=True)
    (converted,) = tmp_path.glob("*.csv")
    heading, *rows = csv.reader(io.StringIO(converted.read_text("utf-8")))
    title, published = heading.index("العنوان"), heading.index("تاريخ النشر")
    assert [row[title] for row in rows] == [
        library["vocalised"].title,
        "=SUM(1;2) حسابات",
    ]
    assert rows[0][published] == "1923-05-14"
