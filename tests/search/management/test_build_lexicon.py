"""``manage.py build_lexicon``: when it compiles, and what it says."""

import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from archive.models import Article
from search.arabic import families
from search.arabic.families import membership, starts
from search.arabic.families.form_cache import FormCache
from search.arabic.lexicon import installed, location
from search.arabic.lexicon.compiling import build
from search.arabic.lexicon.location import STAMP
from search.arabic.lexicon.lookup import ARRAYS
from search.arabic.prefixes import beginnings
from search.errors import IndexUnavailable
from search.highlight.highlighter import get_highlighter


@pytest.fixture
def no_lexicon(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A process that has looked no word up yet, and finds no lexicon."""
    monkeypatch.setenv("SIJILL_LEXICON", str(tmp_path))
    for module, name, compute in (
        (membership, "_asked", membership._ask),
        (membership, "_families", membership._find),
        (starts, "_starts", starts._find_starts),
    ):
        monkeypatch.setattr(module, name, FormCache(compute))
    get_highlighter.cache_clear()
    beginnings.cache_clear()
    families.readings_of.cache_clear()
    families.related_words.cache_clear()
    families.derived_words.cache_clear()
    installed.current.cache_clear()
    yield
    installed.current.cache_clear()


def _flip_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("build_lexicon", *arguments, stdout=output)
    return output.getvalue()


@pytest.mark.django_db
class TestBuildLexicon:
    def test_a_current_lexicon_is_left_alone(self) -> None:
        assert _run("--if-needed") == "The lexicon is up to date.\n"
        assert json.loads(_run("--if-needed", "--json"))["built"] is False

    def test_a_folder_that_cannot_be_written_is_named(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        file = tmp_path / "file"
        file.write_text("")
        settings.LEXICON_DIR = file / "lexicon"
        with pytest.raises(CommandError, match="lexicon") as caught:
            _run()
        assert caught.value.returncode == 2
        assert str(file) in str(caught.value)

    def test_a_folder_with_other_files_is_left_whole(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        letter = tmp_path / "letters" / "one.txt"
        letter.parent.mkdir()
        letter.write_text("أرشيف")
        (tmp_path / "stamp.json").write_text("{}")
        settings.LEXICON_DIR = tmp_path
        with pytest.raises(CommandError, match="SIJILL_LEXICON") as caught:
            _run()
        assert caught.value.returncode == 2
        assert str(tmp_path) in str(caught.value)
        assert letter.read_text() == "أرشيف"

    def test_a_file_in_its_place_is_left_whole(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        settings.LEXICON_DIR = tmp_path / "file"
        settings.LEXICON_DIR.write_text("أرشيف")
        with pytest.raises(CommandError, match="SIJILL_LEXICON"):
            _run()
        assert settings.LEXICON_DIR.read_text() == "أرشيف"

    @pytest.mark.parametrize("stamp", ["", "{", '{"code": "other"}'])
    def test_another_stamp_is_not_current(self, tmp_path: Path, stamp: str) -> None:
        (tmp_path / "stamp.json").write_text(stamp)
        assert not build.is_current(tmp_path)
        assert not build.is_current(tmp_path / "missing")

    def test_a_missing_lexicon_names_the_command(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("SIJILL_LEXICON", str(tmp_path))
        installed.current.cache_clear()
        try:
            with pytest.raises(IndexUnavailable, match="build_lexicon"):
                installed.current()
        finally:
            installed.current.cache_clear()

    @pytest.mark.parametrize("name", [STAMP, *(f"{each}.npy" for each in ARRAYS)])
    @pytest.mark.parametrize("damage", [_flip_bit, _truncate, Path.unlink])
    def test_a_damaged_lexicon_names_the_command(
        self,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        name: str,
        damage: Callable[[Path], None],
    ) -> None:
        whole = location.find()
        # Links but for one file: the lexicon is forty megabytes.
        for path in whole.iterdir():
            (tmp_path / path.name).symlink_to(path)
        (tmp_path / name).unlink()
        shutil.copy(whole / name, tmp_path)
        damage(tmp_path / name)
        monkeypatch.setenv("SIJILL_LEXICON", str(tmp_path))
        installed.current.cache_clear()
        try:
            with pytest.raises(IndexUnavailable, match="build_lexicon"):
                installed.current()
        finally:
            installed.current.cache_clear()

    @pytest.mark.usefixtures("library", "no_lexicon")
    @pytest.mark.parametrize("query", ["كتاب", "كتاب*", "كتاب~", "√كتاب"])
    def test_a_search_without_a_lexicon_says_so(
        self, client: Client, query: str
    ) -> None:
        response = client.get("/ar/search/", {"q": query})
        assert response.status_code == 503
        assert "build_lexicon" in response.content.decode()

    @pytest.mark.usefixtures("library", "no_lexicon")
    @pytest.mark.parametrize("query", ["كتاب", "كتاب*", "كتاب~", "√كتاب"])
    def test_an_article_without_a_lexicon_is_shown_without_marks(
        self, client: Client, query: str
    ) -> None:
        article = Article.objects.published()[0]
        response = client.get(article.get_absolute_url(), {"q": query})
        assert response.status_code == 200
        assert article.title in response.content.decode()

    @pytest.mark.usefixtures("library", "no_lexicon")
    def test_a_site_without_a_lexicon_is_not_ready(self, client: Client) -> None:
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["checks"]["lexicon"] == "unavailable"
        assert "build_lexicon" in answer.json()["remedies"]["lexicon"]

    @pytest.mark.usefixtures("no_lexicon")
    def test_an_analysis_without_a_lexicon_says_so(self) -> None:
        with pytest.raises(CommandError, match="build_lexicon") as caught:
            call_command("analyze", "كتاب")
        assert caught.value.returncode == 2
