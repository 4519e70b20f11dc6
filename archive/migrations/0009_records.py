"""What a record states of a text: kind, place in print, rights, roles of its actors.

The table of the relation of articles and actors stays as it is, and gets a column.
"""

import django.db.models.deletion
from django.db import migrations, models

from archive.models import ActorRole, SourceKind, TextKind


def _text(label, length):
    return models.CharField(
        blank=True, default="", max_length=length, verbose_name=label
    )


def _link(model, related_name):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to=model,
    )


class Migration(migrations.Migration):
    dependencies = [("archive", "0008_fill_actor_spellings")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ArticleActor",
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
                        ("article", _link("archive.article", "actor_links")),
                        ("actor", _link("archive.actor", "article_links")),
                    ],
                    options={
                        "verbose_name": "actor of an article",
                        "verbose_name_plural": "actors of articles",
                        "db_table": "archive_article_actors",
                        "default_permissions": (),
                        "unique_together": {("article", "actor")},
                    },
                ),
                migrations.AlterField(
                    model_name="article",
                    name="actors",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="articles",
                        through="archive.ArticleActor",
                        to="archive.actor",
                        verbose_name="actors",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="articleactor",
            name="role",
            field=models.CharField(
                choices=ActorRole.choices,
                default="mentioned",
                max_length=10,
                verbose_name="role",
            ),
        ),
        migrations.AddField("article", "kind", models.CharField(
            blank=True,
            choices=TextKind.choices,
            default="",
            max_length=20,
            verbose_name="kind of text",
        )),
        migrations.AddField("article", "volume", _text("volume", 50), False),
        migrations.AddField("article", "issue", _text("issue", 50), False),
        migrations.AddField("article", "pages", _text("pages", 50), False),
        migrations.AddField("article", "place", _text("place of printing", 200), False),
        migrations.AddField("article", "rights", _text("rights", 500), False),
        migrations.AddField(
            "article", "published_in_file", _text("date as in the file", 200), False
        ),
        migrations.AlterField(
            model_name="source",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=SourceKind.choices,
                default="",
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
