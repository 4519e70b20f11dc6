"""Who may do what: the roles of accounts, and the right that tells them apart.

A role is a group of Django's, kept under a name that never changes and shown under its
label. Public: `Role`, `may_publish`, `may_contribute`, `role_label`.
"""

from typing import Any, Final, Protocol

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

# Whoever may publish sees and changes every article; others their own drafts.
PUBLISH: Final = "archive.publish_article"
CONTRIBUTE: Final = "archive.change_article"


class Reader(Protocol):
    """Whoever reads or writes: an account, or a guest, who has no rights."""

    @property
    def pk(self) -> Any:
        """The primary key; ``None`` for a guest."""
        ...

    def has_perm(self, perm: str) -> bool:
        """Whether the reader has the right *perm*."""
        ...


class Role(TextChoices):
    """The groups that the migrations make; docs/access.md tables what each may do."""

    VISITOR = "visitor", pgettext_lazy("role", "Visitor")
    CONTRIBUTOR = "contributor", pgettext_lazy("role", "Contributor")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")


def may_publish(reader: Reader) -> bool:
    """Whether *reader* publishes, withdraws and sees what others have not published."""
    return reader.has_perm(PUBLISH)


def may_contribute(reader: Reader) -> bool:
    """Whether *reader* writes articles, their own at least."""
    return reader.has_perm(CONTRIBUTE)


def role_label(name: str) -> str:
    """What to call the group *name*: a role in the reader's language, others as named.

    >>> role_label("editor"), role_label("Friends of the library")
    ('Editor', 'Friends of the library')
    """
    return str(Role(name).label) if name in Role.values else name
