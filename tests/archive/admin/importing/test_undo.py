"""An import of the admin is undone, and the names that it brought."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.test import Client

from archive.importing.batches.undo import undo_batch
from archive.models import (
    Actor,
    Article,
    BatchState,
    ImportBatch,
    Source,
    Topic,
    mark_edited,
)
from tests.archive.admin.importing.test_importing import (
    LIST,
    TABLE,
    act,
    choices,
    match,
    upload,
)


class TestUndo:
    def test_whole_import_is_undone(self, editor: Client) -> None:
        batch = upload(editor)
        match(editor, batch, "import")
        act(editor, batch, "undo")
        assert batch.state == BatchState.UNDONE
        assert not Article.objects.exists()
        assert not Source.objects.exists()

    def test_command_undoes_and_refuses_a_second_time(self, editor: Client) -> None:
        batch = upload(editor)
        match(editor, batch, "import")
        out = StringIO()
        call_command("undo_import", batch.pk, "--json", stdout=out)
        assert json.loads(out.getvalue()) == {"removed": 2, "restored": 0, "kept": 0}
        with pytest.raises(CommandError) as refused:
            call_command("undo_import", batch.pk)
        assert refused.value.returncode == 2

    def test_changed_articles_are_put_back(self, editor: Client) -> None:
        match(editor, upload(editor), "import")
        before = list(Article.objects.order_by("pk").values())
        changed = TABLE.replace("2021-03-02", "2021-03-02").replace("نزل", "هطل")
        numbered = f"article_id,{changed}".replace(
            "\nسطر,رسالة من", f"\n{before[0]['id']},سطر,رسالة من"
        ).replace("\nسطر", "\n,سطر")
        batch = upload(editor, numbered.encode())
        form = choices("import")
        names = ["article_id", "رأس الخبر", "العنوان", "كلام", "التاريخ"]
        fields = ["article_id", "", "title", "body", "published"]
        form["column-name"] = names
        form.update({f"column-{i}": field for i, field in enumerate(fields)})
        editor.post(f"{LIST}{batch.pk}/match/", form)
        batch.refresh_from_db()
        assert batch.summary["updated"] == 1
        assert "هطل" in Article.objects.get(pk=before[0]["id"]).body
        undone = undo_batch(batch)
        assert undone.restored == 1
        after = list(Article.objects.order_by("pk").values())
        for row in (*before, *after):
            row.pop("updated_at")
        assert after == before

    def test_article_that_a_person_has_edited_since_stays(self, editor: Client) -> None:
        batch = upload(editor)
        match(editor, batch, "import")
        edited = Article.objects.order_by("pk")[0]
        mark_edited(edited, ["title"])
        undone = undo_batch(batch)
        assert (undone.removed, undone.kept) == (1, 1)
        assert Article.objects.get() == edited


class TestUndoOfNames:
    ACTORS = (
        "الاسم,الاسم باللاتينية,أسماء أخرى,kind\n"
        "سالم ناصر,Salim Nasir,أبو خالد,person\n"
        "ليلى البحري,Layla al-Bahri,,person\n"
    )

    def read(self, text: str, command: str, tmp_path: Path) -> ImportBatch:
        path = tmp_path / "names.csv"
        path.write_text(text, "utf-8")
        maps = ("--map", "name_ar=الاسم", "--map", "aliases=أسماء أخرى")
        maps += ("--map", "name_latin=الاسم باللاتينية")
        call_command(command, str(path), *maps, verbosity=0, stdout=StringIO())
        return ImportBatch.objects.latest("pk")

    def test_added_go_and_changed_are_put_back(
        self, editor: Client, tmp_path: Path
    ) -> None:
        salim = Actor.objects.create(name_ar="سالم ناصر", kind="person")
        batch = self.read(self.ACTORS, "import_actors", tmp_path)
        salim.refresh_from_db()
        assert (salim.name_latin, salim.aliases.count()) == ("Salim Nasir", 1)
        assert Actor.objects.count() == 2
        act(editor, batch, "undo")
        salim.refresh_from_db()
        assert batch.state == BatchState.UNDONE
        assert (salim.name_latin, salim.aliases.count()) == ("", 0)
        assert list(Actor.objects.all()) == [salim]

    def test_what_is_used_or_edited_since_stays(
        self, editor: Client, article: Article, tmp_path: Path
    ) -> None:
        batch = self.read(self.ACTORS, "import_actors", tmp_path)
        salim = Actor.objects.get(name_latin="Salim Nasir")
        layla = Actor.objects.get(name_latin="Layla al-Bahri")
        article.actors.add(layla)
        Actor.objects.filter(pk=salim.pk).update(description="صحفي")
        LogEntry.objects.create(
            user_id=editor.session["_auth_user_id"],
            content_type=ContentType.objects.get_for_model(Actor),
            object_id=str(salim.pk),
            action_flag=CHANGE,
        )
        undone = undo_batch(batch)
        assert (undone.removed, undone.kept) == (0, 2)
        assert Actor.objects.filter(pk__in=[salim.pk, layla.pk]).count() == 2

    def test_corrected_value_is_not_put_back(self, db: None, tmp_path: Path) -> None:
        salim = Actor.objects.create(name_ar="سالم ناصر", kind="person")
        batch = self.read(self.ACTORS, "import_actors", tmp_path)
        Actor.objects.filter(pk=salim.pk).update(name_latin="Salem Naser")
        undo_batch(batch)
        salim.refresh_from_db()
        assert (salim.name_latin, salim.aliases.count()) == ("Salem Naser", 0)

    def test_tree_of_topics_goes_from_its_leaves(
        self, db: None, tmp_path: Path
    ) -> None:
        path = tmp_path / "topics.csv"
        rows = "name_ar,parent\nصحافة البصرة,صحافة\nصحافة,تاريخ\nتاريخ,\n"
        path.write_text(rows, "utf-8")
        call_command("import_topics", str(path), verbosity=0, stdout=StringIO())
        assert Topic.objects.get(name_ar="صحافة البصرة").parent is not None
        undone = undo_batch(ImportBatch.objects.latest("pk"))
        assert (undone.removed, undone.kept) == (3, 0)
        assert not Topic.objects.exists()
