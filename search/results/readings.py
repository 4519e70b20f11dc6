"""What a word of the query may be read as, and the words derived from it, with counts.

A word written without vowels is often several: علم is knowledge, a flag or to know.
Written with the vowels of the dictionary it is asked for as one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from search.arabic.analyzer import surfaces
from search.arabic.families import (
    Reading,
    derived_words,
    prime_asked,
    readings_of,
    related_words,
)
from search.engines.contract import Engine, Word, WordStatistics
from search.query import Level, Term
from search.query.word_slots import TermSlot
from search.request import SearchRequest
from search.results.explain import link_word
from search.results.model import WordExplanation, WordReading

# Room on a page: words whose readings are counted, readings and related words of each.
MAX_READ: Final = 3
MAX_READINGS: Final = 5
# Forms of each reading.
MAX_FORMS: Final = 4


def add_readings(
    engine: Engine,
    request: SearchRequest,
    words: Sequence[WordExplanation],
    statistics: Sequence[tuple[TermSlot, WordStatistics]],
) -> tuple[WordExplanation, ...]:
    """*words* with their readings and related words that articles have.

    Of the first ``MAX_READ`` words that are asked for in every form.
    """
    slots = [slot for slot, _found in statistics]
    read = [slot for slot in slots if _has_readings(slot)][:MAX_READ]
    readings = {(each, slot.field): None for slot in read for each in _readings(slot)}
    related = {(each, slot.field): None for slot in read for each in _related(slot)}
    prime_asked(reading.vowelled for reading, _field in (*readings, *related))
    explained = engine.explain(
        _words(readings), most_forms=MAX_FORMS, levels=(Level.FAMILY,)
    )
    counted = engine.count(_words(related))
    found = {
        key: (statistics_of.articles[Level.FAMILY], statistics_of.forms)
        for key, statistics_of in zip(readings, explained, strict=True)
    } | {key: (articles, ()) for key, articles in zip(related, counted, strict=True)}

    def show(slot: TermSlot, readings: Sequence[Reading]) -> Iterator[WordReading]:
        for reading in readings:
            articles, forms = found[reading, slot.field]
            link = link_word(request, slot, reading.vowelled, Level.FAMILY)
            yield WordReading(*reading, articles, link, forms)

    return tuple(
        replace(
            word,
            readings=tuple(show(slot, _readings(slot))),
            related=tuple(one for one in show(slot, _related(slot)) if one.articles),
        )
        if slot in read
        else word
        for word, slot in zip(words, slots, strict=True)
    )


def _words(readings: Iterable[tuple[Reading, str]]) -> list[Word]:
    return [Word(Term(reading.vowelled), field) for reading, field in readings]


def _has_readings(slot: TermSlot) -> bool:
    word = slot.word
    is_family = isinstance(word, Term) and word.level is Level.FAMILY
    return is_family and slot.index is None and len(surfaces(word.text)) == 1


def _readings(slot: TermSlot) -> tuple[Reading, ...]:
    """The readings of a word that has several, else none."""
    readings = readings_of(slot.word.text)[:MAX_READINGS]
    return readings if len(readings) > 1 else ()


def _related(slot: TermSlot) -> tuple[Reading, ...]:
    """The nisba and its kin, then the other words of the root."""
    text = slot.word.text
    return (*related_words(text)[:MAX_READINGS], *derived_words(text))
