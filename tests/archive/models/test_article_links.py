"""Roles of the actors of an article, and the migration that gives them."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from archive.models import Actor, ActorRole, Article, Source, set_actor_roles


@pytest.fixture
def article(db: None) -> Article:
    source = Source.objects.create(name_ar="المقتطف")
    return Article.objects.create(title="بيان", source=source)


@pytest.fixture
def actors(db: None) -> list[Actor]:
    return [Actor.objects.create(name_ar=name) for name in ("الحزب", "النقابة")]


def roles(article: Article) -> dict[int, str]:
    return dict(article.actor_links.values_list("actor_id", "role"))


class TestSetActorRoles:
    def test_links_become_what_is_wanted(
        self, article: Article, actors: list[Actor]
    ) -> None:
        party, union = (actor.pk for actor in actors)
        for wanted in (
            {party: ActorRole.MENTIONED, union: ActorRole.ISSUER},
            {party: ActorRole.AUTHOR},
            {union: ActorRole.MENTIONED, party: ActorRole.MENTIONED},
            {},
        ):
            assert set_actor_roles(article, wanted)
            assert roles(article) == wanted
            assert not set_actor_roles(article, wanted)

    def test_new_actor_is_named_in_the_text(
        self, article: Article, actors: list[Actor]
    ) -> None:
        article.actors.add(actors[0])
        assert roles(article) == {actors[0].pk: "mentioned"}


@pytest.mark.django_db(transaction=True)
class TestMigration:
    def test_links_are_kept_and_get_a_role(self) -> None:
        source = Source.objects.create(name_ar="المقتطف", kind="newspaper")
        article = Article.objects.create(title="بيان", source=source)
        article.actors.add(Actor.objects.create(name_ar="الحزب"))
        links = list(article.actor_links.values_list("pk", "actor_id"))
        latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
        try:
            before = ("archive", "0008_fill_actor_spellings")
            MigrationExecutor(connection).migrate([before])
            with connection.cursor() as cursor:
                cursor.execute("SELECT * FROM archive_article_actors")
                columns = [column[0] for column in cursor.description]
            assert columns == ["id", "article_id", "actor_id"]
        finally:
            MigrationExecutor(connection).migrate(latest)
        found = article.actor_links.values_list("pk", "actor_id", "role")
        assert list(found) == [(*link, "mentioned") for link in links]
        source.refresh_from_db()
        assert source.kind == "newspaper"
