"""The archive's description, which administrators change at the desk."""

from django.db import migrations, models

import archive.models.about.description

# As Django would write it, so that the row equals its own.
_PERMISSION = "Can change description of the archive"


def let_administrators_change_it(apps, schema_editor):
    database = schema_editor.connection.alias
    types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    groups = apps.get_model("auth", "Group").objects.using(database)
    kind, _created = types.get_or_create(app_label="archive", model="archivedescription")
    permission, _created = permissions.get_or_create(
        content_type=kind,
        codename="change_archivedescription",
        defaults={"name": _PERMISSION},
    )
    for group in groups.filter(name="administrator"):
        group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0014_bulk_edits'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='ArchiveDescription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ar', models.CharField(blank=True, max_length=120, verbose_name='name in Arabic')),
                ('name_en', models.CharField(blank=True, max_length=120, verbose_name='name in English')),
                ('about_ar', models.TextField(blank=True, help_text='Who collected it, from where, what it leaves out. An empty line separates paragraphs; the home page shows the first one.', max_length=5000, verbose_name='about the archive, in Arabic')),
                ('about_en', models.TextField(blank=True, max_length=5000, verbose_name='about the archive, in English')),
                ('rights_ar', models.TextField(blank=True, help_text='What readers may do with the texts, and whose they are.', max_length=5000, verbose_name='rights, in Arabic')),
                ('rights_en', models.TextField(blank=True, max_length=5000, verbose_name='rights, in English')),
                ('contact', models.CharField(blank=True, help_text='An e-mail address, or the address of a page.', max_length=300, validators=[archive.models.about.description.validate_contact], verbose_name='contact')),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'description of the archive',
                'verbose_name_plural': 'description of the archive',
                'default_permissions': ('change',),
            },
        ),
        migrations.RunPython(
            let_administrators_change_it, migrations.RunPython.noop
        ),
    ]
