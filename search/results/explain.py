"""Why articles matched: the forms of a query's words, in the index and in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from archive.templatetags.display import number
from search.arabic.analyzer import cached_fold
from search.arabic.display_form import display_form
from search.engines.contract import Engine, Word, WordStatistics
from search.highlight.highlighter import Match
from search.query import Level, Term, render
from search.query.parse import MAX_LENGTH
from search.query.word_slots import TermSlot, list_slots, replace_term
from search.request import SearchRequest
from search.results.model import LevelCount, MatchedForm, WordExplanation, WordForm

# Room on a page: words of the query, forms of a word, forms in an article.
MAX_WORDS: Final = 12
MAX_FORMS: Final = 12
MAX_MATCHED_FORMS: Final = 6

# Words of a query with what they stand for in the index.
Statistics = Sequence[tuple[TermSlot, WordStatistics]]


def ask_statistics(engine: Engine, request: SearchRequest) -> Statistics:
    """The statistics of the first MAX_WORDS words of *request*."""
    slots = list_slots(request.query)[:MAX_WORDS]
    words = [Word(slot.word, slot.field) for slot in slots]
    return tuple(zip(slots, engine.explain(words, most_forms=MAX_FORMS), strict=True))


def explain_words(
    request: SearchRequest, statistics: Statistics
) -> tuple[WordExplanation, ...]:
    """The words with counts by level and forms, each with the search for it."""
    return tuple(_explain(request, slot, found) for slot, found in statistics)


def _explain(
    request: SearchRequest, slot: TermSlot, found: WordStatistics
) -> WordExplanation:
    asked = slot.word.level if isinstance(slot.word, Term) else None
    strict = Level.LETTERS if asked is Level.LETTERS else Level.EXACT
    levels = tuple(
        LevelCount(
            level,
            articles,
            "" if level is asked else link_word(request, slot, slot.word.text, level),
        )
        for level, articles in found.articles.items()
    )
    forms = tuple(
        WordForm(
            form.spelling,
            form.articles,
            link_word(request, slot, form.spelling, strict),
        )
        for form in found.forms
    )
    word = slot.word.text if isinstance(slot.word, Term) else render(slot.word)
    return WordExplanation(word, levels, forms, max(0, found.found - len(forms)))


def link_word(request: SearchRequest, slot: TermSlot, text: str, level: Level) -> str:
    """The query string with *text* at *level* in the slot, or ``""``.

    A word of a phrase has none, and neither has a query that would be too long.
    """
    if slot.index is not None:
        return ""
    other = request.with_query(replace_term(request.query, slot, text, level))
    return other.query_string() if len(other.text) <= MAX_LENGTH else ""


def list_capped(statistics: Statistics) -> tuple[Promise, ...]:
    """A sentence for each word that has more forms than are searched for."""
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
    texts: Sequence[Sequence[Match]],
) -> tuple[MatchedForm, ...]:
    """The surface forms of the matches in *texts*, the most frequent first.

    At most MAX_MATCHED_FORMS, each as it is first printed; of equally frequent ones
    those of the first word of the query come first.

    >>> from search.highlight.highlighter import Highlighter
    >>> text = "كتابٌ وكتاب وكتاب"
    >>> count_forms([Highlighter(Term("كتاب")).find_matches(text)])
    (MatchedForm(form='وكتاب', count=2), MatchedForm(form='كتاب', count=1))
    """
    printed: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for matches in texts:
        for match in matches:
            printed.setdefault(cached_fold(match.form), display_form(match.form))
        in_order = sorted(matches, key=attrgetter("word"))
        counts.update(cached_fold(match.form) for match in in_order)
    return tuple(
        MatchedForm(printed[surface], count)
        for surface, count in counts.most_common(MAX_MATCHED_FORMS)
    )
