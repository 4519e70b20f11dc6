"""The languages offered for articles, by BCP 47 tag."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

# Languages printed in Arab countries, the most frequent first.
LANGUAGES: Final[dict[str, Any]] = {
    "ar": _("Arabic"),
    "en": _("English"),
    "fr": _("French"),
    "ckb": _("Central Kurdish (Sorani)"),
    "kmr": _("Northern Kurdish (Kurmanji)"),
    "fa": _("Persian"),
    "tr": _("Turkish"),
    "ota": _("Ottoman Turkish"),
    "he": _("Hebrew"),
    "syr": _("Syriac"),
    "hy": _("Armenian"),
    "it": _("Italian"),
    "de": _("German"),
    "es": _("Spanish"),
}
