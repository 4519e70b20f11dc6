"""Merging two records of one actor: what moves, where addresses lead, and undoing."""

from typing import Any

import pytest
from django.test import Client

from archive.authority.merging import NotMergeable, merge_actors, undo_merge
from archive.models import (
    Actor,
    ActorAlias,
    ActorMerge,
    ActorRelation,
    ActorSpelling,
    Article,
    ArticleActor,
    ArticleAuthor,
    RelationKind,
    Source,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Source:
    return Source.objects.create(name_ar="المقتطف")


@pytest.fixture
def kept() -> Actor:
    actor = Actor.objects.create(name_ar="نازك الملائكة", slug="nazik", began="1923")
    ActorAlias.objects.create(actor=actor, name="أم نزار")
    return actor


@pytest.fixture
def merged() -> Actor:
    actor = Actor.objects.create(
        name_ar="نازك صادق الملائكة",
        name_latin="Nazik al-Malaika",
        slug="nazik-2",
        began="1922",
        wikidata_id="Q462120",
    )
    ActorAlias.objects.create(actor=actor, name="أم نزار")
    ActorAlias.objects.create(actor=actor, name="ن. الملائكة", kind="acronym")
    return actor


@pytest.fixture
def articles(source: Source, kept: Actor, merged: Actor) -> list[Article]:
    """One that names both, one only the merged record, one written by it."""
    articles = [
        Article.objects.create(title=f"{n}", source=source, status="published")
        for n in range(3)
    ]
    ArticleActor.objects.create(article=articles[0], actor=kept)
    ArticleActor.objects.create(article=articles[0], actor=merged, role="issuer")
    ArticleActor.objects.create(article=articles[1], actor=merged)
    ArticleAuthor.objects.create(article=articles[2], actor=merged, name="نازك")
    city = Actor.objects.create(name_ar="بغداد", kind="place")
    ActorRelation.objects.create(actor=merged, kind=RelationKind.SEAT, other=city)
    ActorRelation.objects.create(actor=merged, kind=RelationKind.RELATIVE, other=kept)
    return articles


def state() -> dict[str, Any]:
    """All that a merge may touch, by names."""
    return {
        "actors": sorted(
            Actor.objects.values_list(
                "pk", "slug", "name_ar", "name_latin", "began", "wikidata_id"
            )
        ),
        "aliases": sorted(ActorAlias.objects.values_list("actor", "name", "kind")),
        "links": sorted(ArticleActor.objects.values_list("article", "actor", "role")),
        "authors": sorted(ArticleAuthor.objects.values_list("article", "actor")),
        "relations": sorted(
            ActorRelation.objects.values_list("actor", "kind", "other")
        ),
        "spellings": sorted(ActorSpelling.objects.values_list("actor", "key")),
        "merges": ActorMerge.objects.count(),
    }


class TestMerge:
    def test_everything_of_the_record_is_that_of_the_other(
        self, kept: Actor, merged: Actor, articles: list[Article]
    ) -> None:
        merge_actors(kept, merged, user_id=None)
        kept.refresh_from_db()
        assert kept.name_ar == "نازك الملائكة"
        assert (kept.began, kept.wikidata_id) == ("1923", "Q462120")
        assert kept.name_latin == "Nazik al-Malaika"
        names = set(kept.aliases.values_list("name", flat=True))
        assert names == {"أم نزار", "نازك صادق الملائكة", "ن. الملائكة"}
        roles = dict(kept.article_links.values_list("article", "role"))
        assert roles == {articles[0].pk: "issuer", articles[1].pk: "mentioned"}
        assert articles[2].authors.get().actor == kept
        (relation,) = kept.relations.all()
        assert relation.kind == RelationKind.SEAT

    def test_undoing_restores_all_of_it(
        self, kept: Actor, merged: Actor, articles: list[Article]
    ) -> None:
        before = state()
        undo_merge(merge_actors(kept, merged, user_id=None))
        assert state() == before

    def test_undoing_a_merge_of_a_merge(
        self, kept: Actor, merged: Actor, articles: list[Article]
    ) -> None:
        third = Actor.objects.create(name_ar="الملائكة", slug="third")
        first = merge_actors(merged, third, user_id=None)
        between = state()
        second = merge_actors(kept, merged, user_id=None)
        first.refresh_from_db()
        assert first.kept == kept
        undo_merge(second)
        assert state() == between

    def test_what_was_changed_since_stays(
        self, kept: Actor, merged: Actor, articles: list[Article]
    ) -> None:
        merge = merge_actors(kept, merged, user_id=None)
        kept.refresh_from_db()
        kept.wikidata_id = "Q1"
        kept.save()
        articles[1].delete()
        merge.refresh_from_db()
        restored = undo_merge(merge)
        kept.refresh_from_db()
        assert kept.wikidata_id == "Q1"
        assert restored.article_links.count() == 1

    def test_actor_is_not_merged_into_itself(self, kept: Actor) -> None:
        with pytest.raises(NotMergeable):
            merge_actors(kept, kept, user_id=None)


class TestAddress:
    def test_former_address_leads_to_the_kept_record(
        self, client: Client, kept: Actor, merged: Actor, articles: list[Article]
    ) -> None:
        address = merged.get_absolute_url()
        merge = merge_actors(kept, merged, user_id=None)
        response = client.get(address, {"page": "2"})
        assert response.status_code == 301
        assert response.headers["Location"] == kept.get_absolute_url() + "?page=2"
        undo_merge(merge)
        assert client.get(address).status_code == 200

    def test_unknown_address_is_none(self, client: Client) -> None:
        assert client.get("/ar/actors/nobody/").status_code == 404
