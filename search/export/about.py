"""What a file of articles is about: the question, the archive, the day, how many."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.references import Place
from archive.templatetags.display import number


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The circumstances of an export.

    ``place`` builds addresses of articles; ``site_name`` and ``question`` are in the
    language of the reader; ``address`` opens the search or the selection again.
    ``columns`` are the names of the columns wanted in a table, in its order; empty for
    all of them. ``notes`` are the reader's own, by number of article.
    """

    place: Place
    site_name: str
    question: str
    address: str
    total: int
    made_at: dt.datetime
    columns: tuple[str, ...] = ()
    notes: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about a file."""

    label: Promise
    text: str


def list_facts(about: About) -> tuple[Fact, ...]:
    """What was asked, when, of which archive, and how many articles answer it."""
    return (
        Fact(_("Archive"), about.site_name),
        Fact(_("Address of the archive"), about.place.site_address),
        Fact(_("What was asked"), about.question),
        Fact(_("Address of the search"), about.address),
        Fact(_("Number of articles"), number(about.total)),
        Fact(_("Made at"), about.made_at.isoformat(timespec="minutes")),
        Fact(
            _("Rights"),
            str(
                _(
                    "The texts belong to their authors and publishers; the rights that "
                    "the archive knows of stand with each article."
                )
            ),
        ),
    )
