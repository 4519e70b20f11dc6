"""Searches of the library on the real engine: hits, order and counts."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from archive.models import Article, TopicTree
from search.request import NOT_STATED, PAGE_SIZE, Sort
from search.searcher import iter_articles, list_facet
from tests.search.library import BULLETINS, ENTRIES, Library
from tests.search.searching import entry_names, make_request, search

PUBLISHED = len(ENTRIES) - 2
# The first page, the article with the counts, and every row's catalogue.
MOST_QUERIES = 12

# A query, the entries that it finds, and why.
FINDS = [
    ("كتاب", {"vocalised", "persian_letters", "digits"}, "marks do not count"),
    ("=كتاب", set(), "the exact form is كتابه or الكتاب there"),
    ("=الكتاب", {"vocalised"}, "the exact form, whatever its marks"),
    ("مسؤول", {"hamza_variants", "decomposed"}, "hamza seats do not count"),
    ("شؤون", {"hamza_variants"}, "nor in شئون"),
    ("القاهرة", {"hamza_variants"}, "nor ة and ه"),
    ("الأمر انتهى", {"hamza_variants"}, "nor ى and ي"),
    ("العراق الجديد", {"tatweel"}, "nor tatweel"),
    ("1948", {"digits"}, "Arabic digits in the text"),
    ("١٩٤٩", {"digits"}, "Arabic digits in the query"),
    ("1950", {"digits"}, "Persian digits in the text"),
    ("مخطوطة", {"stacked_clitics"}, "two proclitics and a pronoun come off"),
    ("المدرسة", {"stacked_clitics"}, "three proclitics come off"),
    ('"سكة حديد الحجاز"', {"phrase_twice"}, "a phrase, not its words"),
    ("سكة حديد الحجاز", {"phrase_twice", "words_apart"}, "all words, anywhere"),
    ('="سكة حديد الحجاز"', {"phrase_twice"}, "an exact phrase"),
    ('="سكة حديد حجاز"', set(), "and not another form"),
    ('"حديد سكة"', set(), "a phrase has an order"),
    ('"حديد سكة"~1', {"phrase_twice"}, "nearness has none"),
    ('"طنجة عدن"~10', set(), "far is not near"),
    ('"مجلس الوزراء"', set(), "no phrase crosses from the title to the text"),
    ("مجلس الوزراء", {"split_phrase"}, "all words may"),
    ("الزنبق -رائحة", {"title_only_match"}, "without a word"),
    ("الزنبق بدون رائحة", {"title_only_match"}, "without a word, in Arabic"),
    ("title:الزنبق", {"title_only_match"}, "in the title only"),
    ("عنوان:الزنبق", {"title_only_match"}, "in the title only, in Arabic"),
    ("ياقوتة", {"subtitle_match"}, "in the subtitle"),
    ("كاتب:زيادة", {"author_match"}, "by an author"),
    ("زيادة", set(), "whom no text names"),
    ('actor:"عميد الأدب العربي"', {"vocalised", "alias_match"}, "an alias"),
    ("actor:Hussein", {"vocalised", "alias_match"}, "a Latin name"),
    ("موضوع:العلوم", {"title_only_match", "body_only_match", "alias_match",
                      "all_places"}, "a topic, and those below it"),
    ("source:L'Orient", {f"bulletin_{n}" for n in range(2, BULLETINS, 3)}
     | {"latin_words", "formula", "english"}, "a source"),
    ("طنجة أو الفستق", {"far_apart", "paragraphs"}, "either word"),
    ("(طنجة OR الفستق) -أولا", {"far_apart"}, "a group without a word"),
    ("يونسك*", {"latin_words"}, "a prefix begins the word behind its article"),
    ("=يونسك*", set(), "an exact prefix begins the word as printed"),
    ("اليونس*", {"latin_words"}, "with its article"),
    ("unes*", {"latin_words"}, "in Latin letters"),
    ("bbc", {"latin_words"}, "joined to the Arabic article"),
    ("cafe", {"latin_words"}, "without its accent"),
    ("city", {"latin_words"}, "an English plural"),
    ("train station", {"english"}, "English words in any number"),
    ('"كتب الكاتب"', {"persian_letters"}, "Persian letters"),
    ("المركب في الميناء", {"presentation_forms"}, "glyphs of a word processor"),
    ("الله", {"ligature_name"}, "the name and not له"),
    ("الزمردة", set(), "neither a draft nor what was withdrawn"),
    ("لاوجودلها", set(), "what nothing has"),
]  # fmt: skip


class TestQueries:
    @pytest.mark.parametrize(("query", "expected", "why"), FINDS)
    def test_query_has_these_hits(
        self, library: Library, query: str, expected: set[str], why: str
    ) -> None:
        results = search(query)
        assert results.total == len(expected), why
        assert set(entry_names(library, results)) <= expected
        assert len(results.rows) == min(len(expected), PAGE_SIZE)

    def test_empty_query_has_all_published_articles(self, library: Library) -> None:
        assert search("").total == PUBLISHED

    def test_excluded_word_alone_has_all_other_articles(self, library: Library) -> None:
        assert search("-بيان").total == PUBLISHED - search("بيان").total

    def test_or_is_the_union_of_its_words(self, library: Library) -> None:
        both, either = search("مطبعة بيان").total, search("مطبعة OR بيان").total
        assert search("مطبعة").total + search("بيان").total == both + either


class TestPages:
    def test_total_is_exact_and_pages_have_twenty_rows(self, library: Library) -> None:
        names: list[str] = []
        for page in (1, 2, 3):
            results = search(make_request("بيان", page=page))
            assert results.total == BULLETINS
            assert results.page_count == 3
            assert results.first_rank == (page - 1) * PAGE_SIZE + 1
            assert results.last_rank == min(page * PAGE_SIZE, BULLETINS)
            names += entry_names(library, results)
        assert len(names) == len(set(names)) == BULLETINS

    def test_page_past_the_end_is_empty_with_the_total(self, library: Library) -> None:
        results = search(make_request("بيان", page=999_999_999))
        assert (results.total, results.rows) == (BULLETINS, ())
        assert (results.first_rank, results.last_rank) == (0, 0)

    def test_all_hits_are_in_the_order_of_pages(self, library: Library) -> None:
        for sort in Sort:
            pages = [
                row.article.pk
                for page in (1, 2, 3)
                for row in search(make_request("بيان", sort=sort, page=page)).rows
            ]
            everything = iter_articles(make_request("بيان", sort=sort))
            assert [article.pk for article in everything] == pages


class TestSorts:
    def test_newest_first_has_undated_last(self, library: Library) -> None:
        names = entry_names(library, search(make_request("مطبعة", sort=Sort.NEWEST)))
        assert names == ["month_only_date", "year_only_date", "undated"]

    def test_oldest_first_has_undated_last(self, library: Library) -> None:
        names = entry_names(library, search(make_request("مطبعة", sort=Sort.OLDEST)))
        assert names == ["year_only_date", "month_only_date", "undated"]

    def test_dates_are_in_order(self, library: Library) -> None:
        for sort, reverse in ((Sort.NEWEST, True), (Sort.OLDEST, False)):
            articles = list(iter_articles(make_request(sort=sort)))
            dates = [a.published_on for a in articles if a.published_on]
            assert dates == sorted(dates, reverse=reverse)
            assert len(dates) == PUBLISHED - 1
            assert articles[-1].pk == library["undated"].pk

    def test_hit_in_title_and_text_precedes_one_in_the_text(
        self, library: Library
    ) -> None:
        names = entry_names(library, search("مرصد OR ياقوتة OR الزنبق"))
        assert names[0] == "all_places"

    def test_typed_form_comes_first(self, library: Library) -> None:
        names = entry_names(library, search("كتب"))
        assert set(names) >= {"digits", "persian_letters"}


class TestFacets:
    """Counts are compared with counts made from the database, one article at a time."""

    @staticmethod
    def count(ids: list[int], name: str) -> Counter[str]:
        counts: Counter[str] = Counter()
        tree = TopicTree.load()
        for article in Article.objects.filter(pk__in=ids):
            if name != "source" and not getattr(article, f"{name}s").exists():
                counts[NOT_STATED] += 1
            elif name == "source":
                counts[article.source.slug] += 1
            elif name == "actor":
                counts.update(actor.slug for actor in article.actors.all())
            else:
                above = {t for own in article.topics.all() for t in tree.path(own.pk)}
                counts.update(topic.slug for topic in above)
        return counts

    @pytest.mark.parametrize("query", ["", "بيان", "مطبعة OR الزنبق", "-بيان"])
    @pytest.mark.parametrize("name", ["actor", "topic", "source"])
    def test_counts_are_those_of_the_database(
        self, library: Library, query: str, name: str
    ) -> None:
        request = make_request(query)
        ids = [article.pk for article in iter_articles(request)]
        facet = list_facet(request, name, language="ar")
        counts = {bucket.value: bucket.count for bucket in facet.buckets}
        assert counts == dict(self.count(ids, name))
        assert facet.hidden == 0

    def test_each_count_is_the_total_of_its_link(self, library: Library) -> None:
        for facet in search("بيان").facets:
            for bucket in facet.buckets:
                narrowed = make_request("بيان", {facet.name: [bucket.value]})
                assert bucket.query_string == narrowed.query_string()
                assert search(narrowed).total == bucket.count

    def test_largest_counts_come_first_and_the_rest_is_counted(
        self, library: Library
    ) -> None:
        actors = search("بيان").facets[0]
        counts = [bucket.count for bucket in actors.buckets]
        assert counts == sorted(counts, reverse=True)
        assert (len(counts), actors.hidden) == (8, 2)

    def test_article_counts_once_for_each_topic_above(self, library: Library) -> None:
        topics = {b.value: b.count for b in search("مرصد").facets[1].buckets}
        assert topics == {"science": 1, "astronomy": 1}

    def test_values_of_a_facet_are_ored_and_facets_anded(
        self, library: Library
    ) -> None:
        one = search(make_request("بيان", {"source": ["gazette"]}))
        two = search(make_request("بيان", {"source": ["gazette", "review"]}))
        both = search(
            make_request("بيان", {"source": ["gazette"], "actor": ["observer-0"]})
        )
        assert one.total < two.total
        assert both.total < one.total

    def test_facet_counts_ignore_its_own_filter(self, library: Library) -> None:
        wide = search("بيان").facets[2]
        narrow = search(make_request("بيان", {"source": ["gazette"]})).facets[2]
        assert [(b.value, b.count) for b in wide.buckets] == [
            (b.value, b.count) for b in narrow.buckets
        ]
        assert [b.value for b in narrow.buckets if b.selected] == ["gazette"]

    def test_selected_value_is_shown_beyond_the_largest(self, library: Library) -> None:
        request = make_request("", {"actor": ["unesco"], "any": ["actor"]})
        actors = search(request).facets[0]
        assert [b.value for b in actors.buckets if b.selected] == ["unesco"]
        assert len(actors.buckets) == 10

    def test_selected_value_is_shown_without_hits(self, library: Library) -> None:
        results = search(make_request("لاوجودلها", {"actor": ["unesco"]}))
        chosen = results.facets[0].buckets[0]
        assert (chosen.value, chosen.count, chosen.selected) == ("unesco", 0, True)
        assert results.facets[0].hidden == 0

    @pytest.mark.parametrize("facet", ["topic", "source", "kind"])
    def test_unknown_value_has_no_hits_and_a_chip(
        self, library: Library, facet: str
    ) -> None:
        results = search(make_request("بيان", {facet: ["nowhere"]}))
        assert results.total == 0
        assert [(chip.label, chip.query_string) for chip in results.chips] == [
            ("nowhere", make_request("بيان").query_string())
        ]

    @pytest.mark.parametrize(
        ("language", "label"), [("ar", "اليونسكو"), ("en", "UNESCO")]
    )
    def test_labels_are_in_the_readers_language(
        self, library: Library, language: str, label: str
    ) -> None:
        results = search("unesco", language=language)
        assert [bucket.label for bucket in results.facets[0].buckets] == [label]

    def test_actor_of_a_draft_is_in_no_facet(self, library: Library) -> None:
        facet = list_facet(make_request(), "actor", language="ar")
        assert "hidden" not in {bucket.value for bucket in facet.buckets}

    def test_unknown_facet_raises_key_error(self, library: Library) -> None:
        with pytest.raises(KeyError):
            list_facet(make_request(), "color", language="ar")


class TestSecrecy:
    def test_draft_is_in_no_count_row_or_list(self, library: Library) -> None:
        hidden = {library["draft"].pk, library["withdrawn"].pk}
        everything = {article.pk for article in iter_articles(make_request())}
        assert len(everything) == PUBLISHED
        assert not hidden & everything
        assert search("مسودة").total == search("actor:Draft").total == 0
        assert search(make_request("", {"actor": ["hidden"]})).total == 0

    def test_article_withdrawn_since_indexing_is_not_shown(
        self, library: Library
    ) -> None:
        """The index may be a moment behind the database."""
        Article.objects.filter(pk=library["digits"].pk).update(status="withdrawn")
        assert search("1948").rows == ()
        assert list(iter_articles(make_request("1948"))) == []


class TestRows:
    def test_rows_highlight_whole_words_of_the_original(self, library: Library) -> None:
        row = search("كتاب قلم").rows[0]
        assert row.title == "<mark>الكِتَابُ</mark> <mark>وَالْقَلَمُ</mark>"
        assert "<mark>كِتَابَهُ</mark>" in row.fragments[0]

    def test_page_takes_few_queries(
        self, library: Library, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        request = make_request(
            "بيان",
            {"actor": ["observer-1", "observer-2"], "any": ["actor"],
             "topic": ["weather"], "source": ["gazette", "review"]},
            dates=("1940", "1946"),
        )  # fmt: skip
        with django_assert_max_num_queries(MOST_QUERIES):
            assert search(request).rows

    def test_rows_are_read_by_primary_key(self, library: Library) -> None:
        """By status or in order of date SQLite would scan all published articles."""
        with CaptureQueriesContext(connection) as queries:
            assert search("بيان").rows
        reads = [
            sql
            for query in queries
            if 'FROM "archive_article"' in (sql := query["sql"]) and " IN (" in sql
        ]
        # What entries show, and the texts.
        assert len(reads) == 2
        plan = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        for read in reads:
            with connection.cursor() as cursor:
                cursor.execute(f"{plan} {read}")
                steps = " ".join(str(row) for row in cursor.fetchall())
            assert "archive_article USING INTEGER PRIMARY KEY" in steps or (
                connection.vendor != "sqlite"
            )
            assert "B-TREE" not in steps
