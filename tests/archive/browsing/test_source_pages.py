"""The list of sources and the page of one source."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.models import Source
from tests.archive.browsing.conftest import LANGUAGES, ArticleMaker
from tests.archive.browsing.reading import open_page

pytestmark = pytest.mark.django_db
MOST_QUERIES = 14


class TestListSources:
    def test_kind_place_years_and_published_articles_are_listed(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        make_article(published="1906-02")
        make_article(published="1914")
        make_article()
        make_article(published="1950", status="draft")
        page = open_page(client, "/en/sources/")
        assert page.texts("tr")[1:] == ["al-Muqtabas magazine دمشق 1906–1914 3"]
        assert [cell.attributes["scope"] for cell in page.find("th")] == [
            *["col"] * 5,
            "row",
        ]

    def test_order_ignores_the_article(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        for name in ("المقتطف", "الأهرام", "جريدة العراق", "الهلال"):
            make_article(of=Source.objects.create(name_ar=name))
        page = open_page(client, "/ar/sources/")
        assert page.texts("th", scope="row") == [
            "الأهرام", "جريدة العراق", "المقتطف", "الهلال",
        ]  # fmt: skip

    def test_source_without_published_articles_is_not_listed(
        self, client: Client, make_article: ArticleMaker
    ) -> None:
        make_article(status="withdrawn")
        assert open_page(client, "/en/sources/").texts("table") == []

    def test_queries_do_not_grow(
        self, client: Client, make_article: ArticleMaker,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for number in range(30):
            make_article(of=Source.objects.create(name_ar=f"صحيفة {number}"))
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get("/ar/sources/")


class TestShowSource:
    @pytest.mark.parametrize(
        ("language", "heading"), [("ar", "المقتبس"), ("en", "al-Muqtabas")]
    )
    def test_own_published_articles_are_listed(
        self, client: Client, source: Source, make_article: ArticleMaker,
        language: str, heading: str,
    ) -> None:  # fmt: skip
        make_article("منشور", "1906-02", subtitle="عنوان ثانٍ")
        make_article("مسودة", status="draft")
        make_article("لغيره", of=Source.objects.create(name_ar="الهلال"))
        page = open_page(client, f"/{language}/sources/{source.slug}/")
        assert page.heading == heading
        assert page.titles == ["منشور"]
        assert "عنوان ثانٍ" in page.texts("main")[0]
        assert f"/{language}/search/?source={source.slug}" in page.links()

    def test_many_years_are_grouped_by_decade(
        self, client: Client, source: Source, make_article: ArticleMaker
    ) -> None:
        for year in range(1900, 1930):
            make_article(published=str(year))
        page = open_page(client, f"/en/sources/{source.slug}/")
        assert "?period=1910s" in page.links()
        page = open_page(client, f"/en/sources/{source.slug}/?period=1910s")
        assert "?period=1914" in page.links()
        assert len(page.titles) == 10

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_unknown_source_is_not_found(
        self, client: Client, source: Source, language: str
    ) -> None:
        assert client.get(f"/{language}/sources/nothing/").status_code == 404

    def test_queries_do_not_grow(
        self, client: Client, source: Source, make_article: ArticleMaker,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for year in range(1900, 1930):
            make_article(published=str(year))
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(f"/ar/sources/{source.slug}/")
