"""Texts within longer ones: their share is kept, and all texts are sketched anew.

Sketches of the former kind have no keys in common with those of this one.
"""

from django.db import migrations, models


def empty(apps, schema_editor):
    alias = schema_editor.connection.alias
    for name in ("SketchBucket", "TextSketch"):
        apps.get_model("archive", name).objects.using(alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("archive", "0021_short_heads")]

    operations = [
        migrations.AddField(
            model_name="likeness",
            name="contained",
            field=models.FloatField(default=0.0),
        ),
        migrations.RunPython(empty, migrations.RunPython.noop, elidable=True),
    ]
