"""The writer of articles: matching, updates and rollbacks."""

from collections.abc import Iterator, Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from archive.importing import run
from archive.importing.fields import ARTICLE_FIELDS
from archive.models import Actor, Article, Source, Status, Topic
from archive.signals import articles_written
from tests.archive.importing.records.test_articles import json_values
from tests.archive.importing.writing_rows import article, write

FIELD_NAMES = [field.name for field in ARTICLE_FIELDS]
# Codes of refusals that are not errors of the database.
REFUSALS = {
    "empty", "no_source", "no_name", "wrong_type", "not_a_list", "too_long_value",
    "bad_choice", "bad_slug", "text_too_long",
}  # fmt: skip

pytestmark = pytest.mark.django_db

# A trigger simulates errors of the database.
REFUSE_WORD = """
    CREATE TRIGGER refuse BEFORE INSERT ON archive_article
    WHEN NEW.title = 'مرفوض' BEGIN SELECT RAISE(ABORT, 'no such title'); END
"""

ONLY_SQLITE = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the trigger is written for SQLite"
)


@pytest.fixture
def told() -> Iterator[list[int]]:
    """The ids of articles in `articles_written` signals."""
    ids: list[int] = []

    def listen(article_ids: Sequence[int], **kwargs: object) -> None:
        assert connection.in_atomic_block
        ids.extend(article_ids)

    articles_written.connect(listen)
    yield ids
    articles_written.disconnect(listen)


class TestAdding:
    def test_full_record_becomes_a_full_article(self, told: list[int]) -> None:
        record = article(
            subtitle="فصل",
            byline="بغداد: مراسلنا",
            authors=["أنستاس الكرملي", "كاظم الدجيلي"],
            published="1911-07",
            topics=["تاريخ / أنهار"],
            actors=[{"name": "بغداد", "kind": "place"}],
            status="draft",
        )
        assert write("articles", record).counts == {"added": 1}
        stored = Article.objects.get()
        assert stored.content_hash == stored.build_content_hash()
        assert (stored.published_on, stored.published_precision) == (
            stored.published and stored.published.first_day(),
            "month",
        )
        assert [author.name for author in stored.authors.all()] == record["authors"]
        assert [topic.name_ar for topic in stored.topics.all()] == ["أنهار"]
        assert stored.topics.get().parent == Topic.objects.get(name_ar="تاريخ")
        assert stored.actors.get().kind == "place"
        assert stored.status == Status.DRAFT
        assert told == [stored.pk]

    def test_many_articles_take_few_queries(self) -> None:
        records = [
            article(external_id=str(n), topics=["تاريخ"], actors=["بغداد"])
            for n in range(200)
        ]
        write("articles", article(external_id="first", topics=["تاريخ"]))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            write("articles", *records)
        inserts = [q for q in queries.captured_queries if "INSERT" in q["sql"]]
        others = [q for q in queries.captured_queries if "INSERT" not in q["sql"]]
        assert len(others) < 20
        assert len(inserts) < 20

    def test_source_is_matched_by_slug_name_or_spelling(self) -> None:
        source = Source.objects.create(slug="al-manar", name_ar="المنار")
        names = ["al-manar", "المنار", "المنـار", {"slug": "al-manar", "name": "س"}]
        write(
            "articles",
            *(article(external_id=str(n), source=s) for n, s in enumerate(names)),
        )
        assert Source.objects.get() == source
        assert source.articles.count() == len(names)


class TestActorRoles:
    def roles(self) -> dict[str, str]:
        links = Article.objects.get().actor_links
        return dict(links.values_list("actor__name_ar", "role"))

    def test_record_says_roles(self) -> None:
        actors = ["دجلة", {"name": "الحزب", "role": "issuer"}]
        written = write("articles", article(actors=actors, author_actors=["كاظم"]))
        assert self.roles() == {
            "دجلة": "mentioned", "الحزب": "issuer", "كاظم": "author",
        }  # fmt: skip
        assert written.codes == []

    def test_unknown_role_is_remarked(self) -> None:
        actors = [{"name": "الحزب", "role": "راعٍ"}]
        assert write("articles", article(actors=actors)).codes == [(1, "unknown_role")]
        assert self.roles() == {"الحزب": "mentioned"}

    def test_actor_without_role_keeps_the_one_that_it_has(self) -> None:
        write("articles", article(actors=[{"name": "الحزب", "role": "issuer"}]))
        again = article(actors=["الحزب"])
        assert write("articles", again).counts == {"unchanged": 1}
        assert self.roles() == {"الحزب": "issuer"}

    def test_column_of_a_role_leaves_the_others(self) -> None:
        write("articles", article(actors=["دجلة"], issuers=["الحزب"]))
        write("articles", article(issuers=["النقابة"]))
        assert self.roles() == {"دجلة": "mentioned", "النقابة": "issuer"}

    def test_actor_in_two_columns_is_linked_once(self, told: list[int]) -> None:
        record = article(actors=["دجلة", "الحزب"], issuers=["الحزب"])
        write("articles", record)
        assert self.roles() == {"دجلة": "mentioned", "الحزب": "issuer"}
        told.clear()
        assert write("articles", record).counts == {"unchanged": 1}
        write("articles", article(actors=["دجلة"], issuers=["دجلة"]))
        assert self.roles() == {"دجلة": "issuer"}
        assert told == [Article.objects.get().pk]


