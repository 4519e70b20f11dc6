"""The spelling keys of actors anew: عزالدين is عز الدين."""

from importlib import import_module

from django.db import migrations

fill = import_module("archive.migrations.0020_one_article").fill


class Migration(migrations.Migration):
    dependencies = [("archive", "0020_one_article")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
