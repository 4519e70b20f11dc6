"""The identity of the archive: a random one for each database that is migrated."""

import secrets

from django.db import migrations, models


def make_identity(apps, schema_editor):
    """Make the one row."""
    identities = apps.get_model("archive", "Identity").objects
    identities.using(schema_editor.connection.alias).get_or_create(
        pk=1, defaults={"value": secrets.token_hex(16)}
    )


class Migration(migrations.Migration):
    dependencies = [("archive", "0005_roles")]

    operations = [
        migrations.CreateModel(
            name="Identity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("value", models.CharField(editable=False, max_length=32)),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunPython(make_identity, migrations.RunPython.noop),
    ]