class TestUnknownKinds:
    def test_source_of_an_article_has_no_kind(self) -> None:
        write("articles", article())
        assert Source.objects.get().kind == ""

    def test_unknown_kind_of_text_is_remarked_and_not_stated(self) -> None:
        written = write("articles", article(kind="Muwashshah"))
        assert written.codes == [(1, "unknown_kind")]
        assert Article.objects.get().kind == ""


class TestInvalidRecords:
    def test_duplicate_is_refused_with_the_first_line(self) -> None:
        imported = write("articles", article(), article(title="الفرات"))
        assert imported.counts == {"added": 1, "refused": 1}
        assert imported.codes == [(2, "duplicate")]
        assert "line 1" in imported.problems[0].note.message
        assert Article.objects.get().title == "دجلة"

    def test_duplicate_in_a_later_batch_is_refused(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run, "BATCH_SIZE", 1)
        imported = write("articles", article(), article(title="الفرات"))
        assert imported.codes == [(2, "duplicate")]

    def test_problems_come_in_the_order_of_the_lines(self) -> None:
        noted = {"provenance": {"content_hash": "0" * 64}}
        imported = write(
            "articles",
            article(**noted),
            article(**noted),
            article(external_id="3", body="نص آخر", **noted),
        )
        assert imported.counts == {"added": 2, "refused": 1}
        assert [line for line, _code in imported.codes] == [1, 2, 3]

    def test_other_records_are_imported(self) -> None:
        imported = write(
            "articles",
            article(),
            article(external_id="2", title=[]),
            article(external_id="3"),
        )
        assert imported.counts == {"added": 2, "refused": 1}
        assert imported.codes == [(2, "wrong_type")]
        assert imported.problems[0].external_id == "2"

    @ONLY_SQLITE
    def test_record_that_the_database_refuses_is_rolled_back_alone(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(REFUSE_WORD)
        bad = article(
            external_id="2",
            title="مرفوض",
            source="جديد",
            topics=["جديد"],
            actors=["جديد"],
        )
        after = article(
            external_id="3",
            body="نص آخر",
            source="جديد",
            topics=["جديد"],
            actors=["جديد"],
        )
        imported = write("articles", article(), bad, after)
        assert imported.counts == {"added": 2, "refused": 1}
        assert imported.codes == [(2, "database")]
        assert "no such title" in imported.problems[0].note.message
        stored = Article.objects.get(external_id="3")
        assert stored.source == Source.objects.get(name_ar="جديد")
        assert list(stored.topics.all()) == [Topic.objects.get(name_ar="جديد")]
        assert list(stored.actors.all()) == [Actor.objects.get(name_ar="جديد")]

    @ONLY_SQLITE
    def test_one_invalid_record_takes_few_transactions(self, told: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(REFUSE_WORD)
        records = [article(external_id=str(n), body=f"نص {n}") for n in range(100)]
        records[70]["title"] = "مرفوض"
        with CaptureQueriesContext(connection) as queries:
            imported = write("articles", *records)
        assert imported.counts == {"added": 99, "refused": 1}
        assert imported.codes == [(71, "database")]
        assert len(told) == len(set(told)) == 99
        begun = [q for q in queries if q["sql"].startswith("SAVEPOINT")]
        assert len(begun) < 60

    def test_different_content_hash_is_noted(self) -> None:
        imported = write("articles", article(provenance={"content_hash": "0" * 64}))
        assert imported.counts == {"added": 1}
        assert imported.codes == [(1, "hash_differs")]


class TestAnyJson:
    # Each example imports twice.
    @hypothesis_settings(max_examples=hypothesis_settings().max_examples // 4)
    @given(st.dictionaries(st.sampled_from(FIELD_NAMES), json_values, max_size=5))
    def test_any_json_is_written_or_refused_and_matches_again(
        self, columns: dict[str, object]
    ) -> None:
        Article.objects.all().delete()
        first = write("articles", article(**columns))
        assert sum(first.counts.values()) == 1
        if first.all_counts.refused:
            assert {code for _, code in first.codes} & REFUSALS
            return
        assert write("articles", article(**columns)).counts == {"unchanged": 1}


class TestTopics:
    def test_single_name_matches_anywhere_in_the_tree(self) -> None:
        above = Topic.objects.create(name_ar="تاريخ")
        below = Topic.objects.create(name_ar="أنهار", parent=above)
        write("articles", article(topics=["انهار"]))
        assert Article.objects.get().topics.get() == below

    def test_path_adds_missing_topics(self) -> None:
        write("articles", article(topics=["تاريخ / أنهار / دجلة", "تاريخ / مدن"]))
        tree = {t.name_ar: t.parent and t.parent.name_ar for t in Topic.objects.all()}
        assert tree == {
            "تاريخ": None,
            "أنهار": "تاريخ",
            "دجلة": "أنهار",
            "مدن": "تاريخ",
        }

    def test_ambiguous_name_is_noted(self) -> None:
        for parent in ("تاريخ", "أدب"):
            above = Topic.objects.create(name_ar=parent)
            Topic.objects.create(name_ar="متفرقات", parent=above)
        imported = write("articles", article(topics=["متفرقات"]))
        assert imported.codes == [(1, "ambiguous_topic")]
