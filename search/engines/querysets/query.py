"""The query of a ``SearchQuerySet``, run as its tree of conditions."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from haystack import connections
from haystack.backends import SPELLING_SUGGESTION_HAS_NOT_RUN, BaseSearchQuery
from haystack.exceptions import MoreLikeThisError

from search.engines.querysets.narrow import read_tree
from search.engines.querysets.query_text import QueryText, render_condition


class TreeQuery(BaseSearchQuery):  # type: ignore[misc]
    """Haystack's query, run as a tree of conditions instead of as text.

    Unlike Haystack's own it counts hits and facets without loading all hits, and honors
    the slice of ``more_like_this``.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By the text of each condition, for narrow(); shared by all clones of a query.
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
        """The text of a condition, whose expression and value are remembered."""
        unified = connections[self._using].get_unified_index()
        name = unified.get_index_fieldname(field)
        prefix = "" if field == "content" else f"{name}:"
        text = render_condition(self, prefix, filter_type, value)
        self._conditions[text] = (f"{field}__{filter_type}", value)
        return text

    def build_query(self) -> QueryText:
        """The text of the query, with the tree that is compiled."""
        text = super().build_query()
        return QueryText(text, deepcopy(self.query_filter), self.boost)

    def add_narrow_query(self, query: str) -> None:
        """Restrict the hits to those of *query*: the text of an SQ, or a raw query."""
        tree = read_tree(query, self._conditions)
        self.narrow_queries.add(QueryText(query, tree) if tree else query)

    def set_limits(self, low: int | None = None, high: int | None = None) -> None:
        """Slice from *low* to *high*; to the end where only *low* is given.

        Haystack's own keeps the end of an earlier slice.
        """
        super().set_limits(low, high)
        if low is not None and high is None:
            self.end_offset = None

    def get_count(self) -> int:
        """The number of matching documents, of which one at most is loaded."""
        if self._hit_count is None:
            self._count()
        return int(self._hit_count or 0)

    def get_facet_counts(self) -> Any:
        """The counts of all requested facets; one hit at most is loaded."""
        if self._facet_counts is None:
            self._count()
        return self._facet_counts

    def get_spelling_suggestion(self, preferred_query: str | None = None) -> str | None:
        """The text, or *preferred_query*, with its misspelled words corrected.

        ``None`` where no word is corrected or the connection has no INCLUDE_SPELLING.
        """
        if self._spelling_suggestion is SPELLING_SUGGESTION_HAS_NOT_RUN:
            self._count(spelling_query=preferred_query)
        suggestion: str | None = self._spelling_suggestion
        return suggestion

    def _count(self, spelling_query: str | None = None) -> None:
        """Run the query for its counts and its suggestion."""
        self._store(self._search(spelling_query, start_offset=0, end_offset=1))

    def run(self, spelling_query: str | None = None, **kwargs: Any) -> None:
        """Run the query for the requested slice."""
        answer = self._search(spelling_query, **kwargs)
        self._results = answer.get("results", [])
        self._store(answer)

    def run_mlt(self, **kwargs: Any) -> None:
        """Find documents like the given one, for the requested slice.

        Raises MoreLikeThisError without an instance.
        """
        if self._mlt_instance is None:
            raise MoreLikeThisError("more_like_this needs an instance to compare with.")
        self.run(**kwargs)

    def _search(self, spelling_query: str | None, **kwargs: Any) -> dict[str, Any]:
        options = {**self.build_params(spelling_query=spelling_query), **kwargs}
        text: str = self.build_query()
        if self._raw_query:
            text, options = self._raw_query, {**options, **self._raw_query_params}
        if self._more_like_this:
            answer = self.backend.more_like_this(self._mlt_instance, text, **options)
        else:
            answer = self.backend.search(text, **options)
        return dict(answer)

    def _store(self, answer: dict[str, Any]) -> None:
        self._hit_count = answer.get("hits", 0)
        self._facet_counts = self.post_process_facets(answer)
        self._spelling_suggestion = answer.get("spelling_suggestion")
