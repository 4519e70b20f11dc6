"""The base class of actors, topics and sources: two names, a slug and a sort key."""

from typing import Any, Final

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from archive.models.atomic_save import AtomicSave
from archive.names.collation import sort_key
from archive.names.slugs import find_free_slug
from archive.names.spelling import spelling_key

NAME_LENGTH: Final = 300


def stored_sort_key(name: str) -> str:
    """The sort key of *name*, cut to the length of its column.

    >>> stored_sort_key("مُنَىٰ")
    'مني'
    """
    return sort_key(name)[:NAME_LENGTH]


def stored_spelling_key(name: str) -> str:
    """The spelling key of *name*, else its sort key, cut to the length of its column.

    >>> stored_spelling_key("عبد الله"), stored_spelling_key("؟")
    ('عبدالله', '؟')
    """
    return (spelling_key(name) or sort_key(name))[:NAME_LENGTH]


class Named(AtomicSave):
    """A row with an Arabic name, a name in Latin letters, a slug and a sort key.

    Invariants: the slug is set by the first save and not changed by later ones; the
    sort key is that of the Arabic name.
    """

    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Part of the page's address; made from the name when left empty."),
    )
    name_ar = models.CharField(_("Arabic name"), max_length=NAME_LENGTH)
    name_latin = models.CharField(
        _("name in Latin letters"), max_length=NAME_LENGTH, blank=True
    )
    sort_key = models.CharField(max_length=NAME_LENGTH, db_index=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.label(get_language() or "ar")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = stored_sort_key(self.name_ar)
        if not self.slug:
            self.slug = find_free_slug(type(self), self.name_latin, self.name_ar)
        super().save(*args, **kwargs)

    def label(self, language: str) -> str:
        """The name for pages in *language*; the other one where it is empty."""
        if language.startswith("ar"):
            return self.name_ar or self.name_latin
        return self.name_latin or self.name_ar
