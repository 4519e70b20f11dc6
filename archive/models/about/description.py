"""Whose archive this is: its name, what it is, rights and contact, in two languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

_ONLY: Final = 1
_CACHE_KEY: Final = "archive.models.about"
# Every page shows the name.
_CACHE_SECONDS: Final = 60
_NAME_LENGTH: Final = 120
_LONGEST_TEXT: Final = 5_000
_BLANK_LINES_RE: Final = re.compile(r"\s*\n\s*\n\s*")
# desk@example.org, https://example.org/contact
_CONTACT_RE: Final = re.compile(r"https?://\S+|[^\s@:/]+@[^\s@:/]+")


def validate_contact(value: str) -> None:
    """Accept an e-mail address and a web address; else raise ValidationError."""
    if not _CONTACT_RE.fullmatch(value):
        raise ValidationError(
            _("Write an e-mail address or a link that begins with https://"),
            code="contact",
        )


@dataclass(frozen=True, slots=True)
class TextIn:
    """A text and the code of its language, that of the page or the other one."""

    text: str = ""
    language: str = ""

    @property
    def opening(self) -> str:
        """The first paragraph."""
        return _BLANK_LINES_RE.split(self.text, maxsplit=1)[0]

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Description:
    """The archive's description for pages in one language; what is not stated is false.

    ``contact`` is an e-mail address or a URL.
    """

    name: TextIn = TextIn()
    about: TextIn = TextIn()
    rights: TextIn = TextIn()
    contact: str = ""

    @property
    def contact_address(self) -> str:
        """The URL of the contact."""
        return self.contact if "/" in self.contact else f"mailto:{self.contact}"


class ArchiveDescription(models.Model):
    """The one row that describes the archive, edited at the desk."""

    name_ar = models.CharField(_("name in Arabic"), max_length=_NAME_LENGTH, blank=True)
    name_en = models.CharField(
        _("name in English"), max_length=_NAME_LENGTH, blank=True
    )
    about_ar = models.TextField(
        _("about the archive, in Arabic"),
        max_length=_LONGEST_TEXT,
        blank=True,
        help_text=_(
            "Who collected it, from where, what it leaves out. An empty line separates "
            "paragraphs; the home page shows the first one."
        ),
    )
    about_en = models.TextField(
        _("about the archive, in English"), max_length=_LONGEST_TEXT, blank=True
    )
    rights_ar = models.TextField(
        _("rights, in Arabic"),
        max_length=_LONGEST_TEXT,
        blank=True,
        help_text=_("What readers may do with the texts, and whose they are."),
    )
    rights_en = models.TextField(
        _("rights, in English"), max_length=_LONGEST_TEXT, blank=True
    )
    contact = models.CharField(
        _("contact"),
        max_length=300,
        blank=True,
        validators=[validate_contact],
        help_text=_("An e-mail address, or the address of a page."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        # There is one row: nobody adds, deletes or lists it.
        default_permissions = ("change",)
        verbose_name = _("description of the archive")
        verbose_name_plural = _("description of the archive")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = _ONLY
        super().save(*args, **kwargs)
        cache.delete(_CACHE_KEY)

    @classmethod
    def load(cls) -> ArchiveDescription:
        """The stored row; an empty one that is not stored where there is none."""
        return cls.objects.filter(pk=_ONLY).first() or cls(pk=_ONLY)

    def in_language(self, language: str) -> Description:
        """The texts in *language*, ``ar`` or ``en``; the other one's where empty."""
        return Description(
            name=self._choose("name", language),
            about=self._choose("about", language),
            rights=self._choose("rights", language),
            contact=self.contact,
        )

    def _choose(self, field: str, language: str) -> TextIn:
        own = "ar" if language.startswith("ar") else "en"
        other = "en" if own == "ar" else "ar"
        for code in (own, other):
            text = str(getattr(self, f"{field}_{code}")).strip()
            if text:
                return TextIn(text, code)
        return TextIn()


def read_description(language: str) -> Description:
    """The archive's description in *language*, at most `_CACHE_SECONDS` old."""
    row = cache.get(_CACHE_KEY)
    if not isinstance(row, ArchiveDescription):
        row = ArchiveDescription.load()
        cache.set(_CACHE_KEY, row, _CACHE_SECONDS)
    return row.in_language(language)
