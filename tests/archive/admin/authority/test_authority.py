"""Merging and undoing in the admin, relations, kinds of names, and the table."""

import csv
import io

import pytest
from django.test import Client

from archive.models import Actor, ActorMerge, ActorRelation, Article
from tests.archive.admin.conftest import Catalogue
from tests.archive.admin.posted_forms import make_actor_form

LIST = "/en/admin/archive/actor/"


def page_of(actor: Actor) -> str:
    return f"{LIST}{actor.pk}/change/"


def choose(*actors: Actor, **more: str) -> dict[str, object]:
    return {
        "action": "merge_selected",
        "_selected_action": [a.pk for a in actors],
        **more,
    }


class TestMerging:
    def test_action_asks_which_record_stays(
        self, editor: Client, catalogue: Catalogue, article: Article
    ) -> None:
        article.actors.add(catalogue.shawqi)
        page = editor.post(LIST, choose(catalogue.hafiz, catalogue.shawqi))
        assert page.status_code == 200
        assert [count for _, count in page.context["actors"]] == [1, 0]
        assert not ActorMerge.objects.exists()

    def test_records_are_merged_and_restored_by_one_click(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        kept, merged = catalogue.shawqi, catalogue.shawqi_place
        form = choose(kept, merged, keep=str(kept.pk))
        response = editor.post(LIST, form)
        assert response.headers["Location"] == page_of(kept)
        merge = ActorMerge.objects.get()
        assert (merge.kept, merge.slug) == (kept, merged.slug)
        page = editor.get(page_of(kept)).content.decode()
        undo = f"{LIST}merge/{merge.pk}/undo/"
        assert undo in page
        assert editor.get(undo).status_code == 405
        assert editor.post(undo).headers["Location"] == page_of(merged)
        assert not ActorMerge.objects.exists()
        assert editor.post(undo).status_code == 404

    @pytest.mark.parametrize("keep", ["", "x", "999999"])
    def test_forged_choice_merges_nothing(
        self, editor: Client, catalogue: Catalogue, keep: str
    ) -> None:
        editor.post(LIST, choose(catalogue.hafiz, catalogue.shawqi, keep=keep))
        assert not ActorMerge.objects.exists()

    def test_one_record_is_not_merged(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        page = editor.post(LIST, choose(catalogue.hafiz, keep=str(catalogue.hafiz.pk)))
        assert page.status_code == 302
        assert not ActorMerge.objects.exists()

    def test_address_taken_meanwhile_is_told(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        kept, merged = catalogue.hafiz, catalogue.shawqi_place
        editor.post(LIST, choose(kept, merged, keep=str(kept.pk)))
        Actor.objects.create(name_ar="آخر", slug=merged.slug)
        undo = f"{LIST}merge/{ActorMerge.objects.get().pk}/undo/"
        page = editor.post(undo, follow=True)
        assert "cannot be undone" in page.content.decode()
        assert ActorMerge.objects.exists()


class TestActorForm:
    def test_kind_of_name_and_relation_are_saved(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = make_actor_form(
            **{
                "name_ar": "فؤاد حداد",
                "aliases-TOTAL_FORMS": "1",
                "aliases-0-name": "أبو سليم",
                "aliases-0-kind": "kunya",
                "aliases-0-began": "شباط 1930",
                "relations-TOTAL_FORMS": "1",
                "relations-0-kind": "relative",
                "relations-0-other": str(catalogue.hafiz.pk),
                "relations-0-certainty": "disputed",
            }
        )
        assert editor.post(f"{LIST}add/", form).status_code == 302
        actor = Actor.objects.get(name_ar="فؤاد حداد")
        alias = actor.aliases.get()
        assert (alias.kind, alias.began, alias.script) == ("kunya", "1930-02", "Arab")
        relation = ActorRelation.objects.get()
        assert (relation.other, relation.certainty) == (catalogue.hafiz, "disputed")

    def test_ambiguous_name_is_marked(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        catalogue.shawqi.aliases.create(name="شاعر النيل")
        page = editor.get(page_of(catalogue.hafiz)).content.decode()
        assert "also the name of another actor" in page


class TestTable:
    def test_selected_actors_come_as_the_import_reads_them(
        self, editor: Client, catalogue: Catalogue
    ) -> None:
        form = {**choose(catalogue.hafiz), "action": "export_actors"}
        response = editor.post(LIST, form)
        text = b"".join(response).decode("utf-8-sig")
        (row,) = csv.DictReader(io.StringIO(text))
        assert row["name_ar"] == "حافظ إبراهيم"
        assert row["aliases"] == "شاعر النيل"
        assert row["began"] == "1872"
