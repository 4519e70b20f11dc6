"""Haystack's query as text: what logs show and what Haystack's users compare.

The text is in the notation of Haystack's own Whoosh engine. It is not what is run:
the tree of conditions goes along with it as ``QueryText.tree``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, Self

from haystack.backends import SearchNode
from haystack.constants import FUZZY_WHOOSH_MAX_EDITS, FUZZY_WHOOSH_MIN_PREFIX
from haystack.inputs import Clean, Exact, PythonData, Raw

# The notation of one word or value by lookup.
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
_BY_WORD: Final = frozenset(("content", "contains", "startswith", "endswith", "fuzzy"))


class QueryText(str):
    """The text of a query, with its tree of conditions and its boosted words."""

    tree: SearchNode
    boosts: tuple[tuple[str, float], ...]

    def __new__(
        cls, text: str, tree: SearchNode, boosts: Mapping[str, float] | None = None
    ) -> Self:
        made = super().__new__(cls, text)
        made.tree = tree
        made.boosts = tuple((boosts or {}).items())
        return made

    def __getnewargs__(self) -> tuple[str, SearchNode, dict[str, float]]:  # type: ignore[override]
        return str(self), self.tree, dict(self.boosts)


def render_value(value: Any) -> Any:
    """*value* as it stands in a query: texts and numbers as they are."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, int | float | datetime):
        return value
    if isinstance(value, list | tuple):
        return ",".join(str(one) for one in value)
    return str(value)


def render_condition(query: Any, prefix: str, lookup: str, value: Any) -> str:
    """One condition as text; *prefix* is the field and its colon, or empty."""
    value = _as_input(value)
    prepared = value.prepare(query)
    if not isinstance(prepared, set | list | tuple):
        prepared = render_value(prepared)
    is_quoted = isinstance(value, Exact) and lookup in (*_BY_WORD, "exact")
    if is_quoted or not value.post_process:
        text = str(prepared)
    else:
        text = _render(query, lookup, prepared)
    bare = not text.startswith("(") and not text.endswith(")")
    if text and bare and not isinstance(value, Raw):
        text = f"({text})"
    return prefix + text


def _as_input(value: Any) -> Any:
    if hasattr(value, "input_type_name"):
        return value
    if hasattr(value, "values_list"):
        value = list(value)
    # One blank is a value of its own, which cleaning would lose.
    is_text = isinstance(value, str) and value != " "
    return Clean(value) if is_text else PythonData(value)


def _render(query: Any, lookup: str, value: Any) -> str:
    if lookup in _BY_WORD:
        words = value.split(" ") if isinstance(value, str) else [_digits(value)]
        texts = [_render_word(lookup, word) for word in words]
        return texts[0] if len(texts) == 1 else f"({' AND '.join(texts)})"
    if lookup == "in":
        return f"({' OR '.join(_render_choice(one) for one in value)})"
    if lookup == "range":
        return f"[{_digits(value[0])} to {_digits(value[1])}]"
    if lookup == "exact":
        return str(Exact(_digits(value)).prepare(query))
    return _NOTATIONS[lookup].format(_digits(value))


def _render_word(lookup: str, word: Any) -> str:
    text = str(render_value(word))
    if lookup == "fuzzy":
        same = min(FUZZY_WHOOSH_MIN_PREFIX, len(text))
        return f"{text}~{FUZZY_WHOOSH_MAX_EDITS}/{same}"
    return _NOTATIONS[lookup].format(text)


def _render_choice(value: Any) -> str:
    shown = render_value(value)
    return f'"{shown}"' if isinstance(shown, str) else str(_digits(shown))


def _digits(value: Any) -> Any:
    """A time as fourteen digits; anything else as ``render_value`` has it."""
    shown = render_value(value)
    return shown.strftime("%Y%m%d%H%M%S") if isinstance(shown, datetime) else shown
