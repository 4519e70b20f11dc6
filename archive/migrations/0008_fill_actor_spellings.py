"""The spelling keys of existing actors, and their phonetic keys anew.

In a migration of its own, because PostgreSQL creates no index on a table that the same
transaction has filled.
"""

from collections import defaultdict
from itertools import islice

from django.db import migrations

from archive.models import stored_spelling_key
from archive.names.phonetic import name_sounds, phonetic_key

BATCH = 1_000


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    names = load_names(apps, alias)
    spelling_model = apps.get_model("archive", "ActorSpelling")
    sound_model = apps.get_model("archive", "ActorNameKey")
    spellings = (
        spelling_model(actor_id=actor_id, key=key)
        for actor_id, own in names
        for key in sorted({stored_spelling_key(name) for name in own} - {""})
    )
    sounds = (
        sound_model(actor_id=actor_id, key=phonetic_key(sound), sound=sound)
        for actor_id, own in names
        for sound in sorted({sound for name in own for sound in name_sounds(name)})
    )
    # Digits and joined names have other sounds than before.
    sound_model.objects.using(alias).all().delete()
    for model, rows in ((spelling_model, spellings), (sound_model, sounds)):
        while batch := list(islice(rows, BATCH)):
            model.objects.using(alias).bulk_create(batch)


def load_names(apps, alias):
    """The names and aliases of all actors: a sorted list of pairs with the id."""
    names = defaultdict(set)
    actors = apps.get_model("archive", "Actor").objects.using(alias)
    for actor_id, *pair in actors.values_list("pk", "name_ar", "name_latin"):
        names[actor_id].update(pair)
    aliases = apps.get_model("archive", "ActorAlias").objects.using(alias)
    for actor_id, name in aliases.values_list("actor_id", "name"):
        names[actor_id].add(name)
    return sorted(names.items())


class Migration(migrations.Migration):
    dependencies = [("archive", "0007_actor_spellings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
