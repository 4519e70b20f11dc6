"""The system check that names articles with longer texts than may be saved now."""

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from archive.models import MAX_BODY_LENGTH, Article
from archive.templatetags.display import number

# Articles that the warning names.
NAMED: Final = 10


@register(Tags.database)
def check_long_texts(
    app_configs: Sequence[AppConfig] | None = None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """A warning with the articles whose text exceeds `MAX_BODY_LENGTH`, if any.

    Runs with ``check --database default`` only: it reads the length of every text, a
    second for 160 MB.
    """
    messages: list[CheckMessage] = []
    table = Article._meta.db_table
    for alias in databases or ():
        # A database that is being made for the first time has no tables.
        if table in connections[alias].introspection.table_names():
            messages += _check_articles(alias)
    return messages


def _check_articles(alias: str) -> list[CheckMessage]:
    long = Article.objects.using(alias).order_by("pk").alias(length=Length("body"))
    ids = list(long.filter(length__gt=MAX_BODY_LENGTH).values_list("pk", flat=True))
    if not ids:
        return []
    named = ", ".join(str(pk) for pk in ids[:NAMED])
    return [
        Warning(
            _(
                "Articles with texts of more than %(limit)s characters:"
                " %(named)s%(more)s."
            )
            % {
                "limit": number(MAX_BODY_LENGTH),
                "named": named,
                "more": f" … ({number(len(ids))})" if len(ids) > NAMED else "",
            },
            hint=_(
                "They stay readable and searchable, but their texts cannot be changed"
                " in the admin or by an import. Export them, split them into articles"
                " of a chapter each and import these: docs/importing.md."
            ),
            id="archive.W001",
        )
    ]
