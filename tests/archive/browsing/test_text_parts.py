"""Parts of long texts: where they are cut, and that nothing is lost."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archive.browsing.text_parts import (
    CONTEXT_LENGTH,
    CUT_LENGTH,
    PART_LENGTH,
    TEXT_COLUMNS,
    Opening,
    TextPart,
    count_parts,
    cut_part,
    find_part,
    read_part,
)
from archive.models import Article, Source

pytestmark = pytest.mark.django_db

PARAGRAPH = "نزل المطر على الجبال، ثم جرى في الأودية. ومضى الناس.\n\n"
TEXTS = {
    "paragraphs": PARAGRAPH * 4000,
    "sentences": "نزل المطر على الجبال. " * 9000,
    "words": "مطر " * 50_000,
    "one word": "م" * 160_000,
    "lines of Windows": "سطر من الكلام\r\n" * 12_000,
}


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name_ar="المقتبس")


def _read(source: Source, body: str, number: int) -> TextPart:
    return read_part(_open(source, body), number)


def _open(source: Source, body: str) -> Opening:
    made = Article.objects.create(title="نص", body=body, source=source)
    [[text, length]] = Article.objects.filter(pk=made.pk).values_list(*TEXT_COLUMNS)
    return Opening(made.pk, text, length)


def _read_all(source: Source, body: str) -> list[TextPart]:
    opening = _open(source, body)
    return [read_part(opening, at) for at in range(1, count_parts(len(body)) + 1)]


class TestReadPart:
    @pytest.mark.parametrize("name", TEXTS)
    def test_parts_make_up_the_text(self, source: Source, name: str) -> None:
        body = TEXTS[name]
        parts = _read_all(source, body)
        assert len(parts) > 2
        assert "".join(part.text for part in parts) == body
        assert [cut_part(body, part.number) for part in parts] == parts
        for part in parts:
            assert body.startswith(part.text, part.start)
        for part, following in pairwise(parts):
            assert part.after == following.text[:CONTEXT_LENGTH]
            assert following.before == part.text[-CONTEXT_LENGTH:]
        lengths = [len(part.text) for part in parts]
        assert min(lengths) >= PART_LENGTH // 2 - CUT_LENGTH
        assert max(lengths) <= PART_LENGTH * 3 // 2 + CUT_LENGTH

    def test_parts_end_with_a_paragraph(self, source: Source) -> None:
        for part in _read_all(source, TEXTS["paragraphs"]):
            assert part.text.endswith("الناس.\n\n")
            assert part.text.startswith("نزل")

    def test_text_without_lines_is_cut_between_sentences(self, source: Source) -> None:
        for part in _read_all(source, TEXTS["sentences"]):
            assert part.text.endswith("الجبال. ")

    @pytest.mark.parametrize(("number", "shown"), [(0, 1), (-3, 1), (99, 5)])
    def test_nearest_part_is_shown(
        self, source: Source, number: int, shown: int
    ) -> None:
        part = _read(source, "مطر " * 60_000, number)
        assert (part.number, part.count) == (shown, 5)

    def test_ordinary_text_is_its_opening(self, source: Source) -> None:
        opening = _open(source, PARAGRAPH * 9)
        with CaptureQueriesContext(connection) as queries:
            part = read_part(opening, 1)
        assert (part.text, part.count, len(queries)) == (PARAGRAPH * 9, 1, 0)

    def test_database_sends_the_part_only(self, source: Source) -> None:
        opening = _open(source, TEXTS["words"] * 5)
        assert len(opening.text) == PART_LENGTH * 3 // 2
        assert len(read_part(opening, 12).text) < PART_LENGTH + CUT_LENGTH


class TestFindPart:
    @pytest.mark.parametrize("name", TEXTS)
    def test_it_is_the_part_that_has_the_offset(
        self, source: Source, name: str
    ) -> None:
        body, start = TEXTS[name], 0
        for part in _read_all(source, body)[:-1]:
            last = start + len(part.text) - 1
            assert find_part(body, start) == find_part(body, last) == part.number
            start = last + 1
