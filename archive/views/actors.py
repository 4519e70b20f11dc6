"""The list of actors, and the page of an actor."""

from typing import Final

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from archive.authority.merging import find_kept
from archive.browsing.directory import ActorChoice, browse_actors
from archive.browsing.name_index import ARABIC_ALPHABET, LATIN_ALPHABET, OTHER_INITIAL
from archive.browsing.subject_counts import articles_naming
from archive.dates import PartialDate
from archive.models import Actor, ActorKind
from archive.views.actor_profile import build_profile
from archive.views.collection import build_collection_context
from archive.views.left_out import find_left_out

# Characters of the text filter that are used: the longest name a row can have.
_MAX_TEXT_LENGTH: Final = 300
_LETTERS: Final = (*ARABIC_ALPHABET, *LATIN_ALPHABET, OTHER_INITIAL)


@require_safe
def list_actors(request: HttpRequest) -> HttpResponse:
    """The list of actors, narrowed by initial, kind and a text."""
    choice = read_choice(request.GET)
    directory = browse_actors(choice, language=get_language() or "ar")
    left_out = find_left_out(
        request.GET,
        kind=choice.kind,
        letter=choice.letter,
        page=directory.page.number,
    )
    context = {"directory": directory, "left_out": left_out}
    return render(request, "archive/actors.html", context)


@require_safe
def show_actor(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one actor: who it is, who writes of it and how, and its articles.

    Further pages of the articles are without the profile.
    """
    actor = Actor.objects.prefetch_related("aliases").filter(slug=slug).first()
    if actor is None:
        return _follow_merge(request, slug)
    context = {
        "actor": actor,
        "began": _read_date(actor.began),
        "ended": _read_date(actor.ended),
        **build_collection_context(
            request, articles_naming(actor), field="actor", slug=slug
        ),
    }
    collection = context["collection"]
    if collection.total and collection.listing.page.number == 1:
        context["profile"] = build_profile(actor, collection.chosen)
    return render(request, "archive/actor.html", context)


def _follow_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """The way from the former address of a merged record. Raises Http404."""
    kept = find_kept(slug)
    if kept is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    address = kept.get_absolute_url()
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def read_choice(parameters: QueryDict) -> ActorChoice:
    """The filters in the query string; unknown kinds and letters are ignored."""
    kind, letter = parameters.get("kind", ""), parameters.get("letter", "")
    return ActorChoice(
        text=parameters.get("name", "")[:_MAX_TEXT_LENGTH].strip(),
        kind=kind if kind in ActorKind.values else "",
        letter=letter if letter in _LETTERS else "",
        by_articles=parameters.get("order") == "articles",
        page=parameters.get("page", ""),
    )


def _read_date(iso: str) -> PartialDate | None:
    return PartialDate.from_iso(iso) if iso else None
