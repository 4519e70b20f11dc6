"""Compilation of translations."""

import gettext
from pathlib import Path

import pytest

from config.bootstrap.translations import compile_catalogues

CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 "
"&& n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;\\n"

msgid "Search"
msgstr "بحث"

msgctxt "month"
msgid "May"
msgstr "أيار"

#, fuzzy
msgid "Guess"
msgstr "تخمين"

msgid "Later"
msgstr ""

msgid "%(count)s article"
msgid_plural "%(count)s articles"
msgstr[0] "لا مقالات"
msgstr[1] "مقالة واحدة"
msgstr[2] "مقالتان"
msgstr[3] "%(count)s مقالات"
msgstr[4] "%(count)s مقالة"
msgstr[5] "%(count)s مقالة"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    directory = tmp_path / "locale/ar/LC_MESSAGES"
    directory.mkdir(parents=True)
    (directory / "django.po").write_text(CATALOGUE, "utf-8")
    return tmp_path / "locale"


@pytest.fixture
def arabic(source: Path, tmp_path: Path) -> gettext.NullTranslations:
    compile_catalogues(source, tmp_path / "data")
    return gettext.translation("django", tmp_path / "data", ["ar"])


class TestCompileCatalogues:
    def test_sentence_is_translated(self, arabic: gettext.NullTranslations) -> None:
        assert arabic.gettext("Search") == "بحث"

    def test_context_is_distinguished(self, arabic: gettext.NullTranslations) -> None:
        assert arabic.pgettext("month", "May") == "أيار"

    @pytest.mark.parametrize(
        ("count", "expected"),
        [
            (0, "لا مقالات"),
            (1, "مقالة واحدة"),
            (2, "مقالتان"),
            (3, "%(count)s مقالات"),
            (11, "%(count)s مقالة"),
            (100, "%(count)s مقالة"),
        ],
    )
    def test_six_plurals_are_compiled(
        self, arabic: gettext.NullTranslations, count: int, expected: str
    ) -> None:
        found = arabic.ngettext("%(count)s article", "%(count)s articles", count)
        assert found == expected

    @pytest.mark.parametrize("sentence", ["Guess", "Later"])
    def test_untranslated_and_fuzzy_entries_stay_english(
        self, arabic: gettext.NullTranslations, sentence: str
    ) -> None:
        assert arabic.gettext(sentence) == sentence

    def test_only_changed_files_are_written(self, source: Path, tmp_path: Path) -> None:
        target = tmp_path / "data"
        assert len(compile_catalogues(source, target)) == 1
        assert compile_catalogues(source, target) == []
        catalogue = source / "ar/LC_MESSAGES/django.po"
        catalogue.write_text(CATALOGUE.replace("بحث", "ابحث"), "utf-8")
        assert len(compile_catalogues(source, target)) == 1
