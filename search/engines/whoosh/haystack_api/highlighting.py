"""``SearchQuerySet.highlight``: a stored text with its matching words in ``<em>``.

Passages are chosen, cut and escaped as on the site's pages. Which words match is read
from the Whoosh query, because Haystack's conditions are no tree of `search.query`.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from whoosh import query as q
from whoosh.fields import FieldType

from search.arabic.families import family, telling_form
from search.engines.whoosh.query.nodes import Family, PositionQuery
from search.engines.whoosh.query.term_tests import TermFilter
from search.highlight.highlighter import Mark
from search.highlight.markup import markup, passage_markup
from search.highlight.passages import PASSAGE_LENGTH, choose_passages

# The tag of all of Haystack's back ends.
_TAG: Final = "em"

# Whether a term of the index, printed as the display form, is one that a term query or
# a phrase stands for.
Accept = Callable[[str, str], bool]


def find_matchers(query: q.Query, field: str) -> list[Accept]:
    """A test of terms for each term query and phrase of *query* in *field*.

    Those that *query* excludes are left out.
    """
    return [_matcher(leaf) for leaf in _iter_leaves(query) if leaf.field() == field]


def _iter_leaves(query: q.Query) -> Iterator[q.Query]:
    if isinstance(query, q.Not):
        return
    if isinstance(query, q.AndNot):
        yield from _iter_leaves(query.a)
        return
    if isinstance(query, PositionQuery | q.Term | q.MultiTerm):
        yield query
        return
    for child in query.children():
        yield from _iter_leaves(child)


def _matcher(leaf: Any) -> Accept:
    if isinstance(leaf, PositionQuery):
        matchers = [_matcher(word) for word in leaf.words]
        return lambda term, form: any(accepts(term, form) for accepts in matchers)
    if isinstance(leaf, Family):
        wanted = frozenset(leaf.keys)
        return lambda term, form: not wanted.isdisjoint(family(form).lemmas)
    if isinstance(leaf, TermFilter):
        return lambda term, _: term.startswith(leaf.prefix) and leaf.accepts(term)
    if isinstance(leaf, q.Prefix):
        return lambda term, _: term.startswith(leaf.text)
    if isinstance(leaf, q.Term):
        text = leaf.text.decode() if isinstance(leaf.text, bytes) else leaf.text
        return lambda term, _: term == text
    if isinstance(leaf, q.TermRange):
        return lambda term, _: _is_within(leaf, term)
    # A pattern with asterisks and question marks.
    matches = re.compile(fnmatch.translate(leaf.text)).match
    return lambda term, _: matches(term) is not None


def _is_within(leaf: q.TermRange, term: str) -> bool:
    first, last = leaf.start, leaf.end
    is_after = first is None or term > first or (term == first and not leaf.startexcl)
    is_before = last is None or term < last or (term == last and not leaf.endexcl)
    return is_after and is_before


def highlight(text: str, field: FieldType, matchers: list[Accept]) -> str:
    """*text* as HTML, or the best passages of a long one, with matching words tagged.

    Everything but the tags is escaped. A text of at most ``PASSAGE_LENGTH`` characters
    keeps its line ends; a passage is on one line.
    """
    marks = _find_marks(text, field, matchers)
    if len(text) <= PASSAGE_LENGTH:
        return markup(text, (0, len(text)), marks, tag=_TAG)
    passages = choose_passages(text, marks)
    return " ".join(passage_markup(text, one, marks, tag=_TAG) for one in passages)


def _find_marks(text: str, field: FieldType, matchers: list[Accept]) -> list[Mark]:
    """The tokens of *text* that pass a test, with the number of the first they pass."""
    marks: list[Mark] = []
    numbers: dict[tuple[str, str], int | None] = {}
    end = 0
    for token in field.analyzer(text, chars=True, mode="index"):
        # Only the analyzer of Arabic text tells how a term is printed.
        word = token.text, telling_form(getattr(token, "printed", token.text))
        if word not in numbers:
            passed = (n for n, accepts in enumerate(matchers) if accepts(*word))
            numbers[word] = next(passed, None)
        number = numbers[word]
        # An analyzer may give several tokens for one stretch of the text.
        if number is not None and token.startchar >= end:
            marks.append(Mark(token.startchar, token.endchar, number))
            end = token.endchar
    return marks
