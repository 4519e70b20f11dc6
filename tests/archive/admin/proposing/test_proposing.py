"""Proposals in the form of an article: shown, taken over, remembered; preview."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from archive.models import (
    Article,
    NameAnswers,
    RefusedProposal,
    Status,
)
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_article_form, make_form_of

ADD = "/en/admin/archive/article/add/"
PROPOSE = "/en/admin/archive/article/propose/"
TEXT = (
    "رحيل شاعر النيل\r\n\r\nبقلم: خليل مطران\r\nالقاهرة، ٢١ تموز ١٩٣٢\r\n\r\n"
    "رثى أحمد محرم صديقه حافظ إبراهيم في حفل أقامته جمعية أبولو الشعرية."
)


def page_of(article: Article) -> str:
    return f"/en/admin/archive/article/{article.pk}/change/"


def ticks(page: Any) -> dict[str, bool]:
    """The offered values, and whether they are ticked."""
    boxes = re.findall(
        r'name="_take" value="([^"]+)"( checked)?', page.content.decode()
    )
    return {value: bool(checked) for value, checked in boxes}


def sent_of(page: Any) -> dict[str, Any]:
    """What the form that a page shows would send."""
    form = page.context["adminform"].form
    return {
        name: form[name].value()
        for name in form.fields
        if form[name].value() is not None
    }


class TestShowing:
    def test_button_shows_proposals_and_saves_nothing(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, title="", body=TEXT, _propose="1")
        page = editor.post(ADD, form)
        assert page.status_code == 200
        assert not Article.objects.exists()
        assert "errornote" not in page.content.decode()
        shown = ticks(page)
        assert shown[f"actor:{catalogue.hafiz.pk}"]
        assert {"title", "byline", "author"} <= shown.keys()
        (date,) = [value for value in shown if value.startswith("date:")]
        assert shown[date]
        assert "جمعية أبولو الشعرية" in page.content.decode()

    def test_alias_in_the_title_is_a_passage(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, body=TEXT, _propose="1")
        text = editor.post(ADD, form).content.decode()
        assert "<mark>شاعر النيل</mark>" in text
        assert "<mark>حافظ إبراهيم</mark>" in text

    def test_namesakes_are_offered_and_not_ticked(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, body="قال أحمد شوقي", _propose="1")
        shown = ticks(editor.post(ADD, form))
        names = {f"actor:{catalogue.shawqi.pk}", f"actor:{catalogue.shawqi_place.pk}"}
        assert {value for value in shown if value.startswith("actor")} == names
        assert not any(shown[name] for name in names)

    def test_script_gets_the_panel_alone(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        page = editor.post(PROPOSE, {"body": TEXT})
        assert f"actor:{catalogue.hafiz.pk}" in ticks(page)
        assert "<html" not in page.content.decode()
        assert editor.get(PROPOSE).status_code == 405

    @pytest.mark.parametrize("data", [{}, {"body": "\x00؟"}, {"_article": "999999"}])
    def test_bad_input_proposes_nothing(
        self, editor: Client, data: dict[str, str]
    ) -> None:
        assert ticks(editor.post(PROPOSE, data)) == {}

    def test_readers_of_the_desk_get_none(self, client: Client, db: None) -> None:
        assert client.post(PROPOSE, {"body": TEXT}).status_code == 302

    def test_text_is_escaped(self, editor: Client, catalogue: Catalogue) -> None:
        page = editor.post(PROPOSE, {"body": "<script>x</script> حافظ إبراهيم"})
        assert "<script>" not in page.content.decode()


class TestTakingOver:
    def test_ticked_proposals_are_in_the_form_then(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, title="", body=TEXT)
        shown = ticks(editor.post(ADD, {**form, "_propose": "1"}))
        page = editor.post(ADD, {**form, "_accept": "1", "_take": list(shown)})
        assert not Article.objects.exists()
        sent = sent_of(page)
        assert sent["title"] == "رحيل شاعر النيل"
        assert sent["published"] == "1932-07-21"
        assert sent["published_as_printed"] == "٢١ تموز ١٩٣٢"
        assert sent["mentioned"] == [str(catalogue.hafiz.pk)]
        assert "بقلم" not in sent["body"]
        assert "خليل مطران" in page.content.decode()
        assert f"actor:{catalogue.hafiz.pk}" not in ticks(page)

    def test_forged_values_are_not_taken(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        take = [f"actor:{catalogue.shawqi.pk}", "topic:99", "actor:x", "date:0", "nil"]
        form = make_article_form(
            catalogue.ahram, body=TEXT, _accept="1", _take=take, topics=[]
        )
        sent = sent_of(editor.post(ADD, form))
        assert not sent.get("mentioned")
        assert not sent.get("topics")


class TestRemembering:
    def save(self, editor: Client, article: Article, **changes: Any) -> None:
        form = make_form_of(article)
        page = editor.post(page_of(article), {**form, "_propose": "1"})
        offered = page.context["panel"].offered
        saved = editor.post(page_of(article), {**form, "_offered": offered, **changes})
        assert saved.status_code == 302

    def test_answers_count_for_the_next_proposals(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        article = Article.objects.create(
            title="خبر", body="حافظ إبراهيم", source=catalogue.ahram
        )
        hafiz = catalogue.hafiz
        self.save(editor, article)
        answers = NameAnswers.objects.get(actor=hafiz)
        assert (answers.accepted, answers.refused) == (0, 1)
        assert RefusedProposal.objects.get().value == str(hafiz.pk)
        form = {**make_form_of(article), "_propose": "1"}
        assert ticks(editor.post(page_of(article), form)) == {}

    def test_accepted_actor_is_counted(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        article = Article.objects.create(
            title="خبر", body="حافظ إبراهيم", source=catalogue.ahram
        )
        self.save(editor, article, mentioned=[catalogue.hafiz.pk])
        answers = NameAnswers.objects.get(actor=catalogue.hafiz)
        assert (answers.accepted, answers.refused) == (1, 0)
        assert not RefusedProposal.objects.exists()

    @pytest.mark.parametrize(
        "offered",
        ["", "x", "[]", "{}", '{"actors": [{"ids": ["a", -1, true], "keys": 3}]}',
         json.dumps({"actors": [{"ids": [99999], "keys": ["س"]}], "topics": [99999]})],
    )  # fmt: skip
    def test_forged_offers_do_no_harm(
        self, editor: Client, catalogue: Catalogue, offered: str
    ) -> None:
        form = make_article_form(catalogue.ahram, _offered=offered)
        assert editor.post(ADD, form).status_code == 302
        assert not NameAnswers.objects.exists()


class TestDraftsAndPreview:
    def test_new_article_is_a_draft(self, editor: Client, catalogue: Catalogue) -> None:
        assert sent_of(editor.get(ADD))["status"] == Status.DRAFT

    def test_preview_shows_the_page_and_saves_nothing(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(
            catalogue.ahram,
            title="عنوان للمعاينة",
            body=TEXT,
            status="draft",
            mentioned=[catalogue.hafiz.pk],
            _preview="1",
        )
        page = editor.post(ADD, form)
        text = page.content.decode()
        assert page.status_code == 200
        assert "<h1" in text and "عنوان للمعاينة" in text
        assert catalogue.hafiz.slug in text
        assert not Article.objects.exists()

    def test_preview_of_a_stored_article_leaves_it(
        self, editor: Client, article: Article
    ) -> None:
        form = make_form_of(article) | {"title": "عنوان آخر", "_preview": "1"}
        assert "عنوان آخر" in editor.post(page_of(article), form).content.decode()
        article.refresh_from_db()
        assert article.title != "عنوان آخر"

    def test_preview_with_errors_shows_them(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, title="", _preview="1")
        assert "errornote" in editor.post(ADD, form).content.decode()

    def test_save_and_view_leads_to_the_page(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_article_form(catalogue.ahram, status="draft", _view="1")
        response = editor.post(ADD, form)
        assert response.headers["Location"] == Article.objects.get().get_absolute_url()
        assert editor.get(response.headers["Location"]).status_code == 200
