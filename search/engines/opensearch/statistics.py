"""The words of a query in the archive: their forms, completions, near spellings.

The forms are found among the words of the archive; how many articles have each is
counted in the documents.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from search.arabic.diacritics import without_diacritics
from search.arabic.display_form import choose_display_form
from search.arabic.normalize import fold
from search.engines.contract import (
    EVERY_LEVEL,
    FormCount,
    Spelling,
    Word,
    WordStatistics,
)
from search.engines.opensearch.cluster import Cluster
from search.engines.opensearch.documents import (
    ARTICLES,
    SURFACE,
    TELLING_FORM,
    forms_field,
)
from search.engines.opensearch.paging import search_many
from search.engines.opensearch.query import words as w
from search.engines.opensearch.query.compiler import compile_words
from search.engines.opensearch.tokens import WITHIN, Tag, token
from search.engines.spellings import MAX_WEIGHED, choose_spellings
from search.fields import CONTENT
from search.query import Fuzzy, Level, Term

# Forms of a word that are counted: those of most articles when they were written.
_MAX_COUNTED: Final = 3_000
# Forms that are counted for each one asked for, because their numbers may have changed.
_LOOKED_AT: Final = 50


class _Form(NamedTuple):
    """A form of a word: its surface form, and the articles of each telling form."""

    surface: str
    printed: dict[str, int]

    @property
    def shown(self) -> str:
        """How it is mostly printed, without diacritics."""
        articles: Counter[str] = Counter()
        for telling, count in self.printed.items():
            articles[without_diacritics(telling)] += count
        return choose_display_form(articles)

    @property
    def most(self) -> int:
        """As many articles as may have it: one may have several telling forms."""
        return sum(self.printed.values())


@dataclass(frozen=True)
class Statistics:
    """What a word stands for, by the aliases of documents and of words."""

    cluster: Cluster
    documents: str
    words: str

    def explain(
        self,
        words: Sequence[Word],
        *,
        most_forms: int,
        levels: Collection[Level] = EVERY_LEVEL,
    ) -> tuple[WordStatistics, ...]:
        """What each of *words* stands for, with at most so many of its forms.

        Articles are counted at these *levels*.
        """
        asked = [
            (word, level)
            for word in dict.fromkeys(words)
            if isinstance(word.query, Term)
            for level in levels
        ]
        articles: defaultdict[Word, dict[Level, int]] = defaultdict(dict)
        for (word, level), count in zip(asked, self._count(asked), strict=True):
            articles[word][level] = count
        return tuple(
            self._explain(word, articles.get(word, {}), most_forms) for word in words
        )

    def count(self, words: Sequence[Word]) -> tuple[int, ...]:
        """How many articles have each of *words*, a ``Term`` each, at its level."""
        terms = [(word, word.query) for word in words]
        return tuple(
            self._count(
                [(word, term.level) for word, term in terms if isinstance(term, Term)]
            )
        )

    def _count(self, asked: Sequence[tuple[Word, Level]]) -> list[int]:
        """How many articles have each word at a level."""
        if not asked:
            return []
        answers = search_many(
            self.cluster,
            self.documents,
            [
                _count(w.phrase(compile_words(word.query, level), word.field))
                for word, level in asked
            ],
        )
        return [answer["hits"]["total"]["value"] for answer in answers]

    def _explain(
        self, word: Word, articles: dict[Level, int], most_forms: int
    ) -> WordStatistics:
        level = word.query.level if isinstance(word.query, Term) else Level.FAMILY
        stands_for = compile_words(word.query, level)
        if len(stands_for) != 1 or isinstance(stands_for[0], w.Marked):
            # A word that the analyzer splits, or whose diacritics count, is its form.
            text = word.query.text
            own_level = Level.LETTERS if level is Level.LETTERS else Level.EXACT
            own_articles = articles.get(own_level)
            if own_articles is None and isinstance(word.query, Term):
                [own_articles] = self._count([(word, own_level)])
            own = FormCount(text, text, own_articles or 0)
            forms = (own,) if own.articles else ()
            return WordStatistics(articles, forms, len(forms), len(forms))
        found, used, all_forms = self._count_forms(
            stands_for[0], word.field, most_forms, _MAX_COUNTED
        )
        return WordStatistics(
            articles, found, max(used, all_forms), max(used, all_forms)
        )

    def complete(self, word: Word, *, limit: int) -> tuple[FormCount, ...]:
        """The forms that begin with *word*, those of most articles first."""
        prefix = w.prefixes(iter([(Tag.FORM, fold(word.query.text))]))
        return self._count_forms(prefix, word.field, limit, limit * _LOOKED_AT)[0]

    def count_documents(self, words: Sequence[str]) -> tuple[int, ...]:
        """About how many articles have each of *words* as it is written.

        One shard tells for all; deleted articles may still be counted.
        """
        tokens = [token(Tag.FORM, fold(word)) for word in words]
        body = {
            "doc": {CONTENT: " ".join(tokens)},
            "fields": [CONTENT],
            **{"term_statistics": True, "positions": False, "offsets": False},
        }
        answer = self.cluster.ask(
            lambda client: client.termvectors(index=self.documents, body=body)
        )
        found = answer["term_vectors"].get(CONTENT)
        if not found:
            return (0,) * len(tokens)
        held = self.cluster.ask(lambda client: client.count(index=self.documents))
        share = held["count"] / max(found["field_statistics"]["doc_count"], 1)
        terms = found["terms"]
        counts = (terms.get(each, {}).get("doc_freq", 0) for each in tokens)
        return tuple(math.ceil(count * share) for count in counts)

    def find_spellings(self, word: Word, *, limit: int) -> tuple[Spelling, ...]:
        """Words of the index that are written nearly like *word*, the best first."""

        def list_near(edits: int) -> Iterable[FormCount]:
            [near] = compile_words(Fuzzy(word.query.text, edits), Level.FAMILY)
            return self._count_forms(near, word.field, MAX_WEIGHED, _MAX_COUNTED)[0]

        return choose_spellings(word.query.text, list_near, limit=limit)

    def _count_forms(
        self, word: w.Word, field: str, limit: int, looked_at: int
    ) -> tuple[tuple[FormCount, ...], int, int]:
        """The *limit* forms of most articles, how many there are, and beyond those.

        The third number is that of all words where more than *looked_at* are found.
        """
        [found] = search_many(
            self.cluster,
            self.words,
            [
                {
                    "query": {"bool": {"filter": word.of_words()}},
                    "sort": [{ARTICLES: "desc"}, {SURFACE: "asc"}],
                    "size": looked_at,
                    "stored_fields": "_none_",
                    "docvalue_fields": [SURFACE, TELLING_FORM],
                    "track_total_hits": True,
                }
            ],
        )
        hits = [each["fields"] for each in found["hits"]["hits"]]
        values = [f"{each[SURFACE][0]}{WITHIN}{each[TELLING_FORM][0]}" for each in hits]
        if not values:
            return (), 0, 0
        forms = self._count_printed(word, field, values)
        counted = self._count_articles(word, forms, field, limit)
        total = found["hits"]["total"]["value"]
        return counted[:limit], len(forms), total if total > len(values) else 0

    def _count_printed(
        self, word: w.Word, field: str, values: list[str]
    ) -> list[_Form]:
        """The forms with articles, those of most first."""
        name = forms_field(field)
        counted = {"field": name, "include": values, "size": len(values)}
        body = {
            "size": 0,
            "query": {"bool": {"filter": word.query(field)}},
            "aggs": {"forms": {"terms": counted}},
        }
        [answer] = search_many(self.cluster, self.documents, [body])
        printed: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for bucket in answer["aggregations"]["forms"]["buckets"]:
            surface, telling = bucket["key"].split(WITHIN)
            printed[surface][telling] = bucket["doc_count"]
        forms = [_Form(*each) for each in printed.items()]
        return sorted(forms, key=lambda form: (-form.most, form.surface))

    def _count_articles(
        self, word: w.Word, forms: Sequence[_Form], field: str, limit: int
    ) -> tuple[FormCount, ...]:
        """The forms with most articles, each article counted once.

        A form leads to the search for it as written, which finds it however printed.
        """
        # Those that may be among the first: an article has few forms of a word twice.
        first = forms[: limit * 2]
        filters = {form.surface: _as_written(word, form, field) for form in first}
        exact: dict[str, int] = {}
        if filters:
            body = {"size": 0, "aggs": {"forms": {"filters": {"filters": filters}}}}
            [answer] = search_many(self.cluster, self.documents, [body])
            buckets = answer["aggregations"]["forms"]["buckets"]
            exact = {key: each["doc_count"] for key, each in buckets.items()}
        counted = [
            FormCount(
                form.surface,
                form.shown,
                exact[form.surface],
            )
            for form in first
        ]
        return tuple(sorted(counted, key=lambda form: (-form.articles, form.surface)))


def _as_written(word: w.Word, form: _Form, field: str) -> w.Json:
    """The articles with *form*; as it is printed, where *word* is asked for so."""
    if isinstance(word, w.OneOf) and word.tokens[0][0] == Tag.PRINTED:
        shown = {without_diacritics(each) for each in form.printed}
        return {"terms": {field: [token(Tag.PRINTED, each) for each in sorted(shown)]}}
    return {"term": {field: token(Tag.FORM, form.surface)}}


def _count(query: w.Json) -> w.Json:
    return {"query": query, "size": 0, "track_total_hits": True}
