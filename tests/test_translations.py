"""Every sentence of the interface has its Arabic."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.sources import BASE_DIR

ARABIC = BASE_DIR / "locale/ar/LC_MESSAGES/django.po"
_ARABIC_PLURALS = 6
# The last cell of a row of docs/terms.md.
_TERM_RE = re.compile(r"^\|[^|]+\|[^|]+\| ([^|\nA-Z-]*) \|$", re.MULTILINE)
# Such as "%(count)s", "%s", "{name}".
_PLACE_RE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    """The sentences of the project's own pages and of the admin's scripts."""
    whole = polib.pofile(str(ARABIC), encoding="utf-8")
    whole += polib.pofile(str(ARABIC.with_name("djangojs.po")), encoding="utf-8")
    return whole


class TestArabicCatalogue:
    def test_every_message_is_translated(self, catalogue: polib.POFile) -> None:
        assert [entry.msgid for entry in catalogue.untranslated_entries()] == []

    def test_no_message_is_fuzzy(self, catalogue: polib.POFile) -> None:
        assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []

    def test_plurals_have_six_forms(self, catalogue: polib.POFile) -> None:
        forms = {
            entry.msgid: len(entry.msgstr_plural)
            for entry in catalogue
            if entry.msgid_plural
        }
        assert {msgid: n for msgid, n in forms.items() if n != _ARABIC_PLURALS} == {}

    def test_placeholders_are_kept(self, catalogue: polib.POFile) -> None:
        wrong = {}
        for entry in catalogue:
            wanted = set(_PLACE_RE.findall(entry.msgid))
            wanted |= set(_PLACE_RE.findall(entry.msgid_plural))
            if entry.msgid_plural:
                # "مقالة واحدة" needs no number; the form for hundreds does.
                last = entry.msgstr_plural.get(_ARABIC_PLURALS - 1, "")
                found = set(_PLACE_RE.findall(last))
            else:
                found = set(_PLACE_RE.findall(entry.msgstr))
            if found != wanted:
                wrong[entry.msgid] = found ^ wanted
        assert wrong == {}

    def test_punctuation_is_arabic(self, catalogue: polib.POFile) -> None:
        """A Latin comma or question mark between Arabic words turns the line about."""
        latin = re.compile(r"[ء-ي][?;,](?:\s|$)")
        texts = [
            text
            for entry in catalogue
            for text in (entry.msgstr, *entry.msgstr_plural.values())
        ]
        assert [text for text in texts if latin.search(text)] == []

    def test_a_thing_has_one_name(self, catalogue: polib.POFile) -> None:
        """What docs/terms.md refuses stands nowhere, whatever is joined to it."""
        rows = _TERM_RE.findall((BASE_DIR / "docs/terms.md").read_text("utf-8"))
        refused = [word for row in rows for word in row.split("،") if word.strip()]
        assert len(refused) > 20
        letters = "ء-ْ"
        pattern = re.compile(
            f"(?<![{letters}])[وفبكل]?(?:{'|'.join(map(str.strip, refused))})"
            f"(?![{letters}])"
        )
        texts = [
            text
            for entry in catalogue
            for text in (entry.msgstr, *entry.msgstr_plural.values())
        ]
        assert [text for text in texts if pattern.search(text)] == []


@pytest.mark.gettext
class TestSources:
    def test_catalogue_is_complete(
        self, catalogue: polib.POFile, tmp_path: Path
    ) -> None:
        if shutil.which("xgettext") is None:
            pytest.skip("No xgettext on this machine: apt-get install gettext")
        copy = tmp_path / "project"
        for name in ("archive", "config", "search", "templates"):
            shutil.copytree(BASE_DIR / name, copy / name)
        (copy / "locale").mkdir()
        subprocess.run(
            [
                sys.executable,
                "-m",
                "django",
                "makemessages",
                "--locale=ar",
                "--no-location",
            ],
            cwd=copy,
            check=True,
            capture_output=True,
        )
        extracted = polib.pofile(str(copy / "locale/ar/LC_MESSAGES/django.po"))
        known = {(entry.msgctxt, entry.msgid) for entry in catalogue}
        wanted = {(entry.msgctxt, entry.msgid) for entry in extracted}
        assert sorted(wanted - known, key=str) == []
