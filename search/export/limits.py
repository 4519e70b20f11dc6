"""The limit of articles in one exported file, and the notice of it."""

from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.templatetags.display import number


class Reader(Protocol):
    """A user or a guest."""

    @property
    def is_authenticated(self) -> bool:
        """Whether it is a user."""
        ...


class TooManyArticles(Exception):
    """More articles than a file may hold; the message says so in the language."""

    def __init__(self, total: int, limit: int) -> None:
        super().__init__(
            _("%(total)s articles are found now, and one file holds at most %(limit)s.")
            % {"total": number(total), "limit": number(limit)}
        )


def limit_for(reader: Reader) -> int:
    """The most articles that *reader* may export to one file."""
    everybody: int = settings.EXPORT_MAX_ROWS
    if reader.is_authenticated:
        return everybody
    return min(everybody, settings.EXPORT_GUEST_MAX_ROWS)


def export_limit_notice(total: int, reader: Reader) -> str:
    """The sentences about the limit for a search with *total* hits.

    Where there are more hits than the limit, they say what to do.
    """
    limit = limit_for(reader)
    sentences = [
        ngettext(
            "One file holds at most %(limit)s article.",
            "One file holds at most %(limit)s articles.",
            limit,
        )
        % {"limit": number(limit)}
    ]
    if total > limit:
        sentences.append(
            _(
                "This search finds more. Narrow it, by date or source for instance,"
                " and download the articles in parts."
            )
        )
        if limit < settings.EXPORT_MAX_ROWS:
            sentences.append(
                ngettext(
                    "Editors who have signed in may take %(limit)s article at once.",
                    "Editors who have signed in may take %(limit)s articles at once.",
                    settings.EXPORT_MAX_ROWS,
                )
                % {"limit": number(settings.EXPORT_MAX_ROWS)}
            )
    return " ".join(sentences)
