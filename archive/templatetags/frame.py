"""``{% load frame %}``: navigation, languages, holdings and name, as on every page."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import RequestContext
from django.urls import translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from archive.addresses import reverse_cached
from archive.browsing.holdings import Holdings, read_holdings
from archive.models import Description, read_description

register = template.Library()


@dataclass(frozen=True, slots=True)
class Section:
    """A link of the navigation; ``address`` and ``members`` are names of routes.

    ``members`` are the routes of pages below it.
    """

    label: Promise
    address: str
    members: tuple[str, ...] = ()


SECTIONS: Final = (
    Section(pgettext_lazy("section", "Search"), "search:results", ("search:facet",)),
    Section(_("Actors"), "archive:actors", ("archive:actor",)),
    Section(_("Topics"), "archive:topics", ("archive:topic",)),
    Section(_("Sources"), "archive:sources", ("archive:source", "archive:coverage")),
    Section(
        _("Calendar"),
        "archive:calendar",
        (
            "archive:year",
            "archive:month",
            "archive:day",
            "archive:undated",
            "archive:days",
            "archive:any_year",
            "archive:hijri",
            "archive:hijri_year",
            "archive:hijri_month",
        ),
    ),
    Section(_("How to search"), "search:syntax"),
)


@register.inclusion_tag("_sections.html", takes_context=True)
def sections(context: RequestContext) -> dict[str, Any]:
    """The links of the navigation, with ``aria-current`` for that of this page."""
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    return {
        "links": [
            {
                "label": section.label,
                "href": reverse_cached(section.address),
                "current": _mark_current(section, here),
            }
            for section in SECTIONS
        ]
    }


def _mark_current(section: Section, here: str) -> str:
    """``aria-current``: "page" for the section itself, "true" for a page below it."""
    if here == section.address:
        return "page"
    return "true" if here in section.members else ""


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """A language of the site by its own name, and the URL of this page in it."""

    code: str
    name: str
    address: str
    current: bool


@register.simple_tag(takes_context=True)
def page_languages(context: RequestContext) -> list[PageLanguage]:
    """All languages of the site."""
    here = get_language()
    return [
        PageLanguage(code, str(name), _address_in(context, code), code == here)
        for code, name in settings.LANGUAGES
    ]


def _address_in(context: RequestContext, language: str) -> str:
    """The URL of this page in *language*; of the home page where it has none."""
    request = context.get("request")
    path = request.get_full_path() if request else ""
    translated = translate_url(path, language)
    if translated != path or language == get_language():
        return translated
    home = urlsplit(translate_url(reverse_cached("search:home"), language))
    return home.path


@register.simple_tag
def holdings() -> Holdings:
    """The archive's holdings, at most a minute old."""
    return read_holdings()


@register.simple_tag
def archive_description() -> Description:
    """The archive's description in the page's language, at most a minute old."""
    return read_description(get_language() or "ar")
