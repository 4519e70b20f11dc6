"""Articles as references."""

import datetime as dt

import pytest

from archive.dates import PartialDate
from archive.models import (
    Actor,
    ActorRole,
    Article,
    ArticleAuthor,
    Source,
    set_actor_roles,
)
from archive.references import Place, build_reference

PLACE = Place("https://archive.example", dt.date(2026, 11, 30))


@pytest.fixture
def article(db: None) -> Article:
    source = Source.objects.create(
        slug="al-hilal", name_ar="الهلال", kind="magazine", place="القاهرة"
    )
    article = Article(title="عنوان\nفي سطرين", source=source, byline="  مراسل  الهلال ")
    article.published = PartialDate(1908, 3)
    article.save()
    return article


def _creators(article: Article) -> tuple[str, ...]:
    return build_reference(article, PLACE).creators


class TestCreators:
    def test_authors_come_before_all_others(self, article: Article) -> None:
        ArticleAuthor.objects.create(article=article, name="جرجي زيدان")
        assert _creators(article) == ("جرجي زيدان",)

    def test_actors_who_wrote_it_come_before_the_byline(self, article: Article) -> None:
        actor = Actor.objects.create(name_ar="مي زيادة")
        set_actor_roles(article, {actor.pk: ActorRole.AUTHOR})
        assert _creators(article) == ("مي زيادة",)

    def test_byline_comes_before_the_issuer(self, article: Article) -> None:
        actor = Actor.objects.create(name_ar="وزارة المعارف")
        set_actor_roles(article, {actor.pk: ActorRole.ISSUER})
        assert _creators(article) == ("مراسل الهلال",)
        article.byline = " "
        assert _creators(article) == ("وزارة المعارف",)

    def test_who_is_only_named_created_nothing(self, article: Article) -> None:
        actor = Actor.objects.create(name_ar="سعد زغلول")
        set_actor_roles(article, {actor.pk: ActorRole.MENTIONED})
        article.byline = ""
        assert _creators(article) == ()


class TestReference:
    def test_fields_are_those_of_the_article(self, article: Article) -> None:
        article.volume, article.issue, article.pages = "16", "6", "321-330"
        reference = build_reference(article, PLACE)
        assert reference.title == "عنوان في سطرين"
        assert reference.key == f"al-hilal-190803-{article.pk}"
        assert reference.address == f"https://archive.example/ar/articles/{article.pk}/"
        assert reference.work_type.zotero == "magazineArticle"
        assert (reference.volume, reference.issue) == ("16", "6")
        assert reference.page_range == ("321", "330")

    def test_place_of_printing_comes_before_that_of_the_source(
        self, article: Article
    ) -> None:
        assert build_reference(article, PLACE).place == "القاهرة"
        article.place = "بولاق"
        assert build_reference(article, PLACE).place == "بولاق"
