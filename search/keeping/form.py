"""The form of a shared list."""

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from search.models import SharedList

if TYPE_CHECKING:
    _Form = forms.ModelForm[SharedList]
else:
    _Form = forms.ModelForm

# Characters: a page.
MOST_WORDS: Final = 3_000


class SharedListForm(_Form):
    """Title and a word; of a list that exists, whether the basket takes its place."""

    word = forms.CharField(
        label=_("a word about it"),
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Stands above the list, for those who open the link."),
    )
    takes_basket = forms.BooleanField(
        label=_("Put the articles that are in the basket now in place of these"),
        required=False,
    )

    class Meta:
        model = SharedList
        fields = ("title", "word")
        widgets = {"title": forms.TextInput(attrs={"dir": "auto"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            del self.fields["takes_basket"]
