"""The check that names articles with longer texts than may be saved."""

import io

import pytest
from django.core.management import call_command
from django.utils.translation import override

from archive import checks
from archive.checks import check_long_texts
from archive.models import Article, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name_ar="المقتبس")


@pytest.fixture(autouse=True)
def _small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "MAX_BODY_LENGTH", 10)


def _add(source: Source, *lengths: int) -> list[int]:
    return [
        Article.objects.create(title="نص", body="ن" * length, source=source).pk
        for length in lengths
    ]


class TestCheckLongTexts:
    def test_texts_within_the_bound_are_no_problem(self, source: Source) -> None:
        _add(source, 0, 10)
        assert check_long_texts(databases=["default"]) == []

    def test_articles_are_named(self, source: Source) -> None:
        _, first, second = _add(source, 10, 11, 12)
        with override("en"):
            (warning,) = check_long_texts(databases=["default"])
        assert warning.id == "archive.W001"
        assert f"10 characters: {first}, {second}." in str(warning.msg)
        assert "split them" in str(warning.hint)

    def test_many_articles_are_counted(self, source: Source) -> None:
        _add(source, *[11] * (checks.NAMED + 2))
        with override("en"):
            (warning,) = check_long_texts(databases=["default"])
        assert "… (12)" in str(warning.msg)

    def test_check_without_databases_reads_none(self, source: Source) -> None:
        _add(source, 11)
        assert check_long_texts() == []

    def test_command_prints_the_warning(self, source: Source) -> None:
        _add(source, 11)
        errors = io.StringIO()
        call_command("check", "--database", "default", stderr=errors)
        assert "archive.W001" in errors.getvalue()
