"""The forms of an article and of its authors."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.admin.forms.actor_roles import ActorRolesForm
from archive.admin.forms.fields import (
    AddressField,
    NameField,
    PublishedField,
    help_with_examples,
)
from archive.admin.forms.languages import LANGUAGES
from archive.admin.forms.widgets import (
    AddressInput,
    AutoDirectionInput,
    BodyTextarea,
    LatinInput,
)
from archive.importing.text import limit_combining_marks
from archive.models import MAX_BODY_LENGTH, Article, ArticleAuthor, Status
from archive.templatetags.display import number

if TYPE_CHECKING:
    AuthorModelForm = forms.ModelForm[ArticleAuthor]
else:
    AuthorModelForm = forms.ModelForm


# Of whoever withdraws an article.
REASON_WANTED = _("Say why: readers who ask for a withdrawn article are told.")


class ArticleForm(ActorRolesForm):
    """The form of an article; one field sets both the date and its precision."""

    published = PublishedField(
        label=_("Date of publication"),
        required=False,
        help_text=help_with_examples(
            _("As much as is known, in any spelling, or nothing when it is unknown:"),
            "3 شباط 1923",
            "٣/٢/١٩٢٣",
            "1923-02",
            "1923",
        ),
    )
    language = forms.ChoiceField(label=_("Language of the text"), initial="ar")

    class Meta:
        model = Article
        fields = [
            "title", "subtitle", "byline", "language", "kind", "source",
            "published_as_printed", "volume", "issue", "pages", "place", "url",
            "external_id", "body", "topics", "status", "withdrawn_reason", "rights",
            "acquired_from", "acquired_at",
        ]  # fmt: skip
        field_classes = {
            "title": NameField,
            "subtitle": NameField,
            "byline": NameField,
            "published_as_printed": NameField,
            "external_id": NameField,
            "volume": NameField,
            "issue": NameField,
            "pages": NameField,
            "place": NameField,
            "rights": NameField,
            "withdrawn_reason": NameField,
            "url": AddressField,
        }
        widgets = {
            "title": AutoDirectionInput,
            "subtitle": AutoDirectionInput,
            "byline": AutoDirectionInput,
            "published_as_printed": AutoDirectionInput,
            "volume": AutoDirectionInput,
            "issue": AutoDirectionInput,
            "pages": AutoDirectionInput,
            "place": AutoDirectionInput,
            "rights": AutoDirectionInput,
            "withdrawn_reason": AutoDirectionInput,
            "external_id": LatinInput,
            "url": AddressInput,
            "acquired_from": AutoDirectionInput,
            "body": BodyTextarea,
        }

    def _save_m2m(self) -> None:
        """Write what was changed of actors and topics.

        The rest need not be read: the record is as it was when the form was checked.
        """
        unchanged = {"actors", "topics"} - set(self.changed_data)
        whole = self.cleaned_data
        self.cleaned_data = {k: v for k, v in whole.items() if k not in unchanged}
        try:
            super()._save_m2m()
        finally:
            self.cleaned_data = whole

    def is_multipart(self) -> bool:
        """A letter of Arabic takes two bytes so, and six as browsers send it else."""
        return True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"published": self.instance.published, **self.initial}
        self._offer_languages()

    def _offer_languages(self) -> None:
        """Offer `LANGUAGES`, and the article's own language if it is another one."""
        field = self.fields.get("language")
        if not isinstance(field, forms.ChoiceField):
            return
        current = self.instance.language
        choices: dict[str, Any] = dict(LANGUAGES)
        choices.setdefault(current, current)
        field.choices = list(choices.items())

    def clean_body(self) -> str:
        """The text with LF line ends and limited combining marks, as in imports."""
        # Browsers send CR LF.
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n")
        body = limit_combining_marks(body)
        if len(body) > MAX_BODY_LENGTH:
            raise forms.ValidationError(
                _(
                    "The text has %(found)s characters; at most %(limit)s fit. Split it"
                    " into articles of their own, a chapter each, with the chapter in"
                    " the title."
                ),
                code="text_too_long",
                params={"found": number(len(body)), "limit": number(MAX_BODY_LENGTH)},
            )
        return body

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        status = cleaned.get("status") if cleaned else None
        if cleaned and status and status != Status.WITHDRAWN:
            # The reason belongs to the withdrawal that it is of.
            cleaned["withdrawn_reason"] = ""
        elif cleaned and status and not cleaned.get("withdrawn_reason"):
            self.add_error("withdrawn_reason", REASON_WANTED)
        if "published" in self.cleaned_data:
            self.instance.published = self.cleaned_data["published"]
        return cleaned


class ArticleAuthorForm(AuthorModelForm):
    """One author of an article: a name as printed, an actor, or both."""

    class Meta:
        model = ArticleAuthor
        fields = ["name", "actor", "position"]
        field_classes = {"name": NameField}
        widgets = {"name": AutoDirectionInput}
