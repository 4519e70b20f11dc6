"""Roles of accounts, and the permissions by which the code distinguishes them.

A role is a Django group. Its name is fixed; pages show its translated label.
"""

from typing import Any, Final, Protocol

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

# Sees and changes every article.
PUBLISH: Final = "archive.publish_article"
# Without PUBLISH: changes only drafts of its own.
CONTRIBUTE: Final = "archive.change_article"


class Reader(Protocol):
    """An account, or an anonymous visitor, who has no permissions."""

    @property
    def pk(self) -> Any:
        """The primary key; ``None`` for an anonymous visitor."""
        ...

    def has_perm(self, perm: str) -> bool:
        """Whether the reader has the permission *perm*."""
        ...


class Role(TextChoices):
    """The groups that the migrations create; docs/access.md lists their permissions."""

    VISITOR = "visitor", pgettext_lazy("role", "Visitor")
    CONTRIBUTOR = "contributor", pgettext_lazy("role", "Contributor")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")


def may_publish(reader: Reader) -> bool:
    """Whether *reader* may publish and withdraw, and sees all unpublished articles."""
    return reader.has_perm(PUBLISH)


def may_contribute(reader: Reader) -> bool:
    """Whether *reader* may write articles, at least drafts of their own."""
    return reader.has_perm(CONTRIBUTE)


def may_view_all(reader: Reader, model: str) -> bool:
    """Whether *reader* may see the actors, topics or sources without articles as well.

    *model* is ``actor``, ``topic`` or ``source``. Others see those that published
    articles name.
    """
    return reader.has_perm(f"archive.view_{model}")


def role_label(name: str) -> str:
    """The label of the group *name*: a role's translated label, else the name itself.

    >>> role_label("editor"), role_label("Friends of the library")
    ('Editor', 'Friends of the library')
    """
    return str(Role(name).label) if name in Role.values else name
