"""Which articles of an actor have each of its names, asked of the index."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from archive.dates import PartialDate
from archive.models import Actor, Article, Source
from search.errors import IndexUnavailable
from search.indexing.rebuild import rebuild
from search.views import namings
from search.views.namings import find_namings
from tests.archive.browsing.reading import open_page


@pytest.fixture
def baghdad(db: None) -> Actor:
    """An actor with three names in two sources."""
    cache.clear()
    actor = Actor.objects.create(name_ar="بغداد", slug="baghdad", kind="place")
    for name in ("دار السلام", "بَغداد", "الزوراء", "!؟", "أو"):
        actor.aliases.create(name=name)
    first = Source.objects.create(name_ar="المقتبس", slug="muqtabas")
    second = Source.objects.create(name_ar="المنار", slug="manar")
    for source, published, body in (
        (first, "1911", "وصلنا إلى بغداد في الصباح."),
        (first, "1911-05", "ببغداد، وهي دار السلام، نهر."),
        (first, "1923", "لا يسميها هذا المقال."),
        (second, "", "زار دار السلام وعاد."),
    ):
        article = Article(title="خبر", body=body, source=source)
        article.published = PartialDate.from_iso(published) if published else None
        article.save()
        article.actors.add(actor)
    Article.objects.create(title="عن غيرها", body="بغداد", source=first)
    rebuild()
    return actor


NAMES = ("بغداد", "بَغداد", "دار السلام", "الزوراء", "!؟", "أو")


class TestFindNamings:
    def test_articles_are_found_by_each_name(
        self, baghdad: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        # Not a query a name.
        with django_assert_max_num_queries(1):
            found = find_namings(baghdad.slug, NAMES)
        assert found is not None
        # One spelling of those that a search does not tell apart; none without hits.
        assert [(each.name, len(each.articles)) for each in found] == [
            ("بغداد", 2),
            ("دار السلام", 2),
        ]

    def test_names_keep_their_order(self, baghdad: Actor) -> None:
        found = find_namings(baghdad.slug, ("دار السلام", "بغداد", "دار السّلام"))
        assert [each.name for each in found or ()] == ["دار السلام", "بغداد"]

    def test_without_an_index_there_is_no_answer(
        self, baghdad: Actor, monkeypatch: pytest.MonkeyPatch, client: Client
    ) -> None:
        def fail(*_arguments: object) -> None:
            raise IndexUnavailable("no index")

        monkeypatch.setattr(namings, "_find", fail)
        assert find_namings(baghdad.slug, NAMES) is None
        page = open_page(client, "/en/actors/baghdad/")
        assert "cannot be counted now" in page.texts("main")[0]


class TestTable:
    def test_every_number_is_a_search_that_finds_as_many(
        self, client: Client, baghdad: Actor
    ) -> None:
        page = open_page(client, "/en/actors/baghdad/")
        rows = page.texts("tr")
        assert "المقتبس 2 1 3" in rows
        assert "بغداد 2 2" in rows
        assert "المنار 1 1" in rows
        cells = {
            address: int(text)
            for address, text in page.links().items()
            if "source=" in address and text.isdigit()
        }
        assert {"q" in parse_qs(urlsplit(each).query) for each in cells} == {
            True,
            False,
        }
        for address, count in cells.items():
            # Addresses are canonical: none redirects.
            results = open_page(client, address)
            assert len(results.texts("h2", class_="entry-title")) == count
