"""The e-mail that tells what is new to a saved search: as text, and as HTML.

A text has no direction of its own: programs that show it from left to right put the
full stops and dates of Arabic lines where they do not belong. HTML says its direction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.models import Article
from archive.templatetags.display import date_text, isolate, number
from search.following.stopping import write_token
from search.models import Digest, SavedSearch

# Articles that one e-mail names; it counts the others.
MOST_NAMED: Final = 50


@dataclass(frozen=True, slots=True)
class Item:
    """An article of the e-mail, in one line each; ``language`` is that of its title.

    ``date`` may be empty.
    """

    title: str
    language: str
    source: str
    date: str
    address: str

    @property
    def printed(self) -> str:
        """Source and date; the day must not join a source in Latin letters."""
        return f"{self.source} · {isolate(self.date)}" if self.date else self.source


@dataclass(frozen=True, slots=True)
class Letter:
    """What an e-mail says; ``results`` and ``stop`` are addresses."""

    saved: SavedSearch
    heading: str
    items: Sequence[Item]
    has_more: bool
    results: str
    stop: str


def write_message(
    digest: Digest, articles: Sequence[Article], address: str
) -> EmailMultiAlternatives:
    """The e-mail to *address* about these articles, in the language of the moment."""
    letter = _write_letter(digest.search, articles)
    message = EmailMultiAlternatives(
        subject=letter.heading,
        body=_write_text(letter),
        from_email=_name_sender(digest.search.language),
        to=[address],
        headers={
            "Message-ID": f"<digest-{digest.pk}@{urlsplit(letter.stop).hostname}>",
            # RFC 3834: programs that answer for people who are away leave it alone.
            "Auto-Submitted": "auto-generated",
            # RFC 8058: one click in the mail program, without a page.
            "List-Unsubscribe": f"<{letter.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    html = render_to_string("following/email.html", {"letter": letter})
    message.attach_alternative(html, "text/html")
    return message


def _write_letter(saved: SavedSearch, articles: Sequence[Article]) -> Letter:
    site = saved.site_address
    total = len(articles)
    heading = ngettext(
        "%(shown)s new article: %(name)s", "%(shown)s new articles: %(name)s", total
    ) % {"shown": number(total), "name": saved.name}
    return Letter(
        saved=saved,
        # A name has one line, but a header must never have two.
        heading=" ".join(heading.split()),
        items=[_write_item(saved, each) for each in articles[:MOST_NAMED]],
        has_more=total > MOST_NAMED,
        results=f"{site}{reverse('search:results')}?{saved.query_string}",
        stop=site + reverse("search:stop_alerts", args=[write_token(saved.pk)]),
    )


def _write_item(saved: SavedSearch, article: Article) -> Item:
    return Item(
        title=" ".join(article.title.split()),
        language=article.language,
        source=article.source.label(saved.language),
        date=date_text(article.published) if article.published else "",
        address=f"{saved.site_address}{article.get_absolute_url()}",
    )


def _write_text(letter: Letter) -> str:
    lines = [letter.heading, ""]
    for item in letter.items:
        lines += [item.title, item.printed, item.address, ""]
    if letter.has_more:
        lines += [_("The others are among the results of the search."), ""]
    lines += [_("The whole search: %(address)s") % {"address": letter.results}]
    if letter.saved.reason:
        lines += [_("Why you follow it: %(reason)s") % {"reason": letter.saved.reason}]
    lines += ["", _("To stop these e-mails: %(address)s") % {"address": letter.stop}]
    return "\n".join(lines)


def _name_sender(language: str) -> str:
    """The sender, who is called as the site is where the setting has no name.

    >>> _name_sender("en")
    'Sijill <sijill@localhost>'
    """
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if name or not address:
        return settings.DEFAULT_FROM_EMAIL
    is_arabic = language.startswith("ar")
    site = settings.SITE_NAME_AR if is_arabic else settings.SITE_NAME_EN
    return formataddr((site, address))
