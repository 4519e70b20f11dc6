"""The phonetic keys of existing actors.

In a migration of its own, because PostgreSQL creates no index on a table that the same
transaction has filled.
"""

from collections import defaultdict
from itertools import islice

from django.db import migrations

from archive.names.phonetic import phonetic_key, name_sounds

BATCH = 1_000


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    actors = apps.get_model("archive", "Actor").objects.using(alias)
    aliases = apps.get_model("archive", "ActorAlias").objects.using(alias)
    key_model = apps.get_model("archive", "ActorNameKey")
    sounds = defaultdict(set)
    for actor_id, *names in actors.values_list("pk", "name_ar", "name_latin"):
        for name in names:
            sounds[actor_id].update(name_sounds(name))
    for actor_id, name in aliases.values_list("actor_id", "name"):
        sounds[actor_id].update(name_sounds(name))
    rows = (
        key_model(actor_id=actor_id, key=phonetic_key(sound), sound=sound)
        for actor_id in sorted(sounds)
        for sound in sorted(sounds[actor_id])
    )
    while batch := list(islice(rows, BATCH)):
        key_model.objects.using(alias).bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_actor_name_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
