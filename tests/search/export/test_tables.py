"""CSV for spreadsheets and for programs."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from archive.importing.cells import join_items, neutralize_cell, split_items
from archive.models import Article, ArticleAuthor
from search.export.about import About
from search.export.columns import choose_columns
from search.export.entries import Entry, iter_entries
from search.export.tables import write_raw_table, write_table
from tests.search.export.circumstances import ABOUT
from tests.search.library import Library

Write = Callable[[Iterable[Entry], About], Iterator[str]]

BOM = "\ufeff"
# Anything at all, with what tables trip over made common.
awkward = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\"';؛,=+-@\t\r\n\0＝＠ \u200f\u202bابتث"),
    )
)


def _written(write: Write, *articles: Article) -> str:
    return "".join(write(iter_entries(articles), ABOUT))


def _rows(text: str) -> list[dict[str, str]]:
    """The rows by the names of their columns, whatever the headings say."""
    _, *rows = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))
    names = [column.name for column in choose_columns(())]
    return [dict(zip(names, row, strict=True)) for row in rows]


def _row(write: Write, article: Article) -> dict[str, str]:
    (row,) = _rows(_written(write, article))
    return row


class TestWriteTable:
    @pytest.mark.parametrize(
        ("language", "heading"),
        [
            ("ar", "رقم المقال في الأرشيف,العنوان الدائم,"),
            ("en", "number in the archive,permanent address,"),
        ],
    )
    def test_headings_are_in_the_language_of_the_reader(
        self, language: str, heading: str
    ) -> None:
        with translation.override(language):
            assert _written(write_table).startswith(BOM + heading)

    def test_permanent_address_is_a_column(self, library: Library) -> None:
        article = library["vocalised"]
        address = f"https://archive.example/ar/articles/{article.pk}/"
        assert _row(write_table, article)["address"] == address

    def test_chosen_columns_stand_in_the_order_of_the_table(
        self, library: Library
    ) -> None:
        about = replace(ABOUT, columns=("title", "article_id"))
        entries = iter_entries([library["tatweel"]])
        text = "".join(write_raw_table(entries, about))
        pk = library["tatweel"].pk
        assert text == f"article_id,title\r\n{pk},العـــراق الجديـــد\r\n"

    def test_row_has_all_fields_in_arabic(self, library: Library) -> None:
        article = library["vocalised"]
        article.published_as_printed = "١٤ أيار ١٩٢٣"
        row = _row(write_table, article)
        assert row["article_id"] == str(article.pk)
        assert row["title"] == "الكِتَابُ وَالْقَلَمُ"
        assert row["source"] == "جريدة الاختبار"
        assert row["published"] == "1923-05-14"
        assert row["published_as_printed"] == "١٤ أيار ١٩٢٣"
        assert row["actors"] == "طه حسين"
        assert row["topics"] == "الصحافة / الجرائد"
        assert row["body"] == article.body

    @pytest.mark.parametrize(
        ("name", "published"),
        [("year_only_date", "1923"), ("month_only_date", "1923-05"), ("undated", "")],
    )
    def test_date_is_as_precise_as_known(
        self, library: Library, name: str, published: str
    ) -> None:
        assert _row(write_table, library[name])["published"] == published

    def test_no_cell_is_a_formula(self, library: Library) -> None:
        row = _row(write_table, library["formula"])
        assert row["title"] == "'=SUM(1;2) حسابات"
        assert row["body"] == "'-1 من الحسابات، @لا شيء."

    def test_lines_end_with_crlf(self, library: Library) -> None:
        text = _written(write_raw_table, library["tatweel"], library["digits"])
        assert text.count("\r\n") == text.count("\n") == 3

    def test_paragraphs_stay_in_their_cell(self, library: Library) -> None:
        row = _row(write_table, library["paragraphs"])
        assert row["body"].count("\n\n") == 2

    def test_several_values_are_joined_in_a_cell(self, library: Library) -> None:
        article = library["vocalised"]
        for name in ("طه حسين", "حسين؛ طه", 'صاحب "الأيام"'):
            ArticleAuthor.objects.create(article=article, name=name)
        cell = _row(write_table, article)["authors"]
        assert cell == 'طه حسين; "حسين؛ طه"; صاحب "الأيام"'

    @pytest.mark.parametrize(
        "cell",
        [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tنص",
            "\rنص",
            "\nنص",
            "\0نص",
            "＝1",
            "＋1",
            "－1",
            "＠1",
            "  =1",
            "\N{NO-BREAK SPACE}=1",
            "\N{RIGHT-TO-LEFT MARK}=1",
            "\N{ARABIC LETTER MARK}\N{RIGHT-TO-LEFT EMBEDDING} =1",
            "\N{ZERO WIDTH NO-BREAK SPACE}@1",
        ],
    )
    def test_hidden_formula_is_neutralized(self, cell: str) -> None:
        assert neutralize_cell(cell) == "'" + cell

    @pytest.mark.parametrize("cell", ["بغداد", "3-1", "", "«=1»", "ـ", "1+1", "'نص'"])
    def test_other_text_is_unchanged(self, cell: str) -> None:
        assert neutralize_cell(cell) == cell


class TestWriteRawTable:
    def test_raw_table_has_no_byte_order_mark_and_no_apostrophes(
        self, library: Library
    ) -> None:
        text = _written(write_raw_table, library["formula"])
        assert not text.startswith(BOM)
        assert _rows(text)[0]["title"] == "=SUM(1;2) حسابات"

    @given(title=awkward, body=awkward, byline=awkward)
    def test_csv_reader_returns_every_text(
        self, library: Library, title: str, body: str, byline: str
    ) -> None:
        article = library["vocalised"]
        article.title, article.body, article.byline = title, body, byline
        row = _row(write_raw_table, article)
        assert (row["title"], row["body"], row["byline"]) == (title, body, byline)


class TestListsInCells:
    @given(st.lists(awkward.filter(bool)))
    def test_csv_reader_splits_joined_values(self, names: list[str]) -> None:
        cell = join_items(names)
        reader = csv.reader(
            io.StringIO(cell, newline=""), delimiter=";", skipinitialspace=True
        )
        assert next(reader, []) == names

    @given(st.lists(awkward.filter(bool)))
    def test_import_splits_joined_values(self, names: list[str]) -> None:
        assert split_items(join_items(names)) == names

    @pytest.mark.parametrize(
        ("cell", "names"),
        [
            ("بغداد; البصرة", ["بغداد", "البصرة"]),
            ("بغداد؛البصرة;", ["بغداد", "البصرة"]),
            ('"الحلة; الكوفة" ; بغداد', ["الحلة; الكوفة", "بغداد"]),
            ('جريدة "الأهرام"; المقطم', ['جريدة "الأهرام"', "المقطم"]),
            # A quotation mark that nothing closes, or that more follows, is a letter.
            ('"الأهرام; المقطم', ['"الأهرام', "المقطم"]),
            ('"الأهرام" المصرية; المقطم', ['"الأهرام" المصرية', "المقطم"]),
        ],
    )
    def test_cells_typed_by_people_are_split(self, cell: str, names: list[str]) -> None:
        assert split_items(cell) == names
