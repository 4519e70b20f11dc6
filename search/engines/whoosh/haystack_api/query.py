"""The query behind a ``SearchQuerySet``: keeps its conditions to be compiled."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from haystack import connections
from haystack.backends import SPELLING_SUGGESTION_HAS_NOT_RUN, BaseSearchQuery
from haystack.exceptions import MoreLikeThisError

from search.engines.whoosh.haystack_api.narrow import read_tree
from search.engines.whoosh.haystack_api.query_text import QueryText, render_condition


class WhooshSearchQuery(BaseSearchQuery):  # type: ignore[misc]
    """Haystack's query, which reads as text but runs as a tree.

    Where Haystack's own would load every hit to count them or their facets, or
    forget which slice of similar documents was asked for, this one does not.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The text of each condition made here; shared by all clones of a query.
        self._conditions: dict[str, tuple[str, Any]] = {}

    def _clone(self, klass: Any = None, using: str | None = None) -> Any:
        clone = super()._clone(klass=klass, using=using)
        clone._conditions = self._conditions
        return clone

    def clean(self, query_fragment: str) -> str:
        """The words with operators in lower case and special characters quoted."""
        cleaned = []
        for word in query_fragment.split():
            if word in self.backend.RESERVED_WORDS:
                word = word.lower()
            special = any(char in word for char in self.backend.RESERVED_CHARACTERS)
            cleaned.append(f"'{word}'" if special else word)
        return " ".join(cleaned)

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        """The condition as text, and what it stands for is remembered."""
        unified = connections[self._using].get_unified_index()
        name = unified.get_index_fieldname(field)
        prefix = "" if field == "content" else f"{name}:"
        text = render_condition(self, prefix, filter_type, value)
        self._conditions[text] = (f"{field}__{filter_type}", value)
        return text

    def build_query(self) -> QueryText:
        """The text of the query, with the tree that is run."""
        text = super().build_query()
        return QueryText(text, deepcopy(self.query_filter), self.boost)

    def add_narrow_query(self, query: str) -> None:
        """Leave only what *query* finds as well: text, or text with its tree."""
        tree = read_tree(query, self._conditions)
        self.narrow_queries.add(QueryText(query, tree) if tree else query)

    def set_limits(self, low: int | None = None, high: int | None = None) -> None:
        """Slice from *low* to *high*; to the end where only *low* is given."""
        super().set_limits(low, high)
        if low is not None and high is None:
            self.end_offset = None

    def get_count(self) -> int:
        """How many documents match; no more than one of them is loaded."""
        if self._hit_count is None:
            self._probe()
        return int(self._hit_count or 0)

    def get_facet_counts(self) -> Any:
        """The counts of all facets asked for, without loading the hits."""
        if self._facet_counts is None:
            self._probe()
        return self._facet_counts

    def get_spelling_suggestion(self, preferred_query: str | None = None) -> str | None:
        """Words that the index knows in place of those that it does not."""
        if self._spelling_suggestion is SPELLING_SUGGESTION_HAS_NOT_RUN:
            self._probe(spelling_query=preferred_query)
        suggestion: str | None = self._spelling_suggestion
        return suggestion

    def _probe(self, spelling_query: str | None = None) -> None:
        """Run the query for all that it tells but the hits."""
        self._take(self._ask(spelling_query, start_offset=0, end_offset=1))

    def run(self, spelling_query: str | None = None, **kwargs: Any) -> None:
        """Run the query for the slice asked for."""
        found = self._ask(spelling_query, **kwargs)
        self._results = found.get("results", [])
        self._take(found)

    def run_mlt(self, **kwargs: Any) -> None:
        """Find documents like the one given, for the slice asked for."""
        if self._mlt_instance is None:
            raise MoreLikeThisError("more_like_this needs an instance to compare with.")
        self.run(**kwargs)

    def _ask(self, spelling_query: str | None, **kwargs: Any) -> dict[str, Any]:
        options = {**self.build_params(spelling_query=spelling_query), **kwargs}
        text: str = self.build_query()
        if self._raw_query:
            text, options = self._raw_query, {**options, **self._raw_query_params}
        if self._more_like_this:
            found = self.backend.more_like_this(self._mlt_instance, text, **options)
        else:
            found = self.backend.search(text, **options)
        return dict(found)

    def _take(self, found: dict[str, Any]) -> None:
        self._hit_count = found.get("hits", 0)
        self._facet_counts = self.post_process_facets(found)
        self._spelling_suggestion = found.get("spelling_suggestion")
