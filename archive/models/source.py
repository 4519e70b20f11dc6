"""Sources: newspapers, magazines, agencies, stations and sites."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.addresses import reverse_cached
from archive.models.named import Named


class SourceKind(models.TextChoices):
    """The values are stored and exported, so they never change."""

    NOT_STATED = "", pgettext_lazy("kind", "not stated")
    NEWSPAPER = "newspaper", _("newspaper")
    MAGAZINE = "magazine", _("magazine")
    AGENCY = "agency", _("news agency")
    RADIO = "radio", _("radio station")
    TELEVISION = "television", _("television station")
    WEBSITE = "website", _("website")
    BOOK = "book", _("book")
    OTHER = "other", _("other")


class Source(Named):
    """A newspaper, magazine, agency, station, site or book that published articles."""

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=SourceKind,
        default=SourceKind.NOT_STATED,
        blank=True,
    )
    place = models.CharField(_("place of publication"), max_length=200, blank=True)
    home_page = models.URLField(_("home page"), max_length=500, blank=True)

    class Meta(Named.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def get_absolute_url(self) -> str:
        return reverse_cached("archive:source", self.slug)
