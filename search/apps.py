"""Search: finds what the archive holds."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from search.errors import IndexUnavailable


def _report_missing_lexicon(folder: Path) -> IndexUnavailable:
    return IndexUnavailable(
        format_lazy(
            _(
                "The lexicon of word families is missing or damaged ({folder})."
                " Compile it: python3 start.py manage build_lexicon"
            ),
            folder=folder,
        )
    )


class SearchConfig(AppConfig):
    """The application of search; connects the signals of the archive to the outbox."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Connect the signals; models can be imported from here on."""
        from django.contrib.auth.signals import user_logged_in

        from search.arabic.lexicon import location
        from search.indexing.signals import connect_signals
        from search.views.readers import take_over

        location.use(Path(settings.LEXICON_DIR), _report_missing_lexicon)
        connect_signals()
        user_logged_in.connect(take_over)
