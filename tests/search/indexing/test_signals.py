"""Signals: each change of an article or its catalogue reaches the index."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from archive.models import (
    Actor,
    ActorAlias,
    ActorRole,
    Article,
    ArticleAuthor,
    Source,
    Status,
    Topic,
    set_actor_roles,
)
from archive.signals import articles_written, writing_finished
from search.indexing import indexer
from search.indexing.indexer import DrainResult, drain, try_index_all, try_index_now
from search.indexing.lock import indexer_lock
from search.models import OutboxEntry
from search.request import NOT_STATED
from tests.search.library import Library
from tests.search.searching import make_request, search

pytestmark = pytest.mark.django_db(transaction=True)


def _save(title: str, source: Source) -> Article:
    return Article.objects.create(title=title, body="نص قصير.", source=source)


class TestSavedArticles:
    def test_saved_article_is_found(self, library: Library) -> None:
        article = _save("عنقاء الصباح", library.sources["gazette"])
        assert [row.article for row in search("عنقاء").rows] == [article]
        assert not OutboxEntry.objects.exists()

    def test_changed_article_is_found_by_its_new_words_only(
        self, library: Library
    ) -> None:
        article = library["digits"]
        article.body = "فينيق المساء."
        article.save()
        assert search("فينيق").total == 1
        assert search("1948").total == 0
        assert search("").total == search("-فينيق").total + 1

    def test_rolled_back_article_is_not_found(self, library: Library) -> None:
        with pytest.raises(RuntimeError), transaction.atomic():
            _save("عنقاء الصباح", library.sources["gazette"])
            raise RuntimeError
        assert search("عنقاء").total == 0
        assert not OutboxEntry.objects.exists()

    def test_article_is_indexed_after_the_commit(self, library: Library) -> None:
        with transaction.atomic():
            _save("عنقاء الصباح", library.sources["gazette"])
            assert OutboxEntry.objects.exists()
            assert search("عنقاء").total == 0
        assert search("عنقاء").total == 1

    def test_withdrawn_article_is_not_found(self, library: Library) -> None:
        article = library["digits"]
        article.status = Status.WITHDRAWN
        article.save()
        assert search("1948").total == 0

    def test_published_draft_is_found(self, library: Library) -> None:
        article = library["draft"]
        article.status = Status.PUBLISHED
        article.save()
        assert search("الزمردة").total == 1

    def test_deleted_articles_are_not_found(self, library: Library) -> None:
        library["digits"].delete()
        Article.objects.filter(title__startswith="البيان رقم").delete()
        assert search("1948").total == search("بيان").total == 0

    def test_first_article_creates_the_index(
        self, transactional_db: None, no_index: object
    ) -> None:
        source = Source.objects.create(slug="first", name_ar="الأولى")
        _save("عنقاء الصباح", source)
        assert search("عنقاء").total == 1


def _rename_actor(library: Library) -> None:
    actor = library.actors["unesco"]
    actor.name_latin = "Phoenix"
    actor.save()


def _add_alias(library: Library) -> None:
    ActorAlias.objects.create(actor=library.actors["unesco"], name="Phoenix")


def _rename_source(library: Library) -> None:
    source = library.sources["orient"]
    source.name_latin = "Phoenix"
    source.save()


def _rename_topic_above(library: Library) -> None:
    topic = library.topics["history"]
    topic.name_latin = "Phoenix"
    topic.save()


def _move_topic(library: Library) -> None:
    root = Topic.objects.create(name_ar="الجذر", name_latin="Phoenix")
    topic = library.topics["iraq"]
    topic.parent = root
    topic.save()


def _add_author(library: Library) -> None:
    ArticleAuthor.objects.create(article=library["digits"], name="Phoenix")


def _add_actor(library: Library) -> None:
    actor = Actor.objects.create(name_ar="العنقاء", name_latin="Phoenix")
    library["digits"].actors.add(actor)


def _make_issuer(library: Library) -> None:
    actor = Actor.objects.create(name_ar="العنقاء", name_latin="Phoenix")
    library["digits"].actors.add(actor)
    # Only the role changes.
    with transaction.atomic():
        set_actor_roles(library["digits"], {actor.pk: ActorRole.ISSUER})
    try_index_all()


def _add_article_to_actor(library: Library) -> None:
    actor = Actor.objects.create(name_ar="العنقاء", name_latin="Phoenix")
    actor.articles.set([library["digits"], library["tatweel"]])


# What an editor changes, where its new name is looked for, and how many it leads to.
CHANGES: list[tuple[Callable[[Library], None], str, int]] = [
    (_rename_actor, "actor", 1),
    (_add_alias, "actor", 1),
    (_rename_source, "source", 18),
    (_rename_topic_above, "topic", 4),
    (_move_topic, "topic", 2),
    (_add_author, "author", 1),
    (_add_actor, "actor", 1),
    (_add_article_to_actor, "actor", 2),
    (_make_issuer, "issuer", 1),
]


class TestCatalogue:
    @pytest.mark.parametrize(("change", "field", "total"), CHANGES)
    def test_change_of_the_catalogue_reaches_all_its_articles(
        self,
        library: Library,
        change: Callable[[Library], None],
        field: str,
        total: int,
    ) -> None:
        assert search(f"{field}:phoenix").total == 0
        change(library)
        assert search(f"{field}:phoenix").total == total

    def test_deleted_alias_is_not_found(self, library: Library) -> None:
        ActorAlias.objects.get(name="عميد الأدب العربي").delete()
        assert search("actor:عميد").total == 0
        assert search("actor:Hussein").total == 2

    def test_deleted_actor_is_in_no_facet(self, library: Library) -> None:
        library.actors["taha"].delete()
        assert search("actor:Hussein").total == search("actor:عميد").total == 0
        values = [bucket.value for bucket in search("").facets[0].buckets]
        assert "taha" not in values

    def test_deleted_topic_is_not_found(self, library: Library) -> None:
        library.topics["weather"].delete()
        assert search("topic:Weather").total == 0

    @pytest.mark.parametrize("relation", ["actors", "topics"])
    def test_cleared_relation_is_in_no_facet(
        self, library: Library, relation: str
    ) -> None:
        getattr(library["alias_match"], relation).clear()
        facets = search("الصعيد").facets
        stated = [
            [bucket for bucket in facet.buckets if bucket.value != NOT_STATED]
            for facet in facets
        ]
        assert [len(buckets) for buckets in stated] == [
            0 if relation == "actors" else 1,
            0 if relation == "topics" else 2,
            1,
        ]

    def test_kind_of_text_is_a_facet_where_a_hit_states_it(
        self, library: Library
    ) -> None:
        assert "kind" not in [facet.name for facet in search("").facets]
        article = library["digits"]
        article.kind = "statement"
        article.save()
        (kind,) = [facet for facet in search("").facets if facet.name == "kind"]
        shown = {bucket.value: bucket.count for bucket in kind.buckets}
        assert shown["statement"] == 1
        assert search("kind:بيان").total == search("kind:statement").total == 1

    def test_actor_cleared_of_its_articles_is_not_found(self, library: Library) -> None:
        library.actors["taha"].articles.clear()
        assert search("actor:Hussein").total == 0


class TestBulkWrites:
    def test_bulk_writes_are_indexed_when_writing_has_finished(
        self, library: Library
    ) -> None:
        source = library.sources["gazette"]
        with transaction.atomic():
            articles = Article.objects.bulk_create(
                Article(title=f"عنقاء {n}", source=source) for n in range(30)
            )
            articles_written.send(
                sender=Article, article_ids=[article.pk for article in articles]
            )
        assert search("عنقاء").total == 0
        assert OutboxEntry.objects.count() == 30
        writing_finished.send(sender=Article)
        assert search("عنقاء").total == 30
        assert not OutboxEntry.objects.exists()

    def test_articles_deleted_in_bulk_are_removed(self, library: Library) -> None:
        ids = [library["digits"].pk, library["tatweel"].pk]
        Article.actors.through.objects.filter(article_id__in=ids).delete()
        Article.topics.through.objects.filter(article_id__in=ids).delete()
        Article.objects.filter(pk__in=ids)._raw_delete(connection.alias)
        articles_written.send(sender=Article, article_ids=ids)
        writing_finished.send(sender=Article)
        assert search("1948 OR القطار").total == search("القطار").total == 1


class TestSeveralAtOnce:
    @pytest.mark.parametrize("indexes", [drain, try_index_now])
    def test_article_saved_while_another_process_indexes_is_found(
        self,
        library: Library,
        monkeypatch: pytest.MonkeyPatch,
        indexes: Callable[[], object],
    ) -> None:
        """The process that has the lock looks at the outbox again before it ends."""
        monkeypatch.setattr(indexer, "SECONDS_WHILE_SAVING", 600)
        index_rows = indexer._index_rows
        others = ["عنقاء الصباح", "عنقاء المساء"]

        def save() -> None:
            _save(others.pop(), library.sources["gazette"])
            connection.close()

        def be_interrupted(rows: list[OutboxEntry], **options: bool) -> DrainResult:
            done = index_rows(rows, **options)
            if others:
                thread = threading.Thread(target=save)
                thread.start()
                thread.join()
            return done

        monkeypatch.setattr(indexer, "_index_rows", be_interrupted)
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        indexes()
        assert search("عنقاء").total == 2
        assert not OutboxEntry.objects.exists()

    def test_saving_process_stops_after_its_time_while_others_save(
        self, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(indexer, "SECONDS_WHILE_SAVING", 0)
        index_rows = indexer._index_rows
        enough = 5
        rounds: list[int] = []

        def be_interrupted(rows: list[OutboxEntry], **options: bool) -> DrainResult:
            done = index_rows(rows, **options)
            rounds.append(len(rows))
            if len(rounds) < enough:
                OutboxEntry.objects.create(article_id=library["tatweel"].pk)
            return done

        monkeypatch.setattr(indexer, "_index_rows", be_interrupted)
        OutboxEntry.objects.create(article_id=library["digits"].pk)
        try_index_now()
        assert rounds == [1]
        assert OutboxEntry.objects.count() == 1

    def test_article_saved_while_the_lock_is_held_waits(self, library: Library) -> None:
        with indexer_lock():
            _save("عنقاء الصباح", library.sources["gazette"])
            assert search("عنقاء").total == 0
        assert OutboxEntry.objects.count() == 1
        drain()
        assert search("عنقاء").total == 1

    def test_next_saving_process_indexes_waiting_rows(self, library: Library) -> None:
        with indexer_lock():
            _save("عنقاء الصباح", library.sources["gazette"])
        _save("عنقاء المساء", library.sources["gazette"])
        assert search(make_request("عنقاء")).total == 2
