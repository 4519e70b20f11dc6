"""Why articles matched: what the words of a query stand for, and the forms in a text.

Public: `explain_words`, `list_capped`, `count_forms`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.templatetags.display import number
from search.arabic.display_form import display_form
from search.engines.contract import Engine, Word, WordStatistics
from search.highlight.highlighter import Highlighter
from search.query import Level, Query, Term, render
from search.query.parse import MAX_LENGTH
from search.query.word_slots import TermSlot, list_slots, replace_term
from search.request import SearchRequest
from search.results.model import LevelCount, MatchedForm, WordExplanation, WordForm

# What a page has room for: words of the query, forms of a word, forms in an article.
MOST_WORDS: Final = 12
MOST_FORMS: Final = 12
MOST_IN_ARTICLE: Final = 6


def with_tree(request: SearchRequest, tree: Query) -> SearchRequest:
    """The first page of *request* with another query, its levels spelled out."""
    return replace(request, text=render(tree), query=tree, level=Level.FAMILY, page=1)


def ask_statistics(
    engine: Engine, request: SearchRequest
) -> tuple[tuple[TermSlot, WordStatistics], ...]:
    """What each of the first words of *request* stands for in the index."""
    slots = list_slots(request.query)[:MOST_WORDS]
    words = [Word(slot.word, slot.field) for slot in slots]
    return tuple(zip(slots, engine.explain(words, most_forms=MOST_FORMS), strict=True))


def explain_words(
    request: SearchRequest, statistics: Sequence[tuple[TermSlot, WordStatistics]]
) -> tuple[WordExplanation, ...]:
    """The words with counts and forms, each with the search that it leads to."""
    return tuple(_explain(request, slot, found) for slot, found in statistics)


def _explain(
    request: SearchRequest, slot: TermSlot, found: WordStatistics
) -> WordExplanation:
    asked = slot.word.level if isinstance(slot.word, Term) else None
    levels = tuple(
        LevelCount(
            level,
            articles,
            "" if level is asked else _link(request, slot, slot.word.text, level),
        )
        for level, articles in found.articles.items()
    )
    forms = tuple(
        WordForm(
            form.spelling,
            form.articles,
            _link(request, slot, form.spelling, Level.EXACT),
        )
        for form in found.forms
    )
    word = slot.word.text if isinstance(slot.word, Term) else render(slot.word)
    return WordExplanation(word, levels, forms, max(0, found.found - len(forms)))


def _link(request: SearchRequest, slot: TermSlot, text: str, level: Level) -> str:
    """The search with *text* at *level* in the slot; ``""`` where there is none.

    None for a word of a phrase, and none that is too long once it is spelled out.
    """
    if slot.index is not None:
        return ""
    other = with_tree(request, replace_term(request.query, slot, text, level))
    return other.query_string() if len(other.text) <= MAX_LENGTH else ""


def list_capped(
    statistics: Sequence[tuple[TermSlot, WordStatistics]],
) -> tuple[Promise, ...]:
    """A sentence for each word that stands for more forms than are looked for."""
    sentence = _(
        "“{word}” stands for {found} forms. "
        "The {used} that most articles have were looked for; write more of the word."
    )
    return tuple(
        format_lazy(
            sentence,
            word=render(slot.word),
            found=number(found.found),
            used=number(found.used),
        )
        for slot, found in statistics
        if found.found > found.used
    )


def count_forms(
    texts: Sequence[tuple[str, Highlighter]],
) -> tuple[MatchedForm, ...]:
    """The forms that *texts* are marked for and how often, the commonest first.

    >>> count_forms([("كتابٌ وكتاب وكتاب", Highlighter(Term("كتاب")))])
    (MatchedForm(form='وكتاب', count=2), MatchedForm(form='كتاب', count=1))
    """
    printed: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text, highlighter in texts:
        found = highlighter.count(text)
        counts += found
        for surface in found:
            if surface not in printed:
                printed[surface] = display_form(highlighter.spell(text, surface))
    best = counts.most_common(MOST_IN_ARTICLE)
    return tuple(MatchedForm(printed[surface], count) for surface, count in best)
