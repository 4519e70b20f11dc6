"""E-mails about what is new to saved searches: at once, once a day or once a week."""

import datetime as dt
import logging
import smtplib
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from archive.models import Article
from archive.templatetags.display import date_text, number
from search.following.stopping import write_token
from search.indexing.lock import hold_lock
from search.models import Alert, Digest, Frequency, SavedSearch

# Articles that one e-mail names; it counts the others.
MOST_NAMED: Final = 50
_INTERVALS: Final = {
    Frequency.AT_ONCE: dt.timedelta(0),
    Frequency.DAILY: dt.timedelta(days=1),
    Frequency.WEEKLY: dt.timedelta(weeks=1),
}
_LOCK_FILE: Final = "emails.lock"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DigestResult:
    """How many e-mails were sent, and how many could not be."""

    sent: int = 0
    failed: int = 0


def send_digests(now: dt.datetime | None = None) -> DigestResult:
    """Prepare the e-mails that are due, and send all that have not been sent.

    What cannot be sent is logged and waits for the next time. One process at a time, or
    readers would get an e-mail twice: raises IndexerBusy where another one is at it.
    """
    with hold_lock(_LOCK_FILE):
        return _send_due(now or timezone.now())


def _send_due(moment: dt.datetime) -> DigestResult:
    for saved in SavedSearch.objects.exclude(frequency=Frequency.NEVER):
        if _is_due(saved, moment):
            _prepare(saved, moment)
    sent = failed = 0
    waiting = Digest.objects.filter(sent_at=None).select_related("search__owner")
    for digest in waiting.exclude(search__frequency=Frequency.NEVER):
        if _send(digest):
            Digest.objects.filter(pk=digest.pk).update(sent_at=moment)
            sent += 1
        else:
            failed += 1
    return DigestResult(sent, failed)


def _is_due(saved: SavedSearch, now: dt.datetime) -> bool:
    """Whether an interval has passed since the last one, in either direction.

    A clock that was set back must not silence a search for as long as it was wrong.
    """
    if saved.last_digest_at is None:
        return True
    return abs(now - saved.last_digest_at) >= _INTERVALS[Frequency(saved.frequency)]


@transaction.atomic
def _prepare(saved: SavedSearch, now: dt.datetime) -> None:
    """A digest of the alerts that stand in none."""
    new = Alert.objects.filter(search=saved, digest=None)
    if not new.exists():
        return
    digest = Digest.objects.create(search=saved, prepared_at=now)
    new.update(digest=digest)
    SavedSearch.objects.filter(pk=saved.pk).update(last_digest_at=now)


def _send(digest: Digest) -> bool:
    """Send *digest*; true also where there is nothing to tell or nobody to tell it."""
    ids = list(digest.alerts.values_list("article_id", flat=True))
    found = Article.objects.published().select_related("source").in_bulk(ids)
    articles = [found[pk] for pk in ids if pk in found]
    address = digest.search.owner.email
    if not articles or not address:
        return True
    with override(digest.search.language):
        message = _write(digest, articles, address)
    try:
        message.send()
    except (OSError, smtplib.SMTPException):
        _log.exception("The e-mail %s was not sent; it waits.", digest.pk)
        return False
    return True


def _write(digest: Digest, articles: list[Article], address: str) -> EmailMessage:
    saved = digest.search
    site = saved.site_address
    stop = site + reverse("search:stop_alerts", args=[write_token(saved.pk)])
    results = f"{site}{reverse('search:results')}?{saved.query_string}"
    total = len(articles)
    heading = ngettext(
        "%(shown)s new article: %(name)s", "%(shown)s new articles: %(name)s", total
    ) % {"shown": number(total), "name": saved.name}
    lines = [heading, ""]
    for article in articles[:MOST_NAMED]:
        where = article.source.label(saved.language)
        date = f" · {date_text(article.published)}" if article.published else ""
        title = " ".join(article.title.split())
        lines += [title, f"{where}{date}", f"{site}{article.get_absolute_url()}", ""]
    if total > MOST_NAMED:
        lines += [_("The others are among the results of the search."), ""]
    lines += [_("The whole search: %(address)s") % {"address": results}]
    if saved.reason:
        lines += [_("Why you follow it: %(reason)s") % {"reason": saved.reason}]
    lines += ["", _("To stop these e-mails: %(address)s") % {"address": stop}]
    return EmailMessage(
        # A name has one line, but a header must never have two.
        subject=" ".join(heading.split()),
        body="\n".join(lines),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[address],
        headers={
            "Message-ID": f"<digest-{digest.pk}@{urlsplit(site).hostname}>",
            # RFC 8058: one click in the mail program, without a page.
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
