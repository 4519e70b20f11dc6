"""The results page as a JSON object, for ``manage.py search --json``."""

from search.management.results_text import ANGLE_QUOTES, date_label, plain
from search.query.date_readings import DateReading, read_query_dates
from search.request import SearchRequest
from search.results.facets.model import Bucket, DateBucket, DateFacet, Facet
from search.results.model import NamedActor, Row, SearchResults


def build_json(page: SearchResults, *, with_facets: bool) -> dict[str, object]:
    """The results page as a JSON object; docs/exporting.md describes its keys."""
    counts = (
        {
            "facets": {facet.name: _facet_json(facet) for facet in page.facets},
            "dates": _dates_json(page.dates),
        }
        if with_facets
        else {}
    )
    relaxation, suggestion = page.help.relaxation, page.help.suggestion
    return {
        **_request_json(page.request),
        "page_count": page.page_count,
        "total": page.total,
        "most_words": (
            {"asked": relaxation.asked, "found": relaxation.matched}
            if relaxation
            else None
        ),
        "suggestion": suggestion.text if suggestion else "",
        "impossible": list(page.impossible),
        "named_actors": [_actor_json(actor) for actor in page.help.named_actors],
        "rows": [
            _row_json(rank, row) for rank, row in enumerate(page.rows, page.first_rank)
        ],
        **counts,
    }


def _request_json(request: SearchRequest) -> dict[str, object]:
    return {
        "query": request.text,
        "level": request.level.value,
        "filters": {each.name: list(each.values) for each in request.filters},
        "excluded": {each.name: list(each.excluded) for each in request.filters},
        "any": [each.name for each in request.filters if each.match_any],
        "from": request.date_from,
        "to": request.date_to,
        "undated": request.undated,
        "sort": request.sort.value,
        "page": request.page,
        "as_of": request.as_of.isoformat() if request.as_of else "",
        "dates_read": [
            _reading_json(reading)
            for reading in read_query_dates(request.query, request.as_of)
        ],
    }


def _reading_json(reading: DateReading) -> dict[str, object]:
    return {
        "typed": reading.typed,
        "days": reading.days,
        "hijri": reading.hijri,
        "notes": list(reading.notes),
    }


def _row_json(rank: int, row: Row) -> dict[str, object]:
    article = row.article
    published = article.published
    return {
        "rank": rank,
        "id": article.pk,
        "address": article.get_absolute_url(),
        "title": article.title,
        "published": published.iso() if published else "",
        "date": date_label(row),
        "source": {"slug": article.source.slug, "name": str(article.source)},
        "snippets": [plain(fragment, ANGLE_QUOTES) for fragment in row.fragments],
        "forms": {matched.form: matched.count for matched in row.forms},
        "counted_characters": row.counted,
        "through_names": [
            {"name": hit.alias, "actor": hit.actor.slug} for hit in row.aliases
        ],
    }


def _actor_json(actor: NamedActor) -> dict[str, object]:
    return {
        "slug": actor.slug,
        "address": actor.url,
        "name": actor.label,
        "other_name": actor.other,
        "alias": actor.alias,
        "kind": actor.kind,
        "articles": actor.articles,
    }


def _facet_json(facet: Facet) -> dict[str, object]:
    return {
        "values": [_bucket_json(bucket.value, bucket) for bucket in facet.buckets],
        "hidden": facet.hidden,
    }


def _dates_json(dates: DateFacet) -> dict[str, object]:
    return {
        "grain": dates.grain,
        "values": [_bucket_json(bucket.iso, bucket) for bucket in dates.counted],
        "undated": dates.undated,
    }


def _bucket_json(value: str, bucket: Bucket | DateBucket) -> dict[str, object]:
    return {
        "value": value,
        "label": str(bucket.label),
        "count": bucket.count,
        "selected": bucket.selected,
    }
