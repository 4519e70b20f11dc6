"""A proposal with the names and dates of its rows, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from archive.dates import DateInText, format_hijri
from archive.models import Actor, Article, Topic
from archive.recognition.actors_in_text import FoundActor
from archive.recognition.propose import Proposal
from archive.recognition.unknown_names import UnknownName

_PARTS: Final = ("title", "subtitle", "byline", "author", "language", "kind")


def describe_proposal(proposal: Proposal) -> dict[str, Any]:
    """The proposal as JSON has it; offsets are code points of its text."""
    actors = Actor.objects.in_bulk(
        [pk for actor in proposal.actors for pk in actor.actor_ids]
    )
    topics = Topic.objects.in_bulk([each.topic_id for each in proposal.topics])
    titles = dict(
        Article.objects.filter(
            pk__in=[each.article_id for each in proposal.duplicates]
        ).values_list("pk", "title")
    )
    parts = {name: getattr(proposal.parts, name) for name in _PARTS}
    date = proposal.parts.date
    return {
        **parts,
        "published": _describe_date(date) if date else None,
        "dates": [_describe_date(each) for each in proposal.dates],
        "actors": [_describe_actor(each, actors) for each in proposal.actors],
        "unknown_names": [_describe_unknown(each) for each in proposal.unknown],
        "topics": [
            {
                "id": each.topic_id,
                "name": topics[each.topic_id].name_ar,
                "articles": each.articles,
                "of": each.of,
            }
            for each in proposal.topics
        ],
        "duplicates": [
            {
                "id": each.article_id,
                "title": titles[each.article_id],
                "likeness": each.likeness,
                "contained": each.contained,
            }
            for each in proposal.duplicates
        ],
    }


def _describe_date(date: DateInText) -> dict[str, Any]:
    reading = date.reading
    dates = reading.dates if reading else ()
    hijri = next((each.hijri for each in dates if each.hijri), None)
    return {
        "printed": date.printed,
        "start": date.start,
        "end": date.end,
        "start_day": reading.first_day.isoformat() if reading else None,
        "end_day": reading.last_day.isoformat() if reading else None,
        "precision": dates[0].precision.value if dates else None,
        "hijri": format_hijri(hijri) if hijri else None,
        "month": date.month.number if date.month else None,
        "calendar": date.month.calendar.value if date.month else None,
        "days": list(date.days),
        "has_year": date.has_year,
        "is_ambiguous": any(each.ambiguous for each in dates),
    }


def _describe_actor(found: FoundActor, actors: Mapping[int, Actor]) -> dict[str, Any]:
    return {
        "actors": [
            {
                "id": pk,
                "slug": actors[pk].slug,
                "name": actors[pk].name_ar,
                "kind": actors[pk].kind,
            }
            for pk in found.actor_ids
            if pk in actors
        ],
        "ticked": found.ticked,
        "certainty": found.certainty.value,
        "is_ambiguous": len(found.actor_ids) > 1,
        "passages": [
            {
                "text": each.text,
                "start": each.start,
                "end": each.end,
                "certainty": each.certainty.value,
            }
            for each in found.passages
        ],
    }


def _describe_unknown(unknown: UnknownName) -> dict[str, Any]:
    places = [{"start": start, "end": end} for start, end in unknown.places]
    return {"name": unknown.name, "kind": unknown.kind, "passages": places}
