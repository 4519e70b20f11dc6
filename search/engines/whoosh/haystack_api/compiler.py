"""Compiles Haystack's tree of conditions to a Whoosh query, without text in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from haystack.backends import SearchNode
from haystack.constants import FUZZY_WHOOSH_MAX_EDITS, FUZZY_WHOOSH_MIN_PREFIX
from haystack.exceptions import SearchBackendError
from haystack.inputs import AutoQuery, Clean, Exact, Not, PythonData, Raw
from whoosh import query as q
from whoosh.fields import Schema

from search.engines.querysets.query_text import QueryText
from search.engines.whoosh.haystack_api.lookups import compile_lookup
from search.engines.whoosh.haystack_api.raw_query import parse_text
from search.engines.whoosh.haystack_api.value_lookups import Target

# The name that Haystack gives to the document field in conditions.
_DOCUMENT_FIELD: Final = "content"


class HaystackCompiler:
    """Compiles conditions for an index.

    *schema* is Whoosh's, *declared* are Haystack's fields by their names in the index,
    *find_name* maps the name of a field in conditions to its name in the index,
    *content* is the document field's name in the index.
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
        """The Whoosh query for *query*: of its tree where it has one, else of its text.

        Raises SearchBackendError for a field that is not declared, a lookup that its
        field does not have and a value that it cannot hold.
        """
        if not isinstance(query, QueryText):
            return self.parse(query, self._content)
        try:
            compiled = self._node(query.tree)
            boosted = [self._boosted(word, boost) for word, boost in query.boosts]
        except (ValueError, TypeError) as error:
            raise SearchBackendError(str(error)) from error
        # Empty texts compile to None, which matches everything; what cannot match is
        # NullQuery.
        if compiled is None:
            compiled = q.Every()
        if boosted:
            return q.AndMaybe(compiled, q.Or(boosted))
        return compiled

    def parse(self, text: str, field: str) -> q.Query:
        """The query of *text* in Whoosh's query language; *field* is the default."""
        return parse_text(self._schema, str(text), field)

    def target(self, name: str) -> Target | None:
        """The field that conditions call *name*; ``None`` where the index lacks it.

        An index lacks fields declared after it was built. Raises SearchBackendError for
        a field that no search index declares.
        """
        own_name = self._content if name == _DOCUMENT_FIELD else self._find_name(name)
        if own_name not in self._schema:
            if own_name in self._declared:
                return None
            raise SearchBackendError(
                f"No search index declares the field {name!r}. Check the name of the "
                "condition, or build the index again where the field is new."
            )
        boost = getattr(self._declared.get(own_name), "boost", 1.0)
        return Target(
            own_name,
            self._schema[own_name],
            boost,
            FUZZY_WHOOSH_MAX_EDITS,
            FUZZY_WHOOSH_MIN_PREFIX,
        )

    def _boosted(self, word: str, boost: float) -> q.Query:
        target = Target(self._content, self._schema[self._content], boost)
        query = compile_lookup(target, "content", word)
        return q.NullQuery if query is None else query

    def _node(self, node: SearchNode) -> q.Query | None:
        compiled = [self._child(node, child) for child in node.children]
        clauses = [clause for clause in compiled if clause is not None]
        if not clauses:
            return None
        join = q.Or if node.connector == SearchNode.OR else q.And
        joined = clauses[0] if len(clauses) == 1 else join(clauses)
        return q.Not(joined) if node.negated else joined

    def _child(self, node: SearchNode, child: Any) -> q.Query | None:
        if hasattr(child, "children"):
            return self._node(child)
        expression, value = child
        name, lookup = node.split_expression(expression)
        target = self.target(name)
        return self._condition(target, lookup, value) if target else q.NullQuery

    def _condition(self, target: Target, lookup: str, value: Any) -> q.Query | None:
        for input_type in type(value).__mro__:
            if input_type in _INPUTS:
                return _INPUTS[input_type](self, target, lookup, value)
        if hasattr(value, "input_type_name"):
            raise SearchBackendError(
                f"This engine does not know the input {type(value).__name__}."
            )
        # A query set of Django's.
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
        query = compile_lookup(target, "content", value.query_string)
        return None if query is None else q.Not(query)

    def _auto(self, target: Target, lookup: str, value: AutoQuery) -> q.Query | None:
        """Required words, required "phrases" and excluded -words."""
        compiled: list[q.Query | None] = []
        # The expression has one group, so that every second part was between quotes.
        for at, part in enumerate(value.exact_match_re.split(value.query_string)):
            if at % 2:
                compiled.append(compile_lookup(target, "exact", part))
                continue
            for word in part.split():
                if word.startswith("-") and len(word) > 1:
                    compiled.append(self._not(target, lookup, Not(word[1:])))
                else:
                    compiled.append(compile_lookup(target, "content", word))
        clauses = [clause for clause in compiled if clause is not None]
        return q.And(clauses) if clauses else None


# Haystack's input types; what is neither of them nor one at all is a plain value.
_INPUTS: Final[dict[type, Callable[..., q.Query | None]]] = {
    Raw: HaystackCompiler._raw,
    Not: HaystackCompiler._not,
    Clean: HaystackCompiler._plain,
    PythonData: HaystackCompiler._plain,
    Exact: HaystackCompiler._exact,
    AutoQuery: HaystackCompiler._auto,
}
