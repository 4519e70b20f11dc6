"""Forms of records that others change while they are open."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from archive.admin.conflicts import MINE, THEIRS
from archive.admin.forms.article import ArticleForm
from archive.models import Article, Source
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import (
    make_form_of,
)
from tests.archive.admin.test_short_transactions import between

SAVED = 302
SHOWN_AGAIN = 200


def address_of(record: Any) -> str:
    name = type(record).__name__.lower()
    return f"/en/admin/archive/{name}/{record.pk}/change/"


def open_form(editor: Client, record: Any) -> dict[str, object]:
    """The hidden input of the form as it is opened."""
    page = editor.get(address_of(record))
    assert f'name="_version" value="{escaped(page.context["version"])}"' in (
        page.content.decode()
    )
    return {"_version": page.context["version"]}


def escaped(text: str) -> str:
    return text.replace('"', "&quot;")


def list_differences(page: Any) -> dict[str, tuple[str, str, str]]:
    """What the page compares: the editor's, the stored, and what is chosen already."""
    assert page.status_code == SHOWN_AGAIN
    return {
        one.name: (_whole(one.mine), _whole(one.theirs), one.choice)
        for one in page.context["differences"]
    }


def _whole(shown: Any) -> str:
    return str(shown.before + shown.changed + shown.after)


def send_again(page: Any, form: dict[str, object], **choices: str) -> dict[str, object]:
    """The form as the page shows it again, with the choices made."""
    compared = list(list_differences(page))
    return {
        **form,
        "_version": page.context["version"],
        "_compared": compared,
        **{f"_keep-{name}": choice for name, choice in choices.items()},
    }


class TestUnchangedRecord:
    def test_form_is_saved(self, editor: Client, article: Article) -> None:
        opened = open_form(editor, article)
        form = make_form_of(article) | {"title": "عنوان جديد"} | opened
        assert editor.post(address_of(article), form).status_code == SAVED
        assert Article.objects.get().title == "عنوان جديد"

    def test_form_with_an_error_is_saved_after_its_correction(
        self, editor: Client, article: Article
    ) -> None:
        form = make_form_of(article) | open_form(editor, article)
        page = editor.post(address_of(article), form | {"title": ""})
        assert "differences" not in page.context
        form["_version"] = page.context["version"]
        assert editor.post(address_of(article), form).status_code == SAVED

    @pytest.mark.parametrize("version", ["", "x", "[]", "[1, 2]", "{}", "null"])
    def test_form_without_a_version_is_saved_as_ever(
        self, editor: Client, article: Article, version: str
    ) -> None:
        form = make_form_of(article) | {"title": "بلا نسخة", "_version": version}
        assert editor.post(address_of(article), form).status_code == SAVED


