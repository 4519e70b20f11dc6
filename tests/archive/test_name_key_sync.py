"""Phonetic keys follow the names of actors."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from archive.models import (
    Actor,
    ActorAlias,
    ActorNameKey,
    ActorSpelling,
    stored_spelling_key,
)
from archive.name_key_sync import sync_name_keys
from archive.names.phonetic import name_sounds


def kept(actor: Actor) -> set[str]:
    return set(actor.name_keys.values_list("sound", flat=True))


def spellings(actor: Actor) -> set[str]:
    return set(actor.spellings.values_list("key", flat=True))


def sounds(*names: str) -> set[str]:
    return {sound for name in names for sound in name_sounds(name)}


@pytest.fixture
def taha(db: None) -> Actor:
    actor = Actor.objects.create(name_ar="طه حسين", name_latin="Taha Hussein")
    ActorAlias.objects.create(actor=actor, name="عميد الأدب العربي")
    return actor


class TestSaving:
    def test_both_names_and_all_aliases_have_keys(self, taha: Actor) -> None:
        names = ("طه حسين", "Taha Hussein", "عميد الأدب العربي")
        assert kept(taha) == sounds(*names)
        assert spellings(taha) == {"طهحسين", "tahahussein", "عميدادبعربي"}

    def test_spellings_of_one_name_have_one_row(self, taha: Actor) -> None:
        before = spellings(taha)
        ActorAlias.objects.create(actor=taha, name="طه الحسين")
        assert spellings(taha) == before
        taha.name_ar = "أحمد شوقي"
        taha.save()
        assert "طهحسين" in spellings(taha)
        taha.aliases.get(name="طه الحسين").delete()
        assert "طهحسين" not in spellings(taha)

    def test_key_is_that_of_the_sound(self, taha: Actor) -> None:
        rows = dict(taha.name_keys.values_list("sound", "key"))
        assert rows["HSīN"] == "HSN"

    def test_keys_of_a_changed_name_are_replaced(self, taha: Actor) -> None:
        taha.name_ar, taha.name_latin = "أحمد شوقي", ""
        taha.save()
        assert kept(taha) == sounds("أحمد شوقي", "عميد الأدب العربي")

    def test_keys_of_a_changed_alias_are_replaced(self, taha: Actor) -> None:
        alias = taha.aliases.get()
        alias.name = "Ṭāhā Ḥusayn"
        alias.save()
        assert kept(taha) == sounds("طه حسين", "Taha Hussein", "Ṭāhā Ḥusayn")

    def test_unchanged_names_write_nothing(self, taha: Actor) -> None:
        before = list(taha.name_keys.order_by("pk").values_list("pk", flat=True))
        taha.save()
        after = list(taha.name_keys.order_by("pk").values_list("pk", flat=True))
        assert after == before


class TestDeleting:
    def test_deleting_an_alias_deletes_its_keys(self, taha: Actor) -> None:
        taha.aliases.get().delete()
        assert kept(taha) == sounds("طه حسين", "Taha Hussein")

    def test_deleting_many_aliases_deletes_their_keys(self, taha: Actor) -> None:
        ActorAlias.objects.create(actor=taha, name="Husain")
        ActorAlias.objects.all().delete()
        assert kept(taha) == sounds("طه حسين", "Taha Hussein")

    def test_shared_keys_are_kept(self, taha: Actor) -> None:
        alias = ActorAlias.objects.create(actor=taha, name="حسين")
        alias.delete()
        assert sounds("حسين") <= kept(taha)

    @pytest.mark.django_db(transaction=True)
    def test_deleting_an_actor_deletes_its_keys(self) -> None:
        # The commit would fail on a key of a deleted actor.
        actor = Actor.objects.create(name_ar="طه حسين")
        ActorAlias.objects.create(actor=actor, name="Taha")
        actor.delete()
        assert not ActorNameKey.objects.exists()
        assert not ActorSpelling.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_deleting_many_actors_deletes_their_keys(self) -> None:
        actor = Actor.objects.create(name_ar="طه حسين")
        ActorAlias.objects.create(actor=actor, name="Taha")
        Actor.objects.all().delete()
        assert not ActorNameKey.objects.exists()


class TestManyAtOnce:
    def test_bulk_writes_are_synchronized_on_request(self, db: None) -> None:
        names = [f"طه {letter}اجد" for letter in "بتثجحخدذرز"]
        actors = Actor.objects.bulk_create(
            Actor(slug=f"a{number}", name_ar=name) for number, name in enumerate(names)
        )
        sync_name_keys(actor.pk for actor in actors)
        for actor, name in zip(actors, names, strict=True):
            assert kept(actor) == sounds(name)

    def test_queries_do_not_grow_with_actors(self, db: None) -> None:
        ids = [Actor.objects.create(name_ar=f"طه {n}").pk for n in "بتثجحخدذرز"]
        counts = []
        for chosen in (ids[:1], ids):
            ActorNameKey.objects.all().delete()
            with CaptureQueriesContext(
                connection,
            ) as queries:
                sync_name_keys(chosen)
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_unknown_id_is_ignored(self, taha: Actor) -> None:
        sync_name_keys([taha.pk + 1, taha.pk])
        assert ActorNameKey.objects.count() == len(kept(taha))


class TestLoading:
    def test_fixtures_keep_their_keys(self, taha: Actor, tmp_path: object) -> None:
        path = f"{tmp_path}/archive.json"
        before = kept(taha)
        call_command("dumpdata", "archive", output=path)
        Actor.objects.all().delete()
        call_command("loaddata", path, verbosity=0)
        assert kept(Actor.objects.get()) == before


@pytest.mark.django_db(transaction=True)
class TestMigration:
    def test_migration_fills_the_keys_of_existing_actors(self) -> None:
        names = ("محمد البرادعي", "Mohamed ElBaradei", "ElBaradei", "البرادعي")
        actor = Actor.objects.create(name_ar=names[0], name_latin=names[1])
        for name in names[2:]:
            ActorAlias.objects.create(actor=actor, name=name)
        latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
        try:
            MigrationExecutor(connection).migrate([("archive", "0001_initial")])
            assert "archive_actornamekey" not in connection.introspection.table_names()
        finally:
            MigrationExecutor(connection).migrate(latest)
        assert kept(actor) == sounds(*names)
        assert spellings(actor) == set(map(stored_spelling_key, names))

    def test_migration_writes_the_sounds_anew(self) -> None:
        actor = Actor.objects.create(name_ar="حسين", name_latin="7ussein")
        latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
        try:
            MigrationExecutor(connection).migrate([("archive", "0006_identity")])
            ActorNameKey.objects.all().delete()
            ActorNameKey.objects.create(actor_id=actor.pk, key="SN", sound="SeiN")
        finally:
            MigrationExecutor(connection).migrate(latest)
        assert kept(actor) == sounds("حسين", "7ussein")
        assert spellings(actor) == {"حسين", "7ussein"}
