"""The forms of an import: the file, and what a person chooses for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Field, Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.importing.batches.settings import BatchOptions
from archive.importing.readers import ENCODINGS
from archive.models import Actor, Article, SavedMapping, Source, Status, Topic

KIND_LABELS = [
    ("articles", _("articles")),
    ("actors", _("actors")),
    ("sources", _("sources")),
    ("topics", _("topics")),
]


class UploadForm(forms.Form):
    """The file and what its records are."""

    file = forms.FileField(
        label=_("file"),
        help_text=_(
            "JSON, CSV, a spreadsheet (.xlsx, .ods), RIS, BibTeX, RSS, WordPress, TEI,"
            " MODS, MARCXML, or a zip archive of pages. Nothing is imported yet."
        ),
    )
    kind = forms.ChoiceField(label=_("kind of records"), choices=KIND_LABELS)


class OptionsForm(forms.Form):
    """What holds for the whole file, beside its columns."""

    source = forms.CharField(
        label=_("source of records that name none"), required=False, max_length=300
    )
    status = forms.ChoiceField(
        label=_("status of new articles"), required=False, choices=()
    )
    acquired_from = forms.CharField(
        label=_("where the articles come from"), required=False, max_length=500
    )
    base_address = forms.URLField(
        label=_("site of incomplete addresses"),
        required=False,
        assume_scheme="https",
        help_text=_("It completes addresses such as /news/12."),
    )
    separator = forms.CharField(
        label=_("sign between the items of a cell"),
        required=False,
        max_length=5,
        strip=False,
        help_text=_("Left empty: ; or ؛, lines, or |"),
    )
    encoding = forms.ChoiceField(
        label=_("encoding"), required=False, choices=[("", _("detected")), *(
            (name, name) for name in ENCODINGS
        )]
    )  # fmt: skip
    only_new = forms.BooleanField(
        label=_("leave articles that are there as they are"), required=False
    )
    overwrite = forms.BooleanField(
        label=_("let the file overwrite what a person has edited"), required=False
    )
    save_as = forms.CharField(
        label=_("save these choices under a name"), required=False, max_length=100
    )
    saved = forms.ModelChoiceField(
        label=_("saved choices"),
        queryset=SavedMapping.objects.none(),
        required=False,
        empty_label=pgettext_lazy("saved choices", "none"),
    )

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        saved = self.fields["saved"]
        status = self.fields["status"]
        if isinstance(saved, forms.ModelChoiceField):
            saved.queryset = SavedMapping.objects.filter(kind=kind)
        if isinstance(status, forms.ChoiceField):
            status.choices = [("", _("as the file says")), *Status.choices]
        if kind != "articles":
            for name in ("source", "status", "acquired_from", "overwrite"):
                del self.fields[name]

    def options(self, columns: Mapping[str, str] | None) -> BatchOptions:
        """The options of the valid form, with these columns."""
        data = self.cleaned_data
        defaults = {
            name: data[name]
            for name in ("source", "status", "acquired_from")
            if data.get(name)
        }
        return BatchOptions(
            columns=columns,
            defaults=defaults,
            separator=data["separator"],
            encoding=data["encoding"] or None,
            base_address=data["base_address"],
            only_new=data["only_new"],
            overwrite=data.get("overwrite", False),
        )


_MODELS: dict[str, type[Model]] = {
    "articles": Article,
    "actors": Actor,
    "sources": Source,
    "topics": Topic,
}


def field_labels(kind: str, names: Sequence[str]) -> list[tuple[str, str]]:
    """The fields of a kind of records, each with its name in the admin beside its own.

    >>> from django.utils import translation
    >>> with translation.override("en"):
    ...     field_labels("articles", ["title", "published"])
    [('title', 'title'), ('published', 'date · published')]
    """
    titles = field_titles(kind)
    return [
        (
            name,
            f"{title} · {name}" if (title := titles.get(name, name)) != name else name,
        )
        for name in names
    ]


def field_titles(kind: str) -> dict[str, str]:
    """The names that the admin has for the fields of a kind of records."""
    titles = {"published": str(_("date")), "aliases": str(_("aliases"))}
    return titles | {
        field.name: str(field.verbose_name)
        for field in _MODELS[kind]._meta.get_fields()
        if isinstance(field, Field)
    }


def initial_of(options: BatchOptions) -> dict[str, object]:
    """The values that the form shows for these options."""
    return {
        **options.defaults,
        "separator": options.separator,
        "encoding": options.encoding or "",
        "base_address": options.base_address,
        "only_new": options.only_new,
        "overwrite": options.overwrite,
    }