class TestChangedRecord:
    @pytest.fixture
    def opened(self, editor: Client, article: Article) -> dict[str, object]:
        """The form of an article, opened; the editor has changed title and byline."""
        typed = {"title": "عنوان المحرر", "byline": "بقلم المحرر"}
        return make_form_of(article) | typed | open_form(editor, article)

    def test_nothing_is_saved_and_nothing_typed_is_lost(
        self, editor: Client, article: Article, opened: dict[str, object]
    ) -> None:
        Article.objects.update(title="عنوان غيره", body="نص غيره")
        page = editor.post(address_of(article), opened)
        assert list_differences(page) == {
            # Both have changed the title, and only the other one the text.
            "title": ("عنوان المحرر", "عنوان غيره", ""),
            "body": ("نصّ الخبر.", "نص غيره", THEIRS),
        }
        text = page.content.decode()
        assert 'value="عنوان المحرر"' in text
        assert 'value="بقلم المحرر"' in text
        assert "Nothing has been saved yet" in text
        stored = Article.objects.get()
        assert (stored.title, stored.body) == ("عنوان غيره", "نص غيره")

    def test_each_part_is_saved_as_chosen(
        self, editor: Client, article: Article, opened: dict[str, object]
    ) -> None:
        Article.objects.update(title="عنوان غيره", body="نص غيره")
        page = editor.post(address_of(article), opened)
        form = send_again(page, opened, title=MINE, body=THEIRS)
        assert editor.post(address_of(article), form).status_code == SAVED
        stored = Article.objects.get()
        assert stored.title == "عنوان المحرر"
        assert stored.byline == "بقلم المحرر"
        assert stored.body == "نص غيره"

    def test_stored_version_can_be_overwritten_knowingly(
        self, editor: Client, article: Article, opened: dict[str, object]
    ) -> None:
        Article.objects.update(title="عنوان غيره", body="نص غيره")
        page = editor.post(address_of(article), opened)
        form = send_again(page, opened, title=MINE, body=MINE)
        assert editor.post(address_of(article), form).status_code == SAVED
        stored = Article.objects.get()
        assert (stored.title, stored.body) == ("عنوان المحرر", "نصّ الخبر.")

    def test_part_without_a_choice_is_asked_for_again(
        self, editor: Client, article: Article, opened: dict[str, object]
    ) -> None:
        Article.objects.update(title="عنوان غيره", body="نص غيره")
        page = editor.post(address_of(article), opened)
        page = editor.post(address_of(article), send_again(page, opened, body=MINE))
        assert {n: d[2] for n, d in list_differences(page).items()} == {
            "title": "",
            "body": MINE,
        }
        assert Article.objects.get().title == "عنوان غيره"

    def test_another_change_while_choosing_is_noticed(
        self, editor: Client, article: Article, opened: dict[str, object]
    ) -> None:
        Article.objects.update(title="عنوان غيره")
        page = editor.post(address_of(article), opened)
        Article.objects.update(title="عنوان ثالث")
        form = send_again(page, opened, title=MINE)
        page = editor.post(address_of(article), form)
        assert list_differences(page)["title"][1] == "عنوان ثالث"
        form = send_again(page, opened, title=THEIRS)
        assert editor.post(address_of(article), form).status_code == SAVED
        assert Article.objects.get().title == "عنوان ثالث"

    def test_same_change_by_both_is_no_difference(
        self, editor: Client, article: Article, opened: dict[str, object]
    ) -> None:
        Article.objects.update(title="عنوان المحرر")
        assert editor.post(address_of(article), opened).status_code == SAVED
        assert Article.objects.get().byline == "بقلم المحرر"

    def test_save_of_another_editor_is_noticed(
        self, editor: Client, article: Article, opened: dict[str, object]
    ) -> None:
        other = make_form_of(article) | open_form(editor, article)
        other |= {"published": "1933", "status": "review"}
        assert editor.post(address_of(article), other).status_code == SAVED
        differences = list_differences(editor.post(address_of(article), opened))
        assert differences == {
            "published": ("1932-11", "1933", THEIRS),
            "status": ("published", "for review", THEIRS),
        }

    def test_import_is_noticed(
        self,
        editor: Client,
        article: Article,
        opened: dict[str, object],
        tmp_path: Path,
    ) -> None:
        record = {
            "external_id": article.external_id,
            "source": article.source.name_ar,
            "title": "عنوان من الاستيراد",
            "body": article.body,
        }
        file = tmp_path / "articles.jsonl"
        file.write_text(json.dumps(record))
        call_command("import_articles", str(file), verbosity=0)
        differences = list_differences(editor.post(address_of(article), opened))
        assert differences["title"] == ("عنوان المحرر", "عنوان من الاستيراد", "")

    def test_change_between_the_check_and_the_save_is_noticed(
        self,
        editor: Client,
        article: Article,
        opened: dict[str, object],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        between(
            monkeypatch,
            ArticleForm,
            "clean",
            lambda: Article.objects.update(title="عنوان غيره"),
        )
        page = editor.post(address_of(article), opened)
        assert list_differences(page)["title"][1] == "عنوان غيره"
        assert Article.objects.get().title == "عنوان غيره"

    def test_chosen_rows_are_compared_by_name(
        self,
        editor: Client,
        article: Article,
        catalogue: Catalogue,
        opened: dict[str, object],
    ) -> None:
        article.topics.set([catalogue.poetry])
        article.actors.set([catalogue.hafiz])
        form = opened | {"mentioned": [catalogue.shawqi.pk]}
        page = editor.post(address_of(article), form)
        differences = list_differences(page)
        assert "Literature / " in differences["topics"][1].replace("\u2069", "")
        assert differences["topics"][2] == THEIRS
        assert "1872–1932" in differences["mentioned"][1]
        assert differences["mentioned"][2] == ""
        form = send_again(page, form, topics=THEIRS, mentioned=THEIRS)
        assert editor.post(address_of(article), form).status_code == SAVED
        assert list(article.topics.all()) == [catalogue.poetry]
        assert list(article.actors.all()) == [catalogue.hafiz]

    def test_every_kind_of_field_can_be_taken_from_the_record(
        self,
        editor: Client,
        article: Article,
        catalogue: Catalogue,
        opened: dict[str, object],
    ) -> None:
        other = Source.objects.create(name_ar="المقطم")
        Article.objects.update(
            source=other,
            acquired_at="2020-02-03T04:05:06+00:00",
            language="fr",
            published_precision="year",
        )
        page = editor.post(address_of(article), opened)
        choices = dict.fromkeys(list_differences(page), THEIRS)
        assert {"source", "acquired_at", "language", "published"} <= set(choices)
        form = send_again(page, opened, **choices)
        assert editor.post(address_of(article), form).status_code == SAVED
        stored = Article.objects.get()
        assert stored.source == other
        assert stored.acquired_at.isoformat() == "2020-02-03T04:05:06+00:00"
        assert (stored.language, stored.published_precision) == ("fr", "year")
        assert stored.title == "عنوان المحرر"
