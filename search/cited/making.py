"""Citing a search: its results are read and kept under a permanent key."""

import secrets
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.utils import timezone

from archive.models import Article
from search import searcher
from search.arabic.analyzer import ANALYZER_VERSION
from search.cited.results import fingerprint, pack, shorten
from search.indexing.connections import site_engine
from search.models import CitedSearch
from search.request import SearchRequest

# Letters and digits that are not taken for one another when they are read aloud.
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
# 31 to the tenth power: keys are not guessed, and do not meet by chance.
KEY_LENGTH: Final = 10
_BATCH: Final = 500


class TooManyResults(Exception):
    """The search finds more articles than a citation keeps."""


def most_results() -> int:
    """The most articles that a citation keeps: as many as a file."""
    return int(settings.EXPORT_MAX_ROWS)


def cite_search(request: SearchRequest, *, language: str) -> CitedSearch:
    """Keep the search with its results; the same row where nothing has changed.

    Raises TooManyResults, and the errors of a search.
    """
    ids = list(searcher.iter_ids(request))
    if len(ids) > most_results():
        raise TooManyResults
    results = read_hashes(ids)
    query_string, print_ = request.query_string(), fingerprint(results)
    same = CitedSearch.objects.filter(query_string=query_string, fingerprint=print_)
    if found := same.first():
        return found
    return CitedSearch.objects.create(
        key="".join(secrets.choice(_ALPHABET) for _ in range(KEY_LENGTH)),
        query_string=query_string,
        question=searcher.describe_question(request, language=language),
        language=language,
        made_at=timezone.now(),
        total=len(results),
        fingerprint=print_,
        results=pack(results),
        analyzer_version=str(ANALYZER_VERSION),
        generation=site_engine().status().generation,
    )


def read_hashes(article_ids: Iterable[int]) -> dict[int, bytes]:
    """The hash of the text of each of these articles that is public."""
    ordered = sorted(article_ids)
    hashes: dict[int, bytes] = {}
    for start in range(0, len(ordered), _BATCH):
        batch = ordered[start : start + _BATCH]
        public = Article.objects.published_among(batch).order_by()
        rows = public.values_list("pk", "content_hash")
        hashes.update((pk, shorten(content_hash)) for pk, content_hash in rows)
    return hashes
