"""The form of a saved search."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from search.models import Frequency, SavedSearch

if TYPE_CHECKING:
    _Form = forms.ModelForm[SavedSearch]
else:
    _Form = forms.ModelForm

# Characters; a reason is a sentence or two.
MAX_REASON: Final = 2_000


class SavedSearchForm(_Form):
    """Name, reason and frequency; an e-mail needs an address of the owner's account."""

    MAX_NAME: Final = 200

    reason = forms.CharField(
        label=_("reason"),
        required=False,
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("For yourself: what the search is for."),
    )

    class Meta:
        model = SavedSearch
        fields = ("name", "reason", "frequency")
        widgets = {"name": forms.TextInput(attrs={"dir": "auto"})}

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owner = owner

    def clean_frequency(self) -> str:
        """The frequency; raises ValidationError where there is nowhere to write to."""
        frequency = str(self.cleaned_data["frequency"])
        if frequency != Frequency.NEVER and not self._owner.email:
            raise ValidationError(
                _(
                    "Your account has no e-mail address. Ask an administrator to add"
                    " it, or choose no e-mail."
                ),
                code="no_address",
            )
        return frequency
