"""Editing many articles at once, and undoing it."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from archive.editing.bulk import Changes, edit_articles, undo_edit
from archive.models import (
    Actor,
    Article,
    ArticleActor,
    BulkEdit,
    EditedField,
    Source,
    Topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("layla")


@pytest.fixture
def articles() -> list[Article]:
    source = Source.objects.create(name_ar="المقتطف")
    return [Article.objects.create(title=f"{n}", source=source) for n in range(3)]


def state() -> dict[str, Any]:
    through = Article.topics.through
    return {
        "rows": sorted(Article.objects.values_list("pk", "source", "kind", "status")),
        "topics": sorted(through.objects.values_list("article", "topic")),
        "actors": sorted(ArticleActor.objects.values_list("article", "actor", "role")),
    }


class TestEdit:
    def test_everything_is_changed_and_put_back(
        self, user: User, articles: list[Article]
    ) -> None:
        poetry, press = (Topic.objects.create(name_ar=n) for n in ("الشعر", "الصحافة"))
        shawqi, hafiz = (Actor.objects.create(name_ar=n) for n in ("شوقي", "حافظ"))
        other = Source.objects.create(name_ar="الهلال")
        articles[0].topics.add(poetry, press)
        ArticleActor.objects.create(article=articles[1], actor=hafiz, role="issuer")
        before = state()
        changes = Changes(
            source=other.pk,
            kind="poem",
            status="review",
            add_topics=(poetry.pk,),
            remove_topics=(press.pk,),
            add_actors=(shawqi.pk,),
            remove_actors=(hafiz.pk,),
        )
        edit = edit_articles(Article.objects.all(), changes, user=user)
        assert edit is not None
        for article in Article.objects.all():
            assert article.source == other
            assert (article.kind, article.status) == ("poem", "review")
            assert list(article.topics.all()) == [poetry]
            assert list(article.actors.all()) == [shawqi]
        assert EditedField.objects.filter(article=articles[2], field="kind").exists()
        assert undo_edit(edit) == len(articles)
        assert state() == before
        assert undo_edit(edit) == 0

    def test_edit_that_changes_nothing_is_none(
        self, user: User, articles: list[Article]
    ) -> None:
        changes = Changes(status="published")
        assert edit_articles(Article.objects.all(), changes, user=user) is None
        assert not BulkEdit.objects.exists()
        assert not Changes()

    def test_what_was_changed_since_stays(
        self, user: User, articles: list[Article]
    ) -> None:
        edit = edit_articles(
            Article.objects.all(), Changes(status="withdrawn", kind="poem"), user=user
        )
        assert edit is not None
        Article.objects.filter(pk=articles[0].pk).update(status="draft")
        articles[1].delete()
        assert undo_edit(edit) == 2
        kept = Article.objects.get(pk=articles[0].pk)
        assert (kept.status, kept.kind) == ("draft", "")
