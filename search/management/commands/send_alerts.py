"""``manage.py send_alerts``: what is new to saved searches, and the e-mails about it.

Exit status: 0 all that was due is sent, or another process is at it; 2 something waits.
"""

import json
from dataclasses import asdict
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from archive.help_format import ExampleCommand
from archive.templatetags.display import number
from search.errors import IndexUnavailable
from search.following import DigestResult, MatchResult, match_arrivals, send_digests
from search.indexing.lock import IndexerBusy

WAITS: Final = 2

EXAMPLES: Final = gettext_lazy(
    "Examples:\n"
    "  manage.py send_alerts                 every five minutes, from cron or a timer\n"
    "  manage.py send_alerts --json | jq .sent\n"
    "An article is new once; an e-mail that cannot be sent waits and is sent the next"
    " time. Exit status: 0 all is sent, or another process is at it; 2 something waits."
)


class Command(ExampleCommand):
    examples = EXAMPLES
    help = gettext_lazy(  # type: ignore[assignment]
        "Ask all saved searches about the articles that are new, and send the e-mails"
        " that are due."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("print one object"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            matched = match_arrivals()
        except IndexerBusy:
            matched = MatchResult()
        except IndexUnavailable as error:
            raise CommandError(str(error), returncode=WAITS) from error
        try:
            sent = send_digests()
        except IndexerBusy:
            sent = DigestResult()
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(matched), **asdict(sent)}))
        elif options["verbosity"]:
            self._tell(matched, sent)
        if sent.failed:
            sentence = ngettext(
                "%(shown)s e-mail could not be sent and waits; the log says why.",
                "%(shown)s e-mails could not be sent and wait; the log says why.",
                sent.failed,
            )
            raise CommandError(
                sentence % {"shown": number(sent.failed)}, returncode=WAITS
            )

    def _tell(self, matched: MatchResult, sent: DigestResult) -> None:
        sentence = _(
            "New articles: %(arrivals)s. Alerts: %(alerts)s. E-mails sent: %(sent)s."
        )
        self.stdout.write(
            sentence
            % {
                "arrivals": number(matched.arrivals),
                "alerts": number(matched.alerts),
                "sent": number(sent.sent),
            }
        )
