"""Versions: every writer records, every version can be read, restoring loses none."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from archive.authority.merging import merge_actors, undo_merge
from archive.authority.reading import accept_links, begin_reading, read_on, undo_reading
from archive.editing.bulk import Changes, edit_articles, undo_edit
from archive.importing.batches.undo import undo_batch
from archive.models import (
    Actor,
    Article,
    ArticleActor,
    ArticleAuthor,
    ArticleChange,
    EditedField,
    ImportBatch,
    Source,
    Topic,
)
from archive.versions import NotRestorable, read_history, read_states, restore_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("layla")


@pytest.fixture
def article() -> Article:
    source = Source.objects.create(name_ar="المقتطف")
    return Article.objects.create(
        title="رحلة إلى تدمر", body="وصلنا إلى تدمر مساء.", source=source
    )


def kinds(article: Article) -> list[str]:
    return list(article.changes.values_list("kind", flat=True))


def state(article: Article) -> dict[str, Any]:
    return read_states([article.pk])[article.pk]


class TestRecording:
    def test_a_new_article_has_one_version_and_no_row(self, article: Article) -> None:
        history = read_history(article)
        assert [version.number for version in history.versions] == [1]
        assert not ArticleChange.objects.exists()

    def test_a_program_that_saves(self, article: Article) -> None:
        article.title = "رحلة إلى البتراء"
        article.save()
        article.save()
        assert [change.former for change in article.changes.all()] == [
            {"title": "رحلة إلى تدمر"}
        ]

    def test_only_columns_that_are_written_count(self, article: Article) -> None:
        article.title, article.byline = "رحلة", "مراسلنا"
        article.save(update_fields=["byline"])
        assert article.changes.get().former == {"byline": ""}

    def test_a_bulk_edit_and_its_undoing(self, article: Article, user: User) -> None:
        topic = Topic.objects.create(name_ar="الرحلات")
        before = state(article)
        changes = Changes(kind="news", add_topics=(topic.pk,))
        edit = edit_articles(Article.objects.all(), changes, user=user)
        assert edit is not None
        undo_edit(edit, user_id=user.pk)
        assert kinds(article) == ["bulk", "undoing"]
        assert article.changes.filter(made_by=user).count() == 2
        history = read_history(article)
        assert [history.state_at(n) for n in (1, 3)] == [before, before]
        assert history.state_at(2)["topics"] == [topic.pk]

    def test_a_merge_and_its_undoing(self, article: Article, user: User) -> None:
        kept, merged = (Actor.objects.create(name_ar=n) for n in ("شوقي", "أحمد شوقي"))
        ArticleActor.objects.create(article=article, actor=merged, role="author")
        ArticleAuthor.objects.create(article=article, name="شوقي", actor=merged)
        before = state(article)
        undo_merge(merge_actors(kept, merged, user_id=user.pk), user_id=user.pk)
        assert kinds(article) == ["merge", "undoing"]
        assert read_history(article).state_at(1) == before
        assert state(article) == before

    def test_links_of_a_reading(self, article: Article, user: User) -> None:
        actor = Actor.objects.create(name_ar="تدمر", kind="place")
        reading = begin_reading(actor=actor)
        read_on(reading)
        accept_links(
            reading, reading.links.values_list("pk", flat=True), user_id=user.pk
        )
        undo_reading(reading, user_id=user.pk)
        assert kinds(article) == ["reading", "undoing"]
        assert article.changes.get(kind="reading").former == {"actors": []}

    def test_links_that_go_with_a_deleted_name_are_noted(
        self, article: Article
    ) -> None:
        topic = Topic.objects.create(name_ar="الرحلات")
        actor = Actor.objects.create(name_ar="تدمر", kind="place")
        article.topics.add(topic)
        ArticleActor.objects.create(article=article, actor=actor)
        gone = topic.pk, actor.pk
        topic.delete()
        actor.delete()
        history = read_history(article)
        assert kinds(article) == ["names", "names"]
        assert history.state_at(1)["topics"] == [gone[0]]
        assert history.name_of("topics", gone[0]) == "الرحلات"
        assert history.name_of("actors", gone[1]) == "تدمر"


class TestImports:
    def run(self, path: Path, **record: Any) -> None:
        line = {"external_id": "7", "source": "المقتطف", "title": "تدمر", **record}
        path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
        call_command("import_articles", str(path), verbosity=0)

    def test_a_correction_leaves_a_version_and_undoing_another(
        self, tmp_path: Path
    ) -> None:
        path = tmp_path / "file.jsonl"
        self.run(path, body="الأول", topics=["الآثار"])
        article = Article.objects.get()
        first = state(article)
        assert not ArticleChange.objects.exists()
        self.run(path, body="الثاني", topics=["الرحلات"], issue="3")
        change = article.changes.get()
        assert change.kind == "import"
        assert change.batch == ImportBatch.objects.latest("pk")
        assert set(change.former) == {"body", "issue", "topics"}
        history = read_history(article)
        assert history.state_at(1) == first
        assert history.versions[0].batch == ImportBatch.objects.earliest("pk")
        undo_batch(ImportBatch.objects.latest("pk"))
        assert kinds(article) == ["import", "undoing"]
        assert state(article) == first
        assert read_history(article).state_at(2)["body"] == "الثاني"

    def test_a_file_that_changes_nothing_leaves_no_version(
        self, tmp_path: Path
    ) -> None:
        for _ in range(2):
            self.run(tmp_path / "file.jsonl", body="الأول")
        assert not ArticleChange.objects.exists()


class TestRestoring:
    def test_it_makes_a_new_version_and_keeps_all_others(
        self, article: Article, user: User
    ) -> None:
        topic = Topic.objects.create(name_ar="الرحلات")
        ArticleAuthor.objects.create(article=article, name="لويس شيخو")
        first = state(article)
        edit_articles(Article.objects.all(), Changes(add_topics=(topic.pk,)), user=user)
        article.title, article.body = "عنوان آخر", "نص آخر"
        article.save()
        former_hash = Article.objects.get(pk=article.pk).content_hash
        states = [read_history(article).state_at(number) for number in (1, 2, 3)]
        restored = restore_version(article, 1, user=user)
        assert set(restored.fields) == {"title", "body", "topics"}
        assert state(article) == first
        history = read_history(article)
        assert [history.state_at(n) for n in (1, 2, 3, 4)] == [*states, first]
        assert history.versions[-1].restored == 1
        assert history.versions[-1].made_by == user
        assert Article.objects.get(pk=article.pk).content_hash != former_hash
        assert EditedField.objects.filter(article=article, field="title").exists()

    def test_the_status_stays(self, article: Article, user: User) -> None:
        article.title, article.status = "عنوان آخر", "withdrawn"
        article.save()
        restore_version(article, 1, user=user)
        article.refresh_from_db()
        assert (article.title, article.status) == ("رحلة إلى تدمر", "withdrawn")

    def test_what_was_deleted_is_told_and_what_was_merged_is_found(
        self, article: Article, user: User
    ) -> None:
        gone, merged, kept = (Actor.objects.create(name_ar=n) for n in "كلم")
        for actor in (gone, merged):
            ArticleActor.objects.create(article=article, actor=actor, role="author")
        merge_actors(kept, merged, user_id=None)
        article.actors.clear()
        article.title = "عنوان آخر"
        article.save()
        gone_id = gone.pk
        # Two versions back both were linked; the deletion is noted by itself.
        ArticleActor.objects.create(article=article, actor=gone, role="author")
        gone.delete()
        number = len(read_history(article).versions) - 1
        restored = restore_version(article, number, user=user)
        assert restored.missing == ("ك",)
        assert gone_id not in state(article)["actors"]
        restore_version(article, 1, user=user)
        assert [kept.pk, "author"] in state(article)["actors"]

    def test_a_merge_alone_leaves_nothing_to_restore(
        self, article: Article, user: User
    ) -> None:
        kept, merged = (Actor.objects.create(name_ar=n) for n in ("شوقي", "أحمد شوقي"))
        ArticleActor.objects.create(article=article, actor=merged, role="author")
        ArticleAuthor.objects.create(article=article, name="شوقي", actor=merged)
        merge_actors(kept, merged, user_id=user.pk)
        assert restore_version(article, 1, user=user).fields == ()
        assert kinds(article) == ["merge"]

    def test_an_identifier_that_is_taken_changes_nothing(
        self, article: Article, user: User
    ) -> None:
        article.external_id = "7"
        article.save()
        article.external_id, article.title = "8", "عنوان آخر"
        article.save()
        Article.objects.create(title="آخر", source=article.source, external_id="7")
        before = state(article)
        with pytest.raises(NotRestorable):
            restore_version(article, 2, user=user)
        assert state(article) == before
        assert len(read_history(article).versions) == 3
