"""E-mails about what is new to saved searches: at once, once a day or once a week."""

import datetime as dt
import logging
import smtplib
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import override

from archive.models import Article
from search.following.message import write_message
from search.indexing.lock import hold_lock
from search.models import Alert, Digest, Frequency, SavedSearch

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
    new = Alert.objects.filter(search=OuterRef("pk"), digest=None)
    wanted = SavedSearch.objects.exclude(frequency=Frequency.NEVER)
    for saved in wanted.filter(Exists(new)):
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
    found = Article.objects.published_among(ids).select_related("source").in_bulk()
    articles = [found[pk] for pk in ids if pk in found]
    address = digest.search.owner.email
    if not articles or not address:
        return True
    with override(digest.search.language):
        message = write_message(digest, articles, address)
    try:
        message.send()
    except (OSError, smtplib.SMTPException):
        _log.exception("The e-mail %s was not sent; it waits.", digest.pk)
        return False
    return True
