"""The spelling keys of actors anew: of a word only one article is left out.

الألباني and الباني had the same key.
"""

from itertools import islice

from django.db import migrations

from archive.models import stored_spelling_key

BATCH = 1_000


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    actors = apps.get_model("archive", "Actor").objects.using(alias)
    aliases = apps.get_model("archive", "ActorAlias").objects.using(alias)
    model = apps.get_model("archive", "ActorSpelling")
    keys = {
        (pk, stored_spelling_key(name))
        for pk, *names in (
            *actors.order_by().values_list("pk", "name_ar", "name_latin"),
            *aliases.order_by().values_list("actor_id", "name"),
        )
        for name in names
    }
    model.objects.using(alias).all().delete()
    rows = (model(actor_id=pk, key=key) for pk, key in sorted(keys) if key)
    while batch := list(islice(rows, BATCH)):
        model.objects.using(alias).bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [("archive", "0019_saved_filters")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
