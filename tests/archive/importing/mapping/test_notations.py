"""Cells as programs and people leave them, read below the file."""

import pytest

from archive.importing.cells import SEPARATOR_RE
from archive.importing.fields import fold_heading
from archive.importing.mapping.notations import items_of, read_single
from archive.importing.mapping.values import is_nothing

TWO = ["سياسة", "عراق"]


@pytest.mark.parametrize(
    "cell",
    [
        "['سياسة', 'عراق']",
        '["سياسة","عراق"]',
        "('سياسة', 'عراق')",
        "['سياسة' 'عراق']",
        "[سياسة, عراق]",
        "[سياسة، عراق]",
        "array(['سياسة', 'عراق'], dtype=object)",
        "Index(['سياسة', 'عراق'], dtype='object')",
        'a:2:{i:0;s:10:"سياسة";i:1;s:8:"عراق";}',
        '{سياسة,"عراق"}',
        "سياسة؛ عراق",
        "سياسة | عراق",
        "سياسة • عراق",
        "سياسة\tعراق",
        "سياسة\r\nعراق",
        "- سياسة\n- عراق",
        "1. سياسة\n2. عراق",
        "#سياسة #عراق",
        {"0": "سياسة", "1": "عراق"},
    ],
)
def test_list_is_read(cell: object) -> None:
    assert items_of(cell, SEPARATOR_RE) == TWO


@pytest.mark.parametrize(
    "cell", ["[محمد علي]", "تاريخ / صحافة", "كتاب (طبعة أولى)", "سلسلة #1", "5 آذار"]
)
def test_name_with_signs_is_one_item(cell: str) -> None:
    assert items_of(cell, SEPARATOR_RE) == [cell]


@pytest.mark.parametrize(
    ("value", "single"),
    [
        ("['سالم ناصر']", "سالم ناصر"),
        ("[]", ""),
        ("[كذا] في الأصل", "[كذا] في الأصل"),
        ("(أ. ف. ب)", "(أ. ف. ب)"),
        (12, 12),
    ],
)
def test_single_value_in_a_list_is_taken_out(value: object, single: object) -> None:
    assert read_single(value) == single


@pytest.mark.parametrize("cell", ["-", "—", "...", "N.A.", "لا يوجد", " غير معروف "])
def test_nothing_is_nothing(cell: str) -> None:
    assert is_nothing(cell)


@pytest.mark.parametrize("cell", ["ا", "بدون", "مجهول", "0", "٢-٣", "؟"])
def test_something_is_something(cell: str) -> None:
    assert not is_nothing(cell)


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("post_title", "title"),
        ("newsBody", "body"),
        ("Author Name", "author"),
        ("عنوان الموضوع", "عنوان"),
        ("متن الخبر", "متن"),
        ("اسم الصحيفة", "اسمالصحيفه"),
        ("اسم المحرّر", "المحرر"),
        ("تصنيف المادة", "تصنيف"),
        ("الرابط الإلكتروني", "الرابط"),
    ],
)
def test_heading_within_other_words_is_known(heading: str, known: str) -> None:
    assert fold_heading(heading) == known


@pytest.mark.parametrize("heading", ["article_id", "اسم السفينة", "post", "name"])
def test_other_heading_stays_itself(heading: str) -> None:
    plain = heading.replace("_", "").replace(" ", "").replace("ة", "ه")
    assert fold_heading(heading) == plain
