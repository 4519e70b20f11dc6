"""Suggestions for a text that is being typed, of what every visitor may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.browsing.visibility import find_visible
from archive.models import Named, Source, Topic
from archive.name_lookup import complete_actor_names
from archive.names.collation import sort_key
from search.engines.contract import FormCount, Word
from search.fields import CONTENT
from search.indexing.connections import site_engine
from search.query import Prefix
from search.request import SearchRequest
from search.suggest.keyboard import to_arabic
from search.suggest.phrases import complete_phrase, count_found

# Characters: longer texts are no names, and nobody waits for suggestions to them.
MAX_LENGTH: Final = 80
MAX_ACTORS: Final = 5
MAX_OTHERS: Final = 2
MAX_WORDS: Final = 5
# A letter is the beginning of too much.
_MIN_BEGINNING: Final = 2
_MIN_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to search for: its text, kind, articles, and query string.

    ``text`` is what the search box will hold; ``articles`` is ``None`` where they are
    not counted.
    """

    kind: str | Promise
    label: str
    text: str
    query_string: str
    articles: int | None = None


def suggest(text: str, *, language: str) -> tuple[Suggestion, ...]:
    """Suggestions for *text*, names first; raises IndexUnavailable.

    Where *text* is Arabic typed with Latin keys, those for the Arabic come first.
    """
    typed = " ".join(text.split())[:MAX_LENGTH]
    if len(typed) < _MIN_NAME:
        return ()
    found = list(_iter_suggestions(typed, language))
    if arabic := to_arabic(typed):
        found = [*_iter_suggestions(arabic, language), *found]
    return tuple(dict.fromkeys(found))


def _iter_suggestions(typed: str, language: str) -> Iterator[Suggestion]:
    for actor, articles in complete_actor_names(typed, limit=MAX_ACTORS):
        kind = actor.get_kind_display()
        yield _name(actor, "actor", kind, language, articles=articles)
    for row in _find_named(Topic, typed):
        yield _name(row, "topic", _("topic"), language)
    for row in _find_named(Source, typed):
        yield _name(row, "source", _("source"), language)
    yield from _complete_words(typed)


def _name(
    row: Named,
    facet: str,
    kind: str | Promise,
    language: str,
    *,
    articles: int | None = None,
) -> Suggestion:
    query = SearchRequest().with_filter(facet, [row.slug]).query_string()
    return Suggestion(kind, row.label(language), "", query, articles)


def _find_named(model: type[Named], typed: str) -> Sequence[Named]:
    """Rows with a word of a name that begins so, as many as are offered."""
    key = sort_key(typed)
    if not key:
        return ()
    names = model._default_manager.order_by().values_list(
        "slug", "name_ar", "name_latin"
    )
    slugs = [
        slug
        for slug, *both in names
        if any(f" {key}" in f" {sort_key(name)}" for name in both if name)
    ]
    # Hidden ones may be among the first, so a few more are asked for.
    return find_visible(model, slugs[: MAX_OTHERS * 5])[:MAX_OTHERS]


def _complete_words(typed: str) -> Iterator[Suggestion]:
    """Phrases of the archive that begin so, and words that begin as the last does.

    The most used first; until there is a space, phrases are those of the most used
    word.
    """
    before, _space, beginning = typed.rpartition(" ")
    forms = _find_forms(beginning)
    begun = typed if before or not forms else forms[0].spelling
    if before or forms:
        for phrase in complete_phrase(begun):
            yield _search(_("phrase"), phrase.query, phrase.articles)
    counted: set[int] = set()
    for form in forms:
        text = f"{before} {form.spelling}".strip()
        articles = count_found(text) if before else form.articles
        # Forms of one family find the same.
        if articles is None or articles not in ({0} | (counted if before else set())):
            yield _search(_("word"), text, articles)
        counted.add(articles or 0)


def _search(kind: Promise, text: str, articles: int | None) -> Suggestion:
    query = SearchRequest(text=text).query_string()
    return Suggestion(kind, text, text, query, articles)


def _find_forms(beginning: str) -> Sequence[FormCount]:
    if len(beginning) < _MIN_BEGINNING or not beginning.isalpha():
        return ()
    word = Word(Prefix(beginning), CONTENT)
    return site_engine().complete(word, limit=MAX_WORDS)
