"""The forms of an import: the file, and what a person chooses for it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Field, Model
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from archive.importing.batches.settings import BatchOptions
from archive.importing.readers import ENCODINGS, is_page
from archive.models import Actor, Article, SavedMapping, Source, Status, Topic

KIND_LABELS = [
    ("articles", _("articles")),
    ("actors", _("actors")),
    ("sources", _("sources")),
    ("topics", _("topics")),
]


class _FilesInput(forms.FileInput):
    """An input of several files."""

    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Files that were uploaded together: a list, empty where there are none."""

    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        return [
            super(_FilesField, self).clean(each, initial) for each in data or () if each
        ]


class UploadForm(forms.Form):
    """The file, or pages, and what its records are."""

    file = _FilesField(
        label=_("file"),
        required=False,
        help_text=_(
            "JSON, CSV, a spreadsheet (.xlsx, .ods), RIS, BibTeX, RSS, WordPress, TEI,"
            " MODS, MARCXML, or a zip archive of pages; or several pages (.html, .htm,"
            " .txt). Nothing is imported yet."
        ),
    )
    folder = _FilesField(
        label=_("or a folder of pages"),
        required=False,
        widget=_FilesInput({"webkitdirectory": True}),
        help_text=_("Up to 500 files at once; pack more into a zip archive."),
    )
    kind = forms.ChoiceField(label=_("kind of records"), choices=KIND_LABELS)

    def clean(self) -> dict[str, Any]:
        """Leave one file in ``file``, or the pages of several in ``pages``."""
        cleaned = self.cleaned_data
        chosen = cleaned.get("file") or []
        files = [*chosen, *(cleaned.get("folder") or [])]
        pages = [each for each in files if is_page(each.name or "")]
        if not files:
            if not self.errors:
                self.add_error("file", gettext("Choose a file or a folder."))
        elif len(files) == 1:
            cleaned["file"], pages = files[0], []
        elif not pages:
            self.add_error(
                "folder", gettext("There is no page (.html, .htm, .txt) in it.")
            )
        elif len(chosen) > len([each for each in pages if each in chosen]):
            self.add_error(
                "file",
                gettext(
                    "Several files at once are read where they are pages (.html, .htm,"
                    " .txt). Upload files of other kinds one by one."
                ),
            )
        return {**cleaned, "pages": pages}


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
        label=_("leave records that are there as they are"), required=False
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
            for name in ("source", "status", "acquired_from"):
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
