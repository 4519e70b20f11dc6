"""From Haystack's tree of conditions to a Whoosh query, without any text between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from haystack.backends import SearchNode
from haystack.constants import FUZZY_WHOOSH_MAX_EDITS, FUZZY_WHOOSH_MIN_PREFIX
from haystack.exceptions import SearchBackendError
from haystack.inputs import AutoQuery, Clean, Exact, Not, PythonData, Raw
from whoosh import query as q
from whoosh.fields import Schema

from search.engines.whoosh.haystack_api.lookups import compile_lookup
from search.engines.whoosh.haystack_api.query_text import QueryText
from search.engines.whoosh.haystack_api.raw_query import parse_text
from search.engines.whoosh.haystack_api.value_lookups import Target

# What a condition without a field is about.
_ANY_FIELD: Final = "content"


class HaystackCompiler:
    """Compiles conditions for the index with *schema*.

    *declared* are Haystack's fields by their names in the index, *find_name* tells
    such a name by the one in conditions, *content* is the field of a document's text.
    """

    def __init__(
        self,
        schema: Schema,
        *,
        declared: Mapping[str, Any],
        find_name: Callable[[str], str],
        content: str,
    ) -> None:
        self._schema = schema
        self._declared = declared
        self._find_name = find_name
        self._content = content

    def compile(self, query: str) -> q.Query:
        """The Whoosh query for *query*: its tree where it has one, else its text.

        Raises SearchBackendError for conditions that the fields cannot answer.
        """
        if not isinstance(query, QueryText):
            return self.parse(query, self._content)
        try:
            compiled = self._node(query.tree)
            boosted = [self._boosted(word, boost) for word, boost in query.boosts]
        except (ValueError, TypeError) as error:
            raise SearchBackendError(str(error)) from error
        # A query that can find nothing is false; only ``None`` asks for everything.
        if compiled is None:
            compiled = q.Every()
        if boosted:
            return q.AndMaybe(compiled, q.Or(boosted))
        return compiled

    def parse(self, text: str, field: str) -> q.Query:
        """The query that *text* asks for in Whoosh's language, in *field* first."""
        return parse_text(self._schema, str(text), field)

    def target(self, name: str) -> Target | None:
        """The field *name* of conditions; ``None`` where the index has none yet.

        Raises SearchBackendError for a field that no search index declares.
        """
        found = self._content if name == _ANY_FIELD else self._find_name(name)
        if found not in self._schema:
            if found in self._declared:
                return None
            raise SearchBackendError(
                f"No search index declares the field {name!r}. Check the name of the "
                "condition, or build the index again where the field is new."
            )
        boost = getattr(self._declared.get(found), "boost", 1.0)
        return Target(
            found,
            self._schema[found],
            boost,
            FUZZY_WHOOSH_MAX_EDITS,
            FUZZY_WHOOSH_MIN_PREFIX,
        )

    def _boosted(self, word: str, boost: float) -> q.Query:
        found = compile_lookup(self._text_target(boost), "content", word)
        return q.NullQuery if found is None else found

    def _text_target(self, boost: float) -> Target:
        return Target(self._content, self._schema[self._content], boost)

    def _node(self, node: SearchNode) -> q.Query | None:
        found = [self._child(node, child) for child in node.children]
        several = [one for one in found if one is not None]
        if not several:
            return None
        together = q.Or if node.connector == SearchNode.OR else q.And
        joined = several[0] if len(several) == 1 else together(several)
        return q.Not(joined) if node.negated else joined

    def _child(self, node: SearchNode, child: Any) -> q.Query | None:
        if hasattr(child, "children"):
            return self._node(child)
        expression, value = child
        name, lookup = node.split_expression(expression)
        target = self.target(name)
        return self._condition(target, lookup, value) if target else q.NullQuery

    def _condition(self, target: Target, lookup: str, value: Any) -> q.Query | None:
        for kind in type(value).__mro__:
            if kind in _INPUTS:
                return _INPUTS[kind](self, target, lookup, value)
        if hasattr(value, "input_type_name"):
            raise SearchBackendError(
                f"This engine does not know the input {type(value).__name__}."
            )
        if hasattr(value, "values_list"):
            value = list(value)
        return compile_lookup(target, lookup, value)

    def _raw(self, target: Target, lookup: str, value: Raw) -> q.Query:
        return self.parse(value.query_string, target.name)

    def _plain(self, target: Target, lookup: str, value: Any) -> q.Query | None:
        return compile_lookup(target, lookup, value.query_string)

    def _exact(self, target: Target, lookup: str, value: Exact) -> q.Query | None:
        return compile_lookup(target, "exact", value.query_string)

    def _not(self, target: Target, lookup: str, value: Not) -> q.Query | None:
        found = compile_lookup(target, "content", value.query_string)
        return None if found is None else q.Not(found)

    def _auto(self, target: Target, lookup: str, value: AutoQuery) -> q.Query | None:
        """Words that must stand, "phrases" that must stand so, -words that must not."""
        found: list[q.Query | None] = []
        # Every second piece was between quotes.
        for at, piece in enumerate(value.exact_match_re.split(value.query_string)):
            if at % 2:
                found.append(compile_lookup(target, "exact", piece))
                continue
            for word in piece.split():
                if word.startswith("-") and len(word) > 1:
                    found.append(self._not(target, lookup, Not(word[1:])))
                else:
                    found.append(compile_lookup(target, "content", word))
        several = [one for one in found if one is not None]
        return q.And(several) if several else None


_INPUTS: Final[dict[type, Callable[..., q.Query | None]]] = {
    Raw: HaystackCompiler._raw,
    Not: HaystackCompiler._not,
    Clean: HaystackCompiler._plain,
    PythonData: HaystackCompiler._plain,
    Exact: HaystackCompiler._exact,
    AutoQuery: HaystackCompiler._auto,
}
