"""A stored text with the words that a query found put between tags, escaped.

This is what ``SearchQuerySet.highlight`` gives to Haystack's users. The site's own
pages mark the text of the database instead: see ``search.highlight.highlighter``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from whoosh import query as q
from whoosh.fields import FieldType

from search.arabic.analyzer import cached_stem
from search.engines.whoosh.index.snapshot import Snapshot
from search.engines.whoosh.query.nodes import Family, Sequence
from search.engines.whoosh.query.term_tests import TermFilter

# Characters of a fragment around what was found, and how many fragments at most.
_AROUND: Final = 60
_MOST_FRAGMENTS: Final = 4
_WHOLE_TEXT: Final = 200
_CUT: Final = "…"

# Whether a term of the index is one that the query asked for.
Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def find_tests(snapshot: Snapshot, query: q.Query, field: str) -> list[Test]:
    """What *query* asks for in *field*, one test a word; what it excludes left out."""
    return [_test(snapshot, leaf) for leaf in _leaves(query) if leaf.field() == field]


def _leaves(query: q.Query) -> Iterator[q.Query]:
    if isinstance(query, q.Not):
        return
    if isinstance(query, q.AndNot):
        yield from _leaves(query.a)
        return
    if isinstance(query, Sequence):
        yield from query.words
        return
    if isinstance(query, q.Term | q.MultiTerm):
        yield query
        return
    for child in query.children():
        yield from _leaves(child)


def _test(snapshot: Snapshot, leaf: Any) -> Test:
    if isinstance(leaf, Family):
        return lambda term: cached_stem(term) == leaf.text
    if isinstance(leaf, TermFilter):
        return lambda term: term.startswith(leaf.prefix) and leaf.accepts(term)
    if isinstance(leaf, q.Prefix):
        return lambda term: term.startswith(leaf.text)
    if isinstance(leaf, q.Term):
        text = leaf.text.decode() if isinstance(leaf.text, bytes) else leaf.text
        return lambda term: term == text
    terms = {term.decode() for term in leaf._btexts(snapshot.reader)}
    return lambda term: term in terms


def highlight(text: str, field: FieldType, tests: list[Test], tag: str = "em") -> str:
    """*text*, or fragments of a long one, with every word that passes a test tagged.

    Only the tags are markup: the text is escaped.
    """
    spans = [
        _Span(token.startchar, token.endchar)
        for token in field.analyzer(text, chars=True, mode="index")
        if any(test(token.text) for test in tests)
    ]
    return _CUT.join(_tagged(text, one, spans, tag) for one in _fragments(text, spans))


def _fragments(text: str, spans: list[_Span]) -> list[_Span]:
    """Where the fragments are; an empty one at an end stands for text left out."""
    if len(text) <= _WHOLE_TEXT:
        return [_Span(0, len(text))]
    found: list[_Span] = []
    for span in spans or [_Span(0, 0)]:
        start, end = _widen(text, span)
        if found and start <= found[-1].end:
            found[-1] = _Span(found[-1].start, max(end, found[-1].end))
        elif len(found) < _MOST_FRAGMENTS:
            found.append(_Span(start, end))
    if found[0].start > 0:
        found.insert(0, _Span(0, 0))
    if found[-1].end < len(text):
        found.append(_Span(len(text), len(text)))
    return found


def _widen(text: str, span: _Span) -> tuple[int, int]:
    """The text around *span*, cut between words where there is one."""
    start, end = max(span.start - _AROUND, 0), min(span.end + _AROUND, len(text))
    if start:
        start = max(text.find(" ", start, span.start) + 1, start)
    if end < len(text):
        blank = text.rfind(" ", span.end, end)
        end = blank if blank > span.end else end
    return start, end


def _tagged(text: str, fragment: _Span, spans: list[_Span], tag: str) -> str:
    pieces: list[str] = []
    at = fragment.start
    for span in spans:
        if fragment.start <= span.start and span.end <= fragment.end:
            pieces.append(escape(text[at : span.start]))
            pieces.append(f"<{tag}>{escape(text[span.start : span.end])}</{tag}>")
            at = span.end
    return "".join([*pieces, escape(text[at : fragment.end])])
