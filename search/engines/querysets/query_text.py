"""Haystack's query as text, for logs and for `SearchQuerySet.query.build_query`.

The notation is that of Haystack's own Whoosh back end. The engine does not parse it,
but compiles the tree of conditions that the text carries, `QueryText.tree`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Self

from haystack.backends import SearchNode
from haystack.constants import FUZZY_WHOOSH_MAX_EDITS, FUZZY_WHOOSH_MIN_PREFIX
from haystack.inputs import Clean, Exact, PythonData, Raw

# How each lookup is written of a word or value.
_NOTATIONS: Final = {
    "content": "{}",
    "contains": "*{}*",
    "startswith": "{}*",
    "endswith": "*{}",
    "exact": "{}",
    "gt": "{{{} to}}",
    "gte": "[{} to]",
    "lt": "{{to {}}}",
    "lte": "[to {}]",
}
# Lookups that are written of each word of a text by itself.
_BY_WORD: Final = frozenset(("content", "contains", "startswith", "endswith", "fuzzy"))


class QueryText(str):
    """The text of a query with its tree of conditions and its boosted words.

    ``boosts`` are pairs of a word and the factor of its score.
    """

    tree: SearchNode
    boosts: tuple[tuple[str, float], ...]

    def __new__(
        cls, text: str, tree: SearchNode, boosts: Mapping[str, float] | None = None
    ) -> Self:
        query = super().__new__(cls, text)
        query.tree = tree
        query.boosts = tuple((boosts or {}).items())
        return query

    def __getnewargs__(self) -> tuple[str, SearchNode, dict[str, float]]:  # type: ignore[override]
        return str(self), self.tree, dict(self.boosts)


def render_value(value: Any) -> Any:
    """*value* as Haystack's notation has it: numbers and datetimes as they are.

    >>> render_value(True), render_value(["a", 1]), render_value(date(1923, 5, 14))
    ('true', 'a,1', datetime.datetime(1923, 5, 14, 0, 0))
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, int | float | datetime):
        return value
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return str(value)


def render_condition(query: Any, prefix: str, lookup: str, value: Any) -> str:
    """One condition as text; *prefix* is the field's name and a colon, or empty."""
    value = _as_input(value)
    prepared = value.prepare(query)
    if not isinstance(prepared, set | list | tuple):
        prepared = render_value(prepared)
    is_quoted = isinstance(value, Exact) and lookup in (*_BY_WORD, "exact")
    if is_quoted or not value.post_process:
        text = str(prepared)
    else:
        text = _render(query, lookup, prepared)
    is_bare = not text.startswith("(") and not text.endswith(")")
    if text and is_bare and not isinstance(value, Raw):
        text = f"({text})"
    return prefix + text


def _as_input(value: Any) -> Any:
    if hasattr(value, "input_type_name"):
        return value
    if hasattr(value, "values_list"):
        value = list(value)
    # Cleaning would lose a value that is one space.
    is_text = isinstance(value, str) and value != " "
    return Clean(value) if is_text else PythonData(value)


def _render(query: Any, lookup: str, value: Any) -> str:
    if lookup in _BY_WORD:
        words = value.split(" ") if isinstance(value, str) else [_render_time(value)]
        texts = [_render_word(lookup, word) for word in words]
        return texts[0] if len(texts) == 1 else f"({' AND '.join(texts)})"
    if lookup == "in":
        return f"({' OR '.join(map(_render_choice, value))})"
    if lookup == "range":
        return f"[{_render_time(value[0])} to {_render_time(value[1])}]"
    if lookup == "exact":
        return str(Exact(_render_time(value)).prepare(query))
    return _NOTATIONS[lookup].format(_render_time(value))


def _render_word(lookup: str, word: Any) -> str:
    text = str(render_value(word))
    if lookup == "fuzzy":
        prefix_length = min(FUZZY_WHOOSH_MIN_PREFIX, len(text))
        return f"{text}~{FUZZY_WHOOSH_MAX_EDITS}/{prefix_length}"
    return _NOTATIONS[lookup].format(text)


def _render_choice(value: Any) -> str:
    rendered = render_value(value)
    return f'"{rendered}"' if isinstance(rendered, str) else str(_render_time(rendered))


def _render_time(value: Any) -> Any:
    """A date or time as fourteen digits, anything else by ``render_value``."""
    rendered = render_value(value)
    is_time = isinstance(rendered, datetime)
    return rendered.strftime("%Y%m%d%H%M%S") if is_time else rendered
