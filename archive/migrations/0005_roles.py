"""The groups visitor, contributor, editor and administrator, with their permissions.

Django creates the rows of permissions after all migrations, which is too late for this
one on a new database: it creates those that it needs, and Django finds them. Groups
keep the permissions that they have already.
"""

from django.db import migrations

_ALL = ("add", "change", "delete", "view")
_WRITE = ("add", "change", "view")
_LOOK = ("view",)
_AUTHORITIES = ("actor", "actoralias", "source", "topic")

# group → (app, model) → actions
_RIGHTS = {
    # Published articles need no permission.
    "visitor": {},
    "contributor": {
        ("archive", "article"): _WRITE,
        ("archive", "articleauthor"): _ALL,
        # For autocomplete fields.
        **{("archive", model): _LOOK for model in _AUTHORITIES},
    },
    "editor": {
        # Editors withdraw articles; only administrators delete them.
        ("archive", "article"): (*_WRITE, "publish"),
        ("archive", "articleauthor"): _ALL,
        **{("archive", model): _ALL for model in _AUTHORITIES},
    },
    "administrator": {
        ("archive", "article"): (*_ALL, "publish"),
        ("archive", "articleauthor"): _ALL,
        **{("archive", model): _ALL for model in _AUTHORITIES},
        ("auth", "user"): _ALL,
        ("auth", "group"): _ALL,
        # Failed sign-ins: deleting them unlocks the account.
        ("axes", "accessattempt"): ("delete", "view"),
    },
}
# The names that Django would give, so that the rows equal its own.
_NAMES = {"publish": "Can publish and withdraw articles"}
_MODEL_NAMES = {
    "accessattempt": "access attempt",
    "actoralias": "alias",
    "articleauthor": "author",
}


def make_groups(apps, schema_editor):
    database = schema_editor.connection.alias
    groups = apps.get_model("auth", "Group").objects.using(database)
    for name, rights in _RIGHTS.items():
        group, _created = groups.get_or_create(name=name)
        group.permissions.add(
            *(
                make_permission(apps, database, app, model, action)
                for (app, model), actions in rights.items()
                for action in actions
            )
        )


def make_permission(apps, database, app, model, action):
    types = apps.get_model("contenttypes", "ContentType").objects.using(database)
    permissions = apps.get_model("auth", "Permission").objects.using(database)
    kind, _created = types.get_or_create(app_label=app, model=model)
    plain = f"Can {action} {_MODEL_NAMES.get(model, model)}"
    permission, _created = permissions.get_or_create(
        content_type=kind,
        codename=f"{action}_{model}",
        defaults={"name": _NAMES.get(action, plain)},
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_article_created_by"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    # Irreversible in effect: accounts may be members of the groups.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
