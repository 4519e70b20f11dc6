"""Search: finds what the archive holds."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The application of search; connects the signals of the archive to the outbox."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Connect the signals; models can be imported from here on."""
        from search.arabic.lexicon import installed
        from search.indexing.signals import connect_signals

        installed.use(Path(settings.LEXICON_DIR))
        connect_signals()
